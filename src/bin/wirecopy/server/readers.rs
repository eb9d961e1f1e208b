//! The index opened several times, to be read while it is changed.

use super::fault::Fault;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;
use wirecopy::index::Index;

/// Questions that wait for a reader.
const WAITING: usize = 256;

/// Readers that are idle, and how many may be at work.
pub(super) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Index>>,
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
}

impl Readers {
    pub(super) fn new(path: PathBuf, most: usize) -> Self {
        Self { path, idle: Mutex::default(), places: Arc::new(Semaphore::new(most)), waiting: AtomicUsize::new(0) }
    }

    /// Asks the index as it is at one moment, on a thread that may wait for the disk.
    pub(super) async fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        question: impl FnOnce(&mut Index) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let queue = Waiting(Arc::clone(self));
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= WAITING {
            return Err(Fault::busy());
        }
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| Fault::stopping())?;
        drop(queue);
        let readers = Arc::clone(self);
        let asked = tokio::task::spawn_blocking(move || {
            // Held to the end, also when nobody waits for the answer any more.
            let _place = place;
            let mut index = readers.take()?;
            let answer = index.at_one_moment(question)?;
            readers.idle.lock().unwrap_or_else(PoisonError::into_inner).push(index);
            answer
        });
        asked.await.map_err(|e| Fault::inner(&format!("a question to the index ended early: {e}")))?
    }

    /// A reader that was idle, or one more. One that failed is not used again.
    fn take(&self) -> Result<Index, Fault> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Ok(match idle {
            Some(index) => index,
            None => Index::open_to_read(&self.path)?,
        })
    }
}

/// One question that waits; also one whose asker went away is counted off.
struct Waiting(Arc<Readers>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}
