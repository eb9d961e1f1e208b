//! Each page under `tests/facts` is one rule of the fact diff: what it says, an example, and the rows that must come
//! out. See `tests/facts/README.md` for the form of a page.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is not as it must be")]
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use wirecopy::config::Config;
use wirecopy::diff::{FactRow, Mark, QuoteRow};
use wirecopy::document::Document;
use wirecopy::pipeline;
use wirecopy::report::DiffRow;

/// A page in its parts.
struct Page {
    base: String,
    variant: String,
    expected: Vec<String>,
}

fn block(text: &str, name: &str, page: &Path) -> Option<String> {
    let open = format!("```{name}\n");
    let mut parts = text.split(&open);
    let _ = parts.next()?;
    let body = parts.next()?.split("\n```").next()?.to_owned();
    assert!(parts.next().is_none(), "{}: two blocks named {name}", page.display());
    Some(body)
}

fn read(path: &Path) -> Page {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.starts_with("# "), "{}: a page begins with its rule as a heading", path.display());
    let need = |name| block(&text, name, path).unwrap_or_else(|| panic!("{}: no block named {name}", path.display()));
    let expected = need("marks").lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect();
    Page { base: need("base"), variant: need("variant"), expected }
}

/// The name that serde gives a unit variant.
fn name<T: serde::Serialize>(value: T) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

/// Words of a side without the marks and points at its ends, white space folded.
fn bare(text: &str) -> String {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    folded
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '\'' | '‘' | '’' | ',' | '.' | '«' | '»' | '„'))
        .to_owned()
}

/// One line of the marks block for a row: `altered quote quote_words "base" -> "variant"`.
fn fact_line(f: &FactRow) -> String {
    let mut line = String::new();
    if f.check {
        line.push_str("check ");
    }
    let _ = write!(line, "{} {}", name(f.mark), name(f.kind));
    if !f.subtype.is_empty() {
        let _ = write!(line, " {}", f.subtype);
    }
    sides(&mut line, f.base.as_ref().map(|s| s.text.as_str()), f.variant.as_ref().map(|s| s.text.as_str()));
    line
}

fn quote_line(q: &QuoteRow) -> String {
    let mut line = format!("outcome {}", name(q.outcome));
    sides(&mut line, q.base.as_ref().map(|s| s.text.as_str()), q.variant.as_ref().map(|s| s.text.as_str()));
    if let Some(speaker) = &q.speaker {
        let _ = write!(line, " by {speaker}");
    }
    line
}

fn sides(line: &mut String, base: Option<&str>, variant: Option<&str>) {
    match (base, variant) {
        (Some(b), Some(v)) => {
            let _ = write!(line, " \"{}\" -> \"{}\"", bare(b), bare(v));
        }
        (Some(s), None) | (None, Some(s)) => {
            let _ = write!(line, " \"{}\"", bare(s));
        }
        (None, None) => {}
    }
}

/// An expected line fits a found one when it is equal, or equal but for the subtype, or, for a quotation, but for
/// the speaker.
fn fits(expected: &str, found: &str) -> bool {
    if expected == found || found.strip_prefix(expected).is_some_and(|rest| rest.starts_with(" by ")) {
        return true;
    }
    let Some((head, sides)) = found.split_once(" \"") else { return false };
    let mut words: Vec<&str> = head.split(' ').collect();
    let plain = if words.first() == Some(&"check") { 3 } else { 2 };
    words.truncate(plain);
    expected == format!("{} \"{sides}", words.join(" "))
}

fn diff(page: &Page) -> DiffRow {
    let document = |id: &str, text: &str| Document { id: id.to_owned(), text: text.to_owned(), ..Document::default() };
    let documents = vec![document("base", &page.base), document("variant", &page.variant)];
    pipeline::diff_all(documents, Vec::new(), false, &Config::default()).unwrap().diffs.remove(0)
}

/// What is wrong with a page, or nothing.
fn faults(page: &Page) -> Vec<String> {
    let found = diff(page);
    let facts: Vec<(&FactRow, String)> = found.facts.iter().map(|f| (f, fact_line(f))).collect();
    let quotes: Vec<String> = found.quotes.iter().map(quote_line).collect();
    let mut out = Vec::new();
    for line in &page.expected {
        let there = match line.strip_prefix("never ") {
            // `never altered`, `never altered number`, `never outcome`: no firm row that begins so
            Some(start) => !facts.iter().any(|(f, l)| !f.check && l.starts_with(start)) && !quotes.iter().any(|l| l.starts_with(start)),
            None => facts.iter().any(|(_, l)| fits(line, l)) || quotes.iter().any(|l| fits(line, l)),
        };
        if !there {
            out.push(format!("missing: {line}"));
        }
    }
    // A firm change that the page does not name is a false alarm.
    for (f, line) in &facts {
        let change = !f.check && matches!(f.mark, Mark::Altered | Mark::Added | Mark::Dropped);
        if change && !page.expected.iter().any(|e| fits(e, line)) {
            out.push(format!("not on the page: {line}"));
        }
    }
    if !out.is_empty() {
        out.push(format!("found:\n    {}", facts.into_iter().map(|x| x.1).chain(quotes).collect::<Vec<_>>().join("\n    ")));
    }
    out
}

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/facts");
    let mut pages: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    pages.retain(|p| p.extension().is_some_and(|e| e == "md") && p.file_name().is_some_and(|n| n != "README.md"));
    pages.sort();
    pages
}

#[test]
fn every_page_holds() {
    let pages = pages();
    assert!(pages.len() >= 100, "only {} pages were found", pages.len());
    let mut report = String::new();
    for path in &pages {
        let faults = faults(&read(path));
        if !faults.is_empty() {
            let _ = writeln!(report, "{}\n  {}", path.file_name().unwrap().to_string_lossy(), faults.join("\n  "));
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn a_false_page_is_caught() {
    let page = |expected: &[&str]| Page {
        base: "The harbour master said 12 boats had left on Monday before the storm reached the outer islands.".into(),
        variant: "The harbour master said 14 boats had left on Monday before the storm reached the outer islands.".into(),
        expected: expected.iter().map(|s| (*s).to_owned()).collect(),
    };
    assert!(faults(&page(&["altered number \"12 boats\" -> \"14 boats\""])).is_empty());
    assert!(!faults(&page(&[])).is_empty(), "an unnamed change must be told");
    assert!(!faults(&page(&["altered number \"12 boats\" -> \"15 boats\""])).is_empty());
    assert!(!faults(&page(&["never altered", "altered number \"12 boats\" -> \"14 boats\""])).is_empty());
}
