//! Texts that wait to be compared: in memory up to a bound, then in a file.

use crate::fault;
use pyo3::prelude::*;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes of texts that are held in memory, unless something else is asked for.
pub(crate) const IN_MEMORY: usize = 64 << 20;

/// A file of texts, one after the other.
pub(crate) struct Spool(Mutex<File>);

impl Spool {
    /// The file at `path`, which is there and empty.
    pub(crate) fn open(path: &Path) -> PyResult<Arc<Self>> {
        let file = File::options().read(true).write(true).open(path);
        Ok(Arc::new(Self(Mutex::new(file.map_err(|e| fault::run(format!("{}: {e}", path.display())))?))))
    }

    fn append(&self, text: &str) -> io::Result<u64> {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = file.seek(SeekFrom::End(0))?;
        file.write_all(text.as_bytes())?;
        Ok(at)
    }

    fn read(&self, at: u64, length: usize) -> io::Result<String> {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = vec![0; length];
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut bytes)?;
        String::from_utf8(bytes).map_err(io::Error::other)
    }

    fn clear(&self) -> io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).set_len(0)
    }
}

enum Place {
    Memory(String),
    File { at: u64, length: usize },
}

/// Texts in the order in which they came, each with the hash of its words.
pub(crate) struct Held {
    places: Vec<Place>,
    pub(crate) exact: Vec<[u64; 2]>,
    spool: Option<Arc<Spool>>,
    bound: usize,
    in_memory: usize,
    /// Bytes of all of them.
    pub(crate) bytes: usize,
}

impl Held {
    /// None yet; with a `spool` those beyond about `bound` bytes go there.
    pub(crate) const fn new(spool: Option<Arc<Spool>>, bound: usize) -> Self {
        Self { places: Vec::new(), exact: Vec::new(), spool, bound, in_memory: 0, bytes: 0 }
    }

    pub(crate) fn push(&mut self, text: &str, exact: [u64; 2]) -> PyResult<()> {
        self.bytes += text.len();
        self.exact.push(exact);
        match &self.spool {
            Some(spool) if self.in_memory + text.len() > self.bound => {
                let at = spool.append(text).map_err(|e| fault::run(format!("texts cannot be spooled: {e}")))?;
                self.places.push(Place::File { at, length: text.len() });
            }
            _ => {
                self.in_memory += text.len();
                self.places.push(Place::Memory(text.to_owned()));
            }
        }
        Ok(())
    }

    pub(crate) const fn len(&self) -> usize {
        self.places.len()
    }

    /// All of them, and none are left; they are handed back to [`Self::spent`].
    pub(crate) fn take(&mut self) -> Self {
        std::mem::replace(self, Self::new(self.spool.clone(), self.bound))
    }

    /// What was taken is not needed any more, and the file is free.
    pub(crate) fn spent(&self) -> PyResult<()> {
        self.spool.as_ref().map_or(Ok(()), |spool| spool.clear()).map_err(|e| fault::run(format!("texts cannot be spooled: {e}")))
    }
}

impl wirecopy::corpus::Texts for Held {
    fn rows(&self) -> usize {
        self.places.len()
    }

    fn text(&self, row: usize) -> Option<Cow<'_, str>> {
        match self.places.get(row)? {
            Place::Memory(text) => Some(Cow::Borrowed(text)),
            Place::File { at, length } => Some(Cow::Owned(self.spool.as_ref()?.read(*at, *length).ok()?)),
        }
    }

    fn id(&self, _: usize) -> Option<Cow<'_, str>> {
        None
    }

    fn date(&self, _: usize) -> Option<i64> {
        None
    }
}
