//! Keys that documents share to pairs that are worth a comparison.

use super::brief::Brief;
use super::buckets::{Buckets, is_hot};
use super::comparing::Asker;
use super::link::may_be_near;
use super::postings::kind_of;
use super::topic::{Spread, Topic};
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
/// As much in grams that few documents have, where the two are about other things: a passage that one of them took from the other is in
/// few documents throughout or nearly so, two stock sentences of many documents are not. Figures: `benches/results/2026-11-23/index.md`.
const LEAST_RARE: f64 = 0.04;
/// As much that says enough by itself, whoever else has it: a passage of a story that hundreds print.
const LEAST_ANYHOW: f64 = 0.25;
/// Documents that a gram is in, at most, if few have it.
const FEW_GRAM: usize = 32;
/// As many for a key of the lead.
const FEW_LEAD: usize = 8;
/// Quote keys that two documents share from which both are read. Of lead keys one is enough: it stands for three terms.
const QUOTES: u16 = 2;
/// Likeness from which any key of the lead is enough; under it few documents have that key, and the two a gram that few have.
const ALIKE: f32 = 0.3;

/// How many keys of each kind two documents share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Kinds {
    all: [u16; 5],
    /// Grams that few documents have.
    rare_grams: u16,
    /// Whether one is a key of the lead that few have.
    rare_lead: bool,
}

impl Kinds {
    const fn of(self, kind: KeyKind) -> u16 {
        self.all[kind as usize]
    }

    fn total(self) -> u32 {
        self.all.iter().map(|s| u32::from(*s)).sum()
    }

    /// Counts a key of this kind.
    const fn add(&mut self, kind: usize, rare: bool) {
        self.all[kind] = self.all[kind].saturating_add(1);
        self.rare_grams = self.rare_grams.saturating_add((rare && kind == KeyKind::Gram as usize) as u16);
        self.rare_lead |= rare && kind == KeyKind::Lead as usize;
    }

    /// Whether both are to be read, by the keys of one kind.
    const fn may_be_told_again(self) -> bool {
        self.of(KeyKind::Quote) >= QUOTES || self.of(KeyKind::Lead) > 0
    }

    /// Whether they are, as far as they are about the same: many share some lead with what has nothing to do with it.
    fn is_told_again(self, likeness: f32) -> bool {
        self.may_be_told_again()
            && likeness >= Topic::LEAST
            && (likeness >= ALIKE || self.of(KeyKind::Quote) >= QUOTES || self.rare_lead && self.rare_grams > 0)
    }

    const fn reading(self) -> u16 {
        self.of(KeyKind::Quote).saturating_add(self.of(KeyKind::Lead))
    }
}

/// Askers with the keys of all of them.
pub(super) struct Asked<'a> {
    pub(super) askers: &'a [Asker<'a>],
    /// All keys, sorted, each once.
    pub(super) keys: Vec<u64>,
    /// Askers under each key.
    own: Buckets,
    /// Of each asker in turn, where its keys stand among all.
    places: Vec<u32>,
    /// Where those of each begin.
    begin: Vec<usize>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(askers: &'a [Asker<'a>]) -> Self {
        let mut asks: Vec<(u64, u32)> = Vec::new();
        let mut begin = Vec::with_capacity(askers.len());
        for (asker, place) in askers.iter().zip(0_u32..) {
            begin.push(asks.len());
            asks.extend(asker.sketch.keys.iter().map(|k| (*k, place)));
        }
        asks.sort_unstable();
        let mut keys: Vec<u64> = Vec::with_capacity(asks.len());
        let (mut next, mut places, mut rows) = (begin.clone(), vec![0; asks.len()], Vec::with_capacity(asks.len()));
        for (key, asker) in asks {
            if keys.last() != Some(&key) {
                keys.push(key);
            }
            let place = keys.len() as u32 - 1;
            places[next[asker as usize]] = place;
            next[asker as usize] += 1;
            rows.push((place, asker));
        }
        let own = Buckets::new(&keys, &rows);
        Self { askers, keys, own, places, begin }
    }

    /// Where the keys of an asker stand, in their order.
    fn places(&self, asker: usize) -> &[u32] {
        let from = self.begin[asker];
        &self.places[from..from + self.askers[asker].sketch.keys.len()]
    }
}

/// What the keys of some askers lead to: documents of the file, and other askers.
pub(super) struct Shared<'a> {
    pub(super) asked: &'a Asked<'a>,
    /// Documents of the file under each key.
    pub(super) file: &'a Buckets,
    pub(super) config: &'a Config,
}

/// Room for the rows of one asker.
struct Room {
    /// A document, whether few have the key, and its kind.
    rows: Vec<u64>,
    /// How much speaks for the documents of one hash: most share a stock sentence and nothing else, and need not be sorted.
    weights: Vec<u8>,
}

impl Room {
    /// The bit that marks a row of a key that few documents have.
    const RARE: u64 = 1 << 7;
    const WEIGHTS: usize = 8_192;

    fn new() -> Self {
        Self { rows: Vec::new(), weights: vec![0; Self::WEIGHTS] }
    }

    const fn document(row: u64) -> u32 {
        (row >> 8) as u32
    }

    const fn kind(row: u64) -> usize {
        (row & 0x7) as usize
    }

    /// Leaves the rows of the documents that have `least` grams, or any other key, and perhaps some more; sorted.
    fn sift(&mut self, least: usize) {
        let least = least.clamp(1, usize::from(u8::MAX)) as u8;
        let at = |row: u64| Self::document(row).wrapping_mul(0x9E37_79B1) as usize >> 19;
        self.weights.fill(0);
        for &row in &self.rows {
            let weight = &mut self.weights[at(row)];
            *weight = weight.saturating_add(if Self::kind(row) == KeyKind::Gram as usize { 1 } else { least });
        }
        let weights = &self.weights;
        self.rows.retain(|&row| weights[at(row)] >= least);
        self.rows.sort_unstable();
    }
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
        let askers = self.asked.askers.len();
        let of_askers = (0..askers).into_par_iter();
        let mut pairs: Vec<Pair> = of_askers.map_init(Room::new, |room, place| self.of(place, room)).flatten_iter().collect();
        let order = |p: &Pair| (p.document, p.asker);
        if askers > 1 {
            pairs.par_sort_unstable_by_key(order);
        } else {
            pairs.sort_unstable_by_key(order);
        }
        pairs
    }

    /// Keys that too many have.
    pub(super) const fn hot(&self) -> u64 {
        self.file.hot + self.asked.own.hot
    }

    fn of(&self, place: usize, room: &mut Room) -> Vec<Pair> {
        let Asked { askers, own, .. } = self.asked;
        room.rows.clear();
        for (key, &at) in askers[place].sketch.keys.iter().zip(self.asked.places(place)) {
            let at = at as usize;
            let kind = kind_of(*key);
            let count = self.file.count(at) + own.count(at);
            if kind != KeyKind::Band as usize && is_hot(*key, count) {
                continue;
            }
            let few = if kind == KeyKind::Gram as usize { FEW_GRAM } else { FEW_LEAD };
            let kind = kind as u64 | if count <= few { Room::RARE } else { 0 };
            let earlier = own.at(at).iter().take_while(|&&other| (other as usize) < place);
            let earlier = earlier.map(|&other| askers[other as usize].number as u64).filter(|number| *number > 0);
            room.rows.extend(self.file.at(at).iter().map(|&document| u64::from(document)).chain(earlier).map(|number| number << 8 | kind));
        }
        room.sift(self.config.min_shared_grams);
        let mut pairs = Vec::new();
        for pair in room.rows.chunk_by(|x, y| Room::document(*x) == Room::document(*y)) {
            let mut shared = Kinds::default();
            for row in pair {
                shared.add(Room::kind(*row).min(4), row & Room::RARE != 0);
            }
            let by_grams = usize::from(shared.of(KeyKind::Gram)) >= self.config.min_shared_grams;
            if self.config.derivatives && shared.may_be_told_again() || shared.of(KeyKind::Band) > 0 || by_grams {
                pairs.push(Pair { document: Room::document(pair[0]), asker: place as u32, shared });
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
    /// Whether many documents have nearly all words that they share: the foot of every page of an outlet, a sentence that is printed for years.
    pub(super) common: bool,
}

impl Pair {
    /// The pair, if a glance at both leaves it worth a comparison; the topic of the other is spread.
    pub(super) fn candidate(mut self, own: &Brief, (other, topic): (&Brief, &Spread), config: &Config) -> Option<Candidate> {
        let shared = self.shared;
        let shorter = f64::from(own.words.min(other.words));
        let share = |grams: u16| f64::from(grams) * config.gram_sample as f64 / shorter.max(1.0);
        let grams = shared.of(KeyKind::Gram);
        let mut by_grams = usize::from(grams) >= config.min_shared_grams && share(grams) >= LEAST_SHARE;
        let told_again = config.derivatives && shared.may_be_told_again();
        let by_band = shared.of(KeyKind::Band) > 0;
        if !(by_grams || told_again || by_band) {
            return None;
        }
        let likeness = topic.likeness(&own.topic);
        if by_grams && config.derivatives && likeness < Topic::LEAST {
            let of_all = share(grams);
            by_grams = of_all >= LEAST_ANYHOW || of_all >= LEAST_ALONE && share(shared.rare_grams) >= LEAST_RARE;
        }
        if !by_grams {
            self.shared.all[KeyKind::Gram as usize] = 0;
        }
        let read = config.derivatives && shared.is_told_again(likeness);
        // What only a band speaks for, a glance at the signatures may rule out.
        let by_band = by_band && (read || may_be_near(&own.glance, &other.glance, config));
        let by_words = by_grams || by_band;
        let common = share(shared.rare_grams) < LEAST_RARE;
        let Self { asker, document, shared } = self;
        (by_words || read).then_some(Candidate { asker, document, shared, by_words, read, common })
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

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: u32 = 600;

    /// What is left of a pair of 600 words each that shares these keys; `alike` of their weight is in common terms.
    fn left(shared: Kinds, alike: f32) -> Option<Candidate> {
        let brief = |other: u64| Brief { words: WORDS, topic: Topic::of_stems(alike, other), ..Brief::default() };
        let (one, other, mut topic) = (brief(1), brief(2), Spread::new());
        topic.set(&other.topic);
        Pair { document: 1, asker: 0, shared }.candidate(&one, (&other, &topic), &Config::news_corpus())
    }

    fn grams(share: f64, rare: f64) -> Kinds {
        let count = |share: f64| (share * f64::from(WORDS) / Config::news_corpus().gram_sample as f64).ceil() as u16;
        Kinds { all: [0, 0, count(share), 0, 0], rare_grams: count(rare), rare_lead: false }
    }

    fn told(quotes: u16, leads: u16, rare_lead: bool, rare_grams: u16) -> Kinds {
        Kinds { all: [0, 0, rare_grams, quotes, leads], rare_grams, rare_lead }
    }

    #[test]
    fn words_that_many_have_say_nothing_of_two_about_other_things() {
        let by_words = |share, rare, alike| left(grams(share, rare), alike).is_some_and(|c| c.by_words);
        assert!(by_words(0.16, 0.05, 0.0), "a passage that few have");
        assert!(!by_words(0.16, 0.02, 0.0), "stock sentences");
        assert!(by_words(0.3, 0.0, 0.0), "a passage that is long enough, whoever has it");
        assert!(by_words(0.11, 0.0, 0.5), "about the same");
        assert!(!by_words(0.08, 0.08, 0.5), "too little");
    }

    #[test]
    fn what_many_have_is_told_from_what_few_have() {
        let common = |share, rare| left(grams(share, rare), 0.5).map(|c| c.common);
        assert_eq!(common(0.3, 0.01), Some(true));
        assert_eq!(common(0.3, 0.25), Some(false));
    }

    #[test]
    fn a_lead_that_many_have_says_nothing_of_two_that_are_hardly_alike() {
        let read = |shared, alike| left(shared, alike).is_some_and(|c| c.read);
        assert!(read(told(0, 1, true, 1), 0.25), "few share the key, and they a gram");
        assert!(!read(told(0, 1, false, 1), 0.25), "many have the key");
        assert!(!read(told(0, 4, true, 0), 0.25), "not one gram in common");
        assert!(read(told(0, 1, false, 0), 0.4), "about the same");
        assert!(read(told(2, 0, false, 0), 0.25), "two quotations");
        assert!(!read(told(2, 1, true, 5), 0.1), "about other things");
    }

    #[test]
    fn what_shares_too_little_is_not_sorted() {
        let row = |document: u64, kind: KeyKind| document << 8 | kind as u64;
        let mut room = Room::new();
        let once = (1000..1100).map(|document| row(document, KeyKind::Gram));
        let thrice = [row(7, KeyKind::Gram) | Room::RARE, row(7, KeyKind::Gram), row(7, KeyKind::Gram)];
        room.rows.extend(once.chain(thrice).chain([row(9, KeyKind::Lead)]));
        room.sift(3);
        let of = |document| room.rows.iter().filter(|r| Room::document(**r) == document).count();
        assert_eq!((of(7), of(9)), (3, 1));
        assert!(room.rows.len() < 20, "{}", room.rows.len());
        assert!(room.rows.is_sorted());
    }
}
