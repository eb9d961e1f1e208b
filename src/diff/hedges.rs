//! Doubt that one text has and the other has not: `reportedly`, `may have`.

use super::align::Alignment;
use super::lcs::lcs;
use super::rows::{Rows, Verdict};
use super::view::View;
use super::{FactKind, Mark};
use crate::document::Span;
use crate::facts::Attribution;
use crate::facts::lexicon::{HEDGE_ADVERBS, holds};

/// Score of a link between sentences that differ in little.
const CLOSE: f64 = 0.45;
/// Words of a sentence that are read word by word.
const MAX_WORDS: usize = 120;
/// Links that are read word by word.
const MAX_LINKS: usize = 400;

/// Verbs of possibility.
const MODALS: &[&str] = &["could", "may", "might"];

/// Words that leave a statement open, also in other words than the base's.
#[rustfmt::skip]
const OPEN: &[&str] = &[
    "alleged", "allegedly", "apparently", "believed", "can", "cannot", "cant", "could", "couldnt", "feared", "if", "likely", "may", "might", "perhaps", "possible",
    "possibly", "potential", "potentially", "presumably", "probable", "probably", "purportedly", "reportedly", "seems", "should",
    "supposedly", "suspect", "suspected", "thought", "unclear", "whether", "would", "wouldnt",
];

/// Adds rows of hedges that one side has and the other has not.
pub(super) fn hedges(
    base: &View<'_>,
    variant: &View<'_>,
    alignment: &Alignment,
    left: &[&Attribution],
    right: &[&Attribution],
    rows: &mut Rows,
) {
    let verdict = Verdict::sure(Mark::Altered, "hedge", 0.55);
    for y in right.iter().filter(|a| holds(HEDGE_ADVERBS, &a.verb)) {
        let links = alignment.of_variant(y.sentence);
        let before = links.iter().any(|l| left.iter().any(|x| x.hedged && x.sentence == l.base));
        if let (false, Some(link)) = (before, links.first()) {
            let at = counterpart(base, link.base, variant, y);
            rows.both(FactKind::Attribution, &verdict, (base, at, link.base), (variant, y.span, y.sentence));
        }
    }
    for x in left.iter().filter(|a| holds(HEDGE_ADVERBS, &a.verb)) {
        let links = alignment.of_base(x.sentence);
        let kept = links.iter().any(|l| open(variant, l.variant) || right.iter().any(|y| y.sentence == l.variant));
        if let (false, Some(link)) = (kept, links.first().filter(|l| l.score >= CLOSE)) {
            let at = variant.text.article.sentences.get(link.variant).map_or(Span::default(), |s| s.span);
            rows.both(FactKind::Attribution, &verdict, (base, x.span, x.sentence), (variant, at, link.variant));
        }
    }
    let mut read = 0;
    for sentence in 0..base.sentences() {
        for link in alignment.of_base(sentence).iter().filter(|l| l.score >= CLOSE) {
            read += 1;
            if read > MAX_LINKS {
                return;
            }
            modal(base, sentence, variant, link.variant, rows);
        }
    }
}

/// Whether any word of the sentence leaves it open.
fn open(view: &View<'_>, sentence: usize) -> bool {
    view.words_in(sentence).any(|at| OPEN.contains(&view.norm(at)) && !month(view, at))
}

/// `May`, the month.
fn month(view: &View<'_>, at: usize) -> bool {
    view.norm(at) == "may" && view.text.article.words.get(at).is_some_and(|w| w.is_capitalized(view.text.text))
}

/// `may have caused` on one side and `caused` on the other, the only open words of the two sentences.
fn modal(base: &View<'_>, b: usize, variant: &View<'_>, v: usize, rows: &mut Rows) {
    let (x, y) = (open(base, b), open(variant, v));
    if x == y {
        return;
    }
    let left: Vec<usize> = base.words_in(b).take(MAX_WORDS).collect();
    let right: Vec<usize> = variant.words_in(v).take(MAX_WORDS).collect();
    let ids = |view: &View<'_>, list: &[usize]| list.iter().map(|&at| view.ids[at]).collect::<Vec<_>>();
    for (i, j) in lcs(&ids(base, &left), &ids(variant, &right)) {
        let (Some(&p), Some(&q)) = (left.get(i), right.get(j)) else { continue };
        let from = if x { governed(base, b, p) } else { governed(variant, v, q) };
        // `the name` is no deed that `could name` would leave open
        let noun = |view: &View<'_>, at: usize| at > 0 && matches!(view.norm(at - 1), "a" | "an" | "the" | "its" | "his" | "her" | "their");
        let deed = base.content[p] && !noun(base, p) && !noun(variant, q);
        let Some(from) = from.filter(|_| deed && !base.quoted[p] && !variant.quoted[q]) else { continue };
        let (one, other) = if x {
            (base.span(from).join(base.span(p)), variant.span(q))
        } else {
            (base.span(p), variant.span(from).join(variant.span(q)))
        };
        let verdict = Verdict::sure(Mark::Altered, "hedge", 0.55);
        rows.both(FactKind::Attribution, &verdict, (base, one, b), (variant, other, v));
        return;
    }
}

/// The modal verb that governs the verb at `at`: `may cause`, `might not have been caused`.
fn governed(view: &View<'_>, sentence: usize, at: usize) -> Option<usize> {
    let home = view.words_in(sentence).start;
    for i in (home.max(at.saturating_sub(4))..at).rev() {
        let word = view.norm(i);
        // `could not turn` speaks of ability
        let able = word == "could" && view.norm(i + 1) == "not";
        if MODALS.contains(&word) && !month(view, i) && !able {
            return Some(i);
        }
        if !matches!(word, "have" | "be" | "been" | "not" | "also" | "even") {
            return None;
        }
    }
    None
}

/// The clause of the base's sentence that shares most with the clause around the adverb.
fn counterpart(base: &View<'_>, sentence: usize, variant: &View<'_>, y: &Attribution) -> Span {
    let clause = variant.text.facts.claims.iter().find(|c| c.span.contains(y.span)).map_or(y.span, |c| c.span);
    let words = variant.content_of(clause);
    let own = base.text.facts.claims.iter().filter(|c| c.sentence == sentence);
    let best = own.max_by_key(|c| base.content_of(c.span).iter().filter(|w| words.contains(w)).count());
    best.map(|c| c.span).unwrap_or_default()
}
