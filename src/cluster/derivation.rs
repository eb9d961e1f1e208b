//! Derivation clusters that do not chain: a page made of two stories stays with one of them.

use super::{clusters, first_members};
use std::collections::BTreeMap;

/// A verified link: two documents of which one derives from the other, or both from one text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DerivedLink {
    /// One document.
    pub a: u32,
    /// The other; `a < b`.
    pub b: u32,
    /// How alike title and lead are, then how much is shared: by this a page of many stories chooses its own.
    pub strength: f64,
}

/// Two texts that are less alike as wholes tell different stories.
const OTHER_STORY: f64 = 0.08;
/// Partners of one document that are compared with each other.
const MOST_PARTNERS: usize = 48;

/// Groups of two and more documents that go back to one text, each sorted, in the order of their first members.
///
/// A document with partners that have nothing to do with each other (`alike` as wholes below 0.08, and no link of their own)
/// is a composite: a digest, or a page that quotes another story at length. It joins no two groups; it stays with the
/// one that it is linked to most strongly, by title and lead.
#[must_use]
pub fn derivation_clusters(documents: usize, links: &[DerivedLink], alike: &(dyn Fn(u32, u32) -> f64 + Sync)) -> Vec<Vec<u32>> {
    let mut partners: Vec<Vec<u32>> = vec![Vec::new(); documents];
    for l in links {
        partners[l.a as usize].push(l.b);
        partners[l.b as usize].push(l.a);
    }
    partners.iter_mut().for_each(|p| p.sort_unstable());
    let linked = |a: u32, b: u32| partners[a as usize].binary_search(&b).is_ok();
    let apart = |own: &[u32]| own.iter().enumerate().any(|(i, &x)| own[..i].iter().any(|&y| !linked(y, x) && alike(y, x) < OTHER_STORY));
    let witnesses = |at: usize, usable: &dyn Fn(u32) -> bool| {
        let all: Vec<u32> = partners[at].iter().copied().filter(|&p| usable(p)).collect();
        // An even sample, so that partners of all stories are in it.
        let step = all.len().div_ceil(MOST_PARTNERS).max(1);
        all.into_iter().step_by(step).collect::<Vec<_>>()
    };
    let suspects: Vec<bool> = (0..documents).map(|d| apart(&witnesses(d, &|_| true))).collect();
    // Composites may make their partners look like composites: they are no witnesses.
    let composite: Vec<bool> = (0..documents).map(|d| suspects[d] && apart(&witnesses(d, &|p| !suspects[p as usize]))).collect();
    let is = |d: u32| composite[d as usize];
    let mut joins: Vec<(u32, u32)> = links.iter().filter(|l| !is(l.a) && !is(l.b)).map(|l| (l.a, l.b)).collect();
    let first = first_members(documents, joins.iter().copied());
    let mut home: BTreeMap<u32, (f64, u32)> = BTreeMap::new();
    for l in links {
        for (page, other) in [(l.a, l.b), (l.b, l.a)] {
            let best = home.get(&page).copied().unwrap_or((-1.0, 0));
            if is(page) && !is(other) && l.strength > best.0 {
                home.insert(page, (l.strength, first[other as usize]));
            }
        }
    }
    joins.extend(home.into_iter().map(|(page, (_, group))| (page, group)));
    clusters(documents, joins)
}

#[cfg(test)]
mod tests {
    use super::{DerivedLink, derivation_clusters};

    fn link(a: u32, b: u32, strength: f64) -> DerivedLink {
        DerivedLink { a, b, strength }
    }

    /// 0, 1, 2 are one story; 3, 4, 5 another; 6 quotes half of each and is headed like the second.
    #[test]
    fn a_page_of_two_stories_merges_none() {
        let mut links = vec![link(0, 1, 1.0), link(0, 2, 1.0), link(1, 2, 1.0), link(3, 4, 1.0), link(3, 5, 1.0), link(4, 5, 1.0)];
        links.extend([link(0, 6, 0.3), link(1, 6, 0.3), link(3, 6, 0.6), link(4, 6, 0.5)]);
        let story = |d: u32| if d == 6 { 2 } else { d / 3 };
        let alike = move |a: u32, b: u32| if story(a) == story(b) || a == 6 || b == 6 { 0.5 } else { 0.01 };
        assert_eq!(derivation_clusters(7, &links, &alike), [vec![0, 1, 2], vec![3, 4, 5, 6]]);
    }

    #[test]
    fn a_chain_of_rewrites_stays_one() {
        let links = [link(0, 1, 0.9), link(1, 2, 0.9), link(2, 3, 0.9)];
        assert_eq!(derivation_clusters(4, &links, &|_, _| 0.3), [vec![0, 1, 2, 3]]);
    }
}
