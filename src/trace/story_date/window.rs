//! The window of days that months and years in the text leave.

use super::mentions::{Day, Said};
use super::{date, days, shift};
use crate::document::Span;
use jiff::civil::Date;

/// Days that the text may speak from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// First day, as far as a year is known.
    pub(super) first: Date,
    last: Option<Date>,
    month: Option<u8>,
    /// `since May 2nd`: month and day.
    pub(super) since: Option<(u8, u8)>,
    /// Whether only a lower limit is known.
    pub(super) floor_only: bool,
    /// The mentions that made it.
    pub(super) basis: Vec<Span>,
}

impl Window {
    /// Reads `last month` with a month's name near it, `last summer` with its date, `since May 2nd` and dates with a year.
    pub(super) fn read(said: &[Said]) -> Option<Self> {
        let mut out = Self { first: Date::constant(1900, 1, 1), last: None, month: None, since: None, floor_only: true, basis: Vec::new() };
        out.seasons(said);
        out.months(said);
        for s in said.iter().filter(|s| s.since) {
            if let Day::Calendar { year: None, month, day } = s.day
                && out.since.is_none()
            {
                out.since = Some((month, day));
                out.basis.push(s.span);
            }
        }
        out.floor(said);
        (out.month.is_some() || out.last.is_some() || out.first.year() > 1900).then_some(out)
    }

    /// `last summer` beside `August 2024`: from the end of that summer to the end of the next.
    fn seasons(&mut self, said: &[Said]) {
        for s in said {
            let Day::LastSeason(from, to) = s.day else { continue };
            let told = said.iter().filter(|o| o.sentence.abs_diff(s.sentence) <= 2).find_map(|o| match o.day {
                Day::Month { year: Some(year), month } | Day::Calendar { year: Some(year), month, .. } if (from..=to).contains(&month) => {
                    Some((year, o.span))
                }
                _ => None,
            });
            if let Some((year, span)) = told
                && let (Some(first), Some(last)) = (date(year, to + 1, 1), date(year + 1, to, 28))
            {
                self.first = self.first.max(first);
                self.last = Some(self.last.map_or(last, |l| l.min(last)));
                self.floor_only = false;
                self.basis.extend([s.span, span]);
            }
        }
    }

    /// `the February talks` beside `last month`: the text speaks from March.
    fn months(&mut self, said: &[Said]) {
        for s in said.iter().filter(|s| s.day == Day::LastMonth) {
            let told = said.iter().filter(|o| o.sentence.abs_diff(s.sentence) <= 1 && o.past).find_map(|o| match o.day {
                Day::Month { year, month } => Some((year, month, o.span)),
                _ => None,
            });
            if let Some((year, month, span)) = told {
                let next = month % 12 + 1;
                self.month = Some(next);
                self.floor_only = false;
                self.basis.extend([s.span, span]);
                if let Some(first) = year.and_then(|y| date(if next == 1 { y + 1 } else { y }, next, 1)) {
                    self.first = self.first.max(first);
                    self.last = Some(shift(first, 31));
                }
            }
        }
    }

    /// No text tells of days to come as past.
    fn floor(&mut self, said: &[Said]) {
        for s in said.iter().filter(|s| s.past && !s.planned_year()) {
            let first = match s.day {
                Day::Calendar { year: Some(y), month, day } => date(y, month, day),
                Day::Month { year: Some(y), month } => date(y, month, 1),
                Day::Year(y) => date(y, 1, 1),
                _ => None,
            };
            if let Some(first) = first.filter(|f| *f > self.first) {
                self.first = first;
                if self.floor_only {
                    self.basis = vec![s.span];
                }
            }
        }
    }

    /// Whether `day` may be in it, give or take `slack` days.
    pub(super) fn holds(&self, day: Date, slack: i32) -> bool {
        let (from, to) = (shift(day, -slack), shift(day, slack));
        let month = self.month.is_none_or(|m| [from, day, to].iter().any(|d| u8::try_from(d.month()) == Ok(m)));
        to >= self.first && self.last.is_none_or(|l| from <= l) && month
    }

    /// The first and last day: the month in the only year left, or in the last one before the anchors.
    pub(super) fn resolve(&self, anchors: &[Date]) -> Option<(Date, Date)> {
        let Some(month) = self.month else { return self.last.map(|l| (self.first, l)) };
        let years: Vec<i16> = match (self.last, anchors.iter().max()) {
            (Some(last), _) => (self.first.year()..=last.year()).collect(),
            (None, Some(anchor)) => vec![anchor.year(), anchor.year() - 1],
            (None, None) => return None,
        };
        let latest = anchors.iter().max().copied();
        for year in years {
            let first = date(year, month, 1)?;
            let last = shift(first, i32::from(first.days_in_month()) - 1);
            let inside = last >= self.first && self.last.is_none_or(|l| first <= l);
            if inside && (self.last.is_some() || latest.is_none_or(|l| days(first, l) >= 0)) {
                let since = self.since.filter(|(m, _)| *m == month).and_then(|(m, d)| date(year, m, d));
                return Some((first.max(self.first).max(since.unwrap_or(first)), last));
            }
        }
        None
    }
}

impl Said {
    /// A year alone is often a plan: `from 2030`.
    const fn planned_year(&self) -> bool {
        matches!(self.day, Day::Year(_)) && !self.past
    }
}
