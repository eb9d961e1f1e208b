//! Documents on their way into the file: what can be read of them before the file is changed, and while it still is.

use super::sketch::{Sketch, Sketcher};
use super::statistics::Frozen;
use super::stored::{Rows, packed};
use crate::config::Config;
use crate::document::Document;
use crate::error::Result;
use crate::pipeline::Reader;
use rayon::prelude::*;
use std::sync::Arc;

/// What was read of some documents; each of the lists has a place for each of them.
pub(super) struct Sketched {
    pub(super) sketches: Vec<Sketch>,
    /// Packed texts; empty where it was not asked for.
    pub(super) packed: Vec<Vec<u8>>,
    /// Under which they were read.
    pub(super) frozen: Arc<Frozen>,
    /// Which have words that were not in the file when this was begun.
    is_new: Vec<bool>,
    is_read: Vec<bool>,
}

impl Sketched {
    /// Reads the words. Those whose words are not in the file yet are to be read as articles.
    pub(super) fn begin(documents: &[Document], config: &Config, frozen: &Arc<Frozen>, rows: &Rows<'_>) -> Result<Self> {
        let sketches = by_words(documents, config, frozen);
        let is_new = |sketch: &Sketch| Ok(sketch.article && rows.first_of(&sketch.brief.exact)?.is_none());
        let is_new = sketches.iter().map(is_new).collect::<Result<_>>()?;
        let (packed, is_read) = (vec![Vec::new(); documents.len()], vec![false; documents.len()]);
        Ok(Self { sketches, packed, frozen: Arc::clone(frozen), is_new, is_read })
    }

    /// Reads and packs those of `documents` that are new.
    pub(super) fn read(mut self, documents: &[Document], config: &Config) -> Result<Self> {
        let places: Vec<usize> = (0..self.is_new.len()).filter(|&p| self.is_new[p]).collect();
        self.read_these(&places, documents, config)?;
        self.pack(&places, documents);
        Ok(self)
    }

    /// Reads those at `places` that were not read yet.
    pub(super) fn read_these(&mut self, places: &[usize], documents: &[Document], config: &Config) -> Result<()> {
        let unread: Vec<usize> = places.iter().copied().filter(|&p| !self.is_read[p]).collect();
        unread.iter().for_each(|&p| self.is_read[p] = true);
        read(&unread, documents, &mut self.sketches, config, &self.frozen)
    }

    /// Packs the texts at `places`.
    pub(super) fn pack(&mut self, places: &[usize], documents: &[Document]) {
        let unpacked: Vec<usize> = places.iter().copied().filter(|&p| self.packed[p].is_empty()).collect();
        let made: Vec<Vec<u8>> = unpacked.par_iter().map(|&p| packed(&documents[p].text)).collect();
        for (place, packed) in unpacked.into_iter().zip(made) {
            self.packed[place] = packed;
        }
    }
}

/// Sketches of documents.
pub(super) fn sketches(documents: &[Document], config: &Config, frozen: &Frozen) -> Result<Vec<Sketch>> {
    let mut made = by_words(documents, config, frozen);
    let all: Vec<usize> = (0..documents.len()).collect();
    read(&all, documents, &mut made, config, frozen)?;
    Ok(made)
}

fn by_words(documents: &[Document], config: &Config, frozen: &Frozen) -> Vec<Sketch> {
    documents.par_iter().map_init(|| Sketcher::new(config, frozen), Sketcher::by_words).collect()
}

/// Reads the documents at `places` as articles: the costly part of a sketch, which those that are there already do not need.
fn read(places: &[usize], documents: &[Document], sketches: &mut [Sketch], config: &Config, frozen: &Frozen) -> Result<()> {
    let reader = Reader::new(&frozen.statistics, config)?;
    let mut wanted = vec![false; documents.len()];
    places.iter().for_each(|&p| wanted[p] = true);
    let chosen = sketches.par_iter_mut().zip(documents).zip(wanted).filter(|s| s.1);
    chosen.for_each_init(|| Sketcher::new(config, frozen), |sketcher, ((sketch, document), _)| sketcher.read(document, &reader, sketch));
    Ok(())
}
