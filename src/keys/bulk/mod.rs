//! The fused path of the corpus run: text -> word hashes -> shingle hashes -> signature -> band keys, in one pass
//! over buffers that are used again for every document. Nothing is allocated for a word.

mod fold;
mod grams;
mod kernel;
mod sketch;
mod words;

pub use grams::{Gram, gram_words, sample, stretches_of};
pub use kernel::Kernel;
pub use words::word_hashes_general;

use crate::config::Config;
use kernel::{Buffers, Shape};
use words::PADDING;

/// Odd multiplier of the rolling hash over words.
const STEP: u64 = 0x9FB2_1C65_1E98_DF25;

/// What [`Bulk::read`] found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Number of words.
    pub words: u32,
    /// 128-bit hash of the words in their order: equal for texts that differ in case, typography or spacing only.
    pub exact: [u64; 2],
}

/// The low bytes of some values of a signature: enough to see which pairs cannot be near.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glance(pub [u8; Self::VALUES]);

impl Default for Glance {
    fn default() -> Self {
        Self([0; Self::VALUES])
    }
}

impl Glance {
    /// Values of a signature that are held; a shorter signature leaves the rest 0.
    pub const VALUES: usize = 64;

    /// How many bytes are the same in both.
    #[must_use]
    pub fn agreeing(&self, other: &Self) -> u32 {
        self.0.iter().zip(&other.0).map(|(a, b)| u32::from(a == b)).sum()
    }
}

/// The buffers of one worker.
#[derive(Debug)]
pub struct Bulk {
    shape: Shape,
    bands: usize,
    rows: usize,
    kernel: Kernel,
    text: String,
    length: usize,
    buffers: Buffers,
}

impl Bulk {
    /// Buffers for documents under `config`, which must have passed [`Config::check`].
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self::with_kernel(config, Kernel::detect())
    }

    /// The same with a given kernel; all give the same values.
    #[must_use]
    pub fn with_kernel(config: &Config, kernel: Kernel) -> Self {
        Self {
            shape: Shape { shingle_size: config.shingle_size, seed: config.seed },
            bands: config.bands,
            rows: config.rows,
            kernel,
            text: String::new(),
            length: 0,
            buffers: Buffers { signature: vec![0; config.num_perm], ..Buffers::default() },
        }
    }

    /// The buffer that the next text is written to; empty.
    pub fn text(&mut self) -> &mut String {
        self.text.clear();
        &mut self.text
    }

    /// Bytes that stand in the buffer before they are read.
    #[must_use]
    pub const fn written(&self) -> usize {
        self.text.len()
    }

    /// Reads the text that stands in the buffer: words and shingles.
    pub fn read(&mut self) -> Measure {
        self.run(false)
    }

    /// Reads the text that stands in the buffer: words, shingles and signature.
    pub fn read_and_sign(&mut self) -> Measure {
        self.run(true)
    }

    fn run(&mut self, sign: bool) -> Measure {
        let length = self.text.len();
        self.length = length;
        self.text.push_str(std::str::from_utf8(&[0; PADDING]).unwrap_or_default());
        let exact = self.kernel.run(&self.text, length, self.shape, sign, &mut self.buffers);
        Measure { words: u32::try_from(self.buffers.words.len()).unwrap_or(u32::MAX), exact }
    }

    /// The shingles of the text that was read, in the order of the text, repeats included. A text shorter than a
    /// shingle has one, all of it; an empty one has none.
    #[must_use]
    pub fn shingles(&self) -> &[u64] {
        &self.buffers.shingles
    }

    /// The hash of each word of the text that was read, as [`word_hashes_general`] gives them.
    #[must_use]
    pub fn words(&self) -> &[u64] {
        &self.buffers.words
    }

    /// The text that was read.
    #[must_use]
    pub fn source(&self) -> &str {
        self.text.get(..self.length).unwrap_or_default()
    }

    /// The signature of the text that was signed ([`Config::num_perm`] values).
    #[must_use]
    pub fn signature(&self) -> &[u32] {
        &self.buffers.signature
    }

    /// The last values of the signature, a byte each.
    #[must_use]
    pub fn glance(&self) -> Glance {
        let mut glance = Glance::default();
        for (byte, value) in glance.0.iter_mut().zip(self.buffers.signature.iter().rev()) {
            *byte = *value as u8;
        }
        glance
    }

    /// Appends the [`Config::bands`] band keys of the text that was signed to `out`.
    ///
    /// A key has 32 bits, since bands are joined one by one and every pair is verified: among ten million documents
    /// chance adds about a twentieth of a pair to each.
    pub fn band_keys(&self, out: &mut Vec<u32>) {
        out.extend(self.buffers.signature.chunks_exact(self.rows).take(self.bands).map(|band| {
            let folded = band.iter().fold(self.shape.seed, |state, &v| (state ^ u64::from(v)).wrapping_mul(STEP).rotate_left(29));
            (folded.wrapping_mul(STEP) >> 32) as u32
        }));
    }
}

/// The hash of every `size` words in a row: a polynomial in an odd base, mixed.
#[inline(always)]
fn shingle(words: &[u64], size: usize, out: &mut Vec<u64>) {
    out.clear();
    if words.is_empty() {
        return;
    }
    let size = size.clamp(1, words.len());
    let count = words.len() + 1 - size;
    out.extend_from_slice(&words[..count]);
    for at in 1..size {
        for (state, word) in out.iter_mut().zip(&words[at..at + count]) {
            *state = state.wrapping_mul(STEP).wrapping_add(*word);
        }
    }
    for state in out {
        // Half of the finalizer of SplitMix64 (Steele, Lea, Flood 2014); word hashes are well mixed already.
        let mixed = (*state ^ (*state >> 32)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        *state = mixed ^ (mixed >> 29);
    }
}

/// Two sums over the words, each mixed with its place, so that no step waits for the one before.
#[inline(always)]
fn exact_hash(words: &[u64]) -> [u64; 2] {
    let (mut one, mut two) = (words.len() as u64, 0_u64);
    for (word, place) in words.iter().zip(1_u64..) {
        let placed = word ^ place.wrapping_mul(STEP);
        let first = (placed ^ (placed >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        one = one.wrapping_add(first ^ (first >> 32));
        two = two.wrapping_add((first ^ (first >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9));
    }
    [one, two]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shingles(text: &str) -> Vec<u64> {
        let mut bulk = Bulk::new(&Config::default());
        bulk.text().push_str(text);
        bulk.read();
        bulk.shingles().to_vec()
    }

    #[test]
    fn shingles_depend_on_order_and_nothing_else() {
        assert_eq!(shingles("a b c d")[1], shingles("x b, c D!")[1]);
        assert_ne!(shingles("a b c"), shingles("c b a"));
        assert_eq!(shingles("one two").len(), 1);
        assert!(shingles(" -- ").is_empty());
    }

    #[test]
    fn exact_hashes_see_every_word() {
        let words: Vec<u64> = (1..24).map(|i: u64| i.wrapping_mul(STEP)).collect();
        let whole = exact_hash(&words);
        for skipped in 0..words.len() {
            let mut fewer = words.clone();
            fewer.remove(skipped);
            assert_ne!(exact_hash(&fewer), whole);
            let mut swapped = words.clone();
            swapped.swap(skipped, (skipped + 4) % words.len());
            assert_ne!(exact_hash(&swapped), whole);
        }
    }
}
