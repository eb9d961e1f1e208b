//! Damaged files of the stored index: an answer is right, or there is none, or `check` says what is damaged.
#![cfg(feature = "index")]
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test stops where something is not as it must be")]

mod folder;

use folder::Folder;
use std::collections::BTreeSet;
use wirecopy::document::Document;
use wirecopy::error::Result;
use wirecopy::index::Index;
use wirecopy::synth::{Corpus, Kind, Labelled};

/// Places that are damaged in each file.
fn places() -> u64 {
    std::env::var("FAULTS").ok().and_then(|typed| typed.parse::<u64>().ok()).map_or(30, |faults| 20 * faults)
}

fn made(stories: std::ops::Range<u32>) -> Vec<Document> {
    let corpus = Corpus::new(Kind::News, 31);
    let page = |l: Labelled| Document { id: l.id, title: l.title, publisher: l.publisher, text: l.text, ..Document::default() };
    stories.flat_map(|story| corpus.cluster(story)).map(page).collect()
}

/// All that an index answers: who is in which cluster, and what each document is to the others.
type Answers = (Vec<(String, i64)>, Vec<(Option<String>, Vec<String>)>);

fn answers(index: &mut Index, documents: &[Document]) -> Result<Answers> {
    let rows = index.after(0, 10_000)?.into_iter().map(|r| (r.id, r.cluster)).collect();
    let asked = documents.iter().map(|document| {
        let answer = index.query(document)?;
        Ok((answer.same.map(|s| s.id), answer.found.into_iter().map(|f| f.document.id).collect()))
    });
    Ok((rows, asked.collect::<Result<_>>()?))
}

/// A file with one bit changed, or now and then cut off.
fn damaged(whole: &[u8], n: u64) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    let mixed = (n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let at = (mixed ^ (mixed >> 29)) as usize % bytes.len();
    match n % 7 {
        0 => bytes.truncate(at.max(1)),
        _ => bytes[at] ^= 1 << (mixed >> 61),
    }
    bytes
}

#[test]
fn no_answer_is_wrong_unless_the_damage_is_named() {
    let folder = Folder::new("places");
    let documents = made(0..5);
    for packed in [false, true] {
        let mut index = Index::open(&folder.path("i"), None).unwrap();
        index.add(&documents, 0).unwrap();
        if packed {
            index.vacuum().unwrap();
        }
        let right = answers(&mut index, &documents).unwrap();
        drop(index);
        let whole = std::fs::read(folder.path("i")).unwrap();
        let (mut refused, mut named, mut harmless) = (0, 0, 0);
        for n in 0..places() {
            for left in ["broken-wal", "broken-shm"] {
                std::fs::remove_file(folder.path(left)).ok();
            }
            folder.put("broken", damaged(&whole, n));
            // the questions come first: whoever asks has not run a check
            let asked = Index::open_to_read(&folder.path("broken")).and_then(|mut index| answers(&mut index, &documents));
            let faults = Index::open_to_read(&folder.path("broken")).and_then(|mut index| index.check());
            let named_by_check = faults.as_ref().map_or(true, |faults| !faults.is_empty());
            match asked {
                Err(error) => {
                    assert!(named_by_check, "damage {n}, packed {packed}: {error}, and the check sees nothing");
                    assert!(error.to_string().lines().count() == 1, "{error}");
                    refused += 1;
                }
                Ok(found) if found == right => harmless += u32::from(!named_by_check),
                Ok(found) => {
                    assert!(named_by_check, "damage {n}, packed {packed}: a wrong answer, and the check sees nothing");
                    // a tree that lost a row without telling: at most the answers that hang on this row
                    let other = found.1.iter().zip(&right.1).filter(|(a, b)| a != b).count();
                    assert!(other <= 2, "damage {n}, packed {packed}: {other} wrong answers");
                    named += 1;
                }
            }
        }
        assert!(u64::from(harmless) < places() && refused > 3 && named * 20 < places().max(20), "{refused}, {named}, {harmless}");
        std::fs::remove_file(folder.path("i")).unwrap();
    }
}

#[test]
fn a_damaged_log_goes_back_to_a_moment_before() {
    let folder = Folder::new("log");
    let mut index = Index::open(&folder.path("i"), None).unwrap();
    let mut moments: Vec<BTreeSet<String>> = vec![BTreeSet::new()];
    for story in 0..4 {
        let added = index.add(&made(story..story + 1), i64::from(story)).unwrap();
        let mut ids = moments[moments.len() - 1].clone();
        ids.extend(added.rows.into_iter().map(|r| r.id));
        moments.push(ids);
    }
    // as a kill leaves them
    let (file, log) = (std::fs::read(folder.path("i")).unwrap(), std::fs::read(folder.path("i-wal")).unwrap());
    drop(index);
    assert!(log.len() > 10_000);
    let mut seen = BTreeSet::new();
    for n in 0..places() {
        std::fs::remove_file(folder.path("broken-shm")).ok();
        folder.put("broken", &file);
        folder.put("broken-wal", damaged(&log, n));
        let Ok(mut index) = Index::open_to_read(&folder.path("broken")) else { continue };
        if index.check().is_ok_and(|faults| faults.is_empty()) {
            let ids: BTreeSet<String> = index.after(0, 10_000).unwrap().into_iter().map(|r| r.id).collect();
            let moment = moments.iter().position(|m| *m == ids);
            assert!(moment.is_some(), "damage {n}: half of a change");
            seen.extend(moment);
        }
    }
    assert!(seen.len() > 1, "{seen:?}");
}
