//! Inputs of all formats to documents, all held at once.
#![expect(clippy::disallowed_methods, reason = "this is the place where files are read")]

use super::articles::Articles;
use super::packed;
#[cfg(feature = "parquet")]
use super::records::Sink as _;
use super::records::{Fields, packing_of};
#[cfg(feature = "parquet")]
use super::resolve::Format;
use super::resolve::{Packing, Source, resolve};
use crate::config::Config;
use crate::document::{Document, Problem};
use crate::error::{Error, Result};
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader};

/// What was read from all inputs.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Documents in input order; files of a folder in path order.
    pub documents: Vec<Document>,
    /// What the user should know about single inputs.
    pub problems: Vec<Problem>,
    /// Under which names the parts of the documents were found, where these had to be guessed.
    pub guesses: Vec<Problem>,
    /// Inputs or records that gave no document although they should have.
    pub skipped: usize,
    /// Files of folders that have no known format; they are no problems.
    pub passed_over: usize,
    /// Records of archives that are no pages.
    pub no_pages: usize,
}

impl Reading {
    /// Adds what was read later; its ids are made unique.
    pub fn append(&mut self, later: Self) {
        self.documents.extend(later.documents);
        self.problems.extend(later.problems);
        self.guesses.extend(later.guesses);
        self.skipped += later.skipped;
        self.passed_over += later.passed_over;
        self.no_pages += later.no_pages;
        number_repeated_ids(self);
    }

    pub(super) fn skip(&mut self, path: &str, line: Option<u64>, message: impl Into<String>) {
        self.skipped += 1;
        self.tell(path, line, message);
    }

    pub(super) fn tell(&mut self, path: &str, line: Option<u64>, message: impl Into<String>) {
        self.problems.push(Problem { path: path.to_owned(), line, message: message.into() });
    }
}

/// Reads all `inputs`: files, folders, glob patterns, lists of these (`@FILE`), or `-` for `standard_input`.
///
/// A fault of one input is told in [`Reading::problems`] and the others are read.
///
/// # Errors
/// [`Error::NoDocuments`] when nothing was read at all; [`Error::Pattern`] for a malformed glob.
pub fn read(inputs: &[String], config: &Config, standard_input: &mut dyn BufRead) -> Result<Reading> {
    let mut reading = Reading::default();
    for input in inputs {
        for source in resolve(input, &mut reading)? {
            Taking { source: &source, config, reading: &mut reading, batches: None }.all(standard_input);
        }
    }
    number_repeated_ids(&mut reading);
    if reading.documents.is_empty() {
        return Err(nothing(&reading, inputs));
    }
    Ok(reading)
}

/// Reads all `inputs` as [`read`] does and hands their documents on, `size` at a time, so that few are held; fewer where their texts have
/// 96 MiB. Ids are as they were read.
/// What is returned has no documents.
///
/// # Errors
/// Those of [`read`], and the first of `take`, after which nothing is read.
pub fn read_batches(
    inputs: &[String],
    config: &Config,
    standard_input: &mut dyn BufRead,
    size: usize,
    take: &mut dyn FnMut(Vec<Document>) -> Result<()>,
) -> Result<Reading> {
    let mut reading = Reading::default();
    let mut batches = Batches { size, large: LARGE, take, taken: 0, bytes: 0, counted: 0, fault: None };
    for input in inputs {
        for source in resolve(input, &mut reading)? {
            Taking { source: &source, config, reading: &mut reading, batches: Some(&mut batches) }.all(standard_input);
            if let Some(fault) = batches.fault.take() {
                return Err(fault);
            }
        }
    }
    // Whether the last were taken is told by the fault alone.
    let _ = batches.hand_on(&mut reading, 1);
    match batches.fault {
        Some(fault) => Err(fault),
        None if batches.taken == 0 => Err(nothing(&reading, inputs)),
        None => Ok(reading),
    }
}

/// Nothing was read at all.
fn nothing(reading: &Reading, inputs: &[String]) -> Error {
    let mut told = String::new();
    for p in reading.problems.iter().take(20) {
        let line = p.line.map_or_else(String::new, |n| format!(":{n}"));
        told.push_str(&format!("\n  {}{line}: {}", p.path, p.message));
    }
    Error::NoDocuments { inputs: inputs.join(", ") + &told }
}

/// Bytes of texts from which documents are handed on however few they are.
const LARGE: usize = 96 << 20;

/// Where documents go that are not held.
struct Batches<'a> {
    size: usize,
    large: usize,
    take: &'a mut dyn FnMut(Vec<Document>) -> Result<()>,
    taken: usize,
    /// Of the texts that wait.
    bytes: usize,
    /// Documents whose texts are among these bytes.
    counted: usize,
    fault: Option<Error>,
}

impl Batches<'_> {
    /// Hands on what was read, if there are `least` or if they are large.
    fn hand_on(&mut self, reading: &mut Reading, least: usize) -> io::Result<()> {
        self.bytes += reading.documents.iter().skip(self.counted).map(|d| d.text.len()).sum::<usize>();
        self.counted = reading.documents.len();
        if self.counted < least && self.bytes < self.large {
            return Ok(());
        }
        (self.bytes, self.counted) = (0, 0);
        self.taken += reading.documents.len();
        (self.take)(std::mem::take(&mut reading.documents)).map_err(|fault| {
            self.fault = Some(fault);
            io::Error::other("what was read could not be taken")
        })
    }
}

fn handed_on(batches: &mut Option<&mut Batches<'_>>, reading: &mut Reading) -> io::Result<()> {
    batches.as_mut().map_or(Ok(()), |b| b.hand_on(reading, b.size))
}

/// Takes the records of one source.
struct Taking<'a, 'b> {
    source: &'a Source,
    config: &'a Config,
    reading: &'a mut Reading,
    batches: Option<&'a mut Batches<'b>>,
}

impl Taking<'_, '_> {
    fn all(&mut self, standard_input: &mut dyn BufRead) {
        let Some(path) = &self.source.path else {
            let packing = standard_input.fill_buf().map_or(Packing::Plain, packing_of);
            return self.unpack(standard_input, packing);
        };
        let file = match std::fs::File::open(path) {
            Ok(file) => file,
            Err(error) => return self.reading.skip(&self.source.shown, None, format!("cannot be opened: {error}")),
        };
        #[cfg(feature = "parquet")]
        if self.source.format == Format::Parquet {
            return self.table(file);
        }
        self.unpack(&mut BufReader::with_capacity(1 << 16, file), self.source.packing);
    }

    fn unpack(&mut self, from: &mut dyn BufRead, packing: Packing) {
        match packing {
            Packing::Plain => self.records(from),
            _ => match packed::unpacked_from(from, packing) {
                Ok(unpacked) => self.records(&mut BufReader::with_capacity(1 << 16, unpacked)),
                Err(error) => self.reading.skip(&self.source.shown, None, format!("cannot be unpacked: {error}")),
            },
        }
    }

    fn records(&mut self, from: &mut dyn BufRead) {
        let (source, batches) = (self.source, &mut self.batches);
        let mut take = |reading: &mut Reading, number, fields, document| {
            keep(source, reading, number, fields, document)?;
            handed_on(batches, reading)
        };
        if let Err(error) = Articles::new(source, self.config, self.reading, &mut take).read(from) {
            self.reading.skip(&source.shown, None, format!("cannot be read further: {error}"));
        }
    }

    /// The rows of a Parquet file, as the records that they would be in JSON.
    #[cfg(feature = "parquet")]
    fn table(&mut self, file: std::fs::File) {
        let (source, config, batches) = (self.source, self.config, &mut self.batches);
        let mut take = |reading: &mut Reading, number, fields, document| {
            keep(source, reading, number, fields, document)?;
            handed_on(batches, reading)
        };
        let mut articles = Articles::new(source, config, self.reading, &mut take);
        let names = articles.names();
        let mut row = 0;
        let read = super::parquet::Table::open(&source.shown, file).and_then(|table| {
            let told = table.stage(names.0.iter().map(String::as_str), names.1.iter().map(String::as_str), &mut |lines| {
                for line in lines.split_inclusive(|b| *b == b'\n') {
                    row += 1;
                    articles.line(row, line)?;
                }
                Ok(())
            });
            told.unwrap_or_else(|e| Err(format!("cannot be read: {e}")))
        });
        articles.end();
        if let Err(fault) = read {
            self.reading.skip(&source.shown, None, fault);
        }
    }
}

/// Holds a document.
#[allow(clippy::unnecessary_wraps, reason = "other takers write, which may fail")]
pub(super) fn keep(source: &Source, reading: &mut Reading, number: Option<u64>, _: Fields, mut document: Document) -> io::Result<()> {
    // a text from standard input came from no file
    if source.path.is_none() && number.is_none() {
        document.path = None;
    }
    reading.documents.push(document);
    Ok(())
}

/// Makes ids unique: the second `x` becomes `x#2`.
fn number_repeated_ids(reading: &mut Reading) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut told = Vec::new();
    for document in &mut reading.documents {
        let count = seen.entry(document.id.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            let mut number = *count;
            let mut fresh = format!("{}#{number}", document.id);
            while seen.contains_key(&fresh) {
                number += 1;
                fresh = format!("{}#{number}", document.id);
            }
            let path = document.path.clone().unwrap_or_else(|| document.id.clone());
            told.push((path, format!("the id {} stands twice; this one is called {fresh}", document.id)));
            seen.insert(fresh.clone(), 1);
            document.id = fresh;
        }
    }
    for (path, message) in told {
        reading.tell(&path, None, message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_texts_are_handed_on_sooner() {
        let mut taken = Vec::new();
        let take = &mut |documents: Vec<Document>| {
            taken.push(documents.len());
            Ok(())
        };
        let mut batches = Batches { size: 4, large: 1_000, take, taken: 0, bytes: 0, counted: 0, fault: None };
        let mut reading = Reading::default();
        for length in [10, 10, 10, 10, 600, 500, 10, 2_000, 5, 5] {
            reading.documents.push(Document { text: "x".repeat(length), ..Document::default() });
            assert!(batches.hand_on(&mut reading, 4).is_ok());
        }
        assert!(batches.hand_on(&mut reading, 1).is_ok());
        assert!(batches.hand_on(&mut reading, 1).is_ok());
        assert_eq!(batches.taken, 10);
        assert_eq!(taken, [4, 2, 2, 2]);
    }
}
