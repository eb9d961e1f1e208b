//! Rows of links.

use super::link::{Link, Tie};
use super::schema::failed;
use crate::error::Result;
use rusqlite::{Connection, Row, Transaction, params};
use std::path::Path;
use xxhash_rust::xxh3::Xxh3;

/// A verified pair of documents, by their numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkRow {
    /// The one whose words have the smaller hash.
    pub a: i64,
    /// The other.
    pub b: i64,
    /// The label of the relation (see [`Relation`](crate::verify::Relation)), or `similar`: over the threshold, under near-duplicate.
    pub relation: String,
    /// That one derives from the other, or both from one text.
    pub probability: f64,
    /// Jaccard similarity of the shingle sets.
    pub jaccard: f64,
    /// Share of `a` in `b`, and of `b` in `a`.
    pub containment: [f64; 2],
    pub(super) tie: Tie,
}

const COLUMNS: &str = "a, b, relation, probability, jaccard, containment_a, containment_b, tie, copied, sum";

impl LinkRow {
    pub(super) fn new(a: i64, b: i64, link: Link) -> Self {
        let Link { relation, probability, jaccard, containment, tie } = link;
        Self { a, b, relation: relation.to_owned(), probability, jaccard, containment, tie }
    }

    /// The other of the two.
    #[must_use]
    pub const fn other(&self, number: i64) -> i64 {
        if self.a == number { self.b } else { self.a }
    }

    /// Share of document `number` in the other, and of the other in it.
    #[must_use]
    pub const fn seen_from(&self, number: i64) -> [f64; 2] {
        let [of_a, of_b] = self.containment;
        if self.a == number { [of_a, of_b] } else { [of_b, of_a] }
    }

    fn sum(&self) -> i64 {
        let mut hash = Xxh3::new();
        hash.update(&self.a.to_le_bytes());
        hash.update(&self.b.to_le_bytes());
        hash.update(self.relation.as_bytes());
        for value in [self.probability, self.jaccard, self.containment[0], self.containment[1]] {
            hash.update(&value.to_le_bytes());
        }
        let (tie, copied) = self.tie.encode();
        hash.update(&tie.to_le_bytes());
        hash.update(copied.as_deref().unwrap_or_default());
        hash.digest().cast_signed()
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Option<Self>> {
        let copied: Option<Vec<u8>> = row.get(8)?;
        let Some(tie) = Tie::decode(row.get(7)?, copied.as_deref()) else { return Ok(None) };
        let containment = [row.get(5)?, row.get(6)?];
        let found = Self {
            a: row.get(0)?,
            b: row.get(1)?,
            relation: row.get(2)?,
            probability: row.get(3)?,
            jaccard: row.get(4)?,
            containment,
            tie,
        };
        Ok((row.get::<_, i64>(9)? == found.sum()).then_some(found))
    }
}

/// All links of a document.
pub(super) fn of(database: &Connection, path: &Path, number: i64) -> Result<Vec<LinkRow>> {
    let sql = format!("SELECT {COLUMNS} FROM link WHERE a = ?1 UNION ALL SELECT {COLUMNS} FROM link WHERE b = ?1 AND a <> ?1");
    let read = || {
        let mut query = database.prepare_cached(&sql)?;
        let rows = query.query_map([number], LinkRow::read)?;
        rows.collect::<rusqlite::Result<Option<Vec<_>>>>()
    };
    read()
        .map_err(|e| failed(path, e))?
        .ok_or_else(|| failed(path, "is damaged: a link of two documents is not as it was written; run `wirecopy index check`"))
}

/// Tells all links; those that are not as they were written are counted.
pub(super) fn each(database: &Connection, take: &mut dyn FnMut(LinkRow)) -> rusqlite::Result<usize> {
    let mut query = database.prepare(&format!("SELECT {COLUMNS} FROM link ORDER BY a, b"))?;
    let mut rows = query.query([])?;
    let mut damaged = 0;
    while let Some(row) = rows.next()? {
        match LinkRow::read(row)? {
            Some(link) => take(link),
            None => damaged += 1,
        }
    }
    Ok(damaged)
}

pub(super) fn insert(change: &Transaction<'_>, link: &LinkRow) -> rusqlite::Result<()> {
    let (tie, copied) = link.tie.encode();
    let sql = "INSERT OR REPLACE INTO link VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let [of_a, of_b] = link.containment;
    change
        .prepare_cached(sql)?
        .execute(params![link.a, link.b, link.relation, link.probability, link.jaccard, of_a, of_b, tie, copied, link.sum()])
        .map(drop)
}
