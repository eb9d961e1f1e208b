//! Passages by Greedy String Tiling (Wise 1993): the longest common runs first, each word used once, moved
//! paragraphs found wherever they went.

use crate::keys::Token;
use std::collections::HashMap;

/// A common run: `length` words from word `a` of one text and word `b` of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tile {
    /// First word in one text.
    pub a: usize,
    /// First word in the other.
    pub b: usize,
    /// Words.
    pub length: usize,
}

/// What tiling found.
#[derive(Clone, Debug, Default)]
pub struct Tiling {
    /// Common runs, in the order of `a`.
    pub tiles: Vec<Tile>,
    /// Whether work was bounded, so that runs may be missing.
    pub bounded: bool,
}

/// Words of one text that are looked at.
const MAX_WORDS: usize = 20_000;
/// Maximal matches that are kept.
const MAX_MATCHES: usize = 200_000;
/// Words that are compared to find how far matches reach.
const MAX_COMPARED: usize = 5_000_000;
/// Places of one word n-gram that are compared.
const MAX_PLACES: usize = 64;

/// Common runs of at least `shortest` words, longest first, then leftmost; no word is in two of them.
#[must_use]
pub fn tile(a: &[Token], b: &[Token], shortest: usize) -> Tiling {
    let mut out = Tiling { bounded: a.len() > MAX_WORDS || b.len() > MAX_WORDS, ..Tiling::default() };
    let (a, b) = (&a[..a.len().min(MAX_WORDS)], &b[..b.len().min(MAX_WORDS)]);
    let shortest = shortest.max(1);
    if a.len() < shortest || b.len() < shortest {
        return out;
    }
    let key = |w: &[Token]| w.iter().fold(0_u64, |s, t| (s.rotate_left(23) ^ t.word).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mut places: HashMap<u64, Vec<u32>> = HashMap::with_capacity(b.len());
    for (j, w) in b.windows(shortest).enumerate() {
        let list = places.entry(key(w)).or_default();
        if list.len() < MAX_PLACES {
            list.push(j as u32);
        } else {
            out.bounded = true;
        }
    }
    let mut matches = Vec::new();
    let mut compared = 0;
    for (i, w) in a.windows(shortest).enumerate() {
        for &j in places.get(&key(w)).map_or(&[][..], Vec::as_slice) {
            let j = j as usize;
            // Only the start of a run: its later words give parts of the same run.
            if i > 0 && j > 0 && a[i - 1].word == b[j - 1].word {
                continue;
            }
            if compared > MAX_COMPARED {
                out.bounded = true;
                continue;
            }
            let length = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x.word == y.word).count();
            compared += length;
            if length >= shortest && matches.len() < MAX_MATCHES {
                matches.push(Tile { a: i, b: j, length });
            } else {
                out.bounded |= length >= shortest;
            }
        }
    }
    place(matches, a.len(), b.len(), shortest, &mut out);
    out
}

/// Takes matches longest first; what earlier tiles have used splits later matches.
fn place(matches: Vec<Tile>, words_a: usize, words_b: usize, shortest: usize, out: &mut Tiling) {
    let (mut used_a, mut used_b) = (vec![false; words_a], vec![false; words_b]);
    let mut heap: std::collections::BinaryHeap<_> =
        matches.into_iter().map(|t| (t.length, std::cmp::Reverse(t.a), std::cmp::Reverse(t.b))).collect();
    while let Some((length, std::cmp::Reverse(a), std::cmp::Reverse(b))) = heap.pop() {
        let free = |k: usize| !used_a[a + k] && !used_b[b + k];
        if (0..length).all(free) {
            used_a[a..a + length].fill(true);
            used_b[b..b + length].fill(true);
            out.tiles.push(Tile { a, b, length });
            continue;
        }
        let mut from = 0;
        while from < length {
            let run = (from..length).take_while(|&k| free(k)).count();
            if run >= shortest {
                heap.push((run, std::cmp::Reverse(a + from), std::cmp::Reverse(b + from)));
            }
            from += run + 1;
        }
    }
    out.tiles.sort_unstable_by_key(|t| (t.a, t.b));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;

    fn tokens(text: &str) -> Vec<Token> {
        text.split(' ')
            .map(|w| Token {
                word: xxhash_rust::xxh3::xxh3_64(w.as_bytes()),
                stem: 0,
                stop: false,
                number: false,
                name: false,
                quoted: false,
                span: Span::default(),
            })
            .collect()
    }

    #[test]
    fn moved_runs_are_found() {
        let (a, b) = (tokens("a b c d e f g h"), tokens("e f g h x a b c d"));
        let tiles = tile(&a, &b, 3).tiles;
        assert_eq!(tiles, [Tile { a: 0, b: 5, length: 4 }, Tile { a: 4, b: 0, length: 4 }]);
    }

    #[test]
    fn each_word_is_used_once() {
        let (a, b) = (tokens("a b c a b c"), tokens("a b c"));
        assert_eq!(tile(&a, &b, 3).tiles.len(), 1);
    }

    #[test]
    fn hostile_repeats_stay_bounded() {
        let a = tokens(&vec!["x"; 30_000].join(" "));
        let out = tile(&a, &a, 3);
        assert!(out.bounded);
        assert!(out.tiles.iter().map(|t| t.length).sum::<usize>() <= 20_000);
    }
}
