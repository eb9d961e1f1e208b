//! Reports as text for a terminal, at most 80 columns wide, as a page for a browser, and as graphs for other programs.

#[cfg(feature = "index")]
mod answer;
#[cfg(feature = "watch")]
mod article;
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

#[cfg(feature = "index")]
pub(crate) use answer::answer;
#[cfg(feature = "watch")]
pub(crate) use article::article;
pub(crate) use diff::diff;
pub(crate) use dot::dot;
pub(crate) use graphml::graphml;
pub(crate) use html::html;
#[cfg(feature = "serve")]
pub(crate) use html::{Site, html_of_site, html_policy};
pub(crate) use scores::scores;
pub(crate) use trace::trace;
