//! Inputs of a corpus run: files that are read in place; packed files and standard input are spooled first.
#![expect(clippy::disallowed_methods, reason = "this is the place where files are read")]

use super::packed::unpacked;
use super::resolve::{Format, Packing, Source, resolve};
use super::work::WorkFolder;
use super::{Reading, starts_like_json};
use crate::corpus::{Inputs, ReadAt};
use crate::document::Problem;
use crate::error::{Error, Result};
use std::fs::File;
use std::io::{self, Read, Write};

/// Opens all `inputs` of a corpus run: JSON Lines files, folders of them, glob patterns, or `-` for `standard_input`.
///
/// Returns them and what was wrong with single inputs, which are left out.
///
/// # Errors
/// [`Error::NoDocuments`] when none could be opened, [`Error::Pattern`] for a malformed glob, [`Error::Write`] when
/// the work folder cannot take what is spooled.
pub fn open_corpus(inputs: &[String], work: &WorkFolder, standard_input: &mut dyn Read) -> Result<(Inputs, Vec<Problem>)> {
    let mut reading = Reading::default();
    let mut opened = Inputs::default();
    let mut spooled = 0;
    for input in inputs {
        for source in resolve(input, &mut reading)? {
            if source.path.is_some() && source.format == Format::Text {
                reading.skip(&source.shown, None, "is no JSON Lines file; a corpus run reads .jsonl and .ndjson, each also .gz or .zst");
                continue;
            }
            open_source(&source, work, standard_input, &mut spooled, &mut opened, &mut reading)?;
        }
    }
    if opened.parts().is_empty() {
        let told: Vec<String> = reading.problems.iter().take(20).map(|p| format!("\n  {}: {}", p.path, p.message)).collect();
        return Err(Error::NoDocuments { inputs: inputs.join(", ") + &told.concat() });
    }
    Ok((opened, reading.problems))
}

fn open_source(
    source: &Source,
    work: &WorkFolder,
    standard_input: &mut dyn Read,
    spooled: &mut usize,
    opened: &mut Inputs,
    reading: &mut Reading,
) -> Result<()> {
    let file = match &source.path {
        Some(path) => match File::open(path) {
            Ok(file) => Some(file),
            Err(error) => {
                reading.skip(&source.shown, None, format!("cannot be opened: {error}"));
                return Ok(());
            }
        },
        None => None,
    };
    let plain = file.as_ref().is_some_and(|f| source.packing == Packing::Plain && f.metadata().is_ok_and(|m| m.is_file()));
    let nanoseconds = |m: &std::fs::Metadata| m.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok().map(|d| d.as_nanos() as u64);
    // What is spooled is as old as what it is spooled from; a stream has no age.
    let changed = file.as_ref().and_then(|f| nanoseconds(&f.metadata().ok()?)).unwrap_or(0);
    let read_from = match file {
        Some(file) if plain => file,
        other => {
            let mut unpacking: Box<dyn Read + '_> = match other {
                Some(file) => match unpacked(file, source.packing) {
                    Ok(unpacking) => unpacking,
                    Err(error) => {
                        reading.skip(&source.shown, None, format!("cannot be unpacked: {error}"));
                        return Ok(());
                    }
                },
                None => Box::new(standard_input),
            };
            *spooled += 1;
            spool(&mut *unpacking, &format!("input-{spooled}.jsonl"), &source.shown, work, reading)?
        }
    };
    let metadata = read_from.metadata().map_err(|source_error| Error::Read { path: source.shown.clone().into(), source: source_error })?;
    let file = PlacedFile(read_from);
    if source.format == Format::ByContent {
        let mut start = vec![0; metadata.len().min(256) as usize];
        if file.read_at(0, &mut start).is_ok() && !start.is_empty() && !starts_like_json(&start) {
            reading.skip(&source.shown, None, "does not look like JSON Lines (one JSON object a line)");
            return Ok(());
        }
    }
    opened.push(source.shown.clone(), metadata.len(), changed, Box::new(file));
    Ok(())
}

/// Writes a stream to a file of the work folder. A stream that breaks off is told; what came before it counts, up to its
/// last whole line.
fn spool(from: &mut dyn Read, name: &str, shown: &str, work: &WorkFolder, reading: &mut Reading) -> Result<File> {
    let path = work.file(name).map_err(|source| Error::Write { path: work.path().to_owned(), source })?;
    let failed = |source| Error::Write { path: path.clone(), source };
    let mut file = File::options().create(true).truncate(true).read(true).write(true).open(&path).map_err(failed)?;
    let mut buffer = vec![0; 1 << 18];
    let (mut written, mut whole) = (0_u64, 0_u64);
    loop {
        match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => {
                file.write_all(&buffer[..n]).map_err(failed)?;
                if let Some(end) = memchr::memrchr(b'\n', &buffer[..n]) {
                    whole = written + end as u64 + 1;
                }
                written += n as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                reading.skip(shown, None, format!("is damaged or cut off ({error}); the whole lines before that were read"));
                file.set_len(whole).map_err(failed)?;
                break;
            }
        }
    }
    Ok(file)
}

/// A file that is read at any place.
struct PlacedFile(File);

impl ReadAt for PlacedFile {
    #[cfg(unix)]
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.0, buffer, offset)
    }

    #[cfg(windows)]
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        let mut done = 0;
        while done < buffer.len() {
            match std::os::windows::fs::FileExt::seek_read(&self.0, &mut buffer[done..], offset + done as u64)? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                n => done += n,
            }
        }
        Ok(())
    }
}
