//! Key rows to candidate pairs: one sorted join.
//!
//! [`candidates`] joins rows of all kinds in memory; [`join_bands`] joins the band columns of a corpus and [`join_grams`] its gram
//! rows, in memory or through a [`Spill`].

mod band_join;
mod bucket_links;
mod columns;
mod gram_join;
mod gram_links;
mod neighbours;
mod pair_set;
mod spill;

pub use band_join::{BandColumns, HotBand, Joined, join_bands};
pub use bucket_links::{BucketLinks, Disorder, HotBucket};
pub use gram_join::{GramColumns, GramJoin, GramPair, GramRule, PARTS, join_grams, key_of};
pub use gram_links::GramLinks;
pub use neighbours::term_neighbours;
pub use spill::Spill;

use crate::config::Config;
use crate::keys::{KeyKind, KeyRow};
use serde::Serialize;

/// Two documents that share enough keys to be looked at; `a < b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Index of one document.
    pub a: u32,
    /// Index of the other.
    pub b: u32,
    /// Keys of each kind that the two share, in the order of [`KeyKind`].
    pub shared: [u16; 5],
}

/// A key that so many documents share that not all their pairs were formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct HotKey {
    /// What the key is made from.
    pub kind: KeyKind,
    /// Its value.
    pub key: u64,
    /// How many documents share it.
    pub documents: usize,
    /// Whether so many share it that it is no evidence for any pair, and none was formed.
    pub left_out: bool,
}

/// What the join found.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    /// Pairs, sorted.
    pub pairs: Vec<Candidate>,
    /// Keys whose documents were linked to the first and to their neighbours only.
    pub hot: Vec<HotKey>,
}

/// Joins documents on their keys.
///
/// A pair is a candidate when it shares one exact or band key, or [`Config::min_shared_grams`] gram keys, or two
/// quote keys, or [`Config::min_shared_lead`] lead keys; a collection of at most [`Config::all_pairs_below`]
/// documents is compared all against all. A bucket with more documents than all pairs are formed for is linked
/// first-and-neighbours, which keeps its documents connected at linear cost, and is told in [`Candidates::hot`].
#[must_use]
pub fn candidates(mut rows: Vec<KeyRow>, documents: usize, config: &Config) -> Candidates {
    rows.sort_unstable();
    rows.dedup();
    let mut out = Candidates::default();
    let mut links: Vec<(u32, u32, KeyKind)> = Vec::new();
    for bucket in rows.chunk_by(|x, y| (x.kind, x.key) == (y.kind, y.key)) {
        let all = bucket.len() <= config.hot_window + 1;
        if !all {
            // A gram or lead word that everybody uses says nothing about any pair.
            let limit = config.max_df_floor.max((config.max_df_share * documents as f64) as usize);
            let left_out = matches!(bucket[0].kind, KeyKind::Gram | KeyKind::Lead) && bucket.len() > limit;
            out.hot.push(HotKey { kind: bucket[0].kind, key: bucket[0].key, documents: bucket.len(), left_out });
            if left_out {
                continue;
            }
        }
        for (i, later) in bucket.iter().enumerate().skip(1) {
            let from = i.saturating_sub(config.hot_window);
            if from > 0 {
                links.push((bucket[0].document, later.document, later.kind));
            }
            links.extend(bucket[from..i].iter().map(|earlier| (earlier.document, later.document, later.kind)));
        }
    }
    if documents <= config.all_pairs_below {
        let n = u32::try_from(documents).unwrap_or(u32::MAX);
        out.pairs = (0..n).flat_map(|a| (a + 1..n).map(move |b| Candidate { a, b, shared: [0; 5] })).collect();
    }
    links.sort_unstable();
    for pair in links.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)) {
        let mut shared = [0_u16; 5];
        for link in pair {
            let n = &mut shared[link.2 as usize];
            *n = n.saturating_add(1);
        }
        let (a, b) = (pair[0].0, pair[0].1);
        match out.pairs.binary_search_by_key(&(a, b), |c| (c.a, c.b)) {
            Ok(at) if documents <= config.all_pairs_below => out.pairs[at].shared = shared,
            _ if documents > config.all_pairs_below && is_candidate(&shared, config) => out.pairs.push(Candidate { a, b, shared }),
            _ => {}
        }
    }
    out
}

fn is_candidate(shared: &[u16; 5], config: &Config) -> bool {
    let n = |kind: KeyKind| usize::from(shared[kind as usize]);
    n(KeyKind::Exact) >= 1
        || n(KeyKind::Band) >= 1
        || n(KeyKind::Gram) >= config.min_shared_grams
        || n(KeyKind::Quote) >= 2
        || n(KeyKind::Lead) >= config.min_shared_lead
}
