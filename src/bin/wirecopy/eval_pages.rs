//! `wirecopy eval pages`: articles found on web pages against labelled ones.

use crate::eval_args::EvalPagesArgs;
use crate::eval_pairs::print;
use anyhow::{Context, bail};
use serde::Serialize;
use std::fmt::Write as _;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use wirecopy::eval::pages::{LabelledPage, PageReport, PageScores};
use wirecopy::io;
use wirecopy::page::read_page;

/// The measures, and what they took.
#[derive(Serialize)]
struct TimedReport {
    #[serde(flatten)]
    scores: PageReport,
    pages_per_second: f64,
}

#[expect(clippy::disallowed_methods, reason = "the program measures how long reading takes")]
pub(crate) fn pages(args: &EvalPagesArgs) -> anyhow::Result<ExitCode> {
    let mut scores = PageScores::default();
    let mut took = Duration::ZERO;
    let text = io::read_whole(&args.file)?;
    for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let gold: LabelledPage = serde_json::from_str(line).with_context(|| format!("{}:{}: is no page", args.file, number + 1))?;
        let began = Instant::now();
        let mut page = read_page(&gold.html, gold.url.as_deref());
        for _ in 1..args.repeat {
            page = std::hint::black_box(read_page(&gold.html, gold.url.as_deref()));
        }
        took += began.elapsed();
        scores.add(&gold, &page.text, page.article());
    }
    let report = scores.report();
    if report.pages == 0 {
        bail!("{} holds no pages: each line is {{\"html\": MARKUP, \"text\": TEXT}}; wirecopy eval pages --help has the rest", args.file);
    }
    let pages = f64::from(u32::try_from(report.pages).unwrap_or(u32::MAX)) * f64::from(args.repeat.max(1));
    let report = TimedReport { scores: report, pages_per_second: pages / took.as_secs_f64().max(1e-9) };
    print(args.format, &report, shown)
}

fn shown(report: &TimedReport) -> String {
    let mut out = format!("{} pages, {:.0} a second\n", report.scores.pages, report.pages_per_second);
    for (name, unit, measure) in [("texts", "pages", report.scores.texts), ("phrases", "phrases", report.scores.phrases)] {
        if let Some(m) = measure {
            let _ = writeln!(out, "{name:<8} F1 {:.3}, precision {:.3}, recall {:.3} ({} {unit})", m.f1, m.precision, m.recall, m.count);
        }
    }
    out
}
