//! Sentences by rules and an abbreviation table.
//!
//! UAX #29 breaks at `Mr.`, `Gen.` and `Jan.`; newswire is full of them. The rules here look at the token before
//! the point and at what follows it.

use super::fold::{is_apostrophe, is_close_quote, is_open_quote};
use crate::document::Span;

/// One sentence of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands, without surrounding white space.
    pub span: Span,
}

/// Words that take a point and are nearly always followed by the rest of their sentence.
const NEVER_ENDS: &[&str] = &[
    "adm", "atty", "brig", "capt", "cf", "cmdr", "col", "cpl", "dr", "eg", "fr", "gen", "gov", "hon", "ie", "lt", "maj", "messrs", "mr",
    "mrs", "ms", "mt", "no", "nos", "ph", "pres", "prof", "rep", "reps", "rev", "sen", "sens", "sgt", "spc", "st", "supt", "viz", "vs",
    "v",
];

/// Words that take a point and may end a sentence: a capital after them decides only with the help of its word.
const MAY_END: &[&str] = &[
    "am", "apr", "approx", "assn", "aug", "ave", "bros", "co", "corp", "dec", "dept", "dist", "est", "etc", "feb", "fri", "ft", "inc",
    "jan", "jr", "jul", "jun", "kg", "km", "lb", "ltd", "mar", "mon", "mph", "nov", "oct", "oz", "pm", "pp", "sat", "sep", "sept", "sr",
    "sun", "thu", "tue", "univ", "wed",
];

/// Words that often open a sentence: after an abbreviation that may end one, these say that it did.
const OPENERS: &[&str] = &[
    "a",
    "after",
    "all",
    "also",
    "although",
    "an",
    "and",
    "another",
    "as",
    "at",
    "but",
    "by",
    "each",
    "for",
    "from",
    "he",
    "her",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "it",
    "its",
    "last",
    "many",
    "meanwhile",
    "more",
    "most",
    "no",
    "on",
    "one",
    "other",
    "our",
    "she",
    "since",
    "so",
    "some",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "two",
    "under",
    "we",
    "what",
    "when",
    "while",
    "who",
    "with",
    "you",
];

/// Cuts the part `within` of `text` into sentences. Spans are trimmed; empty pieces are left out.
#[must_use]
pub fn sentences(text: &str, within: Span) -> Vec<Sentence> {
    let part = within.of(text);
    let mut out = Vec::new();
    let mut start = 0;
    for (i, c) in part.char_indices() {
        if i < start || !is_terminal(c) {
            continue;
        }
        let after = i + c.len_utf8();
        let end = close(part, after);
        if ends_here(part, start, i, c, end) {
            push(part, start, end, within.start, &mut out);
            start = end;
        }
    }
    push(part, start, part.len(), within.start, &mut out);
    out
}

const fn is_terminal(c: char) -> bool {
    matches!(c, '.' | '?' | '!' | '\u{2026}' | '\u{3002}' | '\u{FF01}' | '\u{FF1F}' | '\u{061F}' | '\u{06D4}' | '\u{0964}' | '\n')
}

/// The end of the terminal marks, closing quotation marks and brackets that start at `at`.
fn close(part: &str, mut at: usize) -> usize {
    while let Some(c) = part[at..].chars().next() {
        let next = part[at + c.len_utf8()..].chars().next();
        let closes = is_close_quote(c) && !(c == '\u{201C}' && next.is_some_and(char::is_alphanumeric))
            || matches!(c, ')' | ']')
            || is_apostrophe(c);
        let opens = c == '"' && next.is_some_and(char::is_alphanumeric);
        if (is_terminal(c) && c != '\n' || closes) && !opens {
            at += c.len_utf8();
        } else {
            break;
        }
    }
    at
}

fn ends_here(part: &str, start: usize, at: usize, c: char, end: usize) -> bool {
    let rest = &part[end..];
    if c == '\n' {
        // One line break may be a typesetter's; a blank line is the writer's.
        return part[at + 1..].trim_start_matches([' ', '\t', '\r']).starts_with('\n');
    }
    if matches!(c, '\u{3002}' | '\u{FF01}' | '\u{FF1F}') {
        return true;
    }
    let Some(next) = rest.chars().next() else { return true };
    if !next.is_whitespace() {
        // A lost space (`weeks.Sunday`) after a full lower-case word still ends a sentence.
        return c == '.'
            && end == at + 1
            && next.is_uppercase()
            && lower_run(&part[start..at]) >= 3
            && rest.chars().nth(1).is_some_and(char::is_lowercase);
    }
    let follow = rest.trim_start();
    let Some(first) = follow.chars().next() else { return true };
    let opener = is_open_quote(first)
        || matches!(first, '(' | '[' | '\u{2018}' | '\'')
        || matches!(first, '-' | '\u{2013}' | '\u{2014}' | '\u{2022}' | '*');
    if first.is_lowercase() || !(first.is_alphanumeric() || opener) {
        return false;
    }
    if c != '.' || end > at + 1 && part[at + 1..end].contains(['.', '?', '!']) {
        return !part[at..end].starts_with("...") || first.is_uppercase() || opener;
    }
    !abbreviation(&part[start..at], follow, end > at + 1)
}

fn lower_run(before: &str) -> usize {
    before.chars().rev().take_while(|c| c.is_lowercase()).count()
}

/// Whether the point after `before` belongs to an abbreviation that does not end its sentence.
fn abbreviation(before: &str, follow: &str, closed: bool) -> bool {
    let token = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '\u{201C}' | '\u{2014}')).next().unwrap_or("");
    let folded: String = token.chars().filter(|&c| c != '.').flat_map(char::to_lowercase).collect();
    let next: String = follow.chars().take_while(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let number = follow.starts_with(|c: char| c.is_ascii_digit());
    let initials = token.contains('.') && token.split('.').all(|p| p.chars().count() <= 1);
    let single = folded.chars().count() == 1 && token.chars().all(char::is_uppercase);
    if closed {
        return NEVER_ENDS.contains(&folded.as_str());
    }
    if NEVER_ENDS.contains(&folded.as_str()) {
        // `no.` is an abbreviation before a number only
        return !matches!(folded.as_str(), "no" | "nos") || number;
    }
    if single && folded != "i" {
        return true;
    }
    (initials || MAY_END.contains(&folded.as_str())) && !OPENERS.contains(&next.as_str()) && !is_quote_start(follow)
}

fn is_quote_start(follow: &str) -> bool {
    follow.chars().next().is_some_and(is_open_quote)
}

fn push(part: &str, start: usize, end: usize, offset: usize, out: &mut Vec<Sentence>) {
    let piece = &part[start..end];
    let lead = piece.len() - piece.trim_start().len();
    let trimmed = piece.trim();
    if trimmed.chars().any(char::is_alphanumeric) {
        out.push(Sentence { span: Span::new(offset + start + lead, offset + start + lead + trimmed.len()) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text, Span::new(0, text.len())).iter().map(|s| s.span.of(text)).collect()
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        for one in [
            "Gen. Ana Ruiz met Dr. Lee on Jan. 5 in St. Petersburg.",
            "The U.S. Senate met at 9 a.m. Tuesday to vote on No. 7.",
            "J. R. Smith paid $4.5 million.",
            "\"Is it over?\" he asked.",
            "He left ... and came back.",
        ] {
            assert_eq!(split(one), [one]);
        }
    }

    #[test]
    fn sentences_end() {
        assert_eq!(split("He left at 9 a.m. The bus was late."), ["He left at 9 a.m.", "The bus was late."]);
        assert_eq!(split("\"We wait.\" They left. “Why?” Nobody knew."), ["\"We wait.\"", "They left.", "“Why?”", "Nobody knew."]);
        assert_eq!(split("She moved to the U.S. He stayed."), ["She moved to the U.S.", "He stayed."]);
        assert_eq!(split("in the coming weeks.Sunday came."), ["in the coming weeks.", "Sunday came."]);
        assert_eq!(split("他来了。他走了。"), ["他来了。", "他走了。"]);
    }

    #[test]
    fn an_opening_mark_stays_with_its_sentence() {
        assert_eq!(split("It was late. \"Go,\" he said."), ["It was late.", "\"Go,\" he said."]);
    }
}
