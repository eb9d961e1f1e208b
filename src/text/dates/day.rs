//! Days, weekdays, months and years.

use super::names;
use super::{DateExpr, Hit, Reader};

/// A calendar day, in figures or with the month's name.
pub(super) fn day(r: Reader<'_>, at: usize) -> Option<Hit> {
    figures(r, at).or_else(|| month_first(r, at)).or_else(|| day_first(r, at))
}

fn full(year: i16, month: u8, day: u8) -> Option<DateExpr> {
    jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(DateExpr::Day { year: Some(year), month, day })
}

/// `2025-03-12`, `12/03/2025`, `12.03.2025`.
fn figures(r: Reader<'_>, at: usize) -> Option<Hit> {
    let first = r.norm(at);
    if !first.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (parts, len) = if first.matches('.').count() == 2 {
        let mut parts = first.split('.');
        ([parts.next()?, parts.next()?, parts.next()?], 1)
    } else {
        let sep = r.between(at);
        if !matches!(sep, "-" | "/" | "." | ". ") || r.between(at + 1) != sep {
            return None;
        }
        let third = r.norm(at + 2);
        // `2026-03-11T10:00` runs the day and an hour together
        ([first, r.norm(at + 1), third], 3)
    };
    let [a, b, c] = parts;
    if let (Some(y), Ok(m), Ok(d)) = (names::recent_year(a), b.parse(), c.parse()) {
        return Some(Hit::new(len, full(y, m, d)?));
    }
    let year = names::recent_year(c)?;
    let (a, b): (u8, u8) = (a.parse().ok()?, b.parse().ok()?);
    match (full(year, b, a), full(year, a, b)) {
        (Some(day_first), Some(month_first)) if a != b => Some(Hit { len, expr: day_first, other_reading: Some(month_first) }),
        (Some(only), _) | (None, Some(only)) => Some(Hit::new(len, only)),
        (None, None) => None,
    }
}

/// `March 12`, `March 12th, 2025`, `Feb. 8`.
fn month_first(r: Reader<'_>, at: usize) -> Option<Hit> {
    let month = names::month(r.norm(at)).filter(|_| r.capitalized(at))?;
    let day = names::day(r.norm(at + 1)).filter(|_| r.close(at))?;
    if clock_follows(r, at + 1) {
        return None;
    }
    let year = names::recent_year(r.norm(at + 2)).filter(|_| r.close(at + 1));
    match year {
        Some(y) => full(y, month, day).map(|expr| Hit::new(3, expr)),
        None => Some(Hit::new(2, DateExpr::Day { year: None, month, day })),
    }
}

/// The figure belongs to a clock time: `in March 12 pm`.
fn clock_follows(r: Reader<'_>, at: usize) -> bool {
    matches!(r.norm(at + 1), "am" | "pm") || r.between(at).starts_with(['%', ':'])
}

/// `12 March 2025`, `12th of March`, `12 de marzo de 2025`, `12. März`.
fn day_first(r: Reader<'_>, at: usize) -> Option<Hit> {
    let day = names::day(r.norm(at))?;
    let mut next = at + 1;
    if !r.close(at) {
        return None;
    }
    if matches!(r.norm(next), "of" | "de" | "di") {
        next += 1;
    }
    let norm = r.norm(next);
    let lower = !names::is_english_month(norm) && (norm.chars().count() > 3 || names::is_foreign_short(norm));
    let month = names::month(norm).filter(|_| r.capitalized(next) || lower)?;
    let mut last = next;
    if matches!(r.norm(last + 1), "of" | "de" | "del") && names::recent_year(r.norm(last + 2)).is_some() {
        last += 1;
    }
    if let Some(y) = names::recent_year(r.norm(last + 1)).filter(|_| r.close(last)) {
        return full(y, month, day).map(|expr| Hit::new(last + 2 - at, expr));
    }
    Some(Hit::new(next + 1 - at, DateExpr::Day { year: None, month, day }))
}

/// `Sunday`, `last Friday`; short forms only beside a date.
pub(super) fn weekday(r: Reader<'_>, at: usize) -> Option<Hit> {
    let norm = r.norm(at);
    let (shift, name_at) = match norm {
        "last" | "past" | "previous" => (-1, at + 1),
        "next" | "coming" | "following" => (1, at + 1),
        "this" => (0, at + 1),
        _ => (0, at),
    };
    let (day, short) = weekday_name(r, name_at)?;
    if name_at > at && !r.spaced(at) {
        return None;
    }
    let beside = names::day(r.norm(name_at + 1)).is_some() && r.close(name_at)
        || names::month(r.norm(name_at + 1)).is_some() && r.close(name_at) && names::day(r.norm(name_at + 2)).is_some();
    if short && !beside {
        return None;
    }
    Some(Hit::new(name_at + 1 - at, DateExpr::Weekday { day, shift }))
}

fn weekday_name(r: Reader<'_>, at: usize) -> Option<(u8, bool)> {
    let norm = r.norm(at);
    let raw = r.raw(at);
    let own = names::weekday(norm).or_else(|| {
        // the possessive only: `Sundays` is a habit
        let bare = norm.strip_suffix('s')?;
        raw.chars().rev().nth(1).is_some_and(super::super::is_apostrophe).then(|| names::weekday(bare)).flatten()
    })?;
    let english = norm.trim_end_matches('s').ends_with("day");
    let sure = if english || own.1 { r.capitalized(at) } else { norm.chars().count() > 4 && !names::is_weak_weekday(norm) };
    let portuguese = names::is_weak_weekday(norm) && r.between(at) == "-" && r.norm(at + 1) == "feira";
    (sure || portuguese).then_some(own)
}

/// `August 2024`, `in November`, `February's`.
pub(super) fn month(r: Reader<'_>, at: usize) -> Option<Hit> {
    let norm = r.norm(at);
    let bare = norm.strip_suffix('s').filter(|b| names::is_english_month(b)).unwrap_or(norm);
    let month = names::month(bare)?;
    let year_at = if matches!(r.norm(at + 1), "of" | "de" | "del") { at + 2 } else { at + 1 };
    let year = names::recent_year(r.norm(year_at)).filter(|_| r.close(at));
    let english = names::is_english_month(bare);
    if year.is_some() && (r.capitalized(at) || !english && bare.chars().count() > 3) {
        return Some(Hit::new(year_at + 1 - at, DateExpr::Month { year, month }));
    }
    if !english || !r.capitalized(at) {
        return None;
    }
    let led = matches!(
        r.before(at),
        "in" | "since"
            | "until"
            | "till"
            | "from"
            | "of"
            | "by"
            | "last"
            | "next"
            | "this"
            | "early"
            | "late"
            | "mid"
            | "before"
            | "after"
            | "during"
            | "through"
            | "to"
            | "between"
            | "and"
            | "past"
    ) || r.gap_before(at) == "-" && at > 0 && r.norm(at - 1) == "mid";
    let doubtful = matches!(bare, "may" | "march" | "august") || bare != norm;
    (led || !doubtful || bare != norm && bare != "may").then(|| Hit::new(1, DateExpr::Month { year: None, month }))
}

/// `in 2011`, `since 1998`, `a 2022 study`; `2011 people` is a count.
pub(super) fn year(r: Reader<'_>, at: usize) -> Option<Hit> {
    let year = names::year(r.norm(at))?;
    if r.raw(at).len() != 4 || r.between(at).starts_with(['%', '°']) {
        return None;
    }
    let before = r.before(at);
    let after = r.norm(at + 1);
    let unit = matches!(
        after,
        "people"
            | "km"
            | "kilometres"
            | "kilometers"
            | "miles"
            | "metres"
            | "meters"
            | "euros"
            | "dollars"
            | "pounds"
            | "percent"
            | "tonnes"
            | "tons"
            | "feet"
            | "gmt"
            | "utc"
            | "hours"
    );
    let counted = unit && r.spaced(at);
    let plural = after.len() > 3 && after.ends_with('s') && !after.ends_with("ss") && r.spaced(at) && !r.capitalized(at + 1);
    let found = match before {
        "since" | "until" | "till" | "through" | "late" | "early" | "mid" | "circa" | "en" | "depuis" | "desde" | "seit" => !counted,
        "in" | "of" | "during" | "from" | "by" | "before" | "after" | "im" | "jahr" | "em" | "année" => {
            (1500..2150).contains(&year) && !counted && !plural
        }
        // `dates back to 1887`
        "to" if r.norm(at.wrapping_sub(2)) == "back" => (1500..2150).contains(&year) && !counted && !plural,
        "a" | "the" | "its" | "his" | "her" | "their" | "to" | "and" | "between" | "for" | "year" | "s" => {
            (1900..2100).contains(&year) && !counted && !plural
        }
        "" => (1900..2100).contains(&year) && !counted && !plural && bracketed(r, at),
        _ => false,
    };
    found.then(|| Hit::new(1, DateExpr::Year(year)))
}

/// `(2011)`, `in May, 2011,`.
fn bracketed(r: Reader<'_>, at: usize) -> bool {
    at > 0 && r.between(at - 1).trim_start().starts_with('(') && r.between(at).starts_with(')')
}
