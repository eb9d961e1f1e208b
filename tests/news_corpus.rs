//! `dedup` over news: heavy edits, truncations and excerpts, on texts made here.

#![expect(clippy::unwrap_used, reason = "what a test cannot do stops it")]

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};
use wirecopy::candidates::Spill;
use wirecopy::config::Config;
use wirecopy::corpus::{Inputs, Outputs, RecordLines, Request, RowLines, Silent, Stages, Summary, dedup};

/// Columns that outlive a run, as files do.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<Vec<u32>>>>);

impl Spill for Shared {
    fn clear(&mut self, _: usize) {}
    fn append(&mut self, column: usize, values: &[u32]) -> io::Result<()> {
        let mut columns = self.0.lock().unwrap();
        let length = (column + 1).max(columns.len());
        columns.resize(length, Vec::new());
        columns[column].extend_from_slice(values);
        Ok(())
    }
    fn read(&mut self, column: usize, values: &mut Vec<u32>) -> io::Result<()> {
        values.clone_from(&self.0.lock().unwrap()[column]);
        Ok(())
    }
}

/// Stages that forget what comes after the first few.
#[derive(Clone, Default)]
struct Kept(BTreeMap<String, Vec<u8>>);

impl Stages for Kept {
    fn load(&mut self, stage: &str) -> io::Result<Option<Vec<u8>>> {
        Ok(self.0.get(stage).cloned())
    }
    fn save(&mut self, stage: &str, rows: &[u8]) -> io::Result<()> {
        self.0.insert(stage.to_owned(), rows.to_vec());
        Ok(())
    }
}

struct Run {
    kept: String,
    clusters: String,
    summary: Summary,
}

impl Run {
    fn row(&self, id: &str) -> serde_json::Value {
        self.clusters.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()).find(|r| r["id"] == id).unwrap()
    }

    fn together(&self, one: &str, other: &str) -> bool {
        self.row(one)["cluster"] == self.row(other)["cluster"]
    }
}

fn run_with(
    documents: &[(&str, String)],
    config: &Config,
    memory: u64,
    threads: usize,
    spills: [Shared; 3],
    stages: Option<&mut Kept>,
) -> Run {
    let lines: Vec<String> = documents.iter().map(|(id, text)| serde_json::json!({ "id": id, "text": text }).to_string()).collect();
    let text = lines.join("\n").into_bytes();
    let mut inputs = Inputs::default();
    inputs.push("news".into(), text.len() as u64, 0, Box::new(text));
    let (mut kept, mut clusters) = (Vec::new(), Vec::new());
    let [bands, grams, pairs] = spills.map(|s| Some(Box::new(s) as Box<dyn Spill>));
    let request = Request {
        inputs: &inputs,
        config,
        memory,
        spill: bands,
        gram_spills: [grams, pairs],
        stages: stages.map(|s| s as &mut dyn Stages),
        monitor: &Silent,
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let summary = pool
        .install(|| dedup(request, Outputs { kept: &mut RecordLines::new(&mut kept), clusters: Some(&mut RowLines::new(&mut clusters)) }))
        .unwrap();
    Run { kept: String::from_utf8(kept).unwrap(), clusters: String::from_utf8(clusters).unwrap(), summary }
}

fn run(documents: &[(&str, String)], config: &Config) -> Run {
    run_with(documents, config, 1 << 30, 1, <[Shared; 3]>::default(), None)
}

/// A small generator (SplitMix64), so that texts are the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % n
    }
}

/// `count` words of a small language: phrases repeat across texts, as they do in news.
fn story(seed: u64, count: usize) -> Vec<String> {
    let mut random = Random(seed);
    let mut words = Vec::new();
    while words.len() < count {
        if random.below(4) == 0 {
            let phrase = random.below(40);
            words.extend((0..4).map(|i| format!("phrase{phrase}part{i}")));
        } else {
            words.push(format!("word{}", random.below(3000)));
        }
    }
    words.truncate(count);
    words
}

/// One word in five replaced, doubled or left out.
fn edited(words: &[String], seed: u64) -> Vec<String> {
    let mut random = Random(seed);
    let mut out = Vec::new();
    for word in words {
        match random.below(25) {
            0..=2 => out.push(format!("word{}", random.below(3000))),
            3 => out.extend([word.clone(), format!("word{}", random.below(3000))]),
            4 => {}
            _ => out.push(word.clone()),
        }
    }
    out
}

fn host(own: &[String], part: &[String]) -> Vec<String> {
    let half = own.len() / 2;
    [&own[..half], part, &own[half..]].concat()
}

fn text(words: &[String]) -> String {
    words.join(" ")
}

fn newsroom() -> Vec<(&'static str, String)> {
    let (source, other) = (story(1, 400), story(2, 380));
    let foot = story(70, 140);
    vec![
        ("source", text(&source)),
        ("other", text(&other)),
        ("edited", text(&edited(&source, 5))),
        ("truncated", text(&source[..160])),
        ("host", text(&host(&story(3, 400), &source[90..250]))),
        ("background", text(&host(&story(4, 400), &source[20..70]))),
        ("page one", text(&[story(5, 300), foot.clone()].concat())),
        ("page two", text(&[story(6, 300), foot].concat())),
        ("wall", "please accept our cookies to go on".into()),
        ("wall again", "please accept all our cookies to go on".into()),
    ]
}

#[test]
fn derivatives_are_linked_to_their_source_and_nothing_else_is() {
    let documents = newsroom();
    let found = run(&documents, &Config::news_corpus());
    for (id, relation, kept) in [("edited", "rewrite", true), ("truncated", "excerpt", false), ("host", "excerpt", true)] {
        let row = found.row(id);
        assert_eq!((&row["cluster"], &row["counterpart"]), (&"source".into(), &"source".into()), "{row}");
        assert_eq!((&row["relation"], &row["kept"]), (&relation.into(), &kept.into()), "{row}");
    }
    for id in ["other", "background", "page one", "page two", "wall"] {
        let row = found.row(id);
        assert!(row["cluster"] == id && row["counterpart"].is_null() && row["kept"] == true, "{row}");
    }
    assert_eq!(found.row("truncated")["containment"], 1.0);
    assert_eq!(found.kept.lines().count(), documents.len() - 1);
    assert!(found.summary.derivatives.is_some_and(|d| d.verified >= 3));
    let corpus = run(&documents, &Config::default());
    assert!(!corpus.together("edited", "source") && !corpus.together("host", "source"));
    assert!(corpus.summary.derivatives.is_none());
}

#[test]
fn a_page_with_parts_of_two_stories_joins_one_and_merges_none() {
    let (one, two) = (story(11, 300), story(12, 300));
    let page = [&story(13, 60)[..], &one[50..190], &story(14, 60), &two[40..220], &story(15, 60)].concat();
    let documents = [("one", text(&one)), ("two", text(&two)), ("page", text(&page))];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let turned: Vec<_> = order.iter().map(|&i: &usize| documents[i].clone()).collect();
        let found = run(&turned, &Config::news_corpus());
        assert!(found.together("page", "two") && !found.together("one", "two"), "{order:?}");
        assert!(found.clusters.lines().all(|l| l.contains("\"kept\":true")), "{order:?}");
    }
    // The link that joins nothing is told.
    let found = run(&[documents[1].clone(), documents[2].clone(), documents[0].clone()], &Config::news_corpus());
    assert_eq!((&found.row("one")["counterpart"], &found.row("one")["relation"]), (&"page".into(), &"excerpt".into()));
}

#[test]
fn whole_texts_inside_one_page_do_not_merge_either() {
    let (one, two) = (story(21, 200), story(22, 220));
    let page = [&story(23, 60)[..], &one, &story(24, 40), &two].concat();
    let documents = [("page", text(&page)), ("one", text(&one)), ("two", text(&two))];
    let found = run(&documents, &Config::news_corpus());
    assert!(found.together("page", "two") && !found.together("one", "two"), "{}", found.clusters);
    // Removed is only what is in the cluster of the page that holds it.
    assert_eq!((&found.row("two")["kept"], &found.row("one")["kept"]), (&false.into(), &true.into()));
}

#[test]
fn hot_families_stay_together() {
    let source = story(31, 400);
    let mut documents = vec![("source".to_owned(), text(&source))];
    documents.extend((0..40).map(|i| (format!("edited {i}"), text(&edited(&source, 100 + i)))));
    documents.extend((0..40).map(|i| (format!("other {i}"), text(&story(200 + i, 400)))));
    let borrowed: Vec<(&str, String)> = documents.iter().map(|(id, text)| (id.as_str(), text.clone())).collect();
    let found = run(&borrowed, &Config { max_df_floor: 100, ..Config::news_corpus() });
    for i in 0..40 {
        assert!(found.together(&format!("edited {i}"), "source"), "{i}");
        assert!(found.row(&format!("other {i}"))["counterpart"].is_null());
    }
}

#[test]
fn memory_threads_and_stops_change_nothing() {
    let mut documents = newsroom();
    let more: Vec<(String, String)> = (0..60).map(|i| (format!("d{i}"), text(&edited(&story(300 + i / 2, 200), i)))).collect();
    documents.extend(more.iter().map(|(id, text)| (id.as_str(), text.clone())));
    let config = Config::news_corpus();
    let whole = run(&documents, &config);
    let small = run_with(&documents, &config, 1, 3, <[Shared; 3]>::default(), None);
    assert!(small.summary.spilled);
    assert_eq!((&whole.kept, &whole.clusters), (&small.kept, &small.clusters));
    let names = ["read", "join", "verify", "grams", "derive"];
    let (mut all, [bands, grams, pairs]) = (Kept::default(), <[Shared; 3]>::default());
    run_with(&documents, &config, 1 << 30, 1, [bands.clone(), grams.clone(), pairs], Some(&mut all));
    for finished in 1..=names.len() {
        let mut left = Kept(names[..finished].iter().map(|n| ((*n).to_owned(), all.0[*n].clone())).collect());
        let spills = [bands.clone(), grams.clone(), Shared::default()];
        let again = run_with(&documents, &config, 1 << 30, 2, spills, Some(&mut left));
        assert_eq!(again.summary.stages.iter().filter(|s| s.resumed).count(), finished);
        assert_eq!((&whole.kept, &whole.clusters), (&again.kept, &again.clusters), "{finished}");
    }
}

#[test]
fn a_page_of_exactly_two_stories_merges_none() {
    // One of them is more than half of the page: the two are linked directly.
    for (fewer, more) in [(200, 260), (230, 230), (180, 300)] {
        let (one, two) = (story(41, fewer), story(42, more));
        let documents =
            [("one", text(&one)), ("two", text(&two)), ("page", text(&[&one[..], &two].concat())), ("two again", text(&edited(&two, 9)))];
        for order in [[0, 1, 2, 3], [0, 2, 1, 3], [1, 0, 2, 3], [1, 2, 3, 0], [2, 0, 1, 3], [2, 3, 1, 0], [3, 0, 2, 1]] {
            let turned: Vec<_> = order.iter().map(|&i: &usize| documents[i].clone()).collect();
            let found = run(&turned, &Config::news_corpus());
            assert!(!found.together("one", "two"), "{fewer} {order:?}\n{}", found.clusters);
            assert!(found.together("two", "two again"), "{fewer} {order:?}\n{}", found.clusters);
            let with = [found.together("page", "one"), found.together("page", "two")];
            assert!(with[0] != with[1], "{fewer} {order:?}\n{}", found.clusters);
        }
        // What joins nothing is told, and stays.
        let found = run(&documents, &Config::news_corpus());
        let apart = if found.together("page", "one") { "two" } else { "one" };
        assert_eq!(found.row(apart)["kept"], true, "{}", found.clusters);
    }
}

#[test]
fn pieces_of_one_story_stay_with_it() {
    let source = story(51, 400);
    let documents = [("source", text(&source)), ("most", text(&source[..250])), ("less", text(&source[..150]))];
    for order in [[0, 1, 2], [1, 0, 2], [2, 1, 0]] {
        let turned: Vec<_> = order.iter().map(|&i: &usize| documents[i].clone()).collect();
        let found = run(&turned, &Config::news_corpus());
        assert!(found.together("source", "most") && found.together("source", "less"), "{order:?}\n{}", found.clusters);
    }
}
