//! What a text is about: its content words by weight, made once for each document.

use super::{Profile, Statistics, lead_terms};

/// Body words that count double: news says first what it is about.
const LEAD_WORDS: usize = 60;

/// The content words of title and body with their weights (log of the count times inverse document frequency).
#[derive(Clone, Debug, Default)]
pub struct TermVector {
    /// Stems with weights, sorted by stem; the weights are scaled to length 1.
    terms: Vec<(u64, f32)>,
}

impl TermVector {
    /// Reads the terms of a document.
    #[must_use]
    pub fn new(profile: &Profile, statistics: &Statistics) -> Self {
        let body = profile.tokens.iter().enumerate().filter(|(_, t)| !t.stop);
        let mut counts: Vec<(u64, f32)> = body.map(|(i, t)| (t.stem, if i < LEAD_WORDS { 2.0 } else { 1.0 })).collect();
        counts.extend(profile.title.iter().map(|&stem| (stem, 1.0)));
        counts.sort_by_key(|t| t.0);
        counts.dedup_by(|later, first| {
            let same = later.0 == first.0;
            first.1 += if same { later.1 } else { 0.0 };
            same
        });
        for (stem, n) in &mut counts {
            *n = n.ln_1p() * statistics.idf(*stem) as f32;
        }
        Self::scaled(counts)
    }

    /// The terms of title and lead alone.
    #[must_use]
    pub fn of_lead(profile: &Profile, statistics: &Statistics) -> Self {
        let mut terms: Vec<(u64, f32)> = lead_terms(profile, statistics).into_iter().map(|t| (t.0, t.1 as f32)).collect();
        terms.sort_by_key(|t| t.0);
        Self::scaled(terms)
    }

    fn scaled(mut counts: Vec<(u64, f32)>) -> Self {
        let norm = counts.iter().map(|t| t.1 * t.1).sum::<f32>().sqrt();
        if norm > 0.0 {
            counts.iter_mut().for_each(|t| t.1 /= norm);
        }
        Self { terms: counts }
    }

    /// Stems with weights, sorted by stem.
    #[must_use]
    pub fn terms(&self) -> &[(u64, f32)] {
        &self.terms
    }

    /// Cosine with another, 0 to 1.
    #[must_use]
    pub fn cosine(&self, other: &Self) -> f64 {
        let (mut i, mut j, mut dot) = (0, 0, 0.0_f32);
        // Which of two hashes is smaller cannot be foretold, so nothing here branches on it.
        while let (Some(x), Some(y)) = (self.terms.get(i), other.terms.get(j)) {
            dot += if x.0 == y.0 { x.1 * y.1 } else { 0.0 };
            i += usize::from(x.0 <= y.0);
            j += usize::from(y.0 <= x.0);
        }
        f64::from(dot).clamp(0.0, 1.0)
    }
}
