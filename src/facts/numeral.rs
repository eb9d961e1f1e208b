//! The value of number words and digits.

use super::tokens::{Gap, Tokens};
use crate::text::number_value;

/// A value read from words `from..=to`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Numeral {
    pub(super) to: usize,
    pub(super) value: f64,
    /// `dozens`, `hundreds of thousands`: an order of magnitude, no count.
    pub(super) vague: bool,
    /// `third`, `17th`: a place in an order.
    pub(super) ordinal: bool,
    /// `half`, `two-thirds`: a part of one.
    pub(super) share: bool,
}

#[rustfmt::skip]
const ONES: &[(&str, f64)] = &[
    ("eight", 8.0), ("eighteen", 18.0), ("eighty", 80.0), ("eleven", 11.0), ("fifteen", 15.0), ("fifty", 50.0), ("five", 5.0),
    ("forty", 40.0), ("four", 4.0), ("fourteen", 14.0), ("nine", 9.0), ("nineteen", 19.0), ("ninety", 90.0), ("one", 1.0), ("seven", 7.0),
    ("seventeen", 17.0), ("seventy", 70.0), ("six", 6.0), ("sixteen", 16.0), ("sixty", 60.0), ("ten", 10.0), ("thirteen", 13.0),
    ("thirty", 30.0), ("three", 3.0), ("twelve", 12.0), ("twenty", 20.0), ("two", 2.0), ("zero", 0.0),
];

#[rustfmt::skip]
const ORDINALS: &[(&str, f64)] = &[
    ("eighth", 8.0), ("fifth", 5.0), ("fourth", 4.0), ("ninth", 9.0), ("seventh", 7.0), ("sixth", 6.0), ("tenth", 10.0), ("third", 3.0),
];

#[rustfmt::skip]
const SCALES: &[(&str, f64)] = &[
    ("billion", 1e9), ("bn", 1e9), ("crore", 1e7), ("dozen", 12.0), ("hundred", 100.0), ("lakh", 1e5), ("million", 1e6), ("mn", 1e6),
    ("score", 20.0), ("thousand", 1e3), ("trillion", 1e12),
];

#[rustfmt::skip]
const PLURALS: &[(&str, f64)] = &[
    ("billions", 1e9), ("dozens", 12.0), ("hundreds", 100.0), ("millions", 1e6), ("scores", 20.0), ("tens", 10.0), ("thousands", 1e3),
];

#[rustfmt::skip]
const PARTS: &[(&str, f64)] = &[
    ("fifth", 5.0), ("fifths", 5.0), ("half", 2.0), ("halves", 2.0), ("quarter", 4.0), ("quarters", 4.0), ("tenth", 10.0),
    ("tenths", 10.0), ("third", 3.0), ("thirds", 3.0),
];

/// Things that come in pairs by themselves: `a pair of shoes` is one thing.
#[rustfmt::skip]
const TWOFOLD: &[&str] = &[
    "binoculars", "boots", "eyes", "glasses", "gloves", "hands", "jeans", "pants", "pliers", "scissors", "shoes", "shorts", "skis", "socks",
    "sunglasses", "tights", "trousers",
];

fn look(table: &[(&str, f64)], word: &str) -> Option<f64> {
    table.binary_search_by_key(&word, |(w, _)| w).ok().and_then(|i| table.get(i)).map(|&(_, v)| v)
}

/// The value of a scale word (`million`); `m`, `k` and `b` are units of currencies and read there.
pub(super) fn scale(word: &str) -> Option<f64> {
    look(SCALES, word)
}

/// Reads the number that starts at word `at`.
pub(super) fn numeral(tokens: &Tokens<'_>, at: usize) -> Option<Numeral> {
    let word = tokens.norm(at);
    let plain = |to, value| Numeral { to, value, vague: false, ordinal: false, share: false };
    if let Some(value) = look(PLURALS, word) {
        return plural(tokens, at, value);
    }
    let next = tokens.norm(at + 1);
    if word == "half" {
        // `half a dozen`, `half-dozen`, `half a million`
        let article = usize::from(next == "a");
        if let Some(value) = scale(tokens.norm(at + 1 + article)).filter(|_| joined(tokens, at)) {
            return Some(plain(at + 1 + article, value / 2.0));
        }
    }
    if matches!(word, "a" | "an") && tokens.gap(at) == Gap::Space {
        if matches!(next, "pair" | "couple") && tokens.norm(at + 2) == "of" && !TWOFOLD.contains(&tokens.norm(at + 3)) {
            return Some(plain(at + 1, 2.0));
        }
        if let (Some(part), "of", "a", Some(value)) =
            (look(PARTS, next), tokens.norm(at + 2), tokens.norm(at + 3), scale(tokens.norm(at + 4)))
        {
            return Some(plain(at + 4, value / part));
        }
        if let Some(value) = scale(next).filter(|_| !matches!(next, "bn" | "mn" | "score")) {
            return Some(plain(at + 1, value));
        }
        if let Some(part) =
            look(PARTS, next).filter(|_| matches!(tokens.norm(at + 2), "of" | "more" | "less" | "higher" | "lower" | "fewer"))
        {
            return Some(Numeral { share: true, ..plain(at + 1, 1.0 / part) });
        }
    }
    if word == "half" && matches!(next, "of" | "the" | "a" | "an" | "its" | "their") {
        return Some(Numeral { share: true, ..plain(at, 0.5) });
    }
    if let Some(value) = look(ORDINALS, word) {
        return Some(Numeral { ordinal: true, ..plain(at, value) });
    }
    let (mut to, mut value) = first(tokens, at)?;
    if word.ends_with(|c: char| c.is_ascii_alphabetic()) && tokens.words.get(at).is_some_and(crate::text::Word::is_number) {
        return Some(Numeral { ordinal: true, ..plain(to, value) });
    }
    if let Some(part) = look(PARTS, tokens.norm(to + 1)).filter(|_| value < part_limit(tokens.norm(to + 1)) && joined(tokens, to)) {
        return Some(Numeral { share: true, ..plain(to + 1, value / part) });
    }
    // `three hundred and twelve`, `4.1 million`, `two dozen`
    while joined(tokens, to) && to < at + 8 {
        let word = tokens.norm(to + 1);
        if let Some(by) = scale(word) {
            value *= by;
            to += 1;
        } else if word == "and" && (100.0..1e4).contains(&value) && scale(tokens.norm(to)).is_some() {
            let Some((end, rest)) = first(tokens, to + 2).filter(|&(_, rest)| rest < 100.0) else { break };
            value += rest;
            to = end;
        } else {
            break;
        }
    }
    Some(plain(to, value))
}

/// `two quarters` is a share only while it is less than the whole.
fn part_limit(part: &str) -> f64 {
    look(PARTS, part).unwrap_or(0.0)
}

/// Digits or `twenty-one`.
fn first(tokens: &Tokens<'_>, at: usize) -> Option<(usize, f64)> {
    let word = tokens.norm(at);
    if let Some(value) = look(ONES, word) {
        let tens = (20.0..=90.0).contains(&value);
        let ones = look(ONES, tokens.norm(at + 1)).filter(|v| *v < 10.0 && *v > 0.0);
        return match ones.filter(|_| tens && joined(tokens, at)) {
            Some(one) => Some((at + 1, value + one)),
            None => Some((at, value)),
        };
    }
    let digits = tokens.words.get(at).is_some_and(crate::text::Word::is_number);
    digits.then(|| number_value(word)).flatten().map(|value| (at, value))
}

fn joined(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.gap(at), Gap::Space | Gap::Hyphen)
}

/// `dozens`, `hundreds of thousands`.
fn plural(tokens: &Tokens<'_>, at: usize, value: f64) -> Option<Numeral> {
    let second = look(PLURALS, tokens.norm(at + 2)).filter(|_| tokens.norm(at + 1) == "of");
    let of = if second.is_some() { at + 3 } else { at + 1 };
    // `the tens of users` counts; `scores` alone is a noun or a verb
    if matches!(tokens.norm(at), "scores" | "tens") && tokens.norm(of) != "of" {
        return None;
    }
    Some(Numeral { to: of - 1, value: value * second.unwrap_or(1.0), vague: true, ordinal: false, share: false })
}
