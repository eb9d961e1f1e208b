//! Text credits: after the last sentence, in lines of their own, in bylines and copyright lines.

use super::agencies::{self, Agency};
use super::lines::{Line, fold, is_final};
use super::{Credit, CreditPosition};
use crate::document::Span;
use crate::text::is_dash;

/// A credit at the end of a paragraph is looked for in this many of its last bytes.
const TAIL: usize = 120;

/// Words that may stand beside agency names in a credit.
#[rustfmt::skip]
const FILLERS: &[&str] = &[
    "with", "inputs", "input", "from", "and", "agencies", "agency", "news", "service", "services", "staff", "reporters", "report",
    "reports", "reporting", "via", "by", "the", "in", "source", "sources", "additional", "wire", "wires", "avec", "et", "con",
    "informacion", "de", "y", "mit", "material", "von", "und", "com", "informacoes", "da", "do", "e", "correspondent",
    "correspondents", "desk", "bureau", "world", "text", "online", "contributed", "other", "local", "media", "monitoring",
    "syndicated", "feed",
];

/// Lines that open with one of these are credits whether or not an agency is named.
#[rustfmt::skip]
const OPENINGS: &[&str] = &[
    "(reporting by", "reporting by", "(additional reporting", "additional reporting by", "(writing by", "writing by", "(editing by",
    "editing by", "(edited by", "(reportage de", "(reporte de", "reporte de", "(por ", "(par ", "(bearbeitet von", "(compiled by",
    "(with inputs", "with inputs from", "with input from", "(with agencies", "with agencies", "(with reporting",
    "with reporting from", "with reporting by", "(this story", "this story has not been edited",
    "this story was originally published", "this story is auto", "this story has been published from", "this article was generated",
    "this report was generated", "this article has been published from", "this news has been", "published from a", "(this article",
    "(this report", "(except for the headline", "except for the headline", "(disclaimer", "source:", "sources:", "source -",
    "quelle:", "quellen:", "fuente:", "fuentes:", "fonte:", "bron:", "kilde:", "kalla:", "источник:", "agencies", "(agencies",
    "com informacoes d", "con informacion de", "avec l",
];

/// The agencies of `text[within]` when nothing but agencies and words of credits stands there.
fn only_agencies(text: &str, within: Span) -> Option<Vec<(&'static Agency, Span)>> {
    let found = agencies::find(text, within);
    let mut rest = String::new();
    let mut at = within.start;
    for (_, span) in &found {
        rest.push_str(text.get(at..span.start)?);
        rest.push(' ');
        at = span.end;
    }
    rest.push_str(text.get(at..within.end)?);
    let folded = fold(&rest);
    let plain = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).all(|w| FILLERS.contains(&w));
    let generic = folded.split(|c: char| !c.is_alphanumeric()).any(|w| w == "agencies");
    (plain && (!found.is_empty() || generic)).then_some(found)
}

/// Where the credit at the end of the paragraph `span` begins: `... by noon. — AFP`, `(AP)`, `[AP]`, `/TASS/`.
pub(super) fn end_credit(text: &str, span: Span) -> Option<usize> {
    let part = span.of(text).trim_end();
    let end = span.start + part.len();
    let mut from = part.len().saturating_sub(TAIL);
    while !part.is_char_boundary(from) {
        from += 1;
    }
    let tail = part.get(from..)?;
    let before_ok = |at: usize| part.get(..at).is_some_and(is_final) || at == 0;
    let close = tail.trim_end_matches('.').chars().next_back()?;
    if matches!(close, ')' | ']' | '/') {
        let open = match close {
            ')' => '(',
            ']' => '[',
            _ => '/',
        };
        let inner_end = tail.trim_end_matches('.').len() - close.len_utf8();
        let at = from + tail.get(..inner_end)?.rfind(open)?;
        let inside = Span::new(span.start + at + 1, span.start + from + inner_end);
        return (at > 0 && before_ok(at) && only_agencies(text, inside).is_some()).then_some(span.start + at);
    }
    for (i, c) in tail.char_indices().rev() {
        let at = from + i;
        if is_dash(c) && part.get(..at).is_some_and(|b| is_final(b.trim_end_matches(is_dash))) {
            let start = part.get(..at)?.trim_end_matches(is_dash).len();
            let after = Span::new(span.start + at + c.len_utf8(), end);
            return (at > 0 && only_agencies(text, after).is_some()).then_some(span.start + start);
        }
        let after_point = matches!(c, '.' | '!' | '?' | '"' | '”' | '»') && at + c.len_utf8() < part.len();
        if after_point {
            let after = Span::new(span.start + at + c.len_utf8(), end);
            let raw = after.of(text);
            let bare = raw.starts_with(' ') && !raw.trim().is_empty() && only_agencies(text, after).is_some_and(|a| !a.is_empty());
            return (bare && before_ok(at + c.len_utf8())).then_some(after.start);
        }
    }
    None
}

/// Whether a line of its own credits an agency or desk with the text.
pub(super) fn is_credit_line(line: &Line<'_>, text: &str) -> bool {
    if line.words > 60 {
        return false;
    }
    let named = || agencies::find(text, line.span).iter().any(|(a, _)| !a.pictures);
    if line.words <= 12
        && !line.text.contains('|')
        && only_agencies(text, line.span)
            .is_some_and(|f| f.iter().any(|(a, _)| !a.pictures) || line.text.starts_with(['(', '—', '-', '–', '[']))
    {
        return true;
    }
    if is_copyright(line) {
        return named();
    }
    let opens = OPENINGS.iter().any(|p| line.folded.starts_with(p));
    let label = line.folded.split_once(':').is_some_and(|(l, _)| l.len() < 12 && !l.contains(' '));
    let feed = line.words <= 50
        && (line.folded.contains("has not been edited by")
            || line.folded.contains("syndicated feed")
            || line.folded.contains("agency feed"));
    let contributed =
        line.words <= 20 && (line.folded.contains("contributed to this") || line.folded.contains("contributed reporting")) && named();
    opens
        && (line.text.starts_with('(')
            || label && line.words <= 8
            || line.words <= 14 && (named() || !is_final(line.text))
            || line.folded.starts_with("this ") && feed)
        || feed
        || contributed
        || is_slug(line.text)
}

/// The marks of the desks that handled a story: `ab-cd/efg/hi`.
fn is_slug(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['/', '-']).collect();
    text.contains('/') && parts.len() >= 2 && parts.iter().all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_lowercase()))
}

/// Whether the line claims a copyright.
pub(super) fn is_copyright(line: &Line<'_>) -> bool {
    line.words <= 60
        && (line.folded.starts_with("copyright")
            || line.text.starts_with('©')
            || line.folded.starts_with("(c) ")
            || line.folded.starts_with("all rights reserved"))
}

/// The text credits that a credit or byline block names.
pub(super) fn credits_of(text: &str, line: Span, before_body: bool, out: &mut Vec<Credit>) {
    let folded = fold(line.of(text));
    let position = if folded.starts_with("copyright")
        || folded.starts_with('©')
        || folded.starts_with("(c) ")
        || folded.contains("all rights reserved")
    {
        CreditPosition::Copyright
    } else if before_body || ["input", "contributed", "additional reporting", "with reporting"].iter().any(|p| folded.contains(p)) {
        CreditPosition::Byline
    } else {
        CreditPosition::EndOfBody
    };
    push(text, line, position, out);
}

/// Adds the agencies of `within` under `position`.
pub(super) fn push(text: &str, within: Span, position: CreditPosition, out: &mut Vec<Credit>) {
    for (agency, span) in agencies::find(text, within) {
        if !agency.pictures && !out.iter().any(|c| c.agency == agency.name && c.position == position) {
            out.push(Credit { agency: agency.name.to_owned(), position, span });
        }
    }
}

/// Agencies that prose names as hearers (`told AFP`), for those that the page credits anyhow.
pub(super) fn attributions(text: &str, words: &[crate::text::Word], out: &mut Vec<Credit>) {
    if out.is_empty() {
        return;
    }
    let known: Vec<String> = out.iter().map(|c| c.agency.clone()).collect();
    for pair in words.windows(2) {
        let [verb, name] = pair else { continue };
        if !matches!(&*verb.norm, "told" | "to" | "by" | "with" | "quoted") || !name.is_capitalized(text) && &*name.norm != "dpa" {
            continue;
        }
        let Some((agency, len)) = text.get(name.span.start..).and_then(agencies::at_start) else { continue };
        let span = Span::new(name.span.start, name.span.start + len);
        if known.iter().any(|k| k == agency.name)
            && !out.iter().any(|c| c.agency == agency.name && c.position == CreditPosition::Attribution)
        {
            out.push(Credit { agency: agency.name.to_owned(), position: CreditPosition::Attribution, span });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    fn cut(text: &str) -> Option<&str> {
        end_credit(text, Span::new(0, text.len())).map(|at| &text[at..])
    }

    #[test]
    fn credits_at_the_end_of_a_paragraph() {
        assert_eq!(cut("The boats are back. — AFP"), Some("— AFP"));
        assert_eq!(cut("The boats are back. (AP)"), Some("(AP)"));
        assert_eq!(cut("“The boats are back.” [dpa]"), Some("[dpa]"));
        assert_eq!(cut("The boats are back. -- AFP/Reuters"), Some("-- AFP/Reuters"));
        assert_eq!(cut("Los barcos han vuelto. EFE"), Some(" EFE"));
        assert_eq!(cut("The boats are back. (with inputs from PTI)"), Some("(with inputs from PTI)"));
        for plain in [
            "The boats of the group (AP) are back.",
            "He joined the Press Association.",
            "They met on Friday — at last.",
            "A boat sank. AP.",
            "",
        ] {
            assert!(cut(plain).is_none_or(|c| c == " AP."), "{plain}");
        }
    }

    #[test]
    fn credit_lines() {
        for text in [
            "Source: Reuters",
            "(Reporting by Ann Bo; Editing by Cy Do)",
            "ab-cd/ef/gh",
            "Copyright 2026 The Associated Press. All rights reserved.",
            "AFP",
            "With inputs from PTI",
            "— Agencies",
            "(This story has not been edited by our staff.)",
        ] {
            let line = &lines(text)[0];
            assert!(is_credit_line(line, text), "{text}");
        }
        for text in [
            "Copyright 2026 The Bay Post",
            "www/news",
            "Sources in the ministry said on Monday that nothing had changed.",
            "Associated companies",
        ] {
            let line = &lines(text)[0];
            assert!(text.starts_with("www") || !is_credit_line(line, text), "{text}");
        }
    }
}
