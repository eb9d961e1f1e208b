//! The only module that touches the disk: inputs to documents.
#![expect(clippy::disallowed_methods, reason = "this is the place where files are read")]

mod atomic;
mod corpus;
mod jsonl;
mod lines;
mod packed;
#[cfg(feature = "parquet")]
mod parquet;
mod resolve;
mod results;
mod stages;
mod stories;
mod text_file;
mod usage;
mod work;

pub use atomic::AtomicFile;
pub use corpus::{Corpus, open_corpus};
pub use lines::each_line;
pub use results::{cluster_rows, kept_records};
pub use stages::StageFolder;
pub use stories::{GOLD, story_folders};
pub use usage::{cpu_seconds, peak_bytes};
pub use work::WorkFolder;

use crate::document::{Document, Problem};
use crate::error::{Error, Result};
use resolve::{Format, Source};
use std::collections::BTreeMap;
use std::io::BufRead;

/// What was read from all inputs.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Documents in input order; files of a folder in path order.
    pub documents: Vec<Document>,
    /// What the user should know about single inputs.
    pub problems: Vec<Problem>,
    /// Inputs or records that gave no document although they should have.
    pub skipped: usize,
    /// Files of folders that have no known format; they are no problems.
    pub passed_over: usize,
}

impl Reading {
    /// Adds what was read later; its ids are made unique.
    pub fn append(&mut self, later: Self) {
        self.documents.extend(later.documents);
        self.problems.extend(later.problems);
        self.skipped += later.skipped;
        self.passed_over += later.passed_over;
        number_repeated_ids(self);
    }

    fn skip(&mut self, path: &str, line: Option<u64>, message: impl Into<String>) {
        self.skipped += 1;
        self.tell(path, line, message);
    }

    fn tell(&mut self, path: &str, line: Option<u64>, message: impl Into<String>) {
        self.problems.push(Problem { path: path.to_owned(), line, message: message.into() });
    }
}

/// The text of one file.
///
/// # Errors
/// [`Error::Read`] when it cannot be read or is no UTF-8.
pub fn read_whole(path: &str) -> Result<String> {
    std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.into(), source })
}

/// The endings that are read.
#[cfg(feature = "parquet")]
pub const KNOWN_ENDINGS: &str = ".txt, .jsonl, .ndjson, each also .gz or .zst, and .parquet";
/// The endings that are read.
#[cfg(not(feature = "parquet"))]
pub const KNOWN_ENDINGS: &str = ".txt, .jsonl, .ndjson, each also .gz or .zst";

/// What is said where Parquet is wanted and was left out of the program.
const WITHOUT_PARQUET: &str = "this program was built without Parquet; install it with cargo install --path . --features parquet";

/// Bounds on what is read.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of one document; longer ones are skipped and told.
    pub document_bytes: usize,
}

/// Reads all `inputs`: files, folders, glob patterns, or `-` for `standard_input`.
///
/// A fault of one input is told in [`Reading::problems`] and the others are read.
///
/// # Errors
/// [`Error::NoDocuments`] when nothing was read at all; [`Error::Pattern`] for a malformed glob.
pub fn read(inputs: &[String], limits: Limits, standard_input: &mut dyn BufRead) -> Result<Reading> {
    let mut reading = Reading::default();
    for input in inputs {
        for source in resolve::resolve(input, &mut reading)? {
            read_source(&source, limits, standard_input, &mut reading);
        }
    }
    number_repeated_ids(&mut reading);
    if reading.documents.is_empty() {
        let mut told = String::new();
        for p in reading.problems.iter().take(20) {
            told.push_str("\n  ");
            told.push_str(&p.path);
            if let Some(line) = p.line {
                told.push_str(&format!(":{line}"));
            }
            told.push_str(": ");
            told.push_str(&p.message);
        }
        return Err(Error::NoDocuments { inputs: inputs.join(", ") + &told });
    }
    Ok(reading)
}

fn read_source(source: &Source, limits: Limits, standard_input: &mut dyn BufRead, reading: &mut Reading) {
    let Some(path) = &source.path else {
        let jsonl = standard_input.fill_buf().is_ok_and(starts_like_json);
        return if jsonl {
            jsonl::read(standard_input, &source.name, limits, reading);
        } else {
            text_file::read(standard_input, &source.name, None, limits, reading);
        };
    };
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) => return reading.skip(&source.shown, None, format!("cannot be opened: {error}")),
    };
    #[cfg(feature = "parquet")]
    if source.format == Format::Parquet {
        return jsonl::read_table(file, &source.shown, limits, reading);
    }
    let file = match packed::unpacked(file, source.packing) {
        Ok(file) => file,
        Err(error) => return reading.skip(&source.shown, None, format!("cannot be unpacked: {error}")),
    };
    let mut file = std::io::BufReader::with_capacity(1 << 16, file);
    match source.format {
        Format::JsonLines => jsonl::read(&mut file, &source.shown, limits, reading),
        #[cfg(feature = "parquet")]
        Format::Parquet => {}
        Format::Text => text_file::read(&mut file, &source.name, Some(&source.shown), limits, reading),
        Format::ByContent => {
            if file.fill_buf().is_ok_and(starts_like_json) {
                jsonl::read(&mut file, &source.shown, limits, reading);
            } else {
                text_file::read(&mut file, &source.name, Some(&source.shown), limits, reading);
            }
        }
    }
}

fn starts_like_json(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    start.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'{')
}

/// Without this, a table in a file of another name would be read as one broken line of text after the other.
fn starts_like_parquet(start: &[u8]) -> bool {
    start.starts_with(b"PAR1")
}

/// Makes ids unique: the second `x` becomes `x#2`.
fn number_repeated_ids(reading: &mut Reading) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut told = Vec::new();
    for document in &mut reading.documents {
        let count = seen.entry(document.id.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            let mut number = *count;
            let mut fresh = format!("{}#{number}", document.id);
            while seen.contains_key(&fresh) {
                number += 1;
                fresh = format!("{}#{number}", document.id);
            }
            let path = document.path.clone().unwrap_or_else(|| document.id.clone());
            told.push((path, format!("the id {} stands twice; this one is called {fresh}", document.id)));
            seen.insert(fresh.clone(), 1);
            document.id = fresh;
        }
    }
    for (path, message) in told {
        reading.tell(&path, None, message);
    }
}
