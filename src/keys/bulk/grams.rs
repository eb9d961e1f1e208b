//! The key sample of the corpus run: some of a text's word grams, chosen by their own hash.

use super::STEP;
use crate::config::Config;

/// Words that a gram has more than a shingle: two shingles that lie so far apart make one.
const REACH: usize = 2;

/// Most grams of one document. At one gram in six a text of 6,000 words has so many; of a longer one those with the smallest
/// hashes stay, so that two documents still keep the same ones.
const BUDGET: usize = 1024;

/// One gram of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gram {
    /// Its hash: the low half chose it, the high half is free.
    pub hash: u64,
    /// Number of its first word.
    pub at: u32,
}

/// Words of a gram that is made from shingles of `shingle_size` words.
#[must_use]
pub const fn gram_words(shingle_size: usize) -> usize {
    shingle_size + REACH
}

/// Fills `out` with the grams of a text, given its shingles, that the sample of one in `one_in` takes: those whose hash lies
/// under a bound that is the same for all documents (FracMinHash, Irber et al. 2022). So two documents sample
/// the same of the grams that they share, and the share of common grams estimates containment. In the order of the text,
/// repeats included.
pub fn sample(shingles: &[u64], one_in: u32, out: &mut Vec<Gram>) {
    let bound = u32::MAX / one_in.max(1);
    let count = shingles.len().saturating_sub(REACH);
    out.clear();
    out.resize(count, Gram { hash: 0, at: 0 });
    let mut taken = 0;
    let ends = shingles.iter().skip(REACH);
    for ((start, end), at) in shingles.iter().zip(ends).zip(0_u32..) {
        let mixed = start.rotate_left(25).wrapping_add(*end).wrapping_mul(STEP);
        let hash = mixed ^ (mixed >> 32);
        // Written always, kept by moving on: a branch here would be guessed wrong once for each gram that is taken.
        if let Some(place) = out.get_mut(taken) {
            *place = Gram { hash, at };
        }
        taken += usize::from(hash as u32 <= bound);
    }
    out.truncate(taken);
    if taken > BUDGET {
        out.sort_unstable_by_key(|g| (g.hash as u32, g.hash, g.at));
        out.truncate(BUDGET);
        out.sort_unstable_by_key(|g| g.at);
    }
}

/// Stretches of words, as `[start, end)`, of which each sampled gram is one that `is_meant` takes by its hash; two and more grams in
/// a row. `sampled` is room for the sample.
pub fn stretches_of(shingles: &[u64], config: &Config, is_meant: impl Fn(u64) -> bool, sampled: &mut Vec<Gram>) -> Vec<(u32, u32)> {
    sample(shingles, config.gram_sample as u32, sampled);
    let words = gram_words(config.shingle_size) as u32;
    let meant = |g: &Gram| is_meant(g.hash);
    let stretches = sampled.chunk_by(|x, y| meant(x) == meant(y)).filter(|s| s.len() > 1 && meant(&s[0]));
    stretches.map(|s| (s[0].at, s[s.len() - 1].at + words)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shingles(from: u64, count: u64) -> Vec<u64> {
        (from..from + count).map(|i| (i + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)).collect()
    }

    #[test]
    fn texts_that_overlap_sample_the_same() {
        let (mut one, mut other) = (Vec::new(), Vec::new());
        sample(&shingles(0, 2000), 8, &mut one);
        sample(&shingles(500, 1000), 8, &mut other);
        assert!((200..300).contains(&one.len()), "{}", one.len());
        let inner: Vec<u64> = one.iter().filter(|g| (500..1498).contains(&g.at)).map(|g| g.hash).collect();
        assert_eq!(inner, other.iter().map(|g| g.hash).collect::<Vec<_>>());
    }

    #[test]
    fn long_texts_keep_a_budget_and_short_ones_give_nothing() {
        let mut out = Vec::new();
        sample(&shingles(0, 50_000), 8, &mut out);
        assert_eq!(out.len(), BUDGET);
        assert!(out.is_sorted_by_key(|g| g.at));
        sample(&shingles(0, 2), 1, &mut out);
        assert!(out.is_empty());
        sample(&shingles(0, 3), 1, &mut out);
        assert_eq!(out.len(), 1);
    }
}
