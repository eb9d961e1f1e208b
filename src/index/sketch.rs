//! A document as the index knows it: its keys, its words as a hash, its text packed.

use super::brief::Brief;
use super::postings::key;
use super::statistics::Frozen;
use super::topic::Topic;
use crate::config::Config;
use crate::document::Document;
use crate::extract::{LONGEST_WALL, is_non_article, may_be_list};
use crate::keys::split_mix::mixed;
use crate::keys::{Bulk, Gram, KeyKind, sample};
use crate::pipeline::Reader;

/// Terms of title and lead of which every three make a key: two are shared by chance too often, and four by too few rewrites.
const LEAD_TERMS: usize = 6;
/// Quote keys of one document; of more those with the smallest hashes, so that two documents keep the same ones.
const QUOTE_KEYS: usize = 48;

/// What is kept of a document, and under which keys.
#[derive(Debug)]
pub(super) struct Sketch {
    /// What is seen of it at a glance; what it is about only where it takes part in comparisons.
    pub(super) brief: Brief,
    /// Whether it takes part in comparisons: no wall, no error page, not too short.
    pub(super) article: bool,
    /// Sorted, each once.
    pub(super) keys: Vec<u64>,
    /// Agencies that the text names as its source.
    pub(super) agencies: Vec<String>,
}

/// Makes sketches; one for each thread.
pub(super) struct Sketcher<'a> {
    bulk: Bulk,
    sampled: Vec<Gram>,
    bands: Vec<u32>,
    config: &'a Config,
    frozen: &'a Frozen,
}

/// The value under which a sampled gram stands.
pub(super) const fn gram_key(hash: u64) -> u64 {
    key(KeyKind::Gram, hash)
}

impl<'a> Sketcher<'a> {
    pub(super) fn new(config: &'a Config, frozen: &'a Frozen) -> Self {
        Self { bulk: Bulk::new(config), sampled: Vec::new(), bands: Vec::new(), config, frozen }
    }

    /// What the words alone tell: all but the keys of quotations and leads, and the agencies.
    pub(super) fn by_words(&mut self, document: &Document) -> Sketch {
        let (config, news) = (self.config, self.config.derivatives);
        self.bulk.text().push_str(&document.text);
        let measure = self.bulk.read_and_sign();
        let may_be_wall = measure.words as usize <= LONGEST_WALL || news && may_be_list(&document.text);
        let article = measure.words as usize >= config.min_collapse_words && !(may_be_wall && is_non_article(&document.text));
        let mut keys = Vec::new();
        if article {
            self.bands.clear();
            self.bulk.band_keys(&mut self.bands);
            keys.extend(self.bands.iter().zip(0_u64..).map(|(&band, number)| key(KeyKind::Band, mixed(u64::from(band) | number << 32))));
            if news {
                sample(self.bulk.shingles(), config.gram_sample as u32, &mut self.sampled);
                keys.extend(self.sampled.iter().map(|g| gram_key(g.hash)).filter(|k| !self.frozen.is_template(*k)));
            }
            keys.sort_unstable();
            keys.dedup();
        }
        let mut exact = [0; 16];
        exact[..8].copy_from_slice(&measure.exact[0].to_le_bytes());
        exact[8..].copy_from_slice(&measure.exact[1].to_le_bytes());
        let brief = Brief { words: measure.words, exact, glance: self.bulk.glance(), topic: Topic::default() };
        Sketch { brief, article, keys, agencies: Vec::new() }
    }

    /// What reading it as an article adds.
    pub(super) fn read(&self, document: &Document, reader: &Reader<'_>, sketch: &mut Sketch) {
        let config = self.config;
        if !sketch.article || !config.derivatives {
            return;
        }
        let clues = reader.clues(document);
        let keys = &mut sketch.keys;
        keys.extend(clues.quotes.into_iter().take(QUOTE_KEYS).map(|q| key(KeyKind::Quote, q)).filter(|k| !self.frozen.is_template(*k)));
        let lead = &clues.lead[..clues.lead.len().min(LEAD_TERMS)];
        let mut terms = lead.to_vec();
        terms.sort_unstable();
        keys.extend(threes(&terms).map(|t| key(KeyKind::Lead, t)).filter(|k| !self.frozen.is_template(*k)));
        keys.sort_unstable();
        keys.dedup();
        sketch.agencies = clues.agencies;
        sketch.brief.topic = Topic::new(&clues.terms);
    }
}

/// The hash of every three of some terms, which are sorted.
fn threes(terms: &[u64]) -> impl Iterator<Item = u64> {
    let pairs = terms.iter().enumerate().flat_map(|(i, a)| terms[..i].iter().enumerate().map(move |(j, b)| (j, mixed(mixed(*a) ^ b))));
    pairs.flat_map(|(j, pair)| terms[..j].iter().map(move |c| mixed(pair ^ c)))
}
