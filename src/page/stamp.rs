//! Days as pages write them in their metadata and addresses.

use jiff::civil::Date;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The day that `text` begins with: ISO 8601 in its forms, `4 May 2026` with or without a day of the week, `May 4, 2026`, `4.5.2026`.
pub(super) fn day(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()).take(5).collect();
    let number = |i: usize| parts.get(i).and_then(|p| leading(p));
    let month = |i: usize| {
        let name: String = parts.get(i)?.chars().take(3).flat_map(char::to_lowercase).collect();
        MONTHS.iter().position(|m| *m == name).and_then(|m| i64::try_from(m + 1).ok())
    };
    let first = parts.first()?;
    if first.len() >= 8 && first.bytes().take(8).all(|b| b.is_ascii_digit()) {
        let at = |r: std::ops::Range<usize>| first.get(r).and_then(|p| p.parse().ok());
        return date(at(0..4)?, at(4..6)?, at(6..8)?);
    }
    if first.len() == 4 && first.bytes().all(|b| b.is_ascii_digit()) {
        return date(number(0)?, number(1)?, number(2)?);
    }
    for at in 0..2 {
        if let (Some(d), Some(m), Some(y)) = (number(at), month(at + 1), number(at + 2)) {
            return date(y, m, d);
        }
        if let (Some(m), Some(d), Some(y)) = (month(at), number(at + 1), number(at + 2)) {
            return date(y, m, d);
        }
    }
    // with points: the day stands first wherever they are used
    (text.trim_start().bytes().find(|b| !b.is_ascii_digit()) == Some(b'.')).then(|| date(number(2)?, number(1)?, number(0)?)).flatten()
}

/// The number that a part begins with: `04T10` is 4.
fn leading(part: &str) -> Option<i64> {
    let digits = part.bytes().take_while(u8::is_ascii_digit).count();
    part.get(..digits).filter(|d| d.len() <= 4)?.parse().ok()
}

fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    if !(1900..2150).contains(&year) {
        return None;
    }
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The day in the path of an address: `/2026/05/04/`, `/2026-05-04-`, `/20260504/`.
pub(super) fn day_of_address(url: &str) -> Option<Date> {
    let path = url.split("://").nth(1).unwrap_or(url).split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).skip(1).take(60).collect();
    let number = |i: usize, len: usize| {
        parts.get(i).filter(|p| p.len() <= len && p.bytes().all(|b| b.is_ascii_digit())).and_then(|p| p.parse().ok())
    };
    for (i, part) in parts.iter().enumerate() {
        if !part.bytes().all(|b| b.is_ascii_digit()) {
            continue;
        }
        let found = match part.len() {
            4 => number(i + 1, 2).zip(number(i + 2, 2)).and_then(|(m, d)| date(part.parse().ok()?, m, d)),
            8 => day(part),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_their_forms() {
        for text in [
            "2026-05-04",
            "2026-05-04T23:59:59+02:00",
            "2026-5-4 10:00",
            "20260504",
            "20260504T101112Z",
            "2026/05/04",
            "Mon, 04 May 2026 10:00:00 GMT",
            "4 May 2026",
            "May 4, 2026",
            "Monday, May 4, 2026",
            "04.05.2026 10:15",
        ] {
            assert_eq!(day(text), Some(Date::constant(2026, 5, 4)), "{text}");
        }
        for text in ["", "05/04/2026", "2026", "2026-13-04", "1026-05-04", "May", "99999999999999", "10:00"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn days_in_addresses() {
        for url in [
            "https://a.example/2026/05/04/title",
            "/news/2026-05-04-title.html",
            "https://a.example/x/20260504/1",
            "https://a.example/2026/5/4",
        ] {
            assert_eq!(day_of_address(url), Some(Date::constant(2026, 5, 4)), "{url}");
        }
        for url in ["https://2026.05.04.example/", "https://a.example/1234/99/99", "https://a.example/?d=2026/05/04", ""] {
            assert_eq!(day_of_address(url), None, "{url}");
        }
    }
}
