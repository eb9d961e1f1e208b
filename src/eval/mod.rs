//! Predictions against the truth: how good are clusters; and, in modules of their own, verdicts and probabilities.
//!
//! [`Truth`] and [`Found`] take rows one by one; [`evaluate`] compares them. Counts are whole numbers, so that results are
//! exact up to the last division, at any number of documents.

pub mod fact_gold;
pub mod fact_pairs;
pub mod fit;
pub mod levels;
pub mod lineage;
pub mod measure;
pub mod pages;
pub mod pairs;

mod partition;
mod row;
mod table;

pub use partition::Scores;
pub use row::{FieldNames, Row};
pub use table::{Found, Truth};

use serde::Serialize;

/// Edits that leave enough of a text for a near-duplicate tool (Jaccard similarity of 0.5 and more) to find it, new
/// stories, and hard negatives, which such a tool should leave alone.
pub const CORE: [&str; 10] = ["base", "format", "edit1", "edit5", "edit10", "boiler", "reorder", "trunc70", "mixed", "hardneg"];

/// Version of the report.
pub const SCHEMA: &str = "wirecopy.eval-clusters/1";

/// How many copies of one edit were found in one cluster with their source.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EditRow {
    /// The edit.
    pub edit: String,
    /// Copies of it whose source is there too.
    pub documents: u64,
    /// Of these, how many stand in the cluster of their source. (For hard negatives each is a mistake.)
    pub found: u64,
    /// Their share.
    pub share: f64,
}

/// Clusters against the truth.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClusterReport {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Over all documents that stand in both.
    pub all: Scores,
    /// Over those of [`CORE`] edits; `None` if the truth names no edits.
    pub core: Option<Scores>,
    /// One row for each edit other than `base`, by name.
    pub found_with_source: Vec<EditRow>,
    /// Documents of the truth that were given no cluster; they are left out.
    pub without_cluster: u64,
    /// Documents with a cluster that the truth does not know; they are left out.
    pub unknown: u64,
}

/// Compares clusters with the truth.
#[must_use]
pub fn evaluate(truth: &Truth, found: &Found) -> ClusterReport {
    let documents = || (0..truth.len()).filter_map(|at| Some((at, found.cluster(at)?)));
    let cells = documents().map(|(at, cluster)| (truth.cluster(at), cluster)).collect();
    let core: Vec<(u32, u32)> = documents()
        .filter(|&(at, _)| truth.edit(at).is_some_and(|e| CORE.contains(&e)))
        .map(|(at, cluster)| (truth.cluster(at), cluster))
        .collect();
    let mut edits: Vec<EditRow> = truth.edits().map(|e| EditRow { edit: e.to_owned(), documents: 0, found: 0, share: 0.0 }).collect();
    for (at, cluster) in documents() {
        let (Some(edit), Some(source)) = (truth.edit_number(at), truth.source(at)) else { continue };
        let Some(of_source) = found.cluster(source) else { continue };
        edits[edit].documents += 1;
        edits[edit].found += u64::from(cluster == of_source);
    }
    edits.retain(|e| e.documents > 0 && e.edit != "base");
    edits.sort_by(|a, b| a.edit.cmp(&b.edit));
    for edit in &mut edits {
        edit.share = edit.found as f64 / edit.documents as f64;
    }
    ClusterReport {
        schema: SCHEMA,
        all: Scores::of(cells),
        core: (truth.edits().next().is_some()).then(|| Scores::of(core)),
        found_with_source: edits,
        without_cluster: (truth.len() - documents().count()) as u64,
        unknown: found.unknown(),
    }
}
