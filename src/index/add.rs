//! Documents in: one transaction a batch, acknowledged when it is on the disk.

use super::comparing::{Asker, Comparing, Found};
use super::groups;
use super::links;
use super::postings::Postings;
use super::schema::failed;
use super::sketch::Sketch;
use super::sketched::Sketched;
use super::statistics::Frozen;
use super::stored::{Rows, insert};
use super::{AddReport, Added, AddedRow, Parts};
use crate::config::Config;
use crate::document::Document;
use crate::error::Result;
use rusqlite::Transaction;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

/// Keeps the links of documents to those of the file and to each other, and from then on finds them under their keys.
pub(super) fn join(
    change: &Transaction<'_>,
    path: &Path,
    config: &Config,
    frozen: &Frozen,
    postings: &mut Postings,
    askers: &[Asker<'_>],
) -> Result<Found> {
    let broken = |e: rusqlite::Error| failed(path, e);
    let found = Comparing { database: change, path, config, frozen, postings }.find(askers)?;
    for (_, link) in &found.links {
        links::insert(change, link).map_err(broken)?;
    }
    for asker in askers {
        asker.sketch.brief.write(change, asker.number).map_err(broken)?;
    }
    let mut keys: Vec<(u64, u32)> =
        askers.iter().flat_map(|a| a.sketch.keys.iter().map(|k| (*k, u32::try_from(a.number).unwrap_or(u32::MAX)))).collect();
    keys.sort_unstable();
    postings.add(change, &keys).map_err(broken)?;
    Ok(found)
}

/// Adds a batch of documents within a transaction.
pub(super) fn add(
    change: &Transaction<'_>,
    parts: &mut Parts<'_>,
    documents: &[Document],
    mut sketched: Sketched,
    now: i64,
) -> Result<AddReport> {
    let Parts { path, config, frozen, postings } = parts;
    let (path, config) = (*path, *config);
    if !Arc::ptr_eq(&sketched.frozen, frozen) {
        // Another program changed the file; the statistics may be other ones.
        sketched = Sketched::begin(documents, config, frozen, &Rows { database: change, path })?;
    }
    let frozen = &***frozen;
    let rows = Rows { database: change, path };
    let broken = |e: rusqlite::Error| failed(path, e);
    let mut plans = Plans::default();
    for (document, sketch) in documents.iter().zip(&sketched.sketches) {
        plans.add(&rows, document, sketch)?;
    }
    let places = |wanted: fn(&Plan) -> bool| (0..documents.len()).filter(|&p| wanted(&plans.all[p])).collect::<Vec<usize>>();
    let firsts = places(|p| matches!(p, Plan::Keep { copy_of: None, article: true, .. }));
    sketched.read_these(&firsts, documents, config)?;
    sketched.pack(&places(Plan::is_kept), documents);
    let Sketched { sketches, packed, .. } = &mut sketched;
    let mut out: Vec<AddedRow> = Vec::with_capacity(documents.len());
    for (place, plan) in plans.all.iter().enumerate() {
        let row = match plan {
            Plan::There(id) => {
                let there = rows.by_id(id)?.ok_or_else(|| failed(path, "is damaged: a document is gone"))?;
                AddedRow { added: Added::There, number: there.number, cluster: there.cluster, id: id.clone(), links: Vec::new() }
            }
            Plan::Keep { id, copy_of, .. } => {
                let first = match copy_of {
                    Some(first) => rows.by_id(first)?,
                    None => None,
                };
                if let Some(first) = &first {
                    sketches[place].agencies.clone_from(&first.agencies);
                }
                let of = first.as_ref().map(|f| (f.number, f.cluster));
                let row = insert(change, id, &documents[place], &sketches[place], &packed[place], of, now).map_err(broken)?;
                let added = match first {
                    Some(first) => Added::CopyOf(first.id),
                    None if *id == documents[place].id => Added::New,
                    None => Added::Version,
                };
                AddedRow { added, number: row.number, cluster: row.cluster, id: id.clone(), links: Vec::new() }
            }
        };
        out.push(row);
    }
    let firsts: Vec<(usize, i64)> = firsts.into_iter().map(|place| (place, out[place].number)).collect();
    let askers: Vec<Asker<'_>> =
        firsts.iter().map(|&(place, number)| Asker { number, document: &documents[place], sketch: &sketches[place] }).collect();
    let found = join(change, path, config, frozen, postings, &askers)?;
    let mut touched = BTreeSet::new();
    for (place, link) in found.links {
        touched.extend([link.a, link.b]);
        out[firsts[place].0].links.push(link);
    }
    groups::settle(change, path, &touched, now)?;
    let moved = |row: &AddedRow| row.added != Added::There && (touched.contains(&row.number) || matches!(row.added, Added::CopyOf(_)));
    for row in out.iter_mut().filter(|r| moved(r)) {
        row.cluster = rows.by_number(row.number)?.map_or(row.cluster, |r| r.cluster);
    }
    Ok(AddReport { rows: out, bounded: found.bounded, hot_keys: found.hot })
}

/// What is to be done with a document.
enum Plan {
    /// It is there under this id.
    There(String),
    /// It is kept under this id; beside the document with the very same words, if there is one.
    Keep { id: String, copy_of: Option<String>, article: bool },
}

impl Plan {
    const fn is_kept(&self) -> bool {
        matches!(self, Self::Keep { .. })
    }
}

/// What is to be done with the documents of a batch, which may be copies of each other.
#[derive(Default)]
struct Plans {
    all: Vec<Plan>,
    /// Ids that the batch takes, with the words that they stand for.
    ids: HashMap<String, ([u8; 16], u32)>,
    /// The first document of the batch with these words.
    first: HashMap<[u8; 16], String>,
}

impl Plans {
    fn add(&mut self, rows: &Rows<'_>, document: &Document, sketch: &Sketch) -> Result<()> {
        let own = (sketch.brief.exact, sketch.brief.words);
        let mut id = document.id.clone();
        for version in 2.. {
            let there = match self.ids.get(&id) {
                Some(there) => Some(*there),
                None => rows.by_id(&id)?.map(|r| (r.exact, r.words)),
            };
            match there {
                None => break,
                Some(there) if there == own => {
                    self.all.push(Plan::There(id));
                    return Ok(());
                }
                Some(_) => id = format!("{}#{version}", document.id),
            }
        }
        let article = sketch.article;
        let copy_of = match self.first.get(&sketch.brief.exact).filter(|_| article) {
            Some(first) => Some(first.clone()),
            None if article => rows.first_of(&sketch.brief.exact)?.map(|r| r.id),
            None => None,
        };
        if article && copy_of.is_none() {
            self.first.insert(sketch.brief.exact, id.clone());
        }
        self.ids.insert(id.clone(), own);
        self.all.push(Plan::Keep { id, copy_of, article });
        Ok(())
    }
}
