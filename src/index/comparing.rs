//! Documents against those of the file and against each other: from shared keys to verified links.

use super::brief::Brief;
use super::candidates::{Asked, Candidate, Pair, Shared, chosen};
use super::link::{self, Link, Opened, Read, by_reading};
use super::links::LinkRow;
use super::packed::Table;
use super::postings::Postings;
use super::schema::failed;
use super::sketch::Sketch;
use super::statistics::Frozen;
use super::stored::{Rows, StoredRow, text_damaged, unpacked};
use super::topic::Spread;
use crate::config::Config;
use crate::document::Document;
use crate::error::Result;
use crate::keys::Bulk;
use crate::pipeline::{Reader, Ready};
use crate::verify::CopySource;
use rayon::prelude::*;
use rusqlite::Connection;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;

/// Pairs whose short rows are read at a time, and how many of them are worth a thread of their own.
const GLANCED: usize = 65_536;
const GLANCED_APART: usize = 256;
/// Pairs whose words are compared at a time.
const OPENED: usize = 2_048;
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
    /// Compares `askers` with the documents of the file and, where they are kept, with each other.
    pub(super) fn find(&self, askers: &[Asker<'_>]) -> Result<Found> {
        let asked = Asked::new(askers);
        let file = self.postings.gather(self.database, self.path, &asked.keys)?;
        let shared = Shared { asked: &asked, file: &file, config: self.config };
        let (pairs, hot) = (shared.pairs(), shared.hot());
        drop((file, asked));
        let place_of: HashMap<i64, usize> = askers.iter().enumerate().map(|(i, a)| (a.number, i)).collect();
        let others = Others { askers, place_of };
        let (candidates, bounded) = chosen(self.glance(&others, &pairs)?);
        drop(pairs);
        Ok(Found { links: self.compare(&others, &candidates)?, bounded, hot })
    }

    /// The pairs that a glance at both leaves worth a comparison.
    fn glance(&self, others: &Others<'_>, pairs: &[Pair]) -> Result<Vec<Candidate>> {
        let mut out = Vec::new();
        for block in pairs.chunks(GLANCED) {
            let mut numbers: Vec<i64> = block.iter().map(|p| i64::from(p.document)).collect();
            numbers.dedup();
            numbers.retain(|n| others.asker(*n).is_none());
            // One that is not there any more may still stand under its keys.
            let mut briefs: Vec<(u32, Vec<u8>)> = Vec::with_capacity(numbers.len());
            let take = &mut |number, packed: &[u8]| briefs.push((number as u32, packed.to_vec()));
            Table::Brief.each(self.database, &numbers, take).map_err(|e| failed(self.path, e))?;
            let of_one = |topic: &mut Spread, same: &[Pair]| -> Result<Vec<Candidate>> {
                let document = same[0].document;
                let stored = briefs.binary_search_by_key(&document, |b| b.0).ok().map(|at| Brief::decode(&briefs[at].1));
                let stored = stored.map(|b| b.ok_or_else(|| Brief::damaged(self.path))).transpose()?;
                let Some(other) = others.asker(i64::from(document)).map(|a| &a.sketch.brief).or(stored.as_ref()) else {
                    return Ok(Vec::new());
                };
                topic.set(&other.topic);
                let candidate = |p: &Pair| p.candidate(&others.own(p.asker).sketch.brief, (other, topic), self.config);
                Ok(same.iter().filter_map(candidate).collect())
            };
            let same: Vec<&[Pair]> = block.chunk_by(|x, y| x.document == y.document).collect();
            let found = same
                .par_iter()
                .with_min_len(others.part(GLANCED_APART))
                .map_init(Spread::new, |topic, same| of_one(topic, same))
                .collect::<Result<Vec<_>>>()?;
            out.extend(found.into_iter().flatten());
        }
        Ok(out)
    }

    /// Compares pairs, some at a time: an opened document takes as much memory as five texts.
    fn compare(&self, others: &Others<'_>, pairs: &[Candidate]) -> Result<Vec<(usize, LinkRow)>> {
        let reader = Reader::new(&self.frozen.statistics, self.config)?;
        let mut out = Vec::new();
        for block in pairs.chunks(OPENED) {
            self.compare_some(others, block, &reader, &mut out)?;
        }
        Ok(out)
    }

    fn compare_some(&self, others: &Others<'_>, pairs: &[Candidate], reader: &Reader<'_>, out: &mut Vec<(usize, LinkRow)>) -> Result<()> {
        let askers = others.askers;
        let texts = self.texts(others, pairs)?;
        let part = others.part(1);
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
        let of_words: Vec<i64> = of_words.into_iter().collect();
        let opened = of_words.into_par_iter().with_min_len(part).map_init(|| Bulk::new(self.config), open);
        let opened: HashMap<i64, Opened> = opened.flatten_iter().collect();
        let by_words = |source: &mut CopySource, pair: &Candidate| {
            let numbers = [askers[pair.asker as usize].number, i64::from(pair.document)];
            let both = opened.get(&numbers[0]).zip(opened.get(&numbers[1])).filter(|_| pair.by_words);
            let link = both.and_then(|(own, other)| link::by_words(own, other, source, self.config));
            let doubtful = |l: &Link| both.is_some_and(|(own, other)| link::is_doubtful(l, own, other));
            let (common, read) = match &link {
                Some(l) if l.is_of_a_part() => (pair.common, pair.common || doubtful(l)),
                Some(l) => (false, doubtful(l)),
                None => (pair.common, pair.read),
            };
            Proven { numbers, asker: pair.asker, link, read: read && self.config.derivatives, common }
        };
        let mut proven: Vec<Proven> = pairs.par_iter().with_min_len(part).map_init(CopySource::default, by_words).collect();
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
            let mut wanted: Vec<i64> = unread[from..to].iter().flat_map(|p| p.numbers).collect();
            wanted.sort_unstable();
            wanted.dedup();
            let read = |number: i64| Some((number, exact(number)?, text(number)?));
            let ready: HashMap<i64, ([u8; 16], Ready)> = wanted
                .into_par_iter()
                .with_min_len(part)
                .filter_map(read)
                .map(|(number, exact, document)| {
                    let mut ready = reader.read(document.clone());
                    reader.make_ready(&mut ready);
                    (number, (exact, ready))
                })
                .collect();
            unread[from..to].par_iter_mut().with_min_len(part).for_each(|pair| {
                if let Some((own, other)) = ready.get(&pair.numbers[0]).zip(ready.get(&pair.numbers[1])) {
                    pair.link = match by_reading((own.0, &own.1), (other.0, &other.1), reader) {
                        Read::Other => None,
                        Read::Derived(found) => pair.link.or(Some(found)),
                        Read::Block(_) | Read::Open if pair.common => None,
                        Read::Block(found) => pair.link.or(Some(found)),
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
        out.extend(rows);
        Ok(())
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
    /// Whether no more than a passage that many have speaks for a link, which proves nothing by itself.
    common: bool,
}

/// A document with the hash of its words.
type Text<'a> = ([u8; 16], Cow<'a, Document>);
/// Documents by their numbers.
type Texts<'a> = HashMap<i64, Text<'a>>;

/// The documents that ask, which are among those that are asked.
struct Others<'a> {
    askers: &'a [Asker<'a>],
    place_of: HashMap<i64, usize>,
}

impl<'a> Others<'a> {
    /// The asker that is this document.
    fn asker(&self, number: i64) -> Option<&'a Asker<'a>> {
        self.place_of.get(&number).map(|&place| &self.askers[place])
    }

    /// An asker by its place.
    fn own(&self, asker: u32) -> &'a Asker<'a> {
        &self.askers[asker as usize]
    }

    /// How much work is worth a thread of its own, where it is `part` for many askers: the question of one is answered where it is
    /// asked, whatever else the threads are busy with.
    const fn part(&self, part: usize) -> usize {
        if self.askers.len() == 1 { usize::MAX } else { part }
    }
}

impl Comparing<'_> {
    /// The documents of some pairs.
    fn texts<'a>(&self, others: &Others<'a>, pairs: &[Candidate]) -> Result<Texts<'a>> {
        let rows = Rows { database: self.database, path: self.path };
        let mut numbers: Vec<i64> = pairs.iter().map(|p| i64::from(p.document)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let (mut texts, mut packed) = (Texts::new(), Vec::new());
        let askers = pairs.iter().map(|p| others.own(p.asker));
        for asker in askers.chain(numbers.iter().filter_map(|n| others.asker(*n))) {
            texts.insert(asker.number, (asker.sketch.brief.exact, Cow::Borrowed(asker.document)));
        }
        for number in numbers.into_iter().filter(|n| others.asker(*n).is_none()) {
            if let Some(row) = rows.by_number(number)? {
                packed.push((rows.packed(number)?, row));
            }
        }
        let unpack = |(packed, row): (Vec<u8>, StoredRow)| -> Result<(i64, Text<'a>)> {
            let text = unpacked(&packed).ok_or_else(|| text_damaged(self.path, row.number))?;
            Ok((row.number, (row.exact, Cow::Owned(row.document(text)))))
        };
        let stored = packed.into_par_iter().with_min_len(others.part(16)).map(unpack).collect::<Result<Vec<_>>>()?;
        texts.extend(stored);
        Ok(texts)
    }
}
