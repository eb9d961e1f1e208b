//! When two numbers state the same value of the same thing.

use super::canon::canon;
use super::spelling::american;
use super::view::View;
use crate::document::Span;
use crate::facts::{Number, Qualifier};

/// What a plural of persons says about them: words of different classes count different people.
const PERSONS: &[(&str, &str)] = &[
    ("adult", "adult"),
    ("boy", "boy"),
    ("child", "child"),
    ("civilian", "civilian"),
    ("doctor", "doctor"),
    ("fighter", "soldier"),
    ("girl", "girl"),
    ("men", "man"),
    ("man", "man"),
    ("officer", "officer"),
    ("police", "officer"),
    ("driver", "driver"),
    ("farmer", "farmer"),
    ("monitor", "observer"),
    ("nurs", "nurse"),
    ("observer", "observer"),
    ("peacekeeper", "peacekeeper"),
    ("prisoner", "prisoner"),
    ("soldier", "soldier"),
    ("staff", "staff"),
    ("student", "student"),
    ("teacher", "teacher"),
    ("women", "woman"),
    ("woman", "woman"),
];

/// Persons of any kind.
const ANYBODY: &[&str] = &["citizen", "participant", "passenger", "person", "resident", "survivor", "victim", "visitor", "volunteer"];

/// How telling a value is by itself: 2 identifies its number wherever it stands, 0 needs company.
pub(super) fn weight(n: &Number) -> u8 {
    let unit = n.unit.as_deref();
    let measured = unit.is_some_and(|u| !matches!(u, "ordinal" | "point" | "share"));
    if n.value >= 1000.0 && !is_duration(n)
        || n.value.fract() != 0.0 && unit.is_some() && !is_duration(n)
        || money(n)
        || measured && n.value >= 13.0 && !is_duration(n)
    {
        2
    } else {
        u8::from(n.value >= 11.0 || measured)
    }
}

/// Whether the number is a sum of money.
pub(super) fn money(n: &Number) -> bool {
    let unit = n.unit.as_deref();
    unit.is_some_and(|u| u.len() == 3 && u.chars().all(|c| c.is_ascii_uppercase()) || matches!(u, "pound" | "franc" | "peso"))
}

pub(super) fn is_duration(n: &Number) -> bool {
    matches!(n.unit.as_deref(), Some("hour" | "month"))
}

/// Logarithmic, so that equal values within a per cent lie in neighbouring buckets.
pub(super) fn bucket(value: f64) -> i64 {
    if value <= 0.0 { i64::MIN / 2 } else { (value.ln() * 50.0).floor() as i64 }
}

pub(super) fn same_value(x: &Number, y: &Number) -> bool {
    let converted = matches!(x.unit.as_deref(), Some("km" | "kg" | "hectare" | "litre" | "kmh" | "square_km"));
    let tolerance = if converted { 0.006 } else { 1e-6 };
    // half of the finer of two steps: 26 ft and 8 m are one length, rounded
    let step = |n: &Number| (n.value / n.figure).abs();
    let (one, other) = (step(x), step(y));
    let rounded =
        if converted && x.figure >= 2.0 && y.figure >= 2.0 && (one - other).abs() > 0.01 * one { 0.5 * one.min(other) } else { 0.0 };
    let close = |a: f64, b: f64| (a - b).abs() <= (tolerance * a.abs().max(b.abs())).max(rounded);
    let upper = match (x.upper, y.upper) {
        (Some(a), Some(b)) => close(a, b),
        (None, None) => true,
        _ => false,
    };
    upper && close(x.value, y.value) && x.vague == y.vague
}

pub(super) fn same_unit(x: &Number, y: &Number) -> bool {
    match (x.unit.as_deref(), y.unit.as_deref()) {
        // `43 degrees` on a page that never says of which scale
        (Some("degree"), Some("celsius" | "fahrenheit")) | (Some("celsius" | "fahrenheit"), Some("degree")) => true,
        (Some(a), Some(b)) => a == b,
        (None, None) => true,
        // `up 25.17`, `up 25.17 points`
        // `11,000 flying hours`, `11,000 hours`
        (Some("hour"), None) => y.head.as_deref() == Some("hour"),
        (None, Some("hour")) => x.head.as_deref() == Some("hour"),
        (Some("point"), None) | (None, Some("point")) => x.head.is_none() | y.head.is_none(),
        // `measured 5.1`, `magnitude 5.1`; an age without its words
        // `borrowing 1.9 billion`: the currency is told elsewhere
        (Some(_), None) | (None, Some(_)) if money(x) || money(y) => x.value >= 1e6 && x.head.is_none() | y.head.is_none(),
        (Some(a), None) | (None, Some(a)) => matches!(a, "magnitude" | "year_old") && x.value > 1.0,
    }
}

/// Whether the nouns agree; `None` where one is not known.
pub(super) fn same_head(x: &Number, y: &Number) -> Option<bool> {
    let (a, b) = (x.head.as_deref()?, y.head.as_deref()?);
    Some(canon(a) == canon(b) || american(a) == american(b) || anybody(a) && anybody(b))
}

fn anybody(head: &str) -> bool {
    let word = canon(head);
    word == "person" || word == "resident" || ANYBODY.contains(&word)
}

/// The class of persons that is counted.
pub(super) fn person(n: &Number) -> Option<&'static str> {
    let head = n.head.as_deref()?;
    if anybody(head) {
        return Some("anybody");
    }
    PERSONS.iter().find(|(word, _)| *word == head || *word == canon(head)).map(|&(_, class)| class)
}

/// A fraction and its percentage.
pub(super) fn same_share(x: &Number, y: &Number) -> bool {
    let percent = |n: &Number| match n.unit.as_deref() {
        Some("share") => Some((n.value * 100.0, true)),
        Some("percent") => Some((n.value, false)),
        _ => None,
    };
    let exact = x.qualifier == y.qualifier && x.upper.is_none() && y.upper.is_none();
    exact && percent(x).zip(percent(y)).is_some_and(|((a, s), (b, t))| s != t && (a - b).abs() < 0.5)
}

/// A length of time counted in days or weeks and the same in months: `60 days`, `two months`.
pub(super) fn same_length(x: &Number, y: &Number) -> bool {
    const HOURS: (f64, f64) = (28.0 * 24.0, 31.0 * 24.0);
    let (hours, months) = match (x.unit.as_deref(), y.unit.as_deref()) {
        (Some("hour"), Some("month")) => (x.value, y.value),
        (Some("month"), Some("hour")) => (y.value, x.value),
        _ => return false,
    };
    let plain = x.upper.is_none() && y.upper.is_none() && !x.vague && !y.vague;
    plain && months >= 1.0 && (HOURS.0 * months..=HOURS.1 * months).contains(&hours)
}

/// Two lengths of time of which neither is twice the other.
pub(super) fn near_length(x: &Number, y: &Number) -> bool {
    let hours = |n: &Number| match n.unit.as_deref() {
        Some("hour") => Some(n.value),
        Some("month") => Some(n.value * 730.0),
        _ => None,
    };
    hours(x).zip(hours(y)).is_some_and(|(a, b)| a.max(b) < 2.0 * a.min(b))
}

/// A rounded or vaguer statement of the same value.
pub(super) fn near_value(x: &Number, y: &Number) -> bool {
    let (mut a, b) = (x.value, y.value);
    let percent = |n: &Number| n.unit.as_deref() == Some("percent");
    let share = |n: &Number| n.unit.as_deref() == Some("share");
    let mut b = b;
    if share(x) && percent(y) {
        a *= 100.0;
    } else if percent(x) && share(y) {
        b *= 100.0;
    } else if x.unit != y.unit || x.unit.is_none() && a < 20.0 {
        return false;
    }
    let gap = (a - b).abs() / a.abs().max(1e-9);
    let rounded = y.qualifier == Qualifier::Exact && gap < 0.01 && fewer_digits(a, b) && !share(y);
    let bounded = match y.qualifier {
        Qualifier::Exact => share(y),
        Qualifier::AtLeast => a >= b,
        Qualifier::AtMost => a <= b,
        Qualifier::About => true,
    };
    // `almost three billion` of 2.84
    let most = match y.qualifier {
        // `roughly a quarter` of 27, `more than a third` of 38.4
        Qualifier::About if share(y) => 0.1,
        Qualifier::AtLeast | Qualifier::AtMost if share(y) && b < 50.0 => 0.16,
        Qualifier::About if fewer_digits(a, b) || b >= 1e6 => 0.07,
        _ => 0.05,
    };
    x.upper.is_none() && y.upper.is_none() && (rounded || bounded && gap < most && gap > 0.0)
}

fn fewer_digits(a: f64, b: f64) -> bool {
    a.fract() != 0.0 && b.fract() == 0.0 || a % 10.0 != 0.0 && b % 10.0 == 0.0
}

/// The number alone, or with the noun that it counts.
pub(super) fn extent(n: &Number, wide: bool) -> Span {
    if wide && !n.noun.is_empty() && n.noun.start >= n.span.start && n.noun.end - n.span.start < 60 { n.span.join(n.noun) } else { n.span }
}

/// The words that say how exactly a number is meant (`more than`, `almost`), put before `span`.
pub(super) fn qualified(view: &View<'_>, n: &Number, span: Span) -> Span {
    let at = view.words_of(n.span).start;
    let home = view.words_in(n.sentence).start;
    let back = match at.checked_sub(1).map_or("", |i| view.norm(i)) {
        _ if n.qualifier == Qualifier::Exact => 0,
        "as" => 3,
        "than" | "least" | "most" | "to" => 2,
        _ => 1,
    };
    if back == 0 || at < home + back { span } else { view.span(at - back).join(span) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: f64, unit: Option<&str>, head: Option<&str>, qualifier: Qualifier) -> Number {
        Number {
            span: Span::default(),
            value,
            figure: value,
            upper: None,
            unit: unit.map(str::to_string),
            head: head.map(str::to_string),
            modifiers: Vec::new(),
            qualifier,
            vague: false,
            noun: Span::default(),
            sentence: 0,
        }
    }

    #[test]
    fn converted_distances_are_equal() {
        let miles = number(10.0 * 1.609_344, Some("km"), None, Qualifier::Exact);
        let km = number(16.0, Some("km"), None, Qualifier::Exact);
        assert!(same_value(&miles, &km));
        assert!(!same_value(&km, &number(17.0, Some("km"), None, Qualifier::Exact)));
    }

    #[test]
    fn vaguer_and_rounded_values() {
        let exact = number(58.7, Some("percent"), None, Qualifier::Exact);
        assert!(near_value(&exact, &number(60.0, Some("percent"), None, Qualifier::About)));
        assert!(near_value(&exact, &number(59.0, Some("percent"), None, Qualifier::Exact)));
        assert!(!near_value(&exact, &number(57.8, Some("percent"), None, Qualifier::Exact)));
        let part = number(0.5, Some("share"), None, Qualifier::AtLeast);
        assert!(!near_value(&exact, &part));
        assert!(near_value(&number(51.2, Some("percent"), None, Qualifier::Exact), &part));
    }

    #[test]
    fn persons_of_any_kind_are_one_head() {
        let people = number(40.0, None, Some("peopl"), Qualifier::Exact);
        let residents = number(40.0, None, Some("resident"), Qualifier::Exact);
        let nurses = number(40.0, None, Some("nurs"), Qualifier::Exact);
        assert_eq!(same_head(&people, &residents), Some(true));
        assert_eq!(same_head(&people, &nurses), Some(false));
    }
}
