//! The tree of a cluster: the branching of greatest weight, with unseen agency copies as parents.

use super::branching::{greedy_branching, maximum_branching, weight_of};
use super::direction::{Context, Leaning, Weighed, weigh};
use super::edge::{Edge, EdgeEvidence, EdgeEvidenceKind, Lineage, Member, Node};
use super::learnt::Learnt;
use super::readings::Variants;
use super::wire::{agency, headline};
use crate::verify::Match;
use std::collections::BTreeMap;

/// In clusters beyond this the direction of an edge is read from its two texts alone, not from the whole tree.
const MAX_MARGINS: usize = 40;

/// In clusters beyond this the branching is built edge by edge, which is linear in the edges and nearly as good.
const MAX_EXACT: usize = 200;

/// What being a source of one's own weighs, in log-odds: every other text of a verified cluster came from somewhere,
/// so that a second source costs more than a weak edge does.
const ROOT: f64 = -10.0;

/// What agency copy without a page around it has in its favour.
const WIRE: f64 = 4.5;

/// A direction whose log-odds are below this is not decided.
const MARGIN: f64 = 0.3;

/// No direction is surer than this, in log-odds: the terms are not independent.
const SUREST: f64 = 4.0;

/// What readings of the copy that a source lacks and others have weigh, and at most.
const LACKING: f64 = 1.0;
const MOST_LACKING: f64 = 12.0;
/// What a nat of choice among the readings of the source weighs; little, since what stands side by side goes together.
const CHOICE: f64 = 0.15;

/// A text that credits an agency came from it sooner than from another page that does.
const CREDITED: f64 = 0.3;
/// A text without credit came from a page that is there sooner than from a copy that is not.
const UNCREDITED: f64 = -1.5;
/// The same headline as a page is no accident.
const SAME_HEADLINE: f64 = 2.5;

/// A second source is told when it alone has so much of the copy.
const SECOND: f64 = 2.5;

/// Traces one cluster: `members` in index order, `matches` the verified pairs among them, `learnt` what the collection
/// tells. Kinds of evidence in `left_out` are not used.
#[must_use]
pub fn lineage(members: &[Member<'_>], matches: &[&Match], learnt: &Learnt, left_out: &[EdgeEvidenceKind]) -> Lineage {
    Cluster::new(members, matches, learnt, left_out).traced()
}

/// A cluster while it is traced.
struct Cluster<'a, 't> {
    members: &'a [Member<'t>],
    variants: Variants,
    /// For each pair of a source and a copy its weights, and the probability that they are one text.
    leanings: BTreeMap<(usize, usize), (Leaning, f64)>,
    /// For each copy the least that any source lacks of it.
    least: Vec<f64>,
    /// For each copy the least choice that any source leaves it.
    least_choice: Vec<f64>,
    wire: Vec<bool>,
    /// Agencies that are credited and whose copy is not there, with the members that credit them.
    unseen: Vec<(&'t str, Vec<usize>)>,
    inherited: bool,
    credited: bool,
}

impl<'a, 't> Cluster<'a, 't> {
    fn new(members: &'a [Member<'t>], matches: &[&Match], learnt: &Learnt, left_out: &[EdgeEvidenceKind]) -> Self {
        let weighed: Vec<Weighed<'_, '_>> = members.iter().map(Weighed::new).collect();
        let variants = Variants::new(members, &learnt.elsewhere);
        let context = Context { learnt, left_out };
        let mut leanings = BTreeMap::new();
        let place = |index: u32| members.binary_search_by_key(&index, |m| m.index).ok();
        for m in matches {
            let (Some(a), Some(b)) = (place(m.a), place(m.b)) else { continue };
            for (u, v, turned) in [(a, b, false), (b, a, true)] {
                let mut found = weigh(&weighed[u], &weighed[v], &m.features, turned, &context);
                let versions = weighed[u].nearness.is_wire() && weighed[v].nearness.is_wire();
                if !versions && !left_out.contains(&EdgeEvidenceKind::Unsupported) {
                    found.add(gains(&variants, (u, members[u].id), (v, members[v].id)));
                }
                leanings.insert((u, v), (found, m.verdict.probability));
            }
        }
        let credited = !left_out.contains(&EdgeEvidenceKind::Credit);
        let (mut least, mut least_choice) = (vec![f64::INFINITY; members.len()], vec![f64::INFINITY; members.len()]);
        for &(u, v) in leanings.keys() {
            least[v] = least[v].min(variants.lacking(v, &[u]));
            least_choice[v] = least_choice[v].min((variants.choice(u, v) + variants.choice(v, u)) / 2.0);
        }
        let wire: Vec<bool> = weighed.iter().map(|w| credited && w.nearness.is_wire()).collect();
        let sent: Vec<&str> = members.iter().zip(&wire).filter(|(_, w)| **w).filter_map(|(m, _)| agency(m)).collect();
        let mut crediting: BTreeMap<&'t str, Vec<usize>> = BTreeMap::new();
        for (v, m) in members.iter().enumerate() {
            if let Some(name) = agency(m).filter(|a| !sent.contains(a)) {
                crediting.entry(name).or_default().push(v);
            }
        }
        let inherited = !left_out.contains(&EdgeEvidenceKind::InheritedError);
        Self { members, variants, leanings, least, least_choice, wire, unseen: crediting.into_iter().collect(), inherited, credited }
    }

    fn traced(&self) -> Lineage {
        let n = self.members.len();
        let root = n + self.unseen.len();
        let edges = self.edges();
        let weights = (n <= MAX_EXACT).then(|| dense(root, &edges));
        let parents = weights.as_ref().map_or_else(|| greedy_branching(root + 1, &edges, root), |w| maximum_branching(w, root));
        let weights = weights.filter(|_| n <= MAX_MARGINS);
        let mut out = Lineage::default();
        let mut roots = Vec::new();
        for (v, member) in self.members.iter().enumerate() {
            match parents[v] {
                Some(u) if u < n => out.edges.extend(self.document_edge(u, v, &parents, weights.as_deref())),
                Some(a) if a < root => out.edges.push(self.agency_edge(a - n, v)),
                _ => roots.push(Node::Document(member.index)),
            }
        }
        roots.extend((n..root).filter(|&a| parents[..n].contains(&Some(a))).map(|a| Node::Agency(self.unseen[a - n].0.to_owned())));
        out.edges.extend((0..n).filter_map(|v| self.second_source(v, &parents)));
        // From the origin on: unseen copies first, then by copy; a second source after the first.
        out.edges.sort_by_key(|e| (matches!(e.from, Node::Document(_)), e.to));
        // More than one source of its own: the best-supported one is the origin only when it is alone.
        out.origin = match roots.as_slice() {
            [one] => Some(one.clone()),
            _ => roots.iter().find(|r| matches!(r, Node::Agency(_))).cloned(),
        };
        out
    }

    /// What readings weigh that `v` has and all of `sources` lack, beside the best source.
    fn lacking(&self, v: usize, sources: &[usize]) -> f64 {
        if !self.inherited || self.least[v].is_infinite() {
            return 0.0;
        }
        LACKING * (self.variants.lacking(v, sources) - self.least[v])
    }

    /// What readings and the choice among them cost the edge `u -> v`, beside the source of `v` that they suit best.
    fn unlikeness(&self, u: usize, v: usize) -> f64 {
        if !self.inherited {
            return 0.0;
        }
        // Versions of agency copy gain as much as they lose.
        let versions = self.wire[u] && self.wire[v];
        let lacking = if versions { self.lacking(v, &[u]).min(self.lacking(u, &[v])) } else { self.lacking(v, &[u]) };
        let choice = (self.variants.choice(u, v) + self.variants.choice(v, u)) / 2.0;
        (lacking + CHOICE * (choice - self.least_choice[v])).min(MOST_LACKING)
    }

    /// All edges between members, then those from unseen copies (`n` and up), then those from the root.
    fn edges(&self) -> Vec<(usize, usize, f64)> {
        let n = self.members.len();
        let root = n + self.unseen.len();
        let mut out = Vec::new();
        // The best of what the others explain of a text: the copy that they were made from explains no less.
        let mut best = vec![f64::NEG_INFINITY; n];
        // A later version of agency copy has the earlier one as its source.
        let mut later_version = vec![false; n];
        for (&(u, v), (leaning, _)) in &self.leanings {
            let support = leaning.support - self.unlikeness(u, v);
            out.push((u, v, support + before(leaning.direction)));
            best[v] = best[v].max(support);
            later_version[v] |= self.wire[u];
        }
        if self.credited {
            for (a, (_, crediting)) in self.unseen.iter().enumerate() {
                out.extend(
                    (0..n).filter(|&v| !self.wire[v]).map(|v| (n + a, v, best[v].max(-MOST_LACKING) + self.of_agency(v, crediting))),
                );
                out.push((root, n + a, ROOT));
            }
        }
        out.extend((0..n).map(|v| (root, v, ROOT + if self.wire[v] && !later_version[v] { WIRE } else { 0.0 })));
        out
    }

    /// What speaks for the unseen copy behind the members `crediting` rather than the best source among the members.
    fn of_agency(&self, v: usize, crediting: &[usize]) -> f64 {
        let siblings: Vec<usize> = crediting.iter().copied().filter(|&u| u != v).collect();
        let own = crediting.contains(&v);
        // Only what stood in that copy can stand in several of its copies.
        let more = if siblings.is_empty() { 0.0 } else { (-self.lacking(v, &siblings)).clamp(0.0, 3.0) };
        let title = headline(&self.members[v]);
        let same = !title.is_empty() && siblings.iter().any(|&u| headline(&self.members[u]) == title && self.longer(u, v));
        more + if own { CREDITED } else { UNCREDITED } - if same { SAME_HEADLINE } else { 0.0 }
    }

    fn longer(&self, u: usize, v: usize) -> bool {
        self.members[u].article.words.len() > self.members[v].article.words.len()
    }

    /// `weights`, where given, are those of the whole tree: what the best tree with the edge turned round costs tells how sure its direction is.
    fn document_edge(&self, u: usize, v: usize, parents: &[Option<usize>], weights: Option<&[Vec<Option<f64>>]>) -> Option<Edge> {
        let (leaning, probability) = self.leanings.get(&(u, v))?;
        let margin = weights.map_or(leaning.direction, |w| margin(w, parents, (u, v)));
        let direction = 1.0 / (1.0 + (-margin.min(SUREST)).exp());
        let mut evidence = leaning.evidence.clone();
        evidence.extend(self.inherited_from(u, v, parents));
        evidence.sort_by(|x, y| y.weight.abs().total_cmp(&x.weight.abs()).then(x.kind.cmp(&y.kind)));
        Some(Edge {
            from: Node::Document(self.members[u].index),
            to: self.members[v].index,
            probability: probability * direction,
            directed: margin >= MARGIN,
            evidence,
        })
    }

    /// What shows that `v` came by way of `u` and not from the text that `u` was made from.
    fn inherited_from(&self, u: usize, v: usize, parents: &[Option<usize>]) -> Option<EdgeEvidence> {
        let beyond = parents[u].filter(|&p| p < self.members.len() && self.inherited)?;
        let (weight, shown) = self.variants.only_in((u, v), &[beyond], self.members[v].text);
        let (from, copy, first) = (self.members[u].id, self.members[v].id, self.members[beyond].id);
        (weight >= 0.5).then(|| EdgeEvidence {
            kind: EdgeEvidenceKind::InheritedError,
            weight: rounded(LACKING * weight.min(MOST_LACKING)),
            text: format!("{copy} has {} as {from} does, {first} does not", quoted(&shown)),
        })
    }

    fn agency_edge(&self, a: usize, v: usize) -> Edge {
        let (name, crediting) = &self.unseen[a];
        let member = &self.members[v];
        let mut evidence = Vec::new();
        if crediting.contains(&v) {
            let text = format!("{} credits {name}; that copy is not among the documents", member.id);
            evidence.push(EdgeEvidence { kind: EdgeEvidenceKind::Credit, weight: 2.2, text });
        }
        let siblings: Vec<usize> = crediting.iter().copied().filter(|&u| u != v).collect();
        let more = if siblings.is_empty() { 0.0 } else { -self.lacking(v, &siblings) };
        if more >= 0.3 {
            let text = format!("{} has readings of several copies of {name}, and of no single one all", member.id);
            evidence.push(EdgeEvidence { kind: EdgeEvidenceKind::InheritedError, weight: rounded(more.min(3.0)), text });
        }
        Edge { from: Node::Agency((*name).to_owned()), to: member.index, probability: 0.9, directed: true, evidence }
    }

    /// A member that has much of `v` which its source lacks.
    fn second_source(&self, v: usize, parents: &[Option<usize>]) -> Option<Edge> {
        let first = parents[v].filter(|&u| u < self.members.len() && self.inherited)?;
        let others = self.leanings.range((0, 0)..).filter(|((w, to), _)| *to == v && *w != first && !descends(*w, v, parents));
        let told = others.filter(|(_, (l, _))| l.direction >= 0.0).filter_map(|(&(w, _), (l, p))| {
            let (weight, shown) = self.variants.only_in((w, v), &[first], self.members[v].text);
            (weight >= SECOND).then_some((weight, shown, w, l, p))
        });
        let (weight, shown, w, leaning, probability) = told.max_by(|x, y| x.0.total_cmp(&y.0).then(y.2.cmp(&x.2)))?;
        let text = format!(
            "a second source: {} has {} as {} does, {} does not",
            self.members[v].id,
            quoted(&shown),
            self.members[w].id,
            self.members[first].id
        );
        Some(Edge {
            from: Node::Document(self.members[w].index),
            to: self.members[v].index,
            // Below that of the first source, which explains more of the text.
            probability: 0.3 * probability / (1.0 + (-leaning.direction).exp()),
            directed: leaning.direction >= MARGIN,
            evidence: vec![EdgeEvidence { kind: EdgeEvidenceKind::InheritedError, weight: rounded(weight.min(MOST_LACKING)), text }],
        })
    }
}

/// Copies leave out much and add little: the text that gains little from the other is the copy.
fn gains(variants: &Variants, (u, u_id): (usize, &str), (v, v_id): (usize, &str)) -> Option<EdgeEvidence> {
    let weight = (3.0 * ((variants.choice(u, v) + 3.0) / (variants.choice(v, u) + 3.0)).ln()).clamp(-1.5, 1.5);
    let (early, late) = if weight > 0.0 { (u_id, v_id) } else { (v_id, u_id) };
    let text = format!("{late} leaves out here and there what {early} has, and adds less of its own");
    (weight.abs() >= 0.1).then_some(EdgeEvidence { kind: EdgeEvidenceKind::Unsupported, weight, text })
}

/// Whether `w` was made from `v`, by way of others perhaps.
fn descends(mut w: usize, v: usize, parents: &[Option<usize>]) -> bool {
    while let Some(up) = parents.get(w).copied().flatten() {
        if up == v {
            return true;
        }
        w = up;
    }
    false
}

/// Log-probability that the source came first, by the log-odds for it: evidence for a direction makes a source possible, not near.
fn before(direction: f64) -> f64 {
    -(-direction).exp().ln_1p()
}

/// A few words of a list, in quotation marks.
fn quoted(all: &[&str]) -> String {
    const FEW: usize = 4;
    let few: Vec<String> = all.iter().take(FEW).map(|s| format!("“{s}”")).collect();
    let rest = all.len().saturating_sub(FEW);
    if rest > 0 { format!("{} and {rest} more", few.join(", ")) } else { few.join(", ") }
}

/// Weights as they are shown: two places.
fn rounded(weight: f64) -> f64 {
    (weight * 100.0).round() / 100.0
}

/// What the best tree weighs more than the best one with the edge `u -> v` turned round.
fn margin(weights: &[Vec<Option<f64>>], parents: &[Option<usize>], (u, v): (usize, usize)) -> f64 {
    let root = weights.len() - 1;
    let mut turned = weights.to_vec();
    turned.iter_mut().enumerate().filter(|(from, _)| *from != v).for_each(|(_, row)| row[u] = None);
    let other = maximum_branching(&turned, root);
    weight_of(weights, parents) - weight_of(weights, &other)
}

fn dense(root: usize, edges: &[(usize, usize, f64)]) -> Vec<Vec<Option<f64>>> {
    let mut weights = vec![vec![None; root + 1]; root + 1];
    for &(u, v, w) in edges {
        weights[u][v] = Some(w);
    }
    weights
}
