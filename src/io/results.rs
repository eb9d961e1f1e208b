//! The form of the results of a corpus run, by the names of their files.

use super::converted::RecordFormat;
use super::corpus::Corpus;
use crate::corpus::{ClusterRows, KeptRecords, RowLines};
use crate::error::{Error, Result};
use std::io::{self, Write};
use std::path::Path;

/// Writes the kept records of `corpus` to `out`, which is called `path`, as Parquet or as JSON Lines. Lines stay as they are, byte for byte. Rows keep all their columns; in JSON Lines each is an object.
///
/// # Errors
/// [`Error::Write`] for a Parquet output when an input is not Parquet, or the columns of two inputs differ.
pub fn kept_records<'a>(
    corpus: &'a Corpus,
    path: &Path,
    format: RecordFormat,
    out: &'a mut (dyn Write + Send),
) -> Result<Box<dyn KeptRecords + 'a>> {
    let table = format == RecordFormat::Parquet;
    if table {
        can_be_parquet(path)?;
    }
    #[cfg(feature = "parquet")]
    {
        use super::parquet::{KeptMixed, KeptTable};
        if table {
            return Ok(Box::new(KeptTable::new(&corpus.inputs, &corpus.tables, path, out)?));
        }
        Ok(Box::new(KeptMixed::new(&corpus.tables, out)))
    }
    #[cfg(not(feature = "parquet"))]
    {
        let _ = (corpus, table);
        Ok(Box::new(crate::corpus::RecordLines::new(out)))
    }
}

/// Writes cluster rows to `out`, which is called `path`: as Parquet where the name ends in `.parquet`, else as JSON Lines.
///
/// # Errors
/// [`Error::Write`] when it cannot be written to.
pub fn cluster_rows<'a>(path: &Path, out: &'a mut (dyn Write + Send)) -> Result<Box<dyn ClusterRows + 'a>> {
    if is_parquet(path)? {
        #[cfg(feature = "parquet")]
        {
            let rows = super::parquet::ParquetRows::new(out).map_err(|source| Error::Write { path: path.to_owned(), source })?;
            return Ok(Box::new(rows));
        }
    }
    Ok(Box::new(RowLines::new(out)))
}

/// Whether a file of this name is to be Parquet.
fn is_parquet(path: &Path) -> Result<bool> {
    let is = RecordFormat::of_name(path) == RecordFormat::Parquet;
    if is {
        can_be_parquet(path)?;
    }
    Ok(is)
}

/// Refuses what cannot be written as Parquet.
pub(super) fn can_be_parquet(path: &Path) -> Result<()> {
    let refused = |why: &str| Err(Error::Write { path: path.to_owned(), source: io::Error::other(why) });
    let name = path.file_name().map(|n| n.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    if name.ends_with(".gz") || name.ends_with(".zst") {
        return refused("Parquet is packed inside; leave off the last ending");
    }
    if cfg!(not(feature = "parquet")) { refused(super::WITHOUT_PARQUET) } else { Ok(()) }
}
