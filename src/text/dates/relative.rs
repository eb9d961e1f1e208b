//! Times told from the day of the text: `yesterday`, `last month`, `earlier this week`, `two days ago`.

use super::names;
use super::{DateExpr, Hit, Reader};

/// A relative expression that begins at `at`.
pub(super) fn relative(r: Reader<'_>, at: usize) -> Option<Hit> {
    single(r, at).or_else(|| end_of(r, at)).or_else(|| shifted(r, at)).or_else(|| ago(r, at)).or_else(|| part_of_day(r, at))
}

fn single(r: Reader<'_>, at: usize) -> Option<Hit> {
    let days = match r.norm(at) {
        "yesterday" | "yesterdays" | "hier" | "ayer" | "gestern" | "ontem" | "ieri" | "вчера" => -1,
        "today" | "todays" | "tonight" | "tonights" | "aujourdhui" | "сегодня" => 0,
        "tomorrow" | "tomorrows" | "demain" | "завтра" => 1,
        _ => return None,
    };
    Some(Hit::new(1, DateExpr::RelativeDays(days)))
}

/// `the end of the year`, `the start of next month`: the edge of a span of time, from its noun on.
fn end_of(r: Reader<'_>, at: usize) -> Option<Hit> {
    // `before the year is out`
    if r.norm(at) == "year" && r.before(at) == "the" && r.norm(at + 1) == "is" && matches!(r.norm(at + 2), "out" | "over") {
        return Some(Hit::new(3, DateExpr::Other("end of this year".to_owned())));
    }
    let edge = match r.norm(at) {
        "end" => "end",
        "start" | "beginning" => "start",
        _ => return None,
    };
    let span = matches!(r.norm(at + 3), "year" | "month" | "week" | "decade" | "summer" | "winter");
    if r.norm(at + 1) != "of" || !span || !(at..at + 3).all(|i| r.spaced(i)) {
        return None;
    }
    let which = match r.norm(at + 2) {
        "the" | "this" => "this",
        "next" => "next",
        "last" => "last",
        _ => return None,
    };
    Some(Hit::new(4, DateExpr::Other(format!("{edge} of {which} {}", r.norm(at + 3)))))
}

/// `last month`, `this year`, `next spring`, `earlier this week`.
fn shifted(r: Reader<'_>, at: usize) -> Option<Hit> {
    let lead = usize::from(matches!(r.norm(at), "earlier" | "later" | "late" | "early") && r.spaced(at));
    let word = at + lead;
    let shift = match r.norm(word) {
        "last" | "past" | "previous" => -1,
        "this" | "current" => 0,
        "next" | "coming" => 1,
        _ => return None,
    };
    if !r.spaced(word) {
        return None;
    }
    let unit = r.norm(word + 1);
    let unit = unit.strip_suffix('s').filter(|_| r.raw(word + 1).contains(['\'', '’'])).unwrap_or(unit);
    let len = word + 2 - at;
    let expr = match unit {
        "month" => DateExpr::RelativeMonths(shift),
        "year" => DateExpr::RelativeYears(shift),
        "night" | "evening" if shift == -1 => DateExpr::RelativeDays(-1),
        "morning" | "afternoon" | "evening" if shift == 0 => DateExpr::RelativeDays(0),
        "week" | "weekend" | "spring" | "summer" | "autumn" | "fall" | "winter" | "decade" | "century" | "season" | "quarter"
        | "fortnight" => {
            let words: Vec<&str> = (at..at + len - 1).map(|i| r.norm(i)).chain([unit]).collect();
            DateExpr::Other(words.join(" "))
        }
        _ => return None,
    };
    Some(Hit::new(len, expr))
}

/// `two days ago`, `seven months earlier`.
fn ago(r: Reader<'_>, at: usize) -> Option<Hit> {
    if r.norm(at + 2) != "ago" || !r.spaced(at) || !r.spaced(at + 1) {
        return None;
    }
    let n = i32::from(names::number(r.norm(at))?);
    let expr = match r.norm(at + 1) {
        "day" | "days" => DateExpr::RelativeDays(-n),
        "week" | "weeks" => DateExpr::RelativeDays(-7 * n),
        "month" | "months" => DateExpr::RelativeMonths(-n),
        "year" | "years" => DateExpr::RelativeYears(-n),
        "decade" | "decades" => DateExpr::RelativeYears(-10 * n),
        "hour" | "hours" | "minute" | "minutes" | "min" | "mins" | "hrs" => DateExpr::Other(format!("{n} {} ago", r.norm(at + 1))),
        _ => return None,
    };
    Some(Hit::new(3, expr))
}

/// `morning` after a weekday or an article, `dawn`, `overnight`: the day itself is a mention of its own.
fn part_of_day(r: Reader<'_>, at: usize) -> Option<Hit> {
    let norm = r.norm(at);
    let found = match norm {
        "overnight" | "dawn" | "dusk" | "daybreak" | "nightfall" => true,
        "morning" | "afternoon" | "evening" | "night" => {
            let before = r.before(at);
            names::weekday(before).is_some_and(|(_, short)| !short)
                || matches!(before, "the" | "early" | "late")
                || r.before(at) == "tomorrow"
        }
        _ => false,
    };
    found.then(|| Hit::new(1, DateExpr::Other(norm.to_owned())))
}
