//! What a pair is: the relation by the rules (see `rules`), and beside it a probability (see `probability`) and a graded
//! similarity. Where rule and probability disagree, the pair is worth a look.

use super::features::Features;
use super::odds::{BIAS, reasons};
use super::probability::{inputs, probability};
use super::rules::Case;
use super::{EvidenceKind, Relation};
use crate::config::Config;

/// What a pair is, and why.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The label.
    pub relation: Relation,
    /// Probability that the pair is derived.
    pub probability: f64,
    /// How much the two tell the same story, 0 to 1.
    pub similarity: f64,
    /// Name of the rule that decided.
    pub rule: &'static str,
    /// `too_short`, `partial`, `work_bound`.
    pub flags: Vec<&'static str>,
    /// What the probability was made from: values of [`INPUTS`](super::INPUTS).
    pub inputs: [f64; super::probability::INPUTS.len()],
    /// Sum of the evidence that a reader is shown, with what it starts from.
    pub log_odds: f64,
    /// The document that the verdict follows through, where the pair's own words did not decide.
    pub through: Option<u32>,
    /// Log-odds of each kind of evidence, with a line for a reader.
    pub reasons: Vec<(EvidenceKind, f64, String)>,
}

/// When the two texts speak from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// Days between the days that the texts can speak from; `None` where one is not known.
    pub apart: Option<i32>,
    /// Whether both name weekdays in their first sentences and none is the same.
    pub weekdays_differ: bool,
    /// Whether the weekday that each names first is the same.
    pub weekdays_agree: bool,
}

impl Days {
    /// Whether the texts cannot speak of one story by their days.
    pub(super) fn far_apart(self) -> bool {
        self.apart.is_some_and(|d| d > SAME_STORY_DAYS)
    }
}

impl Days {
    /// Whether the days tell another occasion: far apart, and no names and figures that say otherwise.
    pub(super) fn other_occasion(self, f: &Features) -> bool {
        self.far_apart() && !f.one_occasion() && !(self.apart.is_some_and(|d| d <= WEEK_MISREAD) && f.one_occasion_in_weeks())
    }
}

/// Days that two readings of one weekday lie apart at most, each in the week of its page.
const WEEK_MISREAD: i32 = 8;
/// Days between two stories that can still be one.
const SAME_STORY_DAYS: i32 = 3;
/// Probability of equal bodies, at least.
const EQUAL: f64 = 0.99;
/// Of `similarity`, what is left of it for texts that speak from days apart, and for those that no rule above same_topic fits.
const OTHER_DAY: f64 = 0.6;
const TOPIC_ONLY: f64 = 0.7;

/// Applies the rules; `equal` says that the bodies have the same words.
#[must_use]
pub fn relation(f: &Features, equal: bool, days: Days, config: &Config) -> Verdict {
    let reasons = reasons(f, days);
    let log_odds: f64 = BIAS + reasons.iter().map(|r| r.1).sum::<f64>();
    let (relation, rule, flag) = Case { f, equal, days, log_odds }.decide();
    let inputs = inputs(f, relation.is_derived());
    let probability = if equal { EQUAL.max(probability(&inputs)) } else { probability(&inputs) };
    let similarity = similarity(f, days, relation);
    let mut out = Verdict { relation, probability, similarity, rule, flags: Vec::new(), inputs, log_odds, through: None, reasons };
    if f.words[0].min(f.words[1]) < config.min_words {
        out.flags.push("too_short");
    }
    if f.tiling.bounded {
        out.flags.push("work_bound");
    }
    out.flags.extend(flag);
    out
}

/// How much two texts tell the same story: a graded score for ranking, no probability.
///
/// A logistic curve over the square roots of two cosines, of the texts as wholes and of their leads, fitted to the
/// graded judgements of every second development pair of SemEval-2022 Task 8; 0 where nothing is shared. What is
/// copied is told as well. Texts of one topic share its words: where nothing else says that they tell the same story, the score is less.
fn similarity(f: &Features, days: Days, relation: Relation) -> f64 {
    let copied = f.covered[0].max(f.covered[1]);
    let score = copied.max(told(f.in_news[0], f.in_news[1]));
    let other = if copied >= 0.5 || relation <= Relation::SameEvent {
        1.0
    } else if days.far_apart() {
        OTHER_DAY
    } else {
        TOPIC_ONLY
    };
    (score * other).clamp(0.0, 1.0)
}

/// See `similarity`.
#[must_use]
pub fn told(whole: f64, lead: f64) -> f64 {
    const AT_NOTHING: f64 = -3.12;
    let curve = |x: f64| 1.0 / (1.0 + (-x).exp());
    let (least, most) = (curve(AT_NOTHING), curve(AT_NOTHING + 4.27 + 3.54));
    (curve(AT_NOTHING + 4.27 * whole.sqrt() + 3.54 * lead.sqrt()) - least) / (most - least)
}

/// How much two texts speak of one event, 0 to 1: from how much they tell the same story, and the verdict where the pair
/// was verified. A veto weighs more than words in common.
#[must_use]
pub fn event_likeness(told: f64, verdict: Option<&Verdict>) -> f64 {
    match verdict {
        Some(v) if v.relation.is_derived() => told.max(0.9),
        Some(v) if v.relation <= Relation::SameEvent => told.max(0.6),
        Some(v) if matches!(v.rule, "other_day" | "other_weekday" | "conflicting_numbers") => 0.6 * told,
        _ => told,
    }
}
