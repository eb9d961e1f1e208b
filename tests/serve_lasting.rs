//! The service under load and at its end: nothing that was acknowledged is lost, and no question sees half a change.
#![cfg(feature = "serve")]
#![expect(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test stops where something is not as it must be")]

#[expect(dead_code, reason = "the other tests of the service use all of it")]
mod served;

use serde_json::{Value, json};
use served::{Folder, Served, id, send, stories};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const JSON: (&str, &str) = ("Content-Type", "application/json");

/// Adds articles one by one from two threads while `meanwhile` runs; the ids of those that were acknowledged.
fn adding(served: &mut Served, articles: &[Value], meanwhile: impl FnOnce(&mut Served)) -> BTreeSet<String> {
    let (acknowledged, address) = (Mutex::new(BTreeSet::new()), served.address.clone());
    std::thread::scope(|scope| {
        for half in [0, 1] {
            let (acknowledged, address) = (&acknowledged, &address);
            scope.spawn(move || {
                for article in articles.iter().skip(half).step_by(2) {
                    match send(address, "POST", "/v1/articles", &[JSON], article.to_string().as_bytes()) {
                        Ok(answer) if answer.status == 200 => acknowledged.lock().unwrap().insert(id(article).to_owned()),
                        Ok(answer) => panic!("{answer:?}"),
                        // The service is gone.
                        Err(_) => return,
                    };
                }
            });
        }
        meanwhile(served);
    });
    acknowledged.into_inner().unwrap()
}

/// The ids in an index that is whole.
fn kept(index: &Path) -> BTreeSet<String> {
    let run = |command: &str| Command::new(env!("CARGO_BIN_EXE_wirecopy")).args(["index", command, "--index"]).arg(index).output().unwrap();
    let check = run("check");
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
    let rows = String::from_utf8(run("export").stdout).unwrap();
    rows.lines().map(|l| id(&serde_json::from_str(l).unwrap()).to_owned()).collect()
}

#[test]
fn what_was_acknowledged_outlives_a_graceful_stop() {
    let folder = Folder::new("stop");
    let mut served = Served::start(&folder.file("i"), &[]);
    let acknowledged = adding(&mut served, &stories(400, 6).concat(), |served| {
        std::thread::sleep(Duration::from_millis(1_500));
        served.signal("TERM");
        assert!(served.wait().success());
    });
    let kept = kept(&folder.file("i"));
    assert!(acknowledged.len() > 5 && acknowledged.is_subset(&kept), "{} of {}", acknowledged.len(), kept.len());
    assert!(kept.len() <= acknowledged.len() + 2, "what was begun is finished and told");
}

#[test]
fn what_was_acknowledged_outlives_a_kill() {
    let folder = Folder::new("kill");
    let articles = stories(400, 7).concat();
    let mut all = BTreeSet::new();
    for (round, some) in articles.chunks(articles.len() / 6).take(6).enumerate() {
        let mut served = Served::start(&folder.file("i"), &[]);
        all.extend(adding(&mut served, some, |served| {
            std::thread::sleep(Duration::from_millis(300 + 170 * round as u64));
            served.signal("KILL");
            served.wait();
        }));
    }
    let kept = kept(&folder.file("i"));
    assert!(all.len() > 12 && all.is_subset(&kept), "{} acknowledged, {} kept", all.len(), kept.len());
}

/// Lines of articles, in a file.
fn lines(folder: &Folder, name: &str, articles: &[Value]) -> std::path::PathBuf {
    let path = folder.file(name);
    std::fs::write(&path, articles.iter().map(|a| a.to_string() + "\n").collect::<String>()).unwrap();
    path
}

fn index_add(input: &Path, index: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
    command.args(["index", "add"]).arg(input).arg("--index").arg(index).stderr(std::process::Stdio::null());
    command
}

/// The clusters of an index as sets of ids.
fn clusters(index: &Path) -> BTreeSet<BTreeSet<String>> {
    let export = Command::new(env!("CARGO_BIN_EXE_wirecopy")).args(["index", "export", "--index"]).arg(index).output().unwrap();
    let mut by = std::collections::BTreeMap::<String, BTreeSet<String>>::new();
    for line in String::from_utf8(export.stdout).unwrap().lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        by.entry(row["cluster"].to_string()).or_default().insert(id(&row).to_owned());
    }
    by.into_values().collect()
}

#[test]
fn another_program_adds_to_the_index_that_is_served() {
    let folder = Folder::new("beside");
    let all = stories(8, 12);
    let (own, other): (Vec<_>, Vec<_>) = all.concat().into_iter().enumerate().partition(|(n, _)| n % 2 == 0);
    let (own, other): (Vec<Value>, Vec<Value>) = (own.into_iter().map(|a| a.1).collect(), other.into_iter().map(|a| a.1).collect());
    let mut served = Served::start(&folder.file("i"), &["--rate", "0"]);
    let input = lines(&folder, "other.jsonl", &other);
    let acknowledged = adding(&mut served, &own, |served| {
        assert!(index_add(&input, &folder.file("i")).status().unwrap().success());
        // what the other one was told, the service knows
        let asked = served.post("/v1/query", "application/json", json!({ "text": other[0]["text"] }).to_string().as_bytes());
        assert_eq!(asked.status, 200, "{asked:?}");
        assert!(asked.body.contains(id(&other[0])), "{asked:?}");
    });
    assert_eq!(acknowledged.len(), own.len());
    drop(served);
    assert_eq!(kept(&folder.file("i")).len(), own.len() + other.len());
    let alone = lines(&folder, "all.jsonl", &all.concat());
    assert!(index_add(&alone, &folder.file("alone")).status().unwrap().success());
    assert_eq!(clusters(&folder.file("i")), clusters(&folder.file("alone")));
}

#[test]
fn a_full_disk_refuses_articles_and_answers_questions() {
    let folder = Folder::new("full");
    let mut shell = Command::new("sh");
    // no file may grow beyond so many blocks: a write that would let it fails, as on a full disk
    shell.args(["-c", r#"trap "" XFSZ; ulimit -f 1500; exec "$@""#, "sh", env!("CARGO_BIN_EXE_wirecopy")]);
    let served = Served::started_by(shell, &folder.file("i"), &["--rate", "0"]);
    let (mut acknowledged, mut refused) = (BTreeSet::new(), 0);
    for article in stories(60, 13).concat() {
        let answer = served.add(&article);
        if answer.status == 200 {
            acknowledged.insert(id(&article).to_owned());
            continue;
        }
        assert!(answer.status == 500 && answer.json()["what"].is_string(), "{answer:?}");
        assert!(!answer.body.contains("disk") && !answer.body.contains(folder.file("i").to_str().unwrap()), "{answer:?}");
        refused += 1;
        // what is there is still told
        let asked = served.post("/v1/query", "application/json", json!({ "text": article["text"] }).to_string().as_bytes());
        assert_eq!(asked.status, 200, "{asked:?}");
        assert_eq!(served.get("/health").status, 200);
        if refused == 3 {
            break;
        }
    }
    assert!(acknowledged.len() > 2 && refused == 3, "{} acknowledged, {refused} refused", acknowledged.len());
    drop(served);
    assert!(acknowledged.is_subset(&kept(&folder.file("i"))));
    // with room it goes on
    let served = Served::start(&folder.file("i"), &[]);
    assert!(stories(62, 13)[61].iter().all(|a| served.add(a).status == 200));
}

#[test]
fn questions_are_answered_while_a_stream_is_added() {
    let folder = Folder::new("mixed");
    let served = Served::start(&folder.file("i"), &["--rate", "0"]);
    let all = stories(25, 8);
    let body: String = all.concat().iter().map(|a| a.to_string() + "\n").collect();
    let done = AtomicBool::new(false);
    let asked = Mutex::new(0);
    std::thread::scope(|scope| {
        for reader in 0..3 {
            let (served, all, done, asked) = (&served, &all, &done, &asked);
            scope.spawn(move || {
                for article in all.concat().iter().cycle().skip(reader * 40) {
                    let text = json!({ "text": article["text"] }).to_string();
                    let paths = [
                        ("POST", "/v1/query", text),
                        ("GET", "/v1/clusters", String::new()),
                        ("GET", "/v1/articles?clustered=true", String::new()),
                    ];
                    for (method, path, body) in paths {
                        let answer = send(&served.address, method, path, &[JSON], body.as_bytes()).unwrap();
                        assert_eq!(answer.status, 200, "{answer:?}");
                    }
                    *asked.lock().unwrap() += 1;
                    if done.load(Ordering::Relaxed) {
                        return;
                    }
                }
            });
        }
        let told = served.post("/v1/articles", "application/x-ndjson", body.as_bytes()).lines();
        done.store(true, Ordering::Relaxed);
        assert_eq!(told.last().unwrap()["added"], all.concat().len());
    });
    assert!(*asked.lock().unwrap() >= 3);
}

/// What may stand in the place of a value that is of no use.
const BAD: [&str; 12] = [
    "",
    "x",
    "-1",
    "0",
    "999999999999999999999",
    "%00",
    "%ff%fe",
    "%F0%9F%92%A9",
    "..%2F..%2Fetc%2Fpasswd",
    "'%20OR%201=1--",
    "%22%3E%3Cscript%3E",
    "1e9",
];

#[test]
fn every_operation_of_the_document_bears_bad_input() {
    let folder = Folder::new("walk");
    let served = Served::start(&folder.file("i"), &["--rate", "0"]);
    served.post("/v1/articles", "application/json", Value::from(stories(3, 9).concat()).to_string().as_bytes());
    let document = served.get("/openapi.json").json();
    let (mut asked, mut refused) = (0, 0);
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let told = operation["responses"].as_object().unwrap();
            let mut look = |path: &str, content_type: &str, body: &[u8]| {
                let answer = send(&served.address, &method.to_uppercase(), path, &[("Content-Type", content_type)], body).unwrap();
                assert!(told.contains_key(&answer.status.to_string()) && answer.status < 500, "{method} {path}: {answer:?}");
                if answer.status >= 400 {
                    let fault = answer.json();
                    assert!(fault["error"].is_string() && fault["what"].is_string(), "{fault}");
                    assert!(!answer.body.contains("SELECT") && !answer.body.contains(folder.file("i").to_str().unwrap()), "{fault}");
                    refused += 1;
                }
                asked += 1;
            };
            for value in BAD.into_iter().filter(|v| !v.is_empty() || !path.contains("{id}")) {
                let at = path.replace("{id}", value);
                look(&at, JSON.1, b"{}");
                for parameter in operation["parameters"].as_array().into_iter().flatten().filter(|p| p["in"] == "query") {
                    let at = path.replace("{id}", "1");
                    look(&format!("{at}?{}={value}", parameter["name"].as_str().unwrap()), JSON.1, b"");
                }
            }
            if operation["requestBody"].is_object() {
                let values = [
                    json!(null),
                    json!(1),
                    json!("text"),
                    json!([]),
                    json!([[]]),
                    json!({ "text": [] }),
                    json!({ "text": {"name": 1} }),
                    json!({ "text": "a", "id": {} }),
                    json!({ "text": "a".repeat(100_000) }),
                    json!({ "html": "<p>".repeat(9_000) }),
                    json!({ "text": "\u{0}\u{202e}" }),
                ];
                for body in values.iter().map(|v| v.to_string().into_bytes()).chain([b"\xff".to_vec(), b"[".repeat(100_000), Vec::new()]) {
                    look(path, JSON.1, &body);
                    look(path, "text/plain", &body);
                }
            }
        }
    }
    assert!(asked > 200 && refused > 100, "{asked} asked, {refused} refused");
}
