//! The work folder of a corpus run: unpacked inputs, spilled keys, and the rows of finished stages.
#![expect(clippy::disallowed_methods, reason = "this is the place where files are read and written")]

use crate::candidates::Spill;
use crate::error::{Error, Result};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// A folder for the files of a run. One that was not asked for by name is made when it is first needed and goes away with the
/// run; what a killed run left of such a folder, the next run with the same output takes away.
#[derive(Clone, Debug)]
pub struct WorkFolder {
    path: PathBuf,
    passing: bool,
    /// Held for as long as the folder is in use; the system lets go of it when the run ends, however it ends.
    lock: Arc<Mutex<Option<Lock>>>,
}

/// The lock of a folder; a folder that goes away goes with it.
#[derive(Debug)]
struct Lock {
    file: File,
    passing: Option<PathBuf>,
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(path) = &self.passing {
            let _ = std::fs::remove_dir_all(path);
        }
        let _ = self.file.unlock();
    }
}

const LOCK: &str = "lock";

impl WorkFolder {
    /// The folder `path`, made now; it stays after the run.
    ///
    /// # Errors
    /// [`Error::Write`] when it cannot be made, or another run is using it.
    pub fn lasting(path: &Path) -> Result<Self> {
        let folder = Self { path: path.to_owned(), passing: false, lock: Arc::default() };
        folder.made().map_err(|source| Error::Write { path: path.to_owned(), source })?;
        Ok(folder)
    }

    /// A folder beside `output` that goes away with this value; made when it is first needed.
    #[must_use]
    pub fn passing(output: &Path) -> Self {
        let mut name = Self::passing_name(output);
        name.push(std::process::id().to_string());
        Self { path: output.with_file_name(name), passing: true, lock: Arc::default() }
    }

    fn passing_name(output: &Path) -> std::ffi::OsString {
        let mut name = std::ffi::OsString::from(".");
        name.push(output.file_name().unwrap_or_else(|| "wirecopy".as_ref()));
        name.push(".work-");
        name
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

    /// Makes the folder and locks it, the first time.
    fn made(&self) -> io::Result<()> {
        let mut lock = self.lock.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if lock.is_some() {
            return Ok(());
        }
        if self.passing {
            self.take_away_left_overs();
        }
        std::fs::create_dir_all(&self.path)?;
        let file = File::options().create(true).truncate(false).write(true).open(self.path.join(LOCK))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(io::Error::other("another run is using this folder; name another one")),
            // A file system without locks: go on as before there were any.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(error),
        }
        *lock = Some(Lock { file, passing: self.passing.then(|| self.path.clone()) });
        Ok(())
    }

    /// Removes folders for the same output whose run is dead: nobody holds their lock.
    fn take_away_left_overs(&self) {
        let own = self.path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        let Some((prefix, _)) = own.rsplit_once('-') else { return };
        let beside = self.path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
        let Ok(entries) = std::fs::read_dir(beside) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let number = name.to_str().and_then(|n| n.strip_prefix(prefix)?.strip_prefix('-'));
            if number.is_none_or(|n| n.parse::<u32>().is_err()) {
                continue;
            }
            if File::open(entry.path().join(LOCK)).is_ok_and(|f| f.try_lock().is_ok()) {
                let _ = std::fs::remove_dir_all(entry.path());
            }
        }
    }

    pub(super) fn file(&self, name: &str) -> io::Result<PathBuf> {
        self.made()?;
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
        Box::new(FileSpill { folder: self.clone(), kind, fresh: !resume, started: Vec::new() })
    }
}

/// One file for each column, little-endian.
struct FileSpill {
    folder: WorkFolder,
    kind: &'static str,
    fresh: bool,
    started: Vec<usize>,
}

impl FileSpill {
    fn path(&self, column: usize) -> PathBuf {
        self.folder.path.join(format!("{}-{column:03}.keys", self.kind))
    }
}

impl Spill for FileSpill {
    fn append(&mut self, column: usize, values: &[u32]) -> io::Result<()> {
        self.folder.made()?;
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
        let path = self.path(column);
        // A full disk is told by its folder, so that the user can name another.
        let named = |e: io::Error| io::Error::new(e.kind(), format!("{}: {e}", path.display()));
        let mut file = options.open(&path).map_err(named)?;
        let mut bytes = Vec::with_capacity(1 << 16);
        for piece in values.chunks(1 << 14) {
            bytes.clear();
            bytes.extend(piece.iter().flat_map(|v| v.to_le_bytes()));
            file.write_all(&bytes).map_err(named)?;
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

    fn clear(&mut self, columns: usize) {
        for column in 0..columns {
            // It may have been spilled or not.
            let _ = std::fs::remove_file(self.path(column));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_in_use_is_refused_and_a_left_over_goes() {
        let base = std::env::temp_dir().join(format!("wirecopy-work-{}", std::process::id()));
        let held = WorkFolder::lasting(&base).unwrap();
        assert!(WorkFolder::lasting(&base).is_err());
        drop(held);
        drop(WorkFolder::lasting(&base).unwrap());
        // What a killed run leaves: a folder with a lock that nobody holds.
        let left = base.join(".kept.jsonl.work-4000000000");
        let other = base.join(".other.jsonl.work-4000000000");
        for folder in [&left, &other] {
            std::fs::create_dir(folder).unwrap();
            std::fs::write(folder.join(LOCK), "").unwrap();
        }
        let live = WorkFolder::lasting(&base.join(".kept.jsonl.work-4000000001")).unwrap();
        let own = WorkFolder::passing(&base.join("kept.jsonl"));
        own.file("x").unwrap();
        assert!(!left.exists() && other.exists() && live.path().exists() && own.path().exists());
        let path = own.path().to_owned();
        drop(own);
        assert!(!path.exists());
        drop(live);
        std::fs::remove_dir_all(&base).unwrap();
    }
}
