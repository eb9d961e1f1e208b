//! The probability that a pair is derived: a small logistic model beside the rules, with its fit.

use super::features::Features;

/// What the model looks at, each 0 to 1:
///
/// * `claim`: 1 where the rules say that one derives from the other;
/// * `content`: share by weight of the content of one body that is in the other, the larger of both ways;
/// * `missing_numbers`: share of the numbers of the shorter body that the longer has not, less where there are few;
/// * `copied`: share of the words of one body that stand in passages of the other, the larger of both ways.
pub const INPUTS: [&str; 4] = ["claim", "content", "missing_numbers", "copied"];

/// Bias, then one weight for each of [`INPUTS`]; a probability for collections where half of the compared pairs are derived.
///
/// Fitted 2026-11-22 by `wirecopy eval fit newsrooms.jsonl synth.jsonl clough.jsonl news.jsonl pan.jsonl` (files by
/// `benches/labelled_pairs.py`; `news.jsonl` by `wirecopy synth --kind news -n 4000 --seed 1 --pairs`): 105 pairs of the development
/// newsrooms, 14,400 of machine-made derivatives of 24 Wikinews stories, 95 answers revised from encyclopedia articles, 6,584 of
/// news-like pages, 10,000 paraphrases of sentences; each task counts the same, derived and other pairs the same. The inputs were
/// chosen among some thirty by leaving each task out once. Expected calibration error over 10 bins when left out of the fit: .027 on
/// the derivatives, .039 on news-like pages (.034 on 6,706 pairs of another seed, which chose nothing), .045 on sentences, .064 on the
/// newsrooms and .106 on the answers (few pairs).
pub const MODEL: [f64; INPUTS.len() + 1] = [-3.249, 4.359, 6.512, -3.135, 3.461];

/// Values of [`INPUTS`] for a pair of which the rules claim a derivation or do not.
#[must_use]
pub(super) fn inputs(f: &Features, claim: bool) -> [f64; INPUTS.len()] {
    [
        f64::from(u8::from(claim)),
        f.content_of[0].max(f.content_of[1]),
        (1.0 - f.number_share()) * (f.numbers_total / 6.0).min(1.0),
        f.covered[0].max(f.covered[1]),
    ]
}

/// The probability by the model.
#[must_use]
pub(super) fn probability(inputs: &[f64; INPUTS.len()]) -> f64 {
    let sum = MODEL[0] + MODEL[1..].iter().zip(inputs).map(|(w, x)| w * x).sum::<f64>();
    1.0 / (1.0 + (-sum).exp())
}
