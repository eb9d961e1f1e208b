//! The one thread that changes the index. What waits for it is bounded; what waits together becomes one change.

use super::fault::Fault;
use crate::index::now;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};
use wirecopy::document::Document;
use wirecopy::index::{Added, AddedLine, BATCH, Index};

/// Requests that wait.
const WAITING: usize = 256;

/// Documents of one request, and who waits for their rows.
struct Job {
    documents: Vec<Document>,
    answer: oneshot::Sender<Result<Vec<String>, Fault>>,
    /// The room that the documents take in memory: given back when they are in the index.
    _room: Option<OwnedSemaphorePermit>,
}

enum Order {
    Add(Job),
    /// After all that was accepted before.
    Stop,
}

/// What the writer has done.
#[derive(Debug, Default)]
pub(super) struct Done {
    pub(super) new: AtomicU64,
    pub(super) versions: AtomicU64,
    pub(super) copies: AtomicU64,
    pub(super) there: AtomicU64,
    pub(super) changes: AtomicU64,
    pub(super) waiting: AtomicUsize,
}

/// Hands documents to the thread.
pub(super) struct Writer {
    orders: mpsc::Sender<Order>,
    pub(super) done: Arc<Done>,
}

impl Writer {
    /// Starts the thread; it ends after [`Self::stop`].
    pub(super) fn start(index: Index) -> std::io::Result<(Self, JoinHandle<()>)> {
        let (orders, received) = mpsc::channel(WAITING);
        let done = Arc::new(Done::default());
        let counts = Arc::clone(&done);
        let thread = std::thread::Builder::new().name("writer".into()).spawn(move || write(index, received, &counts))?;
        Ok((Self { orders, done }, thread))
    }

    /// The rows of documents once they are on the disk, as JSON. Does not wait for a place in the queue.
    pub(super) async fn add(&self, documents: Vec<Document>, room: OwnedSemaphorePermit) -> Result<Vec<String>, Fault> {
        let (answer, answered) = oneshot::channel();
        self.done.waiting.fetch_add(1, Ordering::Relaxed);
        if let Err(refused) = self.orders.try_send(Order::Add(Job { documents, answer, _room: Some(room) })) {
            self.done.waiting.fetch_sub(1, Ordering::Relaxed);
            return Err(match refused {
                TrySendError::Full(_) => Fault::busy(),
                TrySendError::Closed(_) => Fault::stopping(),
            });
        }
        answered.await.unwrap_or_else(|_| Err(Fault::stopping()))
    }

    /// The same, and waits for a place: for streams, whose sender waits in turn.
    pub(super) async fn add_patiently(&self, documents: Vec<Document>) -> Result<Vec<String>, Fault> {
        let (answer, answered) = oneshot::channel();
        self.done.waiting.fetch_add(1, Ordering::Relaxed);
        if self.orders.send(Order::Add(Job { documents, answer, _room: None })).await.is_err() {
            self.done.waiting.fetch_sub(1, Ordering::Relaxed);
            return Err(Fault::stopping());
        }
        answered.await.unwrap_or_else(|_| Err(Fault::stopping()))
    }

    /// Lets the thread finish what was accepted, and end.
    pub(super) async fn stop(&self) {
        let _ = self.orders.send(Order::Stop).await;
    }
}

fn write(mut index: Index, mut orders: mpsc::Receiver<Order>, done: &Done) {
    let mut stop = false;
    while !stop {
        let Some(Order::Add(first)) = orders.blocking_recv() else { return };
        let mut jobs = vec![first];
        let mut documents = jobs[0].documents.len();
        while documents < BATCH {
            match orders.try_recv() {
                Ok(Order::Add(job)) => {
                    documents += job.documents.len();
                    jobs.push(job);
                }
                Ok(Order::Stop) => {
                    stop = true;
                    break;
                }
                Err(_) => break,
            }
        }
        done.waiting.fetch_sub(jobs.len(), Ordering::Relaxed);
        change(&mut index, jobs, done);
    }
}

/// One change for all jobs; who sent them is told when it is on the disk.
fn change(index: &mut Index, mut jobs: Vec<Job>, done: &Done) {
    let sizes: Vec<usize> = jobs.iter().map(|j| j.documents.len()).collect();
    let documents: Vec<Document> = jobs.iter_mut().flat_map(|j| std::mem::take(&mut j.documents)).collect();
    let lines = index.add(&documents, now()).and_then(|report| {
        for row in &report.rows {
            let count = match row.added {
                Added::New => &done.new,
                Added::Version => &done.versions,
                Added::CopyOf(_) => &done.copies,
                Added::There => &done.there,
            };
            count.fetch_add(1, Ordering::Relaxed);
        }
        done.changes.fetch_add(1, Ordering::Relaxed);
        let line = |row| AddedLine::new(index, row).map(|line| serde_json::to_string(&line).unwrap_or_default());
        report.rows.iter().map(line).collect::<wirecopy::error::Result<Vec<String>>>()
    });
    let mut lines = match lines {
        Ok(lines) => lines.into_iter(),
        Err(error) => {
            let fault = Fault::from(error);
            for job in jobs {
                let _ = job.answer.send(Err(fault.clone()));
            }
            return;
        }
    };
    for (job, size) in jobs.into_iter().zip(sizes) {
        // Whoever went away does not want to know.
        let _ = job.answer.send(Ok(lines.by_ref().take(size).collect()));
    }
}
