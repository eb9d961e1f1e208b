//! Rows of finished stages, kept outside of memory so that a run can be resumed.

/// Where the rows of finished stages are kept; `io` has a work directory.
pub trait Stages {
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
