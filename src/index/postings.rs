//! Keys and the documents that have them: a tree for the newest rows, and sorted runs of packed chunks for all others.
//!
//! Runs are merged when there are six of one level, so that each row is written a few times however large the index grows (a
//! log-structured merge tree: `O'Neil` et al. 1996).

use super::filters::Filters;
use super::schema::failed;
use crate::error::Result;
use crate::keys::KeyKind;
use rusqlite::{Connection, Transaction, params};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// Bits of a key beside its kind: among 10^8 rows chance adds one row to a hundred documents' keys, and every pair is verified.
const BITS: u32 = 40;
/// Rows of a chunk.
pub(super) const CHUNK: usize = 256;
/// Rows from which a change becomes a run of its own.
const RUN: usize = 100_000;
/// Rows that the tree of the newest holds at most.
const FRESH: u64 = 400_000;
/// Runs of one level that are merged.
const FANOUT: usize = 6;

/// A key and a document that has it.
pub(super) type Row = (u64, u32);

/// The value under which a key stands.
pub(super) const fn key(kind: KeyKind, hash: u64) -> u64 {
    ((kind as u64) << BITS) | (hash >> (64 - BITS))
}

/// The kind of a key, as a number.
pub(super) const fn kind_of(key: u64) -> usize {
    (key >> BITS) as usize
}

/// A sorted run of rows.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) number: i64,
    level: i64,
    pub(super) first_chunk: i64,
    pub(super) rows: u64,
    /// The first key of each chunk.
    pub(super) fences: Vec<u64>,
}

/// The runs of a file.
#[derive(Debug, Default)]
pub(super) struct Postings {
    pub(super) runs: Vec<Run>,
    /// Rows in the tree of the newest, where they were counted.
    fresh: Option<u64>,
    /// By which keys that are in no run are told.
    pub(super) filters: Option<Arc<Filters>>,
}

impl Postings {
    pub(super) fn open(database: &Connection, path: &Path) -> Result<Self> {
        let mut postings = Self::default();
        postings.reopen(database, path)?;
        Ok(postings)
    }

    /// Reads all anew.
    pub(super) fn reopen(&mut self, database: &Connection, path: &Path) -> Result<()> {
        (self.runs, self.fresh) = (Vec::new(), None);
        self.follow(database, path)?;
        self.count_fresh(database).map(drop).map_err(|e| failed(path, e))
    }

    /// Reads the runs that came since, forgets those that are gone, and whether there is anything in the tree of the newest. A run never
    /// changes, and its number is never given again.
    pub(super) fn follow(&mut self, database: &Connection, path: &Path) -> Result<()> {
        let broken = |e: rusqlite::Error| failed(path, e);
        let there: Vec<i64> = {
            let mut query = database.prepare_cached("SELECT number FROM segment ORDER BY number").map_err(broken)?;
            let numbers = query.query_map([], |r| r.get(0)).map_err(broken)?;
            numbers.collect::<rusqlite::Result<_>>().map_err(broken)?
        };
        let known: Vec<i64> = self.runs.iter().map(|run| run.number).collect();
        self.runs.retain(|run| there.binary_search(&run.number).is_ok());
        for number in there.into_iter().filter(|number| !known.contains(number)) {
            self.runs.push(Run::read(database, path, number)?);
        }
        self.runs.sort_by_key(|run| run.number);
        let mut query = database.prepare_cached("SELECT EXISTS (SELECT 1 FROM fresh_key)").map_err(broken)?;
        let is_empty = !query.query_row([], |r| r.get::<_, bool>(0)).map_err(broken)?;
        self.fresh = is_empty.then_some(0);
        Ok(())
    }

    /// Rows in the tree of the newest.
    fn count_fresh(&mut self, database: &Connection) -> rusqlite::Result<u64> {
        let count = || database.query_row("SELECT count(*) FROM fresh_key", [], |r| r.get::<_, i64>(0)).map(i64::cast_unsigned);
        let counted = self.fresh.map_or_else(count, Ok)?;
        self.fresh = Some(counted);
        Ok(counted)
    }

    /// Whether the tree of the newest may have any rows.
    pub(super) fn has_fresh(&self) -> bool {
        self.fresh != Some(0)
    }

    /// Rows that are kept in the runs, those of removed documents too.
    pub(super) fn settled(&self) -> u64 {
        self.runs.iter().map(|r| r.rows).sum()
    }

    pub(super) fn runs(&self) -> usize {
        self.runs.len()
    }

    /// Keeps rows, sorted.
    pub(super) fn add(&mut self, change: &Transaction<'_>, rows: &[Row]) -> rusqlite::Result<()> {
        if rows.len() >= RUN {
            self.write(change, 0, rows.iter().copied())?;
        } else {
            let mut insert = change.prepare_cached("INSERT OR IGNORE INTO fresh_key VALUES (?1, ?2)")?;
            for &(key, document) in rows {
                insert.execute(params![key.cast_signed(), document])?;
            }
            self.fresh = self.fresh.map(|fresh| fresh + rows.len() as u64);
        }
        if self.count_fresh(change)? > FRESH {
            self.settle(change)?;
        }
        while let Some(level) = self.runs.iter().map(|r| r.level).find(|l| self.runs.iter().filter(|r| r.level == *l).count() >= FANOUT) {
            let (merged, rest): (Vec<Run>, Vec<Run>) = std::mem::take(&mut self.runs).into_iter().partition(|r| r.level == level);
            self.runs = rest;
            self.merge(change, level + 1, &merged)?;
        }
        Ok(())
    }

    /// Makes one run of all rows and forgets those of removed documents.
    pub(super) fn compact(&mut self, change: &Transaction<'_>) -> rusqlite::Result<()> {
        self.settle(change)?;
        let all = std::mem::take(&mut self.runs);
        let level = all.iter().map(|r| r.level).max().unwrap_or(0);
        self.merge(change, level, &all)?;
        change.execute("DELETE FROM removed", []).map(drop)
    }

    /// Forgets all rows.
    pub(super) fn clear(&mut self, change: &Transaction<'_>) -> rusqlite::Result<()> {
        change.execute_batch("DELETE FROM fresh_key; DELETE FROM segment; DELETE FROM chunk; DELETE FROM removed;")?;
        (self.runs, self.fresh) = (Vec::new(), Some(0));
        Ok(())
    }

    /// The newest rows become a run.
    fn settle(&mut self, change: &Transaction<'_>) -> rusqlite::Result<()> {
        let mut query = change.prepare("SELECT key, document FROM fresh_key ORDER BY key, document")?;
        let rows = query.query_map([], |r| Ok((r.get::<_, i64>(0)?.cast_unsigned(), r.get(1)?)))?;
        let rows: Vec<Row> = rows.collect::<rusqlite::Result<_>>()?;
        drop(query);
        if !rows.is_empty() {
            self.write(change, 0, rows.into_iter())?;
        }
        change.execute("DELETE FROM fresh_key", [])?;
        self.fresh = Some(0);
        Ok(())
    }

    fn write(&mut self, change: &Transaction<'_>, level: i64, rows: impl Iterator<Item = Row>) -> rusqlite::Result<()> {
        let mut insert = change.prepare_cached("INSERT INTO chunk (packed) VALUES (?1)")?;
        let mut run = Run { number: 0, level, first_chunk: 0, rows: 0, fences: Vec::new() };
        let mut chunk: Vec<Row> = Vec::with_capacity(CHUNK);
        let mut put = |chunk: &mut Vec<Row>, run: &mut Run| -> rusqlite::Result<()> {
            let Some(first) = chunk.first() else { return Ok(()) };
            run.fences.push(first.0);
            run.rows += chunk.len() as u64;
            let number = insert.insert([pack(chunk)])?;
            if run.fences.len() == 1 {
                run.first_chunk = number;
            }
            chunk.clear();
            Ok(())
        };
        for row in rows {
            chunk.push(row);
            if chunk.len() == CHUNK {
                put(&mut chunk, &mut run)?;
            }
        }
        put(&mut chunk, &mut run)?;
        if run.fences.is_empty() {
            return Ok(());
        }
        let fences: Vec<u8> = run.fences.iter().flat_map(|f| f.to_le_bytes()).collect();
        change.execute(
            "INSERT INTO segment (level, first_chunk, row_count, fences) VALUES (?1, ?2, ?3, ?4)",
            params![run.level, run.first_chunk, run.rows.cast_signed(), summed(&fences)],
        )?;
        run.number = change.last_insert_rowid();
        self.runs.push(run);
        Ok(())
    }

    /// Makes one run of several.
    fn merge(&mut self, change: &Transaction<'_>, level: i64, runs: &[Run]) -> rusqlite::Result<()> {
        let mut query = change.prepare("SELECT number FROM removed ORDER BY number")?;
        let removed: Vec<u32> = query.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        drop(query);
        let mut heads: Vec<Head<'_>> = runs.iter().map(|run| Head { run, chunk: 0, rows: Vec::new(), at: 0 }).collect();
        let mut damaged = None;
        let mut last = None;
        let rows = std::iter::from_fn(|| {
            loop {
                let mut least: Option<(Row, usize)> = None;
                for (i, head) in heads.iter_mut().enumerate() {
                    match head.peek(change) {
                        Ok(Some(row)) if least.is_none_or(|(l, _)| row < l) => least = Some((row, i)),
                        Ok(_) => {}
                        Err(error) => {
                            damaged = Some(error);
                            return None;
                        }
                    }
                }
                let (row, from) = least?;
                heads[from].at += 1;
                if last != Some(row) && removed.binary_search(&row.1).is_err() {
                    last = Some(row);
                    return Some(row);
                }
            }
        });
        self.write(change, level, rows)?;
        if let Some(error) = damaged {
            return Err(error);
        }
        for run in runs {
            let end = run.first_chunk + run.fences.len() as i64;
            change.execute("DELETE FROM chunk WHERE number >= ?1 AND number < ?2", [run.first_chunk, end])?;
            change.execute("DELETE FROM segment WHERE number = ?1", [run.number])?;
        }
        Ok(())
    }

    /// Reads all rows in the order of runs; `take` is told each. Returns what is wrong, if anything is.
    pub(super) fn check(&self, database: &Connection, take: &mut dyn FnMut(Row)) -> rusqlite::Result<Vec<String>> {
        let mut faults = Vec::new();
        for run in &self.runs {
            let mut count = 0;
            let mut last = None;
            for (i, fence) in run.fences.iter().enumerate() {
                match run.chunk(database, i) {
                    Ok(rows) => {
                        count += rows.len() as u64;
                        if rows.first().map(|r| r.0) != Some(*fence) || last > rows.first().copied() || !rows.is_sorted() {
                            faults.push(format!("run {}: the rows of chunk {i} are not in order", run.number));
                        }
                        last = rows.last().copied();
                        rows.into_iter().for_each(&mut *take);
                    }
                    Err(error) => faults.push(format!("run {}: chunk {i} cannot be read: {error}", run.number)),
                }
            }
            if count != run.rows {
                faults.push(format!("run {}: {count} rows stand in it, {} were written", run.number, run.rows));
            }
        }
        let mut query = database.prepare("SELECT key, document FROM fresh_key")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            take((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?));
        }
        Ok(faults)
    }
}

impl Run {
    fn read(database: &Connection, path: &Path, number: i64) -> Result<Self> {
        let row = database.query_row("SELECT level, first_chunk, row_count, fences FROM segment WHERE number = ?1", [number], |r| {
            Ok((r.get(0)?, r.get(1)?, r.get::<_, i64>(2)?, r.get::<_, Vec<u8>>(3)?))
        });
        let (level, first_chunk, rows, fences) = row.map_err(|e| failed(path, e))?;
        let fences = checked(&fences).ok_or_else(|| failed(path, "is damaged: the keys of a run cannot be read"))?;
        let fences = fences.as_chunks::<8>().0.iter().map(|f| u64::from_le_bytes(*f)).collect();
        Ok(Self { number, level, first_chunk, rows: rows.cast_unsigned(), fences })
    }

    /// Tells all rows, in their order.
    pub(super) fn each(&self, database: &Connection, take: &mut dyn FnMut(Row)) -> rusqlite::Result<()> {
        (0..self.fences.len()).try_for_each(|chunk| {
            self.chunk(database, chunk)?.into_iter().for_each(&mut *take);
            Ok(())
        })
    }

    fn chunk(&self, database: &Connection, index: usize) -> rusqlite::Result<Vec<Row>> {
        let mut query = database.prepare_cached("SELECT packed FROM chunk WHERE number = ?1")?;
        let number = self.first_chunk + index as i64;
        query.query_row([number], |row| {
            let packed = row.get_ref(0)?.as_blob()?;
            unpack(packed).ok_or(rusqlite::Error::IntegralValueOutOfRange(0, number))
        })
    }
}

/// The place in a run that is merged.
struct Head<'a> {
    run: &'a Run,
    chunk: usize,
    rows: Vec<Row>,
    at: usize,
}

impl Head<'_> {
    fn peek(&mut self, database: &Connection) -> rusqlite::Result<Option<Row>> {
        if self.at == self.rows.len() && self.chunk < self.run.fences.len() {
            self.rows = self.run.chunk(database, self.chunk)?;
            (self.chunk, self.at) = (self.chunk + 1, 0);
        }
        Ok(self.rows.get(self.at).copied())
    }
}

/// Bytes with their checksum before them.
pub(super) fn summed(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 4);
    out.extend((xxh3_64(bytes) as u32).to_le_bytes());
    out.extend_from_slice(bytes);
    out
}

/// The bytes, if their checksum is right.
pub(super) fn checked(summed: &[u8]) -> Option<&[u8]> {
    let (sum, bytes) = summed.split_first_chunk::<4>()?;
    (u32::from_le_bytes(*sum) == xxh3_64(bytes) as u32).then_some(bytes)
}

/// Rows as differences: of the key, then of the document where the key is the same.
fn pack(rows: &[Row]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(rows.len() * 5);
    let mut last = (0, 0);
    for &(key, document) in rows {
        write_number(key - last.0, &mut bytes);
        let from = if key == last.0 { last.1 } else { 0 };
        write_number(u64::from(document - from), &mut bytes);
        last = (key, document);
    }
    summed(&bytes)
}

/// Tells the rows of a chunk, in their order, until `take` says that it has enough; `None` if it is not as it was written.
pub(super) fn each_row(packed: &[u8], mut take: impl FnMut(Row) -> ControlFlow<()>) -> Option<()> {
    let mut rest = checked(packed)?;
    let mut last: Row = (0, 0);
    while !rest.is_empty() {
        let key = last.0.checked_add(read_number(&mut rest)?)?;
        let from = if key == last.0 { last.1 } else { 0 };
        last = (key, from.checked_add(u32::try_from(read_number(&mut rest)?).ok()?)?);
        if take(last).is_break() {
            break;
        }
    }
    Some(())
}

fn unpack(packed: &[u8]) -> Option<Vec<Row>> {
    let mut rows = Vec::with_capacity(CHUNK);
    each_row(packed, |row| {
        rows.push(row);
        ControlFlow::Continue(())
    })?;
    Some(rows)
}

/// Seven bits a byte, the lowest first (LEB128, as in DWARF 5, 7.6).
fn write_number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn read_number(rest: &mut &[u8]) -> Option<u64> {
    /// Bits that say that another byte follows.
    const MORE: u64 = 0x8080_8080_8080_8080;
    // Nearly all have up to four bytes, in no order that could be foretold: these are read without a branch.
    if let Some((bytes, _)) = rest.split_first_chunk::<8>() {
        let bytes = u64::from_le_bytes(*bytes);
        let length = (!bytes & MORE).trailing_zeros() / 8 + 1;
        if length <= 4 {
            *rest = &rest[length as usize..];
            let own = bytes & (u64::MAX >> (64 - 8 * length));
            return Some(own & 0x7F | own >> 1 & 0x3F80 | own >> 2 & 0x1F_C000 | own >> 3 & 0x0FE0_0000);
        }
    }
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, more) = rest.split_first()?;
        *rest = more;
        number |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn chunks_come_back(mut rows in prop::collection::vec((0..1_u64 << 43, any::<u32>()), 0..300)) {
            rows.sort_unstable();
            rows.dedup();
            let packed = pack(&rows);
            prop_assert_eq!(unpack(&packed), Some(rows));
        }

        #[test]
        fn a_changed_bit_is_seen(rows in prop::collection::vec((0..1_u64 << 43, any::<u32>()), 1..60), bit in any::<prop::sample::Index>()) {
            let mut rows = rows;
            rows.sort_unstable();
            let mut packed = pack(&rows);
            let bit = bit.index(packed.len() * 8);
            packed[bit / 8] ^= 1 << (bit % 8);
            prop_assert_eq!(unpack(&packed), None);
        }
    }
}
