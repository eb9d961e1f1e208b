//! Lineages against the truth: which edges are right, with and without page dates, with each kind of evidence left out, beside three
//! rules that look at no evidence.

use crate::config::Config;
use crate::document::Document;
use crate::error::Result;
use crate::extract::extract;
use crate::pipeline::lineages;
use crate::report::{ClusterRow, Origin};
use crate::trace::EdgeEvidenceKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use xxhash_rust::xxh3::xxh3_64;

/// What is true of a document: a line of a corpus of chains.
#[derive(Clone, Debug, Deserialize)]
pub struct LineageTruth {
    /// Its id.
    pub id: String,
    /// Documents of one cluster derive from one text; below 0 for those that derive from none.
    pub cluster: i64,
    /// Id of the document that it was made from.
    pub src: Option<String>,
}

/// What is done to the page dates before tracing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Dates {
    /// Nothing.
    Right,
    /// They are dealt anew within each cluster.
    Shuffled,
    /// They are taken away.
    Removed,
}

/// How many edges one way of finding them has right.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct EdgeScores {
    /// True edges.
    pub edges: usize,
    /// Share of the true edges between different bodies whose two documents are joined, in whatever direction.
    pub joined: f64,
    /// Share of these edges that are found from source to copy.
    pub right: f64,
    /// The same for all edges: the others leave out those between bodies with the same words, which no text can tell apart, and let
    /// each such body stand for the others as a source.
    pub strict: f64,
    /// Share of the found edges between documents that are right.
    pub precision: f64,
    /// Found edges whose direction is left open.
    pub undirected: usize,
    /// Edges into documents that were made from none.
    pub false_edges: usize,
}

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LineageRow {
    /// `all`, `without credit` and so on, `random parent`, `earliest date`, `date before`, `longest text`.
    pub found_by: String,
    /// What was done to the page dates.
    pub dates: Dates,
    /// How good it is.
    #[serde(flatten)]
    pub scores: EdgeScores,
}

/// A found edge between documents.
struct Found<'a> {
    from: &'a str,
    to: &'a str,
    directed: bool,
}

const KINDS: [(EdgeEvidenceKind, &str); 6] = [
    (EdgeEvidenceKind::Credit, "without credit"),
    (EdgeEvidenceKind::QuoteLimits, "without quote_limits"),
    (EdgeEvidenceKind::Specificity, "without specificity"),
    (EdgeEvidenceKind::Unsupported, "without unsupported"),
    (EdgeEvidenceKind::InheritedError, "without inherited_error"),
    (EdgeEvidenceKind::Date, "without date"),
];

/// Traces `documents` with their page dates right, shuffled and removed, with all evidence and with each kind left out, and applies the
/// simple rules, which are told the true clusters.
///
/// # Errors
/// [`crate::error::Error::Setting`] when a setting is out of range.
pub fn evaluate(documents: &[Document], truth: &[LineageTruth], config: &Config) -> Result<Vec<LineageRow>> {
    let mut out = Vec::new();
    let bodies = documents.iter().map(|d| (d.id.as_str(), body(d))).collect();
    let mut ways: Vec<&[EdgeEvidenceKind]> = vec![&[]];
    ways.extend(KINDS.iter().map(|k| std::slice::from_ref(&k.0)));
    for dates in [Dates::Right, Dates::Shuffled, Dates::Removed] {
        let dated = with_dates(documents, truth, dates);
        let names = std::iter::once("all").chain(KINDS.iter().map(|k| k.1));
        for (clusters, name) in lineages(dated.clone(), &ways, config)?.iter().zip(names) {
            out.push(LineageRow { found_by: name.to_owned(), dates, scores: scores(&first_sources(clusters), truth, &bodies) });
        }
        for (name, rule) in RULES {
            let edges = by_rule(&dated, truth, *rule);
            let found: Vec<Found<'_>> = edges.iter().map(|(from, to)| Found { from, to, directed: true }).collect();
            out.push(LineageRow { found_by: (*name).to_owned(), dates, scores: scores(&found, truth, &bodies) });
        }
    }
    Ok(out)
}

/// The documents with other page dates.
fn with_dates(documents: &[Document], truth: &[LineageTruth], dates: Dates) -> Vec<Document> {
    let mut out = documents.to_vec();
    match dates {
        Dates::Right => {}
        Dates::Removed => out.iter_mut().for_each(|d| d.page_date = None),
        Dates::Shuffled => {
            let cluster: BTreeMap<&str, i64> = truth.iter().map(|t| (t.id.as_str(), t.cluster)).collect();
            let mut groups: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
            for (at, d) in documents.iter().enumerate() {
                if let Some(&c) = cluster.get(d.id.as_str()) {
                    groups.entry(c).or_default().push(at);
                }
            }
            for places in groups.values() {
                let mut dealt = places.clone();
                dealt.sort_by_key(|&at| chance(&documents[at].id));
                let next = dealt.iter().cycle().skip(1);
                for (&at, &from) in dealt.iter().zip(next) {
                    out[at].page_date = documents[from].page_date;
                }
            }
        }
    }
    out
}

/// The first source of each document: its second ones come behind.
fn first_sources(clusters: &[ClusterRow]) -> Vec<Found<'_>> {
    let mut seen = BTreeSet::new();
    let edges = clusters.iter().flat_map(|c| &c.derivations).filter(|e| seen.insert(e.to.as_str()));
    edges
        .filter_map(|e| match &e.from {
            Origin::Document(from) => Some(Found { from, to: &e.to, directed: e.directed }),
            Origin::Agency(_) => None,
        })
        .collect()
}

/// The words of a body.
fn body(document: &Document) -> u64 {
    let words: Vec<String> = extract(document).words.iter().map(|w| w.norm.to_string()).collect();
    xxh3_64(words.join(" ").as_bytes())
}

fn scores(found: &[Found<'_>], truth: &[LineageTruth], bodies: &BTreeMap<&str, u64>) -> EdgeScores {
    let same = |x: &str, y: &str| x == y || bodies.get(x).is_some_and(|b| bodies.get(y) == Some(b));
    let sources: BTreeMap<&str, &str> = truth.iter().filter_map(|t| Some((t.id.as_str(), t.src.as_deref()?))).collect();
    let alone: BTreeSet<&str> = truth.iter().filter(|t| t.cluster < 0).map(|t| t.id.as_str()).collect();
    let is = |from: &str, to: &str| sources.get(to) == Some(&from);
    // An edge between two groups of equal bodies is found when any member of the one is joined with any of the other.
    let counted: Vec<(&str, &str)> = sources.iter().map(|(to, from)| (*from, *to)).filter(|(from, to)| !same(from, to)).collect();
    let finds = |e: &Found<'_>, (from, to): (&str, &str)| same(e.from, from) && e.to == to;
    let directed = counted.iter().filter(|&&t| found.iter().any(|e| e.directed && finds(e, t))).count();
    let between = |e: &Found<'_>, (x, y): (&str, &str)| same(e.from, x) && same(e.to, y) || same(e.from, y) && same(e.to, x);
    let joined = counted.iter().filter(|&&t| found.iter().any(|e| between(e, t))).count();
    let share = |hits: usize, of: usize| if of == 0 { 0.0 } else { hits as f64 / of as f64 };
    let right = found.iter().filter(|e| e.directed && is(e.from, e.to)).count();
    EdgeScores {
        edges: counted.len(),
        joined: share(joined, counted.len()),
        right: share(directed, counted.len()),
        strict: share(right, sources.len()),
        precision: share(right, found.len()),
        undirected: found.iter().filter(|e| !e.directed).count(),
        false_edges: found.iter().filter(|e| alone.contains(e.to) || alone.contains(e.from)).count(),
    }
}

/// The source of a document among the others of its cluster by a rule.
type Rule = for<'a> fn(&'a Document, &[&'a Document]) -> Option<&'a Document>;

const RULES: &[(&str, Rule)] =
    &[("random parent", by_chance), ("earliest date", earliest), ("date before", before), ("longest text", longest)];

fn by_rule(documents: &[Document], truth: &[LineageTruth], rule: Rule) -> Vec<(String, String)> {
    let by_id: BTreeMap<&str, &Document> = documents.iter().map(|d| (d.id.as_str(), d)).collect();
    let mut clusters: BTreeMap<i64, Vec<&Document>> = BTreeMap::new();
    for t in truth.iter().filter(|t| t.cluster >= 0) {
        clusters.entry(t.cluster).or_default().extend(by_id.get(t.id.as_str()));
    }
    let of_cluster = |members: &Vec<&Document>| -> Vec<(String, String)> {
        members.iter().filter_map(|d| rule(d, members).filter(|s| s.id != d.id).map(|s| (s.id.clone(), d.id.clone()))).collect()
    };
    clusters.values().flat_map(of_cluster).collect()
}

/// A number that tells nothing about a document.
fn chance(id: &str) -> u64 {
    xxh3_64(id.as_bytes())
}

fn by_chance<'a>(d: &'a Document, members: &[&'a Document]) -> Option<&'a Document> {
    members.iter().copied().filter(|m| m.id != d.id).max_by_key(|m| chance(&format!("{} {}", d.id, m.id)))
}

/// When a page is stamped; of equal stamps chance tells.
fn when(d: &Document) -> (Option<Date>, u64) {
    (d.page_date, chance(&d.id))
}

fn earliest<'a>(_: &'a Document, members: &[&'a Document]) -> Option<&'a Document> {
    members.iter().copied().min_by_key(|m| when(m))
}

fn before<'a>(d: &'a Document, members: &[&'a Document]) -> Option<&'a Document> {
    members.iter().copied().filter(|m| when(m) < when(d)).max_by_key(|m| when(m))
}

fn longest<'a>(_: &'a Document, members: &[&'a Document]) -> Option<&'a Document> {
    members.iter().copied().max_by_key(|m| (m.text.split_whitespace().count(), chance(&m.id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_count_what_was_found() {
        let truth: Vec<LineageTruth> = [("a", 1, None), ("b", 1, Some("a")), ("c", 1, Some("b")), ("d", -2, None)]
            .map(|(id, cluster, src): (&str, i64, Option<&str>)| LineageTruth { id: id.into(), cluster, src: src.map(str::to_owned) })
            .into();
        let edge = |from, to, directed| Found { from, to, directed };
        let found = [edge("a", "b", true), edge("c", "b", true), edge("a", "d", true)];
        let none = BTreeMap::new();
        let s = scores(&found, &truth, &none);
        assert_eq!((s.edges, s.joined, s.right, s.false_edges), (2, 1.0, 0.5, 1));
        let s = scores(&[edge("a", "b", false)], &truth, &none);
        assert_eq!((s.joined, s.right, s.undirected), (0.5, 0.0, 1));
        // `b` has the words of `a`: only the edge to `c` counts, and `a` may stand for `b`.
        let bodies = [("a", 1), ("b", 1), ("c", 2)].into();
        let s = scores(&[edge("a", "c", true)], &truth, &bodies);
        assert_eq!((s.edges, s.joined, s.right, s.strict), (1, 1.0, 1.0, 0.0));
    }

    #[test]
    fn rules_follow_dates_and_lengths() {
        let document = |id: &str, text: &str, day: i8| Document {
            id: id.into(),
            text: text.into(),
            page_date: Some(Date::constant(2026, 4, day)),
            ..Document::default()
        };
        let (a, b, c) = (document("a", "one two three", 1), document("b", "one two", 2), document("c", "one two three four", 3));
        let all = [&a, &b, &c];
        assert_eq!(earliest(&c, &all).unwrap().id, "a");
        assert_eq!(before(&c, &all).unwrap().id, "b");
        assert_eq!(before(&a, &all), None);
        assert_eq!(longest(&a, &all).unwrap().id, "c");
        assert_ne!(by_chance(&a, &all).unwrap().id, "a");
    }
}
