//! Documents that are in memory already: a corpus run over the columns of a table instead of over records of files.

use std::borrow::Cow;

/// A table of texts that can be read by several threads; [`Inputs::of_texts`](super::Inputs::of_texts) makes an input of it.
pub trait Texts: Send + Sync {
    /// Number of rows.
    fn rows(&self) -> usize;

    /// The text of a row; `None` where it has none: the row gives no document, and that is told.
    fn text(&self, row: usize) -> Option<Cow<'_, str>>;

    /// The id of a row; `None` where it has none: its number stands for it, counted from 0.
    fn id(&self, row: usize) -> Option<Cow<'_, str>>;

    /// The date of a row in seconds since 1970, for [`Keep::Earliest`](crate::config::Keep::Earliest).
    fn date(&self, row: usize) -> Option<i64>;
}

/// A date, date and time, or moment with its offset, in seconds since 1970; a date without a clock is its midnight in UTC. `None` for
/// anything else.
#[must_use]
pub fn seconds(written: &str) -> Option<i64> {
    let written = written.trim();
    if let Ok(moment) = written.parse::<jiff::Timestamp>() {
        return Some(moment.as_second());
    }
    let clock: jiff::civil::DateTime = written.parse().ok().or_else(|| written.get(..10)?.parse().ok())?;
    Some(clock.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second())
}
