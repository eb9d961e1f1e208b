//! The day that a text speaks from.

use crate::document::Span;
use crate::extract::Article;
use crate::facts::DateMention;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Words that cut the set of possible days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// As written.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// The days that a text can speak from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryDate {
    /// First possible day.
    pub earliest: Date,
    /// Last possible day.
    pub latest: Date,
    /// What cut the set.
    pub basis: Vec<Basis>,
    /// Whether the page is stamped with a day that the text contradicts.
    pub conflicts_with_page_date: bool,
}

/// The days that a text can speak from; `hints` are days of other documents verified to tell the same story.
#[must_use]
pub fn story_date(text: &str, article: &Article, dates: &[DateMention], hints: &[Date]) -> Option<StoryDate> {
    let _ = (text, article, dates, hints);
    None
}
