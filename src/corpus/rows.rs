//! The last stage: what is told of each document, and the summary.

use super::documents::Documents;
use super::input::Inputs;
use super::monitor::StageRow;
use super::outputs::{ClusterRow, ClusterRows, KeptRecords};
use super::verdicts::Verdicts;
use super::{Outputs, failed, least_of};
use crate::candidates::Joined;
use crate::config::Config;
use crate::document::Problem;
use crate::error::{Error, Result};
use crate::keys::recall_at;
use crate::monitor::Monitor;
use serde::Serialize;

/// Hot keys and giant clusters that are listed; all are counted.
const LISTED: usize = 20;

/// A key that many documents share.
#[derive(Clone, Debug, Serialize)]
pub struct Bucket {
    /// The band.
    pub band: usize,
    /// How many documents share it.
    pub documents: usize,
}

/// A very large cluster.
#[derive(Clone, Debug, Serialize)]
pub struct Giant {
    /// Id of its first document.
    pub cluster: String,
    /// Its documents.
    pub documents: usize,
}

/// What the search for derivatives did.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct DerivativesRow {
    /// Pairs that share enough grams.
    pub candidates: u64,
    /// Of these, how many were compared; the others are of one cluster already, or of a document with too many.
    pub compared: u64,
    /// Of these, how many are derived.
    pub verified: u64,
    /// Documents with more candidates than are compared.
    pub bounded: u64,
    /// Grams in so many documents that not all pairs were formed.
    pub hot_grams: u64,
    /// Documents of the hottest of them.
    pub hottest: u64,
    /// Of the hot grams, how many were taken for template text.
    pub template_grams: u64,
}

/// What a run did.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Summary {
    /// Records that were read.
    pub documents: u64,
    /// Of these, how many were kept.
    pub kept: u64,
    /// Removed with the very same words as another.
    pub exact_copies: u64,
    /// Too short to be collapsed; all of them were kept.
    pub short: u64,
    /// Clusters of two and more documents.
    pub clusters: u64,
    /// Documents of the largest cluster.
    pub largest_cluster: u64,
    /// Bytes of the inputs, uncompressed; of a table those of its texts.
    pub bytes: u64,
    /// Pairs that share a band and may be near.
    pub candidates: u64,
    /// Pairs that share a band by chance, as a glance at their signatures shows.
    pub unlikely: u64,
    /// Of these, how many were compared; the others could change nothing.
    pub compared: u64,
    /// Of these, how many reached the threshold.
    pub verified: u64,
    /// Chance that a pair right at the threshold shares a band, so that it is compared.
    pub recall_at_threshold: f64,
    /// Keys shared by so many documents that not all pairs were formed.
    pub hot_keys: u64,
    /// The largest of these.
    pub hottest: Vec<Bucket>,
    /// Clusters of more than [`Config::giant_documents`] documents, which want a look: the largest.
    pub giants: Vec<Giant>,
    /// What the search for derivatives did, if there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub derivatives: Option<DerivativesRow>,
    /// Whether keys went to disk.
    pub spilled: bool,
    /// Fingerprint of the settings.
    pub fingerprint: String,
    /// Time and memory of each stage.
    pub stages: Vec<StageRow>,
    /// Records and inputs that gave no document although they should have.
    pub skipped: u64,
    /// What was skipped and why, and repeated ids.
    pub problems: Vec<Problem>,
}

impl Summary {
    pub(super) fn tell(&mut self, joined: &Joined, verdicts: &Verdicts, problems: Vec<Problem>, spilled: bool, config: &Config) {
        self.candidates = joined.pairs.len() as u64;
        self.unlikely = joined.unlikely;
        self.compared = verdicts.compared;
        self.verified = verdicts.verified;
        self.recall_at_threshold = recall_at(config.threshold, config.bands, config.rows);
        self.hot_keys = joined.hot.len() as u64;
        let mut hottest: Vec<_> = joined.hot.iter().map(|h| Bucket { band: h.band, documents: h.documents }).collect();
        hottest.sort_by_key(|b| std::cmp::Reverse(b.documents));
        hottest.truncate(LISTED);
        self.hottest = hottest;
        self.spilled = spilled;
        self.fingerprint = config.fingerprint();
        // A repeated id is told without a line, and nothing is lost by it.
        self.skipped = problems.iter().filter(|p| p.line.is_some()).count() as u64;
        self.problems = problems;
    }
}

/// The fourth stage. The two outputs are written side by side.
pub(super) fn write_all(
    inputs: &Inputs,
    documents: &Documents,
    verdicts: &Verdicts,
    outputs: Outputs<'_>,
    config: &Config,
    monitor: &dyn Monitor,
) -> Result<Summary> {
    let least = least_of(config);
    let Outputs { kept, clusters } = outputs;
    let (copied, told) = rayon::join(
        || write_kept(inputs, documents, verdicts, kept, monitor),
        || clusters.map_or(Ok(()), |out| write_rows(documents, verdicts, out, monitor)),
    );
    copied?;
    told?;
    let bytes = inputs.texts().map_or_else(|| inputs.length(), |_| documents.lengths.iter().map(|&l| u64::from(l)).sum());
    let mut summary = Summary { documents: documents.len() as u64, bytes, ..Summary::default() };
    let mut sizes = vec![0_u32; documents.len()];
    for document in 0..documents.len() as u32 {
        let at = document as usize;
        let verdict = verdicts.of(document);
        sizes[verdicts.cluster[at] as usize] += 1;
        summary.short += u64::from(documents.words[at] < least);
        summary.kept += u64::from(verdict.kept);
        summary.exact_copies += u64::from(verdict.counterpart.is_some_and(|(_, relation, _)| relation == "exact"));
    }
    summary.clusters = sizes.iter().filter(|&&n| n > 1).count() as u64;
    summary.largest_cluster = sizes.iter().copied().max().map_or(0, u64::from);
    let mut giants: Vec<(usize, u32)> =
        (0..).zip(&sizes).filter(|(_, n)| **n as usize > config.giant_documents).map(|(d, &n)| (n as usize, d)).collect();
    giants.sort_by_key(|g| std::cmp::Reverse(g.0));
    giants.truncate(LISTED);
    summary.giants = giants.into_iter().map(|(n, d)| Giant { cluster: documents.id(d).to_owned(), documents: n }).collect();
    Ok(summary)
}

/// Documents between two looks at the wish to stop.
const STRIDE: u32 = 4096;

/// Records that stay.
fn write_kept(inputs: &Inputs, documents: &Documents, verdicts: &Verdicts, out: &mut dyn KeptRecords, monitor: &dyn Monitor) -> Result<()> {
    for document in 0..documents.len() as u32 {
        let at = document as usize;
        if verdicts.of(document).kept {
            out.keep(inputs, documents.offsets[at], documents.lengths[at]).map_err(failed("writing the kept records"))?;
        }
        if document % STRIDE == 0 {
            if monitor.stopped() {
                return Err(Error::Interrupted);
            }
            monitor.advance(u64::from(STRIDE).min(documents.len() as u64 - at as u64));
        }
    }
    out.finish(inputs).map_err(failed("writing the kept records"))
}

/// One row for each document.
fn write_rows(documents: &Documents, verdicts: &Verdicts, out: &mut dyn ClusterRows, monitor: &dyn Monitor) -> Result<()> {
    for document in 0..documents.len() as u32 {
        let verdict = verdicts.of(document);
        let (counterpart, relation, overlap) = match verdict.counterpart {
            Some((c, r, o)) => (Some(documents.id(c)), Some(r), Some(o)),
            None => (None, None, None),
        };
        let told = ClusterRow {
            place: documents.offsets[document as usize],
            id: documents.id(document),
            cluster: documents.id(verdicts.cluster[document as usize]),
            kept: verdict.kept,
            counterpart,
            relation,
            jaccard: overlap.map(|o| rounded(o.jaccard())),
            containment: overlap.map(|o| rounded(o.containment())),
        };
        out.add(&told).map_err(failed("writing the clusters"))?;
        if document % STRIDE == 0 && monitor.stopped() {
            return Err(Error::Interrupted);
        }
    }
    out.finish().map_err(failed("writing the clusters"))
}

/// To four places, downwards: only equal sets are 1.
pub(super) fn rounded(share: f64) -> f64 {
    (share * 10_000.0).floor() / 10_000.0
}
