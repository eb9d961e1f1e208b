//! Web archives (WARC 1.1, ISO 28500): the responses that are pages, and texts taken from pages (`conversion`, `resource`).

use super::http::{self, Body};
use super::{Limits, Sink, fields, pass_line, record_bytes};
use std::io::{self, BufRead, Read as _};

/// Longest line of a record's head.
const LONGEST_LINE: u64 = 1 << 16;
/// Lines of a record's head.
const MOST_LINES: usize = 200;

/// The head of a record.
#[derive(Default)]
struct Head {
    kind: String,
    id: Option<String>,
    url: Option<String>,
    content_type: String,
    length: u64,
}

enum Next {
    Head(Head),
    End,
    /// No record begins here.
    Stray,
}

pub(super) fn read(from: &mut dyn BufRead, limits: Limits, sink: &mut dyn Sink) -> io::Result<()> {
    let most = record_bytes(limits).saturating_mul(2);
    let mut number = 0;
    let mut strayed = false;
    loop {
        let head = match head(from) {
            Ok(Next::Head(head)) => head,
            Ok(Next::End) => {
                if number == 0 && !strayed {
                    sink.tell(None, "holds no record; skipped".to_owned(), true);
                }
                return Ok(());
            }
            Ok(Next::Stray) => {
                if !strayed {
                    sink.tell(Some(number + 1), "no record begins where one should; looked for the next one".to_owned(), true);
                }
                strayed = true;
                continue;
            }
            Err(error) => {
                sink.tell(Some(number + 1), format!("is damaged or cut off: {error}; the records before that were read"), true);
                return Ok(());
            }
        };
        strayed = false;
        number += 1;
        if head.length > most as u64 {
            let passed = io::copy(&mut from.take(head.length), &mut io::sink());
            sink.tell(Some(number), format!("the record is longer than {most} bytes; skipped"), true);
            if passed.is_ok_and(|n| n < head.length) {
                return Ok(());
            }
            continue;
        }
        let mut content = Vec::new();
        let read = from.take(head.length).read_to_end(&mut content);
        if read.is_err() || (content.len() as u64) < head.length {
            sink.tell(Some(number), "the record is cut off; the records before it were read".to_owned(), true);
            return Ok(());
        }
        article(&head, &content, most, number, sink)?;
    }
}

/// Hands the record on if it holds an article.
fn article(head: &Head, content: &[u8], most: usize, number: u64, sink: &mut dyn Sink) -> io::Result<()> {
    let body = match head.kind.as_str() {
        "response" if head.content_type.starts_with("application/http") || head.content_type.is_empty() => http::read(content, most),
        "conversion" | "resource" if head.content_type.starts_with("text/plain") => {
            Body::Text(String::from_utf8_lossy(content).into_owned())
        }
        "resource" if head.content_type.contains("html") => Body::Html(String::from_utf8_lossy(content).into_owned()),
        _ => Body::NoArticle,
    };
    let (name, text) = match body {
        Body::Html(text) => ("html", text),
        Body::Text(text) => ("text", text),
        Body::NoArticle => {
            sink.pass_over(1);
            return Ok(());
        }
        Body::Fault(what) => {
            sink.tell(Some(number), what + "; skipped", true);
            return Ok(());
        }
    };
    let record = fields([("id", head.id.clone()), ("url", head.url.clone()), (name, Some(text))]);
    sink.record(Some(number), record)
}

/// The head of the next record.
fn head(from: &mut dyn BufRead) -> io::Result<Next> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if from.take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(Next::End);
        }
        if !line.trim_ascii().is_empty() {
            break;
        }
    }
    if !line.starts_with(b"WARC/") {
        if line.last() != Some(&b'\n') {
            pass_line(from)?;
        }
        return Ok(Next::Stray);
    }
    let mut head = Head::default();
    let mut measured = false;
    for _ in 0..MOST_LINES {
        line.clear();
        if from.take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim();
        if text.is_empty() {
            return if measured { Ok(Next::Head(head)) } else { Ok(Next::Stray) };
        }
        let Some((name, value)) = text.split_once(':') else { continue };
        let value = value.trim();
        let bare = || value.trim_start_matches('<').trim_end_matches('>').to_owned();
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => head.kind = value.to_ascii_lowercase(),
            "warc-record-id" => head.id = Some(bare()),
            "warc-target-uri" => head.url = Some(bare()),
            "content-type" => head.content_type = value.to_ascii_lowercase(),
            "content-length" => match value.parse() {
                Ok(length) => (head.length, measured) = (length, true),
                Err(_) => return Ok(Next::Stray),
            },
            _ => {}
        }
    }
    Ok(Next::Stray)
}
