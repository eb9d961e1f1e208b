//! Inputs of a corpus run: JSON Lines are read in place; packed files, other formats and standard input are spooled first.
#![expect(clippy::disallowed_methods, reason = "this is the place where files are read")]

use super::Limits;
use super::article::Mapping;
use super::articles::{Articles, object};
use super::packed::unpacked_from;
use super::reading::Reading;
use super::records::{self, by_content, packing_of};
use super::resolve::{Format, Packing, Source, resolve};
use super::staging::Staging;
use super::work::WorkFolder;
use crate::config::Config;
use crate::corpus::{Inputs, Monitor, ReadAt};
use crate::document::Problem;
use crate::error::{Error, Result};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A packed file may unpack to so many times its size; text unpacks to ten or twenty times.
const MOST_RATIO: u64 = 400;
/// It may always unpack to so many bytes.
const MOST_UNPACKED: u64 = 1 << 30;

/// What a corpus run reads, opened.
#[derive(Default)]
pub struct Corpus {
    /// The inputs.
    pub inputs: Inputs,
    /// What was wrong with single inputs.
    pub problems: Vec<Problem>,
    /// Inputs and records that were left out; other problems are told, and nothing is lost by them.
    pub skipped: usize,
    /// Under which names the parts of the records were found, where these had to be guessed.
    pub guesses: Vec<Problem>,
    /// Those of the inputs that are Parquet.
    #[cfg(feature = "parquet")]
    pub(super) tables: super::parquet::Tables,
}

impl Corpus {
    /// Whether an input is Parquet, with columns of its own.
    #[must_use]
    pub fn has_tables(&self) -> bool {
        #[cfg(feature = "parquet")]
        return !self.tables.is_empty();
        #[cfg(not(feature = "parquet"))]
        false
    }
}

/// Opens all `inputs` of a corpus run: files of every known format, folders of them, glob patterns, lists (`@FILE`), or `-` for
/// `standard_input`. Of a Parquet file the columns are read that `config` names, or else those of the usual names.
///
/// # Errors
/// [`Error::NoDocuments`] when none could be opened, [`Error::Pattern`] for a malformed glob, [`Error::Write`] when
/// the work folder cannot take what is spooled, [`Error::Interrupted`] when the monitor asks to stop.
pub fn open_corpus(
    inputs: &[String],
    config: &Config,
    work: &WorkFolder,
    standard_input: &mut dyn BufRead,
    monitor: &dyn Monitor,
) -> Result<Corpus> {
    let mut opening = Opening { work, monitor, config, opened: Corpus::default(), reading: Reading::default(), spooled: 0 };
    for input in inputs {
        let mut sources = resolve(input, &mut opening.reading)?.into_iter().peekable();
        while let Some(source) = sources.next() {
            if source.format.is_single() {
                // texts and pages that stand beside each other share a file
                let mut group = vec![source];
                while let Some(next) = sources.next_if(|s| s.format.is_single()) {
                    group.push(next);
                }
                opening.articles(&group)?;
            } else {
                opening.source(&source, standard_input)?;
            }
        }
    }
    let Opening { mut opened, reading, .. } = opening;
    if opened.inputs.parts().is_empty() {
        let told: Vec<String> = reading.problems.iter().take(20).map(|p| format!("\n  {}: {}", p.path, p.message)).collect();
        return Err(Error::NoDocuments { inputs: inputs.join(", ") + &told.concat() });
    }
    opened.problems = reading.problems;
    opened.skipped = reading.skipped;
    opened.guesses = reading.guesses;
    Ok(opened)
}

/// Inputs that are being opened.
struct Opening<'a> {
    work: &'a WorkFolder,
    monitor: &'a dyn Monitor,
    config: &'a Config,
    opened: Corpus,
    reading: Reading,
    spooled: usize,
}

impl Opening<'_> {
    fn source(&mut self, source: &Source, standard_input: &mut dyn BufRead) -> Result<()> {
        let Some(file) = self.open(source) else {
            if source.path.is_none() {
                let packing = standard_input.fill_buf().map_or(Packing::Plain, packing_of);
                return self.stream(source, standard_input, packing, (0, None));
            }
            return Ok(());
        };
        let metadata = file.metadata().map_err(|e| Error::Read { path: source.shown.clone().into(), source: e })?;
        // What is spooled is as old as what it is spooled from; a stream has no age.
        let changed = nanoseconds(&metadata);
        #[cfg(feature = "parquet")]
        if source.format == Format::Parquet {
            if let Some(staged) = self.table(source, file)? {
                self.push(source, staged, changed)?;
            }
            return Ok(());
        }
        let mut from = BufReader::with_capacity(1 << 16, file);
        let plain = source.packing == Packing::Plain && metadata.is_file();
        if plain {
            let start = from.fill_buf().unwrap_or_default();
            if self.is_lines(source.format, start) {
                return self.push(source, from.into_inner(), changed);
            }
        }
        let length = (source.packing != Packing::Plain).then_some(metadata.len());
        self.stream(source, &mut from, source.packing, (changed, length))
    }

    fn open(&mut self, source: &Source) -> Option<File> {
        match File::open(source.path.as_ref()?) {
            Ok(file) => Some(file),
            Err(error) => {
                self.reading.skip(&source.shown, None, format!("cannot be opened: {error}"));
                None
            }
        }
    }

    /// Whether what begins with `start` is JSON Lines with texts, which are read as they stand.
    fn is_lines(&self, format: Format, start: &[u8]) -> bool {
        let lines = format == Format::JsonLines || format == Format::ByContent && by_content(start) == Format::JsonLines;
        lines && !self.holds_pages(start)
    }

    /// Whether the first whole records of JSON Lines hold HTML as their text: then they are read as pages.
    fn holds_pages(&self, start: &[u8]) -> bool {
        let mut mapping = Mapping::new(self.config);
        let whole = memchr::memrchr(b'\n', start).map_or(start, |end| &start[..end]);
        whole.split(|b| *b == b'\n').take(8).any(|line| object(line).is_ok_and(|fields| mapping.is_page(&fields)))
    }

    fn push(&mut self, source: &Source, file: File, changed: u64) -> Result<()> {
        let length = file.metadata().map_err(|e| Error::Read { path: source.shown.clone().into(), source: e })?.len();
        self.opened.inputs.push(source.shown.clone(), length, changed, Box::new(PlacedFile(file)));
        Ok(())
    }

    /// Spools what can be read once; `length` is that of the packed file.
    fn stream(&mut self, source: &Source, from: &mut dyn BufRead, packing: Packing, (changed, length): (u64, Option<u64>)) -> Result<()> {
        let mut unpacked = match unpacked_from(from, packing) {
            Ok(unpacked) => BufReader::with_capacity(1 << 18, unpacked),
            Err(error) => {
                self.reading.skip(&source.shown, None, format!("cannot be unpacked: {error}"));
                return Ok(());
            }
        };
        let start = unpacked.fill_buf().unwrap_or_default();
        if self.is_lines(source.format, start) {
            let most = length.map(|packed| MOST_UNPACKED.max(packed.saturating_mul(MOST_RATIO)));
            let file = self.spool(&mut unpacked, &source.shown, most)?;
            return self.push(source, file, changed);
        }
        let (path, mut file) = self.spool_file()?;
        self.stage(source, &mut unpacked, &mut file, &path)?;
        if file.metadata().is_ok_and(|m| m.len() > 0) {
            self.push(source, file, changed)?;
        }
        Ok(())
    }

    /// Writes texts and pages, each a file, to one file of records.
    fn articles(&mut self, group: &[Source]) -> Result<()> {
        let (path, mut file) = self.spool_file()?;
        let mut changed = 0_u64;
        for source in group {
            let Some(opened) = self.open(source) else { continue };
            changed = changed.wrapping_mul(31).wrapping_add(opened.metadata().map_or(0, |m| nanoseconds(&m)));
            let mut from = BufReader::with_capacity(1 << 16, opened);
            match unpacked_from(&mut from, source.packing) {
                Ok(unpacked) => self.stage(source, &mut BufReader::new(unpacked), &mut file, &path)?,
                Err(error) => self.reading.skip(&source.shown, None, format!("cannot be unpacked: {error}")),
            }
        }
        match group.first() {
            Some(first) if file.metadata().is_ok_and(|m| m.len() > 0) => self.push(first, file, changed),
            _ => Ok(()),
        }
    }

    /// Writes the records of one source as lines.
    fn stage(&mut self, source: &Source, from: &mut dyn BufRead, file: &mut File, path: &Path) -> Result<()> {
        let mut out = BufWriter::with_capacity(1 << 18, file);
        let mut staging = Staging::new(source, self.config, &mut out, self.monitor);
        let mut take = |_: &mut Reading, _, fields, document| staging.add(fields, document);
        let read = Articles::new(source, self.config, &mut self.reading, &mut take).read(from);
        let flushed = out.flush();
        if self.monitor.stopped() {
            return Err(Error::Interrupted);
        }
        read.and(flushed).map_err(|source| Error::Write { path: path.to_owned(), source })
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
        let names = crate::corpus::FieldNames::new(self.config);
        let (mut pages, reading) = (super::pages::Pages::new(self.config), &mut self.reading);
        let told = table.stage(names.texts(), names.others(), &mut |lines| {
            monitor.advance(lines.len() as u64);
            if monitor.stopped() {
                return Err(io::ErrorKind::Other.into());
            }
            staged.write_all(&pages.read(lines, &source.shown, reading))
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

    /// Writes a stream of JSON Lines to a file of the work folder, and of a line that is too long only its end, so that lines keep their
    /// numbers. A stream that breaks off, or unpacks to more than `most` bytes, is told; what came before counts, up to its last whole line.
    fn spool(&mut self, from: &mut dyn BufRead, shown: &str, most: Option<u64>) -> Result<File> {
        let (path, mut file) = self.spool_file()?;
        let failed = |source| Error::Write { path: path.clone(), source };
        let bound = records::record_bytes(Limits { document_bytes: self.config.max_document_bytes }) as u64;
        let (mut read, mut written, mut whole) = (0_u64, 0_u64, 0_u64);
        let (mut line, mut passing) = (1_u64, false);
        let fault = loop {
            if self.monitor.stopped() {
                return Err(Error::Interrupted);
            }
            let chunk = match from.fill_buf() {
                Ok([]) => break None,
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => break Some(format!("is damaged or cut off ({error}); the whole lines before that were read")),
            };
            let taken = chunk.len();
            let kept = match memchr::memchr(b'\n', chunk).filter(|_| passing) {
                Some(end) => {
                    passing = false;
                    &chunk[end..]
                }
                None if passing => &[],
                None => chunk,
            };
            file.write_all(kept).map_err(failed)?;
            if let Some(end) = memchr::memrchr(b'\n', kept) {
                whole = written + end as u64 + 1;
                line += memchr::memchr_iter(b'\n', kept).count() as u64;
            }
            written += kept.len() as u64;
            if !passing && written - whole > bound {
                passing = true;
                self.reading.skip(shown, Some(line), format!("the line is longer than {bound} bytes; skipped"));
                file.set_len(whole).and_then(|()| io::Seek::seek(&mut file, io::SeekFrom::Start(whole))).map_err(failed)?;
                written = whole;
            }
            from.consume(taken);
            read += taken as u64;
            self.monitor.advance(taken as u64);
            if most.is_some_and(|most| read > most) {
                break Some(format!("unpacks to more than {MOST_RATIO} times its size; only the lines before that were read"));
            }
        };
        if let Some(fault) = fault {
            self.reading.skip(shown, None, fault);
            file.set_len(whole).map_err(failed)?;
        }
        Ok(file)
    }
}

/// When a file was last changed, in nanoseconds since 1970; 0 where that is not known.
fn nanoseconds(metadata: &std::fs::Metadata) -> u64 {
    let since = metadata.modified().ok().and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok());
    since.map_or(0, |d| d.as_nanos() as u64)
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
