//! Names: runs of capitalized words.

use super::lexicon::{self, REPORTING, SAYING, holds, is_weekday};
use super::tokens::{Gap, Tokens};
use super::{Name, NameKind};
use crate::extract::Article;
use crate::text::is_stopword;
use std::collections::BTreeSet;

/// Lower-case words that may stand inside a name.
#[rustfmt::skip]
const LINKS: &[&str] = &[
    "al", "bin", "da", "de", "del", "den", "der", "di", "du", "el", "la", "le", "of", "van", "von",
];

/// Words after which a name is most likely a place.
const PLACE_CUES: &[&str] = &["at", "from", "in", "inside", "near", "outside", "to", "towards"];

/// Nouns that name a kind of place, before `of` or after the name.
#[rustfmt::skip]
const PLACE_NOUNS: &[&str] = &[
    "airport", "bay", "beach", "capital", "city", "coast", "county", "district", "hill", "hospital", "island", "islands", "lake",
    "mountain", "port", "province", "region", "river", "square", "state", "street", "suburb", "town", "valley", "village",
];

/// Names of the body, in text order, with titles left out.
pub(super) fn names(text: &str, article: &Article) -> Vec<Name> {
    let inside = capitalized_inside(text, article);
    let mut out = Vec::new();
    for (sentence, s) in article.sentences.iter().enumerate() {
        let tokens = Tokens::new(text, article, s);
        let mut at = 0;
        while at < tokens.len() {
            let Some(end) = run_end(&tokens, at, &inside) else {
                at += 1;
                continue;
            };
            push(&tokens, at, end, sentence, &mut out);
            at = end + 1;
        }
    }
    people(&mut out);
    out
}

/// Folded words that are capitalized somewhere inside a sentence: a name that opens a sentence is one of them.
fn capitalized_inside<'a>(text: &'a str, article: &'a Article) -> BTreeSet<&'a str> {
    let mut out = BTreeSet::new();
    for s in &article.sentences {
        let tokens = Tokens::new(text, article, s);
        for i in 1..tokens.len() {
            if tokens.capitalized(i) && tokens.gap(i - 1) == Gap::Space && !is_stopword(tokens.norm(i)) {
                out.insert(bare(tokens.norm(i), tokens.possessive(i)));
            }
        }
    }
    out
}

fn bare(norm: &str, possessive: bool) -> &str {
    if possessive { norm.strip_suffix('s').unwrap_or(norm) } else { norm }
}

/// Whether the word can open or continue a name.
fn capital(tokens: &Tokens<'_>, at: usize) -> bool {
    let norm = tokens.norm(at);
    // `US` is a name, `us` is not: the folded form alone cannot tell
    let acronym = tokens.raw(at).chars().filter(|c| c.is_uppercase()).count() > 1;
    tokens.capitalized(at)
        && (acronym || !is_stopword(norm))
        && !is_weekday(norm)
        && (!lexicon::is_month(norm) || norm == "may" && acronym)
}

/// The last word of the name that starts at `at`; `None` if none does.
fn run_end(tokens: &Tokens<'_>, at: usize, inside: &BTreeSet<&str>) -> Option<usize> {
    if !capital(tokens, at) {
        return None;
    }
    let mut end = at;
    loop {
        if tokens.possessive(end) || !matches!(tokens.gap(end), Gap::Space | Gap::Hyphen) {
            break;
        }
        if capital(tokens, end + 1) || tokens.gap(end) == Gap::Hyphen && tokens.norm(end + 1).chars().all(|c| c.is_ascii_digit()) {
            end += 1;
            continue;
        }
        let links = (1..=2).take_while(|&k| holds(LINKS, tokens.norm(end + k)) && tokens.gap(end + k) == Gap::Space).count();
        if links > 0 && capital(tokens, end + links + 1) {
            end += links + 1;
        } else {
            break;
        }
    }
    let opens = at == 0 || matches!(tokens.gap(at - 1), Gap::Quote | Gap::Mark) || tokens.between(at - 1).contains(['"', '\u{201C}']);
    if opens && end == at {
        let norm = bare(tokens.norm(at), tokens.possessive(at));
        let acronym = tokens.raw(at).chars().filter(|c| c.is_uppercase()).count() > 1;
        let speaks = holds(SAYING, tokens.norm(at + 1));
        if !(acronym || inside.contains(norm) || speaks || tokens.possessive(at)) {
            return None;
        }
    }
    Some(end)
}

/// Whether the run that ends at `to` is followed by a reporting verb: `Mara Dunn said`, `Mara Dunn on Sunday also warned`.
fn speaks(tokens: &Tokens<'_>, to: usize) -> bool {
    let mut at = to + 1;
    while at <= to + 4 && tokens.gap(at - 1) == Gap::Space {
        let word = tokens.norm(at);
        if holds(REPORTING, word) {
            return !tokens.capitalized(at);
        }
        if !(matches!(word, "on" | "also" | "later" | "earlier" | "then" | "has" | "had") || is_weekday(word)) {
            return false;
        }
        at += 1;
    }
    false
}

fn push(tokens: &Tokens<'_>, mut from: usize, to: usize, sentence: usize, out: &mut Vec<Name>) {
    let mut titled = false;
    // the last title word of the run: what follows it is the name
    let title = (from..to).rev().find(|&i| {
        let norm = tokens.norm(i);
        lexicon::is_short_title(norm) || lexicon::is_role_noun(norm) && tokens.norm(i + 1) != "of"
    });
    if let Some(title) = title {
        from = title + 1;
        titled = true;
    }
    if let Some(end) = office(tokens, from, to) {
        from = end;
        titled = to > from || titled;
    }
    let before = if from > 0 && matches!(tokens.gap(from - 1), Gap::Space) { tokens.norm(from - 1) } else { "" };
    let two_before = if from > 1 { tokens.norm(from - 2) } else { "" };
    let next = tokens.norm(to + 1);
    let apposed = tokens.gap(to) == Gap::Comma
        && (next == "who"
            || matches!(next, "a" | "an" | "the") && describes(tokens, to + 2)
            || lexicon::is_role_noun(next)
            || is_age(next));
    let words = to + 1 - from;
    let kind = if titled
        || lexicon::is_role_noun(before) && words <= 4
        || apposed && words <= 4
        || speaks(tokens, to) && before != "the" && (2..=3).contains(&words)
        || holds(SAYING, before) && (2..=3).contains(&words)
    {
        NameKind::Person
    } else if before == "of" && holds(PLACE_NOUNS, two_before) || holds(PLACE_NOUNS, next) || holds(PLACE_CUES, before) {
        NameKind::Place
    } else {
        NameKind::Other
    };
    let folded = (from..=to).map(|i| bare(tokens.norm(i), tokens.possessive(i)).to_string()).collect();
    let mut span = tokens.cover(from, to);
    if tokens.possessive(to) {
        let raw = span.of(tokens.text);
        let cut = raw.rfind(crate::text::is_apostrophe).filter(|&cut| cut > 0);
        span.end = cut.map_or(span.end, |cut| span.start + cut);
    }
    out.push(Name { span, words: folded, kind, sentence });
}

/// `Secretary of State Jo Park`: the first word of the name after an office with `of`.
fn office(tokens: &Tokens<'_>, from: usize, to: usize) -> Option<usize> {
    let of = (from + 1..to).find(|&i| tokens.norm(i) == "of" && lexicon::is_role_noun(tokens.norm(i - 1)))?;
    match to - of {
        0 | 1 => Some(to),
        2 => Some(to),
        3 => Some(of + 2),
        _ => Some(to - 1),
    }
}

/// Whether a noun that says who somebody is stands in the phrase that starts at word `at`.
fn describes(tokens: &Tokens<'_>, at: usize) -> bool {
    for i in at..at + 6 {
        if lexicon::is_role_noun(tokens.norm(i)) {
            return true;
        }
        if !matches!(tokens.gap(i), Gap::Space | Gap::Hyphen) {
            return false;
        }
    }
    false
}

fn is_age(word: &str) -> bool {
    word.parse::<u32>().is_ok_and(|n| (1..120).contains(&n))
}

/// A name that is one word of a person's full name is that person; two-word names that end in such a word too.
fn people(names: &mut [Name]) {
    let last: BTreeSet<String> =
        names.iter().filter(|n| n.kind == NameKind::Person).filter_map(|n| n.words.last().cloned()).filter(|w| w.len() > 2).collect();
    for name in names.iter_mut() {
        if name.words.len() <= 3 && name.words.last().is_some_and(|w| last.contains(w)) {
            name.kind = NameKind::Person;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts;
    use super::*;
    use crate::document::Document;
    use crate::extract::extract;

    fn read(text: &str) -> Vec<(String, NameKind)> {
        let article = extract(&Document { text: text.to_string(), ..Document::default() });
        facts(text, &article).names.into_iter().map(|n| (n.span.of(text).to_string(), n.kind)).collect()
    }

    #[test]
    fn runs_titles_and_sentence_starts() {
        let got = read(
            "Workers in Port Velm met Finance Minister Ana de la Cruz on Monday. Cruz told the Velm Times that Bolonia's banks were safe.",
        );
        let names: Vec<&str> = got.iter().map(|(n, _)| n.as_str()).collect();
        assert_eq!(names, ["Port Velm", "Ana de la Cruz", "Cruz", "Velm Times", "Bolonia"]);
        assert_eq!(got[0].1, NameKind::Place);
        assert_eq!(got[1].1, NameKind::Person);
        assert_eq!(got[2].1, NameKind::Person);
    }
}
