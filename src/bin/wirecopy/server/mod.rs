//! The `serve` command: an HTTP interface and a web page over a stored index.
//!
//! One thread changes the index ([`writer`]), several read it ([`readers`]), and around every answer stands [`guard`].

mod articles;
mod body;
mod clusters;
mod fault;
mod gate;
mod guard;
mod ledger;
mod listen;
mod log;
mod metrics;
mod pace;
mod pages;
mod parameters;
mod publisher;
mod readers;
mod routes;
mod size;
mod stream;
mod views;
mod writer;

use crate::progress::Watcher;
use crate::terminal;
use anyhow::{Context, bail};
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use wirecopy::config::Config;
use wirecopy::index::{Filters, Index};

#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// The index; it is made where it is not there
    #[arg(long, value_name = "FILE")]
    index: PathBuf,
    /// Address and port; port 0 is any that is free
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// One more name under which the service is reached, as behind a proxy; may be given several times
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,
    /// What every request must carry as `Authorization: Bearer TOKEN`; other programs of the machine can see it here
    #[arg(long, value_name = "TOKEN", conflicts_with = "token_file")]
    token: Option<String>,
    /// File with the token on its first line
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Requests a second of one peer, with twice as many at once; 0: no limit
    #[arg(long, value_name = "N", default_value_t = 1_000, help_heading = "Limits")]
    rate: u32,
    /// Most bytes of a body that is no stream
    #[arg(long, value_name = "BYTES", default_value_t = 8 << 20, value_parser = clap::value_parser!(u32).range(1_024..=1 << 28), help_heading = "Limits")]
    max_body: u32,
    /// Most bytes of a line of a stream
    #[arg(long, value_name = "BYTES", default_value_t = 4 << 20, value_parser = clap::value_parser!(u32).range(1_024..=1 << 28), help_heading = "Limits")]
    max_line: u32,
    /// Questions that are answered at the same time [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256), help_heading = "Limits")]
    readers: Option<u16>,
    /// Longest time, in seconds, until a request has come, and until it is answered
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=3_600), help_heading = "Limits")]
    timeout: u16,
    /// How requests are logged on standard error
    #[arg(long, value_enum, default_value_t = log::Log::Text)]
    log: log::Log,
}

/// Bounds on what one request may take.
#[derive(Clone, Copy, Debug)]
struct Limits {
    body: usize,
    line: usize,
    /// For the head of a request to come.
    head: Duration,
    /// For the body of a request, or the next part of a stream, to come.
    read: Duration,
    /// For the answer to begin.
    answer: Duration,
    /// For what was begun, when the service stops.
    grace: Duration,
}

/// Bytes of bodies that are held at the same time, beside one that is read.
const ROOM: usize = 32 << 20;
/// Streams at the same time.
const STREAMS: usize = 8;

/// All that answers share.
struct Service {
    writer: writer::Writer,
    readers: Arc<readers::Readers>,
    gate: gate::Gate,
    pace: pace::Pace,
    limits: Limits,
    metrics: metrics::Metrics,
    size: size::Size,
    log: log::Log,
    /// The settings of the index.
    config: Config,
    /// In places of [`body::PLACE`] bytes.
    room: Arc<Semaphore>,
    streams: Arc<Semaphore>,
    stopping: AtomicBool,
}

pub(crate) fn serve(args: &ServeArgs) -> anyhow::Result<ExitCode> {
    let token = token(args)?;
    if token.is_none() && !args.listen.ip().is_loopback() {
        bail!("{} can be reached from other machines: give a --token-file, or listen on 127.0.0.1", args.listen);
    }
    let mut index = Index::open(&args.index, None)?;
    let filters = Arc::new(Filters::default());
    index.share_filters(&filters);
    let watcher = Watcher::new(false);
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let most = args.readers.map_or(cores, usize::from);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(cores.min(4))
        .max_blocking_threads(most + 16)
        .enable_all()
        .build()
        .context("cannot start threads")?;
    let writing = runtime.block_on(async {
        let listener = TcpListener::bind(args.listen).await.with_context(|| format!("cannot listen on {}", args.listen))?;
        let listens = listener.local_addr()?;
        let config = index.config().clone();
        let (writer, writing) = writer::Writer::start(index)?;
        let wait = Duration::from_secs(args.timeout.into());
        let service = Arc::new(Service {
            writer,
            readers: Arc::new(readers::Readers::new(args.index.clone(), filters, most)),
            gate: gate::Gate::new(listens, &args.hosts, token),
            pace: pace::Pace::new(args.rate),
            limits: Limits {
                body: args.max_body as usize,
                line: args.max_line as usize,
                head: wait.min(Duration::from_secs(15)),
                read: wait,
                answer: 2 * wait,
                grace: wait,
            },
            metrics: metrics::Metrics::default(),
            size: size::Size::default(),
            log: args.log,
            config,
            room: Arc::new(Semaphore::new(ROOM.max(2 * args.max_body as usize) / body::PLACE)),
            streams: Arc::new(Semaphore::new(STREAMS)),
            stopping: AtomicBool::new(false),
        });
        service.readers.keep_filters();
        terminal::tell(&format!("wirecopy: serving on http://{listens}/"));
        listen::serve(listener, routes::router(&service), service, &watcher).await;
        anyhow::Ok(writing)
    })?;
    let whole = writing.join().is_ok();
    runtime.shutdown_timeout(Duration::from_secs(1));
    terminal::tell("wirecopy: stopped");
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

/// The token that is wanted, from the arguments or the file.
fn token(args: &ServeArgs) -> anyhow::Result<Option<String>> {
    let token = match (&args.token, &args.token_file) {
        (Some(token), _) => token.clone(),
        (None, Some(file)) => wirecopy::io::read_whole(&file.to_string_lossy())?.lines().next().unwrap_or("").trim().to_owned(),
        (None, None) => return Ok(None),
    };
    if token.len() < 16 || !token.bytes().all(|b| b.is_ascii_graphic()) {
        bail!("a token has 16 or more letters, digits and signs, and no blanks");
    }
    Ok(Some(token))
}
