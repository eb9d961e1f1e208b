//! Which fact rows are told: by mark, by kind, by how sure they are.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde::de::DeserializeOwned;
use wirecopy::diff::{FactKind, Mark, QuoteOutcome};
use wirecopy::report::DiffRow;

#[derive(Debug, Args)]
#[command(next_help_heading = "Fact rows")]
pub(crate) struct RowArgs {
    /// Only rows with these marks
    #[arg(long, value_delimiter = ',', value_name = "MARK,...", value_parser = named::<Mark>(&["kept", "reworded", "altered", "added", "dropped"]))]
    pub(crate) only: Vec<Mark>,
    /// Only facts of these kinds
    #[arg(long, value_delimiter = ',', value_name = "KIND,...", value_parser = named::<FactKind>(&["quote", "number", "date", "place", "name", "role", "event", "claim", "attribution"]))]
    pub(crate) kinds: Vec<FactKind>,
    /// Only rows whose rule is at least so sure, 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, value_parser = share)]
    pub(crate) min_confidence: f64,
}

/// Values by the names that JSON output has for them.
fn named<T: DeserializeOwned + Clone + Send + Sync + 'static>(names: &'static [&'static str]) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(names).try_map(|name| serde_json::from_value(serde_json::Value::String(name)))
}

fn share(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|s| (0.0..=1.0).contains(s)).ok_or_else(|| "is no number from 0 to 1".to_owned())
}

impl RowArgs {
    /// Takes the other rows out.
    pub(crate) fn retain(&self, diff: &mut DiffRow) {
        let mark = |m: Mark| self.only.is_empty() || self.only.contains(&m);
        let kind = |k: FactKind| self.kinds.is_empty() || self.kinds.contains(&k);
        diff.facts.retain(|row| mark(row.mark) && kind(row.kind) && row.confidence >= self.min_confidence);
        diff.quotes.retain(|q| mark(of_outcome(q.outcome)) && kind(FactKind::Quote));
    }
}

/// The mark that the row of a quotation with this outcome has.
const fn of_outcome(outcome: QuoteOutcome) -> Mark {
    match outcome {
        QuoteOutcome::Exact => Mark::Kept,
        QuoteOutcome::Dequoted => Mark::Reworded,
        QuoteOutcome::Dropped => Mark::Dropped,
        QuoteOutcome::Invented => Mark::Added,
        QuoteOutcome::WordsChanged | QuoteOutcome::Truncated | QuoteOutcome::BoundaryExtended => Mark::Altered,
    }
}
