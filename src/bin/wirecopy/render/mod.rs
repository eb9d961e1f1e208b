//! Reports as text for a terminal, at most 80 columns wide, as a page for a browser, and as graphs for other programs.

mod diff;
mod dot;
mod graphml;
mod html;
mod layout;
mod network;
mod outlets;
mod scores;
mod trace;
mod words;

pub(crate) use diff::diff;
pub(crate) use dot::dot;
pub(crate) use graphml::graphml;
pub(crate) use html::html;
pub(crate) use scores::scores;
pub(crate) use trace::trace;
