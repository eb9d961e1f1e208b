//! What a run surely does not hold, told from memory: most keys of a new document are in none of the runs, and to look for each on the disk
//! takes longer than all else that is asked of the document.

use super::Index;
use super::postings::Run;
use super::schema::failed;
use crate::error::Result;
use crate::keys::split_mix::mixed;
use rusqlite::Connection;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Bits of a filter for each row of its run.
const BITS: u64 = 10;
/// Bits that each key sets.
const PROBES: u32 = 6;
/// Words of a block: a key sets bits of one, which is a line of the processor's cache.
const BLOCK: usize = 8;

/// A blocked Bloom filter of the keys of a run: of keys that are not there about one in sixty seems to be (Bloom 1970; Putze, Sanders and
/// Singler 2007).
#[derive(Debug)]
pub(super) struct Filter {
    blocks: Vec<[u64; BLOCK]>,
}

impl Filter {
    fn new(rows: u64) -> Self {
        let blocks = rows * BITS / (BLOCK as u64 * 64) + 1;
        Self { blocks: vec![[0; BLOCK]; blocks as usize] }
    }

    /// That of all keys of a run.
    fn of(run: &Run, database: &Connection) -> rusqlite::Result<Self> {
        let mut filter = Self::new(run.rows);
        let mut last = None;
        run.each(database, &mut |(key, _)| {
            if last.replace(key) != Some(key) {
                filter.add(key);
            }
        })?;
        Ok(filter)
    }

    /// The block of a key, and its bits, nine for each probe.
    const fn place(&self, key: u64) -> (usize, u64) {
        let hash = mixed(key);
        let block = (hash as u128 * self.blocks.len() as u128) >> 64;
        (block as usize, mixed(hash))
    }

    fn bits(hash: u64) -> impl Iterator<Item = (usize, u64)> {
        (0..PROBES).map(move |probe| {
            let bit = hash >> (9 * probe) & 0x1FF;
            ((bit / 64) as usize, 1 << (bit % 64))
        })
    }

    fn add(&mut self, key: u64) {
        let (block, hash) = self.place(key);
        for (word, bit) in Self::bits(hash) {
            self.blocks[block][word] |= bit;
        }
    }

    /// Whether the run may have the key; without that it surely has not.
    pub(super) fn may_have(&self, key: u64) -> bool {
        let (block, hash) = self.place(key);
        let block = &self.blocks[block];
        Self::bits(hash).all(|(word, bit)| block[word] & bit != 0)
    }
}

/// Filters of the runs of one file, for all that have it open: 1.25 bytes of memory for each key of each document. Without them every answer is
/// the same, and takes longer.
#[derive(Debug, Default)]
pub struct Filters {
    /// By the number of the run, which is never given again.
    by_run: RwLock<HashMap<i64, Arc<Filter>>>,
}

impl Filters {
    pub(super) fn of(&self, run: i64) -> Option<Arc<Filter>> {
        self.by_run.read().unwrap_or_else(PoisonError::into_inner).get(&run).cloned()
    }

    /// Bytes of memory that they take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let filters = self.by_run.read().unwrap_or_else(PoisonError::into_inner);
        filters.values().map(|f| size_of_val(f.blocks.as_slice())).sum()
    }
}

impl Index {
    /// Asks by these filters from now on, which are those of this file alone.
    pub fn share_filters(&mut self, filters: &Arc<Filters>) {
        self.postings.filters = Some(Arc::clone(filters));
    }

    /// Makes the shared filters of runs that have none yet, and forgets those of runs that are gone. Reads each new run once.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store) when the file cannot be read.
    pub fn make_filters(&mut self) -> Result<()> {
        self.at_one_moment(|index| {
            let Some(filters) = index.postings.filters.clone() else { return Ok(()) };
            let runs = &index.postings.runs;
            let is_there = |number: &i64| runs.iter().any(|run| run.number == *number);
            // First, so that the filters of merged runs and that of the new one are not held side by side.
            filters.by_run.write().unwrap_or_else(PoisonError::into_inner).retain(|number, _| is_there(number));
            for run in runs.iter().filter(|run| filters.of(run.number).is_none()) {
                let filter = Filter::of(run, &index.database).map_err(|e| failed(&index.path, e))?;
                filters.by_run.write().unwrap_or_else(PoisonError::into_inner).insert(run.number, Arc::new(filter));
            }
            Ok(())
        })?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_found_and_little_else() {
        let keys = |from: u64| (from..from + 20_000).map(|n| mixed(n) >> 21);
        let mut filter = Filter::new(20_000);
        keys(0).for_each(|key| filter.add(key));
        assert!(keys(0).all(|key| filter.may_have(key)));
        let wrong = keys(1 << 40).filter(|&key| filter.may_have(key)).count();
        assert!(wrong < 20_000 / 40, "{wrong}");
        assert!(!Filter::new(0).may_have(7));
    }
}
