//! Bytes of a text whose encoding has to be found out.

use encoding_rs::{Encoding, UTF_8};
use std::borrow::Cow;

/// Bytes from the start in which a page names its encoding (HTML standard, 13.2.3.2, asks for 1024).
const DECLARED: usize = 2048;
/// Bytes that are looked at to guess an encoding.
const GUESSED: usize = 1 << 16;

/// A text, and the name of its encoding where that is not UTF-8.
pub(super) struct Decoded {
    pub(super) text: String,
    /// The encoding, and whether bytes had to be replaced.
    pub(super) other: Option<&'static str>,
    pub(super) damaged: bool,
}

/// Reads `bytes` as UTF-8 where they are that; else in the encoding of their byte order mark, in the `declared` one, or in the
/// one that they look most like.
pub(super) fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((encoding, _)) = Encoding::for_bom(bytes)
        && encoding != UTF_8
    {
        return as_encoding(bytes, encoding);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), other: None, damaged: false };
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes())).filter(|e| *e != UTF_8);
    if let Some(encoding) = declared {
        return as_encoding(bytes, encoding);
    }
    // a few bad bytes do not make a text of another encoding
    let lossy = String::from_utf8_lossy(bytes);
    let bad = lossy.matches(char::REPLACEMENT_CHARACTER).count();
    let beyond = lossy.chars().filter(|c| !c.is_ascii()).count();
    if bad * 4 < beyond {
        return Decoded { text: lossy.into_owned(), other: None, damaged: true };
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(GUESSED)], bytes.len() <= GUESSED);
    as_encoding(bytes, detector.guess(None, chardetng::Utf8Detection::Deny))
}

fn as_encoding(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, used, damaged) = encoding.decode(bytes);
    Decoded { text: Cow::into_owned(text), other: (used != UTF_8).then(|| used.name()), damaged }
}

/// Reads a page or a feed in the encoding that its `Content-Type` names, else in the one that it names itself.
pub(super) fn decode_page(page: &[u8], content_type: &str) -> Decoded {
    let charset = content_type.split("charset=").nth(1).map(|c| c.trim_matches(['"', '\'', ' ', ';']).to_owned());
    decode(page, charset.or_else(|| declared(page)).as_deref())
}

/// The encoding that the head of a page names: `<meta charset=...>`, `content="text/html; charset=..."`, or an XML declaration.
fn declared(page: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&page[..page.len().min(DECLARED)]).to_ascii_lowercase();
    let after = |mark: &str| {
        let at = head.find(mark)? + mark.len();
        let value = head.get(at..)?.trim_start_matches([' ', '"', '\'', '=']);
        let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(value.len());
        (end > 0).then(|| value[..end].to_owned())
    };
    if head.trim_start().starts_with("<?xml") && head.find("encoding").is_some_and(|at| head.find("?>").is_some_and(|end| at < end)) {
        return after("encoding");
    }
    after("charset")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_found() {
        assert_eq!(decode("Größe".as_bytes(), None).text, "Größe");
        assert_eq!(decode(b"\xEF\xBB\xBFx", None).text, "x");
        assert_eq!(decode(b"\xFF\xFEa\0\xe9\0", None).text, "aé");
        let latin = decode(b"Die Gr\xf6\xdfe der Stra\xdfe \xfcber dem Fluss \x96 und mehr", None);
        assert_eq!((latin.text.as_str(), latin.other), ("Die Größe der Straße über dem Fluss – und mehr", Some("windows-1252")));
        assert_eq!(decode(b"\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0", Some("windows-1251")).text, "Привет, мир");
        let torn = decode("Größe und Maß, überall die Straße \u{FFFD}".as_bytes(), None);
        assert!(!torn.damaged);
    }

    #[test]
    fn the_page_names_it() {
        assert_eq!(declared(b"<html><meta charset=\"ISO-8859-1\">").as_deref(), Some("iso-8859-1"));
        assert_eq!(declared(b"<meta content='text/html; charset=koi8-r'>").as_deref(), Some("koi8-r"));
        assert_eq!(declared(b"<?xml version=\"1.0\" encoding=\"utf-16\"?><rss>").as_deref(), Some("utf-16"));
        assert_eq!(declared(b"<p>nothing"), None);
    }
}
