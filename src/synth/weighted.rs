//! Ranks drawn by Zipf's law.

use super::random::Random;

/// Draws ranks `0..count`, rank r with a weight of 1 / (r + 2.7) (Mandelbrot's form of Zipf's law), in constant
/// time: Walker's alias method, in whole numbers so that every machine draws the same.
#[derive(Clone, Debug)]
pub(super) struct Ranks {
    /// For each slot: below which of 2^32 its own rank is drawn, and the rank that is drawn else.
    slots: Vec<(u32, u32)>,
}

impl Ranks {
    pub(super) fn new(count: usize) -> Self {
        let weights: Vec<u64> = (0..count as u64).map(|r| (1 << 40) / (10 * r + 27)).collect();
        let total: u64 = weights.iter().sum();
        // Each weight as a share of one slot, in units of 2^-32.
        let mut shares: Vec<u64> =
            weights.iter().map(|&w| (u128::from(w) * count as u128 * (1 << 32) / u128::from(total)) as u64).collect();
        let one = 1_u64 << 32;
        let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..count).partition(|&r| shares[r] < one);
        let mut slots: Vec<(u32, u32)> = (0..count as u32).map(|r| (u32::MAX, r)).collect();
        while let (Some(&low), Some(&high)) = (small.last(), large.last()) {
            small.pop();
            slots[low] = (shares[low] as u32, high as u32);
            shares[high] -= one - shares[low];
            if shares[high] < one {
                large.pop();
                small.push(high);
            }
        }
        Self { slots }
    }

    /// A rank.
    pub(super) fn draw(&self, random: &mut Random) -> usize {
        let slot = random.below(self.slots.len());
        let (own, other) = self.slots[slot];
        if random.bits() < own { slot } else { other as usize }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_follow_their_weights() {
        let ranks = Ranks::new(1_000);
        let mut random = Random::new(2, 0);
        let mut seen = vec![0_u32; 1_000];
        for _ in 0..1_000_000 {
            seen[ranks.draw(&mut random)] += 1;
        }
        let total: f64 = (0..1_000).map(|r| 1.0 / (f64::from(r) + 2.7)).sum();
        for rank in [0, 1, 10, 100] {
            let expected = 1e6 / (rank as f64 + 2.7) / total;
            assert!((f64::from(seen[rank]) - expected).abs() < expected / 10.0 + 40.0, "{rank}: {} {expected}", seen[rank]);
        }
        assert!(seen[999] > 0);
    }
}
