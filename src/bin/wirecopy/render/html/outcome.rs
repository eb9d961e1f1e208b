//! What a mark looks like: a symbol, a word and a style, so that no mark is told by its colour alone.

use super::super::words::marked;
use super::plain::Plain;
use wirecopy::diff::{FactRow, Mark, QuoteOutcome, QuoteRow};

/// A run of words; `new` where the other side lacks them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: Plain,
    pub(super) new: bool,
}

/// What one copy made of a fact.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    /// `kept`, `reworded`, `altered`, `added`, `dropped`, `check`: a class of the style sheet.
    pub(super) style: &'static str,
    pub(super) symbol: &'static str,
    pub(super) word: &'static str,
    /// What exactly, where the mark does not say all.
    pub(super) note: Plain,
    /// The copy's words.
    pub(super) runs: Vec<Run>,
    /// The larger, the sooner it is shown where a copy has several for one fact.
    pub(super) weight: u8,
}

/// Longest text of one fact in a cell, in characters.
pub(super) const LONGEST: usize = 400;

const fn look(mark: Mark) -> (&'static str, &'static str, &'static str, u8) {
    match mark {
        Mark::Kept => ("kept", "=", "kept", 1),
        Mark::Reworded => ("reworded", "≈", "reworded", 2),
        Mark::Altered => ("altered", "≠", "altered", 5),
        Mark::Added => ("added", "+", "added", 4),
        Mark::Dropped => ("dropped", "−", "dropped", 4),
    }
}

const fn to_check(mark: Mark) -> &'static str {
    match mark {
        Mark::Kept => "kept, check",
        Mark::Reworded => "reworded, check",
        Mark::Altered => "altered, check",
        Mark::Added => "added, check",
        Mark::Dropped => "dropped, check",
    }
}

/// The words of both, with those marked that the other lacks.
pub(super) fn sides(base: &str, variant: &str) -> (Vec<Run>, Vec<Run>) {
    let (base, variant) = (Plain::cut(base, LONGEST).to_string(), Plain::cut(variant, LONGEST).to_string());
    let (base, variant) = marked(&base, &variant);
    (joined(base), joined(variant))
}

fn joined(words: Vec<(String, bool)>) -> Vec<Run> {
    let mut runs: Vec<(String, bool)> = Vec::new();
    for (word, new) in words {
        match runs.last_mut().filter(|r| r.1 == new) {
            Some(run) => run.0 = std::mem::take(&mut run.0) + " " + &word,
            None => runs.push((word, new)),
        }
    }
    runs.into_iter().map(|(text, new)| Run { text: Plain::from(text), new }).collect()
}

fn plain(text: &str) -> Vec<Run> {
    vec![Run { text: Plain::cut(text, LONGEST), new: false }]
}

impl Outcome {
    pub(super) fn of_fact(fact: &FactRow) -> Self {
        let (mut style, mut symbol, mut word, mut weight) = look(fact.mark);
        if fact.check && fact.mark != Mark::Kept {
            (style, symbol, word, weight) = ("check", "?", to_check(fact.mark), 3);
        }
        let runs = match (fact.mark, &fact.base, &fact.variant) {
            (Mark::Kept, ..) | (_, _, None) => Vec::new(),
            // An added fact is the row itself.
            (_, None, Some(_)) => Vec::new(),
            (Mark::Altered, Some(base), Some(variant)) => sides(&base.text, &variant.text).1,
            (_, Some(_), Some(variant)) => plain(&variant.text),
        };
        let note = if matches!(fact.mark, Mark::Altered) { Plain::from(fact.subtype.replace('_', " ")) } else { Plain::default() };
        Self { style, symbol, word, note, runs, weight }
    }

    pub(super) fn of_quote(quote: &QuoteRow) -> Self {
        let (mark, word) = match quote.outcome {
            QuoteOutcome::Exact => (Mark::Kept, "same words"),
            QuoteOutcome::WordsChanged => (Mark::Altered, "words changed"),
            QuoteOutcome::Truncated => (Mark::Altered, "cut shorter"),
            QuoteOutcome::BoundaryExtended => (Mark::Altered, "reporter's words inside the marks"),
            QuoteOutcome::Dequoted => (Mark::Reworded, "indirect speech"),
            QuoteOutcome::Dropped => (Mark::Dropped, "dropped"),
            QuoteOutcome::Invented => (Mark::Added, "not in the base"),
        };
        let (style, symbol, _, weight) = look(mark);
        let runs = match (mark, &quote.base, &quote.variant) {
            (Mark::Altered, Some(base), Some(variant)) => sides(&base.text, &variant.text).1,
            (Mark::Reworded, _, Some(variant)) => plain(&variant.text),
            _ => Vec::new(),
        };
        Self { style, symbol, word, note: Plain::default(), runs, weight }
    }
}
