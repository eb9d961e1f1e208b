//! Texts that changed in nothing but their dress, their order or a synonym outside quotation marks: no row says that a fact changed.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads its files, and what it cannot do stops it")]

use std::path::Path;
use wirecopy::config::Config;
use wirecopy::diff::Mark;
use wirecopy::document::Document;
use wirecopy::pipeline;

/// All pages of the invented newsrooms.
fn pages() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/newsrooms");
    let mut stories: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect();
    stories.sort();
    let texts = stories.iter().flat_map(|s| (1..=7).map(move |n| s.join(format!("d{n}.txt"))));
    texts.map(|p| std::fs::read_to_string(p).unwrap()).collect()
}

/// Rows that say a fact changed, of `base` against what `change` makes of it.
fn changed(change: impl Fn(&str) -> String) -> Vec<String> {
    let mut out = Vec::new();
    for text in pages() {
        let document = |id: &str, text: &str| Document { id: id.to_owned(), text: text.to_owned(), ..Document::default() };
        let found =
            pipeline::diff_all(vec![document("base", &text), document("variant", &change(&text))], Vec::new(), false, &Config::default());
        let firm = |mark: Mark| !matches!(mark, Mark::Kept | Mark::Reworded);
        for row in found.unwrap().diffs.remove(0).facts.into_iter().filter(|r| firm(r.mark) && !r.check) {
            let side = |s: &Option<wirecopy::diff::Side>| s.as_ref().map(|s| s.text.clone());
            out.push(format!("{:?} {:?}: {:?} -> {:?}", row.kind, row.mark, side(&row.base), side(&row.variant)));
        }
    }
    out
}

#[test]
fn the_same_text() {
    let rows = changed(str::to_owned);
    assert!(rows.is_empty(), "{rows:#?}");
}

#[test]
fn the_same_text_set_otherwise() {
    let rows = changed(|text| {
        let mut open = false;
        let quotes = |c: char| match c {
            '“' | '”' => '"',
            '"' => {
                open = !open;
                if open { '“' } else { '”' }
            }
            '’' => '\'',
            '\u{a0}' => ' ',
            c => c,
        };
        text.chars().map(quotes).collect::<String>().replace(" - ", " – ").replace(". ", ".  ").replace("\n\n", "\n \n")
    });
    assert!(rows.is_empty(), "{} rows: {rows:#?}", rows.len());
}

#[test]
fn paragraphs_in_another_order() {
    // The first paragraphs stay: what stands above the body and below it would else become part of it.
    let rows = changed(|text| {
        let mut paragraphs: Vec<&str> = text.split("\n\n").collect();
        let n = paragraphs.len();
        if n >= 8 {
            paragraphs[3..n - 3].reverse();
        }
        paragraphs.join("\n\n")
    });
    assert!(rows.is_empty(), "{} rows: {rows:#?}", rows.len());
}

#[test]
fn synonyms_outside_quotations() {
    const PAIRS: [(&str, &str); 12] = [
        (" purchased ", " bought "),
        (" hurt ", " injured "),
        (" firm ", " company "),
        (" talks ", " negotiations "),
        (" big ", " large "),
        (" vessels ", " boats "),
        (" homes ", " houses "),
        (" blaze ", " fire "),
        (" arrested ", " detained "),
        (" agreement ", " deal "),
        (" approximately ", " about "),
        (" workers ", " employees "),
    ];
    let rows = changed(|text| {
        let plain = |line: &str| !line.contains(['"', '“', '”', '‘', '’', '\'']);
        let line = |line: &str| {
            let mut line = line.to_owned();
            if plain(&line) {
                PAIRS.iter().for_each(|(from, to)| line = line.replace(from, to));
            }
            line
        };
        text.lines().map(line).collect::<Vec<_>>().join("\n")
    });
    assert!(rows.is_empty(), "{} rows: {rows:#?}", rows.len());
}
