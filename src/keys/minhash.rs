//! MinHash signatures (Broder 1997; multiply-shift hashing after Dietzfelbinger 1996).

use super::split_mix::drawn;

/// The hash functions of a signature: one multiplier and one addend each.
#[derive(Clone, Debug)]
pub struct Permutations {
    a: Vec<u64>,
    b: Vec<u64>,
}

impl Permutations {
    /// `num_perm` functions from `seed`.
    #[must_use]
    pub fn new(num_perm: usize, seed: u64) -> Self {
        let mut state = seed;
        let a = (0..num_perm).map(|_| drawn(&mut state) | 1).collect();
        let b = (0..num_perm).map(|_| drawn(&mut state)).collect();
        Self { a, b }
    }
}

/// The signature of a set of shingle hashes: for each function the smallest value. All `u32::MAX` for the empty set.
#[must_use]
pub fn signature(shingles: &[u64], permutations: &Permutations) -> Vec<u32> {
    let n = permutations.a.len();
    let mut out = vec![u32::MAX; n];
    let (signature, a, b) = (&mut out[..n], &permutations.a[..n], &permutations.b[..n]);
    for &h in shingles {
        for i in 0..n {
            let v = (a[i].wrapping_mul(h).wrapping_add(b[i]) >> 32) as u32;
            signature[i] = signature[i].min(v);
        }
    }
    out
}

/// The share of equal values: an unbiased estimate of the Jaccard similarity with standard error
/// `sqrt(j * (1 - j) / num_perm)`.
#[must_use]
pub fn estimate_jaccard(a: &[u32], b: &[u32]) -> f64 {
    let n = a.len().min(b.len());
    if n == 0 {
        return 0.0;
    }
    a.iter().zip(b).filter(|(x, y)| x == y).count() as f64 / n as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::jaccard;

    #[test]
    fn the_estimate_lies_within_the_theory() {
        let permutations = Permutations::new(256, 7);
        let hash = |i: u64| xxhash_rust::xxh3::xxh3_64(&i.to_le_bytes());
        for overlap in [0_u64, 100, 300, 500, 900] {
            let mut a: Vec<u64> = (0..1000).map(hash).collect();
            let mut b: Vec<u64> = (1000 - overlap..2000 - overlap).map(hash).collect();
            a.sort_unstable();
            b.sort_unstable();
            let truth = jaccard(&a, &b);
            let guess = estimate_jaccard(&signature(&a, &permutations), &signature(&b, &permutations));
            let error = (truth * (1.0 - truth) / 256.0).sqrt().max(0.004);
            assert!((truth - guess).abs() < 4.0 * error, "{truth} {guess}");
        }
    }
}
