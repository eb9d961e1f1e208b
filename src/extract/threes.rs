//! A quick look that spares looking for each of many phrases.

/// Which three bytes in a row a text has, by hash.
pub(super) struct Threes {
    seen: Vec<u64>,
}

impl Default for Threes {
    fn default() -> Self {
        Self { seen: vec![0; 512] }
    }
}

impl Threes {
    /// Those of one text.
    pub(super) fn of(text: &str) -> Self {
        let mut threes = Self::default();
        threes.add(text);
        threes
    }

    fn place(three: &[u8]) -> (usize, u64) {
        let value = three.iter().fold(0_u32, |v, &b| v << 8 | u32::from(b));
        let hash = value.wrapping_mul(0x9E37_79B1) >> 17;
        ((hash >> 6) as usize, 1 << (hash & 63))
    }

    /// Adds those of a text.
    pub(super) fn add(&mut self, text: &str) {
        for three in text.as_bytes().windows(3) {
            let (at, bit) = Self::place(three);
            self.seen[at] |= bit;
        }
    }

    /// Whether `phrase` may stand in what was added; false is certain.
    pub(super) fn may_hold(&self, phrase: &str) -> bool {
        phrase.as_bytes().windows(3).all(|three| {
            let (at, bit) = Self::place(three);
            self.seen[at] & bit != 0
        })
    }
}
