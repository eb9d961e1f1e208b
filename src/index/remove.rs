//! Documents out. What is left is as if they had never been there.

use super::postings::Row;
use super::schema::failed;
use super::sketch::Sketch;
use super::stored::Rows;
use super::{Index, groups, links, sketched};
use crate::document::Document;
use crate::error::Result;
use rusqlite::params;
use std::collections::BTreeSet;

/// Documents that are taken out in one transaction.
const BATCH: usize = 500;

/// What was taken out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// Ids of documents that were there, in the order in which they were asked for.
    pub ids: Vec<String>,
    /// Ids that stand for no document.
    pub unknown: Vec<String>,
    /// Clusters that fell into more.
    pub parted: usize,
}

impl Index {
    /// Takes documents out. A copy with the same words takes the place of one that has copies; clusters that were held together
    /// by what is gone fall apart.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store). Documents are taken out 500 at a time, each time all or none.
    pub fn remove(&mut self, ids: &[String], now: i64) -> Result<Removed> {
        let mut out = Removed::default();
        for ids in ids.chunks(BATCH) {
            let removed = self.change(|change, p| {
                let rows = Rows { database: change, path: p.path };
                let broken = |e: rusqlite::Error| failed(p.path, e);
                let mut out = Removed::default();
                let mut touched = BTreeSet::new();
                let mut keys: Vec<Row> = Vec::new();
                for id in ids {
                    let Some(row) = rows.by_id(id)? else {
                        out.unknown.push(id.clone());
                        continue;
                    };
                    out.ids.push(id.clone());
                    let heir = rows.all("copy_of = ?1 ORDER BY number LIMIT 1", [row.number])?.pop();
                    for link in links::of(change, p.path, row.number)? {
                        change.execute("DELETE FROM link WHERE a = ?1 AND b = ?2", [link.a, link.b]).map_err(broken)?;
                        let other = link.other(row.number);
                        touched.insert(other);
                        if let Some(heir) = &heir {
                            // The same words: what was verified holds for the copy.
                            let (a, b) = if link.a == row.number { (heir.number, other) } else { (other, heir.number) };
                            links::insert(change, &links::LinkRow { a, b, ..link }).map_err(broken)?;
                        }
                    }
                    change.execute("DELETE FROM content WHERE number = ?1", [row.number]).map_err(broken)?;
                    change.execute("DELETE FROM document WHERE number = ?1", [row.number]).map_err(broken)?;
                    change.execute("DELETE FROM brief WHERE number = ?1", [row.number]).map_err(broken)?;
                    change.execute("INSERT OR IGNORE INTO removed VALUES (?1)", [row.number]).map_err(broken)?;
                    touched.remove(&row.number);
                    if let Some(heir) = heir {
                        change.execute("UPDATE document SET copy_of = ?2 WHERE copy_of = ?1", [row.number, heir.number]).map_err(broken)?;
                        change.execute("UPDATE document SET copy_of = NULL WHERE number = ?1", [heir.number]).map_err(broken)?;
                        let document: Document = rows.document(&heir)?;
                        let made: Vec<Sketch> = sketched::sketches(std::slice::from_ref(&document), p.config, p.frozen)?;
                        let number = u32::try_from(heir.number).unwrap_or(u32::MAX);
                        for sketch in &made {
                            sketch.brief.write(change, heir.number).map_err(broken)?;
                        }
                        keys.extend(made.iter().flat_map(|s| s.keys.iter().map(|k| (*k, number))));
                        touched.insert(heir.number);
                    } else if row.copy_of.is_none() {
                        // Those that were one cluster with it through others only are found from here.
                        touched.extend(rows.all("cluster = ?1 AND copy_of IS NULL", params![row.cluster])?.iter().map(|r| r.number));
                    }
                }
                keys.sort_unstable();
                keys.dedup();
                p.postings.add(change, &keys).map_err(broken)?;
                out.parted = groups::settle(change, p.path, &touched, now)?;
                Ok(out)
            })?;
            out.ids.extend(removed.ids);
            out.unknown.extend(removed.unknown);
            out.parted += removed.parted;
        }
        Ok(out)
    }

    /// Ids of the documents that were added before `moment`, in seconds since 1970.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store).
    pub fn added_before(&self, moment: i64) -> Result<Vec<String>> {
        let read = || {
            let mut query = self.database.prepare("SELECT id FROM document WHERE added < ?1 ORDER BY number")?;
            query.query_map([moment], |r| r.get(0))?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|e| failed(&self.path, e))
    }

    /// Gives the room of removed documents back to the disk: keys of theirs are forgotten, and the file is written anew.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store); the file is then as it was before.
    pub fn vacuum(&mut self) -> Result<()> {
        self.change(|change, p| p.postings.compact(change).map_err(|e| failed(p.path, e)))?;
        self.database.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);").map_err(|e| failed(&self.path, e))
    }
}
