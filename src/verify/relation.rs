//! Rules from what a pair shares to what it is, and beside them a probability.
//!
//! The rules decide; they are tried in order, and the name of the one that held is given. The probability stands beside
//! them (see `probability`): where the two disagree, the pair is worth a look.

use super::features::Features;
use super::probability::{inputs, probability};
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
    /// Whether one is the same.
    pub weekdays_agree: bool,
}

/// Each body is made of the other to this share: near-duplicate.
const NEAR: f64 = 0.80;
/// The longer body of an excerpt has so many times the words of the shorter.
const CLEARLY_LONGER: f64 = 1.6;
/// Probability of equal bodies, at least.
const EQUAL: f64 = 0.99;
/// Bodies with fewer words than this are empty pages, notices and stubs: equal ones say nothing.
const FLOOR: usize = 8;
/// Bodies with fewer words than this show little of everything.
const SHORT: usize = 80;
/// Of `similarity`, what is left of it for texts that speak from days apart, and for those that no rule above same_topic fits.
const OTHER_DAY: f64 = 0.6;
const TOPIC_ONLY: f64 = 0.7;
/// Days between two stories that can still be one.
const SAME_STORY_DAYS: i32 = 3;

/// Applies the rules; `equal` says that the bodies have the same words.
#[must_use]
pub fn relation(f: &Features, equal: bool, days: Days, config: &Config) -> Verdict {
    let reasons = reasons(f, days);
    let log_odds: f64 = BIAS + reasons.iter().map(|r| r.1).sum::<f64>();
    let inputs = inputs(f, log_odds);
    let mut out = Verdict {
        relation: Relation::Unrelated,
        probability: if equal { EQUAL.max(probability(&inputs)) } else { probability(&inputs) },
        inputs,
        similarity: 0.0,
        rule: "nothing_in_common",
        flags: Vec::new(),
        reasons,
    };
    if f.words[0].min(f.words[1]) < config.min_words {
        out.flags.push("too_short");
    }
    if f.tiling.bounded {
        out.flags.push("work_bound");
    }
    (out.relation, out.rule) = decide(f, equal, days, log_odds, &mut out.flags);
    out.similarity = similarity(f, days, out.relation);
    out
}

fn decide(f: &Features, equal: bool, days: Days, log_odds: f64, flags: &mut Vec<&'static str>) -> (Relation, &'static str) {
    let (few, many) = (f.words[0].min(f.words[1]), f.words[0].max(f.words[1]));
    if few < FLOOR {
        return (Relation::Unrelated, "too_few_words");
    }
    if equal {
        return (Relation::Exact, "same_words");
    }
    let shorter = usize::from(f.words[1] < f.words[0]);
    let of_shorter = f.covered[shorter];
    let of_longer = f.covered[1 - shorter];
    let conflict = veto(f, days, of_shorter);
    if of_shorter >= NEAR
        && of_longer >= NEAR
        && !matches!(conflict, Some("own_numbers" | "conflicting_numbers"))
        && f.longest_prose.max(f.quote_words) >= 5
    {
        return (Relation::NearDuplicate, "each_made_of_the_other");
    }
    if of_shorter >= NEAR && many as f64 >= CLEARLY_LONGER * few as f64 && f.prose_words >= 15 && conflict.is_none() {
        return (Relation::Excerpt, "shorter_inside_longer");
    }
    if of_longer < 0.5 && f.copied_block >= 80 && f.copied_block * 4 >= few && f.agreeing_in_own_words == 0 && conflict.is_none() {
        flags.push("partial");
        return (Relation::Excerpt, "copied_block");
    }
    let (prose, others) = evidence_kinds(f, of_shorter);
    if conflict.is_none() && log_odds >= 0.0 && prose && others >= 1 {
        return (Relation::Rewrite, if of_shorter >= 0.4 { "copied_prose" } else { "sentences_agree_in_order" });
    }
    looser(f, days, conflict)
}

/// Relations without a claim of derivation.
fn looser(f: &Features, days: Days, conflict: Option<&'static str>) -> (Relation, &'static str) {
    if f.quote_words >= 4 && conflict.is_none_or(|c| c == "own_numbers") {
        return (Relation::SharedQuotes, "same_quotation");
    }
    let same_day = days.apart == Some(0) || days.apart.is_none() && days.weekdays_agree;
    let specific = f.numbers_shared >= 1.3 && f.names_shared >= 0.25;
    let names = f.names >= 4 && f.names_shared >= 0.5;
    // Where no day is named, figures that agree and sentences that follow each other alike tell one occasion from the next:
    // a later report has figures of its own, and those of the template conflict.
    let figures = f.numbers_total >= 3.0 && f.number_share() >= 0.5 && f.conflicts == 0;
    let alike = f.names >= 3 && f.names_shared >= 0.4 && (figures || f.ordered >= 4 && f.agreements >= f.conflicts);
    if conflict.is_none() && alike {
        return (Relation::SameEvent, "same_figures");
    }
    if conflict.is_none_or(|c| c == "own_numbers") && (same_day && (specific || names) || f.lead >= 0.36) {
        return (Relation::SameEvent, "same_specifics");
    }
    if f.names_shared >= 0.3 && f.names >= 3 || f.lead >= 0.2 || f.content >= 0.3 {
        return (Relation::SameTopic, conflict.unwrap_or("same_names"));
    }
    (Relation::Unrelated, conflict.unwrap_or("nothing_in_common"))
}

fn apart(days: Days) -> bool {
    days.apart.is_some_and(|d| d > SAME_STORY_DAYS)
}

/// What speaks against one story, whatever else is shared; copied text overrules it.
fn veto(f: &Features, days: Days, of_shorter: f64) -> Option<&'static str> {
    let own_numbers = f.numbers_total >= 3.0 && f.number_share() < 0.4;
    if of_shorter >= 0.5 && f.agreements >= f.conflicts && !own_numbers {
        return None;
    }
    if apart(days) {
        return Some("other_day");
    }
    if f.conflicts >= 2 && f.conflicts > f.agreements + 1 {
        return Some("conflicting_numbers");
    }
    if days.weekdays_differ {
        return Some("other_weekday");
    }
    // A rewriter keeps figures; a text with figures of its own is a report of its own, or a template filled again.
    own_numbers.then_some("own_numbers")
}

/// Whether there is prose evidence, and how many other kinds.
///
/// Copied prose is evidence by itself. Where the words are other ones, sentences must agree on specifics in the same
/// order, more of them than independent reports of one event happen to have: on the development newsrooms these
/// reach four at the most, and no quarter of the sentences.
fn evidence_kinds(f: &Features, of_shorter: f64) -> (bool, usize) {
    let few = f.words[0].min(f.words[1]);
    let share = f.ordered_share();
    let numbers = f.numbers_total >= 2.0 && f.number_share() >= 0.4;
    // In a short text two quoted words in common are as much as four in a long one.
    let quotes = usize::from(f.quote_words >= 4 || few < SHORT && f.quoted_run >= 2);
    if of_shorter >= 0.4 {
        let mostly = f.prose_words >= 20 && f.prose_words * 2 >= few;
        let prose = mostly || f.prose_words >= 20 && f.longest_prose >= 8;
        return (prose, usize::from(numbers) + quotes + usize::from(share >= 0.5));
    }
    let in_order = f.ordered >= 5 && share >= 0.27 || f.sentences_fewer <= 6 && f.ordered >= 2 && share >= 0.5;
    (in_order, quotes + usize::from(numbers && f.numbers_shared >= 3.0))
}

/// Weights of the logistic formula, rounded; fitted on the development newsrooms.
const BIAS: f64 = -9.6;

/// The log-odds of each kind of evidence.
fn reasons(f: &Features, days: Days) -> Vec<(EvidenceKind, f64, String)> {
    let mut out = Vec::new();
    let fewer_words = f.words[0].min(f.words[1]).max(1) as f64;
    let covered = f.covered[0].max(f.covered[1]);
    out.push((
        EvidenceKind::Prose,
        2.0 * covered,
        format!(
            "{} words of prose in common runs, the longest of {}; {:.0} % of the shorter text",
            f.prose_words,
            f.longest_prose,
            100.0 * covered
        ),
    ));
    let order = (f.ordered as f64).min(6.0) + 3.5 * f.ordered_share();
    out.push((
        EvidenceKind::Order,
        order,
        format!("{} sentences of {} agree on specifics in the same order", f.ordered, f.sentences_fewer),
    ));
    let quoted = if fewer_words < SHORT as f64 { f.quote_words.max(f.quoted_run) } else { f.quote_words };
    if quoted > 0 {
        let quotes = 25.0 * (quoted as f64 / fewer_words).min(0.1);
        out.push((EvidenceKind::Quote, quotes, format!("{quoted} quoted words in common")));
    }
    let numbers = 5.0 * (f.number_share() - 0.5) * (f.numbers_total / 6.0).min(1.0)
        - 3.0 * f.conflicts as f64 / (f.conflicts + f.agreements + 1) as f64;
    out.push((
        EvidenceKind::Number,
        numbers,
        format!(
            "{:.0} % of the shorter text's numbers are in the other; {} conflict in sentences that match",
            100.0 * f.number_share(),
            f.conflicts
        ),
    ));
    let lead = 3.5 * f.lead + 3.0 * f.names_shared;
    out.push((
        EvidenceKind::Lead,
        lead,
        format!("leads alike to {:.0} %, {:.0} % of the names shared", 100.0 * f.lead, 100.0 * f.names_shared),
    ));
    match days.apart {
        Some(d) if d > SAME_STORY_DAYS => out.push((EvidenceKind::Date, -4.0, format!("the texts speak from days at least {d} apart"))),
        Some(0) => out.push((EvidenceKind::Date, 0.3, "the texts can speak from the same day".to_owned())),
        _ if days.weekdays_differ => out.push((EvidenceKind::Date, -1.5, "the first weekdays named differ".to_owned())),
        _ => {}
    }
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
    } else if apart(days) {
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
