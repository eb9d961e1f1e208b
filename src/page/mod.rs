//! The markup of a web page to the text of its article and what the page says about itself.

mod attribute;
mod blocks;
mod builder;
mod choose;
mod container;
mod furniture;
mod json_ld;
mod lines;
mod metadata;
mod names;
mod phrases;
mod prose;
mod readable;
mod stamp;
mod tag;
mod tree;
mod witness;

pub use crate::document::{DateOrigin, Stamp, Stamped};

use choose::{Part, choose};
use metadata::Metadata;
use tree::Tree;
use witness::Witness;

/// Share of the text for machines, in percent, that must stand on the page; under it, scripts would write the page.
const WRITTEN: usize = 25;

/// A web page, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The headline, the lead and the paragraphs, with a blank line between two of them. No control characters but line breaks.
    pub text: String,
    /// The byte of [`Self::text`] at which the article's own text begins, after the headline.
    pub body: usize,
    /// The headline.
    pub title: Option<String>,
    /// Who publishes the page.
    pub publisher: Option<String>,
    /// ISO 639 code of the language that the page states.
    pub language: Option<String>,
    /// Who wrote the article.
    pub byline: Option<String>,
    /// The address that the page gives itself: http or https, never another scheme.
    pub canonical_url: Option<String>,
    /// The days that the page states about itself, strongest origin first.
    pub dates: Vec<Stamp>,
    /// Whom the head of the page names as the source of its text or the holder of its rights. Credit lines of the text stay in the text.
    pub credits: Vec<String>,
    /// Captions and credits of pictures; they are not in the text.
    pub captions: Vec<String>,
}

impl Page {
    /// The text without the headline.
    #[must_use]
    pub fn article(&self) -> &str {
        self.text.get(self.body..).unwrap_or("")
    }
}

/// Reads a page that came from `url`.
#[must_use]
pub fn read_page(html: &str, url: Option<&str>) -> Page {
    let tree = Tree::read(html);
    let metadata = Metadata::read(&tree, url);
    let blocks = blocks::blocks(&tree, 0, &blocks::unseen(&tree));
    let title = metadata.title(&blocks);
    let witness = metadata.linked.body.as_deref().and_then(Witness::read);
    let parts = choose(&tree, &blocks, title.as_deref().unwrap_or(""), witness.as_ref());
    let texts = |wanted: &[Part]| -> Vec<String> {
        blocks.iter().zip(&parts).filter(|(_, p)| wanted.contains(p)).map(|(b, _)| b.text.clone()).collect()
    };
    let paragraphs = match witness {
        Some(witness) if witness.seen_in(&blocks) < WRITTEN => witness.paragraphs,
        _ => texts(&[Part::Body, Part::Lead]),
    };
    let mut text = title.clone().unwrap_or_default();
    if !text.is_empty() && !paragraphs.is_empty() {
        text.push_str("\n\n");
    }
    let body = text.len();
    text.push_str(&paragraphs.join("\n\n"));
    Page {
        text,
        body,
        title,
        publisher: metadata.publisher(),
        language: metadata.language(),
        byline: metadata.byline(),
        canonical_url: metadata.canonical_url(url),
        credits: metadata.credits(),
        captions: texts(&[Part::Caption]),
        dates: metadata.stamps,
    }
}
