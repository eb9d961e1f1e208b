//! The results of a run: kept records, cluster rows, the summary.

use super::documents::Documents;
use super::input::Inputs;
use super::monitor::{Monitor, StageRow};
use super::verdicts::Verdicts;
use super::{Outputs, failed};
use crate::candidates::Joined;
use crate::config::Config;
use crate::document::Problem;
use crate::error::{Error, Result};
use crate::keys::recall_at;
use serde::Serialize;

/// Hot keys and giant clusters that are listed; all are counted.
const LISTED: usize = 20;
/// A cluster with more documents is called giant.
const GIANT: usize = 1000;

/// One document in the clusters output.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    cluster: &'a str,
    kept: bool,
    counterpart: Option<&'a str>,
    relation: Option<&'static str>,
    jaccard: Option<f64>,
    containment: Option<f64>,
}

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
    /// Bytes of the inputs, uncompressed.
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
    /// Clusters of more than 1,000 documents, which want a look: the largest.
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

/// The fourth stage.
pub(super) fn write_all(
    inputs: &Inputs,
    documents: &Documents,
    verdicts: &Verdicts,
    outputs: Outputs<'_>,
    least: u32,
    monitor: &dyn Monitor,
) -> Result<Summary> {
    let Outputs { kept, mut clusters } = outputs;
    let mut summary = Summary { documents: documents.len() as u64, bytes: inputs.length(), ..Summary::default() };
    let mut copier = Copier { inputs, from: 0, to: 0, buffer: Vec::new() };
    let mut sizes = vec![0_u32; documents.len()];
    let mut row = Vec::new();
    for document in 0..documents.len() as u32 {
        let at = document as usize;
        let verdict = verdicts.of(document);
        sizes[verdicts.cluster[at] as usize] += 1;
        summary.short += u64::from(documents.words[at] < least);
        if verdict.kept {
            summary.kept += 1;
            copier.add(documents.offsets[at], u64::from(documents.lengths[at]), kept).map_err(failed("writing the kept records"))?;
        }
        let (counterpart, relation, overlap) = match verdict.counterpart {
            Some((c, r, o)) => (Some(documents.id(c)), Some(r), Some(o)),
            None => (None, None, None),
        };
        summary.exact_copies += u64::from(relation == Some("exact"));
        if let Some(clusters) = &mut clusters {
            let told = Row {
                id: documents.id(document),
                cluster: documents.id(verdicts.cluster[at]),
                kept: verdict.kept,
                counterpart,
                relation,
                jaccard: overlap.map(|o| rounded(o.jaccard())),
                containment: overlap.map(|o| rounded(o.containment())),
            };
            serde_json::to_writer(&mut row, &told).map_err(|e| failed("writing the clusters")(e.into()))?;
            row.push(b'\n');
            if row.len() >= 1 << 16 {
                clusters.write_all(&row).map_err(failed("writing the clusters"))?;
                row.clear();
            }
        }
        if document % 4096 == 0 {
            if monitor.stopped() {
                return Err(Error::Interrupted);
            }
            monitor.advance(4096.min(documents.len() as u64 - at as u64));
        }
    }
    copier.flush(kept).map_err(failed("writing the kept records"))?;
    if let Some(clusters) = &mut clusters {
        clusters.write_all(&row).map_err(failed("writing the clusters"))?;
    }
    summary.clusters = sizes.iter().filter(|&&n| n > 1).count() as u64;
    summary.largest_cluster = sizes.iter().copied().max().map_or(0, u64::from);
    let mut giants: Vec<(usize, u32)> = (0..).zip(&sizes).filter(|(_, n)| **n as usize > GIANT).map(|(d, &n)| (n as usize, d)).collect();
    giants.sort_by_key(|g| std::cmp::Reverse(g.0));
    giants.truncate(LISTED);
    summary.giants = giants.into_iter().map(|(n, d)| Giant { cluster: documents.id(d).to_owned(), documents: n }).collect();
    Ok(summary)
}

/// To four places, downwards: only equal sets are 1.
fn rounded(share: f64) -> f64 {
    (share * 10_000.0).floor() / 10_000.0
}

/// Copies records; neighbours go in one piece.
struct Copier<'a> {
    inputs: &'a Inputs,
    from: u64,
    to: u64,
    buffer: Vec<u8>,
}

impl Copier<'_> {
    const PIECE: u64 = 1 << 18;

    fn add(&mut self, offset: u64, length: u64, out: &mut dyn std::io::Write) -> std::io::Result<()> {
        // Only the line end stands between neighbours of one input.
        let follows = self.to > self.from
            && offset == self.to + 1
            && self.to - self.from < Self::PIECE
            && self.inputs.part_of(offset).is_some_and(|p| p.start <= self.from);
        if !follows {
            self.flush(out)?;
            self.from = offset;
        }
        self.to = offset + length;
        Ok(())
    }

    fn flush(&mut self, out: &mut dyn std::io::Write) -> std::io::Result<()> {
        if self.to > self.from {
            self.buffer.resize((self.to - self.from) as usize, 0);
            self.inputs.read_at(self.from, &mut self.buffer)?;
            self.buffer.push(b'\n');
            out.write_all(&self.buffer)?;
        }
        self.from = self.to;
        Ok(())
    }
}
