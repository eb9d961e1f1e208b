//! Long work beside Python: other threads run meanwhile, Ctrl-C stops it, and a callback is told how far it is.

use crate::fault;
use pyo3::prelude::*;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};
use wirecopy::io::{cpu_seconds, peak_bytes};
use wirecopy::monitor::{Monitor, Usage};

/// Between two looks at signals.
const LOOK: Duration = Duration::from_millis(50);

/// The library's view of a run that Python waits for.
pub(crate) struct Watch {
    stop: AtomicBool,
    done: AtomicU64,
    /// Stages that began and were not told of yet; the last one is the one that goes on.
    stages: Mutex<Vec<(&'static str, u64)>>,
    began: Instant,
}

impl Watch {
    #[expect(clippy::disallowed_methods, reason = "whoever runs the library gives it the clock")]
    fn new() -> Self {
        Self { stop: AtomicBool::new(false), done: AtomicU64::new(0), stages: Mutex::default(), began: Instant::now() }
    }

    /// Tells `callback` of the stages that ended and of the one that goes on.
    fn tell(&self, py: Python<'_>, callback: &Py<PyAny>, ended: bool) -> PyResult<()> {
        let (stages, done) = {
            let mut stages = self.stages.lock().unwrap_or_else(PoisonError::into_inner);
            let told = stages.clone();
            let last = stages.len().saturating_sub(1);
            stages.drain(..last);
            (told, self.done.load(Relaxed))
        };
        for (at, (name, total)) in stages.iter().enumerate() {
            let done = if ended || at + 1 < stages.len() { *total } else { done.min(*total) };
            callback.call1(py, (*name, done, *total))?;
        }
        Ok(())
    }
}

impl Monitor for Watch {
    fn stage(&self, name: &'static str, total: u64) {
        let mut stages = self.stages.lock().unwrap_or_else(PoisonError::into_inner);
        stages.push((name, total));
        self.done.store(0, Relaxed);
    }

    fn advance(&self, amount: u64) {
        self.done.fetch_add(amount, Relaxed);
    }

    fn stopped(&self) -> bool {
        self.stop.load(Relaxed)
    }

    fn usage(&self) -> Usage {
        Usage { seconds: self.began.elapsed().as_secs_f64(), cpu_seconds: cpu_seconds(), peak_bytes: peak_bytes() }
    }
}

/// Runs `work` on `threads` threads of its own (`None`: one a core), which end with it. Signals are looked at and `progress` is called
/// on the thread of the caller; what either raises stops the work and is raised when it has stopped.
pub(crate) fn watched<T: Send>(
    py: Python<'_>,
    threads: Option<usize>,
    progress: Option<&Py<PyAny>>,
    work: impl FnOnce(&Watch) -> T + Send,
) -> PyResult<T> {
    if threads.is_some_and(|n| !(1..=1024).contains(&n)) {
        return Err(fault::setting("threads: a number from 1 to 1024, or None for one a core"));
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).build();
    let pool = pool.map_err(|e| fault::run(format!("cannot start threads: {e}; try threads=1")))?;
    let watch = Watch::new();
    let mut raised = None;
    let result = py.detach(|| {
        std::thread::scope(|scope| {
            let (end, ended) = channel();
            let watch = &watch;
            let run = scope.spawn(move || {
                let result = pool.install(|| work(watch));
                // Nobody listens any more only if the caller is gone.
                let _ = end.send(());
                result
            });
            while matches!(ended.recv_timeout(LOOK), Err(RecvTimeoutError::Timeout)) {
                if raised.is_none() {
                    let look = |py: Python<'_>| py.check_signals().and_then(|()| progress.map_or(Ok(()), |p| watch.tell(py, p, false)));
                    raised = Python::attach(look).err();
                    watch.stop.store(raised.is_some(), Relaxed);
                }
            }
            run.join()
        })
    });
    if let Some(raised) = raised {
        return Err(raised);
    }
    match result {
        Ok(result) => {
            if let Some(progress) = progress {
                watch.tell(py, progress, true)?;
            }
            Ok(result)
        }
        Err(panic) => std::panic::resume_unwind(panic),
    }
}
