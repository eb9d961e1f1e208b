//! The inputs of a corpus run: files that can be read at any place, or a table of texts.

use super::texts::Texts;
use std::io;

/// Something that can be read at any place, from several threads; `io` has files.
pub trait ReadAt: Send + Sync {
    /// Fills `buffer` from the byte `offset` on.
    ///
    /// # Errors
    /// When it cannot be read or ends before.
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()>;
}

/// A corpus in memory.
impl ReadAt for Vec<u8> {
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        let rest = usize::try_from(offset).ok().and_then(|from| self.get(from..));
        let found = rest.and_then(|rest| rest.get(..buffer.len())).ok_or(io::ErrorKind::UnexpectedEof)?;
        buffer.copy_from_slice(found);
        Ok(())
    }
}

/// One input.
pub struct Part {
    /// The path as the user would write it.
    pub shown: String,
    /// Bytes of all inputs before it.
    pub start: u64,
    /// Its bytes.
    pub length: u64,
    /// When it was last changed, in nanoseconds since 1970; 0 if that is not known. With the length it tells whether a
    /// run can be resumed.
    pub changed: u64,
    /// Where it is read from.
    pub reader: Box<dyn ReadAt>,
}

impl Part {
    /// See [`ReadAt::read_at`].
    ///
    /// # Errors
    /// When it cannot be read, with its name.
    pub fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        self.reader.read_at(offset, buffer).map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", self.shown)))
    }
}

/// All inputs, laid end to end.
#[derive(Default)]
pub struct Inputs {
    parts: Vec<Part>,
    table: Option<Table>,
}

/// A table, and what it is called where a row of it is told.
struct Table {
    shown: String,
    texts: Box<dyn Texts>,
}

impl Inputs {
    /// The rows of a table. Places and lengths are counted in rows then; there are no [parts](Self::parts), and nothing to
    /// [read at](Self::read_at) a place.
    #[must_use]
    pub fn of_texts(shown: String, texts: Box<dyn Texts>) -> Self {
        Self { parts: Vec::new(), table: Some(Table { shown, texts }) }
    }

    /// The table, where the inputs are one.
    #[must_use]
    pub fn texts(&self) -> Option<&dyn Texts> {
        self.table.as_ref().map(|t| &*t.texts)
    }

    /// What an input is called: the table, or the part of this number.
    pub(super) fn shown(&self, part: usize) -> &str {
        match &self.table {
            Some(table) => &table.shown,
            None => self.parts.get(part).map_or("", |p| &p.shown),
        }
    }

    /// Adds one input at the end.
    pub fn push(&mut self, shown: String, length: u64, changed: u64, reader: Box<dyn ReadAt>) {
        let start = self.length();
        self.parts.push(Part { shown, start, length, changed, reader });
    }

    /// The inputs in their order.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    pub(super) fn part(&self, index: usize) -> Option<&Part> {
        self.parts.get(index)
    }

    /// Bytes of all inputs; rows of a table.
    #[must_use]
    pub fn length(&self) -> u64 {
        if let Some(texts) = self.texts() {
            return texts.rows() as u64;
        }
        self.parts.last().map_or(0, |p| p.start + p.length)
    }

    /// The input that holds a byte.
    #[must_use]
    pub fn part_of(&self, offset: u64) -> Option<&Part> {
        self.parts.get(self.index_of(offset)?)
    }

    /// The place among [`Inputs::parts`] of the input that holds a byte.
    #[must_use]
    pub fn index_of(&self, offset: u64) -> Option<usize> {
        self.parts.partition_point(|p| p.start <= offset).checked_sub(1)
    }

    /// Fills `buffer` from a place in the inputs laid end to end; it lies in one of them.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        let part = self.part_of(offset).ok_or(io::ErrorKind::UnexpectedEof)?;
        part.read_at(offset - part.start, buffer)
    }
}
