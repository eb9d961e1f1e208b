//! Keys that documents share to pairs that are worth a comparison.

use super::comparing::Others;
use super::postings::Gathered;
use crate::config::Config;
use crate::error::Result;
use crate::keys::KeyKind;

/// Documents that one is compared with by its words, those that share most first.
const BY_WORDS: usize = 64;
/// Documents that one is compared with by a reading of both.
const BY_READING: usize = 32;
/// Share of the shorter text's grams that a pair shares at least, as its sampled ones tell; as in a corpus run.
const LEAST_SHARE: f64 = 0.1;
/// Quote keys, or pairs of lead terms, that two documents share from which both are read.
const READ_FROM: u16 = 2;

/// How many keys of each kind two documents share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Kinds([u16; 5]);

impl Kinds {
    const fn of(self, kind: KeyKind) -> u16 {
        self.0[kind as usize]
    }

    fn total(self) -> u32 {
        self.0.iter().map(|s| u32::from(*s)).sum()
    }

    const fn reading(self) -> u16 {
        self.of(KeyKind::Quote).saturating_add(self.of(KeyKind::Lead))
    }
}

/// Pairs that share so much that they could be worth a comparison.
pub(super) struct Shared {
    /// Asker, document; sorted.
    pairs: Vec<(u32, u32, Kinds)>,
}

impl Shared {
    pub(super) fn of(mut found: Gathered, config: &Config) -> Self {
        found.rows.sort_unstable();
        let mut pairs = Vec::new();
        for pair in found.rows.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)) {
            let mut kinds = Kinds::default();
            for row in pair {
                let n = &mut kinds.0[usize::from(row.2).min(4)];
                *n = n.saturating_add(1);
            }
            let read = config.derivatives && (kinds.of(KeyKind::Quote) >= READ_FROM || kinds.of(KeyKind::Lead) >= READ_FROM);
            if read || kinds.of(KeyKind::Band) > 0 || usize::from(kinds.of(KeyKind::Gram)) >= config.min_shared_grams {
                pairs.push((pair[0].0, pair[0].1, kinds));
            }
        }
        Self { pairs }
    }

    /// The numbers of the documents that askers share keys with, some of them more than once.
    pub(super) fn documents(&self) -> impl Iterator<Item = i64> {
        self.pairs.iter().map(|p| i64::from(p.1))
    }
}

/// A pair that is worth a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Place of the one that asks.
    pub(super) asker: u32,
    /// Number of the other.
    pub(super) document: u32,
    shared: Kinds,
    /// Whether their words are compared.
    pub(super) by_words: bool,
    /// Whether both are read where their words prove nothing.
    pub(super) read: bool,
}

/// The pairs of each asker, and how many of them had more than are compared.
pub(super) fn chosen(shared: &Shared, others: &Others<'_>, config: &Config) -> Result<(Vec<Candidate>, u64)> {
    let mut out = Vec::new();
    let mut bounded = 0;
    let mut of_one: Vec<Candidate> = Vec::new();
    for asked in shared.pairs.chunk_by(|x, y| x.0 == y.0) {
        of_one.clear();
        for &(asker, document, mut shared) in asked {
            let Some(shorter) = others.shorter(asker, document) else { continue };
            let grams = shared.of(KeyKind::Gram);
            let by_grams = usize::from(grams) >= config.min_shared_grams
                && f64::from(grams) * config.gram_sample as f64 >= LEAST_SHARE * f64::from(shorter);
            if !by_grams {
                shared.0[KeyKind::Gram as usize] = 0;
            }
            let by_band = shared.of(KeyKind::Band) > 0;
            let agreed = shared.of(KeyKind::Quote) >= READ_FROM || shared.of(KeyKind::Lead) >= READ_FROM;
            let read = config.derivatives && agreed && others.may_be_told_again(asker, document)?;
            // What only a band speaks for, a glance at the signatures may rule out.
            let by_words = by_grams || by_band && (read || others.may_be_near(asker, document));
            if by_words || read {
                of_one.push(Candidate { asker, document, shared, by_words, read });
            }
        }
        of_one.sort_unstable_by_key(|c| (std::cmp::Reverse(c.shared.total()), c.document));
        bounded += u64::from(of_one.len() > BY_WORDS);
        of_one.truncate(BY_WORDS);
        let mut readable: Vec<usize> = (0..of_one.len()).filter(|&i| of_one[i].read).collect();
        readable.sort_by_key(|&i| (std::cmp::Reverse(of_one[i].shared.reading()), of_one[i].document));
        for &left_out in readable.iter().skip(BY_READING) {
            of_one[left_out].read = false;
        }
        out.extend(of_one.iter().filter(|c| c.by_words || c.read));
    }
    Ok((out, bounded))
}
