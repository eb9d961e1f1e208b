//! The probability that a pair is derived: a small logistic model beside the rules, with its fit.

use super::features::Features;

/// What the model looks at, each 0 to 1:
///
/// * `evidence`: the odds of the evidence that a reader is shown, as a share;
/// * `content`: share by weight of the content of one body that is in the other, the larger of both ways;
/// * `missing_numbers`: share of the numbers of the shorter body that the longer has not, less where there are few;
/// * `own_words`: sentences that agree on specifics though their words are not copied, ten of them and more as 1. With the same
///   evidence, such sentences are what independent reports of one event have in common.
pub const INPUTS: [&str; 4] = ["evidence", "content", "missing_numbers", "own_words"];

/// Bias, then one weight for each of [`INPUTS`]; a probability for collections where half of the compared pairs are derived.
///
/// Fitted 2026-11-22 by `wirecopy eval fit newsrooms.jsonl synth.jsonl clough.jsonl news.jsonl pan.jsonl` (files by
/// `benches/labelled_pairs.py`; `news.jsonl` by `wirecopy synth --kind news -n 4000 --seed 1 --pairs`): 105 pairs of the development
/// newsrooms, 14,400 of machine-made derivatives of 24 Wikinews stories, 95 answers revised from encyclopedia articles, 6,584 of
/// news-like pages, 10,000 paraphrases of sentences; each task counts the same, derived and other pairs the same. The inputs were
/// chosen among some twenty by leaving each of the first four tasks out once. Expected calibration error over 10 bins when left out of
/// the fit: .054 on the newsrooms, .023 on the derivatives, .118 on the answers, .062 on news-like pages (.059 on 6,706 pairs of
/// another seed, which chose nothing), .072 on sentences. On these 6,706 pairs the fit of all has .044.
pub const MODEL: [f64; INPUTS.len() + 1] = [-2.700, 4.841, 5.377, -2.555, -3.090];

/// Values of [`INPUTS`] for a pair; `evidence` is the sum of the log-odds that a reader is shown.
#[must_use]
pub(super) fn inputs(f: &Features, evidence: f64) -> [f64; INPUTS.len()] {
    [
        1.0 / (1.0 + (-evidence.clamp(-8.0, 8.0)).exp()),
        f.content_of[0].max(f.content_of[1]),
        (1.0 - f.number_share()) * (f.numbers_total / 6.0).min(1.0),
        f.agreeing_in_own_words.min(10) as f64 / 10.0,
    ]
}

/// The probability by the model.
#[must_use]
pub(super) fn probability(inputs: &[f64; INPUTS.len()]) -> f64 {
    let sum = MODEL[0] + MODEL[1..].iter().zip(inputs).map(|(w, x)| w * x).sum::<f64>();
    1.0 / (1.0 + (-sum).exp())
}
