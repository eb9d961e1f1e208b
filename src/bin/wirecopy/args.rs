//! Every flag of the program.

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

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
        after_help = "Examples:\n  wirecopy trace scraped/\n  wirecopy trace 'feed/*.jsonl' --format json > report.json\n  cat article.txt | wirecopy trace - archive/"
    )]
    Trace(TraceArgs),
    /// Which facts changed between one text and others
    ///
    /// Compares the quotes, numbers, dates, names, roles and claims of BASE with those of each VARIANT. BASE is the source where it is
    /// known.
    #[command(after_help = "Example:\n  wirecopy diff wire.txt rewrite.txt")]
    Diff(DiffArgs),
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
pub(crate) struct TraceArgs {
    /// Files, folders, glob patterns, or - for standard input (.txt, .jsonl, .ndjson)
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<String>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) settings: SettingArgs,
}

#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// The text to compare with: the source, where it is known
    #[arg(value_name = "BASE")]
    pub(crate) base: String,
    /// Texts to compare
    #[arg(required = true, value_name = "VARIANT")]
    pub(crate) variants: Vec<String>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) settings: SettingArgs,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs {
    /// How the result is written to standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
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
