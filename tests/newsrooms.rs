//! Ten newsrooms that were looked at (`tests/newsrooms/README.md`): what pairs are, and that nobody is accused falsely.

#![expect(clippy::disallowed_methods, reason = "tests read and write files")]
#![expect(clippy::unwrap_used, reason = "what a test cannot do stops it")]

use std::path::Path;
use wirecopy::config::Config;
use wirecopy::document::Document;
use wirecopy::pipeline;
use wirecopy::report::{ClusterKind, TraceReport};
use wirecopy::verify::{Relation, rule_text};

const STORIES: [&str; 10] =
    ["cupfinal", "cyclerace", "ferry", "jetsmoke", "lido", "peacedeal", "plantfire", "ratecut", "takeover", "verdict"];

fn traced(story: &str) -> (TraceReport, serde_json::Value) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/newsrooms").join(story);
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let page = |n: u32| Document { id: format!("d{n}"), text: read(&format!("d{n}.txt")), ..Document::default() };
    let report = pipeline::trace((1..=7).map(page).collect(), Vec::new(), false, &Config::default()).unwrap();
    (report, serde_json::from_str(&read("gold.json")).unwrap())
}

fn names(value: &serde_json::Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect()
}

#[test]
fn relations_are_right_and_nobody_is_accused_falsely() {
    const DERIVED: [&str; 4] = ["exact", "near_duplicate", "excerpt", "rewrite"];
    let (mut pairs, mut right, mut wrong, mut accused) = (0, 0, Vec::new(), Vec::new());
    for story in STORIES {
        let (report, gold) = traced(story);
        for pair in gold["pairs"].as_array().unwrap() {
            let (a, b, accept) = (pair["a"].as_str().unwrap(), pair["b"].as_str().unwrap(), names(&pair["accept"]));
            let found = report.pairs.iter().find(|p| (p.a.as_str(), p.b.as_str()) == (a, b));
            let said = found.map_or("unrelated", |p| p.relation.label());
            pairs += 1;
            right += usize::from(accept.contains(&said));
            let line = format!("{story} {a}-{b}: {said}, wanted {accept:?}");
            if DERIVED.contains(&said) && !accept.iter().any(|x| DERIVED.contains(x)) {
                accused.push(line);
            } else if !accept.contains(&said) {
                wrong.push(line);
            }
        }
    }
    assert!(accused.is_empty(), "{accused:#?}");
    assert!(pairs == 210 && right >= 205, "{right} of {pairs} right: {wrong:#?}");
}

#[test]
fn derivation_clusters_join_no_two_stories() {
    let mut exact = 0;
    for story in STORIES {
        let (report, gold) = traced(story);
        let wanted: Vec<Vec<&str>> = gold["clusters"]["derivation"].as_array().unwrap().iter().map(names).collect();
        let mut found: Vec<Vec<&str>> = report
            .clusters
            .iter()
            .filter(|c| c.kind == ClusterKind::Derivation)
            .map(|c| c.members.iter().map(String::as_str).collect())
            .collect();
        for members in &found {
            assert!(wanted.iter().any(|w| members.iter().all(|m| w.contains(m))), "{story}: {members:?} are no one story");
        }
        found.sort();
        let mut wanted: Vec<Vec<&str>> = wanted.into_iter().filter(|c| c.len() > 1).collect();
        wanted.iter_mut().for_each(|c| c.sort_unstable());
        wanted.sort();
        exact += usize::from(found == wanted);
    }
    assert!(exact >= 9, "{exact} of 10 stories have their clusters");
}

#[test]
fn what_follows_from_a_third_text_names_it() {
    let inferred: Vec<_> = STORIES.iter().flat_map(|s| traced(s).0.pairs).filter(|p| p.through.is_some()).collect();
    let of = |rule: &str| inferred.iter().filter(|p| p.rule == rule).collect::<Vec<_>>();
    assert!(!of("copies_of_one_source").is_empty() && of("copies_of_one_source").iter().all(|p| p.relation == Relation::Rewrite));
    assert!(!of("event_of_its_source").is_empty() && of("event_of_its_source").iter().all(|p| p.relation == Relation::SameEvent));
    assert_eq!(inferred.len(), of("copies_of_one_source").len() + of("event_of_its_source").len());
}

#[test]
fn every_rule_says_what_it_is() {
    for story in STORIES {
        for pair in traced(story).0.pairs {
            assert_ne!(rule_text(&pair.rule), pair.rule, "no text for this rule");
        }
    }
}
