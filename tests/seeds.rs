//! The five sample pages: what must hold of them, also when they are renamed, cut, folded or dressed otherwise.
#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it must be")]

use wirecopy::config::Config;
use wirecopy::diff::{FactKind, Mark, QuoteOutcome};
use wirecopy::document::Document;
use wirecopy::pipeline;
use wirecopy::report::{ClusterKind, Origin, TraceReport};
use wirecopy::verify::Relation;

const PAGES: [(&str, &str); 5] = [
    ("000", include_str!("../seeds/000_97a6623354665ed9.txt")),
    ("001", include_str!("../seeds/001_f126c589adc6e714.txt")),
    ("002", include_str!("../seeds/002_b294f04f116ddbf6.txt")),
    ("003", include_str!("../seeds/003_768a3bc313870637.txt")),
    ("004", include_str!("../seeds/004_97223278cfabf412.txt")),
];

fn pages() -> Vec<(&'static str, String)> {
    PAGES.iter().map(|(id, text)| (*id, (*text).to_owned())).collect()
}

fn trace(pages: Vec<(&str, String)>) -> TraceReport {
    let documents = pages.into_iter().map(|(id, text)| Document { id: id.to_owned(), text, ..Document::default() }).collect();
    pipeline::trace(documents, Vec::new(), false, &Config::default()).unwrap()
}

fn relation(report: &TraceReport, a: &str, b: &str) -> Relation {
    report.pairs.iter().find(|p| p.a == a && p.b == b).map_or(Relation::Unrelated, |p| p.relation)
}

/// The relations that must hold, whatever the pages are called and wear.
#[track_caller]
fn assert_relations(report: &TraceReport) {
    assert_eq!(relation(report, "000", "001"), Relation::Rewrite, "000-001");
    assert_eq!(relation(report, "002", "003"), Relation::SameEvent, "002-003");
    for (a, b) in
        [("000", "002"), ("000", "003"), ("000", "004"), ("001", "002"), ("001", "003"), ("001", "004"), ("002", "004"), ("003", "004")]
    {
        let found = relation(report, a, b);
        assert!(matches!(found, Relation::SameTopic | Relation::Unrelated), "{a}-{b}: {found:?}");
    }
    let derivations: Vec<_> = report.clusters.iter().filter(|c| c.kind == ClusterKind::Derivation).collect();
    assert_eq!(derivations.len(), 1);
    assert_eq!(derivations[0].members, ["000", "001"]);
    for e in &derivations[0].derivations {
        assert!(["000", "001"].contains(&e.to.as_str()));
    }
}

/// 000 comes from 001 or from the agency copy behind both; 001 comes from that copy.
#[track_caller]
fn assert_lineage(report: &TraceReport, agency: &str) {
    let cluster = report.clusters.iter().find(|c| c.kind == ClusterKind::Derivation).unwrap();
    let unseen = Origin::Agency(agency.to_owned());
    assert_eq!(cluster.origin, Some(unseen.clone()));
    let source = |id: &str| cluster.derivations.iter().find(|e| e.to == id).map(|e| e.from.clone());
    assert_eq!(source("001"), Some(unseen.clone()));
    let of_000 = source("000").unwrap();
    assert!(of_000 == Origin::Document("001".into()) || of_000 == unseen, "{of_000:?}");
}

#[track_caller]
fn assert_credits(report: &TraceReport, text: &str, photo: &str) {
    let agencies = |id: &str| -> Vec<String> {
        report.documents.iter().find(|d| d.id == id).unwrap().credits.iter().map(|c| c.agency.clone()).collect()
    };
    assert_eq!(agencies("001"), [text]);
    assert!(agencies("000").is_empty() && agencies("004").is_empty());
    let photos: Vec<_> = report.documents[1].photo_credits.iter().map(|p| p.agency.as_str()).collect();
    assert!(!photos.is_empty() && photos.iter().all(|p| *p == photo), "{photos:?}");
}

#[test]
fn relations_lineage_and_credits() {
    let report = trace(pages());
    assert_relations(&report);
    assert_lineage(&report, "AFP");
    assert_credits(&report, "AFP", "Reuters");
}

#[test]
fn the_story_date_is_read_and_the_page_date_flagged() {
    let report = trace(pages());
    let d = &report.documents[1];
    assert_eq!(d.page_date, Some(jiff::civil::date(2025, 12, 7)));
    let story = d.story_date.as_ref().unwrap();
    let day = jiff::civil::date(2025, 3, 16);
    assert!(story.earliest <= day && day <= story.latest, "{story:?}");
    assert!(story.earliest.until(story.latest).unwrap().get_days() <= 7, "{story:?}");
    assert!(story.conflicts_with_page_date);
    assert!(!story.basis.is_empty());
}

#[test]
fn the_caption_is_no_body() {
    let report = trace(pages());
    let text = PAGES[1].1;
    for b in &report.documents[1].blocks {
        if b.kind == wirecopy::extract::BlockKind::Paragraph {
            assert!(!b.span.of(text).contains("Firefighters work"));
        }
    }
}

fn diff_of_the_rewrite() -> wirecopy::report::DiffRow {
    let document = |(id, text): (&str, &str)| Document { id: id.to_owned(), text: text.to_owned(), ..Document::default() };
    let documents = vec![document(PAGES[1]), document(PAGES[0])];
    pipeline::diff_all(documents, Vec::new(), false, &Config::default()).unwrap().diffs.remove(0)
}

#[test]
fn every_quotation_has_its_outcome() {
    let diff = diff_of_the_rewrite();
    let outcome = |words: &str| {
        let rows: Vec<_> =
            diff.quotes.iter().filter(|q| q.base.as_ref().is_some_and(|s| s.text.contains(words))).map(|q| q.outcome).collect();
        assert!(!rows.is_empty() && rows.iter().all(|o| *o == rows[0]), "{words}: {rows:?}");
        rows[0]
    };
    for (words, expected) in [
        ("\"next steps\"", QuoteOutcome::Exact),
        ("serious questions", QuoteOutcome::WordsChanged),
        ("improve their situation", QuoteOutcome::Dequoted),
        ("concrete aspects", QuoteOutcome::Truncated),
        ("agreed to remain in contact", QuoteOutcome::Dropped),
        ("agreed to continue working", QuoteOutcome::Dequoted),
        ("dragging his feet", QuoteOutcome::Exact),
        ("is not good enough", QuoteOutcome::Exact),
        ("barbaric attacks", QuoteOutcome::WordsChanged),
        ("lying about how", QuoteOutcome::BoundaryExtended),
        ("In total since March 12th", QuoteOutcome::Dropped),
    ] {
        assert_eq!(outcome(words), expected, "{words}");
    }
    // `discussed the next steps` and `advancing` make thirteen distinct ones; one is said twice.
    assert_eq!(diff.quotes.iter().filter(|q| q.base.is_some()).count(), 14);
    let of_the_rewrite: std::collections::BTreeSet<_> =
        diff.quotes.iter().filter_map(|q| q.variant.as_ref()).filter(|s| s.text.starts_with('“')).map(|s| s.span).collect();
    assert_eq!(of_the_rewrite.len(), 7, "each quotation of the rewrite has its origin");
    assert!(!diff.quotes.iter().any(|q| q.outcome == QuoteOutcome::Invented));
}

#[test]
fn numbers_dates_and_roles_of_the_rewrite() {
    let diff = diff_of_the_rewrite();
    let has = |mark: Mark, kind: FactKind, words: &str| {
        diff.facts
            .iter()
            .any(|f| f.mark == mark && f.kind == kind && f.variant.as_ref().or(f.base.as_ref()).is_some_and(|s| s.text.contains(words)))
    };
    assert!(!diff.facts.iter().any(|f| f.kind == FactKind::Number && f.mark == Mark::Altered));
    for number in ["three-year", "371 of its civilians", "371 people", "14 children", "220 of the civilians", "two years"] {
        assert!(has(Mark::Dropped, FactKind::Number, number), "{number}");
    }
    for date in ["March 12th", "August 2024", "last summer", "Saturday"] {
        assert!(has(Mark::Dropped, FactKind::Date, date), "{date}");
    }
    assert!(has(Mark::Kept, FactKind::Number, "90"));
    assert!(diff.facts.iter().any(|f| f.mark == Mark::Added && f.variant.as_ref().is_some_and(|s| s.text == "Iranian-made Shahed")));
    assert!(has(Mark::Added, FactKind::Role, "Ukrainian President"));
}

/// Another world: every name, agency and number that is no date has another one in its place.
const RENAMED: &[(&str, &str)] = &[
    ("Russia", "Velmaria"),
    ("Russian", "Velmarian"),
    ("Ukraine", "Ostrand"),
    ("Ukrainian", "Ostrandian"),
    ("United States", "Northern Union"),
    ("U.S.", "N.U."),
    ("US", "NU"),
    ("Kremlin", "Citadel"),
    ("Kyiv", "Lorna"),
    ("Moscow", "Sarvik"),
    ("Washington", "Hallam"),
    ("WASHINGTON", "HALLAM"),
    ("Vladimir", "Casimir"),
    ("Putin", "Drago"),
    ("Volodymyr", "Anselm"),
    ("Zelenskyy", "Harrowe"),
    ("Zelensky", "Harrow"),
    ("Donald", "Rupert"),
    ("Trump", "Lang"),
    ("Marco", "Julio"),
    ("Rubio", "Serrano"),
    ("Sergei", "Tomas"),
    ("Lavrov", "Belik"),
    ("Tammy", "Gwen"),
    ("Bruce", "Archer"),
    ("Keir", "Owen"),
    ("Starmer", "Pryce"),
    ("UK", "GB"),
    ("Izyum", "Torvald"),
    ("Kharkiv", "Mirna"),
    ("Kursk", "Pelow"),
    ("Khinshtein", "Radov"),
    ("Alexander", "Nikolai"),
    ("Sudzha", "Varna"),
    ("Kazachya Loknya", "Little Sedge"),
    ("Saudi Arabia", "Port Emery"),
    ("Riyadh", "Emery"),
    ("Steve", "Alan"),
    ("Witkoff", "Marsden"),
    ("Yuri", "Pavel"),
    ("Ushakov", "Orlen"),
    ("Jared", "Nathan"),
    ("Kushner", "Bellamy"),
    ("Jeddah", "Calla"),
    ("Crimea", "Tessaly"),
    ("NATO", "OTAC"),
    ("Macron", "Lefort"),
    ("Emmanuel", "Gilles"),
    ("Donetsk", "Halden"),
    ("Luhansk", "Orvik"),
    ("Peskov", "Danin"),
    ("Dmitry", "Ivor"),
    ("Syrsky", "Malek"),
    ("Oleksandr", "Petran"),
    ("Odesa", "Linden"),
    ("Dnipro", "Ferris"),
    ("Vance", "Cole"),
    ("Chernihiv", "Brost"),
    ("Shahed", "Zephyr"),
    ("Iranian", "Coralian"),
    ("AFP", "dpa"),
    ("Reuters", "AP"),
    ("90", "70"),
    ("371", "413"),
    ("220", "255"),
    ("nine", "seven"),
    ("86%", "79%"),
    ("30-day", "40-day"),
    ("14,000", "17,500"),
];

fn renamed(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    let whole =
        |before: Option<char>, after: Option<char>| !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric);
    'next: while let Some(first) = rest.chars().next() {
        let mut table: Vec<_> = RENAMED.to_vec();
        table.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
        for (from, to) in table {
            if let Some(after) = rest.strip_prefix(from) {
                // A lost apostrophe leaves an `s` behind the name.
                let tail = after.strip_prefix('s').unwrap_or(after);
                if whole(out.chars().next_back(), after.chars().next()) || whole(out.chars().next_back(), tail.chars().next()) {
                    out.push_str(to);
                    rest = after;
                    continue 'next;
                }
            }
        }
        out.push(first);
        rest = &rest[first.len_utf8()..];
    }
    out
}

#[test]
fn renamed_copies_give_the_same_answers() {
    let report = trace(pages().into_iter().map(|(id, text)| (id, renamed(&text))).collect());
    assert_relations(&report);
    assert_lineage(&report, "dpa");
    assert_credits(&report, "dpa", "AP");
    let story = report.documents[1].story_date.as_ref().unwrap();
    assert!(story.conflicts_with_page_date);
}

#[test]
fn a_rewrite_cut_to_sixty_words_is_still_found() {
    let mut pages = pages();
    let cut: Vec<&str> = PAGES[0].1.split_inclusive(char::is_whitespace).take(60).collect();
    pages[0].1 = cut.concat();
    assert_relations(&trace(pages));
}

#[test]
fn typography_does_not_matter() {
    let fold = |text: &str| {
        let mut out = String::new();
        for c in text.chars() {
            match c {
                '“' | '”' => out.push('"'),
                '’' | '‘' => out.push('\''),
                '—' => out.push_str("--"),
                '–' => out.push('-'),
                '\u{a0}' => out.push(' '),
                c => out.push(c),
            }
        }
        out
    };
    assert_relations(&trace(pages().into_iter().map(|(id, text)| (id, fold(&text))).collect()));
}

#[test]
fn upper_case_headings_do_not_matter() {
    let raise = |text: &str| {
        let lines: Vec<String> = text
            .split('\n')
            .map(|l| {
                if l.split_whitespace().count() < 14 && !l.trim_end().ends_with(['.', ')', 'P']) { l.to_uppercase() } else { l.to_owned() }
            })
            .collect();
        lines.join("\n")
    };
    assert_relations(&trace(pages().into_iter().map(|(id, text)| (id, raise(&text))).collect()));
}

#[test]
fn other_furniture_does_not_matter() {
    let wrap = |text: &str| {
        format!(
            "THE DAILY LEDGER\nHome | World | Business | Sport | Culture | Subscribe\nShare this article\nFacebook Twitter WhatsApp\n\n{text}\n\n\
             Related articles\nHarbour ferries return to normal timetable\nCouncil approves new cycle lanes\nMost read\n1. Weather: rain in the north\n\
             12 Comments | Post a comment\nWe use cookies to improve your experience.\n© 2026 The Daily Ledger. All rights reserved.\n"
        )
    };
    assert_relations(&trace(pages().into_iter().map(|(id, text)| (id, wrap(&text))).collect()));
}

#[test]
fn threads_do_not_change_a_byte() {
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        serde_json::to_string(&pool.install(|| trace(pages()))).unwrap()
    };
    let one = run(1);
    assert_eq!(one, run(2));
    assert_eq!(one, run(8));
}

#[test]
fn the_order_of_the_input_does_not_change_the_verdicts() {
    let mut turned = pages();
    turned.reverse();
    let (report, back) = (trace(pages()), trace(turned));
    assert_eq!(serde_json::to_string(&report.pairs).unwrap(), serde_json::to_string(&back.pairs).unwrap());
    assert_eq!(serde_json::to_string(&report.clusters).unwrap(), serde_json::to_string(&back.clusters).unwrap());
    assert_eq!(serde_json::to_string(&report.fact_diffs).unwrap(), serde_json::to_string(&back.fact_diffs).unwrap());
}
