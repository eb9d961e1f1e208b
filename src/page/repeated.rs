//! Furniture that only other pages of the same publisher give away: lines that stand on pages about different things.

use super::{Page, prose};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

/// Stories on which a line must stand.
const STORIES: usize = 3;

/// Least share of the publisher's stories on which it must stand, in percent.
const SHARE: usize = 5;

/// Words of a line that is looked at; longer ones are background paragraphs, which are text.
const LONGEST: usize = 60;

/// The lines that pages of one publisher have in common, learnt by [`repeated_lines`].
///
/// The rows are frozen: what is dropped from a page depends on them alone, not on what is read beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepeatedLines {
    /// Hashes of the folded lines, in order.
    hashes: Vec<u64>,
}

impl RepeatedLines {
    /// Lines that were learnt.
    #[must_use]
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether none was learnt.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// Names this set of lines.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let bytes: Vec<u8> = self.hashes.iter().flat_map(|h| h.to_le_bytes()).collect();
        xxh3_64(&bytes)
    }

    /// The page without these lines. A page that has nothing else stays as it is, and the headline always does.
    #[must_use]
    pub fn drop_from(&self, page: &Page) -> Page {
        let kept: Vec<&str> = paragraphs(page).filter(|p| key(p).is_none_or(|k| self.hashes.binary_search(&k).is_err())).collect();
        if kept.is_empty() {
            return page.clone();
        }
        let head = page.text.get(..page.body).unwrap_or("");
        Page { text: format!("{head}{}", kept.join("\n\n")), ..page.clone() }
    }
}

/// Learns the lines that repeat over `pages` of one publisher.
///
/// Copies and versions of a story count once: pages that share their longest paragraph are one story. A line is furniture when it
/// stands in at least three stories and in one of twenty.
#[must_use]
pub fn repeated_lines<'a>(pages: impl IntoIterator<Item = &'a Page>) -> RepeatedLines {
    let mut stories: Vec<u64> = Vec::new();
    let mut seen: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    for page in pages {
        let Some(longest) = paragraphs(page).max_by_key(|p| p.len()) else { continue };
        let story = xxh3_64(prose::folded(longest).as_bytes());
        stories.push(story);
        for line in paragraphs(page).filter(|p| *p != longest).filter_map(key) {
            seen.entry(line).or_default().push(story);
        }
    }
    let distinct = |mut all: Vec<u64>| {
        all.sort_unstable();
        all.dedup();
        all.len()
    };
    let all = distinct(stories);
    let hashes = seen.into_iter().filter(|(_, on)| on.len() >= STORIES);
    let hashes = hashes.map(|(line, on)| (line, distinct(on))).filter(|(_, n)| *n >= STORIES && n * 100 >= all * SHARE);
    RepeatedLines { hashes: hashes.map(|(line, _)| line).collect() }
}

fn paragraphs(page: &Page) -> impl Iterator<Item = &str> {
    page.article().split("\n\n").filter(|p| !p.is_empty())
}

/// What a line is known by; numbers are left out, so that counters and days are the same line. `None` for a line that is too
/// long, or has nothing but numbers.
fn key(line: &str) -> Option<u64> {
    if line.split_whitespace().count() > LONGEST {
        return None;
    }
    let folded: String = prose::folded(line).chars().filter(|c| !c.is_numeric()).collect();
    (folded.chars().count() >= 3).then(|| xxh3_64(folded.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(story: &str, line: &str) -> Page {
        let text = format!("Head\n\nThe {story} story is told at some length here.\n\n{line}\n\nIt ends with {story}.");
        Page { text, body: 6, ..Page::default() }
    }

    #[test]
    fn lines_of_different_stories_are_furniture() {
        let pages: Vec<Page> = ["first", "second", "third"].iter().map(|s| page(s, "This paper has 12 readers.")).collect();
        let lines = repeated_lines(&pages);
        assert_eq!(lines.len(), 1);
        let other = page("fourth", "This paper has 99 readers.");
        let clean = lines.drop_from(&other);
        assert_eq!(clean.text, "Head\n\nThe fourth story is told at some length here.\n\nIt ends with fourth.");
        assert_eq!(clean.article().find("The"), Some(0));
    }

    #[test]
    fn copies_of_one_story_teach_nothing() {
        let pages: Vec<Page> = (0..9).map(|_| page("only", "This paper has 12 readers.")).collect();
        assert!(repeated_lines(&pages).is_empty());
        assert!(repeated_lines(&[]).is_empty());
    }

    #[test]
    fn a_page_of_nothing_else_stays() {
        let pages: Vec<Page> = ["first", "second", "third"].iter().map(|s| page(s, "This paper has 12 readers.")).collect();
        let bare = Page { text: "This paper has 3 readers.".into(), ..Page::default() };
        assert_eq!(repeated_lines(&pages).drop_from(&bare), bare);
    }
}
