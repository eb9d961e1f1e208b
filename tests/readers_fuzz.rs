//! Random bytes and random pieces of every format through every reader: nothing panics, and what is read is clean.
//!
//! More rounds: `PROPTEST_CASES=20000 cargo test --release --test readers_fuzz`.
#![cfg(feature = "feeds")]
#![expect(clippy::disallowed_methods, reason = "tests write files")]

use proptest::prelude::*;
use wirecopy::config::Config;
use wirecopy::io::read;

const ENDINGS: &[&str] =
    &["txt", "html", "jsonl", "json", "csv", "tsv", "warc", "rss", "atom", "xml", "txt.gz", "jsonl.zst", "warc.gz", "list"];

/// Pieces from which files of all formats are made.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "{", "}", "[", "]", ":", ",", "\"", "\"text\"", "\"body\"", "\"articles\"", "\"id\"", "\\u0041", "\\ud800", "null", "1e999", "-", "\n", "\r\n", "\n\n", "\t", ";", "|",
    "<html>", "<p>", "</p>", "<div class=\"", "<!--", "-->", "<![CDATA[", "]]>", "<script>", "</script>", "&amp;", "&#0;", "&#x110000;", "&bogus;",
    "<?xml version=\"1.0\" encoding=\"utf-16\"?>", "<rss>", "<channel>", "<item>", "</item>", "<title>", "<link>", "<description>", "<pubDate>", "</rss>", "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
    "<entry>", "<content type=\"html\">", "</entry>", "WARC/1.0\r\n", "WARC-Type: response\r\n", "Content-Length: 40\r\n", "Content-Length: -1\r\n",
    "HTTP/1.1 200 OK\r\n", "Content-Type: text/html\r\n", "Transfer-Encoding: chunked\r\n", "Content-Encoding: gzip\r\n", "\r\n\r\n", "5\r\nabcde\r\n", "ffffffffffffffff\r\n",
    "The pier burned on Monday.", "caf\u{e9}", "\u{202e}", "\u{0}", "\u{feff}", "https://jsonfeed.org/version/1.1",
];

fn file() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(|p| p.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..40),
        1 => (prop::sample::select(PIECES), 1..400_usize).prop_map(|(p, n)| p.repeat(n).into_bytes()),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_reader_takes_everything(bytes in file(), ending in prop::sample::select(ENDINGS)) {
        let config = Config { max_document_bytes: 1 << 16, ..Config::default() };
        let path = std::env::temp_dir().join(format!("wirecopy-fuzz-{}.{ending}", std::process::id()));
        std::fs::write(&path, &bytes).unwrap();
        let named = read(&[path.to_string_lossy().into_owned()], &config, &mut std::io::empty());
        let piped = read(&["-".to_owned()], &config, &mut bytes.as_slice());
        let _ = std::fs::remove_file(&path);
        for reading in [named, piped].into_iter().flatten() {
            for document in reading.documents {
                prop_assert!(document.text.len() <= 1 << 16);
                prop_assert!(!document.text.trim().is_empty());
            }
        }
    }
}
