//! Keys that documents share to pairs that are worth a comparison.

use super::brief::Brief;
use super::buckets::Buckets;
use super::comparing::Asker;
use super::link::may_be_near;
use super::postings::kind_of;
use crate::config::Config;
use crate::keys::KeyKind;
use rayon::prelude::*;
use std::cmp::Reverse;

/// Documents that one is compared with by its words, those that share most first.
const BY_WORDS: usize = 64;
/// Documents that one is compared with by a reading of both.
const BY_READING: usize = 32;
/// Share of the shorter text's grams that a pair shares at least, as its sampled ones tell; as in a corpus run.
const LEAST_SHARE: f64 = 0.1;
/// As much where the two are about other things: an excerpt is a quarter of one of them, a stock sentence is not.
const LEAST_ALONE: f64 = 0.15;
/// Quote keys that two documents share from which both are read. Of lead keys one is enough: it stands for three terms.
const QUOTES: u16 = 2;

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

    /// Whether both are to be read, by the keys of one kind.
    const fn may_be_told_again(self) -> bool {
        self.of(KeyKind::Quote) >= QUOTES || self.of(KeyKind::Lead) > 0
    }

    const fn reading(self) -> u16 {
        self.of(KeyKind::Quote).saturating_add(self.of(KeyKind::Lead))
    }
}

/// What the keys of some askers lead to: documents of the file, and other askers.
pub(super) struct Shared<'a> {
    pub(super) askers: &'a [Asker<'a>],
    /// All keys of the askers, sorted.
    pub(super) keys: &'a [u64],
    /// Documents of the file under each key.
    pub(super) file: &'a Buckets,
    /// Askers under each key.
    pub(super) own: &'a Buckets,
    pub(super) config: &'a Config,
}

/// An asker and a document that share so much that they could be worth a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) document: u32,
    pub(super) asker: u32,
    shared: Kinds,
}

impl Shared<'_> {
    /// The pairs that could be worth a comparison, in the order of the documents.
    pub(super) fn pairs(&self) -> Vec<Pair> {
        let of_askers = (0..self.askers.len()).into_par_iter();
        let mut pairs: Vec<Pair> = of_askers.map_init(Vec::new, |rows, place| self.of(place, rows)).flatten_iter().collect();
        let order = |p: &Pair| (p.document, p.asker);
        if self.askers.len() > 1 {
            pairs.par_sort_unstable_by_key(order);
        } else {
            pairs.sort_unstable_by_key(order);
        }
        pairs
    }

    fn of(&self, place: usize, rows: &mut Vec<u64>) -> Vec<Pair> {
        rows.clear();
        for key in &self.askers[place].sketch.keys {
            let Ok(at) = self.keys.binary_search(key) else { continue };
            let kind = kind_of(*key) as u64;
            let earlier = self.own.at(at).iter().take_while(|&&other| (other as usize) < place);
            let earlier = earlier.map(|&other| self.askers[other as usize].number as u64).filter(|number| *number > 0);
            rows.extend(self.file.at(at).iter().map(|&document| u64::from(document)).chain(earlier).map(|number| number << 8 | kind));
        }
        rows.sort_unstable();
        let mut pairs = Vec::new();
        for pair in rows.chunk_by(|x, y| x >> 8 == y >> 8) {
            let mut shared = Kinds::default();
            for row in pair {
                let n = &mut shared.0[(row & 0xFF).min(4) as usize];
                *n = n.saturating_add(1);
            }
            let by_grams = usize::from(shared.of(KeyKind::Gram)) >= self.config.min_shared_grams;
            if self.config.derivatives && shared.may_be_told_again() || shared.of(KeyKind::Band) > 0 || by_grams {
                pairs.push(Pair { document: (pair[0] >> 8) as u32, asker: place as u32, shared });
            }
        }
        pairs
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

impl Pair {
    /// The pair, if a glance at both leaves it worth a comparison.
    pub(super) fn candidate(mut self, own: &Brief, other: &Brief, config: &Config) -> Option<Candidate> {
        let grams = self.shared.of(KeyKind::Gram);
        let alike = own.topic.may_be_told_again(&other.topic);
        let least = if alike || !config.derivatives { LEAST_SHARE } else { LEAST_ALONE };
        let by_grams = usize::from(grams) >= config.min_shared_grams
            && f64::from(grams) * config.gram_sample as f64 >= least * f64::from(own.words.min(other.words));
        if !by_grams {
            self.shared.0[KeyKind::Gram as usize] = 0;
        }
        let read = config.derivatives && alike && self.shared.may_be_told_again();
        // What only a band speaks for, a glance at the signatures may rule out.
        let by_band = self.shared.of(KeyKind::Band) > 0 && (read || may_be_near(&own.glance, &other.glance, config));
        let by_words = by_grams || by_band;
        (by_words || read).then_some(Candidate { asker: self.asker, document: self.document, shared: self.shared, by_words, read })
    }
}

/// Of all candidates those of each asker that are compared, in the order of the askers; and how many askers have more.
pub(super) fn chosen(mut candidates: Vec<Candidate>) -> (Vec<Candidate>, u64) {
    candidates.sort_unstable_by_key(|c| (c.asker, Reverse(c.shared.total()), c.document));
    let mut bounded = 0;
    let mut chosen = Vec::with_capacity(candidates.len());
    for of_one in candidates.chunk_by_mut(|x, y| x.asker == y.asker) {
        bounded += u64::from(of_one.len() > BY_WORDS);
        let most = of_one.len().min(BY_WORDS);
        let of_one = &mut of_one[..most];
        let mut readable: Vec<usize> = (0..of_one.len()).filter(|&i| of_one[i].read).collect();
        readable.sort_by_key(|&i| (Reverse(of_one[i].shared.reading()), of_one[i].document));
        for &left_out in readable.iter().skip(BY_READING) {
            of_one[left_out].read = false;
        }
        chosen.extend(of_one.iter().copied().filter(|c| c.by_words || c.read));
    }
    (chosen, bounded)
}
