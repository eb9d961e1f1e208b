//! Inputs of all formats to documents, all held at once.
#![expect(clippy::disallowed_methods, reason = "this is the place where files are read")]

use super::article::Mapping;
use super::records::{self, Fields, Input, Sink, by_content, packing_of};
use super::resolve::{Format, Packing, Source, resolve};
use super::{Limits, packed};
use crate::config::Config;
use crate::document::{Document, Problem};
use crate::error::{Error, Result};
use serde_json::Value;
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
    let limits = Limits { document_bytes: config.max_document_bytes };
    for input in inputs {
        for source in resolve(input, &mut reading)? {
            Taking::new(&source, config, limits, &mut reading).all(standard_input);
        }
    }
    number_repeated_ids(&mut reading);
    if reading.documents.is_empty() {
        let mut told = String::new();
        for p in reading.problems.iter().take(20) {
            let line = p.line.map_or_else(String::new, |n| format!(":{n}"));
            told.push_str(&format!("\n  {}{line}: {}", p.path, p.message));
        }
        return Err(Error::NoDocuments { inputs: inputs.join(", ") + &told });
    }
    Ok(reading)
}

/// The entries of a feed that came from `url`.
#[cfg(feature = "watch")]
#[must_use]
pub fn read_feed(url: &str, feed: &[u8], config: &Config) -> Reading {
    let mut reading = Reading::default();
    let limits = Limits { document_bytes: config.max_document_bytes };
    let (path, name) = (None, url.to_owned());
    let source = Source { path, shown: name.clone(), name, format: Format::Feed, packing: Packing::Plain, found: false };
    Taking::new(&source, config, limits, &mut reading).records(&mut &*feed);
    reading
}

/// The article of a page that came from `url`, with the `Content-Type` of its answer.
///
/// # Errors
/// Why there is none.
#[cfg(feature = "watch")]
pub fn page_document(url: &str, content_type: &str, page: &[u8], config: &Config) -> std::result::Result<Document, String> {
    let charset = content_type.split("charset=").nth(1).map(|c| c.trim_matches(['"', '\'', ' ', ';']).to_owned());
    let text = super::decode::decode(page, charset.or_else(|| super::decode::declared(page)).as_deref()).text;
    let name = if content_type.starts_with("text/plain") { "text" } else { "html" };
    if !(content_type.is_empty() || content_type.contains("html") || name == "text") {
        return Err(format!("is no page but {content_type}"));
    }
    let mut fields = Fields::new();
    fields.insert(name.to_owned(), Value::String(text));
    fields.insert("url".to_owned(), Value::String(url.to_owned()));
    Mapping::new(&Config { text_field: None, url_field: None, ..config.clone() }).document(&fields, url, url)
}

/// Takes the records of one source.
struct Taking<'a> {
    source: &'a Source,
    mapping: Mapping,
    limits: Limits,
    reading: &'a mut Reading,
    /// Records that have no text, by number.
    textless: Vec<(Option<u64>, String)>,
}

impl<'a> Taking<'a> {
    fn new(source: &'a Source, config: &Config, limits: Limits, reading: &'a mut Reading) -> Self {
        Self { source, mapping: Mapping::new(config), limits, reading, textless: Vec::new() }
    }

    fn all(mut self, standard_input: &mut dyn BufRead) {
        let (documents, skipped) = (self.reading.documents.len(), self.reading.skipped);
        self.open(standard_input);
        let nothing = self.reading.documents.len() == documents && self.reading.skipped == skipped;
        if nothing && self.source.found && matches!(self.source.format, Format::Json | Format::Feed) {
            // a settings file or another kind of XML among the articles
            self.reading.passed_over += 1;
            return;
        }
        for (number, message) in std::mem::take(&mut self.textless) {
            self.reading.skip(&self.source.shown, number, message);
        }
        if let Some(guesses) = self.mapping.guesses() {
            self.reading.guesses.push(Problem { path: self.source.shown.clone(), line: None, message: guesses });
        }
    }

    fn open(&mut self, standard_input: &mut dyn BufRead) {
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
        let format = self.source.format;
        if format == Format::Feed && self.source.found && from.fill_buf().is_ok_and(|start| by_content(start) != Format::Feed) {
            return;
        }
        let input = Input { from, format, limits: self.limits, base: Some(self.source.name.as_str()).filter(|n| n.contains("://")) };
        if let Err(error) = records::each(input, self) {
            self.tell(None, format!("cannot be read further: {error}"), true);
        }
    }

    /// The rows of a Parquet file, as the records that they would be in JSON.
    #[cfg(feature = "parquet")]
    fn table(&mut self, file: std::fs::File) {
        let shown = self.source.shown.clone();
        let names = self.mapping.names();
        let mut row = 0;
        let read = super::parquet::Table::open(&shown, file).and_then(|table| {
            let told = table.stage(names.0.iter().map(String::as_str), names.1.iter().map(String::as_str), &mut |lines| {
                for line in lines.split_inclusive(|b| *b == b'\n') {
                    row += 1;
                    self.line(row, line)?;
                }
                Ok(())
            });
            told.unwrap_or_else(|e| Err(format!("cannot be read: {e}")))
        });
        if let Err(fault) = read {
            self.reading.skip(&shown, None, fault);
        }
    }
}

impl Sink for Taking<'_> {
    fn record(&mut self, number: Option<u64>, fields: Fields) -> io::Result<()> {
        let shown = &self.source.shown;
        let id = number.map_or_else(|| self.source.name.clone(), |n| format!("{shown}:{n}"));
        match self.mapping.document(&fields, shown, &id) {
            Ok(document) if document.text.len() > self.limits.document_bytes => {
                let message = format!("the text is longer than {} bytes; skipped", self.limits.document_bytes);
                self.reading.skip(shown, number, message);
            }
            Ok(mut document) => {
                if self.source.path.is_none() && number.is_none() {
                    document.path = None;
                }
                self.reading.documents.push(document);
            }
            // a value around records has none of its own
            Err(message) if self.source.found && self.source.format == Format::Json => self.textless.push((number, message)),
            Err(message) => self.reading.skip(shown, number, message),
        }
        Ok(())
    }

    fn line(&mut self, number: u64, line: &[u8]) -> io::Result<()> {
        match object(line) {
            Ok(fields) => self.record(Some(number), fields),
            Err(message) => {
                self.reading.skip(&self.source.shown, Some(number), message);
                Ok(())
            }
        }
    }

    fn tell(&mut self, number: Option<u64>, message: String, lost: bool) {
        self.reading.skipped += usize::from(lost);
        self.reading.tell(&self.source.shown, number, message);
    }

    fn pass_over(&mut self, records: usize) {
        self.reading.no_pages += records;
    }
}

/// The fields of a line.
pub(super) fn object(line: &[u8]) -> std::result::Result<Fields, String> {
    let text = std::str::from_utf8(line).map_err(|e| format!("is not valid UTF-8 at byte {} of the line; skipped", e.valid_up_to()))?;
    // the line inside the record is always the first and no line of the file
    let told =
        |e: serde_json::Error| format!("is not a JSON record: {}; skipped", e.to_string().replace(" at line 1 column ", " at column "));
    match serde_json::from_str(text.trim()).map_err(told)? {
        Value::Object(fields) => Ok(fields),
        _ => Err("is JSON but no object with fields such as {\"text\": ...}; skipped".into()),
    }
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
