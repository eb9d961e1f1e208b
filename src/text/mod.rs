//! Text to words and sentences, always with the way back to the original bytes.
//!
//! Nothing is ever rewritten in place: a [`Word`] carries its folded form beside the span that it came from.

mod dates;
mod fold;
mod frequent;
mod language;
mod sentences;
mod stem;
mod stopwords;
mod words;

#[cfg(feature = "index")]
pub(crate) use dates::weekday;
pub use dates::{Clock, DateExpr, FoundDate, dates};
pub use fold::{fold_char, is_apostrophe, is_close_quote, is_dash, is_open_quote, is_quote_mark};
pub use frequent::frequent_words;
pub use language::{language, language_code};
pub use sentences::{Sentence, sentences};
pub use stem::stem;
pub use stopwords::is_stopword;
pub use words::{Word, is_unspaced, number_value, words};
