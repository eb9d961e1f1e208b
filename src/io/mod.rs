//! The only module that touches the disk: inputs to documents.
#![expect(clippy::disallowed_methods, reason = "this is the place where files are read")]

mod allowance;
mod article;
mod articles;
mod atomic;
mod converted;
mod corpus;
mod decode;
#[cfg(feature = "watch")]
mod fetched;
mod lines;
mod markup;
mod packed;
#[cfg(feature = "parquet")]
mod pages;
#[cfg(feature = "parquet")]
mod parquet;
mod reading;
mod record;
mod records;
mod resolve;
mod results;
mod stages;
mod staging;
mod stories;
mod usage;
mod work;

pub use atomic::AtomicFile;
pub use converted::{Converted, DOCUMENT_COLUMNS, RecordFormat};
pub use corpus::{Corpus, open_corpus};
#[cfg(feature = "watch")]
pub use fetched::{page_document, read_feed};
pub use lines::each_line;
pub use reading::{Reading, read, read_batches};
pub use record::record_document;
pub use results::{cluster_rows, kept_records};
pub use stages::StageFolder;
pub use stories::{GOLD, story_folders};
pub use usage::{cpu_seconds, peak_bytes};
pub use work::WorkFolder;

use crate::error::{Error, Result};

/// The text of one file.
///
/// # Errors
/// [`Error::Read`] when it cannot be read or is no UTF-8.
pub fn read_whole(path: &str) -> Result<String> {
    std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.into(), source })
}

/// The endings that are read.
#[cfg(feature = "parquet")]
pub const KNOWN_ENDINGS: &str =
    ".txt, .html, .jsonl, .ndjson, .json, .csv, .tsv, .warc, .rss, .atom, .xml (feeds), each also .gz or .zst, and .parquet";
/// The endings that are read.
#[cfg(not(feature = "parquet"))]
pub const KNOWN_ENDINGS: &str = ".txt, .html, .jsonl, .ndjson, .json, .csv, .tsv, .warc, .rss, .atom, .xml (feeds), each also .gz or .zst";

/// What is said where Parquet is wanted and was left out of the program.
const WITHOUT_PARQUET: &str = "this program was built without Parquet; install it with cargo install --path . --features parquet";

/// Bounds on what is read.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// Bytes of one document; longer ones are skipped and told.
    document_bytes: usize,
}
