//! What a glance at a document needs, in one short row: so that a pair which shares some keys by chance is ruled out before a text is
//! unpacked.

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
        Self::each(database, path, &[number], &mut |_, packed| found = Some(Self::decode(packed)))?;
        found.map(|brief| brief.ok_or_else(|| Self::damaged(path))).transpose()
    }

    /// Tells the rows of the documents that are there, by their numbers, which are given in their order. Such as stand close together
    /// are read in one go.
    pub(super) fn each(database: &Connection, path: &Path, numbers: &[i64], take: &mut dyn FnMut(i64, &[u8])) -> Result<()> {
        /// How far apart they stand at most, and how many there are at least.
        const NEAR: usize = 8;
        let mut read = || -> rusqlite::Result<()> {
            let mut one = database.prepare_cached("SELECT number, packed FROM brief WHERE number = ?1")?;
            let mut many = database.prepare_cached("SELECT number, packed FROM brief WHERE number BETWEEN ?1 AND ?2 ORDER BY number")?;
            for near in numbers.chunk_by(|x, y| y - x <= NEAR as i64) {
                if near.len() < NEAR {
                    for number in near {
                        let mut rows = one.query([number])?;
                        while let Some(row) = rows.next()? {
                            take(*number, row.get_ref(1)?.as_blob()?);
                        }
                    }
                    continue;
                }
                let mut rows = many.query([near[0], near[near.len() - 1]])?;
                while let Some(row) = rows.next()? {
                    take(row.get(0)?, row.get_ref(1)?.as_blob()?);
                }
            }
            Ok(())
        };
        read().map_err(|e| failed(path, e))
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
