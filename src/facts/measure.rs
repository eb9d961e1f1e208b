//! Numbers that measure: the unit behind a figure, two units that make up one value, parts of a unit, shares of a whole.

use super::Number;
use super::number::is_date;
use super::numeral::numeral;
use super::tokens::{Gap, Tokens};
use super::unit::{sign_after, unit_after};
use crate::document::Span;
use crate::text::{is_stopword, stem};

/// Reads the unit behind the number and turns the value into the base unit; returns the last word used.
pub(super) fn unit(tokens: &Tokens<'_>, last: usize, number: &mut Number, span: &mut Span) -> usize {
    if let Some((name, end)) = sign_after(tokens, last) {
        number.unit = Some(name.to_string());
        span.end = end;
        return last;
    }
    if tokens.norm(last + 1) == "magnitude" && tokens.gap(last) == Gap::Hyphen {
        number.unit = Some("magnitude".to_string());
        span.end = tokens.cover(last + 1, last + 1).end;
        return last + 1;
    }
    let Some(found) = unit_after(tokens, last) else { return last };
    let mut to = found.to;
    let mut name = found.name;
    let mut factor = found.factor;
    // `41-year-old`, `65 years old`
    if name == "month" && tokens.norm(to + 1) == "old" {
        to += 1;
        name = "year_old";
        factor = if tokens.norm(to - 1).starts_with("year") { 1.0 } else { 1.0 / 12.0 };
    }
    number.value *= factor;
    number.upper = number.upper.map(|u| u * factor);
    number.unit = Some(name.to_string());
    span.end = tokens.cover(to, to).end;
    if name == "hour" && factor <= 1.0 {
        to = lesser(tokens, to, factor, number, span);
    }
    to
}

/// `1 minute and 53 seconds`, `1min 35sec`: one length of time in two units.
fn lesser(tokens: &Tokens<'_>, last: usize, factor: f64, number: &mut Number, span: &mut Span) -> usize {
    let at = last + 1 + usize::from(tokens.norm(last + 1) == "and");
    let Some(found) = numeral(tokens, at).filter(|n| !n.ordinal && !n.vague && !n.share && tokens.gap(last) == Gap::Space) else {
        return last;
    };
    match unit_after(tokens, found.to) {
        Some(unit) if unit.name == "hour" && unit.factor < factor && found.value * unit.factor < factor => {
            number.value += found.value * unit.factor;
            // read as `1:53`
            number.figure = number.figure * 100.0 + found.value;
            span.end = tokens.cover(unit.to, unit.to).end;
            unit.to
        }
        _ => last,
    }
}

/// `half an hour`, `a quarter of a percentage point`: a part of one unit; otherwise the share of something.
pub(super) fn part_of_unit(tokens: &Tokens<'_>, last: usize, number: &mut Number, span: &mut Span) -> usize {
    let article = last + 1 + usize::from(tokens.norm(last + 1) == "of");
    if !matches!(tokens.norm(article), "a" | "an") {
        return last;
    }
    let Some(unit) = unit_after(tokens, article) else { return last };
    number.value *= unit.factor;
    number.unit = Some(unit.name.to_string());
    span.end = tokens.cover(unit.to, unit.to).end;
    unit.to
}

/// `from 16 to 6 percent`: the first figure has the unit of the second.
pub(super) fn unit_of_end(tokens: &Tokens<'_>, at: usize, last: usize, number: &mut Number) {
    let from = at > 0 && tokens.norm(at - 1) == "from" && tokens.norm(last + 1) == "to" && tokens.gap(last) == Gap::Space;
    let Some(end) = numeral(tokens, last + 2).filter(|n| from && !n.ordinal && !n.vague && !n.share) else { return };
    if let Some((name, _)) = sign_after(tokens, end.to) {
        number.unit = Some(name.to_string());
    } else if let Some(unit) = unit_after(tokens, end.to) {
        number.value *= unit.factor;
        number.unit = Some(unit.name.to_string());
    }
}

/// `one in eight`, `seven out of every eight`, `one train in eight`.
pub(super) fn proportion(tokens: &Tokens<'_>, at: usize, last: usize, number: &mut Number, span: &mut Span) -> usize {
    let noun = usize::from(!is_stopword(tokens.norm(last + 1)) && tokens.norm(last + 2) == "in" && tokens.gap(last) == Gap::Space);
    let from = last + noun;
    let whole = if tokens.norm(from + 1) == "in" {
        from + 2
    } else if tokens.norm(last + 1) == "out" && tokens.norm(last + 2) == "of" {
        last + 3
    } else {
        return last;
    };
    // `12 out of 19` counts both; `seven out of every eight`, `nine out of 10` do not
    let round = |n: f64| n <= 10.0 || n == 100.0 || n == 1000.0;
    if tokens.norm(from + 1) != "in" && numeral(tokens, whole).is_some_and(|n| !round(n.value)) {
        return last;
    }
    let whole = whole + usize::from(matches!(tokens.norm(whole), "every" | "the"));
    let Some(base) = numeral(tokens, whole).filter(|n| !n.ordinal && !n.vague && n.value > number.value && n.value <= 1000.0) else {
        return last;
    };
    if is_date(tokens, whole, base) || tokens.gap(at.max(last)) != Gap::Space {
        return last;
    }
    if noun == 1 {
        number.head = Some(stem(tokens.norm(last + 1)).to_string());
    }
    number.value /= base.value;
    number.unit = Some("share".to_string());
    span.end = tokens.cover(base.to, base.to).end;
    base.to
}
