//! The stored index: every document that was seen, in one SQLite file, and every new one asked against all of them.
//!
//! The same keys and the same verdicts as in a run over files; what groups rows by key is the file. What two documents are to each
//! other depends on them and on the frozen statistics alone, and clusters are a function of these links: the same documents
//! give the same clusters, added in whatever order and in however many steps, as long as no document has more candidates than are
//! compared.
//!
//! A change is one transaction in the write-ahead log of the file, written through to the disk before it is told: what was acknowledged
//! is there. Texts, keys and rows carry checksums.
//!
//! Beside it stands the memory of `watch`: feeds with the validators of their last answer, and how much of an output is certain, and
//! what is still to be sent.

mod add;
mod brief;
mod buckets;
mod candidates;
mod check;
mod comparing;
mod figures;
mod filters;
mod groups;
mod lines;
mod link;
mod links;
mod notices;
mod packed;
mod postings;
mod query;
mod reason;
mod rebuild;
mod remove;
mod schema;
mod seen;
mod sketch;
mod sketched;
mod snapshot;
mod statistics;
mod stored;
mod topic;

pub use filters::Filters;
pub use lines::{AddedLine, AnswerLine, DocumentLine, LinkLine};
pub use links::LinkRow;
pub use notices::{NewNotice, Notice};
pub use query::{Answer, Asked, Search};
pub use rebuild::Rebuilt;
pub use remove::Removed;
pub use seen::{Known, Seen, SeenArticle, Told};
pub use stored::StoredRow;

use crate::config::Config;
use crate::document::Document;
use crate::error::Result;
use postings::Postings;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use schema::{Still, failed};
use sketched::Sketched;
use statistics::Frozen;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use stored::Rows;

/// Documents that are a fair part to give to an index or to ask of one.
pub const BATCH: usize = 2_000;
/// Documents of one transaction where nothing else is asked for. The more they are, the fewer times each part of the file is read for
/// them, and the later is told that they are kept.
pub const TRANSACTION: usize = 16_000;

/// The version of the file that is held in memory after a change failed: none.
const FAILED: i64 = i64::MIN;

/// What became of a document that was added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is kept.
    New,
    /// Kept as a version: its id was taken by another text.
    Version,
    /// Kept, with the very same words as the document of this id.
    CopyOf(String),
    /// It was there already, with the same id and the same words: nothing was changed.
    There,
}

/// One document that was added.
#[derive(Clone, Debug)]
pub struct AddedRow {
    /// Under which it is kept.
    pub id: String,
    /// Its number.
    pub number: i64,
    /// Its cluster.
    pub cluster: i64,
    /// What became of it.
    pub added: Added,
    /// What it is to documents that were there before it.
    pub links: Vec<LinkRow>,
}

/// Documents that were added.
#[derive(Clone, Debug, Default)]
pub struct AddReport {
    /// In the order in which they were given.
    pub rows: Vec<AddedRow>,
    /// Documents with more candidates than are compared.
    pub bounded: u64,
    /// Keys of so many documents that they were no way to any of them.
    pub hot_keys: u64,
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Info {
    /// Documents.
    pub documents: u64,
    /// Of these, how many have the very same words as an earlier one.
    pub copies: u64,
    /// Of these, how many are compared with nothing: walls, error pages, very short texts.
    pub not_compared: u64,
    /// Clusters of two and more documents.
    pub clusters: u64,
    /// Verified pairs.
    pub links: u64,
    /// Keys of documents.
    pub keys: u64,
    /// Sorted runs of keys.
    pub runs: usize,
    /// Version of the statistics; 0 before the first `rebuild`.
    pub statistics: i64,
    /// Fingerprint of the statistics.
    pub statistics_fingerprint: String,
    /// Fingerprint of the settings.
    pub fingerprint: String,
    /// Bytes of the file.
    pub bytes: u64,
    /// Bytes of the packed texts in it.
    pub text_bytes: u64,
}

/// The index, opened.
pub struct Index {
    database: Connection,
    path: PathBuf,
    config: Config,
    frozen: Arc<Frozen>,
    postings: Postings,
    /// Grows with every change of the file by another connection.
    seen: i64,
    still: Option<Still>,
}

/// Who is told of each list that was added, with its report, and may end the work with an error.
pub type ToldOfList<'a> = dyn FnMut(&Index, &[Document], AddReport) -> Result<()> + 'a;

impl Index {
    /// Opens an index to be read and changed. One that is not there is made under `config`, or for news when none is given.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store) when it cannot be opened, is of another form, is damaged, or was made under other settings than `config`;
    /// [`Error::Setting`](crate::error::Error::Setting) for settings out of range.
    pub fn open(path: &Path, config: Option<&Config>) -> Result<Self> {
        let (database, config) = schema::open(path, config)?;
        let mut index = Self::of(database, path, config)?;
        if schema::has_old_keys(&index.database, path)? {
            index.renew_keys()?;
        }
        Ok(index)
    }

    /// Opens an index that is there, to be read only. A file of an older form is brought to that of this program first.
    ///
    /// One that lies where nothing can be written is read too.
    ///
    /// # Errors
    /// Those of [`Self::open`].
    pub fn open_to_read(path: &Path) -> Result<Self> {
        let mut reading = schema::open_to_read(path)?;
        if reading.is_old {
            drop(reading.database);
            drop(Self::open(path, None).map_err(|e| schema::of_old_form(path, e))?);
            reading = schema::open_to_read(path)?;
        }
        let mut index = Self::of(reading.database, path, reading.config)?;
        index.still = reading.still;
        Ok(index)
    }

    fn of(database: Connection, path: &Path, config: Config) -> Result<Self> {
        let frozen = Arc::new(Frozen::read(&database, path)?);
        let postings = Postings::open(&database, path)?;
        let mut index = Self { database, path: path.to_owned(), config, frozen, postings, seen: 0, still: None };
        index.seen = index.version()?;
        Ok(index)
    }

    /// The settings under which it was made.
    #[must_use]
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn version(&self) -> Result<i64> {
        self.database.pragma_query_value(None, "data_version", |r| r.get(0)).map_err(|e| failed(&self.path, e))
    }

    /// Reads again what another program changed.
    fn refresh(&mut self) -> Result<()> {
        if let Some(still) = &self.still {
            still.check(&self.path)?;
        }
        let version = self.version()?;
        if version != self.seen {
            let mut parts = Parts { path: &self.path, config: &self.config, frozen: &mut self.frozen, postings: &mut self.postings };
            parts.follow(&self.database, self.seen)?;
        }
        self.seen = version;
        Ok(())
    }

    fn rows(&self) -> Rows<'_> {
        Rows { database: &self.database, path: &self.path }
    }

    /// Changes the file: all of `work` or nothing. What is held in memory follows the file.
    fn change<T>(&mut self, work: impl FnOnce(&Transaction<'_>, &mut Parts<'_>) -> Result<T>) -> Result<T> {
        let change = Transaction::new(&mut self.database, TransactionBehavior::Immediate).map_err(|e| failed(&self.path, e))?;
        // Only now nobody else can change it.
        let version = change.pragma_query_value(None, "data_version", |r| r.get::<_, i64>(0)).map_err(|e| failed(&self.path, e))?;
        let mut parts = Parts { path: &self.path, config: &self.config, frozen: &mut self.frozen, postings: &mut self.postings };
        if version != self.seen {
            parts.follow(&change, self.seen)?;
            self.seen = version;
        }
        let done = work(&change, &mut parts).and_then(|done| change.commit().map(|()| done).map_err(|e| failed(&self.path, e)));
        if done.is_err() {
            // The file is as it was before; so must be what is held of it.
            self.seen = FAILED;
        }
        done
    }

    /// Adds documents, [`TRANSACTION`] of them at a time; the rows are in their order. `now` is in seconds since 1970.
    ///
    /// The same document again, by id and words, changes nothing. Another text under an id that is taken is kept as a version, `ID#2`.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store) when the file cannot be changed. What was told before is there.
    pub fn add(&mut self, documents: &[Document], now: i64) -> Result<AddReport> {
        let mut out = AddReport::default();
        self.add_each(documents.chunks(TRANSACTION), &|| now, &mut |_, _, added| {
            out.rows.extend(added.rows);
            out.bounded += added.bounded;
            out.hot_keys += added.hot_keys;
            Ok(())
        })?;
        Ok(out)
    }

    /// Adds lists of documents as [`Self::add`] does, each in a transaction of its own. While one is written the next is read, so that a list
    /// is on the disk only when the one after it has come. `told` is given each list and its report as soon as it is there, and ends the work with an
    /// error.
    ///
    /// # Errors
    /// Those of [`Self::add`] and of `told`. What was told is there.
    pub fn add_each<D: AsRef<[Document]> + Send + Sync>(
        &mut self,
        lists: impl IntoIterator<Item = D>,
        now: &dyn Fn() -> i64,
        told: &mut ToldOfList<'_>,
    ) -> Result<()> {
        let config = self.config.clone();
        let read = |(list, begun): (D, Sketched)| begun.read(list.as_ref(), &config).map(|sketched| (list, sketched));
        let mut lists = lists.into_iter();
        let mut next = lists.next().map(|list| self.begun(list)).transpose()?.map(read).transpose()?;
        while let Some((list, sketched)) = next {
            let begun = lists.next().map(|list| self.begun(list)).transpose()?;
            let now = now();
            let change = || self.change(|change, p| add::add(change, p, list.as_ref(), sketched, now));
            let (added, following) = rayon::join(change, || begun.map(read).transpose());
            told(self, list.as_ref(), added?)?;
            next = following?;
        }
        Ok(())
    }

    /// The words of documents that are to be added, and which of them are there.
    fn begun<D: AsRef<[Document]>>(&self, list: D) -> Result<(D, Sketched)> {
        let sketched = Sketched::begin(list.as_ref(), &self.config, &self.frozen, &self.rows())?;
        Ok((list, sketched))
    }

    /// Counts what is in the file.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store).
    pub fn info(&self) -> Result<Info> {
        let count = |sql: &str| {
            let count = self.database.query_row(sql, [], |r| r.get::<_, i64>(0)).map_err(|e| failed(&self.path, e))?;
            Ok::<u64, crate::error::Error>(count.cast_unsigned())
        };
        let clusters = "SELECT count(*) FROM (SELECT cluster FROM document GROUP BY cluster HAVING count(*) > 1)";
        Ok(Info {
            documents: count("SELECT count(*) FROM document")?,
            copies: count("SELECT count(*) FROM document WHERE copy_of IS NOT NULL")?,
            not_compared: count("SELECT count(*) FROM document WHERE article = 0")?,
            clusters: count(clusters)?,
            links: count("SELECT count(*) FROM link")?,
            keys: self.postings.settled() + count("SELECT count(*) FROM fresh_key")?,
            runs: self.postings.runs(),
            statistics: self.frozen.version,
            statistics_fingerprint: self.frozen.fingerprint(),
            fingerprint: self.config.fingerprint(),
            bytes: count("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")?,
            text_bytes: count("SELECT coalesce(sum(length(packed)), 0) FROM content")?,
        })
    }
}

/// What a change works on.
struct Parts<'a> {
    path: &'a Path,
    config: &'a Config,
    frozen: &'a mut Arc<Frozen>,
    postings: &'a mut Postings,
}

impl Parts<'_> {
    /// Reads again what another program changed since the version that was `seen`; what did not change is not read again, since a service is
    /// asked while it writes.
    fn follow(&mut self, database: &Connection, seen: i64) -> Result<()> {
        if seen != FAILED && self.frozen.is_newest(database, self.path)? {
            return self.postings.follow(database, self.path);
        }
        *self.frozen = Arc::new(Frozen::read(database, self.path)?);
        self.postings.reopen(database, self.path)
    }
}
