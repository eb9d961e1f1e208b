//! Labelled corpora: made the same each time, found again by the corpus run, scored.
#![expect(clippy::unwrap_used, reason = "what a test cannot do stops it")]

use std::collections::BTreeMap;
use wirecopy::config::Config;
use wirecopy::corpus::{Inputs, Outputs, RecordLines, Request, RowLines, Silent, dedup};
use wirecopy::eval::{FieldNames, Found, Row, Truth, evaluate};
use wirecopy::synth::{Corpus, Edit, Kind, Labelled, write};

fn lines(seed: u64, documents: u64) -> Vec<u8> {
    let mut out = Vec::new();
    let written = write(&Corpus::new(Kind::Copies, seed), documents, &mut out, None, &Silent).unwrap();
    assert_eq!((written.documents, written.bytes), (documents, out.len() as u64));
    out
}

#[test]
fn a_corpus_depends_on_its_seed_and_begins_every_larger_one() {
    let (small, large) = (lines(3, 50), lines(3, 300));
    assert_eq!(small, large[..small.len()]);
    assert_eq!(memchr::memchr_iter(b'\n', &large).count(), 300);
    assert_ne!(lines(4, 50), small);
    assert!(lines(3, 0).is_empty());
}

#[test]
fn labels_say_how_each_document_was_made() {
    let corpus = Corpus::new(Kind::Copies, 11);
    let clusters: Vec<Vec<Labelled>> = (0..1_500).map(|number| corpus.cluster(number)).collect();
    let mut seen: BTreeMap<Edit, usize> = BTreeMap::new();
    for cluster in &clusters {
        let base = &cluster[0];
        assert_eq!((base.edit, &base.src), (Edit::Base, &None));
        for copy in &cluster[1..] {
            assert_eq!(copy.src.as_ref(), Some(&base.id));
            assert_eq!(copy.cluster == base.cluster, copy.edit != Edit::HardNegative);
            *seen.entry(copy.edit).or_default() += 1;
            let words = |d: &Labelled| d.text.split_whitespace().count();
            match copy.edit {
                Edit::Format => {
                    assert_eq!(words(copy), words(base));
                    let letters = |d: &Labelled| d.text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
                    assert_eq!(letters(copy), letters(base));
                }
                Edit::Reordered => assert_eq!(words(copy), words(base)),
                Edit::Truncated(share) => {
                    let kept = copy.text.len() as f64 / base.text.len() as f64;
                    assert!((f64::from(share) / 100.0 - 0.01..f64::from(share) / 100.0 + 0.2).contains(&kept), "{kept}");
                }
                Edit::Boilerplate => assert!(words(copy) > words(base) + 40),
                Edit::Words(share) => {
                    // As many are inserted as deleted.
                    let change = words(copy) as f64 / words(base) as f64 - 1.0;
                    assert!(change.abs() < f64::from(share) / 100.0 + 0.01, "{change}");
                }
                _ => {}
            }
        }
    }
    assert_eq!(seen.len(), 12, "{seen:?}");
    let with_copies = clusters.iter().filter(|c| c.len() > 1 && c[1].edit != Edit::HardNegative).count();
    assert!((600..750).contains(&with_copies), "{with_copies}");
    let (excerpts, mixed) = (seen[&Edit::Excerpt], seen[&Edit::Mixed]);
    assert!(mixed > excerpts && excerpts > 50, "{seen:?}");
}

/// Exact Jaccard similarity of three-word shingles.
#[test]
fn new_stories_are_never_near_duplicates_by_accident() {
    let corpus = Corpus::new(Kind::Copies, 12);
    let sets: Vec<std::collections::BTreeSet<[String; 3]>> = (0..400)
        .map(|number| {
            let text = corpus.cluster(number)[0].text.to_lowercase();
            let words: Vec<String> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
            words.windows(3).map(|w| [w[0].clone(), w[1].clone(), w[2].clone()]).collect()
        })
        .collect();
    let mut largest: f64 = 0.0;
    for (i, a) in sets.iter().enumerate() {
        for b in &sets[..i] {
            let shared = a.intersection(b).count() as f64;
            largest = largest.max(shared / (a.len() as f64 + b.len() as f64 - shared));
        }
    }
    assert!(largest < 0.1, "{largest}");
    assert!(largest > 0.005, "stories share stock phrases as news does: {largest}");
}

#[test]
fn the_corpus_run_finds_the_copies() {
    let corpus = lines(1, 2_000);
    let mut inputs = Inputs::default();
    inputs.push("corpus.jsonl".into(), corpus.len() as u64, 0, Box::new(corpus.clone()));
    let (mut kept, mut clusters) = (Vec::new(), Vec::new());
    let config = Config::default();
    let request = Request {
        inputs: &inputs,
        config: &config,
        memory: 1 << 30,
        spill: None,
        gram_spills: [None, None],
        stages: None,
        monitor: &Silent,
    };
    dedup(request, Outputs { kept: &mut RecordLines::new(&mut kept), clusters: Some(&mut RowLines::new(&mut clusters)) }).unwrap();

    let (names, mut truth, mut found) = (FieldNames::default(), Truth::default(), Found::default());
    let rows =
        |bytes: &[u8]| bytes.split(|&b| b == b'\n').filter(|l| !l.is_empty()).map(|l| Row::read(l, &names).unwrap()).collect::<Vec<_>>();
    rows(&corpus).iter().for_each(|row| truth.add(row).unwrap());
    truth.end();
    rows(&clusters).iter().for_each(|row| found.add(row, &truth).unwrap());
    let report = evaluate(&truth, &found);

    let core = report.core.unwrap();
    assert_eq!((report.all.documents, report.unknown, report.without_cluster), (2_000, 0, 0));
    assert!(core.pair_f1 >= 0.99, "{core:?}");
    assert!(core.pair_precision >= 1.0 && report.all.pair_precision >= 1.0, "{report:?}");
    let share = |edit: &str| report.found_with_source.iter().find(|e| e.edit == edit).unwrap().share;
    assert!(share("format") >= 1.0 && share("edit1") >= 1.0 && share("hardneg") <= 0.0);
    assert!(share("excerpt") < 0.1, "a threshold of one half does not find excerpts");
}

#[test]
fn sources_may_stand_behind_their_copies_and_faults_are_told() {
    let row = |id: &str, cluster: &str, src: Option<&str>| Row {
        id: id.into(),
        cluster: cluster.into(),
        edit: Some(if src.is_some() { "cut" } else { "base" }.into()),
        src: src.map(str::to_owned),
    };
    let mut truth = Truth::default();
    truth.add(&row("copy", "1", Some("base"))).unwrap();
    truth.add(&row("base", "1", None)).unwrap();
    truth.add(&row("lost", "1", Some("nowhere"))).unwrap();
    assert!(truth.add(&row("copy", "2", None)).unwrap_err().contains("stands twice"));
    truth.end();
    let mut found = Found::default();
    found.add(&row("copy", "x", None), &truth).unwrap();
    found.add(&row("base", "x", None), &truth).unwrap();
    assert!(found.add(&row("base", "y", None), &truth).unwrap_err().contains("stands twice"));
    assert!(found.add(&row("other", "x", None), &truth).unwrap_err().contains("does not stand in the truth"));
    let report = evaluate(&truth, &found);
    assert_eq!((report.all.documents, report.unknown, report.without_cluster), (2, 1, 1));
    assert_eq!((report.found_with_source.len(), report.found_with_source[0].found), (1, 1));
    assert_eq!(report.found_with_source[0].edit, "cut");
}

fn news(seed: u64, documents: u64) -> (Vec<u8>, Vec<u8>) {
    let (mut out, mut pairs) = (Vec::new(), Vec::new());
    write(&Corpus::new(Kind::News, seed), documents, &mut out, Some(&mut pairs), &Silent).unwrap();
    (out, pairs)
}

#[test]
fn a_news_corpus_depends_on_its_seed_and_begins_every_larger_one() {
    let ((small, few), (large, many)) = (news(3, 40), news(3, 400));
    assert_eq!(small, large[..small.len()]);
    assert_eq!(news(3, 400), (large.clone(), many.clone()));
    // The last event of the small corpus is cut short, and with it its pairs.
    let whole = few.iter().rposition(|&b| b == b'\n').map_or(0, |end| few[..end].iter().rposition(|&b| b == b'\n').unwrap_or(0) / 2);
    assert!(whole > 1_000 && few[..whole] == many[..whole]);
    assert_eq!(memchr::memchr_iter(b'\n', &large).count(), 400);
    assert_ne!(news(4, 40).0, small);
}

#[test]
fn labels_of_news_hold_together() {
    let corpus = Corpus::new(Kind::News, 9);
    let mut seen: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let (mut derived, mut pairs) = (0, 0);
    for number in 0..300 {
        let pages = corpus.cluster(number);
        let base = &pages[0];
        assert_eq!((base.edit.to_string().as_str(), &base.src, base.cluster), ("base", &None, i64::from(number)));
        for page in &pages {
            let words = page.text.split_whitespace().count();
            let edit = page.edit.to_string();
            let usual = if edit == "brief" { 20..130 } else { 90..500 };
            assert!(usual.contains(&words) && page.title.is_some() && page.date.is_some(), "{edit}: {words} words\n{}", page.text);
            let relation = page.relation.unwrap_or("");
            let in_cluster = page.cluster == base.cluster;
            match edit.as_str() {
                "base" => assert_eq!(relation, ""),
                "mash" => assert!(!in_cluster && page.second.is_some() && relation == "excerpt"),
                "independent" => assert!(!in_cluster && page.event == base.event && relation == "same_event"),
                "followup" => assert!(!in_cluster && page.event != base.event && page.date > base.date && relation == "same_topic"),
                "template" => assert!(!in_cluster && page.event != base.event),
                _ => assert!(
                    in_cluster && page.event == base.event && matches!(relation, "exact" | "rewrite" | "near_duplicate" | "excerpt")
                ),
            }
            let shingles = |text: &str| {
                let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
                words.windows(5).map(|w| w.join(" ").to_lowercase()).collect::<std::collections::BTreeSet<_>>()
            };
            let (x, y) = (shingles(&base.text), shingles(&page.text));
            seen.entry(edit).or_default().push(x.intersection(&y).count() as f64 / x.union(&y).count() as f64);
        }
        for pair in corpus.pairs(number, &pages) {
            pairs += 1;
            derived += i32::from(matches!(pair.label, "exact" | "near_duplicate" | "excerpt" | "rewrite"));
            let known = |id: &str| pages.iter().any(|p| p.id == id) || id == format!("{:07}-00", number.saturating_sub(1));
            assert!(known(&pair.a.id) && known(&pair.b.id) && pair.a.id != pair.b.id);
        }
    }
    assert!(pairs > 2_000 && 2 * derived == pairs, "{derived} of {pairs}");
    let middle = |edit: &str| {
        let mut all = seen[edit].clone();
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    // Rewrites differ in words as real ones do; what is not derived shares less.
    assert!((0.02..0.1).contains(&middle("heavy")) && (0.2..0.6).contains(&middle("light")), "{} {}", middle("heavy"), middle("light"));
    assert!(middle("republication") > 0.7 && middle("quotes_moved") > 0.5 && middle("mash") > 0.2);
    assert!(middle("independent") < middle("heavy") && middle("followup") < middle("heavy"));
    assert_eq!(seen.len(), 10, "{:?}", seen.keys());
}
