//! One file, one article: a text or a web page.

use super::super::decode::{Decoded, decode, decode_page};
use super::{Limits, Sink, fields};
use std::io::{self, BufRead, Read as _};

pub(super) fn read(from: &mut dyn BufRead, limits: Limits, sink: &mut dyn Sink) -> io::Result<()> {
    // markup takes more than the text inside it
    let Some(bytes) = whole(from, limits.document_bytes.saturating_mul(4), sink) else { return Ok(()) };
    let decoded = decode_page(&bytes, "");
    if decoded.damaged {
        sink.tell(None, "has bytes that do not fit its encoding; they were replaced".to_owned(), false);
    }
    sink.record(None, fields([("html", Some(decoded.text))]))
}

pub(super) fn read_text(from: &mut dyn BufRead, limits: Limits, sink: &mut dyn Sink) -> io::Result<()> {
    let Some(bytes) = whole(from, limits.document_bytes, sink) else { return Ok(()) };
    let line_of_fault = || {
        let at = std::str::from_utf8(&bytes).err().map(|e| e.valid_up_to());
        at.map(|at| 1 + memchr::memchr_iter(b'\n', &bytes[..at]).count() as u64)
    };
    let wide = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    if !wide && line_of_fault().is_some() && memchr::memchr(0, &bytes).is_some() {
        sink.tell(line_of_fault(), "is not text (binary bytes); convert it to UTF-8; skipped".to_owned(), true);
        return Ok(());
    }
    // the mark at the start is part of the file that spans count in
    let Decoded { text, other, damaged } = match std::str::from_utf8(&bytes) {
        Ok(text) => Decoded { text: text.to_owned(), other: None, damaged: false },
        Err(_) => decode(&bytes, None),
    };
    if let Some(name) = other {
        sink.tell(
            line_of_fault(),
            format!("is not UTF-8 but {name}, as far as can be seen; spans count bytes of the text as UTF-8"),
            false,
        );
    } else if damaged {
        let what = "is not valid UTF-8; the bad bytes were replaced, so spans count bytes of the replaced text";
        sink.tell(line_of_fault(), what.to_owned(), false);
    }
    sink.record(None, fields([("text", Some(text))]))
}

/// All bytes, unless there are too many or none.
fn whole(from: &mut dyn BufRead, most: usize, sink: &mut dyn Sink) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    if let Err(error) = from.take(most as u64 + 1).read_to_end(&mut bytes) {
        sink.tell(None, format!("cannot be read: {error}"), true);
        return None;
    }
    if bytes.len() > most {
        sink.tell(None, format!("is longer than {most} bytes, no single article: split it; skipped"), true);
        return None;
    }
    if bytes.iter().all(|b| b.is_ascii_whitespace() || *b == 0) {
        sink.tell(None, "is empty; skipped".to_owned(), true);
        return None;
    }
    Some(bytes)
}
