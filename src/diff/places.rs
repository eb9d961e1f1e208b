//! Phrases of place that both texts have word for word.

use super::align::Alignment;
use super::rows::{Rows, Verdict};
use super::view::View;
use super::{FactKind, Mark};
use crate::facts::lexicon::{REPORTING, holds};
use crate::text::is_stopword;
use std::ops::Range;

/// Words of a phrase.
const MAX_WORDS: usize = 8;
/// Phrases of one text that are compared.
const MAX_PHRASES: usize = 2_000;

/// Prepositions that open a phrase of place.
const OPENING: &[&str] =
    &["across", "along", "at", "from", "in", "inside", "into", "near", "off", "on", "outside", "through", "to", "within"];

struct Phrase {
    words: Range<usize>,
    sentence: usize,
}

/// Adds `kept` rows of phrases of place that stand in linked sentences of both texts and that no other row is about.
pub(super) fn kept(base: &View<'_>, variant: &View<'_>, alignment: &Alignment, rows: &mut Rows) {
    let left = take(base);
    let right = take(variant);
    let mut used = vec![false; right.len()];
    for x in &left {
        let equal =
            |y: &Phrase| x.words.len() == y.words.len() && x.words.clone().zip(y.words.clone()).all(|(a, b)| base.ids[a] == variant.ids[b]);
        let found = right.iter().enumerate().filter(|&(v, y)| !used[v] && alignment.score(x.sentence, y.sentence) > 0.0 && equal(y));
        let Some((v, y)) = found.max_by(|a, b| {
            let score = |y: &Phrase| alignment.score(x.sentence, y.sentence);
            score(a.1).total_cmp(&score(b.1)).then(b.0.cmp(&a.0))
        }) else {
            continue;
        };
        let span = |view: &View<'_>, p: &Phrase| view.span(p.words.start).join(view.span(p.words.end - 1));
        let (from, to) = (span(base, x), span(variant, y));
        let told = rows.list.iter().any(|r| {
            let here = |side: &Option<super::Side>, span: crate::document::Span| side.as_ref().is_some_and(|s| s.span.overlaps(span));
            let both = here(&r.base, from) && here(&r.variant, to);
            let changed = r.mark != Mark::Kept && (here(&r.base, from) || here(&r.variant, to));
            matches!(r.kind, FactKind::Place | FactKind::Name) && (both || changed)
        });
        if told {
            continue;
        }
        used[v] = true;
        // without a name it may be no place at all: `in the study`
        let named = x.words.clone().any(|at| base.named[at]);
        let (kind, subtype) = if named { (FactKind::Place, "place") } else { (FactKind::Claim, "phrase") };
        let verdict = Verdict::sure(Mark::Kept, subtype, 0.8);
        rows.both(kind, &verdict, (base, from, x.sentence), (variant, to, y.sentence));
    }
}

/// Phrases from a preposition to the end of its noun: a mark, a verb, the next preposition but `of`.
fn take(view: &View<'_>) -> Vec<Phrase> {
    let mut out = Vec::new();
    for sentence in 0..view.sentences() {
        let home = view.words_in(sentence);
        for at in home.clone().filter(|&at| OPENING.contains(&view.norm(at)) && !view.quoted[at]) {
            let mut end = at + 1;
            while end < home.end && end - at < MAX_WORDS && joined(view, end - 1) && !stops(view, end) {
                end += 1;
            }
            let content = (at + 1..end).filter(|&i| view.content[i]).count();
            let firm = end == home.end || end - at < MAX_WORDS;
            if content > 0 && firm && place(view, at..end) && out.len() < MAX_PHRASES {
                out.push(Phrase { words: at..end, sentence });
            }
        }
    }
    out
}

/// Whether only white space or a hyphen stands between word `at` and the next.
fn joined(view: &View<'_>, at: usize) -> bool {
    let between = view.text.text.get(view.span(at).end..view.span(at + 1).start).unwrap_or("x");
    between.chars().all(|c| c.is_whitespace() || crate::text::is_dash(c) || crate::text::is_apostrophe(c))
}

fn stops(view: &View<'_>, at: usize) -> bool {
    let word = view.norm(at);
    let inside = matches!(word, "the" | "a" | "an" | "of" | "his" | "her" | "its" | "their" | "this" | "that" | "same" | "own");
    let name = view.named[at];
    !name && (!inside && is_stopword(word) || holds(REPORTING, word) || word.ends_with("ed") || word.ends_with("ing") && word.len() > 6)
}

/// A phrase with a number or a date in it tells no place; one without a name must have an article.
fn place(view: &View<'_>, words: Range<usize>) -> bool {
    let span = view.span(words.start).join(view.span(words.end - 1));
    let facts = view.text.facts;
    let valued = facts.dates.iter().any(|d| d.span.overlaps(span)) || facts.numbers.iter().any(|n| n.span.overlaps(span));
    let named = words.clone().any(|at| view.named[at]);
    let lies = !matches!(view.norm(words.start), "from" | "to");
    let article = lies && matches!(view.norm(words.start + 1), "the" | "a" | "an" | "his" | "her" | "its" | "their");
    let person = facts.names.iter().any(|n| n.kind == crate::facts::NameKind::Person && n.span.overlaps(span));
    let solid = view.norm(words.end - 1) != "of" && view.norm(words.end - 1) != "the";
    !valued && !person && solid && (named || article)
}
