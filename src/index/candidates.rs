//! Keys that documents share to pairs that are worth a comparison.

use super::postings::Gathered;
use crate::config::Config;
use crate::keys::KeyKind;

/// Documents that one is compared with by its words, those that share most first.
const BY_WORDS: usize = 64;
/// Documents that one is compared with by a reading of both.
const BY_READING: usize = 32;
/// Share of the shorter text's grams that a pair shares at least, as its sampled ones tell; as in a corpus run.
const LEAST_SHARE: f64 = 0.1;
/// Quote keys, or pairs of lead terms, that two documents share from which both are read.
const READ_FROM: u16 = 2;

/// A pair that is worth a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Place of the one that asks.
    pub(super) asker: u32,
    /// Number of the other.
    pub(super) document: u32,
    /// Keys of each kind that the two share.
    shared: [u16; 5],
    /// Whether both are read where their words prove nothing.
    pub(super) read: bool,
}

impl Candidate {
    const fn shares(&self, kind: KeyKind) -> u16 {
        self.shared[kind as usize]
    }

    /// Whether the two share a band and nothing else: what a glance at the signatures may rule out.
    pub(super) const fn by_band_only(&self) -> bool {
        !self.read && self.shares(KeyKind::Gram) == 0
    }

    fn total(&self) -> u32 {
        self.shared.iter().map(|s| u32::from(*s)).sum()
    }

    fn reading(&self) -> u16 {
        self.shares(KeyKind::Quote) + self.shares(KeyKind::Lead)
    }
}

/// The pairs of each asker, and how many of them had more than are compared. `words` gives the words of a document, 0 where it is not known.
pub(super) fn chosen(mut found: Gathered, words: &dyn Fn(u32, bool) -> u32, config: &Config) -> (Vec<Candidate>, u64) {
    found.rows.sort_unstable();
    let mut out = Vec::new();
    let mut bounded = 0;
    let mut of_one: Vec<Candidate> = Vec::new();
    for asked in found.rows.chunk_by(|x, y| x.0 == y.0) {
        of_one.clear();
        for pair in asked.chunk_by(|x, y| x.1 == y.1) {
            let mut shared = [0_u16; 5];
            for row in pair {
                let n = &mut shared[usize::from(row.2).min(4)];
                *n = n.saturating_add(1);
            }
            let mut candidate = Candidate { asker: pair[0].0, document: pair[0].1, shared, read: false };
            let shares = |kind| candidate.shares(kind);
            let read = config.derivatives && (shares(KeyKind::Quote) >= READ_FROM || shares(KeyKind::Lead) >= READ_FROM);
            let grams = shares(KeyKind::Gram);
            let by_grams = usize::from(grams) >= config.min_shared_grams && {
                let shorter = f64::from(words(candidate.asker, true).min(words(candidate.document, false)));
                f64::from(grams) * config.gram_sample as f64 >= LEAST_SHARE * shorter
            };
            let by_band = shares(KeyKind::Band) > 0;
            if !by_grams {
                candidate.shared[KeyKind::Gram as usize] = 0;
            }
            candidate.read = read;
            if read || by_grams || by_band {
                of_one.push(candidate);
            }
        }
        of_one.sort_unstable_by_key(|c| (std::cmp::Reverse(c.total()), c.document));
        bounded += u64::from(of_one.len() > BY_WORDS);
        of_one.truncate(BY_WORDS);
        let mut readable: Vec<usize> = (0..of_one.len()).filter(|&i| of_one[i].read).collect();
        readable.sort_by_key(|&i| (std::cmp::Reverse(of_one[i].reading()), of_one[i].document));
        for &left_out in readable.iter().skip(BY_READING) {
            of_one[left_out].read = false;
        }
        out.extend_from_slice(&of_one);
    }
    (out, bounded)
}
