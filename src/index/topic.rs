//! What a document is about in 192 bytes: its weightiest terms, so that a pair which shares some keys by chance need not be read.

use crate::keys::TermVector;

/// Terms that are kept.
const TERMS: usize = 64;

/// The weightiest terms, in the order of their hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Topic {
    /// The upper 16 bits of the stem's hash, and its weight: 255 is the weight of a vector of length 1.
    terms: Vec<(u16, u8)>,
}

impl Topic {
    /// Likeness under which two documents tell no common story, whatever keys they share. Chosen between pairs that derive (.316 and more
    /// over all terms) and those that share keys by chance (.283 and less): `benches/results/2026-11-22/index.md`.
    pub(super) const LEAST: f32 = 0.22;

    pub(super) fn new(vector: &TermVector) -> Self {
        let mut terms: Vec<(f32, u64)> = vector.terms().iter().map(|t| (t.weight, t.stem)).collect();
        terms.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        terms.truncate(TERMS);
        let mut terms: Vec<(u16, u8)> =
            terms.into_iter().map(|(weight, stem)| ((stem >> 48) as u16, (weight * 255.0).round() as u8)).collect();
        terms.sort_unstable();
        Self { terms }
    }

    /// One of two terms: `likeness` with every other such one, and 1 with itself.
    #[cfg(test)]
    pub(super) fn of_stems(likeness: f32, other: u64) -> Self {
        let weight = |square: f32| (square.sqrt() * 255.0).round() as u8;
        Self { terms: vec![(0, weight(likeness)), (other as u16, weight(1.0 - likeness))] }
    }

    /// Appends it to the bytes of a row.
    pub(super) fn encode(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.terms.iter().flat_map(|(stem, weight)| [stem.to_le_bytes()[0], stem.to_le_bytes()[1], *weight]));
    }

    /// That of these bytes, if they are whole.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (terms, rest) = bytes.as_chunks::<3>();
        rest.is_empty().then(|| Self { terms: terms.iter().map(|t| (u16::from_le_bytes([t[0], t[1]]), t[2])).collect() })
    }
}

/// A topic that others are compared with, spread out so that no term is sought: a glance at a pair takes less than to bring its row from
/// the disk.
pub(super) struct Spread {
    weights: Vec<u8>,
    terms: Vec<u16>,
}

impl Spread {
    pub(super) fn new() -> Self {
        Self { weights: vec![0; 1 << u16::BITS], terms: Vec::new() }
    }

    /// Takes another topic in place of the one before.
    pub(super) fn set(&mut self, topic: &Topic) {
        for term in self.terms.drain(..) {
            self.weights[usize::from(term)] = 0;
        }
        for &(term, weight) in &topic.terms {
            self.weights[usize::from(term)] = weight;
            self.terms.push(term);
        }
    }

    /// The cosine of what both documents are about, less what their lighter terms add.
    pub(super) fn likeness(&self, topic: &Topic) -> f32 {
        let dot: u32 = topic.terms.iter().map(|&(term, weight)| u32::from(weight) * u32::from(self.weights[usize::from(term)])).sum();
        dot as f32 / (255.0 * 255.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_of_the_last_topic_set() {
        let (one, two, three) = (Topic::of_stems(0.5, 1), Topic::of_stems(0.5, 2), Topic { terms: vec![(9, 255)] });
        let mut spread = Spread::new();
        spread.set(&one);
        assert!((spread.likeness(&one) - 1.0).abs() < 0.01 && (spread.likeness(&two) - 0.5).abs() < 0.01);
        spread.set(&three);
        assert_eq!((spread.likeness(&three), spread.likeness(&one)), (1.0, 0.0));
    }
}
