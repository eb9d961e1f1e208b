//! New statistics: counted over what is there, frozen, and everything compared again under them.

use super::add::join;
use super::comparing::Asker;
use super::postings::kind_of;
use super::schema::{failed, keys_are_new};
use super::sketched::sketches;
use super::statistics::Frozen;
use super::stored::Rows;
use super::{BATCH, Index, Parts, TRANSACTION, groups};
use crate::config::Config;
use crate::document::Document;
use crate::error::Result;
use crate::extract::extract;
use crate::facts::facts;
use crate::keys::{KeyKind, Profile, Statistics};
use crate::monitor::{Monitor, Silent, go_on};
use rayon::prelude::*;
use rusqlite::{Row, Transaction};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// Documents that words are counted in; of more an even sample.
const COUNTED: usize = 5_000;
/// Documents that keys are counted in; of more an even sample. All keys of these are held.
const KEYS_COUNTED: usize = 100_000;
/// Words of the documents that are compared at a time: some hundred megabytes of text.
const WORDS: u64 = 16 << 20;

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

/// A document that is the first of its words.
#[derive(Clone, Copy, Debug, PartialEq)]
struct First {
    number: i64,
    cluster: i64,
    words: u32,
}

impl Index {
    /// Counts the collection, freezes what was counted as the next version of its statistics, and compares all documents again.
    /// One transaction: until it ends everybody sees the index as it was.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store); the file is then as it was before.
    pub fn rebuild(&mut self, now: i64) -> Result<Rebuilt> {
        self.rebuild_watched(now, &Silent)
    }

    /// The same as [`Self::rebuild`], watched by `monitor`: the stages `count` and `compare`, both of documents.
    ///
    /// # Errors
    /// Those of [`Self::rebuild`], and [`Error::Interrupted`](crate::error::Error::Interrupted) when the monitor asks to stop.
    pub fn rebuild_watched(&mut self, now: i64, monitor: &dyn Monitor) -> Result<Rebuilt> {
        let before = self.info()?;
        let mut rebuilt = self.change(|change, p| {
            let rows = Rows { database: change, path: p.path };
            let firsts = firsts(change, p.path)?;
            let sample = documents(&rows, &even_sample(&firsts, COUNTED))?;
            let size = p.config.shingle_size;
            let profile = |d: &Document| {
                let article = extract(d);
                Profile::new(&d.text, d.title.as_deref(), &article, &facts(&d.text, &article), size)
            };
            let profiles: Vec<Profile> = sample.par_iter().map(profile).collect();
            drop(sample);
            // Keys are made again as if no key were template text: only so are they all counted.
            let uncounted = Frozen::without_templates(Statistics::gather(profiles.iter()));
            drop(profiles);
            let templates = templates(&rows, &firsts, p.config, &uncounted, monitor)?;
            let found = templates.len();
            let frozen = p.frozen.followed_by(change, uncounted.statistics, templates, now);
            *p.frozen = Arc::new(frozen.map_err(|e| failed(p.path, e))?);
            join_again(change, p, &firsts, now, monitor)?;
            // The same documents in the same order.
            let moved = firsts.iter().zip(self::firsts(change, p.path)?).filter(|(was, is)| was.cluster != is.cluster).count();
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
            let broken = |e: rusqlite::Error| failed(p.path, e);
            let newest = change
                .query_row("SELECT coalesce(max(added), 0) FROM document WHERE copy_of IS NULL AND article = 1", [], |r| r.get(0))
                .map_err(broken)?;
            let firsts = firsts(change, p.path)?;
            join_again(change, p, &firsts, newest, &Silent)?;
            keys_are_new(change).map_err(|e| failed(p.path, e))
        })
    }
}

/// All documents that take part in comparisons and are the first of their words, in the order of their numbers.
fn firsts(change: &Transaction<'_>, path: &Path) -> Result<Vec<First>> {
    let read = || {
        let mut query =
            change.prepare("SELECT number, cluster, words FROM document WHERE copy_of IS NULL AND article = 1 ORDER BY number")?;
        let first = |r: &Row<'_>| Ok(First { number: r.get(0)?, cluster: r.get(1)?, words: r.get(2)? });
        query.query_map([], first)?.collect::<rusqlite::Result<_>>()
    };
    read().map_err(|e| failed(path, e))
}

/// So many of them, or nearly so, all equally far apart.
fn even_sample(firsts: &[First], most: usize) -> Vec<First> {
    firsts.iter().step_by(firsts.len().div_ceil(most).max(1)).copied().collect()
}

/// The documents, in the same order.
fn documents(rows: &Rows<'_>, of: &[First]) -> Result<Vec<Document>> {
    let gone = || failed(rows.path, "is damaged: a document is gone");
    let document = |first: &First| rows.document(&rows.by_number(first.number)?.ok_or_else(gone)?);
    of.iter().map(document).collect()
}

/// Keys that so many documents have that they are no evidence.
fn templates(rows: &Rows<'_>, firsts: &[First], config: &Config, uncounted: &Frozen, monitor: &dyn Monitor) -> Result<Vec<u64>> {
    let sample = even_sample(firsts, KEYS_COUNTED);
    monitor.stage("count", sample.len() as u64);
    let mut keys: Vec<u64> = Vec::new();
    for batch in sample.chunks(BATCH) {
        for sketch in sketches(&documents(rows, batch)?, config, uncounted)? {
            keys.extend(sketch.keys.iter().filter(|k| kind_of(**k) != KeyKind::Band as usize));
        }
        advance(monitor, batch.len())?;
    }
    keys.par_sort_unstable();
    let limit = config.max_df_floor.max((config.max_df_share * firsts.len() as f64) as usize);
    let is_template = |documents: usize| documents * firsts.len() > limit * sample.len();
    Ok(keys.chunk_by(|x, y| x == y).filter(|same| is_template(same.len())).map(|same| same[0]).collect())
}

/// Forgets all keys and links and joins the documents to the file as if they came again.
fn join_again(change: &Transaction<'_>, p: &mut Parts<'_>, firsts: &[First], now: i64, monitor: &dyn Monitor) -> Result<()> {
    let broken = |e: rusqlite::Error| failed(p.path, e);
    let rows = Rows { database: change, path: p.path };
    p.postings.clear(change).map_err(broken)?;
    change.execute("DELETE FROM link", []).map_err(broken)?;
    monitor.stage("compare", firsts.len() as u64);
    let mut rest = firsts;
    while !rest.is_empty() {
        let (batch, later) = rest.split_at(held(rest));
        let documents = documents(&rows, batch)?;
        let made = sketches(&documents, p.config, p.frozen)?;
        let with_sketches = batch.iter().zip(&documents).zip(&made);
        let askers: Vec<Asker<'_>> =
            with_sketches.map(|((first, document), sketch)| Asker { number: first.number, document, sketch }).collect();
        join(change, p.path, p.config, p.frozen, p.postings, &askers)?;
        advance(monitor, batch.len())?;
        rest = later;
    }
    let all: BTreeSet<i64> = firsts.iter().map(|first| first.number).collect();
    groups::settle(change, p.path, &all, now).map(drop)
}

/// How many of the next documents are held at a time: a page may be as long as a book.
fn held(firsts: &[First]) -> usize {
    let mut together = 0;
    let few = firsts.iter().take(TRANSACTION).take_while(|first| {
        together += u64::from(first.words);
        together <= WORDS
    });
    few.count().max(1)
}

fn advance(monitor: &dyn Monitor, documents: usize) -> Result<()> {
    monitor.advance(documents as u64);
    go_on(monitor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_words(words: impl IntoIterator<Item = u32>) -> Vec<First> {
        words.into_iter().zip(1..).map(|(words, number)| First { number, cluster: number, words }).collect()
    }

    #[test]
    fn a_sample_is_even_and_of_few_is_all() {
        let firsts = of_words([400; 1_000]);
        assert_eq!(even_sample(&firsts, 1_000), firsts);
        assert_eq!(even_sample(&firsts, 5_000), firsts);
        let some: Vec<i64> = even_sample(&firsts, 300).into_iter().map(|f| f.number).collect();
        assert_eq!((some.len(), some[0], some[1], *some.last().unwrap_or(&0)), (250, 1, 5, 997));
        assert!(even_sample(&[], 10).is_empty());
    }

    #[test]
    fn long_documents_are_held_a_few_at_a_time() {
        let half = WORDS as u32 / 2;
        assert_eq!(held(&of_words([half, half, 1, 1])), 2);
        assert_eq!(held(&of_words([400; 16_000])), 16_000);
        assert_eq!(held(&of_words([400; 16_001])), 16_000);
        assert_eq!(held(&of_words([u32::MAX, 1])), 1);
    }
}
