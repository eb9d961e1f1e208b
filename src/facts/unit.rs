//! Units of measure and currencies.

use super::tokens::{Gap, Tokens};

/// A unit that was read behind a number.
pub(super) struct Unit {
    /// Canonical name.
    pub(super) name: &'static str,
    /// Base units in one of it.
    pub(super) factor: f64,
    /// The last word of the unit.
    pub(super) to: usize,
}

/// Folded unit words: canonical base unit and its factor.
#[rustfmt::skip]
const UNITS: &[(&str, &str, f64)] = &[
    ("acre", "hectare", 0.404_686), ("acres", "hectare", 0.404_686), ("baht", "THB", 1.0), ("barrels", "barrel", 1.0),
    ("celsius", "celsius", 1.0), ("cent", "cent", 1.0), ("centimeter", "km", 1e-5), ("centimeters", "km", 1e-5),
    ("centimetre", "km", 1e-5), ("centimetres", "km", 1e-5), ("cents", "cent", 1.0), ("cm", "km", 1e-5), ("crowns", "crown", 1.0),
    ("day", "hour", 24.0), ("days", "hour", 24.0), ("decade", "month", 120.0), ("decades", "month", 120.0),
    ("degree", "degree", 1.0), ("degrees", "degree", 1.0), ("dollar", "USD", 1.0), ("dollars", "USD", 1.0),
    ("euro", "EUR", 1.0), ("euros", "EUR", 1.0), ("feet", "km", 0.000_304_8), ("foot", "km", 0.000_304_8), ("francs", "franc", 1.0),
    ("ft", "km", 0.000_304_8), ("gallons", "litre", 3.785_41), ("gigawatts", "megawatt", 1e3), ("gram", "kg", 1e-3),
    ("grams", "kg", 1e-3), ("gw", "megawatt", 1e3), ("hectare", "hectare", 1.0), ("hectares", "hectare", 1.0), ("hour", "hour", 1.0),
    ("hours", "hour", 1.0), ("hr", "hour", 1.0), ("hrs", "hour", 1.0), ("hryvnias", "UAH", 1.0), ("kg", "kg", 1.0),
    ("kilogram", "kg", 1.0), ("kilograms", "kg", 1.0), ("kilometer", "km", 1.0), ("kilometers", "km", 1.0), ("kilometre", "km", 1.0),
    ("kilometres", "km", 1.0), ("kilos", "kg", 1.0), ("km", "km", 1.0), ("kmh", "kmh", 1.0), ("kph", "kmh", 1.0),
    ("lbs", "kg", 0.453_592), ("liters", "litre", 1.0), ("litres", "litre", 1.0), ("megawatts", "megawatt", 1.0), ("meter", "km", 1e-3),
    ("meters", "km", 1e-3), ("metre", "km", 1e-3), ("metres", "km", 1e-3), ("mile", "km", 1.609_344), ("miles", "km", 1.609_344),
    ("min", "hour", 1.0 / 60.0), ("mins", "hour", 1.0 / 60.0), ("minute", "hour", 1.0 / 60.0), ("minutes", "hour", 1.0 / 60.0),
    ("month", "month", 1.0), ("months", "month", 1.0), ("mph", "kmh", 1.609_344), ("mw", "megawatt", 1.0), ("pence", "penny", 1.0),
    ("percent", "percent", 1.0), ("percentage", "point", 1.0), ("pesos", "peso", 1.0), ("point", "point", 1.0), ("points", "point", 1.0),
    ("pound", "pound", 1.0), ("pounds", "pound", 1.0), ("rand", "ZAR", 1.0), ("roubles", "RUB", 1.0), ("rubles", "RUB", 1.0),
    ("rupees", "INR", 1.0), ("rupiah", "IDR", 1.0), ("sec", "hour", 1.0 / 3600.0), ("seconds", "hour", 1.0 / 3600.0),
    ("secs", "hour", 1.0 / 3600.0), ("shillings", "shilling", 1.0), ("ton", "tonne", 1.0), ("tonne", "tonne", 1.0),
    ("tonnes", "tonne", 1.0), ("tons", "tonne", 1.0), ("week", "hour", 168.0), ("weeks", "hour", 168.0), ("year", "month", 12.0),
    ("years", "month", 12.0), ("yen", "JPY", 1.0), ("yuan", "CNY", 1.0),
];

/// Signs before or after an amount.
const SIGNS: &[(char, &str)] = &[
    ('$', "USD"),
    ('\u{20AC}', "EUR"),
    ('\u{A3}', "pound"),
    ('\u{A5}', "JPY"),
    ('\u{20B9}', "INR"),
    ('\u{20BD}', "RUB"),
    ('\u{20B4}', "UAH"),
];

/// The currency whose sign stands right before the word, with the sign's first byte.
pub(super) fn currency_before(tokens: &Tokens<'_>, at: usize) -> Option<(&'static str, usize)> {
    let start = tokens.words.get(at)?.span.start;
    let between = if at == 0 { tokens.before_first() } else { tokens.between(at - 1) };
    let sign = between.chars().next_back()?;
    let name = sign_name(sign)?;
    // `C$48.15`
    if let Some(before) = at.checked_sub(1).filter(|_| sign == '$' && between.len() == 1)
        && let Some((_, other)) = DOLLARS.iter().find(|(letters, _)| *letters == tokens.norm(before))
        && let Some(word) = tokens.words.get(before)
    {
        return Some((other, word.span.start));
    }
    Some((name, start - sign.len_utf8()))
}

/// What stands right before a dollar sign.
const DOLLARS: &[(&str, &str)] =
    &[("a", "AUD"), ("au", "AUD"), ("c", "CAD"), ("ca", "CAD"), ("hk", "HKD"), ("nz", "NZD"), ("r", "BRL"), ("s", "SGD"), ("us", "USD")];

/// Whose dollars are counted: `48 Canadian dollars`.
const NATIONAL: &[(&str, &str)] = &[
    ("american", "USD"),
    ("australian", "AUD"),
    ("canadian", "CAD"),
    ("singapore", "SGD"),
    ("u", "USD"),
    ("us", "USD"),
    ("zealand", "NZD"),
    ("kong", "HKD"),
];

fn sign_name(sign: char) -> Option<&'static str> {
    SIGNS.iter().find(|(s, _)| *s == sign).map(|&(_, name)| name)
}

/// A sign right behind the word: `%` or a currency; its end is given.
pub(super) fn sign_after(tokens: &Tokens<'_>, at: usize) -> Option<(&'static str, usize)> {
    let end = tokens.words.get(at)?.span.end;
    let between = tokens.between(at);
    let lead = between.len() - between.trim_start_matches([' ', '\u{A0}', '\u{202F}']).len();
    let sign = between.get(lead..)?.chars().next()?;
    let name = if sign == '%' {
        "percent"
    } else if sign_name(sign).is_some() && !followed(between, lead, sign) {
        sign_name(sign)?
    } else {
        return None;
    };
    Some((name, end + lead + sign.len_utf8()))
}

/// `5 $10`: the sign belongs to the next number.
fn followed(between: &str, lead: usize, sign: char) -> bool {
    lead > 0 && between.len() == lead + sign.len_utf8()
}

/// The unit in the words after word `last`.
pub(super) fn unit_after(tokens: &Tokens<'_>, last: usize) -> Option<Unit> {
    if !matches!(tokens.gap(last), Gap::Space | Gap::Hyphen) {
        return None;
    }
    let word = tokens.norm(last + 1);
    if word == "per" && tokens.norm(last + 2) == "cent" {
        return Some(Unit { name: "percent", factor: 1.0, to: last + 2 });
    }
    if word == "square" {
        let inner = lookup(tokens.norm(last + 2))?;
        return (inner.0 == "km").then_some(Unit { name: "square_km", factor: inner.1 * inner.1, to: last + 2 });
    }
    // `four basis points` are 0.04 points
    if word == "basis" && tokens.norm(last + 2).starts_with("point") {
        return Some(Unit { name: "point", factor: 0.01, to: last + 2 });
    }
    if word == "nautical" && matches!(tokens.norm(last + 2), "mile" | "miles") {
        return Some(Unit { name: "km", factor: 1.852, to: last + 2 });
    }
    let dollars = |at: usize| matches!(tokens.norm(at), "dollar" | "dollars");
    let of = if matches!(word, "new" | "hong") { last + 2 } else { last + 1 };
    if dollars(of + 1)
        && let Some(&(_, name)) = NATIONAL.iter().find(|(whose, _)| *whose == tokens.norm(of))
    {
        return Some(Unit { name, factor: 1.0, to: of + 1 });
    }
    let attached = tokens.between(last).is_empty();
    let letter = |at: usize, small: &str| (tokens.norm(at) == small && tokens.capitalized(at)).then_some(at);
    let scale = |at: usize| match tokens.norm(at) {
        "celsius" => Some("celsius"),
        "fahrenheit" => Some("fahrenheit"),
        _ if letter(at, "c").is_some() => Some("celsius"),
        _ if letter(at, "f").is_some() => Some("fahrenheit"),
        _ => None,
    };
    // `43C`, `43 degrees Celsius`
    let degrees = usize::from(matches!(word, "degree" | "degrees"));
    if let Some(name) = scale(last + 1 + degrees).filter(|_| attached || degrees == 1 || word.len() > 1) {
        return Some(Unit { name, factor: 1.0, to: last + 1 + degrees });
    }
    // `0.5m overnight`; before a noun it may be a million
    if word == "m" && attached {
        let next = tokens.norm(last + 2);
        let free = tokens.gap(last + 1) != Gap::Space || crate::text::is_stopword(next) || !next.ends_with('s');
        return free.then_some(Unit { name: "km", factor: 1e-3, to: last + 1 });
    }
    let (name, factor) = lookup(word)?;
    let to = if word == "percentage" { last + 2 } else { last + 1 };
    if word == "percentage" && !tokens.norm(last + 2).starts_with("point") {
        return None;
    }
    Some(Unit { name, factor, to: to.min(tokens.len().saturating_sub(1)) })
}

fn lookup(word: &str) -> Option<(&'static str, f64)> {
    UNITS.binary_search_by_key(&word, |(w, _, _)| w).ok().and_then(|i| UNITS.get(i)).map(|&(_, name, factor)| (name, factor))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_is_sorted() {
        for pair in super::UNITS.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{pair:?}");
        }
    }
}
