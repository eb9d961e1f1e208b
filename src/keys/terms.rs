//! What a text is about: its content words by weight, made once for each document.

use super::{Profile, Statistics, lead_terms};

/// Body words that count double: news says first what it is about.
const LEAD_WORDS: usize = 60;

/// A content word of a document; each weight is that of a vector of length 1.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// Its stem.
    pub stem: u64,
    /// Its weight by the collection.
    pub weight: f32,
    /// Its weight by the collection and news at large together.
    pub in_news: f32,
}

/// The content words of title and body with their weights (log of the count times inverse document frequency).
#[derive(Clone, Debug, Default)]
pub struct TermVector {
    /// Sorted by stem.
    terms: Vec<Term>,
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
        let weighted = counts.into_iter().map(|(stem, n)| Term {
            stem,
            weight: n.ln_1p() * statistics.idf(stem) as f32,
            in_news: n.ln_1p() * statistics.idf_in_news(stem) as f32,
        });
        Self::scaled(weighted.collect())
    }

    /// The terms of title and lead alone.
    #[must_use]
    pub fn of_lead(profile: &Profile, statistics: &Statistics) -> Self {
        let weighted = lead_terms(profile, statistics).into_iter().map(|(stem, weight)| Term {
            stem,
            weight: weight as f32,
            in_news: (weight / statistics.idf(stem) * statistics.idf_in_news(stem)) as f32,
        });
        let mut terms: Vec<Term> = weighted.collect();
        terms.sort_by_key(|t| t.stem);
        Self::scaled(terms)
    }

    fn scaled(mut terms: Vec<Term>) -> Self {
        let norm = |weight: fn(&Term) -> f32| terms.iter().map(|t| weight(t) * weight(t)).sum::<f32>().sqrt();
        let norms = [norm(|t| t.weight), norm(|t| t.in_news)];
        if norms.iter().all(|n| *n > 0.0) {
            terms.iter_mut().for_each(|t| {
                t.weight /= norms[0];
                t.in_news /= norms[1];
            });
        }
        Self { terms }
    }

    /// The terms, sorted by stem.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Cosine with another by the weights of the collection, 0 to 1.
    #[must_use]
    pub fn cosine(&self, other: &Self) -> f64 {
        self.cosine_by(other, |t| t.weight)
    }

    /// Cosine with another by the weights of the collection and news at large together, 0 to 1.
    #[must_use]
    pub fn cosine_in_news(&self, other: &Self) -> f64 {
        self.cosine_by(other, |t| t.in_news)
    }

    fn cosine_by(&self, other: &Self, weight: impl Fn(&Term) -> f32) -> f64 {
        let (mut i, mut j, mut dot) = (0, 0, 0.0_f32);
        // Which of two hashes is smaller cannot be foretold, so nothing here branches on it.
        while let (Some(x), Some(y)) = (self.terms.get(i), other.terms.get(j)) {
            dot += if x.stem == y.stem { weight(x) * weight(y) } else { 0.0 };
            i += usize::from(x.stem <= y.stem);
            j += usize::from(y.stem <= x.stem);
        }
        f64::from(dot).clamp(0.0, 1.0)
    }
}
