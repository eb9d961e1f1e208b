//! `wirecopy eval lineage`: lineages against a corpus of chains.

use crate::eval_args::EvalLineageArgs;
use crate::eval_pairs::print;
use anyhow::{Context, bail};
use std::fmt::Write as _;
use std::process::ExitCode;
use wirecopy::config::Config;
use wirecopy::eval::lineage::{LineageRow, LineageTruth, evaluate};
use wirecopy::io;

pub(crate) fn lineage(args: &EvalLineageArgs) -> anyhow::Result<ExitCode> {
    let text = io::read_whole(&args.file)?;
    let mut truth = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let row: LineageTruth = serde_json::from_str(line).with_context(|| format!("{}:{}: has no truth", args.file, number + 1))?;
        truth.push(row);
    }
    if !truth.iter().any(|t| t.src.is_some()) {
        bail!("{} holds no document with a source: each line is {{\"id\": ID, \"text\": TEXT, \"cluster\": 1, \"src\": ID}}", args.file);
    }
    let config = Config::default();
    let reading = io::read(std::slice::from_ref(&args.file), &config, &mut std::io::empty())?;
    print(args.format, &evaluate(&reading.documents, &truth, &config)?, |rows| table(rows))
}

fn table(rows: &[LineageRow]) -> String {
    let edges = rows.first().map_or(0, |r| r.scores.edges);
    let mut out = format!("{edges} edges\n{:<26}{:<10}joined  right  strict  precision  undirected  false\n", "found by", "dates");
    for r in rows {
        let (s, dates) = (&r.scores, format!("{:?}", r.dates).to_lowercase());
        let _ = writeln!(
            out,
            "{:<26}{dates:<10}{:>6.3}{:>7.3}{:>8.3}{:>11.3}{:>12}{:>7}",
            r.found_by, s.joined, s.right, s.strict, s.precision, s.undirected, s.false_edges
        );
    }
    out
}
