//! Documents in: one transaction a batch, acknowledged when it is on the disk.

use super::candidates::{Candidate, chosen};
use super::groups;
use super::link::{self, Opened, Read, by_reading, may_be_near};
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
    let mut made = by_words(documents, config, frozen);
    let all: Vec<usize> = (0..documents.len()).collect();
    read(&all, documents, &mut made, config, frozen)?;
    Ok(made)
}

fn by_words(documents: &[Document], config: &Config, frozen: &Frozen) -> Vec<Sketch> {
    documents.par_iter().map_init(|| Sketcher::new(config, frozen), Sketcher::by_words).collect()
}

/// Reads the documents at `places` as articles: the costly part of a sketch, which those that are there already do not need.
fn read(places: &[usize], documents: &[Document], sketches: &mut [Sketch], config: &Config, frozen: &Frozen) -> Result<()> {
    let reader = Reader::new(&frozen.statistics, config)?;
    let mut wanted = vec![false; documents.len()];
    places.iter().for_each(|&p| wanted[p] = true);
    let chosen = sketches.par_iter_mut().zip(documents).zip(wanted).filter(|s| s.1);
    chosen.for_each_init(|| Sketcher::new(config, frozen), |sketcher, ((sketch, document), _)| sketcher.read(document, &reader, sketch));
    Ok(())
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
                let mut link = link::by_words(own, other, source, self.config);
                let doubtful = self.config.derivatives && link.as_ref().is_some_and(|l| l.relation != "near_duplicate");
                if doubtful || link.is_none() && pair.read {
                    let ready = own_ready.get_or_insert_with(|| own.ready(&reader));
                    let read = by_reading((own, ready), (other, &other.ready(&reader)), &reader);
                    link = match read {
                        Read::Other => None,
                        Read::Derived(found) => link.or(Some(found)),
                        Read::Open => link,
                    };
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
    let mut sketches = by_words(documents, config, frozen);
    let mut plans = Plans::default();
    for (document, sketch) in documents.iter().zip(&sketches) {
        plans.add(&rows, document, sketch)?;
    }
    let places = |wanted: fn(&Plan) -> bool| (0..documents.len()).filter(|&p| wanted(&plans.all[p])).collect::<Vec<usize>>();
    let firsts = places(|p| matches!(p, Plan::Keep { copy_of: None, article: true, .. }));
    read(&firsts, documents, &mut sketches, config, frozen)?;
    let texts: Vec<Vec<u8>> =
        documents.par_iter().zip(&plans.all).map(|(d, p)| if p.is_kept() { packed(&d.text) } else { Vec::new() }).collect();
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
                let row = insert(change, id, &documents[place], &sketches[place], &texts[place], of, now).map_err(broken)?;
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
    let found = Comparing { database: change, path, config, frozen, postings }.find(&askers)?;
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
        let own = (sketch.exact, sketch.words);
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
        let copy_of = match self.first.get(&sketch.exact).filter(|_| article) {
            Some(first) => Some(first.clone()),
            None if article => rows.first_of(&sketch.exact)?.map(|r| r.id),
            None => None,
        };
        if article && copy_of.is_none() {
            self.first.insert(sketch.exact, id.clone());
        }
        self.ids.insert(id.clone(), own);
        self.all.push(Plan::Keep { id, copy_of, article });
        Ok(())
    }
}
