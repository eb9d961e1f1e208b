//! JSON Lines: one line is one record.

use super::{Limits, Sink, record_bytes};
use std::io::{self, BufRead, Read as _};

pub(super) fn read(from: &mut dyn BufRead, limits: Limits, sink: &mut dyn Sink) -> io::Result<()> {
    let bound = record_bytes(limits);
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        number += 1;
        let broken = |error, sink: &mut dyn Sink| sink.tell(Some(number), format!("cannot be read further: {error}"), true);
        match (&mut *from).take(bound as u64).read_until(b'\n', &mut line) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) => {
                broken(error, sink);
                return Ok(());
            }
        }
        if line.len() >= bound && line.last() != Some(&b'\n') {
            sink.tell(Some(number), format!("the line is longer than {bound} bytes; skipped"), true);
            if let Err(error) = pass_line(from) {
                broken(error, sink);
                return Ok(());
            }
            continue;
        }
        let bytes = line.strip_prefix(b"\xEF\xBB\xBF").filter(|_| number == 1).unwrap_or(&line);
        if !bytes.iter().all(u8::is_ascii_whitespace) {
            sink.line(number, bytes)?;
        }
    }
}

/// Reads to the end of an over-long line without keeping it.
pub(in crate::io) fn pass_line(from: &mut dyn BufRead) -> io::Result<()> {
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
