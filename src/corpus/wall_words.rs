//! Which documents are worth a look whether they are walls: a few comparisons for each short one, nothing for others.

use crate::extract::{LONGEST_WALL, wall_phrases};
use crate::keys::word_hashes_general;

/// Words at the beginning of a text that are looked at.
const LOOKED_AT: usize = 96;
/// Bits of the filter.
const BITS: usize = 1 << 16;
/// Words in a row that are looked for.
const ROW: usize = 3;

/// Hashes of up to three words in a row that walls use: of each phrase those with most letters.
pub(super) struct WallWords {
    filter: Vec<u64>,
    sorted: Vec<u64>,
}

impl WallWords {
    /// The words under the seed that documents are hashed with.
    pub(super) fn new(seed: u64) -> Self {
        let mut sorted: Vec<u64> = wall_phrases().map(|phrase| row(&word_hashes_general(telling(phrase), seed))).collect();
        sorted.sort_unstable();
        sorted.dedup();
        let mut filter = vec![0; BITS / 64];
        for hash in &sorted {
            let (at, bit) = place(*hash);
            filter[at] |= bit;
        }
        Self { filter, sorted }
    }

    /// Whether a text of these words may be a wall: a short one that begins with such words.
    pub(super) fn may_be_wall(&self, words: &[u64]) -> bool {
        if words.len() > LONGEST_WALL {
            return false;
        }
        let words = &words[..words.len().min(LOOKED_AT)];
        (0..words.len()).any(|from| {
            let mut state = START;
            words[from..].iter().take(ROW).any(|&word| {
                state = step(state, word);
                let (at, bit) = place(state);
                self.filter[at] & bit != 0 && self.sorted.binary_search(&state).is_ok()
            })
        })
    }
}

/// Of a phrase the words in a row, at most three, that have most letters. A word that may be written with an apostrophe, which
/// parts words in a corpus run, is left out.
fn telling(phrase: &str) -> &str {
    const CONTRACTED: &[&str] = &["dont", "doesnt", "isnt", "cant", "youre", "nexiste", "netes", "laccueil"];
    let mut starts: Vec<(usize, usize)> = Vec::new();
    let mut best = (0, 0, 0);
    let mut at = 0;
    for word in phrase.split_inclusive(' ') {
        let end = at + word.trim_end().len();
        if CONTRACTED.contains(&word.trim_end()) {
            starts.clear();
        } else {
            starts.push((at, end));
            let from = starts[starts.len().saturating_sub(ROW)].0;
            best = best.max((end - from, from, end));
        }
        at += word.len();
    }
    phrase.get(best.1..best.2).unwrap_or(phrase)
}

const START: u64 = 0x9E37_79B9_7F4A_7C15;

const fn step(state: u64, word: u64) -> u64 {
    (state ^ word).wrapping_mul(0x9FB2_1C65_1E98_DF25).rotate_left(29)
}

/// Scripts without spaces and hyphens give more words than blanks tell: the first three count.
fn row(words: &[u64]) -> u64 {
    words.iter().take(ROW).fold(START, |state, &word| step(state, word))
}

const fn place(hash: u64) -> (usize, u64) {
    ((hash >> 54) as usize, 1 << (hash >> 48 & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_seen() {
        let walls = WallWords::new(7);
        for phrase in wall_phrases() {
            assert!(walls.may_be_wall(&word_hashes_general(&format!("now {phrase} here"), 7)), "{phrase}");
        }
        for text in [
            "you don't have permission to access",
            "this page doesn't exist",
            "la page n'existe plus",
            "Confirmez que vous n'êtes pas un robot",
        ] {
            assert!(walls.may_be_wall(&word_hashes_general(text, 7)), "{text}");
        }
        assert!(!walls.may_be_wall(&word_hashes_general("a storm sank three boats in the harbour of the old town", 7)));
    }
}
