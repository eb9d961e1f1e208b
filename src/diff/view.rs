//! One text prepared for comparison: canonical words, content words, words inside marks.

use super::canon::{canon, known};
use super::spelling::written;
use super::vocabulary::Vocabulary;
use super::{Side, Text};
use crate::document::Span;
use crate::facts::QuoteForm;
use crate::text::{is_stopword, stem};
use std::borrow::Cow;

/// Sentences compared; what lies beyond is not read.
pub(super) const MAX_SENTENCES: usize = 2_000;

/// A text with its canonical words.
pub(super) struct View<'a> {
    pub(super) text: Text<'a>,
    /// Canonical stem of each word of the article.
    pub(super) canon: Vec<&'a str>,
    /// The same as numbers that all compared texts share.
    pub(super) ids: Vec<u32>,
    /// Whether the text has the word of this number.
    held: Vec<bool>,
    /// Whether the word carries content.
    pub(super) content: Vec<bool>,
    /// Whether the word stands inside quotation marks.
    pub(super) quoted: Vec<bool>,
    /// Whether the word is part of a name.
    pub(super) named: Vec<bool>,
    /// Whether the word belongs to a name, a title, a number or a date.
    pub(super) detail: Vec<bool>,
}

/// The synonym tables know most words in both spellings; what they do not know is compared in one.
fn one<'a>(norm: &'a str, spelled: &'a str) -> &'a str {
    known(norm).unwrap_or_else(|| if spelled == norm { stem(norm) } else { canon(spelled) })
}

/// The words of a text in one spelling.
pub(super) fn spelled(text: Text<'_>) -> Vec<Cow<'_, str>> {
    text.article.words.iter().map(|w| written(text.text, w)).collect()
}

impl<'a> View<'a> {
    /// A text with its words as [`spelled`] gives them.
    pub(super) fn new(text: Text<'a>, spelled: &'a [Cow<'a, str>], vocabulary: &mut Vocabulary<'a>) -> Self {
        let words = &text.article.words;
        let canon: Vec<&str> = words.iter().zip(spelled).map(|(w, s)| one(&w.norm, s)).collect();
        let ids: Vec<u32> = canon.iter().map(|w| vocabulary.id(w)).collect();
        let mut held = vec![false; ids.iter().max().map_or(0, |&m| m as usize + 1)];
        ids.iter().for_each(|&id| held[id as usize] = true);
        let mut view = Self {
            text,
            canon,
            ids,
            held,
            content: words.iter().map(|w| !is_stopword(&w.norm)).collect(),
            quoted: vec![false; words.len()],
            named: vec![false; words.len()],
            detail: vec![false; words.len()],
        };
        for quote in text.facts.quotes.iter().filter(|q| q.form != QuoteForm::Scare) {
            for at in view.words_of(quote.inner) {
                view.quoted[at] = true;
            }
        }
        for name in &text.facts.names {
            for at in view.words_of(name.span) {
                view.named[at] = true;
                // `US` is no stop word
                view.content[at] = true;
                view.detail[at] = true;
            }
        }
        let facts = text.facts;
        let spans = facts.roles.iter().map(|r| r.span).chain(facts.numbers.iter().map(|n| n.span));
        for span in spans.chain(facts.dates.iter().map(|d| d.span)) {
            for at in view.words_of(span) {
                view.detail[at] |= span.contains(view.span(at));
            }
        }
        view
    }

    /// Whether the text has the word of this number anywhere.
    pub(super) fn has(&self, id: u32) -> bool {
        self.held.get(id as usize).copied().unwrap_or(false)
    }

    /// Numbers of words that are in use, plus one.
    pub(super) fn vocabulary(&self) -> usize {
        self.held.len()
    }

    /// Number of sentences that are compared.
    pub(super) fn sentences(&self) -> usize {
        self.text.article.sentences.len().min(MAX_SENTENCES)
    }

    /// Indexes of the words of `sentence`.
    pub(super) fn words_in(&self, sentence: usize) -> std::ops::Range<usize> {
        self.text.article.sentences.get(sentence).map_or(0..0, |s| s.words.clone())
    }

    /// Indexes of the words that start inside `span`.
    pub(super) fn words_of(&self, span: Span) -> std::ops::Range<usize> {
        let words = &self.text.article.words;
        words.partition_point(|w| w.span.start < span.start)..words.partition_point(|w| w.span.start < span.end)
    }

    pub(super) fn norm(&self, at: usize) -> &'a str {
        self.text.article.words.get(at).map_or("", |w| &w.norm)
    }

    pub(super) fn span(&self, at: usize) -> Span {
        self.text.article.words.get(at).map(|w| w.span).unwrap_or_default()
    }

    /// Canonical stems of the content words inside `span`, in order.
    pub(super) fn content_of(&self, span: Span) -> Vec<&'a str> {
        self.words_of(span).filter(|&i| self.content[i]).map(|i| self.canon[i]).collect()
    }

    /// One side of a row.
    pub(super) fn side(&self, span: Span, sentence: usize) -> Option<Side> {
        let home = self.text.article.sentences.get(sentence).map_or(span, |s| s.span);
        Some(Side { span, sentence: home, text: span.of(self.text.text).to_string() })
    }
}
