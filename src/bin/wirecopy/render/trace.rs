//! The whole answer as text: clusters with their lineage, what changed on each edge, then looser relations.

use super::diff::pair;
use super::layout::{Style, columns, count, cut, heading, styled, wrap};
use super::outlets::outlets;
use crate::terminal;
use std::collections::HashMap;
use wirecopy::document::DateOrigin;
use wirecopy::extract::CreditPosition;
use wirecopy::report::{ClusterKind, ClusterRow, DisputedRow, DocumentRow, Origin, PairRow, TraceReport};
use wirecopy::verify::{Relation, rule_text};

/// Text of each document by id, where the report carries it.
type Texts<'a> = HashMap<&'a str, &'a str>;

/// Rows of one mark shown for each edge, without `--explain`.
const ROWS: usize = 6;

pub(crate) fn trace(report: &TraceReport, explain: bool) -> String {
    let mut out = String::new();
    let derivations: Vec<&ClusterRow> = report.clusters.iter().filter(|c| c.kind == ClusterKind::Derivation).collect();
    out.push_str(&format!(
        "{}, {}, {} related\n",
        count(report.documents.len(), "document"),
        count(derivations.len(), "derivation cluster"),
        count(report.pairs.len(), "pair")
    ));
    let texts: Texts<'_> = report.documents.iter().filter_map(|d| Some((d.id.as_str(), d.text.as_deref()?))).collect();
    for (i, c) in derivations.iter().enumerate() {
        out.push('\n');
        cluster(&mut out, report, &texts, c, i + 1, explain);
    }
    versions(&mut out, report);
    others(&mut out, report, &texts, explain);
    outlets(&mut out, report);
    out
}

fn cluster(out: &mut String, report: &TraceReport, texts: &Texts<'_>, c: &ClusterRow, number: usize, explain: bool) {
    heading(out, &format!("Derivation cluster {number}: {}", count(c.members.len(), "document")));
    match &c.origin {
        Some(Origin::Agency(name)) => {
            wrap(out, "  origin", 10, &format!("{name}; the agency's own copy is not among the documents"), 2, None);
        }
        Some(Origin::Document(id)) => wrap(out, "  origin", 10, id, 2, None),
        None => wrap(out, "  origin", 10, "not decided", 2, None),
    }
    for id in &c.members {
        if let Some(d) = report.documents.iter().find(|d| &d.id == id) {
            document(out, d);
        }
    }
    for e in &c.derivations {
        let (from, seen) = match &e.from {
            Origin::Agency(name) => (format!("{name} (unseen copy)"), false),
            Origin::Document(id) => (id.clone(), true),
        };
        let arrow = if e.directed { "→" } else { "— common source or direction not decided —" };
        wrap(out, "  edge", 10, &format!("{from} {arrow} {} (probability {:.2})", e.to, e.probability), 3, Some(Style::Bold));
        if explain || !seen {
            for x in &e.evidence {
                wrap(out, &format!("    {:+.1}", x.weight), 12, &x.text, 3, Some(Style::Dim));
            }
        }
    }
    for p in report.pairs.iter().filter(|p| c.members.contains(&p.a) && c.members.contains(&p.b)) {
        relation(out, texts, p, explain);
    }
    for d in &c.disputed {
        wrap(out, "  disputed", 12, &disputed(d), 3, Some(Style::Yellow));
    }
    for d in report.fact_diffs.iter().filter(|d| c.members.contains(&d.base) && c.members.contains(&d.variant)) {
        out.push('\n');
        pair(out, d, explain, if explain { usize::MAX } else { ROWS });
    }
}

/// Each value once, with the documents that give it.
fn disputed(row: &DisputedRow) -> String {
    let mut said: Vec<(String, Vec<&str>)> = Vec::new();
    for v in &row.values {
        let text = terminal::line(&v.text);
        match said.iter_mut().find(|s| s.0.eq_ignore_ascii_case(&text)) {
            Some(s) => s.1.push(&v.document),
            None => said.push((text, vec![&v.document])),
        }
    }
    said.iter_mut().for_each(|s| s.1.dedup());
    said.iter().map(|(text, by)| format!("{text} ({})", by.join(", "))).collect::<Vec<_>>().join(" / ")
}

fn document(out: &mut String, d: &DocumentRow) {
    wrap(out, "  ●", 4, &d.id, 2, Some(Style::Bold));
    if let Some(title) = &d.title {
        wrap(out, "", 4, title, 2, None);
    }
    let mut notes = Vec::new();
    match d.credits.first() {
        Some(c) if c.position == CreditPosition::PageHead => notes.push(format!("credits {} (in the head of the page)", c.agency)),
        Some(c) => notes.push(format!("credits {}", c.agency)),
        None => notes.push("no text credit found".to_owned()),
    }
    if !d.photo_credits.is_empty() {
        let mut names: Vec<&str> = d.photo_credits.iter().map(|p| p.agency.as_str()).collect();
        names.dedup();
        notes.push(format!("photo {}", names.join(", ")));
    }
    if let Some(s) = &d.story_date {
        notes.push(if s.earliest == s.latest {
            format!("story of {}", s.earliest)
        } else {
            format!("story of {} to {}", s.earliest, s.latest)
        });
    }
    if let Some(p) = d.page_date {
        let wrong = d.story_date.as_ref().is_some_and(|s| s.conflicts_with_page_date);
        // a day without a word stands on the page itself
        let origin = d.page_date_origin.filter(|o| *o != DateOrigin::Text).map_or_else(String::new, |o| format!(" ({})", o.label()));
        notes.push(format!("page stamped {p}{origin}{}", if wrong { ", which the text contradicts" } else { "" }));
    }
    wrap(out, "", 4, &notes.join("; "), 3, Some(Style::Dim));
}

fn relation(out: &mut String, texts: &Texts<'_>, p: &PairRow, explain: bool) {
    let text = format!("{} — {}: {}, probability {:.2} (rule {})", p.a, p.b, p.relation.label(), p.probability, p.rule);
    wrap(out, "  pair", 10, &text, 3, None);
    if !explain {
        return;
    }
    let through = p.through.as_ref().map_or_else(String::new, |id| format!("; that text is {id}"));
    wrap(out, "    rule", 12, &format!("{}{through}", rule_text(&p.rule)), 3, None);
    for e in &p.evidence {
        wrap(out, &format!("    {:+.1}", e.weight), 12, &e.text, 3, Some(Style::Dim));
        for (side, id, span) in [("a", &p.a, e.a), ("b", &p.b, e.b)] {
            let quoted = texts.get(id.as_str()).and_then(|t| t.get(span.start..span.end)).filter(|t| !t.is_empty());
            if let Some(quoted) = quoted {
                wrap(out, &format!("         {side}:"), 12, quoted, 2, None);
            }
        }
    }
    for flag in &p.flags {
        wrap(out, "    flag", 12, flag, 1, Some(Style::Dim));
    }
}

/// Pages that were scraped more than once.
fn versions(out: &mut String, report: &TraceReport) {
    if report.versions.is_empty() {
        return;
    }
    out.push('\n');
    heading(out, "Versions of one address; the first of each stands for all");
    for v in &report.versions {
        let others = v.members.iter().filter(|m| **m != v.chosen).map(String::as_str);
        wrap(out, "  url", 10, &v.url, 2, Some(Style::Dim));
        wrap(out, "", 10, &std::iter::once(v.chosen.as_str()).chain(others).collect::<Vec<_>>().join(", "), 3, None);
    }
}

/// Pairs that are related but not derived.
fn others(out: &mut String, report: &TraceReport, texts: &Texts<'_>, explain: bool) {
    for (wanted, title) in [
        (Relation::SharedQuotes, "The same quotations, no derivation claimed"),
        (Relation::SameEvent, "The same event, no derivation found"),
        (Relation::SameTopic, "The same topic, another occasion"),
    ] {
        let rows: Vec<&PairRow> = report.pairs.iter().filter(|p| p.relation == wanted).collect();
        if rows.is_empty() {
            continue;
        }
        out.push('\n');
        heading(out, title);
        for p in rows {
            if explain {
                relation(out, texts, p, true);
                continue;
            }
            let (a, b) = (terminal::line(&p.a), terminal::line(&p.b));
            let room = (super::layout::WIDTH - 20) / 2;
            let pair = format!("{} — {}", cut(&a, room), cut(&b, room));
            let fill = super::layout::WIDTH.saturating_sub(columns(&pair) + 18);
            out.push_str(&format!("  {pair}{}{}\n", " ".repeat(fill), styled(&format!("similarity {:.2}", p.similarity), Style::Dim)));
        }
    }
}
