//! What `watch` is still to send, and up to where an index has its articles.

use super::seen::{Seen, keep_written};
use crate::error::Result;
use rusqlite::{OptionalExtension, params};

/// What is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNotice {
    /// To whom: an address, or a file.
    pub target: String,
    /// By which the receiver knows it again, should it come twice.
    pub id: String,
    /// JSON.
    pub body: String,
}

/// What was not sent yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// In the order in which they were made.
    pub number: i64,
    /// By which the receiver knows it again.
    pub id: String,
    /// JSON.
    pub body: String,
    /// How often sending it failed.
    pub tries: u32,
}

impl Seen {
    /// The name of this file, which no other has.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store).
    pub fn name(&self) -> Result<String> {
        self.told(self.database.query_row("SELECT value FROM setting WHERE name = 'name'", [], |r| r.get(0)))
    }

    /// The number of the last article that an index has of this file; 0 for none.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store).
    pub fn indexed(&self, index: &str) -> Result<i64> {
        let row = self.database.query_row("SELECT number FROM indexed WHERE path = ?1", [index], |r| r.get(0));
        Ok(self.told(row.optional())?.unwrap_or(0))
    }

    /// The first `most` notices for `target` after number `after` that were not sent yet.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store).
    pub fn notices(&self, target: &str, after: i64, most: usize) -> Result<Vec<Notice>> {
        let read = || {
            let sql = "SELECT number, id, body, tries FROM notice WHERE target = ?1 AND number > ?2 ORDER BY number LIMIT ?3";
            let mut query = self.database.prepare_cached(sql)?;
            let rows = query.query_map(params![target, after, i64::try_from(most).unwrap_or(i64::MAX)], |r| {
                Ok(Notice { number: r.get(0)?, id: r.get(1)?, body: r.get(2)?, tries: r.get(3)? })
            })?;
            rows.collect()
        };
        self.told(read())
    }

    /// Those who are still to be told something, and how many notices wait for each.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store).
    pub fn waiting(&self) -> Result<Vec<(String, u64)>> {
        let read = || {
            let mut query = self.database.prepare_cached("SELECT target, count(*) FROM notice GROUP BY target ORDER BY target")?;
            query.query_map([], |r| Ok((r.get(0)?, r.get::<_, i64>(1)?.cast_unsigned())))?.collect()
        };
        self.told(read())
    }

    /// These notices have arrived; `output` is the file that they stand in, and how many bytes of it are certain now.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store).
    pub fn sent(&mut self, numbers: &[i64], output: Option<(&str, u64)>) -> Result<()> {
        let kept = (|| {
            let change = self.database.transaction()?;
            for number in numbers {
                change.execute("DELETE FROM notice WHERE number = ?1", [number])?;
            }
            if let Some((path, bytes)) = output {
                keep_written(&change, path, bytes)?;
            }
            change.commit()
        })();
        self.told(kept)
    }

    /// A notice was sent in vain.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store).
    pub fn not_sent(&self, number: i64) -> Result<()> {
        self.told(self.database.execute("UPDATE notice SET tries = tries + 1 WHERE number = ?1", [number])).map(drop)
    }
}
