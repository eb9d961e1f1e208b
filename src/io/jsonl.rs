//! JSON Lines: one line is one document.

use super::{Limits, Reading};
use crate::document::Document;
use serde_json::{Map, Value};
use std::io::{BufRead, Read as _};

/// Names under which feeds carry the text, most usual first; likewise below.
const TEXT: &[&str] = &["text", "body", "content", "article", "maintext"];
const TITLE: &[&str] = &["title", "headline"];
const URL: &[&str] = &["url", "link", "canonical_url"];
const PUBLISHER: &[&str] = &["publisher", "source", "outlet", "site", "source_domain"];
const DATE: &[&str] = &["page_date", "date", "published", "published_at", "date_publish", "pub_date"];

pub(super) fn read(from: &mut dyn BufRead, path: &str, limits: Limits, reading: &mut Reading) {
    // A JSON string can take six bytes for one (`\u0041`), and the other fields want room too.
    let bound = limits.document_bytes.saturating_mul(2).saturating_add(1 << 20);
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        number += 1;
        match (&mut *from).take(bound as u64).read_until(b'\n', &mut line) {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) => return reading.skip(path, Some(number), format!("cannot be read further: {error}")),
        }
        if line.len() >= bound && line.last() != Some(&b'\n') {
            reading.skip(path, Some(number), format!("the line is longer than {bound} bytes; skipped"));
            if let Err(error) = pass_line(from) {
                return reading.skip(path, Some(number), format!("cannot be read further: {error}"));
            }
            continue;
        }
        let bytes = line.strip_prefix(b"\xEF\xBB\xBF").filter(|_| number == 1).unwrap_or(&line);
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        add(bytes, path, number, limits, reading);
    }
}

/// Reads the rows of a Parquet file as the records that they would be in JSON.
#[cfg(feature = "parquet")]
pub(super) fn read_table(file: std::fs::File, path: &str, limits: Limits, reading: &mut Reading) {
    let others = std::iter::once("id").chain([TITLE, URL, PUBLISHER, DATE].into_iter().flatten().copied());
    let mut row = 0;
    let read = super::parquet::Table::open(path, file).and_then(|table| {
        let told = table.stage(TEXT.iter().copied(), others, &mut |lines| {
            for line in lines.split_inclusive(|b| *b == b'\n') {
                row += 1;
                add(line, path, row, limits, reading);
            }
            Ok(())
        });
        told.unwrap_or_else(|e| Err(format!("cannot be read: {e}")))
    });
    if let Err(fault) = read {
        reading.skip(path, None, fault);
    }
}

fn add(bytes: &[u8], path: &str, number: u64, limits: Limits, reading: &mut Reading) {
    match record(bytes, path, number) {
        Ok(document) if document.text.len() > limits.document_bytes => {
            reading.skip(path, Some(number), format!("the text is longer than {} bytes; skipped", limits.document_bytes));
        }
        Ok(document) => reading.documents.push(document),
        Err(message) => reading.skip(path, Some(number), message),
    }
}

/// Reads to the end of an over-long line without keeping it.
pub(super) fn pass_line(from: &mut dyn BufRead) -> std::io::Result<()> {
    loop {
        let (used, done) = {
            let buffer = from.fill_buf()?;
            match memchr::memchr(b'\n', buffer) {
                Some(at) => (at + 1, true),
                None => (buffer.len(), buffer.is_empty()),
            }
        };
        from.consume(used);
        if done {
            return Ok(());
        }
    }
}

fn record(bytes: &[u8], path: &str, number: u64) -> Result<Document, String> {
    let text = std::str::from_utf8(bytes).map_err(|e| format!("is not valid UTF-8 at byte {} of the line; skipped", e.valid_up_to()))?;
    let value: Value = serde_json::from_str(text.trim()).map_err(|e| format!("is not a JSON record: {}; skipped", on_its_line(&e)))?;
    let Value::Object(fields) = value else { return Err("is JSON but no object with fields such as {\"text\": ...}; skipped".into()) };
    let body = string(&fields, TEXT).ok_or_else(|| format!("has no text (looked for the fields {}); skipped", TEXT.join(", ")))?;
    if body.trim().is_empty() {
        return Err("its text is empty; skipped".into());
    }
    let id = match fields.get("id") {
        Some(Value::String(id)) if !id.is_empty() => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => format!("{path}:{number}"),
    };
    Ok(Document {
        id,
        path: Some(path.to_owned()),
        text: body.to_owned(),
        title: string(&fields, TITLE).map(str::to_owned),
        url: string(&fields, URL).map(str::to_owned),
        publisher: string(&fields, PUBLISHER).map(str::to_owned),
        page_date: string(&fields, DATE).and_then(|d| d.get(..10)).and_then(|d| d.parse().ok()),
    })
}

/// The message without the line inside the record, which is always the first and no line of the file.
fn on_its_line(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column ", " at column ")
}

fn string<'a>(fields: &'a Map<String, Value>, names: &[&str]) -> Option<&'a str> {
    names.iter().find_map(|name| fields.get(*name)?.as_str())
}
