//! The `dedup` command.

use crate::args::{DedupArgs, KeepArg, OutputFormat, Preset, Progress};
use crate::progress::Watcher;
use crate::target::Target;
use crate::terminal;
use anyhow::{Context, bail};
use std::io::Write;
use std::process::ExitCode;
use wirecopy::config::{Config, Keep};
use wirecopy::corpus::{ClusterRows, Outputs, Request, Stages, Summary, dedup as run};
use wirecopy::error::Error;
use wirecopy::io::{AtomicFile, Converted, RecordFormat, StageFolder, WorkFolder, cluster_rows, kept_records, open_corpus};
use wirecopy::keys::bands_for;

/// Problems that are named on standard error; `--stats` has all.
const NAMED: usize = 20;

pub(crate) fn dedup(args: &DedupArgs) -> anyhow::Result<ExitCode> {
    let config = settings(args)?;
    let watcher = Watcher::new(args.progress == Progress::Auto);
    let threads = args.threads.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().context("cannot start threads; try --threads 1")?;
    let result = pool.install(|| work(args, &config, &watcher));
    watcher.clear();
    match result {
        Ok(summary) => {
            tell(&summary);
            Ok(if summary.skipped > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
        }
        Err(error) if matches!(error.downcast_ref(), Some(Error::Interrupted)) => {
            let how = match &args.work {
                Some(folder) => format!("the finished stages are in {}; go on with the same command and --resume", folder.display()),
                None => "run it with --work DIR to be able to go on with --resume".into(),
            };
            anstream::eprintln!("wirecopy: interrupted, nothing was written; {}", terminal::line(&how));
            Ok(ExitCode::from(130))
        }
        Err(error) => Err(error),
    }
}

fn settings(args: &DedupArgs) -> anyhow::Result<Config> {
    let mut config = crate::commands::settings(&args.settings)?;
    if args.preset == Preset::News {
        let news = Config::news_corpus();
        config = Config { shingle_size: config.shingle_size, num_perm: config.num_perm, bands: config.bands, rows: config.rows, ..news };
    }
    config.threshold = args.threshold.unwrap_or(config.threshold);
    config.giant_threshold = args.giant_threshold;
    if args.settings.bands.is_none() && args.settings.rows.is_none() {
        (config.bands, config.rows) = bands_for(config.threshold, config.num_perm);
    }
    config.keep = match args.keep {
        KeepArg::First => Keep::First,
        KeepArg::Longest => Keep::Longest,
        KeepArg::Earliest => Keep::Earliest,
    };
    args.fields.set(&mut config);
    config.check().context("a setting is out of range")?;
    Ok(config)
}

fn work(args: &DedupArgs, config: &Config, watcher: &Watcher) -> anyhow::Result<Summary> {
    let folder = match &args.work {
        Some(path) => WorkFolder::lasting(path)?,
        None => WorkFolder::passing(&args.output),
    };
    let mut corpus = open_corpus(&args.inputs, config, &folder, &mut std::io::stdin().lock(), watcher)?;
    let faults = std::mem::take(&mut corpus.problems);
    crate::commands::guessed(&corpus.guesses);
    if args.clusters.as_ref() == Some(&args.output) {
        bail!("the kept records and the clusters cannot go to the same place: name two files");
    }
    let mut kept_file = Target::new(&args.output)?;
    let mut clusters_file = args.clusters.as_deref().map(Target::new).transpose()?;
    let format = args.output_format.map_or_else(|| RecordFormat::of_name(&args.output), record_format);
    // as they are: lines byte for byte, rows of tables with all their columns
    let own = args.columns.is_empty() && (format == RecordFormat::JsonLines || format == RecordFormat::Parquet && corpus.has_tables());
    let mut converted = None;
    let mut kept = if own {
        kept_records(&corpus, &args.output, format, &mut kept_file)?
    } else {
        let to = converted.insert(Converted::new(&args.output, format, &args.columns, config, &mut kept_file)?);
        kept_records(&corpus, &args.output, RecordFormat::JsonLines, to)?
    };
    let mut clusters = match (&args.clusters, &mut clusters_file) {
        (Some(path), Some(file)) => Some(cluster_rows(path, file)?),
        _ => None,
    };
    let mut stages = folder.lasts().then(|| StageFolder::open(&folder, &corpus.inputs, config, args.resume)).transpose()?;
    let resumes = stages.as_ref().is_some_and(|s| s.has("read"));
    let request = Request {
        inputs: &corpus.inputs,
        config,
        memory: args.memory,
        spill: Some(folder.spill(resumes)),
        // Pairs are made again from the rows.
        gram_spills: [Some(folder.columns("gram", resumes)), Some(folder.columns("pair", false))],
        stages: stages.as_mut().map(|s| s as &mut dyn Stages),
        monitor: watcher,
    };
    let outputs = Outputs { kept: &mut *kept, clusters: clusters.as_deref_mut().map(|c| c as &mut dyn ClusterRows) };
    let mut summary = run(request, outputs)?;
    summary.skipped += corpus.skipped as u64;
    summary.problems.splice(0..0, faults);
    drop((kept, clusters));
    converted.map_or(Ok(()), Converted::finish).with_context(|| format!("cannot write {}", args.output.display()))?;
    if let Some(clusters) = clusters_file {
        clusters.commit()?;
    }
    kept_file.commit()?;
    if let Some(path) = &args.stats {
        let mut file = AtomicFile::create(path)?;
        serde_json::to_writer_pretty(&mut file, &summary).context("cannot write the statistics")?;
        file.write_all(b"\n").context("cannot write the statistics")?;
        file.commit()?;
    }
    Ok(summary)
}

const fn record_format(asked: OutputFormat) -> RecordFormat {
    match asked {
        OutputFormat::Jsonl => RecordFormat::JsonLines,
        OutputFormat::Csv => RecordFormat::Separated(b','),
        OutputFormat::Tsv => RecordFormat::Separated(b'\t'),
        OutputFormat::Parquet => RecordFormat::Parquet,
    }
}

fn tell(summary: &Summary) {
    for p in summary.problems.iter().take(NAMED) {
        let line = p.line.map_or_else(String::new, |n| format!(":{n}"));
        anstream::eprintln!("wirecopy: {}{line}: {}", terminal::line(&p.path), terminal::line(&p.message));
    }
    if summary.problems.len() > NAMED {
        anstream::eprintln!("wirecopy: and {} more problems (--stats FILE lists them all)", summary.problems.len() - NAMED);
    }
    let (seconds, cpu) = summary.stages.iter().fold((0.0, 0.0), |t, s| (t.0 + s.seconds, t.1 + s.cpu_seconds));
    anstream::eprintln!(
        "{} documents, {} kept; {} clusters, the largest of {}; {} exact copies; {} hot keys; {seconds:.2} s, {cpu:.2} CPU s",
        summary.documents,
        summary.kept,
        summary.clusters,
        summary.largest_cluster,
        summary.exact_copies,
        summary.hot_keys
    );
    for giant in &summary.giants {
        anstream::eprintln!(
            "wirecopy: a cluster of {} documents begins with {}; look at it",
            giant.documents,
            terminal::line(&giant.cluster)
        );
    }
}
