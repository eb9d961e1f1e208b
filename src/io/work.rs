//! The work folder of a corpus run: unpacked inputs, spilled keys, and the rows of finished stages.
#![expect(clippy::disallowed_methods, reason = "this is the place where files are read and written")]

use crate::candidates::Spill;
use crate::error::{Error, Result};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// A folder for the files of a run. One that was not asked for by name is made when it is first needed and goes away with the
/// run.
#[derive(Debug)]
pub struct WorkFolder {
    path: PathBuf,
    passing: bool,
}

impl WorkFolder {
    /// The folder `path`, made now; it stays after the run.
    ///
    /// # Errors
    /// [`Error::Write`] when it cannot be made.
    pub fn lasting(path: &Path) -> Result<Self> {
        std::fs::create_dir_all(path).map_err(|source| Error::Write { path: path.to_owned(), source })?;
        Ok(Self { path: path.to_owned(), passing: false })
    }

    /// A folder beside `output` that goes away with this value; made when it is first needed.
    #[must_use]
    pub fn passing(output: &Path) -> Self {
        let mut name = std::ffi::OsString::from(".");
        name.push(output.file_name().unwrap_or_else(|| "wirecopy".as_ref()));
        name.push(format!(".work-{}", std::process::id()));
        Self { path: output.with_file_name(name), passing: true }
    }

    /// Whether the folder stays after the run.
    #[must_use]
    pub const fn lasts(&self) -> bool {
        !self.passing
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn file(&self, name: &str) -> io::Result<PathBuf> {
        std::fs::create_dir_all(&self.path)?;
        Ok(self.path.join(name))
    }

    /// Key columns as files in this folder; those of an earlier run are emptied unless `resume`.
    #[must_use]
    pub fn spill(&self, resume: bool) -> Box<dyn Spill> {
        self.columns("band", resume)
    }

    /// Columns under the name `kind`, as [`WorkFolder::spill`].
    #[must_use]
    pub fn columns(&self, kind: &'static str, resume: bool) -> Box<dyn Spill> {
        Box::new(FileSpill { folder: self.path.clone(), kind, fresh: !resume, started: Vec::new() })
    }
}

impl Drop for WorkFolder {
    fn drop(&mut self) {
        if self.passing {
            // It may never have been made.
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}

/// One file for each column, little-endian.
struct FileSpill {
    folder: PathBuf,
    kind: &'static str,
    fresh: bool,
    started: Vec<usize>,
}

impl FileSpill {
    fn path(&self, column: usize) -> PathBuf {
        self.folder.join(format!("{}-{column:03}.keys", self.kind))
    }
}

impl Spill for FileSpill {
    fn append(&mut self, column: usize, values: &[u32]) -> io::Result<()> {
        std::fs::create_dir_all(&self.folder)?;
        let first = !self.started.contains(&column);
        let mut options = OpenOptions::new();
        options.create(true).write(true);
        if first && self.fresh {
            options.truncate(true);
        } else {
            options.append(true);
        }
        if first {
            self.started.push(column);
        }
        let mut file = options.open(self.path(column))?;
        let mut bytes = Vec::with_capacity(1 << 16);
        for piece in values.chunks(1 << 14) {
            bytes.clear();
            bytes.extend(piece.iter().flat_map(|v| v.to_le_bytes()));
            file.write_all(&bytes)?;
        }
        Ok(())
    }

    fn read(&mut self, column: usize, values: &mut Vec<u32>) -> io::Result<()> {
        let mut file = File::open(self.path(column))?;
        let length = file.metadata()?.len();
        values.clear();
        values.reserve_exact((length / 4) as usize);
        let mut bytes = vec![0; 1 << 16];
        let mut rest = length;
        while rest > 0 {
            let piece = rest.min(bytes.len() as u64) as usize;
            file.read_exact(&mut bytes[..piece])?;
            values.extend(bytes[..piece].chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])));
            rest -= piece as u64;
        }
        Ok(())
    }
}
