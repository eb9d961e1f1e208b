//! `wirecopy watch` with an index and with receivers of notices, against a real server on loopback.
#![cfg(feature = "watch")]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where something is not as it must be")]
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod folder;
mod server;

use folder::Folder;
use serde_json::Value;
use server::{Reply, Request, Server};
use std::collections::BTreeSet;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const RSS: &str = "application/rss+xml";

/// A story of about 130 words that shares no sentence with one of another number.
fn story(number: usize) -> String {
    let words = [
        "harbour", "crane", "ferry", "council", "bridge", "tunnel", "market", "orchard", "museum", "lantern", "quarry", "vessel", "garden",
        "station", "printer", "glacier", "saddle", "theatre", "bakery", "reactor", "meadow", "archive", "signal", "kennel", "pasture",
    ];
    let word = |at: usize| format!("{}{}", words[(number * 7 + at * at + at * 3) % words.len()], (b'a' + (number % 26) as u8) as char);
    let sentence = |s: usize| {
        let part: Vec<String> = (0..11).map(|w| word(s * 11 + w)).collect();
        format!("The {} said on Monday that {} {} would {}.", part[0], 100 + number * 13 + s, part[1], part[2..].join(" "))
    };
    (0..9).map(sentence).collect::<Vec<_>>().join(" ")
}

fn feed(items: &[(String, String)]) -> String {
    let mut out = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The Quay</title>".to_owned();
    for (id, text) in items {
        out.push_str(&format!(
            "<item><guid>{id}</guid><title>Item {id}</title><link>http://quay.example/{id}</link><description>{text}</description></item>"
        ));
    }
    out + "</channel></rss>"
}

/// Stories `a0`, `a1`, ... and of the first `copies` a copy each with another word, `b0`, `b1`, ...
fn stories(count: usize, copies: usize) -> Vec<(String, String)> {
    let copy = |n: usize| (format!("b{n}"), story(n).replacen("said on Monday", "told reporters on Monday", 1));
    (0..count).map(|n| (format!("a{n}"), story(n))).chain((0..copies).map(copy)).collect()
}

fn command(folder: &Folder, feed: &str, more: &[&str]) -> Command {
    let mut command = folder.command();
    command.args(["watch", feed, "--once", "--delay", "0s", "--timeout", "2s", "--format", "json", "--allow-private"]);
    command.args(["--store", "store", "-o", "new.jsonl"]).args(more);
    command
}

fn round(folder: &Folder, feed: &str, more: &[&str]) -> Output {
    command(folder, feed, more).output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn lines(folder: &Folder, name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.path(name)).unwrap_or_default();
    text.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn row<'a>(rows: &'a [Value], id: &str) -> &'a Value {
    rows.iter().find(|r| r["id"] == id).ok_or_else(|| format!("{id} is not in {rows:?}")).unwrap()
}

#[test]
fn each_article_is_asked_against_everything_seen() {
    let folder = Folder::new("index");
    // an archive that was indexed before, with a story that a feed will tell again
    folder.put("archive.jsonl", format!("{}\n", serde_json::json!({ "id": "old", "text": story(7), "url": "https://wire.example/old" })));
    assert!(folder.run(&["index", "add", "archive.jsonl", "--index", "news.wirecopy"]).status.code().is_some());
    let now = Arc::new(Mutex::new(stories(3, 2)));
    let items = Arc::clone(&now);
    let server = Server::start(move |request: &Request| match request.path.as_str() {
        "/feed" => Reply::new(200, RSS, feed(&items.lock().unwrap())),
        _ => Reply::new(404, "text/html", ""),
    });
    let address = format!("{}/feed", server.address);
    let index = ["--index", "news.wirecopy"];
    // seen before there was an index
    assert!(round(&folder, &address, &[]).status.success());
    assert_eq!(lines(&folder, "new.jsonl").len(), 5);
    now.lock().unwrap().extend([
        ("again".to_owned(), story(7).replacen("said on Monday", "told reporters on Monday", 1)),
        ("c1".to_owned(), story(1).replacen("would", "should", 1)),
        ("same".to_owned(), story(2)),
        ("new".to_owned(), story(11)),
    ]);
    let second = round(&folder, &address, &index);
    assert!(second.status.success(), "{}", told(&second));
    let rows = lines(&folder, "new.jsonl");
    assert_eq!(rows.len(), 9, "what was told before is not told again");
    let with = |id: &str| -> Vec<String> {
        let relations = row(&rows, id)["relations"].as_array().unwrap().clone();
        relations.iter().map(|r| format!("{} {}", r["relation"].as_str().unwrap(), r["with"].as_str().unwrap())).collect()
    };
    assert_eq!(with("again"), ["near_duplicate old"]);
    assert_eq!(row(&rows, "again")["relations"][0]["url"], "https://wire.example/old");
    assert_eq!(with("c1"), ["near_duplicate a1", "near_duplicate b1"]);
    assert_eq!(with("same"), ["exact a2"]);
    assert_eq!(with("new"), Vec::<String>::new());
    let cluster = |id: &str| row(&rows, id)["cluster"].as_i64().unwrap();
    assert_ne!(cluster("new"), cluster("c1"));
    // the index has them all, and a changed article is a version
    let export = folder.run(&["index", "export", "--index", "news.wirecopy"]);
    let ids: BTreeSet<String> = String::from_utf8_lossy(&export.stdout)
        .lines()
        .map(|l| serde_json::from_str::<Value>(l).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, ["a0", "a1", "a2", "again", "b0", "b1", "c1", "new", "old", "same"].map(str::to_owned).into());
    if let Some(item) = now.lock().unwrap().iter_mut().find(|i| i.0 == "new") {
        item.1 = item.1.replacen("would", "could", 1);
    }
    assert!(round(&folder, &address, &index).status.success());
    let rows = lines(&folder, "new.jsonl");
    assert_eq!(rows.len(), 10);
    assert_eq!((rows[9]["id"].as_str(), rows[9]["relations"][0]["flags"][0].as_str()), (Some("new#2"), Some("version")));
    // an index that is made anew gets everything, and nothing is told twice
    assert!(round(&folder, &address, &["--index", "other.wirecopy"]).status.success());
    assert_eq!(lines(&folder, "new.jsonl").len(), 10);
    let info = folder.run(&["index", "info", "--index", "other.wirecopy"]);
    let info: Value = serde_json::from_slice(&info.stdout).unwrap();
    assert_eq!((info["documents"].as_u64(), info["copies"].as_u64()), (Some(10), Some(1)));
}

#[test]
fn derivatives_are_told_to_addresses_and_files() {
    let folder = Folder::new("notify");
    let server = Server::start(|request| match request.path.as_str() {
        "/feed" => Reply::new(200, RSS, feed(&stories(4, 3))),
        _ => Reply::new(204, "text/plain", ""),
    });
    let (address, hook) = (format!("{}/feed", server.address), format!("{}/hook?key=secret", server.address));
    for more in [&["--index", "news.wirecopy"][..], &[]] {
        let own = Folder::new(if more.is_empty() { "notify-window" } else { "notify-index" });
        server.requests.lock().unwrap().clear();
        let output = round(&own, &address, &[more, &["--notify", &hook, "--notify", "derived.jsonl"]].concat());
        assert!(output.status.success(), "{}", told(&output));
        let notices = lines(&own, "derived.jsonl");
        let articles: Vec<&str> = notices.iter().map(|n| n["article"]["id"].as_str().unwrap()).collect();
        assert_eq!(articles, ["b0", "b1", "b2"]);
        assert_eq!(notices[1]["article"]["relations"][0]["with"], "a1");
        assert_eq!((notices[0]["schema"].as_str(), notices[0]["kind"].as_str()), (Some("wirecopy.notice/1"), Some("derivative")));
        let sent: Vec<Request> = server.requests.lock().unwrap().iter().filter(|r| r.path.starts_with("/hook")).cloned().collect();
        assert_eq!(sent.iter().map(|r| serde_json::from_str::<Value>(&r.body).unwrap()).collect::<Vec<_>>(), notices);
        assert!(sent.iter().zip(&notices).all(|(r, n)| r.head.contains(&format!("idempotency-key: {}", n["id"].as_str().unwrap()))));
        // once is once
        let second = round(&own, &address, &[more, &["--notify", &hook, "--notify", "derived.jsonl"]].concat());
        assert!(second.status.success(), "{}", told(&second));
        assert_eq!(lines(&own, "derived.jsonl").len(), 3);
        assert_eq!(server.count("/hook"), 3);
    }
    for (more, why) in [(["--notify", "ftp://example.org/x"], "scheme ftp"), (["--notify", "new.jsonl"], "same place")] {
        let refused = round(&folder, &address, &more);
        assert_eq!(refused.status.code(), Some(2));
        assert!(told(&refused).contains(why), "{}", told(&refused));
    }
}

#[test]
fn what_does_not_arrive_is_sent_again() {
    let folder = Folder::new("again");
    let (mode, hits) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (now, count) = (Arc::clone(&mode), Arc::clone(&hits));
    let server = Server::start(move |request| match request.path.as_str() {
        "/feed" => Reply::new(200, RSS, feed(&stories(3, 3))),
        "/hook" => match now.load(Ordering::SeqCst) {
            // nobody is there
            0 => Reply::new(503, "text/plain", "").header("Retry-After", "3000"),
            1 => Reply::new(302, "text/plain", "").header("Location", "/elsewhere"),
            // two faults, then all is well but for one notice that is never taken
            2 if count.fetch_add(1, Ordering::SeqCst) < 2 => Reply::new(500, "text/plain", ""),
            2 if request.body.contains("\"id\":\"b1\"") => Reply::new(422, "text/plain", ""),
            _ => Reply::new(200, "text/plain", "thanks"),
        },
        _ => Reply::new(200, "text/plain", ""),
    });
    let (address, hook) = (format!("{}/feed", server.address), format!("{}/hook", server.address));
    let more = ["--index", "news.wirecopy", "--notify", &hook];
    for (way, why) in [(0, "503"), (1, "302")] {
        mode.store(way, Ordering::SeqCst);
        let output = round(&folder, &address, &more);
        assert_eq!(output.status.code(), Some(1), "{}", told(&output));
        assert!(told(&output).contains(why) && told(&output).contains("3 notices have not arrived"), "{}", told(&output));
        assert!(!told(&output).contains("/hook"), "what follows the host may be secret: {}", told(&output));
    }
    assert_eq!(server.count("/elsewhere"), 0, "redirects are not followed");
    let silent = round(&folder, &address, &more[..2]);
    assert!(silent.status.success() && told(&silent).contains("3 notices wait"), "{}", told(&silent));
    mode.store(2, Ordering::SeqCst);
    let output = round(&folder, &address, &more);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert!(told(&output).contains("1 notices have not arrived"), "{}", told(&output));
    mode.store(3, Ordering::SeqCst);
    assert!(round(&folder, &address, &more).status.success());
    let requests = server.requests.lock().unwrap().clone();
    let ids: BTreeSet<String> = requests
        .iter()
        .filter(|r| r.path == "/hook")
        .map(|r| serde_json::from_str::<Value>(&r.body).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 3, "a notice keeps its id however often it is sent: {ids:?}");
}

#[test]
fn private_receivers_are_refused() {
    let folder = Folder::new("private");
    let server = Server::start(|request| match request.path.as_str() {
        "/feed" => Reply::new(200, RSS, feed(&stories(2, 1))),
        _ => Reply::new(500, "text/plain", ""),
    });
    let (address, hook) = (format!("{}/feed", server.address), format!("{}/hook", server.address));
    let waits = round(&folder, &address, &["--notify", &hook]);
    assert_eq!(waits.status.code(), Some(1), "{}", told(&waits));
    let asked = server.count("/hook");
    // a notice waits, and there is no leave to send it to this machine
    let arguments = ["watch", &address, "--once", "--delay", "0s", "--store", "store", "-o", "new.jsonl", "--notify", &hook];
    let refused = folder.run(&arguments);
    assert!(told(&refused).contains(&format!("{}: notice", server.address)), "{}", told(&refused));
    assert!(told(&refused).contains("not public"), "{}", told(&refused));
    assert_eq!((asked, server.count("/hook")), (4, 4));
}

/// Kills runs at these moments, then lets one end: every article stands in the output once and in the index once, and every derivative
/// arrives, in the file once and at the address at least once under one id.
fn killed_after(folder: &Folder, pauses: impl Iterator<Item = Duration>) {
    const STORIES: usize = 30;
    let count = AtomicUsize::new(0);
    let server = Server::start(move |request| match request.path.as_str() {
        "/feed" => Reply::new(200, RSS, feed(&stories(STORIES, STORIES))),
        // slow enough to be killed in between, and now and then out of order
        _ if count.fetch_add(1, Ordering::SeqCst) % 11 == 3 => Reply::new(500, "text/plain", ""),
        _ => Reply { stall: Some(Duration::from_millis(5)), ..Reply::new(200, "text/plain", "thanks") },
    });
    let (address, hook) = (format!("{}/feed", server.address), format!("{}/hook", server.address));
    let more = ["--index", "news.wirecopy", "--notify", &hook, "--notify", "derived.jsonl"];
    for pause in pauses {
        let mut child = command(folder, &address, &more).stderr(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(pause);
        let _ = child.kill();
        let _ = child.wait();
    }
    let mut last = round(folder, &address, &more);
    for _ in 0..20 {
        if last.status.success() {
            break;
        }
        last = round(folder, &address, &more);
    }
    assert!(last.status.success(), "{}", told(&last));
    let ids = |rows: &[Value], of: fn(&Value) -> &Value| {
        let mut ids: Vec<String> = rows.iter().map(|r| of(r).as_str().unwrap().to_owned()).collect();
        ids.sort();
        ids
    };
    let mut wanted: Vec<String> = stories(STORIES, STORIES).into_iter().map(|s| s.0).collect();
    wanted.sort();
    assert_eq!(ids(&lines(folder, "new.jsonl"), |r| &r["id"]), wanted);
    wanted.retain(|id| id.starts_with('b'));
    let notices = lines(folder, "derived.jsonl");
    assert_eq!(ids(&notices, |n| &n["article"]["id"]), wanted);
    let arrived: BTreeSet<String> = server
        .requests
        .lock()
        .unwrap()
        .iter()
        .filter(|r| r.path == "/hook")
        .map(|r| serde_json::from_str::<Value>(&r.body).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(arrived.into_iter().collect::<Vec<_>>(), ids(&notices, |n| &n["id"]));
    let info: Value = serde_json::from_slice(&folder.run(&["index", "info", "--index", "news.wirecopy"]).stdout).unwrap();
    assert_eq!((info["documents"].as_u64(), info["clusters"].as_u64()), (Some(2 * STORIES as u64), Some(STORIES as u64)));
    assert!(folder.run(&["index", "check", "--index", "news.wirecopy"]).status.success());
}

#[test]
fn a_killed_run_goes_on_with_nothing_lost() {
    killed_after(&Folder::new("killed"), (0..8).map(|kill| Duration::from_millis(30 + 45 * kill)));
}

/// For `.ci/full`: `KILLS` runs (25 where it is not given) are killed at random points, three before each that ends.
#[test]
#[ignore = "takes minutes"]
fn runs_are_killed_at_random_points() {
    for (round, pauses) in server::random_pauses(Duration::from_millis(1_200)).enumerate() {
        killed_after(&Folder::new(&format!("random-{round}")), pauses.into_iter());
    }
}
