//! Shingles: n words in a row, hashed; and exact set similarity over them (Broder 1997).

/// The set of shingle hashes of a word sequence: sorted, each once. A text shorter than `size` words has one
/// shingle, all of it.
///
/// `hashes` are the hashes of the words; `size` is at least 1.
#[must_use]
pub fn shingles(hashes: &[u64], size: usize) -> Vec<u64> {
    if hashes.is_empty() {
        return Vec::new();
    }
    let mut out: Vec<u64> = hashes.windows(size.clamp(1, hashes.len())).map(combine).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// One hash for a sequence of word hashes; order matters.
pub(super) fn combine(window: &[u64]) -> u64 {
    let folded = window.iter().fold(0xA076_1D64_78BD_642F_u64, |state, &h| (state ^ h).wrapping_mul(0x9FB2_1C65_1E98_DF25).rotate_left(29));
    folded ^ (folded >> 32)
}

/// Size of the intersection of two sorted sets.
fn shared(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        n += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    n
}

/// Exact Jaccard similarity of two sorted sets, 0 to 1; 0 if both are empty.
#[must_use]
pub fn jaccard(a: &[u64], b: &[u64]) -> f64 {
    let both = shared(a, b);
    let either = a.len() + b.len() - both;
    if either == 0 { 0.0 } else { both as f64 / either as f64 }
}

/// Share of the sorted set `a` that is in `b`, 0 to 1; 0 if `a` is empty.
#[must_use]
pub fn containment(a: &[u64], b: &[u64]) -> f64 {
    if a.is_empty() { 0.0 } else { shared(a, b) as f64 / a.len() as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similarity_of_small_sets() {
        assert!((jaccard(&[1, 2, 3], &[2, 3, 4]) - 0.5).abs() < 1e-12);
        assert!((containment(&[1, 2], &[2, 3, 4]) - 0.5).abs() < 1e-12);
        assert!(jaccard(&[], &[]).abs() < 1e-12);
    }

    #[test]
    fn order_matters_and_short_texts_have_one_shingle() {
        assert_ne!(shingles(&[1, 2, 3], 3), shingles(&[3, 2, 1], 3));
        assert_eq!(shingles(&[1, 2], 3).len(), 1);
        assert!(shingles(&[], 3).is_empty());
    }
}
