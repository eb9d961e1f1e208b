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

#[cfg(test)]
mod tests {
    use super::recall_at;

    #[test]
    fn recall_of_two_shapes() {
        assert!((recall_at(0.5, 42, 3) - 0.9963).abs() < 1e-3);
        assert!((recall_at(0.5, 32, 4) - 0.8732).abs() < 1e-3);
    }
}
