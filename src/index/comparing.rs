//! Documents against those of the file and against each other: from shared keys to verified links.

use super::candidates::{Candidate, Shared, chosen};
use super::link::{self, Link, Opened, Read, by_reading, may_be_near};
use super::links::LinkRow;
use super::postings::{Gathered, HOT, Postings, kind_of};
use super::sketch::Sketch;
use super::statistics::Frozen;
use super::stored::{Rows, StoredRow};
use super::topic::Topic;
use crate::config::Config;
use crate::document::Document;
use crate::error::Result;
use crate::keys::Bulk;
use crate::pipeline::{Reader, Ready};
use crate::verify::CopySource;
use rayon::prelude::*;
use rusqlite::Connection;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// Documents that are held as they were read, all facts of each among them, at a time.
const HELD: usize = 512;

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
        among(&asks, askers, &mut found);
        let hot = found.hot;
        let shared = Shared::of(found, self.config);
        let others = Others::new(*self, askers, &shared)?;
        let (pairs, bounded) = chosen(&shared, &others, self.config)?;
        Ok(Found { links: self.compare(askers, &others, &pairs)?, bounded, hot })
    }

    fn compare(&self, askers: &[Asker<'_>], others: &Others<'_>, pairs: &[Candidate]) -> Result<Vec<(usize, LinkRow)>> {
        let reader = Reader::new(&self.frozen.statistics, self.config)?;
        let texts = others.texts(pairs)?;
        let text = |number: i64| texts.get(&number).map(|t| &*t.1);
        let exact = |number: i64| texts.get(&number).map(|t| t.0);
        let mut of_words: BTreeSet<i64> = BTreeSet::new();
        for pair in pairs.iter().filter(|p| p.by_words) {
            of_words.extend([askers[pair.asker as usize].number, i64::from(pair.document)]);
        }
        let open = |bulk: &mut Bulk, number: i64| {
            let opened = Opened::new(text(number)?, exact(number)?, bulk, self.config, self.frozen);
            Some((number, opened))
        };
        let opened: HashMap<i64, Opened> = of_words.into_par_iter().map_init(|| Bulk::new(self.config), open).flatten_iter().collect();
        let by_words = |source: &mut CopySource, pair: &Candidate| {
            let numbers = [askers[pair.asker as usize].number, i64::from(pair.document)];
            let both = opened.get(&numbers[0]).zip(opened.get(&numbers[1])).filter(|_| pair.by_words);
            let link = both.and_then(|(own, other)| link::by_words(own, other, source, self.config));
            // A form of words that is filled again for every occasion is copied too: its figures tell.
            let other_figures = || both.is_some_and(|(own, other)| !own.figures.agree(&other.figures));
            let doubtful = || link.is_some_and(|l| l.relation != "near_duplicate") && other_figures();
            let read = self.config.derivatives && (pair.read && link.is_none() || doubtful());
            Proven { numbers, asker: pair.asker, link, read }
        };
        let mut proven: Vec<Proven> = pairs.par_iter().map_init(CopySource::default, by_words).collect();
        let mut unread: Vec<&mut Proven> = proven.iter_mut().filter(|p| p.read).collect();
        // A few askers at a time: a document with all its facts takes as much memory as thirty texts.
        let mut from = 0;
        while from < unread.len() {
            let mut wanted: BTreeSet<i64> = BTreeSet::new();
            let block = unread[from..].iter().take_while(|p| {
                wanted.extend(p.numbers);
                wanted.len() <= HELD
            });
            let to = from + block.count().max(1);
            let wanted: BTreeSet<i64> = unread[from..to].iter().flat_map(|p| p.numbers).collect();
            let read = |number: i64| Some((number, exact(number)?, text(number)?));
            let ready: HashMap<i64, ([u8; 16], Ready)> = wanted
                .into_par_iter()
                .filter_map(read)
                .map(|(number, exact, document)| {
                    let mut ready = reader.read(document.clone());
                    reader.make_ready(&mut ready);
                    (number, (exact, ready))
                })
                .collect();
            unread[from..to].par_iter_mut().for_each(|pair| {
                if let Some((own, other)) = ready.get(&pair.numbers[0]).zip(ready.get(&pair.numbers[1])) {
                    pair.link = match by_reading((own.0, &own.1), (other.0, &other.1), &reader) {
                        Read::Other => None,
                        Read::Derived(found) => pair.link.or(Some(found)),
                        Read::Open => pair.link,
                    };
                }
            });
            from = to;
        }
        let rows = proven.into_iter().filter_map(|pair| {
            let [own, other] = pair.numbers;
            let (a, b) = if exact(own)? <= exact(other)? { (own, other) } else { (other, own) };
            Some((pair.asker as usize, LinkRow::new(a, b, pair.link?)))
        });
        Ok(rows.collect())
    }
}

/// A pair with what its words prove.
struct Proven {
    /// Of the asker and of the other.
    numbers: [i64; 2],
    asker: u32,
    link: Option<Link>,
    /// Whether both are read.
    read: bool,
}

/// Documents by their numbers, each with the hash of its words.
type Texts<'a> = HashMap<i64, ([u8; 16], Cow<'a, Document>)>;

/// The documents that share keys with some askers, and the askers themselves.
pub(super) struct Others<'a> {
    file: Comparing<'a>,
    askers: &'a [Asker<'a>],
    place_of: HashMap<i64, usize>,
    known: BTreeMap<i64, StoredRow>,
}

impl<'a> Others<'a> {
    fn new(file: Comparing<'a>, askers: &'a [Asker<'a>], shared: &Shared) -> Result<Self> {
        let place_of: HashMap<i64, usize> = askers.iter().enumerate().map(|(i, a)| (a.number, i)).collect();
        let numbers: BTreeSet<i64> = shared.documents().filter(|n| !place_of.contains_key(n)).collect();
        let mut known = BTreeMap::new();
        for number in numbers {
            // What was removed may still stand under its keys.
            if let Some(row) = file.rows().by_number(number)?.filter(|r| r.copy_of.is_none()) {
                known.insert(number, row);
            }
        }
        Ok(Self { file, askers, place_of, known })
    }

    fn asker(&self, number: i64) -> Option<&Asker<'a>> {
        self.place_of.get(&number).map(|&place| &self.askers[place])
    }

    /// Words of the shorter of the two; none where the document is not there any more.
    pub(super) fn shorter(&self, asker: u32, document: u32) -> Option<u32> {
        let number = i64::from(document);
        let words = self.asker(number).map(|a| a.sketch.words).or_else(|| self.known.get(&number).map(|k| k.words));
        Some(self.askers[asker as usize].sketch.words.min(words?))
    }

    /// Whether a glance at the two signatures leaves it open that they are near.
    pub(super) fn may_be_near(&self, asker: u32, document: u32) -> bool {
        let number = i64::from(document);
        let glance = self.asker(number).map(|a| a.sketch.glance).or_else(|| self.known.get(&number).map(|k| k.glance));
        glance.is_some_and(|g| may_be_near(&self.askers[asker as usize].sketch.glance, &g, self.file.config))
    }

    /// Whether the two may tell a common story, by what they are about.
    pub(super) fn may_be_told_again(&self, asker: u32, document: u32) -> Result<bool> {
        let own = &self.askers[asker as usize].sketch.topic;
        match self.asker(i64::from(document)) {
            Some(other) => Ok(own.may_be_told_again(&other.sketch.topic)),
            None => Topic::read(self.file.database, self.file.path, i64::from(document)).map(|other| own.may_be_told_again(&other)),
        }
    }

    /// The documents of some pairs.
    fn texts(&self, pairs: &[Candidate]) -> Result<Texts<'a>> {
        let mut texts = HashMap::new();
        for pair in pairs {
            let asker = &self.askers[pair.asker as usize];
            texts.insert(asker.number, (asker.sketch.exact, Cow::Borrowed(asker.document)));
            let number = i64::from(pair.document);
            if let Some(other) = self.asker(number) {
                texts.insert(number, (other.sketch.exact, Cow::Borrowed(other.document)));
            } else if let Some(row) = self.known.get(&number).filter(|_| !texts.contains_key(&number)) {
                texts.insert(number, (row.exact, Cow::Owned(self.file.rows().document(row)?)));
            }
        }
        Ok(texts)
    }
}

/// Adds what the askers share with each other, from the later one to the earlier.
fn among(asks: &[(u64, u32)], askers: &[Asker<'_>], found: &mut Gathered) {
    for same in asks.chunk_by(|x, y| x.0 == y.0) {
        if same.len() > HOT {
            found.hot += 1;
            continue;
        }
        for (i, &(key, later)) in same.iter().enumerate() {
            for &(_, earlier) in &same[..i] {
                let number = askers[earlier as usize].number;
                if number > 0 {
                    found.rows.push((later, number as u32, kind_of(key) as u8));
                }
            }
        }
    }
}
