//! One value in another's place: sentences that are otherwise the same, with another day, figure or name in one spot.
//!
//! The rules for numbers, dates and names look for a counterpart in the whole text and may find it elsewhere; where all
//! words around two values are the same, the place decides.

use super::gaps::{Gap, Gaps};
use super::rows::{Rows, Verdict};
use super::view::View;
use super::{FactKind, FactRow, Mark};
use crate::document::Span;
use crate::facts::DateExpr;
use std::ops::Range;

/// Words of a name that stands in another's place.
const LONGEST_NAME: usize = 4;
/// Letters that may differ between two spellings of one name.
const SPELLING: usize = 2;

/// Adds a row for each value that another took the place of.
pub(super) fn exchanged(base: &View<'_>, variant: &View<'_>, gaps: &Gaps, rows: &mut Rows) {
    for pair in &gaps.pairs {
        for gap in pair.gaps.iter().filter(|g| !g.base.is_empty() && !g.variant.is_empty()) {
            if gap.base.clone().all(|at| base.quoted[at]) && gap.variant.clone().all(|at| variant.quoted[at]) {
                continue;
            }
            let Some((kind, x, y, verdict)) = exchange((base, pair.base), (variant, pair.variant), gap) else { continue };
            let told = |r: &FactRow| {
                r.base.as_ref().is_some_and(|s| s.span.overlaps(x))
                    && r.variant.as_ref().is_some_and(|s| s.span.overlaps(y))
                    && matches!(r.kind, FactKind::Number | FactKind::Date | FactKind::Name | FactKind::Place | FactKind::Quote)
            };
            if rows.list.iter().any(told) {
                continue;
            }
            let one_sided = |r: &FactRow| {
                let values = matches!(r.kind, FactKind::Number | FactKind::Date | FactKind::Name | FactKind::Place | FactKind::Role);
                let lost = r.mark == Mark::Dropped && r.base.as_ref().is_some_and(|s| s.span.overlaps(x));
                let new = r.mark == Mark::Added && r.variant.as_ref().is_some_and(|s| s.span.overlaps(y));
                values && (lost || new)
            };
            rows.list.retain(|r| !one_sided(r));
            rows.both(kind, &verdict, (base, x, pair.base), (variant, y, pair.variant));
        }
    }
}

/// Kind, the two places and the verdict.
pub(super) type Exchange = (FactKind, Span, Span, Verdict);

/// The value or name that stands in the place of another in a gap of two sentences.
pub(super) fn exchange((base, b): (&View<'_>, usize), (variant, v): (&View<'_>, usize), gap: &Gap) -> Option<Exchange> {
    value(base, variant, gap).or_else(|| figure(base, variant, gap)).or_else(|| name((base, b), (variant, v), gap))
}

/// Bare figures in each other's place, whatever they are of: a score, the first year of a period, a version.
fn figure(base: &View<'_>, variant: &View<'_>, gap: &Gap) -> Option<Exchange> {
    let (x, y) = (gap.base.start, gap.variant.start);
    let bare = |norm: &str| !norm.is_empty() && norm.bytes().all(|c| c.is_ascii_digit());
    if gap.base.len() != 1 || gap.variant.len() != 1 || !bare(base.norm(x)) || !bare(variant.norm(y)) {
        return None;
    }
    Some((FactKind::Number, base.span(x), variant.span(y), Verdict::sure(Mark::Altered, "number", 0.7)))
}

/// A date or figure in the place of another.
fn value(base: &View<'_>, variant: &View<'_>, gap: &Gap) -> Option<Exchange> {
    let (x, y) = (Value::of(base, &gap.base)?, Value::of(variant, &gap.variant)?);
    let same = match (&x, &y) {
        (Value::Date(a), Value::Date(b)) => {
            let (a, b) = (&base.text.facts.dates[*a].expr, &variant.text.facts.dates[*b].expr);
            // `2025` and `last year` may be one: that hangs on the day of the page
            a == b || counted_back(a) != counted_back(b)
        }
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (&base.text.facts.numbers[*a], &variant.text.facts.numbers[*b]);
            (a.value - b.value).abs() <= 1e-9 * a.value.abs() || a.unit != b.unit
        }
        _ => false,
    };
    if same {
        return None;
    }
    let kind = if matches!((&x, &y), (Value::Date(_), Value::Date(_))) { FactKind::Date } else { FactKind::Number };
    let subtype = if kind == FactKind::Date { "date" } else { "number" };
    Some((kind, x.span(base), y.span(variant), Verdict::sure(Mark::Altered, subtype, 0.85)))
}

/// Whether the date is told from the day of the page.
const fn counted_back(x: &DateExpr) -> bool {
    matches!(x, DateExpr::RelativeDays(_) | DateExpr::RelativeMonths(_) | DateExpr::RelativeYears(_))
}

/// The one date or figure that a gap is made of, by its place among the facts of the text.
enum Value {
    Date(usize),
    Number(usize),
}

impl Value {
    fn of(view: &View<'_>, run: &Range<usize>) -> Option<Self> {
        let facts = view.text.facts;
        let inside = |span: Span| run.clone().any(|at| span.contains(view.span(at)));
        let covers = |span: Span| run.clone().all(|at| span.contains(view.span(at)) || !view.content[at]);
        let first = view.span(run.start);
        let from = facts.dates.partition_point(|d| d.span.end <= first.start);
        let date = facts.dates.iter().enumerate().skip(from).take(2).find(|(_, d)| inside(d.span) && covers(d.span));
        if let Some((at, _)) = date {
            return Some(Self::Date(at));
        }
        let from = facts.numbers.partition_point(|n| n.span.end <= first.start);
        facts.numbers.iter().enumerate().skip(from).take(2).find(|(_, n)| inside(n.span) && covers(n.span)).map(|(at, _)| Self::Number(at))
    }

    fn span(&self, view: &View<'_>) -> Span {
        match *self {
            Self::Date(at) => view.text.facts.dates[at].span,
            Self::Number(at) => view.text.facts.numbers[at].span,
        }
    }
}

/// A name in the place of another: sure where both have two words and more, or where the base knows the other name as well.
fn name((base, b): (&View<'_>, usize), (variant, v): (&View<'_>, usize), gap: &Gap) -> Option<Exchange> {
    let (x, y) = (named(base, &gap.base, b)?, named(variant, &gap.variant, v)?);
    let initials = |view: &View<'_>, run: &Range<usize>| run.clone().filter_map(|at| view.norm(at).chars().next()).collect::<String>();
    let short = |one: &View<'_>, run: &Range<usize>, other: &View<'_>, whole: &Range<usize>| {
        run.len() == 1 && one.norm(run.start) == initials(other, whole)
    };
    let alike = x.clone().zip(y.clone()).all(|(a, b)| near(base.norm(a), variant.norm(b))) && x.len() == y.len();
    if short(base, &x, variant, &y) || short(variant, &y, base, &x) {
        return None;
    }
    let span = |view: &View<'_>, run: &Range<usize>| view.span(run.start).join(view.span(run.end - 1));
    if alike {
        return Some((FactKind::Name, span(base, &x), span(variant, &y), Verdict::sure(Mark::Kept, "name", 0.7)));
    }
    let known = y.clone().all(|at| base.has(variant.ids[at]));
    let firm = x.len() >= 2 && y.len() >= 2 || known;
    let verdict = Verdict { mark: Mark::Altered, subtype: "name", confidence: if firm { 0.75 } else { 0.45 }, check: !firm };
    Some((FactKind::Name, span(base, &x), span(variant, &y), verdict))
}

/// The run, if it is a name: capital letters throughout, and not only because a sentence begins there.
fn named(view: &View<'_>, run: &Range<usize>, sentence: usize) -> Option<Range<usize>> {
    let text = view.text.text;
    let capital = |at: usize| view.text.article.words.get(at).is_some_and(|w| w.is_capitalized(text));
    let begins = view.words_in(sentence).start == run.start;
    let sure = !begins || run.clone().any(|at| view.named[at]);
    // `The Courier` has its article in the name
    let (the, rest) = if view.norm(run.start) == "the" && !begins { (1, run.start + 1..run.end) } else { (0, run.clone()) };
    let full = !rest.is_empty() && rest.clone().all(|at| view.content[at]);
    (run.len() <= LONGEST_NAME + the && sure && full && run.clone().all(capital)).then(|| run.clone())
}

/// Whether two words may be spellings of one name.
fn near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > SPELLING || a.len() < 4 {
        return a == b;
    }
    let ends =
        a.iter().zip(&b).take_while(|(x, y)| x == y).count() + a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    ends + SPELLING >= a.len().max(b.len())
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn spellings_of_one_name() {
        assert!(near("zelensky", "zelenskyy") && near("kyiv", "kyiv") && near("gustafson", "gustafon"));
        assert!(!near("obama", "diallo") && !near("smith", "jones") && !near("ana", "eva"));
    }
}
