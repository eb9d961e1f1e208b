//! The page around the clusters: head, filters, looser relations, problems.

use super::catalogue::Catalogue;
use super::cluster::{Cluster, cluster};
use super::member::{Member, member};
use super::outlets::{Outlets, outlets};
use super::packed::Part;
use super::plain::Plain;
use super::relations::{Group, looser};
use askama::Template;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use wirecopy::report::{ClusterKind, ClusterRow, TraceReport};

const STYLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/report.css"));
const SCRIPT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/report.js"));
/// The browser runs this style sheet and this script and nothing else. A test tells the right values when they change.
const STYLE_HASH: &str = "sha256-zFFosOkewGHLEhx14PNofE+912ivh+dXaYaQzF4jxTo=";
const SCRIPT_HASH: &str = "sha256-W8QLunUpHpV3Tlxvbf5PaZG2GI2z857QFC5F9nplHm4=";

/// Addresses that were scraped more than once.
#[derive(Debug)]
struct Versions {
    url: Plain,
    chosen: Plain,
    others: Plain,
}

#[derive(Debug, Template)]
#[template(path = "others.html")]
struct Others {
    others: Vec<Member>,
}

#[derive(Debug, Template)]
#[template(path = "report.html")]
pub(super) struct Page {
    style: &'static str,
    script: &'static str,
    style_hash: &'static str,
    script_hash: &'static str,
    documents: usize,
    pairs: usize,
    conflicts: usize,
    clusters: Vec<Cluster>,
    agencies: Vec<Plain>,
    relations: Vec<Plain>,
    large: bool,
    others: usize,
    other_cards: Part,
    outlets: Option<Outlets>,
    looser: Vec<Group>,
    versions: Vec<Versions>,
    capped: bool,
    problems: Vec<(Plain, Plain)>,
    fingerprint: Plain,
    settings: Vec<(Plain, Plain)>,
    site: Option<Site>,
}

/// Where the page of one cluster stands when it is served: what its own links and numbers are.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(not(feature = "serve"), allow(dead_code, reason = "only the service makes one"))]
pub(crate) struct Site {
    /// The id of the cluster.
    pub(crate) cluster: i64,
    /// Documents of the cluster, shown or not.
    pub(crate) documents: usize,
}

/// What a browser may do with the page: run its own style and script.
#[cfg(feature = "serve")]
pub(super) fn policy() -> String {
    format!("default-src 'none'; style-src '{STYLE_HASH}'; script-src '{SCRIPT_HASH}'; base-uri 'none'; form-action 'none'")
}

pub(super) fn page(report: &TraceReport, site: Option<Site>) -> anyhow::Result<Page> {
    let catalogue = Catalogue::new(report);
    let rows: Vec<&ClusterRow> = report.clusters.iter().filter(|c| c.kind == ClusterKind::Derivation).collect();
    let mut clusters: Vec<Cluster> =
        rows.par_iter().enumerate().map(|(i, row)| cluster(&catalogue, row, i + 1)).collect::<anyhow::Result<_>>()?;
    let agencies: BTreeSet<String> = clusters.iter().flat_map(|c| c.traits.agencies.iter().cloned()).collect();
    let relations: BTreeSet<&str> = clusters.iter().flat_map(|c| c.traits.relations.iter().copied()).collect();
    let agency_keys: BTreeMap<&str, usize> = agencies.iter().enumerate().map(|(i, a)| (a.as_str(), i)).collect();
    let relation_keys: BTreeMap<&str, usize> = relations.iter().enumerate().map(|(i, r)| (*r, i)).collect();
    for c in &mut clusters {
        c.agency_keys = keys(c.traits.agencies.iter().map(|a| agency_keys[a.as_str()]));
        c.relation_keys = keys(c.traits.relations.iter().map(|r| relation_keys[r]));
    }
    let told: BTreeSet<usize> = rows.iter().flat_map(|c| &c.members).filter_map(|id| catalogue.index(id)).collect();
    let versions = report.versions.iter().map(|v| {
        let others = v.members.iter().filter(|m| **m != v.chosen).map(String::as_str);
        Versions { url: Plain::from(&v.url), chosen: Plain::from(&v.chosen), others: Plain::from(others.collect::<Vec<_>>().join(", ")) }
    });
    let stamped =
        |d: &&wirecopy::report::DocumentRow| d.page_date.is_some() && d.story_date.as_ref().is_some_and(|s| s.conflicts_with_page_date);
    let problem = |p: &wirecopy::document::Problem| {
        let line = p.line.map_or_else(String::new, |n| format!(":{n}"));
        (Plain::from(format!("{}{line}", p.path)), Plain::from(&p.message))
    };
    let others = Others { others: (0..report.documents.len()).filter(|d| !told.contains(d)).map(|d| member(&catalogue, d)).collect() };
    Ok(Page {
        style: STYLE,
        script: SCRIPT,
        style_hash: STYLE_HASH,
        script_hash: SCRIPT_HASH,
        documents: report.documents.len(),
        pairs: report.pairs.len(),
        conflicts: report.documents.iter().filter(stamped).count(),
        agencies: agencies.iter().map(Plain::from).collect(),
        relations: relations.iter().map(|r| Plain::from(r.replace('_', " "))).collect(),
        large: catalogue.large,
        others: others.others.len(),
        other_cards: Part::new(others.render()?, catalogue.large)?,
        outlets: outlets(report),
        looser: looser(&catalogue),
        versions: versions.collect(),
        capped: report.hot_keys.iter().any(|h| h.keys > h.left_out),
        problems: report.problems.iter().map(problem).collect(),
        fingerprint: Plain::from(&report.config.fingerprint),
        settings: settings(report),
        clusters,
        site,
    })
}

/// Numbers, each between blanks, so that one is found as ` 3 `.
fn keys(numbers: impl Iterator<Item = usize>) -> String {
    numbers.fold(" ".to_owned(), |all, n| format!("{all}{n} "))
}

fn settings(report: &TraceReport) -> Vec<(Plain, Plain)> {
    let Ok(serde_json::Value::Object(all)) = serde_json::to_value(&report.config.config) else { return Vec::new() };
    all.iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (Plain::from(k.replace('_', " ")), Plain::from(v.to_string()))).collect()
}
