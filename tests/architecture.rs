//! The order of the modules is the architecture: a module names only modules that stand before it.
#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it must be")]
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

use std::fs;
use std::path::{Path, PathBuf};

/// In the order of the data flow. `io` and what stores and fetches stand last: they hand their parts to the others through plain rows.
const ORDER: &[&str] = &[
    "error",
    "config",
    "document",
    "monitor",
    "text",
    "page",
    "extract",
    "facts",
    "keys",
    "candidates",
    "verify",
    "cluster",
    "diff",
    "trace",
    "report",
    "pipeline",
    "corpus",
    "synth",
    "eval",
    "io",
    "index",
    "fetch",
];

/// Longest file, in lines.
const LONGEST: usize = 450;

fn rust_files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
    out.sort();
}

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    assert!(files.len() > 20, "the sources were not found");
    files.into_iter().map(|f| (f.strip_prefix(&root).unwrap().to_owned(), fs::read_to_string(&f).unwrap())).collect()
}

/// The top-level module that a file belongs to; `None` for lib.rs and the program.
fn module(path: &Path) -> Option<String> {
    let first = path.components().next()?.as_os_str().to_str()?.trim_end_matches(".rs").to_owned();
    (first != "lib" && first != "bin").then_some(first)
}

fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|l| !l.trim_start().starts_with("//"))
}

#[test]
fn modules_name_only_modules_before_them() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some(own) = module(&path) else { continue };
        let rank = ORDER.iter().position(|m| *m == own).unwrap_or_else(|| panic!("{own} is not in the list of this test"));
        // Tests below the code may look anywhere.
        let body = text.split("#[cfg(test)]").next().unwrap();
        for line in code(body) {
            for part in line.split("crate::").skip(1) {
                let named: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let later = ORDER.iter().position(|m| *m == named).is_some_and(|r| r > rank);
                if later {
                    wrong.push(format!("{}: {own} names {named}: {}", path.display(), line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "modules name later ones:\n{}", wrong.join("\n"));
}

#[test]
fn the_list_is_complete() {
    let lib = sources().into_iter().find(|(p, _)| p == Path::new("lib.rs")).unwrap().1;
    let declared: Vec<&str> = lib.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    for m in &declared {
        assert!(ORDER.contains(m), "{m} is declared in lib.rs and stands in no order");
    }
    assert_eq!(declared.len(), ORDER.len());
}

#[test]
fn unsafe_is_in_the_kernel_only() {
    for (path, text) in sources() {
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate().filter(|(_, l)| !l.trim_start().starts_with("//") && l.contains("unsafe ")) {
            assert!(path.ends_with("keys/bulk/kernel.rs"), "{}: {line}", path.display());
            let noted = lines[at.saturating_sub(3)..at].iter().any(|l| l.contains("SAFETY:"));
            assert!(noted, "{}: {line} has no SAFETY note", path.display());
        }
    }
}

#[test]
fn files_stay_readable() {
    let long: Vec<String> = sources()
        .into_iter()
        .filter(|(_, t)| t.lines().count() > LONGEST)
        .map(|(p, t)| format!("{}: {} lines", p.display(), t.lines().count()))
        .collect();
    assert!(long.is_empty(), "find the noun that wants its own file:\n{}", long.join("\n"));
}

#[test]
fn names_say_what_is_inside() {
    for (path, _) in sources() {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        assert!(
            !["utils", "helpers", "common", "manager", "processor", "engine", "data"].contains(&stem),
            "{} has a refused name",
            path.display()
        );
    }
}
