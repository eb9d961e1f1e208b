//! Reports as text for a terminal, at most 80 columns wide.

use wirecopy::report::{DiffReport, TraceReport};

pub(crate) fn trace(report: &TraceReport, explain: bool) -> String {
    format!("{} documents {explain}\n", report.documents.len())
}

pub(crate) fn diff(report: &DiffReport, explain: bool) -> String {
    format!("{} documents {explain}\n", report.documents.len())
}
