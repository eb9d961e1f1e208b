//! Words: runs of letters and digits with their folded form.

use super::fold::{fold_char, is_apostrophe};
use crate::document::Span;

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// Folded form: lower case, compatibility forms and accents folded, apostrophes dropped (so that `Kyiv's`,
    /// `Kyiv’s` and `Kyivs` are one), no group separators in numbers (`3,100` is `3100`).
    pub norm: Box<str>,
}

impl Word {
    /// xxh3 of the folded form.
    #[must_use]
    pub fn hash(&self) -> u64 {
        xxhash_rust::xxh3::xxh3_64(self.norm.as_bytes())
    }

    /// Whether the word starts with a digit.
    #[must_use]
    pub fn is_number(&self) -> bool {
        self.norm.as_bytes().first().is_some_and(u8::is_ascii_digit)
    }

    /// Whether the word is written with a capital first letter in `text`.
    #[must_use]
    pub fn is_capitalized(&self, text: &str) -> bool {
        self.span.of(text).chars().next().is_some_and(char::is_uppercase)
    }
}

/// Cuts the part `within` of `text` into words.
///
/// A word is a run of letters, or a number. Apostrophes inside a run of letters belong to it; `.`, `,` and `:`
/// between digits belong to the number; letters that follow digits start a new word (`11km` is `11`, `km`)
/// unless they are an ordinal ending (`17th`). Initials with points (`U.S.`, `a.m.`) are one word (`us`, `am`).
/// Scripts without spaces (Han, Kana, Thai) give one word a character.
#[must_use]
pub fn words(text: &str, within: Span) -> Vec<Word> {
    let part = within.of(text);
    let mut out = Vec::with_capacity(part.len() / 6);
    let mut at = 0;
    while let Some(c) = part[at..].chars().next() {
        let start = at;
        let end = if c.is_ascii_digit() {
            number_end(part, at)
        } else if is_unspaced(c) {
            at + c.len_utf8()
        } else if c.is_alphanumeric() {
            letters_end(part, at)
        } else {
            at += c.len_utf8();
            continue;
        };
        at = end;
        let norm = fold_word(&part[start..end]);
        if !norm.is_empty() {
            out.push(Word { span: Span::new(within.start + start, within.start + end), norm });
        }
    }
    out
}

fn fold_word(raw: &str) -> Box<str> {
    let mut norm = String::with_capacity(raw.len());
    let numeric = raw.as_bytes()[0].is_ascii_digit();
    if numeric {
        fold_number(raw, &mut norm);
    } else {
        for c in raw.chars().filter(|&c| c != '.') {
            fold_char(c, &mut norm);
        }
    }
    norm.into_boxed_str()
}

/// `1,200` and `1 200` lose their group separators; `9.1` and `4:52` keep the point and the colon.
fn fold_number(raw: &str, norm: &mut String) {
    let bytes = raw.as_bytes();
    for (i, c) in raw.char_indices() {
        let group = c == ','
            && bytes.len() >= i + 4
            && bytes[i + 1..i + 4].iter().all(u8::is_ascii_digit)
            && bytes.get(i + 4).is_none_or(|b| !b.is_ascii_digit());
        if !group {
            norm.push(if c == ',' { '.' } else { c.to_ascii_lowercase() });
        }
    }
}

/// The value of a folded number word; `None` for clock times and other forms.
#[must_use]
pub fn number_value(norm: &str) -> Option<f64> {
    let digits = norm.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    digits.parse().ok()
}

fn number_end(part: &str, start: usize) -> usize {
    let bytes = part.as_bytes();
    let mut at = start;
    while at < bytes.len() {
        let joins = matches!(bytes[at], b'.' | b',' | b':') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if bytes[at].is_ascii_digit() || joins {
            at += 1;
        } else {
            break;
        }
    }
    let ending = part.as_bytes().get(at..at + 2).map(|e| [e[0].to_ascii_lowercase(), e[1].to_ascii_lowercase()]);
    let ordinal = matches!(ending.as_ref(), Some(b"st" | b"nd" | b"rd" | b"th"));
    let alone = part[at..].chars().nth(2).is_none_or(|c| !c.is_alphanumeric());
    if ordinal && alone { at + 2 } else { at }
}

fn letters_end(part: &str, start: usize) -> usize {
    if let Some(end) = initials_end(part, start) {
        return end;
    }
    let mut end = start;
    let mut chars = part[start..].char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let inner = is_apostrophe(c) || c == '\u{00AD}' || c == '\u{200B}';
        let continues = c.is_alphanumeric() && !is_unspaced(c) || is_mark(c);
        if continues {
            end = start + i + c.len_utf8();
        } else if !(inner && chars.peek().is_some_and(|&(_, next)| next.is_alphabetic())) {
            break;
        }
    }
    end.max(start + part[start..].chars().next().map_or(1, char::len_utf8))
}

/// `U.S.` or `a.m.`: single letters with points; returns the end after the last letter and its point.
fn initials_end(part: &str, start: usize) -> Option<usize> {
    let bytes = part.as_bytes();
    let mut at = start;
    let mut letters = 0;
    while at + 1 < bytes.len() && bytes[at].is_ascii_alphabetic() && bytes[at + 1] == b'.' {
        at += 2;
        letters += 1;
    }
    if letters < 2 || bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
        // `U.S` without the last point
        if letters >= 1
            && bytes.get(at).is_some_and(u8::is_ascii_alphabetic)
            && bytes.get(at + 1).is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'\'')
            && bytes[start].is_ascii_uppercase()
        {
            return Some(at + 1);
        }
        return None;
    }
    Some(at)
}

const fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{065F}' | '\u{0900}'..='\u{0903}' | '\u{093A}'..='\u{094F}')
}

/// Whether `c` is of a script written without spaces between words: Thai, Lao, Kana, Han.
#[must_use]
pub const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FA1F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn norms(text: &str) -> Vec<String> {
        words(text, Span::new(0, text.len())).iter().map(|w| w.norm.to_string()).collect()
    }

    #[test]
    fn typography_makes_no_difference() {
        assert_eq!(norms("Kyiv's “Yes, But”"), norms("KYIV’S \"yes -- but\""));
        assert_eq!(norms("Kyivs"), norms("Kyiv’s"));
        assert_eq!(norms("so\u{AD}cial Zürich"), ["social", "zurich"]);
    }

    #[test]
    fn numbers_keep_points_and_lose_group_commas() {
        assert_eq!(
            norms("3,100 at 4:52am, 11km, 6.4-magnitude, 17th, $10.6m"),
            ["3100", "at", "4:52", "am", "11", "km", "6.4", "magnitude", "17th", "10.6", "m"]
        );
    }

    #[test]
    fn initials_are_one_word() {
        assert_eq!(norms("U.S. Delegation at 5 p.m. in the U.S"), ["us", "delegation", "at", "5", "pm", "in", "the", "us"]);
        assert_eq!(norms("He left. A dog"), ["he", "left", "a", "dog"]);
    }

    #[test]
    fn spans_lead_back() {
        let text = "L’été — 東京 “x”";
        for word in words(text, Span::new(0, text.len())) {
            assert!(!word.span.of(text).is_empty());
        }
        assert_eq!(norms("東京"), ["東", "京"]);
    }
}
