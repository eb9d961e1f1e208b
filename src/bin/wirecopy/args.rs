//! Every flag of the program.

use crate::eval_args::EvalCommand;
use crate::fields::FieldArgs;
use crate::rows::RowArgs;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

/// Finds rewritten news articles, traces them to their wire copy, and shows what happened to each fact.
#[derive(Debug, Parser)]
#[command(
    name = "wirecopy",
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 done; 1 done, but some inputs were skipped (they are named on standard error); 2 could not run; 130 interrupted.\n\nStart with: wirecopy trace FOLDER"
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// The whole answer: relations, clusters, lineage, fact diffs
    ///
    /// Reads articles, finds which derive from which and from what wire copy, and shows what happened to each fact on
    /// the way.
    #[command(
        after_help = "Examples:\n  wirecopy trace scraped/\n  wirecopy trace 'feed/*.jsonl' --format json > report.json\n  wirecopy trace scraped/ --format html -o report.html\n  cat article.txt | wirecopy trace - archive/"
    )]
    Trace(TraceArgs),
    /// Which facts changed between one text and others
    ///
    /// Compares the quotes, numbers, dates, names, roles and claims of BASE with those of each VARIANT. BASE is the source where it is
    /// known.
    #[command(after_help = "Example:\n  wirecopy diff wire.txt rewrite.txt")]
    Diff(DiffArgs),
    /// Keep one document of each cluster of near-duplicates, in corpora of any size
    ///
    /// Reads JSON Lines or Parquet and writes the records that stay, byte for byte or with all their columns, in their order. A record is removed only when it is
    /// itself verified against a record that is kept: exact Jaccard similarity of their shingle sets at or above the
    /// threshold; with --preset news, its text standing in the other's.
    #[command(
        after_help = "Examples:\n  wirecopy dedup news.jsonl -o kept.jsonl --clusters clusters.jsonl\n  wirecopy dedup 'crawl/*.jsonl.zst' -o kept.jsonl.zst --memory 1GiB --work work/\n  wirecopy dedup feed.jsonl --preset news -o kept.jsonl --clusters links.jsonl\n  wirecopy dedup news.parquet -o kept.parquet --clusters clusters.parquet\n  zcat feed.jsonl.gz | wirecopy dedup - -o - > kept.jsonl"
    )]
    Dedup(DedupArgs),
    /// A stored index of everything seen, for collections that grow
    ///
    /// One file that keeps documents, their keys, verified links and clusters with ids that last. Each new document is asked against all of
    /// them.
    #[cfg(feature = "index")]
    Index {
        #[command(subcommand)]
        command: crate::index::IndexCommand,
    },
    /// Poll feeds, and tell of each new article what it is to those seen before
    ///
    /// Fetches feeds and, where a feed has only a teaser, the article's page, and keeps both in a folder. What was told once is not told
    /// again, also after a crash; the same address with another text is a new version of its article.
    #[cfg(feature = "watch")]
    #[command(
        after_help = "Examples:\n  wirecopy watch https://example.org/feed.xml --once\n  wirecopy watch feeds.opml --every 10m --format json -o new.jsonl\n\nPages are fetched only where robots.txt allows it, with a pause between two requests to one host."
    )]
    Watch(crate::watch::WatchArgs),
    /// Serve the index: an HTTP interface and a web page
    ///
    /// Adds and answers over one index file. The page is for people: paste a text and see what it derives from, the newest clusters, search.
    /// The interface is described at /openapi.json.
    #[cfg(feature = "serve")]
    #[command(
        after_help = "Examples:\n  wirecopy serve --index news.wirecopy\n  wirecopy serve --index news.wirecopy --listen 0.0.0.0:8080 --host news.example --token-file token\n\nOther machines are listened to only with a token. The connection is not encrypted: put a proxy with TLS before it."
    )]
    Serve(crate::server::ServeArgs),
    /// Make a labelled corpus from a seed, of any size
    ///
    /// Writes JSON Lines: texts of a made-up language that looks like the English of news, copies of them that went through one known edit each, and
    /// the truth in every line (id, text, cluster, edit, src). The first clusters of a larger corpus are those of a smaller
    /// one with the same seed.
    #[command(
        after_help = "Examples:\n  wirecopy synth --documents 100000 -o corpus.jsonl\n  wirecopy synth --documents 5000000 --seed 7 -o corpus.jsonl.zst\n  wirecopy synth --kind news --documents 8000 -o news.jsonl --pairs pairs.jsonl"
    )]
    Synth(SynthArgs),
    /// Compare results with the truth
    Eval {
        #[command(subcommand)]
        command: EvalCommand,
    },
    /// Print a completion script for a shell
    ///
    /// Write it to where your shell looks for completions, for example:
    /// wirecopy completions bash > ~/.local/share/bash-completion/completions/wirecopy
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    ///
    /// For example: wirecopy man | man -l -
    Man,
}

#[derive(Debug, Args)]
pub(crate) struct SynthArgs {
    /// Documents to make
    #[arg(short = 'n', long, value_name = "N")]
    pub(crate) documents: u64,
    /// What is made; copies: stories of a made-up language and copies that went through one edit each; news: reports of agencies,
    /// rewrites of many kinds, and pages that look alike but are not derived; chains: pages made from pages made
    /// from pages, with slips that are passed on
    #[arg(long, value_enum, value_name = "KIND", default_value_t = SynthKind::Copies)]
    pub(crate) kind: SynthKind,
    /// Also write labelled pairs of the documents, half of them derived, for eval pairs (with --kind news)
    #[arg(long, value_name = "FILE")]
    pub(crate) pairs: Option<PathBuf>,
    /// What all texts come from; another seed gives another corpus
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Where the corpus goes (.gz and .zst are packed; - is standard output)
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub(crate) output: PathBuf,
    /// Whether progress is shown; auto: on a terminal
    #[arg(long, value_enum, default_value_t = Progress::Auto)]
    pub(crate) progress: Progress,
}

/// Kinds of labelled corpora.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SynthKind {
    Copies,
    News,
    Chains,
}

#[derive(Debug, Args)]
pub(crate) struct TraceArgs {
    /// Files, folders, glob patterns, or - for standard input (.txt, .jsonl, .ndjson, each also .gz or .zst; .parquet if it was built in)
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<String>,
    /// How the result is written
    #[arg(long, value_enum, default_value_t = TraceFormat::Text, help_heading = "Output")]
    pub(crate) format: TraceFormat,
    /// Where the result goes (.gz and .zst are packed; - is standard output)
    #[arg(short = 'o', long = "output", value_name = "FILE", default_value = "-", help_heading = "Output")]
    pub(crate) to: PathBuf,
    /// Where time and memory of each stage of the run go, as JSON
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) stats: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    /// Whether progress is shown; auto: on a terminal
    #[arg(long, value_enum, default_value_t = Progress::Auto, help_heading = "Output")]
    pub(crate) progress: Progress,
    #[command(flatten)]
    pub(crate) rows: RowArgs,
    #[command(flatten)]
    pub(crate) fields: FieldArgs,
    #[command(flatten)]
    pub(crate) settings: SettingArgs,
}

impl TraceArgs {
    /// Whether the report must carry the texts: explanations quote them, and a page shows them beside each other.
    pub(crate) fn needs_text(&self) -> bool {
        self.output.with_text || self.format == TraceFormat::Html || self.output.explain && self.format == TraceFormat::Text
    }
}

#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// The text to compare with: the source, where it is known
    #[arg(value_name = "BASE")]
    pub(crate) base: String,
    /// Texts to compare
    #[arg(required = true, value_name = "VARIANT")]
    pub(crate) variants: Vec<String>,
    /// How the result is written to standard output
    #[arg(long, value_enum, default_value_t = Format::Text, help_heading = "Output")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) rows: RowArgs,
    #[command(flatten)]
    pub(crate) fields: FieldArgs,
    #[command(flatten)]
    pub(crate) settings: SettingArgs,
}

/// The form of kept records.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum OutputFormat {
    /// One record a line
    Jsonl,
    /// Separated by commas
    Csv,
    /// Separated by tabs
    Tsv,
    /// A table
    Parquet,
}

#[derive(Debug, Args)]
pub(crate) struct DedupArgs {
    /// Files, folders, glob patterns, @FILE for a list of these, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<String>,
    /// Where the kept records go (.gz and .zst are packed; - is standard output)
    #[arg(short, long, value_name = "KEPT", help_heading = "Output")]
    pub(crate) output: PathBuf,
    /// Form of the kept records [default: by the name of KEPT: .csv, .tsv, .parquet, else JSON Lines]
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = "Output")]
    pub(crate) output_format: Option<OutputFormat>,
    /// Fields that are written, in this order [default: all as they are; in CSV and Parquet made of other formats: id, url, title, publisher, date, text]
    #[arg(long, value_delimiter = ',', value_name = "NAME,...", help_heading = "Output")]
    pub(crate) columns: Vec<String>,
    /// Where one row for each document goes: cluster, kept or not, counterpart, similarity (.jsonl or .parquet)
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) clusters: Option<PathBuf>,
    /// Where time, memory and counts of the run go, as JSON
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) stats: Option<PathBuf>,
    /// Whether progress is shown; auto: on a terminal
    #[arg(long, value_enum, default_value_t = Progress::Auto, help_heading = "Output")]
    pub(crate) progress: Progress,
    /// What is compared
    #[arg(long, value_enum, default_value_t = Preset::Corpus, help_heading = "Settings")]
    pub(crate) preset: Preset,
    /// Jaccard similarity from which documents are near-duplicates [default: 0.5]
    #[arg(long, value_name = "T", help_heading = "Settings")]
    pub(crate) threshold: Option<f64>,
    /// Form clusters of more than 1,000 different texts again, with this stricter similarity
    #[arg(long, value_name = "T", help_heading = "Settings")]
    pub(crate) giant_threshold: Option<f64>,
    /// Which document of a cluster is kept
    #[arg(long, value_enum, default_value_t = KeepArg::First, help_heading = "Settings")]
    pub(crate) keep: KeepArg,
    #[command(flatten)]
    pub(crate) fields: FieldArgs,
    #[command(flatten)]
    pub(crate) settings: SettingArgs,
    /// Memory to stay within, as far as the rows of documents (about 150 bytes each) leave room
    #[arg(long, value_name = "SIZE", default_value = "2GiB", value_parser = size, help_heading = "Resources")]
    pub(crate) memory: u64,
    /// Folder for files of the run; finished stages are kept in it
    #[arg(long, value_name = "DIR", help_heading = "Resources")]
    pub(crate) work: Option<PathBuf>,
    /// Go on with the run whose stages are in --work
    #[arg(long, requires = "work", help_heading = "Resources")]
    pub(crate) resume: bool,
    /// Threads; results are the same for any number [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024), help_heading = "Resources")]
    pub(crate) threads: Option<u16>,
}

/// When progress is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Progress {
    /// On a terminal
    Auto,
    /// Not at all
    Never,
}

/// What documents are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Preset {
    /// Word shingles of whole texts
    Corpus,
    /// These, and heavy edits, truncations and excerpts; removes only what stands in a kept text
    News,
}

/// Which document of a cluster is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum KeepArg {
    /// The first of the input
    First,
    /// The one with the most words
    Longest,
    /// The one with the earliest date (needs --date-field)
    Earliest,
}

/// A number of bytes: `500MB`, `2GiB`, `1.5g`, or plain bytes.
fn size(typed: &str) -> Result<u64, String> {
    let typed = typed.trim();
    let end = typed.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(typed.len());
    let (number, unit) = typed.split_at(end);
    let factor = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1.0,
        "k" | "kib" => 1024.0,
        "kb" => 1e3,
        "m" | "mib" => 1024.0 * 1024.0,
        "mb" => 1e6,
        "g" | "gib" => 1024.0 * 1024.0 * 1024.0,
        "gb" => 1e9,
        _ => return Err("is no size; write for example 500MB or 2GiB".into()),
    };
    match number.parse::<f64>() {
        Ok(n) if n * factor >= 1.0 && n.is_finite() => Ok((n * factor) as u64),
        _ => Err("is no size; write for example 500MB or 2GiB".into()),
    }
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs {
    /// Show the evidence behind each verdict
    #[arg(long)]
    pub(crate) explain: bool,
    /// Write each document's text into the JSON, so that spans can be looked up
    #[arg(long)]
    pub(crate) with_text: bool,
    /// Threads; results are the same for any number [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

/// How a result is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For reading
    Text,
    /// For programs: the schema is in the crate's documentation
    Json,
}

/// How a trace is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TraceFormat {
    /// For reading
    Text,
    /// For programs: the schema is in the crate's documentation
    Json,
    /// One page with everything in it, for a browser
    Html,
    /// The lineage in the language of Graphviz, with the evidence
    Dot,
    /// The lineage as GraphML, with the evidence
    Graphml,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Settings")]
pub(crate) struct SettingArgs {
    /// Words in a shingle
    #[arg(long, value_name = "N")]
    pub(crate) shingle_size: Option<usize>,
    /// Values in a signature
    #[arg(long, value_name = "N")]
    pub(crate) num_perm: Option<usize>,
    /// LSH bands
    #[arg(long, value_name = "N")]
    pub(crate) bands: Option<usize>,
    /// Rows in an LSH band
    #[arg(long, value_name = "N")]
    pub(crate) rows: Option<usize>,
}
