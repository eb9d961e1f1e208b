//! Names of months, weekdays and numbers, folded.

/// Month number of a folded name or abbreviation (English, French, Spanish, German, Portuguese, Italian, Russian).
pub(super) fn month(norm: &str) -> Option<u8> {
    Some(match norm {
        "january" | "jan" | "janvier" | "janv" | "enero" | "ene" | "januar" | "janner" | "janeiro" | "gennaio" | "gen" | "января"
        | "январь" | "янв" => 1,
        "february" | "feb" | "fevrier" | "fevr" | "fev" | "febrero" | "februar" | "fevereiro" | "febbraio" | "февраля" | "февраль"
        | "фев" => 2,
        "march" | "mar" | "mars" | "marzo" | "marz" | "marco" | "марта" | "март" | "мар" => 3,
        "april" | "apr" | "avril" | "avr" | "abril" | "abr" | "aprile" | "апреля" | "апрель" | "апр" => 4,
        "may" | "mai" | "mayo" | "maio" | "maggio" | "mag" | "мая" | "маи" | "май" => 5,
        "june" | "jun" | "juin" | "junio" | "juni" | "junho" | "giugno" | "giu" | "июня" | "июнь" => 6,
        "july" | "jul" | "juillet" | "juil" | "julio" | "juli" | "julho" | "luglio" | "lug" | "июля" | "июль" => 7,
        "august" | "aug" | "aout" | "agosto" | "ago" | "августа" | "август" | "авг" => 8,
        "september" | "sept" | "sep" | "septembre" | "septiembre" | "setembro" | "set" | "settembre" | "сентября" | "сентябрь" | "сен" => {
            9
        }
        "october" | "oct" | "octobre" | "octubre" | "oktober" | "okt" | "outubro" | "out" | "ottobre" | "ott" | "октября" | "октябрь"
        | "окт" => 10,
        "november" | "nov" | "novembre" | "noviembre" | "novembro" | "ноября" | "ноябрь" => 11,
        "december" | "dec" | "decembre" | "diciembre" | "dic" | "dezember" | "dez" | "dezembro" | "dicembre" | "декабря" | "декабрь"
        | "дек" => 12,
        _ => return None,
    })
}

/// Whether the name is the full English one: only these may stand alone for a month.
pub(super) fn is_english_month(norm: &str) -> bool {
    matches!(
        norm,
        "january" | "february" | "march" | "april" | "may" | "june" | "july" | "august" | "september" | "october" | "november" | "december"
    )
}

/// Whether a short form without a capital can be nothing but a month after a figure: `2 ago` is no August in English.
pub(super) fn is_foreign_short(norm: &str) -> bool {
    matches!(norm, "ene" | "mar" | "abr" | "fev" | "avr" | "dic" | "dez" | "okt" | "giu" | "lug") || !norm.is_ascii()
}

/// ISO number of a folded weekday name; the flag tells that it is a short form, which needs a date beside it.
pub(super) fn weekday(norm: &str) -> Option<(u8, bool)> {
    Some(match norm {
        "monday" | "lundi" | "lunes" | "montag" | "segunda" | "понедельник" => (1, false),
        "tuesday" | "mardi" | "martes" | "dienstag" | "terca" | "вторник" => (2, false),
        "wednesday" | "mercredi" | "miercoles" | "mittwoch" | "quarta" | "среду" | "среда" => (3, false),
        "thursday" | "jeudi" | "jueves" | "donnerstag" | "quinta" | "четверг" => (4, false),
        "friday" | "vendredi" | "viernes" | "freitag" | "sexta" | "пятницу" | "пятница" => (5, false),
        "saturday" | "samedi" | "sabado" | "samstag" | "sonnabend" | "субботу" | "суббота" => (6, false),
        "sunday" | "dimanche" | "domingo" | "sonntag" | "воскресенье" => (7, false),
        "mon" => (1, true),
        "tue" | "tues" => (2, true),
        "wed" => (3, true),
        "thu" | "thur" | "thurs" => (4, true),
        "fri" => (5, true),
        "sat" => (6, true),
        "sun" => (7, true),
        _ => return None,
    })
}

/// Whether the weekday name is written without a capital in its own language, or needs `-feira` to be sure.
pub(super) fn is_weak_weekday(norm: &str) -> bool {
    matches!(norm, "segunda" | "terca" | "quarta" | "quinta" | "sexta")
}

/// Small whole numbers in words.
pub(super) fn number(norm: &str) -> Option<u8> {
    Some(match norm {
        "a" | "an" | "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        _ => return norm.parse().ok(),
    })
}

/// A day of the month: `12`, `12th`, `1er`.
pub(super) fn day(norm: &str) -> Option<u8> {
    let digits = norm.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &norm[digits.len()..];
    if digits.is_empty() || digits.len() > 2 || !matches!(ending, "" | "st" | "nd" | "rd" | "th") {
        return None;
    }
    digits.parse().ok().filter(|d| (1..=31).contains(d))
}

/// A year as written: four digits, 1000 to 2199.
pub(super) fn year(norm: &str) -> Option<i16> {
    (norm.len() == 4).then(|| norm.parse().ok()).flatten().filter(|y| (1000..2200).contains(y))
}

/// A year that a page may be stamped with.
pub(super) fn recent_year(norm: &str) -> Option<i16> {
    year(norm).filter(|y| (1800..2200).contains(y))
}
