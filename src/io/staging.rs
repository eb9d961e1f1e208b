//! Records of formats that cannot be read at any place, written as JSON Lines for a corpus run.

use super::article::Mapping;
use super::records::{Fields, Sink};
use super::resolve::{Format, Source};
use crate::config::Config;
use crate::corpus::Monitor;
use crate::document::Problem;
use serde_json::Value;
use std::io::{self, Write};

/// Writes each record of a source as one line: what it had, with its text as text and an id of its own.
pub(super) struct Staging<'a> {
    pub(super) source: &'a Source,
    pub(super) mapping: Mapping,
    names: Names,
    most: usize,
    out: &'a mut dyn Write,
    monitor: &'a dyn Monitor,
    pub(super) problems: Vec<Problem>,
    pub(super) written: u64,
}

/// What the run looks for.
struct Names {
    id: String,
    text: String,
    date: String,
}

impl<'a> Staging<'a> {
    pub(super) fn new(source: &'a Source, config: &Config, out: &'a mut dyn Write, monitor: &'a dyn Monitor) -> Self {
        let name = |asked: &Option<String>, usual: &str| asked.clone().unwrap_or_else(|| usual.to_owned());
        let names =
            Names { id: name(&config.id_field, "id"), text: name(&config.text_field, "text"), date: name(&config.date_field, "date") };
        let mapping = Mapping::new(config);
        Self { source, mapping, names, most: config.max_document_bytes, out, monitor, problems: Vec::new(), written: 0 }
    }

    fn stage(&mut self, number: Option<u64>, mut fields: Fields) -> io::Result<()> {
        if self.monitor.stopped() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let shown = &self.source.shown;
        let id = number.map_or_else(|| self.source.name.clone(), |n| format!("{shown}:{n}"));
        let document = match self.mapping.document(&fields, shown, &id) {
            Ok(document) if document.text.len() > self.most => {
                self.tell(number, format!("the text is longer than {} bytes; skipped", self.most), true);
                return Ok(());
            }
            Ok(document) => document,
            Err(message) => {
                self.tell(number, message, true);
                return Ok(());
            }
        };
        // of records made by others all fields are kept; what was made here has the parts of a document
        if !matches!(self.source.format, Format::Json | Format::Separated(_) | Format::JsonLines) {
            fields.clear();
            let mut put = |name: &str, value: Option<String>| {
                if let Some(value) = value {
                    fields.insert(name.to_owned(), Value::String(value));
                }
            };
            put("url", document.url);
            put("title", document.title);
            put("publisher", document.publisher);
            put(&self.names.date, document.page_date.map(|d| d.to_string()));
        }
        fields.insert(self.names.id.clone(), Value::String(document.id));
        fields.insert(self.names.text.clone(), Value::String(document.text));
        serde_json::to_writer(&mut self.out, &Value::Object(fields))?;
        self.out.write_all(b"\n")?;
        self.written += 1;
        self.monitor.advance(1);
        Ok(())
    }
}

impl Sink for Staging<'_> {
    fn record(&mut self, number: Option<u64>, fields: Fields) -> io::Result<()> {
        self.stage(number, fields)
    }

    fn line(&mut self, number: u64, line: &[u8]) -> io::Result<()> {
        match super::reading::object(line) {
            Ok(fields) => self.stage(Some(number), fields),
            Err(message) => {
                self.tell(Some(number), message, true);
                Ok(())
            }
        }
    }

    fn tell(&mut self, number: Option<u64>, message: String, _lost: bool) {
        self.problems.push(Problem { path: self.source.shown.clone(), line: number, message });
    }

    fn pass_over(&mut self, _records: usize) {}
}
