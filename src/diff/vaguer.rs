//! A date said less exactly: a month for a day, an afternoon for a clock time, a season for a month.

use super::align::Alignment;
use super::view::View;
use crate::document::Span;
use crate::facts::{DateExpr, DateMention};

/// Sentences on either side of a linked one that are read for words of time.
const NEAR: usize = 1;

/// What became of a date that the variant tells in a coarser form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Coarser {
    /// Less is known than before.
    Vaguer(&'static str),
    /// The same seen from the day of the page.
    Reworded,
}

/// Whether `y` says the same as `x` and less exactly.
pub(super) fn coarser(x: &DateExpr, y: &DateExpr) -> Option<Coarser> {
    match (x, y) {
        (DateExpr::Day { month: a, .. }, DateExpr::Month { month: b, .. }) if a == b => Some(Coarser::Vaguer("date_vaguer")),
        (DateExpr::Day { year: Some(a), .. } | DateExpr::Month { year: Some(a), .. }, DateExpr::Year(b)) if a == b => {
            Some(Coarser::Vaguer("date_vaguer"))
        }
        (DateExpr::Weekday { .. }, DateExpr::RelativeDays(-1..=0)) => Some(Coarser::Reworded),
        (DateExpr::Clock(clock), DateExpr::Other(word)) if hours(word).is_some_and(|h| inside(clock.minutes / 60, h)) => {
            Some(Coarser::Vaguer("time_vaguer"))
        }
        (DateExpr::Year(_) | DateExpr::Month { year: Some(_), .. }, DateExpr::RelativeYears(n)) if *n < 0 => Some(Coarser::Reworded),
        (DateExpr::RelativeYears(n), DateExpr::Year(_)) if *n < 0 => Some(Coarser::Reworded),
        // the variant knows the day
        (DateExpr::Month { month: a, .. }, DateExpr::Day { month: b, .. }) if a == b => Some(Coarser::Vaguer("date_finer")),
        _ => None,
    }
}

/// Whether a date of the other text already implies `y`: its month or its year.
pub(super) fn implied(y: &DateExpr, others: &[&DateMention]) -> bool {
    others.iter().any(|x| match (&x.expr, y) {
        (DateExpr::Day { month: a, year, .. }, DateExpr::Month { month: b, year: other }) => a == b && (other.is_none() || year == other),
        (DateExpr::Day { year: Some(a), .. } | DateExpr::Month { year: Some(a), .. }, DateExpr::Year(b)) => a == b,
        _ => false,
    })
}

/// Whether `y` is the year of `x`, for those who need no more: `in 2028` for `by March 2028`.
pub(super) fn year_of(x: &DateExpr, y: &DateExpr) -> bool {
    matches!((x, y), (DateExpr::Day { year: Some(a), .. } | DateExpr::Month { year: Some(a), .. }, DateExpr::Year(b)) if a == b)
}

/// The word of the linked sentences that stands for the date: `the weekend` for `Sunday`, `the summer` for `July`,
/// `the winter before` for `the previous winter`; with whether the sense is the same.
pub(super) fn in_words(x: &DateMention, base: &View<'_>, variant: &View<'_>, alignment: &Alignment) -> Option<(Span, usize, Coarser)> {
    let links = alignment.of_base(x.sentence);
    let mut order: Vec<usize> = links.iter().map(|l| l.variant).collect();
    // a part of the day is too common a word to be looked for around
    let around = !matches!(x.expr, DateExpr::Clock(_));
    let close: Vec<usize> = order.iter().flat_map(|&s| s.saturating_sub(NEAR)..s + NEAR + 1).collect();
    if around {
        order.extend(close);
    }
    // `the previous winter` is found wherever it stands
    if let DateExpr::Other(text) = &x.expr
        && let Some(unit) = text.strip_prefix("previous ").or_else(|| text.strip_prefix("last "))
    {
        order.extend(0..variant.sentences());
        let at = order.iter().find_map(|&s| {
            let at = variant.words_in(s).find(|&at| variant.norm(at) == unit && matches!(variant.norm(at + 1), "before" | "earlier"))?;
            Some((variant.span(at.saturating_sub(1)).join(variant.span(at + 1)), s, Coarser::Reworded))
        });
        return at;
    }
    order.into_iter().filter(|&s| s < variant.sentences()).find_map(|s| {
        // `the morning shift` that the base has too stands for no clock time
        let own = |at: usize| base.words_in(x.sentence).any(|i| base.ids[i] == variant.ids[at]);
        let free = |&at: &usize| !variant.quoted[at] && !own(at);
        let at = variant.words_in(s).filter(free).find(|&at| {
            let early = matches!(variant.norm(at.wrapping_sub(1)), "early" | "small") && variant.norm(at) == "hours";
            let light = variant.norm(at.wrapping_sub(1)) == "first" && variant.norm(at) == "light";
            stands_for(
                if early {
                    "early hours"
                } else if light {
                    "dawn"
                } else {
                    variant.norm(at)
                },
                &x.expr,
            )
        })?;
        let led = matches!(variant.norm(at.wrapping_sub(1)), "the" | "that" | "early" | "small" | "first");
        let from = if led { at - 1 } else { at };
        Some((variant.span(from).join(variant.span(at)), s, Coarser::Vaguer("date_vaguer")))
    })
}

fn stands_for(word: &str, expr: &DateExpr) -> bool {
    match expr {
        DateExpr::Weekday { day, .. } => *day >= 6 && word == "weekend",
        // either half of the globe
        DateExpr::Day { month, .. } | DateExpr::Month { month, .. } => match word {
            "winter" | "summer" => matches!(month, 1 | 2 | 6 | 7 | 8 | 12),
            "spring" | "autumn" => matches!(month, 3..=5 | 9..=11),
            _ => false,
        },
        DateExpr::Clock(clock) => hours(word).is_some_and(|h| inside(clock.minutes / 60, h)),
        _ => false,
    }
}

/// First and last hour of a part of the day.
fn hours(word: &str) -> Option<(u16, u16)> {
    Some(match word {
        "early hours" => (0, 5),
        "dawn" | "daybreak" => (4, 7),
        "morning" => (4, 11),
        "midday" | "lunchtime" => (11, 14),
        "afternoon" => (12, 18),
        "evening" => (17, 23),
        "night" | "overnight" => (19, 5),
        _ => return None,
    })
}

const fn inside(hour: u16, (first, last): (u16, u16)) -> bool {
    if first <= last { first <= hour && hour <= last } else { hour >= first || hour <= last }
}
