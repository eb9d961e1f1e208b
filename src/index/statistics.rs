//! What is usual in the collection: counted once, frozen, and a part of the file with a version and a fingerprint.

use super::postings::{checked, summed};
use super::schema::failed;
use crate::error::Result;
use crate::keys::Statistics;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

/// The statistics under which keys are made and pairs compared.
#[derive(Clone, Debug)]
pub(super) struct Frozen {
    /// 0 before anything was counted.
    pub(super) version: i64,
    pub(super) statistics: Statistics,
    /// Keys in so many documents that they are template text; sorted.
    templates: Vec<u64>,
}

impl Frozen {
    /// What is taken for usual before a collection is counted.
    fn unknown() -> Self {
        Self::without_templates(Statistics::of_news())
    }

    /// Counted words, and no key taken for template text.
    pub(super) const fn without_templates(statistics: Statistics) -> Self {
        Self { version: 0, statistics, templates: Vec::new() }
    }

    pub(super) fn is_template(&self, key: u64) -> bool {
        self.templates.binary_search(&key).is_ok()
    }

    pub(super) fn has_templates(&self) -> bool {
        !self.templates.is_empty()
    }

    /// Names what was counted, whatever its version.
    pub(super) fn fingerprint(&self) -> String {
        let mut bytes = self.stems();
        bytes.extend(self.templates.iter().flat_map(|t| t.to_le_bytes()));
        format!("{:016x}", xxh3_64(&bytes))
    }

    fn stems(&self) -> Vec<u8> {
        let row = |(stem, documents, background): (u64, u32, f32)| {
            let mut bytes = stem.to_le_bytes().to_vec();
            bytes.extend(documents.to_le_bytes());
            bytes.extend(background.to_le_bytes());
            bytes
        };
        self.statistics.rows().into_iter().flat_map(row).collect()
    }

    /// Whether a file has none of a higher version.
    pub(super) fn is_newest(&self, database: &Connection, path: &Path) -> Result<bool> {
        let newest = database.query_row("SELECT coalesce(max(version), 0) FROM statistics", [], |r| r.get::<_, i64>(0));
        Ok(newest.map_err(|e| failed(path, e))? == self.version)
    }

    /// Those of the highest version in a file.
    pub(super) fn read(database: &Connection, path: &Path) -> Result<Self> {
        let sql = "SELECT version, documents, fingerprint, stems, templates FROM statistics ORDER BY version DESC LIMIT 1";
        let row = database.query_row(sql, [], |r| {
            Ok((r.get(0)?, r.get::<_, i64>(1)?, r.get::<_, String>(2)?, r.get::<_, Vec<u8>>(3)?, r.get::<_, Vec<u8>>(4)?))
        });
        let Some((version, documents, fingerprint, stems, templates)) = row.optional().map_err(|e| failed(path, e))? else {
            return Ok(Self::unknown());
        };
        let decoded = || {
            let stems = checked(&stems)?.as_chunks::<16>().0.iter().map(|row| {
                let (stem, rest) = row.split_first_chunk::<8>()?;
                let (documents, background) = rest.split_first_chunk::<4>()?;
                Some((u64::from_le_bytes(*stem), u32::from_le_bytes(*documents), f32::from_le_bytes(background.try_into().ok()?)))
            });
            let stems: Vec<_> = stems.collect::<Option<_>>()?;
            let templates = checked(&templates)?.as_chunks::<8>().0.iter().map(|t| u64::from_le_bytes(*t)).collect();
            let statistics = Statistics::from_rows(usize::try_from(documents).ok()?, stems);
            Some(Self { version, statistics, templates }).filter(|f| f.fingerprint() == fingerprint)
        };
        decoded().ok_or_else(|| failed(path, "is damaged: its statistics cannot be read"))
    }

    /// Keeps new ones under the next version.
    pub(super) fn followed_by(
        &self,
        change: &Transaction<'_>,
        statistics: Statistics,
        templates: Vec<u64>,
        now: i64,
    ) -> rusqlite::Result<Self> {
        let new = Self { version: self.version + 1, statistics, templates };
        let templates: Vec<u8> = new.templates.iter().flat_map(|t| t.to_le_bytes()).collect();
        let row = params![
            new.version,
            now,
            i64::try_from(new.statistics.documents()).unwrap_or(i64::MAX),
            new.fingerprint(),
            summed(&new.stems()),
            summed(&templates)
        ];
        change.execute("INSERT INTO statistics VALUES (?1, ?2, ?3, ?4, ?5, ?6)", row)?;
        Ok(new)
    }
}
