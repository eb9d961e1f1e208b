//! The lineage of one cluster as boxes and lines, with the evidence of each.

use super::catalogue::Catalogue;
use super::graph::{BOX, INSET, Line, Place, fit, layered, line, size};
use super::outcome::{Run, sides};
use super::plain::Plain;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use wirecopy::diff::Mark;
use wirecopy::report::{ClusterRow, DerivationRow, DiffRow, Origin};

/// Heights of the letters in a box: its name, and the lines under it.
const LETTERS: (f64, f64) = (13.5, 12.0);
/// Altered facts that are listed with an edge; the table has all.
const LISTED: usize = 5;

/// A box: a document, or an agency's copy that nobody scraped.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) place: Place,
    /// Number of the document; `None` for an unseen copy.
    pub(super) document: Option<usize>,
    pub(super) name: Plain,
    pub(super) first: Plain,
    pub(super) second: Plain,
    /// Who is credited.
    pub(super) third: Plain,
    /// Whether all goes back to it, as far as that is known.
    pub(super) origin: bool,
}

/// A line with what stands behind it.
#[derive(Debug)]
pub(super) struct Edge {
    pub(super) number: usize,
    /// Numbers of the two boxes.
    pub(super) ends: (usize, usize),
    pub(super) line: Line,
    pub(super) from: Plain,
    pub(super) to: Plain,
    pub(super) directed: bool,
    pub(super) unseen: bool,
    pub(super) probability: String,
    /// What the pair is; empty for unseen copies.
    pub(super) relation: Plain,
    /// `+2.2` and a line for a reader.
    pub(super) evidence: Vec<(String, Plain)>,
    /// `3 altered, 1 dropped`; empty without a fact diff.
    pub(super) counts: String,
    pub(super) altered: Vec<(Vec<Run>, Vec<Run>)>,
}

/// The drawing.
#[derive(Debug)]
pub(super) struct Lineage {
    pub(super) width: i64,
    pub(super) height: i64,
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
}

/// Firm marks of a diff as words; empty where nothing changed.
pub(super) fn counts(diff: &DiffRow) -> String {
    let firm = |mark| diff.facts.iter().filter(|f| f.mark == mark && !f.check).count();
    let check = diff.facts.iter().filter(|f| f.check && f.mark != Mark::Kept).count();
    [
        (firm(Mark::Altered), "altered"),
        (firm(Mark::Added), "added"),
        (firm(Mark::Dropped), "dropped"),
        (firm(Mark::Reworded), "reworded"),
        (firm(Mark::Kept), "kept"),
        (check, "to check"),
    ]
    .iter()
    .filter(|c| c.0 > 0)
    .map(|(n, word)| format!("{n} {word}"))
    .collect::<Vec<_>>()
    .join(", ")
}

pub(super) fn lineage(catalogue: &Catalogue<'_>, cluster: &ClusterRow) -> Lineage {
    let mut nodes: Vec<Node> = Vec::new();
    let mut at: BTreeMap<Origin, usize> = BTreeMap::new();
    // Unseen copies first, then the members.
    let origins = cluster.derivations.iter().map(|d| &d.from).chain(&cluster.origin).filter(|o| matches!(o, Origin::Agency(_)));
    for origin in origins.cloned().chain(cluster.members.iter().cloned().map(Origin::Document)) {
        if let Entry::Vacant(free) = at.entry(origin) {
            let origin = cluster.origin.as_ref() == Some(free.key());
            nodes.push(Node { origin, ..node(catalogue, free.key()) });
            free.insert(nodes.len() - 1);
        }
    }
    let mut ends = Vec::new();
    let mut rows = Vec::new();
    for row in &cluster.derivations {
        if let (Some(&from), Some(&to)) = (at.get(&row.from), at.get(&Origin::Document(row.to.clone()))) {
            ends.push((from, to));
            rows.push(row);
        }
    }
    let places = layered(nodes.len(), &ends);
    for (node, place) in nodes.iter_mut().zip(&places) {
        node.place = *place;
    }
    let drawn = rows.iter().zip(&ends).enumerate();
    let edges = drawn.map(|(i, (row, &(from, to)))| Edge {
        number: i,
        ends: (from, to),
        line: line(places[from], places[to]),
        ..edge(catalogue, row, &nodes[from], &nodes[to])
    });
    let edges = edges.collect();
    let (width, height) = size(&places);
    Lineage { width, height, nodes, edges }
}

fn node(catalogue: &Catalogue<'_>, origin: &Origin) -> Node {
    let place = Place { layer: 0, row: 0 };
    match origin {
        Origin::Agency(name) => {
            let name = Plain::from(format!("{name}, unseen copy"));
            let (second, third) = (Plain::from("not among the documents"), Plain::from("known through its copies"));
            Node { place, document: None, first: fit(&name, LETTERS.0), second, third, name, origin: false }
        }
        Origin::Document(id) => {
            let document = catalogue.index(id);
            let name = catalogue.name_of(id);
            let second = document.map(|d| catalogue.document(d)).and_then(|d| d.title.as_deref()).unwrap_or("without a headline");
            let second = fit(&Plain::from(second), LETTERS.1);
            let third = fit(&document.map_or_else(Plain::default, |d| credit(catalogue, d)), LETTERS.1);
            Node { place, document, first: fit(&name, LETTERS.0), second, third, name, origin: false }
        }
    }
}

/// Who is credited, in a few words.
fn credit(catalogue: &Catalogue<'_>, index: usize) -> Plain {
    let d = catalogue.document(index);
    Plain::from(d.credits.first().map_or_else(|| "no credit found".to_owned(), |c| format!("credits {}", c.agency)))
}

/// All but where it is drawn.
fn edge(catalogue: &Catalogue<'_>, row: &DerivationRow, from: &Node, to: &Node) -> Edge {
    let (mut relation, mut summary, mut altered) = (Plain::default(), String::new(), Vec::new());
    if let Origin::Document(id) = &row.from {
        if let Some(pair) = catalogue.pair(id, &row.to) {
            relation = Plain::from(pair.relation.label().replace('_', " "));
        }
        if let Some(diff) = catalogue.diff(id, &row.to) {
            summary = counts(diff);
            let facts = diff.facts.iter().filter(|f| f.mark == Mark::Altered && !f.check);
            let mut told: Vec<(&str, &str)> = Vec::new();
            for (old, new) in facts.filter_map(|f| Some((f.base.as_ref()?.text.as_str(), f.variant.as_ref()?.text.as_str()))) {
                if told.len() < LISTED && !told.contains(&(old, new)) {
                    told.push((old, new));
                }
            }
            altered = told.into_iter().map(|(old, new)| sides(old, new)).collect();
        }
    }
    Edge {
        number: 0,
        ends: (0, 0),
        line: line(from.place, to.place),
        from: from.name.clone(),
        to: to.name.clone(),
        directed: row.directed,
        unseen: from.document.is_none(),
        probability: format!("{:.2}", row.probability),
        relation,
        evidence: row.evidence.iter().map(|e| (format!("{:+.1}", e.weight), Plain::from(&e.text))).collect(),
        counts: summary,
        altered,
    }
}

impl Node {
    /// Where the lines of text begin, and their heights.
    pub(super) fn text(&self) -> (i64, [i64; 3]) {
        (self.place.x() + INSET, [20, 37, 54].map(|down| self.place.y() + down))
    }

    pub(super) fn size(&self) -> (i64, i64) {
        BOX
    }
}
