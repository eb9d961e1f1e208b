//! Candidates to verified links: one group of connected candidates at a time.
//!
//! Documents of a group are taken in the order in which they would be kept (their rank). Each is compared exactly with those
//! before it that it is a candidate with: first with kept ones, until one reaches the threshold, which then is its counterpart;
//! it is removed. Comparisons that could join nothing new are left out: of two documents that are already in one
//! cluster, only a kept one can still make a difference to the other.

use super::block::Worker;
use super::documents::Documents;
use super::stages::{RowReader, RowWriter};
use crate::keys::ShingleSet;
use crate::verify::Overlap;

/// A verified link of a document to its counterpart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// Rank of the document.
    pub(super) rank: u32,
    /// Rank of the document it was compared with.
    pub(super) counterpart: u32,
    /// Whether the document is removed; the counterpart is a kept one then.
    pub(super) removed: bool,
    /// What they share.
    pub(super) overlap: Overlap,
}

/// What a group gave.
#[derive(Debug, Default)]
pub(super) struct Collapsed {
    /// For each document the link that is told of it; documents without one reached the threshold with none.
    pub(super) links: Vec<Link>,
    /// All verified pairs that joined clusters.
    pub(super) joins: Vec<(u32, u32)>,
    /// Of the joins those where one holds all of the other and much more: `(holder, held)`.
    pub(super) holds: Vec<(u32, u32)>,
    /// Pairs that were compared.
    pub(super) compared: u64,
    /// Pairs that reached the threshold.
    pub(super) verified: u64,
}

impl Collapsed {
    pub(super) fn append(&mut self, mut later: Self) {
        self.links.append(&mut later.links);
        self.joins.append(&mut later.joins);
        self.holds.append(&mut later.holds);
        self.compared += later.compared;
        self.verified += later.verified;
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let mut out = RowWriter::default();
        out.u64s(&[self.compared, self.verified]);
        let link = |l: &Link| [l.rank, l.counterpart, u32::from(l.removed), l.overlap.shared, l.overlap.own, l.overlap.other];
        out.u32s(&self.links.iter().flat_map(link).collect::<Vec<_>>());
        for pairs in [&self.joins, &self.holds] {
            out.u32s(&pairs.iter().flat_map(|&(a, b)| [a, b]).collect::<Vec<_>>());
        }
        out.bytes
    }

    pub(super) fn decode(rows: &[u8]) -> Option<Self> {
        let mut rows = RowReader { rest: rows };
        let counts = rows.u64s()?;
        let link = |&[rank, counterpart, removed, shared, own, other]: &[u32; 6]| {
            let overlap = Overlap { shared, own, other };
            Link { rank, counterpart, removed: removed == 1, overlap }
        };
        let links = rows.u32s()?.as_chunks::<6>().0.iter().map(link).collect();
        let mut pairs = || Some(rows.u32s()?.as_chunks::<2>().0.iter().map(|&[a, b]| (a, b)).collect());
        let (joins, holds) = (pairs()?, pairs()?);
        Some(Self { links, joins, holds, compared: *counts.first()?, verified: *counts.get(1)? })
    }
}

/// Buffers that are used again for every group.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    set: ShingleSet,
    own: Vec<u64>,
    other_set: ShingleSet,
    other: Vec<u64>,
}

/// Shingle sets of a group, up to a bound; those that do not fit are read again when they are needed.
struct Sets {
    lists: Vec<Option<Box<[u64]>>>,
    held: usize,
    bound: usize,
}

impl Sets {
    fn keep(&mut self, at: usize, list: &[u64]) {
        if self.held + list.len() > self.bound {
            // Everything goes: what is needed comes back, and a group this large is rare.
            self.lists.fill(None);
            self.held = 0;
        }
        self.held += list.len();
        self.lists[at] = Some(list.into());
    }
}

/// What a pair has to reach.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    /// Jaccard similarity from which it is linked.
    pub(super) threshold: f64,
    /// Share of a document's shingles that stand in the kept one from which it is removed.
    pub(super) contained: f64,
    /// Share of a document's shingles in another from which that one holds it.
    pub(super) held: f64,
}

/// Compares the pairs of one group: `(group, later, earlier)` ranks, sorted. `order` gives the document of a rank, `bound` the
/// shingles that may be held.
pub(super) fn collapse(
    pairs: &[(u32, u32, u32)],
    order: &[u32],
    documents: &Documents,
    rule: Rule,
    bound: usize,
    worker: &mut Worker<'_>,
    scratch: &mut Scratch,
) -> std::io::Result<Collapsed> {
    let mut members: Vec<u32> = pairs.iter().flat_map(|&(_, later, earlier)| [later, earlier]).collect();
    members.sort_unstable();
    members.dedup();
    let place = |rank: u32| members.binary_search(&rank).unwrap_or_default();
    let mut sets = Sets { lists: vec![None; members.len()], held: 0, bound };
    let Scratch { set, own, other_set, other } = scratch;
    let (mut removed, mut linked) = (vec![false; members.len()], vec![false; members.len()]);
    let mut joined: Vec<usize> = (0..members.len()).collect();
    let mut out = Collapsed::default();
    let mut rest = pairs;
    for (at, &rank) in members.iter().enumerate() {
        let count = rest.partition_point(|p| p.1 <= rank);
        let neighbours;
        (neighbours, rest) = rest.split_at(count);
        own.clear();
        worker.shingle_set(documents, order[rank as usize], set, own)?;
        let mut told: Option<Link> = None;
        let mut bridges = Vec::new();
        for of_kept in [true, false] {
            for &(_, _, earlier) in neighbours {
                let before = place(earlier);
                let known = root(&mut joined, before) == root(&mut joined, at);
                if removed[before] == of_kept || (known && (!of_kept || removed[at])) {
                    continue;
                }
                if sets.lists[before].is_none() {
                    other.clear();
                    worker.shingle_set(documents, order[earlier as usize], other_set, other)?;
                    sets.keep(before, other);
                }
                let Some(list) = &sets.lists[before] else { continue };
                out.compared += 1;
                let Some(overlap) = Overlap::reaching(rule.threshold, set, own.len(), list) else { continue };
                out.verified += 1;
                let removes = of_kept && overlap.containment() >= rule.contained;
                let link = Link { rank, counterpart: earlier, removed: removes, overlap };
                if told.is_none_or(|t| !t.removed && (removes || t.overlap.jaccard() < overlap.jaccard())) {
                    told = Some(link);
                }
                if !known {
                    // A kept document that a removed one ties to the cluster is told that tie.
                    if removed[at] && of_kept && !linked[before] {
                        linked[before] = true;
                        bridges.push(Link { rank: earlier, counterpart: rank, removed: false, overlap: overlap.turned() });
                    }
                    out.joins.push((rank, earlier));
                    match (overlap.containment() >= rule.held, overlap.containment_of_other() >= rule.held) {
                        (true, false) => out.holds.push((earlier, rank)),
                        (false, true) => out.holds.push((rank, earlier)),
                        _ => {}
                    }
                    let (a, b) = (root(&mut joined, before), root(&mut joined, at));
                    joined[a.max(b)] = a.min(b);
                }
                removed[at] |= removes;
            }
        }
        linked[at] = told.is_some();
        out.links.extend(told);
        out.links.extend(bridges);
        sets.keep(at, own);
    }
    Ok(out)
}

fn root(joined: &mut [usize], mut at: usize) -> usize {
    while joined[at] != at {
        joined[at] = joined[joined[at]];
        at = joined[at];
    }
    at
}
