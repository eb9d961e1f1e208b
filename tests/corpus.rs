//! What must hold of the corpus run, whatever the input.

#![expect(clippy::unwrap_used, reason = "what a test cannot do stops it")]

use proptest::prelude::*;
use std::io;
use wirecopy::candidates::Spill;
use wirecopy::config::{Config, Keep};
use wirecopy::corpus::{FieldNames, Inputs, Outputs, RecordLines, Request, RowLines, Silent, Stages, Summary, dedup, read_slowly, scan};
use wirecopy::keys::{Bulk, Kernel, estimate_jaccard, word_hashes_general};

fn inputs(parts: &[&[u8]]) -> Inputs {
    let mut inputs = Inputs::default();
    for (i, part) in parts.iter().enumerate() {
        inputs.push(format!("part{i}"), part.len() as u64, 0, Box::new(part.to_vec()));
    }
    inputs
}

/// Columns in memory that pretend to be somewhere else.
#[derive(Default)]
struct Elsewhere(Vec<Vec<u32>>);

impl Spill for Elsewhere {
    fn append(&mut self, column: usize, values: &[u32]) -> io::Result<()> {
        self.0.resize((column + 1).max(self.0.len()), Vec::new());
        self.0[column].extend_from_slice(values);
        Ok(())
    }
    fn read(&mut self, column: usize, values: &mut Vec<u32>) -> io::Result<()> {
        values.clone_from(&self.0[column]);
        Ok(())
    }
    fn clear(&mut self, _: usize) {
        self.0.clear();
    }
}

struct Run {
    kept: String,
    rows: Vec<serde_json::Value>,
    summary: Summary,
}

fn run_on(parts: &[&[u8]], config: &Config, memory: u64, threads: usize) -> Run {
    let (mut kept, mut clusters) = (Vec::new(), Vec::new());
    let inputs = inputs(parts);
    let spill: Option<Box<dyn Spill>> = Some(Box::new(Elsewhere::default()));
    let request = Request { inputs: &inputs, config, memory, spill, gram_spills: [None, None], stages: None, monitor: &Silent };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let summary = pool
        .install(|| dedup(request, Outputs { kept: &mut RecordLines::new(&mut kept), clusters: Some(&mut RowLines::new(&mut clusters)) }))
        .unwrap();
    let rows = String::from_utf8(clusters).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    Run { kept: String::from_utf8(kept).unwrap(), rows, summary }
}

fn run(lines: &[String], config: &Config) -> Run {
    run_on(&[lines.join("\n").as_bytes()], config, 1 << 30, 1)
}

fn record(id: &str, text: &str) -> String {
    serde_json::json!({ "id": id, "text": text, "more": { "x": [1, null] } }).to_string()
}

/// `count` words that no other `from` shares.
fn words(from: usize, count: usize) -> String {
    (0..count).map(|i| format!("w{}", from * 100_000 + i)).collect::<Vec<_>>().join(" ")
}

#[test]
fn typography_and_case_never_matter() {
    let text = "The mayor's office said \"no\" - twice - to the plan, reporters heard on Tuesday. Nobody's surprised.";
    let other = text.to_uppercase().replace('"', "\u{201d}").replace('\'', "\u{2019}").replace(" - ", " \u{2014} ").replace(' ', "  ");
    let found = run(&[record("a", text), record("b", &other)], &Config::default());
    assert_eq!(found.kept, record("a", text) + "\n");
    assert_eq!(found.rows[1]["relation"], "exact");
    assert_eq!((found.rows[1]["counterpart"].as_str(), found.rows[1]["jaccard"].as_f64()), (Some("a"), Some(1.0)));
}

#[test]
fn what_is_removed_was_compared_with_what_is_kept() {
    // b is near a, c is near b, c is not near a: a chain. d is a copy of b.
    let (x, y, z) = (words(1, 100), words(2, 60), words(3, 60));
    let (a, b, c) = (x.clone(), format!("{x} {y}"), format!("{x} {y} {z}"));
    let lines = [record("a", &a), record("b", &b), record("c", &c), record("d", &b)];
    let found = run(&lines, &Config { threshold: 0.6, ..Config::default() });
    let told: Vec<(bool, &str, Option<&str>)> =
        found.rows.iter().map(|r| (r["kept"].as_bool().unwrap(), r["cluster"].as_str().unwrap(), r["counterpart"].as_str())).collect();
    assert_eq!(told, [(true, "a", None), (false, "a", Some("a")), (true, "a", Some("b")), (false, "a", Some("a"))]);
    assert_eq!(found.kept, format!("{}\n{}\n", lines[0], lines[2]));
}

#[test]
fn a_false_bridge_joins_nothing() {
    // One text that holds a third of each of two others joins neither.
    let (x, y) = (words(1, 300), words(2, 300));
    let bridge =
        format!("{} {}", x.split(' ').take(100).collect::<Vec<_>>().join(" "), y.split(' ').take(100).collect::<Vec<_>>().join(" "));
    let found = run(&[record("x", &x), record("y", &y), record("bridge", &bridge)], &Config::default());
    assert_eq!((found.summary.kept, found.summary.clusters), (3, 0));
}

#[test]
fn giants_are_formed_again_by_a_stricter_threshold() {
    // Each text shares two thirds of its words with the next: a chain through all. Three of them have a near copy.
    let text = |i: usize| format!("{} {} {}", words(i, 40), words(i + 1, 40), words(i + 2, 40));
    let mut lines: Vec<String> = (0..40).map(|i| record(&format!("c{i}"), &text(i))).collect();
    lines.extend([3, 7, 8].map(|i| record(&format!("n{i}"), &format!("{} one more", text(i)))));
    let config = Config { threshold: 0.4, giant_documents: 20, ..Config::default() };
    let chained = run(&lines, &config);
    assert_eq!((chained.summary.clusters, chained.summary.largest_cluster), (1, 43));
    assert_eq!(chained.summary.giants.len(), 1);
    let split = run(&lines, &Config { giant_threshold: Some(0.9), ..config.clone() });
    assert_eq!((split.summary.clusters, split.summary.largest_cluster, split.summary.kept), (3, 2, 40));
    assert!(split.summary.giants.is_empty());
    // A cluster that is no giant stays as it is.
    let small = run(&lines, &Config { giant_threshold: Some(0.9), giant_documents: 50, ..config });
    assert_eq!(small.rows, chained.rows);
}

#[test]
fn short_documents_are_never_collapsed() {
    let lines: Vec<String> = ["", "", "Accept cookies?", "Accept cookies?", "- - -"].iter().map(|t| record("", t)).collect();
    let found = run(&lines, &Config::default());
    assert_eq!((found.summary.kept, found.summary.short, found.summary.skipped), (5, 5, 0));
    assert_eq!(found.rows[1]["id"], "part0:2");
}

#[test]
fn the_longest_or_the_earliest_stays() {
    let (x, y) = (words(1, 100), words(2, 30));
    let dated = |id: &str, text: &str, day: &str| serde_json::json!({ "id": id, "text": text, "day": day }).to_string();
    let lines = [dated("a", &x, "2024-05-03"), dated("b", &format!("{x} {y}"), "2024-05-02T10:00:00+02:00"), dated("c", &x, "2024-05-02")];
    let kept = |keep| {
        let found = run(&lines, &Config { keep, date_field: Some("day".into()), ..Config::default() });
        found.rows.iter().filter(|r| r["kept"] == true).map(|r| r["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(kept(Keep::First), ["a"]);
    assert_eq!(kept(Keep::Longest), ["b"]);
    assert_eq!(kept(Keep::Earliest), ["c"]);
}

#[test]
fn faulty_lines_are_told_by_number_and_the_rest_is_read() {
    let good = record("a", &words(1, 20));
    let text = format!("\u{feff}{good}\r\n\n{{\"id\": 3, \"text\": \n[1]\n{{\"id\":\"x\"}}\n{good}\n{{\"text\":\"cut o");
    let found = run_on(&[text.as_bytes(), b"\xff\xfe\n"], &Config::default(), 1 << 30, 2);
    let at: Vec<(&str, Option<u64>)> = found.summary.problems.iter().map(|p| (p.path.as_str(), p.line)).collect();
    assert_eq!(at, [("part0", Some(3)), ("part0", Some(4)), ("part0", Some(5)), ("part0", Some(7)), ("part1", Some(1)), ("part0", None)]);
    assert_eq!((found.summary.documents, found.summary.skipped, found.rows[1]["id"].as_str()), (2, 5, Some("a#2")));
    assert_eq!(found.kept, format!("{good}\r\n"));
}

#[test]
fn many_copies_and_hot_templates_take_linear_work() {
    let copies: Vec<String> = (0..3000).map(|i| record(&i.to_string(), &words(1, 50))).collect();
    let found = run(&copies, &Config::default());
    assert_eq!((found.summary.kept, found.summary.clusters, found.summary.candidates), (1, 1, 0));
    // Template of 30 words, 40 own ones: far under the threshold.
    let pages: Vec<String> = (0..600).map(|i| record(&i.to_string(), &format!("{} {}", words(1, 30), words(i + 2, 40)))).collect();
    let config = Config::default();
    let found = run(&pages, &config);
    assert_eq!((found.summary.kept, found.summary.clusters), (600, 0));
    assert!(found.summary.hot_keys > 0);
    assert!(found.summary.candidates + found.summary.unlikely <= 600 * (config.hot_window as u64 + 1) * config.bands as u64);
}

#[test]
fn long_lines_cross_blocks() {
    let long = Config { max_document_bytes: 3 << 20, ..Config::default() };
    let big = record("big", &words(1, 300_000));
    let lines = [record("a", &words(2, 40)), big.clone(), record("b", &words(2, 40)), big.replace("\"big\"", "\"big2\"")];
    assert!(big.len() > 2 << 20);
    let found = run(&lines, &long);
    assert_eq!((found.summary.documents, found.summary.kept), (4, 2));
    let found = run(&lines, &Config { max_document_bytes: 100_000, ..long });
    assert_eq!((found.summary.documents, found.summary.skipped, found.summary.problems[0].line), (2, 2, Some(2)));
}

/// Keeps stages in memory.
#[derive(Default)]
struct Kept(std::collections::BTreeMap<String, Vec<u8>>);

impl Stages for Kept {
    fn load(&mut self, stage: &str) -> io::Result<Option<Vec<u8>>> {
        Ok(self.0.get(stage).cloned())
    }
    fn save(&mut self, stage: &str, rows: &[u8]) -> io::Result<()> {
        self.0.insert(stage.into(), rows.to_vec());
        Ok(())
    }
}

#[test]
fn a_resumed_run_gives_the_same_bytes() {
    let lines: Vec<String> =
        (0..300).map(|i| record(&(i / 2).to_string(), &format!("{} {}", words(i / 3, 60), words(i + 500, 10)))).collect();
    let text = lines.join("\n") + "\n[]\n";
    let whole = run_on(&[text.as_bytes()], &Config::default(), 1 << 30, 1);
    let inputs = inputs(&[text.as_bytes()]);
    let mut stages = Kept::default();
    for finished in 0..4 {
        // As if the run had been killed with that many stages done; the columns are in the spill then.
        let spill: Box<dyn Spill> = {
            let mut spill = Elsewhere::default();
            if finished > 0 {
                for line in &lines {
                    let mut bulk = Bulk::new(&Config::default());
                    let record: serde_json::Value = serde_json::from_str(line).unwrap();
                    bulk.text().push_str(record["text"].as_str().unwrap());
                    bulk.read_and_sign();
                    let mut keys = Vec::new();
                    bulk.band_keys(&mut keys);
                    keys.iter().enumerate().for_each(|(band, key)| spill.append(band, &[*key]).unwrap());
                }
            }
            Box::new(spill)
        };
        let mut left = Kept(
            ["read", "join", "verify"].iter().take(finished).filter_map(|s| Some(((*s).to_owned(), stages.0.get(*s)?.clone()))).collect(),
        );
        let (mut kept, mut clusters) = (Vec::new(), Vec::new());
        let config = Config::default();
        let request = Request {
            inputs: &inputs,
            config: &config,
            memory: 1 << 30,
            spill: Some(spill),
            gram_spills: [None, None],
            stages: Some(&mut left),
            monitor: &Silent,
        };
        let summary =
            dedup(request, Outputs { kept: &mut RecordLines::new(&mut kept), clusters: Some(&mut RowLines::new(&mut clusters)) }).unwrap();
        assert_eq!(summary.stages.iter().filter(|s| s.resumed).count(), finished);
        assert_eq!(String::from_utf8(kept).unwrap(), whole.kept);
        assert_eq!(summary.problems, whole.summary.problems);
        stages = left;
    }
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("The harbour minister said on Tuesday that 42 ships would leave. ".to_owned()),
        Just("“It’s a re-run,” — said O'Neill\u{2026} ".to_owned()),
        Just("e\u{301}\u{200b}\u{ad}\u{feff}\u{202e}\u{0}\u{1b} ".to_owned()),
        Just("東京で会議が開かれた。Москва объявила. ΟΔΟΣ ς ß ŉ ½ ﬁ ｗ ａ̈ ".to_owned()),
        "[a-z]{0,40}",
        "\\PC{0,40}",
        any::<String>(),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..12).prop_map(|p| p.concat())
}

fn json_line() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        text().prop_map(|t| serde_json::Value::from(t).to_string()),
        Just("-0.5".to_owned()),
        Just("[{\"a\":[]},null,true]".to_owned()),
        Just("1e5".to_owned()),
        Just("\"\\u00e9\\ud83d\\ude00\\/\\b\"".to_owned()),
        Just("\"\\ud83d\"".to_owned()),
        Just("007".to_owned()),
        Just("123".to_owned()),
        "\\PC{0,8}",
    ];
    let name = prop_oneof![Just("text"), Just("body"), Just("id"), Just("date"), Just("x"), Just("t\\u0065xt")];
    (prop::collection::vec((name, value), 0..6), prop_oneof![Just("}"), Just(" } "), Just(",}"), Just("")]).prop_map(|(fields, end)| {
        let inner: Vec<String> = fields.iter().map(|(n, v)| format!("\"{n}\" : {v}")).collect();
        format!("{{{}{end}", inner.join(" ,"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn fast_words_equal_general_words(text in text()) {
        let config = Config { shingle_size: 1, ..Config::default() };
        let general = word_hashes_general(&text, config.seed);
        let mut all = Vec::new();
        for kernel in Kernel::all() {
            let mut bulk = Bulk::with_kernel(&config, kernel);
            bulk.text().push_str(&text);
            let measure = bulk.read_and_sign();
            prop_assert_eq!(measure.words as usize, general.len());
            all.push((measure.exact, bulk.shingles().to_vec(), bulk.signature().to_vec()));
        }
        all.dedup();
        prop_assert_eq!(all.len(), 1, "kernels differ");
        // The words of the general way, joined by spaces, are the words of the fast way.
        let spaced: String = text.chars().map(|c| if c.is_whitespace() { "\n " .to_owned() } else { c.to_string() }).collect();
        prop_assert_eq!(word_hashes_general(&spaced, config.seed), general);
    }

    #[test]
    fn shingles_are_those_of_the_general_words(text in text(), size in 1_usize..6) {
        let config = Config { shingle_size: size, ..Config::default() };
        let mut bulk = Bulk::new(&config);
        bulk.text().push_str(&text);
        bulk.read();
        let words = word_hashes_general(&text, config.seed);
        let expected = if words.is_empty() { 0 } else { words.len() + 1 - size.min(words.len()) };
        prop_assert_eq!(bulk.shingles().len(), expected);
        let (mut seen, mut back) = (std::collections::BTreeMap::new(), std::collections::BTreeMap::new());
        for (window, &shingle) in words.windows(size.min(words.len()).max(1)).zip(bulk.shingles()) {
            prop_assert_eq!(*seen.entry(window.to_vec()).or_insert(shingle), shingle);
            prop_assert_eq!(back.entry(shingle).or_insert_with(|| window.to_vec()).as_slice(), window);
        }
    }

    #[test]
    fn fast_records_equal_serde(line in json_line()) {
        let names = FieldNames::new(&Config { date_field: Some("date".into()), ..Config::default() });
        let (mut fast, mut slow) = (String::new(), String::new());
        if let Some(fields) = scan(&line, &names, &mut fast) {
            prop_assert_eq!(Ok(fields), read_slowly(&line, &names, &mut slow));
            prop_assert_eq!(fast, slow);
        } else {
            prop_assert!(fast.is_empty());
        }
    }

    #[test]
    fn threads_memory_and_files_do_not_matter(texts in prop::collection::vec((text(), any::<bool>()), 1..30), cut in 0_usize..30) {
        let base = words(9, 40);
        let lines: Vec<String> = texts.iter().enumerate()
            .map(|(i, (t, near))| record(&i.to_string(), &if *near { format!("{base} {t}") } else { t.clone() })).collect();
        let whole = lines.join("\n");
        let config = Config { hot_window: 4, ..Config::default() };
        let one = run_on(&[whole.as_bytes()], &config, 1 << 30, 1);
        let (left, right) = lines.split_at(cut.min(lines.len()));
        for (parts, memory, threads) in [(vec![whole.as_bytes()], 0, 3), (vec![left.join("\n").as_bytes(), right.join("\n").as_bytes()], 1 << 30, 2)] {
            let other = run_on(&parts, &config, memory, threads);
            prop_assert_eq!(&one.kept, &other.kept);
            prop_assert_eq!(&one.rows, &other.rows);
        }
        prop_assert_eq!(one.rows.len() , lines.len());
        for row in one.rows.iter().filter(|r| r["kept"] == false) {
            let counterpart = one.rows.iter().find(|r| r["id"] == row["counterpart"]).unwrap();
            prop_assert!(counterpart["kept"] == true && row["jaccard"].as_f64().unwrap() >= 0.5);
        }
    }

    #[test]
    fn any_bytes_are_safe(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let found = run_on(&[&bytes], &Config::default(), 1 << 20, 1);
        prop_assert_eq!(found.summary.kept, found.summary.documents);
    }
}

#[test]
fn signatures_estimate_similarity() {
    let (a, b) = (words(1, 600), format!("{} {}", words(1, 400), words(2, 200)));
    let mut signatures = Vec::new();
    for text in [&a, &b] {
        let mut bulk = Bulk::new(&Config::default());
        bulk.text().push_str(text);
        bulk.read_and_sign();
        signatures.push(bulk.signature().to_vec());
    }
    assert!((estimate_jaccard(&signatures[0], &signatures[1]) - 0.5).abs() < 0.16);
}
