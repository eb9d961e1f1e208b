//! Quarters and halves of a year.

use super::align::Alignment;
use super::rows::{Rows, Verdict};
use super::view::View;
use super::{FactKind, Mark};
use crate::document::Span;
use crate::facts::DateExpr;

/// Periods of one text that are compared.
const MAX_PERIODS: usize = 40;

/// Months of a year, as a text names them.
pub(super) struct Period {
    span: Span,
    sentence: usize,
    /// First and last month, 1 to 12.
    months: (u8, u8),
    /// Whether it is told by its months.
    by_months: bool,
}

impl Period {
    /// Whether the period takes in the month.
    pub(super) const fn holds(&self, month: u8) -> bool {
        self.months.0 <= month && month <= self.months.1
    }
}

/// Adds the rows of quarters and halves: `the first quarter` is `between January and March`.
pub(super) fn periods(base: &View<'_>, variant: &View<'_>, alignment: &Alignment, rows: &mut Rows) {
    let (left, right) = (take(base), take(variant));
    let mut used = vec![false; right.len()];
    for x in &left {
        let free = right.iter().enumerate().filter(|&(v, _)| !used[v]);
        let best = free
            .map(|(v, y)| (alignment.score(x.sentence, y.sentence), x.months == y.months, v))
            .filter(|&(link, same, v)| link > 0.0 || same && told_once(&left, x) && told_once(&right, &right[v]))
            .max_by(|a, b| (a.1, a.0).partial_cmp(&(b.1, b.0)).unwrap_or(std::cmp::Ordering::Equal).then(b.2.cmp(&a.2)));
        let Some((_, same, v)) = best else { continue };
        let y = &right[v];
        if !same && (states(&right, x) || states(&left, y)) {
            continue;
        }
        used[v] = true;
        let verdict = match (same, x.by_months == y.by_months) {
            (true, true) => Verdict::sure(Mark::Kept, "date", 0.8),
            (true, false) => Verdict::sure(Mark::Reworded, "date", 0.8),
            (false, _) => Verdict::sure(Mark::Altered, "date", 0.6),
        };
        rows.both(FactKind::Date, &verdict, (base, x.span, x.sentence), (variant, y.span, y.sentence));
    }
}

fn states(list: &[Period], of: &Period) -> bool {
    list.iter().any(|p| p.months == of.months)
}

fn told_once(list: &[Period], of: &Period) -> bool {
    list.iter().filter(|p| p.months == of.months).count() == 1
}

/// Quarters and halves of the text, in order.
pub(super) fn take(view: &View<'_>) -> Vec<Period> {
    let mut out = Vec::new();
    for sentence in 0..view.sentences() {
        for at in view.words_in(sentence) {
            if let Some(months) = named(view, at).filter(|_| !view.quoted[at]) {
                out.push(Period { span: view.span(at).join(view.span(at + 1)), sentence, months, by_months: false });
            }
        }
    }
    let dates = &view.text.facts.dates;
    for pair in dates.windows(2) {
        let [a, b] = pair else { continue };
        let (DateExpr::Month { month: first, .. }, DateExpr::Month { month: last, .. }) = (&a.expr, &b.expr) else { continue };
        let (from, to) = (view.words_of(a.span), view.words_of(b.span));
        let joined = a.sentence == b.sentence && to.start == from.end + 1;
        let lead = from.start.checked_sub(1).map_or("", |at| view.norm(at));
        let link = view.norm(from.end);
        let whole = matches!((first, last), (1, 3) | (4, 6) | (7, 9) | (10, 12) | (1, 6) | (7, 12));
        if joined && whole && matches!((lead, link), ("between", "and") | ("from", "to" | "through")) {
            out.push(Period {
                span: view.span(from.start - 1).join(b.span),
                sentence: a.sentence,
                months: (*first, *last),
                by_months: true,
            });
        }
    }
    out.sort_by_key(|p| p.span.start);
    out.truncate(MAX_PERIODS);
    out
}

/// The months of `first quarter` or `second half` at word `at`.
fn named(view: &View<'_>, at: usize) -> Option<(u8, u8)> {
    let n = match view.norm(at) {
        "first" | "opening" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" | "final" | "last" => 4,
        _ => return None,
    };
    match view.norm(at + 1) {
        "quarter" => Some((3 * n - 2, 3 * n)),
        "half" if n == 1 => Some((1, 6)),
        "half" if n == 2 => Some((7, 12)),
        _ => None,
    }
}
