//! Clusters against the truth as text.

use super::layout::{Style, columns, cut, heading, styled};
use crate::terminal;
use wirecopy::eval::{ClusterReport, Scores};

/// Columns for the name of an edit.
const NAME: usize = 20;

pub(crate) fn scores(report: &ClusterReport) -> String {
    let mut out = String::new();
    block(&mut out, "All documents", &report.all);
    if let Some(core) = &report.core {
        out.push('\n');
        block(&mut out, "Core: copies that are near-duplicates, and what must stay apart", core);
    }
    if !report.found_with_source.is_empty() {
        out.push('\n');
        heading(&mut out, "Found in one cluster with their source");
        for row in &report.found_with_source {
            let edit = cut(&terminal::line(&row.edit), NAME);
            let fill = " ".repeat(NAME - columns(&edit));
            out.push_str(&format!("  {edit}{fill}{:>8.2} %  ({} of {})\n", percent(row.share), row.found, row.documents));
        }
    }
    out
}

fn block(out: &mut String, title: &str, s: &Scores) {
    heading(out, title);
    out.push_str(&format!(
        "  {} documents, {} true clusters, {} found, the largest of {}\n",
        s.documents, s.true_clusters, s.clusters, s.largest_cluster
    ));
    out.push_str(&styled("                      precision    recall        F1\n", Style::Dim));
    for (name, [precision, recall, f1]) in
        [("pairs", [s.pair_precision, s.pair_recall, s.pair_f1]), ("B-cubed", [s.bcubed_precision, s.bcubed_recall, s.bcubed_f1])]
    {
        out.push_str(&format!("  {name:<NAME$}{:>9}{:>10}{:>10}\n", share(precision), share(recall), share(f1)));
    }
    out.push_str(&format!("  {:<NAME$}{:>9}\n", "adjusted Rand index", share(s.adjusted_rand)));
}

/// To four places, towards zero: only what is whole is shown as 1.
fn share(value: f64) -> String {
    format!("{:.4}", (value * 10_000.0 + 1e-9).trunc() / 10_000.0)
}

/// Likewise to two places of a percent.
fn percent(value: f64) -> f64 {
    (value * 10_000.0 + 1e-9).trunc() / 100.0
}
