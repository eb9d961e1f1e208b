//! New statistics: counted over what is there, frozen, and everything compared again under them.

use super::add::join;
use super::comparing::Asker;
use super::postings::kind_of;
use super::schema::{failed, keys_are_new};
use super::sketched::sketches;
use super::statistics::Frozen;
use super::stored::{Rows, StoredRow};
use super::{BATCH, Index, Parts, groups};
use crate::document::Document;
use crate::error::Result;
use crate::extract::extract;
use crate::facts::facts;
use crate::keys::{KeyKind, Profile, Statistics};
use rayon::prelude::*;
use rusqlite::Transaction;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Documents that words are counted in; of more an even sample.
const COUNTED: usize = 5_000;

/// What new statistics changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Rebuilt {
    /// The version of the statistics.
    pub statistics: i64,
    /// Their fingerprint.
    pub fingerprint: String,
    /// Keys that are template text.
    pub templates: usize,
    /// Documents that are in another cluster than before.
    pub moved: usize,
    /// Clusters of two and more before.
    pub clusters_before: u64,
    /// And after.
    pub clusters: u64,
}

impl Index {
    /// Counts the collection, freezes what was counted as the next version of its statistics, and compares all documents again.
    /// One transaction: until it ends everybody sees the index as it was.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store); the file is then as it was before.
    pub fn rebuild(&mut self, now: i64) -> Result<Rebuilt> {
        let before = self.info()?;
        let mut rebuilt = self.change(|change, p| {
            let broken = |e: rusqlite::Error| failed(p.path, e);
            let rows = Rows { database: change, path: p.path };
            let firsts = rows.all("copy_of IS NULL AND article = 1 ORDER BY number", [])?;
            let step = firsts.len().div_ceil(COUNTED).max(1);
            let sample: Vec<Document> = firsts.iter().step_by(step).map(|r| rows.document(r)).collect::<Result<_>>()?;
            let size = p.config.shingle_size;
            let profile = |d: &Document| {
                let article = extract(d);
                Profile::new(&d.text, d.title.as_deref(), &article, &facts(&d.text, &article), size)
            };
            let profiles: Vec<Profile> = sample.par_iter().map(profile).collect();
            let statistics = Statistics::gather(profiles.iter());
            // Keys are made again as if no key were template text: only so are they all counted.
            let uncounted = Frozen::without_templates(statistics);
            let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
            let counted = |k: &u64| kind_of(*k) != KeyKind::Band as usize;
            for batch in firsts.chunks(BATCH) {
                let documents: Vec<Document> = batch.iter().map(|r| rows.document(r)).collect::<Result<_>>()?;
                for sketch in sketches(&documents, p.config, &uncounted)? {
                    sketch.keys.iter().filter(|k| counted(k)).for_each(|k| *counts.entry(*k).or_default() += 1);
                }
            }
            let limit = p.config.max_df_floor.max((p.config.max_df_share * firsts.len() as f64) as usize);
            let templates: Vec<u64> = counts.into_iter().filter(|c| c.1 as usize > limit).map(|c| c.0).collect();
            let found = templates.len();
            *p.frozen = Arc::new(p.frozen.followed_by(change, uncounted.statistics, templates, now).map_err(broken)?);
            join_again(change, p, &firsts, now)?;
            let was: BTreeMap<i64, i64> = firsts.iter().map(|r| (r.number, r.cluster)).collect();
            let is = rows.all("copy_of IS NULL AND article = 1 ORDER BY number", [])?;
            let moved = is.iter().filter(|r| was.get(&r.number) != Some(&r.cluster)).count();
            let (statistics, fingerprint) = (p.frozen.version, p.frozen.fingerprint());
            Ok(Rebuilt { statistics, fingerprint, templates: found, moved, ..Rebuilt::default() })
        })?;
        rebuilt.clusters_before = before.clusters;
        rebuilt.clusters = self.info()?.clusters;
        Ok(rebuilt)
    }

    /// Makes the keys of all documents again under the same statistics: those of a file of an older form are other ones.
    pub(super) fn renew_keys(&mut self) -> Result<()> {
        self.change(|change, p| {
            let rows = Rows { database: change, path: p.path };
            let firsts = rows.all("copy_of IS NULL AND article = 1 ORDER BY number", [])?;
            let newest = firsts.iter().map(|r| r.added).max().unwrap_or(0);
            join_again(change, p, &firsts, newest)?;
            keys_are_new(change).map_err(|e| failed(p.path, e))
        })
    }
}

/// Forgets all keys and links and joins the documents to the file as if they came again.
fn join_again(change: &Transaction<'_>, p: &mut Parts<'_>, firsts: &[StoredRow], now: i64) -> Result<()> {
    let broken = |e: rusqlite::Error| failed(p.path, e);
    let rows = Rows { database: change, path: p.path };
    p.postings.clear(change).map_err(broken)?;
    change.execute("DELETE FROM link", []).map_err(broken)?;
    for batch in firsts.chunks(BATCH) {
        let documents: Vec<Document> = batch.iter().map(|r| rows.document(r)).collect::<Result<_>>()?;
        let made = sketches(&documents, p.config, p.frozen)?;
        let with_sketches = batch.iter().zip(&documents).zip(&made);
        let askers: Vec<Asker<'_>> =
            with_sketches.map(|((row, document), sketch)| Asker { number: row.number, document, sketch }).collect();
        join(change, p.path, p.config, p.frozen, p.postings, &askers)?;
    }
    let all: BTreeSet<i64> = firsts.iter().map(|r| r.number).collect();
    groups::settle(change, p.path, &all, now).map(drop)
}
