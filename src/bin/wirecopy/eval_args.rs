//! Flags of `eval`.

use crate::args::Format;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum EvalCommand {
    /// How good are the clusters that dedup found
    ///
    /// Prints precision, recall and F1 over pairs, the adjusted Rand index and B-cubed, over all documents and over those that a
    /// near-duplicate tool should find (core), and the share of each edit that was found with its source.
    #[command(
        after_help = "Core edits: base, format, edit1, edit5, edit10, boiler, reorder, trunc70, mixed, hardneg.\nExit codes: 0 done; 1 done, but lines were skipped or ids stand in one file only; 2 could not run.\n\nExample:\n  wirecopy synth --documents 100000 -o corpus.jsonl\n  wirecopy dedup corpus.jsonl -o kept.jsonl --clusters clusters.jsonl\n  wirecopy eval clusters corpus.jsonl clusters.jsonl"
    )]
    Clusters(EvalClustersArgs),
    /// Labelled pairs: ranking by similarity, calibration of the probability, relations by label
    ///
    /// Each line of FILE is {"a": TEXT, "b": TEXT, "label": true, "score": 0.0}: TEXT is a string or {"title", "text"}; label is
    /// true, false or a name (a relation or a level); score is a graded truth, the more the more alike. Label and score may
    /// be left out.
    Pairs(EvalPairsArgs),
    /// Pairs labelled cut, light, heavy or non: how far b was revised from a, leave one out
    Levels(EvalPairsArgs),
    /// Fact diffs against gold tables of whole articles, or against labelled sentences
    ///
    /// INPUT is a folder of stories (or one story), each a folder with its texts (d1.txt ...) and a gold.json, or a JSON Lines file of
    /// sentence pairs.
    #[command(after_help = EVAL_FACTS)]
    Facts(EvalFactsArgs),
    /// Lineages against a corpus of chains, with and without page dates and each kind of evidence, beside simple rules
    ///
    /// For example: wirecopy synth --kind chains -n 1000 --seed 2 -o chains.jsonl; wirecopy eval lineage chains.jsonl
    Lineage(EvalLineageArgs),
    /// Articles found on web pages, against their texts or against phrases that must stay and go
    ///
    /// Each line of FILE is {"html": MARKUP, "url": ADDRESS, "text": TEXT, "with": [PHRASE], "without": [PHRASE]}; all but html may be
    /// left out. Texts are compared by bags of four words, without the headline: precision and recall are averaged over the pages.
    /// Phrases are counted over all pages.
    #[cfg(feature = "html")]
    Pages(EvalPagesArgs),
    /// Fit the probability to files of labelled pairs, one task a file, and leave each out once
    Fit(EvalFitArgs),
}

#[derive(Debug, Args)]
pub(crate) struct EvalPairsArgs {
    /// JSON Lines, one pair a line
    #[arg(value_name = "FILE")]
    pub(crate) file: String,
    /// Let each pair stand alone: no word statistics from the other texts of the file
    #[arg(long)]
    pub(crate) alone: bool,
    /// How the result is written to standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

/// What is read and how it is scored.
const EVAL_FACTS: &str = "\
A gold.json has documents: {NAME: {file, body_lines: [FIRST, LAST], unscored_lines, inset_lines, headings}}, facts: {\"BASE->VARIANT\": [{kind,
base: {byte: [START, END]} or null, variant, accept: [MARK], must, level}]}, quotes: {\"BASE->VARIANT\": [{base, variant, outcome, accept}]}.
  recall      share of the gold rows with must and level lexical that a firm row matches, one to one: a mark that is accepted, a kind of the
              same class (quotes; numbers and dates; the rest), spans that share half of the shorter one on each side that gold gives,
              the found one at most 4 times as long or 300 bytes
  precision   share of the firm rows in scored lines that are right: changes where a gold row that they overlap on a side accepts the mark,
              kept and reworded rows only where they overlap a gold row on both sides
  false rows  altered or added rows that no gold row accepts, for each pair of articles; rows to check are counted apart
  quotes      share of the gold quotations with the right outcome, by the row whose span fits best, each used once

A line of a file of pairs is {\"a\": TEXT, \"b\": TEXT, \"changes\": [{\"mark\": \"altered\", \"a\": [[START, END]], \"b\": [[START, END]]}],
\"preserved\": [{\"a\": [], \"b\": []}], \"change\": \"added\", \"claims\": [{\"text\": TEXT, \"supported_by\": \"a\"}]}; all but a and b may be left out.
Ranges are bytes; b is the variant of a; marks are altered, added, dropped.
  F1          of changes: a firm row with the mark fits where the words that both name are on the mean at least half of the words that either
              names, over the sides where the label has words; each row and each label counts once, in order
  false alarms  share of preserved places that any firm change fits in the same way
  change      the kind of change on the whole (wirecopy::diff::change)
  claims      the side that bears out a claim (wirecopy::diff::support); half a right answer where the rules cannot tell
The baselines: a word diff (each run of folded words outside a longest common subsequence is altered, added or dropped; on the whole altered
as soon as both sides have words of their own), and the side that has more of the claim's different words.

Example:
  python3 benches/labelled_pairs.py SETS tasks
  wirecopy eval facts tasks/etpc_odd.jsonl";

#[derive(Debug, Args)]
pub(crate) struct EvalFactsArgs {
    /// A folder of stories, or JSON Lines, one pair a line
    #[arg(value_name = "INPUT")]
    pub(crate) input: String,
    /// How the result is written to standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[cfg(feature = "html")]
#[derive(Debug, Args)]
pub(crate) struct EvalPagesArgs {
    /// JSON Lines, one page a line
    #[arg(value_name = "FILE")]
    pub(crate) file: String,
    /// How often each page is read, to measure the time that reading takes
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) repeat: u32,
    /// How the result is written to standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct EvalLineageArgs {
    /// JSON Lines with id, text, page date, cluster and src (the id of the text that it was made from)
    #[arg(value_name = "FILE")]
    pub(crate) file: String,
    /// How the result is written to standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct EvalFitArgs {
    /// JSON Lines, one pair a line, one task a file
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<String>,
    /// How the result is written to standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct EvalClustersArgs {
    /// The corpus with the truth: JSON Lines with id, cluster and, if there are any, edit and src (also .gz or .zst)
    #[arg(value_name = "TRUTH")]
    pub(crate) truth: PathBuf,
    /// The rows that dedup --clusters wrote: JSON Lines with id and cluster (also .gz or .zst)
    #[arg(value_name = "CLUSTERS")]
    pub(crate) clusters: PathBuf,
    /// How the result is written to standard output
    #[arg(long, value_enum, default_value_t = Format::Text, help_heading = "Output")]
    pub(crate) format: Format,
    /// Field of the truth that holds the id
    #[arg(long, value_name = "NAME", default_value = "id", help_heading = "Settings")]
    pub(crate) id_field: String,
    /// Field of the truth that holds the cluster: text or a number
    #[arg(long, value_name = "NAME", default_value = "cluster", help_heading = "Settings")]
    pub(crate) cluster_field: String,
    /// Field of the truth that names what was done to a copy
    #[arg(long, value_name = "NAME", default_value = "edit", help_heading = "Settings")]
    pub(crate) edit_field: String,
    /// Field of the truth that holds the id of the source of a copy
    #[arg(long, value_name = "NAME", default_value = "src", help_heading = "Settings")]
    pub(crate) src_field: String,
}
