//! Whether a file is whole: every row against its checksum, every key against its document, every cluster against its links.

use super::brief::Brief;
use super::groups::groups;
use super::links::{self, LinkRow};
use super::schema::failed;
use super::stored::StoredRow;
use super::{BATCH, Index, sketched};
use crate::document::Document;
use crate::error::Result;
use std::collections::{BTreeMap, BTreeSet};

/// The rows of all documents, and the keys under which each must stand.
type Read = (BTreeMap<i64, StoredRow>, BTreeMap<i64, Vec<u64>>);

/// Faults that are named; a file with more is not worth reading them all.
const NAMED: usize = 100;

impl Index {
    /// What is wrong with the file: nothing, if it is whole. Each line names a place and what is to be done.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store) when it cannot be read at all.
    pub fn check(&mut self) -> Result<Vec<String>> {
        let mut faults = Vec::new();
        let mut query = self.database.prepare("PRAGMA integrity_check(20)").map_err(|e| failed(&self.path, e))?;
        let told = query.query_map([], |r| r.get::<_, String>(0)).map_err(|e| failed(&self.path, e))?;
        for line in told {
            match line {
                Ok(line) if line == "ok" => {}
                Ok(line) => faults.push(format!("the file is damaged: {line}")),
                Err(error) => faults.push(format!("the file is damaged: {error}")),
            }
        }
        drop(query);
        if faults.is_empty() {
            self.refresh()?;
            let (rows, mut keys) = self.check_documents(&mut faults)?;
            let told = self.postings.check(&self.database, &mut |row| {
                // Keys of what was removed are no fault.
                if let Some(of_document) = keys.get_mut(&i64::from(row.1)) {
                    of_document.retain(|k| *k != row.0);
                }
            });
            faults.extend(told.map_err(|e| failed(&self.path, e))?);
            let missing = keys.values().filter(|k| !k.is_empty()).count();
            if missing > 0 {
                faults.push(format!("{missing} documents cannot be found under all of their keys; run `wirecopy index rebuild`"));
            }
            self.check_clusters(&rows, &mut faults)?;
        }
        faults.truncate(NAMED);
        Ok(faults)
    }

    /// Reads every document with its text; gives the rows, and the keys under which each must stand.
    fn check_documents(&self, faults: &mut Vec<String>) -> Result<Read> {
        let (mut all, mut keys) = (BTreeMap::new(), BTreeMap::new());
        let mut after = 0;
        loop {
            let numbers: Vec<i64> = (|| {
                let mut query = self.database.prepare_cached("SELECT number FROM document WHERE number > ?1 ORDER BY number LIMIT ?2")?;
                query.query_map([after, BATCH as i64], |r| r.get(0))?.collect::<rusqlite::Result<_>>()
            })()
            .map_err(|e| failed(&self.path, e))?;
            let Some(&last) = numbers.last() else { break };
            after = last;
            let (mut rows, mut documents): (Vec<StoredRow>, Vec<Document>) = Default::default();
            for number in numbers {
                let read = self.rows().by_number(number).and_then(|r| {
                    Ok(match r {
                        Some(row) => Some((self.rows().document(&row)?, row)),
                        None => None,
                    })
                });
                match read {
                    Ok(Some((document, row))) => {
                        documents.push(document);
                        rows.push(row);
                    }
                    Ok(None) => {}
                    Err(error) => faults.push(format!("document {number}: {error}")),
                }
            }
            for (sketch, row) in sketched::sketches(&documents, &self.config, &self.frozen)?.into_iter().zip(rows) {
                if sketch.brief.exact != row.exact {
                    faults.push(format!("document {}: its text has other words than it was added with", row.number));
                }
                if row.article && row.copy_of.is_none() {
                    if !Brief::read(&self.database, &self.path, row.number).is_ok_and(|b| b.is_some_and(|b| b == sketch.brief)) {
                        let told = "what is kept of it for comparisons is not as its text says; run `wirecopy index rebuild`";
                        faults.push(format!("document {}: {told}", row.number));
                    }
                    keys.insert(row.number, sketch.keys);
                }
                all.insert(row.number, row);
            }
        }
        Ok((all, keys))
    }

    fn check_clusters(&self, rows: &BTreeMap<i64, StoredRow>, faults: &mut Vec<String>) -> Result<()> {
        let mut found: Vec<LinkRow> = Vec::new();
        let mut loose = 0;
        let damaged = links::each(&self.database, &mut |link| {
            let stands = |n: i64| rows.get(&n).is_some_and(|r| r.copy_of.is_none());
            loose += usize::from(!stands(link.a) || !stands(link.b));
            found.push(link);
        });
        let damaged = damaged.map_err(|e| failed(&self.path, e))?;
        for (count, what) in [(damaged, "links are not as they were written"), (loose, "links name documents that are not there")] {
            if count > 0 {
                faults.push(format!("{count} {what}; run `wirecopy index rebuild`"));
            }
        }
        let mut firsts: Vec<&StoredRow> = rows.values().filter(|r| r.copy_of.is_none()).collect();
        firsts.sort_by_key(|r| (r.exact, r.number));
        let places: BTreeMap<i64, u32> = firsts.iter().zip(0..).map(|(r, place)| (r.number, place)).collect();
        let group = groups(&places, &found);
        let (mut by_group, mut ids) = (BTreeMap::<u32, BTreeSet<i64>>::new(), BTreeMap::<i64, BTreeSet<u32>>::new());
        for (row, first) in firsts.iter().zip(&group) {
            by_group.entry(*first).or_default().insert(row.cluster);
            ids.entry(row.cluster).or_default().insert(*first);
        }
        let wrong = by_group.values().filter(|c| c.len() > 1).count() + ids.values().filter(|g| g.len() > 1).count();
        if wrong > 0 {
            faults.push(format!("{wrong} clusters are not what the links make them; run `wirecopy index rebuild`"));
        }
        let strays =
            rows.values().filter(|r| r.copy_of.is_some_and(|f| rows.get(&f).is_none_or(|f| f.cluster != r.cluster || f.exact != r.exact)));
        let strays = strays.count();
        if strays > 0 {
            faults.push(format!("{strays} copies are not with the document that has the same words"));
        }
        Ok(())
    }
}
