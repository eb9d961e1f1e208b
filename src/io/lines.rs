//! Lines of one file.
#![expect(clippy::disallowed_methods, reason = "this is the place where files are read")]

use super::packed::unpacked;
use super::records::pass_line;
use super::resolve::packing;
use crate::document::Problem;
use crate::error::{Error, Result};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Longest line, in bytes.
const LONGEST: u64 = 1 << 28;

/// Calls `take` with each line of a file (packed where its name ends in `.gz` or `.zst`) that is not blank. What `take`
/// refuses, and lines that are too long, are returned with their number; `stopped` is asked now and then.
///
/// # Errors
/// [`Error::Read`] when the file cannot be read to its end, [`Error::Interrupted`] when `stopped` says so.
pub fn each_line(
    path: &Path,
    stopped: &dyn Fn() -> bool,
    take: &mut dyn FnMut(&[u8]) -> std::result::Result<(), String>,
) -> Result<Vec<Problem>> {
    let failed = |source| Error::Read { path: path.to_owned(), source };
    let file = File::open(path).map_err(failed)?;
    let mut from = BufReader::with_capacity(1 << 18, unpacked(file, packing(path)).map_err(failed)?);
    let mut problems = Vec::new();
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if (&mut from).take(LONGEST).read_until(b'\n', &mut line).map_err(failed)? == 0 {
            break;
        }
        if number % 1024 == 0 && stopped() {
            return Err(Error::Interrupted);
        }
        let mut tell = |message| problems.push(Problem { path: path.display().to_string(), line: Some(number), message });
        if line.len() as u64 == LONGEST && line.last() != Some(&b'\n') {
            pass_line(&mut from).map_err(failed)?;
            tell(format!("is longer than {LONGEST} bytes; skipped"));
            continue;
        }
        let bytes = line.strip_prefix(b"\xEF\xBB\xBF").filter(|_| number == 1).unwrap_or(&line);
        if !bytes.iter().all(u8::is_ascii_whitespace) {
            take(bytes.trim_ascii()).unwrap_or_else(tell);
        }
    }
    Ok(problems)
}
