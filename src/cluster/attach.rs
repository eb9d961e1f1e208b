//! Excerpts to their source, so that nothing chains: a page that holds parts of two stories belongs to one of them.

/// A verified pair of which one holds a part of the other's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Words that the two share.
    pub words: u32,
    /// The item of whose text they are the smaller share: the one that took in a part of another.
    pub host: u32,
    /// The other: the source of the part.
    pub source: u32,
    /// Whether the part is nearly all of the source.
    pub whole: bool,
    /// Words `[start, end)` of the host that hold the part.
    pub in_host: (u32, u32),
    /// Words `[start, end)` of the source that it holds.
    pub in_source: (u32, u32),
}

/// Chooses the parts that join groups. `group_of` gives each item's group by links that make two texts one (its first member).
///
/// A group attaches to one other at most as a host: by the part of most words. So a page with parts of two stories joins one of
/// them and never the two. And a part of a page is not a part of what that page took in elsewhere: where a host is a
/// source in its turn, the two parts must be the same stretch of it, unless it holds its own source whole (a
/// truncation and the full text are one story).
///
/// Deterministic, whatever the order of `parts`.
#[must_use]
pub fn attach(group_of: &[u32], parts: &[Part]) -> Vec<(u32, u32)> {
    let mut sorted = parts.to_vec();
    sorted.sort_unstable_by_key(|p| (std::cmp::Reverse(p.words), p.host, p.source));
    let mut source_of: Vec<Option<u32>> = vec![None; group_of.len()];
    let mut hosts_of: Vec<Vec<u32>> = vec![Vec::new(); group_of.len()];
    let mut parent: Vec<u32> = group_of.to_vec();
    let mut joins = Vec::new();
    for (number, part) in (0_u32..).zip(&sorted) {
        let (host, source) = (group_of[part.host as usize], group_of[part.source as usize]);
        let (a, b) = (root(&parent, host), root(&parent, source));
        if a == b || source_of[host as usize].is_some() {
            continue;
        }
        let above = source_of[source as usize].map(|n| sorted[n as usize]);
        let goes_on = above.is_none_or(|above| above.whole || same_stretch(part, &above));
        let below = hosts_of[host as usize].iter().all(|&n| part.whole || same_stretch(&sorted[n as usize], part));
        if goes_on && below {
            source_of[host as usize] = Some(number);
            hosts_of[source as usize].push(number);
            parent[a.max(b) as usize] = a.min(b);
            joins.push((part.host, part.source));
        }
    }
    joins
}

/// Whether the stretch that `lower` takes of its source is the one in which that source holds `upper`.
fn same_stretch(lower: &Part, upper: &Part) -> bool {
    let (x, y) = (lower.in_source, upper.in_host);
    let common = x.1.min(y.1).saturating_sub(x.0.max(y.0));
    lower.source == upper.host && common * 2 >= (x.1 - x.0).min(y.1 - y.0)
}

fn root(parent: &[u32], mut item: u32) -> u32 {
    while parent[item as usize] != item {
        item = parent[item as usize];
    }
    item
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(words: u32, host: u32, source: u32, in_host: (u32, u32), in_source: (u32, u32)) -> Part {
        Part { words, host, source, whole: false, in_host, in_source }
    }

    #[test]
    fn a_page_of_two_stories_joins_the_larger_only() {
        let groups = [0, 1, 2];
        let parts = [part(90, 2, 0, (0, 90), (10, 100)), part(120, 2, 1, (200, 320), (0, 120))];
        assert_eq!(attach(&groups, &parts), [(2, 1)]);
        assert_eq!(attach(&groups, &[parts[1], parts[0]]), [(2, 1)]);
        // Even where the page holds both of them whole.
        let whole = parts.map(|p| Part { whole: true, ..p });
        assert_eq!(attach(&groups, &whole), [(2, 1)]);
    }

    #[test]
    fn a_source_takes_in_every_host_and_copies_of_a_story_count_as_one() {
        let parts = [part(90, 1, 0, (0, 90), (10, 100)), part(120, 2, 0, (200, 320), (200, 320)), part(100, 2, 3, (200, 300), (0, 100))];
        assert_eq!(attach(&[0, 1, 2, 0], &parts), [(2, 0), (1, 0)]);
    }

    #[test]
    fn parts_of_a_host_do_not_reach_its_source() {
        // 1 took words of 0; 2 took other words of 1, or the same.
        let upper = part(100, 1, 0, (200, 300), (0, 100));
        assert_eq!(attach(&[0, 1, 2], &[upper, part(90, 2, 1, (0, 90), (0, 90))]), [(1, 0)]);
        assert_eq!(attach(&[0, 1, 2], &[upper, part(90, 2, 1, (0, 90), (205, 295))]), [(1, 0), (2, 1)]);
        // The larger link first: then the host keeps its own, and goes no further.
        assert_eq!(attach(&[0, 1, 2], &[upper, part(110, 2, 1, (0, 110), (0, 110))]), [(2, 1)]);
        assert_eq!(attach(&[0, 1, 2], &[Part { whole: true, ..upper }, part(110, 2, 1, (0, 110), (0, 110))]), [(2, 1), (1, 0)]);
    }
}
