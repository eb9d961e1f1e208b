//! What is usual in a collection: made by a first pass, then frozen.

use super::{Profile, Token};
use crate::text::{frequent_words, stem};
use std::collections::HashMap;
use xxhash_rust::xxh3::xxh3_64;

/// Document frequencies of a collection. Looked up only, never listed, so that no order can leak into results.
#[derive(Clone, Debug, Default)]
pub struct Statistics {
    documents: usize,
    stems: HashMap<u64, Frequency>,
}

#[derive(Clone, Copy, Debug)]
struct Frequency {
    documents: u32,
    /// Share of the background's documents that have it.
    background: f32,
}

/// Documents that every collection is taken to have beside its own, none of which holds the word asked for: so
/// that a word shared by both of two documents still counts.
const PSEUDO_DOCUMENTS: f64 = 8.0;

/// Documents of news at large that [`Statistics::idf_in_news`] takes every collection to have beside its own. A large collection
/// outweighs them.
const BACKGROUND: f64 = 100.0;
/// Documents that [`Statistics::of_news`] stands for.
const NEWS: usize = 1000;
/// Share of them that have a word of which nothing is known.
const RARE: f32 = 0.003;
/// Share that have a number of one or two digits, in which few values are; of longer numbers.
const SMALL_NUMBER: f32 = 0.1;
const NUMBER: f32 = 0.01;

impl Statistics {
    /// Counts stems over all documents.
    #[must_use]
    pub fn gather<'a>(profiles: impl Iterator<Item = &'a Profile>) -> Self {
        let mut background: HashMap<u64, f32> = HashMap::new();
        for (word, share) in frequent_words() {
            // A word in two lists is as usual as the first says.
            background.entry(xxh3_64(stem(word).as_bytes())).or_insert(share as f32);
        }
        let of = |t: &Token| match t.number {
            true if t.span.len() <= 2 => SMALL_NUMBER,
            true => NUMBER,
            false => RARE,
        };
        let mut out = Self::default();
        let mut stems: Vec<(u64, f32)> = Vec::new();
        for profile in profiles {
            out.documents += 1;
            stems.clear();
            stems.extend(profile.tokens.iter().map(|t| (t.stem, of(t))).chain(profile.title.iter().map(|&stem| (stem, RARE))));
            // Of two ways to write a number the more usual one counts, whatever their order.
            stems.sort_unstable_by(|x, y| x.0.cmp(&y.0).then(y.1.total_cmp(&x.1)));
            stems.dedup_by_key(|s| s.0);
            for &(s, share) in &stems {
                let known = || background.get(&s).copied().unwrap_or(share);
                let found = out.stems.entry(s).or_insert_with(|| Frequency { documents: 0, background: known() });
                found.documents += 1;
                found.background = found.background.max(share);
            }
        }
        out
    }

    /// News at large, by rule of thumb: what a collection is taken to be before it has been counted.
    #[must_use]
    pub fn of_news() -> Self {
        let mut stems = HashMap::new();
        for (word, share) in frequent_words() {
            let frequency = Frequency { documents: (share * NEWS as f64).round() as u32, background: share as f32 };
            stems.entry(xxh3_64(stem(word).as_bytes())).or_insert(frequency);
        }
        Self { documents: NEWS, stems }
    }

    /// All that is known, sorted by stem: the stem, in how many documents it stands, its share of news at large.
    #[must_use]
    pub fn rows(&self) -> Vec<(u64, u32, f32)> {
        let mut rows: Vec<_> = self.stems.iter().map(|(stem, f)| (*stem, f.documents, f.background)).collect();
        rows.sort_unstable_by_key(|r| r.0);
        rows
    }

    /// Statistics that were kept: the number of documents, and what [`Self::rows`] gave.
    #[must_use]
    pub fn from_rows(documents: usize, rows: impl IntoIterator<Item = (u64, u32, f32)>) -> Self {
        Self {
            documents,
            stems: rows.into_iter().map(|(stem, documents, background)| (stem, Frequency { documents, background })).collect(),
        }
    }

    /// Number of documents.
    #[must_use]
    pub const fn documents(&self) -> usize {
        self.documents
    }

    /// Smoothed inverse document frequency of a stem, always above 0.
    #[must_use]
    pub fn idf(&self, stem: u64) -> f64 {
        let df = self.stems.get(&stem).map_or(1, |f| f.documents).max(1);
        (1.0 + (self.documents as f64 + PSEUDO_DOCUMENTS) / f64::from(df)).ln()
    }

    /// The same in the collection and in news at large together: in a handful of texts, or in a pair alone, all words would else be as
    /// rare as each other.
    #[must_use]
    pub fn idf_in_news(&self, stem: u64) -> f64 {
        let (documents, background) = self.stems.get(&stem).map_or((1, RARE), |f| (f.documents, f.background));
        (1.0 + (self.documents as f64 + BACKGROUND) / (f64::from(documents) + BACKGROUND * f64::from(background))).ln()
    }
}
