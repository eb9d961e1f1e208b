//! One record as a document: for programs that are handed records, not files.

use super::article::Mapping;
use crate::config::Config;
use crate::document::Document;
use serde_json::{Map, Value};

/// The document of one record, its parts found under the names that they have in files too; `id` is its id if the record has none.
/// A text that is HTML is read as a page. The document has no path.
///
/// # Errors
/// Why the record gives no document.
pub fn record_document(record: Map<String, Value>, id: &str, config: &Config) -> Result<Document, String> {
    let fields = record.into_iter().collect();
    let document = Mapping::new(config).document(&fields, id, id);
    match document {
        Ok(document) => Ok(Document { path: None, ..document }),
        Err(why) => Err(why.trim_end_matches("; skipped").to_owned()),
    }
}
