//! The plain rows that every stage shares: [`Span`], [`Document`], [`Problem`].

mod address;
pub mod fields;
mod stated;

pub use address::normal_url;
pub use stated::{DateOrigin, Stamp, Stamped, Stated};

use serde::{Deserialize, Serialize, Serializer};

/// A half-open byte range `[start, end)` of [`Document::text`], on character borders.
///
/// Every finding carries one. It is written as a two-element array in JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span `[start, end)`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span has no bytes.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies inside this span (borders included).
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The text under the span; empty if the span does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.start, self.end].serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let [start, end] = <[usize; 2]>::deserialize(deserializer)?;
        Ok(Self { start, end })
    }
}

/// One scraped item, as it was read. Nothing in it is cleaned yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Unique in a run; see the crate docs for how it is made.
    pub id: String,
    /// The file that it came from, if any.
    pub path: Option<String>,
    /// The text that all spans point into.
    pub text: String,
    /// Title, when the source carries one apart from the text.
    pub title: Option<String>,
    /// Address, when the source carries one.
    pub url: Option<String>,
    /// Publisher, when the source carries one.
    pub publisher: Option<String>,
    /// The day the source stamps the item with, when it carries one apart from the text.
    pub page_date: Option<jiff::civil::Date>,
    /// What the markup of a web page says beside its text; `None` for plain texts.
    pub stated: Option<Box<Stated>>,
}

/// Something about one input that the user should know; the run went on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The file or input.
    pub path: String,
    /// The line or row in it, counted from 1, where one can be named.
    pub line: Option<u64>,
    /// What is wrong, what was done, and what to do.
    pub message: String,
}
