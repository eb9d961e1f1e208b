//! The same articles in every format, and a thousand ways to break a file.
#![cfg(feature = "feeds")]
#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it must be")]
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod folder;

use folder::Folder;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};
use wirecopy::config::Config;
use wirecopy::io::{Reading, read};

/// Id, title and text.
fn articles() -> Vec<(String, String, String)> {
    let places = ["Ellery", "Brack", "Oder Bridge", "Velmar", "Thornsea"];
    let told = |i: usize| {
        let place = places[i % places.len()];
        let first = format!("The council of {place} voted on Monday to close the old bridge for {} weeks, the town said.", 3 + i);
        let second =
            format!("\"Nobody, in {place} or elsewhere, wants a second accident,\" said the mayor; repairs cost {} million crowns.", 2 + i);
        let third =
            format!("About {} people cross it each day, most of them on foot, and a ferry will carry them until the spring.", 900 + 10 * i);
        format!("{first}\n\n{second}\n\n{third}")
    };
    (0..12).map(|i| (format!("n{i}"), format!("Bridge {i} is closed"), told(i))).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn markup(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn page(title: &str, text: &str) -> String {
    let body: String = text.split("\n\n").fold(String::new(), |mut out, p| {
        let _ = writeln!(out, "<p>{}</p>", markup(p));
        out
    });
    format!("<!DOCTYPE html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>")
}

/// Every format with its file name.
fn written() -> Vec<(&'static str, Vec<u8>)> {
    let all = articles();
    let record = |(id, title, text): &(String, String, String)| serde_json::json!({"id": id, "title": title, "text": text});
    let lines: String = all.iter().map(|a| record(a).to_string() + "\n").collect();
    let values: Vec<_> = all.iter().map(record).collect();
    let quoted = |s: &str| format!("\"{}\"", s.replace('"', "\"\""));
    let rows = |mark: &str| {
        let mut out = format!("id{mark}title{mark}text\r\n");
        for (id, title, text) in &all {
            out += &format!("{id}{mark}{}{mark}{}\r\n", quoted(title), quoted(text));
        }
        out
    };
    let mut archive = gzip(b"WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 2\r\n\r\nhi\r\n\r\n");
    for (id, title, text) in &all {
        let response = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{}", page(title, text));
        let head = format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <{id}>\r\nWARC-Target-URI: https://quay.example/{id}\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{response}\r\n\r\n",
            response.len()
        );
        archive.extend(gzip(head.as_bytes()));
    }
    let mut rss = "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>Quay</title>".to_owned();
    let mut atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Quay</title><id>q</id>".to_owned();
    for (id, title, text) in &all {
        let html: String = text.split("\n\n").map(|p| format!("<p>{}</p>", markup(p))).collect();
        rss += &format!("<item><guid>{id}</guid><title>{title}</title><description>{}</description></item>", markup(&html));
        atom += &format!("<entry><id>{id}</id><title>{title}</title><content type=\"html\">{}</content></entry>", markup(&html));
    }
    let items: Vec<_> = all.iter().map(|(id, title, text)| serde_json::json!({"id": id, "title": title, "content_text": text})).collect();
    let items = serde_json::Value::from(items);
    let json_feed = format!("{{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Quay\", \"items\": {items}}}");
    vec![
        ("a.jsonl", lines.clone().into_bytes()),
        ("b.jsonl.gz", gzip(lines.as_bytes())),
        ("c.ndjson.zst", zstd::encode_all(lines.as_bytes(), 1).unwrap()),
        ("d.json", serde_json::to_vec_pretty(&values).unwrap()),
        ("e.json", serde_json::to_vec(&serde_json::json!({"status": "ok", "articles": values})).unwrap()),
        ("f.csv", rows(",").into_bytes()),
        ("g.csv", rows(";").into_bytes()),
        ("h.tsv", rows("\t").into_bytes()),
        ("i.warc.gz", archive),
        ("j.rss", (rss + "</channel></rss>").into_bytes()),
        ("k.atom", (atom + "</feed>").into_bytes()),
        ("l.json", json_feed.into_bytes()),
    ]
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn reading(inputs: &[String]) -> Reading {
    read(inputs, &Config::default(), &mut std::io::empty()).unwrap()
}

/// The texts by id; a page may begin with its headline.
fn check(found: &Reading, name: &str) {
    let texts: BTreeMap<&str, &str> = found.documents.iter().map(|d| (d.id.as_str(), d.text.as_str())).collect();
    assert_eq!(found.documents.len(), 12, "{name}: {:?}", found.problems);
    for (id, title, text) in articles() {
        let got = words(texts[id.as_str()]);
        let headed: Vec<String> = words(&title).into_iter().chain(words(&text)).collect();
        assert!(got == words(&text) || got == headed, "{name} {id}: {got:?}");
    }
}

#[test]
fn every_format_gives_the_same_articles() {
    let folder = Folder::new("same");
    for (name, bytes) in written() {
        let path = folder.put(name, &bytes);
        check(&reading(&[path]), name);
        // what comes through a pipe has no name
        let piped = read(&["-".to_owned()], &Config::default(), &mut bytes.as_slice());
        if name != "f.csv" && name != "g.csv" && name != "h.tsv" {
            check(&piped.unwrap(), name);
        }
    }
}

#[test]
fn a_list_of_inputs_and_a_folder_of_all_kinds_are_read() {
    let folder = Folder::new("list");
    let mut list = "# all of them\n\n".to_owned();
    for (name, bytes) in written() {
        list += &(folder.put(name, &bytes) + "\n");
    }
    folder.put("page.html", page("A page", &articles()[0].2).as_bytes());
    folder.put("plain.txt", articles()[1].2.as_bytes());
    folder.put("settings.json", b"{\"width\": 3}");
    folder.put("layout.xml", b"<?xml version=\"1.0\"?><layout/>");
    folder.put("picture.png", b"\x89PNG");
    let list = folder.put("inputs.list", list.as_bytes());
    assert_eq!(reading(&[format!("@{list}")]).documents.len(), 12 * 12);
    let all = reading(&[folder.0.to_string_lossy().into_owned()]);
    assert_eq!((all.documents.len(), all.skipped), (12 * 12 + 2, 0), "{:?}", all.problems);
    // the picture, the two files that are no articles, and the list
    assert_eq!(all.passed_over, 4);
}

#[test]
#[cfg(feature = "cli")]
fn what_is_no_article_is_passed_over_and_what_is_damaged_is_told_by_both_commands() {
    let folder = Folder::new("both");
    folder.put("good.txt", articles()[0].2.as_bytes());
    folder.put("settings.json", b"{\"width\": 3}");
    folder.put("layout.xml", b"<?xml version=\"1.0\"?><layout/>");
    let run = |args: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_wirecopy")).args(args).current_dir(&folder.0).output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let commands: [&[&str]; 2] = [&["trace", "."], &["dedup", ".", "-o", "/dev/null"]];
    for args in commands {
        let (code, told) = run(args);
        assert_eq!(code, Some(0), "{told}");
        assert!(!told.contains("settings.json") && !told.contains("layout.xml"), "{told}");
    }
    folder.put("damaged.json", b"[{\"text\": \"a");
    for args in commands {
        let (code, told) = run(args);
        assert_eq!(code, Some(1), "{told}");
        assert!(told.contains("damaged.json:1: is not JSON from here on"), "{told}");
    }
}

/// A small generator, so that a failure can be made again.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }
}

/// One damage to a file.
fn broken(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut out = bytes.to_vec();
    let at = numbers.below(out.len());
    match numbers.below(8) {
        0 => out.truncate(at),
        1 => out[at] ^= 1 << numbers.below(8),
        2 => {
            let end = (at + numbers.below(200)).min(out.len());
            out.drain(at..end);
        }
        3 => {
            let end = (at + numbers.below(60)).min(out.len());
            out[at..end].fill(0);
        }
        4 => {
            let noise: Vec<u8> = (0..numbers.below(300)).map(|_| numbers.below(256) as u8).collect();
            out.splice(at..at, noise);
        }
        5 => out = out.iter().flat_map(|b| [*b, 0]).collect(),
        6 => {
            let end = (at + numbers.below(400)).min(out.len());
            let copy = out[at..end].to_vec();
            out.splice(at..at, copy);
        }
        _ => out.iter_mut().for_each(|b| *b = if b.is_ascii_alphabetic() { *b ^ 0x80 } else { *b }),
    }
    out
}

#[test]
fn broken_files_are_told_and_never_stop_a_run() {
    let folder = Folder::new("broken");
    let good = folder.put("good.txt", articles()[0].2.as_bytes());
    let mut numbers = Numbers(7);
    let mut silent = Vec::new();
    let pages = [("p.html", page("A page", &articles()[0].2).into_bytes()), ("t.txt", articles()[0].2.clone().into_bytes())];
    for (name, bytes) in written().into_iter().chain(pages) {
        for round in 0..40 {
            let damaged = broken(&bytes, &mut numbers);
            let path = folder.put(name, &damaged);
            let began = Instant::now();
            let found = reading(&[good.clone(), path]);
            assert!(began.elapsed() < Duration::from_secs(20), "{name} {round}");
            assert!(found.documents.iter().any(|d| d.id == good), "{name} {round}");
            // nothing is lost without a word
            let whole = found.documents.len() > if name == "p.html" || name == "t.txt" { 1 } else { 12 };
            if !whole && found.problems.is_empty() {
                silent.push(format!("{name} {round}: {} documents", found.documents.len()));
            }
        }
    }
    // what cuts or doubles whole records leaves a file that is whole
    assert!(silent.len() < 30, "{silent:#?}");
}

#[test]
fn large_and_deep_things_are_bounded() {
    let folder = Folder::new("large");
    let config = Config { max_document_bytes: 1 << 20, ..Config::default() };
    let good = folder.put("good.txt", articles()[0].2.as_bytes());
    let long = "a".repeat(9 << 20);
    let deep = 100_000;
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("line.jsonl", format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"after\"}}\n").into_bytes()),
        ("value.json", format!("[{{\"text\": \"{long}\"}}]").into_bytes()),
        ("deep.json", format!("{}1{}", "[".repeat(deep), "]".repeat(deep)).into_bytes()),
        ("deep.jsonl", format!("{{\"text\": {}1{}}}\n", "[".repeat(deep), "]".repeat(deep)).into_bytes()),
        ("cell.csv", format!("id,text\n1,\"{long}\n").into_bytes()),
        ("columns.csv", format!("{}\n{}\n", "c,".repeat(deep), "1,".repeat(deep)).into_bytes()),
        ("page.html", long.clone().into_bytes()),
        ("deep.html", format!("<html><body>{}<p>{}", "<div>".repeat(deep), articles()[0].2).into_bytes()),
        ("attribute.html", format!("<html><body><p class=\"{}\">{}", "x".repeat(3 << 20), articles()[0].2).into_bytes()),
        ("deep.rss", format!("<rss><channel>{}", "<item>".repeat(deep + 1)).into_bytes()),
        ("many.rss", format!("<rss><channel>{}</channel></rss>", "<item><title>a</title></item>".repeat(200_000)).into_bytes()),
        ("bomb.jsonl.gz", gzip(&vec![b'x'; 64 << 20])),
        ("bomb.txt.gz", gzip(&vec![b'x'; 64 << 20])),
        ("length.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999\r\n\r\nHTTP/1.1 200".to_vec()),
        ("stray.warc", vec![b'\n'; 1 << 20]),
        ("bomb.warc", {
            let body = gzip(&vec![b' '; 64 << 20]);
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n";
            let mut out =
                format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n{head}", body.len() + head.len()).into_bytes();
            out.extend(body);
            out
        }),
    ];
    for (name, bytes) in cases {
        let path = folder.put(name, &bytes);
        let began = Instant::now();
        let found = read(&[good.clone(), path.clone()], &config, &mut std::io::empty()).unwrap();
        assert!(began.elapsed() < Duration::from_secs(30), "{name}: {:?}", began.elapsed());
        let told = found.problems.iter().any(|p| p.path == path) || found.documents.iter().any(|d| d.path.as_deref() == Some(&path));
        assert!(told, "{name}: neither read nor told");
        assert!(found.documents.iter().all(|d| d.text.len() <= 1 << 20), "{name}");
    }
}

#[test]
fn parquet_in_a_file_of_another_name_is_told() {
    let folder = Folder::new("parquet");
    let good = folder.put("good.txt", articles()[0].2.as_bytes());
    let table = folder.put("table", b"PAR1....");
    let found = reading(&[good, table]);
    assert!(found.problems.iter().any(|p| p.message.contains("looks like Parquet")), "{:?}", found.problems);
    assert!(Path::new(&folder.0).exists());
}

#[test]
#[cfg(all(feature = "cli", feature = "parquet"))]
fn the_commands_of_the_readme_run() {
    let folder = Folder::new("readme");
    let run = |line: &str| {
        let mut words = line.split('#').next().unwrap_or_default().split_whitespace();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_wirecopy"));
        let output = command.args(words.by_ref().skip(1)).current_dir(&folder.0).output().unwrap();
        assert!(output.status.success(), "{line}\n{}", String::from_utf8_lossy(&output.stderr));
    };
    for name in ["pages", "everything"] {
        std::fs::create_dir(folder.0.join(name)).unwrap();
    }
    let all = articles();
    for (at, (id, title, text)) in all.iter().enumerate() {
        folder.put(&format!("pages/{id}.{}", ["html", "txt"][at % 2]), [page(title, text), text.clone()][at % 2].as_bytes());
    }
    let mut table = "id,day,story\n".to_owned();
    for (id, _, text) in &all {
        table += &format!("{id},2025-03-18,\"{}\"\n", text.replace('"', "\"\""));
    }
    folder.put("export.csv", table.as_bytes());
    for (name, bytes) in written() {
        folder.put(&format!("everything/{name}"), &bytes);
        let called = match name {
            "b.jsonl.gz" => "news.jsonl.gz",
            "d.json" => "articles.json",
            "i.warc.gz" => "crawl.warc.gz",
            "j.rss" => "feed.xml",
            _ => continue,
        };
        folder.put(called, &bytes);
    }
    folder.put("files.list", b"pages\nnews.jsonl.gz\n");
    run("wirecopy dedup news.jsonl.gz --output-format parquet -o news.parquet");
    let readme = include_str!("../README.md");
    let section = readme.split("## Your data").nth(1).and_then(|s| s.split("```sh\n").nth(1)).and_then(|s| s.split("```").next()).unwrap();
    assert!(section.lines().count() >= 10);
    section.lines().for_each(run);
    assert!(std::fs::read_to_string(folder.0.join("kept.csv")).unwrap().starts_with("id,day,story\n"));
    // the same articles in twelve formats, and these are much alike
    let kept = std::fs::read_to_string(folder.0.join("kept.jsonl")).unwrap().lines().count();
    assert!((1..=12).contains(&kept), "{kept}");
}

/// What `dedup` says, its exit code, and how many inputs its statistics call skipped.
#[test]
fn what_is_told_and_not_lost_is_no_failure() {
    let folder = Folder::new("told");
    let rows = "id,text\n1,The pier burned for nine hours on Sunday night.\n2,The bridge was closed for repairs on Monday morning.,more\n";
    folder.put("table.csv", rows);
    folder.put("latin.txt", b"Le pont a \xe9t\xe9 ferm\xe9 lundi matin, a dit la ville, et il le restera.");
    let run = |inputs: &[&str]| {
        let output = folder.run(&[&["dedup", "-o", "kept.jsonl", "--stats", "stats.json"], inputs].concat());
        let stats: serde_json::Value = serde_json::from_str(&folder.text("stats.json")).unwrap();
        (output.status.code(), stats["skipped"].as_u64(), stats["problems"].as_array().map(Vec::len), stats["documents"].as_u64())
    };
    assert_eq!(run(&["table.csv", "latin.txt"]), (Some(0), Some(0), Some(2), Some(3)));
    folder.put("broken.jsonl", "{\"text\": \"The mill burned on Sunday.\"}\n{\"text\n");
    folder.put("empty.txt", "");
    assert_eq!(run(&["table.csv", "latin.txt", "broken.jsonl", "empty.txt"]), (Some(1), Some(2), Some(4), Some(4)));
}
