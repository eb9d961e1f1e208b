//! The lines of a page with what can be seen of each by itself.

use super::wrapped::{Physical, unwrap_lines};
use crate::document::Span;
use crate::text::{fold_char, is_close_quote, is_open_quote};

/// Folded text is kept up to this many bytes: no phrase or repeated line that matters is longer.
const FOLD_LIMIT: usize = 600;

/// One line that is not blank, without surrounding white space and without a list mark.
pub(super) struct Line<'a> {
    /// Where it stands.
    pub(super) span: Span,
    /// Its text.
    pub(super) text: &'a str,
    /// Lower case, accents and quotation marks dropped, white space collapsed; cut at [`FOLD_LIMIT`].
    pub(super) folded: String,
    /// Words; two characters of a script without spaces count as one.
    pub(super) words: usize,
    /// Words that begin with a small letter, or with a letter of a script that has no capitals.
    pub(super) small: usize,
    /// Whether a list mark (`1.`, `•`) stood before it.
    pub(super) listed: bool,
    /// Whether it has many characters that no text has.
    pub(super) garbled: bool,
}

/// Cuts `text` at every kind of line break; a hard-wrapped text is put together again first.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut physical: Vec<Physical> = Vec::new();
    let mut start = 0;
    let mut blanks = 0;
    for (i, c) in text.char_indices().chain([(text.len(), '\n')]) {
        if !is_break(c) {
            continue;
        }
        let raw = text.get(start..i).unwrap_or("");
        let trimmed = raw.trim_matches(is_blank);
        if trimmed.is_empty() {
            // `\r\n` is one break
            blanks += usize::from(c == '\n' && !(raw.is_empty() && text.get(..i).is_some_and(|t| t.ends_with('\r'))));
        } else {
            let indent = raw.len() - raw.trim_start_matches(is_blank).len();
            let span = Span::new(start + indent, start + indent + trimmed.len());
            physical.push(Physical { span, indent, after_blank: blanks > 0 });
            blanks = 0;
        }
        start = i + c.len_utf8();
    }
    let mut out = Vec::with_capacity(physical.len());
    for span in unwrap_lines(text, &physical) {
        push(text, span.start, span.end, &mut out);
    }
    out
}

const fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

const fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\0')
}

fn push<'a>(text: &'a str, start: usize, end: usize, out: &mut Vec<Line<'a>>) {
    let Some(raw) = text.get(start..end) else { return };
    let trimmed = raw.trim_matches(is_blank);
    if trimmed.is_empty() {
        return;
    }
    let mark = list_mark(trimmed);
    let core = trimmed.get(mark..).unwrap_or(trimmed);
    let at = start + (raw.len() - raw.trim_start_matches(is_blank).len()) + mark;
    let (words, small) = count(core);
    out.push(Line {
        span: Span::new(at, at + core.len()),
        text: core,
        folded: fold(core),
        words,
        small,
        listed: mark > 0,
        garbled: garbled(core),
    });
}

/// Length of a list mark with the white space after it: `•`, `* `, `1. `, `2) `.
fn list_mark(line: &str) -> usize {
    let mut chars = line.chars();
    let Some(first) = chars.next() else { return 0 };
    let bullet = matches!(first, '•' | '▪' | '●' | '◦' | '‣' | '■' | '►' | '▶');
    let mark = if bullet {
        first.len_utf8()
    } else if first == '*' && chars.next() == Some(' ') {
        1
    } else {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let closed = matches!(line.as_bytes().get(digits), Some(b'.' | b')'));
        let spaced = line.as_bytes().get(digits + 1) == Some(&b' ');
        if (1..=2).contains(&digits) && closed && spaced { digits + 1 } else { return 0 }
    };
    let rest = line.get(mark..).unwrap_or("");
    let trimmed = rest.trim_start();
    if trimmed.is_empty() { 0 } else { mark + rest.len() - trimmed.len() }
}

/// Words of `text`, and how many of them begin with a small letter or have no capitals.
pub(super) fn count(text: &str) -> (usize, usize) {
    let (mut words, mut small) = (0, 0);
    for token in text.split_whitespace() {
        if token.is_ascii() {
            if let Some(b) = token.bytes().find(u8::is_ascii_alphanumeric) {
                words += 1;
                small += usize::from(b.is_ascii_lowercase());
            }
            continue;
        }
        let unspaced = token.chars().filter(|&c| is_unspaced(c)).count();
        if unspaced > 0 {
            words += unspaced.div_ceil(2);
            small += unspaced.div_ceil(2);
        } else if let Some(c) = token.chars().find(|c| c.is_alphanumeric()) {
            words += 1;
            small += usize::from(c.is_alphabetic() && !c.is_uppercase());
        }
    }
    (words, small)
}

const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}

/// The form that phrases are looked up in.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(FOLD_LIMIT));
    for c in text.chars() {
        if out.len() >= FOLD_LIMIT {
            break;
        }
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_open_quote(c) && !is_close_quote(c) {
            fold_char(c, &mut out);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn garbled(text: &str) -> bool {
    if !text.bytes().any(|b| b >= 0x80 || b.is_ascii_control()) {
        return false;
    }
    let (mut odd, mut all) = (0usize, 0usize);
    for c in text.chars().take(2_000) {
        all += 1;
        odd += usize::from(c == '\u{FFFD}' || c.is_control() && c != '\t');
    }
    odd * 8 > all
}

/// Whether `text` ends with a final point, closing marks and brackets apart.
pub(super) fn is_final(text: &str) -> bool {
    let cut = text.trim_end_matches(|c: char| {
        c.is_whitespace() || is_close_quote(c) || crate::text::is_apostrophe(c) || matches!(c, ')' | ']' | '*')
    });
    cut.ends_with(['.', '?', '!', '…', '。', '！', '？', '؟', '।', '۔'])
}

impl Line<'_> {
    /// Whether it has letters and none of them is small.
    pub(super) fn is_upper(&self) -> bool {
        let mut letters = self.text.chars().filter(|c| c.is_alphabetic()).peekable();
        letters.peek().is_some() && letters.all(|c| c.is_uppercase() || !c.is_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_lose_list_marks_and_blanks() {
        let text = "  One line \r\n\r\n 2. HOME\n• three min\n12.5 million";
        let got: Vec<&str> = lines(text).iter().map(|l| l.span.of(text)).collect();
        assert_eq!(got, ["One line", "HOME", "three min", "12.5 million"]);
    }

    #[test]
    fn final_points_may_stand_inside_marks() {
        assert!(is_final("“We wait.”"));
        assert!(is_final("(It was late.)"));
        assert!(!is_final("We wait"));
    }

    #[test]
    fn folding_drops_accents_and_marks() {
        assert_eq!(fold("  Déjà  “vu” isn’t "), "deja vu isnt");
    }

    #[test]
    fn control_characters_are_garble() {
        assert!(lines("a\u{1}b\u{2}\u{3}\u{FFFD}c")[0].garbled);
        assert!(!lines("A plain line.")[0].garbled);
    }
}
