//! Inputs that mean harm or are broken beyond use: nothing of them steers the terminal, and nothing stops the run.
#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it must be")]
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod folder;

use folder::Folder;
use std::fs;
use std::io::{Read, Write};
use std::process::{Command, Stdio};

/// Characters that move the cursor, colour the line, ring the bell or turn the direction of writing.
const EVIL: &str =
    "\u{1b}[2J\u{1b}]0;owned\u{7}\u{8}\u{9b}31m\u{85}\u{200e}\u{200f}\u{202a}\u{202b}\u{202d}\u{202e}\u{2066}\u{2067}\u{2069}\u{61c}";

fn assert_clean(bytes: &[u8], what: &str) {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    for c in text.chars() {
        let steers = c.is_control() && c != '\n'
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!steers, "{what} holds {c:?}:\n{text}");
    }
}

#[test]
fn control_characters_never_reach_the_terminal() {
    let folder = Folder::new("control");
    // The C1 line end would make a paragraph of every word.
    let page = |boats: &str| {
        let evil = EVIL.replace('\u{85}', "");
        format!(
            "Storm{evil} over Ostervik\n\nOSTERVIK (AP) — Harbour master Ilse{evil} Thorn said {boats}{evil} boats had left on Monday{evil} before the storm.\n\n\
             \"We asked{evil} every crew to stay in port,\" Thorn{evil} said at {boats} places in Ostervik{evil} town.\n\nPhoto: Reuters{evil}\n"
        )
    };
    folder.put("wire.txt", page("12"));
    folder.put("rewrite.txt", page("14"));
    let record = |id: &str| serde_json::json!({"id": format!("{id}{EVIL}"), "title": format!("Storm{EVIL}"), "text": page("13")});
    folder.put("feed.jsonl", format!("{}\n{}\n{{\"id\": \"{EVIL}\n", record("a"), record("a")));
    let calls: [&[&str]; 6] = [
        &["trace", ".", "--explain"],
        &["diff", "wire.txt", "rewrite.txt", "--explain"],
        &["diff", "wire.txt", "feed.jsonl"],
        &["trace", &format!("missing{EVIL}.txt"), "wire.txt"],
        &["trace", &format!("{EVIL}*.txt")],
        &["trace", &format!("--{EVIL}")],
    ];
    let (mut printed, mut shown) = (0, String::new());
    for arguments in calls {
        let output = folder.run(arguments);
        assert_clean(&output.stdout, &format!("standard output of {arguments:?}"));
        assert_clean(&output.stderr, &format!("standard error of {arguments:?}"));
        printed += output.stdout.len() + output.stderr.len();
        shown += &String::from_utf8_lossy(&output.stdout);
        shown += &String::from_utf8_lossy(&output.stderr);
    }
    assert!(printed > 2_000, "the calls said only {printed} bytes:\n{shown}");
}

#[test]
fn a_file_name_cannot_steer_the_terminal() {
    let folder = Folder::new("names");
    let name = "news\u{1b}[31m\u{202e}txt";
    if fs::create_dir(folder.0.join(name)).is_err() {
        return; // a file system that refuses such names
    }
    folder.put(&format!("{name}/empty.txt"), "");
    folder.put("wire.txt", "The mill in Ostervik burned for nine hours on Sunday night, the fire brigade said.");
    let output = folder.run(&["trace", name, "wire.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert_clean(&output.stderr, "standard error");
    assert!(String::from_utf8_lossy(&output.stderr).contains("empty.txt: is empty"));
}

#[test]
fn a_broken_pipe_ends_quietly() {
    let folder = Folder::new("pipe");
    folder.put("wire.txt", "The mill in Ostervik burned for nine hours on Sunday night, the fire brigade said.\n");
    // More than a pipe holds, so that the program is still writing when nobody reads any more.
    for number in 0..400 {
        let text = format!("The mill in Ostervik burned for {number} hours on Sunday night, the fire brigade said.\n");
        folder.put(&format!("copy-{number}.txt"), &text);
    }
    for stream in [&["diff", "wire.txt", ".", "--format", "json"][..], &["diff", "wire.txt", "."]] {
        let mut child = folder.command().args(stream).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut start = [0; 16];
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut start).unwrap();
        drop(out);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }
}

#[test]
fn nobody_reads_the_messages() {
    let folder = Folder::new("messages");
    folder.put("wire.txt", "The mill in Ostervik burned for nine hours on Sunday night, the fire brigade said.\n");
    folder.put("feed.jsonl", "{broken\n".repeat(20_000));
    let mut child =
        folder.command().args(["trace", "."]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stderr.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("1 document"), "the result is still written");
}

/// A line of 200 MB is passed over without being kept, and the records around it are read. The file is a hole on the
/// disk: it takes no room.
#[test]
#[cfg(target_os = "linux")]
fn a_line_without_end_is_skipped_in_bounded_memory() {
    let folder = Folder::new("long");
    let record =
        |id: &str| format!("{{\"id\": \"{id}\", \"text\": \"The mill in Ostervik burned on Sunday night, the fire brigade said.\"}}\n");
    let mut file = fs::File::create(folder.0.join("feed.jsonl")).unwrap();
    write!(file, "{}{{\"text\": \"", record("before")).unwrap();
    let start = file.metadata().unwrap().len();
    file.set_len(start + 200_000_000).unwrap();
    drop(file);
    let mut file = fs::File::options().append(true).open(folder.0.join("feed.jsonl")).unwrap();
    write!(file, "\"}}\n{}", record("after")).unwrap();
    drop(file);
    // The whole address space, the program included, is smaller than the line.
    let output = Command::new("sh")
        .args(["-c", "ulimit -v 180000; exec \"$0\" trace feed.jsonl --threads 1", env!("CARGO_BIN_EXE_wirecopy")])
        .current_dir(&folder.0)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("feed.jsonl:2: the line is longer than"), "{told}");
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("2 documents"));
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_without_end_is_skipped() {
    let folder = Folder::new("huge");
    fs::File::create(folder.0.join("huge.txt")).unwrap().set_len(200_000_000).unwrap();
    folder.put("wire.txt", "The mill in Ostervik burned for nine hours on Sunday night, the fire brigade said.");
    let output = folder.run(&["trace", "."]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("huge.txt: is longer than"), "{told}");
}
