//! A negation alone makes the difference: `is needed`, `is not needed`.
//!
//! The rules for clauses want several common words; where a sentence is otherwise the same, one `not` is enough.

use super::degree::has_superlative;
use super::gaps::{Compared, Gap, Gaps};
use super::rows::{Rows, Verdict};
use super::view::View;
use super::{FactKind, FactRow, Mark};
use crate::document::Span;
use crate::facts::lexicon::is_negation;
use std::ops::Range;

/// Words of a place that holds little but a negation (`is not`, `does not`).
const MOST: usize = 3;

/// Makes altered rows of clauses that one side denies in the same words.
pub(super) fn denials(base: &View<'_>, variant: &View<'_>, gaps: &Gaps, rows: &mut Rows) {
    for pair in gaps.pairs.iter().filter(|p| turned(base, variant, p)) {
        for gap in pair.gaps.iter().filter(|g| denied(base, variant, pair, g)) {
            let (x, y) = (beside(base, gap.base.start, pair.base), beside(variant, gap.variant.start, pair.variant));
            // the row of the quotation says it
            if base.quoted[x] && variant.quoted[y] {
                continue;
            }
            let (from, to) = (base.span(x), variant.span(y));
            let speaks = |r: &FactRow| {
                r.base.as_ref().is_some_and(|s| s.span.contains(from)) && r.variant.as_ref().is_some_and(|s| s.span.contains(to))
            };
            if rows.list.iter().any(|r| r.subtype == "polarity" && speaks(r)) {
                continue;
            }
            let clause = |view: &View<'_>, at: Span, sentence: usize| {
                let own = view.text.facts.claims.iter().find(|c| c.sentence == sentence && c.span.contains(at));
                own.map(|c| c.span).or_else(|| view.text.article.sentences.get(sentence).map(|s| s.span)).unwrap_or(at)
            };
            let (left, right) = (clause(base, from, pair.base), clause(variant, to, pair.variant));
            // `the deadliest of its kind`, `none has claimed so many lives`
            if has_superlative(base, left) != has_superlative(variant, right) {
                continue;
            }
            rows.list.retain(|r| !(r.kind == FactKind::Claim && matches!(r.mark, Mark::Kept | Mark::Reworded) && speaks(r)));
            let verdict = Verdict::sure(Mark::Altered, "polarity", 0.7);
            rows.both(FactKind::Claim, &verdict, (base, left, pair.base), (variant, right, pair.variant));
        }
    }
}

/// How many words of the run deny something; `not only` and `no later than` deny nothing.
fn negations(view: &View<'_>, run: Range<usize>, sentence: usize) -> usize {
    let end = view.words_in(sentence).end;
    let word = |at: usize| if at < end { view.norm(at) } else { "" };
    let bound = |at: usize| matches!(word(at + 1), "just" | "least" | "merely" | "only") || word(at + 2) == "than";
    run.filter(|&at| (is_negation(view.norm(at)) || denies(view.norm(at))) && !bound(at)).count()
}

/// Verbs that say by themselves that something is not so.
pub(super) fn denies(norm: &str) -> bool {
    matches!(norm, "denied" | "denies" | "deny" | "denying")
}

/// Whether one of the sentences has more negations: one that only moved (`do not think it is`, `think it is not`) denies the same.
pub(super) fn turned(base: &View<'_>, variant: &View<'_>, pair: &Compared) -> bool {
    negations(base, base.words_in(pair.base), pair.base) != negations(variant, variant.words_in(pair.variant), pair.variant)
}

/// Whether a negation and no other word of content is what differs.
pub(super) fn denied(base: &View<'_>, variant: &View<'_>, pair: &Compared, gap: &Gap) -> bool {
    let bare =
        |view: &View<'_>, run: &Range<usize>| run.len() <= MOST && run.clone().all(|at| !view.content[at] || is_negation(view.norm(at)));
    let (x, y) = (negations(base, gap.base.clone(), pair.base), negations(variant, gap.variant.clone(), pair.variant));
    (x == 0) != (y == 0) && bare(base, &gap.base) && bare(variant, &gap.variant)
}

/// A word of the sentence in or right before the place.
fn beside(view: &View<'_>, at: usize, sentence: usize) -> usize {
    let home = view.words_in(sentence);
    at.saturating_sub(1).clamp(home.start, home.end.max(home.start + 1) - 1)
}
