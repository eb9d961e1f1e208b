//! Passages by Greedy String Tiling (Wise 1993): the longest common runs first, each word used once, moved
//! paragraphs found wherever they went.

use crate::keys::Token;

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

/// Where each run of `shortest` words of a text stands; made once, since every comparison asks for it.
#[derive(Clone, Debug, Default)]
pub struct Runs {
    /// The hash of a run in the upper bits, the word that it begins with in the lower ones; sorted.
    places: Vec<u64>,
    shortest: usize,
    /// Whether a run stands in more than [`MAX_PLACES`] places.
    crowded: bool,
}

/// Bits for a word's place, which is less than [`MAX_WORDS`].
const PLACE_BITS: u32 = 15;

const fn place_of(run: u64) -> usize {
    (run & ((1 << PLACE_BITS) - 1)) as usize
}

const fn hash_of(run: u64) -> u64 {
    run >> PLACE_BITS
}

impl Runs {
    /// Sorts the runs of a text.
    #[must_use]
    pub fn new(tokens: &[Token], shortest: usize) -> Self {
        let shortest = shortest.max(1);
        let key = |w: &[Token]| w.iter().fold(0_u64, |s, t| (s.rotate_left(23) ^ t.word).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let windows = tokens[..tokens.len().min(MAX_WORDS)].windows(shortest);
        let mut places: Vec<u64> = (0..).zip(windows).map(|(at, w)| key(w) >> PLACE_BITS << PLACE_BITS | at).collect();
        places.sort_unstable();
        let crowded = places.windows(MAX_PLACES + 1).any(|w| hash_of(w[0]) == hash_of(w[MAX_PLACES]));
        Self { places, shortest, crowded }
    }

    /// Where the runs stand that two texts have both: all places of `self`, the first [`MAX_PLACES`] of the other; sorted.
    fn shared(&self, other: &Self, wanted: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
        let mut out = Vec::new();
        let (mut x, mut y) = (&self.places[..], &other.places[..]);
        while let (Some(&first), Some(&theirs)) = (x.first(), y.first()) {
            match hash_of(first).cmp(&hash_of(theirs)) {
                std::cmp::Ordering::Less => x = &x[1..],
                std::cmp::Ordering::Greater => y = &y[1..],
                std::cmp::Ordering::Equal => {
                    let same = |runs: &[u64]| runs.iter().take_while(|r| hash_of(**r) == hash_of(first)).count();
                    let (own, others);
                    (own, x) = x.split_at(same(x));
                    (others, y) = y.split_at(same(y));
                    let pairs = own.iter().flat_map(|&i| others.iter().take(MAX_PLACES).map(move |&j| (place_of(i), place_of(j))));
                    out.extend(pairs.filter(|p| wanted(p.0, p.1)));
                }
            }
        }
        out.sort_unstable();
        out
    }
}

/// Common runs of two texts, each with its [`Runs`], of at least as many words as these have: longest first, then leftmost; no
/// word is in two of them.
#[must_use]
pub fn tile(a: (&[Token], &Runs), b: (&[Token], &Runs)) -> Tiling {
    let ((a, runs), (b, others)) = (a, b);
    let mut out = Tiling { bounded: a.len() > MAX_WORDS || b.len() > MAX_WORDS || others.crowded, ..Tiling::default() };
    let (a, b) = (&a[..a.len().min(MAX_WORDS)], &b[..b.len().min(MAX_WORDS)]);
    let mut matches = Vec::new();
    let mut compared = 0;
    // Only the start of a run: its later words give parts of the same run.
    let starts = |i: usize, j: usize| i == 0 || j == 0 || a[i - 1].word != b[j - 1].word;
    for (i, j) in runs.shared(others, starts) {
        if compared > MAX_COMPARED {
            out.bounded = true;
            break;
        }
        let length = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x.word == y.word).count();
        compared += length;
        if length >= runs.shortest && matches.len() < MAX_MATCHES {
            matches.push(Tile { a: i, b: j, length });
        } else {
            out.bounded |= length >= runs.shortest;
        }
    }
    if !matches.is_empty() {
        place(matches, a.len(), b.len(), runs.shortest, &mut out);
    }
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

    fn tile_words(a: &[Token], b: &[Token]) -> Tiling {
        tile((a, &Runs::new(a, 3)), (b, &Runs::new(b, 3)))
    }

    #[test]
    fn moved_runs_are_found() {
        let (a, b) = (tokens("a b c d e f g h"), tokens("e f g h x a b c d"));
        let tiles = tile_words(&a, &b).tiles;
        assert_eq!(tiles, [Tile { a: 0, b: 5, length: 4 }, Tile { a: 4, b: 0, length: 4 }]);
    }

    #[test]
    fn each_word_is_used_once() {
        let (a, b) = (tokens("a b c a b c"), tokens("a b c"));
        assert_eq!(tile_words(&a, &b).tiles.len(), 1);
    }

    #[test]
    fn hostile_repeats_stay_bounded() {
        let a = tokens(&vec!["x"; 30_000].join(" "));
        let out = tile_words(&a, &a);
        assert!(out.bounded);
        assert!(out.tiles.iter().map(|t| t.length).sum::<usize>() <= 20_000);
    }
}
