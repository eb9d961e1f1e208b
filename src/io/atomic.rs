//! Outputs that are whole or not there.
#![expect(clippy::disallowed_methods, reason = "this is the place where files are written")]

use super::packed::PackedWriter;
use super::resolve::packing;
use crate::error::{Error, Result};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file that is written under another name and takes its own when it is complete. Dropped before that, it leaves
/// nothing behind. An ending `.gz` or `.zst` packs it.
pub struct AtomicFile {
    path: PathBuf,
    /// `None` for what is no regular file (a device, a pipe): that is written to as it is.
    temporary: Option<PathBuf>,
    writer: Option<PackedWriter>,
}

impl AtomicFile {
    /// Starts to write what will be `path`.
    ///
    /// # Errors
    /// [`Error::Write`] when its folder cannot be written to.
    pub fn create(path: &Path) -> Result<Self> {
        let failed = |source| Error::Write { path: path.to_owned(), source };
        if path.is_dir() {
            return Err(failed(io::Error::other("it is a folder; name a file")));
        }
        if std::fs::metadata(path).is_ok_and(|m| !m.is_file()) {
            let file = std::fs::File::options().write(true).open(path).map_err(failed)?;
            let writer = PackedWriter::new(file, packing(path)).map_err(failed)?;
            return Ok(Self { path: path.to_owned(), temporary: None, writer: Some(writer) });
        }
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().ok_or_else(|| failed(io::Error::other("it names no file")))?);
        name.push(".partial");
        let temporary = path.with_file_name(name);
        let file = std::fs::File::create(&temporary).map_err(failed)?;
        let writer = PackedWriter::new(file, packing(path)).map_err(failed)?;
        Ok(Self { path: path.to_owned(), temporary: Some(temporary), writer: Some(writer) })
    }

    /// Puts the complete file in its place.
    ///
    /// # Errors
    /// [`Error::Write`], for example when the disk is full; nothing is left then.
    pub fn commit(mut self) -> Result<()> {
        let failed = |source| Error::Write { path: self.path.clone(), source };
        if let Some(writer) = self.writer.take() {
            let file = writer.finish().map_err(failed)?;
            if let Some(temporary) = &self.temporary {
                file.sync_all().map_err(failed)?;
                std::fs::rename(temporary, &self.path).map_err(failed)?;
            }
        }
        Ok(())
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.as_mut().map_or(Ok(0), |w| w.write(bytes)).map_err(|e| self.named(&e))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.as_mut().map_or(Ok(()), Write::flush).map_err(|e| self.named(&e))
    }
}

impl AtomicFile {
    fn named(&self, error: &io::Error) -> io::Error {
        io::Error::new(error.kind(), format!("{}: {error}", self.path.display()))
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        // After a rename there is nothing under this name.
        if let Some(temporary) = &self.temporary {
            let _ = std::fs::remove_file(temporary);
        }
    }
}
