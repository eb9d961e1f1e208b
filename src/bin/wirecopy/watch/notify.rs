//! What is told of new derivatives, to addresses and files, until it has arrived.
#![expect(clippy::disallowed_methods, reason = "the program reads the clock")]

use super::Pauses;
use super::output::Output;
use crate::terminal;
use anyhow::bail;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};
use wirecopy::fetch::{ArticleRow, Client, Fault, Pace, check_address};
use wirecopy::index::{NewNotice, Notice, Seen};

/// The first pause after something did not arrive; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause, and the longest that a receiver is granted.
const LONGEST_PAUSE: Duration = Duration::from_mins(5);
const LONGEST_GRANTED: Duration = Duration::from_hours(1);
/// How often a run of one round tries in all, and for which pause it stays.
const TRIES: u32 = 4;
const PATIENCE: Duration = Duration::from_secs(10);
/// Notices that are read at a time.
const TOGETHER: usize = 100;

/// A notice, as it is sent.
#[derive(Serialize)]
struct NoticeLine<'a> {
    schema: &'static str,
    /// The same whenever it is sent.
    id: &'a str,
    kind: &'static str,
    article: &'a ArticleRow,
}

/// Those who are told.
pub(super) struct Notify {
    receivers: Vec<Receiver>,
}

struct Receiver {
    /// As it is kept: an address, or the whole path of a file.
    name: String,
    /// As it is shown: an address without what may be secret.
    shown: String,
    /// `None` for an address.
    file: Option<Output>,
    /// When a notice that did not arrive is sent again.
    due: BTreeMap<i64, Instant>,
    /// Until when nothing is sent, since nobody answers, and how often in a row that was so.
    silent: Option<Instant>,
    outages: u32,
}

impl Notify {
    /// Opens those that were named. Files must be others than `output`.
    pub(super) fn open(named: &[String], output: &Output, seen: &mut Seen) -> anyhow::Result<Self> {
        let mut receivers: Vec<Receiver> = Vec::new();
        for named in named {
            let (name, shown, file) = if named.contains("://") {
                check_address(named).map_err(|why| anyhow::anyhow!("--notify: the address {why}"))?;
                (named.clone(), host(named), None)
            } else {
                let file = Output::open(Path::new(named), seen)?;
                let name = file.place().map_or_else(|| "-".to_owned(), |(path, _)| path.to_owned());
                if output.place().map_or("-", |(path, _)| path) == name {
                    bail!("--notify and --output name the same place");
                }
                (name, named.clone(), Some(file))
            };
            if receivers.iter().all(|r| r.name != name) {
                receivers.push(Receiver { name, shown, file, due: BTreeMap::new(), silent: None, outages: 0 });
            }
        }
        for (target, count) in seen.waiting()? {
            if receivers.iter().all(|r| r.name != target) {
                let shown = if target.contains("://") { host(&target) } else { target };
                terminal::tell(&format!("wirecopy: {count} notices wait for {}; --notify sends them", terminal::line(&shown)));
            }
        }
        Ok(Self { receivers })
    }

    /// What is to be sent of these articles. `name` is that of the memory that they stand in.
    pub(super) fn notices(&self, rows: &[ArticleRow], name: &str) -> anyhow::Result<Vec<NewNotice>> {
        let mut out = Vec::new();
        for row in rows.iter().filter(|r| !self.receivers.is_empty() && r.is_derivative()) {
            let id = format!("{name}-{}", row.number);
            let body = serde_json::to_string(&NoticeLine { schema: "wirecopy.notice/1", id: &id, kind: "derivative", article: row })?;
            out.extend(self.receivers.iter().map(|r| NewNotice { target: r.name.clone(), id: id.clone(), body: body.clone() }));
        }
        Ok(out)
    }

    /// Sends what is due; `Some` moment at which there is more to do.
    pub(super) fn send(&mut self, seen: &mut Seen, client: &Client<'_>, pauses: &Pauses<'_>) -> anyhow::Result<Option<Instant>> {
        for receiver in &mut self.receivers {
            receiver.send(seen, client, pauses)?;
        }
        Ok(self.receivers.iter().filter_map(Receiver::next).min())
    }

    /// Sends what is due until `end`.
    pub(super) fn send_until(&mut self, end: Instant, seen: &mut Seen, client: &Client<'_>, pauses: &Pauses<'_>) -> anyhow::Result<()> {
        while !pauses.stopped() {
            let next = self.send(seen, client, pauses)?;
            pauses.sleep_until(next.map_or(end, |next| next.min(end)));
            if Instant::now() >= end {
                break;
            }
        }
        Ok(())
    }

    /// Sends all there is, some times if need be. Whether all has arrived.
    pub(super) fn send_patiently(&mut self, seen: &mut Seen, client: &Client<'_>, pauses: &Pauses<'_>) -> anyhow::Result<bool> {
        for again in 1..=TRIES {
            match self.send(seen, client, pauses)? {
                None => return Ok(true),
                Some(next) if again < TRIES && next <= Instant::now() + PATIENCE && !pauses.stopped() => pauses.sleep_until(next),
                Some(_) => break,
            }
        }
        for (target, count) in seen.waiting()? {
            if let Some(receiver) = self.receivers.iter().find(|r| r.name == target) {
                let shown = terminal::line(&receiver.shown);
                terminal::tell(&format!("wirecopy: {shown}: {count} notices have not arrived; the next run sends them"));
            }
        }
        Ok(false)
    }
}

impl Receiver {
    /// When it is to be tried again.
    fn next(&self) -> Option<Instant> {
        self.silent.or_else(|| self.due.values().min().copied())
    }

    fn send(&mut self, seen: &mut Seen, client: &Client<'_>, pauses: &Pauses<'_>) -> anyhow::Result<()> {
        if self.silent.is_some_and(|until| until > Instant::now()) {
            return Ok(());
        }
        self.silent = None;
        let mut after = 0;
        loop {
            let notices = seen.notices(&self.name, after, TOGETHER)?;
            let Some(last) = notices.last() else { return Ok(()) };
            after = last.number;
            if let Some(file) = &mut self.file {
                let lines: String = notices.iter().flat_map(|n| [n.body.as_str(), "\n"]).collect();
                file.write(&lines)?;
                let numbers: Vec<i64> = notices.iter().map(|n| n.number).collect();
                seen.sent(&numbers, file.place())?;
                continue;
            }
            for notice in &notices {
                if pauses.stopped() {
                    return Ok(());
                }
                if self.due.get(&notice.number).is_some_and(|due| *due > Instant::now()) {
                    continue;
                }
                if !self.post(notice, seen, client)? {
                    return Ok(());
                }
            }
        }
    }

    /// Whether the receiver answers, be it that it does not take this notice.
    fn post(&mut self, notice: &Notice, seen: &mut Seen, client: &Client<'_>) -> anyhow::Result<bool> {
        let Err(unsent) = client.post(&self.name, &notice.id, &notice.body) else {
            seen.sent(&[notice.number], None)?;
            self.due.remove(&notice.number);
            self.outages = 0;
            return Ok(true);
        };
        seen.not_sent(notice.number)?;
        // one that the receiver does not take must not hold up the others
        let status = |fault: &Fault| if let Fault::Status(code) = fault { Some(*code) } else { None };
        let answers = status(&unsent.fault)
            .is_some_and(|code| (400..500).contains(&code) && !matches!(code, 401 | 403 | 404 | 408 | 410 | 425 | 429));
        let pause = pause(if answers { notice.tries } else { self.outages }, unsent.again_after);
        let again = Instant::now() + pause;
        if answers {
            self.due.insert(notice.number, again);
        } else {
            self.outages += 1;
            self.silent = Some(again);
        }
        let (shown, fault) = (terminal::line(&self.shown), terminal::line(&unsent.fault.to_string()));
        terminal::tell(&format!("wirecopy: {shown}: notice {}: {fault}; again in {} s", notice.id, pause.as_secs()));
        Ok(answers)
    }
}

/// The pause after what failed, as it did `tries` times before.
fn pause(tries: u32, granted: Option<Duration>) -> Duration {
    let own = FIRST_PAUSE.saturating_mul(1 << tries.min(10)).min(LONGEST_PAUSE);
    own.max(granted.unwrap_or_default().min(LONGEST_GRANTED))
}

/// The scheme and host of an address: what follows may be secret.
fn host(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
    format!("{scheme}://{}", authority.rsplit('@').next().unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end_somewhere() {
        let seconds: Vec<u64> = (0..12).map(|tries| pause(tries, None).as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
        assert_eq!(pause(0, Some(Duration::from_secs(90))).as_secs(), 90);
        assert_eq!(pause(0, Some(Duration::from_secs(1 << 40))).as_secs(), 3_600);
    }

    #[test]
    fn secrets_of_addresses_are_not_shown() {
        assert_eq!(host("https://user:word@hooks.example:8443/T0/secret?key=x"), "https://hooks.example:8443");
    }
}
