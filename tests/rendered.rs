//! What a reader sees for the five sample pages. These change with the rules: look at the difference, and if it is an
//! improvement accept it with `INSTA_UPDATE=always cargo test --test rendered`.
#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it must be")]

use std::process::{Command, Stdio};

fn printed(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_wirecopy"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{told}");
    String::from_utf8(output.stdout).unwrap()
}

/// Each line fits the page, whatever the texts hold.
fn assert_fits(text: &str) {
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "wider than 80 columns: {line}");
    }
}

#[test]
fn trace_of_the_samples() {
    let text = printed(&["trace", "seeds"]);
    assert_fits(&text);
    insta::assert_snapshot!("trace_seeds", text);
}

#[test]
fn diff_of_the_samples() {
    let text = printed(&["diff", "seeds/001_f126c589adc6e714.txt", "seeds/000_97a6623354665ed9.txt"]);
    assert_fits(&text);
    insta::assert_snapshot!("diff_seeds", text);
}
