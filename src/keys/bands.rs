//! Locality-sensitive hashing by banding (Mining of Massive Datasets, chapter 3).

use super::shingle::combine;

/// One key for each band of the signature. Equal bands at equal places give equal keys.
#[must_use]
pub fn band_keys(signature: &[u32], bands: usize, rows: usize, seed: u64) -> Vec<u64> {
    if signature.iter().all(|&v| v == u32::MAX) {
        return Vec::new();
    }
    let mut window = Vec::with_capacity(rows + 1);
    signature
        .chunks_exact(rows.max(1))
        .take(bands)
        .zip(0_u64..)
        .map(|(chunk, band)| {
            window.clear();
            window.push(seed ^ band);
            window.extend(chunk.iter().map(|&v| u64::from(v)));
            combine(&window)
        })
        .collect()
}

/// Probability that two sets of Jaccard similarity `jaccard` share at least one band: `1 - (1 - j^rows)^bands`.
#[must_use]
pub fn recall_at(jaccard: f64, bands: usize, rows: usize) -> f64 {
    1.0 - (1.0 - jaccard.powi(i32::try_from(rows).unwrap_or(i32::MAX))).powi(i32::try_from(bands).unwrap_or(i32::MAX))
}

/// The bands and rows for a threshold: as many rows as leave a recall of .996 right at the threshold, and then as many bands
/// as `num_perm` values give. More rows mean fewer pairs that are compared for nothing; precision comes from the comparison. Below a
/// threshold of about .5 (at 128 values) two rows are taken, whatever their recall.
#[must_use]
pub fn bands_for(threshold: f64, num_perm: usize) -> (usize, usize) {
    const RECALL: f64 = 0.996;
    let shape = |rows: usize| (num_perm / rows, rows);
    let good = |&(bands, rows): &(usize, usize)| bands > 0 && recall_at(threshold, bands, rows) >= RECALL;
    (2..=8).rev().map(shape).find(good).unwrap_or_else(|| shape(2))
}

/// How many of `values` values of two signatures agree at least if their sets reach `threshold`, but for one pair in
/// 100,000 right at it (lower tail of the binomial distribution).
#[must_use]
pub fn least_agreements(threshold: f64, values: u32) -> u32 {
    const MISSED: f64 = 1e-5;
    let mut below = 0.0;
    let mut chance = (1.0 - threshold).powi(values.cast_signed());
    for agreeing in 0..values {
        below += chance;
        if below > MISSED || threshold >= 1.0 {
            return agreeing;
        }
        chance *= f64::from(values - agreeing) / f64::from(agreeing + 1) * threshold / (1.0 - threshold);
    }
    values
}

#[cfg(test)]
mod tests {
    use super::{bands_for, least_agreements, recall_at};

    #[test]
    fn agreements_that_are_almost_sure() {
        assert_eq!(least_agreements(0.5, 32), 5);
        assert_eq!(least_agreements(0.8, 32), 15);
        assert_eq!(least_agreements(0.1, 16), 0);
        assert_eq!(least_agreements(1.0, 32), 0);
    }

    #[test]
    fn shapes_for_thresholds() {
        assert_eq!(bands_for(0.5, 128), (42, 3));
        assert_eq!(bands_for(0.8, 128), (21, 6));
        assert_eq!(bands_for(0.1, 128), (64, 2));
    }

    #[test]
    fn recall_of_two_shapes() {
        assert!((recall_at(0.5, 42, 3) - 0.9963).abs() < 1e-3);
        assert!((recall_at(0.5, 32, 4) - 0.8732).abs() < 1e-3);
    }
}
