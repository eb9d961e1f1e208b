//! Every setting that can change a result.

use serde::{Deserialize, Serialize};

/// Every setting that can change a result, and nothing else: threads, memory and formats are not here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Words in a shingle (1 to 16).
    pub shingle_size: usize,
    /// Values in a signature (16 to 1024).
    pub num_perm: usize,
    /// LSH bands; `bands * rows` must not exceed `num_perm`.
    pub bands: usize,
    /// Rows in an LSH band.
    pub rows: usize,
    /// Words in an informative n-gram.
    pub gram_size: usize,
    /// Gram keys that make a pair a candidate.
    pub min_shared_grams: usize,
    /// Lead terms kept for each document.
    pub lead_terms: usize,
    /// Lead terms that make a pair a candidate.
    pub min_shared_lead: usize,
    /// A gram in more documents than `max(max_df_floor, max_df_share * documents)` is no evidence.
    pub max_df_floor: usize,
    /// See `max_df_floor`.
    pub max_df_share: f64,
    /// Neighbours that each document of a hot bucket is linked to.
    pub hot_window: usize,
    /// Shortest passage in words.
    pub min_passage: usize,
    /// Bodies with fewer words are flagged `too_short`.
    pub min_words: usize,
    /// Seed of all hashes.
    pub seed: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            shingle_size: 3,
            num_perm: 128,
            bands: 42,
            rows: 3,
            gram_size: 5,
            min_shared_grams: 3,
            lead_terms: 12,
            min_shared_lead: 5,
            max_df_floor: 20,
            max_df_share: 0.01,
            hot_window: 16,
            min_passage: 3,
            min_words: 80,
            seed: 0x5749_5245_434F_5059,
        }
    }
}
