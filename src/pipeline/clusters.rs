//! Matches to clusters: of derivation with their lineage, of events by what the documents are about.

use super::{Prepared, member, round};
use crate::candidates::term_neighbours;
use crate::cluster::{DerivedLink, average_linkage, derivation_clusters};
use crate::diff::{Dispute, StatedValue, disputes};
use crate::keys::{TermIndex, TermVector};
use crate::report::{ClusterKind, ClusterRow, DerivationRow, DiffRow, DisputedRow, DisputedValue, Origin};
use crate::trace::{Compared, Edge, EdgeEvidenceKind, Learnt, Member, Node};
use crate::verify::{Match, Relation, Verdict, event_likeness, told};
use rayon::prelude::*;

/// A cluster with its lineage, by index.
pub(super) struct Traced {
    pub(super) kind: ClusterKind,
    pub(super) members: Vec<u32>,
    pub(super) origin: Option<Node>,
    pub(super) edges: Vec<Edge>,
}

/// Of two merged parts of an event cluster the documents tell the same story to this degree on average.
const SAME_EVENT: f64 = 0.45;
/// Cosine from which two documents may be about one event.
const NEAR: f64 = 0.05;
/// Groups of fewer documents are compared pair by pair: an index would cost more.
const FEW: usize = 8;

/// `shown` gives the document that stands for each: only such ones are members.
pub(super) fn traced_clusters(prepared: &[Prepared], matches: &[Match], shown: &[u32]) -> Vec<Traced> {
    let groups = Derived::new(prepared, matches, shown);
    let mut out = groups.traced(&groups.compared(prepared), &[]);
    for members in event_clusters(prepared, matches, &groups.group, shown) {
        out.push(Traced { kind: ClusterKind::Event, members, origin: None, edges: Vec::new() });
    }
    out
}

/// Derivation clusters before they are traced.
pub(super) struct Derived<'m> {
    clusters: Vec<Vec<u32>>,
    inside: Vec<Vec<&'m Match>>,
    /// The cluster of each document.
    group: Vec<Option<usize>>,
    /// Documents outside that tell an event of theirs: each is a lineage of its own.
    alone: Vec<u32>,
}

impl<'m> Derived<'m> {
    pub(super) fn new(prepared: &[Prepared], matches: &'m [Match], shown: &[u32]) -> Self {
        let stands = |i: u32| shown[i as usize] == i;
        let derived: Vec<&Match> = matches.iter().filter(|m| m.verdict.relation.is_derived() && stands(m.a) && stands(m.b)).collect();
        // Title and lead say whose story a page is; how much it shares decides among equals.
        let strength = |m: &Match| m.features.lead + 0.1 * m.features.covered[0].max(m.features.covered[1]);
        let links: Vec<DerivedLink> = derived.iter().map(|m| DerivedLink { a: m.a, b: m.b, strength: strength(m) }).collect();
        let alike = |a: u32, b: u32| prepared[a as usize].terms.cosine(&prepared[b as usize].terms);
        let found = derivation_clusters(prepared.len(), &links, &alike);
        let mut group = vec![None; prepared.len()];
        for (number, members) in found.iter().enumerate() {
            members.iter().for_each(|&m| group[m as usize] = Some(number));
        }
        let mut inside: Vec<Vec<&Match>> = vec![Vec::new(); found.len()];
        for m in derived {
            if let (Some(x), Some(y)) = (group[m.a as usize], group[m.b as usize])
                && x == y
            {
                inside[x].push(m);
            }
        }
        let mut alone: Vec<u32> = matches
            .iter()
            .filter(|m| m.verdict.relation <= Relation::SameEvent)
            .flat_map(|m| [m.a, m.b])
            .filter(|&i| group[i as usize].is_none() && stands(i))
            .collect();
        alone.sort_unstable();
        alone.dedup();
        Self { clusters: found, inside, group, alone }
    }

    /// Reads the members and weighs their pairs.
    pub(super) fn compared<'p>(&self, prepared: &'p [Prepared]) -> Comparisons<'p> {
        let members = |indices: &[u32]| -> Vec<Member<'p>> { indices.iter().map(|&i| member(&prepared[i as usize], i)).collect() };
        let mut lineages: Vec<Compared<'p>> =
            self.clusters.par_iter().zip(&self.inside).map(|(c, matches)| Compared::new(&members(c), matches)).collect();
        lineages.par_extend(self.alone.par_iter().map(|&i| Compared::new(&members(&[i]), &[])));
        let learnt = Learnt::gather(&lineages);
        Comparisons { lineages, learnt }
    }

    /// The lineages, without the kinds of evidence in `left_out`.
    pub(super) fn traced(&self, compared: &Comparisons<'_>, left_out: &[EdgeEvidenceKind]) -> Vec<Traced> {
        let trace = |(members, texts): (&Vec<u32>, &Compared<'_>)| {
            let found = texts.lineage(&compared.learnt, left_out);
            Traced { kind: ClusterKind::Derivation, members: members.clone(), origin: found.origin, edges: found.edges }
        };
        self.clusters.par_iter().zip(&compared.lineages).map(trace).collect()
    }
}

/// The lineages of a collection before they are traced, and what they tell about each other.
pub(super) struct Comparisons<'p> {
    /// Those of the clusters, then those of texts that stand alone.
    lineages: Vec<Compared<'p>>,
    learnt: Learnt,
}

/// `diffs` are the fact diffs of `pairs`, sorted by base.
pub(super) fn cluster_row(c: &Traced, prepared: &[Prepared], pairs: &[(u32, u32)], diffs: &[DiffRow]) -> ClusterRow {
    let id = |i: u32| prepared[i as usize].document.id.clone();
    let node = |n: &Node| match n {
        Node::Document(i) => Origin::Document(id(*i)),
        Node::Agency(a) => Origin::Agency(a.clone()),
    };
    let mut members: Vec<String> = c.members.iter().map(|&m| id(m)).collect();
    members.sort_unstable();
    let derivations = c
        .edges
        .iter()
        .map(|e| DerivationRow {
            from: node(&e.from),
            to: id(e.to),
            probability: round(e.probability),
            directed: e.directed,
            evidence: e.evidence.clone(),
        })
        .collect();
    let inside = |base: &u32| {
        let from = pairs.partition_point(|p| p.0 < *base);
        let own = pairs[from..].iter().take_while(move |p| p.0 == *base).zip(&diffs[from..]);
        own.flat_map(|(&(base, variant), diff)| diff.facts.iter().map(move |row| (base, variant, row))).collect::<Vec<_>>()
    };
    let derived = if c.kind == ClusterKind::Derivation { &c.members[..] } else { &[] };
    let value = |v: StatedValue| DisputedValue { document: id(v.document), span: v.span, text: v.text };
    let row = |d: Dispute| DisputedRow { kind: d.kind, values: d.values.into_iter().map(value).collect() };
    let disputed = disputes(derived.iter().flat_map(inside)).into_iter().map(row).collect();
    ClusterRow { kind: c.kind, members, origin: c.origin.as_ref().map(node), derivations, disputed }
}

/// Documents about one event: by average linkage, so that one report between two events does not join them. `group` is
/// the derivation cluster of each document: its members stay together.
fn event_clusters(prepared: &[Prepared], matches: &[Match], group: &[Option<usize>], shown: &[u32]) -> Vec<Vec<u32>> {
    let events = Events { prepared, matches, group };
    let terms: Vec<&TermVector> = prepared.iter().map(|p| &p.terms).collect();
    let mut pairs = term_neighbours(&terms, NEAR);
    let verified = matches.iter().filter(|m| m.verdict.relation <= Relation::SameEvent);
    pairs.extend(verified.map(|m| (m.a, m.b, terms[m.a as usize].cosine(terms[m.b as usize]))));
    pairs.retain(|&(a, b, _)| shown[a as usize] == a && shown[b as usize] == b);
    let links: Vec<(u32, u32, f64)> = pairs.into_par_iter().map(|(a, b, whole)| (a, b, events.of_pair(a, b, whole))).collect();
    let mut groups = average_linkage(prepared.len(), &links, SAME_EVENT, &|items| events.within(items));
    groups.retain(|g| g.len() > 1);
    groups
}

/// How much documents speak of one event.
struct Events<'a> {
    prepared: &'a [Prepared],
    matches: &'a [Match],
    group: &'a [Option<usize>],
}

impl Events<'_> {
    fn of_pair(&self, a: u32, b: u32, whole: f64) -> f64 {
        let at = self.matches.binary_search_by_key(&(a, b), |m| (m.a, m.b)).ok();
        self.likeness(a, b, || told(whole, self.lead(a, b)), at.map(|at| &self.matches[at].verdict))
    }

    fn lead(&self, a: u32, b: u32) -> f64 {
        self.prepared[a as usize].lead.cosine(&self.prepared[b as usize].lead)
    }

    fn likeness(&self, a: u32, b: u32, told: impl FnOnce() -> f64, verdict: Option<&Verdict>) -> f64 {
        let group = |i: u32| self.group[i as usize];
        let article = |i: u32| self.prepared[i as usize].is_article();
        if group(a).is_some() && group(a) == group(b) {
            1.0
        } else if article(a) && article(b) {
            event_likeness(told(), verdict)
        } else {
            0.0
        }
    }

    /// Every pair of `items`, as [`average_linkage`] asks for it.
    fn within(&self, items: &[u32]) -> Vec<f32> {
        let of = |i: &u32| &self.prepared[*i as usize];
        let indices = (items.len() >= FEW).then(|| {
            let index = |part: fn(&Prepared) -> &TermVector| TermIndex::new(&items.iter().map(|i| part(of(i))).collect::<Vec<_>>());
            (index(|p| &p.terms), index(|p| &p.lead))
        });
        let row = |row: usize| -> Vec<f32> {
            let b = items[row];
            let Some((terms, leads)) = &indices else {
                let whole = |a: u32| of(&a).terms.cosine(&of(&b).terms);
                return items[..row].iter().map(|&a| self.of_pair(a, b, whole(a)) as f32).collect();
            };
            let (mut whole, mut lead) = (vec![0.0; row], vec![0.0; row]);
            terms.with_those_before(row, &mut whole);
            leads.with_those_before(row, &mut lead);
            let cosine = |x: f32| f64::from(x).clamp(0.0, 1.0);
            let one = |((&a, whole), lead): ((&u32, f32), f32)| self.likeness(a, b, || told(cosine(whole), cosine(lead)), None) as f32;
            items[..row].iter().zip(whole).zip(lead).map(one).collect()
        };
        let mut rows: Vec<Vec<f32>> = (0..items.len()).into_par_iter().map(row).collect();
        if indices.is_some() {
            self.put_verdicts(items, &mut rows);
        }
        rows.concat()
    }

    /// Pairs that were verified, once more with their verdicts.
    fn put_verdicts(&self, items: &[u32], rows: &mut [Vec<f32>]) {
        for (column, &a) in items.iter().enumerate() {
            let from = self.matches.partition_point(|m| m.a < a);
            for m in self.matches[from..].iter().take_while(|m| m.a == a) {
                if let Ok(row) = items.binary_search(&m.b) {
                    let whole = self.prepared[a as usize].terms.cosine(&self.prepared[m.b as usize].terms);
                    rows[row][column] = self.of_pair(a, m.b, whole) as f32;
                }
            }
        }
    }
}
