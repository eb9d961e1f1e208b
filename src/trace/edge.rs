//! The rows of a lineage: members, edges, evidence.

use crate::extract::Article;
use crate::facts::Facts;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Kinds of evidence for an edge and its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EdgeEvidenceKind {
    /// Agency credits.
    Credit,
    /// Limits of quotations.
    QuoteLimits,
    /// Days, clock times, numbers and units lost.
    Specificity,
    /// Facts without support in the other text.
    Unsupported,
    /// An error shared with the source.
    InheritedError,
    /// Days that the pages are stamped with.
    Date,
}

/// One reason for an edge or its direction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EdgeEvidence {
    /// What kind of reason.
    pub kind: EdgeEvidenceKind,
    /// Log-odds that it adds.
    pub weight: f64,
    /// One line for a reader.
    pub text: String,
}

/// Where an edge starts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    /// A member of the cluster, by its index in the run.
    Document(u32),
    /// Copy of an agency that is not among the documents.
    Agency(String),
}

/// One edge of a lineage.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// The source.
    pub from: Node,
    /// The copy.
    pub to: u32,
    /// Probability of the edge.
    pub probability: f64,
    /// Whether the direction is decided.
    pub directed: bool,
    /// What speaks for it.
    pub evidence: Vec<EdgeEvidence>,
}

/// A document of a cluster as tracing sees it.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// Its index in the run.
    pub index: u32,
    /// Its id.
    pub id: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Its blocks and credits.
    pub article: &'a Article,
    /// What it states.
    pub facts: &'a Facts,
    /// The day that its page is stamped with.
    pub page_date: Option<Date>,
    /// Whether the text contradicts that day.
    pub page_date_wrong: bool,
}

impl Member<'_> {
    /// The page date, where the text does not contradict it.
    #[must_use]
    pub fn trusted_page_date(&self) -> Option<Date> {
        self.page_date.filter(|_| !self.page_date_wrong)
    }
}

/// The lineage of one cluster.
#[derive(Clone, Debug, Default)]
pub struct Lineage {
    /// Where the cluster comes from.
    pub origin: Option<Node>,
    /// Edges: those from unseen copies first, each group by copy.
    pub edges: Vec<Edge>,
}
