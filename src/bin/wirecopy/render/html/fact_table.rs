//! One text against all its copies: rows are what the base states, columns the copies.

use super::catalogue::Catalogue;
use super::outcome::{LONGEST, Outcome};
use super::plain::Plain;
use crate::render::diff::kind;
use std::collections::BTreeMap;
use wirecopy::diff::{FactKind, Side};
use wirecopy::document::Span;
use wirecopy::report::DiffRow;

/// One fact, or one quotation, with what each copy made of it.
#[derive(Debug)]
pub(super) struct Row {
    /// The kind of fact, or who speaks.
    pub(super) label: Plain,
    pub(super) text: Plain,
    /// One for each column; `None` where the diff has no row.
    pub(super) cells: Vec<Option<Outcome>>,
    pub(super) weight: Weight,
}

/// What became of a fact on the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// Every copy keeps it.
    Kept,
    /// Reworded, or to be checked by a person.
    Soft,
    /// Added or dropped.
    Changed,
    Altered,
}

impl Weight {
    /// The class that the choice of rows looks at.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Kept => "quiet",
            Self::Soft => "soft",
            Self::Changed => "changed",
            Self::Altered => "loud",
        }
    }
}

impl Row {
    fn new(label: Plain, text: &str, columns: usize) -> Self {
        Self { label, text: Plain::cut(text, LONGEST), cells: vec![None; columns], weight: Weight::Kept }
    }

    fn put(&mut self, column: usize, outcome: Outcome) {
        self.weight = self.weight.max(match outcome.style {
            "kept" => Weight::Kept,
            "altered" => Weight::Altered,
            "added" | "dropped" => Weight::Changed,
            _ => Weight::Soft,
        });
        let cell = &mut self.cells[column];
        if cell.as_ref().is_none_or(|c| c.weight < outcome.weight) {
            *cell = Some(outcome);
        }
    }
}

/// A table over all copies of one base.
#[derive(Debug)]
pub(super) struct Table {
    /// Number of the base among the documents of the report.
    pub(super) base: Column,
    pub(super) columns: Vec<Column>,
    /// What the base states, in its order.
    pub(super) rows: Vec<Row>,
    /// What only copies state.
    pub(super) added: Vec<Row>,
}

impl Table {
    fn of(&self, wanted: Weight) -> usize {
        self.rows.iter().chain(&self.added).filter(|r| r.weight == wanted).count()
    }

    /// The class of the row above the added ones: shown as soon as one of them is.
    pub(super) fn added_class(&self) -> &'static str {
        self.added.iter().map(|r| r.weight).max().unwrap_or(Weight::Kept).class()
    }

    /// How many rows there are of each weight, as words.
    pub(super) fn counts(&self) -> String {
        let parts = [
            (self.of(Weight::Altered), "altered somewhere"),
            (self.of(Weight::Changed), "added or dropped"),
            (self.of(Weight::Soft), "reworded or to be checked"),
            (self.of(Weight::Kept), "kept everywhere"),
        ];
        parts.iter().filter(|p| p.0 > 0).map(|(n, what)| format!("{n} {what}")).collect::<Vec<_>>().join(", ")
    }
}

/// A document at the head of a column.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) index: usize,
    pub(super) name: Plain,
}

/// Where a row belongs: those of the base by place, added ones by their words.
#[derive(Default)]
struct Rows {
    stated: BTreeMap<(Span, String), Row>,
    added: BTreeMap<(String, String), Row>,
}

impl Rows {
    fn put(&mut self, label: Plain, base: Option<&Side>, variant: Option<&Side>, at: (usize, usize), outcome: Outcome) {
        let (column, columns) = at;
        let row = match (base, variant) {
            (Some(base), _) => self.stated.entry((base.span, label.to_string())).or_insert_with(|| Row::new(label, &base.text, columns)),
            (None, Some(variant)) => {
                let key = (label.to_string(), Plain::from(&variant.text).to_string().to_lowercase());
                self.added.entry(key).or_insert_with(|| Row::new(label, &variant.text, columns))
            }
            (None, None) => return,
        };
        row.put(column, outcome);
    }

    fn table(self, base: Column, columns: Vec<Column>) -> Option<Table> {
        let rows: Vec<Row> = self.stated.into_values().collect();
        let added: Vec<Row> = self.added.into_values().collect();
        (!rows.is_empty() || !added.is_empty()).then_some(Table { base, columns, rows, added })
    }
}

fn head(catalogue: &Catalogue<'_>, diffs: &[&DiffRow]) -> Option<(Column, Vec<Column>)> {
    let column = |id: &str| catalogue.index(id).map(|index| Column { index, name: catalogue.name(index).clone() });
    Some((column(&diffs.first()?.base)?, diffs.iter().map(|d| column(&d.variant)).collect::<Option<_>>()?))
}

/// All facts of the base of these diffs. Quotations have their own table.
pub(super) fn facts(catalogue: &Catalogue<'_>, diffs: &[&DiffRow]) -> Option<Table> {
    let (base, columns) = head(catalogue, diffs)?;
    let mut rows = Rows::default();
    for (i, diff) in diffs.iter().enumerate() {
        for f in diff.facts.iter().filter(|f| f.kind != FactKind::Quote) {
            let label = Plain::from(kind(f.kind));
            rows.put(label, f.base.as_ref(), f.variant.as_ref(), (i, columns.len()), Outcome::of_fact(f));
        }
    }
    rows.table(base, columns)
}

/// All quotations of the base of these diffs, with who says them.
pub(super) fn quotes(catalogue: &Catalogue<'_>, diffs: &[&DiffRow]) -> Option<Table> {
    let (base, columns) = head(catalogue, diffs)?;
    let mut rows = Rows::default();
    // One speaker for a quotation, whichever diff names them.
    let mut speakers: BTreeMap<Span, &str> = BTreeMap::new();
    for q in diffs.iter().flat_map(|d| &d.quotes) {
        if let (Some(base), Some(speaker)) = (&q.base, &q.speaker) {
            speakers.entry(base.span).or_insert(speaker);
        }
    }
    for (i, diff) in diffs.iter().enumerate() {
        for q in &diff.quotes {
            let named = q.base.as_ref().map_or(q.speaker.as_deref(), |b| speakers.get(&b.span).copied());
            let label = named.map_or_else(|| Plain::from("speaker not found"), Plain::from);
            rows.put(label, q.base.as_ref(), q.variant.as_ref(), (i, columns.len()), Outcome::of_quote(q));
        }
    }
    rows.table(base, columns)
}
