//! The lineage of all clusters as plain nodes and edges, for formats that other programs draw.

use crate::terminal;
use std::collections::{BTreeMap, HashMap};
use wirecopy::report::{ClusterKind, DerivationRow, DocumentRow, Origin, PairRow, TraceReport};

/// A document, or an agency's copy that is not among the documents: one for each cluster that goes back to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    /// Number of the cluster, from 1.
    pub(super) cluster: usize,
    /// `document` or `agency`.
    pub(super) kind: &'static str,
    /// Id of the document; empty for an agency.
    pub(super) document: String,
    /// Title or agency.
    pub(super) label: String,
    pub(super) publisher: String,
    pub(super) url: String,
    pub(super) page_date: String,
    /// The days that the text speaks from, `2026-03-01/2026-03-02` where it is more than one.
    pub(super) story_date: String,
    /// Agencies that are credited with the text.
    pub(super) credits: String,
    /// Whether the cluster goes back to it.
    pub(super) origin: bool,
}

/// Who took it from whom.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    pub(super) cluster: usize,
    /// Places in [`Network::nodes`].
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) probability: String,
    /// Whether the direction is decided.
    pub(super) directed: bool,
    /// What the pair is; empty for an agency's unseen copy.
    pub(super) relation: &'static str,
    /// One reason a line: `+2.2 credit: text`.
    pub(super) evidence: Vec<String>,
}

/// All nodes, by cluster, and all edges.
#[derive(Clone, Debug, Default)]
pub(super) struct Network {
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
}

impl Network {
    pub(super) fn new(report: &TraceReport) -> Self {
        let documents: HashMap<&str, &DocumentRow> = report.documents.iter().map(|d| (d.id.as_str(), d)).collect();
        let pairs: HashMap<(&str, &str), &PairRow> = report.pairs.iter().map(|p| ((p.a.as_str(), p.b.as_str()), p)).collect();
        let mut network = Self::default();
        let clusters = report.clusters.iter().filter(|c| c.kind == ClusterKind::Derivation);
        for (number, cluster) in clusters.enumerate() {
            let mut places: BTreeMap<Origin, usize> = BTreeMap::new();
            let members = cluster.members.iter().cloned().map(Origin::Document);
            let agencies = cluster.derivations.iter().map(|d| &d.from).chain(&cluster.origin).filter(|o| matches!(o, Origin::Agency(_)));
            for place in agencies.cloned().chain(members) {
                let (nodes, origin) = (&mut network.nodes, cluster.origin.as_ref() == Some(&place));
                places.entry(place).or_insert_with_key(|place| {
                    nodes.push(Node { cluster: number + 1, origin, ..node(place, &documents) });
                    nodes.len() - 1
                });
            }
            for row in &cluster.derivations {
                if let (Some(&from), Some(&to)) = (places.get(&row.from), places.get(&Origin::Document(row.to.clone()))) {
                    network.edges.push(edge(row, number + 1, (from, to), &pairs));
                }
            }
        }
        network
    }
}

fn node(place: &Origin, documents: &HashMap<&str, &DocumentRow>) -> Node {
    let text = |part: Option<&String>| part.map_or_else(String::new, |t| terminal::line(t));
    match place {
        Origin::Agency(name) => Node { kind: "agency", label: format!("{}, unseen copy", terminal::line(name)), ..Node::default() },
        Origin::Document(id) => {
            let mut node = Node { kind: "document", document: terminal::line(id), ..Node::default() };
            if let Some(d) = documents.get(id.as_str()) {
                let mut credits: Vec<&str> = d.credits.iter().map(|c| c.agency.as_str()).collect();
                credits.dedup();
                node.label = text(d.title.as_ref());
                node.publisher = text(d.publisher.as_ref());
                node.url = text(d.url.as_ref());
                node.page_date = d.page_date.map_or_else(String::new, |p| p.to_string());
                node.story_date = d.story_date.as_ref().map_or_else(String::new, |s| {
                    if s.earliest == s.latest { s.earliest.to_string() } else { format!("{}/{}", s.earliest, s.latest) }
                });
                node.credits = credits.join(", ");
            }
            if node.label.is_empty() {
                node.label.clone_from(&node.document);
            }
            node
        }
    }
}

fn edge(row: &DerivationRow, cluster: usize, (from, to): (usize, usize), pairs: &HashMap<(&str, &str), &PairRow>) -> Edge {
    let relation = match &row.from {
        Origin::Document(id) => {
            let (a, b) = if *id < row.to { (id, &row.to) } else { (&row.to, id) };
            pairs.get(&(a.as_str(), b.as_str())).map_or("", |p| p.relation.label())
        }
        Origin::Agency(_) => "",
    };
    let evidence = row.evidence.iter().map(|e| {
        let kind = serde_json::to_value(e.kind).ok().and_then(|k| k.as_str().map(str::to_owned)).unwrap_or_default();
        format!("{:+.1} {kind}: {}", e.weight, terminal::line(&e.text))
    });
    Edge {
        cluster,
        from,
        to,
        probability: format!("{:.4}", row.probability),
        directed: row.directed,
        relation,
        evidence: evidence.collect(),
    }
}
