//! Pages that hold no article: consent and subscription walls, captchas, error pages, lists of links.
//!
//! A wall says one of a few things and says nothing else; a list has headlines and no sentences under them. A page with
//! prose of its own is an article, whatever stands around it: to miss a wall costs less than to lose a story.

use super::lines::{Line, fold, is_final, lines};
use super::threes::Threes;
use super::walls_phrases::{LISTS, SURE, SURE_AS_WRITTEN, TO_READERS, WEAK, WEAK_AS_WRITTEN};
use crate::text::{is_quote_mark, sentences};

/// Words of the longest wall. A page with more is not looked at.
pub const LONGEST_WALL: usize = 400;
/// Lines of the longest list.
const LINES: usize = 400;
/// Words of other prose that make a page with a wall's phrases an article.
const PROSE: usize = 40;
/// The same for a page with one phrase that may be a banner.
const SENTENCE: usize = 15;

/// Whether a page is plainly no article, by its text alone.
///
/// Phrases of such pages in some twenty languages decide, and the shape of the page: no sentences beside those
/// phrases, or headlines one under the other. Pages without any text are told by [`extract`](super::extract) too.
#[must_use]
pub fn is_non_article(text: &str) -> bool {
    // No wall has so many bytes: a quick answer for long pages.
    if text.len() > LONGEST_WALL * 40 {
        return false;
    }
    let lines = lines(text);
    let words: usize = lines.iter().map(|l| l.words).sum();
    lines.len() <= LINES && (words <= LONGEST_WALL && is_wall(text, &lines, words) || is_list(text, &lines, words))
}

/// The phrases that [`is_non_article`] looks for, all but those of lists.
pub fn wall_phrases() -> impl Iterator<Item = &'static str> {
    SURE.iter().chain(WEAK).chain(SURE_AS_WRITTEN).chain(WEAK_AS_WRITTEN).copied()
}

/// Whether [`is_non_article`] could call a text a list: a quick look at where its lines end.
#[must_use]
pub fn may_be_list(text: &str) -> bool {
    let (mut all, mut open) = (0_usize, 0_usize);
    for line in text.lines().map(str::trim_end).filter(|l| !l.is_empty()) {
        all += 1;
        open += usize::from(!line.ends_with('.'));
    }
    (5..=LINES).contains(&all) && open * 3 >= all
}

/// What is said on the page.
#[derive(Default)]
struct Said {
    /// Phrases of walls: those that no article has count twice.
    weight: usize,
    /// Different phrases.
    phrases: usize,
    /// Words of sentences that are about something else.
    prose: usize,
}

/// A phrase that may stand on the page.
struct Phrase {
    text: &'static str,
    weight: usize,
    /// Looked for in the text as it is written.
    written: bool,
    seen: bool,
}

fn is_wall(text: &str, lines: &[Line<'_>], words: usize) -> bool {
    let mut phrases = possible(text, lines);
    if phrases.is_empty() {
        return false;
    }
    let mut said = Said::default();
    for line in lines {
        for sentence in sentences(text, line.span) {
            read(sentence.span.of(text), &mut phrases, &mut said);
        }
    }
    let stub = said.weight >= 2 && said.prose < PROSE || said.weight >= 1 && said.prose < SENTENCE;
    // Consent walls go on about their purposes.
    stub || said.phrases >= 4 && said.weight >= 6 && said.prose * 2 < words
}

/// The phrases of which every three bytes in a row stand on the page: nearly always none.
fn possible(text: &str, lines: &[Line<'_>]) -> Vec<Phrase> {
    let (mut folded, mut raw) = (Threes::default(), Threes::default());
    for line in lines {
        folded.add(&line.folded);
    }
    if !text.is_ascii() {
        raw.add(text);
    }
    let of = |list: &'static [&'static str], weight, written, threes: &Threes| -> Vec<Phrase> {
        let held = list.iter().filter(|p| threes.may_hold(p));
        held.map(|text| Phrase { text, weight, written, seen: false }).collect()
    };
    let mut out = of(SURE, 2, false, &folded);
    out.extend(of(WEAK, 1, false, &folded));
    out.extend(of(SURE_AS_WRITTEN, 2, true, &raw));
    out.extend(of(WEAK_AS_WRITTEN, 1, true, &raw));
    out
}

fn read(sentence: &str, phrases: &mut [Phrase], said: &mut Said) {
    let folded = fold(sentence);
    let mut any = false;
    for phrase in phrases {
        if if phrase.written { sentence.contains(phrase.text) } else { folded.contains(phrase.text) } {
            any = true;
            if !phrase.seen {
                phrase.seen = true;
                said.weight += phrase.weight;
                said.phrases += 1;
            }
        }
    }
    let words = super::lines::count(sentence).0;
    let to_reader = || folded.split(|c: char| !c.is_alphanumeric()).any(|w| TO_READERS.contains(&w));
    if !any && words >= 8 && (is_final(sentence) || words >= 20) && (sentence.contains(is_quote_mark) || !to_reader()) {
        said.prose += words;
    }
}

/// Headlines one under the other: a front page, a tag, what a search found.
fn is_list(text: &str, lines: &[Line<'_>], words: usize) -> bool {
    let marked = |l: &Line<'_>| LISTS.iter().any(|p| l.folded.starts_with(p) && (p.len() > 8 || l.words <= 6 || p.ends_with(':')));
    let ends = || lines.iter().take(6).chain(lines.iter().skip(6).rev().take(4));
    let (mut links, mut link_words, mut prose, mut teasers, mut together) = (0_usize, 0, 0, 0_usize, false);
    // Lines that go on with a small letter are those of a text that was cut to a width.
    let goes_on = |l: &&Line<'_>| l.text.starts_with(char::is_lowercase);
    if lines.iter().filter(goes_on).count() * 8 > lines.len() {
        return false;
    }
    let (mut before, mut figured) = (false, 0_usize);
    for line in lines {
        let now = is_prose(text, line);
        if now {
            prose += line.words;
            teasers += 1;
            together |= before || line.words > 45;
        } else if is_link(text, line) {
            links += 1;
            figured += usize::from(line.text.contains(|c: char| c.is_ascii_digit()));
            link_words += line.words;
        }
        before = now;
    }
    if ends().any(marked) {
        return links >= 4 && !together && links >= teasers && link_words * 3 >= words;
    }
    // A text in capitals that was cut to a width has its final points.
    let finals = lines.iter().filter(|l| is_final(l.text)).count();
    // A figure in most lines: prices, results.
    links >= 8 && figured * 2 <= links && finals * 8 <= lines.len() && link_words * 10 >= words * 6 && prose * 5 < words && !together
}

fn is_prose(text: &str, line: &Line<'_>) -> bool {
    line.words >= 26 || line.words >= 8 && (is_final(line.text) && line.small >= 3 || sentences(text, line.span).len() > 1)
}

/// A headline or title: some words, no final point, a capital first, no figures in a row, no `NAME: what was said`.
fn is_link(text: &str, line: &Line<'_>) -> bool {
    let opens = line.text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
    let figures = line.text.split_whitespace().filter(|w| w.contains(|c: char| c.is_ascii_digit())).count();
    let speaker = line.text.find([':', '：']).is_some_and(|at| line.text[..at].split_whitespace().count() <= 2);
    let cells = line.text.contains(['\t', '|']);
    (5..=20).contains(&line.words)
        && opens
        && figures <= 1
        && !speaker
        && !cells
        && !line.text.ends_with([',', ';', '.', '。', '।'])
        && sentences(text, line.span).len() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_folded() {
        for phrase in SURE.iter().chain(WEAK).chain(LISTS) {
            assert_eq!(fold(phrase), phrase.trim_end(), "{phrase}");
        }
        for word in TO_READERS {
            assert_eq!(fold(word), *word);
        }
    }

    #[test]
    fn a_sentence_of_news_beside_a_banner_is_an_article() {
        let story = "The harbour of Vik reopened on Friday after a storm had sunk three boats. Divers lifted the last of them in the morning, \
            and the ferry to the islands sailed at noon with two hundred passengers on board, the port office said.";
        assert!(!is_non_article(&format!("We use cookies. Accept all\n\n{story}")));
        assert!(!is_non_article(&format!("{story}\n\nPlease enable JavaScript to view the comments.")));
        assert!(is_non_article("We use cookies. Accept all\n\nReject all"));
    }

    #[test]
    fn talk_of_walls_is_news() {
        let story = "A court in Bergen fined a publisher on Monday because its pages asked readers to accept all cookies. Judges held that \
            consent must be as easy to refuse as to give. The ruling takes effect in March, and the company said that it will appeal.";
        assert!(!is_non_article(story));
    }
}
