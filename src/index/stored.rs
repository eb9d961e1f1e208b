//! Rows of documents: written whole, read back with their checksum.

use super::schema::failed;
use super::sketch::Sketch;
use crate::document::Document;
use crate::error::{Error, Result};
use crate::keys::Glance;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use std::path::Path;
use xxhash_rust::xxh3::Xxh3;

/// Level of packing: half the time of the usual one for a twentieth more bytes.
const LEVEL: i32 = 1;

/// What is known of a document beside its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRow {
    /// In the order in which documents were added, from 1; never used again.
    pub number: i64,
    /// Its id.
    pub id: String,
    /// Its address.
    pub url: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The day that it is stamped with.
    pub page_date: Option<String>,
    /// When it was added, in seconds since 1970.
    pub added: i64,
    /// Words of its text.
    pub words: u32,
    /// Whether it is compared with others: walls, error pages and very short texts are not.
    pub article: bool,
    /// Agencies that its text names as its source, strongest first.
    pub agencies: Vec<String>,
    /// The document with the very same words that was there before.
    pub copy_of: Option<i64>,
    /// Its cluster: of one that stands alone its own number.
    pub cluster: i64,
    pub(super) exact: [u8; 16],
    pub(super) glance: Glance,
    /// What the page states of itself, as JSON.
    stated: Option<String>,
}

const COLUMNS: &str =
    "number, id, url, title, publisher, page_date, added, words, article, agencies, copy_of, cluster, exact, glance, stated, sum";

/// Separates agencies in a row; no name has it.
const BETWEEN: char = '\n';

impl StoredRow {
    /// What tells whether a row is as it was written. The cluster is no part of it: it changes with others.
    fn sum(&self) -> i64 {
        let mut hash = Xxh3::new();
        let mut put = |part: &[u8]| {
            hash.update(&(part.len() as u64).to_le_bytes());
            hash.update(part);
        };
        put(&self.number.to_le_bytes());
        put(self.id.as_bytes());
        for text in [&self.url, &self.title, &self.publisher, &self.page_date] {
            put(text.as_deref().unwrap_or("\0").as_bytes());
        }
        put(&self.added.to_le_bytes());
        put(&self.words.to_le_bytes());
        put(&[u8::from(self.article)]);
        for agency in &self.agencies {
            put(agency.as_bytes());
        }
        put(self.stated.as_deref().unwrap_or("\0").as_bytes());
        put(&self.exact);
        put(&self.glance.0);
        hash.digest().cast_signed()
    }

    /// The document, with its text.
    pub(super) fn document(&self, text: String) -> Document {
        Document {
            id: self.id.clone(),
            path: None,
            url: self.url.clone(),
            title: self.title.clone(),
            publisher: self.publisher.clone(),
            page_date: self.page_date.as_ref().and_then(|d| d.parse().ok()),
            text,
            stated: self.stated.as_deref().and_then(|s| serde_json::from_str(s).ok()),
        }
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Option<Self>> {
        let agencies: String = row.get(9)?;
        let (Ok(exact), Ok(glance)) = (row.get::<_, Vec<u8>>(12)?.try_into(), row.get::<_, Vec<u8>>(13)?.try_into()) else {
            return Ok(None);
        };
        let found = Self {
            number: row.get(0)?,
            id: row.get(1)?,
            url: row.get(2)?,
            title: row.get(3)?,
            publisher: row.get(4)?,
            page_date: row.get(5)?,
            added: row.get(6)?,
            words: row.get(7)?,
            article: row.get(8)?,
            agencies: agencies.split(BETWEEN).filter(|a| !a.is_empty()).map(str::to_owned).collect(),
            copy_of: row.get(10)?,
            cluster: row.get(11)?,
            exact,
            glance: Glance(glance),
            stated: row.get(14)?,
        };
        Ok((row.get::<_, i64>(15)? == found.sum()).then_some(found))
    }
}

/// Rows of documents in a file.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) database: &'a Connection,
    pub(super) path: &'a Path,
}

impl Rows<'_> {
    fn one(&self, wanted: &str, parameter: impl rusqlite::ToSql) -> Result<Option<StoredRow>> {
        let sql = format!("SELECT {COLUMNS} FROM document WHERE {wanted}");
        let read = || self.database.prepare_cached(&sql)?.query_row([parameter], StoredRow::read).optional();
        match read().map_err(|e| failed(self.path, e))? {
            None => Ok(None),
            Some(Some(row)) => Ok(Some(row)),
            Some(None) => Err(failed(self.path, "is damaged: the row of a document is not as it was written; run `wirecopy index check`")),
        }
    }

    /// All rows that `wanted` chooses, in their order.
    pub(super) fn all(&self, wanted: &str, parameters: impl rusqlite::Params) -> Result<Vec<StoredRow>> {
        let read = || {
            let mut query = self.database.prepare_cached(&format!("SELECT {COLUMNS} FROM document WHERE {wanted}"))?;
            let rows = query.query_map(parameters, StoredRow::read)?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        let rows = read().map_err(|e| failed(self.path, e))?;
        let whole: Option<Vec<StoredRow>> = rows.into_iter().collect();
        whole.ok_or_else(|| failed(self.path, "is damaged: the row of a document is not as it was written; run `wirecopy index check`"))
    }

    pub(super) fn by_number(&self, number: i64) -> Result<Option<StoredRow>> {
        self.one("number = ?1", number)
    }

    pub(super) fn by_id(&self, id: &str) -> Result<Option<StoredRow>> {
        self.one("id = ?1", id)
    }

    /// The first document of the very same words.
    pub(super) fn first_of(&self, exact: &[u8; 16]) -> Result<Option<StoredRow>> {
        self.one("exact = ?1 AND copy_of IS NULL AND article = 1", exact.as_slice())
    }

    /// The text of a document, packed.
    pub(super) fn packed(&self, number: i64) -> Result<Vec<u8>> {
        let packed = (|| -> rusqlite::Result<Vec<u8>> {
            self.database.prepare_cached("SELECT packed FROM content WHERE number = ?1")?.query_row([number], |r| r.get(0))
        })();
        packed.map_err(|e| failed(self.path, format!("the text of document {number} cannot be read: {e}")))
    }

    /// A document with its text.
    pub(super) fn document(&self, row: &StoredRow) -> Result<Document> {
        let text = unpacked(&self.packed(row.number)?).ok_or_else(|| text_damaged(self.path, row.number))?;
        Ok(row.document(text))
    }
}

/// The error of a file in which a text is not as it was written.
pub(super) fn text_damaged(path: &Path, number: i64) -> Error {
    failed(path, format!("is damaged: the text of document {number} is not as it was written"))
}

/// A text, packed, with its length and checksum.
pub(super) fn packed(text: &str) -> Vec<u8> {
    let mut out = (text.len() as u32).to_le_bytes().to_vec();
    out.extend(zstd::bulk::compress(text.as_bytes(), LEVEL).unwrap_or_default());
    super::postings::summed(&out)
}

/// The text, if it is whole.
pub(super) fn unpacked(packed: &[u8]) -> Option<String> {
    let (length, rest) = super::postings::checked(packed)?.split_first_chunk::<4>()?;
    let length = u32::from_le_bytes(*length) as usize;
    let bytes = zstd::bulk::decompress(rest, length).ok().filter(|b| b.len() == length)?;
    String::from_utf8(bytes).ok()
}

/// Writes a new document; its number.
pub(super) fn insert(
    change: &Transaction<'_>,
    id: &str,
    document: &Document,
    sketch: &Sketch,
    packed: &[u8],
    copy_of: Option<(i64, i64)>,
    now: i64,
) -> rusqlite::Result<StoredRow> {
    let sql =
        "INSERT INTO document (id, url, title, publisher, page_date, added, words, article, agencies, copy_of, cluster, exact, glance, stated,
        sum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 0)";
    let mut row = StoredRow {
        number: 0,
        id: id.to_owned(),
        url: document.url.clone(),
        title: document.title.clone(),
        publisher: document.publisher.clone(),
        page_date: document.page_date.map(|d| d.to_string()),
        added: now,
        words: sketch.brief.words,
        article: sketch.article,
        agencies: sketch.agencies.iter().map(|a| a.replace(BETWEEN, " ")).collect(),
        copy_of: copy_of.map(|c| c.0),
        cluster: copy_of.map_or(0, |c| c.1),
        exact: sketch.brief.exact,
        glance: sketch.brief.glance,
        stated: document.stated.as_ref().and_then(|s| serde_json::to_string(s).ok()),
    };
    let agencies = row.agencies.join("\n");
    row.number = change.prepare_cached(sql)?.insert(params![
        row.id,
        row.url,
        row.title,
        row.publisher,
        row.page_date,
        now,
        row.words,
        row.article,
        agencies,
        row.copy_of,
        row.cluster,
        row.exact.as_slice(),
        row.glance.0.as_slice(),
        row.stated
    ])?;
    if copy_of.is_none() {
        row.cluster = row.number;
    }
    change.prepare_cached("UPDATE document SET cluster = ?2, sum = ?3 WHERE number = ?1")?.execute(params![
        row.number,
        row.cluster,
        row.sum()
    ])?;
    change.prepare_cached("INSERT INTO content VALUES (?1, ?2)")?.execute(params![row.number, packed])?;
    Ok(row)
}
