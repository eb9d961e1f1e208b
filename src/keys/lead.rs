//! The weightiest words of title and lead: what the story is about.

use super::{Profile, Statistics};
use crate::config::Config;
use std::collections::BTreeMap;

/// Body words that count as the lead.
const LEAD_WORDS: usize = 60;

/// The terms of title and lead with their weights, weightiest first, ties by hash.
#[must_use]
pub fn lead_terms(profile: &Profile, statistics: &Statistics) -> Vec<(u64, f64)> {
    let mut counts: BTreeMap<u64, f64> = BTreeMap::new();
    for &stem in &profile.title {
        *counts.entry(stem).or_insert(0.0) += 1.0;
    }
    for token in profile.tokens.iter().take(LEAD_WORDS).filter(|t| !t.stop) {
        *counts.entry(token.stem).or_insert(0.0) += 1.0;
    }
    let mut terms: Vec<(u64, f64)> = counts.into_iter().map(|(stem, n)| (stem, (1.0 + n.ln()) * statistics.idf(stem))).collect();
    terms.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    terms
}

/// Keys of the weightiest lead terms.
#[must_use]
pub fn lead_keys(profile: &Profile, statistics: &Statistics, config: &Config) -> Vec<u64> {
    lead_terms(profile, statistics).into_iter().take(config.lead_terms).map(|(stem, _)| stem ^ config.seed).collect()
}
