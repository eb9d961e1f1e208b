//! What was done to a story to make a copy of it.

use super::news::Treatment;
use super::newsroom::Newsroom;
use super::random::Random;
use super::site::Site;
use super::story::{Story, words};
use serde::{Serialize, Serializer};
use std::fmt;

/// How a document came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Edit {
    /// None: a new story.
    Base,
    /// The same words: other case, punctuation and white space.
    Format,
    /// So many of 100 words replaced, inserted or deleted.
    Words(u8),
    /// The first so many of 100 bytes, to the end of the sentence.
    Truncated(u8),
    /// The lines of a site around it.
    Boilerplate,
    /// Its sentences in another order.
    Reordered,
    /// A stretch of 40 of its 100 words inside a new story.
    Excerpt,
    /// Trimmed, lightly edited, with a new sentence and lines of a site.
    Mixed,
    /// No copy: a new story that shares a background paragraph of at most 50 words.
    HardNegative,
    /// What was done to a page of a news-like corpus.
    News(Treatment),
}

impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Base => f.write_str("base"),
            Self::Format => f.write_str("format"),
            Self::Words(share) => write!(f, "edit{share}"),
            Self::Truncated(share) => write!(f, "trunc{share}"),
            Self::Boilerplate => f.write_str("boiler"),
            Self::Reordered => f.write_str("reorder"),
            Self::Excerpt => f.write_str("excerpt"),
            Self::Mixed => f.write_str("mixed"),
            Self::HardNegative => f.write_str("hardneg"),
            Self::News(treatment) => treatment.fmt(f),
        }
    }
}

impl Serialize for Edit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// How often a copy is made by each edit.
const WEIGHTS: [(Edit, usize); 11] = [
    (Edit::Format, 10),
    (Edit::Words(1), 12),
    (Edit::Words(5), 12),
    (Edit::Words(10), 12),
    (Edit::Words(20), 8),
    (Edit::Truncated(70), 8),
    (Edit::Truncated(40), 6),
    (Edit::Boilerplate, 12),
    (Edit::Reordered, 8),
    (Edit::Excerpt, 6),
    (Edit::Mixed, 12),
];

/// An edit of a copy.
pub(super) fn draw(random: &mut Random) -> Edit {
    let total: usize = WEIGHTS.iter().map(|w| w.1).sum();
    let mut at = random.below(total);
    for (edit, weight) in WEIGHTS {
        if at < weight {
            return edit;
        }
        at -= weight;
    }
    Edit::Format
}

/// What the edits are made with.
pub(super) struct Desk<'a> {
    pub(super) newsroom: &'a Newsroom,
    pub(super) sites: &'a [Site],
}

impl<'a> Desk<'a> {
    /// A document made from `base` by `edit`.
    pub(super) fn copy(&self, edit: Edit, base: &Story<'a>, random: &mut Random) -> Story<'a> {
        match edit {
            // Pages of a news-like corpus are made from facts, not from a text.
            Edit::Base | Edit::News(_) => base.clone(),
            Edit::Format => format(base, random),
            Edit::Words(share) => self.edit_words(base, share, random),
            Edit::Truncated(share) => truncate(base, share),
            Edit::Boilerplate => self.boilerplate(base, random),
            Edit::Reordered => reorder(base, random),
            Edit::Excerpt => self.excerpt(base, random),
            Edit::Mixed => self.mix(base, random),
            Edit::HardNegative => self.hard_negative(base, random),
        }
    }

    /// Of the words that are touched, 60 of 100 are replaced, 20 get a neighbour, 20 go.
    fn edit_words(&self, base: &Story<'a>, share: u8, random: &mut Random) -> Story<'a> {
        let vocabulary = self.newsroom.words();
        let mut out = Story::default();
        for sentence in base.sentences() {
            out.add(|text| {
                let start = text.len();
                let mut put = |parts: [&str; 3]| {
                    text.push_str(if text.len() > start { " " } else { "" });
                    parts.iter().for_each(|p| text.push_str(p));
                };
                // Untouched words go in one piece.
                let mut untouched = 0;
                let mut at = 0;
                while at <= sentence.len() {
                    let end = memchr::memchr(b' ', &sentence.as_bytes()[at..]).map_or(sentence.len(), |n| at + n);
                    if random.percent(usize::from(share)) {
                        if untouched < at {
                            put([&sentence[untouched..at - 1], "", ""]);
                        }
                        untouched = end + 1;
                        let word = &sentence[at..end];
                        match random.below(10) {
                            0..6 => {
                                // Commas and quotation marks stay where they are.
                                let core = word.trim_matches(|c: char| !c.is_alphanumeric());
                                let (before, after) = word.split_once(core).unwrap_or(("", ""));
                                put([before, vocabulary.any(random), after]);
                            }
                            6..8 => put([word, " ", vocabulary.any(random)]),
                            _ => {}
                        }
                    }
                    at = end + 1;
                }
                if untouched < sentence.len() {
                    put([&sentence[untouched..], "", ""]);
                }
            });
        }
        out
    }

    fn site(&self, random: &mut Random) -> &'a Site {
        random.pick(self.sites)
    }

    fn boilerplate(&self, base: &Story<'a>, random: &mut Random) -> Story<'a> {
        let site = self.site(random);
        base.clone().on_page(&site.above, &site.below)
    }

    fn excerpt(&self, base: &Story<'a>, random: &mut Random) -> Story<'a> {
        let wanted = base.words() * 2;
        let from = random.below((base.len() / 2).max(1));
        let (mut taken, mut to) = (0, from);
        while taken * 5 < wanted && to < base.len() {
            taken += words(base.sentence(to));
            to += 1;
        }
        let host = self.newsroom.story(random);
        host.around(random.below(host.len().max(1)), (from..to).map(|at| base.sentence(at)))
    }

    fn mix(&self, base: &Story<'a>, random: &mut Random) -> Story<'a> {
        let edited = self.edit_words(&truncate(base, 85), 4, random);
        let fresh = self.newsroom.new_sentence(random);
        let site = self.site(random);
        let renewed = edited.around(random.below(edited.len().max(1)), std::iter::once(fresh.as_str()));
        renewed.on_page(&site.above[..1], &site.below[Site::RIGHTS..=Site::RIGHTS])
    }

    fn hard_negative(&self, base: &Story<'a>, random: &mut Random) -> Story<'a> {
        const MOST: usize = 50;
        let host = self.newsroom.story(random);
        let mut length = 0;
        let background: Vec<&str> = base
            .sentences()
            .take(2)
            .filter(|s| {
                let fits = length + words(s) <= MOST;
                length += if fits { words(s) } else { 0 };
                fits
            })
            .collect();
        host.around(random.below(host.len().max(1)), background.into_iter())
    }
}

fn format<'a>(base: &Story<'a>, random: &mut Random) -> Story<'a> {
    let mut out = Story::default();
    for sentence in base.sentences() {
        let (loud, wide) = (random.percent(15), random.percent(30));
        out.add(|text| {
            let shouted;
            let sentence = if loud {
                shouted = sentence.to_uppercase();
                &shouted
            } else {
                sentence
            };
            for (at, word) in sentence.split(' ').enumerate() {
                text.push_str(match at {
                    0 => "",
                    1 | 2 if wide => "  ",
                    _ => " ",
                });
                if word == "-" {
                    text.push('\u{2014}');
                } else {
                    text.extend(word.chars().map(|c| match c {
                        '"' => '\u{201d}',
                        '\'' => '\u{2019}',
                        c => c,
                    }));
                }
            }
        });
    }
    out
}

fn truncate<'a>(base: &Story<'a>, share: u8) -> Story<'a> {
    let mut out = Story::default();
    for sentence in base.sentences() {
        if out.bytes() * 100 >= base.bytes() * usize::from(share) {
            break;
        }
        out.push(sentence);
    }
    out
}

fn reorder<'a>(base: &Story<'a>, random: &mut Random) -> Story<'a> {
    let mut order: Vec<usize> = (0..base.len()).collect();
    for last in (1..order.len()).rev() {
        order.swap(last, random.below(last + 1));
    }
    let mut out = Story::default();
    order.into_iter().for_each(|at| out.push(base.sentence(at)));
    out
}
