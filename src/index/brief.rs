//! What a glance at a document needs, in one short row: so that a pair which shares some keys by chance is ruled out before a text is
//! unpacked.

use super::packed::Table;
use super::postings::{checked, summed};
use super::schema::failed;
use super::topic::Topic;
use crate::error::{Error, Result};
use crate::keys::Glance;
use rusqlite::{Connection, Transaction, params};
use std::path::Path;

/// Of a document that is compared with others. 284 bytes in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Brief {
    /// Number of words of the whole text.
    pub(super) words: u32,
    /// 128-bit hash of the words.
    pub(super) exact: [u8; 16],
    pub(super) glance: Glance,
    /// What it is about; nothing where comparisons ask for words only.
    pub(super) topic: Topic,
}

impl Brief {
    pub(super) fn write(&self, change: &Transaction<'_>, number: i64) -> rusqlite::Result<()> {
        let mut bytes = self.words.to_le_bytes().to_vec();
        bytes.extend(self.exact);
        bytes.extend(self.glance.0);
        self.topic.encode(&mut bytes);
        change.prepare_cached("INSERT OR REPLACE INTO brief VALUES (?1, ?2)")?.execute(params![number, summed(&bytes)]).map(drop)
    }

    /// That of a document; nothing where it is not there, or not compared with others.
    pub(super) fn read(database: &Connection, path: &Path, number: i64) -> Result<Option<Self>> {
        let mut found = None;
        let take = &mut |_, packed: &[u8]| found = Some(Self::decode(packed));
        Table::Brief.each(database, &[number], take).map_err(|e| failed(path, e))?;
        found.map(|brief| brief.ok_or_else(|| Self::damaged(path))).transpose()
    }

    /// The error of a file that has a row of this kind which is not as it was written.
    pub(super) fn damaged(path: &Path) -> Error {
        failed(path, "is damaged: what is kept of a document for comparisons cannot be read; run `wirecopy index check`")
    }

    pub(super) fn decode(packed: &[u8]) -> Option<Self> {
        let (words, rest) = checked(packed)?.split_first_chunk::<4>()?;
        let (exact, rest) = rest.split_first_chunk::<16>()?;
        let (glance, rest) = rest.split_first_chunk::<{ Glance::VALUES }>()?;
        Some(Self { words: u32::from_le_bytes(*words), exact: *exact, glance: Glance(*glance), topic: Topic::decode(rest)? })
    }
}
