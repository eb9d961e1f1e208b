//! Reports as text for a terminal, at most 80 columns wide, and as a page for a browser.

#[cfg(feature = "watch")]
mod article;
mod diff;
mod html;
mod layout;
mod scores;
mod trace;
mod words;

#[cfg(feature = "watch")]
pub(crate) use article::article;
pub(crate) use diff::diff;
pub(crate) use html::html;
pub(crate) use scores::scores;
pub(crate) use trace::trace;
