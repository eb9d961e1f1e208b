//! Plain text: one file is one document.

use super::{Limits, Reading};
use crate::document::Document;
use std::io::{BufRead, Read};

pub(super) fn read(from: &mut dyn BufRead, id: &str, path: Option<&str>, limits: Limits, reading: &mut Reading) {
    let shown = path.unwrap_or(id);
    let mut bytes = Vec::new();
    if let Err(error) = from.take(limits.document_bytes as u64 + 1).read_to_end(&mut bytes) {
        return reading.skip(shown, None, format!("cannot be read: {error}"));
    }
    if bytes.len() > limits.document_bytes {
        return reading.skip(shown, None, format!("is longer than {} bytes, no single article: split it; skipped", limits.document_bytes));
    }
    if bytes.iter().all(|b| b.is_ascii_whitespace() || *b == 0) {
        return reading.skip(shown, None, "is empty; skipped");
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let line = 1 + memchr::memchr_iter(b'\n', &bytes[..at]).count() as u64;
            if memchr::memchr(0, &bytes).is_some() {
                return reading.skip(shown, Some(line), "is not text (binary bytes); convert it to UTF-8; skipped");
            }
            reading.tell(shown, Some(line), "is not valid UTF-8; the bad bytes were replaced, so spans count bytes of the replaced text");
            String::from_utf8_lossy(&bytes).into_owned()
        }
    };
    reading.documents.push(Document { id: id.to_owned(), path: path.map(str::to_owned), text, ..Document::default() });
}
