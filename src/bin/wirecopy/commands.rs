//! Each command: inputs to documents, the pipeline, the result to standard output.

use crate::args::{DiffArgs, Format, OutputArgs, Progress, SettingArgs, TraceArgs, TraceFormat};
use crate::progress::Watcher;
use crate::target::Target;
use crate::{render, terminal};
use anyhow::{Context, anyhow, bail};
use serde::Serialize;
use std::io::{BufWriter, Write};
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;
use wirecopy::config::Config;
use wirecopy::document::{Document, Problem};
use wirecopy::error::Error;
use wirecopy::io::{AtomicFile, Reading, read};
use wirecopy::keys::KeyKind;
use wirecopy::pipeline;
use wirecopy::report::{HotKeyRow, TraceReport};

pub(crate) fn trace(args: &TraceArgs) -> anyhow::Result<ExitCode> {
    let mut config = settings(&args.settings)?;
    args.fields.set(&mut config);
    once(args.inputs.iter())?;
    let reading = read_inputs(&args.inputs, &config)?;
    let exit = told(&reading);
    // Only now: whoever waits for standard input can still be interrupted at once.
    let watcher = Watcher::new(args.progress == Progress::Auto);
    let run = || pipeline::trace_watched(reading.documents, reading.problems, args.needs_text(), &config, &watcher);
    let result = on_threads(&args.output, run)?;
    watcher.clear();
    let mut report = match result {
        Err(Error::Interrupted) => {
            terminal::tell("wirecopy: interrupted, nothing was written");
            return Ok(ExitCode::from(130));
        }
        result => result?,
    };
    report.fact_diffs.iter_mut().for_each(|d| args.rows.retain(d));
    for hot in report.hot_keys.iter().filter(|h| h.keys > h.left_out) {
        terminal::tell(&hot_keys(hot));
    }
    watcher.begin("report");
    write_report(args, &report)?;
    if let Some(path) = &args.stats {
        let mut file = AtomicFile::create(path)?;
        serde_json::to_writer_pretty(&mut file, &serde_json::json!({ "stages": watcher.times() }))
            .context("cannot write the statistics")?;
        file.write_all(b"\n").context("cannot write the statistics")?;
        file.commit()?;
    }
    Ok(exit)
}

fn write_report(args: &TraceArgs, report: &TraceReport) -> anyhow::Result<()> {
    if args.to == Path::new("-") && args.format == TraceFormat::Text {
        return Ok(terminal::write_styled(&render::trace(report, args.output.explain))?);
    }
    let mut target = Target::new(&args.to)?;
    match args.format {
        TraceFormat::Text => target.write_all(terminal::unstyled(&render::trace(report, args.output.explain)).as_bytes())?,
        TraceFormat::Json => json(&mut target, report)?,
        TraceFormat::Html => on_threads(&args.output, || render::html(report, &mut target))??,
        TraceFormat::Dot => render::dot(report, &mut target)?,
        TraceFormat::Graphml => render::graphml(report, &mut target)?,
    }
    target.commit()
}

/// One line on a cap of the search for pairs.
fn hot_keys(hot: &HotKeyRow) -> String {
    let (one, many) = match hot.kind {
        KeyKind::Exact => ("one whole body is", "whole bodies are"),
        KeyKind::Band => ("one near-duplicate band is", "near-duplicate bands are"),
        KeyKind::Gram => ("one run of words is", "runs of words are"),
        KeyKind::Quote => ("one quotation is", "quotations are"),
        KeyKind::Lead => ("one lead word is", "lead words are"),
    };
    let capped = hot.keys - hot.left_out;
    let shared = if capped == 1 { one.to_owned() } else { format!("{capped} {many}") };
    format!(
        "wirecopy: {shared} shared by so many documents (up to {}) that each of these was compared with the first and its neighbours only",
        hot.documents
    )
}

pub(crate) fn diff(args: &DiffArgs) -> anyhow::Result<ExitCode> {
    let mut config = settings(&args.settings)?;
    args.fields.set(&mut config);
    once(std::iter::once(&args.base).chain(&args.variants))?;
    let mut reading = read_inputs(std::slice::from_ref(&args.base), &config)?;
    if reading.documents.len() != 1 {
        bail!("{} holds {} documents, but a diff has one base: name a file that holds one", args.base, reading.documents.len());
    }
    let mut variants = read_inputs(&args.variants, &config)?;
    // Where the base lies in the folder of the variants it is not compared with itself.
    let base: Vec<Option<PathBuf>> = reading.documents.iter().map(file).collect();
    let other = |v: &Document| v.path.is_none() || !base.contains(&file(v));
    if variants.documents.iter().any(other) {
        variants.documents.retain(other);
    }
    reading.append(variants);
    let exit = told(&reading);
    let mut report = on_threads(&args.output, || pipeline::diff_all(reading.documents, reading.problems, args.output.with_text, &config))??;
    report.diffs.iter_mut().for_each(|d| args.rows.retain(d));
    match args.format {
        Format::Text => terminal::write_styled(&render::diff(&report, args.output.explain))?,
        Format::Json => json(std::io::stdout().lock(), &report)?,
    }
    Ok(exit)
}

pub(crate) fn settings(args: &SettingArgs) -> anyhow::Result<Config> {
    let mut config = Config::default();
    config.shingle_size = args.shingle_size.unwrap_or(config.shingle_size);
    config.num_perm = args.num_perm.unwrap_or(config.num_perm);
    config.rows = args.rows.unwrap_or(config.rows);
    // Fewer values leave room for fewer bands, unless bands were asked for.
    config.bands = args.bands.unwrap_or_else(|| config.bands.min(config.num_perm / config.rows.max(1)).max(1));
    match config.check() {
        Err(Error::Setting { setting: "rows", reason }) => {
            bail!("--rows: {reason} (a signature of {} values is cut into {} bands)", config.num_perm, config.bands)
        }
        Err(Error::Setting { setting, reason }) => bail!("--{}: {reason}", setting.replace('_', "-")),
        checked => checked?,
    }
    Ok(config)
}

fn read_inputs(inputs: &[String], config: &Config) -> anyhow::Result<Reading> {
    read(inputs, config, &mut std::io::stdin().lock()).map_err(|error| match error {
        Error::Pattern { .. } => anyhow!("{:#}; a [ that belongs to a name is written [[]", anyhow::Error::from(error)),
        error => error.into(),
    })
}

/// The file of a document, with `./` taken off.
fn file(document: &Document) -> Option<PathBuf> {
    document.path.as_ref().map(|p| Path::new(p).components().filter(|c| *c != Component::CurDir).collect())
}

/// Standard input ends where it was read; a second `-` would be empty.
fn once<'a>(mut inputs: impl Iterator<Item = &'a String>) -> anyhow::Result<()> {
    if inputs.by_ref().any(|i| i == "-") && inputs.any(|i| i == "-") {
        bail!("standard input (-) can be read once: name a file in the place of the other -");
    }
    Ok(())
}

/// Names the problems on standard error; the exit code says whether something was skipped.
pub(crate) fn told(reading: &Reading) -> ExitCode {
    for p in &reading.problems {
        let line = p.line.map_or_else(String::new, |n| format!(":{n}"));
        terminal::tell(&format!("wirecopy: {}{line}: {}", terminal::line(&p.path), terminal::line(&p.message)));
    }
    guessed(&reading.guesses);
    if reading.no_pages > 0 {
        let records = if reading.no_pages == 1 { "record" } else { "records" };
        terminal::tell(&format!(
            "wirecopy: {} {records} of archives passed over that are no pages (redirects, images, requests)",
            reading.no_pages
        ));
    }
    if reading.passed_over > 0 {
        let files = if reading.passed_over == 1 { "file of another format" } else { "files of other formats" };
        terminal::tell(&format!("wirecopy: {} {files} passed over (known: {})", reading.passed_over, wirecopy::io::KNOWN_ENDINGS));
    }
    if reading.skipped > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS }
}

/// Files of which names of fields are told on standard error.
const TOLD_GUESSES: usize = 5;

/// Under which names parts of documents were found, for the user to check.
pub(crate) fn guessed(guesses: &[Problem]) {
    for g in guesses.iter().take(TOLD_GUESSES) {
        let (path, message) = (terminal::line(&g.path), terminal::line(&g.message));
        terminal::tell(&format!("wirecopy: {path}: took {message} (other fields: --text-field and so on)"));
    }
    if guesses.len() > TOLD_GUESSES {
        terminal::tell(&format!("wirecopy: and so in {} more files", guesses.len() - TOLD_GUESSES));
    }
}

fn on_threads<T: Send>(args: &OutputArgs, run: impl FnOnce() -> T + Send) -> anyhow::Result<T> {
    let threads = args.threads.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().context("cannot start threads; try --threads 1")?;
    Ok(pool.install(run))
}

/// Straight out: the JSON of a large collection takes as much memory as its documents.
fn json<R: Serialize>(out: impl Write, report: &R) -> anyhow::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    serde_json::to_writer_pretty(&mut out, report).map_err(std::io::Error::from)?;
    out.write_all(b"\n")?;
    out.flush()?;
    Ok(())
}
