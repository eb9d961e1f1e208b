//! Files that each line stands in once, also after a crash.

use crate::terminal;
use anyhow::Context;
use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use wirecopy::index::Seen;

/// Where lines go.
pub(super) enum Output {
    Standard,
    File { file: File, path: String, bytes: u64 },
}

impl Output {
    /// Opens a file to append to (- is standard output), and takes off what was written before a crash and is not known to be whole.
    pub(super) fn open(named: &Path, seen: &Seen) -> anyhow::Result<Self> {
        if named == Path::new("-") {
            return Ok(Self::Standard);
        }
        let shown = named.display().to_string();
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(named);
        let file = file.as_mut().map_err(|e| anyhow::anyhow!("cannot write {shown}: {e}"))?.try_clone()?;
        let path = std::path::absolute(named)?.to_string_lossy().into_owned();
        let length = file.metadata()?.len();
        let bytes = seen.written(&path)?.unwrap_or(length).min(length);
        file.set_len(bytes).with_context(|| format!("cannot write {shown}"))?;
        let mut file = file;
        file.seek(SeekFrom::Start(bytes))?;
        Ok(Self::File { file, path, bytes })
    }

    /// Writes lines; those of a file are on the disk then.
    pub(super) fn write(&mut self, text: &str) -> anyhow::Result<()> {
        match self {
            Self::Standard => {
                terminal::write_styled(text)?;
                std::io::stdout().flush()?;
            }
            Self::File { file, bytes, .. } => {
                let plain = terminal::unstyled(text);
                file.write_all(plain.as_bytes()).and_then(|()| file.sync_data()).context("cannot write the output")?;
                *bytes += plain.len() as u64;
            }
        }
        Ok(())
    }

    /// The file and its length, to be kept.
    pub(super) fn place(&self) -> Option<(&str, u64)> {
        match self {
            Self::Standard => None,
            Self::File { path, bytes, .. } => Some((path, *bytes)),
        }
    }
}
