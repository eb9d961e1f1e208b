//! The memory of `watch`.

use super::notices::NewNotice;
use crate::document::Document;
use crate::error::{Error, Result};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};
use std::path::{Path, PathBuf};

/// The form that this program writes.
const VERSION: i64 = 3;

/// Each step makes the form of its number out of the one before. A step that was published is never changed.
const STEPS: [&str; 3] = [
    "
    CREATE TABLE feed (url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, moved_to TEXT) STRICT, WITHOUT ROWID;
    CREATE TABLE article (number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, version INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
        feed TEXT NOT NULL, url TEXT, title TEXT, publisher TEXT, page_date TEXT, text TEXT NOT NULL, entry INTEGER NOT NULL,
        told INTEGER NOT NULL DEFAULT 0, UNIQUE (key, version)) STRICT;
    CREATE INDEX untold ON article (number) WHERE told = 0;
    CREATE TABLE attempt (key TEXT PRIMARY KEY, entry INTEGER NOT NULL, times INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE output (path TEXT PRIMARY KEY, bytes INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    ",
    // what pages say beside their text
    "ALTER TABLE article ADD COLUMN stated TEXT;",
    // up to which article each index has them; what is still to be sent; a name for the file that no other has
    "
    CREATE TABLE indexed (path TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE notice (number INTEGER PRIMARY KEY AUTOINCREMENT, target TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
        tries INTEGER NOT NULL DEFAULT 0, UNIQUE (target, id)) STRICT;
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    INSERT INTO setting VALUES ('name', lower(hex(randomblob(8))));
    ",
];

/// What is known of an article: its newest version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// From 1.
    pub version: u32,
    /// What its feed said, as a hash.
    pub entry: u64,
    /// Its text.
    pub text: String,
}

/// One version of an article.
#[derive(Clone, Debug)]
pub struct SeenArticle {
    /// In the order in which they were seen, from 1.
    pub number: i64,
    /// The same for all versions.
    pub key: String,
    /// From 1.
    pub version: u32,
    /// The feed that told it first.
    pub feed: String,
    /// Its text and what is known of it.
    pub document: Document,
}

/// The file, opened.
pub struct Seen {
    pub(super) database: Connection,
    path: PathBuf,
}

impl Seen {
    /// Opens a file, or makes it.
    ///
    /// # Errors
    /// [`Error::Store`] when it cannot be opened, is of another form, or is damaged.
    pub fn open(path: &Path) -> Result<Self> {
        let seen = || -> std::result::Result<Connection, rusqlite::Error> {
            let database = Connection::open(path)?;
            database.busy_timeout(std::time::Duration::from_secs(5))?;
            database.pragma_update(None, "journal_mode", "WAL")?;
            database.pragma_update(None, "synchronous", "FULL")?;
            database.pragma_update(None, "foreign_keys", true)?;
            Ok(database)
        };
        let mut database = seen().map_err(|e| failed(path, &e))?;
        let refused = |reason: String| Error::Store { path: path.to_owned(), reason };
        match upgraded(&mut database).map_err(|e| failed(path, &e))? {
            VERSION => {}
            0 => return Err(refused("it is no memory of `watch`; take another folder".to_owned())),
            other => {
                let way = "take a newer program, or another folder";
                return Err(refused(format!("it has the form {other}, this program reads the forms up to {VERSION}; {way}")));
            }
        }
        Ok(Self { database, path: path.to_owned() })
    }

    pub(super) fn told<T>(&self, result: std::result::Result<T, rusqlite::Error>) -> Result<T> {
        result.map_err(|e| failed(&self.path, &e))
    }

    /// Where a feed has moved to, and its `ETag` and `Last-Modified`.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn feed(&self, url: &str) -> Result<(Option<String>, Option<String>, Option<String>)> {
        let row = self
            .database
            .query_row("SELECT moved_to, etag, last_modified FROM feed WHERE url = ?1", [url], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)));
        Ok(self.told(row.optional())?.unwrap_or_default())
    }

    /// Keeps what a feed answered.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn keep_feed(&self, url: &str, moved_to: Option<&str>, etag: Option<&str>, last_modified: Option<&str>) -> Result<()> {
        let sql = "INSERT INTO feed VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (url) DO UPDATE SET etag = ?2, last_modified = ?3, moved_to = coalesce(?4, moved_to)";
        self.told(self.database.execute(sql, params![url, etag, last_modified, moved_to])).map(drop)
    }

    /// The newest version of an article.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn known(&self, key: &str) -> Result<Option<Known>> {
        let sql = "SELECT version, entry, text FROM article WHERE key = ?1 ORDER BY version DESC LIMIT 1";
        let row = self
            .database
            .query_row(sql, [key], |r| Ok(Known { version: r.get(0)?, entry: r.get::<_, i64>(1)?.cast_unsigned(), text: r.get(2)? }));
        self.told(row.optional())
    }

    /// An article was fetched in vain; how often that was so for this form of its entry.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn failed_again(&self, key: &str, entry: u64) -> Result<u32> {
        let sql = "INSERT INTO attempt VALUES (?1, ?2, 1)
            ON CONFLICT (key) DO UPDATE SET times = CASE WHEN entry = ?2 THEN times + 1 ELSE 1 END, entry = ?2 RETURNING times";
        self.told(self.database.query_row(sql, params![key, entry.cast_signed()], |r| r.get(0)))
    }

    /// Keeps an article as the next version of `key`; its id is the document's, with `#2` and so on for later versions.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn keep(&mut self, key: &str, entry: u64, feed: &str, document: &Document) -> Result<u32> {
        let kept = (|| {
            let change = self.database.transaction()?;
            let version: u32 = change.query_row("SELECT coalesce(max(version), 0) + 1 FROM article WHERE key = ?1", [key], |r| r.get(0))?;
            let mut id = if version == 1 { document.id.clone() } else { format!("{}#{version}", document.id) };
            let taken = |id: &str| change.query_row("SELECT 1 FROM article WHERE id = ?1", [id], |_| Ok(())).optional();
            let mut more = version.max(2);
            while taken(&id)?.is_some() {
                id = format!("{}#{more}", document.id);
                more += 1;
            }
            let date = document.page_date.map(|d| d.to_string());
            let stated = document.stated.as_ref().and_then(|s| serde_json::to_string(s).ok());
            let sql = "INSERT INTO article (key, version, id, feed, url, title, publisher, page_date, text, entry, stated)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
            let Document { url, title, publisher, text, .. } = document;
            change.execute(sql, params![key, version, id, feed, url, title, publisher, date, text, entry.cast_signed(), stated])?;
            change.execute("DELETE FROM attempt WHERE key = ?1", [key])?;
            change.commit()?;
            Ok(version)
        })();
        self.told(kept)
    }

    /// The entry of an article was told in other words, but its text is the same.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn keep_entry(&self, key: &str, entry: u64) -> Result<()> {
        let sql = "UPDATE article SET entry = ?2 WHERE key = ?1 AND version = (SELECT max(version) FROM article WHERE key = ?1)";
        self.told(self.database.execute(sql, params![key, entry.cast_signed()])).map(drop)
    }

    /// Articles that were not told yet, in their order.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn untold(&self) -> Result<Vec<i64>> {
        let numbers = (|| {
            let mut query = self.database.prepare("SELECT number FROM article WHERE told = 0 ORDER BY number")?;
            let rows = query.query_map([], |r| r.get(0))?;
            rows.collect()
        })();
        self.told(numbers)
    }

    /// The newest `most` articles, in their order.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn newest(&self, most: usize) -> Result<Vec<SeenArticle>> {
        let wanted = "number IN (SELECT number FROM article ORDER BY number DESC LIMIT ?1) ORDER BY number";
        self.articles(wanted, [i64::try_from(most).unwrap_or(i64::MAX)])
    }

    /// The `most` articles that come after the one of this number, in their order.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn after(&self, number: i64, most: usize) -> Result<Vec<SeenArticle>> {
        self.articles("number > ?1 ORDER BY number LIMIT ?2", [number, i64::try_from(most).unwrap_or(i64::MAX)])
    }

    fn articles(&self, wanted: &str, parameters: impl rusqlite::Params) -> Result<Vec<SeenArticle>> {
        let read = || {
            let columns = "number, key, version, feed, id, url, title, publisher, page_date, text, stated";
            let mut query = self.database.prepare_cached(&format!("SELECT {columns} FROM article WHERE {wanted}"))?;
            query.query_map(parameters, article)?.collect()
        };
        self.told(read())
    }

    /// How many bytes of an output are certain.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn written(&self, output: &str) -> Result<Option<u64>> {
        let row = self.database.query_row("SELECT bytes FROM output WHERE path = ?1", [output], |r| r.get::<_, i64>(0));
        Ok(self.told(row.optional())?.map(i64::cast_unsigned))
    }

    /// These articles were told, with all that follows from it; all of it or nothing.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn tell(&mut self, told: &Told<'_>) -> Result<()> {
        let kept = (|| {
            let change = self.database.transaction()?;
            for number in told.numbers {
                change.execute("UPDATE article SET told = 1 WHERE number = ?1", [number])?;
            }
            if let Some((path, bytes)) = told.output {
                keep_written(&change, path, bytes)?;
            }
            if let Some((path, number)) = told.indexed {
                change.execute("INSERT OR REPLACE INTO indexed VALUES (?1, ?2)", params![path, number])?;
            }
            for notice in told.notices {
                let sql = "INSERT INTO notice (target, id, body) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
                change.execute(sql, params![notice.target, notice.id, notice.body])?;
            }
            change.commit()
        })();
        self.told(kept)
    }
}

/// Brings an empty file, or one of an older form, to the form of this program, in one transaction; the form that it has then.
fn upgraded(database: &mut Connection) -> rusqlite::Result<i64> {
    let change = Transaction::new(database, TransactionBehavior::Immediate)?;
    let version: i64 = change.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let tables: i64 = change.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if !(0..VERSION).contains(&version) || version == 0 && tables > 0 {
        return Ok(version);
    }
    for (step, number) in STEPS.iter().zip(1..).skip(usize::try_from(version).unwrap_or(0)) {
        change.execute_batch(step)?;
        change.pragma_update(None, "user_version", number)?;
    }
    change.commit()?;
    Ok(VERSION)
}

/// What is kept of articles that were told.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told<'a> {
    /// Their numbers.
    pub numbers: &'a [i64],
    /// The output in which they stand, and how many bytes of it are certain now.
    pub output: Option<(&'a str, u64)>,
    /// The index that has them, and the number of the last article that it has.
    pub indexed: Option<(&'a str, i64)>,
    /// What is to be sent of them.
    pub notices: &'a [NewNotice],
}

pub(super) fn keep_written(change: &Transaction<'_>, path: &str, bytes: u64) -> rusqlite::Result<()> {
    change.execute("INSERT OR REPLACE INTO output VALUES (?1, ?2)", params![path, bytes.cast_signed()]).map(drop)
}

fn article(row: &Row<'_>) -> rusqlite::Result<SeenArticle> {
    let date: Option<String> = row.get(8)?;
    let stated: Option<String> = row.get(10)?;
    let document = Document {
        id: row.get(4)?,
        path: None,
        url: row.get(5)?,
        title: row.get(6)?,
        publisher: row.get(7)?,
        page_date: date.and_then(|d| d.parse().ok()),
        text: row.get(9)?,
        stated: stated.and_then(|s| serde_json::from_str(&s).ok()),
    };
    Ok(SeenArticle { number: row.get(0)?, key: row.get(1)?, version: row.get(2)?, feed: row.get(3)?, document })
}

fn failed(path: &Path, error: &rusqlite::Error) -> Error {
    let way = match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt) => {
            "; it is damaged: take another folder, or put back a copy"
        }
        _ => "",
    };
    Error::Store { path: path.to_owned(), reason: format!("{error}{way}") }
}
