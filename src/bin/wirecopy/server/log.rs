//! One line on standard error for each request. What was asked for, but no text of it.

use crate::terminal;
use clap::ValueEnum;
use std::net::IpAddr;
use std::time::Duration;

/// How requests are logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Log {
    /// For programs: one JSON object a line
    Json,
    /// For reading
    Text,
    /// Not at all
    Off,
}

/// A request and its answer.
pub(super) struct Line<'a> {
    pub(super) peer: IpAddr,
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) route: &'a str,
    pub(super) status: u16,
    pub(super) took: Duration,
}

impl Log {
    pub(super) fn write(self, line: &Line<'_>) {
        let Line { peer, method, path, route, status, took } = line;
        let (time, ms) = (jiff::Timestamp::now().to_string(), took.as_secs_f64() * 1e3);
        match self {
            Self::Off => {}
            Self::Text => terminal::tell(&format!("{time} {peer} {method} {} {status} {ms:.1} ms", terminal::line(path))),
            Self::Json => {
                let ms = (ms * 1e3).round() / 1e3;
                let fields = serde_json::json!({ "time": time, "peer": peer, "method": method, "path": path, "route": route, "status": status, "ms": ms });
                terminal::tell(&fields.to_string());
            }
        }
    }
}
