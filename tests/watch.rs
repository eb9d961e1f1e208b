//! `wirecopy watch` against a real server on loopback.
#![cfg(feature = "watch")]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where something is not as it must be")]
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod folder;
mod server;

use folder::Folder;
use serde_json::Value;
use server::{Reply, Request, Server};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const WIRE: &str = "PORT ELLERY (AP) - The harbour authority closed both piers on Monday after a crane fell onto a ferry, injuring 14 passengers and two members of the crew. \"We heard it before we saw it,\" captain Mara Dunn told reporters on the quay. The authority said that 3,200 people use the ferry each day and that the north pier would stay closed until Friday. Divers searched the basin for several hours and found nobody. The crane was 31 years old and had passed its last inspection in October, the authority said. \"Nothing in the papers told us that it would fall,\" said Otto Weiss, who runs the port. A second ferry will carry commuters from Tuesday morning, at half the usual fare. The town council meets on Wednesday to talk about the cost, which Weiss put at two million crowns, and about who will pay it in the end.";

fn command(folder: &Path, feeds: &[String]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
    command.arg("watch").args(feeds).args(["--once", "--delay", "0s", "--timeout", "2s", "--format", "json", "--allow-private"]);
    command.arg("--store").arg(folder.join("store")).arg("-o").arg(folder.join("new.jsonl"));
    command
}

fn round(folder: &Path, feeds: &[String]) -> Output {
    command(folder, feeds).output().unwrap()
}

fn rows(folder: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join("new.jsonl")).unwrap_or_default();
    text.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn ids(folder: &Path) -> Vec<String> {
    rows(folder).iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect()
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn feed(items: &[(&str, &str, &str)]) -> String {
    let mut out = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The Quay</title>".to_owned();
    for (id, link, text) in items {
        out.push_str(&format!(
            "<item><guid>{id}</guid><title>Item {id}</title><link>{link}</link><description>{text}</description></item>"
        ));
    }
    out + "</channel></rss>"
}

fn page(text: &str) -> String {
    let paragraphs: Vec<String> = text.split(". ").map(|s| format!("<p>{s}.</p>")).collect();
    format!("<!DOCTYPE html><html><head><title>Pier</title></head><body><article>{}</article></body></html>", paragraphs.concat())
}

const HTML: &str = "text/html; charset=utf-8";
const RSS: &str = "application/rss+xml";

#[test]
fn a_feed_is_read_once_and_asked_whether_it_has_changed() {
    let folder = Folder::new("once");
    let server = Server::start(|request: &Request| match request.path.as_str() {
        "/feed" if request.head.contains("if-none-match: \"v1\"") => Reply { status: 304, ..Reply::default() },
        "/feed" => Reply::new(
            200,
            RSS,
            feed(&[("a", "/a", WIRE), ("b", "/b", &WIRE.replace("14 passengers", "41 passengers")), ("a", "/a", WIRE)]),
        )
        .header("ETag", "\"v1\""),
        _ => Reply::new(404, HTML, ""),
    });
    let feeds = [format!("{}/feed", server.address)];
    let first = round(&folder.0, &feeds);
    assert!(first.status.success(), "{}", errors(&first));
    assert_eq!(ids(&folder.0), ["a", "b"]);
    let relation = &rows(&folder.0)[1]["relations"][0];
    assert_eq!((relation["with"].as_str(), relation["relation"].as_str()), (Some("a"), Some("near_duplicate")));
    let second = round(&folder.0, &feeds);
    assert!(second.status.success(), "{}", errors(&second));
    assert_eq!(ids(&folder.0), ["a", "b"]);
    assert_eq!(server.count("/feed"), 2);
}

#[test]
fn teasers_lead_to_their_pages_and_a_changed_page_is_a_version() {
    let folder = Folder::new("pages");
    let rounds = std::sync::Arc::new(AtomicUsize::new(0));
    let now = std::sync::Arc::clone(&rounds);
    let server = Server::start(move |request| {
        let changed = now.load(Ordering::SeqCst) > 0;
        match request.path.as_str() {
            "/robots.txt" => Reply::new(200, "text/plain", "User-agent: *\nDisallow: /private/"),
            "/feed" => {
                let teaser = if changed { "A crane fell, 17 hurt." } else { "A crane fell." };
                Reply::new(200, RSS, feed(&[("pier", "/pier", teaser), ("secret", "/private/x", "Not for programs.")]))
            }
            "/pier" => Reply::new(301, HTML, "").header("Location", "/pier-2"),
            "/pier-2" => {
                let text = if changed { WIRE.replace("injuring 14", "injuring 17") } else { WIRE.to_owned() };
                let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
                packed.write_all(page(&text).as_bytes()).unwrap();
                Reply::new(200, HTML, packed.finish().unwrap()).header("Content-Encoding", "gzip")
            }
            _ => Reply::new(404, HTML, ""),
        }
    });
    let feeds = [format!("{}/feed", server.address)];
    let first = round(&folder.0, &feeds);
    assert!(errors(&first).contains("robots.txt"), "{}", errors(&first));
    let found = rows(&folder.0);
    assert_eq!(ids(&folder.0), ["pier", "secret"]);
    assert!(found[0]["words"].as_u64().unwrap() > 100, "{found:?}");
    assert_eq!(server.count("/private/"), 0);
    rounds.store(1, Ordering::SeqCst);
    round(&folder.0, &feeds);
    let found = rows(&folder.0);
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!((found[2]["id"].as_str(), found[2]["version"].as_u64()), (Some("pier#2"), Some(2)));
    assert_eq!(found[2]["relations"][0]["flags"][0], "version");
}

#[test]
fn what_fails_is_told_and_tried_again() {
    let folder = Folder::new("faults");
    let asked = std::sync::Arc::new(AtomicUsize::new(0));
    let count = std::sync::Arc::clone(&asked);
    let server = Server::start(move |request| match request.path.as_str() {
        "/feed" => Reply::new(200, RSS, feed(&[("late", "/late", "A crane fell.")])).header("ETag", "\"1\""),
        "/late" if count.fetch_add(1, Ordering::SeqCst) < 2 => Reply::new(500, HTML, "later"),
        "/late" => Reply::new(200, HTML, page(WIRE)),
        "/loop" => Reply::new(301, HTML, "").header("Location", "/loop"),
        "/slow" => Reply { stall: Some(Duration::from_secs(6)), ..Reply::new(200, RSS, feed(&[("s", "/s", WIRE)])) },
        "/torn" => Reply { torn: true, ..Reply::new(200, RSS, feed(&[("t", "/t", WIRE)])) },
        "/file" => Reply::new(302, HTML, "").header("Location", "file:///etc/passwd"),
        "/broken" => Reply::new(200, RSS, "<rss><channel><item>"),
        _ => Reply::new(404, HTML, ""),
    });
    let feeds: Vec<String> =
        ["/feed", "/loop", "/slow", "/torn", "/file", "/broken", "/none"].iter().map(|p| server.address.clone() + p).collect();
    let first = round(&folder.0, &feeds);
    let told = errors(&first);
    assert_eq!(first.status.code(), Some(1), "{told}");
    for (path, why) in [
        ("/loop", "redirected"),
        ("/slow", "too long"),
        ("/torn", "broke off"),
        ("/file", "scheme file"),
        ("/none", "404"),
        ("/late", "500"),
    ] {
        assert!(told.lines().any(|l| l.contains(path) && l.contains(why)), "{path} {why}:\n{told}");
    }
    assert!(told.contains("/broken"), "{told}");
    assert!(ids(&folder.0).is_empty());
    round(&folder.0, &feeds[..1]);
    round(&folder.0, &feeds[..1]);
    assert_eq!(ids(&folder.0), ["late"]);
    assert!(rows(&folder.0)[0]["words"].as_u64().unwrap() > 100);
}

#[test]
fn private_addresses_are_refused_also_behind_a_redirect() {
    let folder = Folder::new("private");
    let server = Server::start(|_| Reply::new(200, RSS, feed(&[("a", "/a", WIRE)])));
    let output = Command::new(env!("CARGO_BIN_EXE_wirecopy"))
        .args([
            "watch",
            "--once",
            "--timeout",
            "2s",
            &server.address,
            "http://[::1]:1/",
            "http://169.254.169.254/latest",
            "ftp://example.org/x",
        ])
        .arg("--store")
        .arg(folder.0.join("store"))
        .output()
        .unwrap();
    let told = errors(&output);
    assert_eq!(told.matches("not public").count(), 3, "{told}");
    assert!(told.contains("scheme ftp"), "{told}");
    assert_eq!(server.count("/"), 0);
}

/// A feed of teasers with a page for each.
fn teasers(pages: usize) -> Server {
    let told = |i: usize| WIRE.replace("14 passengers", &format!("{} passengers", 20 + i)).replace("Mara Dunn", &format!("Mara Dunn{i}"));
    let texts: Vec<String> = (0..pages).map(told).collect();
    Server::start(move |request| match request.path.as_str() {
        "/feed" => {
            let links: Vec<(String, String)> = (0..texts.len()).map(|i| (format!("n{i:02}"), format!("/page/{i}"))).collect();
            Reply::new(200, RSS, feed(&links.iter().map(|(id, link)| (id.as_str(), link.as_str(), "Short.")).collect::<Vec<_>>()))
        }
        path => match path.strip_prefix("/page/").and_then(|n| n.parse::<usize>().ok()).and_then(|n| texts.get(n)) {
            Some(text) => Reply::new(200, HTML, page(text)),
            None => Reply::new(404, HTML, ""),
        },
    })
}

/// Kills a run after each of the pauses, leaves half a line behind, and lets the last run end: every article once.
fn killed_after(folder: &Folder, pauses: impl Iterator<Item = Duration>) {
    const PAGES: usize = 24;
    let server = teasers(PAGES);
    let feeds = [format!("{}/feed", server.address)];
    for pause in pauses {
        let mut child = command(&folder.0, &feeds).stderr(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(pause);
        let _ = child.kill();
        let _ = child.wait();
    }
    // what a crash in the middle of a write leaves
    if let Ok(mut file) = std::fs::OpenOptions::new().append(true).open(folder.0.join("new.jsonl"))
        && !folder.text("new.jsonl").is_empty()
    {
        file.write_all(b"{\"id\": \"half").unwrap();
    }
    let last = round(&folder.0, &feeds);
    assert!(last.status.success(), "{}", errors(&last));
    let mut found = ids(&folder.0);
    found.sort();
    assert_eq!(found, (0..PAGES).map(|i| format!("n{i:02}")).collect::<Vec<_>>());
}

#[test]
fn a_killed_run_goes_on_with_nothing_lost_or_repeated() {
    killed_after(&Folder::new("killed"), (0..6).map(|kill| Duration::from_millis(40 + 60 * kill)));
}

/// For `.ci/full`: `KILLS` runs (25 where it is not given) are killed at random points, three before each that ends.
#[test]
#[ignore = "takes minutes"]
fn runs_are_killed_at_random_points() {
    for (round, pauses) in server::random_pauses(Duration::from_millis(900)).enumerate() {
        killed_after(&Folder::new(&format!("random-{round}")), pauses.into_iter());
    }
}
