//! Reports as text for a terminal, at most 80 columns wide.

mod diff;
mod layout;
mod scores;
mod trace;
mod words;

pub(crate) use diff::diff;
pub(crate) use scores::scores;
pub(crate) use trace::trace;
