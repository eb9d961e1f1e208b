//! What can go wrong in the library, and what to do about it.

use std::path::PathBuf;

/// An error that stops a run. Faults of single inputs are no errors: they are collected as
/// [`Problem`](crate::document::Problem)s and the run goes on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An input could not be opened or read. Check the path and its permissions.
    #[error("cannot read {path}")]
    Read {
        /// The path as it was given.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file named directly has a format that wirecopy does not read. Convert it, or name a folder: in
    /// folders such files are passed over.
    #[error("{path} has a format that is not known (known: {known})")]
    UnknownFormat {
        /// The path as it was given.
        path: PathBuf,
        /// The formats that are read.
        known: String,
    },
    /// A glob pattern is malformed. Quote it so that the shell leaves it alone, or escape `[`.
    #[error("the pattern {pattern} cannot be read")]
    Pattern {
        /// The pattern as it was given.
        pattern: String,
        /// Why.
        source: glob::PatternError,
    },
    /// No document was found in any input.
    #[error("no document found in {inputs}")]
    NoDocuments {
        /// The inputs as they were given.
        inputs: String,
    },
    /// A record could not be read again, or rows of the run could not be kept. Check the disk and its free space.
    #[error("{doing} failed")]
    Run {
        /// What was being done.
        doing: &'static str,
        /// Why.
        source: std::io::Error,
    },
    /// An output could not be written. Check the path, its permissions and the free space.
    #[error("cannot write {path}")]
    Write {
        /// The path as it was given.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The run was asked to stop. No output was written; a run with a work directory can be resumed.
    #[error("interrupted")]
    Interrupted,
    /// A run cannot be resumed from its work directory. Start again without resuming.
    #[error("cannot resume from {path}: {reason}")]
    Resume {
        /// The work directory.
        path: PathBuf,
        /// What does not fit.
        reason: String,
    },
    /// A stored file cannot be opened, read or written. Check the path, its permissions, the free space, and whether another program
    /// holds it.
    #[error("{path}: {reason}")]
    Store {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A setting has a value outside its range.
    #[error("{setting}: {reason}")]
    Setting {
        /// The name of the setting.
        setting: &'static str,
        /// What is wrong with the value, and the range that is allowed.
        reason: String,
    },
}

/// The result of a fallible library call.
pub type Result<T> = std::result::Result<T, Error>;
