//! Informative n-grams: word runs that say more than names and formulas.

use super::Profile;
use super::shingle::combine;
use crate::config::Config;

/// Words besides names, numbers and function words that make an n-gram informative.
const CONTENT_WORDS: usize = 2;

/// Most gram keys of one document; of longer ones those with the smallest hashes are kept (FracMinHash, Irber et
/// al. 2022), so that two documents keep the same ones.
const BUDGET: usize = 100;

/// Hashes of the informative n-grams of a body, sorted, each once: a sample by hash when there are many.
#[must_use]
pub fn gram_keys(profile: &Profile, config: &Config) -> Vec<u64> {
    let size = config.gram_size;
    if size == 0 {
        return Vec::new();
    }
    let mut keys: Vec<u64> = Vec::new();
    let mut hashes = Vec::with_capacity(size);
    for range in &profile.sentences {
        for window in profile.tokens[range.clone()].windows(size) {
            if window.iter().filter(|t| t.is_content()).count() >= CONTENT_WORDS {
                hashes.clear();
                hashes.extend(window.iter().map(|t| t.word));
                keys.push(combine(&hashes));
            }
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys.truncate(BUDGET);
    keys
}
