//! The stages of a run one by one, for whatever else groups rows by key: a distributed engine. Rows go in and rows come out, so that the
//! engine can keep, send and make them again; grouped as [`dedup`](super::dedup) groups them they give its clusters.
//!
//! 1. [`sign_rows`]: texts to band keys, and what is needed of each document later;
//! 2. [`BucketLinks`](crate::candidates::BucketLinks): rows sorted by key to pairs; [`least_glance`] tells which of them met by chance;
//! 3. [`Forest`](crate::cluster::Forest): pairs to groups;
//! 4. [`compare_groups`]: the texts of whole groups to verdicts.
//!
//! A run that looks for derivatives goes on after the third: [`collapse_groups`] in place of the fourth, and then `derivatives`.

mod derivatives;

pub use derivatives::{
    CollapsedLink, CollapsedRows, Derivative, SharedGrams, choose_sources, collapse_groups, compare_sources, held_stretches, settle_groups,
};

use super::block::Worker;
use super::collapse::Collapsed;
use super::derive::Settled;
use super::documents::Documents;
use super::input::Inputs;
use super::verdicts::Verdicts;
use super::{failed, least_of, verify_all};
use crate::candidates::{Joined, key_of};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::keys::{Glance, Measure};
use crate::monitor::Monitor;

/// What the first stage gives of the rows of a table, column by column.
#[derive(Clone, Debug, Default)]
pub struct SignedRows {
    /// Rows that gave a document, ascending.
    pub rows: Vec<u64>,
    /// Words of each.
    pub words: Vec<u32>,
    /// Hash of all words of each: equal hashes are exact copies, where they are compared.
    pub exact: Vec<[u64; 2]>,
    /// Whether each is compared with others: short ones and plain non-articles are not.
    pub compared: Vec<bool>,
    /// A glance at each signature.
    pub glances: Vec<Glance>,
    /// Band keys, [`Config::bands`] of each.
    pub keys: Vec<u32>,
    /// Gram keys, those of one after the other, each once, and where each one's end; none unless derivatives are looked for.
    pub grams: Vec<u64>,
    /// See `grams`.
    pub gram_ends: Vec<u32>,
    /// Rows that gave none, and why.
    pub faults: Vec<(u64, String)>,
}

/// Signs the rows of a [table](Inputs::of_texts), on one thread.
///
/// # Errors
/// [`Error::Setting`] for a setting out of range; [`Error::Run`] when the inputs are no table.
pub fn sign_rows(inputs: &Inputs, config: &Config) -> Result<SignedRows> {
    config.check()?;
    of_table(inputs)?;
    let block = Worker::new(inputs, config).block(0, 0, inputs.length()).map_err(failed("reading the rows"))?;
    let documents = block.documents;
    let compared = (0..documents.len() as u32).map(|d| documents.can_collapse(d, least_of(config))).collect();
    let (mut grams, mut gram_ends) = (Vec::new(), Vec::new());
    let mut from = 0;
    for end in block.gram_ends {
        let mut of_row: Vec<u64> = block.grams[from..end as usize].iter().map(|&hash| key_of(hash)).collect();
        of_row.sort_unstable();
        of_row.dedup();
        grams.append(&mut of_row);
        gram_ends.push(grams.len() as u32);
        from = end as usize;
    }
    Ok(SignedRows {
        rows: documents.offsets,
        words: documents.words,
        exact: documents.exact,
        compared,
        glances: documents.glances,
        keys: block.keys,
        grams,
        gram_ends,
        faults: block.faults.into_iter().map(|(row, fault)| (u64::from(row), fault)).collect(),
    })
}

fn of_table(inputs: &Inputs) -> Result<()> {
    if inputs.texts().is_none() {
        return Err(failed("reading the rows")(std::io::Error::other("the inputs are no table")));
    }
    Ok(())
}

/// The least agreement of two [glances](Glance::agreeing) at which a pair is compared.
#[must_use]
pub fn least_glance(config: &Config) -> u32 {
    let values = crate::keys::least_agreements(config.threshold, Glance::VALUES.min(config.num_perm) as u32);
    // A shorter signature leaves the rest of each glance 0, which always agrees.
    values + Glance::VALUES.saturating_sub(config.num_perm) as u32
}

/// The verdict on one row of a table of groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowVerdict {
    /// The first row of its cluster.
    pub cluster: u32,
    /// Whether it stays.
    pub kept: bool,
    /// The row that it was verified against, if there is one.
    pub counterpart: Option<u32>,
    /// See [`ClusterRow::relation`](super::ClusterRow::relation).
    pub relation: Option<&'static str>,
    /// Share of common shingles in all shingles of both.
    pub jaccard: Option<f64>,
    /// Share of its shingles that stand in the counterpart.
    pub containment: Option<f64>,
}

/// Compares the candidates of whole groups: `pairs` are rows `(later, earlier)` of the [table](Inputs::of_texts), which has the documents of
/// each group in the order in which they would be kept, no two of them exact copies. `exact` are the hashes that
/// [`sign_rows`] gave of the rows, by which it is seen that the texts are the same. One verdict a row.
///
/// # Errors
/// [`Error::Setting`] for a setting out of range or one that asks for derivatives, which need keys of more kinds; [`Error::Run`] when
/// pairs or hashes do not fit the table; [`Error::Interrupted`] when the monitor asks to stop.
pub fn compare_groups(
    inputs: &Inputs,
    exact: &[[u64; 2]],
    pairs: Vec<(u32, u32)>,
    config: &Config,
    memory: u64,
    monitor: &dyn Monitor,
) -> Result<Vec<RowVerdict>> {
    if config.derivatives {
        return Err(Error::Setting { setting: "derivatives", reason: "groups are compared as near-duplicates only".into() });
    }
    let (documents, compared) = collapsed(inputs, exact, pairs, config, memory, monitor)?;
    let order: Vec<u32> = (0..exact.len() as u32).collect();
    Ok(verdicts_of(exact.len() as u32, &Verdicts::new(&documents, &order, &order, &compared, &Settled::default())))
}

/// The documents of a table whose hashes are known, and what comparing their pairs gives.
fn collapsed(
    inputs: &Inputs,
    exact: &[[u64; 2]],
    pairs: Vec<(u32, u32)>,
    config: &Config,
    memory: u64,
    monitor: &dyn Monitor,
) -> Result<(Documents, Collapsed)> {
    config.check()?;
    of_table(inputs)?;
    let rows = exact.len() as u32;
    if inputs.length() != u64::from(rows) || pairs.iter().any(|&(later, earlier)| earlier >= later || later >= rows) {
        return Err(failed("comparing groups")(std::io::Error::other("pairs and hashes do not fit the rows of the table")));
    }
    let documents = bare(exact.iter().copied());
    let order: Vec<u32> = (0..rows).collect();
    let joined = Joined { pairs, ..Joined::default() };
    let compared = verify_all(&joined, &order, &documents, inputs, config, memory, monitor)?;
    Ok((documents, compared))
}

/// Documents of which nothing but their hashes is needed.
fn bare(exact: impl Iterator<Item = [u64; 2]>) -> Documents {
    let mut documents = Documents::default();
    for (row, exact) in (0..).zip(exact) {
        documents.push("", row, 0, Measure { words: 0, exact });
    }
    documents
}

fn verdicts_of(rows: u32, verdicts: &Verdicts) -> Vec<RowVerdict> {
    (0..rows)
        .map(|row| {
            let verdict = verdicts.of(row);
            let overlap = verdict.counterpart.map(|c| c.2);
            RowVerdict {
                cluster: verdicts.cluster[row as usize],
                kept: verdict.kept,
                counterpart: verdict.counterpart.map(|c| c.0),
                relation: verdict.counterpart.map(|c| c.1),
                jaccard: overlap.map(|o| super::rows::rounded(o.jaccard())),
                containment: overlap.map(|o| super::rows::rounded(o.containment())),
            }
        })
        .collect()
}
