//! The paragraphs of one page in the form in which pages of a publisher are compared.

use super::agencies;
use super::{Article, BlockKind};
use crate::document::{Document, Span, normal_url};
use crate::text::{Word, frequent_words, is_quote_mark, is_stopword, stem, words};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// Words of a line that may be furniture; longer ones are background paragraphs.
const LONGEST: usize = 80;

/// Words in which a publisher speaks to its readers, folded.
#[rustfmt::skip]
const TO_READERS: &[&str] = &[
    "you", "your", "yours", "our", "us", "we", "unser", "unsere", "unseren", "unserem", "ihnen", "dir", "euch", "dein", "deine", "vous", "votre", "vos", "notre",
    "nos", "usted", "ustedes", "tu", "tus", "nuestro", "nuestra", "nuestros", "nuestras", "voce", "voces", "nosso", "nossa", "nossos", "nossas",
    "nostro", "nostra", "nostri", "vostro", "vostra", "onze", "jouw", "uw", "вы", "вас", "вам", "ваш", "ваша", "ваши", "наш", "наша", "наши", "наших", "нашу",
];

static FREQUENT: LazyLock<BTreeSet<u64>> = LazyLock::new(|| frequent_words().map(|(word, _)| of_stem(word)).collect());

fn of_stem(norm: &str) -> u64 {
    xxh3_64(stem(norm).as_bytes())
}

/// Words that tell what a text is about: stems as hashes, in order, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Telling {
    /// All that are neither function words nor usual in all news.
    pub(super) words: Vec<u64>,
    /// Those of them that are names or numbers.
    pub(super) names: Vec<u64>,
}

impl Telling {
    fn add(&mut self, text: &str, within: Span, all: &[Word], site: &Site) {
        for word in all {
            let norm = &*word.norm;
            let long = if word.is_number() { norm.len() > 1 } else { word.span.len() > 2 };
            if !long || is_stopword(norm) || site.names(norm) {
                continue;
            }
            let hash = of_stem(norm);
            if FREQUENT.contains(&hash) {
                continue;
            }
            self.words.push(hash);
            let before = Span::new(within.start, word.span.start).of(text).trim_end();
            let inside = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ';' | '(' | '-' | '–' | '—' | '/' | '&'));
            if word.is_number() || inside && word.is_capitalized(text) {
                self.names.push(hash);
            }
        }
    }

    pub(super) fn join(&mut self, other: &Self) {
        self.words.extend(&other.words);
        self.names.extend(&other.names);
    }

    pub(super) fn settle(&mut self) {
        for list in [&mut self.words, &mut self.names] {
            list.sort_unstable();
            list.dedup();
        }
    }
}

/// What a publisher is called: its own name tells nothing about a story.
#[derive(Debug, Default)]
struct Site {
    host: String,
    publisher: String,
}

impl Site {
    fn of(document: &Document, article: &Article) -> Self {
        let address = document.url.as_deref().and_then(normal_url).unwrap_or_default();
        let host = address.split(['/', '?']).next().unwrap_or("").to_owned();
        let name = article.publisher.as_deref().unwrap_or("");
        let publisher = words(name, Span::new(0, name.len())).iter().map(|w| &*w.norm).collect::<Vec<_>>().join(" ");
        Self { host, publisher }
    }

    fn names(&self, norm: &str) -> bool {
        norm.len() > 3 && self.host.contains(norm) || self.publisher.split(' ').any(|w| stem(w) == stem(norm))
    }

    /// What its pages are gathered under.
    fn keys(&self) -> Vec<u64> {
        let keys = [(1, &self.host), (2, &self.publisher)];
        keys.into_iter().filter(|(_, name)| !name.is_empty()).map(|(kind, name)| xxh3_64_with_seed(name.as_bytes(), kind)).collect()
    }
}

/// A paragraph or caption.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PageLine {
    /// Hash of its letters and digits, folded.
    pub(super) key: u64,
    /// Index of [`Article::blocks`].
    pub(super) block: usize,
    pub(super) words: usize,
    /// Whether it is text wherever it stands: it quotes somebody, names an agency, or is long.
    pub(super) is_text: bool,
    /// Whether it speaks to readers or names the publisher.
    pub(super) to_readers: bool,
    pub(super) telling: Telling,
}

/// One page, as [`RepeatedLines::learn`](super::RepeatedLines::learn) compares it with others of its publisher.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageLines {
    /// What its pages are gathered under: the host of the address, the name of the publisher.
    pub(super) sites: Vec<u64>,
    pub(super) address: Option<u64>,
    pub(super) lines: Vec<PageLine>,
    pub(super) title: Telling,
}

/// Under what a page is gathered with others: the host of its address and the name of its publisher, as far as they are known. Empty for
/// pages without either, and for those that are no articles.
#[must_use]
pub fn sites(document: &Document, article: &Article) -> Vec<u64> {
    if article.flags.iter().any(|f| matches!(*f, "non_article" | "no_body")) { Vec::new() } else { Site::of(document, article).keys() }
}

impl PageLines {
    /// Reads a page that was cut into blocks.
    #[must_use]
    pub fn new(document: &Document, article: &Article) -> Self {
        let text = document.text.as_str();
        let site = Site::of(document, article);
        let mut out = Self { sites: sites(document, article), ..Self::default() };
        out.address = document.url.as_deref().and_then(normal_url).map(|a| xxh3_64(a.as_bytes()));
        if let Some(title) = article.title {
            out.title.add(text, title, &words(text, title), &site);
        }
        for (block, b) in article.blocks.iter().enumerate() {
            if matches!(b.kind, BlockKind::Paragraph | BlockKind::Caption) {
                out.lines.push(line(text, b.span, block, &site));
            }
        }
        out
    }

    /// Names what stands on the page.
    pub(super) fn fingerprint(&self) -> u64 {
        let bytes: Vec<u8> = self.lines.iter().flat_map(|l| l.key.to_le_bytes()).collect();
        xxh3_64(&bytes)
    }

    pub(super) fn words(&self) -> usize {
        self.lines.iter().map(|l| l.words).sum()
    }
}

fn line(text: &str, span: Span, block: usize, site: &Site) -> PageLine {
    let all = words(text, span);
    let mut folded = String::with_capacity(span.len());
    for word in &all {
        folded.push_str(&word.norm);
        folded.push(' ');
    }
    let mut telling = Telling::default();
    telling.add(text, span, &all, site);
    telling.settle();
    let part = span.of(text);
    PageLine {
        key: xxh3_64(folded.as_bytes()),
        block,
        words: all.len(),
        is_text: all.len() > LONGEST || all.len() < 3 || part.contains(is_quote_mark) || !agencies::find(text, span).is_empty(),
        to_readers: all.iter().any(|w| TO_READERS.contains(&&*w.norm) || w.norm.len() > 3 && site.names(&w.norm)),
        telling,
    }
}
