//! Links by copied words, and what they join.

use super::{Part, attach, first_members};
use crate::verify::{Copied, Kinship};
use std::collections::BTreeMap;

/// Two items that share copied words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CopiedLink {
    /// One item.
    pub later: u32,
    /// The other, which comes before it.
    pub earlier: u32,
    /// What the words prove.
    pub kinship: Kinship,
    /// Copied words of the later and of the earlier one.
    pub words: [u32; 2],
    /// Words of both texts, all.
    pub sizes: [u32; 2],
    /// Where the passages of the later and of the earlier one begin and end, in words.
    pub reach: [(u32, u32); 2],
}

impl CopiedLink {
    /// Share of a text from which it stands whole in another.
    pub const WHOLE: f64 = 0.8;

    /// The link that a comparison gave.
    #[must_use]
    pub fn new(later: u32, earlier: u32, kinship: Kinship, copied: &Copied) -> Self {
        let (words, sizes) = ([copied.own, copied.other], [copied.own_words, copied.other_words]);
        Self { later, earlier, kinship, words, sizes, reach: copied.reach() }
    }

    fn share(&self, side: usize) -> f64 {
        f64::from(self.words[side]) / f64::from(self.sizes[side].max(1))
    }

    /// Of the two, 0 the later, the one that took in a part of the other: of whose text it is the smaller share; of equal ones the later.
    fn host_side(&self) -> usize {
        usize::from(self.share(1) < self.share(0))
    }

    /// That one.
    #[must_use]
    pub fn host(&self) -> u32 {
        [self.later, self.earlier][self.host_side()]
    }

    /// Whether it holds the other from end to end, edited perhaps, and much more.
    #[must_use]
    pub fn holds_whole(&self) -> bool {
        let reached = |side: usize| {
            let (start, end) = self.reach[side];
            f64::from(end - start) >= Self::WHOLE * f64::from(self.sizes[side])
        };
        let host = self.host_side();
        reached(1 - host) && !reached(host)
    }

    fn part(&self) -> Part {
        let host = self.host_side();
        let source = 1 - host;
        let item = [self.later, self.earlier];
        Part {
            words: self.words[host],
            host: item[host],
            source: item[source],
            whole: self.share(source) >= Self::WHOLE,
            in_host: self.reach[host],
            in_source: self.reach[source],
        }
    }
}

/// A page and the words `[start, end)` of it in which it holds a whole text of its group.
pub type HeldStretch = (u32, (u32, u32));

/// Stretches of pages that are whole texts of their own groups.
#[derive(Clone, Debug, Default)]
pub struct Stretches {
    of_page: BTreeMap<u32, Vec<(u32, u32)>>,
}

impl Stretches {
    /// Those that are known.
    #[must_use]
    pub fn new(held: &[HeldStretch]) -> Self {
        let mut out = Self::default();
        held.iter().for_each(|&(page, stretch)| out.add(page, stretch));
        out
    }

    /// Adds one.
    pub fn add(&mut self, page: u32, stretch: (u32, u32)) {
        self.of_page.entry(page).or_default().push(stretch);
    }

    /// Whether `page` holds another text elsewhere than in `stretch`.
    #[must_use]
    pub fn elsewhere(&self, page: u32, stretch: (u32, u32)) -> bool {
        let apart = |&(start, end): &(u32, u32)| {
            let common = end.min(stretch.1).saturating_sub(start.max(stretch.0));
            common * 2 < (end - start).min(stretch.1 - stretch.0)
        };
        self.of_page.get(&page).is_some_and(|held| held.iter().any(apart))
    }
}

/// The pairs that `links` join, beside those that are joined already. A page that holds several whole stories in different
/// places joins one of them; parts of texts are attached to their source (see [`attach`]).
///
/// Deterministic, whatever the order of `links`.
#[must_use]
pub fn join_copied(items: usize, joined: &[(u32, u32)], links: &[CopiedLink], mut held: Stretches) -> Vec<(u32, u32)> {
    let mut joins = Vec::new();
    let mut same: Vec<&CopiedLink> = links.iter().filter(|l| l.kinship == Kinship::Rewrite).collect();
    same.sort_unstable_by_key(|l| (l.holds_whole(), std::cmp::Reverse(l.words[0]), l.later, l.earlier));
    for link in same {
        if link.holds_whole() {
            let stretch = link.reach[link.host_side()];
            if held.elsewhere(link.host(), stretch) {
                continue;
            }
            held.add(link.host(), stretch);
        }
        joins.push((link.later, link.earlier));
    }
    let group_of = first_members(items, joined.iter().chain(&joins).copied());
    let attaching =
        |l: &&CopiedLink| l.kinship != Kinship::Rewrite && !(l.holds_whole() && held.elsewhere(l.host(), l.reach[l.host_side()]));
    let parts: Vec<Part> = links.iter().filter(attaching).map(CopiedLink::part).collect();
    joins.extend(attach(&group_of, &parts));
    joins
}
