//! The few fields of a JSON record that a corpus run needs, found without building the record.
//!
//! [`scan`] reads the usual record in one go over its bytes and checks all of it. What it does not take (a field name with
//! escapes, very deep nesting, numbers with exponents, anything malformed) goes to `serde_json`, which decides; so
//! both ways read the same records and refuse the same ones (property test `fast_records_equal_serde`).

use crate::config::Config;
use crate::document::fields::TEXT;
use serde_json::Value;
use std::borrow::Cow;

/// Nesting that the scanner follows.
const DEPTH: u32 = 64;

/// Which fields to look for.
#[derive(Clone, Debug)]
pub struct FieldNames {
    id: String,
    text: Vec<String>,
    date: Option<String>,
}

impl FieldNames {
    /// The names that `config` asks for.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self {
            id: config.id_field.clone().unwrap_or_else(|| "id".into()),
            text: config.text_field.clone().map_or_else(|| TEXT.iter().map(ToString::to_string).collect(), |name| vec![name]),
            date: config.date_field.clone(),
        }
    }

    /// The names under which the text is looked for, first that of the field which counts most.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.text.iter().map(String::as_str)
    }

    /// The names of the id and of the date.
    pub fn others(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.id.as_str()).chain(self.date.as_deref())
    }
}

/// The fields of one record; the text goes to a buffer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields<'a> {
    /// The id, if the record has one that is a text or a number.
    pub id: Option<Cow<'a, str>>,
    /// The date as it is written.
    pub date: Option<Cow<'a, str>>,
}

/// Reads one line; the text is appended to `text`.
///
/// # Errors
/// Why the line is no record with a text.
pub fn read_record<'a>(line: &'a [u8], names: &FieldNames, text: &mut String) -> Result<Fields<'a>, String> {
    let line = std::str::from_utf8(line).map_err(|e| format!("is not valid UTF-8 at byte {} of the line; skipped", e.valid_up_to()))?;
    match scan(line, names, text) {
        Some(fields) => Ok(fields),
        None => read_slowly(line, names, text),
    }
}

/// The same through `serde_json`: the reference.
///
/// # Errors
/// Why the line is no record with a text.
pub fn read_slowly<'a>(line: &'a str, names: &FieldNames, text: &mut String) -> Result<Fields<'a>, String> {
    let value: Value = serde_json::from_str(line.trim()).map_err(|e| format!("is not a JSON record: {e}; skipped"))?;
    let Value::Object(fields) = value else { return Err("is JSON but no object with fields; skipped".into()) };
    let found = names.text.iter().find_map(|name| fields.get(name)?.as_str());
    text.push_str(found.ok_or_else(|| format!("has no text (looked for the fields {}); skipped", names.text.join(", ")))?);
    let plain = |name: &String| match fields.get(name) {
        Some(Value::String(s)) if !s.is_empty() => Some(Cow::Owned(s.clone())),
        Some(Value::Number(n)) => Some(Cow::Owned(n.to_string())),
        _ => None,
    };
    Ok(Fields { id: plain(&names.id), date: names.date.as_ref().and_then(plain) })
}

/// A value as it stands in the line: what is between the quotation marks, or the digits.
#[derive(Clone, Copy)]
struct Raw<'a> {
    text: &'a str,
    escaped: bool,
    string: bool,
}

/// The fast way; `None` says nothing about the record, only that `serde_json` has to look at it.
#[must_use]
pub fn scan<'a>(line: &'a str, names: &FieldNames, text: &mut String) -> Option<Fields<'a>> {
    let mut scanner = Scanner { line, bytes: line.as_bytes(), at: 0 };
    let (mut id, mut date) = (None, None);
    let mut best: Option<(usize, Raw<'a>)> = None;
    scanner.space();
    scanner.expect(b'{')?;
    scanner.space();
    if scanner.peek()? == b'}' {
        return None;
    }
    loop {
        let key = scanner.string()?;
        if key.escaped {
            return None;
        }
        scanner.space();
        scanner.expect(b':')?;
        scanner.space();
        let value = scanner.value(DEPTH)?;
        if let Some(rank) = names.text.iter().position(|n| n == key.text) {
            match value {
                // A field that stands twice counts as it stands last.
                Some(raw) if raw.string && best.is_none_or(|(before, _)| rank <= before) => best = Some((rank, raw)),
                Some(raw) if raw.string => {}
                _ if best.is_some_and(|(before, _)| before == rank) => return None,
                _ => {}
            }
        }
        if key.text == names.id {
            id = value;
        }
        if names.date.as_deref() == Some(key.text) {
            date = value;
        }
        scanner.space();
        match scanner.next()? {
            b',' => scanner.space(),
            b'}' => break,
            _ => return None,
        }
    }
    scanner.space();
    if scanner.at != scanner.bytes.len() {
        return None;
    }
    let (id, date) = (plain(id)?, plain(date)?);
    let raw = best?.1;
    let before = text.len();
    if unescape(raw, text).is_none() {
        text.truncate(before);
        return None;
    }
    Some(Fields { id, date })
}

/// The outer `None` hands the record to `serde_json`.
#[expect(clippy::option_option, reason = "the outer one is a refusal, the inner one a missing field")]
fn plain(raw: Option<Raw<'_>>) -> Option<Option<Cow<'_, str>>> {
    match raw {
        None => Some(None),
        Some(raw) if raw.string && raw.text.is_empty() => Some(None),
        Some(raw) if raw.escaped => {
            let mut out = String::new();
            unescape(raw, &mut out)?;
            Some(Some(Cow::Owned(out)))
        }
        // How serde_json writes signs and fractions is its own business.
        Some(raw) if !raw.string && !raw.text.bytes().all(|b| b.is_ascii_digit()) => None,
        Some(raw) => Some(Some(Cow::Borrowed(raw.text))),
    }
}

struct Scanner<'a> {
    line: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Scanner<'a> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.next()? == byte).then_some(())
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn string(&mut self) -> Option<Raw<'a>> {
        self.expect(b'"')?;
        let start = self.at;
        let mut escaped = false;
        loop {
            self.at += memchr::memchr2(b'"', b'\\', self.bytes.get(self.at..)?)?;
            if self.next()? == b'"' {
                break;
            }
            escaped = true;
            match self.next()? {
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                b'u' => {
                    char_of(&mut self.at, self.bytes)?;
                }
                _ => return None,
            }
        }
        let text = self.line.get(start..self.at - 1)?;
        // One pass without branches: control characters may not stand in a JSON string.
        let lowest = text.bytes().fold(u8::MAX, u8::min);
        (lowest >= 0x20).then_some(Raw { text, escaped, string: true })
    }

    /// Passes a value; strings and numbers are given back (the inner `None` is any other value).
    #[expect(clippy::option_option, reason = "the outer one is a refusal, the inner one a value without text")]
    fn value(&mut self, depth: u32) -> Option<Option<Raw<'a>>> {
        match self.peek()? {
            b'"' => self.string().map(Some),
            b'-' | b'0'..=b'9' => self.number().map(Some),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            b'[' => self.nested(b']', depth.checked_sub(1)?),
            b'{' => self.nested(b'}', depth.checked_sub(1)?),
            _ => None,
        }
    }

    #[expect(clippy::option_option, reason = "see value")]
    fn word(&mut self, word: &str) -> Option<Option<Raw<'a>>> {
        self.bytes.get(self.at..)?.starts_with(word.as_bytes()).then(|| self.at += word.len())?;
        Some(None)
    }

    #[expect(clippy::option_option, reason = "see value")]
    fn nested(&mut self, close: u8, depth: u32) -> Option<Option<Raw<'a>>> {
        self.at += 1;
        self.space();
        if self.peek()? == close {
            self.at += 1;
            return Some(None);
        }
        loop {
            if close == b'}' {
                self.string().filter(|key| !key.escaped)?;
                self.space();
                self.expect(b':')?;
                self.space();
            }
            self.value(depth)?;
            self.space();
            match self.next()? {
                b',' => self.space(),
                byte if byte == close => return Some(None),
                _ => return None,
            }
        }
    }

    /// Digits, a sign and a fraction; anything else is left to `serde_json`.
    fn number(&mut self) -> Option<Raw<'a>> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let first = self.peek()?;
        let whole = self.digits();
        if whole == 0 || whole > 18 || (first == b'0' && whole > 1) {
            return None;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            if self.digits() == 0 {
                return None;
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            return None;
        }
        Some(Raw { text: self.line.get(start..self.at)?, escaped: false, string: false })
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }
}

fn hex4(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0, |value, &b| Some(value << 4 | char::from(b).to_digit(16)?))
}

/// The character of a `\u` escape, and of the second one that follows a high surrogate; `at` stands behind the `u` and moves on.
fn char_of(at: &mut usize, bytes: &[u8]) -> Option<char> {
    let mut code = hex4(bytes.get(*at..*at + 4)?)?;
    *at += 4;
    if (0xD800..0xDC00).contains(&code) {
        let second = bytes.get(*at..*at + 6).filter(|b| b.starts_with(b"\\u"))?;
        let low = hex4(&second[2..]).filter(|l| (0xDC00..0xE000).contains(l))?;
        code = 0x1_0000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        *at += 6;
    }
    char::from_u32(code)
}

/// Appends the text that `raw` stands for. `None` for a surrogate without its other half.
fn unescape(raw: Raw<'_>, out: &mut String) -> Option<()> {
    let mut rest = raw.text;
    while let Some(at) = raw.escaped.then(|| memchr::memchr(b'\\', rest.as_bytes())).flatten() {
        out.push_str(rest.get(..at)?);
        let (sign, mut used) = (*rest.as_bytes().get(at + 1)?, at + 2);
        out.push(match sign {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => char_of(&mut used, rest.as_bytes())?,
            other => char::from(other),
        });
        rest = rest.get(used..)?;
    }
    out.push_str(rest);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(line: &str) -> Option<(Fields<'_>, String)> {
        let names = FieldNames::new(&Config { date_field: Some("date".into()), ..Config::default() });
        let (mut fast, mut slow) = (String::new(), String::new());
        let scanned = scan(line, &names, &mut fast);
        let read = read_slowly(line, &names, &mut slow);
        if let Some(fields) = &scanned {
            assert_eq!((Ok(fields.clone()), &fast), (read, &slow), "{line}");
        } else {
            assert!(fast.is_empty());
        }
        scanned.map(|f| (f, fast))
    }

    #[test]
    fn usual_records_are_read_fast() {
        let (fields, text) =
            both(r#" {"id": 17, "x": [1, {"y": null}, -2.5], "text": "a\n\"b\" \u201c\ud83d\ude00", "date":"2024-01-02"} "#).unwrap();
        assert_eq!((fields.id.as_deref(), fields.date.as_deref()), (Some("17"), Some("2024-01-02")));
        assert_eq!(text, "a\n\"b\" \u{201c}\u{1f600}");
        assert_eq!(both(r#"{"text":"a","body":"b","text":"c","id":""}"#).unwrap().1, "c");
        assert_eq!(both(r#"{"body":"b","text":"c"}"#).unwrap().1, "c");
        assert_eq!(both(r#"{"text":"c","body":"b"}"#).unwrap().1, "c");
    }

    #[test]
    fn odd_records_are_left_to_the_reference() {
        for line in [
            "{}",
            "[]",
            "{\"text\":\"a\"",
            "{\"text\":\"a\",}",
            "{\"text\":\"a\u{1}\"}",
            r#"{"text":"\ud800"}"#,
            r#"{"text":"\x"}"#,
            r#"{"te\u0078t":"a"}"#,
            r#"{"text":"a","n":01}"#,
            r#"{"text":"a","n":1e5}"#,
            r#"{"text":"a"} x"#,
            r#"{"text":"a","text":1}"#,
            r#"{"text":"a","o":{"k":"\udc00"}}"#,
            r#"{"title":"\ud800x","text":"a"}"#,
            "",
        ] {
            assert!(both(line).is_none(), "{line}");
        }
    }
}
