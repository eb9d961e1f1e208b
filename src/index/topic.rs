//! What a document is about in 192 bytes: its weightiest terms, so that a pair which shares some keys by chance need not be read.

use crate::keys::TermVector;

/// Terms that are kept.
const TERMS: usize = 64;
/// Likeness under which two documents tell no common story, whatever keys they share. Chosen between pairs that derive (.316 and more over all
/// terms) and those that share keys by chance (.283 and less): `benches/results/2026-11-22/index.md`.
const LEAST: f32 = 0.22;

/// The weightiest terms, in the order of their hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Topic {
    /// The upper 16 bits of the stem's hash, and its weight: 255 is the weight of a vector of length 1.
    terms: Vec<(u16, u8)>,
}

impl Topic {
    pub(super) fn new(vector: &TermVector) -> Self {
        let mut terms: Vec<(f32, u64)> = vector.terms().iter().map(|t| (t.weight, t.stem)).collect();
        terms.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        terms.truncate(TERMS);
        let mut terms: Vec<(u16, u8)> =
            terms.into_iter().map(|(weight, stem)| ((stem >> 48) as u16, (weight * 255.0).round() as u8)).collect();
        terms.sort_unstable();
        Self { terms }
    }

    /// The cosine of what both documents are about, less what their lighter terms add.
    pub(super) fn likeness(&self, other: &Self) -> f32 {
        let (mut i, mut j, mut dot) = (0, 0, 0_u32);
        while let (Some(x), Some(y)) = (self.terms.get(i), other.terms.get(j)) {
            if x.0 == y.0 {
                dot += u32::from(x.1) * u32::from(y.1);
            }
            i += usize::from(x.0 <= y.0);
            j += usize::from(y.0 <= x.0);
        }
        dot as f32 / (255.0 * 255.0)
    }

    /// Whether the two may tell a common story.
    pub(super) fn may_be_told_again(&self, other: &Self) -> bool {
        self.likeness(other) >= LEAST
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
