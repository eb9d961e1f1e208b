//! Keys that are asked for, and who has each of them.

use super::filters::Filters;
use super::packed::Table;
use super::postings::{CHUNK, Postings, Run, each_row, kind_of};
use super::schema::failed;
use crate::error::Result;
use crate::keys::KeyKind;
use rayon::prelude::*;
use rusqlite::Connection;
use std::ops::ControlFlow;
use std::path::Path;

/// Documents that a key has at most; one of more says nothing of any of them.
const HOT: usize = 400;
/// As many for what chance gives to many: a stock sentence, three common words of a lead.
const COMMON: usize = 128;
/// Documents of a hot band that are kept, the oldest: they are one text told many times, and one of its copies leads to all.
const OLDEST: usize = 32;
/// Chunks that are read before they are unpacked, side by side.
const READ: usize = 2_048;
/// Chunks that are worth a thread of their own.
const PART: usize = 128;

/// Those who have each of some keys: documents of the file by number, or askers by place.
#[derive(Debug, Default)]
pub(super) struct Buckets {
    /// Where each bucket ends in `members`.
    ends: Vec<u32>,
    /// Sorted in each bucket.
    members: Vec<u32>,
    /// How many have each key, those that are left out too.
    counts: Vec<u32>,
    /// Keys that too many have: their buckets are empty, or hold the oldest.
    pub(super) hot: u64,
}

impl Buckets {
    /// Puts rows of the place of a key and a member into buckets.
    pub(super) fn new(keys: &[u64], rows: &[(u32, u32)]) -> Self {
        let mut ends = vec![0_u32; keys.len()];
        for row in rows {
            ends[row.0 as usize] += 1;
        }
        let counts = ends.clone();
        let mut next = 0;
        for end in &mut ends {
            next += std::mem::replace(end, next);
        }
        let mut members = vec![0; rows.len()];
        for &(key, member) in rows {
            let at = &mut ends[key as usize];
            members[*at as usize] = member;
            *at += 1;
        }
        let mut buckets = Self { ends, members, counts, hot: 0 };
        buckets.cool(keys);
        buckets
    }

    /// Sorts the buckets, and leaves of the hot ones what is worth it.
    fn cool(&mut self, keys: &[u64]) {
        let (mut from, mut kept) = (0, 0);
        for (key, end) in keys.iter().zip(&mut self.ends) {
            let to = *end as usize;
            self.members[from..to].sort_unstable();
            let mut count = to - from;
            if is_hot(*key, count) {
                self.hot += 1;
                count = if kind_of(*key) == KeyKind::Band as usize { OLDEST } else { 0 };
            }
            self.members.copy_within(from..from + count, kept);
            (from, kept) = (to, kept + count);
            *end = kept as u32;
        }
        self.members.truncate(kept);
    }

    /// How many have the key at `place`, be it too many or not.
    pub(super) fn count(&self, place: usize) -> usize {
        self.counts[place] as usize
    }

    /// Those who have the key at `place`.
    pub(super) fn at(&self, place: usize) -> &[u32] {
        let from = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.members[from as usize..self.ends[place] as usize]
    }
}

/// Whether a key that `count` documents have is too common to say anything of them.
pub(super) const fn is_hot(key: u64, count: usize) -> bool {
    let kind = kind_of(key);
    count > if kind == KeyKind::Gram as usize || kind == KeyKind::Lead as usize { COMMON } else { HOT }
}

/// A chunk, and which of the keys may stand in it.
struct Wanted {
    chunk: usize,
    from: usize,
    to: usize,
}

impl Postings {
    /// The documents of the file that have each of `keys`, which are sorted, each once.
    pub(super) fn gather(&self, database: &Connection, path: &Path, keys: &[u64]) -> Result<Buckets> {
        let mut rows: Vec<(u32, u32)> = Vec::new();
        for run in &self.runs {
            run.find(database, path, keys, self.filters.as_deref(), &mut rows)?;
        }
        if self.has_fresh() {
            let mut query = database.prepare_cached("SELECT document FROM fresh_key WHERE key = ?1").map_err(|e| failed(path, e))?;
            for (key, place) in keys.iter().zip(0..) {
                let found = query.query_map([key.cast_signed()], |r| r.get::<_, u32>(0)).map_err(|e| failed(path, e))?;
                for document in found {
                    rows.push((place, document.map_err(|e| failed(path, e))?));
                }
            }
        }
        Ok(Buckets::new(keys, &rows))
    }
}

/// The first of the sorted `fences` at or after `from` for which `is_before` does not hold; it is sought near `from` first.
fn first_not(fences: &[u64], from: usize, is_before: impl Fn(&u64) -> bool) -> usize {
    let (mut start, mut step) = (from, 1);
    while fences.get(start + step - 1).is_some_and(&is_before) {
        start += step;
        step *= 2;
    }
    let end = fences.len().min(start + step);
    start + fences[start..end].partition_point(is_before)
}

impl Run {
    /// The chunks that `keys` may stand in.
    fn wanted(&self, keys: &[u64], filters: Option<&Filters>) -> Vec<Wanted> {
        /// Chunks of one key from which it has too many documents, as those between the first and the last are full of it.
        const MOST: usize = HOT / CHUNK + 4;
        // Where nearly every chunk is read for one key or another, few are spared.
        let filter = filters.filter(|_| keys.len() < self.fences.len()).and_then(|f| f.of(self.number));
        let mut wanted: Vec<Wanted> = Vec::new();
        let mut at = 0;
        for (place, key) in keys.iter().enumerate().filter(|(_, key)| filter.as_ref().is_none_or(|f| f.may_have(**key))) {
            at = first_not(&self.fences, at, |fence| fence < key);
            let first = at.saturating_sub(1);
            let end = first_not(&self.fences, at, |fence| fence <= key).min(first + MOST);
            for chunk in first..end {
                match wanted.last_mut() {
                    Some(last) if last.chunk == chunk => last.to = place + 1,
                    _ => wanted.push(Wanted { chunk, from: place, to: place + 1 }),
                }
            }
        }
        wanted
    }

    /// Rows of the place of a key in `keys` and a document that has it.
    fn find(&self, database: &Connection, path: &Path, keys: &[u64], filters: Option<&Filters>, rows: &mut Vec<(u32, u32)>) -> Result<()> {
        for block in self.wanted(keys, filters).chunks(READ) {
            let numbers: Vec<i64> = block.iter().map(|w| self.first_chunk + w.chunk as i64).collect();
            let mut packed = Vec::with_capacity(numbers.len());
            Table::Chunk.each(database, &numbers, &mut |_, bytes| packed.push(bytes.to_vec())).map_err(|e| failed(path, e))?;
            let damaged = || failed(path, "is damaged: a chunk of keys cannot be read; run `wirecopy index check`");
            if packed.len() != block.len() {
                return Err(damaged());
            }
            let found: Vec<Option<Vec<(u32, u32)>>> =
                block.par_iter().zip(&packed).with_min_len(PART).map(|(wanted, packed)| wanted.found(packed, keys)).collect();
            for found in found {
                rows.extend(found.ok_or_else(damaged)?);
            }
        }
        Ok(())
    }
}

impl Wanted {
    fn found(&self, packed: &[u8], keys: &[u64]) -> Option<Vec<(u32, u32)>> {
        let mut found = Vec::new();
        let mut place = self.from;
        each_row(packed, |(key, document)| {
            while place < self.to && keys[place] < key {
                place += 1;
            }
            if place == self.to {
                return ControlFlow::Break(());
            }
            if keys[place] == key {
                found.push((place as u32, document));
            }
            ControlFlow::Continue(())
        })?;
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::super::postings::key;
    use super::*;

    #[test]
    fn rows_come_into_buckets() {
        let kinds = [KeyKind::Gram, KeyKind::Gram, KeyKind::Band, KeyKind::Lead, KeyKind::Quote, KeyKind::Band, KeyKind::Quote];
        let keys = kinds.map(|kind| key(kind, 0));
        let mut rows = vec![(0, 7), (2, 9), (0, 3), (4, 1), (2, 8), (6, 5)];
        rows.extend((0..=COMMON as u32).map(|document| (3, document)));
        rows.extend((0..=HOT as u32).rev().map(|document| (5, document)));
        let buckets = Buckets::new(&keys, &rows);
        let all: Vec<&[u32]> = (0..keys.len()).map(|place| buckets.at(place)).collect();
        let oldest: Vec<u32> = (0..OLDEST as u32).collect();
        assert_eq!(all, [&[3, 7][..], &[], &[8, 9], &[], &[1], &oldest, &[5]]);
        assert_eq!(buckets.hot, 2);
    }
}
