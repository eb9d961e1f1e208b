//! What is usual in a collection: made by a first pass, then frozen.

use super::Profile;
use std::collections::HashMap;

/// Document frequencies of a collection. Looked up only, never listed, so that no order can leak into results.
#[derive(Clone, Debug, Default)]
pub struct Statistics {
    documents: usize,
    stems: HashMap<u64, u32>,
}

/// Documents that every collection is taken to have beside its own, none of which holds the word asked for: so
/// that a word shared by both of two documents still counts.
const PSEUDO_DOCUMENTS: f64 = 8.0;

impl Statistics {
    /// Counts stems over all documents.
    #[must_use]
    pub fn gather<'a>(profiles: impl Iterator<Item = &'a Profile>) -> Self {
        let mut out = Self::default();
        let mut stems = Vec::new();
        for profile in profiles {
            out.documents += 1;
            stems.clear();
            stems.extend(profile.tokens.iter().map(|t| t.stem).chain(profile.title.iter().copied()));
            stems.sort_unstable();
            stems.dedup();
            for &s in &stems {
                *out.stems.entry(s).or_insert(0) += 1;
            }
        }
        out
    }

    /// Number of documents.
    #[must_use]
    pub const fn documents(&self) -> usize {
        self.documents
    }

    /// Smoothed inverse document frequency of a stem, always above 0.
    #[must_use]
    pub fn idf(&self, stem: u64) -> f64 {
        let df = self.stems.get(&stem).copied().unwrap_or(1).max(1);
        (1.0 + (self.documents as f64 + PSEUDO_DOCUMENTS) / f64::from(df)).ln()
    }
}
