//! The stages of a run that looks for derivatives, one by one, after the pairs of bands were grouped:
//!
//! 1. [`collapse_groups`]: the texts of whole groups to links, as the run makes them before it looks at grams;
//! 2. [`GramLinks`](crate::candidates::GramLinks): rows of gram keys, sorted, to links, under [`gram_rule`](crate::corpus::gram_rule); the
//!    engine counts how many each pair has;
//! 3. [`choose_sources`]: all pairs of one document to those that are compared;
//! 4. [`compare_sources`]: their texts to derivatives, and [`held_stretches`]: where a page holds another text of its own cluster;
//! 5. [`settle_groups`]: all of it, for documents that any link joins, to verdicts.

use super::{RowVerdict, bare, collapsed, of_table, verdicts_of};
use crate::candidates::GramPair;
use crate::cluster::{HeldStretch, first_members};
use crate::config::Config;
use crate::corpus::block::Worker;
use crate::corpus::collapse::{Collapsed, Link};
use crate::corpus::derive::{Derived, DerivedLink, Scratch, choose, compare, settle};
use crate::corpus::verdicts::Verdicts;
use crate::corpus::{Inputs, failed, mash};
use crate::error::{Error, Result};
use crate::monitor::Monitor;
use crate::verify::{CopySource, Overlap};

/// A verified link of a document to the one that it is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CollapsedLink {
    /// The document.
    pub row: u32,
    /// The one that it was compared with.
    pub counterpart: u32,
    /// Whether it is removed.
    pub removed: bool,
    /// Shingles in both, in the document, in the other.
    pub overlap: [u32; 3],
}

/// What whole groups gave, by rows of their table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CollapsedRows {
    /// For each row the first row of its cluster, as far as it is known.
    pub clusters: Vec<u32>,
    /// Links, one a row at most.
    pub links: Vec<CollapsedLink>,
    /// Pairs of rows that join clusters.
    pub joins: Vec<(u32, u32)>,
    /// Of the joins those of a page and a text that it holds with much else: the page first.
    pub holds: Vec<(u32, u32)>,
}

/// Compares the candidates of whole groups as a run does that looks for derivatives: a document goes only if the other has nearly all of
/// it. See [`compare_groups`](crate::corpus::compare_groups) for what is handed in.
///
/// # Errors
/// Those of [`compare_groups`](crate::corpus::compare_groups); [`Error::Setting`] when no derivatives are asked for.
pub fn collapse_groups(
    inputs: &Inputs,
    exact: &[[u64; 2]],
    pairs: Vec<(u32, u32)>,
    config: &Config,
    memory: u64,
    monitor: &dyn Monitor,
) -> Result<CollapsedRows> {
    if !config.derivatives {
        return Err(Error::Setting { setting: "derivatives", reason: "they are not asked for".into() });
    }
    let (_, found) = collapsed(inputs, exact, pairs, config, memory, monitor)?;
    let link = |l: &Link| CollapsedLink {
        row: l.rank,
        counterpart: l.counterpart,
        removed: l.removed,
        overlap: [l.overlap.shared, l.overlap.own, l.overlap.other],
    };
    let clusters = first_members(exact.len(), found.joins.iter().copied());
    Ok(CollapsedRows { clusters, links: found.links.iter().map(link).collect(), joins: found.joins, holds: found.holds })
}

/// An earlier document that shares gram keys with the one that is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedGrams {
    /// The first document of its cluster.
    pub cluster: u64,
    /// Its words.
    pub words: u32,
    /// Keys that both have.
    pub shared: u32,
}

/// Which of the `earlier` documents, all that share enough keys with one of `words` words in `cluster` and in their order, are compared
/// with it: places in `earlier`, in the order in which they are. `earlier` is one of each cluster at most, and not too many.
#[must_use]
pub fn choose_sources(cluster: u64, words: u32, earlier: &[SharedGrams], config: &Config) -> Vec<u32> {
    let later = earlier.len() as u32;
    let pair = |(place, e): (u32, &SharedGrams)| GramPair { later, earlier: place, shared: e.shared.try_into().unwrap_or(u16::MAX) };
    let pairs: Vec<GramPair> = (0..).zip(earlier).map(pair).collect();
    // Clusters are only told apart: one of the own and one of each other that is met.
    let mut clusters: Vec<u64> = earlier.iter().map(|e| e.cluster).chain([cluster]).collect();
    clusters.sort_unstable();
    let cluster_of = |place: u32| earlier.get(place as usize).map_or(cluster, |e| e.cluster);
    let group_of = |place: u32| clusters.partition_point(|&c| c < cluster_of(place)) as u32;
    let words_of = |place: u32| earlier.get(place as usize).map_or(words, |e| e.words);
    choose(&pairs, group_of, words_of, config).0.iter().map(|p| p.earlier).collect()
}

/// A verified pair: one document derives from the other, or both from a third.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Derivative {
    /// The row of the one that comes later.
    pub later: u32,
    /// The row of the other.
    pub earlier: u32,
    /// What they share, to be handed to [`settle_groups`] as it is.
    pub found: [u32; 12],
}

impl Derivative {
    fn of(link: &DerivedLink) -> Self {
        let [later, earlier, found @ ..] = link.numbers();
        Self { later, earlier, found }
    }

    fn link(&self) -> Result<DerivedLink> {
        let mut row = [0; 14];
        row[..2].copy_from_slice(&[self.later, self.earlier]);
        row[2..].copy_from_slice(&self.found);
        DerivedLink::of_numbers(&row).ok_or_else(|| failed("reading a derivative")(std::io::Error::other("it is damaged")))
    }

    /// Of the two the page that holds all of the other and much else, if one does: [`held_stretches`] is asked about it.
    #[must_use]
    pub fn page(&self) -> Option<u32> {
        let copied = self.link().ok()?.copied;
        copied.holds_whole().then(|| copied.host())
    }
}

/// Compares each document with those that were [chosen](choose_sources) for it. `chosen` are rows `(later, earlier)` of the
/// [table](Inputs::of_texts), those of one document together and in the order of their choice; `exact` as for
/// [`compare_groups`](crate::corpus::compare_groups); `template` are all keys over the limit, sorted.
///
/// # Errors
/// [`Error::Setting`] for a setting out of range; [`Error::Run`] when pairs or hashes do not fit the table.
pub fn compare_sources(
    inputs: &Inputs,
    exact: &[[u64; 2]],
    chosen: &[(u32, u32)],
    template: &[u64],
    config: &Config,
) -> Result<Vec<Derivative>> {
    let documents = whole(inputs, exact, chosen, config)?;
    let order: Vec<u32> = (0..exact.len() as u32).collect();
    let (mut worker, mut scratch, mut out) = (Worker::new(inputs, config), Scratch::default(), Derived::default());
    for of_one in chosen.chunk_by(|x, y| x.0 == y.0) {
        let pairs: Vec<GramPair> = of_one.iter().map(|&(later, earlier)| GramPair { later, earlier, shared: 0 }).collect();
        compare(&pairs, template, &order, &documents, config, &mut worker, &mut scratch, &mut out).map_err(failed(COMPARING))?;
    }
    Ok(out.links.iter().map(Derivative::of).collect())
}

/// For each pair of a page and a text of its cluster the words `[start, end)` of the page that stand in that text, if any do. That text is
/// the first that the page [holds](CollapsedRows::holds); of a page that holds none the first that another page of its cluster holds, by
/// the order of these pages and then of the texts, but for itself.
///
/// # Errors
/// Those of [`compare_sources`].
pub fn held_stretches(inputs: &Inputs, exact: &[[u64; 2]], pairs: &[(u32, u32)], config: &Config) -> Result<Vec<Option<(u32, u32)>>> {
    let documents = whole(inputs, exact, pairs, config)?;
    let (mut worker, mut source) = (Worker::new(inputs, config), CopySource::default());
    pairs.iter().map(|&pair| mash::stretch(pair, &documents, config, &mut worker, &mut source).map_err(failed(COMPARING))).collect()
}

const COMPARING: &str = "reading texts again to compare them";

fn whole(inputs: &Inputs, exact: &[[u64; 2]], pairs: &[(u32, u32)], config: &Config) -> Result<crate::corpus::Documents> {
    config.check()?;
    of_table(inputs)?;
    let rows = exact.len() as u32;
    if inputs.length() != u64::from(rows) || pairs.iter().any(|&(a, b)| a >= rows || b >= rows) {
        return Err(failed(COMPARING)(std::io::Error::other("pairs and hashes do not fit the rows of the table")));
    }
    Ok(bare(exact.iter().copied()))
}

/// The verdicts on `rows` documents that are all that any of these links join: in the order in which they would be kept, and without
/// exact copies. `held` are pages with the stretches that [`held_stretches`] gave. [`CollapsedRows::clusters`] and
/// [`CollapsedRows::holds`] are not looked at.
///
/// # Errors
/// [`Error::Run`] when a link does not fit the rows, or is damaged.
pub fn settle_groups(
    rows: u32,
    found: &CollapsedRows,
    derivatives: &[Derivative],
    held: Vec<HeldStretch>,
    config: &Config,
) -> Result<Vec<RowVerdict>> {
    let pairs = found.joins.iter().copied().chain(found.links.iter().map(|l| (l.row, l.counterpart)));
    let pairs = pairs.chain(derivatives.iter().map(|d| (d.later, d.earlier))).chain(held.iter().map(|h| (h.0, h.0)));
    if pairs.into_iter().any(|(a, b)| a >= rows || b >= rows) {
        return Err(failed("settling links")(std::io::Error::other("links do not fit the rows")));
    }
    let link = |l: &CollapsedLink| {
        let [shared, own, other] = l.overlap;
        Link { rank: l.row, counterpart: l.counterpart, removed: l.removed, overlap: Overlap { shared, own, other } }
    };
    let links = found.links.iter().map(link).collect();
    let collapsed = Collapsed { links, joins: found.joins.clone(), ..Collapsed::default() };
    let mut links: Vec<DerivedLink> = derivatives.iter().map(Derivative::link).collect::<Result<_>>()?;
    links.sort_unstable_by_key(|l| (l.copied.later, l.copied.earlier));
    let settled = settle(&Derived { links, held, ..Derived::default() }, rows as usize, &collapsed, config);
    let order: Vec<u32> = (0..rows).collect();
    let documents = bare(order.iter().map(|_| [0; 2]));
    Ok(verdicts_of(rows, &Verdicts::new(&documents, &order, &order, &collapsed, &settled)))
}
