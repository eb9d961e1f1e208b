//! The records of one source as documents: what is common to a reading into memory and to a corpus run.

use super::Limits;
use super::article::Mapping;
use super::reading::Reading;
use super::records::{self, Fields, Input, Sink, by_content};
use super::resolve::{Format, Source};
use crate::config::Config;
use crate::document::{Document, Problem};
use serde_json::Value;
use std::io::{self, BufRead};

/// Takes a document with the record that it was, and its number where the source has several.
pub(super) type Take<'a> = &'a mut dyn FnMut(&mut Reading, Option<u64>, Fields, Document) -> io::Result<()>;

/// Makes documents of the records of a source.
pub(super) struct Articles<'a> {
    source: &'a Source,
    mapping: Mapping,
    limits: Limits,
    reading: &'a mut Reading,
    take: Take<'a>,
    /// Records of a JSON file found in a folder that have no text: no fault where it holds no article at all.
    textless: Vec<(Option<u64>, String)>,
    anything: bool,
}

impl<'a> Articles<'a> {
    pub(super) fn new(source: &'a Source, config: &Config, reading: &'a mut Reading, take: Take<'a>) -> Self {
        let limits = Limits { document_bytes: config.max_document_bytes };
        Self { source, mapping: Mapping::new(config), limits, reading, take, textless: Vec::new(), anything: false }
    }

    /// The names under which the text may be, and those of the other parts.
    #[cfg(feature = "parquet")]
    pub(super) fn names(&self) -> (Vec<String>, Vec<String>) {
        self.mapping.names()
    }

    /// Reads all of the source, unpacked, to its end.
    ///
    /// # Errors
    /// Those of the taker.
    pub(super) fn read(mut self, from: &mut dyn BufRead) -> io::Result<()> {
        let Source { format, found, name, .. } = self.source;
        if *found && *format == Format::Feed && from.fill_buf().is_ok_and(|start| by_content(start) != Format::Feed) {
            // another kind of XML among the articles of a folder
            self.reading.passed_over += 1;
            return Ok(());
        }
        let base = Some(name.as_str()).filter(|n| n.contains("://"));
        let input = Input { from, format: *format, limits: self.limits, base };
        let read = records::each(input, &mut self);
        self.end();
        read
    }

    /// Called once, after the last record.
    pub(super) fn end(mut self) {
        if !self.anything && !self.textless.is_empty() {
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
}

impl Sink for Articles<'_> {
    fn record(&mut self, number: Option<u64>, fields: Fields) -> io::Result<()> {
        let shown = &self.source.shown;
        let id = number.map_or_else(|| self.source.name.clone(), |n| format!("{shown}:{n}"));
        match self.mapping.document(&fields, shown, &id) {
            Ok(document) if document.text.len() > self.limits.document_bytes => {
                let message = format!("the text is longer than {} bytes; skipped", self.limits.document_bytes);
                self.tell(number, message, true);
            }
            Ok(document) => {
                self.anything = true;
                (self.take)(self.reading, number, fields, document)?;
            }
            Err(message) if self.source.found && self.source.format == Format::Json => self.textless.push((number, message)),
            Err(message) => self.tell(number, message, true),
        }
        Ok(())
    }

    fn line(&mut self, number: u64, line: &[u8]) -> io::Result<()> {
        match object(line) {
            Ok(fields) => self.record(Some(number), fields),
            Err(message) => {
                self.tell(Some(number), message, true);
                Ok(())
            }
        }
    }

    fn tell(&mut self, number: Option<u64>, message: String, lost: bool) {
        self.anything |= lost;
        self.reading.skipped += usize::from(lost);
        self.reading.tell(&self.source.shown, number, message);
    }

    fn pass_over(&mut self, records: usize) {
        self.reading.no_pages += records;
    }
}

/// The fields of a line.
pub(super) fn object(line: &[u8]) -> Result<Fields, String> {
    let text = std::str::from_utf8(line).map_err(|e| format!("is not valid UTF-8 at byte {} of the line; skipped", e.valid_up_to()))?;
    // the line inside the record is always the first and no line of the file
    let told =
        |e: serde_json::Error| format!("is not a JSON record: {}; skipped", e.to_string().replace(" at line 1 column ", " at column "));
    match serde_json::from_str(text.trim()).map_err(told)? {
        Value::Object(fields) => Ok(fields),
        _ => Err("is JSON but no object with fields such as {\"text\": ...}; skipped".into()),
    }
}
