//! A negation alone makes the difference: `is needed`, `is not needed`.
//!
//! The rules for clauses want several common words; where a sentence is otherwise the same, one `not` is enough.

use super::gaps::{Compared, Gap, Gaps};
use super::rows::{Rows, Verdict};
use super::view::View;
use super::{FactKind, FactRow, Mark};
use crate::document::Span;
use crate::facts::lexicon::is_negation;

/// Words of a place that holds little but a negation (`is not`, `does not`).
const MOST: usize = 3;

/// Makes altered rows of clauses that one side denies in the same words.
pub(super) fn denials(base: &View<'_>, variant: &View<'_>, gaps: &Gaps, rows: &mut Rows) {
    for pair in gaps.pairs.iter().filter(|p| turned(base, variant, p)) {
        for gap in pair.gaps.iter().filter(|g| denied(base, variant, g)) {
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
            rows.list.retain(|r| !(r.kind == FactKind::Claim && matches!(r.mark, Mark::Kept | Mark::Reworded) && speaks(r)));
            let verdict = Verdict::sure(Mark::Altered, "polarity", 0.7);
            rows.both(FactKind::Claim, &verdict, (base, left, pair.base), (variant, right, pair.variant));
        }
    }
}

/// Whether one of the sentences has more negations: one that only moved (`do not think it is`, `think it is not`) denies the same.
pub(super) fn turned(base: &View<'_>, variant: &View<'_>, pair: &Compared) -> bool {
    let count = |view: &View<'_>, sentence: usize| view.words_in(sentence).filter(|&at| is_negation(view.norm(at))).count();
    count(base, pair.base) != count(variant, pair.variant)
}

/// Whether a negation and no other word of content is what differs.
pub(super) fn denied(base: &View<'_>, variant: &View<'_>, gap: &Gap) -> bool {
    let count = |view: &View<'_>, run: &std::ops::Range<usize>| run.clone().filter(|&at| is_negation(view.norm(at))).count();
    let bare = |view: &View<'_>, run: &std::ops::Range<usize>| {
        run.len() <= MOST && run.clone().all(|at| !view.content[at] || is_negation(view.norm(at)))
    };
    // `not only` denies nothing
    let only = |view: &View<'_>, run: &std::ops::Range<usize>| matches!(view.norm(run.end), "just" | "least" | "merely" | "only");
    let (x, y) = (count(base, &gap.base), count(variant, &gap.variant));
    (x == 0) != (y == 0) && bare(base, &gap.base) && bare(variant, &gap.variant) && !only(base, &gap.base) && !only(variant, &gap.variant)
}

/// A word of the sentence in or right before the place.
fn beside(view: &View<'_>, at: usize, sentence: usize) -> usize {
    let home = view.words_in(sentence);
    at.saturating_sub(1).clamp(home.start, home.end.max(home.start + 1) - 1)
}
