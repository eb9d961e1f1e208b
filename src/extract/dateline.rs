//! Datelines: place, date and agency before the first sentence.

use super::agencies;
use crate::document::Span;
use crate::text::{DateExpr, dates, is_dash, words};

/// Longest dateline in bytes.
const LONGEST: usize = 140;

/// Words in capitals that open a paragraph and are no places.
#[rustfmt::skip]
const NO_PLACES: &[&str] = &[
    "UPDATE", "UPDATED", "BREAKING", "WATCH", "LIVE", "NEW", "OPINION", "EXCLUSIVE", "READ", "MORE", "VIDEO", "PHOTOS", "ANALYSIS",
    "EXPLAINER", "EDITORIAL", "NOTE", "CORRECTION", "RELATED", "WARNING", "BREAKING NEWS", "JUST IN", "FACT CHECK", "REVIEW",
    "INTERVIEW", "ALERT", "DEVELOPING",
];

/// Small words inside names of places.
#[rustfmt::skip]
const PARTICLES: &[&str] = &[
    "of", "the", "de", "la", "le", "du", "da", "do", "dos", "das", "del", "el", "am", "an", "der", "upon", "on", "and", "y", "e",
    "den", "sur", "в",
];

/// A dateline with its separator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dateline {
    /// The dateline with its separator.
    pub(super) span: Span,
    /// Where the sentence begins.
    pub(super) text_start: usize,
    /// Whether an agency or a date leaves no doubt about it.
    pub(super) sure: bool,
}

/// The dateline that the paragraph `span` begins with.
pub(super) fn dateline(text: &str, span: Span) -> Option<Dateline> {
    let part = span.of(text);
    let mut end = part.len().min(LONGEST);
    while !part.is_char_boundary(end) {
        end -= 1;
    }
    let head = part.get(..end)?;
    let mut bare: Option<Dateline> = None;
    for (at, after) in separators(head) {
        let found = at_separator(part, head, span.start, at, after);
        match (found, bare) {
            // `PARIS (AFP) April 7, 2026 -`: a closing bracket ends a dateline only if nothing better does soon
            (Some(d), None) if at == after => bare = Some(d),
            (Some(d), Some(b)) if d.span.end > b.span.end + 30 => return Some(b),
            (Some(d), _) if at < after => return Some(d),
            _ => {}
        }
    }
    bare
}

fn at_separator(part: &str, head: &str, start: usize, at: usize, after: usize) -> Option<Dateline> {
    let rest = part.get(after..)?;
    let agency_next =
        agencies::at_start(rest.trim_start()).is_some_and(|(_, len)| rest.trim_start().get(len..).is_some_and(|r| r.starts_with(". ")));
    if agency_next && head.get(at..after)?.contains(is_dash) {
        return None;
    }
    let sure = judge(head.get(..at)?, head.get(at..after)?, rest)?;
    let lead = rest.len() - rest.trim_start().len();
    let shown = head.get(..after)?.trim_end().len();
    (rest.trim().len() > 1).then(|| Dateline { span: Span::new(start, start + shown), text_start: start + after + lead, sure })
}

/// Where a dateline may end: each dash, colon or closing bracket, as the range of the separator.
fn separators(head: &str) -> impl Iterator<Item = (usize, usize)> {
    head.char_indices().filter_map(move |(i, c)| {
        let rest = &head[i + c.len_utf8()..];
        let before = &head[..i];
        if is_dash(c) {
            let run: usize = rest.chars().take_while(|&d| is_dash(d)).map(char::len_utf8).sum();
            let after = i + c.len_utf8() + run;
            let spaced = before.ends_with([' ', '\u{A0}', ')', '.', ']', '/', ',']) || before.is_empty();
            let long = c != '-' || run > 0;
            let follows = head[after..].starts_with(char::is_whitespace);
            let free = !before.ends_with(is_dash) && (spaced && (follows || long) || before.ends_with(')'));
            let start = before.trim_end_matches(['.', ' ']).len();
            return free.then_some((start, after));
        }
        match c {
            ':' if rest.starts_with([' ', '\u{A0}']) => Some((i, i + 1)),
            ')' | ']' if rest.starts_with(' ') && !rest.trim_start().starts_with(is_dash) => Some((i + 1, i + 1)),
            '/' if rest.starts_with('.') && before.contains('/') => Some((i + 1, i + 2)),
            '.' if rest.starts_with(' ') && (before.contains(" — ") || before.contains(" - ")) => Some((i, i + 1)),
            _ => None,
        }
    })
}

/// Whether `prefix` is a dateline before the separator `sep` and the text `rest`: `Some(sure)` if it is.
fn judge(prefix: &str, sep: &str, rest: &str) -> Option<bool> {
    let opens = rest.trim_start().chars().next()?;
    let starts_text = opens.is_uppercase() || !opens.is_lowercase();
    let (place, agency) = cut_brackets(prefix)?;
    let tail = dash_agency(&place);
    let agency = agency || tail.is_some();
    let place = tail.unwrap_or(place);
    let all = words(&place, Span::new(0, place.len()));
    let found = dates(&place, &all);
    let dated = found.iter().any(|d| matches!(d.expr, DateExpr::Day { .. }));
    let mut names = place.clone();
    for d in found.iter().rev() {
        names.replace_range(d.span.start..d.span.end, " ");
    }
    let tokens: Vec<&str> = names
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '/' | ';'))
        .filter(|t| t.chars().any(char::is_alphanumeric))
        .collect();
    let capital = |t: &&str| t.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase());
    let clean =
        tokens.iter().all(|t| (capital(t) || PARTICLES.contains(t) || is_year_or_day(t)) && !t.contains(['"', '“', '?', '!', '%', '$']));
    if !clean || tokens.len() > 9 || NO_PLACES.iter().any(|n| place.trim() == *n) || !agency && (tokens.is_empty() || !capital(&tokens[0]))
    {
        return None;
    }
    let comma = place.contains(',');
    let letters = tokens.first().map_or(0, |t| t.chars().filter(|c| c.is_alphabetic()).count());
    let upper = tokens.first().is_some_and(|t| letters >= 3 && t.chars().all(|c| !c.is_lowercase()));
    let dash = sep.contains(is_dash);
    if agency {
        // after a bare bracket the sentence must begin: `WASHINGTON (AP) officials` is none
        return (!sep.is_empty() || starts_text).then_some(true);
    }
    if sep.is_empty() {
        return None;
    }
    if dated && starts_text && (upper || dash) {
        return Some(true);
    }
    let short = tokens.len() <= 5;
    if upper && short && starts_text && (dash || sep == ":") && tokens.iter().take(1).all(|t| !NO_PLACES.contains(t)) {
        return Some(false);
    }
    let title = dash && starts_text && (comma && tokens.len() <= 5 || tokens.len() <= 2) && letters >= 3;
    title.then_some(false)
}

fn is_year_or_day(token: &str) -> bool {
    token.len() <= 4 && token.bytes().all(|b| b.is_ascii_digit())
}

/// The prefix without its brackets, and whether one of them names an agency or looks like one; `None` when a
/// bracket holds something else.
fn cut_brackets(prefix: &str) -> Option<(String, bool)> {
    let mut out = String::new();
    let mut agency = false;
    let mut rest = prefix;
    while let Some(open) = rest.find(['(', '[', '/']) {
        let mark = rest.get(open..)?.chars().next()?;
        let close = match mark {
            '(' => ')',
            '[' => ']',
            _ => '/',
        };
        let inside_start = open + 1;
        let len = rest.get(inside_start..)?.find(close)?;
        let inside = rest.get(inside_start..inside_start + len)?.trim();
        out.push_str(rest.get(..open)?);
        out.push(' ');
        let known = !agencies::find(inside, Span::new(0, inside.len())).is_empty();
        let like = inside.split_whitespace().count() <= 4
            && inside.chars().filter(|c| c.is_uppercase()).count() >= 2
            && inside.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '/' | '-' | '.' | '&'));
        if mark == '(' || mark == '/' {
            // `Bergen (Norway),`: a country, no agency
            let country = inside.split_whitespace().count() <= 3 && inside.split_whitespace().all(|w| w.starts_with(char::is_uppercase));
            if !known && !like && !country {
                return None;
            }
            agency |= known || like;
        }
        rest = rest.get(inside_start + len + close.len_utf8()..)?;
    }
    out.push_str(rest);
    Some((out, agency))
}

/// `МОСКВА, 12 мар — РИА Новости`: the place before a dash, when only an agency follows it.
fn dash_agency(place: &str) -> Option<String> {
    let (at, c) = place.char_indices().rev().find(|&(_, c)| is_dash(c))?;
    let after = place.get(at + c.len_utf8()..)?.trim();
    let (_, len) = agencies::at_start(after)?;
    (len == after.len()).then(|| place.get(..at).unwrap_or("").trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Option<(&str, &str)> {
        dateline(text, Span::new(0, text.len())).map(|d| (d.span.of(text), &text[d.text_start..]))
    }

    #[test]
    fn datelines_of_many_houses() {
        for (line, text) in [
            ("OSLO (AP) —", "Boats sank."),
            ("TROMSO, Norway, April 7, 2026 (AFP) -", "Boats sank."),
            ("LEEDS, April 7 (PA) -", "Boats sank."),
            ("OSLO:", "Boats sank."),
            ("TROMSO –", "Boats sank."),
            ("Oslo, Norway –", "Boats sank."),
            ("Berlin (dpa) -", "Boote sanken."),
            ("Paris, 7 avril 2026 (AFP) –", "Des bateaux ont coulé."),
            ("Madrid, 7 abr (EFE).-", "Los barcos se hundieron."),
            ("BEIJING, April 7 (Xinhua) --", "Boats sank."),
            ("New Delhi, Apr 7 (PTI)", "Boats sank."),
            ("OSLO (AFP) Apr 7, 2026 -", "Boats sank."),
            ("MOSCOW, April 7. /TASS/.", "Boats sank."),
            ("МОСКВА, 7 апр — РИА Новости.", "Лодки затонули."),
            ("New Delhi [India], April 7 (ANI):", "Boats sank."),
            ("(Reuters) -", "Boats sank."),
            ("NEW YORK —", "Boats sank."),
            ("RIO DE JANEIRO, April 7 —", "Boats sank."),
        ] {
            let all = format!("{line} {text}");
            assert_eq!(cut(&all), Some((line, text)));
        }
    }

    #[test]
    fn sentences_are_no_datelines() {
        for text in [
            "The harbour - once busy - was empty.",
            "Mayor Ann Bo (Green) said: “We wait.”",
            "UPDATE: Boats sank.",
            "The Harbour Workers' Union (HWU) said its members had stopped.",
            "They said: Nothing.",
            "NATO chief Ann Bo arrived.",
            "A well-known boat sank.",
            "Two days later – on Monday – it rained.",
            "",
            "—",
        ] {
            assert_eq!(cut(text), None, "{text}");
        }
    }
}
