//! Fitting the probability: logistic regression with a small ridge, by Newton's method, one task left out at a time.

use super::measure::{auc, brier, calibration_error};
use crate::verify::INPUTS;
use serde::Serialize;

/// One row of a task: inputs and label.
pub type Example = (Vec<f64>, bool);

/// Pull of the weights towards 0, in examples: keeps separable data from weights without bound.
const RIDGE: f64 = 1.0;

/// Weights, the bias first, for examples with weights of their own.
#[must_use]
pub fn logistic(examples: &[(&[f64], bool, f64)]) -> Vec<f64> {
    let n = examples.first().map_or(0, |e| e.0.len()) + 1;
    let mut weights = vec![0.0; n];
    for _ in 0..40 {
        let mut gradient = vec![0.0; n];
        let mut hessian = vec![vec![0.0; n]; n];
        for &(inputs, label, count) in examples {
            let x = |i: usize| if i == 0 { 1.0 } else { inputs[i - 1] };
            let p = predict(&weights, inputs);
            for (i, (slope, row)) in gradient.iter_mut().zip(&mut hessian).enumerate() {
                *slope += count * (p - f64::from(u8::from(label))) * x(i);
                for (j, curve) in row.iter_mut().enumerate() {
                    *curve += count * p * (1.0 - p) * x(i) * x(j);
                }
            }
        }
        for i in 0..n {
            let ridge = if i == 0 { 1e-6 } else { RIDGE };
            gradient[i] += ridge * weights[i];
            hessian[i][i] += ridge;
        }
        let step = solve(hessian, gradient);
        let size: f64 = step.iter().map(|s| s * s).sum::<f64>().sqrt();
        // A long step can overshoot where the curve is flat.
        let scale = if size > 4.0 { 4.0 / size } else { 1.0 };
        weights.iter_mut().zip(&step).for_each(|(w, s)| *w -= scale * s);
        if size < 1e-9 {
            break;
        }
    }
    weights
}

/// The probability that weights give to inputs.
#[must_use]
pub fn predict(weights: &[f64], inputs: &[f64]) -> f64 {
    let sum = weights[0] + weights[1..].iter().zip(inputs).map(|(w, x)| w * x).sum::<f64>();
    1.0 / (1.0 + (-sum).exp())
}

/// Gauss's elimination with pivots.
fn solve(mut m: Vec<Vec<f64>>, mut y: Vec<f64>) -> Vec<f64> {
    let n = y.len();
    for column in 0..n {
        let pivot = (column..n).max_by(|&a, &b| m[a][column].abs().total_cmp(&m[b][column].abs())).unwrap_or(column);
        m.swap(column, pivot);
        y.swap(column, pivot);
        if m[column][column].abs() < 1e-12 {
            continue;
        }
        for row in column + 1..n {
            let factor = m[row][column] / m[column][column];
            let (above, below) = m.split_at_mut(row);
            below[0].iter_mut().zip(&above[column]).skip(column).for_each(|(x, p)| *x -= factor * p);
            y[row] -= factor * y[column];
        }
    }
    for row in (0..n).rev() {
        let rest: f64 = (row + 1..n).map(|k| m[row][k] * y[k]).sum();
        y[row] = if m[row][row].abs() < 1e-12 { 0.0 } else { (y[row] - rest) / m[row][row] };
    }
    y
}

/// How a model fitted without a task does on it.
#[derive(Clone, Debug, Serialize)]
pub struct LeftOut {
    /// The task.
    pub task: String,
    /// Its pairs.
    pub pairs: usize,
    /// Share of positives.
    pub base_rate: f64,
    /// Area under the curve.
    pub auc: f64,
    /// Expected calibration error over 10 and 15 bins of equal size.
    pub calibration_error: [f64; 2],
    /// Mean squared error.
    pub brier: f64,
}

/// A fit over all tasks, and for each task the figures of a model that has not seen it.
#[derive(Clone, Debug, Serialize)]
pub struct FitReport {
    /// Names of the inputs.
    pub inputs: Vec<&'static str>,
    /// Bias, then one weight for each input.
    pub weights: Vec<f64>,
    /// Leave one task out.
    pub left_out: Vec<LeftOut>,
}

/// Fits all tasks. Each counts the same whatever its size, and in each the positives as much as the negatives: so the
/// probability is one for a base rate of a half.
#[must_use]
pub fn fit(tasks: &[(String, Vec<Example>)]) -> FitReport {
    let left_out = tasks
        .iter()
        .enumerate()
        .filter(|_| tasks.len() > 1)
        .map(|(out, (name, examples))| {
            let weights = logistic(&weighted(tasks.iter().enumerate().filter(|(i, _)| *i != out).map(|(_, t)| &t.1)));
            let labels: Vec<bool> = examples.iter().map(|e| e.1).collect();
            let given: Vec<f64> = examples.iter().map(|e| predict(&weights, &e.0)).collect();
            LeftOut {
                task: name.clone(),
                pairs: examples.len(),
                base_rate: labels.iter().filter(|l| **l).count() as f64 / labels.len().max(1) as f64,
                auc: auc(&labels, &given),
                calibration_error: [calibration_error(&labels, &given, 10), calibration_error(&labels, &given, 15)],
                brier: brier(&labels, &given),
            }
        })
        .collect();
    FitReport { inputs: INPUTS.to_vec(), weights: logistic(&weighted(tasks.iter().map(|t| &t.1))), left_out }
}

fn weighted<'a>(tasks: impl Iterator<Item = &'a Vec<Example>>) -> Vec<(&'a [f64], bool, f64)> {
    const EACH: f64 = 500.0;
    let mut out = Vec::new();
    for examples in tasks {
        for label in [false, true] {
            let of: Vec<&Example> = examples.iter().filter(|e| e.1 == label).collect();
            let weight = EACH / of.len().max(1) as f64;
            out.extend(of.into_iter().map(|e| (e.0.as_slice(), label, weight)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{logistic, predict};

    #[test]
    fn a_slope_is_found() {
        let points: Vec<([f64; 1], bool)> = (0..100).map(|i| ([f64::from(i) / 100.0], i >= 50)).collect();
        let rows: Vec<(&[f64], bool, f64)> = points.iter().map(|(x, l)| (x.as_slice(), *l, 10.0)).collect();
        let weights = logistic(&rows);
        assert!(predict(&weights, &[0.9]) > 0.95 && predict(&weights, &[0.1]) < 0.05);
        assert!((predict(&weights, &[0.495]) - 0.5).abs() < 0.02);
    }
}
