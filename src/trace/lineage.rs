//! The tree of a cluster: the branching of greatest weight, with unseen agency copies as parents.

use super::branching::{greedy_branching, maximum_branching, weight_of};
use super::direction::{Context, Leaning, Pair, Weighed};
use super::edge::{Edge, EdgeEvidence, EdgeEvidenceKind, Lineage, Member, Node};
use super::learnt::Learnt;
use super::readings::{Readings, Variants};
use super::tally::{Held, Holdings};
use super::wire::agency;
use crate::verify::Match;
use std::collections::BTreeMap;

/// In clusters beyond this the direction of an edge is read from its two texts alone, not from the whole tree.
const MAX_MARGINS: usize = 40;

/// In clusters beyond this the branching is built edge by edge, which is linear in the edges and nearly as good.
const MAX_EXACT: usize = 200;

/// What being a source of one's own weighs, in log-odds: every other text of a verified cluster came from somewhere,
/// so that a second source costs more than a weak edge does.
const ROOT: f64 = -40.0;

/// What agency copy without a page around it has in its favour.
const WIRE: f64 = 4.5;

/// A direction whose log-odds are below this is not decided.
const MARGIN: f64 = 0.3;

/// No direction is surer than this, in log-odds: the terms are not independent.
const SUREST: f64 = 4.0;

/// What readings of the copy that a source lacks and others have weigh, and at most.
const LACKING: f64 = 0.7;
const MOST_LACKING: f64 = 12.0;

/// A text that credits an agency came from it sooner than from another page that does.
const CREDITED: f64 = 0.3;
/// A text without credit came from a page that is there sooner than from a copy that is not.
const UNCREDITED: f64 = -1.5;
/// The same headline as a page is no accident.
const SAME_HEADLINE: f64 = 2.5;

/// A second source is told when it alone has so much of the copy.
const SECOND: f64 = 2.5;

/// The texts of one lineage, read, and weighed in pairs.
pub struct Compared<'t> {
    weighed: Vec<Weighed<'t>>,
    readings: Vec<Readings>,
    /// By the places of the two, the smaller first.
    pairs: BTreeMap<(usize, usize), Pair>,
}

impl<'t> Compared<'t> {
    /// Compares `members`, given in index order; `matches` are the verified pairs among them.
    #[must_use]
    pub fn new(members: &[Member<'t>], matches: &[&Match]) -> Self {
        let place = |index: u32| members.binary_search_by_key(&index, |m| m.index).ok();
        let found: Vec<(usize, usize, &Match)> = matches.iter().filter_map(|m| Some((place(m.a)?, place(m.b)?, *m))).collect();
        let holdings: Vec<Holdings> = members.iter().map(Holdings::of).collect();
        let held = Held::new(members, &holdings, found.iter().map(|(a, b, m)| (*a, *b, &m.features)));
        let weighed: Vec<Weighed<'t>> = members.iter().zip(holdings).map(|(m, h)| Weighed::new(*m, h)).collect();
        let pair = |&(a, b, m): &(usize, usize, &Match)| ((a, b), Pair::new((a, &weighed[a]), (b, &weighed[b]), m, &held));
        let pairs = found.iter().map(pair).collect();
        Self { readings: members.iter().map(Readings::of).collect(), pairs, weighed }
    }

    pub(super) fn readings(&self) -> &[Readings] {
        &self.readings
    }

    pub(super) fn pairs(&self) -> impl Iterator<Item = &Pair> {
        self.pairs.values()
    }

    /// Traces the lineage with what the collection tells. Kinds of evidence in `left_out` are not used.
    #[must_use]
    pub fn lineage(&self, learnt: &Learnt, left_out: &[EdgeEvidenceKind]) -> Lineage {
        Cluster::new(self, Context { learnt, left_out }).traced()
    }
}

/// A cluster while it is traced.
struct Cluster<'c, 't> {
    texts: &'c Compared<'t>,
    context: Context<'c>,
    variants: Variants<'c>,
    /// For each pair of a source and a copy.
    leanings: BTreeMap<(usize, usize), Leaning>,
    /// For each copy the least that any source lacks of it.
    least: Vec<f64>,
    wire: Vec<bool>,
    /// Agencies that are credited and whose copy is not there, with the members that credit them.
    unseen: Vec<(&'t str, Vec<usize>)>,
    inherited: bool,
    credited: bool,
}

impl<'c, 't> Cluster<'c, 't> {
    fn new(texts: &'c Compared<'t>, context: Context<'c>) -> Self {
        let credited = !context.left_out.contains(&EdgeEvidenceKind::Credit);
        let inherited = !context.left_out.contains(&EdgeEvidenceKind::InheritedError);
        let variants = Variants::new(&texts.readings, &context.learnt.elsewhere);
        let mut leanings = BTreeMap::new();
        let mut least = vec![f64::INFINITY; texts.weighed.len()];
        for (&(a, b), pair) in &texts.pairs {
            for (u, v, turned) in [(a, b, false), (b, a, true)] {
                leanings.insert((u, v), pair.leaning(turned, context));
                least[v] = least[v].min(variants.lacking(v, &[u]));
            }
        }
        let wire: Vec<bool> = texts.weighed.iter().map(|w| credited && w.nearness.is_wire()).collect();
        let sent: Vec<&str> = texts.weighed.iter().zip(&wire).filter(|(_, w)| **w).filter_map(|(w, _)| agency(&w.member)).collect();
        let mut crediting: BTreeMap<&'t str, Vec<usize>> = BTreeMap::new();
        for (v, w) in texts.weighed.iter().enumerate() {
            if let Some(name) = agency(&w.member).filter(|a| !sent.contains(a)) {
                crediting.entry(name).or_default().push(v);
            }
        }
        Self { texts, context, variants, leanings, least, wire, unseen: crediting.into_iter().collect(), inherited, credited }
    }

    fn count(&self) -> usize {
        self.texts.weighed.len()
    }

    fn member(&self, at: usize) -> &Member<'t> {
        &self.texts.weighed[at].member
    }

    /// The pair of a source and a copy, and whether it is turned.
    fn pair(&self, u: usize, v: usize) -> Option<(&Pair, bool)> {
        Some((self.texts.pairs.get(&(u.min(v), u.max(v)))?, v < u))
    }

    fn traced(&self) -> Lineage {
        let n = self.count();
        let root = n + self.unseen.len();
        let edges = self.edges();
        let weights = (n <= MAX_EXACT).then(|| dense(root, &edges));
        let parents = weights.as_ref().map_or_else(|| greedy_branching(root + 1, &edges, root), |w| maximum_branching(w, root));
        let weights = weights.filter(|_| n <= MAX_MARGINS);
        let mut out = Lineage::default();
        let mut roots = Vec::new();
        for (v, member) in self.texts.weighed.iter().map(|w| &w.member).enumerate() {
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

    /// What readings cost the edge `u -> v`, beside the source of `v` that they suit best.
    fn unlikeness(&self, u: usize, v: usize) -> f64 {
        // Versions of agency copy gain as much as they lose.
        let versions = self.wire[u] && self.wire[v];
        let lacking = if versions { self.lacking(v, &[u]).min(self.lacking(u, &[v])) } else { self.lacking(v, &[u]) };
        lacking.min(MOST_LACKING)
    }

    /// All edges between members, then those from unseen copies (`n` and up), then those from the root.
    fn edges(&self) -> Vec<(usize, usize, f64)> {
        let n = self.count();
        let root = n + self.unseen.len();
        let mut out = Vec::new();
        // The best of what the others explain of a text: the copy that they were made from explains no less.
        let mut best = vec![f64::NEG_INFINITY; n];
        // A later version of agency copy has the earlier one as its source.
        let mut later_version = vec![false; n];
        for (&(u, v), leaning) in &self.leanings {
            let unlikeness = self.unlikeness(u, v);
            out.push((u, v, leaning.score - unlikeness));
            best[v] = best[v].max(leaning.nearest() - unlikeness);
            later_version[v] |= self.wire[u];
        }
        if self.credited {
            for (a, (_, crediting)) in self.unseen.iter().enumerate() {
                out.extend((0..n).filter(|&v| !self.wire[v]).map(|v| (n + a, v, best[v].max(ROOT) + self.of_agency(v, crediting))));
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
        let title = |at: usize| &self.texts.weighed[at].headline;
        let same = !title(v).is_empty() && siblings.iter().any(|&u| title(u) == title(v) && self.longer(u, v));
        more + if own { CREDITED } else { UNCREDITED } - if same { SAME_HEADLINE } else { 0.0 }
    }

    fn longer(&self, u: usize, v: usize) -> bool {
        self.member(u).article.words.len() > self.member(v).article.words.len()
    }

    /// `weights`, where given, are those of the whole tree: what the best tree with the edge turned round costs tells how sure its direction is.
    fn document_edge(&self, u: usize, v: usize, parents: &[Option<usize>], weights: Option<&[Vec<Option<f64>>]>) -> Option<Edge> {
        let (leaning, (pair, turned)) = (self.leanings.get(&(u, v))?, self.pair(u, v)?);
        let margin = weights.map_or(leaning.direction, |w| margin(w, parents, (u, v)));
        let direction = 1.0 / (1.0 + (-margin.min(SUREST)).exp());
        let mut evidence = pair.evidence(turned, (&self.texts.weighed[u], &self.texts.weighed[v]), self.context);
        evidence.extend(self.inherited_from(u, v, parents));
        evidence.sort_by(|x, y| y.weight.abs().total_cmp(&x.weight.abs()).then(x.kind.cmp(&y.kind)));
        Some(Edge {
            from: Node::Document(self.member(u).index),
            to: self.member(v).index,
            probability: pair.probability * direction,
            directed: margin >= MARGIN,
            evidence,
        })
    }

    /// What shows that `v` came by way of `u` and not from the text that `u` was made from.
    fn inherited_from(&self, u: usize, v: usize, parents: &[Option<usize>]) -> Option<EdgeEvidence> {
        let beyond = parents[u].filter(|&p| p < self.count() && self.inherited)?;
        let (weight, shown) = self.variants.only_in((u, v), &[beyond], self.member(v).text);
        let (from, copy, first) = (self.member(u).id, self.member(v).id, self.member(beyond).id);
        (weight >= 0.5).then(|| EdgeEvidence {
            kind: EdgeEvidenceKind::InheritedError,
            weight: rounded(LACKING * weight.min(MOST_LACKING)),
            text: format!("{copy} has {} as {from} does, {first} does not", quoted(&shown)),
        })
    }

    fn agency_edge(&self, a: usize, v: usize) -> Edge {
        let (name, crediting) = &self.unseen[a];
        let member = self.member(v);
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
        let first = parents[v].filter(|&u| u < self.count() && self.inherited)?;
        let others = self.leanings.range((0, 0)..).filter(|((w, to), _)| *to == v && *w != first && !descends(*w, v, parents));
        let told = others.filter(|(_, l)| l.direction >= 0.0).filter_map(|(&(w, _), l)| {
            let (weight, shown) = self.variants.only_in((w, v), &[first], self.member(v).text);
            (weight >= SECOND).then_some((weight, shown, w, l))
        });
        let (weight, shown, w, leaning) = told.max_by(|x, y| x.0.total_cmp(&y.0).then(y.2.cmp(&x.2)))?;
        let text = format!(
            "a second source: {} has {} as {} does, {} does not",
            self.member(v).id,
            quoted(&shown),
            self.member(w).id,
            self.member(first).id
        );
        Some(Edge {
            from: Node::Document(self.member(w).index),
            to: self.member(v).index,
            // Below that of the first source, which explains more of the text.
            probability: 0.3 * self.pair(w, v)?.0.probability / (1.0 + (-leaning.direction).exp()),
            directed: leaning.direction >= MARGIN,
            evidence: vec![EdgeEvidence { kind: EdgeEvidenceKind::InheritedError, weight: rounded(weight.min(MOST_LACKING)), text }],
        })
    }
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
