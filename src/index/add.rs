//! Documents in: one transaction a batch, acknowledged when it is on the disk.

use super::candidates::{Candidate, chosen};
use super::groups;
use super::link::{Opened, by_reading, by_words, may_be_near};
use super::links::{self, LinkRow};
use super::postings::{Gathered, Postings};
use super::schema::failed;
use super::sketch::{Sketch, Sketcher};
use super::statistics::Frozen;
use super::stored::{Rows, StoredRow, insert, packed};
use super::{AddReport, Added, AddedRow, Parts};
use crate::config::Config;
use crate::document::Document;
use crate::error::Result;
use crate::keys::Bulk;
use crate::pipeline::{Reader, Ready};
use crate::verify::CopySource;
use rayon::prelude::*;
use rusqlite::{Connection, Transaction};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// What comparing needs of a file.
#[derive(Clone, Copy)]
pub(super) struct Comparing<'a> {
    pub(super) database: &'a Connection,
    pub(super) path: &'a Path,
    pub(super) config: &'a Config,
    pub(super) frozen: &'a Frozen,
    pub(super) postings: &'a Postings,
}

/// A document that is compared with those of the file: new ones, or one that is asked for.
pub(super) struct Asker<'a> {
    /// Its number; 0 for one that is not kept.
    pub(super) number: i64,
    pub(super) document: &'a Document,
    pub(super) sketch: &'a Sketch,
}

/// Links of some documents to those of the file that have smaller numbers, and among themselves.
pub(super) struct Found {
    /// By the place of the asker; a document that is not kept stands as number 0.
    pub(super) links: Vec<(usize, LinkRow)>,
    pub(super) bounded: u64,
    pub(super) hot: u64,
}

/// Sketches of documents.
pub(super) fn sketches(documents: &[Document], config: &Config, frozen: &Frozen) -> Result<Vec<Sketch>> {
    let reader = Reader::new(&frozen.statistics, config)?;
    let made = documents.par_iter().map_init(|| Sketcher::new(config, frozen), |sketcher, d| sketcher.sketch(d, &reader));
    Ok(made.collect())
}

impl Comparing<'_> {
    const fn rows(&self) -> Rows<'_> {
        Rows { database: self.database, path: self.path }
    }

    /// Compares `askers` with the documents of the file and, where they are kept, with each other.
    pub(super) fn find(&self, askers: &[Asker<'_>]) -> Result<Found> {
        let mut asks: Vec<(u64, u32)> = Vec::new();
        for (asker, place) in askers.iter().zip(0_u32..) {
            asks.extend(asker.sketch.keys.iter().map(|k| (*k, place)));
        }
        asks.sort_unstable();
        let mut found = self.postings.gather(self.database, self.path, &asks)?;
        let place_of: HashMap<i64, usize> = askers.iter().enumerate().filter(|(_, a)| a.number > 0).map(|(i, a)| (a.number, i)).collect();
        among(&asks, askers, &mut found);
        let hot = found.hot;
        let known = self.known(&found, &place_of)?;
        let words = |who: u32, asks: bool| match place_of.get(&i64::from(who)) {
            _ if asks => askers[who as usize].sketch.words,
            Some(&place) => askers[place].sketch.words,
            None => known.get(&i64::from(who)).map_or(0, |k| k.words),
        };
        let (mut pairs, bounded) = chosen(found, &words, self.config);
        pairs.retain(|c| {
            let glance = match place_of.get(&i64::from(c.document)) {
                Some(&place) => Some(askers[place].sketch.glance),
                None => known.get(&i64::from(c.document)).map(|k| k.glance),
            };
            glance.is_some_and(|g| !c.by_band_only() || may_be_near(&askers[c.asker as usize].sketch.glance, &g, self.config))
        });
        let links = self.compare(askers, &place_of, &known, &pairs)?;
        Ok(Found { links, bounded, hot })
    }

    /// Rows of the documents that were found and are not askers themselves.
    fn known(&self, found: &Gathered, place_of: &HashMap<i64, usize>) -> Result<BTreeMap<i64, StoredRow>> {
        let numbers: BTreeSet<i64> = found.rows.iter().map(|r| i64::from(r.1)).filter(|n| !place_of.contains_key(n)).collect();
        let mut known = BTreeMap::new();
        for number in numbers {
            // What was removed may still stand under its keys.
            if let Some(row) = self.rows().by_number(number)?.filter(|r| r.copy_of.is_none()) {
                known.insert(number, row);
            }
        }
        Ok(known)
    }

    fn compare(
        &self,
        askers: &[Asker<'_>],
        place_of: &HashMap<i64, usize>,
        known: &BTreeMap<i64, StoredRow>,
        pairs: &[Candidate],
    ) -> Result<Vec<(usize, LinkRow)>> {
        let reader = Reader::new(&self.frozen.statistics, self.config)?;
        let mut wanted: BTreeMap<i64, Document> = BTreeMap::new();
        for pair in pairs {
            let number = i64::from(pair.document);
            if let Some(row) = known.get(&number).filter(|_| !wanted.contains_key(&number)) {
                wanted.insert(number, self.rows().document(row)?);
            }
        }
        let opened: HashMap<i64, Opened> = wanted
            .into_par_iter()
            .filter_map(|(number, document)| known.get(&number).map(|row| (number, document, row)))
            .map_init(
                || Bulk::new(self.config),
                |bulk, (number, document, row)| (number, Opened::new(document, row.exact, bulk, self.config, self.frozen)),
            )
            .collect();
        let asked: BTreeSet<usize> =
            pairs.iter().flat_map(|p| [Some(p.asker as usize), place_of.get(&i64::from(p.document)).copied()]).flatten().collect();
        let asking: HashMap<usize, Opened> = asked
            .into_par_iter()
            .map_init(
                || Bulk::new(self.config),
                |bulk, place| {
                    let Asker { document, sketch, .. } = askers[place];
                    (place, Opened::new(document.clone(), sketch.exact, bulk, self.config, self.frozen))
                },
            )
            .collect();
        let open = |document: u32| match place_of.get(&i64::from(document)) {
            Some(place) => asking.get(place),
            None => opened.get(&i64::from(document)),
        };
        let of_one: Vec<&[Candidate]> = pairs.chunk_by(|x, y| x.asker == y.asker).collect();
        let links = of_one.into_par_iter().map_init(CopySource::default, |source, pairs| {
            let place = pairs[0].asker as usize;
            let Some(own) = asking.get(&place) else { return Vec::new() };
            let mut own_ready: Option<Ready> = None;
            let mut out = Vec::new();
            for pair in pairs {
                let Some(other) = open(pair.document) else { continue };
                let mut link = by_words(own, other, source, self.config);
                if link.is_none() && pair.read {
                    let ready = own_ready.get_or_insert_with(|| own.ready(&reader));
                    link = by_reading((own, ready), (other, &other.ready(&reader)), &reader);
                }
                let Some(link) = link else { continue };
                let (number, document) = (askers[place].number, i64::from(pair.document));
                let (a, b) = if own.exact <= other.exact { (number, document) } else { (document, number) };
                out.push((place, LinkRow::new(a, b, link)));
            }
            out
        });
        Ok(links.collect::<Vec<_>>().concat())
    }
}

/// Adds what the askers share with each other, from the later one to the earlier.
fn among(asks: &[(u64, u32)], askers: &[Asker<'_>], found: &mut Gathered) {
    /// As in the file; see `postings`.
    const HOT: usize = 400;
    for same in asks.chunk_by(|x, y| x.0 == y.0) {
        if same.len() > HOT {
            found.hot += 1;
            continue;
        }
        for (i, &(key, later)) in same.iter().enumerate() {
            for &(_, earlier) in &same[..i] {
                let number = askers[earlier as usize].number;
                if number > 0 {
                    found.rows.push((later, number as u32, super::postings::kind_of(key) as u8));
                }
            }
        }
    }
}

/// Adds a batch of documents within a transaction.
pub(super) fn add(change: &Transaction<'_>, parts: &mut Parts<'_>, documents: &[Document], now: i64) -> Result<AddReport> {
    let Parts { path, config, frozen, postings } = parts;
    let (path, config, frozen) = (*path, *config, &**frozen);
    let rows = Rows { database: change, path };
    let broken = |e: rusqlite::Error| failed(path, e);
    let sketches = sketches(documents, config, frozen)?;
    let texts: Vec<Vec<u8>> = documents.par_iter().map(|d| packed(&d.text)).collect();
    let mut out: Vec<AddedRow> = Vec::with_capacity(documents.len());
    let mut firsts: Vec<(usize, i64)> = Vec::new();
    for (place, document) in documents.iter().enumerate() {
        let sketch = &sketches[place];
        let (id, there) = free_id(&rows, document, sketch)?;
        if let Some(row) = there {
            out.push(AddedRow { added: Added::There, number: row.number, cluster: row.cluster, id, links: Vec::new() });
            continue;
        }
        let first = if sketch.article { rows.first_of(&sketch.exact)? } else { None };
        let copy_of = first.as_ref().map(|f| (f.number, f.cluster));
        let row = insert(change, &id, document, sketch, &texts[place], copy_of, now).map_err(broken)?;
        if sketch.article && copy_of.is_none() {
            firsts.push((place, row.number));
        }
        let added = match first {
            Some(first) => Added::CopyOf(first.id),
            None if id == document.id => Added::New,
            None => Added::Version,
        };
        out.push(AddedRow { added, number: row.number, cluster: row.cluster, id, links: Vec::new() });
    }
    let askers: Vec<Asker<'_>> =
        firsts.iter().map(|&(place, number)| Asker { number, document: &documents[place], sketch: &sketches[place] }).collect();
    let found = Comparing { database: change, path, config, frozen, postings: &**postings }.find(&askers)?;
    let mut keys: Vec<(u64, u32)> =
        askers.iter().flat_map(|a| a.sketch.keys.iter().map(|k| (*k, u32::try_from(a.number).unwrap_or(u32::MAX)))).collect();
    keys.sort_unstable();
    postings.add(change, &keys).map_err(broken)?;
    let mut touched = BTreeSet::new();
    for (place, link) in found.links {
        links::insert(change, &link).map_err(broken)?;
        touched.extend([link.a, link.b]);
        out[firsts[place].0].links.push(link);
    }
    groups::settle(change, path, &touched, now)?;
    for row in out.iter_mut().filter(|r| r.added != Added::There) {
        row.cluster = rows.by_number(row.number)?.map_or(row.cluster, |r| r.cluster);
    }
    Ok(AddReport { rows: out, bounded: found.bounded, hot_keys: found.hot })
}

/// The id under which a document is kept: its own, or with a number where another text has it. Also the row of the very same document.
fn free_id(rows: &Rows<'_>, document: &Document, sketch: &Sketch) -> Result<(String, Option<StoredRow>)> {
    let mut id = document.id.clone();
    for version in 2.. {
        match rows.by_id(&id)? {
            None => break,
            Some(there) if there.exact == sketch.exact && there.words == sketch.words => return Ok((id, Some(there))),
            Some(_) => id = format!("{}#{version}", document.id),
        }
    }
    Ok((id, None))
}
