//! What speaks for two different figures being one record: their digits, what happened to those counted, whose age it is.

use super::view::View;
use crate::facts::{NameKind, Number};

/// Words searched for what happened to those counted.
const REACH: usize = 6;
/// Words between a name and the age of its bearer.
const AGE_REACH: usize = 4;

/// What happened to the people that a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Arrested,
    Dead,
    Injured,
    Missing,
    Moved,
    Rescued,
}

/// Folded words that tell a fate.
#[rustfmt::skip]
const FATES: &[(Fate, &[&str])] = &[
    (Fate::Arrested, &["arrest", "arrested", "arrests", "arresting", "detained", "detaining", "jailed"]),
    (Fate::Dead, &["bodies", "corpses", "dead", "death", "deaths", "die", "died", "dies", "drown", "drowned", "dying", "fatalities", "kill", "killed",
        "killing", "kills", "lives", "murdered", "perished", "slain"]),
    (Fate::Injured, &["hurt", "injured", "injures", "injuries", "injuring", "maimed", "wounded", "wounding", "wounds"]),
    (Fate::Missing, &["disappeared", "looking", "missing", "searching", "unaccounted"]),
    (Fate::Moved, &["displaced", "evacuated", "evacuating", "evacuees", "fled", "flee", "homeless", "uprooted"]),
    (Fate::Rescued, &["rescued", "rescuing", "saved", "saving", "survived", "survivors"]),
];

fn fate_of(word: &str) -> Option<Fate> {
    FATES.iter().find(|(_, words)| words.contains(&word)).map(|&(fate, _)| fate)
}

/// The fate of those counted: told by the noun, or else by the nearest word on either side within the clause.
pub(super) fn fate(view: &View<'_>, n: &Number) -> Option<Fate> {
    if n.unit.is_some() {
        return None;
    }
    let at = view.words_of(if n.noun.is_empty() { n.span } else { n.span.join(n.noun) });
    let home = view.words_in(n.sentence);
    if let Some(found) = at.clone().find_map(|i| fate_of(view.norm(i))) {
        return Some(found);
    }
    let text = view.text.text;
    // a comma or another figure ends what is said of this one
    let parted = |i: usize| {
        let gap = text.get(view.span(i).end..view.span(i + 1).start).unwrap_or_default();
        gap.contains([',', ';', ':', '(', ')'])
    };
    let figure = |i: usize| view.norm(i).starts_with(|c: char| c.is_ascii_digit());
    let mut near: Option<(usize, Fate)> = None;
    for (far, i) in (at.end..home.end).take(REACH).enumerate() {
        if parted(i - 1) || figure(i) {
            break;
        }
        if let Some(found) = fate_of(view.norm(i)) {
            near = Some((far, found));
            break;
        }
    }
    for (far, i) in (home.start..at.start).rev().take(REACH).enumerate() {
        if parted(i) || figure(i) {
            break;
        }
        if let Some(found) = fate_of(view.norm(i)) {
            if near.is_none_or(|(other, _)| far < other) {
                near = Some((far, found));
            }
            break;
        }
    }
    near.map(|(_, found)| found)
}

/// Whether the sentences of two numbers name the same years, or none: the dead of another year are other dead.
pub(super) fn same_years(base: &View<'_>, x: &Number, variant: &View<'_>, y: &Number) -> bool {
    let years = |view: &View<'_>, n: &Number| {
        let year = |w: &str| w.len() == 4 && (w.starts_with("19") || w.starts_with("20")) && w.bytes().all(|c| c.is_ascii_digit());
        let mut out: Vec<u32> = view.words_in(n.sentence).filter(|&i| year(view.norm(i))).map(|i| view.ids[i]).collect();
        out.sort_unstable();
        out
    };
    years(base, x) == years(variant, y)
}

/// How many digits two figures have, where they are the same digits in another order: 240 and 204, 24.18 and 24.81.
pub(super) fn exchanged(x: &Number, y: &Number) -> Option<usize> {
    let (a, b) = (x.figure.to_string(), y.figure.to_string());
    if x.vague || y.vague || a == b || a.len() != b.len() || a.find('.') != b.find('.') {
        return None;
    }
    // the zeros of `2,100,000` are no digits that one could mistake
    let digits = |s: &str| {
        let mut out: Vec<u8> = s.bytes().filter(u8::is_ascii_digit).collect();
        while !s.contains('.') && out.len() > 2 && out.last() == Some(&b'0') {
            out.pop();
        }
        out
    };
    let (mut p, mut q) = (digits(&a), digits(&b));
    let count = p.len().max(q.len());
    p.resize(count, b'0');
    q.resize(count, b'0');
    p.sort_unstable();
    q.sort_unstable();
    (p == q).then_some(count)
}

/// Whether both figures measure the same kind of thing, perhaps in other units.
pub(super) fn comparable(x: &Number, y: &Number) -> bool {
    let kind = |n: &Number| match n.unit.as_deref()? {
        u if u.len() == 3 && u.bytes().all(|c| c.is_ascii_uppercase()) => Some(0),
        "pound" | "franc" | "peso" | "crown" | "shilling" => Some(0),
        "hour" | "month" => Some(1),
        "km" => Some(2),
        "percent" | "point" => Some(3),
        "celsius" | "fahrenheit" => Some(4),
        "kg" | "tonne" => Some(5),
        "kmh" => Some(6),
        "hectare" | "square_km" => Some(7),
        _ => None,
    };
    kind(x).is_some() && kind(x) == kind(y)
}

/// How often a sum comes, with the last word that says so: `290 a month`, `290 every year`.
pub(super) fn period(view: &View<'_>, n: &Number) -> Option<(&'static str, usize)> {
    let from = view.words_of(if n.noun.is_empty() { n.span } else { n.span.join(n.noun) }).end;
    let end = view.words_in(n.sentence).end.min(from + AGE_REACH);
    (from..end).find_map(|i| {
        let mut last = i;
        let word = match view.norm(i) {
            "a" | "an" | "per" | "each" | "every" => {
                last = i + 1;
                view.norm(last)
            }
            "hourly" => "hour",
            "daily" => "day",
            "weekly" => "week",
            "monthly" => "month",
            "yearly" | "annually" => "year",
            _ => return None,
        };
        ["hour", "day", "week", "month", "quarter", "year"].into_iter().find(|&p| p == word).map(|p| (p, last))
    })
}

/// The words of the name whose bearer has this age: `Ana Vasilescu, 27`, `a 27-year-old seamstress, Ana Vasilescu`.
pub(super) fn bearer(view: &View<'_>, n: &Number) -> Option<Vec<u32>> {
    let at = view.words_of(n.span);
    let names = &view.text.facts.names;
    let from = names.partition_point(|m| m.sentence < n.sentence);
    let here = names.iter().skip(from).take_while(|m| m.sentence == n.sentence).filter(|m| m.kind != NameKind::Place);
    let mut best: Option<(usize, Vec<u32>)> = None;
    for name in here {
        let words = view.words_of(name.span);
        let far = if words.end <= at.start {
            let link = |i: usize| matches!(view.norm(i), "a" | "the" | "who" | "is" | "was" | "aged" | "an" | "then" | "now");
            (words.end..at.start).all(link).then(|| at.start - words.end)
        } else if words.start >= at.end && words.start - at.end < AGE_REACH {
            // a name after the age is worth less than one right before it
            Some(AGE_REACH + words.start - at.end)
        } else {
            None
        };
        let Some(far) = far else { continue };
        if best.as_ref().is_none_or(|(other, _)| far < *other) {
            best = Some((far, words.map(|i| view.ids[i]).collect()));
        }
    }
    best.map(|(_, words)| words)
}

/// Whether two names name one person, as far as their words tell: a brother and a sister share only the last.
pub(super) fn same_bearer(a: &[u32], b: &[u32]) -> bool {
    let siblings = a.len() > 1 && b.len() > 1 && a.first() != b.first();
    a.iter().any(|w| b.contains(w)) && !siblings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;
    use crate::facts::Qualifier;

    fn number(figure: f64) -> Number {
        Number {
            span: Span::default(),
            value: figure,
            figure,
            upper: None,
            unit: None,
            head: None,
            modifiers: Vec::new(),
            qualifier: Qualifier::Exact,
            vague: false,
            noun: Span::default(),
            sentence: 0,
        }
    }

    #[test]
    fn digits_in_another_order() {
        let digits = |a: f64, b: f64| exchanged(&number(a), &number(b));
        assert_eq!(digits(240.0, 204.0), Some(3));
        assert_eq!(digits(24.18, 24.81), Some(4));
        assert_eq!(digits(36.0, 63.0), Some(2));
        assert_eq!(digits(1_200_000.0, 2_100_000.0), Some(2));
        assert_eq!(digits(36.0, 36.0), None);
        assert_eq!(digits(2.4, 24.0), None);
        assert_eq!(digits(1000.0, 100.0), None);
    }
}
