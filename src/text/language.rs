//! The language of a body of text.

/// ISO 639-1 code of the language of `text`, when the detector (character trigrams, crate `whatlang`) is sure.
/// Ask it about bodies, not headlines: a handful of words comes out wrong.
#[must_use]
pub fn language(text: &str) -> Option<&'static str> {
    let end = text.char_indices().nth(4_000).map_or(text.len(), |(i, _)| i);
    let text = &text[..end];
    if is_plainly_english(text) {
        return Some("en");
    }
    let info = whatlang::detect(text)?;
    if !info.is_reliable() {
        return None;
    }
    let code = info.lang().code();
    Some(ISO_639_1.iter().find(|(three, _)| *three == code).map_or(code, |(_, two)| *two))
}

/// The code of a language as [`language`] gives it, of one that a page states: `EN`, `eng`, `pt-BR`.
#[must_use]
pub fn language_code(stated: &str) -> Option<&'static str> {
    let code = stated.split(['-', '_']).next().unwrap_or(stated).trim().to_ascii_lowercase();
    let code = if code == "no" { "nb" } else { &code };
    ISO_639_1.iter().find(|(three, two)| *two == code || *three == code).map(|(_, two)| *two)
}

/// Whether English function words make up so much of `text` that no detector has to be asked, which would take longer than
/// all else that is read from a page.
fn is_plainly_english(text: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: [&str; 18] = [
        "the", "of", "and", "to", "that", "with", "was", "which", "from", "by", "for", "said", "its", "this", "will", "would", "not", "has",
    ];
    const LEAST: usize = 50;
    let (mut all, mut function) = (0, 0);
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        all += 1;
        function += usize::from(word.len() <= 5 && WORDS.contains(&word));
    }
    all >= LEAST && function * 100 >= all * 20
}

const ISO_639_1: &[(&str, &str)] = &[
    ("eng", "en"),
    ("fra", "fr"),
    ("spa", "es"),
    ("deu", "de"),
    ("por", "pt"),
    ("ita", "it"),
    ("nld", "nl"),
    ("rus", "ru"),
    ("ukr", "uk"),
    ("pol", "pl"),
    ("ces", "cs"),
    ("slk", "sk"),
    ("swe", "sv"),
    ("dan", "da"),
    ("nob", "nb"),
    ("fin", "fi"),
    ("est", "et"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("hun", "hu"),
    ("ron", "ro"),
    ("bul", "bg"),
    ("ell", "el"),
    ("tur", "tr"),
    ("ara", "ar"),
    ("heb", "he"),
    ("pes", "fa"),
    ("urd", "ur"),
    ("hin", "hi"),
    ("ben", "bn"),
    ("tam", "ta"),
    ("tel", "te"),
    ("mar", "mr"),
    ("guj", "gu"),
    ("tha", "th"),
    ("vie", "vi"),
    ("ind", "id"),
    ("tgl", "tl"),
    ("cmn", "zh"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("hrv", "hr"),
    ("srp", "sr"),
    ("slv", "sl"),
    ("cat", "ca"),
    ("afr", "af"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stated_languages() {
        for (stated, code) in [("EN", Some("en")), ("pt-BR", Some("pt")), ("deu", Some("de")), ("no", Some("nb")), ("xx", None), ("", None)]
        {
            assert_eq!(language_code(stated), code, "{stated}");
        }
    }
}
