//! Text credits: after the last sentence, in lines of their own, in bylines and copyright lines.

use super::agencies::{self, Agency};
use super::lines::{Line, fold, is_final};
use super::{Credit, CreditPosition};
use crate::document::Span;
use crate::text::{is_apostrophe, is_dash};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A credit at the end of a paragraph is looked for in this many of its last bytes.
const TAIL: usize = 120;

/// Words that may stand beside agency names in a credit, by language.
#[rustfmt::skip]
const FILLERS: &[&str] = &[
    "with", "inputs", "input", "from", "and", "agencies", "agency", "news", "service", "services", "staff", "reporters", "report",
    "reports", "reporting", "via", "by", "the", "in", "source", "sources", "additional", "wire", "wires", "correspondent",
    "correspondents", "desk", "bureau", "world", "text", "online", "contributed", "other", "local", "media", "monitoring",
    "syndicated", "feed",
    "avec", "et", "agence", "agences", "par", "la", "le", "les", "l", "depeche", "depeches", "redaction", "dapres", "presse",
    "con", "informacion", "de", "y", "agencia", "agencias", "fuente", "fuentes", "redaccion", "despachos", "las", "los", "por",
    "mit", "material", "von", "und", "agentur", "agenturen", "agenturmaterial", "quelle", "quellen", "der", "redaktion", "nachrichtenagentur",
    "com", "informacoes", "da", "do", "das", "e", "fonte", "fontes", "redacao",
    "по", "материалам", "агентств", "агентства", "агентство", "агентства", "источник", "источники", "с", "использованием",
    "материалов", "информационного", "и",
    "المصدر", "المصادر", "مصدر", "وكالات", "الوكالات", "وكالة", "وكالتي", "مع", "من", "عن", "نقلا", "و", "أنباء", "الأنباء",
];

/// Words that stand for agencies without naming one.
const UNNAMED: &[&str] = &["agencies", "agences", "agencias", "agenturen", "агентств", "агентства", "وكالات", "الوكالات"];

/// Lines that open with one of these are credits whether or not an agency is named.
#[rustfmt::skip]
const OPENINGS: &[&str] = &[
    "(reporting by", "reporting by", "(additional reporting", "additional reporting by", "(writing by", "writing by", "(editing by",
    "editing by", "(edited by", "(reportage de", "(reporte de", "reporte de", "(por ", "(par ", "(bearbeitet von", "(compiled by",
    "(with inputs", "with inputs from", "with input from", "(with agencies", "with agencies", "(with reporting",
    "with reporting from", "with reporting by", "staff and agencies", "(this story", "this story has not been edited",
    "this story was originally published", "this story is auto", "this story has been published from", "this article was generated",
    "this report was generated", "this article has been published from", "this news has been", "published from a", "(this article",
    "(this report", "(except for the headline", "except for the headline", "(disclaimer", "source:", "source :", "sources:", "sources :",
    "source -", "quelle:", "quellen:", "fuente:", "fuentes:", "fonte:", "fontes:", "bron:", "kilde:", "kalla:", "agencies", "(agencies",
    "avec l", "(avec l", "avec agences", "(avec agences",
    "con informacion de", "(con informacion", "con agencias", "redaccion y agencias",
    "mit material von", "(mit material", "mit agenturen", "(mit agenturen", "mit agenturmaterial", "unter verwendung von",
    "com informacoes d", "(com informacoes", "com agencias",
    "источник:", "источники:", "по материалам", "с использованием материалов", "(по материалам",
    "المصدر:", "المصدر :", "المصادر:", "(وكالات", "وكالات", "نقلا عن",
];

/// Claims to a copyright at the beginning of a line.
#[rustfmt::skip]
const RIGHTS: &[&str] = &[
    "copyright", "©", "(c) ", "all rights reserved", "tous droits reserves", "todos los derechos reservados", "alle rechte vorbehalten",
    "todos os direitos reservados", "все права защищены", "جميع الحقوق محفوظة",
];

static FOLDED_FILLERS: LazyLock<BTreeSet<String>> = LazyLock::new(|| FILLERS.iter().map(|w| fold(w)).collect());
static FOLDED_UNNAMED: LazyLock<Vec<String>> = LazyLock::new(|| UNNAMED.iter().map(|w| fold(w)).collect());
static FOLDED_OPENINGS: LazyLock<Vec<String>> = LazyLock::new(|| OPENINGS.iter().map(|w| opening(w)).collect());
static FOLDED_RIGHTS: LazyLock<Vec<String>> = LazyLock::new(|| RIGHTS.iter().map(|w| opening(w)).collect());

/// Folded, with the blank at its end that ends a word.
fn opening(phrase: &str) -> String {
    let mut out = fold(phrase);
    if phrase.ends_with(' ') {
        out.push(' ');
    }
    out
}

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
    let plain = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).all(|w| FOLDED_FILLERS.contains(w));
    let generic = folded.split(|c: char| !c.is_alphanumeric()).any(|w| FOLDED_UNNAMED.iter().any(|u| u == w));
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
        if at > 0 && before_ok(at) && only_agencies(text, inside).is_some() {
            return Some(span.start + at);
        }
        // `— Agence France-Presse (AFP)`: what stands before the bracket may belong to the credit.
        if only_agencies(text, inside).is_none_or(|found| found.is_empty()) {
            return None;
        }
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
        && !agencies::is_shy(line.text)
        && only_agencies(text, line.span)
            .is_some_and(|f| f.iter().any(|(a, _)| !a.pictures) || line.text.starts_with(['(', '—', '-', '–', '[']))
    {
        return true;
    }
    if is_copyright(line) {
        return named();
    }
    let opens = FOLDED_OPENINGS.iter().any(|p| line.folded.starts_with(p.as_str()));
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
    line.words <= 60 && FOLDED_RIGHTS.iter().any(|r| line.folded.starts_with(r.as_str()))
}

/// The text credits that a credit or byline block names.
pub(super) fn credits_of(text: &str, line: Span, before_body: bool, out: &mut Vec<Credit>) {
    let folded = fold(line.of(text));
    let rights = |r: &String| folded.starts_with(r.as_str()) || r.len() > 12 && folded.contains(r.as_str());
    let position = if FOLDED_RIGHTS.iter().any(rights) {
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
        let person = position == CreditPosition::Byline && is_given_name(text, within, span);
        if !agency.pictures && !person && !out.iter().any(|c| c.agency == agency.name && c.position == position) {
            out.push(Credit { agency: agency.name.to_owned(), position, span: Some(span), stated: None });
        }
    }
}

/// Whether what looks like an agency is a writer's given name: `By PETRA SMITH`, `By Tass Morgan`.
pub(super) fn is_given_name(text: &str, line: Span, name: Span) -> bool {
    const ROLES: [&str; 7] = ["news", "staff", "correspondent", "reporter", "agency", "writer", "desk"];
    let after = text.get(name.end..line.end).unwrap_or("");
    let before = text.get(line.start..name.start).unwrap_or("");
    let mut rest = after.split_whitespace().take_while(|w| w.starts_with(char::is_uppercase)).peekable();
    agencies::is_shy(name.of(text))
        && before.split_whitespace().count() <= 1
        && after.starts_with(' ')
        && rest.peek().is_some()
        && rest.all(|w| !ROLES.contains(&w.to_lowercase().as_str()))
}

/// Verbs of telling before the name of a hearer: `told AFP`, `a dit à l'AFP`, `sagte der dpa`, `сообщил ТАСС`.
#[rustfmt::skip]
const TELLING: &[&str] = &[
    "told", "dit", "declare", "confie", "indique", "affirme", "dijo", "declaro", "explico", "aseguro", "senalo", "sagte", "erklarte",
    "disse", "declarou", "afirmou", "сказал", "сказала", "сообщил", "сообщила", "сообщили", "рассказал", "рассказала", "заявил",
    "заявила", "قال", "قالت", "صرح", "صرحت",
];

/// Words between the verb and the hearer.
#[rustfmt::skip]
const BETWEEN: &[&str] = &[
    "to", "by", "with", "quoted", "a", "la", "l", "agence", "al", "agencia", "der", "gegenuber", "nachrichtenagentur", "ao", "агентству",
];

static TELLS: LazyLock<BTreeSet<String>> = LazyLock::new(|| TELLING.iter().map(|w| fold(w)).collect());

/// Agencies that prose names as hearers (`told AFP`), for those that the page credits anyhow.
pub(super) fn attributions(text: &str, words: &[crate::text::Word], out: &mut Vec<Credit>) {
    if out.is_empty() {
        return;
    }
    let known: Vec<String> = out.iter().map(|c| c.agency.clone()).collect();
    for (at, name) in words.iter().enumerate().skip(1) {
        let before = fold(&words[at - 1].norm);
        // `l’AFP` is one word.
        let part = name.span.of(text);
        let article = part.char_indices().take(3).find(|(_, c)| is_apostrophe(*c)).map_or(0, |(i, c)| i + c.len_utf8());
        let start = name.span.start + article;
        let hears = article > 0 || before == "told" || BETWEEN.contains(&before.as_str()) || TELLS.contains(&before);
        let capital = part.get(article..).is_some_and(|p| p.starts_with(char::is_uppercase)) || &*name.norm == "dpa";
        if !hears || !capital {
            continue;
        }
        let Some((agency, len)) = text.get(start..).and_then(agencies::at_start) else { continue };
        let span = Span::new(start, start + len);
        if known.iter().any(|k| k == agency.name)
            && !out.iter().any(|c| c.agency == agency.name && c.position == CreditPosition::Attribution)
        {
            let position = CreditPosition::Attribution;
            out.push(Credit { agency: agency.name.to_owned(), position, span: Some(span), stated: None });
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
