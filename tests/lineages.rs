//! Lineages: parents in the newsrooms that were looked at, and edges in a small corpus of chains.
#![expect(clippy::disallowed_methods, reason = "a test reads its files, and what it cannot do stops it")]

use std::collections::BTreeMap;
use std::path::Path;
use wirecopy::config::Config;
use wirecopy::document::Document;
use wirecopy::pipeline::{lineages, trace};
use wirecopy::report::{ClusterKind, Origin};
use wirecopy::synth::{Corpus, Kind};
use wirecopy::trace::EdgeEvidenceKind;

const STORIES: [&str; 10] =
    ["cupfinal", "cyclerace", "ferry", "jetsmoke", "lido", "peacedeal", "plantfire", "ratecut", "takeover", "verdict"];

/// `parent` and `parent_accept` of a document of the gold file.
fn parents(document: &serde_json::Value) -> Vec<String> {
    let named = |v: &serde_json::Value| match v {
        serde_json::Value::String(s) => vec![s.clone()],
        serde_json::Value::Array(a) => a.iter().filter_map(|x| x.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    };
    [named(&document["parent"]), named(&document["parent_accept"])].concat()
}

#[test]
fn most_parents_are_right_and_no_source_is_called_a_copy() {
    let (mut derived, mut wrong) = (0, Vec::new());
    for story in STORIES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/newsrooms").join(story);
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
        let page = |n: u32| Document { id: format!("d{n}"), text: read(&format!("d{n}.txt")), ..Document::default() };
        let report = trace((1..=7).map(page).collect(), Vec::new(), false, &Config::default()).unwrap();
        let gold: serde_json::Value = serde_json::from_str(&read("gold.json")).unwrap();
        let clusters: Vec<_> = report.clusters.iter().filter(|c| c.kind == ClusterKind::Derivation).collect();
        for (id, document) in gold["documents"].as_object().unwrap() {
            let wanted = parents(document);
            let mut edges: Vec<_> = clusters.iter().flat_map(|c| &c.derivations).filter(|e| e.to == *id).collect();
            edges.sort_by(|x, y| y.probability.total_cmp(&x.probability));
            let found = edges.first().map(|e| match &e.from {
                Origin::Document(from) => from.clone(),
                Origin::Agency(name) => format!("{name}*"),
            });
            if wanted.is_empty() {
                assert!(found.as_ref().is_none_or(|f| f.ends_with('*')), "{story} {id} is no copy, found {found:?}");
            } else {
                derived += 1;
                if found.as_ref().is_none_or(|f| !wanted.contains(f)) {
                    wrong.push(format!("{story} {id}: {found:?}, wanted {wanted:?}"));
                }
            }
        }
    }
    assert!(derived == 38 && wrong.len() <= 5, "{} of {derived}: {wrong:#?}", wrong.len());
}

#[test]
fn chains_are_found_again_and_each_kind_of_evidence_can_be_left_out() {
    let corpus = Corpus::new(Kind::Chains, 9);
    let rows: Vec<_> = (0..12).flat_map(|n| corpus.cluster(n)).collect();
    let sources: BTreeMap<&str, &str> = rows.iter().filter_map(|r| Some((r.id.as_str(), r.src.as_deref()?))).collect();
    let document = |r: &wirecopy::synth::Labelled| Document {
        id: r.id.clone(),
        text: r.text.clone(),
        title: r.title.clone(),
        page_date: r.date.as_ref().and_then(|d| d.parse().ok()),
        ..Document::default()
    };
    let found = lineages(rows.iter().map(document).collect(), &[&[], &[EdgeEvidenceKind::InheritedError]], &Config::default()).unwrap();
    let right = |at: usize| {
        let edges = found[at].iter().flat_map(|c: &wirecopy::report::ClusterRow| &c.derivations);
        edges.filter(|e| matches!(&e.from, Origin::Document(from) if sources.get(e.to.as_str()) == Some(&from.as_str()))).count()
    };
    let (all, without) = (right(0), right(1));
    assert!(all * 10 >= sources.len() * 6, "{all} of {}", sources.len());
    assert!(without < all, "what copies inherit tells the nearer source: {without} without it, {all} with it");
    let left = found[1].iter().flat_map(|c| &c.derivations).flat_map(|e| &e.evidence);
    assert!(left.into_iter().all(|e| e.kind != EdgeEvidenceKind::InheritedError));
}
