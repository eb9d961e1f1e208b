//! Records of which the texts of a cluster give different values: rows records, columns documents.

use super::catalogue::Catalogue;
use super::fact_table::Column;
use super::plain::Plain;
use crate::render::diff::kind;
use std::collections::BTreeSet;
use wirecopy::report::ClusterRow;

/// Longest value in a cell, in characters.
const LONGEST: usize = 160;

/// One record with the values of each document.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) kind: &'static str,
    pub(super) cells: Vec<Vec<Plain>>,
}

/// All disputed records of a cluster.
#[derive(Debug)]
pub(super) struct Disputed {
    pub(super) columns: Vec<Column>,
    pub(super) records: Vec<Record>,
}

pub(super) fn disputed(catalogue: &Catalogue<'_>, cluster: &ClusterRow) -> Option<Disputed> {
    let stating: BTreeSet<usize> = cluster.disputed.iter().flat_map(|d| &d.values).filter_map(|v| catalogue.index(&v.document)).collect();
    let columns: Vec<Column> = stating.into_iter().map(|index| Column { index, name: catalogue.name(index).clone() }).collect();
    let mut records = Vec::new();
    for row in &cluster.disputed {
        let mut cells: Vec<Vec<Plain>> = vec![Vec::new(); columns.len()];
        for v in &row.values {
            let column = catalogue.index(&v.document).and_then(|d| columns.binary_search_by_key(&d, |c| c.index).ok());
            let text = Plain::cut(&v.text, LONGEST);
            if let Some(cell) = column.and_then(|c| cells.get_mut(c)).filter(|c| !c.contains(&text)) {
                cell.push(text);
            }
        }
        records.push(Record { kind: kind(row.kind), cells });
    }
    (!records.is_empty()).then_some(Disputed { columns, records })
}
