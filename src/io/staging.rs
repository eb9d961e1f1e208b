//! Records of formats that cannot be read at any place, written as JSON Lines for a corpus run.

use super::records::Fields;
use super::resolve::{Format, Source};
use crate::config::Config;
use crate::corpus::Monitor;
use crate::document::Document;
use serde_json::Value;
use std::io::{self, Write};

/// Writes each record of a source as one line: what it had, with its text as text and an id of its own.
pub(super) struct Staging<'a> {
    source: &'a Source,
    names: Names,
    out: &'a mut dyn Write,
    monitor: &'a dyn Monitor,
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
        Self { source, names, out, monitor }
    }
}

impl Staging<'_> {
    /// Writes one line.
    ///
    /// # Errors
    /// When it cannot be written, or the run is to stop.
    pub(super) fn add(&mut self, mut fields: Fields, document: Document) -> io::Result<()> {
        if self.monitor.stopped() {
            return Err(io::ErrorKind::Interrupted.into());
        }
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
        self.monitor.advance(1);
        Ok(())
    }
}
