//! The tree of a cluster: the branching of greatest weight, with unseen agency copies as parents.

use super::branching::{greedy_branching, maximum_branching};
use super::direction::{Leaning, Specifics, agency, is_wire_copy, weigh};
use super::edge::{Edge, EdgeEvidence, EdgeEvidenceKind, Lineage, Member, Node};
use crate::verify::Match;
use std::collections::BTreeMap;

/// In clusters beyond this the branching is built edge by edge, which is linear in the edges and nearly as good.
const MAX_EXACT: usize = 200;

/// What being a source of one's own weighs, in log-odds: every other text of a verified cluster came from somewhere,
/// so that a second source costs more than a weak edge does.
const ROOT: f64 = -3.0;

/// What agency copy without a page around it has in its favour.
const WIRE: f64 = 4.5;

/// A direction whose log-odds are below this is not decided.
const MARGIN: f64 = 0.5;

/// Traces one cluster: `members` in index order, `matches` the verified pairs among them.
#[must_use]
pub fn lineage(members: &[Member<'_>], matches: &[&Match]) -> Lineage {
    let specifics: Vec<Specifics> = members.iter().map(Specifics::of).collect();
    let root = members.len();
    let mut leanings: BTreeMap<(usize, usize), (Leaning, f64)> = BTreeMap::new();
    let place = |index: u32| members.binary_search_by_key(&index, |m| m.index).ok();
    for m in matches {
        let (Some(a), Some(b)) = (place(m.a), place(m.b)) else { continue };
        let aligned = m.features.sentence_share();
        for (u, v, covered) in [(a, b, m.features.covered[1]), (b, a, m.features.covered[0])] {
            let found = weigh((&members[u], &specifics[u]), (&members[v], &specifics[v]), covered, aligned, m.features.conflicts);
            leanings.insert((u, v), (found, m.verdict.probability));
        }
    }
    let mut edges: Vec<(usize, usize, f64)> = leanings.iter().map(|(&(u, v), (l, _))| (u, v, l.support + l.direction)).collect();
    let wire_copy: Vec<bool> = members.iter().map(is_wire_copy).collect();
    // A later version of agency copy has the earlier one as its source.
    let mut later_version = vec![false; members.len()];
    for &(u, v) in leanings.keys() {
        later_version[v] |= wire_copy[u];
    }
    edges.extend((0..root).map(|v| (root, v, ROOT + if wire_copy[v] && !later_version[v] { WIRE } else { 0.0 })));
    let parents = if root <= MAX_EXACT { exact(root, &edges) } else { greedy_branching(root + 1, &edges, root) };
    let wire: Vec<&str> = members.iter().filter(|m| is_wire_copy(m)).filter_map(agency).collect();
    let mut out = Lineage::default();
    let mut roots = Vec::new();
    for (v, member) in members.iter().enumerate() {
        let parent = parents[v].filter(|&u| u != root);
        let named = agency(member).filter(|a| !wire.contains(a));
        match (parent, named) {
            (Some(u), named) => {
                let Some((leaning, match_probability)) = leanings.get(&(u, v)) else { continue };
                let edge = document_edge(members[u].index, member.index, leaning, *match_probability);
                match named {
                    // It credits an agency and states what its nearest source does not: both had the agency's copy.
                    Some(name) if states_more(&specifics[v], &specifics[u], leaning) => out.edges.push(agency_edge(name, member)),
                    _ => out.edges.push(edge),
                }
            }
            (None, Some(name)) => {
                out.edges.push(agency_edge(name, member));
                roots.push(Node::Agency(name.to_owned()));
            }
            (None, None) => roots.push(Node::Document(member.index)),
        }
    }
    // From the origin on: unseen copies first, then by copy.
    out.edges.sort_by_key(|e| (matches!(e.from, Node::Document(_)), e.to));
    roots.dedup();
    // More than one source of its own: the best-supported one is the origin only when it is alone.
    out.origin = match roots.as_slice() {
        [one] => Some(one.clone()),
        _ => roots.iter().find(|r| matches!(r, Node::Agency(_))).cloned(),
    };
    out
}

fn exact(root: usize, edges: &[(usize, usize, f64)]) -> Vec<Option<usize>> {
    let mut weights = vec![vec![None; root + 1]; root + 1];
    for &(u, v, w) in edges {
        weights[u][v] = Some(w);
    }
    maximum_branching(&weights, root)
}

/// Whether the copy has specifics of its own that the supposed source lacks, in number.
fn states_more(copy: &Specifics, source: &Specifics, leaning: &Leaning) -> bool {
    copy.missing_in(source) >= 3 && leaning.support < 2.5
}

fn document_edge(from: u32, to: u32, leaning: &Leaning, match_probability: f64) -> Edge {
    let direction = 1.0 / (1.0 + (-leaning.direction).exp());
    let mut evidence = leaning.evidence.clone();
    evidence.sort_by(|x, y| y.weight.abs().total_cmp(&x.weight.abs()).then(x.kind.cmp(&y.kind)));
    Edge {
        from: Node::Document(from),
        to,
        probability: match_probability * direction,
        directed: leaning.direction.abs() >= MARGIN,
        evidence,
    }
}

fn agency_edge(name: &str, member: &Member<'_>) -> Edge {
    let text = format!("{} credits {name}; that copy is not among the documents", member.id);
    Edge {
        from: Node::Agency(name.to_owned()),
        to: member.index,
        probability: 0.9,
        directed: true,
        evidence: vec![EdgeEvidence { kind: EdgeEvidenceKind::Credit, weight: 2.2, text }],
    }
}
