//! Furniture that only other pages of the same publisher give away: lines that stand on pages about different things.
//!
//! A first pass reads the paragraphs of all pages ([`PageLines`]), [`RepeatedLines::learn`] finds the lines that repeat, and from then on
//! the rows are frozen: what a page loses depends on them alone.
//!
//! What repeats is not always furniture. A series of updates shares most of its paragraphs, a publisher's stories about one thing share
//! their background, and some sentences stand in many reports (`No arrests have been made.`). So a line is furniture only where
//! - it stands on pages about at least three different things, judged by the words that no other page of the publisher has, and by how much
//!   of their text the pages share apart from such lines;
//! - what it speaks of is not what the pages around it speak of;
//! - it quotes nobody and names no agency;
//! - it stands on a third of the publisher's pages, or speaks to the readers or of the publisher and stands on one in twenty.

use super::page_lines::{PageLine, PageLines, Telling};
use super::{Article, BlockKind, body, flags};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use xxhash_rust::xxh3::xxh3_64;

/// Different stories on which a line must stand, and on which one with many names and numbers must.
const STORIES: usize = 3;
const STORIES_OF_SPECIFIC: usize = 5;

/// Names and numbers beyond which a line is such a one.
const SPECIFICS: usize = 5;

/// One in so many of the publisher's pages must have the line; of lines that speak to readers, one in so many.
const ONE_IN: usize = 3;
const ONE_IN_TO_READERS: usize = 20;

/// Telling words of its own that a page must have to speak for a line.
const LEAST_OWN: usize = 12;

/// Share of the own telling words of one page, in percent, that another about something else has at most.
const SAME_WORDS: usize = 20;

/// Share of the words of the shorter page, in percent, that it shares with another about something else at most.
const SAME_TEXT: usize = 20;

/// Pages that are looked at for one line; more would tell nothing new.
const LOOKED_AT: usize = 200;

/// The lines that pages of each publisher have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepeatedLines {
    /// For each publisher (a host or a name, as a hash) hashes of the folded lines, in order.
    sites: BTreeMap<u64, Vec<u64>>,
}

impl RepeatedLines {
    /// Learns from pages of any publishers; their order does not matter. One address counts once, and so does one text.
    #[must_use]
    pub fn learn<'a>(pages: impl IntoIterator<Item = &'a PageLines>) -> Self {
        let mut gathered: BTreeMap<u64, Vec<&PageLines>> = BTreeMap::new();
        for page in pages {
            for site in &page.sites {
                gathered.entry(*site).or_default().push(page);
            }
        }
        let learnt = gathered.into_iter().filter(|(_, pages)| pages.len() >= STORIES).map(|(site, pages)| (site, of_site(&pages)));
        Self { sites: learnt.filter(|(_, lines)| !lines.is_empty()).collect() }
    }

    /// Lines that were learnt.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sites.values().map(Vec::len).sum()
    }

    /// Whether none was learnt.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sites.is_empty()
    }

    /// Names this set of lines.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let row = |(site, lines): (&u64, &Vec<u64>)| std::iter::once(*site).chain(lines.iter().copied()).collect::<Vec<_>>();
        let bytes: Vec<u8> = self.sites.iter().flat_map(row).flat_map(u64::to_le_bytes).collect();
        xxh3_64(&bytes)
    }

    /// The article with these lines as [`BlockKind::Furniture`] and the flag `repeated_lines`; `None` where it has none of them, or would
    /// have no body without them. `page` is what [`PageLines::new`] made of it.
    #[must_use]
    pub fn apply(&self, page: &PageLines, text: &str, article: &Article) -> Option<Article> {
        let known: Vec<&Vec<u64>> = page.sites.iter().filter_map(|s| self.sites.get(s)).collect();
        let is_known = |l: &&PageLine| !l.is_text && known.iter().any(|lines| lines.binary_search(&l.key).is_ok());
        let found: Vec<usize> = page.lines.iter().filter(is_known).map(|l| l.block).collect();
        if found.is_empty() {
            return None;
        }
        let mut out = article.clone();
        for at in found {
            if let Some(block) = out.blocks.get_mut(at) {
                block.kind = BlockKind::Furniture;
            }
        }
        out.sentences.clear();
        out.words.clear();
        body(text, &mut out);
        out.flags = flags::flags(text, &out);
        out.flags.push("repeated_lines");
        (!out.words.is_empty()).then_some(out)
    }
}

/// A page among those of its publisher.
struct Seen<'a> {
    page: &'a PageLines,
    /// What it speaks of in words that no other page has.
    own: Telling,
    /// Whether enough of it is its own.
    speaks: bool,
}

fn of_site(pages: &[&PageLines]) -> Vec<u64> {
    let pages = distinct(pages);
    let mut on: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, page) in pages.iter().enumerate() {
        for line in &page.lines {
            let pages = on.entry(line.key).or_default();
            if pages.last() != Some(&at) {
                pages.push(at);
            }
        }
    }
    let often = |line: &PageLine| on.get(&line.key).map_or(0, Vec::len);
    let seen: Vec<Seen<'_>> = pages.iter().map(|page| read(page, &often)).collect();
    let suspects: BTreeMap<u64, &PageLine> = pages
        .iter()
        .flat_map(|p| &p.lines)
        .filter(|l| {
            let one_in = if l.to_readers { ONE_IN_TO_READERS } else { ONE_IN };
            !l.is_text && often(l) >= STORIES && often(l) * one_in >= pages.len()
        })
        .map(|l| (l.key, l))
        .collect();
    let suspects: BTreeMap<u64, &PageLine> = suspects.into_iter().filter(|(key, line)| !is_of_its_pages(line, &on[key], &seen)).collect();
    let keys: BTreeSet<u64> = suspects.keys().copied().collect();
    let is_furniture = |(key, line): &(&u64, &&PageLine)| {
        let specific = line.telling.names.len() > SPECIFICS;
        let enough = if specific { STORIES_OF_SPECIFIC } else { STORIES };
        let speaking = on[key].iter().filter_map(|&at| seen.get(at)).filter(|s| s.speaks);
        let mut stories: Vec<&Seen<'_>> = Vec::new();
        for page in speaking.take(LOOKED_AT) {
            if stories.len() < enough && stories.iter().all(|other| differ(page, other, &keys)) {
                stories.push(page);
            }
        }
        stories.len() >= enough
    };
    suspects.iter().filter(is_furniture).map(|(key, _)| *key).collect()
}

/// One page for each address, the longest, and one for each text, in an order that depends on their texts alone.
fn distinct<'a>(pages: &[&'a PageLines]) -> Vec<&'a PageLines> {
    let mut addresses: BTreeMap<u64, (usize, u64, &PageLines)> = BTreeMap::new();
    let mut out: BTreeMap<u64, &PageLines> = BTreeMap::new();
    for page in pages {
        let name = page.fingerprint();
        match page.address {
            None => {
                out.insert(name, page);
            }
            Some(address) => {
                let row = (page.words(), name, *page);
                let best = addresses.entry(address).or_insert(row);
                if (row.0, row.1) > (best.0, best.1) {
                    *best = row;
                }
            }
        }
    }
    out.extend(addresses.into_values().map(|(_, name, page)| (name, page)));
    out.into_values().collect()
}

fn read<'a>(page: &'a PageLines, often: &impl Fn(&PageLine) -> usize) -> Seen<'a> {
    let mut own = page.title.clone();
    let mut repeated = 0;
    for line in &page.lines {
        match often(line) {
            0 | 1 => own.join(&line.telling),
            2 => {}
            _ => repeated += line.words,
        }
    }
    own.settle();
    let speaks = own.words.len() >= LEAST_OWN && repeated * 2 <= page.words();
    Seen { page, own, speaks }
}

/// Whether the line speaks of what its pages speak of.
fn is_of_its_pages(line: &PageLine, on: &[usize], seen: &[Seen<'_>]) -> bool {
    let Telling { words, names } = &line.telling;
    let with: Vec<&Seen<'_>> = on.iter().filter_map(|&at| seen.get(at)).take(LOOKED_AT).collect();
    let belongs = |s: &&&Seen<'_>| {
        let common = common(words, &s.own.words);
        common >= 2 && common * 3 >= words.len() || common_any(names, &s.own.names)
    };
    if with.iter().filter(belongs).count() * 3 > with.len() {
        return true;
    }
    // one word of it that most of its pages speak of, and the publisher's other pages do not
    let without: Vec<&Seen<'_>> =
        seen.iter().enumerate().filter(|(at, _)| on.binary_search(at).is_err()).map(|(_, s)| s).take(LOOKED_AT).collect();
    let share =
        |all: &[&Seen<'_>], word: &u64| all.iter().filter(|s| s.own.words.binary_search(word).is_ok()).count() * 100 / all.len().max(1);
    words.iter().any(|word| {
        let here = share(&with, word);
        here > 60 && here > 2 * share(&without, word)
    })
}

/// Whether two pages are about different things.
fn differ(a: &Seen<'_>, b: &Seen<'_>, furniture: &BTreeSet<u64>) -> bool {
    let shorter = a.own.words.len().min(b.own.words.len());
    if common(&a.own.words, &b.own.words) * 100 >= shorter * SAME_WORDS {
        return false;
    }
    let text = |s: &Seen<'_>| s.page.lines.iter().filter(|l| !furniture.contains(&l.key)).map(|l| l.words).sum::<usize>();
    let of_a: BTreeSet<u64> = a.page.lines.iter().map(|l| l.key).filter(|k| !furniture.contains(k)).collect();
    let shared: usize = b.page.lines.iter().filter(|l| of_a.contains(&l.key)).map(|l| l.words).sum();
    shared * 100 < text(a).min(text(b)) * SAME_TEXT
}

/// How many of the ordered values two lists have in common.
fn common(a: &[u64], b: &[u64]) -> usize {
    a.iter().filter(|x| b.binary_search(x).is_ok()).count()
}

fn common_any(a: &[u64], b: &[u64]) -> bool {
    a.iter().any(|x| b.binary_search(x).is_ok())
}
