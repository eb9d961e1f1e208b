//! Plain sentences, without a page around them.

use super::{FactDiff, FactKind, FactRow, Mark, Text, compare};
use crate::document::Span;
use crate::extract::{Article, Block, BlockKind, BodySentence};
use crate::facts::{Facts, facts};
use crate::text::words;

/// A short text that is read as one sentence of an article's body, whatever it looks like: no headline, byline or furniture is
/// looked for.
#[derive(Clone, Debug)]
pub struct Sentence<'a> {
    text: &'a str,
    article: Article,
    facts: Facts,
}

impl<'a> Sentence<'a> {
    /// Reads the words and facts of `text`. Spans are byte ranges of it.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let span = Span::new(0, text.len());
        let words = words(text, span);
        let article = Article {
            blocks: vec![Block { kind: BlockKind::Paragraph, span }],
            sentences: vec![BodySentence { span, words: 0..words.len(), block: 0 }],
            words,
            ..Article::default()
        };
        let facts = facts(text, &article);
        Self { text, article, facts }
    }

    /// As one side of a comparison; its id is empty.
    #[must_use]
    pub fn as_text(&self) -> Text<'_> {
        Text { id: "", text: self.text, article: &self.article, facts: &self.facts }
    }

    /// Compares what two sentences state, by the rules for whole articles: they are each other's counterpart. A name, number or
    /// date that one of them leaves out, and a quotation or source that differs, are rows to `check`, since the article that the
    /// sentence was cut from may go on; a phrase of its own that one of them lacks is firm.
    ///
    /// ```
    /// use wirecopy::diff::{Mark, Sentence};
    ///
    /// let base = Sentence::new("The ferry sank on Monday with 14 people on board.");
    /// let found = base.diff(&Sentence::new("The ferry sank on Monday with 41 people on board, the port said."));
    /// assert_eq!(found.facts[0].mark, Mark::Altered);
    /// assert_eq!(found.facts[0].detail, "14 -> 41");
    /// ```
    #[must_use]
    pub fn diff(&self, variant: &Sentence<'_>) -> FactDiff {
        compare(self.as_text(), variant.as_text(), true)
    }
}

/// What one of two lone sentences leaves out, where no phrase of its own holds it, is for a reader to look at, and so are a
/// quotation and its source: where the sentence was cut out, they may go on.
pub(super) fn leave_details(rows: &mut [FactRow]) {
    let open = |r: &FactRow| match r.mark {
        Mark::Added | Mark::Dropped => r.kind != FactKind::Claim,
        _ => r.mark == Mark::Altered && matches!(r.kind, FactKind::Quote | FactKind::Attribution),
    };
    for row in rows.iter_mut().filter(|r| open(r)) {
        row.check = true;
        row.confidence = row.confidence.min(0.4);
    }
}
