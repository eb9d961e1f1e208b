//! What bands cannot find: heavy edits, truncations and excerpts, by the grams that documents share.
//!
//! Candidates come from the gram join ([`join_grams`]) over the documents that were not removed before. Each is verified on the
//! words of both texts ([`CopySource`]); texts of which half is common are one story, parts are attached to their source so
//! that nothing chains ([`join_copied`]).

use super::block::Worker;
use super::collapse::{Collapsed, Link};
use super::documents::Documents;
use super::input::Inputs;
use super::mash::held_stretches;
use super::stages::{RowReader, RowWriter};
use crate::candidates::{GramColumns, GramJoin, GramPair, GramRule, Spill, join_grams, key_of};
use crate::cluster::{CopiedLink, HeldStretch, Stretches, first_members, join_copied};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::keys::{Gram, ShingleSet, stretches_of};
use crate::monitor::Monitor;
use crate::verify::{CopySource, Kinship, Overlap, kinship};
use rayon::prelude::*;

/// Pairs of one document that are compared, those that share most first, and of them those that may fail: further ones are
/// linked through others, or share the same template.
const TRIED: (usize, usize) = (16, 4);
/// Share of the shorter text's grams that a pair shares at least, as its sampled ones tell: less than half of what an excerpt
/// has, since a sample varies.
const LEAST_SHARE: f64 = 0.1;
/// Share of a document's shingles in a kept one from which it is removed.
pub(super) const CONTAINED: f64 = CopiedLink::WHOLE;

/// A verified pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DerivedLink {
    pub(super) copied: CopiedLink,
    /// Seen from the later one.
    overlap: Overlap,
}

impl DerivedLink {
    /// All that it says, as a row; the two documents first.
    pub(super) fn numbers(&self) -> [u32; 14] {
        let (c, o) = (self.copied, self.overlap);
        let [(start, end), (other_start, other_end)] = c.reach;
        let ([w0, w1], [s0, s1]) = (c.words, c.sizes);
        let kinship = c.kinship as u32;
        [c.later, c.earlier, o.shared, o.own, o.other, kinship, w0, w1, s0, s1, start, end, other_start, other_end]
    }

    /// The link of such a row; `None` where it is something else.
    pub(super) fn of_numbers(row: &[u32; 14]) -> Option<Self> {
        let &[later, earlier, shared, own, other, kinship, w0, w1, s0, s1, a, b, c, d] = row;
        let kinship = [Kinship::Rewrite, Kinship::Contained, Kinship::Partial].into_iter().find(|k| *k as u32 == kinship)?;
        let overlap = Overlap { shared, own, other };
        let copied = CopiedLink { later, earlier, kinship, words: [w0, w1], sizes: [s0, s1], reach: [(a, b), (c, d)] };
        Some(Self { copied, overlap })
    }
}

/// What was verified.
#[derive(Debug, Default)]
pub(super) struct Derived {
    pub(super) links: Vec<DerivedLink>,
    /// For pages that hold a whole text by one of the links: where they hold another, of their own group.
    pub(super) held: Vec<HeldStretch>,
    pub(super) compared: u64,
    /// Documents with more candidates than were compared.
    pub(super) bounded: u64,
}

impl Derived {
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut out = RowWriter::default();
        out.u64s(&[self.compared, self.bounded]);
        out.u32s(&self.links.iter().flat_map(DerivedLink::numbers).collect::<Vec<_>>());
        out.u32s(&self.held.iter().flat_map(|&(page, (start, end))| [page, start, end]).collect::<Vec<_>>());
        out.bytes
    }

    pub(super) fn decode(rows: &[u8]) -> Option<Self> {
        let mut rows = RowReader { rest: rows };
        let counts = rows.u64s()?;
        let links = rows.u32s()?.as_chunks::<14>().0.iter().map(DerivedLink::of_numbers).collect::<Option<_>>()?;
        let held = rows.u32s()?.as_chunks::<3>().0.iter().map(|&[page, start, end]| (page, (start, end))).collect();
        Some(Self { links, held, compared: *counts.first()?, bounded: *counts.get(1)? })
    }
}

pub(super) fn encode_grams(grams: &GramJoin) -> Vec<u8> {
    let mut out = RowWriter::default();
    out.u32s(&grams.pairs.iter().flat_map(|p| [p.later, p.earlier, u32::from(p.shared)]).collect::<Vec<_>>());
    out.u64s(&[grams.hot, grams.hottest as u64]);
    out.u64s(&grams.template);
    out.bytes
}

pub(super) fn decode_grams(rows: &[u8]) -> Option<GramJoin> {
    let mut rows = RowReader { rest: rows };
    let pair = |&[later, earlier, shared]: &[u32; 3]| GramPair { later, earlier, shared: shared as u16 };
    let pairs = rows.u32s()?.as_chunks::<3>().0.iter().map(pair).collect();
    let counts = rows.u64s()?;
    Some(GramJoin { pairs, hot: *counts.first()?, hottest: *counts.get(1)? as usize, template: rows.u64s()? })
}

/// Joins the grams of the documents that were not removed.
pub(super) fn join(
    columns: &mut GramColumns,
    documents: usize,
    ranks: &[u32],
    collapsed: &Collapsed,
    config: &Config,
    memory: u64,
    spill: Option<Box<dyn Spill>>,
) -> std::io::Result<GramJoin> {
    let mut rank_of = vec![u32::MAX; documents];
    for (rank, &document) in (0..).zip(ranks) {
        rank_of[document as usize] = rank;
    }
    for link in collapsed.links.iter().filter(|l| l.removed) {
        rank_of[ranks[link.rank as usize] as usize] = u32::MAX;
    }
    join_grams(columns, &rank_of, ranks.len(), gram_rule(config, documents as u64), (memory / 4) as usize, spill)
}

/// How the grams of a corpus of so many documents are joined.
#[must_use]
pub fn gram_rule(config: &Config, documents: u64) -> GramRule {
    let limit = config.max_df_floor.max((config.max_df_share * documents as f64) as usize);
    let least = u16::try_from(config.min_shared_grams).unwrap_or(u16::MAX);
    GramRule { least, window: config.gram_window, limit }
}

/// Buffers of one worker.
#[derive(Default)]
pub(super) struct Scratch {
    source: CopySource,
    own: Vec<u64>,
    sampled: Vec<Gram>,
    set: ShingleSet,
    own_distinct: Vec<u64>,
    other_set: ShingleSet,
    other_distinct: Vec<u64>,
}

/// Verifies the pairs of the gram join.
pub(super) fn derive(
    grams: &GramJoin,
    ranks: &[u32],
    collapsed: &Collapsed,
    documents: &Documents,
    inputs: &Inputs,
    config: &Config,
    monitor: &dyn Monitor,
) -> Result<Derived> {
    let group_of = first_members(ranks.len(), collapsed.joins.iter().copied());
    let of_one: Vec<&[GramPair]> = grams.pairs.chunk_by(|x, y| x.later == y.later).collect();
    let parts: Vec<Result<Derived>> = of_one
        .par_chunks(64)
        .map_init(
            || (Worker::new(inputs, config), Scratch::default()),
            |(worker, scratch), of_one| {
                let mut out = Derived::default();
                for pairs in of_one {
                    if monitor.stopped() {
                        return Err(Error::Interrupted);
                    }
                    let words_of = |rank: u32| documents.words[ranks[rank as usize] as usize];
                    let (chosen, more) = choose(pairs, |rank| group_of[rank as usize], words_of, config);
                    out.bounded += u64::from(more);
                    let found = compare(&chosen, &grams.template, ranks, documents, config, worker, scratch, &mut out);
                    found.map_err(super::failed("reading records again to compare them"))?;
                    monitor.advance(pairs.len() as u64);
                }
                Ok(out)
            },
        )
        .collect();
    let mut all = Derived::default();
    for part in parts {
        let mut part = part?;
        all.links.append(&mut part.links);
        all.compared += part.compared;
        all.bounded += part.bounded;
    }
    let mut worker = Worker::new(inputs, config);
    all.held = held_stretches(&all.links, &group_of, collapsed, ranks, documents, config, &mut worker)
        .map_err(super::failed("reading records again to compare them"))?;
    Ok(all)
}

/// The pairs of one document that are compared: of each other group the member that shares most, if it is enough. Also whether there were more.
pub(super) fn choose(
    pairs: &[GramPair],
    group_of: impl Fn(u32) -> u32,
    words_of: impl Fn(u32) -> u32,
    config: &Config,
) -> (Vec<GramPair>, bool) {
    let enough = |p: &&GramPair| {
        let shorter = f64::from(words_of(p.later).min(words_of(p.earlier)));
        f64::from(p.shared) * config.gram_sample as f64 >= LEAST_SHARE * shorter
    };
    let mut sorted: Vec<GramPair> = pairs.iter().filter(enough).copied().collect();
    sorted.sort_unstable_by_key(|p| (std::cmp::Reverse(p.shared), p.earlier));
    let mut seen: Vec<u32> = Vec::new();
    let mut chosen = Vec::new();
    for pair in sorted {
        let group = group_of(pair.earlier);
        if group == group_of(pair.later) || seen.contains(&group) {
            continue;
        }
        if chosen.len() == TRIED.0 {
            return (chosen, true);
        }
        seen.push(group);
        chosen.push(pair);
    }
    (chosen, false)
}

#[expect(clippy::too_many_arguments, reason = "rows in, rows out: all of them are plain")]
pub(super) fn compare(
    chosen: &[GramPair],
    template: &[u64],
    ranks: &[u32],
    documents: &Documents,
    config: &Config,
    worker: &mut Worker<'_>,
    scratch: &mut Scratch,
    out: &mut Derived,
) -> std::io::Result<()> {
    let Some(first) = chosen.first() else { return Ok(()) };
    let Scratch { source, own, sampled, set, own_distinct, other_set, other_distinct } = scratch;
    own.clear();
    own.extend_from_slice(worker.shingles(documents, ranks[first.later as usize])?);
    let is_template = |hash| template.binary_search(&key_of(hash)).is_ok();
    let stretches = if template.is_empty() { Vec::new() } else { stretches_of(own, config, is_template, sampled) };
    source.fill(own, config.shingle_size, &stretches);
    own_distinct.clear();
    let mut left = TRIED.1;
    for pair in chosen {
        if left == 0 {
            out.bounded += 1;
            break;
        }
        let other = worker.shingles(documents, ranks[pair.earlier as usize])?;
        let copied = source.compare(other);
        out.compared += 1;
        let Some(kinship) = kinship(&copied) else {
            left -= 1;
            continue;
        };
        if own_distinct.is_empty() {
            set.fill(own, own_distinct);
        }
        other_distinct.clear();
        other_set.fill(other, other_distinct);
        let shared = set.shared(other_distinct, 0).unwrap_or(0) as u32;
        let overlap = Overlap { shared, own: own_distinct.len() as u32, other: other_distinct.len() as u32 };
        out.links.push(DerivedLink { copied: CopiedLink::new(pair.later, pair.earlier, kinship, &copied), overlap });
    }
    Ok(())
}

/// What the verified pairs add to clusters and verdicts.
#[derive(Debug, Default)]
pub(super) struct Settled {
    /// Pairs of ranks that join clusters.
    pub(super) joins: Vec<(u32, u32)>,
    /// The link that is told of a document, with its relation.
    pub(super) links: Vec<(Link, &'static str)>,
}

/// Decides what joins, what is removed and what is told, from the links in the order of their later document.
pub(super) fn settle(derived: &Derived, ranks: usize, collapsed: &Collapsed, config: &Config) -> Settled {
    let mut out = Settled::default();
    let links: Vec<CopiedLink> = derived.links.iter().map(|l| l.copied).collect();
    out.joins = join_copied(ranks, &collapsed.joins, &links, Stretches::new(&derived.held));
    let cluster_of = first_members(ranks, collapsed.joins.iter().chain(&out.joins).copied());
    let (mut linked, mut needed, mut removed) = (vec![false; ranks], vec![false; ranks], vec![false; ranks]);
    for link in &collapsed.links {
        linked[link.rank as usize] = true;
        removed[link.rank as usize] |= link.removed;
        // What others were removed for has to stay.
        needed[link.counterpart as usize] |= link.removed;
    }
    for links in derived.links.chunk_by(|x, y| x.copied.later == y.copied.later) {
        let later = links[0].copied.later as usize;
        let together = |l: &&DerivedLink| cluster_of[l.copied.earlier as usize] == cluster_of[later];
        let goes =
            |l: &&DerivedLink| together(l) && l.overlap.containment() >= CONTAINED && !removed[l.copied.earlier as usize] && !needed[later];
        let best = |l: &&DerivedLink| (l.copied.words[0], std::cmp::Reverse(l.copied.earlier));
        let removing = links.iter().filter(goes).max_by_key(best);
        let told = removing.or_else(|| links.iter().max_by_key(|l| (together(l), best(l))));
        if let Some(told) = told.filter(|_| removing.is_some() || !linked[later]) {
            removed[later] = removing.is_some();
            needed[told.copied.earlier as usize] |= removed[later];
            let link = Link { rank: told.copied.later, counterpart: told.copied.earlier, removed: removed[later], overlap: told.overlap };
            out.links.push((link, relation(told, config)));
        }
    }
    out
}

fn relation(link: &DerivedLink, config: &Config) -> &'static str {
    let by_shingles = link.overlap.label();
    match link.copied.kinship {
        Kinship::Rewrite if by_shingles == "similar" && link.overlap.jaccard() < config.threshold => "rewrite",
        Kinship::Rewrite => by_shingles,
        Kinship::Contained | Kinship::Partial => "excerpt",
    }
}
