//! Which documents are worth a look whether they are walls: a few comparisons for each short one, nothing for others.

use crate::extract::{LONGEST_WALL, wall_phrases};
use crate::keys::word_hashes_general;

/// Words at the beginning of a text that are looked at.
const LOOKED_AT: usize = 64;
/// Bits of the filter.
const BITS: usize = 1 << 14;

/// Hashes of words that walls use: of each phrase its two longest words, since one may be written with an apostrophe.
pub(super) struct WallWords {
    filter: Vec<u64>,
    sorted: Vec<u64>,
}

impl WallWords {
    /// The words under the seed that documents are hashed with.
    pub(super) fn new(seed: u64) -> Self {
        let longest = |phrase: &'static str| {
            let mut cut: Vec<&str> = phrase.split(|c: char| !c.is_alphanumeric()).collect();
            cut.sort_by_key(|w| std::cmp::Reverse(w.len()));
            cut.into_iter().take(2).filter_map(|word| word_hashes_general(word, seed).first().copied())
        };
        let mut sorted: Vec<u64> = wall_phrases().flat_map(longest).collect();
        sorted.sort_unstable();
        sorted.dedup();
        let mut filter = vec![0; BITS / 64];
        for hash in &sorted {
            let at = place(*hash);
            filter[at / 64] |= 1 << (at % 64);
        }
        Self { filter, sorted }
    }

    /// Whether a text of these words may be a wall: a short one with such a word at its beginning.
    pub(super) fn may_be_wall(&self, words: &[u64]) -> bool {
        let hit = |hash: &&u64| {
            let at = place(**hash);
            self.filter[at / 64] >> (at % 64) & 1 == 1
        };
        words.len() <= LONGEST_WALL && words.iter().take(LOOKED_AT).filter(hit).any(|hash| self.sorted.binary_search(hash).is_ok())
    }
}

const fn place(hash: u64) -> usize {
    (hash >> 50) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_seen() {
        let walls = WallWords::new(7);
        for phrase in wall_phrases() {
            assert!(walls.may_be_wall(&word_hashes_general(phrase, 7)), "{phrase}");
        }
        assert!(!walls.may_be_wall(&word_hashes_general("a storm sank three boats in the harbour", 7)));
    }
}
