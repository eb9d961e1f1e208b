//! `wirecopy eval facts`: fact diffs against gold tables and labelled sentences.

use crate::eval_args::EvalFactsArgs;
use crate::eval_pairs::print;
use anyhow::{Context, bail};
use serde::Serialize;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;
use wirecopy::config::Config;
use wirecopy::document::Document;
use wirecopy::eval::fact_gold::{FactReport, FactScores, Gold, GoldText};
use wirecopy::eval::fact_pairs::{Beside, FactPairReport, FactPairs, SentencePair, Share, SpanScores};
use wirecopy::{io, pipeline};

pub(crate) fn facts(args: &EvalFactsArgs) -> anyhow::Result<ExitCode> {
    let path = Path::new(&args.input);
    match io::story_folders(path)? {
        Some(folders) if folders.is_empty() => bail!("{} holds no {}", args.input, io::GOLD),
        Some(folders) => {
            let stories = folders.iter().map(|f| story(f)).collect::<anyhow::Result<Vec<_>>>()?;
            let mut all = FactScores::default();
            stories.iter().for_each(|(_, scores)| all.join(scores));
            let row = |(name, scores): &(String, FactScores)| StoryRow { story: name.clone(), scores: scores.report() };
            let report = StoriesReport { all: all.report(), stories: stories.iter().map(row).collect() };
            print(args.format, &report, tables)
        }
        None => {
            let mut pairs = FactPairs::default();
            let text = io::read_whole(&args.input)?;
            let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty());
            for (number, line) in lines {
                let pair: SentencePair =
                    serde_json::from_str(line).with_context(|| format!("{}:{}: is no pair", args.input, number + 1))?;
                pairs.add(&pair);
            }
            let report = pairs.report();
            if report.pairs == 0 {
                bail!(
                    "{} holds no pairs: each line is {{\"a\": TEXT, \"b\": TEXT, ...}}; wirecopy eval facts --help has the rest",
                    args.input
                );
            }
            print(args.format, &report, sentences)
        }
    }
}

/// Scores of one story.
#[derive(Serialize)]
struct StoryRow {
    story: String,
    #[serde(flatten)]
    scores: FactReport,
}

/// Scores of all stories, then of each.
#[derive(Serialize)]
struct StoriesReport {
    #[serde(flatten)]
    all: FactReport,
    stories: Vec<StoryRow>,
}

fn story(folder: &Path) -> anyhow::Result<(String, FactScores)> {
    let name = |p: &Path| p.to_string_lossy().into_owned();
    let gold = name(&folder.join(io::GOLD));
    let gold: Gold = serde_json::from_str(&io::read_whole(&gold)?).with_context(|| format!("{gold} is no gold file"))?;
    let mut scores = FactScores::default();
    for (key, rows) in &gold.facts {
        let (base, variant) = key.split_once("->").with_context(|| format!("{}: {key} names no pair", folder.display()))?;
        let mut texts = Vec::new();
        for id in [base, variant] {
            let document = gold.documents.get(id).with_context(|| format!("{}: {id} is no document", folder.display()))?;
            let file = document.file.clone().unwrap_or_else(|| format!("{id}.txt"));
            texts.push((document, io::read_whole(&name(&folder.join(file)))?));
        }
        let document = |id: &str, text: &str| Document { id: id.to_owned(), text: text.to_owned(), ..Document::default() };
        let documents = vec![document("base", &texts[0].1), document("variant", &texts[1].1)];
        let found = pipeline::diff_all(documents, Vec::new(), false, &Config::default())?.diffs.remove(0);
        let side = |i: usize| GoldText { text: &texts[i].1, document: texts[i].0 };
        let quotes = gold.quotes.get(key).map_or(&[][..], Vec::as_slice);
        scores.add((&found.facts, &found.quotes), (rows, quotes), side(0), side(1));
    }
    let story = folder.file_name().map_or_else(|| name(folder), |n| n.to_string_lossy().into_owned());
    Ok((story, scores))
}

fn tables(r: &StoriesReport) -> String {
    let mut out =
        String::from("story           pairs recall prec.     F1 quotes invented  false altered or added rows a pair (to check)\n");
    let all = StoryRow { story: "all".to_owned(), scores: r.all.clone() };
    for StoryRow { story, scores: s } in r.stories.iter().chain([&all]) {
        let _ = writeln!(
            out,
            "{story:<16}{:>5}{:>7.3}{:>6.3}{:>7.3}{:>7.3}{:>9}{:>7.2} ({:.2})",
            s.pairs,
            s.recall,
            s.precision,
            s.f1,
            s.quote_accuracy,
            format!("{}/{}", s.invented_found, s.invented),
            s.false_alarms_per_pair,
            s.false_checks_per_pair
        );
    }
    out
}

fn sentences(r: &FactPairReport) -> String {
    let mut out = format!("{} pairs\n", r.pairs);
    if let Some(Beside { wirecopy, words }) = &r.spans {
        for (name, s) in [("fact diff", wirecopy), ("word diff", words)] {
            let SpanScores { precision, recall, f1, false_alarms, .. } = s;
            let _ = writeln!(
                out,
                "{name}: F1 of kind and span {f1:.3} (precision {precision:.3}, recall {recall:.3}), false alarms where the sense is the same {false_alarms:.3}"
            );
        }
    }
    let mut share = |what: &str, by: &str, s: &Option<Beside<Share>>| {
        if let Some(Beside { wirecopy, words }) = s {
            let _ = writeln!(out, "{what}: {:.3} of {} right; {by} {:.3}", wirecopy.accuracy, wirecopy.asked, words.accuracy);
        }
    };
    share("kind of change", "word diff", &r.change);
    share("side that bears out a claim", "common words", &r.support);
    for (label, given) in &r.changes {
        let given: Vec<String> = given.iter().map(|(mark, n)| format!("{mark} {n}")).collect();
        let _ = writeln!(out, "  {label}: {}", given.join(", "));
    }
    out
}
