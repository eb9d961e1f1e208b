//! The stored index: the same clusters however documents come in, ids that last, damage that is seen.
#![cfg(feature = "index")]
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test stops where something is not as it must be")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use wirecopy::config::Config;
use wirecopy::document::Document;
use wirecopy::error::Error;
use wirecopy::index::{Added, Filters, Index, Search};
use wirecopy::monitor::{Monitor, Usage};
use wirecopy::synth::{Corpus, Kind, Labelled};

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("wirecopy-index-{name}-{}", std::process::id()));
        std::fs::remove_dir_all(&path).ok();
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// Made-up news, or stories and edited copies of them.
fn made(kind: Kind, stories: u32, seed: u64) -> Vec<Document> {
    let corpus = Corpus::new(kind, seed);
    let page = |l: Labelled| Document { id: l.id, title: l.title, publisher: l.publisher, text: l.text, ..Document::default() };
    (0..stories).flat_map(|number| corpus.cluster(number)).map(page).collect()
}

fn config(kind: Kind) -> Config {
    match kind {
        Kind::Copies => Config::default(),
        _ => Config::news_corpus(),
    }
}

/// The clusters as sets of ids.
fn clusters(index: &Index) -> BTreeSet<BTreeSet<String>> {
    let mut by: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
    for row in index.after(0, 1_000_000).unwrap() {
        by.entry(row.cluster).or_default().insert(row.id);
    }
    by.into_values().collect()
}

fn shuffled<T: Clone>(items: &[T], seed: u64) -> Vec<T> {
    let mut out = items.to_vec();
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    for i in (1..out.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        out.swap(i, (state >> 33) as usize % (i + 1));
    }
    out
}

#[test]
fn any_order_and_any_steps_give_the_same_clusters() {
    let folder = Folder::new("orders");
    for (kind, stories) in [(Kind::News, 16), (Kind::Copies, 40)] {
        let documents = made(kind, stories, 5);
        let mut all = Index::open(&folder.file(&format!("{kind:?}-all")), Some(&config(kind))).unwrap();
        all.add(&documents, 0).unwrap();
        let wanted = clusters(&all);
        assert!(wanted.iter().filter(|c| c.len() > 1).count() > 8, "{kind:?}");
        for seed in 1..3 {
            let mut index = Index::open(&folder.file(&format!("{kind:?}-{seed}")), Some(&config(kind))).unwrap();
            for (step, some) in shuffled(&documents, seed).chunks(if seed == 1 { 1 } else { 7 * seed as usize }).enumerate() {
                index.add(some, step as i64).unwrap();
            }
            let found = clusters(&index);
            let differing: Vec<_> = found.symmetric_difference(&wanted).collect();
            assert!(differing.is_empty(), "{kind:?}, order {seed}: {differing:?}");
            assert_eq!(index.check().unwrap(), Vec::<String>::new());
        }
    }
}

#[test]
fn what_is_removed_leaves_no_trace() {
    let folder = Folder::new("removed");
    let documents = made(Kind::News, 16, 6);
    let (gone, stay): (Vec<_>, Vec<_>) = shuffled(&documents, 3).into_iter().enumerate().partition(|(i, _)| i % 3 == 0);
    let stay: Vec<Document> = stay.into_iter().map(|d| d.1).collect();
    let mut never = Index::open(&folder.file("never"), None).unwrap();
    never.add(&stay, 0).unwrap();
    let mut index = Index::open(&folder.file("removed"), None).unwrap();
    index.add(&documents, 0).unwrap();
    let ids: Vec<String> = gone.iter().map(|d| d.1.id.clone()).collect();
    let removed = index.remove(&ids, 1).unwrap();
    assert_eq!(removed.ids, ids);
    assert!(removed.unknown.is_empty() && removed.parted > 0);
    assert_eq!(index.check().unwrap(), Vec::<String>::new());
    assert_eq!(clusters(&index), clusters(&never));
    index.vacuum().unwrap();
    assert_eq!(index.check().unwrap(), Vec::<String>::new());
    assert_eq!(clusters(&index), clusters(&never));
    assert_eq!(index.remove(&ids[..1], 2).unwrap().unknown, ids[..1]);
    // And what comes back is as it was before.
    let back: Vec<Document> = gone.into_iter().map(|d| d.1).collect();
    index.add(&back, 3).unwrap();
    let mut whole = Index::open(&folder.file("whole"), None).unwrap();
    whole.add(&documents, 0).unwrap();
    assert_eq!(clusters(&index), clusters(&whole));
}

#[test]
fn ids_of_clusters_last() {
    let folder = Folder::new("ids");
    let documents = made(Kind::News, 12, 7);
    let mut index = Index::open(&folder.file("i"), None).unwrap();
    let mut founded: BTreeMap<String, i64> = BTreeMap::new();
    for some in shuffled(&documents, 9).chunks(5) {
        index.add(some, 0).unwrap();
        for row in index.after(0, 1_000_000).unwrap() {
            let before = *founded.entry(row.id.clone()).or_insert(row.cluster);
            assert!(row.cluster <= before, "{}: {} before, {} now", row.id, before, row.cluster);
            assert_eq!(index.cluster_now(before).unwrap(), row.cluster, "{}", row.id);
            founded.insert(row.id, row.cluster);
        }
    }
    let oldest = |c: i64| index.cluster(c).unwrap().iter().map(|r| r.number).min().unwrap();
    for (cluster, members, _) in index.newest_clusters(1_000, None).unwrap() {
        assert!(members > 1);
        assert_eq!(cluster, oldest(cluster), "a cluster is called by the document that founded it");
    }
}

#[test]
fn the_same_again_changes_nothing_and_another_text_is_a_version() {
    let folder = Folder::new("again");
    let documents = made(Kind::News, 6, 8);
    let mut index = Index::open(&folder.file("i"), None).unwrap();
    index.add(&documents, 0).unwrap();
    let before = (clusters(&index), index.info().unwrap());
    let again = index.add(&documents, 9).unwrap();
    assert!(again.rows.iter().all(|r| r.added == Added::There && r.links.is_empty()));
    assert_eq!((clusters(&index), index.info().unwrap()), before);
    let changed = Document { text: format!("{} And one thing more was said of it.", documents[0].text), ..documents[0].clone() };
    let added = index.add(&[changed.clone(), changed], 9).unwrap();
    assert_eq!(
        added.rows.iter().map(|r| (r.id.as_str(), &r.added)).collect::<Vec<_>>(),
        [(format!("{}#2", documents[0].id).as_str(), &Added::Version), (format!("{}#2", documents[0].id).as_str(), &Added::There)]
    );
    assert!(!added.rows[0].links.is_empty(), "a version is linked with what it is a version of");
    let copy = Document { id: "copy".into(), ..documents[0].clone() };
    assert_eq!(index.add(&[copy], 9).unwrap().rows[0].added, Added::CopyOf(documents[0].id.clone()));
    assert_eq!(index.row("copy").unwrap().unwrap().cluster, index.row(&documents[0].id).unwrap().unwrap().cluster);
}

#[test]
fn what_is_told_is_kept_a_transaction_at_a_time() {
    let folder = Folder::new("told");
    let documents = made(Kind::News, 6, 3);
    let path = folder.file("i");
    let mut index = Index::open(&path, None).unwrap();
    let mut kept = 0;
    let lists: Vec<Vec<Document>> = documents.chunks(3).map(<[Document]>::to_vec).collect();
    let ended = index.add_each(lists, &|| 1, &mut |_, list, report| {
        let ids: Vec<&String> = report.rows.iter().map(|r| &r.id).collect();
        assert_eq!(ids, list.iter().map(|d| &d.id).collect::<Vec<_>>());
        kept += report.rows.len() as u64;
        assert_eq!(Index::open_to_read(&path)?.info()?.documents, kept);
        if kept < 9 { Ok(()) } else { Err(Error::Interrupted) }
    });
    assert!(matches!(ended, Err(Error::Interrupted)), "{ended:?}");
    assert_eq!((kept, index.info().unwrap().documents), (9, 9));
    index.add_each(documents.chunks(7), &|| 2, &mut |_, _, _| Ok(())).unwrap();
    let mut at_once = Index::open(&folder.file("at-once"), None).unwrap();
    at_once.add(&documents, 1).unwrap();
    assert_eq!(clusters(&index), clusters(&at_once));
}

#[test]
fn a_question_finds_what_adding_would_link_and_keeps_nothing() {
    let folder = Folder::new("question");
    let documents = made(Kind::News, 16, 9);
    let (asked, kept): (Vec<_>, Vec<_>) = documents.iter().enumerate().partition(|(i, _)| i % 5 == 4);
    let kept: Vec<Document> = kept.into_iter().map(|d| d.1.clone()).collect();
    let mut index = Index::open(&folder.file("i"), None).unwrap();
    index.add(&kept, 0).unwrap();
    let before = index.info().unwrap();
    let mut linked = 0;
    let mut other = Index::open(&folder.file("o"), None).unwrap();
    other.add(&kept, 0).unwrap();
    for (_, document) in asked {
        let answer = index.query(document).unwrap();
        let mut found: Vec<String> = answer.found.iter().map(|f| f.document.id.clone()).collect();
        found.sort();
        let row = other.add(std::slice::from_ref(document), 1).unwrap().rows.remove(0);
        let mut wanted: Vec<String> = row.links.iter().map(|l| other.row_of(l.other(row.number)).unwrap().unwrap().id).collect();
        wanted.sort();
        other.remove(std::slice::from_ref(&document.id), 2).unwrap();
        if answer.same.is_none() {
            assert_eq!(found, wanted, "{}", document.id);
            linked += usize::from(!found.is_empty());
        }
    }
    assert!(linked > 2, "{linked}");
    assert_eq!(index.info().unwrap(), before);
}

#[test]
fn the_foot_of_an_outlets_pages_joins_no_two_of_them() {
    let folder = Folder::new("foot");
    let corpus = Corpus::new(Kind::Copies, 7);
    let words = |text: &str, most: usize| text.split_whitespace().take(most).map(str::to_owned).collect::<Vec<_>>();
    let foot = words(&corpus.cluster(60)[0].text, 170).join(" ");
    // without figures of their own, so that those of the foot are nearly all that two pages have
    let plain = |text: &str| words(text, 400).into_iter().filter(|w| !w.contains(|c: char| c.is_ascii_digit()) && !w.contains("day"));
    let page = |number: u32| {
        let story = plain(&corpus.cluster(number)[0].text).take(260).collect::<Vec<_>>().join(" ");
        Document { id: number.to_string(), text: format!("{story}\n\n{foot}"), ..Document::default() }
    };
    let mut index = Index::open(&folder.file("i"), None).unwrap();
    index.add(&(0..60).map(page).collect::<Vec<_>>(), 0).unwrap();
    assert_eq!(index.info().unwrap().links, 0);
    // What is taken from one of them alone is still found.
    let story = page(3).text;
    let part: Vec<&str> = story.split_whitespace().take(250).collect();
    let answer = index.query(&Document { id: "part".to_owned(), text: part.join(" "), ..Document::default() }).unwrap();
    assert_eq!(answer.found.iter().map(|f| f.document.id.as_str()).collect::<Vec<_>>(), ["3"]);
}

/// Wants to stop as soon as it is told of anything.
struct Impatient;

impl Monitor for Impatient {
    fn stage(&self, _: &'static str, _: u64) {}
    fn advance(&self, _: u64) {}
    fn stopped(&self) -> bool {
        true
    }
    fn usage(&self) -> Usage {
        Usage::default()
    }
}

#[test]
fn a_rebuild_that_is_stopped_changes_nothing() {
    let folder = Folder::new("stopped");
    let mut index = Index::open(&folder.file("i"), None).unwrap();
    index.add(&made(Kind::News, 16, 4), 0).unwrap();
    let (before, sets) = (index.info().unwrap(), clusters(&index));
    assert!(matches!(index.rebuild_watched(5, &Impatient), Err(Error::Interrupted)));
    assert_eq!(index.info().unwrap(), before);
    assert_eq!(clusters(&index), sets);
    assert!(index.check().unwrap().is_empty());
    assert_eq!(index.rebuild(6).unwrap().statistics, before.statistics + 1);
}

#[test]
fn new_statistics_compare_everything_again() {
    let folder = Folder::new("rebuild");
    let documents = made(Kind::News, 16, 10);
    let mut index = Index::open(&folder.file("i"), None).unwrap();
    index.add(&documents, 0).unwrap();
    let rebuilt = index.rebuild(5).unwrap();
    assert_eq!(rebuilt.statistics, 1);
    assert_eq!(index.info().unwrap().statistics_fingerprint, rebuilt.fingerprint);
    assert_eq!(index.check().unwrap(), Vec::<String>::new());
    let once = clusters(&index);
    // Under the same statistics nothing moves.
    let again = index.rebuild(6).unwrap();
    assert_eq!((again.statistics, again.moved), (2, 0));
    assert_eq!(again.fingerprint, rebuilt.fingerprint);
    assert_eq!(clusters(&index), once);
    let mut reopened = Index::open(&folder.file("i"), None).unwrap();
    assert_eq!(reopened.info().unwrap(), index.info().unwrap());
    assert_eq!(reopened.check().unwrap(), Vec::<String>::new());
}

#[test]
fn other_settings_other_files_and_newer_forms_are_refused_with_the_way_out() {
    let folder = Folder::new("refused");
    let path = folder.file("i");
    Index::open(&path, None).unwrap().add(&made(Kind::News, 3, 1), 0).unwrap();
    let other = Config { threshold: 0.8, ..Config::news_corpus() };
    let told = Index::open(&path, Some(&other)).err().unwrap().to_string();
    assert!(told.contains("other settings") && told.contains("make a new index"), "{told}");
    Index::open(&path, Some(&Config { text_field: Some("body".into()), ..Config::news_corpus() })).unwrap();
    let database = rusqlite::Connection::open(&path).unwrap();
    database.pragma_update(None, "user_version", 99).unwrap();
    let told = Index::open(&path, None).err().unwrap().to_string();
    assert!(told.contains("form 99"), "{told}");
    let foreign = folder.file("foreign");
    rusqlite::Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(Index::open(&foreign, None).err().unwrap().to_string().contains("no index"));
    std::fs::write(folder.file("text"), "no database at all, but text long enough to look like a header of one").unwrap();
    assert!(Index::open(&folder.file("text"), None).is_err());
}

#[test]
fn a_damaged_file_gives_an_error_or_the_right_answer() {
    let folder = Folder::new("damaged");
    let documents = made(Kind::News, 6, 11);
    let path = folder.file("i");
    let mut index = Index::open(&path, None).unwrap();
    index.add(&documents, 0).unwrap();
    index.vacuum().unwrap();
    let right = clusters(&index);
    let wanted: Vec<_> = documents.iter().map(|d| index.query(d).unwrap().found.len()).collect();
    drop(index);
    let whole = std::fs::read(&path).unwrap();
    let (mut seen, mut silent) = (0, 0);
    for n in 0..40_u64 {
        let mut bytes = whole.clone();
        let at = n.wrapping_mul(0x9E37_79B9_7F4A_7C15) as usize % bytes.len();
        if n % 6 == 0 {
            bytes.truncate(at.max(1));
        } else {
            bytes[at] ^= 1 << (n % 8);
        }
        let broken = folder.file("broken");
        for left in ["broken-wal", "broken-shm"] {
            std::fs::remove_file(folder.file(left)).ok();
        }
        std::fs::write(&broken, bytes).unwrap();
        let Ok(mut index) = Index::open(&broken, None) else {
            seen += 1;
            continue;
        };
        let told = index.check().unwrap_or_else(|e| vec![e.to_string()]);
        if !told.is_empty() {
            seen += 1;
            continue;
        }
        // What the check does not see must not matter.
        silent += 1;
        assert_eq!(clusters(&index), right, "damage {n} at {at} of {}", whole.len());
        let found: Vec<_> = documents.iter().map(|d| index.query(d).unwrap().found.len()).collect();
        assert_eq!(found, wanted, "damage {n} at {at}");
    }
    assert!(seen > 15 && silent < 25, "{seen} seen, {silent} without effect");
}

#[test]
fn a_search_takes_text_as_text() {
    let folder = Folder::new("search");
    let mut documents = made(Kind::News, 10, 12);
    documents[3].title = Some("50% of a_b's \\ \"plans\" fail".into());
    let mut index = Index::open(&folder.file("i"), None).unwrap();
    index.add(&documents, 0).unwrap();
    let titled = |part: &str| index.search(&Search { title: Some(part.into()), ..Search::default() }, 50).unwrap().len();
    assert_eq!((titled("50% of"), titled("a_b"), titled("a%b"), titled("\\ \""), titled("'; DROP TABLE document")), (1, 1, 0, 1, 0));
    assert_eq!(index.search(&Search::default(), 5).unwrap().len(), 5);
}

#[cfg(feature = "cli")]
#[test]
fn the_commands_of_the_readme_run() {
    let folder = Folder::new("readme");
    let readme = include_str!("../README.md").split("## A collection that grows").nth(1).unwrap();
    let block = readme.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    let mut out = Vec::new();
    for line in block.lines() {
        let line = line.replace("news.wirecopy", &folder.file("news.wirecopy").to_string_lossy());
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_wirecopy"));
        let done = command.args(line.split_whitespace().skip(1)).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
        assert!(done.status.success(), "{line}\n{}", String::from_utf8_lossy(&done.stderr));
        out.push(String::from_utf8(done.stdout).unwrap());
    }
    let [_, answer, exported, _] = out.as_slice() else { panic!("four commands") };
    assert!(
        answer.contains("the very same words: 001_f126c589adc6e714.txt")
            && answer.contains("rewrite")
            && answer.contains("000_97a6623354665ed9")
    );
    let rows: Vec<serde_json::Value> = exported.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(rows.len(), 5);
    assert_eq!(rows[0]["cluster"], rows[1]["cluster"]);
    assert_eq!(rows.iter().filter(|r| r["cluster"] == r["number"]).count(), 4);
}

#[test]
fn one_that_reads_follows_what_another_changes() {
    let folder = Folder::new("follows");
    let file = folder.file("i");
    let documents = made(Kind::Copies, 60, 21);
    let config = config(Kind::Copies);
    let mut writer = Index::open(&file, Some(&config)).unwrap();
    writer.add(&documents[..20], 0).unwrap();
    let mut reader = Index::open_to_read(&file).unwrap();
    let (mut filtered, filters) = (Index::open_to_read(&file).unwrap(), Arc::new(Filters::default()));
    filtered.share_filters(&filters);
    let answers = |index: &mut Index| -> Vec<Vec<i64>> {
        // The words of all but the beginning: no document has the very same.
        let cut = |text: &str| text.char_indices().nth(text.len() / 4).map_or(0, |c| c.0);
        let asked = documents.iter().map(|d| Document { text: d.text[cut(&d.text)..].to_owned(), ..d.clone() });
        asked.map(|d| index.query(&d).unwrap().found.iter().map(|f| f.document.number).collect()).collect()
    };
    let mut seen = BTreeSet::new();
    let mut follow = |what: &str, writer: &mut Index| {
        let found = answers(&mut reader);
        assert_eq!(found, answers(&mut Index::open_to_read(&file).unwrap()), "{what}");
        assert_eq!(found, answers(writer), "{what}");
        assert_eq!(found, answers(&mut filtered), "{what}, before there are filters of new runs");
        filtered.make_filters().unwrap();
        assert_eq!(found, answers(&mut filtered), "{what}, filtered");
        seen.insert(found);
    };
    follow("some", &mut writer);
    for some in documents[20..].chunks(40) {
        writer.add(some, 1).unwrap();
        follow("more", &mut writer);
    }
    writer.vacuum().unwrap();
    follow("one run of all", &mut writer);
    assert!(filters.bytes() > 1_000);
    writer.rebuild(2).unwrap();
    follow("other statistics", &mut writer);
    let gone: Vec<String> = documents[..30].iter().map(|d| d.id.clone()).collect();
    writer.remove(&gone, 3).unwrap();
    follow("fewer", &mut writer);
    writer.vacuum().unwrap();
    writer.add(&documents[..10], 4).unwrap();
    follow("some of them again", &mut writer);
    assert!(seen.len() > 4, "the changes are to be seen in the answers");
}
