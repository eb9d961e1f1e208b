//! The words of one sentence with what stands between them.

use crate::document::Span;
use crate::extract::{Article, BodySentence};
use crate::text::{Word, is_apostrophe, is_dash, is_quote_mark};

/// What stands between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// White space only, or nothing.
    Space,
    /// A hyphen without spaces.
    Hyphen,
    /// A quotation mark, perhaps with spaces.
    Quote,
    /// A comma, perhaps with more.
    Comma,
    /// Any other mark.
    Mark,
}

/// Words of one sentence; indexes count from the sentence's first word.
#[derive(Clone, Copy)]
pub(crate) struct Tokens<'a> {
    pub(crate) text: &'a str,
    pub(crate) words: &'a [Word],
    pub(crate) span: Span,
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(text: &'a str, article: &'a Article, sentence: &BodySentence) -> Self {
        Self { text, words: article.words.get(sentence.words.clone()).unwrap_or_default(), span: sentence.span }
    }

    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// Folded form; empty outside the sentence.
    pub(crate) fn norm(&self, at: usize) -> &'a str {
        self.words.get(at).map_or("", |w| &w.norm)
    }

    /// As written; empty outside the sentence.
    pub(crate) fn raw(&self, at: usize) -> &'a str {
        self.words.get(at).map_or("", |w| w.span.of(self.text))
    }

    pub(crate) fn capitalized(&self, at: usize) -> bool {
        self.raw(at).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether the word carries a possessive ending (`Oslo's`, `workers'`).
    pub(crate) fn possessive(&self, at: usize) -> bool {
        let raw = self.raw(at);
        let mut back = raw.chars().rev();
        let ends = back.next() == Some('s') && back.next().is_some_and(is_apostrophe);
        ends || raw.ends_with('s') && self.between(at).chars().next().is_some_and(is_apostrophe)
    }

    /// The text between word `at` and the next one, or the end of the sentence.
    pub(crate) fn between(&self, at: usize) -> &'a str {
        let Some(word) = self.words.get(at) else { return "" };
        let end = self.words.get(at + 1).map_or(self.span.end.max(word.span.end), |next| next.span.start);
        Span::new(word.span.end, end).of(self.text)
    }

    /// The text between the sentence's start and its first word.
    pub(crate) fn before_first(&self) -> &'a str {
        self.words.first().map_or("", |w| Span::new(self.span.start, w.span.start).of(self.text))
    }

    /// The kind of what stands between word `at` and the next one; the end of the sentence is a [`Gap::Mark`].
    pub(crate) fn gap(&self, at: usize) -> Gap {
        if at + 1 >= self.words.len() {
            return Gap::Mark;
        }
        let between = self.between(at);
        if between.chars().all(char::is_whitespace) {
            return Gap::Space;
        }
        if between.chars().all(is_dash) && between.chars().count() == 1 {
            return Gap::Hyphen;
        }
        if between.contains(',') {
            return Gap::Comma;
        }
        if between.chars().all(|c| c.is_whitespace() || is_quote_mark(c)) {
            return Gap::Quote;
        }
        // the apostrophe of `workers' rights`, the point of `Col. Smith`
        if between.chars().all(|c| c.is_whitespace() || is_apostrophe(c)) || between.trim_end() == "." {
            return Gap::Space;
        }
        Gap::Mark
    }

    /// The span from word `from` to word `to`, both included.
    pub(crate) fn cover(&self, from: usize, to: usize) -> Span {
        match (self.words.get(from), self.words.get(to)) {
            (Some(a), Some(b)) => Span::new(a.span.start, b.span.end),
            _ => Span::new(self.span.start, self.span.start),
        }
    }

    /// Index of the first word that starts at or after byte `at`.
    pub(crate) fn at_byte(&self, at: usize) -> usize {
        self.words.partition_point(|w| w.span.start < at)
    }
}
