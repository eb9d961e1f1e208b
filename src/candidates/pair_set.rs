//! The set of pairs that the bands propose; near-duplicates are proposed by most bands, so each is met many times.

/// A growing open-addressing set of pairs `(later << 32 | earlier)` with `later > earlier`, so that 0 is no pair.
#[derive(Clone, Debug, Default)]
pub(super) struct PairSet {
    places: Vec<u64>,
    taken: usize,
}

impl PairSet {
    pub(super) fn insert(&mut self, pair: u64) {
        if self.taken * 2 >= self.places.len() {
            self.grow();
        }
        if put(&mut self.places, pair) {
            self.taken += 1;
        }
    }

    fn grow(&mut self) {
        let size = (self.places.len() * 2).max(1 << 10);
        let old = std::mem::replace(&mut self.places, vec![0; size]);
        for pair in old.into_iter().filter(|&p| p != 0) {
            put(&mut self.places, pair);
        }
    }

    /// The pairs in no particular order.
    pub(super) fn into_values(mut self) -> Vec<u64> {
        self.places.retain(|&p| p != 0);
        self.places
    }
}

/// Puts `pair` into its place; whether it is new.
fn put(places: &mut [u64], pair: u64) -> bool {
    let mask = places.len() - 1;
    let hash = pair.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut at = (hash ^ (hash >> 32)) as usize & mask;
    loop {
        if places[at] == pair {
            return false;
        }
        if places[at] == 0 {
            places[at] = pair;
            return true;
        }
        at = (at + 1) & mask;
    }
}
