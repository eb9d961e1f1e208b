//! Document to article: blocks with kinds, credits and page metadata.

mod agencies;
mod blocks;
mod body;
mod byline;
mod caption;
mod credits;
mod dateline;
mod flags;
mod furniture;
mod headline;
mod lines;
mod masthead;
mod page_date;
mod page_lines;
mod phrases;
mod repeated;
mod stated;
mod threes;
mod walls;
mod walls_phrases;
mod wrapped;

pub use page_lines::{PageLines, sites};
pub use repeated::RepeatedLines;
pub use walls::{LONGEST_WALL, is_non_article, may_be_list, wall_phrases};

use crate::document::{DateOrigin, Document, Span};
use crate::text::{Sentence, Word, language, language_code, sentences, words};
use serde::{Deserialize, Serialize};

/// What a block of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// The article's title, each time it is printed.
    Headline,
    /// A heading inside the body, or a deck under the headline.
    Heading,
    /// Place, and perhaps date and agency, before the first sentence.
    Dateline,
    /// Who wrote it.
    Byline,
    /// Running text of the article: the only kind that makes up the body.
    Paragraph,
    /// A picture's caption.
    Caption,
    /// A credit line or mark of an agency.
    Credit,
    /// Menus, share buttons, related posts, comments, page dates and all else.
    Furniture,
}

/// A piece of the page. Blocks are in order and do not overlap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: Span,
}

/// Where a text credit stands, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CreditPosition {
    /// After the last sentence: `— AFP`, `(Reuters)`, `Source: AP`.
    EndOfBody,
    /// Before the first sentence: `WASHINGTON (AP) —`.
    Dateline,
    /// In the byline: `By Jo Doe, PA Correspondent`, `with inputs from AP`.
    Byline,
    /// In the head of the page, in what it says for machines: `sourceOrganization`, `author`, `dc.rights`. It has no place in the text.
    PageHead,
    /// In a copyright line: `Copyright 2026 The Associated Press`.
    Copyright,
    /// In the prose: `told AFP`. Weak: it tells who was there, not who wrote this text.
    Attribution,
}

/// An agency that the page names as the source of its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// Canonical name: `AFP`, `AP`, `Reuters`.
    pub agency: String,
    /// Where it stands on the page.
    pub position: CreditPosition,
    /// The words that name it; `None` where they do not stand in the text.
    pub span: Option<Span>,
    /// What the page says then: a line of its head.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated: Option<String>,
}

/// An agency that the page names as the source of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoCredit {
    /// Canonical name.
    pub agency: String,
    /// The words that name it; `None` where they do not stand in the text.
    pub span: Option<Span>,
    /// What the page says then: a caption that is no part of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated: Option<String>,
}

/// A day that the page is stamped with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageDate {
    /// The day.
    pub date: jiff::civil::Date,
    /// Where it stands, when it stands in the text.
    pub span: Option<Span>,
    /// Where the page or its source states it.
    pub origin: DateOrigin,
}

/// A document cut into blocks, with its body as sentences and words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// All blocks, in order.
    pub blocks: Vec<Block>,
    /// The headline's first printing.
    pub title: Option<Span>,
    /// Text credits, strongest first.
    pub credits: Vec<Credit>,
    /// Picture credits, in page order.
    pub photo_credits: Vec<PhotoCredit>,
    /// The day the page is stamped with.
    pub page_date: Option<PageDate>,
    /// Publisher named by the page's masthead, when one is.
    pub publisher: Option<String>,
    /// The sentences of the body ([`BlockKind::Paragraph`] blocks), in order.
    pub sentences: Vec<BodySentence>,
    /// The words of the body, in order.
    pub words: Vec<Word>,
    /// ISO 639-1 code of the body's language; what the page states for bodies under 30 words and where the detector is not sure.
    pub language: Option<&'static str>,
    /// `no_headline`, `no_body` (no prose: the lines of the page are taken for its body), `too_short` (a body under 40 words), `non_article` (empty, or plainly no article: [`is_non_article`]), `repeated_lines` (the publisher's other pages gave some of its lines away as furniture: [`RepeatedLines`]).
    pub flags: Vec<&'static str>,
}

/// A sentence of the body with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodySentence {
    /// Where it stands.
    pub span: Span,
    /// Its words: a range of [`Article::words`].
    pub words: std::ops::Range<usize>,
    /// Its block: an index of [`Article::blocks`].
    pub block: usize,
}

/// Cuts a document into blocks and reads what the page says about itself.
#[must_use]
pub fn extract(document: &Document) -> Article {
    let mut article = as_found(document);
    if article.flags.is_empty() {
        article.flags = flags::flags(&document.text, &article);
    }
    let detected = if article.words.len() >= 30 { language(&prose(&document.text, &article)) } else { None };
    let stated = document.stated.as_ref().and_then(|s| s.language.as_deref());
    article.language = detected.or_else(|| stated.and_then(language_code));
    article
}

/// The same without language and flags, which take long to tell and which not everybody asks for; the flags of a page without prose
/// are there.
pub(crate) fn as_found(document: &Document) -> Article {
    let text = document.text.as_str();
    let blocks = blocks::blocks(text, document.title.as_deref());
    let mut article = Article { blocks, ..Article::default() };
    body(text, &mut article);
    article.title = article.blocks.iter().find(|b| b.kind == BlockKind::Headline).map(|b| b.span);
    article.page_date = page_date::given(document).or_else(|| page_date::page_date(text, &article.blocks));
    article.publisher = document.publisher.clone().or_else(|| publisher(text, &article.blocks));
    credited(document, &mut article);
    if article.words.is_empty() {
        article.flags = flags::flags(text, &article);
        if !article.flags.contains(&"non_article") {
            whole(text, &mut article);
            body(text, &mut article);
        }
    }
    article
}

/// Words of a line that says something by itself, though it stands where a headline does.
const SENTENCE: usize = 8;

/// Takes the lines of a page without prose for its body: a table, a list of results, a headline sent by itself. What is plainly
/// furniture stays apart, and so does the headline where there is more than that.
fn whole(text: &str, article: &mut Article) {
    let is_row = |b: &Block| {
        let line = || lines::lines(b.span.of(text)).into_iter().next();
        matches!(b.kind, BlockKind::Heading | BlockKind::Furniture) && line().is_some_and(|l| furniture::furniture(&l).is_none())
    };
    let rows: Vec<bool> = article.blocks.iter().map(is_row).collect();
    let only_headline = !rows.contains(&true);
    for (block, row) in article.blocks.iter_mut().zip(rows) {
        let sentence = || block.kind == BlockKind::Headline && words(text, block.span).len() >= SENTENCE;
        if row || only_headline && sentence() {
            block.kind = BlockKind::Paragraph;
        }
    }
}

/// Fills in the sentences and words of the paragraph blocks.
fn body(text: &str, article: &mut Article) {
    for (block, b) in article.blocks.iter().enumerate() {
        if b.kind != BlockKind::Paragraph {
            continue;
        }
        for Sentence { span } in sentences(text, b.span) {
            let from = article.words.len();
            article.words.extend(words(text, span));
            article.sentences.push(BodySentence { span, words: from..article.words.len(), block });
        }
    }
}

/// The article with more of its blocks (indexes of [`Article::blocks`]) read as running text.
pub(crate) fn with_paragraphs(text: &str, article: &Article, more: &[usize]) -> Article {
    let mut out = article.clone();
    for &at in more {
        if let Some(block) = out.blocks.get_mut(at) {
            block.kind = BlockKind::Paragraph;
        }
    }
    out.sentences.clear();
    out.words.clear();
    body(text, &mut out);
    out
}

/// The beginning of the body, as much as a language detector needs.
fn prose(text: &str, article: &Article) -> String {
    let mut out = String::new();
    for block in article.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph) {
        out.push_str(block.span.of(text));
        out.push(' ');
        if out.len() > 4_000 {
            break;
        }
    }
    out
}

fn publisher(text: &str, blocks: &[Block]) -> Option<String> {
    let top = blocks.first().filter(|b| b.kind == BlockKind::Furniture)?;
    blocks.iter().find(|b| b.kind == BlockKind::Headline)?;
    let line = lines::lines(top.span.of(text)).into_iter().next()?;
    if furniture::furniture(&line).is_some() || page_date::is_stamp(&line, line.text) { None } else { masthead::publisher(&line) }
}

/// Reads the credits of the text and of its pictures.
fn credited(document: &Document, article: &mut Article) {
    let text = document.text.as_str();
    let first = article.blocks.iter().position(|b| b.kind == BlockKind::Paragraph).unwrap_or(article.blocks.len());
    let mut found = Vec::new();
    for (i, block) in article.blocks.iter().enumerate() {
        match block.kind {
            BlockKind::Credit | BlockKind::Byline => {
                let before = i < first || block.kind == BlockKind::Byline;
                credits::credits_of(text, block.span, before, &mut found);
            }
            BlockKind::Dateline => credits::push(text, block.span, CreditPosition::Dateline, &mut found),
            BlockKind::Caption => {
                let Some(line) = lines::lines(block.span.of(text)).into_iter().next() else { continue };
                let at = caption::credit_start(&line);
                let span = Span::new(block.span.end - line.text.len().min(block.span.len()), block.span.end);
                for (agency, span) in caption::picture_agencies(text, span, at) {
                    article.photo_credits.push(PhotoCredit { agency: agency.to_owned(), span: Some(span), stated: None });
                }
            }
            _ => {}
        }
    }
    if let Some(said) = &document.stated {
        stated::credits(said, &mut found);
        stated::photo_credits(said, &mut article.photo_credits);
    }
    credits::attributions(text, &article.words, &mut found);
    found.sort_by_key(|c| (c.position, c.span));
    article.credits = found;
}
