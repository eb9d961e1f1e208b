//! Tables whose texts are web pages, for a corpus run.

use super::article::Mapping;
use super::articles::object;
use super::reading::Reading;
use crate::config::Config;
use crate::corpus::FieldNames;
use serde_json::Value;
use std::borrow::Cow;

/// Puts the text of its article in the place of a page.
pub(super) struct Pages {
    mapping: Mapping,
    names: FieldNames,
    rows: u64,
}

impl Pages {
    pub(super) fn new(config: &Config) -> Self {
        Self { mapping: Mapping::new(config), names: FieldNames::new(config), rows: 0 }
    }

    /// The same lines, one for each row: a page that gives no article becomes an empty line, and is told.
    pub(super) fn read<'a>(&mut self, lines: &'a [u8], shown: &str, reading: &mut Reading) -> Cow<'a, [u8]> {
        let before = self.rows;
        self.rows += memchr::memchr_iter(b'\n', lines).count() as u64;
        let split = || lines.split_inclusive(|b| *b == b'\n');
        // all rows of a table are of one kind, but for those without a text
        if !split().take(8).any(|line| object(line).is_ok_and(|fields| self.mapping.is_page(&fields))) {
            return Cow::Borrowed(lines);
        }
        let mut out = Vec::with_capacity(lines.len() / 4);
        for (row, line) in (before + 1..).zip(split()) {
            match object(line) {
                Ok(mut fields) if self.mapping.is_page(&fields) => match self.mapping.document(&fields, shown, "") {
                    Ok(document) => {
                        self.names.texts().for_each(|name| drop(fields.remove(name)));
                        if let Some(name) = self.names.texts().next() {
                            fields.insert(name.to_owned(), Value::String(document.text));
                        }
                        out.extend(Value::Object(fields).to_string().into_bytes());
                        out.push(b'\n');
                    }
                    Err(message) => {
                        reading.skip(shown, Some(row), message);
                        out.push(b'\n');
                    }
                },
                _ => out.extend(line),
            }
        }
        Cow::Owned(out)
    }
}
