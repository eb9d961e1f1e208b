//! What a file holds, by how it begins.

use super::super::resolve::{Format, Packing};
use super::json_values::AROUND;
use crate::document::fields::TEXT;

/// The format of what begins with `start`; what has no signs of its own is text.
pub(in crate::io) fn by_content(start: &[u8]) -> Format {
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    if start.starts_with(b"PAR1") {
        return Format::Parquet;
    }
    if start.starts_with(b"WARC/") {
        return Format::Warc;
    }
    let bare = start.trim_ascii_start();
    match bare.first() {
        Some(b'{') => return json(bare),
        // `[` may open a text too
        Some(b'[') if bare[1..].trim_ascii_start().starts_with(b"{") => return Format::Json,
        _ => {}
    }
    let head = String::from_utf8_lossy(&bare[..bare.len().min(1024)]).to_ascii_lowercase();
    let opens = |names: &[&str]| names.iter().any(|name| head.contains(name));
    if head.starts_with('<') {
        if opens(&["<rss", "<feed", "<rdf:rdf"]) && !opens(&["<html", "<body"]) {
            return Format::Feed;
        }
        if opens(&["<!doctype html", "<html", "<head", "<body", "<article", "<div", "<p>", "<p "]) {
            return Format::Page;
        }
    }
    Format::Text
}

/// One record a line, or a value over many lines, or a feed.
fn json(start: &[u8]) -> Format {
    let head = String::from_utf8_lossy(&start[..start.len().min(512)]);
    if head.contains("jsonfeed.org/version") {
        return Format::Feed;
    }
    let line = start.split(|b| *b == b'\n').next().unwrap_or(start).trim_ascii();
    if holds_a_list(&head) {
        return Format::Json;
    }
    // an over-long first line is most likely a record, and a record over several lines does not end with its first
    if line.len() == start.trim_ascii().len() || line.ends_with(b"}") { Format::JsonLines } else { Format::Json }
}

/// Whether an object begins with a list of records rather than with the parts of one: `{"status": "ok", "articles": [{`.
fn holds_a_list(head: &str) -> bool {
    let bare: String = head.chars().filter(|c| !c.is_whitespace()).collect();
    let list = AROUND.iter().filter_map(|name| bare.find(&format!("\"{name}\":[{{"))).min();
    let text = TEXT.iter().filter_map(|name| bare.find(&format!("\"{name}\":"))).min();
    list.is_some_and(|at| text.is_none_or(|text| at < text))
}

/// How what begins with `start` is packed.
pub(in crate::io) fn packing_of(start: &[u8]) -> Packing {
    if start.starts_with(&[0x1F, 0x8B]) {
        Packing::Gzip
    } else if start.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
        Packing::Zstandard
    } else {
        Packing::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_by_their_first_bytes() {
        for (start, format) in [
            ("{\"text\": \"a\"}\n{\"text\": \"b\"}\n", Format::JsonLines),
            ("{\n  \"text\": \"a\"\n}", Format::Json),
            ("{\"status\": \"ok\", \"articles\": [{\"text\": \"a\"}]}", Format::Json),
            ("{\"text\": \"a\", \"items\": [{\"id\": 1}]}\n", Format::JsonLines),
            (" [ {\"text\": \"a\"}]", Format::Json),
            ("[Updated] The pier burned.", Format::Text),
            ("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}", Format::Feed),
            ("<?xml version=\"1.0\"?>\n<rss version=\"2.0\">", Format::Feed),
            ("<feed xmlns=\"http://www.w3.org/2005/Atom\">", Format::Feed),
            ("<!DOCTYPE html><html>", Format::Page),
            ("<p>The pier burned.</p>", Format::Page),
            ("WARC/1.0\r\n", Format::Warc),
            ("The pier burned.", Format::Text),
            ("", Format::Text),
        ] {
            assert_eq!(by_content(start.as_bytes()), format, "{start}");
        }
    }
}
