//! Feeds: RSS, Atom and JSON Feed. Each entry is a record.

use super::super::decode::decode_page;
use super::{Limits, Sink, fields};
use feed_rs::model::{Entry, Feed, Link, Text};
use std::borrow::Cow;
use std::io::{self, BufRead, Read as _};

/// Longest feed that is read, in bytes.
const LONGEST: usize = 64 << 20;
/// Most entries of a feed that is read: they are held at once.
const MOST_ENTRIES: usize = 100_000;

pub(super) fn read(from: &mut dyn BufRead, base: Option<&str>, limits: Limits, sink: &mut dyn Sink) -> io::Result<()> {
    let longest = LONGEST.max(limits.document_bytes);
    let mut bytes = Vec::new();
    if let Err(error) = from.take(longest as u64 + 1).read_to_end(&mut bytes) {
        sink.tell(None, format!("is damaged or cut off: {error}; skipped"), true);
        return Ok(());
    }
    let entries = ["<item", "<entry", "\"date_published\""].iter().map(|mark| memchr::memmem::find_iter(&bytes, mark.as_bytes()).count());
    let entries = entries.max().unwrap_or(0);
    if bytes.len() > longest || entries > MOST_ENTRIES {
        let what = format!(
            "the feed has {} bytes and about {entries} entries; read are up to {longest} bytes and {MOST_ENTRIES}; split it",
            bytes.len()
        );
        sink.tell(None, what + "; skipped", true);
        return Ok(());
    }
    // The parser is given UTF-8 without declarations: it trusts a declared encoding, right or wrong, and a second declaration
    // stops the program.
    let mut text = decode_page(&bytes, "").text;
    drop(bytes);
    // by these it would guess UTF-16
    text.retain(|c| c != '\0');
    let bare = text.trim_start();
    let bare = bare.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or(bare, |(_, rest)| rest);
    let bare = if bare.contains("<?xml") { Cow::Owned(bare.replace("<?xml", "<?stray")) } else { Cow::Borrowed(bare) };
    let feed = match feed_rs::parser::Builder::new().base_uri(base).build().parse(bare.as_bytes()) {
        Ok(feed) => feed,
        Err(error) => {
            sink.tell(None, format!("is no feed that can be read: {error}; skipped"), true);
            return Ok(());
        }
    };
    drop(bare);
    drop(text);
    let Feed { title, entries, .. } = feed;
    let publisher = title.map(|t| t.content.trim().to_owned());
    for (at, entry) in entries.into_iter().enumerate() {
        sink.record(Some(at as u64 + 1), record(entry, publisher.clone()))?;
    }
    Ok(())
}

/// The fields of an entry: its whole text where the feed has it, else its teaser.
fn record(entry: Entry, publisher: Option<String>) -> super::Fields {
    let Entry { id, title, content, links, summary, published, updated, media, .. } = entry;
    let plain = |t: Text| t.content.trim().to_owned();
    let summary = summary.map(plain);
    let whole = content.and_then(|c| c.body).filter(|b| !b.trim().is_empty());
    let described = || media.into_iter().find_map(|m| m.description).map(plain);
    let text = whole.or(summary).or_else(described);
    let day = published.or(updated).map(|moment| moment.format("%Y-%m-%d").to_string());
    fields([
        ("id", Some(id)),
        ("url", address(&links)),
        ("title", title.map(plain)),
        ("publisher", publisher),
        ("date", day),
        ("text", text),
    ])
}

/// The address of the article itself.
fn address(links: &[Link]) -> Option<String> {
    let own = |l: &&Link| l.rel.as_deref().is_none_or(|rel| rel == "alternate");
    links.iter().find(own).or_else(|| links.first()).map(|l| l.href.clone())
}
