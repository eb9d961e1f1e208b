//! One spelling for British and American English. What comes out is for comparison only and need not be a word.

use super::word_map::WordMap;
use crate::text::{Word, is_apostrophe};
use std::borrow::Cow;
use std::sync::LazyLock;

/// Words and stems whose two spellings follow no rule below.
#[rustfmt::skip]
const PAIRS: &[(&str, &str)] = &[
    ("aeroplane", "airplane"), ("afterwards", "afterward"), ("ageing", "aging"), ("aluminium", "aluminum"), ("anaesthetic", "anesthetic"),
    ("artefact", "artifact"), ("axe", "ax"), ("burnt", "burned"), ("calibr", "caliber"), ("calibre", "caliber"), ("centr", "center"),
    ("centre", "center"), ("cheque", "check"), ("cosy", "cozy"), ("defence", "defense"), ("disc", "disk"), ("draught", "draft"),
    ("dreamt", "dreamed"), ("duelled", "dueled"), ("enquiry", "inquiry"), ("enrol", "enroll"), ("enrolment", "enrollment"),
    ("fibr", "fiber"), ("fibre", "fiber"), ("foetus", "fetus"), ("fuelled", "fueled"), ("fuelling", "fueling"), ("fulfil", "fulfill"),
    ("fulfilment", "fulfillment"), ("gaol", "jail"), ("grey", "gray"), ("haemorrhage", "hemorrhage"), ("instalment", "installment"),
    ("jewellery", "jewelry"), ("judgement", "judgment"), ("kerb", "curb"), ("learnt", "learned"), ("licence", "license"), ("litr", "liter"),
    ("litre", "liter"), ("lustre", "luster"), ("manoeuvr", "maneuver"), ("manoeuvre", "maneuver"), ("meagre", "meager"), ("metr", "meter"),
    ("metre", "meter"), ("mould", "mold"), ("moustache", "mustache"), ("odour", "odor"), ("offence", "offense"), ("paediatric", "pediatric"),
    ("paediatrician", "pediatrician"), ("plough", "plow"), ("practise", "practice"), ("pretence", "pretense"), ("programm", "program"),
    ("programme", "program"), ("pyjamas", "pajamas"), ("sabre", "saber"), ("sceptic", "skeptic"), ("sceptical", "skeptical"),
    ("sizeable", "sizable"), ("skilful", "skillful"), ("sombre", "somber"), ("spectre", "specter"), ("spelt", "spelled"),
    ("storey", "story"), ("storeys", "stories"), ("sulphur", "sulfur"), ("theatr", "theater"), ("theatre", "theater"), ("towards", "toward"),
    ("tyr", "tir"), ("tyre", "tire"), ("whilst", "while"), ("whisky", "whiskey"), ("wilful", "willful"), ("yoghurt", "yogurt"),
];

/// What may follow `our`, so that `source` and `journal` stay as they are.
#[rustfmt::skip]
const AFTER_OUR: &[&str] = &[
    "", "able", "ably", "ed", "er", "ers", "ful", "hood", "hoods", "ing", "ite", "ites", "less", "ly", "s", "y",
];

/// What may follow the `is` of `organise` or the `ys` of `analyse`.
#[rustfmt::skip]
const AFTER_IS: &[&str] = &[
    "able", "ation", "ational", "ations", "e", "ed", "er", "ers", "es", "ing",
];

/// What may follow a doubled `l`.
const AFTER_LL: &[&str] = &["ed", "er", "ers", "ing", "ings", "or", "ors", "ous", "ously"];

/// Units of length and volume that end in `-re`.
const MEASURES: &[&str] = &["metre", "litre"];

/// A word of `text` in one spelling; a possessive of a name in `s` with or without its second `s` is one (`James's`, `James'`).
pub(super) fn written<'a>(text: &str, word: &'a Word) -> Cow<'a, str> {
    let possessive = || {
        let name = word.span.of(text).strip_suffix(['s', 'S'])?.strip_suffix(is_apostrophe)?;
        name.ends_with(['s', 'S']).then(|| word.norm.strip_suffix('s'))?
    };
    american(possessive().unwrap_or(&word.norm))
}

/// The American spelling of a folded word or stem, by general rules.
pub(super) fn american(norm: &str) -> Cow<'_, str> {
    if norm.len() < 3 || norm.len() > 30 || !norm.bytes().all(|b| b.is_ascii_lowercase()) {
        return Cow::Borrowed(norm);
    }
    if let Some(other) = pair(norm) {
        return Cow::Borrowed(other);
    }
    // `centres`, `centred`, `centring`
    for (ending, after) in [("s", "s"), ("d", "ed"), ("ing", "ing")] {
        if let Some(found) = norm.strip_suffix(ending).and_then(pair) {
            return Cow::Owned(format!("{found}{after}"));
        }
    }
    let one = norm.strip_suffix('s').unwrap_or(norm);
    if MEASURES.iter().any(|m| one.ends_with(m)) {
        let plural = if one.len() < norm.len() { "s" } else { "" };
        return Cow::Owned(format!("{}er{plural}", one.strip_suffix("re").unwrap_or(one)));
    }
    if let Some(head) = one.strip_suffix("ogue").filter(|head| head.len() >= 3) {
        let plural = if one.len() < norm.len() { "s" } else { "" };
        return Cow::Owned(format!("{head}og{plural}"));
    }
    by_ending(norm).map_or(Cow::Borrowed(norm), Cow::Owned)
}

fn pair(norm: &str) -> Option<&'static str> {
    static TABLE: LazyLock<WordMap> = LazyLock::new(|| PAIRS.iter().copied().collect());
    TABLE.get(norm).copied()
}

/// What stands before and after the last `part` of an ASCII word.
fn cut<'a>(norm: &'a str, part: &[u8]) -> Option<(&'a str, &'a str)> {
    let at = norm.as_bytes().windows(part.len()).rposition(|w| w == part)?;
    Some((norm.get(..at)?, norm.get(at + part.len()..)?))
}

fn by_ending(norm: &str) -> Option<String> {
    if let Some((head, tail)) = cut(norm, b"our")
        && head.len() >= 3
        && AFTER_OUR.contains(&tail)
        && !head.ends_with(['a', 'e', 'i', 'o', 'u'])
        && !matches!(head, "cont" | "det")
    {
        return Some(format!("{head}or{tail}"));
    }
    for (british, other) in [(b"is", "iz"), (b"ys", "yz")] {
        if let Some((head, tail)) = cut(norm, british)
            && head.len() >= 3
            && AFTER_IS.contains(&tail)
        {
            return Some(format!("{head}{other}{tail}"));
        }
    }
    // `travelled`, not `filled`: the doubled letter stands after a second syllable
    if let Some((head, tail)) = cut(norm, b"ll")
        && AFTER_LL.contains(&tail)
        && syllables(head) >= 2
    {
        return Some(format!("{head}l{tail}"));
    }
    None
}

/// Groups of vowels.
fn syllables(text: &str) -> usize {
    let vowel = |b: u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let bytes = text.as_bytes();
    bytes.iter().enumerate().filter(|&(i, &b)| vowel(b) && i.checked_sub(1).and_then(|p| bytes.get(p)).is_none_or(|&p| !vowel(p))).count()
}

#[cfg(test)]
mod tests {
    use super::{PAIRS, american};

    #[test]
    fn the_table_is_sorted() {
        for two in PAIRS.windows(2) {
            assert!(two[0].0 < two[1].0, "{two:?}");
        }
    }

    #[test]
    fn two_spellings_are_one() {
        for (british, other) in [
            ("colour", "color"),
            ("neighbouring", "neighboring"),
            ("organisers", "organizers"),
            ("organisation", "organization"),
            ("paralysed", "paralyzed"),
            ("theatres", "theaters"),
            ("centred", "centered"),
            ("kilometres", "kilometers"),
            ("cancelled", "canceled"),
            ("traveller", "traveler"),
            ("catalogues", "catalogs"),
            ("programmes", "programs"),
            ("tyres", "tires"),
            ("defence", "defense"),
        ] {
            assert_eq!(american(british), american(other), "{british} {other}");
        }
    }

    #[test]
    fn other_words_stay_apart() {
        for (one, other) in [("four", "for"), ("filled", "filed"), ("hour", "hor"), ("source", "sorce"), ("tour", "tor"), ("rise", "rize")]
        {
            assert_ne!(american(one), american(other), "{one} {other}");
        }
    }
}
