//! Numbers with their units, nouns and qualifiers.

use super::lexicon::{REPORTING, holds, is_month, is_weekday};
use super::measure::{part_of_unit, proportion, unit, unit_of_end};
use super::numeral::{Numeral, numeral, scale};
use super::tokens::{Gap, Tokens};
use super::unit::currency_before;
use super::{DateMention, Number, Qualifier};
use crate::document::Span;
use crate::extract::Article;
use crate::text::{is_stopword, stem};

/// Most numbers read from one text: more are a table, no prose.
const MAX_NUMBERS: usize = 5_000;
/// Words searched for the noun that is counted.
const HEAD_REACH: usize = 5;

/// Plural nouns without an `s`.
#[rustfmt::skip]
const PLURAL_NOUNS: &[&str] = &[
    "aircraft", "cattle", "children", "crew", "fish", "men", "passersby", "people", "personnel", "police", "sheep", "staff", "troops",
    "women",
];

/// Words that end a noun phrase although they are no stop words.
#[rustfmt::skip]
const BREAKERS: &[&str] = &[
    "according", "died", "fled", "including", "killed", "left", "plus", "worth",
];

/// Numbers of the body that are no dates, in text order.
pub(super) fn numbers(text: &str, article: &Article, dates: &[DateMention]) -> Vec<Number> {
    let mut out = Vec::new();
    for (sentence, s) in article.sentences.iter().enumerate() {
        let tokens = Tokens::new(text, article, s);
        let mut at = 0;
        while at < tokens.len() && out.len() < MAX_NUMBERS {
            match read(&tokens, at, sentence, dates) {
                Some((mut number, next)) => {
                    if out.last().is_some_and(|p: &Number| p.sentence == sentence && left_out(&tokens, at, p, &number)) {
                        number.unit = Some("percent".to_string());
                    }
                    out.push(number);
                    at = next;
                }
                None => at += 1,
            }
        }
    }
    out
}

/// The number that starts at word `at`, and the first word after it.
fn read(tokens: &Tokens<'_>, at: usize, sentence: usize, dates: &[DateMention]) -> Option<(Number, usize)> {
    if let Some(found) = race_place(tokens, at, sentence) {
        return Some(found);
    }
    if let Some(found) = race_gap(tokens, at, sentence, dates) {
        return Some(found);
    }
    if at > 0 && tokens.gap(at - 1) == Gap::Hyphen && is_model(tokens.raw(at - 1)) {
        return None;
    }
    let found = numeral(tokens, at)?;
    let currency = currency_before(tokens, at);
    let mut span = tokens.cover(at, found.to);
    if currency.is_none() && (is_date(tokens, at, found) || dated(dates, span)) {
        return None;
    }
    if found.ordinal {
        return ordinal(tokens, at, found, sentence);
    }
    if found.value == 1.0 && tokens.norm(at) == "one" && !counts_one(tokens, at) {
        return None;
    }
    let mut number = Number { qualifier: qualifier(tokens, at), vague: found.vague, ..bare(span, found.value, None, sentence) };
    let mut last = found.to;
    if let Some((name, start)) = currency {
        span.start = start;
        number.unit = Some(name.to_string());
        // `$10.6m`
        let by = match tokens.norm(last + 1) {
            "m" => Some(1e6),
            "k" => Some(1e3),
            "b" => Some(1e9),
            word => scale(word),
        };
        if let Some(by) = by.filter(|_| tokens.between(last).trim().is_empty()) {
            number.value *= by;
            number.figure *= by;
            last += 1;
            span.end = tokens.cover(last, last).end;
        }
    }
    if found.share {
        number.unit = Some("share".to_string());
        last = part_of_unit(tokens, last, &mut number, &mut span);
    } else if let Some((to, upper)) = range(tokens, last) {
        number.upper = Some(upper);
        last = to;
        span.end = tokens.cover(last, last).end;
    }
    if number.unit.is_none() {
        last = unit(tokens, last, &mut number, &mut span);
    }
    if number.unit.is_none() {
        last = proportion(tokens, at, last, &mut number, &mut span);
    }
    if number.unit.is_none() {
        unit_of_end(tokens, at, last, &mut number);
    }
    if number.unit.is_none() && matches!(tokens.norm(at.wrapping_sub(1)), "magnitude" | "aged") {
        number.unit = Some(if tokens.norm(at - 1) == "aged" { "year_old" } else { "magnitude" }.to_string());
    }
    if number.unit.is_none() && is_age(tokens, at, last) {
        number.unit = Some("year_old".to_string());
    }
    head(tokens, last, &mut number);
    number.span = span;
    Some((number, last + 1))
}

/// Whether a figure leaves the per cent of the one before to the reader: `1.4 per cent rather than 1.8`.
fn left_out(tokens: &Tokens<'_>, at: usize, before: &Number, number: &Number) -> bool {
    let (two, one) = (at.checked_sub(2).map_or("", |i| tokens.norm(i)), at.checked_sub(1).map_or("", |i| tokens.norm(i)));
    let held = matches!((two, one), ("rather", "than") | ("instead", "of") | ("compared", "with") | (_, "from" | "against"));
    held && before.unit.as_deref() == Some("percent") && number.unit.is_none() && number.head.is_none() && number.value < 100.0
}

/// A number with nothing around it.
fn bare(span: Span, value: f64, unit: Option<&str>, sentence: usize) -> Number {
    Number {
        span,
        value,
        figure: value,
        upper: None,
        unit: unit.map(str::to_string),
        head: None,
        modifiers: Vec::new(),
        qualifier: Qualifier::Exact,
        vague: false,
        noun: Span::default(),
        sentence,
    }
}

/// The first part of `A321-200`, `MH-370`: what follows is no count.
fn is_model(raw: &str) -> bool {
    let letters = raw.chars().any(char::is_alphabetic);
    letters && (raw.chars().any(|c| c.is_ascii_digit()) || raw.len() <= 3 && raw.chars().all(char::is_uppercase))
}

fn dated(dates: &[DateMention], span: Span) -> bool {
    let near = dates.partition_point(|d| d.span.end <= span.start);
    dates.get(near).is_some_and(|d| d.span.overlaps(span))
}

/// `10-15`, `4 to 60`, `between 4 and 65`: the upper end and its last word.
fn range(tokens: &Tokens<'_>, last: usize) -> Option<(usize, f64)> {
    let dash = tokens.between(last).trim();
    let dashed = matches!(dash, "-" | "\u{2013}" | "\u{2014}");
    let word = tokens.norm(last + 1);
    let start = last.checked_sub(1).map_or("", |i| tokens.norm(i));
    let joined = (tokens.gap(last) == Gap::Space || dash == "%")
        && (word == "to" && start != "from" && !matches!(start, "rose" | "fell" | "up" | "down") || word == "and" && start == "between");
    let at = if dashed {
        last + 1
    } else if joined {
        last + 2
    } else {
        return None;
    };
    let upper = numeral(tokens, at).filter(|n| !n.ordinal && !n.vague && !n.share && n.to < tokens.len())?;
    // `0.6% to 24.18` is a rise and where it ended
    if dash == "%" && !tokens.between(upper.to).trim().starts_with('%') {
        return None;
    }
    let lower = numeral(tokens, last).map_or(0.0, |n| n.value);
    (upper.value > lower && upper.value < lower.max(1.0) * 1000.0).then_some((upper.to, upper.value))
}

/// `one person`, but not `one of them`, `no one`, `one day`.
fn counts_one(tokens: &Tokens<'_>, at: usize) -> bool {
    let next = tokens.norm(at + 1);
    let previous = at.checked_sub(1).map_or("", |i| tokens.norm(i));
    if matches!(previous, "no" | "this" | "the" | "any" | "every" | "each" | "which" | "number") || next == "day" {
        return false;
    }
    let share = next == "in" && numeral(tokens, at + 2).is_some() || next == "out";
    let joined = matches!(tokens.gap(at), Gap::Space | Gap::Hyphen);
    share || joined && !is_stopword(next) && !next.is_empty() && !holds(REPORTING, next) && !next.ends_with("ed") && next != "another"
}

/// `, 41,` after a name; `who was 41`.
fn is_age(tokens: &Tokens<'_>, at: usize, last: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let value = numeral(tokens, at).map_or(0.0, |n| n.value);
    let named = tokens.gap(before) == Gap::Comma && tokens.capitalized(before) && !is_month(tokens.norm(before));
    // `Ana, who was 27`
    let told = matches!(tokens.norm(before), "was" | "is") && before > 0 && matches!(tokens.norm(before - 1), "who" | "he" | "she");
    (named || told)
        && matches!(tokens.gap(last), Gap::Comma | Gap::Mark)
        && value.fract() == 0.0
        && (1.0..120.0).contains(&value)
        && tokens.words.get(at).is_some_and(crate::text::Word::is_number)
}

/// `the fourth since February`: an order that counts occasions.
fn ordinal(tokens: &Tokens<'_>, at: usize, found: Numeral, sentence: usize) -> Option<(Number, usize)> {
    let before = at.checked_sub(1).map_or("", |i| tokens.norm(i));
    let next = tokens.norm(at + 1);
    if !matches!(before, "the" | "a" | "its" | "his" | "her" | "their" | "for") || matches!(next, "century" | "of" | "party" | "quarter") {
        return None;
    }
    let mut number = bare(tokens.cover(at, found.to), found.value, Some("ordinal"), sentence);
    if tokens.gap(found.to) == Gap::Space && !is_stopword(next) {
        number.head = Some(stem(next).to_string());
    }
    Some((number, found.to + 1))
}

/// `1:06 off the lead`: minutes and seconds that are no time of day.
fn race_gap(tokens: &Tokens<'_>, at: usize, sentence: usize, dates: &[DateMention]) -> Option<(Number, usize)> {
    let (minutes, seconds) = tokens.norm(at).split_once(':')?;
    let (minutes, seconds): (f64, f64) = (minutes.parse().ok()?, seconds.parse().ok().filter(|_| seconds.len() == 2)?);
    let span = tokens.cover(at, at);
    if dated(dates, span) || seconds >= 60.0 {
        return None;
    }
    let value = (minutes + seconds / 60.0) / 60.0;
    let number =
        Number { figure: minutes * 100.0 + seconds, qualifier: qualifier(tokens, at), ..bare(span, value, Some("hour"), sentence) };
    Some((number, at + 1))
}

/// `finished eighth`, `was second,`, `slipped to third`, `in fourth place`: where somebody ended up.
fn race_place(tokens: &Tokens<'_>, at: usize, sentence: usize) -> Option<(Number, usize)> {
    let value = match tokens.norm(at) {
        "second" => 2.0,
        _ => numeral(tokens, at).filter(|n| n.ordinal && n.to == at)?.value,
    };
    let before = at.checked_sub(1).map_or("", |i| tokens.norm(i));
    let two = at.checked_sub(2).map_or("", |i| tokens.norm(i));
    let next = tokens.norm(at + 1);
    let free = tokens.gap(at) != Gap::Space || matches!(next, "overall" | "behind" | "in" | "with" | "at" | "and" | "place");
    let placed = match before {
        "finished" | "placed" | "ranked" => true,
        "came" | "took" | "was" | "is" | "lies" | "lay" | "stands" | "stood" => free,
        "to" => {
            free && matches!(two, "slipped" | "fell" | "sank" | "dropped" | "rose" | "climbed" | "moved" | "slid" | "down" | "up" | "back")
        }
        "in" => matches!(next, "place" | "position"),
        _ => false,
    };
    placed.then(|| (bare(tokens.cover(at, at), value, Some("ordinal"), sentence), at + 1))
}

/// Month days, clock times, years, centuries.
pub(super) fn is_date(tokens: &Tokens<'_>, at: usize, found: Numeral) -> bool {
    if !tokens.words.get(at).is_some_and(crate::text::Word::is_number) {
        return tokens.norm(found.to + 1) == "oclock";
    }
    let norm = tokens.norm(at);
    let raw = tokens.raw(at);
    let previous = at.checked_sub(1).map_or("", |i| tokens.norm(i));
    let next = tokens.norm(found.to + 1);
    if norm.contains(':') || matches!(next, "am" | "pm" | "oclock" | "gmt" | "utc" | "bst" | "est" | "cet" | "noon" | "century") {
        return true;
    }
    let day = found.value <= 31.0 && found.value.fract() == 0.0;
    let month_before = is_month(previous) && tokens.capitalized(at - 1) && tokens.gap(at - 1) == Gap::Space;
    let month_after = is_month(next) && tokens.capitalized(found.to + 1) && tokens.gap(found.to) == Gap::Space;
    if day && (month_before || month_after || is_weekday(previous) && tokens.gap(at - 1) == Gap::Space) {
        return true;
    }
    if raw.len() == 4 && (1500.0..2100.0).contains(&found.value) && found.value.fract() == 0.0 && raw.chars().all(|c| c.is_ascii_digit()) {
        let leads = matches!(
            previous,
            "in" | "since"
                | "by"
                | "from"
                | "until"
                | "till"
                | "to"
                | "of"
                | "early"
                | "late"
                | "mid"
                | "summer"
                | "winter"
                | "spring"
                | "autumn"
                | "fall"
                | "before"
                | "after"
                | "during"
                | "a"
                | "the"
                | "on"
                | "and"
                | "january"
        );
        let free = tokens.gap(found.to) != Gap::Space || is_stopword(next) || next == "s";
        return month_before
            || leads && (free || matches!(previous, "a" | "the" | "in" | "since"))
            || free && tokens.gap(found.to) != Gap::Space && !counted(next);
    }
    found.ordinal && (matches!(next, "century" | "anniversary") || month_before)
}

fn counted(next: &str) -> bool {
    holds(PLURAL_NOUNS, next)
}

fn qualifier(tokens: &Tokens<'_>, at: usize) -> Qualifier {
    let one = at.checked_sub(1).map_or("", |i| tokens.norm(i));
    let two = at.checked_sub(2).map_or("", |i| tokens.norm(i));
    if (one, two) == ("than", "fewer") || (one, two) == ("than", "less") || (one, two) == ("than", "more") {
        let no = at.checked_sub(3).is_some_and(|i| tokens.norm(i) == "no");
        return if no == (two == "more") { Qualifier::AtMost } else { Qualifier::AtLeast };
    }
    if tokens.norm(at + 1) == "couple" {
        return Qualifier::About;
    }
    match (two, one) {
        ("greater", "than") | ("at", "least") | (_, "over" | "exceeding") => Qualifier::AtLeast,
        ("up", "to") | ("many" | "much", "as") | ("at", "most") | (_, "under" | "below") => Qualifier::AtMost,
        (_, "about" | "around" | "some" | "nearly" | "almost" | "roughly" | "approximately" | "estimated" | "circa") => Qualifier::About,
        _ => Qualifier::Exact,
    }
}

/// Finds the noun that is counted and the words before it.
fn head(tokens: &Tokens<'_>, last: usize, number: &mut Number) {
    // a distance is followed by a direction, no noun
    let distance = number.unit.as_deref() == Some("km") && tokens.gap(last) != Gap::Hyphen;
    if number.head.is_some() || distance && tokens.norm(last + 1) != "of" {
        return;
    }
    let mut from = last + 1;
    let sign = number.unit.as_deref() == Some("percent") && tokens.between(last).trim() == "%";
    if !(sign || matches!(tokens.gap(last), Gap::Space | Gap::Hyphen)) {
        return;
    }
    from += usize::from(tokens.norm(from) == "out" && tokens.norm(from + 1) == "of");
    // `220 of the civilians`, `19 of the 33 seats`, `94% of national income`
    if tokens.norm(from) == "of" {
        from += 1;
        while matches!(tokens.norm(from), "the" | "its" | "their" | "his" | "her" | "all" | "those" | "these" | "our")
            || numeral(tokens, from).is_some()
        {
            from += 1;
            if from > last + 5 {
                return;
            }
        }
    }
    let mut run = Vec::new();
    let mut at = from;
    while at < tokens.len() && run.len() < HEAD_REACH {
        let word = tokens.norm(at);
        let acronym = tokens.raw(at).chars().filter(|c| c.is_uppercase()).count() > 1;
        // `Bolonian-made tanks`: a part of a compound is no function word
        let compound = at > from && tokens.gap(at - 1) == Gap::Hyphen;
        if word.is_empty()
            || is_stopword(word) && !acronym && !compound
            || holds(BREAKERS, word)
            || holds(REPORTING, word)
            || is_weekday(word)
        {
            break;
        }
        run.push(at);
        if tokens.possessive(at) {
            run.pop();
            break;
        }
        if is_plural(word) && tokens.gap(at) != Gap::Hyphen {
            break;
        }
        if !matches!(tokens.gap(at), Gap::Space | Gap::Hyphen | Gap::Quote) {
            break;
        }
        at += 1;
    }
    let plural = run.iter().position(|&i| is_plural(tokens.norm(i)) && tokens.gap(i) != Gap::Hyphen);
    let hyphened = number.unit.as_deref().is_some_and(|u| u != "share") && last > 0 && tokens.gap(last - 1) == Gap::Hyphen;
    let singular = number.value == 1.0 && number.unit.is_none() || hyphened;
    let Some(head) = plural.or_else(|| (singular && !run.is_empty()).then(|| run.len().min(2) - 1)) else { return };
    number.head = run.get(head).map(|&i| stem(tokens.norm(i)).to_string());
    number.modifiers = run.iter().take(head).map(|&i| tokens.norm(i).to_string()).collect();
    if let (Some(&first), Some(&end)) = (run.first(), run.get(head)) {
        number.noun = tokens.cover(first, end);
    }
}

fn is_plural(word: &str) -> bool {
    holds(PLURAL_NOUNS, word)
        || word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is")
}
