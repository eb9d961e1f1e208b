//! `wirecopy eval pairs`, `levels` and `fit`: labelled pairs against verdicts.

use crate::args::Format;
use crate::eval_args::{EvalFitArgs, EvalPairsArgs};
use crate::terminal;
use anyhow::{Context, bail};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::ExitCode;
use wirecopy::config::Config;
use wirecopy::document::Document;
use wirecopy::eval::pairs::{Baseline, Judged, Label, LabelledPair, PairReport, baselines};
use wirecopy::eval::{fit, levels, pairs};
use wirecopy::verify::Match;
use wirecopy::{io, pipeline};

/// A file of pairs, verified.
struct Verified {
    truth: Vec<(Option<Label>, Option<f64>)>,
    kinds: Vec<Option<String>>,
    found: Vec<Match>,
    baseline: Vec<Baseline>,
}

fn verified(file: &str, alone: bool) -> anyhow::Result<Verified> {
    let text = io::read_whole(file)?;
    let mut documents: Vec<Document> = Vec::new();
    let mut places: BTreeMap<(String, Option<String>), u32> = BTreeMap::new();
    let (mut truth, mut kinds, mut indices) = (Vec::new(), Vec::new(), Vec::new());
    for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let pair: LabelledPair = serde_json::from_str(line).with_context(|| format!("{file}:{}: is no pair", number + 1))?;
        let mut place = |text: pairs::PairText| {
            let document = text.document(documents.len().to_string());
            let key = (document.text.clone(), document.title.clone());
            *places.entry(key).or_insert_with(|| {
                documents.push(document);
                documents.len() as u32 - 1
            })
        };
        indices.push((place(pair.a), place(pair.b)));
        truth.push((pair.label, pair.score));
        kinds.push(pair.kind);
    }
    if indices.is_empty() {
        bail!("{file} holds no pairs: each line is {{\"a\": TEXT, \"b\": TEXT, \"label\": true}}");
    }
    let texts: Vec<&str> = documents.iter().map(|d| d.text.as_str()).collect();
    let baseline = baselines(&texts, &indices);
    let config = Config::default();
    let found = if alone {
        let one = |&(a, b): &(u32, u32)| {
            let both = vec![documents[a as usize].clone(), documents[b as usize].clone()];
            Ok(pipeline::compare(both, &[(0, 1)], &config)?.remove(0))
        };
        indices.iter().map(one).collect::<anyhow::Result<_>>()?
    } else {
        pipeline::compare(documents, &indices, &config)?
    };
    Ok(Verified { truth, kinds, found, baseline })
}

/// A label as yes or no: relations that claim no derivation are no.
fn positive(label: &Label) -> bool {
    match label {
        Label::Flag(flag) => *flag,
        Label::Name(name) => !matches!(name.as_str(), "non" | "shared_quotes" | "same_event" | "same_topic" | "unrelated"),
    }
}

pub(crate) fn pairs(args: &EvalPairsArgs) -> anyhow::Result<ExitCode> {
    let v = verified(&args.file, args.alone)?;
    let judged: Vec<Judged<'_>> = v
        .found
        .iter()
        .zip(&v.truth)
        .zip(&v.baseline)
        .zip(&v.kinds)
        .map(|(((found, (label, score)), &baseline), kind)| Judged {
            found,
            positive: label.as_ref().map(positive),
            label: label.as_ref(),
            score: *score,
            kind: kind.as_deref(),
            baseline,
        })
        .collect();
    print(args.format, &pairs::evaluate(&judged), shown)
}

pub(crate) fn levels(args: &EvalPairsArgs) -> anyhow::Result<ExitCode> {
    let v = verified(&args.file, args.alone)?;
    let level = |(at, (label, _)): (usize, &(Option<Label>, Option<f64>))| match label {
        Some(Label::Name(name)) if levels::LEVELS.contains(&name.as_str()) => {
            Ok(levels::LEVELS.iter().position(|l| l == name).unwrap_or(0))
        }
        _ => bail!("{}: pair {} has none of the labels {}", args.file, at + 1, levels::LEVELS.join(", ")),
    };
    let truth = v.truth.iter().enumerate().map(level).collect::<anyhow::Result<Vec<_>>>()?;
    let containment: Vec<f64> = v.baseline.iter().map(|b| b.containment).collect();
    print(args.format, &levels::evaluate(&v.found, &truth, &containment), |r| {
        let mut out = format!(
            "{} pairs, leave one out: accuracy {:.3} ({:.3} to {:.3}); containment alone {:.3}, gain {:+.3} to {:+.3}\n",
            r.pairs, r.accuracy, r.interval[0], r.interval[1], r.baseline, r.gain[0], r.gain[1]
        );
        for (truth, given) in &r.confusion {
            let _ = writeln!(out, "  {truth:<8}{given:?}");
        }
        out
    })
}

pub(crate) fn fit(args: &EvalFitArgs) -> anyhow::Result<ExitCode> {
    let mut tasks = Vec::new();
    for file in &args.files {
        let v = verified(file, false)?;
        let rows = v.found.iter().zip(&v.truth).filter_map(|(m, (label, _))| Some((m.verdict.inputs.to_vec(), positive(label.as_ref()?))));
        tasks.push((file.clone(), rows.collect()));
    }
    print(args.format, &fit::fit(&tasks), |r| {
        let mut out = String::from("left out                                      pairs  base    AUC  ECE10  ECE15  Brier\n");
        for t in &r.left_out {
            let [ten, fifteen] = t.calibration_error;
            let _ = writeln!(out, "{:<44}{:>7}{:>6.2}{:>7.3}{ten:>7.3}{fifteen:>7.3}{:>7.3}", t.task, t.pairs, t.base_rate, t.auc, t.brier);
        }
        let _ = writeln!(out, "weights of all\n  bias {:.3}", r.weights[0]);
        for (name, weight) in r.inputs.iter().zip(&r.weights[1..]) {
            let _ = writeln!(out, "  {name} {weight:.3}");
        }
        out
    })
}

pub(crate) fn print<R: serde::Serialize>(format: Format, report: &R, text: impl FnOnce(&R) -> String) -> anyhow::Result<ExitCode> {
    match format {
        Format::Json => terminal::write((serde_json::to_string_pretty(report)? + "\n").as_bytes())?,
        Format::Text => terminal::write_styled(&terminal::clean(&text(report)))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn shown(r: &PairReport) -> String {
    let mut out = format!("{} pairs", r.pairs);
    if let Some(rate) = r.base_rate {
        let _ = write!(out, ", {:.1} % positive", 100.0 * rate);
    }
    out.push('\n');
    for (name, m) in &r.measures {
        let _ = write!(out, "{name:<12}");
        if let (Some(auc), Some([low, high]), Some((f1, at)), Some((half, accuracy))) = (m.auc, m.auc_interval, m.best_f1, m.at_half) {
            let _ = write!(
                out,
                " AUC {auc:.3} ({low:.3} to {high:.3}), best F1 {f1:.3} at {at:.2}, at 0.5 F1 {half:.3} accuracy {accuracy:.3}"
            );
        }
        if let (Some(r), Some([low, high]), Some(rank)) = (m.pearson, m.pearson_interval, m.spearman) {
            let _ = write!(out, ", Pearson {r:.3} ({low:.3} to {high:.3}), Spearman {rank:.3}");
        }
        out.push('\n');
    }
    for (name, gain) in [("AUC", r.auc_gain), ("Pearson", r.pearson_gain)] {
        if let Some([low, high]) = gain {
            let _ = writeln!(out, "similarity over tfidf, {name}: {low:+.3} to {high:+.3} (paired bootstrap, 95 %)");
        }
    }
    if let Some(c) = &r.calibration {
        let _ =
            writeln!(out, "probability: calibration error {:.3} (10 bins), {:.3} (15 bins), Brier {:.3}", c.error_10, c.error_15, c.brier);
        for b in &c.bins {
            let _ = writeln!(out, "  given {:.3}, true {:.3} of {}", b.probability, b.positive, b.pairs);
        }
    }
    for (label, given) in &r.relations {
        let given: Vec<String> = given.iter().map(|(relation, n)| format!("{relation} {n}")).collect();
        let _ = writeln!(out, "label {label}: {}", given.join(", "));
    }
    for (kind, row) in &r.kinds {
        let given: Vec<String> = row.relations.iter().map(|(relation, n)| format!("{relation} {n}")).collect();
        let _ = writeln!(
            out,
            "kind {kind:<28}{:>6}, derived or not right {:.3}, relation right {:.3}, mean probability {:.3}: {}",
            row.pairs,
            row.derived_right,
            row.relation_right,
            row.probability,
            given.join(", ")
        );
    }
    out
}
