//! The `watch` command.
#![expect(clippy::disallowed_methods, reason = "the program reads the clock and makes its folder")]

mod notify;
mod output;

use crate::args::Format;
use crate::fields::FieldArgs;
use crate::index::now;
use crate::progress::Watcher;
use crate::{render, terminal};
use anyhow::{Context, bail};
use clap::Args;
use notify::Notify;
use output::Output;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use wirecopy::config::Config;
use wirecopy::fetch::{ArticleRow, Client, Event, Pace, Poll, Settings, feeds_of, relate, relate_to_all};
use wirecopy::index::{Index, Seen, Told};
use wirecopy::monitor::Monitor;

/// Articles that are put into an index at a time.
const TOGETHER: usize = 200;

#[derive(Debug, Args)]
pub(crate) struct WatchArgs {
    /// Addresses of feeds (RSS, Atom, JSON Feed), or files that list them (OPML)
    #[arg(required = true, value_name = "FEED|OPML")]
    feeds: Vec<String>,
    /// One round, then stop
    #[arg(long)]
    once: bool,
    /// Time from one round to the next
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = duration)]
    every: Duration,
    /// Folder in which is kept what was seen
    #[arg(long, value_name = "DIR", default_value = "wirecopy-watch")]
    store: PathBuf,
    /// Articles, newest first, that a new one is compared with where there is no index
    #[arg(long, value_name = "N", default_value_t = 5_000, conflicts_with = "index")]
    window: usize,
    /// Index that every article is added to, and each new one compared with all that is in it; made where it is not there
    #[arg(long, value_name = "FILE")]
    index: Option<PathBuf>,
    /// Tell of each new article that derives from another, or that from it: by POST to an address (http, https), or as a line of a file
    ///
    /// May be given several times. What does not arrive is sent again, with longer and longer pauses, also by later runs: nothing is
    /// lost, something may come twice, and its `id` says so.
    #[arg(long, value_name = "URL|FILE", help_heading = "Output")]
    notify: Vec<String>,
    /// How each new article is told; json: one line each
    #[arg(long, value_enum, default_value_t = Format::Text, help_heading = "Output")]
    format: Format,
    /// File to append to; each article stands in it once, also after a crash (- is standard output)
    #[arg(short, long, value_name = "FILE", default_value = "-", help_heading = "Output")]
    output: PathBuf,
    /// Pause between two requests to one host
    #[arg(long, value_name = "TIME", default_value = "2s", value_parser = duration, help_heading = "Fetching")]
    delay: Duration,
    /// Longest time of a request
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = duration, help_heading = "Fetching")]
    timeout: Duration,
    /// Most bytes of a feed or page
    #[arg(long, value_name = "BYTES", default_value_t = 16 << 20, help_heading = "Fetching")]
    max_bytes: u64,
    /// Also fetch from addresses that are not of the public internet
    #[arg(long, help_heading = "Fetching")]
    allow_private: bool,
    #[command(flatten)]
    fields: FieldArgs,
}

/// `90s`, `5m`, `2h`, `250ms`.
fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let number: u64 = text[..digits].parse().map_err(|_| "is no time such as 90s, 5m or 2h".to_owned())?;
    let unit = match &text[digits..] {
        "ms" => 1,
        "s" | "" => 1_000,
        "m" | "min" => 60_000,
        "h" => 3_600_000,
        _ => return Err("is no time such as 90s, 5m or 2h".to_owned()),
    };
    Ok(Duration::from_millis(number.saturating_mul(unit)))
}

/// Pauses by host.
struct Pauses<'a> {
    delay: Duration,
    watcher: &'a Watcher,
    last: RefCell<HashMap<String, Instant>>,
}

impl Pauses<'_> {
    /// Waits in small steps, so that the run can be stopped.
    fn sleep_until(&self, moment: Instant) {
        while !self.watcher.stopped() {
            match moment.checked_duration_since(Instant::now()) {
                Some(rest) if !rest.is_zero() => std::thread::sleep(rest.min(Duration::from_millis(100))),
                _ => return,
            }
        }
    }
}

impl Pace for Pauses<'_> {
    fn wait(&self, host: &str, least: Option<Duration>) {
        let last = self.last.borrow().get(host).copied();
        if let Some(last) = last {
            self.sleep_until(last + self.delay.max(least.unwrap_or_default()));
        }
        self.last.borrow_mut().insert(host.to_owned(), Instant::now());
    }

    fn stopped(&self) -> bool {
        self.watcher.stopped()
    }
}

pub(crate) fn watch(args: &WatchArgs) -> anyhow::Result<ExitCode> {
    let mut config = Config::default();
    args.fields.set(&mut config);
    let feeds = feeds(&args.feeds)?;
    std::fs::create_dir_all(&args.store).with_context(|| format!("cannot make the folder {}", args.store.display()))?;
    let mut seen = Seen::open(&args.store.join("seen.sqlite"))?;
    let output = Output::open(&args.output, &mut seen)?;
    let notify = Notify::open(&args.notify, &output, &mut seen)?;
    let index = args.index.as_deref().map(Indexed::open).transpose()?;
    let mut told = Telling { seen, output, notify, index, args, config: &config };
    let watcher = Watcher::new(false);
    let pauses = Pauses { delay: args.delay, watcher: &watcher, last: RefCell::default() };
    let settings = Settings {
        allow_private: args.allow_private,
        timeout: args.timeout,
        most_bytes: args.max_bytes,
        user_agent: concat!("wirecopy/", env!("CARGO_PKG_VERSION")).to_owned(),
    };
    let client = Client::new(settings, &pauses);
    let mut problems = false;
    loop {
        let began = Instant::now();
        // what an earlier run could not send
        told.notify.send(&mut told.seen, &client, &pauses)?;
        let mut poll = Poll::new(&client, &mut told.seen, &config);
        for feed in &feeds {
            if watcher.stopped() {
                break;
            }
            poll.feed(feed, &mut |event| problems |= event_told(&event))?;
        }
        told.tell()?;
        if args.once {
            problems |= !told.notify.send_patiently(&mut told.seen, &client, &pauses)?;
        } else {
            told.notify.send_until(began + args.every, &mut told.seen, &client, &pauses)?;
        }
        if watcher.stopped() {
            return Ok(ExitCode::from(130));
        }
        if args.once {
            return Ok(if problems { ExitCode::from(1) } else { ExitCode::SUCCESS });
        }
    }
}

/// The feeds that are named, and those of the lists that are named.
fn feeds(named: &[String]) -> anyhow::Result<Vec<String>> {
    let mut out: Vec<String> = Vec::new();
    for name in named {
        let more = if name.contains("://") {
            vec![name.clone()]
        } else {
            let list =
                wirecopy::io::read_whole(name).with_context(|| format!("{name} is no address (https://...) and no list of feeds"))?;
            feeds_of(&list).map_err(|why| anyhow::anyhow!("{name} {why}; a list of feeds is OPML"))?
        };
        for feed in more {
            if !out.contains(&feed) {
                out.push(feed);
            }
        }
    }
    if out.is_empty() {
        bail!("the lists name no feed");
    }
    Ok(out)
}

/// Says on standard error what happened; whether it is a problem.
fn event_told(event: &Event<'_>) -> bool {
    match event {
        Event::Unchanged(_) => false,
        Event::Read { feed, entries, kept } => {
            if *kept > 0 {
                terminal::tell(&format!("wirecopy: {}: {kept} new of {entries}", terminal::line(feed)));
            }
            false
        }
        Event::Problem { url, message } => {
            terminal::tell(&format!("wirecopy: {}: {}", terminal::line(url), terminal::line(message)));
            true
        }
    }
}

/// The index, and by what it is known to the memory of what was seen.
struct Indexed {
    index: Index,
    path: String,
    /// Whether it was made by this run, so that it lacks what it may have had.
    new: bool,
}

impl Indexed {
    fn open(path: &Path) -> anyhow::Result<Self> {
        let new = !path.exists();
        let index = Index::open(path, None)?;
        Ok(Self { index, path: std::path::absolute(path)?.to_string_lossy().into_owned(), new })
    }
}

/// Where new articles go.
struct Telling<'a> {
    seen: Seen,
    output: Output,
    notify: Notify,
    index: Option<Indexed>,
    args: &'a WatchArgs,
    config: &'a Config,
}

impl Telling<'_> {
    /// Tells every article that was not told, then keeps that it was.
    fn tell(&mut self) -> anyhow::Result<()> {
        let untold = self.seen.untold()?;
        if self.index.is_some() {
            return self.tell_by_index(&untold);
        }
        if untold.is_empty() {
            return Ok(());
        }
        let new: BTreeSet<i64> = untold.iter().copied().collect();
        let rows = relate(self.seen.newest(self.args.window.max(untold.len()))?, &new, self.config)?;
        self.write(&rows, &untold, None)
    }

    /// Adds what the index lacks, a part at a time, and tells what of it was not told. A part that was added and not told is added
    /// again, which changes nothing.
    fn tell_by_index(&mut self, untold: &[i64]) -> anyhow::Result<()> {
        let Some(mut held) = self.index.take() else { return Ok(()) };
        let has = if std::mem::take(&mut held.new) { 0 } else { self.seen.indexed(&held.path)? };
        let mut after = untold.first().map_or(has, |first| has.min(first - 1));
        loop {
            let articles = self.seen.after(after, TOGETHER)?;
            let Some(last) = articles.last() else { break };
            after = last.number;
            let mut rows = relate_to_all(&articles, &mut held.index, now())?;
            rows.retain(|row| untold.binary_search(&row.number).is_ok());
            let numbers: Vec<i64> = rows.iter().map(|r| r.number).collect();
            self.write(&rows, &numbers, Some((&held.path, after)))?;
        }
        self.index = Some(held);
        Ok(())
    }

    fn write(&mut self, rows: &[ArticleRow], numbers: &[i64], indexed: Option<(&str, i64)>) -> anyhow::Result<()> {
        let mut text = String::new();
        for row in rows {
            text.push_str(&line(row, self.args.format)?);
        }
        if !text.is_empty() {
            self.output.write(&text)?;
        }
        let notices = self.notify.notices(rows, &self.seen.name()?)?;
        self.seen.tell(&Told { numbers, output: self.output.place(), indexed, notices: &notices })?;
        Ok(())
    }
}

fn line(row: &ArticleRow, format: Format) -> anyhow::Result<String> {
    Ok(match format {
        Format::Json => serde_json::to_string(row)? + "\n",
        Format::Text => render::article(row),
    })
}
