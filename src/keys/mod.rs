//! The 64-bit values under which a document is indexed. Documents that share keys become candidates.
//!
//! All kinds emit the same row, so that one join serves them all, in memory or elsewhere.

mod bands;
mod bulk;
mod grams;
mod lead;
mod minhash;
mod profile;
mod shingle;
mod shingle_set;
pub(crate) mod split_mix;
mod statistics;
mod term_index;
mod terms;

pub use bands::{band_keys, bands_for, least_agreements, recall_at};
pub use bulk::{Bulk, Glance, Gram, Kernel, Measure, gram_words, sample, stretches_of, word_hashes_general};
pub use grams::gram_keys;
pub use lead::{lead_keys, lead_terms};
pub use minhash::{Permutations, estimate_jaccard, signature};
pub use profile::{Profile, Token};
pub use shingle::{containment, jaccard, shingles};
pub use shingle_set::ShingleSet;
pub use statistics::Statistics;
pub use term_index::TermIndex;
pub use terms::{Term, TermVector};

use crate::config::Config;
use crate::facts::{Facts, QuoteForm};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// What a key is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyKind {
    /// All words of the body.
    Exact,
    /// One LSH band of the signature.
    Band,
    /// An informative n-gram.
    Gram,
    /// A quotation, or four words in a row of a long one.
    Quote,
    /// A weighty word of title and lead.
    Lead,
}

/// One key of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyRow {
    /// What it is made from.
    pub kind: KeyKind,
    /// The value.
    pub key: u64,
    /// Index of the document in the run.
    pub document: u32,
}

/// All keys of one document, each once; `permutations` are those of `config`.
#[must_use]
pub fn key_rows(
    document: u32,
    profile: &Profile,
    facts: &Facts,
    statistics: &Statistics,
    permutations: &Permutations,
    config: &Config,
) -> Vec<KeyRow> {
    let mut rows = Vec::new();
    let mut push = |kind, key| rows.push(KeyRow { kind, key, document });
    if !profile.tokens.is_empty() {
        push(KeyKind::Exact, profile.body_hash(config.seed));
    }
    for key in band_keys(&signature(&profile.shingles, permutations), config.bands, config.rows, config.seed) {
        push(KeyKind::Band, key);
    }
    for key in gram_keys(profile, config) {
        push(KeyKind::Gram, key);
    }
    for key in quote_keys(facts, config.seed) {
        push(KeyKind::Quote, key);
    }
    for key in lead_keys(profile, statistics, config) {
        push(KeyKind::Lead, key);
    }
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// Keys of all quotations of two words and more, and of every four words in a row of those with six and more.
#[must_use]
pub fn quote_keys(facts: &Facts, seed: u64) -> Vec<u64> {
    let spoken = facts.quotes.iter().filter(|q| q.form != QuoteForm::Scare);
    keys_of_quotes(spoken.map(|q| q.words.iter().map(String::as_str).collect()), seed)
}

/// The same of the words of quotations.
pub(crate) fn keys_of_quotes<'a>(quotes: impl Iterator<Item = Vec<&'a str>>, seed: u64) -> Vec<u64> {
    let hash = |words: &[&str]| xxh3_64_with_seed(words.join(" ").as_bytes(), seed ^ 0x51);
    let mut keys = Vec::new();
    for words in quotes.filter(|words| words.len() >= 2) {
        keys.push(hash(&words));
        if words.len() >= 6 {
            keys.extend(words.windows(4).map(hash));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}
