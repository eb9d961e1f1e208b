//! The `watch` command.
#![expect(clippy::disallowed_methods, reason = "the program reads the clock and opens its output")]

use crate::args::Format;
use crate::fields::FieldArgs;
use crate::progress::Watcher;
use crate::{render, terminal};
use anyhow::{Context, bail};
use clap::Args;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use wirecopy::config::Config;
use wirecopy::fetch::{ArticleRow, Client, Event, Pace, Poll, Settings, feeds_of, relate};
use wirecopy::index::Seen;
use wirecopy::monitor::Monitor;

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
    /// Articles, newest first, that a new one is compared with
    #[arg(long, value_name = "N", default_value_t = 5_000)]
    window: usize,
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
    let mut output = Output::open(args, &seen)?;
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
        let mut poll = Poll::new(&client, &mut seen, &config);
        for feed in &feeds {
            if watcher.stopped() {
                break;
            }
            poll.feed(feed, &mut |event| problems |= told(&event))?;
        }
        tell(&mut seen, &mut output, args, &config)?;
        if watcher.stopped() {
            return Ok(ExitCode::from(130));
        }
        if args.once {
            return Ok(if problems { ExitCode::from(1) } else { ExitCode::SUCCESS });
        }
        pauses.sleep_until(began + args.every);
        if watcher.stopped() {
            return Ok(ExitCode::from(130));
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
fn told(event: &Event<'_>) -> bool {
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

/// Tells every article that was not told, then keeps that it was.
fn tell(seen: &mut Seen, output: &mut Output, args: &WatchArgs, config: &Config) -> anyhow::Result<()> {
    let untold = seen.untold()?;
    if untold.is_empty() {
        return Ok(());
    }
    let new: BTreeSet<i64> = untold.iter().copied().collect();
    let rows = relate(seen.newest(args.window.max(untold.len()))?, &new, config)?;
    let mut text = String::new();
    for row in &rows {
        text.push_str(&line(row, args.format)?);
    }
    output.write(&text)?;
    seen.tell(&untold, output.place())?;
    Ok(())
}

fn line(row: &ArticleRow, format: Format) -> anyhow::Result<String> {
    Ok(match format {
        Format::Json => serde_json::to_string(row)? + "\n",
        Format::Text => render::article(row),
    })
}

/// Where articles are told.
enum Output {
    Standard,
    File { file: File, path: String, bytes: u64 },
}

impl Output {
    /// Opens the file, and takes off what was written before a crash and is not known to be whole.
    fn open(args: &WatchArgs, seen: &Seen) -> anyhow::Result<Self> {
        if args.output == Path::new("-") {
            return Ok(Self::Standard);
        }
        let shown = args.output.display().to_string();
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&args.output);
        let file = file.as_mut().map_err(|e| anyhow::anyhow!("cannot write {shown}: {e}"))?.try_clone()?;
        let path = std::path::absolute(&args.output)?.to_string_lossy().into_owned();
        let length = file.metadata()?.len();
        let bytes = seen.written(&path)?.unwrap_or(length).min(length);
        file.set_len(bytes).with_context(|| format!("cannot write {shown}"))?;
        let mut file = file;
        file.seek(SeekFrom::Start(bytes))?;
        Ok(Self::File { file, path, bytes })
    }

    fn write(&mut self, text: &str) -> anyhow::Result<()> {
        match self {
            Self::Standard => {
                terminal::write_styled(text)?;
                std::io::stdout().flush()?;
            }
            Self::File { file, bytes, .. } => {
                let plain = terminal::unstyled(text);
                file.write_all(plain.as_bytes()).and_then(|()| file.sync_data()).context("cannot write the output")?;
                *bytes += plain.len() as u64;
            }
        }
        Ok(())
    }

    /// The file and its length, to be kept.
    fn place(&self) -> Option<(&str, u64)> {
        match self {
            Self::Standard => None,
            Self::File { path, bytes, .. } => Some((path, *bytes)),
        }
    }
}
