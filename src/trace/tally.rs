//! What is counted of a source and its copy: what the copy has that the source lacks, and what it left out.

use super::edge::Member;
use crate::document::Span;
use crate::extract::BlockKind;
use crate::facts::{Number, QuoteForm};
use crate::verify::{Features, SentencePair};
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

/// Sentences less alike than this do not tell the same.
const ALIKE: f64 = 0.2;
/// Figures up to this without a unit are in every text.
const SMALL: f64 = 12.0;
/// Sentences with fewer words say little.
const SENTENCE: usize = 5;
/// The same for quotations.
const QUOTE: usize = 3;

/// What can be lost and gained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Thing {
    /// Figures with their units.
    Numbers,
    /// Last words of names.
    Names,
    /// Sentences word for word.
    Wordings,
    /// The words of quotations.
    Quotes,
}

/// Kinds of [`Thing`].
const THINGS: usize = 4;

/// What a text has of each [`Thing`]: sorted keys.
#[derive(Clone, Debug, Default)]
pub(super) struct Holdings([Vec<u64>; THINGS]);

impl Holdings {
    pub(super) fn of(member: &Member<'_>) -> Self {
        let head: Vec<Span> =
            member.article.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Dateline | BlockKind::Byline)).map(|b| b.span).collect();
        // What stands in dateline and byline goes with the page.
        let told = |span: Span| !head.iter().any(|h| h.overlaps(span));
        // `Two` is everybody's.
        let telling = |n: &&Number| !n.vague && (n.unit.is_some() || n.value.abs() > SMALL || n.value.fract() != 0.0);
        let number = |n: &Number| xxh3_64(format!("{} {}", n.value, n.unit.as_deref().unwrap_or("")).as_bytes());
        let numbers = member.facts.numbers.iter().filter(|n| told(n.span)).filter(telling);
        let names = member.facts.names.iter().filter(|n| told(n.span)).filter_map(|n| n.words.last());
        let quotes = member.facts.quotes.iter().filter(|q| q.form != QuoteForm::Scare && q.words.len() >= QUOTE);
        let mut out = Self([
            numbers.map(number).collect(),
            names.map(|w| xxh3_64(w.as_bytes())).collect(),
            wordings(member),
            quotes.map(|q| xxh3_64(q.words.join(" ").as_bytes())).collect(),
        ]);
        for keys in &mut out.0 {
            keys.sort_unstable();
            keys.dedup();
        }
        out
    }

    fn has(&self, thing: Thing, key: u64) -> bool {
        self.0[thing as usize].binary_search(&key).is_ok()
    }
}

fn wordings(member: &Member<'_>) -> Vec<u64> {
    let words = member.article.sentences.iter().filter_map(|s| member.article.words.get(s.words.clone()));
    words
        .filter(|w| w.len() >= SENTENCE)
        .map(|words| xxh3_64(words.iter().flat_map(|w| [w.norm.as_ref(), " "]).collect::<String>().as_bytes()))
        .collect()
}

/// How many members of a cluster have what.
pub(super) struct Held {
    by: [BTreeMap<u64, u32>; THINGS],
    /// For each sentence of each member, whether another member tells it.
    told: Vec<Vec<bool>>,
}

impl Held {
    /// `pairs` are the compared pairs of members, each by their places.
    pub(super) fn new<'f>(
        members: &[Member<'_>],
        holdings: &[Holdings],
        pairs: impl Iterator<Item = (usize, usize, &'f Features)>,
    ) -> Self {
        let mut by: [BTreeMap<u64, u32>; THINGS] = Default::default();
        for holding in holdings {
            for (keys, counts) in holding.0.iter().zip(&mut by) {
                keys.iter().for_each(|k| *counts.entry(*k).or_insert(0) += 1);
            }
        }
        let mut told: Vec<Vec<bool>> = members.iter().map(|m| vec![false; m.article.sentences.len()]).collect();
        for (a, b, features) in pairs {
            for s in alike(features) {
                mark(&mut told[a], s.a);
                mark(&mut told[b], s.b);
            }
        }
        Self { by, told }
    }
}

fn mark(flags: &mut [bool], at: usize) {
    if let Some(flag) = flags.get_mut(at) {
        *flag = true;
    }
}

fn alike(features: &Features) -> impl Iterator<Item = &SentencePair> {
    features.sentences.iter().filter(|s| s.cosine >= ALIKE)
}

/// Of one thing, how many a copy has that its source lacks, and the other way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Gap {
    /// Of the copy alone.
    pub(super) own: usize,
    /// Of the copy and of others that are not the source: it can hardly have them from this source.
    pub(super) elsewhere: usize,
    /// Of the source, not in the copy.
    pub(super) lost: usize,
}

impl Gap {
    /// What the copy has beyond the source.
    pub(super) const fn added(self) -> usize {
        self.own + self.elsewhere
    }

    pub(super) fn of(thing: Thing, (u, v): (&Holdings, &Holdings), held: &Held) -> Self {
        let at = thing as usize;
        let mut out = Self { lost: u.0[at].iter().filter(|k| !v.has(thing, **k)).count(), ..Self::default() };
        for key in v.0[at].iter().filter(|k| !u.has(thing, **k)) {
            if held.by[at].get(key).is_some_and(|n| *n > 1) { out.elsewhere += 1 } else { out.own += 1 }
        }
        out
    }
}

/// The sentences of the pair of members `u` and `v`; `turned` when `v` is the first text of `features`. Gives the gap, and
/// how often the copy goes back in its source. What is gone at the end of the source is not counted: everybody cuts there.
pub(super) fn sentences((u, v): (usize, usize), features: &Features, turned: bool, held: &Held) -> (Gap, usize) {
    let (told_u, told_v) = (&held.told[u], &held.told[v]);
    let mut pairs: Vec<(usize, usize)> = alike(features).map(|s| if turned { (s.a, s.b) } else { (s.b, s.a) }).collect();
    pairs.sort_unstable();
    let mut in_v = vec![false; told_v.len()];
    let mut in_u = vec![false; told_u.len()];
    pairs.iter().for_each(|&(j, i)| {
        mark(&mut in_v, j);
        mark(&mut in_u, i);
    });
    let end = in_u.iter().rposition(|x| *x).unwrap_or(0);
    let mut gap = Gap { lost: in_u[..end.min(in_u.len())].iter().filter(|x| !**x).count(), ..Gap::default() };
    for (_, elsewhere) in in_v.iter().zip(told_v).filter(|(here, _)| !**here) {
        if *elsewhere { gap.elsewhere += 1 } else { gap.own += 1 }
    }
    (gap, pairs.windows(2).filter(|w| w[1].1 < w[0].1).count())
}
