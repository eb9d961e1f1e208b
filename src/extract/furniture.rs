//! Furniture that can be told from one line: menus, share bars, stamps, promotions, ends of the article.
//!
//! The phrases are general and folded (see `lines::fold`); none belongs to one publisher.

use super::lines::{Line, is_final};
use super::phrases::{AFTER, COMMENTS, CONTROLS, PLAIN, PROMOTIONS, SECTIONS};
use super::threes::Threes;

/// What kind of furniture a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Furniture {
    /// Navigation, share buttons, consent lines, counters: may stand anywhere.
    Plain,
    /// A line between or after paragraphs that leads elsewhere: `Read more: ...`.
    Promotion,
    /// Opens what follows the article: related posts, tags, share bars.
    After,
    /// Opens the readers' part: nothing after it is the article.
    Comments,
}

/// The kind of furniture that `line` is by itself, if it is.
pub(super) fn furniture(line: &Line<'_>) -> Option<Furniture> {
    let folded = line.folded.as_str();
    if line.garbled {
        return Some(Furniture::Plain);
    }
    if line.words > 60 {
        return None;
    }
    if is_comments(line) {
        return Some(Furniture::Comments);
    }
    if is_after(line) {
        return Some(Furniture::After);
    }
    if line.words <= 40 && PROMOTIONS.iter().any(|p| opens(line, p)) {
        return Some(Furniture::Promotion);
    }
    let sentence = is_final(line.text) && line.words > 25;
    let quoted = line.text.contains(crate::text::is_quote_mark);
    let says_plainly = || {
        let threes = Threes::of(folded);
        PLAIN.iter().any(|p| threes.may_hold(p) && has_phrase(folded, p))
    };
    let plain = !sentence && !quoted && says_plainly()
        || is_controls(folded)
        || is_menu(line)
        || is_address(line)
        || line.words == 0
        || line.text.ends_with(['»', '›', '→']) && !line.text.contains('«') && line.words <= 15;
    plain.then_some(Furniture::Plain)
}

/// Whether the phrase stands in the line from the beginning of a word on: `roadblocks` has no `adblock`.
fn has_phrase(folded: &str, phrase: &str) -> bool {
    let inner = phrase.starts_with(char::is_alphanumeric);
    let begins = |at: usize| folded.get(..at).and_then(|lead| lead.chars().next_back()).is_none_or(|c| !c.is_alphanumeric());
    folded.match_indices(phrase).any(|(at, _)| !inner || begins(at))
}

/// Whether the line opens with `phrase` as a control would: a bare label, or the phrase and a colon, bar or capital.
/// `Read more about ...` in prose is long and small.
fn opens(line: &Line<'_>, phrase: &str) -> bool {
    let Some(rest) = after(&line.folded, phrase) else { return false };
    let whole = phrase.ends_with([':', '|', ' ', '»'])
        || rest.chars().next().is_none_or(|c| !c.is_alphanumeric())
        || phrase.starts_with("abonn")
        || phrase == "suscrib"
        || phrase == "подпис";
    let tail = rest.trim_start();
    let labelled = tail.starts_with([':', '|', '»', '-', '–', '—', '>', '(', '…', '.', '?']) || phrase.ends_with([':', '|', '»']);
    whole && (tail.is_empty() || labelled || line.words <= 15 || !is_final(line.text))
}

/// What follows `phrase` at the beginning of a line. The first byte rules nearly all phrases out.
fn after<'a>(folded: &'a str, phrase: &str) -> Option<&'a str> {
    if folded.as_bytes().first() == phrase.as_bytes().first() { folded.strip_prefix(phrase) } else { None }
}

/// Labels count only when they stand nearly alone: an article may begin with `Comments by the minister ...`.
fn is_label(line: &Line<'_>, phrase: &str, limit: usize) -> bool {
    let Some(rest) = after(&line.folded, phrase) else { return false };
    let border = phrase.ends_with([' ', ':']) || rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    border && (line.words <= limit || phrase.ends_with(':')) && !(is_final(line.text) && line.words > 3)
}

fn is_comments(line: &Line<'_>) -> bool {
    if line.words > 8 {
        return false;
    }
    let folded = line.folded.as_str();
    let counted = folded.contains("comments (") || folded.contains("comment (");
    let bare = folded.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace()).trim_end_matches([':', ' ']);
    let numbered = bare.len() < folded.trim_end_matches([':', ' ']).len() || line.words == 1;
    let label = COMMENTS.iter().any(|p| bare == *p && (numbered || p.contains(' ')) || p.contains(' ') && is_label(line, p, 8));
    let piped =
        folded.split(['|', '•', '·']).any(|s| COMMENTS.contains(&s.trim().trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ')));
    counted || label || piped && folded.contains(['|', '•', '·']) && folded.contains("comment")
}

fn is_after(line: &Line<'_>) -> bool {
    let limit = |p: &str| {
        if p.ends_with(':') {
            40
        } else if p == "more in " || p == "more from " {
            5
        } else {
            6
        }
    };
    let first = line.folded.split('|').next().unwrap_or("");
    AFTER.iter().any(|p| is_label(line, p, limit(p)) && (p.contains([' ', ':']) || line.words <= 2))
        || first.len() < line.folded.len() && AFTER.iter().any(|p| first.trim() == *p)
        || line.folded.split_once(':').is_some_and(|(label, _)| label.len() > 3 && line.words <= 40 && AFTER.contains(&label))
}

fn is_controls(folded: &str) -> bool {
    let mut any = false;
    for word in folded.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()) {
        any = true;
        if !CONTROLS.contains(&word) && !word.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
    }
    any
}

/// Short pieces between separators, or a row of section names.
fn is_menu(line: &Line<'_>) -> bool {
    if is_final(line.text) && line.words > 12 {
        return false;
    }
    let pieces = line
        .text
        .split(['|', '›', '»', '•', '·', '→', '\t', '☰', '/', '>'])
        .flat_map(|p| p.split("  "))
        .filter(|p| !p.trim().is_empty())
        .count();
    let spaced_slash = line.text.contains('/') && !line.text.contains(" / ");
    let trail = line.text.contains(['›', '»', '☰', '→']) || line.text.contains(" > ");
    if pieces >= 3 && line.words <= pieces * 4 && !spaced_slash || trail && pieces >= 2 && line.words <= 14 {
        return true;
    }
    let mut all = 0;
    let mut sections = 0;
    for word in line.folded.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()) {
        all += 1;
        sections += usize::from(SECTIONS.contains(&word));
    }
    line.small <= 1 && (sections >= 3 && sections * 2 > all || all <= 2 && sections == all) || sections == all && all > 1
}

/// A web or mail address, or an account name, alone.
fn is_address(line: &Line<'_>) -> bool {
    line.words <= 3 && (line.folded.contains("http") || line.folded.contains("www.") || line.text.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    fn kind(text: &str) -> Option<Furniture> {
        furniture(&lines(text)[0])
    }

    #[test]
    fn menus_and_controls() {
        for text in [
            "Home | Town | Farms",
            "Start › Region › Harbour",
            "Facebook Twitter Email Print",
            "A A A",
            "News Sport Jobs Property",
            "Home > UK > Rail",
            "www.example.org",
        ] {
            assert_eq!(kind(text), Some(Furniture::Plain), "{text}");
        }
        for text in [
            "The mayor met the news and sport desks of the town.",
            "Officers set up 26 roadblocks in two provinces.",
            "Harbour reopens after storm",
            "The A/B test ran in May.",
        ] {
            assert_eq!(kind(text), None, "{text}");
        }
    }

    #[test]
    fn promotions_are_labels() {
        assert_eq!(kind("READ MORE: Bridge to close in autumn"), Some(Furniture::Promotion));
        assert_eq!(kind("Also Read | Bridge to close"), Some(Furniture::Promotion));
        assert_eq!(kind("Sign up for our letters"), Some(Furniture::Promotion));
        assert_eq!(
            kind(
                "Read more than one of her early novels, the critics said on the day after the long awaited award was given, and you will agree."
            ),
            None
        );
    }

    #[test]
    fn ends_of_the_article() {
        assert_eq!(kind("Related Posts:"), Some(Furniture::After));
        assert_eq!(kind("SHARE THIS ARTICLE"), Some(Furniture::After));
        assert_eq!(kind("Tags: harbour, storms"), Some(Furniture::After));
        assert_eq!(kind("12 Comments"), Some(Furniture::Comments));
        assert_eq!(kind("Share  Comments (7)"), Some(Furniture::Comments));
        assert_eq!(kind("Comments by the minister drew anger."), None);
    }
}
