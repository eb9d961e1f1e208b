//! Times of day.

use super::names;
use super::{Clock, DateExpr, Hit, Reader};

/// `4:52 am`, `4.40am`, `5 p.m.`, `1952 GMT`, `16:20`, `noon`, `two o'clock`, `half past nine`.
pub(super) fn clock(r: Reader<'_>, at: usize) -> Option<Hit> {
    named(r, at).or_else(|| spoken(r, at)).or_else(|| figures(r, at))
}

fn hit(len: usize, minutes: u16, half_known: bool) -> Hit {
    Hit::new(len, DateExpr::Clock(Clock { minutes: minutes % 1440, half_known }))
}

fn named(r: Reader<'_>, at: usize) -> Option<Hit> {
    match r.norm(at) {
        "noon" | "midday" => Some(hit(1, 720, true)),
        "midnight" => Some(hit(1, 0, true)),
        _ => None,
    }
}

/// `two o'clock`, `half past nine`, `quarter to six`, `twelve minutes to seven`.
fn spoken(r: Reader<'_>, at: usize) -> Option<Hit> {
    let norm = r.norm(at);
    if r.norm(at + 1) == "minutes" && matches!(r.norm(at + 2), "to" | "past") {
        let part = names::number(norm).filter(|m| (1..30).contains(m))?;
        let hour = names::number(r.norm(at + 3)).filter(|h| (1..=12).contains(h) && matches!(r.between(at + 2), " "))?;
        let (hour, part) = (u16::from(hour) * 60, u16::from(part));
        return Some(hit(4, if r.norm(at + 2) == "to" { hour - part } else { hour + part }, false));
    }
    if matches!(norm, "half" | "quarter") {
        let part: u16 = if norm == "half" { 30 } else { 15 };
        let hour = u16::from(names::number(r.norm(at + 2)).filter(|h| (1..=12).contains(h))?);
        return match r.norm(at + 1) {
            "past" => Some(hit(3, hour * 60 + part, false)),
            "to" if part == 15 => Some(hit(3, hour * 60 - part, false)),
            _ => None,
        };
    }
    let hour = names::number(norm).filter(|h| (1..=12).contains(h))?;
    // `ten at night`, `six in the morning`
    if let Some((len, late)) = half_of_day(r, at + 1, hour) {
        return Some(hit(1 + len, u16::from(hour) % 12 * 60 + if late { 720 } else { 0 }, true));
    }
    let long = r.norm(at + 1) == "o" && r.norm(at + 2) == "clock";
    if r.norm(at + 1) != "oclock" && !long {
        return None;
    }
    Some(hit(if long { 3 } else { 2 }, u16::from(hour) * 60, false))
}

/// The words at `at` that say which half of the day an hour belongs to: how many, and whether it is the second half.
fn half_of_day(r: Reader<'_>, at: usize, hour: u8) -> Option<(usize, bool)> {
    let joined = |n: usize| (at - 1..at - 1 + n).all(|i| r.spaced(i));
    match (r.norm(at), r.norm(at + 1), r.norm(at + 2)) {
        ("at", "night", _) if joined(2) => Some((2, (6..12).contains(&hour))),
        ("in", "the", "morning") if joined(3) => Some((3, false)),
        ("in", "the", "afternoon" | "evening") if joined(3) => Some((3, true)),
        _ => None,
    }
}

/// `1:06 off the lead`, `an advantage of 6:10`: minutes and seconds between two racers.
fn gap(r: Reader<'_>, at: usize) -> bool {
    let behind = matches!(r.norm(at + 1), "adrift" | "ahead" | "back" | "behind" | "clear" | "down" | "off") && r.spaced(at);
    let lead = r.before(at) == "of" && at >= 2 && matches!(r.norm(at - 2), "advantage" | "cushion" | "deficit" | "gap" | "lead" | "margin");
    let won = r.before(at) == "by" && at >= 2 && matches!(r.norm(at - 2), "led" | "leads" | "won" | "trailed" | "trails");
    behind || lead || won
}

fn figures(r: Reader<'_>, at: usize) -> Option<Hit> {
    let norm = r.norm(at);
    if !norm.starts_with(|c: char| c.is_ascii_digit()) || r.gap_before(at).ends_with(['$', '€', '£', '¥', '-', '–']) {
        return None;
    }
    let (hour, minute, colon) = match norm.split_once([':', '.']) {
        Some((h, m)) => {
            let m = m.get(..2).filter(|_| m.len() == 2 || m.len() == 5 && norm.contains(':'))?;
            (h.parse::<u16>().ok()?, m.parse::<u16>().ok()?, norm.contains(':'))
        }
        None if norm.len() == 4 => (norm.get(..2)?.parse().ok()?, norm.get(2..)?.parse().ok()?, false),
        None if norm.len() <= 2 => (norm.parse().ok()?, 0, false),
        None => return None,
    };
    if hour > 24 || minute > 59 {
        return None;
    }
    let joined = r.between(at).trim().is_empty();
    match r.norm(at + 1) {
        "am" if joined && hour <= 12 && hour > 0 => Some(hit(2, hour % 12 * 60 + minute, true)),
        "pm" if joined && hour <= 12 && hour > 0 => Some(hit(2, hour % 12 * 60 + 720 + minute, true)),
        "a" | "p" if joined && hour <= 12 && hour > 0 && r.norm(at + 2) == "m" => {
            let half = if r.norm(at + 1) == "p" { 720 } else { 0 };
            Some(hit(3, hour % 12 * 60 + half + minute, true))
        }
        "gmt" | "utc" | "cet" | "cest" | "bst" | "ist" | "est" | "edt" | "hrs" if joined && (norm.len() >= 4) => {
            Some(hit(2, hour * 60 + minute, true))
        }
        "h" | "uhr" if joined && (colon || norm.len() <= 2) => {
            let more = r.norm(at + 2).parse::<u16>().ok().filter(|m| *m < 60 && r.between(at + 1).is_empty());
            Some(hit(if more.is_some() { 3 } else { 2 }, hour * 60 + minute + more.unwrap_or(0), true))
        }
        _ if colon && norm.len() >= 4 && !gap(r, at) => Some(hit(1, hour * 60 + minute, hour > 12 || norm.starts_with('0'))),
        _ => None,
    }
}
