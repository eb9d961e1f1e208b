//! Where a result goes.

use std::io::Write;
use std::path::Path;
use wirecopy::io::AtomicFile;

/// A file that appears when it is complete, or standard output.
pub(crate) enum Target {
    File(Box<AtomicFile>),
    Standard,
}

impl Target {
    pub(crate) fn new(path: &Path) -> anyhow::Result<Self> {
        Ok(if path == Path::new("-") { Self::Standard } else { Self::File(Box::new(AtomicFile::create(path)?)) })
    }

    pub(crate) fn commit(self) -> anyhow::Result<()> {
        match self {
            Self::File(file) => file.commit()?,
            Self::Standard => std::io::stdout().flush()?,
        }
        Ok(())
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::File(file) => file.write(bytes),
            Self::Standard => std::io::stdout().write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Self::File(file) => file.flush(),
            Self::Standard => std::io::stdout().flush(),
        }
    }
}
