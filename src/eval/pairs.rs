//! Labelled pairs: how good are verdict, similarity and probability.

use super::measure::{Bin, at, auc, best_f1, brier, calibration_error, interval, pearson, reliability, spearman};
use crate::document::Document;
use crate::verify::Match;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// Version of the report.
pub const SCHEMA: &str = "wirecopy.eval-pairs/1";

/// A text of a pair: plain, or with a title.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum PairText {
    /// The text.
    Plain(String),
    /// The text with what the source carries apart from it.
    Page {
        /// The text.
        text: String,
        /// Its title.
        title: Option<String>,
    },
}

impl PairText {
    /// As a document with the given id.
    #[must_use]
    pub fn document(self, id: String) -> Document {
        match self {
            Self::Plain(text) => Document { id, text, ..Document::default() },
            Self::Page { text, title } => Document { id, text, title, ..Document::default() },
        }
    }
}

/// What the truth says of a pair.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq)]
#[serde(untagged)]
pub enum Label {
    /// Derived (or the same story), or not.
    Flag(bool),
    /// A level or a relation by name.
    Name(String),
}

/// One line of a file of pairs.
#[derive(Clone, Debug, Deserialize)]
pub struct LabelledPair {
    /// One text: the source, where there is one.
    pub a: PairText,
    /// The other.
    pub b: PairText,
    /// The truth.
    pub label: Option<Label>,
    /// A graded truth: the more, the more alike.
    pub score: Option<f64>,
    /// How the two came about: verdicts are counted by it as well.
    pub kind: Option<String>,
}

/// Scores of one measure with its 95 % intervals.
#[derive(Clone, Debug, Serialize)]
pub struct Ranking {
    /// Area under the curve.
    pub auc: Option<f64>,
    /// Its interval.
    pub auc_interval: Option<[f64; 2]>,
    /// F1 at the best threshold, chosen on these pairs, and that threshold.
    pub best_f1: Option<(f64, f64)>,
    /// F1 and accuracy at 0.5.
    pub at_half: Option<(f64, f64)>,
    /// Correlation with the graded truth.
    pub pearson: Option<f64>,
    /// Its interval.
    pub pearson_interval: Option<[f64; 2]>,
    /// Correlation of ranks.
    pub spearman: Option<f64>,
}

/// How well probabilities are calibrated. It depends on the share of positives, which is given beside it.
#[derive(Clone, Debug, Serialize)]
pub struct Calibration {
    /// Expected calibration error over 10 bins of equal size.
    pub error_10: f64,
    /// Over 15 bins.
    pub error_15: f64,
    /// Mean squared error.
    pub brier: f64,
    /// Ten bins.
    pub bins: Vec<Bin>,
}

/// Verdicts against labels.
#[derive(Clone, Debug, Serialize)]
pub struct PairReport {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Pairs.
    pub pairs: usize,
    /// Share of positives among pairs with a label.
    pub base_rate: Option<f64>,
    /// By measure: `similarity`, `probability`, and the baselines `tfidf` (cosine over the same file) and
    /// `containment` (word 3-grams of one text in the other, the larger of both ways).
    pub measures: BTreeMap<&'static str, Ranking>,
    /// Calibration of `probability`.
    pub calibration: Option<Calibration>,
    /// AUC of `similarity` less that of `tfidf`, paired: 95 % interval.
    pub auc_gain: Option<[f64; 2]>,
    /// The same for Pearson's correlation.
    pub pearson_gain: Option<[f64; 2]>,
    /// How often each relation was given, by label.
    pub relations: BTreeMap<String, BTreeMap<&'static str, usize>>,
    /// The same for each kind of pair, where the pairs name kinds.
    pub kinds: BTreeMap<String, KindRow>,
}

/// Verdicts on one kind of pair.
#[derive(Clone, Debug, Default, Serialize)]
pub struct KindRow {
    /// Pairs.
    pub pairs: usize,
    /// Share of them whose verdict claims a derivation just where there is one.
    pub derived_right: f64,
    /// Share of them whose verdict is the label itself.
    pub relation_right: f64,
    /// Mean of `probability`.
    pub probability: f64,
    /// How often each relation was given.
    pub relations: BTreeMap<&'static str, usize>,
}

/// One verified pair with its truth.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a> {
    /// The verdict.
    pub found: &'a Match,
    /// The truth as yes or no.
    pub positive: Option<bool>,
    /// The name of the label.
    pub label: Option<&'a Label>,
    /// The graded truth.
    pub score: Option<f64>,
    /// How the pair came about.
    pub kind: Option<&'a str>,
    /// Baselines.
    pub baseline: Baseline,
}

/// What simple measures say of a pair.
#[derive(Clone, Copy, Debug)]
pub struct Baseline {
    /// Cosine of TF-IDF vectors.
    pub tfidf: f64,
    /// Word 3-gram containment.
    pub containment: f64,
}

/// Compares verdicts with the truth.
#[must_use]
pub fn evaluate(judged: &[Judged<'_>]) -> PairReport {
    type Measure = fn(&Judged<'_>) -> f64;
    let measures: [(&'static str, Measure); 4] = [
        ("similarity", |j| j.found.verdict.similarity),
        ("probability", |j| j.found.verdict.probability),
        ("tfidf", |j| j.baseline.tfidf),
        ("containment", |j| j.baseline.containment),
    ];
    let labelled: Vec<&Judged<'_>> = judged.iter().filter(|j| j.positive.is_some()).collect();
    let labels: Vec<bool> = labelled.iter().filter_map(|j| j.positive).collect();
    let scored: Vec<&Judged<'_>> = judged.iter().filter(|j| j.score.is_some()).collect();
    let truth: Vec<f64> = scored.iter().filter_map(|j| j.score).collect();
    let of = |measure: Measure, rows: &[&Judged<'_>]| -> Vec<f64> { rows.iter().map(|j| measure(j)).collect() };
    let pick = |values: &[f64], chosen: &[usize]| -> Vec<f64> { chosen.iter().map(|&i| values[i]).collect() };
    let pick_labels = |chosen: &[usize]| -> Vec<bool> { chosen.iter().map(|&i| labels[i]).collect() };
    let ranking = |measure: Measure| {
        let (x, y) = (of(measure, &labelled), of(measure, &scored));
        let (has, graded) = (!labels.is_empty(), !truth.is_empty());
        Ranking {
            auc: has.then(|| auc(&labels, &x)),
            auc_interval: has.then(|| interval(labels.len(), &|c| auc(&pick_labels(c), &pick(&x, c)))),
            best_f1: has.then(|| best_f1(&labels, &x)),
            at_half: has.then(|| at(0.5, &labels, &x)),
            pearson: graded.then(|| pearson(&truth, &y)),
            pearson_interval: graded.then(|| interval(truth.len(), &|c| pearson(&pick(&truth, c), &pick(&y, c)))),
            spearman: graded.then(|| spearman(&truth, &y)),
        }
    };
    let mut relations: BTreeMap<String, BTreeMap<&'static str, usize>> = BTreeMap::new();
    for j in judged {
        let label = match j.label {
            Some(Label::Flag(flag)) => flag.to_string(),
            Some(Label::Name(name)) => name.clone(),
            None => "none".to_owned(),
        };
        *relations.entry(label).or_default().entry(j.found.verdict.relation.label()).or_insert(0) += 1;
    }
    let probability = of(measures[1].1, &labelled);
    let (own, simple) = (of(measures[0].1, &labelled), of(measures[2].1, &labelled));
    let (own_graded, simple_graded) = (of(measures[0].1, &scored), of(measures[2].1, &scored));
    PairReport {
        schema: SCHEMA,
        pairs: judged.len(),
        base_rate: (!labels.is_empty()).then(|| labels.iter().filter(|l| **l).count() as f64 / labels.len() as f64),
        measures: measures.iter().map(|&(name, measure)| (name, ranking(measure))).collect(),
        calibration: (!labels.is_empty()).then(|| Calibration {
            error_10: calibration_error(&labels, &probability, 10),
            error_15: calibration_error(&labels, &probability, 15),
            brier: brier(&labels, &probability),
            bins: reliability(&labels, &probability, 10),
        }),
        auc_gain: (!labels.is_empty()).then(|| {
            interval(labels.len(), &|c| {
                let labels = pick_labels(c);
                auc(&labels, &pick(&own, c)) - auc(&labels, &pick(&simple, c))
            })
        }),
        pearson_gain: (!truth.is_empty()).then(|| {
            interval(truth.len(), &|c| {
                let truth = pick(&truth, c);
                pearson(&truth, &pick(&own_graded, c)) - pearson(&truth, &pick(&simple_graded, c))
            })
        }),
        relations,
        kinds: kinds(judged),
    }
}

fn kinds(judged: &[Judged<'_>]) -> BTreeMap<String, KindRow> {
    let mut out: BTreeMap<String, KindRow> = BTreeMap::new();
    for (j, kind) in judged.iter().filter_map(|j| Some((j, j.kind?))) {
        let row = out.entry(kind.to_owned()).or_default();
        let given = j.found.verdict.relation;
        row.pairs += 1;
        row.derived_right += f64::from(u8::from(j.positive == Some(given.is_derived())));
        row.relation_right += f64::from(u8::from(matches!(j.label, Some(Label::Name(name)) if name == given.label())));
        row.probability += j.found.verdict.probability;
        *row.relations.entry(given.label()).or_insert(0) += 1;
    }
    for row in out.values_mut() {
        for sum in [&mut row.derived_right, &mut row.relation_right, &mut row.probability] {
            *sum /= row.pairs as f64;
        }
    }
    out
}

/// Baselines of pairs of `texts`: lower-cased runs of letters and digits, document frequencies over all texts.
#[must_use]
pub fn baselines(texts: &[&str], pairs: &[(u32, u32)]) -> Vec<Baseline> {
    let words: Vec<Vec<String>> =
        texts.iter().map(|t| t.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()).collect();
    let mut frequency: HashMap<&str, f64> = HashMap::new();
    for text in &words {
        let mut distinct: Vec<&str> = text.iter().map(String::as_str).collect();
        distinct.sort_unstable();
        distinct.dedup();
        distinct.into_iter().for_each(|w| *frequency.entry(w).or_insert(0.0) += 1.0);
    }
    let vector = |text: &[String]| -> BTreeMap<String, f64> {
        let mut counts: BTreeMap<String, f64> = BTreeMap::new();
        text.iter().for_each(|w| *counts.entry(w.clone()).or_insert(0.0) += 1.0);
        let idf = |w: &str| ((1.0 + texts.len() as f64) / (1.0 + frequency.get(w).copied().unwrap_or(0.0))).ln() + 1.0;
        counts.iter_mut().for_each(|(w, n)| *n *= idf(w));
        counts
    };
    let vectors: Vec<BTreeMap<String, f64>> = words.iter().map(|w| vector(w)).collect();
    let grams = |text: &[String]| -> Vec<u64> {
        let mut out: Vec<u64> = text.windows(3).map(|w| xxhash_rust::xxh3::xxh3_64(w.join(" ").as_bytes())).collect();
        out.sort_unstable();
        out.dedup();
        out
    };
    let norm = |v: &BTreeMap<String, f64>| v.values().map(|w| w * w).sum::<f64>().sqrt().max(1e-12);
    let of = |&(a, b): &(u32, u32)| {
        let (x, y) = (&vectors[a as usize], &vectors[b as usize]);
        let dot: f64 = x.iter().filter_map(|(w, n)| y.get(w).map(|m| n * m)).sum();
        let (g, h) = (grams(&words[a as usize]), grams(&words[b as usize]));
        Baseline { tfidf: dot / (norm(x) * norm(y)), containment: crate::keys::containment(&g, &h).max(crate::keys::containment(&h, &g)) }
    };
    pairs.iter().map(of).collect()
}
