//! What came from the web, as documents.

use super::article::Mapping;
use super::articles::Articles;
use super::decode::decode_page;
use super::reading::{Reading, keep};
use super::records::Fields;
use super::resolve::{Format, Packing, Source};
use crate::config::Config;
use crate::document::Document;
use serde_json::Value;

/// The entries of a feed that came from `url`.
#[must_use]
pub fn read_feed(url: &str, mut feed: &[u8], config: &Config) -> Reading {
    let mut reading = Reading::default();
    let name = url.to_owned();
    let source = Source { path: None, shown: name.clone(), name, format: Format::Feed, packing: Packing::Plain, found: false };
    let mut take = |reading: &mut Reading, number, fields, document| keep(&source, reading, number, fields, document);
    if let Err(error) = Articles::new(&source, config, &mut reading, &mut take).read(&mut feed) {
        reading.skip(url, None, format!("cannot be read further: {error}"));
    }
    reading
}

/// The article of a page that came from `url`, with the `Content-Type` of its answer.
///
/// # Errors
/// Why there is none.
pub fn page_document(url: &str, content_type: &str, page: &[u8], config: &Config) -> Result<Document, String> {
    let text = decode_page(page, content_type).text;
    let name = if content_type.starts_with("text/plain") { "text" } else { "html" };
    if !(content_type.is_empty() || content_type.contains("html") || name == "text") {
        return Err(format!("is no page but {content_type}"));
    }
    let mut fields = Fields::new();
    fields.insert(name.to_owned(), Value::String(text));
    fields.insert("url".to_owned(), Value::String(url.to_owned()));
    Mapping::new(&Config { text_field: None, url_field: None, ..config.clone() }).document(&fields, url, url)
}
