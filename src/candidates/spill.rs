//! Where key columns go when they do not fit into memory.

/// Columns of 32-bit values outside of memory; `io` has the one that lies in files.
pub trait Spill: Send {
    /// Appends `values` to the end of `column`.
    ///
    /// # Errors
    /// When they cannot be written.
    fn append(&mut self, column: usize, values: &[u32]) -> std::io::Result<()>;

    /// Reads all of `column` into `values`, which is cleared first.
    ///
    /// # Errors
    /// When it cannot be read.
    fn read(&mut self, column: usize, values: &mut Vec<u32>) -> std::io::Result<()>;

    /// Takes away the first `columns` columns: they are not needed any more.
    fn clear(&mut self, columns: usize);
}
