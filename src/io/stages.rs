//! Finished stages of a corpus run in its work folder, with a manifest that says what they belong to.
#![expect(clippy::disallowed_methods, reason = "this is the place where files are read and written")]

use super::work::WorkFolder;
use crate::config::Config;
use crate::corpus::{Inputs, Stages};
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_64;

const MANIFEST: &str = "manifest.json";
const SCHEMA: &str = "wirecopy.work/1";

/// What the rows of a run belong to.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Manifest {
    schema: String,
    /// Version of the program: another one may make other rows.
    version: String,
    /// Fingerprint of the settings.
    config: String,
    inputs: Vec<InputRow>,
    stages: BTreeMap<String, StageFile>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct InputRow {
    path: String,
    length: u64,
    changed: u64,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct StageFile {
    length: u64,
    hash: String,
}

/// The finished stages of one run. A stage counts once the manifest names it; the manifest is replaced as a whole.
#[derive(Debug)]
pub struct StageFolder {
    path: PathBuf,
    manifest: Manifest,
}

impl StageFolder {
    /// The stages in `folder`: with `resume` those of the run that was stopped, else none.
    ///
    /// # Errors
    /// [`Error::Resume`] when there is no run to resume, or it was of other inputs or settings; [`Error::Write`] when the
    /// folder cannot be written.
    pub fn open(folder: &WorkFolder, inputs: &Inputs, config: &Config, resume: bool) -> Result<Self> {
        let rows = inputs.parts().iter().map(|p| InputRow { path: p.shown.clone(), length: p.length, changed: p.changed });
        let mut fresh = Manifest {
            schema: SCHEMA.into(),
            version: env!("CARGO_PKG_VERSION").into(),
            config: config.fingerprint(),
            inputs: rows.collect(),
            stages: BTreeMap::new(),
        };
        let path = folder.path().to_owned();
        if resume {
            let refuse = |reason: String| Error::Resume { path: path.clone(), reason };
            let bytes = std::fs::read(path.join(MANIFEST)).map_err(|e| refuse(format!("{MANIFEST} cannot be read: {e}")))?;
            let found: Manifest = serde_json::from_slice(&bytes).map_err(|e| refuse(format!("{MANIFEST} is damaged: {e}")))?;
            let differs = if (&found.schema, &found.version) != (&fresh.schema, &fresh.version) {
                "it was made by another version"
            } else if found.config != fresh.config {
                "the settings are others"
            } else if found.inputs != fresh.inputs {
                "the inputs are others or have changed"
            } else {
                ""
            };
            if !differs.is_empty() {
                return Err(refuse(format!("{differs}; start again without --resume")));
            }
            fresh.stages = found.stages;
        }
        let opened = Self { path, manifest: fresh };
        opened.keep_manifest().map_err(|source| Error::Write { path: opened.path.join(MANIFEST), source })?;
        Ok(opened)
    }

    /// Whether a stage is finished.
    #[must_use]
    pub fn has(&self, stage: &str) -> bool {
        self.manifest.stages.contains_key(stage)
    }

    fn keep_manifest(&self) -> io::Result<()> {
        replace(&self.path.join(MANIFEST), &serde_json::to_vec_pretty(&self.manifest)?)
    }
}

impl Stages for StageFolder {
    fn load(&mut self, stage: &str) -> io::Result<Option<Vec<u8>>> {
        let Some(expected) = self.manifest.stages.get(stage) else { return Ok(None) };
        let path = self.path.join(format!("{stage}.rows"));
        let rows = std::fs::read(&path)?;
        if rows.len() as u64 != expected.length || format!("{:016x}", xxh3_64(&rows)) != expected.hash {
            return Err(io::Error::other(format!("{} is damaged; start again without --resume", path.display())));
        }
        Ok(Some(rows))
    }

    fn save(&mut self, stage: &str, rows: &[u8]) -> io::Result<()> {
        replace(&self.path.join(format!("{stage}.rows")), rows)?;
        let file = StageFile { length: rows.len() as u64, hash: format!("{:016x}", xxh3_64(rows)) };
        self.manifest.stages.insert(stage.into(), file);
        self.keep_manifest()
    }
}

/// Writes a file under another name, then gives it its own.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let partial = path.with_extension("partial");
    let mut file = std::fs::File::create(&partial)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&partial, path)
}
