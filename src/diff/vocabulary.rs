//! Canonical words as numbers, so that they are compared and counted without being read again.

use std::collections::HashMap;

/// The numbers of the canonical words of all texts that are compared, in the order in which they were met.
#[derive(Debug, Default)]
pub(super) struct Vocabulary<'a> {
    ids: HashMap<&'a str, u32>,
}

impl<'a> Vocabulary<'a> {
    /// The number of a word; a new one where it was not met before.
    pub(super) fn id(&mut self, word: &'a str) -> u32 {
        let next = self.ids.len() as u32;
        *self.ids.entry(word).or_insert(next)
    }
}
