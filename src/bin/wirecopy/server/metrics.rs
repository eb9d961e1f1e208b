//! Counters and latencies in the text form that Prometheus reads.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper ends of the buckets of latencies, in seconds.
const BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

#[derive(Debug, Default)]
struct Latency {
    /// Not summed up; the last is beyond all ends.
    buckets: [u64; BUCKETS.len() + 1],
    seconds: f64,
}

/// What was answered.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    /// By method, route and status.
    answers: Mutex<BTreeMap<(String, String, u16), u64>>,
    /// By route.
    latencies: Mutex<BTreeMap<String, Latency>>,
}

impl Metrics {
    /// Counts an answer. `method` and `route` must be of a small set, whatever was asked for.
    pub(super) fn count(&self, method: &str, route: &str, status: u16, took: Duration) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        *answers.entry((method.to_owned(), route.to_owned(), status)).or_insert(0) += 1;
        drop(answers);
        let seconds = took.as_secs_f64();
        let mut latencies = self.latencies.lock().unwrap_or_else(PoisonError::into_inner);
        let latency = latencies.entry(route.to_owned()).or_default();
        latency.buckets[BUCKETS.iter().position(|end| seconds <= *end).unwrap_or(BUCKETS.len())] += 1;
        latency.seconds += seconds;
    }

    pub(super) fn text(&self) -> String {
        let mut out =
            String::from("# HELP wirecopy_requests_total Answers by method, route and status.\n# TYPE wirecopy_requests_total counter\n");
        for ((method, route, status), count) in &*self.answers.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ = writeln!(out, "wirecopy_requests_total{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}} {count}");
        }
        out.push_str("# HELP wirecopy_request_seconds Time from the head of a request to the head of its answer.\n");
        out.push_str("# TYPE wirecopy_request_seconds histogram\n");
        for (route, latency) in &*self.latencies.lock().unwrap_or_else(PoisonError::into_inner) {
            let mut all = 0;
            for (end, count) in BUCKETS.iter().map(ToString::to_string).chain(["+Inf".to_owned()]).zip(latency.buckets) {
                all += count;
                let _ = writeln!(out, "wirecopy_request_seconds_bucket{{route=\"{route}\",le=\"{end}\"}} {all}");
            }
            let _ = writeln!(out, "wirecopy_request_seconds_sum{{route=\"{route}\"}} {}", latency.seconds);
            let _ = writeln!(out, "wirecopy_request_seconds_count{{route=\"{route}\"}} {all}");
        }
        out
    }
}

/// One number with its description.
pub(super) fn number(out: &mut String, name: &str, kind: &str, help: &str, value: u64) {
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}");
}
