//! Figures over scores with labels: no layout, no rounding.

use crate::keys::split_mix::drawn;

/// Area under the curve of `scores` for `labels`; equal scores count half. 0.5 if one of the two labels is missing.
#[must_use]
pub fn auc(labels: &[bool], scores: &[f64]) -> f64 {
    let ranks = ranks(scores);
    let positives = labels.iter().filter(|l| **l).count() as f64;
    let negatives = labels.len() as f64 - positives;
    if positives == 0.0 || negatives == 0.0 {
        return 0.5;
    }
    let sum: f64 = ranks.iter().zip(labels).filter(|(_, l)| **l).map(|(r, _)| r).sum();
    (sum - positives * (positives + 1.0) / 2.0) / (positives * negatives)
}

/// Ranks from 1, equal values share their mean rank.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&x, &y| values[x].total_cmp(&values[y]));
    let mut out = vec![0.0; values.len()];
    let mut from = 0;
    for run in order.chunk_by(|&x, &y| values[x].total_cmp(&values[y]).is_eq()) {
        let mean = from as f64 + (run.len() as f64 + 1.0) / 2.0;
        run.iter().for_each(|&i| out[i] = mean);
        from += run.len();
    }
    out
}

/// Pearson's correlation; 0 if one side does not vary.
#[must_use]
pub fn pearson(x: &[f64], y: &[f64]) -> f64 {
    let n = x.len().max(1) as f64;
    let (mx, my) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (a, b) in x.iter().zip(y) {
        xy += (a - mx) * (b - my);
        xx += (a - mx) * (a - mx);
        yy += (b - my) * (b - my);
    }
    if xx > 0.0 && yy > 0.0 { xy / (xx * yy).sqrt() } else { 0.0 }
}

/// Spearman's correlation of ranks.
#[must_use]
pub fn spearman(x: &[f64], y: &[f64]) -> f64 {
    pearson(&ranks(x), &ranks(y))
}

/// F1 and accuracy where scores of at least `threshold` are taken as positive.
#[must_use]
pub fn at(threshold: f64, labels: &[bool], scores: &[f64]) -> (f64, f64) {
    let (mut hits, mut false_alarms, mut missed, mut right) = (0_u32, 0_u32, 0_u32, 0_u32);
    for (&label, &score) in labels.iter().zip(scores) {
        let said = score >= threshold;
        hits += u32::from(said && label);
        false_alarms += u32::from(said && !label);
        missed += u32::from(!said && label);
        right += u32::from(said == label);
    }
    let f1 = 2.0 * f64::from(hits) / f64::from((2 * hits + false_alarms + missed).max(1));
    (f1, f64::from(right) / labels.len().max(1) as f64)
}

/// The best F1 over all thresholds, with its threshold: an upper bound, chosen on the very pairs.
#[must_use]
pub fn best_f1(labels: &[bool], scores: &[f64]) -> (f64, f64) {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&x, &y| scores[y].total_cmp(&scores[x]));
    let positives = labels.iter().filter(|l| **l).count();
    let (mut taken, mut hits, mut best) = (0, 0, (0.0, 1.0));
    for run in order.chunk_by(|&x, &y| scores[x].total_cmp(&scores[y]).is_eq()) {
        taken += run.len();
        hits += run.iter().filter(|&&i| labels[i]).count();
        let f1 = 2.0 * hits as f64 / (taken + positives) as f64;
        if f1 > best.0 {
            best = (f1, scores[run[0]]);
        }
    }
    best
}

/// Mean squared difference of probability and label (Brier 1950).
#[must_use]
pub fn brier(labels: &[bool], probabilities: &[f64]) -> f64 {
    let sum: f64 = labels.iter().zip(probabilities).map(|(&l, p)| (p - f64::from(u8::from(l))).powi(2)).sum();
    sum / labels.len().max(1) as f64
}

/// One bin of a reliability table.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Bin {
    /// Pairs in it.
    pub pairs: usize,
    /// Mean probability that was given.
    pub probability: f64,
    /// Share that was positive.
    pub positive: f64,
}

/// Bins of equal size by rising probability.
#[must_use]
pub fn reliability(labels: &[bool], probabilities: &[f64], bins: usize) -> Vec<Bin> {
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by(|&x, &y| probabilities[x].total_cmp(&probabilities[y]));
    let (n, bins) = (order.len(), bins.clamp(1, order.len().max(1)));
    let cut = |i: usize| i * n / bins;
    let bin = |part: &[usize]| Bin {
        pairs: part.len(),
        probability: part.iter().map(|&i| probabilities[i]).sum::<f64>() / part.len() as f64,
        positive: part.iter().filter(|&&i| labels[i]).count() as f64 / part.len() as f64,
    };
    (0..bins).map(|i| &order[cut(i)..cut(i + 1)]).filter(|p| !p.is_empty()).map(bin).collect()
}

/// Expected calibration error over such bins: the mean gap of given probability and share, by pairs.
#[must_use]
pub fn calibration_error(labels: &[bool], probabilities: &[f64], bins: usize) -> f64 {
    let gaps = reliability(labels, probabilities, bins);
    gaps.iter().map(|b| b.pairs as f64 * (b.probability - b.positive).abs()).sum::<f64>() / labels.len().max(1) as f64
}

/// The 2.5th and 97.5th percentile of `figure` over 1,000 resamples of `0..items`: a 95 % interval (Efron 1979). The
/// resamples are the same in every run.
#[must_use]
pub fn interval(items: usize, figure: &(dyn Fn(&[usize]) -> f64 + Sync)) -> [f64; 2] {
    use rayon::prelude::*;
    let resample = |round: u64| {
        let mut state = round.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5749_5245;
        let chosen: Vec<usize> = (0..items).map(|_| (drawn(&mut state) % items.max(1) as u64) as usize).collect();
        figure(&chosen)
    };
    let mut figures: Vec<f64> = (1..=1_000_u64).into_par_iter().map(resample).collect();
    figures.sort_by(f64::total_cmp);
    [figures[25], figures[974]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_four_pairs() {
        let labels = [true, true, false, false];
        assert!((auc(&labels, &[0.9, 0.4, 0.4, 0.1]) - 0.875).abs() < 1e-12);
        assert!((best_f1(&labels, &[0.9, 0.4, 0.4, 0.1]).0 - 0.8).abs() < 1e-12);
        assert!((brier(&labels, &[1.0, 0.5, 0.5, 0.0]) - 0.125).abs() < 1e-12);
        assert!((calibration_error(&labels, &[0.8, 0.8, 0.2, 0.2], 2) - 0.2).abs() < 1e-12);
        assert!((spearman(&[1.0, 2.0, 9.0], &[1.0, 4.0, 5.0]) - 1.0).abs() < 1e-12);
    }
}
