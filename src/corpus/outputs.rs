//! Where the results of a run go, whatever they are written as; JSON Lines is what this module writes itself.

use super::input::Inputs;
use serde::Serialize;
use std::io::{self, Write};

/// One document in the clusters output.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ClusterRow<'a> {
    /// Where its record stands: the byte in the inputs laid end to end, or the row of a table.
    #[serde(skip)]
    pub place: u64,
    /// Its id.
    pub id: &'a str,
    /// Id of the first document of its cluster.
    pub cluster: &'a str,
    /// Whether its record stays.
    pub kept: bool,
    /// Id of the document that it was verified against.
    pub counterpart: Option<&'a str>,
    /// `exact`, `near_duplicate`, `excerpt` or `similar`.
    pub relation: Option<&'static str>,
    /// Share of common shingles in all shingles of both.
    pub jaccard: Option<f64>,
    /// Share of its shingles that stand in the counterpart.
    pub containment: Option<f64>,
}

/// Takes the records that stay.
pub trait KeptRecords: Send {
    /// Takes one more: `length` bytes at `offset` of the inputs laid end to end. Records come in input order.
    ///
    /// # Errors
    /// When the record cannot be read again or written.
    fn keep(&mut self, inputs: &Inputs, offset: u64, length: u32) -> io::Result<()>;

    /// Called once, after the last one.
    ///
    /// # Errors
    /// When the rest cannot be written.
    fn finish(&mut self, inputs: &Inputs) -> io::Result<()>;
}

/// Takes one row for each document.
pub trait ClusterRows: Send {
    /// Takes one more, in input order.
    ///
    /// # Errors
    /// When it cannot be written.
    fn add(&mut self, row: &ClusterRow<'_>) -> io::Result<()>;

    /// Called once, after the last one.
    ///
    /// # Errors
    /// When the rest cannot be written.
    fn finish(&mut self) -> io::Result<()>;
}

/// Copies kept records byte for byte; neighbours go in one piece.
pub struct RecordLines<'a> {
    out: &'a mut (dyn Write + Send),
    from: u64,
    to: u64,
    buffer: Vec<u8>,
}

impl<'a> RecordLines<'a> {
    const PIECE: u64 = 1 << 18;

    /// Copies to `out`.
    #[must_use]
    pub fn new(out: &'a mut (dyn Write + Send)) -> Self {
        Self { out, from: 0, to: 0, buffer: Vec::new() }
    }

    /// Where the lines go; call [`KeptRecords::finish`] before anything else is written there.
    pub fn out(&mut self) -> &mut (dyn Write + Send) {
        self.out
    }
}

impl KeptRecords for RecordLines<'_> {
    fn keep(&mut self, inputs: &Inputs, offset: u64, length: u32) -> io::Result<()> {
        // Only the line end stands between neighbours of one input.
        let follows = self.to > self.from
            && offset == self.to + 1
            && self.to - self.from < Self::PIECE
            && inputs.part_of(offset).is_some_and(|p| p.start <= self.from);
        if !follows {
            self.finish(inputs)?;
            self.from = offset;
        }
        self.to = offset + u64::from(length);
        Ok(())
    }

    fn finish(&mut self, inputs: &Inputs) -> io::Result<()> {
        if self.to > self.from {
            self.buffer.resize((self.to - self.from) as usize, 0);
            inputs.read_at(self.from, &mut self.buffer)?;
            self.buffer.push(b'\n');
            self.out.write_all(&self.buffer)?;
        }
        self.from = self.to;
        Ok(())
    }
}

/// Cluster rows as JSON Lines.
pub struct RowLines<'a> {
    out: &'a mut (dyn Write + Send),
    buffer: Vec<u8>,
}

impl<'a> RowLines<'a> {
    /// Writes to `out`.
    #[must_use]
    pub fn new(out: &'a mut (dyn Write + Send)) -> Self {
        Self { out, buffer: Vec::new() }
    }
}

impl ClusterRows for RowLines<'_> {
    fn add(&mut self, row: &ClusterRow<'_>) -> io::Result<()> {
        serde_json::to_writer(&mut self.buffer, row)?;
        self.buffer.push(b'\n');
        if self.buffer.len() >= 1 << 16 {
            self.finish()?;
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }
}
