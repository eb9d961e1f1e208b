//! Files of every form that was ever written are opened, answer as they did, and go on; damaged and newer ones are refused with the
//! way out. `forms/` holds them, packed, as the program of their time left them.
#![cfg(all(feature = "index", feature = "cli"))]
#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it must be")]
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod folder;

use folder::Folder;
use rusqlite::Connection;
use serde_json::Value;
use std::path::PathBuf;
use wirecopy::document::Document;
use wirecopy::index::{Added, Index, NewNotice, Seen, Told};

const WIRE: &str = "PORT ELLERY (AP) - The harbour authority closed both piers on Monday after a crane fell onto a ferry, injuring 14 passengers and two members of the crew.";

/// A file as it was left, in a folder of its own.
fn kept(folder: &Folder, name: &str) -> PathBuf {
    let path = format!("{}/tests/forms/{name}.zst", env!("CARGO_MANIFEST_DIR"));
    folder.put(name, zstd::stream::decode_all(std::fs::File::open(path).unwrap()).unwrap());
    folder.path(name)
}

fn form(path: &std::path::Path) -> i64 {
    Connection::open(path).unwrap().pragma_query_value(None, "user_version", |r| r.get(0)).unwrap()
}

#[test]
fn the_memory_of_watch_is_read_in_each_form_and_goes_on() {
    for (name, number) in [("watch-1.sqlite", 1), ("watch-2.sqlite", 2)] {
        let folder = Folder::new(name);
        let path = kept(&folder, name);
        assert_eq!(form(&path), number);
        let mut seen = Seen::open(&path).unwrap();
        let (moved, etag, modified) = seen.feed("http://quay.example/feed").unwrap();
        assert_eq!((moved.as_deref(), etag.as_deref(), modified), (Some("https://quay.example/rss"), Some("\"v1\""), None));
        let known = seen.known("quay.example/pier").unwrap().unwrap();
        assert_eq!((known.version, known.text.starts_with(WIRE)), (1, true));
        assert_eq!(seen.untold().unwrap(), [3]);
        assert_eq!(seen.written("/srv/watch/new.jsonl").unwrap(), Some(870));
        assert_eq!(seen.failed_again("http://127.0.0.1:8089/late", 77).unwrap(), 3, "it was tried twice");
        let articles = seen.newest(10).unwrap();
        assert_eq!(articles.iter().map(|a| a.document.id.as_str()).collect::<Vec<_>>(), ["pier", "museum", "copy"]);
        // what a page says of itself has a place since the second form
        assert_eq!(articles.iter().map(|a| a.document.stated.is_some()).collect::<Vec<_>>(), [false, number > 1, false]);
        assert_eq!(articles[1].document.page_date.map(|d| d.to_string()).as_deref(), Some("2025-11-03"));

        let changed = Document { text: "Another text.".into(), ..articles[1].document.clone() };
        assert_eq!(seen.keep("quay.example/museum", 5, "http://quay.example/feed", &changed).unwrap(), 2);
        let notices = [NewNotice { target: "https://hook.example/".into(), id: "x-3".into(), body: "{}".into() }];
        seen.tell(&Told { numbers: &[3], indexed: Some(("/srv/news.wirecopy", 3)), notices: &notices, ..Told::default() }).unwrap();
        let (own, other) = (seen.name().unwrap(), Seen::open(&folder.path("other")).unwrap().name().unwrap());
        assert_ne!(own, other);
        drop(seen);
        let seen = Seen::open(&path).unwrap();
        assert_eq!(seen.name().unwrap(), own);
        assert_eq!(seen.untold().unwrap(), [4]);
        assert_eq!(seen.after(3, 10).unwrap()[0].document, Document { id: "museum#2".into(), ..changed });
        assert_eq!(seen.indexed("/srv/news.wirecopy").unwrap(), 3);
        assert_eq!(seen.waiting().unwrap(), [("https://hook.example/".to_owned(), 1)]);
        drop(seen);
        assert_eq!(form(&path), form(&folder.path("other")), "an old file has the form of a new one");
    }
}

#[test]
fn an_index_is_read_in_each_form_and_goes_on() {
    let folder = Folder::new("index");
    let path = kept(&folder, "index-1.wirecopy");
    let whole = folder.run(&["index", "check", "--index", "index-1.wirecopy"]);
    assert!(whole.status.success(), "{}", String::from_utf8_lossy(&whole.stderr));
    let mut index = Index::open(&path, None).unwrap();
    let info = index.info().unwrap();
    assert_eq!((info.documents, info.copies, info.not_compared, info.clusters, info.links), (6, 1, 1, 2, 2));
    let (wire, near) = (index.row("wire").unwrap().unwrap(), index.row("near").unwrap().unwrap());
    assert_eq!((wire.url.as_deref(), wire.publisher.as_deref(), wire.agencies.len()), (Some("https://wire.example/1"), Some("AP"), 1));
    assert_eq!((near.cluster, index.row("same").unwrap().unwrap().copy_of), (wire.cluster, Some(wire.number)));
    let text = index.document(&wire).unwrap().text;
    assert!(text.starts_with(WIRE), "{text}");
    let asked = Document { id: "asked".into(), text: text.replace("14 passengers", "15 passengers"), ..Document::default() };
    let answer = index.query(&asked).unwrap();
    let found: Vec<(&str, &str)> = answer.found.iter().map(|f| (f.document.id.as_str(), f.link.relation.as_str())).collect();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.contains(&("wire", "near_duplicate")) && found.contains(&("near", "near_duplicate")), "{found:?}");
    // what was removed is gone, and new documents find the old ones
    assert!(index.row("gone").unwrap().is_none());
    let mask = index.document(&index.row("mask#2").unwrap().unwrap()).unwrap();
    let added = index.add(&[asked, Document { id: "mask".into(), ..mask }], 1_800_000_000).unwrap();
    assert_eq!((&added.rows[0].added, &added.rows[1].added), (&Added::New, &Added::There));
    assert_eq!((added.rows[0].cluster, added.rows[0].links.len()), (wire.cluster, 2));
    drop(index);
    let whole = folder.run(&["index", "check", "--index", "index-1.wirecopy"]);
    assert!(whole.status.success(), "{}", String::from_utf8_lossy(&whole.stderr));
    let fresh = folder.path("fresh.wirecopy");
    drop(Index::open(&fresh, None).unwrap());
    assert_eq!(form(&path), form(&fresh), "an old file has the form of a new one");
}

#[test]
fn newer_damaged_and_other_files_are_refused_with_the_way_out() {
    let folder = Folder::new("refused");
    let refusals =
        |path: &std::path::Path| [Seen::open(path).err().map(|e| e.to_string()), Index::open(path, None).err().map(|e| e.to_string())];
    for (name, which, way) in [("watch-2.sqlite", 0, "take a newer program, or another folder"), ("index-1.wirecopy", 1, "or a newer one")]
    {
        let path = kept(&folder, name);
        Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
        let told = refusals(&path)[which].clone().unwrap();
        assert!(told.contains("form 99") && told.contains(way), "{told}");
        assert_eq!(form(&path), 99, "a file that is refused stays as it is");
    }
    // each is refused as the other
    let watch = kept(&folder, "watch-2.sqlite");
    let told = Index::open(&watch, None).err().unwrap().to_string();
    assert!(told.contains("is no index of wirecopy"), "{told}");
    Connection::open(folder.path("tables")).unwrap().execute_batch("CREATE TABLE other (x)").unwrap();
    let told = Seen::open(&folder.path("tables")).err().unwrap().to_string();
    assert!(told.contains("no memory of `watch`") && told.contains("another folder"), "{told}");
    for (name, which) in [("watch-2.sqlite", 0), ("watch-1.sqlite", 0), ("index-1.wirecopy", 1)] {
        let whole = std::fs::read(kept(&folder, name)).unwrap();
        folder.put("text", "this is no file of that kind, but it is long enough to be one, with more than a hundred bytes of text in it.");
        let told = refusals(&folder.path("text"))[which].clone().unwrap();
        assert!(told.contains("not a database"), "{told}");
        // cut off: refused, or told by the first question, and never answered wrongly
        for part in [3, 5, 9] {
            let cut = folder.path(&format!("cut-{part}-{name}"));
            std::fs::write(&cut, &whole[..whole.len() / 10 * part]).unwrap();
            let told = if which == 0 {
                Seen::open(&cut).and_then(|s| s.newest(10).and(s.untold()).and(s.known("quay.example/pier"))).map(drop)
            } else {
                Index::open(&cut, None).and_then(|mut i| i.check()).map(|faults| assert!(!faults.is_empty(), "{part}"))
            };
            if let Err(error) = told {
                assert!(error.to_string().contains("malformed") || error.to_string().contains("damaged"), "{part}: {error}");
            }
        }
    }
}

#[test]
#[cfg(feature = "watch")]
fn a_run_goes_on_with_an_old_memory() {
    let folder = Folder::new("run");
    let path = kept(&folder, "watch-1.sqlite");
    std::fs::create_dir(folder.path("store")).unwrap();
    std::fs::rename(path, folder.path("store/seen.sqlite")).unwrap();
    // the feed cannot be reached; what was not told is told now
    let output = folder.run(&["watch", "http://127.0.0.1:1/feed", "--once", "--store", "store", "--format", "json", "--allow-private"]);
    assert_eq!(output.status.code(), Some(1));
    let row: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((row["id"].as_str(), row["relations"][0]["with"].as_str()), (Some("copy"), Some("pier")));
    assert_eq!(row["relations"][0]["relation"], "near_duplicate");
}
