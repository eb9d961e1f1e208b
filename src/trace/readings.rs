//! What a text says that another one may not: figures, days, names, quoted words, words side by side.
//!
//! Copyists pass on what they found and rarely hit on what they did not: of two possible sources the nearer one is that
//! which has the readings of the copy. What stands in other lineages too (a former title, a spelling, a house style) is
//! learnt from the collection and proves less.

use super::edge::Member;
use crate::document::Span;
use crate::facts::{DateExpr, QuoteForm};
use crate::text::is_stopword;
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

/// Readings of one text that are kept.
const MOST: usize = 20_000;
/// Words of a quotation that make one reading.
const QUOTED: usize = 4;

/// One reading.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    /// What it weighs where only some of the texts have it.
    pub(super) weight: f64,
    /// Whether it is a figure, a name or a day: something to show.
    pub(super) fact: bool,
    pub(super) span: Span,
}

/// The readings of one text, by key.
#[derive(Clone, Debug, Default)]
pub(super) struct Readings(Vec<(u64, Reading)>);

impl Readings {
    pub(super) fn of(member: &Member<'_>) -> Self {
        let mut out = Collected::default();
        out.figures(member);
        for d in &member.facts.dates {
            let weight = match d.expr {
                DateExpr::Day { .. } | DateExpr::Clock(_) | DateExpr::Month { .. } | DateExpr::Year(_) => 0.6,
                _ => 0.15,
            };
            out.add(&format!("d{:?}", d.expr), weight, true, d.span);
        }
        for n in &member.facts.names {
            if let Some(last) = n.words.last() {
                out.add(&format!("p{last}"), 0.5, true, n.span);
            }
        }
        for q in member.facts.quotes.iter().filter(|q| q.form != QuoteForm::Scare) {
            for run in q.words.windows(QUOTED) {
                out.add(&format!("q{}", run.join(" ")), 0.1, false, q.inner);
            }
        }
        out.neighbours(member);
        Self(out.0.into_iter().collect())
    }

    fn has(&self, key: u64) -> bool {
        self.0.binary_search_by_key(&key, |r| r.0).is_ok()
    }

    fn keys(&self) -> impl Iterator<Item = u64> {
        self.0.iter().map(|r| r.0)
    }
}

/// Readings while they are collected.
#[derive(Default)]
struct Collected(BTreeMap<u64, Reading>);

impl Collected {
    fn figures(&mut self, member: &Member<'_>) {
        for n in member.facts.numbers.iter().filter(|n| !n.vague) {
            let unit = n.unit.as_deref().unwrap_or("");
            // `Two` alone is everybody's: with what it counts it is not.
            let (head, weight) = match n.unit {
                None if n.value.abs() <= 20.0 => (n.head.as_deref().unwrap_or(""), if n.head.is_some() { 0.6 } else { 0.1 }),
                _ => ("", 1.0),
            };
            self.add(&format!("n{} {unit} {head}", n.value), weight, true, n.span);
        }
    }

    /// Content words side by side.
    fn neighbours(&mut self, member: &Member<'_>) {
        for s in &member.article.sentences {
            let words = member.article.words.get(s.words.clone()).unwrap_or(&[]);
            let content: Vec<_> = words.iter().filter(|w| !is_stopword(&w.norm) && !w.is_number()).collect();
            for pair in content.windows(2) {
                let [x, y] = pair else { continue };
                self.add(&format!("w{} {}", x.norm, y.norm), 0.12, false, Span::new(x.span.start, y.span.end));
            }
        }
    }

    fn add(&mut self, key: &str, weight: f64, fact: bool, span: Span) {
        if self.0.len() < MOST {
            self.0.entry(xxh3_64(key.as_bytes())).or_insert(Reading { weight, fact, span });
        }
    }
}

/// How many lineages have each reading that several have, by key: learnt from the collection.
#[derive(Clone, Debug, Default)]
pub(super) struct Elsewhere(Vec<(u64, u32)>);

impl Elsewhere {
    /// Counts the readings of lineages, each given by its texts. A text of its own is a lineage too.
    pub(super) fn gather<'r>(lineages: impl Iterator<Item = &'r [Readings]>) -> Self {
        let mut all = Vec::new();
        for texts in lineages {
            let mut keys: Vec<u64> = texts.iter().flat_map(Readings::keys).collect();
            keys.sort_unstable();
            keys.dedup();
            all.extend(keys);
        }
        all.sort_unstable();
        Self(all.chunk_by(|x, y| x == y).filter(|same| same.len() > 1).map(|same| (same[0], same.len() as u32)).collect())
    }

    /// How many lineages besides one that has it.
    pub(super) fn others(&self, key: u64) -> u32 {
        self.0.binary_search_by_key(&key, |r| r.0).map_or(0, |at| self.0[at].1 - 1)
    }
}

/// The readings of a cluster that tell its members apart.
pub(super) struct Variants<'r> {
    of: &'r [Readings],
    /// For each reading that some but not all members have, its weight: less where other lineages have it too.
    weights: BTreeMap<u64, f64>,
}

impl<'r> Variants<'r> {
    pub(super) fn new(of: &'r [Readings], elsewhere: &Elsewhere) -> Self {
        let mut held: BTreeMap<u64, (usize, f64)> = BTreeMap::new();
        for &(key, ref reading) in of.iter().flat_map(|r| &r.0) {
            let entry = held.entry(key).or_insert((0, reading.weight));
            entry.0 += 1;
        }
        let telling = held.into_iter().filter(|&(_, (n, _))| n >= 2 && n < of.len());
        let weights = telling.map(|(key, (_, w))| (key, w / f64::from(1 + elsewhere.others(key)))).collect();
        Self { of, weights }
    }

    /// Weight of what `v` shares with some other member and not with any of `sources`.
    pub(super) fn lacking(&self, v: usize, sources: &[usize]) -> f64 {
        let lacks = |key: u64| sources.iter().all(|&u| !self.of[u].has(key));
        self.of[v].keys().filter(|k| lacks(*k)).filter_map(|k| self.weights.get(&k)).sum()
    }

    /// What both `u` and `v` have and none of `without`: weight, and the figures, names and days as `v` writes them.
    pub(super) fn only_in<'t>(&self, (u, v): (usize, usize), without: &[usize], text: &'t str) -> (f64, Vec<&'t str>) {
        let (mut weight, mut shown) = (0.0, Vec::new());
        for (key, reading) in &self.of[v].0 {
            let shared = self.of[u].has(*key) && without.iter().all(|&w| !self.of[w].has(*key));
            let Some(w) = self.weights.get(key).filter(|_| shared) else { continue };
            if reading.fact {
                weight += w;
                shown.push((reading.span, reading.span.of(text)));
            }
        }
        shown.sort_by_key(|s| s.0);
        (weight, shown.into_iter().map(|s| s.1).collect())
    }
}

/// The key of a figure, as [`Readings`] makes it.
pub(super) fn figure_key(n: &crate::facts::Number) -> u64 {
    let unit = n.unit.as_deref().unwrap_or("");
    let head = if n.unit.is_none() && n.value.abs() <= 20.0 { n.head.as_deref().unwrap_or("") } else { "" };
    xxh3_64(format!("n{} {unit} {head}", n.value).as_bytes())
}
