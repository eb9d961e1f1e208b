//! `trace --format dot` and `graphml`: whatever articles hold, other programs read the same lineage as stands in the JSON.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test writes its files and stops where one cannot be read"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn trace(input: &str, format: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_wirecopy"))
        .args(["trace", input, "--format", format])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// From, to, probability, decided, reasons: the same from every format.
type Edge = (String, String, String, bool, usize);

fn expected(report: &serde_json::Value) -> Vec<Edge> {
    let mut edges = Vec::new();
    for cluster in report["clusters"].as_array().unwrap().iter().filter(|c| c["kind"] == "derivation") {
        for d in cluster["derivations"].as_array().unwrap() {
            let from = d["from"]["document"].as_str().map(plain);
            let from = from.unwrap_or_else(|| format!("{}, unseen copy", d["from"]["agency"].as_str().unwrap()));
            let probability = format!("{:.4}", d["probability"].as_f64().unwrap());
            let reasons = d["evidence"].as_array().unwrap().len();
            edges.push((from, plain(d["to"].as_str().unwrap()), probability, d["directed"].as_bool().unwrap(), reasons));
        }
    }
    edges.sort();
    edges
}

/// An id as any output shows it: on one line, without what turns text round, or that XML cannot hold.
fn plain(id: &str) -> String {
    let shown = id.replace(['\u{202e}', '\u{7}', '\u{fffe}', '\u{0}'], "");
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

type Attributes = BTreeMap<String, String>;

/// The part of the language of Graphviz that is written, read strictly.
struct Dot<'t> {
    rest: &'t str,
}

impl Dot<'_> {
    fn next(&mut self) -> Option<String> {
        self.rest = self.rest.trim_start();
        let first = self.rest.chars().next()?;
        if first == '"' {
            let mut text = String::new();
            let mut chars = self.rest.char_indices().skip(1);
            while let Some((at, c)) = chars.next() {
                match c {
                    '"' => {
                        self.rest = &self.rest[at + 1..];
                        return Some(format!("\"{text}"));
                    }
                    '\\' => match chars.next().unwrap().1 {
                        'n' => text.push('\n'),
                        c @ ('"' | '\\') => text.push(c),
                        c => panic!("an escape of labels: \\{c}"),
                    },
                    c => text.push(c),
                }
            }
            panic!("a string that does not end");
        }
        let length = if self.rest.starts_with("->") {
            2
        } else if first.is_ascii_alphanumeric() {
            self.rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.').unwrap()
        } else {
            assert!("{}[];,=".contains(first), "{first} outside a string");
            1
        };
        let (token, rest) = self.rest.split_at(length);
        self.rest = rest;
        Some(token.to_owned())
    }

    fn wants(&mut self, token: &str) {
        assert_eq!(self.next().as_deref(), Some(token));
    }

    fn attributes(&mut self) -> Attributes {
        let mut found = Attributes::new();
        loop {
            let name = self.next().unwrap();
            self.wants("=");
            let value = self.next().unwrap();
            assert!(found.insert(name, value.trim_start_matches('"').to_owned()).is_none());
            match self.next().as_deref() {
                Some("]") => break,
                other => assert_eq!(other, Some(",")),
            }
        }
        self.wants(";");
        found
    }
}

/// Nodes by name; edges with their ends.
type Graph = (BTreeMap<String, Attributes>, Vec<(String, String, Attributes)>);

fn read_dot(text: &str) -> Graph {
    let mut dot = Dot { rest: text };
    let (mut nodes, mut edges, mut depth) = (BTreeMap::new(), Vec::new(), 1);
    for token in ["digraph", "lineage", "{"] {
        dot.wants(token);
    }
    while let Some(token) = dot.next() {
        match token.as_str() {
            "subgraph" => {
                assert!(dot.next().unwrap().starts_with("cluster_"));
                dot.wants("{");
                depth += 1;
            }
            "}" => depth -= 1,
            "label" => {
                dot.wants("=");
                assert!(dot.next().unwrap().starts_with("\"Derivation cluster "));
                dot.wants(";");
            }
            name => match dot.next().as_deref() {
                Some("->") => {
                    let to = dot.next().unwrap();
                    dot.wants("[");
                    edges.push((name.to_owned(), to, dot.attributes()));
                }
                other => {
                    assert_eq!(other, Some("["), "after {name}");
                    nodes.insert(name.to_owned(), dot.attributes());
                }
            },
        }
    }
    assert_eq!(depth, 0);
    (nodes, edges)
}

fn edges_of_dot(text: &str) -> Vec<Edge> {
    let (nodes, edges) = read_dot(text);
    let name = |node: &str| {
        let node = &nodes[node];
        if node["kind"] == "agency" { node["label"].clone() } else { plain(&node["document"]) }
    };
    let edge = |(from, to, a): &(String, String, Attributes)| {
        assert_eq!(a.get("dir").map(String::as_str), (a["directed"] == "false").then_some("none"));
        (name(from), name(to), a["probability"].clone(), a["directed"] == "true", a["evidence"].lines().count())
    };
    let mut edges: Vec<Edge> = edges.iter().map(edge).collect();
    edges.sort();
    edges
}

fn edges_of_graphml(text: &str) -> Vec<Edge> {
    let document = roxmltree::Document::parse(text).unwrap();
    let keys: Vec<&str> = document.descendants().filter(|n| n.has_tag_name("key")).map(|n| n.attribute("id").unwrap()).collect();
    let data = |node: roxmltree::Node<'_, '_>, key: &str| {
        assert!(keys.contains(&key));
        let found = node.children().find(|d| d.attribute("key") == Some(key));
        found.map(|d| d.text().unwrap_or_default().to_owned())
    };
    let nodes: BTreeMap<&str, String> = document
        .descendants()
        .filter(|n| n.tag_name().name() == "node")
        .map(|n| (n.attribute("id").unwrap(), plain(&data(n, "document").unwrap_or_else(|| data(n, "label").unwrap()))))
        .collect();
    let mut edges: Vec<Edge> = document
        .descendants()
        .filter(|n| n.tag_name().name() == "edge")
        .map(|e| {
            let end = |which| nodes[e.attribute(which).unwrap()].clone();
            let reasons = data(e, "evidence").unwrap().lines().count();
            (end("source"), end("target"), data(e, "probability").unwrap(), e.attribute("directed") != Some("false"), reasons)
        })
        .collect();
    edges.sort();
    edges
}

fn assert_same(input: &str) -> Vec<Edge> {
    let wanted = expected(&serde_json::from_str(&trace(input, "json")).unwrap());
    assert_eq!(edges_of_dot(&trace(input, "dot")), wanted);
    assert_eq!(edges_of_graphml(&trace(input, "graphml")), wanted);
    wanted
}

#[test]
fn the_lineage_of_the_newsrooms_is_the_same_in_each_format() {
    let edges = assert_same("tests/newsrooms");
    assert!(edges.len() > 20 && edges.iter().any(|e| e.0.ends_with("unseen copy")) && edges.iter().any(|e| e.4 > 1));
}

fn hostile() -> PathBuf {
    let attack = "\\\" ]; evil -> n0 [label=\"x\\\\ </data></node>]]> &amp; &lt;b&gt; <!-- \u{202e}txt\u{7} \u{fffe} \\N \\";
    let story = |injured: u32| {
        format!(
            "LINDAU CROSS, May 6 (AFP) — The glassworks at Lindau Cross will reopen after the flood, its director {attack} said.\n\n\
             \"A furnace does not like to move and we moved it twice,\" Marta Olsen told reporters on Monday.\n\n\
             The flood left {injured} workers hurt and closed the works for nine weeks.\n\n\
             The plant made 120 tonnes of window glass a day before the river rose; it will make 80 tonnes from June, she added.\n\n\
             Insurers put the damage at $10.6 million, among the highest in the valley since the storm of 1987.\n\n— AFP\n"
        )
    };
    let record = |n: u32, injured| {
        serde_json::json!({"id": format!("{attack} {n}"), "title": attack, "publisher": attack, "url": format!("javascript:{attack}/{n}"), "text": story(injured)})
            .to_string()
    };
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-lineage.jsonl");
    std::fs::write(&path, [record(1, 14), record(2, 41)].join("\n")).unwrap();
    path
}

#[test]
fn what_articles_bring_stays_in_its_string() {
    let input = hostile();
    let edges = assert_same(input.to_str().unwrap());
    assert!(!edges.is_empty(), "the two are one cluster");
    let (nodes, _) = read_dot(&trace(input.to_str().unwrap(), "dot"));
    assert!(nodes.values().all(|n| !n.contains_key("URL") && !n.contains_key("href")), "no link to what an article claims");
}

#[test]
fn a_collection_without_copies_is_an_empty_graph() {
    assert!(assert_same("tests/cmd/inputs/desk/wire.txt").is_empty());
}
