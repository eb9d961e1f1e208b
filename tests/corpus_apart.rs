//! A corpus run over a table, and its stages one by one, give what a run over records gives.

#![expect(clippy::unwrap_used, reason = "what a test cannot do stops it")]

use std::borrow::Cow;
use std::collections::BTreeMap;
use wirecopy::candidates::{BucketLinks, GramLinks};
use wirecopy::cluster::Forest;
use wirecopy::config::{Config, Keep};
use wirecopy::corpus::{
    CollapsedLink, CollapsedRows, Derivative, Inputs, Outputs, RecordLines, Request, RowLines, RowVerdict, SharedGrams, SignedRows, Silent,
    Summary, Texts, choose_sources, collapse_groups, compare_groups, compare_sources, dedup, gram_rule, held_stretches, least_glance,
    seconds, settle_groups, sign_rows,
};
use wirecopy::synth::{Corpus, Kind, write};

/// A table whose rows have ids and texts; a row may have neither.
#[derive(Clone)]
struct Table(Vec<(Option<String>, Option<String>)>);

impl Texts for Table {
    fn rows(&self) -> usize {
        self.0.len()
    }
    fn text(&self, row: usize) -> Option<Cow<'_, str>> {
        self.0[row].1.as_deref().map(Cow::Borrowed)
    }
    fn id(&self, row: usize) -> Option<Cow<'_, str>> {
        self.0[row].0.as_deref().map(Cow::Borrowed)
    }
    fn date(&self, row: usize) -> Option<i64> {
        // The later the row, the earlier its date.
        Some(1_000 - row as i64)
    }
}

fn run(inputs: &Inputs, config: &Config, threads: usize) -> (Vec<serde_json::Value>, Summary) {
    let (mut kept, mut clusters) = (Vec::new(), Vec::new());
    let request = Request { inputs, config, memory: 1 << 30, spill: None, gram_spills: [None, None], stages: None, monitor: &Silent };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let mut lines = RecordLines::new(&mut kept);
    let mut nowhere = Nowhere;
    let kept: &mut dyn wirecopy::corpus::KeptRecords = if inputs.texts().is_some() { &mut nowhere } else { &mut lines };
    let outputs = Outputs { kept, clusters: Some(&mut RowLines::new(&mut clusters)) };
    let summary = pool.install(|| dedup(request, outputs)).unwrap();
    (String::from_utf8(clusters).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect(), summary)
}

struct Nowhere;

impl wirecopy::corpus::KeptRecords for Nowhere {
    fn keep(&mut self, _: &Inputs, _: u64, _: u32) -> std::io::Result<()> {
        Ok(())
    }
    fn finish(&mut self, _: &Inputs) -> std::io::Result<()> {
        Ok(())
    }
}

/// A labelled corpus as records, and as a table.
fn corpus(documents: u64) -> (Inputs, Table) {
    corpus_of(Kind::Copies, documents)
}

fn corpus_of(kind: Kind, documents: u64) -> (Inputs, Table) {
    let mut lines = Vec::new();
    write(&Corpus::new(kind, 3), documents, &mut lines, None, &Silent).unwrap();
    let rows = std::str::from_utf8(&lines).unwrap().lines().map(|line| {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| record[name].as_str().map(str::to_owned);
        (field("id"), field("text"))
    });
    let table = Table(rows.collect());
    let mut inputs = Inputs::default();
    inputs.push("corpus".to_owned(), lines.len() as u64, 0, Box::new(lines));
    (inputs, table)
}

fn of(table: &Table) -> Inputs {
    Inputs::of_texts("table".to_owned(), Box::new(table.clone()))
}

#[test]
fn a_table_gives_what_its_records_give() {
    let (records, table) = corpus(1_500);
    for config in [Config::default(), Config { keep: Keep::Longest, threshold: 0.8, ..Config::default() }, Config::news_corpus()] {
        let (expected, _) = run(&records, &config, 1);
        let (found, summary) = run(&of(&table), &config, 3);
        assert_eq!(found, expected);
        assert!(summary.clusters > 100 && summary.bytes == table.0.iter().map(|r| r.1.as_ref().unwrap().len() as u64).sum::<u64>());
    }
}

#[test]
fn rows_without_a_text_and_repeated_ids_are_told() {
    let text = "one two three four five six seven";
    let row = |id: Option<&str>, text: Option<&str>| (id.map(str::to_owned), text.map(str::to_owned));
    let table = Table(vec![row(Some("a"), None), row(Some("a"), Some(text)), row(None, Some(text)), row(Some("a"), Some("x y z"))]);
    let config = Config { keep: Keep::Earliest, date_field: Some("date".to_owned()), ..Config::default() };
    let (found, summary) = run(&of(&table), &config, 1);
    let told: Vec<_> = found.iter().map(|r| (r["id"].as_str().unwrap(), r["kept"].as_bool().unwrap())).collect();
    assert_eq!(told, [("a", false), ("2", true), ("a#2", true)]);
    let problems: Vec<_> = summary.problems.iter().map(|p| (p.path.as_str(), p.line, p.message.as_str())).collect();
    assert_eq!(problems[0], ("table", Some(1), "has no text; skipped"));
    assert_eq!((problems[1].0, problems[1].1), ("table", None));
    assert_eq!((summary.skipped, problems.len()), (1, 2));
}

#[test]
fn days_and_moments_are_read() {
    assert_eq!(seconds("1970-01-02"), Some(86_400));
    assert_eq!(seconds(" 1970-01-01T01:00:00+01:00 "), Some(0));
    assert_eq!(seconds("1970-01-01T00:01:00"), Some(60));
    assert_eq!(seconds("yesterday"), None);
}

/// The stages as an engine would run them: each row goes on alone, whatever groups them.
#[test]
fn the_stages_one_by_one_give_the_clusters_of_the_run() {
    let (_, table) = corpus(1_500);
    let config = Config { hot_window: 3, ..Config::default() };
    let (expected, _) = run(&of(&table), &config, 2);
    let signed = sign_rows(&of(&table), &config).unwrap();
    assert_eq!(signed.rows, (0..1_500).collect::<Vec<u64>>());
    let copy_of = copies(&signed);
    let pairs = near_pairs(&signed, &copy_of, &config);
    let members = groups_of(pairs.iter().copied());
    assert!(members.len() > 100);

    let (mut cluster, mut kept) = ((0..copy_of.len()).collect::<Vec<_>>(), vec![true; copy_of.len()]);
    let groups: Vec<&Vec<u64>> = members.values().collect();
    for some in groups.chunks(7) {
        let documents: Vec<u64> = some.iter().copied().flatten().copied().collect();
        let (texts, exact) = texts_of(&table, &signed, &documents);
        let here = places(&pairs, &documents);
        for (verdict, &d) in compare_groups(&of(&texts), &exact, here, &config, 1 << 20, &Silent).unwrap().iter().zip(&documents) {
            cluster[d as usize] = documents[verdict.cluster as usize] as usize;
            kept[d as usize] = verdict.kept;
            let row = &expected[d as usize];
            assert_eq!(row["relation"].as_str(), verdict.relation);
            assert_eq!((row["jaccard"].as_f64(), row["containment"].as_f64()), (verdict.jaccard, verdict.containment));
        }
    }
    for (d, row) in expected.iter().enumerate() {
        let id = |d: usize| table.0[d].0.as_deref();
        assert_eq!(row["cluster"].as_str(), id(cluster[copy_of[d]]), "{row}");
        assert_eq!(row["kept"].as_bool(), Some(kept[d] && copy_of[d] == d), "{row}");
    }
}

/// The first document with the very same words, where that is asked.
fn copies(signed: &SignedRows) -> Vec<usize> {
    let mut first_of = BTreeMap::new();
    (0..signed.rows.len()).map(|d| if signed.compared[d] { *first_of.entry(signed.exact[d]).or_insert(d) } else { d }).collect()
}

/// Pairs that share a band and more than chance gives.
fn near_pairs(signed: &SignedRows, copy_of: &[usize], config: &Config) -> Vec<(u64, u64)> {
    let mut rows: Vec<(u64, u64)> = Vec::new();
    for d in (0..copy_of.len()).filter(|&d| copy_of[d] == d && signed.compared[d]) {
        let keys = &signed.keys[d * config.bands..(d + 1) * config.bands];
        rows.extend(keys.iter().zip(0_u64..).map(|(&key, band)| (band << 32 | u64::from(key), d as u64)));
    }
    rows.sort_unstable();
    let mut links = BucketLinks::new(config.hot_window);
    let mut pairs = Vec::new();
    for (key, row) in rows {
        links.push(key, row, |later, earlier| pairs.push((later, earlier))).unwrap();
    }
    pairs.sort_unstable();
    pairs.dedup();
    let glance = |d: u64| &signed.glances[d as usize];
    pairs.retain(|&(later, earlier)| glance(later).agreeing(glance(earlier)) >= least_glance(config));
    pairs
}

/// Documents that links join, by their first.
fn groups_of(links: impl Iterator<Item = (u64, u64)>) -> BTreeMap<u64, Vec<u64>> {
    let mut forest = Forest::default();
    links.for_each(|(later, earlier)| forest.join(later, earlier));
    let mut members: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    forest.firsts().into_iter().for_each(|(item, first)| members.entry(first).or_default().push(item));
    members
}

fn texts_of(table: &Table, signed: &SignedRows, documents: &[u64]) -> (Table, Vec<[u64; 2]>) {
    let texts = documents.iter().map(|&d| table.0[d as usize].clone()).collect();
    (Table(texts), documents.iter().map(|&d| signed.exact[d as usize]).collect())
}

/// The pairs of some documents, by their places.
fn places(pairs: &[(u64, u64)], documents: &[u64]) -> Vec<(u32, u32)> {
    let place = |d: u64| documents.iter().position(|&x| x == d).map(|p| p as u32);
    pairs.iter().filter_map(|&(a, b)| Some((place(a)?, place(b)?))).collect()
}

/// The same for a run that looks for derivatives, each document, group and page alone.
#[test]
fn the_stages_of_derivatives_one_by_one_give_the_verdicts_of_the_run() {
    let (_, table) = corpus_of(Kind::News, 1_200);
    let config = Config::news_corpus();
    let (expected, _) = run(&of(&table), &config, 2);
    let signed = sign_rows(&of(&table), &config).unwrap();
    let copy_of = copies(&signed);
    let pairs = near_pairs(&signed, &copy_of, &config);

    let n = copy_of.len();
    let mut cluster: Vec<u64> = (0..n as u64).collect();
    let mut removed = vec![false; n];
    let (mut links, mut joins, mut holds) = (Vec::new(), Vec::new(), Vec::new());
    for documents in groups_of(pairs.iter().copied()).values() {
        let (texts, exact) = texts_of(&table, &signed, documents);
        let found = collapse_groups(&of(&texts), &exact, places(&pairs, documents), &config, 1 << 20, &Silent).unwrap();
        let number = |row: u32| documents[row as usize];
        let both = |&(a, b): &(u32, u32)| (number(a), number(b));
        documents.iter().zip(&found.clusters).for_each(|(&d, &first)| cluster[d as usize] = number(first));
        found.links.iter().filter(|l| l.removed).for_each(|l| removed[number(l.row) as usize] = true);
        links.extend(found.links.iter().map(|l| (number(l.row), number(l.counterpart), *l)));
        joins.extend(found.joins.iter().map(both));
        holds.extend(found.holds.iter().map(both));
    }

    let gram = |d: usize| signed.gram_ends[..d].last().map_or(0, |&end| end as usize)..signed.gram_ends[d] as usize;
    let grammed: Vec<usize> = (0..n).filter(|&d| copy_of[d] == d && signed.compared[d] && !removed[d]).collect();
    let mut rows: Vec<(u64, u64)> = grammed.iter().flat_map(|&d| signed.grams[gram(d)].iter().map(move |&key| (key, d as u64))).collect();
    rows.sort_unstable();
    let rule = gram_rule(&config, n as u64);
    let (mut counts, mut template) = (BTreeMap::<(u64, u64), u32>::new(), Vec::new());
    let mut joined = GramLinks::new(rule);
    let mut count = |later, earlier| *counts.entry((later, earlier)).or_default() += 1;
    let mut hot = Vec::new();
    for (key, row) in rows {
        hot.extend(joined.push(key, row, &mut count).unwrap());
    }
    hot.extend(joined.end(&mut count));
    template.extend(hot.iter().filter(|h| h.documents > rule.limit as u64).map(|h| h.key));
    assert!(!template.is_empty());
    counts.retain(|_, shared| *shared >= u32::from(rule.least));

    let mut derivatives = Vec::new();
    for later in grammed.iter().map(|&d| d as u64) {
        let earlier: Vec<(u64, u32)> = counts.range((later, 0)..(later + 1, 0)).map(|(pair, &shared)| (pair.1, shared)).collect();
        let shared = |&(d, shared): &(u64, u32)| SharedGrams { cluster: cluster[d as usize], words: signed.words[d as usize], shared };
        let offered: Vec<SharedGrams> = earlier.iter().map(shared).collect();
        let chosen = choose_sources(cluster[later as usize], signed.words[later as usize], &offered, &config);
        let documents: Vec<u64> = [later].into_iter().chain(chosen.iter().map(|&at| earlier[at as usize].0)).collect();
        let (texts, exact) = texts_of(&table, &signed, &documents);
        let asked: Vec<(u32, u32)> = (1..documents.len() as u32).map(|at| (0, at)).collect();
        let found = compare_sources(&of(&texts), &exact, &asked, &template, &config).unwrap();
        derivatives.extend(found.into_iter().map(|d| (later, documents[d.earlier as usize], d.page().map(|p| documents[p as usize]), d)));
    }
    assert!(derivatives.len() > 50);

    let mut pages: Vec<u64> = derivatives.iter().filter_map(|d| d.2).collect();
    pages.sort_unstable();
    pages.dedup();
    let mut held = Vec::new();
    for page in pages {
        let own = cluster[page as usize];
        let of_cluster = holds.iter().filter(|h| cluster[h.0 as usize] == own && h.1 != page);
        let Some(&(_, text)) = of_cluster.min_by_key(|h| (h.0 != page, h.0, h.1)) else { continue };
        let (texts, exact) = texts_of(&table, &signed, &[page, text]);
        held.extend(held_stretches(&of(&texts), &exact, &[(0, 1)], &config).unwrap()[0].map(|stretch| (page, stretch)));
    }
    assert!(!held.is_empty() && !holds.is_empty());

    let all = joins.iter().copied().chain(links.iter().map(|l| (l.0, l.1))).chain(derivatives.iter().map(|d| (d.0, d.1)));
    let mut verdicts: Vec<Option<(u64, RowVerdict, Option<u64>)>> = vec![None; n];
    for documents in groups_of(all).values() {
        let place = |d: u64| documents.iter().position(|&x| x == d).map(|p| p as u32);
        let link = |&(row, other, l): &(u64, u64, CollapsedLink)| Some(CollapsedLink { row: place(row)?, counterpart: place(other)?, ..l });
        let found =
            CollapsedRows { links: links.iter().filter_map(link).collect(), joins: places(&joins, documents), ..CollapsedRows::default() };
        let of_group = |d: &(u64, u64, Option<u64>, Derivative)| Some(Derivative { later: place(d.0)?, earlier: place(d.1)?, ..d.3 });
        let derived: Vec<Derivative> = derivatives.iter().filter_map(of_group).collect();
        let held = held.iter().filter_map(|&(page, stretch)| Some((place(page)?, stretch))).collect();
        let told = settle_groups(documents.len() as u32, &found, &derived, held, &config).unwrap();
        let number = |row: u32| documents[row as usize];
        documents.iter().zip(told).for_each(|(&d, v)| verdicts[d as usize] = Some((number(v.cluster), v, v.counterpart.map(number))));
    }
    let id = |d: u64| table.0[d as usize].0.as_deref();
    for (d, row) in expected.iter().enumerate().filter(|&(d, _)| copy_of[d] == d) {
        let told = verdicts[d];
        assert_eq!(row["cluster"].as_str(), id(told.map_or(d as u64, |t| t.0)), "{row}");
        assert_eq!(row["kept"].as_bool(), Some(told.is_none_or(|t| t.1.kept)), "{row}");
        assert_eq!(row["counterpart"].as_str(), told.and_then(|t| t.2).and_then(id), "{row}");
        assert_eq!(row["relation"].as_str(), told.and_then(|t| t.1.relation), "{row}");
        assert_eq!(row["jaccard"].as_f64(), told.and_then(|t| t.1.jaccard), "{row}");
        assert_eq!(row["containment"].as_f64(), told.and_then(|t| t.1.containment), "{row}");
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let (records, table) = corpus(4);
    let config = Config::default();
    assert!(sign_rows(&records, &config).is_err());
    let exact = sign_rows(&of(&table), &config).unwrap().exact;
    assert!(compare_groups(&of(&table), &exact, vec![(1, 0)], &config, 1 << 20, &Silent).is_ok());
    for (exact, pairs) in [(&exact[..3], vec![]), (&exact[..], vec![(0, 1)]), (&exact[..], vec![(9, 0)]), (&[[1, 2]; 4][..], vec![(1, 0)])]
    {
        assert!(compare_groups(&of(&table), exact, pairs, &config, 1 << 20, &Silent).is_err());
    }
    assert!(compare_groups(&of(&table), &exact, vec![], &Config::news_corpus(), 1 << 20, &Silent).is_err());
}
