//! Text to the hashes of its words, many bytes at a time.
//!
//! A word is a run of letters and digits, compared without case, accents and compatibility forms. Everything else
//! parts words, so that quotation marks, dashes, apostrophes and white space of any kind never matter. Scripts
//! without spaces give one word a character.
//!
//! ASCII is read eight bytes in a register; only a run that holds other bytes goes through [`super::fold`]. Both ways give
//! the same hashes (property test `fast_words_equal_general_words`).

use super::fold::{Step, fold};

/// Bytes that must follow a text, so that whole registers can be read anywhere in it.
pub(super) const PADDING: usize = 64;

const HIGH: u64 = 0x8080_8080_8080_8080;
const LOWER: u64 = 0x2020_2020_2020_2020;
const SECRET: [u64; 2] = [0x8BB8_4B93_962E_ACC9, 0x4B33_A62E_D433_D4A3];

/// Scratch space of [`word_hashes`].
#[derive(Clone, Debug, Default)]
pub(super) struct Runs {
    /// Starts and ends, in turn, of all runs of word bytes.
    borders: Vec<u32>,
    /// Runs that are long or not ASCII, by number.
    odd: Vec<u32>,
}

/// Fills `out` with the hash of each word of `padded[..len]`.
///
/// `padded` holds the text and at least [`PADDING`] more bytes, none of which is a letter or digit.
#[inline(always)]
pub(super) fn word_hashes(padded: &str, len: usize, seed: u64, runs: &mut Runs, out: &mut Vec<u64>) {
    let bytes = padded.as_bytes();
    let Runs { borders, odd } = runs;
    let count = find_borders(&bytes[..len.next_multiple_of(64).min(bytes.len())], borders);
    let borders = &borders[..count];
    odd.clear();
    out.clear();
    out.resize(count / 2, 0);
    for ((hash, run), number) in out.iter_mut().zip(borders.as_chunks::<2>().0).zip(0_u32..) {
        let (start, length) = (run[0] as usize, (run[1] - run[0]) as usize);
        let Some(window) = bytes.get(start..).and_then(|rest| rest.first_chunk::<16>()) else { break };
        let (keep_low, keep_high) = MASKS[length.min(16)];
        let (low, high) = (register(&window[..8]) & keep_low, register(&window[8..]) & keep_high);
        if length > 16 || (low | high) & HIGH != 0 {
            odd.push(number);
        }
        *hash = mix(low | (LOWER & keep_low), high | (LOWER & keep_high), seed);
    }
    if !odd.is_empty() {
        replace_odd(padded, seed, borders, odd, out);
    }
}

/// Puts the words of runs that are long or not ASCII in the place of what the fast way made of them.
#[inline(never)]
fn replace_odd(padded: &str, seed: u64, borders: &[u32], odd: &[u32], out: &mut Vec<u64>) {
    let mut all = Vec::with_capacity(out.len() + odd.len());
    let mut done = 0;
    for &number in odd {
        let at = number as usize;
        all.extend_from_slice(&out[done..at]);
        folded_run(&padded[borders[2 * at] as usize..borders[2 * at + 1] as usize], seed, &mut all);
        done = at + 1;
    }
    all.extend_from_slice(&out[done..]);
    *out = all;
}

/// The same for any text, one character after the other: what the fast way is tested against.
#[must_use]
pub fn word_hashes_general(text: &str, seed: u64) -> Vec<u64> {
    let mut out = Vec::new();
    folded_run(text, seed, &mut out);
    out
}

#[inline(always)]
const fn register(bytes: &[u8]) -> u64 {
    let mut eight = [0; 8];
    eight.copy_from_slice(bytes);
    u64::from_le_bytes(eight)
}

/// Which bytes of two registers belong to a word of 0 to 16 bytes.
const MASKS: [(u64, u64); 17] = {
    let mut masks = [(0, 0); 17];
    let mut length = 0;
    while length <= 16 {
        let low = if length >= 8 { u64::MAX } else { (1 << (8 * length)) - 1 };
        let high = if length >= 16 {
            u64::MAX
        } else if length > 8 {
            (1 << (8 * (length - 8))) - 1
        } else {
            0
        };
        masks[length] = (low, high);
        length += 1;
    }
    masks
};

/// Two registers to one hash: a full product folded in half (the step of wyhash, Wang Yi 2019).
#[inline(always)]
const fn mix(low: u64, high: u64, seed: u64) -> u64 {
    let product = ((low ^ SECRET[0] ^ seed) as u128).wrapping_mul((high ^ SECRET[1]) as u128);
    (product as u64) ^ ((product >> 64) as u64)
}

/// The hash of a folded word of any length.
fn hash_word(word: &[u8], seed: u64) -> u64 {
    let mut state = seed;
    for piece in word.chunks(16) {
        let mut block = [0; 16];
        block[..piece.len()].copy_from_slice(piece);
        state = mix(register(&block[..8]), register(&block[8..]), state);
    }
    state
}

/// Writes starts and ends, in turn, of all runs of bytes that are ASCII letters, ASCII digits or no ASCII at all to the front of
/// `borders`, and returns how many they are.
#[inline(always)]
fn find_borders(bytes: &[u8], borders: &mut Vec<u32>) -> usize {
    // Room for a border at every byte, and for a whole group behind the last one.
    let room = bytes.len() + 2 * GROUP;
    if borders.len() < room {
        borders.resize(room, 0);
    }
    let (mut count, mut before, mut base) = (0, 0_u64, 0_u32);
    for block in bytes.as_chunks::<64>().0 {
        let inside = inside_words(block);
        let mut changes = inside ^ (inside << 1 | before);
        before = inside >> 63;
        let end = count + changes.count_ones() as usize;
        // In whole groups, so that the number of rounds is easy to foresee; what is too much is written over.
        while changes != 0 {
            let Some(group) = borders.get_mut(count..count + GROUP) else { break };
            for border in group {
                *border = base + changes.trailing_zeros();
                changes &= changes.wrapping_sub(1);
            }
            count += GROUP;
        }
        count = end;
        base += 64;
    }
    if before == 1 {
        borders[count] = base;
        count += 1;
    }
    count
}

/// Borders that are written at a time.
const GROUP: usize = 8;

/// One bit for each of 64 bytes: whether it can stand in a word.
#[inline(always)]
fn inside_words(block: &[u8; 64]) -> u64 {
    const fn all(byte: u8) -> u64 {
        byte as u64 * 0x0101_0101_0101_0101
    }
    let mut lanes = [0_u64; 8];
    for (lane, eight) in lanes.iter_mut().zip(block.as_chunks::<8>().0) {
        let eight = u64::from_le_bytes(*eight);
        let ascii = eight & !HIGH;
        let lower = ascii | LOWER;
        let letter = (lower + all(0x80 - b'a')) & !(lower + all(0x80 - b'z' - 1));
        let digit = (ascii + all(0x80 - b'0')) & !(ascii + all(0x80 - b'9' - 1));
        // A byte that is no ASCII has its high bit set in `eight` itself.
        *lane = ((letter | digit | eight) & HIGH) >> 7;
    }
    // Bit 8 b + l is byte b of lane l; turning the 8 x 8 bits makes it bit 8 l + b.
    let mut bits = lanes.iter().zip(0_u32..).fold(0, |bits, (lane, at)| bits | lane << at);
    for (shift, mask) in [(7, 0x00AA_00AA_00AA_00AA), (14, 0x0000_CCCC_0000_CCCC), (28, 0x0000_0000_F0F0_F0F0)] {
        let swap = (bits ^ (bits >> shift)) & mask;
        bits ^= swap ^ (swap << shift);
    }
    bits
}

fn folded_run(run: &str, seed: u64, out: &mut Vec<u64>) {
    let mut word = WordBytes { bytes: [0; 256], length: 0, seed, out };
    for c in run.chars() {
        fold(c, |step| match step {
            Step::Letter(letter) => word.push(letter),
            Step::Gap => word.finish(),
            Step::Alone(letter) => {
                word.finish();
                word.push(letter);
                word.finish();
            }
        });
    }
    word.finish();
}

/// The folded bytes of the word that is being read. A word longer than the buffer (no language has one) is hashed in
/// pieces of the buffer's length.
struct WordBytes<'a> {
    bytes: [u8; 256],
    length: usize,
    seed: u64,
    out: &'a mut Vec<u64>,
}

impl WordBytes<'_> {
    fn push(&mut self, letter: char) {
        if self.length + 4 > self.bytes.len() {
            self.finish();
        }
        self.length += letter.encode_utf8(&mut self.bytes[self.length..]).len();
    }

    fn finish(&mut self) {
        if self.length > 0 {
            self.out.push(hash_word(&self.bytes[..self.length], self.seed));
            self.length = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fast(text: &str) -> Vec<u64> {
        let padded = format!("{text}{}", "\0".repeat(PADDING));
        let mut out = Vec::new();
        word_hashes(&padded, text.len(), 7, &mut Runs::default(), &mut out);
        out
    }

    #[test]
    fn typography_makes_no_difference() {
        let plain = fast("The mayor's \"plan\" - a well-known one - isn't new, he said.");
        assert_eq!(plain.len(), 13);
        assert_eq!(
            plain,
            fast("THE  MAYOR\u{2019}S \u{201D}plan\u{201D} \u{2014} a well\u{2010}known\none\u{a0}\u{2013} isn\u{2019}t new , HE SAID")
        );
        assert_eq!(fast("Straße Ω café 11km ﬁne ｗｉｄｅ"), fast("STRASSE ω CAFE\u{301} 11KM FINE wide"));
        assert_eq!(fast("so\u{AD}cial zero\u{200B}width"), fast("social zerowidth"));
        assert_eq!(fast("東京 2020").len(), 3);
    }

    #[test]
    fn long_words_and_chunk_borders() {
        for length in 1..400 {
            let text = format!("{} {} end", "x".repeat(length), "y ".repeat(length));
            assert_eq!(fast(&text), word_hashes_general(&text, 7), "{length}");
            assert_eq!(fast(&text).len(), length + 2 + usize::from(length > 253));
        }
    }
}
