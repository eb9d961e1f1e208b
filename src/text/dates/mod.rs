//! Dates and times as written: what facts, page dates and story dates all read.

mod clock;
mod day;
mod names;
mod relative;

use super::Word;
use crate::document::Span;

/// The day of the week that a folded word names in full, from 1 for Monday.
#[cfg(feature = "index")]
pub(crate) fn weekday(norm: &str) -> Option<u8> {
    names::weekday(norm).filter(|day| !day.1).map(|day| day.0)
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Minutes after midnight.
    pub minutes: u16,
    /// Whether `am` or `pm` was written, or a 24-hour form leaves no doubt.
    pub half_known: bool,
}

/// What a date expression says. Nothing is resolved yet: that needs the story date.
#[derive(Clone, Debug, PartialEq)]
pub enum DateExpr {
    /// `on Sunday`, `last Friday`: 1 = Monday ... 7 = Sunday; `next` is -1 for `last`, 1 for `next`, 0 for neither.
    Weekday {
        /// ISO weekday number.
        day: u8,
        /// -1 `last`, 0 none, 1 `next`.
        shift: i8,
    },
    /// `March 12`, `12 March 2025`, `2025-03-12`.
    Day {
        /// Where given.
        year: Option<i16>,
        /// 1 to 12.
        month: u8,
        /// 1 to 31.
        day: u8,
    },
    /// `August 2024`, `in November`, `last month` has its own form.
    Month {
        /// Where given.
        year: Option<i16>,
        /// 1 to 12.
        month: u8,
    },
    /// `2011`.
    Year(i16),
    /// Days from the story date: `yesterday` is -1, `today` 0.
    RelativeDays(i32),
    /// `last month` is -1, `this month` 0.
    RelativeMonths(i32),
    /// `last year` is -1, `this year` 0.
    RelativeYears(i32),
    /// `last summer`, `this week`, and other spans of time kept as folded words.
    Other(String),
    /// `4:52 am`, `noon`.
    Clock(Clock),
}

/// A date or time found among words.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundDate {
    /// The expression, its preposition left out.
    pub span: Span,
    /// What it says.
    pub expr: DateExpr,
    /// The index of its first word.
    pub word: usize,
    /// For `03/04/2026`, where day and month may change places: the other reading.
    pub other_reading: Option<DateExpr>,
}

/// What one rule found: words `from .. from + len`.
struct Hit {
    len: usize,
    expr: DateExpr,
    other_reading: Option<DateExpr>,
}

impl Hit {
    const fn new(len: usize, expr: DateExpr) -> Self {
        Self { len, expr, other_reading: None }
    }
}

/// The words of one text under the rules.
#[derive(Clone, Copy)]
struct Reader<'a> {
    text: &'a str,
    words: &'a [Word],
}

impl<'a> Reader<'a> {
    fn norm(self, at: usize) -> &'a str {
        self.words.get(at).map_or("", |w| &w.norm)
    }

    /// The word before `at`, unless a sentence or a clause ends between them.
    fn before(self, at: usize) -> &'a str {
        if at > 0 && self.between(at - 1).trim().is_empty() { self.norm(at - 1) } else { "" }
    }

    /// What stands between the words `at` and `at + 1`.
    fn between(self, at: usize) -> &'a str {
        match (self.words.get(at), self.words.get(at + 1)) {
            (Some(a), Some(b)) => self.text.get(a.span.end..b.span.start).unwrap_or(""),
            _ => "",
        }
    }

    /// What stands between the word `at` and the one before it.
    fn gap_before(self, at: usize) -> &'a str {
        at.checked_sub(1).map_or("", |before| self.between(before))
    }

    /// Whether only spaces, a point or a comma stand between the words `at` and `at + 1`.
    fn close(self, at: usize) -> bool {
        let gap = self.between(at);
        !gap.is_empty() && gap.len() <= 4 && gap.chars().all(|c| c.is_whitespace() || matches!(c, '.' | ',')) && !gap.contains('\n')
    }

    /// Whether only spaces stand between them, on one line.
    fn spaced(self, at: usize) -> bool {
        let gap = self.between(at);
        !gap.is_empty() && gap.chars().all(char::is_whitespace) && !gap.contains('\n')
    }

    fn raw(self, at: usize) -> &'a str {
        self.words.get(at).map_or("", |w| w.span.of(self.text))
    }

    fn capitalized(self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.is_capitalized(self.text))
    }
}

/// The dates and times among `words` of `text`, in order; they do not overlap.
#[must_use]
pub fn dates(text: &str, words: &[Word]) -> Vec<FoundDate> {
    let reader = Reader { text, words };
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let hit = day::day(reader, at)
            .or_else(|| clock::clock(reader, at))
            .or_else(|| relative::relative(reader, at))
            .or_else(|| day::weekday(reader, at))
            .or_else(|| day::month(reader, at))
            .or_else(|| day::year(reader, at));
        let Some(hit) = hit else {
            at += 1;
            continue;
        };
        let last = (at + hit.len.max(1) - 1).min(words.len() - 1);
        let mut span = words[at].span.join(words[last].span);
        let raw = span.of(text);
        // `Tuesday's`: the ending is no part of the date
        if let Some(bare) = raw.strip_suffix('s') {
            let cut = bare.trim_end_matches(super::is_apostrophe);
            if cut.len() < bare.len() {
                span.end = span.start + cut.len();
            }
        }
        out.push(FoundDate { span, expr: hit.expr, word: at, other_reading: hit.other_reading });
        at = last + 1;
    }
    out
}

#[cfg(test)]
mod tests;
