//! Pairs that are related but not derived.

use super::catalogue::Catalogue;
use super::plain::Plain;
use wirecopy::report::PairRow;
use wirecopy::verify::{Relation, rule_text};

/// Pairs of one relation that are listed; the JSON has all.
const LISTED: usize = 200;

/// One pair.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) a: (Option<usize>, Plain),
    pub(super) b: (Option<usize>, Plain),
    pub(super) similarity: String,
    pub(super) rule: Plain,
}

/// All pairs of one relation.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) title: &'static str,
    pub(super) pairs: Vec<Pair>,
    pub(super) more: usize,
}

pub(super) fn looser(catalogue: &Catalogue<'_>) -> Vec<Group> {
    let wanted = [
        (Relation::SharedQuotes, "The same quotations, no derivation claimed"),
        (Relation::SameEvent, "The same event, no derivation found"),
        (Relation::SameTopic, "The same topic, another occasion"),
    ];
    let group = |(relation, title)| {
        let mut rows: Vec<&PairRow> = catalogue.report.pairs.iter().filter(|p| p.relation == relation).collect();
        // Stable: the order of the report where two are as similar.
        rows.sort_by(|x, y| y.similarity.total_cmp(&x.similarity));
        let pairs = rows.iter().take(LISTED).map(|p| pair(catalogue, p)).collect();
        Group { title, pairs, more: rows.len().saturating_sub(LISTED) }
    };
    wanted.into_iter().map(group).filter(|g| !g.pairs.is_empty()).collect()
}

fn pair(catalogue: &Catalogue<'_>, p: &PairRow) -> Pair {
    let side = |id: &str| (catalogue.index(id), catalogue.name_of(id));
    Pair { a: side(&p.a), b: side(&p.b), similarity: format!("{:.2}", p.similarity), rule: Plain::from(rule_text(&p.rule)) }
}
