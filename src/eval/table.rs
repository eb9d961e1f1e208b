//! The truth and the clusters found, one row after the other.

use super::row::Row;
use std::collections::HashMap;

/// Stands for none.
const NONE: u32 = u32::MAX;

/// Names, numbered in the order in which they come.
#[derive(Default)]
struct Names {
    /// Hash of a name (xxh3, 128 bits: no two names of any corpus meet) to its number.
    numbers: HashMap<u128, u32>,
}

impl Names {
    fn find(&self, name: &str) -> Option<u32> {
        self.numbers.get(&hash(name)).copied()
    }

    fn number(&mut self, name: &str) -> u32 {
        let fresh = self.numbers.len() as u32;
        *self.numbers.entry(hash(name)).or_insert(fresh)
    }
}

fn hash(name: &str) -> u128 {
    xxhash_rust::xxh3::xxh3_128(name.as_bytes())
}

/// The labels that a corpus carries. About 70 bytes for each document.
#[derive(Default)]
pub struct Truth {
    ids: Names,
    cluster_names: Names,
    clusters: Vec<u32>,
    edit_names: Vec<String>,
    edits: Vec<u32>,
    sources: Vec<u32>,
    /// Documents whose source had not come yet, with the hash of its id.
    waiting: Vec<(u32, u128)>,
}

impl Truth {
    /// Adds a document.
    ///
    /// # Errors
    /// When its id has stood before; the row is left out.
    pub fn add(&mut self, row: &Row) -> Result<(), String> {
        let at = self.clusters.len() as u32;
        if self.ids.number(&row.id) != at {
            return Err(format!("the id {} stands twice; the first counts; skipped", row.id));
        }
        self.clusters.push(self.cluster_names.number(&row.cluster));
        let edit = row.edit.as_ref().map_or(NONE, |edit| self.number_of_edit(edit));
        self.edits.push(edit);
        self.sources.push(row.src.as_ref().map_or(NONE, |src| {
            self.ids.find(src).unwrap_or_else(|| {
                self.waiting.push((at, hash(src)));
                NONE
            })
        }));
        Ok(())
    }

    /// Ends the reading: sources that stand behind their copies are looked up.
    pub fn end(&mut self) {
        for (at, source) in std::mem::take(&mut self.waiting) {
            self.sources[at as usize] = self.ids.numbers.get(&source).copied().unwrap_or(NONE);
        }
    }

    /// A corpus has a dozen edits; they are looked for one by one.
    fn number_of_edit(&mut self, edit: &str) -> u32 {
        let known = self.edit_names.iter().position(|e| e == edit);
        known.unwrap_or_else(|| {
            self.edit_names.push(edit.to_owned());
            self.edit_names.len() - 1
        }) as u32
    }

    /// Documents.
    #[must_use]
    pub fn len(&self) -> usize {
        self.clusters.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.clusters.is_empty()
    }

    pub(super) fn cluster(&self, at: usize) -> u32 {
        self.clusters[at]
    }

    pub(super) fn edits(&self) -> impl Iterator<Item = &str> {
        self.edit_names.iter().map(String::as_str)
    }

    pub(super) fn edit_number(&self, at: usize) -> Option<usize> {
        Some(self.edits[at] as usize).filter(|&n| n < self.edit_names.len())
    }

    pub(super) fn edit(&self, at: usize) -> Option<&str> {
        Some(self.edit_names[self.edit_number(at)?].as_str())
    }

    pub(super) fn source(&self, at: usize) -> Option<usize> {
        Some(self.sources[at] as usize).filter(|&n| n < self.clusters.len())
    }
}

/// The clusters that were found. About 40 bytes for each cluster, 4 for each document.
#[derive(Default)]
pub struct Found {
    cluster_names: Names,
    clusters: Vec<u32>,
    unknown: u64,
}

impl Found {
    /// Adds a document of `truth`.
    ///
    /// # Errors
    /// When its id does not stand in the truth, or has stood before; the row is left out.
    pub fn add(&mut self, row: &Row, truth: &Truth) -> Result<(), String> {
        self.clusters.resize(truth.len(), NONE);
        let Some(at) = truth.ids.find(&row.id) else {
            self.unknown += 1;
            return Err(format!("the id {} does not stand in the truth; skipped", row.id));
        };
        let cluster = self.cluster_names.number(&row.cluster);
        match self.clusters.get_mut(at as usize) {
            Some(place) if *place == NONE => {
                *place = cluster;
                Ok(())
            }
            _ => Err(format!("the id {} stands twice; the first counts; skipped", row.id)),
        }
    }

    pub(super) fn cluster(&self, at: usize) -> Option<u32> {
        self.clusters.get(at).copied().filter(|&c| c != NONE)
    }

    pub(super) fn unknown(&self) -> u64 {
        self.unknown
    }
}
