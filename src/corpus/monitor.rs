//! The time and memory of each stage of a run.

use crate::monitor::{Monitor, Usage};
use serde::Serialize;

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
