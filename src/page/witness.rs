//! The text of the article that a page carries for machines: a third witness, and the only one where scripts write the page.

use super::blocks::{self, Block};
use super::prose;
use super::tree::Tree;
use std::collections::HashSet;
use xxhash_rust::xxh3::xxh3_64;

/// Words of a run that is looked up.
const RUN: usize = 3;

/// Bytes of a text below which it is a summary.
const SHORT: usize = 400;

/// Share of a block's runs, in percent, from which on the block is in the text.
const INSIDE: usize = 80;

/// Share under which it is not.
const OUTSIDE: usize = 10;

/// Words from which on a block's runs tell something.
const TELLING: usize = 8;

/// A text, and the runs of words in it.
#[derive(Debug)]
pub(super) struct Witness {
    /// Its paragraphs.
    pub(super) paragraphs: Vec<String>,
    runs: HashSet<u64>,
}

impl Witness {
    /// Reads a text; `None` if it is too short to be an article.
    pub(super) fn read(text: &str) -> Option<Self> {
        if text.len() < SHORT {
            return None;
        }
        let resolved = prose::resolved(text);
        let paragraphs: Vec<String> = if resolved.contains("</p>") || resolved.contains("<br") {
            let tree = Tree::read(&resolved);
            blocks::blocks(&tree, 0, &blocks::unseen(&tree)).into_iter().map(|b| b.text).collect()
        } else {
            resolved.lines().map(prose::line).filter(|l| !l.is_empty()).collect()
        };
        let runs = runs(&paragraphs.join(" "));
        (runs.len() >= 40).then(|| Self { paragraphs, runs: runs.into_iter().collect() })
    }

    /// Share of the text that stands in the blocks, in percent.
    pub(super) fn seen_in(&self, blocks: &[Block]) -> usize {
        let mut found: HashSet<u64> = HashSet::new();
        for block in blocks {
            found.extend(runs(&block.text).into_iter().filter(|r| self.runs.contains(r)));
        }
        found.len() * 100 / self.runs.len().max(1)
    }

    /// Corrects a choice of blocks where it agrees with the text on the whole.
    pub(super) fn correct(&self, blocks: &[Block], kept: &mut [bool]) {
        let shares: Vec<Option<usize>> = blocks.iter().map(|b| self.share(b)).collect();
        let all: usize = blocks.iter().zip(kept.iter()).filter(|(_, k)| **k).map(|(b, _)| b.chars).sum();
        let inside: usize = blocks
            .iter()
            .zip(&shares)
            .zip(kept.iter())
            .filter(|((_, s), k)| **k && s.is_some_and(|s| s >= INSIDE))
            .map(|((b, _), _)| b.chars)
            .sum();
        let full = inside * 100 >= all * 70;
        for ((block, share), slot) in blocks.iter().zip(shares).zip(kept.iter_mut()) {
            match share {
                Some(share) if share >= INSIDE && block.chars >= 40 => *slot = true,
                Some(share) if full && share <= OUTSIDE => *slot = false,
                _ => {}
            }
        }
    }

    /// Share of the block's runs that are in the text, where it has enough words.
    fn share(&self, block: &Block) -> Option<usize> {
        if block.words() < TELLING {
            return None;
        }
        let runs = runs(&block.text);
        (!runs.is_empty()).then(|| runs.iter().filter(|r| self.runs.contains(r)).count() * 100 / runs.len())
    }
}

/// Hashes of the runs of words.
fn runs(text: &str) -> Vec<u64> {
    let words: Vec<u64> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(|w| xxh3_64(w.to_lowercase().as_bytes())).collect();
    words.windows(RUN).map(|w| w.iter().fold(17, |h: u64, w| h.rotate_left(21).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ w)).collect()
}
