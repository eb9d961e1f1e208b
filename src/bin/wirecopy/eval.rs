//! The `eval` commands.

use crate::args::Format;
use crate::eval_args::EvalClustersArgs;
use crate::render;
use crate::terminal;
use anyhow::{Context, bail};
use std::path::Path;
use std::process::ExitCode;
use wirecopy::document::Problem;
use wirecopy::eval::{FieldNames, Found, Row, Truth, evaluate};
use wirecopy::io::each_line;

/// Problems of a file that are named on standard error; all are counted.
const NAMED: usize = 20;

pub(crate) fn clusters(args: &EvalClustersArgs) -> anyhow::Result<ExitCode> {
    let names = FieldNames {
        id: args.id_field.clone(),
        cluster: args.cluster_field.clone(),
        edit: args.edit_field.clone(),
        src: args.src_field.clone(),
    };
    let never = || false;
    let mut truth = Truth::default();
    let in_truth = each_line(&args.truth, &never, &mut |line| truth.add(&Row::read(line, &names)?))?;
    tell(&args.truth, &in_truth);
    truth.end();
    if truth.is_empty() {
        bail!("{} holds no labelled document", args.truth.display());
    }
    let mut found = Found::default();
    let rows = FieldNames::default();
    let in_clusters = each_line(&args.clusters, &never, &mut |line| found.add(&Row::read(line, &rows)?, &truth))?;
    tell(&args.clusters, &in_clusters);

    let report = evaluate(&truth, &found);
    if report.all.documents == 0 {
        bail!("no id of {} stands in {}: they belong to different corpora", args.clusters.display(), args.truth.display());
    }
    if report.without_cluster > 0 {
        terminal::tell(&format!(
            "wirecopy: {} documents of {} have no row in {}; they are left out",
            report.without_cluster,
            args.truth.display(),
            args.clusters.display()
        ));
    }
    match args.format {
        Format::Json => {
            let mut json = serde_json::to_vec_pretty(&report).context("cannot write the report as JSON")?;
            json.push(b'\n');
            terminal::write(&json)?;
        }
        Format::Text => terminal::write_styled(&render::scores(&report))?,
    }
    let clean = in_truth.is_empty() && in_clusters.is_empty() && report.without_cluster == 0;
    Ok(if clean { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn tell(path: &Path, problems: &[Problem]) {
    for p in problems.iter().take(NAMED) {
        let line = p.line.map_or_else(String::new, |n| format!(":{n}"));
        terminal::tell(&format!("wirecopy: {}{line}: {}", terminal::line(&p.path), terminal::line(&p.message)));
    }
    if problems.len() > NAMED {
        terminal::tell(&format!("wirecopy: {}: and {} more lines", path.display(), problems.len() - NAMED));
    }
}
