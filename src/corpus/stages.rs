//! Rows of finished stages, kept outside of memory so that a run can be resumed.

/// Where the rows of finished stages are kept; `io` has a work directory.
pub trait Stages: Send {
    /// The rows of a stage that was finished before, if it was.
    ///
    /// # Errors
    /// When they are there but cannot be read, or are not what was written.
    fn load(&mut self, stage: &str) -> std::io::Result<Option<Vec<u8>>>;

    /// Keeps the rows of a finished stage.
    ///
    /// # Errors
    /// When they cannot be written.
    fn save(&mut self, stage: &str, rows: &[u8]) -> std::io::Result<()>;
}

/// Writes rows as little-endian columns, each with its length before it.
#[derive(Debug, Default)]
pub(super) struct RowWriter {
    pub(super) bytes: Vec<u8>,
}

impl RowWriter {
    pub(super) fn u32s(&mut self, values: &[u32]) {
        self.bytes.extend((values.len() as u64).to_le_bytes());
        self.bytes.extend(values.iter().flat_map(|v| v.to_le_bytes()));
    }

    pub(super) fn u64s(&mut self, values: &[u64]) {
        self.bytes.extend((values.len() as u64).to_le_bytes());
        self.bytes.extend(values.iter().flat_map(|v| v.to_le_bytes()));
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.bytes.extend((bytes.len() as u64).to_le_bytes());
        self.bytes.extend(bytes);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }
}

/// Reads what [`RowWriter`] wrote; `None` where the rows are something else.
#[derive(Debug)]
pub(super) struct RowReader<'a> {
    pub(super) rest: &'a [u8],
}

impl<'a> RowReader<'a> {
    fn column(&mut self, width: usize) -> Option<&'a [u8]> {
        let (length, rest) = self.rest.split_first_chunk::<8>()?;
        let bytes = usize::try_from(u64::from_le_bytes(*length)).ok()?.checked_mul(width)?;
        let column;
        (column, self.rest) = rest.split_at_checked(bytes)?;
        Some(column)
    }

    pub(super) fn u32s(&mut self) -> Option<Vec<u32>> {
        Some(self.column(4)?.as_chunks::<4>().0.iter().map(|b| u32::from_le_bytes(*b)).collect())
    }

    pub(super) fn u64s(&mut self) -> Option<Vec<u64>> {
        Some(self.column(8)?.as_chunks::<8>().0.iter().map(|b| u64::from_le_bytes(*b)).collect())
    }

    pub(super) fn bytes(&mut self) -> Option<&'a [u8]> {
        self.column(1)
    }

    pub(super) fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }
}
