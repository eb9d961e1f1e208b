//! Exact set arithmetic on shingle hashes without sorting: an open-addressing table that is used again.

/// A set of 64-bit shingle hashes. The hash 0 counts as 1.
#[derive(Clone, Debug, Default)]
pub struct ShingleSet {
    /// A power of two of places, at most a quarter of them taken, so that a place is rarely somebody else's; 0 is an empty one.
    places: Vec<u64>,
    mask: usize,
    shift: u32,
}

impl ShingleSet {
    /// Makes this the set of `shingles` and appends each distinct one to `distinct`, in the order of first sight.
    pub fn fill(&mut self, shingles: &[u64], distinct: &mut Vec<u64>) {
        let size = (shingles.len() * 4).next_power_of_two().max(16);
        self.places.clear();
        self.places.resize(size, 0);
        self.mask = size - 1;
        self.shift = 64 - size.trailing_zeros();
        distinct.reserve(shingles.len());
        for &shingle in shingles {
            let shingle = shingle.max(1);
            let mut at = (shingle >> self.shift) as usize & self.mask;
            while self.places[at] != 0 && self.places[at] != shingle {
                at = (at + 1) & self.mask;
            }
            if self.places[at] == 0 {
                self.places[at] = shingle;
                distinct.push(shingle);
            }
        }
    }

    /// Whether `shingle` is in the set.
    #[inline]
    #[must_use]
    pub fn contains(&self, shingle: u64) -> bool {
        let shingle = shingle.max(1);
        let at = (shingle >> self.shift) as usize & self.mask;
        let place = self.places.get(at).copied().unwrap_or(0);
        // Hit and miss take the same way; only a place that is somebody else's does not.
        let (hit, gap) = (place == shingle, place == 0);
        if hit | gap { hit } else { self.contains_further(shingle, at) }
    }

    #[cold]
    fn contains_further(&self, shingle: u64, first: usize) -> bool {
        let mut at = (first + 1) & self.mask;
        while self.places[at] != 0 {
            if self.places[at] == shingle {
                return true;
            }
            at = (at + 1) & self.mask;
        }
        false
    }

    /// How many of `distinct` are in the set, or `None` as soon as it is sure that they are fewer than `least`.
    #[must_use]
    pub fn shared(&self, distinct: &[u64], least: usize) -> Option<usize> {
        let mut missing_allowed = distinct.len().checked_sub(least)?;
        let mut shared = 0;
        for block in distinct.chunks(64) {
            let found: usize = block.iter().map(|&s| usize::from(self.contains(s))).sum();
            shared += found;
            missing_allowed = missing_allowed.checked_sub(block.len() - found)?;
        }
        Some(shared)
    }
}

#[cfg(test)]
mod tests {
    use super::ShingleSet;

    #[test]
    fn distinct_and_shared() {
        let mut set = ShingleSet::default();
        let mut distinct = Vec::new();
        set.fill(&[5, 0, 5, u64::MAX, 0, 9 << 60], &mut distinct);
        assert_eq!(distinct, [5, 1, u64::MAX, 9 << 60]);
        assert_eq!(set.shared(&[0, 5, 7], 2), Some(2));
        assert_eq!(set.shared(&[0, 5, 7], 3), None);
        assert_eq!(set.shared(&[1], 2), None);
        set.fill(&[], &mut distinct);
        assert_eq!(set.shared(&[0, 5], 0), Some(0));
    }
}
