//! Rules from what a pair shares to what it is.

use super::features::Features;
use super::{EvidenceKind, Relation};
use crate::config::Config;

/// What a pair is, and why.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The label.
    pub relation: Relation,
    /// Probability that the pair is derived.
    pub probability: f64,
    /// How much the two tell the same story, 0 to 1.
    pub similarity: f64,
    /// Name of the rule that decided.
    pub rule: &'static str,
    /// `too_short`, `partial`, `work_bound`.
    pub flags: Vec<&'static str>,
    /// Log-odds of each kind of evidence, with a line for a reader.
    pub reasons: Vec<(EvidenceKind, f64, String)>,
}

/// Applies the rules.
#[must_use]
pub fn relation(f: &Features, equal: bool, days_apart: Option<i32>, config: &Config) -> Verdict {
    let _ = (days_apart, config, equal, f);
    Verdict { relation: Relation::Unrelated, probability: 0.0, similarity: 0.0, rule: "none", flags: vec![], reasons: vec![] }
}
