//! Inputs of a corpus run: files that are read in place; packed files, tables and standard input are spooled first.
#![expect(clippy::disallowed_methods, reason = "this is the place where files are read")]

use super::packed::unpacked;
use super::resolve::{Format, Packing, Source, resolve};
use super::work::WorkFolder;
use super::{Reading, starts_like_json, starts_like_parquet};
use crate::config::Config;
use crate::corpus::{Inputs, Monitor, ReadAt};
use crate::document::Problem;
use crate::error::{Error, Result};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;

/// What a corpus run reads, opened.
#[derive(Default)]
pub struct Corpus {
    /// The inputs.
    pub inputs: Inputs,
    /// What was wrong with single inputs, which are left out.
    pub problems: Vec<Problem>,
    /// Those of the inputs that are Parquet.
    #[cfg(feature = "parquet")]
    pub(super) tables: super::parquet::Tables,
}

/// Opens all `inputs` of a corpus run: JSON Lines and Parquet files, folders of them, glob patterns, or `-` for
/// `standard_input`. Of a Parquet file the columns are read that `config` names, or else those of the usual names.
///
/// # Errors
/// [`Error::NoDocuments`] when none could be opened, [`Error::Pattern`] for a malformed glob, [`Error::Write`] when
/// the work folder cannot take what is spooled, [`Error::Interrupted`] when the monitor asks to stop.
pub fn open_corpus(
    inputs: &[String],
    config: &Config,
    work: &WorkFolder,
    standard_input: &mut dyn Read,
    monitor: &dyn Monitor,
) -> Result<Corpus> {
    let mut opening = Opening {
        work,
        monitor,
        #[cfg(feature = "parquet")]
        names: crate::corpus::FieldNames::new(config),
        opened: Corpus::default(),
        reading: Reading::default(),
        spooled: 0,
    };
    // A line is searched for its fields when it is compared.
    #[cfg(not(feature = "parquet"))]
    let _ = config;
    for input in inputs {
        for source in resolve(input, &mut opening.reading)? {
            if source.path.is_some() && source.format == Format::Text {
                let known = if cfg!(feature = "parquet") { ", and .parquet" } else { "" };
                let message = format!("is no corpus of records; a corpus run reads .jsonl and .ndjson, each also .gz or .zst{known}");
                opening.reading.skip(&source.shown, None, message);
                continue;
            }
            opening.source(&source, standard_input)?;
        }
    }
    let Opening { mut opened, reading, .. } = opening;
    if opened.inputs.parts().is_empty() {
        let told: Vec<String> = reading.problems.iter().take(20).map(|p| format!("\n  {}: {}", p.path, p.message)).collect();
        return Err(Error::NoDocuments { inputs: inputs.join(", ") + &told.concat() });
    }
    opened.problems = reading.problems;
    Ok(opened)
}

/// Inputs that are being opened.
struct Opening<'a> {
    work: &'a WorkFolder,
    monitor: &'a dyn Monitor,
    #[cfg(feature = "parquet")]
    names: crate::corpus::FieldNames,
    opened: Corpus,
    reading: Reading,
    spooled: usize,
}

impl Opening<'_> {
    fn source(&mut self, source: &Source, standard_input: &mut dyn Read) -> Result<()> {
        let file = match &source.path {
            Some(path) => match File::open(path) {
                Ok(file) => Some(file),
                Err(error) => {
                    self.reading.skip(&source.shown, None, format!("cannot be opened: {error}"));
                    return Ok(());
                }
            },
            None => None,
        };
        let plain = file.as_ref().is_some_and(|f| source.packing == Packing::Plain && f.metadata().is_ok_and(|m| m.is_file()));
        let nanoseconds =
            |m: &std::fs::Metadata| m.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok().map(|d| d.as_nanos() as u64);
        // What is spooled is as old as what it is spooled from; a stream has no age.
        let changed = file.as_ref().and_then(|f| nanoseconds(&f.metadata().ok()?)).unwrap_or(0);
        let read_from = match file {
            #[cfg(feature = "parquet")]
            Some(file) if source.format == Format::Parquet => match self.table(source, file)? {
                Some(staged) => staged,
                None => return Ok(()),
            },
            Some(file) if plain => file,
            other => {
                let mut unpacking: Box<dyn Read + '_> = match other {
                    Some(file) => match unpacked(file, source.packing) {
                        Ok(unpacking) => unpacking,
                        Err(error) => {
                            self.reading.skip(&source.shown, None, format!("cannot be unpacked: {error}"));
                            return Ok(());
                        }
                    },
                    None => Box::new(standard_input),
                };
                self.spool(&mut *unpacking, &source.shown)?
            }
        };
        let metadata =
            read_from.metadata().map_err(|source_error| Error::Read { path: source.shown.clone().into(), source: source_error })?;
        let file = PlacedFile(read_from);
        if source.format == Format::ByContent {
            let mut start = vec![0; metadata.len().min(256) as usize];
            if file.read_at(0, &mut start).is_ok() && !start.is_empty() && !starts_like_json(&start) {
                let message = if starts_like_parquet(&start) {
                    "looks like Parquet: give the file a name that ends in .parquet"
                } else {
                    "does not look like JSON Lines (one JSON object a line)"
                };
                self.reading.skip(&source.shown, None, message);
                return Ok(());
            }
        }
        self.opened.inputs.push(source.shown.clone(), metadata.len(), changed, Box::new(file));
        Ok(())
    }

    /// A new file of the work folder, and its path.
    fn spool_file(&mut self) -> Result<(PathBuf, File)> {
        if self.spooled == 0 {
            self.monitor.stage("unpack", 0);
        }
        self.spooled += 1;
        let path = self.work.file(&format!("input-{}.jsonl", self.spooled));
        let path = path.map_err(|source| Error::Write { path: self.work.path().to_owned(), source })?;
        match File::options().create(true).truncate(true).read(true).write(true).open(&path) {
            Ok(file) => Ok((path, file)),
            Err(source) => Err(Error::Write { path, source }),
        }
    }

    /// Writes what is compared of a table to a file of the work folder; `None` when that cannot be read at all.
    #[cfg(feature = "parquet")]
    fn table(&mut self, source: &Source, file: File) -> Result<Option<File>> {
        let table = match super::parquet::Table::open(&source.shown, file) {
            Ok(table) => table,
            Err(fault) => {
                self.reading.skip(&source.shown, None, fault);
                return Ok(None);
            }
        };
        let (path, mut staged) = self.spool_file()?;
        let monitor = self.monitor;
        let told = table.stage(self.names.texts(), self.names.others(), &mut |lines| {
            monitor.advance(lines.len() as u64);
            if monitor.stopped() { Err(io::ErrorKind::Other.into()) } else { staged.write_all(lines) }
        });
        if monitor.stopped() {
            return Err(Error::Interrupted);
        }
        if let Err(fault) = told.map_err(|source| Error::Write { path: path.clone(), source })? {
            self.reading.skip(&source.shown, None, fault);
            if staged.metadata().is_ok_and(|m| m.len() == 0) {
                return Ok(None);
            }
        }
        self.opened.tables.insert(self.opened.inputs.parts().len(), table);
        Ok(Some(staged))
    }

    /// Writes a stream to a file of the work folder. A stream that breaks off is told; what came before it counts, up to its
    /// last whole line.
    fn spool(&mut self, from: &mut dyn Read, shown: &str) -> Result<File> {
        let (path, mut file) = self.spool_file()?;
        let failed = |source| Error::Write { path: path.clone(), source };
        let mut buffer = vec![0; 1 << 18];
        let (mut written, mut whole) = (0_u64, 0_u64);
        loop {
            if self.monitor.stopped() {
                return Err(Error::Interrupted);
            }
            match from.read(&mut buffer) {
                Ok(0) => break,
                Ok(n) => {
                    self.monitor.advance(n as u64);
                    file.write_all(&buffer[..n]).map_err(failed)?;
                    if let Some(end) = memchr::memrchr(b'\n', &buffer[..n]) {
                        whole = written + end as u64 + 1;
                    }
                    written += n as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.reading.skip(shown, None, format!("is damaged or cut off ({error}); the whole lines before that were read"));
                    file.set_len(whole).map_err(failed)?;
                    break;
                }
            }
        }
        Ok(file)
    }
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
