//! Who somebody is, in words that no rule reads as a role.

use super::view::View;
use crate::document::Span;
use crate::facts::NameKind;
use std::collections::BTreeMap;

/// Words on either side of a name that may describe its bearer.
const REACH: usize = 18;

/// Where a text says of a person what a title of the other text says.
pub(super) struct Described {
    pub(super) span: Span,
    pub(super) sentence: usize,
    /// Whether it has every word of the title.
    pub(super) whole: bool,
}

/// The words around `person` that hold at least half of the title's words, in any order: `Otto Weiss, 44, taught at the
/// harbour school` for `harbour school teacher`.
pub(super) fn described(view: &View<'_>, person: &str, title: &[&str]) -> Option<Described> {
    if title.is_empty() {
        return None;
    }
    let mut best: Option<(usize, Described)> = None;
    for name in view.text.facts.names.iter().filter(|n| n.sentence < view.sentences()) {
        if name.words.last().is_none_or(|w| w != person) {
            continue;
        }
        let own = view.words_of(name.span);
        let home = view.words_in(name.sentence);
        let near = home.start.max(own.start.saturating_sub(REACH))..home.end.min(own.end + REACH);
        let mut found: Vec<&str> = Vec::new();
        let mut span = name.span;
        for at in near.filter(|at| !own.contains(at) && !view.quoted[*at]) {
            if title.contains(&view.canon[at]) {
                span = span.join(view.span(at));
                found.push(view.canon[at]);
            }
        }
        found.sort_unstable();
        found.dedup();
        let (hits, all) = (found.len(), title.len());
        if hits * 2 > all || hits * 2 == all && all > 2 {
            let said = Described { span, sentence: name.sentence, whole: hits == all };
            if best.as_ref().is_none_or(|(top, b)| hits > *top || hits == *top && span.len() < b.span.len()) {
                best = Some((hits, said));
            }
        }
    }
    best.map(|(_, said)| said)
}

/// Whether a comma parts the full name of `person` from other words of its sentence, which may say who it is: `Rupert Ames, for the
/// council,`.
pub(super) fn set_off(view: &View<'_>, person: &str) -> bool {
    let names = view.text.facts.names.iter().filter(|n| n.sentence < view.sentences() && n.words.len() >= 2);
    names.filter(|n| n.words.last().is_some_and(|w| w == person)).any(|name| {
        let own = view.words_of(name.span);
        let home = view.words_in(name.sentence);
        let gap = |at: usize| view.text.text.get(view.span(at - 1).end..view.span(at).start).unwrap_or_default().trim();
        let says = |at: usize| crate::facts::lexicon::holds(crate::facts::lexicon::REPORTING, view.norm(at));
        let before = own.start > home.start && gap(own.start) == "," && !view.quoted[own.start - 1] && !says(own.start - 1);
        let after = own.end < home.end && gap(own.end) == "," && !view.quoted[own.end] && !says(own.end);
        before || after
    })
}

/// Where all words of a title of three words or more stand in a row.
pub(super) fn in_a_row(view: &View<'_>, title: &[&str]) -> Option<(Span, usize)> {
    if title.len() < 3 {
        return None;
    }
    (0..view.sentences()).find_map(|sentence| {
        let words: Vec<usize> = view.words_in(sentence).filter(|&at| view.content[at] && !view.quoted[at]).collect();
        let run = words.windows(title.len()).find(|run| run.iter().zip(title).all(|(&at, &word)| view.canon[at] == word))?;
        Some((view.span(*run.first()?).join(view.span(*run.last()?)), sentence))
    })
}

/// What a person comes from or belongs to, in one word.
pub(super) struct Origin<'a> {
    pub(super) span: Span,
    pub(super) sentence: usize,
    pub(super) word: &'a str,
}

/// Persons with the possessive right before (`Bolonia's Jo Park`) or the `of` right after their full name
/// (`Jo Park of Bolonia`), by that name.
pub(super) fn origins<'a>(view: &View<'a>) -> BTreeMap<&'a [String], Origin<'a>> {
    let mut out = BTreeMap::new();
    for name in view.text.facts.names.iter().filter(|n| n.kind != NameKind::Place && n.sentence < view.sentences()) {
        let own = view.words_of(name.span);
        let home = view.words_in(name.sentence);
        let capital = |at: usize| home.contains(&at) && view.text.article.words.get(at).is_some_and(|w| w.is_capitalized(view.text.text));
        // a name takes `of` in: its last word is then the origin
        let parts: Vec<&[String]> = name.words.split(|w| w == "of").collect();
        let (full, at) = match parts.as_slice() {
            [full, [_]] => (*full, own.end - 1),
            [full] => {
                let owner = own.start.checked_sub(1).filter(|&at| capital(at) && possessive(view, at));
                let bracketed = Some(own.end + 1).filter(|&at| view.norm(at - 1) == "of" && capital(at) && !capital(at + 1));
                let Some(at) = owner.or(bracketed) else { continue };
                (*full, at)
            }
            _ => continue,
        };
        if full.len() < 2 {
            continue;
        }
        let word = view.norm(at);
        let word = if possessive(view, at) { word.strip_suffix('s').unwrap_or(word) } else { word };
        out.entry(full).or_insert(Origin { span: name.span.join(view.span(at)), sentence: name.sentence, word });
    }
    out
}

fn possessive(view: &View<'_>, at: usize) -> bool {
    view.span(at).of(view.text.text).strip_suffix('s').is_some_and(|r| r.ends_with(crate::text::is_apostrophe))
}
