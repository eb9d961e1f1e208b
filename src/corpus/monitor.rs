//! What the caller of a run sees of it while it goes on, and what it can ask of it.

use serde::Serialize;

/// What a process has used up to now.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Usage {
    /// Seconds on the clock.
    pub seconds: f64,
    /// CPU seconds of all threads, user and system.
    pub cpu_seconds: f64,
    /// Largest resident size so far, in bytes.
    pub peak_bytes: u64,
}

/// The caller's side of a run: progress, the wish to stop, and the clock, which the library does not read itself.
pub trait Monitor: Sync {
    /// A stage begins that will go over `total` bytes (or documents, where it says so).
    fn stage(&self, name: &'static str, total: u64);

    /// The stage went on by `bytes` (or documents).
    fn advance(&self, amount: u64);

    /// Whether the run should stop.
    fn stopped(&self) -> bool;

    /// What was used up to now.
    fn usage(&self) -> Usage;
}

/// A monitor that shows nothing and never stops.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Monitor for Silent {
    fn stage(&self, _: &'static str, _: u64) {}
    fn advance(&self, _: u64) {}
    fn stopped(&self) -> bool {
        false
    }
    fn usage(&self) -> Usage {
        Usage::default()
    }
}

/// One stage in the summary of a run.
#[derive(Clone, Debug, Serialize)]
pub struct StageRow {
    /// Its name.
    pub name: &'static str,
    /// Whether its rows were taken from the work directory.
    pub resumed: bool,
    /// Seconds on the clock.
    pub seconds: f64,
    /// CPU seconds of all threads.
    pub cpu_seconds: f64,
    /// Bytes that it went over (0 where it does not go over the input).
    pub bytes: u64,
    /// Largest resident size of the process up to its end, in bytes.
    pub peak_bytes: u64,
}

/// Measures one stage after the other.
pub(super) struct Stopwatch<'a> {
    monitor: &'a dyn Monitor,
    before: Usage,
    pub(super) rows: Vec<StageRow>,
}

impl<'a> Stopwatch<'a> {
    pub(super) fn new(monitor: &'a dyn Monitor) -> Self {
        Self { monitor, before: monitor.usage(), rows: Vec::new() }
    }

    pub(super) fn end(&mut self, name: &'static str, bytes: u64, resumed: bool) {
        let now = self.monitor.usage();
        self.rows.push(StageRow {
            name,
            resumed,
            seconds: now.seconds - self.before.seconds,
            cpu_seconds: now.cpu_seconds - self.before.cpu_seconds,
            bytes,
            peak_bytes: now.peak_bytes,
        });
        self.before = now;
    }
}
