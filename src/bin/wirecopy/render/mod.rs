//! Reports as text for a terminal, at most 80 columns wide, and as a page for a browser.

mod diff;
mod html;
mod layout;
mod scores;
mod trace;
mod words;

pub(crate) use diff::diff;
pub(crate) use html::html;
pub(crate) use scores::scores;
pub(crate) use trace::trace;
