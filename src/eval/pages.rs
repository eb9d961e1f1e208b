//! How well is the article of a web page found: against its text, or against phrases that must stay and go.
//!
//! The measures are those of two public sets: bags of four words in a row, precision and recall averaged over the pages, F1 of the two
//! (article-extraction-benchmark); and phrases of the page, counted over all pages (the evaluation of trafilatura).

use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Words in a row that are compared.
const RUN: usize = 4;

/// A page with what is known about it: its text, or phrases, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct LabelledPage {
    /// Its markup.
    pub html: String,
    /// Its address.
    #[serde(default)]
    pub url: Option<String>,
    /// The text of the article, without its headline.
    #[serde(default)]
    pub text: Option<String>,
    /// Phrases of the article.
    #[serde(default)]
    pub with: Vec<String>,
    /// Phrases of the page that are none of it.
    #[serde(default)]
    pub without: Vec<String>,
}

/// Counts over pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageScores {
    pages: u64,
    texts: u64,
    judged: u64,
    precision: f64,
    recall: f64,
    kept: u64,
    lost: u64,
    left: u64,
    gone: u64,
}

/// What is printed; a measure without anything to measure is absent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PageReport {
    /// Pages.
    pub pages: u64,
    /// Against texts.
    pub texts: Option<Measure>,
    /// Against phrases.
    pub phrases: Option<Measure>,
}

/// A precision and a recall.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Measure {
    /// Pages, or phrases.
    pub count: u64,
    /// Share of what was found that is right.
    pub precision: f64,
    /// Share of what is right that was found.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

impl Measure {
    fn of(count: u64, precision: f64, recall: f64) -> Self {
        let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
        Self { count, precision, recall, f1 }
    }
}

impl PageScores {
    /// Counts a page: `text` is all that was read of it, `article` the part without the headline.
    pub fn add(&mut self, gold: &LabelledPage, text: &str, article: &str) {
        self.pages += 1;
        if let Some(wanted) = &gold.text {
            let (precision, recall) = bags(wanted, article);
            self.texts += 1;
            self.recall += recall;
            if let Some(precision) = precision {
                self.judged += 1;
                self.precision += precision;
            }
        }
        for phrase in &gold.with {
            if text.contains(phrase.as_str()) { self.kept += 1 } else { self.lost += 1 }
        }
        for phrase in &gold.without {
            if text.contains(phrase.as_str()) { self.left += 1 } else { self.gone += 1 }
        }
    }

    /// The measures.
    #[must_use]
    pub fn report(&self) -> PageReport {
        let texts = (self.texts > 0).then(|| Measure::of(self.texts, self.precision / whole(self.judged), self.recall / whole(self.texts)));
        let phrases = self.kept + self.lost + self.left + self.gone;
        let shares =
            || (whole(self.kept) / whole((self.kept + self.left).max(1)), whole(self.kept) / whole((self.kept + self.lost).max(1)));
        let phrases = (phrases > 0).then(|| Measure::of(phrases, shares().0, shares().1));
        PageReport { pages: self.pages, texts, phrases }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of pages and phrases")]
const fn whole(count: u64) -> f64 {
    if count == 0 { 1.0 } else { count as f64 }
}

/// Precision and recall of the runs of words; no precision where nothing was found.
fn bags(wanted: &str, found: &str) -> (Option<f64>, f64) {
    let (wanted, found) = (runs(wanted), runs(found));
    let all: u64 = wanted.values().sum();
    let got: u64 = found.values().sum();
    let common: u64 = wanted.iter().map(|(run, n)| (*n).min(found.get(run).copied().unwrap_or(0))).sum();
    match (all, got) {
        (0, 0) => (None, 1.0),
        (_, 0) => (None, 0.0),
        (0, _) => (Some(0.0), 0.0),
        _ => (Some(share(common, got)), share(common, all)),
    }
}

fn share(part: u64, all: u64) -> f64 {
    if part == 0 { 0.0 } else { whole(part) / whole(all) }
}

/// How often each run of words stands in a text; a text of fewer words is one run.
fn runs(text: &str) -> HashMap<Vec<&str>, u64> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect();
    let mut out = HashMap::new();
    if words.is_empty() {
        return out;
    }
    for run in words.windows(RUN.min(words.len())) {
        *out.entry(run.to_vec()).or_default() += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_by_runs_of_words() {
        let gold = |text: &str| LabelledPage { text: Some(text.into()), ..LabelledPage::default() };
        let mut scores = PageScores::default();
        scores.add(&gold("a b c d e"), "", "a b c d e f g");
        scores.add(&gold("a b c d"), "", "");
        let m = scores.report().texts.expect("there are texts");
        assert_eq!(m.count, 2);
        assert!((m.precision - 0.5).abs() < 1e-9, "a page without a text has no precision");
        assert!((m.recall - 0.5).abs() < 1e-9);
        assert!((m.f1 - 0.5).abs() < 1e-9);
        assert_eq!(scores.report().phrases, None);
    }

    #[test]
    fn phrases_are_counted() {
        let gold = LabelledPage {
            with: vec!["the storm".into(), "the crane".into()],
            without: vec!["Menu".into(), "Login".into()],
            ..LabelledPage::default()
        };
        let mut scores = PageScores::default();
        scores.add(&gold, "Menu. After the storm.", "");
        let m = scores.report().phrases.expect("there are phrases");
        assert_eq!((m.count, m.precision, m.recall), (4, 0.5, 0.5));
    }
}
