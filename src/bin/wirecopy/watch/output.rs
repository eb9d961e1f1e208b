//! Files that each line stands in once, also after a crash.

use crate::terminal;
use anyhow::Context;
use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use wirecopy::index::{Seen, Told};

/// Where lines go.
pub(super) enum Output {
    Standard,
    File { file: File, path: String, bytes: u64 },
}

impl Output {
    /// Opens a file to append to (- is standard output), and takes off what was written before a crash and is not known to be whole.
    ///
    /// The length of a file that is new to `seen` is kept before anything is written, so that a crash before the first lines are known
    /// to be whole leaves nothing that looks as if it had been there before.
    pub(super) fn open(named: &Path, seen: &mut Seen) -> anyhow::Result<Self> {
        if named == Path::new("-") {
            return Ok(Self::Standard);
        }
        let shown = named.display().to_string();
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(named);
        let file = file.as_mut().map_err(|e| anyhow::anyhow!("cannot write {shown}: {e}"))?.try_clone()?;
        let path = std::path::absolute(named)?.to_string_lossy().into_owned();
        let length = file.metadata()?.len();
        let known = seen.written(&path)?;
        if known.is_none() {
            seen.tell(&Told { output: Some((&path, length)), ..Told::default() })?;
        }
        let bytes = known.unwrap_or(length).min(length);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_certain_is_taken_off_again() {
        let folder = std::env::temp_dir().join(format!("wirecopy-output-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (store, path) = (folder.join("seen.sqlite"), folder.join("out.jsonl"));
        std::fs::write(&path, "before\n").unwrap();
        // a crash after the first lines were written, and before it was kept that they were
        Output::open(&path, &mut Seen::open(&store).unwrap()).unwrap().write("one\n").unwrap();
        let mut seen = Seen::open(&store).unwrap();
        let mut output = Output::open(&path, &mut seen).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "before\n");
        output.write("one\n").unwrap();
        seen.tell(&Told { output: output.place(), ..Told::default() }).unwrap();
        output.write("two\n").unwrap();
        drop(output);
        Output::open(&path, &mut seen).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "before\none\n");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
