//! What the documents of each outlet go back to, and what became of each agency's copy, as text.

use super::layout::{Style, WIDTH, columns, cut, heading, styled, wrap};
use crate::terminal;
use wirecopy::report::{AgencyRow, ClusterKind, OutletRow, TraceReport};

/// Rows of each table; the JSON has all.
const LISTED: usize = 25;
/// Columns of a name and of a number.
const NAME: usize = 26;
const NUMBER: usize = 10;

/// Documents from which on shares are told.
pub(super) const MANY: usize = 5;

/// Said wherever a page without a credit is counted.
pub(super) const LOST: &str = "No credit found: none on the page as it was scraped, where a credit can have been lost. It says nothing about what \
                               the outlet printed.";

pub(super) fn outlets(out: &mut String, report: &TraceReport) {
    let derived = report.clusters.iter().any(|c| c.kind == ClusterKind::Derivation);
    if report.outlets.iter().all(|o| o.outlet.is_none()) && (report.agencies.is_empty() || !derived) {
        return;
    }
    out.push('\n');
    heading(out, "Outlets and agencies, as far as these texts tell");
    if report.outlets.iter().any(|o| o.outlet.is_some()) {
        line(out, "Outlet", ["own", "agency", "no credit", "other", "median"].map(str::to_owned), Some(Style::Dim));
        line(out, "", ["", "credited", "found", "or open", "delay"].map(str::to_owned), Some(Style::Dim));
        for row in report.outlets.iter().take(LISTED) {
            line(out, &name(row), outlet(row), None);
        }
        more(out, report.outlets.len());
    }
    if !report.agencies.is_empty() {
        line(out, "Agency", ["credited", "no credit", "share", "outlets", "median"].map(str::to_owned), Some(Style::Dim));
        line(out, "", ["", "found", "", "", "delay"].map(str::to_owned), Some(Style::Dim));
        for row in report.agencies.iter().take(LISTED) {
            line(out, &terminal::line(&row.agency), agency(row), None);
        }
        more(out, report.agencies.len());
    }
    wrap(out, "", 2, LOST, 3, Some(Style::Dim));
}

/// The outlet with the number of its documents.
fn name(row: &OutletRow) -> String {
    let documents = format!(" ({})", row.documents);
    let name = row.outlet.as_deref().map_or_else(|| "outlet not known".to_owned(), terminal::line);
    cut(&name, NAME - columns(&documents)) + &documents
}

fn outlet(row: &OutletRow) -> [String; 5] {
    // A share of two documents tells less than their number.
    let share = |n: usize, share: f64| if row.documents < MANY { n.to_string() } else { format!("{n} {:>4}", percent(share)) };
    [
        share(row.own, row.share_own),
        share(row.wire_credited, row.share_wire_credited),
        share(row.wire_no_credit_found, row.share_wire_no_credit_found),
        (row.other_outlet + row.undecided).to_string(),
        days(row.median_delay_days),
    ]
}

fn agency(row: &AgencyRow) -> [String; 5] {
    [
        row.credited.to_string(),
        row.no_credit_found.to_string(),
        if row.credited + row.no_credit_found < MANY { String::new() } else { percent(row.share_no_credit_found) },
        row.outlets.to_string(),
        days(row.median_delay_days),
    ]
}

pub(super) fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

/// `2.5 d`; empty where no days are known.
pub(super) fn days(median: Option<f64>) -> String {
    median.map_or_else(String::new, |d| format!("{d} d"))
}

fn line(out: &mut String, first: &str, numbers: [String; 5], style: Option<Style>) {
    let first = cut(first, NAME);
    let mut row = format!("  {first}{}", " ".repeat(NAME - columns(&first)));
    for n in numbers {
        row.push_str(&format!("{n:>NUMBER$}"));
    }
    let row = row.trim_end();
    debug_assert!(columns(row) <= WIDTH);
    out.push_str(&style.map_or_else(|| row.to_owned(), |s| styled(row, s)));
    out.push('\n');
}

fn more(out: &mut String, rows: usize) {
    if rows > LISTED {
        out.push_str(&format!("  {} more in the JSON report\n", rows - LISTED));
    }
}
