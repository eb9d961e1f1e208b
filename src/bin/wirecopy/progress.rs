//! Progress bars, the clock, and the wish to stop.
#![expect(clippy::disallowed_methods, reason = "the program reads the clock for the library")]

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;
use wirecopy::corpus::{Monitor, Usage};
use wirecopy::io::{cpu_seconds, peak_bytes};

/// What one stage of a run took.
#[derive(Debug, Serialize)]
pub(crate) struct StageTime {
    name: &'static str,
    seconds: f64,
    cpu_seconds: f64,
    /// Largest resident size of the process up to its end.
    peak_bytes: u64,
}

/// Shows the stages of a run on a terminal, and stops it when the user asks.
pub(crate) struct Watcher {
    started: Instant,
    stop: Arc<AtomicBool>,
    bar: Option<Mutex<ProgressBar>>,
    /// Each stage with what had been used when it began.
    begun: Mutex<Vec<(&'static str, Usage)>>,
}

impl Watcher {
    /// Takes over interrupts: the first one stops the run cleanly, the second one at once.
    pub(crate) fn new(shown: bool) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&stop);
        // Without a handler an interrupt ends the program at once, which loses no more than the temporary files.
        let _ = ctrlc::set_handler(move || {
            if flag.swap(true, Ordering::Relaxed) {
                end_now();
            }
        });
        let bar = (shown && std::io::stderr().is_terminal()).then(|| Mutex::new(ProgressBar::hidden()));
        Self { started: Instant::now(), stop, bar, begun: Mutex::default() }
    }

    /// A stage begins that shows no progress.
    pub(crate) fn begin(&self, name: &'static str) {
        if let Ok(mut begun) = self.begun.lock() {
            begun.push((name, self.usage()));
        }
    }

    /// What each stage took; the last one ends now.
    pub(crate) fn times(&self) -> Vec<StageTime> {
        let mut marks = self.begun.lock().map(|b| b.clone()).unwrap_or_default();
        marks.push(("", self.usage()));
        let time = |(from, to): (&(&'static str, Usage), &(&'static str, Usage))| StageTime {
            name: from.0,
            seconds: to.1.seconds - from.1.seconds,
            cpu_seconds: to.1.cpu_seconds - from.1.cpu_seconds,
            peak_bytes: to.1.peak_bytes,
        };
        marks.iter().zip(&marks[1..]).map(time).collect()
    }

    /// Takes the bar off the terminal.
    pub(crate) fn clear(&self) {
        if let Some(Ok(bar)) = self.bar.as_ref().map(Mutex::lock) {
            bar.finish_and_clear();
        }
    }
}

#[expect(clippy::exit, reason = "a second interrupt means: now")]
fn end_now() {
    std::process::exit(130);
}

impl Monitor for Watcher {
    fn stage(&self, name: &'static str, total: u64) {
        self.begin(name);
        let Some(Ok(mut bar)) = self.bar.as_ref().map(Mutex::lock) else { return };
        bar.finish_and_clear();
        let template = match name {
            // How much there will be is not known.
            "unpack" => "{msg:>7} {bytes} {bytes_per_sec}",
            "read" => "{msg:>7} {wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta} left",
            _ => "{msg:>7} {wide_bar} {human_pos}/{human_len} {per_sec} {eta} left",
        };
        *bar = ProgressBar::new(total).with_message(name);
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
    }

    fn advance(&self, amount: u64) {
        if let Some(Ok(bar)) = self.bar.as_ref().map(Mutex::lock) {
            bar.inc(amount);
        }
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn usage(&self) -> Usage {
        Usage { seconds: self.started.elapsed().as_secs_f64(), cpu_seconds: cpu_seconds(), peak_bytes: peak_bytes() }
    }
}
