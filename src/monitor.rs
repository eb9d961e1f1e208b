//! What the caller of a run sees of it while it goes on, and what it can ask of it.

use crate::error::{Error, Result};

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
    /// A stage begins that will go over `total` bytes, documents or pairs.
    fn stage(&self, name: &'static str, total: u64);

    /// The stage went on by so many of them.
    fn advance(&self, amount: u64);

    /// Whether the run should stop.
    fn stopped(&self) -> bool;

    /// What was used up to now.
    fn usage(&self) -> Usage;
}

/// An error when the run should stop.
pub(crate) fn go_on(monitor: &dyn Monitor) -> Result<()> {
    if monitor.stopped() { Err(Error::Interrupted) } else { Ok(()) }
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
