//! The form of the file: its tables, how it is opened, and what is stamped on it.

use super::reason::Reason;
use crate::config::Config;
use crate::error::{Error, Result};
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, Transaction, TransactionBehavior};
use std::path::Path;
use std::time::{Duration, SystemTime};

/// `WIRE`: what the header of the file says it is.
const APPLICATION: i64 = 0x5749_5245;
/// The form that this program writes.
const VERSION: i64 = 2;

/// Each step makes the form of its number out of the one before. A step that was published is never changed.
const STEPS: [&str; 2] = [
    "
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE document (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, url TEXT, title TEXT, publisher TEXT,
        page_date TEXT, added INTEGER NOT NULL, words INTEGER NOT NULL, article INTEGER NOT NULL, exact BLOB NOT NULL, glance BLOB NOT NULL,
        agencies TEXT NOT NULL, copy_of INTEGER, cluster INTEGER NOT NULL, stated TEXT, sum INTEGER NOT NULL) STRICT;
    CREATE INDEX document_first ON document (exact) WHERE copy_of IS NULL AND article = 1;
    CREATE INDEX document_copy ON document (copy_of) WHERE copy_of IS NOT NULL;
    CREATE INDEX document_cluster ON document (cluster);
    CREATE INDEX document_added ON document (added);
    CREATE INDEX document_url ON document (url) WHERE url IS NOT NULL;
    CREATE TABLE content (number INTEGER PRIMARY KEY, packed BLOB NOT NULL) STRICT;
    CREATE TABLE fresh_key (key INTEGER NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (key, document)) STRICT, WITHOUT ROWID;
    CREATE TABLE segment (number INTEGER PRIMARY KEY AUTOINCREMENT, level INTEGER NOT NULL, first_chunk INTEGER NOT NULL,
        row_count INTEGER NOT NULL, fences BLOB NOT NULL) STRICT;
    CREATE TABLE chunk (number INTEGER PRIMARY KEY AUTOINCREMENT, packed BLOB NOT NULL) STRICT;
    CREATE TABLE removed (number INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE link (a INTEGER NOT NULL, b INTEGER NOT NULL, relation TEXT NOT NULL, probability REAL NOT NULL, jaccard REAL NOT NULL,
        containment_a REAL NOT NULL, containment_b REAL NOT NULL, tie INTEGER NOT NULL, copied BLOB, sum INTEGER NOT NULL,
        PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID;
    CREATE INDEX link_b ON link (b);
    CREATE TABLE merged (cluster INTEGER PRIMARY KEY, kept INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
    CREATE TABLE statistics (version INTEGER PRIMARY KEY, at INTEGER NOT NULL, documents INTEGER NOT NULL, fingerprint TEXT NOT NULL,
        stems BLOB NOT NULL, templates BLOB NOT NULL) STRICT;
",
    "CREATE TABLE brief (number INTEGER PRIMARY KEY, packed BLOB NOT NULL) STRICT;",
];

/// The setting that says that the keys of a file are of an older form and must be made again.
const OLD_KEYS: &str = "old_keys";

/// Whether the keys of a file must be made again.
pub(super) fn has_old_keys(database: &Connection, path: &Path) -> Result<bool> {
    let found = database.query_row("SELECT 1 FROM setting WHERE name = ?1", [OLD_KEYS], |_| Ok(())).optional();
    Ok(found.map_err(|e| failed(path, e))?.is_some())
}

/// The keys of a file were made again.
pub(super) fn keys_are_new(change: &Transaction<'_>) -> rusqlite::Result<()> {
    change.execute("DELETE FROM setting WHERE name = ?1", [OLD_KEYS]).map(drop)
}

/// An error of the file.
pub(super) fn failed(path: &Path, reason: impl Reason) -> Error {
    Error::Store { path: path.to_owned(), reason: reason.told() }
}

/// Why a file of an older form cannot be read: it must be changed for that.
pub(super) fn of_old_form(path: &Path, error: Error) -> Error {
    match error {
        Error::Store { reason, .. } => {
            failed(path, format!("is of an older form, and is brought to that of this program before it is read: {reason}"))
        }
        other => other,
    }
}

/// Memory for pages of the file, in KiB: of one that writes, and of each of perhaps many that read.
const WRITING: i64 = 16_384;
const READING: i64 = 8_192;

fn prepared(path: &Path, flags: OpenFlags, cache: i64) -> std::result::Result<Connection, rusqlite::Error> {
    let database = Connection::open_with_flags(path, flags)?;
    database.busy_timeout(Duration::from_secs(30))?;
    database.pragma_update(None, "foreign_keys", true)?;
    database.pragma_update(None, "cell_size_check", true)?;
    database.pragma_update(None, "cache_size", -cache)?;
    database.set_prepared_statement_cache_capacity(64);
    Ok(database)
}

/// Opens a file to be read and changed; makes it under `config` where it is not there.
#[expect(clippy::disallowed_methods, reason = "the index is one of the places where files are read")]
pub(super) fn open(path: &Path, config: Option<&Config>) -> Result<(Connection, Config)> {
    /// Bytes of the header of a database.
    const HEADER: u64 = 100;
    // SQLite takes such a file for an empty database and would begin a new one in it.
    if std::fs::metadata(path).is_ok_and(|m| m.len() > 0 && m.len() < HEADER) {
        return Err(failed(path, "is no index of wirecopy, or what is left of one; name another file"));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut database = prepared(path, flags, WRITING).map_err(|e| failed(path, e))?;
    made(&mut database, config).map_err(|e| failed(path, e))??;
    let config = checked(&database, path, config)?;
    Ok((database, config))
}

/// A file, opened to be read.
pub(super) struct Reading {
    pub(super) database: Connection,
    pub(super) config: Config,
    /// Whether it is of an older form, which can only be read when it was opened to be changed once.
    pub(super) is_old: bool,
    /// Of a file that nobody is taken to change: what it is like as long as that is so.
    pub(super) still: Option<Still>,
}

/// Opens a file that is there, to be read only.
pub(super) fn open_to_read(path: &Path) -> Result<Reading> {
    let read_only = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let broken = |e: rusqlite::Error| failed(path, e);
    let looked_at = |address: &Path, flags| {
        let database = prepared(address, flags, READING)?;
        database.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok::<Connection, rusqlite::Error>(database)
    };
    let (database, still) = match looked_at(path, read_only) {
        Ok(database) => (database, None),
        Err(error) => {
            // Readers and writers meet in a file beside the index. Where none can be made nobody changes the index, or it would be there.
            let no_meeting = matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly));
            let (Some(still), Some(path_in_address)) = (Still::of(path).filter(|_| no_meeting), in_address(path)) else {
                return Err(broken(error));
            };
            let address = format!("file:{path_in_address}?immutable=1");
            (looked_at(Path::new(&address), read_only | OpenFlags::SQLITE_OPEN_URI).map_err(broken)?, Some(still))
        }
    };
    let config = checked(&database, path, None)?;
    let version: i64 = database.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(broken)?;
    let is_old = version < VERSION || has_old_keys(&database, path)?;
    Ok(Reading { database, config, is_old, still })
}

/// What a file is like that nobody changes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Still {
    bytes: u64,
    changed: SystemTime,
}

impl Still {
    /// None of a file that is being changed, or was left in the midst of that.
    #[expect(clippy::disallowed_methods, reason = "the index is one of the places where files are read")]
    fn of(path: &Path) -> Option<Self> {
        let metadata = std::fs::metadata(path).ok()?;
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        if std::fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
            return None;
        }
        Some(Self { bytes: metadata.len(), changed: metadata.modified().ok()? })
    }

    /// Refuses to go on with a file that is not as it was.
    pub(super) fn check(&self, path: &Path) -> Result<()> {
        if Self::of(path).as_ref() == Some(self) {
            return Ok(());
        }
        Err(failed(path, "is being changed by another program, and its folder cannot be written, so that the two cannot meet; ask again"))
    }
}

/// A path as it stands in an address.
fn in_address(path: &Path) -> Option<String> {
    let path = path.to_str()?;
    Some(path.replace('%', "%25").replace('?', "%3f").replace('#', "%23"))
}

/// Brings an empty file, or one of an older form, to the form of this program, in one transaction.
fn made(database: &mut Connection, config: Option<&Config>) -> rusqlite::Result<Result<()>> {
    database.pragma_update(None, "journal_mode", "WAL")?;
    // Whatever was acknowledged is on the disk.
    database.pragma_update(None, "synchronous", "FULL")?;
    let change = Transaction::new(database, TransactionBehavior::Immediate)?;
    let version: i64 = change.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let tables: i64 = change.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if version >= VERSION || (version == 0 && tables > 0) {
        return Ok(Ok(()));
    }
    for (step, number) in STEPS.iter().zip(1..).skip(usize::try_from(version).unwrap_or(0)) {
        change.execute_batch(step)?;
        change.pragma_update(None, "user_version", number)?;
    }
    if version > 0 {
        change.execute("INSERT OR REPLACE INTO setting VALUES (?1, '1')", [OLD_KEYS])?;
    }
    if version == 0 {
        let config = config.cloned().unwrap_or_else(Config::news_corpus);
        if let Err(error) = config.check() {
            return Ok(Err(error));
        }
        change.pragma_update(None, "application_id", APPLICATION)?;
        let stamp = stamped(&config);
        let value = serde_json::to_string(&stamp).unwrap_or_default();
        for (name, value) in [("config", value), ("fingerprint", stamp.fingerprint()), ("made_by", env!("CARGO_PKG_VERSION").to_owned())] {
            change.execute("INSERT INTO setting VALUES (?1, ?2)", [name, &value])?;
        }
    }
    change.commit()?;
    Ok(Ok(()))
}

/// The settings that the rows of a file depend on: not the names of fields in records.
fn stamped(config: &Config) -> Config {
    Config {
        id_field: None,
        text_field: None,
        date_field: None,
        title_field: None,
        url_field: None,
        publisher_field: None,
        ..config.clone()
    }
}

/// The settings of a file, if it is an index of this form made under `config`.
fn checked(database: &Connection, path: &Path, config: Option<&Config>) -> Result<Config> {
    let number = |name| database.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).map_err(|e| failed(path, e));
    if number("application_id")? != APPLICATION {
        return Err(failed(path, "is no index of wirecopy; name another file"));
    }
    let version = number("user_version")?;
    if version > VERSION {
        return Err(failed(
            path,
            format!("has the form {version} and this program reads forms up to {VERSION}; use the program that made it, or a newer one"),
        ));
    }
    let read =
        |name: &str| database.query_row("SELECT value FROM setting WHERE name = ?1", [name], |row| row.get::<_, String>(0)).optional();
    let damaged = || failed(path, "is damaged: it does not say with which settings it was made");
    let stored: Config = read("config")
        .map_err(|e| failed(path, e))?
        .and_then(|text| serde_json::from_str(&text).ok())
        .filter(|c: &Config| c.check().is_ok())
        .ok_or_else(damaged)?;
    let fingerprint = read("fingerprint").map_err(|e| failed(path, e))?.ok_or_else(damaged)?;
    if stored.fingerprint() != fingerprint {
        return Err(damaged());
    }
    if let Some(asked) = config.map(stamped).filter(|asked| asked.fingerprint() != fingerprint) {
        return Err(failed(
            path,
            format!(
                "was made with other settings (fingerprint {fingerprint}, asked for {}); leave the settings out, or make a new index",
                asked.fingerprint()
            ),
        ));
    }
    Ok(stored)
}
