//! The index opened several times, to be read while it is changed.

use super::fault::Fault;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;
use wirecopy::index::{Filters, Index};

/// Questions that wait for a reader.
const WAITING: usize = 256;

/// Readers that are idle, and how many may be at work.
pub(super) struct Readers {
    path: PathBuf,
    filters: Arc<Filters>,
    idle: Mutex<Vec<Index>>,
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
}

impl Readers {
    pub(super) fn new(path: PathBuf, filters: Arc<Filters>, most: usize) -> Self {
        Self { path, filters, idle: Mutex::default(), places: Arc::new(Semaphore::new(most)), waiting: AtomicUsize::new(0) }
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

    /// Keeps the filters of the index, which others may write too, for as long as there are readers.
    pub(super) fn keep_filters(self: &Arc<Self>) {
        /// Between two looks at the file. A run without its filter is asked all the same.
        const BETWEEN: Duration = Duration::from_secs(2);
        let readers = Arc::downgrade(self);
        std::thread::spawn(move || {
            let mut index = None;
            while let Some(readers) = readers.upgrade() {
                let mut reader = match index.take() {
                    Some(reader) => Ok(reader),
                    None => readers.open(),
                };
                // What is wrong with the file is told where it is asked.
                index = reader.as_mut().is_ok_and(|r| r.make_filters().is_ok()).then_some(reader).and_then(Result::ok);
                drop(readers);
                std::thread::sleep(BETWEEN);
            }
        });
    }

    fn open(&self) -> Result<Index, wirecopy::error::Error> {
        let mut index = Index::open_to_read(&self.path)?;
        index.share_filters(&self.filters);
        Ok(index)
    }

    /// A reader that was idle, or one more. One that failed is not used again.
    fn take(&self) -> Result<Index, Fault> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Ok(match idle {
            Some(index) => index,
            None => self.open()?,
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
