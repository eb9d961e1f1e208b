//! Links to a verdict on every document.

use super::collapse::{Collapsed, Link};
use super::derive::Settled;
use super::documents::Documents;
use crate::cluster::first_members;
use crate::verify::Overlap;

/// What became of every document.
#[derive(Clone, Debug)]
pub struct Verdicts {
    /// The first document of each one's cluster.
    pub cluster: Vec<u32>,
    /// The first of the documents with the very same words.
    copies: Vec<u32>,
    /// Links by document, sorted.
    links: Vec<(u32, u32, bool, Overlap, &'static str)>,
    /// Pairs that were compared.
    pub compared: u64,
    /// Pairs that reached the threshold.
    pub verified: u64,
}

/// The verdict on one document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Verdict {
    pub(super) kept: bool,
    pub(super) counterpart: Option<(u32, &'static str, Overlap)>,
}

impl Verdicts {
    pub(super) fn new(documents: &Documents, copies: &[u32], ranks: &[u32], collapsed: &Collapsed, settled: &Settled) -> Self {
        let document = |rank: u32| ranks[rank as usize];
        let joins = collapsed.joins.iter().chain(&settled.joins).map(|&(a, b)| (document(a), document(b)));
        let same = (0..).zip(copies.iter().copied());
        let cluster = first_members(documents.len(), joins.chain(same));
        let told = |l: &Link, relation| (document(l.rank), document(l.counterpart), l.removed, l.overlap, relation);
        let mut links: Vec<_> = collapsed.links.iter().map(|l| told(l, l.overlap.label())).collect();
        links.extend(settled.links.iter().map(|(l, relation)| told(l, relation)));
        links.sort_unstable_by_key(|l| (l.0, !l.2, l.1));
        links.dedup_by_key(|l| l.0);
        Self { cluster, copies: copies.to_vec(), links, compared: collapsed.compared, verified: collapsed.verified }
    }

    fn link(&self, document: u32) -> Option<&(u32, u32, bool, Overlap, &'static str)> {
        self.links.get(self.links.binary_search_by_key(&document, |l| l.0).ok()?)
    }

    pub(super) fn of(&self, document: u32) -> Verdict {
        let first = self.copies[document as usize];
        match self.link(first) {
            // Copies of a removed document have the same words, so what was verified of it holds for them.
            Some(&(_, counterpart, removed, overlap, relation)) if removed || first == document => {
                Verdict { kept: !removed, counterpart: Some((counterpart, relation, overlap)) }
            }
            _ if first == document => Verdict { kept: true, counterpart: None },
            _ => Verdict { kept: false, counterpart: Some((first, "exact", Overlap { shared: 1, own: 1, other: 1 })) },
        }
    }
}
