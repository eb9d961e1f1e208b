//! The publisher's name at the top of the page.

use super::lines::Line;
use crate::text::is_dash;

/// Words that newspapers have in their names.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "times", "post", "news", "gazette", "herald", "daily", "journal", "tribune", "courier", "chronicle", "observer", "guardian",
    "independent", "mail", "express", "star", "sun", "mirror", "telegraph", "standard", "globe", "record", "examiner", "register",
    "dispatch", "press", "monitor", "review", "sentinel", "bulletin", "today", "weekly", "blog", "digest", "echo", "argus", "argosy",
    "messenger", "inquirer", "enquirer", "advertiser", "leader", "nation", "voice", "report", "reporter", "online", "magazine",
    "wire", "tv", "radio", "broadcasting", "diario", "diário", "journal", "zeitung", "anzeiger", "tageblatt", "tagblatt", "blatt",
    "rundschau", "kurier", "correio", "folha", "jornal", "gazeta", "gazzetta", "corriere", "giornale", "presse", "dépêche",
    "nouvelles", "noticias", "notícias", "prensa", "heraldo", "mundo", "вести", "новости", "газета", "известия",
];

/// The name, when the page's first line is plainly one: in capitals, or with a newspaper's word, or one coined word
/// such as `BayPulse`.
pub(super) fn publisher(line: &Line<'_>) -> Option<String> {
    let bare = line.text.split(['(', '|']).next().unwrap_or("");
    let bare = bare.split_once(|c| is_dash(c) && c != '-').map_or(bare, |(a, _)| a);
    let bare = bare.split_once(" - ").map_or(bare, |(a, _)| a).trim();
    let words: Vec<&str> = bare.split_whitespace().collect();
    if words.is_empty() || words.len() > 6 || line.words > 8 || bare.ends_with(['.', '?', '!', ':']) || bare.contains(',') {
        return None;
    }
    let capital =
        |w: &&str| w.starts_with(char::is_uppercase) || matches!(*w, "of" | "and" | "the" | "&" | "de" | "la" | "le" | "do" | "da");
    if bare.chars().any(|c| c.is_ascii_digit()) && words.len() > 1 || !words.iter().all(capital) && words.len() > 1 {
        return None;
    }
    let titled = words.iter().any(|w| w.split('-').any(|p| TITLES.contains(&p.to_lowercase().as_str())));
    let upper = words.len() >= 2 && line.is_upper();
    let coined = words.len() == 1 && bare.chars().skip(1).any(char::is_uppercase) && bare.chars().any(char::is_lowercase);
    (titled && words.len() >= 2 || upper || coined).then(|| bare.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    #[test]
    fn mastheads_are_names() {
        let name = |text: &str| publisher(&lines(text)[0]);
        assert_eq!(name("THE BAY POST").as_deref(), Some("THE BAY POST"));
        assert_eq!(name("Bay Valley Gazette (English service)").as_deref(), Some("Bay Valley Gazette"));
        assert_eq!(name("BayPulse").as_deref(), Some("BayPulse"));
        for none in ["Storm sinks boats", "Contact", "Monday, 4 May 2026", "World in brief"] {
            assert_eq!(name(none), None, "{none}");
        }
    }
}
