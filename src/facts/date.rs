//! Dates, weekdays and clock times as written.

use crate::document::Span;
use crate::extract::Article;

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

/// A date or time as the text writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct DateMention {
    /// The expression with its preposition left out (`Sunday`, `4:52 am`).
    pub span: Span,
    /// What it says.
    pub expr: DateExpr,
    /// Index in [`Article::sentences`].
    pub sentence: usize,
}

/// Dates and times of the body, in text order.
#[must_use]
pub fn dates(text: &str, article: &Article) -> Vec<DateMention> {
    let _ = (text, article);
    Vec::new()
}
