//! The ledger of a cluster's quotations: each with what became of it in every copy.

use serde::Serialize;
use std::collections::BTreeMap;
use wirecopy::diff::QuoteOutcome;
use wirecopy::report::TraceReport;

/// One quotation.
#[derive(Debug, Serialize)]
pub(super) struct Quotation {
    /// Where it stands; of a quotation that only a copy has, that copy.
    pub(super) document: String,
    pub(super) speaker: Option<String>,
    pub(super) text: String,
    /// Whether the text that the copy was held against lacks it.
    pub(super) only_in_copy: bool,
    pub(super) copies: Vec<Copied>,
}

/// What a copy made of it.
#[derive(Debug, Serialize)]
pub(super) struct Copied {
    pub(super) document: String,
    pub(super) outcome: QuoteOutcome,
    pub(super) text: Option<String>,
}

/// All quotations, by document and place.
pub(super) fn ledger(report: &TraceReport) -> Vec<Quotation> {
    let mut by_place: BTreeMap<(&str, bool, usize), Quotation> = BTreeMap::new();
    for diff in &report.fact_diffs {
        for quote in &diff.quotes {
            let (document, side, only_in_copy) = match (&quote.base, &quote.variant) {
                (Some(base), _) => (&diff.base, base, false),
                (None, Some(variant)) => (&diff.variant, variant, true),
                (None, None) => continue,
            };
            let entry = by_place.entry((document, only_in_copy, side.span.start)).or_insert_with(|| Quotation {
                document: document.clone(),
                speaker: quote.speaker.clone(),
                text: side.text.clone(),
                only_in_copy,
                copies: Vec::new(),
            });
            if !entry.copies.iter().any(|c| c.document == diff.variant) {
                let text = quote.variant.as_ref().map(|v| v.text.clone());
                entry.copies.push(Copied { document: diff.variant.clone(), outcome: quote.outcome, text });
            }
        }
    }
    by_place.into_values().collect()
}

/// An outcome in words for a reader.
pub(super) const fn in_words(outcome: QuoteOutcome) -> &'static str {
    match outcome {
        QuoteOutcome::Exact => "same words",
        QuoteOutcome::WordsChanged => "words changed",
        QuoteOutcome::Truncated => "cut shorter",
        QuoteOutcome::BoundaryExtended => "reporter's words inside the marks",
        QuoteOutcome::Dequoted => "indirect speech",
        QuoteOutcome::Dropped => "left out",
        QuoteOutcome::Invented => "not in the text it was held against",
    }
}
