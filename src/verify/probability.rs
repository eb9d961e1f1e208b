//! The probability that a pair is derived: a small logistic model beside the rules, with its fit.

use super::features::Features;
use super::relation::Days;

/// What the model looks at; all but the first are shares of 0 to 1.
pub const INPUTS: [&str; 9] =
    ["evidence", "shorter_copied", "longer_copied", "long_runs", "content", "whole", "order", "conflicts", "other_day"];

/// Bias, then one weight for each of [`INPUTS`]; a probability for collections where half of the compared pairs are derived.
///
/// Fitted 2026-11-22 by `wirecopy eval fit newsrooms.jsonl synth.jsonl clough.jsonl` (files by `benches/labelled_pairs.py`): 105 pairs of
/// the development newsrooms, 14,400 of machine-made derivatives of 24 Wikinews stories, 95 answers revised from
/// encyclopedia articles; each task counts the same, derived and other pairs the same. Each task left out of the fit
/// once, expected calibration error over 10 bins: .025 on the derivatives, .113 on the newsrooms, .048 on the answers.
/// On single sentences (10,000 paraphrase pairs, not fitted) it is .17: the model is none for sentences.
pub const MODEL: [f64; INPUTS.len() + 1] = [-0.133, 4.842, -0.423, 1.081, 1.466, 3.247, 0.996, -0.011, -2.793, -0.417];

/// Values of [`INPUTS`] for a pair; `evidence` is the sum of the log-odds that a reader is shown, within -8 to 8.
#[must_use]
pub(super) fn inputs(f: &Features, days: Days, evidence: f64) -> [f64; INPUTS.len()] {
    let shorter = usize::from(f.words[1] < f.words[0]);
    let compared = (f.agreements + f.conflicts) as f64;
    [
        evidence.clamp(-8.0, 8.0) / 8.0,
        f.covered[shorter],
        f.covered[1 - shorter],
        f.long_runs[shorter],
        f.content_of[shorter],
        f.whole.sqrt(),
        f.ordered_share(),
        f.conflicts as f64 / (compared + 1.0),
        f64::from(u8::from(days.apart.is_some_and(|d| d > 3))),
    ]
}

/// The probability by the model.
#[must_use]
pub(super) fn probability(inputs: &[f64; INPUTS.len()]) -> f64 {
    let sum = MODEL[0] + MODEL[1..].iter().zip(inputs).map(|(w, x)| w * x).sum::<f64>();
    1.0 / (1.0 + (-sum).exp())
}
