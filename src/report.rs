//! The result as plain rows with a schema number: the JSON contract. No layout here.

use crate::config::Config;
use crate::diff::{Contradiction, FactKind, FactRow, QuoteRow};
use crate::document::{DateOrigin, Problem, Span, Stamp};
use crate::extract::{Block, Credit, PhotoCredit};
use crate::keys::KeyKind;
use crate::trace::{EdgeEvidence, StoryDate};
use crate::verify::{Evidence, Passage, Relation};
use serde::Serialize;

/// Schema of [`TraceReport`].
pub const TRACE_SCHEMA: &str = "wirecopy.report/1";
/// Schema of [`DiffReport`].
pub const DIFF_SCHEMA: &str = "wirecopy.diff/1";

/// The settings of a run with their fingerprint.
#[derive(Clone, Debug, Serialize)]
pub struct ConfigRow {
    /// Every setting.
    #[serde(flatten)]
    pub config: Config,
    /// Hash of all settings, in hexadecimal.
    pub fingerprint: String,
}

impl From<&Config> for ConfigRow {
    fn from(config: &Config) -> Self {
        Self { config: config.clone(), fingerprint: config.fingerprint() }
    }
}

/// What was read from one document.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentRow {
    /// Unique in the run.
    pub id: String,
    /// The file.
    pub path: Option<String>,
    /// The title as printed.
    pub title: Option<String>,
    /// The publisher as printed.
    pub publisher: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// ISO 639-1 code of the body's language: detected, or what the page states where that is not sure.
    pub language: Option<String>,
    /// Words of the body.
    pub words: usize,
    /// The day that the page is stamped with.
    pub page_date: Option<jiff::civil::Date>,
    /// Where that day is stated.
    pub page_date_origin: Option<DateOrigin>,
    /// All days that the markup of the page states, strongest origin first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub page_dates: Vec<Stamp>,
    /// The day that the text speaks from.
    pub story_date: Option<StoryDate>,
    /// xxh3-128 of the text that spans point into, in hexadecimal.
    pub text_hash: String,
    /// `too_short`, `mostly_template`, `non_article`, `repeated_lines` (other pages of the publisher gave lines of it away as furniture).
    pub flags: Vec<String>,
    /// Agencies credited with the text, strongest first; those of the page's head have no span, but the line that names them (`stated`).
    pub credits: Vec<Credit>,
    /// Agencies credited with a picture; those of captions that are not in the text have no span, but the caption (`stated`).
    pub photo_credits: Vec<PhotoCredit>,
    /// The blocks of the page.
    pub blocks: Vec<Block>,
    /// The text that spans point into; only when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// The verdict on one pair; `a < b`. Pairs not listed are unrelated.
#[derive(Clone, Debug, Serialize)]
pub struct PairRow {
    /// Id of one document.
    pub a: String,
    /// Id of the other.
    pub b: String,
    /// What the pair is.
    pub relation: Relation,
    /// Probability that the pair is derived.
    pub probability: f64,
    /// How much the two tell the same story, 0 to 1.
    pub similarity: f64,
    /// The rule that decided.
    pub rule: String,
    /// Id of the document that the verdict follows through, where the pair's own words did not decide: both copied it, or one
    /// copied it and the other is of its event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub through: Option<String>,
    /// `too_short`, `partial`, `work_bound`, `version` (the same address scraped again: no copy).
    pub flags: Vec<String>,
    /// Jaccard similarity of the shingle sets.
    pub jaccard: f64,
    /// Share of `a`'s words in passages of `b`.
    pub containment_a: f64,
    /// Share of `b`'s words in passages of `a`.
    pub containment_b: f64,
    /// What speaks for and against.
    pub evidence: Vec<Evidence>,
    /// Copied stretches.
    pub passages: Vec<Passage>,
}

/// A document, or an agency's copy that is not among the documents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Id of a document.
    Document(String),
    /// Canonical name of an agency.
    Agency(String),
}

/// Kind of a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClusterKind {
    /// Documents that go back to one text.
    Derivation,
    /// Documents about one event.
    Event,
}

/// One edge of a lineage.
#[derive(Clone, Debug, Serialize)]
pub struct DerivationRow {
    /// The source.
    pub from: Origin,
    /// Id of the copy.
    pub to: String,
    /// Probability of this edge.
    pub probability: f64,
    /// Whether the direction is decided; if not, the two have a common source or it cannot be told.
    pub directed: bool,
    /// What speaks for the edge and its direction.
    pub evidence: Vec<EdgeEvidence>,
}

/// One address that was scraped more than once: its documents are versions of one, never copies of each other.
///
/// Pairs of versions are listed among [`TraceReport::pairs`] with the flag `version`; clusters, lineage and fact diffs
/// speak of the chosen version alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VersionsRow {
    /// The address, [normalized](crate::document::normal_url).
    pub url: String,
    /// Ids, sorted.
    pub members: Vec<String>,
    /// The version that stands for all: an article before a page that is none, then the one with the longest body, then by id.
    pub chosen: String,
}

/// Documents joined by verified matches.
#[derive(Clone, Debug, Serialize)]
pub struct ClusterRow {
    /// What joins them.
    pub kind: ClusterKind,
    /// Ids, sorted.
    pub members: Vec<String>,
    /// Where a derivation cluster comes from, where that is known.
    pub origin: Option<Origin>,
    /// The lineage; empty for event clusters.
    pub derivations: Vec<DerivationRow>,
    /// Records of which the members give values that cannot all be right, by kind and place; empty for event clusters.
    pub disputed: Vec<DisputedRow>,
}

/// One record of a cluster with all values that are given for it.
#[derive(Clone, Debug, Serialize)]
pub struct DisputedRow {
    /// What kind of fact.
    pub kind: FactKind,
    /// The places that state it, by document and place.
    pub values: Vec<DisputedValue>,
}

/// One place that states a disputed record.
#[derive(Clone, Debug, Serialize)]
pub struct DisputedValue {
    /// Id of the document.
    pub document: String,
    /// Where.
    pub span: Span,
    /// The words there.
    pub text: String,
}

/// The fact diff of one pair.
#[derive(Clone, Debug, Serialize)]
pub struct DiffRow {
    /// Id of the base.
    pub base: String,
    /// Id of the variant.
    pub variant: String,
    /// What the pair is.
    pub relation: Relation,
    /// Probability that the pair is derived.
    pub probability: f64,
    /// Facts, most substantial first.
    pub facts: Vec<FactRow>,
    /// Quotations.
    pub quotes: Vec<QuoteRow>,
    /// Contradictions inside one of the two texts.
    pub contradictions: Vec<Contradiction>,
}

/// Keys of one kind that so many documents share that not all their pairs were formed.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct HotKeyRow {
    /// What the keys are made from.
    pub kind: KeyKind,
    /// How many there are.
    pub keys: usize,
    /// Of these, how many stand in so many documents that they were no evidence for any pair. For the others each document was linked
    /// to the first and to those before it ([`Config::hot_window`]).
    pub left_out: usize,
    /// Documents that share the most shared one.
    pub documents: usize,
}

/// What the documents of one outlet go back to, as far as the texts tell: pages that are no articles and superseded versions apart.
///
/// A credit may have stood on the page and been lost when it was scraped: `wire_no_credit_found` says nothing about what the outlet
/// printed. `own + wire_credited + wire_no_credit_found + other_outlet + undecided = documents`; shares are of `documents`, 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutletRow {
    /// The publisher that the page prints, else the host of its address; `None` for all documents of which neither is known.
    pub outlet: Option<String>,
    /// How many documents.
    pub documents: usize,
    /// Of these: nothing in the collection is behind them.
    pub own: usize,
    /// They credit an agency with the text.
    pub wire_credited: usize,
    /// They go back to an agency by decided edges, and no credit was found on the scraped page.
    pub wire_no_credit_found: usize,
    /// They go back to another outlet's text that credits nobody.
    pub other_outlet: usize,
    /// They share a text with others, and who took it from whom is not decided.
    pub undecided: usize,
    /// Share of `own`.
    pub share_own: f64,
    /// Share of `wire_credited`.
    pub share_wire_credited: f64,
    /// Share of `wire_no_credit_found`.
    pub share_wire_no_credit_found: f64,
    /// Documents that are not own and of which both days are known.
    pub dated: usize,
    /// Median over these of the days from the source (the day on its page, else the day the text speaks from) to the page.
    pub median_delay_days: Option<f64>,
}

/// What became of the copy of one agency, as far as the texts tell.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AgencyRow {
    /// Canonical name.
    pub agency: String,
    /// Documents that the agency published itself.
    pub own_copies: usize,
    /// Documents of others that credit it.
    pub credited: usize,
    /// Documents of others that go back to it by decided edges, and no credit was found on the scraped page.
    pub no_credit_found: usize,
    /// Share of `no_credit_found` in both.
    pub share_no_credit_found: f64,
    /// Outlets with a name that have such documents.
    pub outlets: usize,
    /// As in [`OutletRow::dated`].
    pub dated: usize,
    /// As in [`OutletRow::median_delay_days`].
    pub median_delay_days: Option<f64>,
}

/// The whole answer of `trace`.
#[derive(Clone, Debug, Serialize)]
pub struct TraceReport {
    /// [`TRACE_SCHEMA`].
    pub schema: &'static str,
    /// The settings.
    pub config: ConfigRow,
    /// All documents, in input order.
    pub documents: Vec<DocumentRow>,
    /// Verified pairs that are more than unrelated, sorted.
    pub pairs: Vec<PairRow>,
    /// Addresses that were scraped more than once.
    pub versions: Vec<VersionsRow>,
    /// Clusters of two documents and more.
    pub clusters: Vec<ClusterRow>,
    /// For every derivation edge, and from the root to every member.
    pub fact_diffs: Vec<DiffRow>,
    /// What the documents of each outlet go back to; those with most documents first, those of no known outlet last.
    pub outlets: Vec<OutletRow>,
    /// What became of the copy of each agency; those with most copies first.
    pub agencies: Vec<AgencyRow>,
    /// Where the search for pairs was capped, by kind of key; empty when it was not.
    pub hot_keys: Vec<HotKeyRow>,
    /// What the user should know about single inputs.
    pub problems: Vec<Problem>,
}

/// The whole answer of `diff`.
#[derive(Clone, Debug, Serialize)]
pub struct DiffReport {
    /// [`DIFF_SCHEMA`].
    pub schema: &'static str,
    /// The settings.
    pub config: ConfigRow,
    /// The base and the variants.
    pub documents: Vec<DocumentRow>,
    /// One diff a variant, in order.
    pub diffs: Vec<DiffRow>,
    /// What the user should know about single inputs.
    pub problems: Vec<Problem>,
}

/// The words under a span for a report, so that no row carries a page: at most 2,000 bytes.
#[must_use]
pub fn excerpt(text: &str, span: Span) -> String {
    let words = span.of(text);
    match words.char_indices().find(|(i, _)| *i >= 2_000) {
        Some((end, _)) => words[..end].to_owned() + "…",
        None => words.to_owned(),
    }
}
