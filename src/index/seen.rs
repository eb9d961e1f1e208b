//! The memory of `watch`.

use crate::document::Document;
use crate::error::{Error, Result};
use rusqlite::{Connection, OptionalExtension, params};
use std::path::{Path, PathBuf};

/// The form of the file; another one is refused.
const VERSION: i64 = 2;

const TABLES: &str = "
    CREATE TABLE feed (url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, moved_to TEXT) STRICT, WITHOUT ROWID;
    CREATE TABLE article (number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, version INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
        feed TEXT NOT NULL, url TEXT, title TEXT, publisher TEXT, page_date TEXT, text TEXT NOT NULL, entry INTEGER NOT NULL,
        told INTEGER NOT NULL DEFAULT 0, stated TEXT, UNIQUE (key, version)) STRICT;
    CREATE INDEX untold ON article (number) WHERE told = 0;
    CREATE TABLE attempt (key TEXT PRIMARY KEY, entry INTEGER NOT NULL, times INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE output (path TEXT PRIMARY KEY, bytes INTEGER NOT NULL) STRICT, WITHOUT ROWID;
";

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
    database: Connection,
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
        let version: i64 = database.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(|e| failed(path, &e))?;
        match version {
            VERSION => {}
            // the form before had no place for what pages say beside their text
            1 => {
                let upgraded = database.transaction().and_then(|t| {
                    t.execute_batch("ALTER TABLE article ADD COLUMN stated TEXT")?;
                    t.pragma_update(None, "user_version", VERSION)?;
                    t.commit()
                });
                upgraded.map_err(|e| failed(path, &e))?;
            }
            0 => {
                let made = database.transaction().and_then(|t| {
                    t.execute_batch(TABLES)?;
                    t.pragma_update(None, "user_version", VERSION)?;
                    t.commit()
                });
                made.map_err(|e| failed(path, &e))?;
            }
            other => {
                let reason = format!("it has the form {other}, this program reads {VERSION}; take another folder");
                return Err(Error::Store { path: path.to_owned(), reason });
            }
        }
        Ok(Self { database, path: path.to_owned() })
    }

    fn told<T>(&self, result: std::result::Result<T, rusqlite::Error>) -> Result<T> {
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
        let articles = (|| {
            let mut query = self.database.prepare(
                "SELECT number, key, version, feed, id, url, title, publisher, page_date, text, stated
                FROM (SELECT * FROM article ORDER BY number DESC LIMIT ?1) ORDER BY number",
            )?;
            let rows = query.query_map([i64::try_from(most).unwrap_or(i64::MAX)], |r| {
                let date: Option<String> = r.get(8)?;
                let stated: Option<String> = r.get(10)?;
                let document = Document {
                    id: r.get(4)?,
                    path: None,
                    url: r.get(5)?,
                    title: r.get(6)?,
                    publisher: r.get(7)?,
                    page_date: date.and_then(|d| d.parse().ok()),
                    text: r.get(9)?,
                    stated: stated.and_then(|s| serde_json::from_str(&s).ok()),
                };
                Ok(SeenArticle { number: r.get(0)?, key: r.get(1)?, version: r.get(2)?, feed: r.get(3)?, document })
            })?;
            rows.collect()
        })();
        self.told(articles)
    }

    /// How many bytes of an output are certain.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn written(&self, output: &str) -> Result<Option<u64>> {
        let row = self.database.query_row("SELECT bytes FROM output WHERE path = ?1", [output], |r| r.get::<_, i64>(0));
        Ok(self.told(row.optional())?.map(i64::cast_unsigned))
    }

    /// The articles up to `number` were told; `output` names where, and how many bytes that has now.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn tell(&mut self, numbers: &[i64], output: Option<(&str, u64)>) -> Result<()> {
        let told = (|| {
            let change = self.database.transaction()?;
            for number in numbers {
                change.execute("UPDATE article SET told = 1 WHERE number = ?1", [number])?;
            }
            if let Some((path, bytes)) = output {
                change.execute("INSERT OR REPLACE INTO output VALUES (?1, ?2)", params![path, bytes.cast_signed()])?;
            }
            change.commit()
        })();
        self.told(told)
    }
}

fn failed(path: &Path, error: &rusqlite::Error) -> Error {
    Error::Store { path: path.to_owned(), reason: error.to_string() }
}
