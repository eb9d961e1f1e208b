//! Random numbers that are the same on every machine and in every version.

use crate::keys::split_mix::drawn;

/// xoshiro256++ (Blackman and Vigna 2019), started by splitmix64 as its authors advise.
#[derive(Clone, Debug)]
pub(super) struct Random {
    s: [u64; 4],
}

impl Random {
    /// The stream that belongs to `seed` and `number`; neighbouring numbers give unrelated streams.
    pub(super) fn new(seed: u64, number: u64) -> Self {
        let mut mixing = seed;
        let mut at = drawn(&mut mixing) ^ number;
        Self { s: std::array::from_fn(|_| drawn(&mut at)) }
    }

    fn next(&mut self) -> u64 {
        let s = &mut self.s;
        let out = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let kept = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= kept;
        s[3] = s[3].rotate_left(45);
        out
    }

    /// Any number of 32 bits.
    pub(super) fn bits(&mut self) -> u32 {
        (self.next() >> 32) as u32
    }

    /// A number in `0..bound`, for a `bound` of at least 1. (The bias of a product is below `bound` / 2^32.)
    pub(super) fn below(&mut self, bound: usize) -> usize {
        ((u64::from(self.bits()) * bound as u64) >> 32) as usize
    }

    /// A number in `low..=high`.
    pub(super) fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// True in `percent` of 100 cases.
    pub(super) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of `items`, which are not empty.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// One of `words`, which are not empty.
    pub(super) fn word<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_never_changes() {
        // splitmix64 of 1234567, as its authors' program prints it.
        let mut state = 1_234_567;
        assert_eq!(drawn(&mut state), 6_457_827_717_110_365_317);
        // xoshiro256++ from the state 1, 2, 3, 4, likewise.
        let mut random = Random { s: [1, 2, 3, 4] };
        assert_eq!([random.next(), random.next(), random.next()], [41_943_041, 58_720_359, 3_588_806_011_781_223]);
    }

    #[test]
    fn numbers_keep_to_their_range_and_reach_its_ends() {
        let mut random = Random::new(1, 1);
        let mut seen = [0; 7];
        for _ in 0..7_000 {
            seen[random.between(0, 6)] += 1;
        }
        assert!(seen.iter().all(|&n| (800..1_200).contains(&n)), "{seen:?}");
    }
}
