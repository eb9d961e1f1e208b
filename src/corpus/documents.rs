//! What stays in memory of each document: a row of numbers and its id.

use super::stages::{RowReader, RowWriter};
use crate::keys::{Glance, Measure};

/// The documents of a run in input order, as columns. About 80 bytes a document and its id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Documents {
    /// Where the record stands, counted over all inputs laid end to end.
    pub offsets: Vec<u64>,
    /// Bytes of the record, without the line end.
    pub lengths: Vec<u32>,
    /// Words of the text.
    pub words: Vec<u32>,
    /// Hash of all words in their order.
    pub exact: Vec<[u64; 2]>,
    /// Seconds since 1970, `i64::MAX` for no date; empty when dates are not asked for.
    pub dates: Vec<i64>,
    /// A glance at each signature.
    pub glances: Vec<Glance>,
    /// Documents that are plainly no articles (see [`is_non_article`](crate::extract::is_non_article)), sorted: they are never collapsed.
    pub walls: Vec<u32>,
    ids: String,
    id_ends: Vec<u64>,
}

impl Documents {
    /// Number of documents.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.offsets.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.offsets.is_empty()
    }

    /// The id of a document; empty for one that is not there.
    #[must_use]
    pub fn id(&self, document: u32) -> &str {
        let at = document as usize;
        let start = at.checked_sub(1).map_or(Some(0), |before| self.id_ends.get(before).copied());
        let range = start.zip(self.id_ends.get(at)).map(|(start, &end)| start as usize..end as usize);
        range.and_then(|r| self.ids.get(r)).unwrap_or("")
    }

    /// Adds one document.
    pub fn push(&mut self, id: &str, offset: u64, length: u32, measure: Measure) {
        self.offsets.push(offset);
        self.lengths.push(length);
        self.words.push(measure.words);
        self.exact.push(measure.exact);
        self.ids.push_str(id);
        self.id_ends.push(self.ids.len() as u64);
    }

    /// Adds the documents of a block; `name` gives the id of those without one, by their place in the block.
    pub(super) fn append(&mut self, block: &Self, name: impl Fn(usize) -> String) {
        let first = self.len() as u32;
        self.walls.extend(block.walls.iter().map(|w| first + w));
        self.offsets.extend_from_slice(&block.offsets);
        self.lengths.extend_from_slice(&block.lengths);
        self.words.extend_from_slice(&block.words);
        self.exact.extend_from_slice(&block.exact);
        self.dates.extend_from_slice(&block.dates);
        self.glances.extend_from_slice(&block.glances);
        for at in 0..block.len() {
            match block.id(at as u32) {
                "" => self.ids.push_str(&name(at)),
                id => self.ids.push_str(id),
            }
            self.id_ends.push(self.ids.len() as u64);
        }
    }

    /// Whether a document takes part in comparisons: an article of at least `least` words.
    #[must_use]
    pub fn can_collapse(&self, document: u32, least: u32) -> bool {
        self.words.get(document as usize).is_some_and(|&w| w >= least) && self.walls.binary_search(&document).is_err()
    }

    /// Gives documents whose id stands more than once new ones (`x`, `x#2`, `x#3`) and returns those, with the id that
    /// each had.
    pub fn number_repeated_ids(&mut self) -> Vec<(u32, String)> {
        let hash = |id: &str| xxhash_rust::xxh3::xxh3_64(id.as_bytes());
        let mut by_hash: Vec<(u64, u32)> = (0..self.len() as u32).map(|d| (hash(self.id(d)), d)).collect();
        by_hash.sort_unstable();
        let repeated = |pair: &[(u64, u32)]| pair.windows(2).any(|w| w[0].0 == w[1].0);
        if !repeated(&by_hash) {
            return Vec::new();
        }
        let holds = |id: &str| by_hash.binary_search_by_key(&hash(id), |r| r.0).is_ok();
        let mut renamed: Vec<(u32, String)> = Vec::new();
        let mut given = std::collections::BTreeSet::new();
        for same in by_hash.chunk_by(|x, y| x.0 == y.0).filter(|same| same.len() > 1) {
            let mut number = 1;
            for &(_, document) in &same[1..] {
                let old = self.id(document);
                let fresh = loop {
                    number += 1;
                    let fresh = format!("{old}#{number}");
                    if !holds(&fresh) && !given.contains(&fresh) {
                        break fresh;
                    }
                };
                given.insert(fresh.clone());
                renamed.push((document, fresh));
            }
        }
        renamed.sort_unstable();
        self.rename(&renamed)
    }

    fn rename(&mut self, renamed: &[(u32, String)]) -> Vec<(u32, String)> {
        let mut ids = String::with_capacity(self.ids.len() + renamed.len() * 4);
        let mut ends = Vec::with_capacity(self.id_ends.len());
        let mut told = Vec::with_capacity(renamed.len());
        let mut next = renamed.iter().peekable();
        for document in 0..self.len() as u32 {
            match next.next_if(|(d, _)| *d == document) {
                Some((_, fresh)) => {
                    told.push((document, self.id(document).to_owned()));
                    ids.push_str(fresh);
                }
                None => ids.push_str(self.id(document)),
            }
            ends.push(ids.len() as u64);
        }
        (self.ids, self.id_ends) = (ids, ends);
        told
    }

    pub(super) fn encode(&self, out: &mut RowWriter) {
        out.u64s(&self.offsets);
        out.u32s(&self.lengths);
        out.u32s(&self.words);
        out.u64s(self.exact.as_flattened());
        out.u64s(&self.dates.iter().map(|d| d.cast_unsigned()).collect::<Vec<_>>());
        out.bytes(&self.glances.iter().flat_map(|g| g.0).collect::<Vec<_>>());
        out.u32s(&self.walls);
        out.text(&self.ids);
        out.u64s(&self.id_ends);
    }

    pub(super) fn decode(rows: &mut RowReader<'_>) -> Option<Self> {
        let found = Self {
            offsets: rows.u64s()?,
            lengths: rows.u32s()?,
            words: rows.u32s()?,
            exact: rows.u64s()?.as_chunks::<2>().0.to_vec(),
            dates: rows.u64s()?.into_iter().map(u64::cast_signed).collect(),
            glances: rows.bytes()?.as_chunks().0.iter().map(|g| Glance(*g)).collect(),
            walls: rows.u32s()?,
            ids: rows.text()?.to_owned(),
            id_ends: rows.u64s()?,
        };
        let n = found.len();
        let whole =
            [found.lengths.len(), found.words.len(), found.exact.len(), found.glances.len(), found.id_ends.len()].iter().all(|&l| l == n);
        whole.then_some(found)
    }

    /// For each document the first in `order` with the same words in the same order; itself for one that [cannot collapse](Self::can_collapse).
    #[must_use]
    pub fn exact_copies(&self, order: &[u32], least: u32) -> Vec<u32> {
        let mut first: Vec<u32> = (0..self.len() as u32).collect();
        let mut rows: Vec<([u64; 2], u32)> =
            (0..).zip(order).filter(|(_, d)| self.can_collapse(**d, least)).map(|(rank, &d)| (self.exact[d as usize], rank)).collect();
        rows.sort_unstable();
        for same in rows.chunk_by(|x, y| x.0 == y.0) {
            for row in same {
                first[order[row.1 as usize] as usize] = order[same[0].1 as usize];
            }
        }
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_ids_are_numbered_in_input_order() {
        let mut documents = Documents::default();
        for id in ["a", "b", "a", "a#2", "a", "b"] {
            documents.push(id, 0, 0, Measure { words: 9, exact: [0, 0] });
        }
        let told = documents.number_repeated_ids();
        let ids: Vec<&str> = (0..6).map(|d| documents.id(d)).collect();
        assert_eq!(ids, ["a", "b", "a#3", "a#2", "a#4", "b#2"]);
        assert_eq!(told, [(2, "a".into()), (4, "a".into()), (5, "b".into())]);
        assert_eq!(documents.exact_copies(&[5, 4, 3, 2, 1, 0], 9), [5; 6]);
        assert_eq!(documents.exact_copies(&[0, 1, 2, 3, 4, 5], 10), [0, 1, 2, 3, 4, 5]);
    }
}
