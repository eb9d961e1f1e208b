//! Folders of stories with a gold file each.

use crate::error::{Error, Result};
use std::path::{Path, PathBuf};

/// Name of the file that holds what is true of a story.
pub const GOLD: &str = "gold.json";

/// The story folders under `path`, by name: `path` itself where it holds a [`GOLD`] file, else its folders that do. `None` where
/// `path` is no folder.
///
/// # Errors
/// [`Error::Read`] when the folder cannot be listed.
pub fn story_folders(path: &Path) -> Result<Option<Vec<PathBuf>>> {
    if !path.is_dir() {
        return Ok(None);
    }
    if path.join(GOLD).is_file() {
        return Ok(Some(vec![path.to_owned()]));
    }
    let failed = |source| Error::Read { path: path.to_owned(), source };
    let mut out = Vec::new();
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let folder = entry.map_err(failed)?.path();
        if folder.join(GOLD).is_file() {
            out.push(folder);
        }
    }
    out.sort();
    Ok(Some(out))
}
