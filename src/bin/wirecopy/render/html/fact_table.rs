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
    /// Whether every copy keeps it.
    pub(super) quiet: bool,
    /// Whether a copy alters it.
    pub(super) loud: bool,
}

impl Row {
    fn new(label: Plain, text: &str, columns: usize) -> Self {
        Self { label, text: Plain::cut(text, LONGEST), cells: vec![None; columns], quiet: false, loud: false }
    }

    fn put(&mut self, column: usize, outcome: Outcome) {
        self.loud |= outcome.style == "altered";
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
    /// Facts that every copy keeps and that are not listed.
    pub(super) left_out: usize,
    /// What only copies state.
    pub(super) added: Vec<Row>,
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

    fn table(self, base: Column, columns: Vec<Column>, whole: bool) -> Option<Table> {
        let mut rows: Vec<Row> = self.stated.into_values().collect();
        for row in &mut rows {
            row.quiet = row.cells.iter().flatten().all(|c| c.style == "kept");
        }
        let all = rows.len();
        rows.retain(|r| whole || !r.quiet);
        let left_out = all - rows.len();
        let added: Vec<Row> = self.added.into_values().collect();
        (all > 0 || !added.is_empty()).then_some(Table { base, columns, rows, left_out, added })
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
    rows.table(base, columns, catalogue.whole)
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
    rows.table(base, columns, catalogue.whole)
}
