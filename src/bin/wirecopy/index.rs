//! The `index` commands.
#![expect(clippy::disallowed_methods, reason = "the program reads the clock")]

use crate::args::{Format, Preset, Progress};
use crate::fields::FieldArgs;
use crate::progress::Watcher;
use crate::target::Target;
use crate::{render, terminal};
use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};
use wirecopy::config::Config;
use wirecopy::document::Document;
use wirecopy::error::Error;
use wirecopy::index::{AddReport, Added, AddedLine, AnswerLine, DocumentLine, Index, TRANSACTION};
use wirecopy::io::read_batches;
use wirecopy::keys::bands_for;
use wirecopy::monitor::Monitor;

#[derive(Debug, Subcommand)]
pub(crate) enum IndexCommand {
    /// Add documents; the index is made where it is not there
    ///
    /// Each batch is one transaction: what was counted is kept, whatever happens next. The same documents again change nothing.
    #[command(after_help = "Example:\n  wirecopy index add archive/*.jsonl.gz --index news.wirecopy")]
    Add(AddArgs),
    /// What texts are to everything in the index; nothing is kept
    #[command(after_help = "Example:\n  wirecopy index query article.html --index news.wirecopy")]
    Query(QueryArgs),
    /// Take documents out
    #[command(
        after_help = "Examples:\n  wirecopy index remove ID --index news.wirecopy\n  wirecopy index remove --older-than 90d --vacuum --index news.wirecopy"
    )]
    Remove(RemoveArgs),
    /// How much the index holds, and under which settings
    Info(FileArgs),
    /// Whether the index is whole: every row, key and cluster
    Check(FileArgs),
    /// Every document with its cluster, as JSON Lines
    Export(ExportArgs),
    /// Count the collection anew, and compare everything again under these statistics
    Rebuild(FileArgs),
}

#[derive(Debug, Args)]
pub(crate) struct FileArgs {
    /// The index
    #[arg(long, value_name = "FILE")]
    pub(crate) index: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct AddArgs {
    /// Files, folders, glob patterns, @FILE for a list of these, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    #[command(flatten)]
    file: FileArgs,
    /// What is compared; decided when the index is made [default: news]
    #[arg(long, value_enum)]
    preset: Option<Preset>,
    /// Jaccard similarity from which documents are near-duplicates; decided when the index is made [default: 0.5]
    #[arg(long, value_name = "T")]
    threshold: Option<f64>,
    /// Documents of one transaction: so many are kept, and told of, at a time
    #[arg(long, value_name = "N", default_value_t = TRANSACTION, value_parser = together)]
    batch: usize,
    /// json: one line for each document that was added
    #[arg(long, value_enum, default_value_t = Format::Text, help_heading = "Output")]
    format: Format,
    /// Whether progress is shown; auto: on a terminal
    #[arg(long, value_enum, default_value_t = Progress::Auto, help_heading = "Output")]
    progress: Progress,
    #[command(flatten)]
    fields: FieldArgs,
}

#[derive(Debug, Args)]
pub(crate) struct QueryArgs {
    /// Files, folders, glob patterns, @FILE for a list of these, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    #[command(flatten)]
    file: FileArgs,
    /// json: one line for each text
    #[arg(long, value_enum, default_value_t = Format::Text, help_heading = "Output")]
    format: Format,
    #[command(flatten)]
    fields: FieldArgs,
}

#[derive(Debug, Args)]
pub(crate) struct RemoveArgs {
    /// Ids of documents
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    file: FileArgs,
    /// Documents that were added longer ago: 90d, 12h
    #[arg(long, value_name = "TIME", value_parser = age)]
    older_than: Option<i64>,
    /// Give the room back to the disk: writes the whole file anew
    #[arg(long)]
    vacuum: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    file: FileArgs,
    /// Where the lines go (.gz and .zst are packed; - is standard output)
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
    /// The texts too
    #[arg(long)]
    with_text: bool,
}

/// `90d`, `12h`, in seconds.
fn age(typed: &str) -> Result<i64, String> {
    let digits = typed.find(|c: char| !c.is_ascii_digit()).unwrap_or(typed.len());
    let number: i64 = typed[..digits].parse().map_err(|_| "is no time such as 90d or 12h".to_owned())?;
    let unit = match &typed[digits..] {
        "s" => 1,
        "m" | "min" => 60,
        "h" => 3_600,
        "d" => 86_400,
        "w" => 604_800,
        _ => return Err("is no time such as 90d or 12h".to_owned()),
    };
    Ok(number.saturating_mul(unit))
}

/// Seconds since 1970.
pub(crate) fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| i64::try_from(d.as_secs()).unwrap_or(i64::MAX))
}

pub(crate) fn run(command: &IndexCommand) -> anyhow::Result<ExitCode> {
    match command {
        IndexCommand::Add(args) => add(args),
        IndexCommand::Query(args) => query(args),
        IndexCommand::Remove(args) => remove(args),
        IndexCommand::Info(args) => {
            let info = there(&args.index)?.at_one_moment(|index| index.info())??;
            terminal::write(format!("{}\n", serde_json::to_string_pretty(&info)?).as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }
        IndexCommand::Check(args) => {
            let faults = there(&args.index)?.check()?;
            for fault in &faults {
                terminal::tell(&format!("wirecopy: {}", terminal::line(fault)));
            }
            if faults.is_empty() {
                terminal::tell("the index is whole");
            }
            Ok(ExitCode::from(u8::from(!faults.is_empty())))
        }
        IndexCommand::Export(args) => export(args),
        IndexCommand::Rebuild(args) => {
            let watcher = Watcher::new(true);
            let rebuilt = there_to_change(&args.index)?.rebuild_watched(now(), &watcher);
            watcher.clear();
            let rebuilt = match rebuilt {
                Err(Error::Interrupted) => {
                    terminal::tell("wirecopy: interrupted; the index is as it was");
                    return Ok(ExitCode::from(130));
                }
                rebuilt => rebuilt?,
            };
            terminal::write(format!("{}\n", serde_json::to_string_pretty(&rebuilt)?).as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn exists(path: &Path) -> anyhow::Result<()> {
    if !path.is_file() {
        bail!("{} is not there; make it with `wirecopy index add INPUT... --index {}`", path.display(), path.display());
    }
    Ok(())
}

fn there(path: &Path) -> anyhow::Result<Index> {
    exists(path)?;
    Ok(Index::open_to_read(path)?)
}

pub(crate) fn there_to_change(path: &Path) -> anyhow::Result<Index> {
    exists(path)?;
    Ok(Index::open(path, None)?)
}

/// Documents of a transaction, at most: all of them are held in memory.
const MOST: usize = 100_000;

fn together(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|n| (1..=MOST).contains(n)).ok_or_else(|| format!("is no number from 1 to {MOST}"))
}

fn add(args: &AddArgs) -> anyhow::Result<ExitCode> {
    let chosen = args.preset.is_some() || args.threshold.is_some();
    let mut config = match args.preset {
        Some(Preset::Corpus) => Config::default(),
        _ => Config::news_corpus(),
    };
    config.threshold = args.threshold.unwrap_or(config.threshold);
    (config.bands, config.rows) = bands_for(config.threshold, config.num_perm);
    config.check()?;
    let new = !args.file.index.exists();
    let mut index = Index::open(&args.file.index, (chosen || new).then_some(&config))?;
    let mut reading_config = index.config().clone();
    args.fields.set(&mut reading_config);
    let watcher = Watcher::new(args.progress == Progress::Auto);
    watcher.stage("unpack", 0);
    let mut counts = Counts::default();
    let (sender, lists) = mpsc::sync_channel(0);
    let (inputs, together) = (args.inputs.clone(), args.batch);
    // Files are read while the index works. Nobody waits for this thread after a fault: it may wait for standard input.
    let reading = thread::spawn(move || {
        let mut take = |documents: Vec<Document>| sender.send(documents).map_err(|_| Error::Interrupted);
        read_batches(&inputs, &reading_config, &mut std::io::stdin().lock(), together, &mut take)
    });
    let added = index.add_each(lists, &now, &mut |index, documents, report| {
        watcher.advance(documents.iter().map(|d| d.text.len() as u64).sum());
        counts.count(&report);
        if args.format == Format::Json {
            tell_added(index, &report).map_err(|e| Error::Run { doing: "telling what was added", source: std::io::Error::other(e) })?;
        }
        if watcher.stopped() { Err(Error::Interrupted) } else { Ok(()) }
    });
    watcher.clear();
    let reading = match added {
        Ok(()) => Some(reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?),
        Err(Error::Interrupted) => None,
        Err(error) => return Err(error.into()),
    };
    counts.tell();
    match reading {
        Some(reading) => Ok(crate::commands::told(&reading)),
        None => {
            terminal::tell("wirecopy: interrupted; what was counted is kept, and the same command goes on");
            Ok(ExitCode::from(130))
        }
    }
}

#[derive(Default)]
struct Counts {
    new: u64,
    versions: u64,
    copies: u64,
    there: u64,
    linked: u64,
    bounded: u64,
}

impl Counts {
    fn count(&mut self, report: &AddReport) {
        for row in &report.rows {
            match row.added {
                Added::New => self.new += 1,
                Added::Version => self.versions += 1,
                Added::CopyOf(_) => self.copies += 1,
                Added::There => self.there += 1,
            }
            self.linked += u64::from(!row.links.is_empty());
        }
        self.bounded += report.bounded;
    }

    fn tell(&self) {
        terminal::tell(&format!(
            "{} new documents, {} new versions, {} exact copies, {} there already; {} linked to earlier ones",
            self.new, self.versions, self.copies, self.there, self.linked
        ));
        if self.bounded > 0 {
            terminal::tell(&format!(
                "wirecopy: {} documents have more candidates than are compared: those that share most were taken",
                self.bounded
            ));
        }
    }
}

fn tell_added(index: &Index, report: &AddReport) -> anyhow::Result<()> {
    let mut out = String::new();
    for row in &report.rows {
        out.push_str(&serde_json::to_string(&AddedLine::new(index, row)?)?);
        out.push('\n');
    }
    terminal::write(out.as_bytes())?;
    Ok(())
}

fn query(args: &QueryArgs) -> anyhow::Result<ExitCode> {
    let mut index = there(&args.file.index)?;
    let mut config = index.config().clone();
    args.fields.set(&mut config);
    let mut take = |documents: Vec<Document>| {
        let mut out = String::new();
        for document in &documents {
            let answer = index.query(document)?;
            match args.format {
                Format::Json => {
                    out.push_str(&serde_json::to_string(&AnswerLine::new(&document.id, &answer)).unwrap_or_default());
                    out.push('\n');
                }
                Format::Text => out.push_str(&render::answer(&document.id, &answer)),
            }
        }
        terminal::write_styled(&out).map_err(|source| Error::Run { doing: "writing the answer", source })
    };
    let reading = read_batches(&args.inputs, &config, &mut std::io::stdin().lock(), 100, &mut take)?;
    Ok(crate::commands::told(&reading))
}

fn remove(args: &RemoveArgs) -> anyhow::Result<ExitCode> {
    if args.ids.is_empty() && args.older_than.is_none() && !args.vacuum {
        bail!("name the documents, or say --older-than TIME");
    }
    let mut index = there_to_change(&args.file.index)?;
    let mut ids = args.ids.clone();
    if let Some(age) = args.older_than {
        ids.extend(index.added_before(now() - age)?);
    }
    let removed = index.remove(&ids, now())?;
    for id in &removed.unknown {
        terminal::tell(&format!("wirecopy: {}: no document has this id", terminal::line(id)));
    }
    terminal::tell(&format!("{} documents removed; {} clusters came out of others", removed.ids.len(), removed.parted));
    if args.vacuum {
        index.vacuum()?;
    }
    Ok(ExitCode::from(u8::from(!removed.unknown.is_empty())))
}

fn export(args: &ExportArgs) -> anyhow::Result<ExitCode> {
    let mut index = there(&args.file.index)?;
    let mut target = Target::new(&args.output)?;
    // Whoever adds meanwhile changes nothing of what is exported.
    index.at_one_moment(|index| export_all(index, args.with_text, &mut target))??;
    target.commit()?;
    Ok(ExitCode::SUCCESS)
}

fn export_all(index: &Index, with_text: bool, target: &mut Target) -> anyhow::Result<()> {
    let mut after = 0;
    loop {
        let rows = index.after(after, 1_000)?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.number;
        for row in &rows {
            let text = if with_text { Some(index.document(row)?.text) } else { None };
            let line = DocumentLine { text, ..DocumentLine::from(row) };
            serde_json::to_writer(&mut *target, &line).context("cannot write the lines")?;
            target.write_all(b"\n").context("cannot write the lines")?;
        }
    }
}
