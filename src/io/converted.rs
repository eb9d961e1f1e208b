//! Kept records in another form than their own: other columns, separated values, a table.

use super::article::Mapping;
use super::records::Fields;
use crate::config::Config;
use crate::error::{Error, Result};
use serde_json::Value;
use std::io::{self, Write};
use std::path::Path;

/// The columns of a table that is made of records: what a document has.
pub const DOCUMENT_COLUMNS: &[&str] = &["id", "url", "title", "publisher", "date", "text"];

/// The form of a file of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordFormat {
    /// One JSON record a line.
    JsonLines,
    /// Separated by this mark (RFC 4180).
    Separated(u8),
    /// Parquet.
    Parquet,
}

impl RecordFormat {
    /// The form that the name of a file stands for; JSON Lines where it says nothing.
    #[must_use]
    pub fn of_name(path: &Path) -> Self {
        let name = path.file_name().map(|n| n.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
        match name.rsplit_once('.').map(|(_, ending)| ending) {
            Some("csv") => Self::Separated(b','),
            Some("tsv") => Self::Separated(b'\t'),
            Some("parquet") => Self::Parquet,
            _ => Self::JsonLines,
        }
    }
}

/// Takes JSON Lines and writes their records with chosen columns.
pub struct Converted<'a> {
    columns: Vec<String>,
    /// Without a choice the parts of a document are looked for under their usual names.
    mapping: Option<Mapping>,
    line: Vec<u8>,
    to: To<'a>,
}

enum To<'a> {
    Lines(&'a mut (dyn Write + Send)),
    Separated(Box<csv::Writer<&'a mut (dyn Write + Send)>>),
    #[cfg(feature = "parquet")]
    Table(Box<super::parquet::TextTable<'a>>),
}

impl<'a> Converted<'a> {
    /// Writes to `out`, which is called `path`: the fields `columns` of each record, or else [`DOCUMENT_COLUMNS`].
    ///
    /// # Errors
    /// [`Error::Write`] when it cannot be written to, or for Parquet in a program without it.
    pub fn new(path: &Path, format: RecordFormat, columns: &[String], config: &Config, out: &'a mut (dyn Write + Send)) -> Result<Self> {
        let failed = |source| Error::Write { path: path.to_owned(), source };
        if format == RecordFormat::Parquet {
            super::results::can_be_parquet(path)?;
        }
        let mapping = columns.is_empty().then(|| Mapping::new(config));
        let columns: Vec<String> =
            if columns.is_empty() { DOCUMENT_COLUMNS.iter().map(ToString::to_string).collect() } else { columns.to_vec() };
        let to = match format {
            RecordFormat::JsonLines => To::Lines(out),
            RecordFormat::Separated(mark) => {
                let mut rows = csv::WriterBuilder::new().delimiter(mark).from_writer(out);
                rows.write_record(&columns).map_err(|e| failed(io::Error::other(e)))?;
                To::Separated(Box::new(rows))
            }
            #[cfg(feature = "parquet")]
            RecordFormat::Parquet => To::Table(Box::new(super::parquet::TextTable::new(&columns, out).map_err(failed)?)),
            #[cfg(not(feature = "parquet"))]
            RecordFormat::Parquet => return Err(failed(io::Error::other(super::WITHOUT_PARQUET))),
        };
        Ok(Self { columns, mapping, line: Vec::new(), to })
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> io::Result<()> {
        if !self.line.is_empty() {
            let line = std::mem::take(&mut self.line);
            self.record(&line)?;
        }
        match &mut self.to {
            To::Lines(out) => out.flush(),
            To::Separated(rows) => rows.flush(),
            #[cfg(feature = "parquet")]
            To::Table(table) => table.finish(),
        }
    }

    fn record(&mut self, line: &[u8]) -> io::Result<()> {
        if line.trim_ascii().is_empty() {
            return Ok(());
        }
        let fields: Fields = serde_json::from_slice(line)?;
        let fields = match &mut self.mapping {
            Some(mapping) => mapping.document(&fields, "", "").map(parts).unwrap_or(fields),
            None => fields,
        };
        match &mut self.to {
            To::Lines(out) => {
                let chosen: Fields = self.columns.iter().filter_map(|c| Some((c.clone(), fields.get(c)?.clone()))).collect();
                serde_json::to_writer(&mut *out, &chosen)?;
                out.write_all(b"\n")
            }
            To::Separated(rows) => {
                let values = self.columns.iter().map(|c| fields.get(c).and_then(text).unwrap_or_default());
                rows.write_record(values).map_err(io::Error::other)
            }
            #[cfg(feature = "parquet")]
            To::Table(table) => {
                let values: Vec<Option<String>> = self.columns.iter().map(|c| fields.get(c).and_then(text)).collect();
                table.add(&values)
            }
        }
    }
}

impl Write for Converted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = bytes;
        while let Some(end) = memchr::memchr(b'\n', rest) {
            self.line.extend_from_slice(&rest[..end]);
            rest = &rest[end + 1..];
            let line = std::mem::take(&mut self.line);
            self.record(&line)?;
            self.line = line;
            self.line.clear();
        }
        self.line.extend_from_slice(rest);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A document under the names of [`DOCUMENT_COLUMNS`].
fn parts(document: crate::document::Document) -> Fields {
    let given = [
        ("id", Some(document.id)),
        ("url", document.url),
        ("title", document.title),
        ("publisher", document.publisher),
        ("date", document.page_date.map(|d| d.to_string())),
        ("text", Some(document.text)),
    ];
    given.into_iter().filter_map(|(name, value)| Some((name.to_owned(), Value::String(value.filter(|v| !v.is_empty())?)))).collect()
}

/// A value as a cell: texts as they are, the rest as JSON.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: RecordFormat, columns: &[&str], lines: &str) -> String {
        let mut out: Vec<u8> = Vec::new();
        let columns: Vec<String> = columns.iter().map(ToString::to_string).collect();
        let mut to = Converted::new(Path::new("x"), format, &columns, &Config::default(), &mut out).unwrap();
        // in pieces, as they come
        for piece in lines.as_bytes().chunks(7) {
            to.write_all(piece).unwrap();
        }
        to.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_are_chosen() {
        let lines = "{\"id\": 7, \"body\": \"a \\\"b\\\"\", \"more\": [1]}\n{\"body\": \"c\"}";
        assert_eq!(
            written(RecordFormat::JsonLines, &["more", "body"], lines),
            "{\"body\":\"a \\\"b\\\"\",\"more\":[1]}\n{\"body\":\"c\"}\n"
        );
        assert_eq!(written(RecordFormat::Separated(b','), &["id", "body"], lines), "id,body\n7,\"a \"\"b\"\"\"\n,c\n");
        let all = written(RecordFormat::Separated(b';'), &[], lines);
        assert_eq!(all, "id;url;title;publisher;date;text\n7;;;;;\"a \"\"b\"\"\"\n;;;;;c\n");
    }

    #[test]
    fn names_tell_the_form() {
        for (name, format) in [
            ("a.csv", RecordFormat::Separated(b',')),
            ("a.tsv.gz", RecordFormat::Separated(b'\t')),
            ("a.parquet", RecordFormat::Parquet),
            ("a", RecordFormat::JsonLines),
            ("-", RecordFormat::JsonLines),
        ] {
            assert_eq!(RecordFormat::of_name(Path::new(name)), format, "{name}");
        }
    }
}
