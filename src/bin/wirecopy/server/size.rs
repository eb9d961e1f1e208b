//! How much the index holds, for the page. Counting takes long where there is much: then it is not done for everybody who looks.

use super::fault::Fault;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;
use wirecopy::index::Index;

/// A count is shown for so many times the time that it took.
const AGE: u32 = 100;

/// Documents and clusters, and until when they are shown.
#[derive(Debug, Default)]
pub(super) struct Size(Mutex<Option<([u64; 2], Instant)>>);

impl Size {
    /// Documents and clusters, counted now or not long ago.
    #[expect(clippy::disallowed_methods, reason = "the program reads the clock")]
    pub(super) fn now(&self, index: &Index) -> Result<[u64; 2], Fault> {
        let begun = Instant::now();
        let known = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((counts, _)) = known.filter(|(_, until)| begun < *until) {
            return Ok(counts);
        }
        let info = index.info()?;
        let counts = [info.documents, info.clusters];
        let until = Instant::now() + AGE * begun.elapsed();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((counts, until));
        Ok(counts)
    }
}
