//! The stored index under faults of the machine: a full disk, files that cannot be written, two programs at once, kills, damage.
#![cfg(all(unix, feature = "index", feature = "cli"))]
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test stops where something is not as it must be"
)]

mod folder;

use folder::Folder;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use wirecopy::synth::{Corpus, Kind};

/// At how many moments a change is killed; as many limits of the disk are tried for each doubling of it, by a fourth of this.
fn thoroughness() -> u32 {
    std::env::var("FAULTS").ok().and_then(|typed| typed.parse().ok()).unwrap_or(4)
}

/// Lines of made-up news, some stories of it.
fn lines(stories: std::ops::Range<u32>) -> String {
    let corpus = Corpus::new(Kind::News, 21);
    let line = |l: wirecopy::synth::Labelled| json!({ "id": l.id, "title": l.title, "text": l.text }).to_string() + "\n";
    stories.flat_map(|story| corpus.cluster(story)).map(line).collect()
}

fn error(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn done(output: Output) -> String {
    assert!(output.status.success(), "{}", error(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// Every document with its cluster, without the moment at which it was added; sorted by id. Only of an index that is whole.
fn rows(folder: &Folder, index: &str) -> Vec<Value> {
    done(folder.run(&["index", "check", "--index", index]));
    let exported = done(folder.run(&["index", "export", "--index", index]));
    let mut rows: Vec<Value> = exported.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    for row in &mut rows {
        row.as_object_mut().unwrap().remove("added");
    }
    rows.sort_by_key(|r| r["id"].to_string());
    rows
}

/// The clusters as sets of ids: what does not depend on the order in which documents came.
fn clusters(rows: &[Value]) -> BTreeSet<BTreeSet<String>> {
    let mut by = std::collections::BTreeMap::<String, BTreeSet<String>>::new();
    for row in rows {
        by.entry(row["cluster"].to_string()).or_default().insert(row["id"].to_string());
    }
    by.into_values().collect()
}

/// The files of an index begin as those of another; none if there is no such.
fn begin(folder: &Folder, from: &str, index: &str) {
    for end in ["", "-wal", "-shm"] {
        std::fs::remove_file(folder.path(&format!("{index}{end}"))).ok();
    }
    if folder.path(from).exists() {
        std::fs::copy(folder.path(from), folder.path(index)).unwrap();
    }
}

/// Five ways to change a file, each with the file that it begins with.
fn changes(folder: &Folder) -> Vec<(&'static str, &'static str, Vec<String>)> {
    folder.put("a.jsonl", lines(0..3));
    folder.put("b.jsonl", lines(2..5));
    done(folder.run(&["index", "add", "a.jsonl", "--index", "some"]));
    let own = |parts: &[&str]| parts.iter().map(|p| (*p).to_owned()).collect::<Vec<String>>();
    begin(folder, "some", "less");
    let ids: Vec<String> = rows(folder, "some").iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect();
    let gone: Vec<&str> = ids.iter().step_by(3).map(String::as_str).collect();
    let remove = [&["index", "remove", "--index", "less"], gone.as_slice()].concat();
    done(folder.run(&remove));
    let packed = std::fs::File::open(format!("{}/tests/forms/index-1.wirecopy.zst", env!("CARGO_MANIFEST_DIR"))).unwrap();
    folder.put("old", zstd::stream::decode_all(packed).unwrap());
    let remove = [&["index", "remove", "--index", "i"], gone.as_slice()].concat();
    vec![
        ("make", "nothing", own(&["index", "add", "a.jsonl", "--index", "i"])),
        ("add", "some", own(&["index", "add", "b.jsonl", "--index", "i"])),
        ("remove", "some", own(&remove)),
        ("rebuild", "some", own(&["index", "rebuild", "--index", "i"])),
        ("vacuum", "less", own(&["index", "remove", "--vacuum", "--index", "i"])),
        ("upgrade", "old", own(&["index", "info", "--index", "i"])),
    ]
}

/// What an index is before and after a change.
fn before_and_after(folder: &Folder, from: &str, change: &[String]) -> [Vec<Value>; 2] {
    begin(folder, from, "i");
    let before = if folder.path("i").exists() && from != "old" { rows(folder, "i") } else { Vec::new() };
    done(folder.command().args(change).output().unwrap());
    let after = rows(folder, "i");
    // an upgrade changes nothing that is told
    [if from == "old" { after.clone() } else { before }, after]
}

/// After a fault: the file is whole, as before or after the change, and the same change again ends well.
fn assert_whole(folder: &Folder, change: &[String], wanted: &[Vec<Value>; 2], fault: &str) {
    if std::fs::metadata(folder.path("i")).is_ok_and(|m| m.len() > 0) {
        let checked = folder.run(&["index", "check", "--index", "i"]);
        // the first change of a file that was being made may not have come so far as to say what the file is
        let never_made = wanted[0].is_empty() && error(&checked).contains("is no index");
        assert!(never_made || wanted.contains(&rows(folder, "i")), "{fault}");
    }
    let again = folder.command().args(change).output().unwrap();
    // what is gone already cannot be removed again: that is told, by 1
    assert!(
        again.status.success() || again.status.code() == Some(1) && change.contains(&"remove".to_owned()),
        "{fault}: {}",
        error(&again)
    );
    assert_eq!(rows(folder, "i"), wanted[1], "{fault}, and the same again");
}

/// The program where no file may grow beyond so many blocks: a write that would let it fails, as on a full disk.
fn limited(folder: &Folder, blocks: u64, arguments: &[String]) -> Output {
    let script = r#"trap "" XFSZ; ulimit -f "$1"; shift; exec "$@""#;
    let mut shell = Command::new("sh");
    shell.current_dir(&folder.0).args(["-c", script, "sh", &blocks.to_string(), env!("CARGO_BIN_EXE_wirecopy")]);
    shell.args(arguments).stdin(Stdio::null()).output().unwrap()
}

#[test]
fn a_full_disk_is_told_and_costs_nothing_that_was_told_before() {
    let folder = Folder::new("full");
    for (kind, from, change) in changes(&folder) {
        let wanted = before_and_after(&folder, from, &change);
        let mut refused = 0;
        for step in 0_u32.. {
            let blocks = (8.0 * 2_f64.powf(f64::from(step) * 4.0 / f64::from(thoroughness()))) as u64;
            assert!(blocks < 1 << 20, "{kind} never ends well");
            begin(&folder, from, "i");
            let output = limited(&folder, blocks, &change);
            let told = error(&output);
            assert!(!told.contains("panicked"), "{kind}, {blocks} blocks: {told}");
            if output.status.success() {
                assert_eq!(rows(&folder, "i"), wanted[1], "{kind}, {blocks} blocks");
                break;
            }
            assert_eq!(output.status.code(), Some(2), "{kind}, {blocks} blocks: {told}");
            assert!(told.contains("the disk may be full") && told.lines().count() < 4, "{kind}, {blocks} blocks: {told}");
            refused += 1;
            assert_whole(&folder, &change, &wanted, &format!("{kind}, {blocks} blocks"));
        }
        assert!(refused > 2, "{kind} was refused {refused} times");
    }
}

#[test]
fn a_kill_at_any_moment_leaves_the_file_as_before_or_after() {
    let folder = Folder::new("killed");
    for (kind, from, change) in changes(&folder) {
        let wanted = before_and_after(&folder, from, &change);
        begin(&folder, from, "i");
        let began = Instant::now();
        done(folder.command().args(&change).output().unwrap());
        let took = began.elapsed();
        let mut killed = 0;
        let parts = thoroughness();
        for part in 0..parts {
            begin(&folder, from, "i");
            let mut child = folder.command().args(&change).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(took * part / parts);
            killed += u32::from(child.try_wait().unwrap().is_none());
            child.kill().ok();
            child.wait().unwrap();
            assert_whole(&folder, &change, &wanted, &format!("{kind}, killed after {part}/{parts}"));
        }
        assert!(killed > 1, "{kind} was killed {killed} times before its end");
    }
}

#[test]
fn two_programs_that_add_at_once_make_what_one_makes() {
    let folder = Folder::new("two");
    folder.put("a.jsonl", lines(0..5));
    folder.put("b.jsonl", lines(3..8));
    done(folder.run(&["index", "add", "a.jsonl", "b.jsonl", "--index", "one"]));
    let wanted = rows(&folder, "one");
    for round in 0..thoroughness() / 2 {
        begin(&folder, "nothing", "i");
        let writers = ["a.jsonl", "b.jsonl", "a.jsonl"].map(|input| {
            let mut command = folder.command();
            command.args(["index", "add", input, "--format", "json", "--index", "i"]).stdout(Stdio::piped()).stderr(Stdio::piped());
            command.spawn().unwrap()
        });
        let told: Vec<String> = writers.into_iter().map(|w| done(w.wait_with_output().unwrap())).collect();
        let found = rows(&folder, "i");
        assert_eq!(clusters(&found), clusters(&wanted), "round {round}");
        // each document was new to one of them
        let new = told.iter().flat_map(|t| t.lines()).filter(|l| !l.contains("\"there\"")).count();
        assert_eq!(new, wanted.len(), "round {round}");
    }
}

#[test]
fn whoever_adds_waits_for_who_rebuilds_and_removes() {
    let folder = Folder::new("turns");
    folder.put("a.jsonl", lines(0..6));
    folder.put("b.jsonl", lines(6..9));
    done(folder.run(&["index", "add", "a.jsonl", "--index", "i"]));
    let before = rows(&folder, "i");
    let gone: Vec<&str> = before.iter().step_by(2).map(|r| r["id"].as_str().unwrap()).collect();
    let remove = [&["index", "remove", "--vacuum", "--index", "i"], gone.as_slice()].concat();
    let all = [
        &["index", "rebuild", "--index", "i"][..],
        &["index", "add", "b.jsonl", "--index", "i"],
        &remove,
        &["index", "info", "--index", "i"],
    ];
    let running = all.map(|a| folder.command().args(a).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap());
    for one in running {
        done(one.wait_with_output().unwrap());
    }
    let ids = |rows: &[Value]| rows.iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect::<BTreeSet<String>>();
    done(folder.run(&["index", "add", "b.jsonl", "--index", "other"]));
    let mut wanted = ids(&before);
    wanted.retain(|id| !gone.contains(&id.as_str()));
    wanted.extend(ids(&rows(&folder, "other")));
    assert_eq!(ids(&rows(&folder, "i")), wanted);
}

/// Somebody without rights. The one who runs the tests, or who is nobody where that is the one whom rights do not bind.
struct Nobody {
    is_other: bool,
}

impl Nobody {
    fn new(folder: &Folder) -> Option<Self> {
        let probe = folder.path("probe");
        std::fs::create_dir(&probe).unwrap();
        std::fs::set_permissions(&probe, PermissionsExt::from_mode(0o555)).unwrap();
        let nobody = Self { is_other: std::fs::write(probe.join("file"), "x").is_ok() };
        let runs = nobody.run(folder, &["--version"]).is_ok_and(|o| o.status.success());
        if !runs {
            eprintln!("skipped: nobody else can run the program");
        }
        runs.then_some(nobody)
    }

    fn run(&self, folder: &Folder, arguments: &[&str]) -> std::io::Result<Output> {
        let mut command = folder.command();
        if self.is_other {
            command.uid(65_534).gid(65_534);
        }
        command.args(arguments).stdin(Stdio::null()).output()
    }
}

fn modes(folder: &Folder, of_folder: u32, of_file: u32) {
    std::fs::set_permissions(folder.path("i"), PermissionsExt::from_mode(of_file)).unwrap();
    std::fs::set_permissions(&folder.0, PermissionsExt::from_mode(of_folder)).unwrap();
}

#[test]
fn what_cannot_be_written_is_read_and_stays_as_it_is() {
    let folder = Folder::new("read-only");
    let Some(nobody) = Nobody::new(&folder) else { return };
    folder.put("a.jsonl", lines(0..3));
    folder.put("b.jsonl", lines(3..4));
    done(folder.run(&["index", "add", "a.jsonl", "--index", "i"]));
    let questions: [&[&str]; 4] = [
        &["index", "query", "a.jsonl", "b.jsonl", "--format", "json", "--index", "i"],
        &["index", "info", "--index", "i"],
        &["index", "check", "--index", "i"],
        &["index", "export", "--index", "i"],
    ];
    let answers = questions.map(|q| done(folder.run(q)));
    let first = rows(&folder, "i")[0]["id"].as_str().unwrap().to_owned();
    let changes: [&[&str]; 4] = [
        &["index", "add", "b.jsonl", "--index", "i"],
        &["index", "remove", &first, "--index", "i"],
        &["index", "rebuild", "--index", "i"],
        &["index", "remove", "--vacuum", "--index", "i"],
    ];
    let whole = std::fs::read(folder.path("i")).unwrap();
    for (of_folder, of_file) in [(0o555, 0o444), (0o777, 0o444), (0o555, 0o666)] {
        modes(&folder, of_folder, of_file);
        for (question, answer) in questions.iter().zip(&answers) {
            assert_eq!(&done(nobody.run(&folder, question).unwrap()), answer, "{question:?}, {of_folder:o} {of_file:o}");
        }
        for change in changes {
            let output = nobody.run(&folder, change).unwrap();
            let told = error(&output);
            assert_eq!(output.status.code(), Some(2), "{change:?}, {of_folder:o} {of_file:o}: {told}");
            assert!(told.contains("write") && told.lines().count() < 4, "{change:?}, {of_folder:o} {of_file:o}: {told}");
        }
        modes(&folder, 0o755, 0o644);
        assert!(std::fs::read(folder.path("i")).unwrap() == whole, "{of_folder:o} {of_file:o}");
        for left in ["i-wal", "i-shm"] {
            std::fs::remove_file(folder.path(left)).ok();
        }
    }
    // cannot be read at all
    modes(&folder, 0o555, 0o000);
    let output = nobody.run(&folder, questions[0]).unwrap();
    assert!(output.status.code() == Some(2) && error(&output).contains("unable to open"), "{}", error(&output));
    modes(&folder, 0o755, 0o644);
}

#[cfg(feature = "serve")]
#[test]
fn what_a_kill_left_behind_is_not_passed_over_where_nothing_can_be_written() {
    let folder = Folder::new("left");
    let Some(nobody) = Nobody::new(&folder) else { return };
    folder.put("a.jsonl", lines(0..4));
    // what is acknowledged stands in the log beside the file until that is closed
    let mut child =
        folder.command().args(["serve", "--listen", "127.0.0.1:0", "--log", "off", "--index", "i"]).stderr(Stdio::null()).spawn().unwrap();
    let until = Instant::now() + Duration::from_secs(60);
    while !folder.path("i-wal").exists() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(50));
    }
    done(folder.run(&["index", "add", "a.jsonl", "--index", "i"]));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(std::fs::metadata(folder.path("i-wal")).unwrap().len() > 0);
    modes(&folder, 0o555, 0o444);
    std::fs::set_permissions(folder.path("i-wal"), PermissionsExt::from_mode(0o444)).unwrap();
    let question = ["index", "info", "--index", "i"];
    let output = nobody.run(&folder, &question).unwrap();
    modes(&folder, 0o755, 0o644);
    let wanted: Value = serde_json::from_str(&done(folder.run(&question))).unwrap();
    // either the right answer, or none
    if output.status.success() {
        let found: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(found["documents"], wanted["documents"]);
    } else {
        assert!(error(&output).contains("write"), "{}", error(&output));
    }
    assert!(wanted["documents"].as_u64().unwrap() > 10);
}

#[test]
fn a_file_of_an_older_form_that_cannot_be_written_says_so() {
    let folder = Folder::new("old-read-only");
    let Some(nobody) = Nobody::new(&folder) else { return };
    let packed = std::fs::File::open(format!("{}/tests/forms/index-1.wirecopy.zst", env!("CARGO_MANIFEST_DIR"))).unwrap();
    folder.put("i", zstd::stream::decode_all(packed).unwrap());
    modes(&folder, 0o555, 0o444);
    let output = nobody.run(&folder, &["index", "info", "--index", "i"]).unwrap();
    modes(&folder, 0o755, 0o644);
    assert!(error(&output).contains("is of an older form") && error(&output).contains("write"), "{}", error(&output));
    // a program of its owner reads it, and from then on everybody
    done(folder.run(&["index", "info", "--index", "i"]));
    modes(&folder, 0o555, 0o444);
    done(nobody.run(&folder, &["index", "check", "--index", "i"]).unwrap());
    modes(&folder, 0o755, 0o644);
}
