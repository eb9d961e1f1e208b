//! Dates, weekdays and clock times of the body.

use crate::document::Span;
use crate::extract::Article;
use crate::text;
pub use crate::text::{Clock, DateExpr};

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

/// Dates and times of the body, in text order. No expression runs over the end of a sentence.
#[must_use]
pub fn dates(text: &str, article: &Article) -> Vec<DateMention> {
    let mut out = Vec::new();
    for (sentence, s) in article.sentences.iter().enumerate() {
        let words = article.words.get(s.words.clone()).unwrap_or(&[]);
        out.extend(text::dates(text, words).into_iter().map(|d| DateMention { span: d.span, expr: d.expr, sentence }));
    }
    out
}
