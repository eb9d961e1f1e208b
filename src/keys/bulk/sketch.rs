//! Fast Similarity Sketching (Dahlgaard, Knudsen, Thorup: "Fast Similarity Sketching", FOCS 2017).
//!
//! In round `i` each element draws one place and a value; places that are still empty after a round take the smallest
//! value that a later round offers, and from round `k` on every element goes to place `i - k`, so that no place stays empty.
//! For `n` elements and `k` places this takes `O(n + k log k)` steps, where classic MinHash takes `n * k`; the
//! share of equal places is an unbiased estimate of the Jaccard similarity with no more variance than MinHash, on
//! sets of any size. (One-permutation hashing with densification copies values between places, which makes bands
//! of short documents depend on one another.)

/// Bits of a value that come from the element's hash; those above hold the round.
const VALUE_BITS: u32 = 21;

/// Fills `signature` (16 to 1024 places) from `shingles`, which need not be distinct. All `u32::MAX` for no shingles.
#[inline(always)]
pub(super) fn similarity_sketch(shingles: &[u64], signature: &mut [u32]) {
    signature.fill(u32::MAX);
    let places = signature.len() as u64;
    if shingles.is_empty() || places == 0 {
        return;
    }
    let mut round = 0;
    loop {
        let fixed = u64::from(round).checked_sub(places);
        for &shingle in shingles {
            let hash = round_hash(shingle, round);
            // The high half picks the place (Lemire 2019), the low half the value.
            let place = fixed.unwrap_or(((hash >> 32) * places) >> 32);
            let value = round << VALUE_BITS | (hash as u32) >> (32 - VALUE_BITS);
            if let Some(at) = signature.get_mut(place as usize) {
                *at = value.min(*at);
            }
        }
        round += 1;
        let full = signature.iter().fold(0, |most, &v| v.max(most)) != u32::MAX;
        if full || u64::from(round) >= 2 * places {
            return;
        }
    }
}

/// The hash of an element in one round. Round 0 takes the shingle hash as it is, since it is well mixed.
#[inline(always)]
const fn round_hash(shingle: u64, round: u32) -> u64 {
    if round == 0 {
        return shingle;
    }
    let mixed = (shingle ^ (round as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (mixed ^ (mixed >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{estimate_jaccard, jaccard};

    fn element(i: u64) -> u64 {
        xxhash_rust::xxh3::xxh3_64(&i.to_le_bytes())
    }

    #[test]
    fn the_estimate_lies_within_the_theory_on_short_and_long_sets() {
        const PLACES: usize = 128;
        for size in [5_u64, 20, 100, 500, 3000] {
            for share in [2_u64, 5, 8] {
                let (mut square, mut bias, trials) = (0.0, 0.0, 200);
                let mut truth = 0.0;
                for trial in 0..trials {
                    let from = trial * 1_000_000;
                    let shift = size * (10 - share) / 10;
                    let mut a: Vec<u64> = (from..from + size).map(element).collect();
                    let mut b: Vec<u64> = (from + shift..from + shift + size).map(element).collect();
                    let (mut x, mut y) = ([0; PLACES], [0; PLACES]);
                    similarity_sketch(&a, &mut x);
                    similarity_sketch(&b, &mut y);
                    a.sort_unstable();
                    b.sort_unstable();
                    truth = jaccard(&a, &b);
                    let error = estimate_jaccard(&x, &y) - truth;
                    square += error * error;
                    bias += error;
                }
                let theory = (truth * (1.0 - truth) / PLACES as f64).sqrt();
                let (rmse, bias) = ((square / trials as f64).sqrt(), (bias / trials as f64).abs());
                assert!(rmse <= theory * 1.2 + 1e-9, "size {size} truth {truth}: error {rmse}, theory {theory}");
                assert!(bias <= theory * 0.3 + 1e-9, "size {size} truth {truth}: bias {bias}, theory {theory}");
            }
        }
    }

    /// Signatures may be stored: these values never change.
    #[test]
    fn golden_values() {
        let shingles: Vec<u64> = (0..40).map(element).collect();
        let mut signature = [0; 16];
        similarity_sketch(&shingles, &mut signature);
        assert_eq!(
            xxhash_rust::xxh3::xxh3_64(&signature.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<_>>()),
            3_480_388_483_184_956_865
        );
        similarity_sketch(&[], &mut signature);
        assert_eq!(signature, [u32::MAX; 16]);
    }

    #[test]
    fn repeated_shingles_change_nothing() {
        let once: Vec<u64> = (0..50).map(element).collect();
        let twice: Vec<u64> = (0..50).chain(0..50).rev().map(element).collect();
        let (mut x, mut y) = ([0; 64], [0; 64]);
        similarity_sketch(&once, &mut x);
        similarity_sketch(&twice, &mut y);
        assert_eq!(x, y);
    }
}
