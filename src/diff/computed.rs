//! Dates that follow from a length of time and the other way round: `from 2019 to 2024` and `for five years`, `for ten years` and
//! `until 2036`.

use super::rows::{Rows, Verdict};
use super::view::View;
use super::{FactKind, FactRow, Mark};
use crate::document::Span;
use crate::facts::DateExpr;

/// Years that a page names, its stamp taken in, from which others may be counted.
const MAX_YEARS: usize = 60;

/// Figures and dates of one text that are read.
const MAX_NUMBERS: usize = 500;

/// What two statements are that come to the same.
const SAME: Verdict = Verdict::sure(Mark::Reworded, "number_computed", 0.6);

/// Joins left-over years and left-over lengths of time of the two texts that come to the same.
pub(super) fn computed(base: &View<'_>, variant: &View<'_>, rows: &mut Rows) {
    let now = this_year(base).or_else(|| this_year(variant));
    let (years, lengths) = (years(base, rows, Mark::Dropped), lengths(base, rows, Mark::Dropped));
    let (new_years, new_lengths) = (self::years(variant, rows, Mark::Added), self::lengths(variant, rows, Mark::Added));
    for &(span, sentence, length) in &new_lengths {
        let between = years.windows(2).find(|w| w[0].1 == w[1].1 && w[1].2 - w[0].2 == length).map(|w| (w[0].0.join(w[1].0), w[0].1));
        let since = || years.iter().find(|y| now.is_some_and(|now| now - y.2 == length)).map(|y| (y.0, y.1));
        if let Some(from) = between.or_else(since) {
            join(base, from, variant, (span, sentence), SAME, rows);
        }
    }
    for &(span, sentence, length) in &lengths {
        let until = new_years.iter().find(|y| now.is_some_and(|now| (y.2 - now).abs() == length));
        if let Some(y) = until {
            join(base, (span, sentence), variant, (y.0, y.1), SAME, rows);
        }
    }
}

/// `7.30` is half past seven where the other text has that time.
pub(super) fn bare_clocks(base: &View<'_>, variant: &View<'_>, rows: &mut Rows) {
    let clock = |d: &crate::facts::DateMention| match d.expr {
        DateExpr::Clock(c) if c.minutes % 60 != 0 => Some((c.minutes / 60 % 12, c.minutes % 60)),
        _ => None,
    };
    let told = |n: &crate::facts::Number| {
        let (hour, minute) = n.span.of(variant.text.text).split_once('.')?;
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok().filter(|_| minute.len() == 2)?);
        (n.unit.is_none() && left_over(rows, Mark::Added, n.span)).then_some((hour % 12, minute, n.span, n.sentence))
    };
    let bare: Vec<_> = variant.text.facts.numbers.iter().take(MAX_NUMBERS).filter_map(told).collect();
    for d in base.text.facts.dates.iter().take(MAX_NUMBERS).filter(|_| !bare.is_empty()) {
        let Some((hour, minute)) = clock(d).filter(|_| left_over(rows, Mark::Dropped, d.span)) else { continue };
        if let Some(&(.., span, at)) = bare.iter().find(|b| (b.0, b.1) == (hour, minute)) {
            let verdict = Verdict::sure(Mark::Kept, "date", 0.7);
            join(base, (d.span, d.sentence), variant, (span, at), verdict, rows);
        }
    }
}

/// A place with the years that it tells or lasts.
type Told = (Span, usize, i16);

fn join(base: &View<'_>, x: (Span, usize), variant: &View<'_>, y: (Span, usize), verdict: Verdict, rows: &mut Rows) {
    let gone =
        |r: &FactRow| r.variant.is_none() && value(r) && r.base.as_ref().is_some_and(|s| x.0.contains(s.span) || s.span.contains(x.0));
    let new =
        |r: &FactRow| r.base.is_none() && value(r) && r.variant.as_ref().is_some_and(|s| y.0.contains(s.span) || s.span.contains(y.0));
    rows.list.retain(|r| !gone(r) && !new(r));
    rows.both(FactKind::Date, &verdict, (base, x.0, x.1), (variant, y.0, y.1));
}

const fn value(row: &FactRow) -> bool {
    matches!(row.kind, FactKind::Number | FactKind::Date)
}

/// The year of the page: of its stamp, or the latest one that its body names with a day.
fn this_year(view: &View<'_>) -> Option<i16> {
    let article = view.text.article;
    let day = |d: &crate::facts::DateMention| match d.expr {
        DateExpr::Day { year, .. } => year,
        _ => None,
    };
    article.page_date.map(|p| p.date.year()).or_else(|| view.text.facts.dates.iter().filter_map(day).max())
}

/// Years that a one-sided row tells.
fn years(view: &View<'_>, rows: &Rows, mark: Mark) -> Vec<Told> {
    let year = |d: &&crate::facts::DateMention| matches!(d.expr, DateExpr::Year(_));
    let dates = view.text.facts.dates.iter().filter(year).filter(|d| left_over(rows, mark, d.span));
    let told = dates.take(MAX_YEARS).filter_map(|d| if let DateExpr::Year(y) = d.expr { Some((d.span, d.sentence, y)) } else { None });
    told.collect()
}

/// Whole years that a one-sided row says something lasts.
fn lengths(view: &View<'_>, rows: &Rows, mark: Mark) -> Vec<Told> {
    let numbers = view.text.facts.numbers.iter().filter(|n| n.unit.as_deref() == Some("month") && n.upper.is_none() && !n.vague);
    let whole = numbers.filter(|n| n.value >= 12.0 && n.value <= 1200.0 && n.value % 12.0 == 0.0 && left_over(rows, mark, n.span));
    whole.take(MAX_YEARS).map(|n| (n.span, n.sentence, (n.value / 12.0) as i16)).collect()
}

fn left_over(rows: &Rows, mark: Mark, span: Span) -> bool {
    let side = |r: &FactRow| if mark == Mark::Added { r.variant.as_ref() } else { r.base.as_ref() }.is_some_and(|s| s.span.overlaps(span));
    rows.list.iter().any(|r| r.mark == mark && value(r) && side(r))
}
