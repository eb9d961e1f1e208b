//! The rows of a report by id, and the names of its documents: made once, looked up everywhere.

use super::plain::Plain;
use std::collections::HashMap;
use wirecopy::report::{ClusterKind, DiffRow, DocumentRow, PairRow, TraceReport};

/// Longest name of a document in a column or a box.
const NAME: usize = 40;
/// Clusters up to which the page is plain markup; beyond, what is behind each is packed.
const PLAIN: usize = 100;

/// A report with its look-up tables.
pub(super) struct Catalogue<'a> {
    pub(super) report: &'a TraceReport,
    by_id: HashMap<&'a str, usize>,
    pairs: HashMap<(&'a str, &'a str), &'a PairRow>,
    by_pair: HashMap<(&'a str, &'a str), &'a DiffRow>,
    diffs: HashMap<&'a str, Vec<&'a DiffRow>>,
    names: Vec<Plain>,
    /// Whether there is so much that parts are packed.
    pub(super) large: bool,
}

impl<'a> Catalogue<'a> {
    pub(super) fn new(report: &'a TraceReport) -> Self {
        let mut diffs: HashMap<&str, Vec<&DiffRow>> = HashMap::new();
        for d in &report.fact_diffs {
            diffs.entry(&d.base).or_default().push(d);
        }
        Self {
            report,
            by_id: report.documents.iter().enumerate().map(|(i, d)| (d.id.as_str(), i)).collect(),
            pairs: report.pairs.iter().map(|p| ((p.a.as_str(), p.b.as_str()), p)).collect(),
            by_pair: report.fact_diffs.iter().map(|d| ((d.base.as_str(), d.variant.as_str()), d)).collect(),
            diffs,
            names: names(&report.documents),
            large: report.clusters.iter().filter(|c| c.kind == ClusterKind::Derivation).count() > PLAIN,
        }
    }

    /// The number of a document in the report.
    pub(super) fn index(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The document with this number.
    pub(super) fn document(&self, index: usize) -> &'a DocumentRow {
        &self.report.documents[index]
    }

    /// What the document is called on the page: its outlet, or its file, told apart from others of the same name.
    pub(super) fn name(&self, index: usize) -> &Plain {
        &self.names[index]
    }

    /// What an id is called; the id itself where the report does not hold it.
    pub(super) fn name_of(&self, id: &str) -> Plain {
        self.index(id).map_or_else(|| Plain::from(id), |i| self.name(i).clone())
    }

    /// The verdict on a pair, in either order.
    pub(super) fn pair(&self, a: &str, b: &str) -> Option<&'a PairRow> {
        self.pairs.get(&if a < b { (a, b) } else { (b, a) }).copied()
    }

    /// The fact diff of a pair.
    pub(super) fn diff(&self, base: &str, variant: &str) -> Option<&'a DiffRow> {
        self.by_pair.get(&(base, variant)).copied()
    }

    /// The fact diffs with this base.
    pub(super) fn diffs(&self, base: &str) -> &[&'a DiffRow] {
        self.diffs.get(base).map_or(&[], Vec::as_slice)
    }
}

/// The first of these that no other document could bear: outlet, outlet with file, file, folder and file, id.
fn names(documents: &[DocumentRow]) -> Vec<Plain> {
    let candidates = |d: &DocumentRow| {
        let outlet = d.publisher.as_deref().map(|p| Plain::cut(p, NAME)).filter(|p| !p.is_empty());
        let file = Plain::cut(last(&d.id, 1), NAME);
        let mut names = match outlet {
            Some(outlet) => vec![outlet.clone(), Plain::from(format!("{outlet} ({file})"))],
            None => vec![file],
        };
        names.extend([Plain::from(last(&d.id, 2)), Plain::from(&d.id)]);
        names.dedup();
        names
    };
    let all: Vec<Vec<Plain>> = documents.iter().map(candidates).collect();
    let mut bearers: HashMap<&Plain, usize> = HashMap::new();
    for name in all.iter().flatten() {
        *bearers.entry(name).or_default() += 1;
    }
    let chosen = |names: &Vec<Plain>| names.iter().find(|n| bearers.get(n) == Some(&1)).or(names.last()).cloned().unwrap_or_default();
    all.iter().map(chosen).collect()
}

/// The last parts of a path.
fn last(id: &str, parts: usize) -> &str {
    id.rmatch_indices(['/', '\\']).nth(parts - 1).map_or(id, |(at, _)| &id[at + 1..])
}
