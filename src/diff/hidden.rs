//! Sentences of the body that the other page shows as a caption, a heading or furniture.
//!
//! Where a body ends is read from one page alone, and a line of furniture in its midst may seem to end it. Beside a text that has the
//! same sentence in its body there is no doubt.

use super::Text;
use crate::extract::{Article, BlockKind, with_paragraphs};
use crate::facts::{Facts, facts};
use crate::text::{sentences, words};
use std::collections::BTreeSet;

/// Words of a sentence that is looked for: a shorter one is a label as well.
const LEAST: usize = 4;
/// Blocks that are looked at.
const MOST: usize = 2_000;

/// A text with more of its blocks read as running text.
pub(super) struct Shown {
    article: Article,
    facts: Facts,
}

impl Shown {
    pub(super) fn text<'a>(&'a self, of: Text<'a>) -> Text<'a> {
        Text { article: &self.article, facts: &self.facts, ..of }
    }
}

/// The text with the blocks outside its body that are, sentence by sentence, in the body of `other` and not in its own.
pub(super) fn shown(text: Text<'_>, other: Text<'_>) -> Option<Shown> {
    let outside = |kind| matches!(kind, BlockKind::Furniture | BlockKind::Caption | BlockKind::Heading);
    if !text.article.blocks.iter().any(|b| outside(b.kind)) {
        return None;
    }
    let (stated, own) = (body(other), body(text));
    let hides = |span| {
        let mut lines = sentences(text.text, span).into_iter().map(|s| words(text.text, s.span));
        lines.all(|line| {
            let norms: Vec<&str> = line.iter().map(|w| &*w.norm).collect();
            stated.contains(&norms) && !own.contains(&norms)
        })
    };
    let blocks = text.article.blocks.iter().enumerate().take(MOST).filter(|(_, b)| outside(b.kind) && !b.span.is_empty());
    let more: Vec<usize> = blocks.filter(|(_, b)| hides(b.span)).map(|(at, _)| at).collect();
    if more.is_empty() {
        return None;
    }
    let article = with_paragraphs(text.text, text.article, &more);
    let facts = facts(text.text, &article);
    Some(Shown { article, facts })
}

/// The words of each sentence of the body.
fn body(text: Text<'_>) -> BTreeSet<Vec<&str>> {
    let sentences = text.article.sentences.iter().filter_map(|s| text.article.words.get(s.words.clone()));
    sentences.filter(|w| w.len() >= LEAST).map(|w| w.iter().map(|w| &*w.norm).collect()).collect()
}
