//! How far a text was revised: four levels, from a copy to own words, by three yes-or-no questions.
//!
//! Is it derived at all? If so, is it a near copy? If not, was it revised lightly? Each question is a logistic model over two
//! shares that a reader can look up; they are fitted on the file itself, each pair judged by models that have not seen it.

use super::fit::{logistic, predict};
use super::measure::interval;
use crate::verify::Match;
use serde::Serialize;
use std::collections::BTreeMap;

/// The levels, from the nearest to the farthest.
pub const LEVELS: [&str; 4] = ["cut", "light", "heavy", "non"];

/// Levels against the truth.
#[derive(Clone, Debug, Serialize)]
pub struct LevelReport {
    /// Pairs.
    pub pairs: usize,
    /// Share whose level is right, leave one out.
    pub accuracy: f64,
    /// Its 95 % interval.
    pub interval: [f64; 2],
    /// The same for four levels by 3-gram containment alone, fitted in the same way.
    pub baseline: f64,
    /// Accuracy less that of the baseline, paired: 95 % interval.
    pub gain: [f64; 2],
    /// How often each level was given, by true level.
    pub confusion: BTreeMap<&'static str, BTreeMap<&'static str, usize>>,
}

/// What the three questions look at in the second text of a pair, the first being the source.
fn questions(m: &Match) -> [Vec<f64>; 3] {
    let f = &m.features;
    let scale = |x: f64| 4.0 * x;
    [
        vec![scale(f.content_of[1]), scale(f.aligned_copied[1])],
        vec![scale(f.covered[1]), scale(f.aligned_long[1])],
        vec![scale(f.aligned_copied[1])],
    ]
}

/// Judges each pair by models fitted on the others. `levels` are indices into [`LEVELS`]; `containment` is the baseline.
#[must_use]
pub fn evaluate(found: &[Match], levels: &[usize], containment: &[f64]) -> LevelReport {
    let own: Vec<[Vec<f64>; 3]> = found.iter().map(questions).collect();
    let simple: Vec<[Vec<f64>; 3]> = containment.iter().map(|&c| [vec![4.0 * c], vec![4.0 * c], vec![4.0 * c]]).collect();
    let judge = |inputs: &[[Vec<f64>; 3]]| -> Vec<usize> { (0..levels.len()).map(|at| left_out(inputs, levels, at)).collect() };
    let (given, by_baseline) = (judge(&own), judge(&simple));
    let right =
        |given: &[usize], chosen: &[usize]| chosen.iter().filter(|&&i| given[i] == levels[i]).count() as f64 / chosen.len().max(1) as f64;
    let all: Vec<usize> = (0..levels.len()).collect();
    let mut confusion: BTreeMap<&'static str, BTreeMap<&'static str, usize>> = BTreeMap::new();
    for (&truth, &said) in levels.iter().zip(&given) {
        *confusion.entry(LEVELS[truth]).or_default().entry(LEVELS[said]).or_insert(0) += 1;
    }
    LevelReport {
        pairs: levels.len(),
        accuracy: right(&given, &all),
        interval: interval(levels.len(), &|c| right(&given, c)),
        baseline: right(&by_baseline, &all),
        gain: interval(levels.len(), &|c| right(&given, c) - right(&by_baseline, c)),
        confusion,
    }
}

/// The level of the pair `at` by models fitted on all others.
fn left_out(inputs: &[[Vec<f64>; 3]], levels: &[usize], at: usize) -> usize {
    // Each question with the levels it is asked about and those it says yes to.
    let asked: [(&[usize], &[usize]); 3] = [(&[0, 1, 2, 3], &[0, 1, 2]), (&[0, 1, 2], &[0]), (&[1, 2], &[1])];
    let mut yes = [0.0; 3];
    for (question, (about, positive)) in asked.into_iter().enumerate() {
        let rows = (0..levels.len()).filter(|&i| i != at && about.contains(&levels[i]));
        let examples: Vec<(&[f64], bool, f64)> =
            rows.map(|i| (inputs[i][question].as_slice(), positive.contains(&levels[i]), 1.0)).collect();
        yes[question] = predict(&logistic(&examples), &inputs[at][question]);
    }
    let [derived, copy, light] = yes;
    let odds = [derived * copy, derived * (1.0 - copy) * light, derived * (1.0 - copy) * (1.0 - light), 1.0 - derived];
    (0..4).max_by(|&x, &y| odds[x].total_cmp(&odds[y])).unwrap_or(3)
}
