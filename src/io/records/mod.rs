//! The records of inputs of every format, one after the other, in bounded memory.
//!
//! Each reader hands fields by name to a [`Sink`], whatever the records looked like: [`crate::document::fields`] says under which names
//! a document's parts are found. Faults go there too, each with the record's number.

#[cfg(feature = "feeds")]
mod feed;
mod http;
mod json_lines;
mod json_values;
mod page;
mod separated;
mod sniff;
mod warc;

pub(super) use json_lines::pass_line;
pub(super) use sniff::{by_content, packing_of};

use super::Limits;
use super::resolve::Format;
use serde_json::{Map, Value};
use std::io::{self, BufRead};

/// The fields of one record.
pub(super) type Fields = Map<String, Value>;

/// Takes records in their order.
pub(super) trait Sink {
    /// Takes a record; `number` is its line, or its place among the records, from 1.
    ///
    /// # Errors
    /// When the run is to end here.
    fn record(&mut self, number: Option<u64>, fields: Fields) -> io::Result<()>;

    /// Takes a record of JSON Lines as it stands.
    ///
    /// # Errors
    /// When the run is to end here.
    fn line(&mut self, number: u64, line: &[u8]) -> io::Result<()>;

    /// Something is wrong; a record was lost with it if `lost`.
    fn tell(&mut self, number: Option<u64>, message: String, lost: bool);

    /// Records that are no articles by their kind, such as the requests of an archive.
    fn pass_over(&mut self, records: usize);
}

/// What is read and how it is called.
pub(super) struct Input<'a> {
    pub(super) from: &'a mut dyn BufRead,
    pub(super) format: Format,
    pub(super) limits: Limits,
    /// Where a feed came from, for addresses that it gives in relation to it.
    pub(super) base: Option<&'a str>,
}

/// Hands all records of an input to `sink`; a whole text or page is one record.
///
/// # Errors
/// Those of `sink`; what is wrong with the input is told to it.
pub(super) fn each(input: Input<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let Input { from, format, limits, base } = input;
    let format = match format {
        Format::ByContent => match from.fill_buf() {
            Ok(start) => by_content(start),
            Err(error) => {
                sink.tell(None, format!("cannot be read: {error}"), true);
                return Ok(());
            }
        },
        known => known,
    };
    match format {
        Format::JsonLines => json_lines::read(from, limits, sink),
        Format::Json => json_values::read(from, limits, sink),
        Format::Separated(mark) => separated::read(from, mark, limits, sink),
        Format::Warc => warc::read(from, limits, sink),
        Format::Feed => feed(from, base, limits, sink),
        Format::Page => page::read(from, limits, sink),
        Format::Text => page::read_text(from, limits, sink),
        Format::Parquet => {
            sink.tell(None, "looks like Parquet: give the file a name that ends in .parquet".to_owned(), true);
            Ok(())
        }
        Format::ByContent => Ok(()),
    }
}

#[cfg(feature = "feeds")]
fn feed(from: &mut dyn BufRead, base: Option<&str>, limits: Limits, sink: &mut dyn Sink) -> io::Result<()> {
    feed::read(from, base, limits, sink)
}

#[cfg(not(feature = "feeds"))]
fn feed(_: &mut dyn BufRead, _: Option<&str>, _: Limits, sink: &mut dyn Sink) -> io::Result<()> {
    sink.tell(None, "is a feed, and this program was built without them (feature feeds)".to_owned(), true);
    Ok(())
}

/// What one record may take in its file: a text may be written with six bytes for one, and other fields want room too.
pub(super) fn record_bytes(limits: Limits) -> usize {
    limits.document_bytes.saturating_mul(2).saturating_add(1 << 20)
}

/// A record with these texts; what is `None` or empty is left out.
fn fields<const N: usize>(of: [(&str, Option<String>); N]) -> Fields {
    let given = of.into_iter().filter_map(|(name, value)| Some((name, value.filter(|v| !v.is_empty())?)));
    given.map(|(name, value)| (name.to_owned(), Value::String(value))).collect()
}
