//! Exact set arithmetic on shingle hashes without sorting: an open-addressing table that is used again.

/// A set of 64-bit shingle hashes.
#[derive(Clone, Debug, Default)]
pub struct ShingleSet {
    /// A power of two of places, at most half of them taken; 0 is an empty place.
    places: Vec<u64>,
    mask: usize,
    shift: u32,
    /// Whether the hash 0 is in the set.
    zero: bool,
}

impl ShingleSet {
    /// Makes this the set of `shingles` and appends each distinct one to `distinct`, in the order of first sight.
    pub fn fill(&mut self, shingles: &[u64], distinct: &mut Vec<u64>) {
        let size = (shingles.len() * 2).next_power_of_two().max(16);
        self.places.clear();
        self.places.resize(size, 0);
        self.mask = size - 1;
        self.shift = 64 - size.trailing_zeros();
        self.zero = false;
        for &shingle in shingles {
            if self.insert(shingle) {
                distinct.push(shingle);
            }
        }
    }

    #[inline]
    fn insert(&mut self, shingle: u64) -> bool {
        if shingle == 0 {
            return !std::mem::replace(&mut self.zero, true);
        }
        let mut at = (shingle >> self.shift) as usize & self.mask;
        while let Some(place) = self.places.get_mut(at) {
            if *place == shingle {
                return false;
            }
            if *place == 0 {
                *place = shingle;
                return true;
            }
            at = (at + 1) & self.mask;
        }
        false
    }

    /// Whether `shingle` is in the set.
    #[inline]
    #[must_use]
    pub fn contains(&self, shingle: u64) -> bool {
        if shingle == 0 {
            return self.zero;
        }
        let mut at = (shingle >> self.shift) as usize & self.mask;
        while let Some(&place) = self.places.get(at) {
            if place == shingle {
                return true;
            }
            if place == 0 {
                return false;
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
            let found = block.iter().filter(|&&s| self.contains(s)).count();
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
        assert_eq!(distinct, [5, 0, u64::MAX, 9 << 60]);
        assert_eq!(set.shared(&[0, 5, 7], 2), Some(2));
        assert_eq!(set.shared(&[0, 5, 7], 3), None);
        assert_eq!(set.shared(&[1], 2), None);
        set.fill(&[], &mut distinct);
        assert_eq!(set.shared(&[0, 5], 0), Some(0));
    }
}
