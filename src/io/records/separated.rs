//! Values separated by commas, tabs or other marks (RFC 4180), the first row naming them.

use super::super::allowance::{Allowance, Bounded};
use super::super::decode::decode;
use super::{Fields, Limits, Sink, record_bytes};
use serde_json::Value;
use std::io::{self, BufRead, BufReader};

/// Marks that may part values.
const MARKS: &[u8] = b",;\t|";
/// Columns that are read.
const MOST_COLUMNS: usize = 10_000;

pub(super) fn read(from: &mut dyn BufRead, mark: Option<u8>, limits: Limits, sink: &mut dyn Sink) -> io::Result<()> {
    let start = match from.fill_buf() {
        Ok(start) => start,
        Err(error) => {
            sink.tell(None, format!("cannot be read: {error}"), true);
            return Ok(());
        }
    };
    if start.iter().all(u8::is_ascii_whitespace) {
        sink.tell(None, "is empty; skipped".to_owned(), true);
        return Ok(());
    }
    let mark = mark.unwrap_or_else(|| usual_mark(start));
    if start.starts_with(b"\xEF\xBB\xBF") {
        from.consume(3);
    }
    let bound = record_bytes(limits);
    let allowance = Allowance::new(bound + (1 << 17));
    let bounded = BufReader::with_capacity(1 << 16, Bounded::new(from, allowance.clone()));
    let mut rows = csv::ReaderBuilder::new().delimiter(mark).flexible(true).has_headers(false).from_reader(bounded);
    let mut row = csv::ByteRecord::new();
    let mut names: Vec<String> = Vec::new();
    let mut told_encoding = false;
    loop {
        let line = rows.position().line();
        match rows.read_byte_record(&mut row) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(error) => {
                let what = if allowance.exceeded() { allowance.told() } else { format!("cannot be read further: {error}") };
                sink.tell(Some(line), what, true);
                return Ok(());
            }
        }
        allowance.renew();
        let line = row.position().map_or(line, csv::Position::line);
        let mut text = |value: &[u8]| {
            let decoded = decode(value, None);
            if let Some(name) = decoded.other.filter(|_| !told_encoding) {
                told_encoding = true;
                sink.tell(Some(line), format!("is not UTF-8; read as {name}"), false);
            }
            decoded.text
        };
        if names.is_empty() {
            names = row.iter().take(MOST_COLUMNS).map(|name| text(name).trim().to_owned()).collect();
            continue;
        }
        let fields: Fields = names.iter().zip(&row).map(|(name, value)| (name.clone(), Value::String(text(value)))).collect();
        if row.len() != names.len() && row.len() > 1 {
            let what =
                format!("has {} values for the {} columns of the first row; a quotation mark may be missing", row.len(), names.len());
            sink.tell(Some(line), what, false);
        }
        sink.record(Some(line), fields)?;
    }
}

/// The mark that stands most often in the first row, outside quotation marks.
fn usual_mark(start: &[u8]) -> u8 {
    let mut counts = [0_usize; MARKS.len()];
    let mut quoted = false;
    for &byte in start {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => {
                if let Some(at) = MARKS.iter().position(|&m| m == byte) {
                    counts[at] += 1;
                }
            }
            _ => {}
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    let at = counts.iter().position(|&n| n == most).unwrap_or(0);
    MARKS.get(at).copied().unwrap_or(b',')
}
