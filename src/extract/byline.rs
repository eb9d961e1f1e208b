//! Bylines: who wrote the article.

use super::agencies;
use super::lines::{Line, is_final};

#[rustfmt::skip]
const LABELS: &[&str] = &[
    "author:", "authors:", "author :", "written by", "posted by", "reported by", "story by", "report by", "words:", "words by",
    "text:", "reporter:", "from our", "by our", "auteur :", "autor:", "autora:", "autore:", "автор:", "publie par", "ecrit par",
    "redaktion:", "redacao", "redaccion", "текст:", "بقلم", "اعداد:", "كتب:",
];

#[rustfmt::skip]
const PREPOSITIONS: &[&str] = &[
    "by ", "par ", "por ", "von ", "di ", "av ", "af ", "door ",
];

#[rustfmt::skip]
const ROLES: &[&str] = &[
    "editor", "correspondent", "reporter", "writer", "staff", "desk", "bureau", "columnist", "contributor", "journalist", "chief",
    "agency", "agencies", "newsroom", "political", "associate", "deputy", "senior", "redaktion", "redaccion", "correspondant",
    "corresponsal",
];

#[rustfmt::skip]
const JOINTS: &[&str] = &[
    "and", "und", "y", "e", "et", "i", "in", "for", "of", "at", "the", "de", "da", "del", "van", "von", "der", "bin", "al", "special",
    "to",
];

/// Whether the line says who wrote the article by its label or its preposition.
pub(super) fn is_labelled(line: &Line<'_>) -> bool {
    if line.words > 24 {
        return false;
    }
    let folded = line.folded.as_str();
    if LABELS.iter().any(|l| folded.starts_with(l)) {
        return !(is_final(line.text) && line.words > 10);
    }
    let Some(prefix) = PREPOSITIONS.iter().find(|p| folded.starts_with(**p)) else { return false };
    let mut rest = line.text.split_whitespace().skip(1);
    let named = rest.next().is_some_and(|w| w.starts_with(char::is_uppercase) || agencies::at_start(w).is_some());
    let capital = prefix == &"by " || line.text.starts_with(char::is_uppercase);
    named && capital && !(is_final(line.text) && line.words > 8) && (line.words <= 18) && line.small <= 6
}

/// Whether the line is an agency's name with a day or a place set off behind it: `Reuters | August 4, 2026`, `Reuters, Port Ellery`.
pub(super) fn is_agency_line(line: &Line<'_>) -> bool {
    let Some((agency, len)) = agencies::at_start(line.text) else { return false };
    let (name, rest) = line.text.split_at(len);
    if agency.pictures || agencies::is_shy(name) || line.words > 12 || is_final(line.text) {
        return false;
    }
    let rest = rest.trim_start();
    if let Some(day) = rest.strip_prefix(['|', '\u{B7}', '\u{2022}']) {
        return day.contains(|c: char| c.is_ascii_digit());
    }
    let place = rest.strip_prefix(',').map(|p| p.split_whitespace().collect::<Vec<_>>()).unwrap_or_default();
    let named = |w: &&str| w.starts_with(char::is_uppercase) || JOINTS.contains(w) || *w == "do";
    (1..=4).contains(&place.len()) && place.iter().all(named) && !rest.contains(|c: char| c.is_ascii_digit())
}

/// Whether the line could be names of writers alone: `Ann Bo and Cy Do`, `Ann Bo, Political Editor`, `Ann Bo, Oslo`.
/// Only its place between headline and body makes it a byline.
pub(super) fn is_names(line: &Line<'_>) -> bool {
    if line.words < 2
        || line.words > 10
        || line.is_upper() && line.words > 4
        || is_final(line.text)
        || line.text.contains([':', '?', '|', '"', '“', '%', '$'])
    {
        return false;
    }
    let mut capitals = 0;
    let mut role = false;
    for token in line.text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '&' | '/' | '·' | '•')).filter(|t| !t.is_empty()) {
        let lower = token.to_lowercase();
        role |= ROLES.contains(&lower.as_str());
        if JOINTS.contains(&lower.as_str()) || ROLES.contains(&lower.as_str()) {
            continue;
        }
        if !token.starts_with(char::is_uppercase) || token.chars().any(|c| c.is_ascii_digit()) {
            return false;
        }
        capitals += 1;
    }
    capitals <= 6 && (role && capitals >= 1 || (2..=6).contains(&capitals))
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    #[test]
    fn labels_and_names() {
        for text in [
            "By Ann Bo in Oslo",
            "by ann bo".to_uppercase().as_str(),
            "Author: Ann Bo",
            "Posted by Staff",
            "By Ann Bo, PA Harbour Correspondent",
            "Por Ana Ruiz",
        ] {
            assert!(is_labelled(&lines(text)[0]), "{text}");
        }
        for text in ["By Monday the boats had come back to the harbour.", "By the numbers", "Bypass opens"] {
            assert!(!is_labelled(&lines(text)[0]), "{text}");
        }
        for text in ["Reuters | May 4, 2026 | 5:48 PM", "Reuters, Port Ellery", "Reuters · 4 May"] {
            assert!(is_agency_line(&lines(text)[0]), "{text}");
        }
        for text in ["Reuters, which first told of the fire, has not named him", "Reuters | News", "Reuters was first"] {
            assert!(!is_agency_line(&lines(text)[0]), "{text}");
        }
        assert!(is_names(&lines("Ann Bo and Cy Do")[0]));
        assert!(is_names(&lines("Ann Bo, Political Editor")[0]));
        assert!(!is_names(&lines("Ann Bo leaves Oslo")[0]));
    }
}
