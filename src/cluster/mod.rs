//! Verified matches to clusters: only what was verified joins.

mod attach;
mod average;
mod copied;
mod derivation;
mod forest;
mod through;

pub use attach::{Part, attach};
pub use average::{Within, average_linkage};
pub use copied::{CopiedLink, HeldStretch, Stretches, join_copied};
pub use derivation::{DerivedLink, derivation_clusters};
pub use forest::Forest;
pub use through::{Inferred, through_others};

/// Groups `documents` items by union-find over `links`. Returns groups of two and more, each sorted, in the order
/// of their first members.
#[must_use]
pub fn clusters(documents: usize, links: impl IntoIterator<Item = (u32, u32)>) -> Vec<Vec<u32>> {
    let mut groups: Vec<Vec<u32>> = vec![Vec::new(); documents];
    for (item, first) in (0..).zip(first_members(documents, links)) {
        groups[first as usize].push(item);
    }
    groups.retain(|g| g.len() > 1);
    groups
}

/// For each of `documents` items the first item of its group, by union-find over `links`; itself if it stands alone.
#[must_use]
pub fn first_members(documents: usize, links: impl IntoIterator<Item = (u32, u32)>) -> Vec<u32> {
    let mut parent: Vec<u32> = (0..documents as u32).collect();
    for (a, b) in links {
        let (ra, rb) = (root(&mut parent, a), root(&mut parent, b));
        // The smaller index becomes the root, so that groups do not depend on the order of links.
        let (low, high) = (ra.min(rb), ra.max(rb));
        parent[high as usize] = low;
    }
    for item in 0..documents as u32 {
        parent[item as usize] = root(&mut parent, item);
    }
    parent
}

fn root(parent: &mut [u32], mut item: u32) -> u32 {
    while parent[item as usize] != item {
        let up = parent[parent[item as usize] as usize];
        parent[item as usize] = up;
        item = up;
    }
    item
}

#[cfg(test)]
mod tests {
    use super::clusters;

    #[test]
    fn links_join_whatever_their_order() {
        assert_eq!(clusters(6, [(4, 5), (0, 2), (2, 4)]), [vec![0, 2, 4, 5]]);
        assert_eq!(clusters(6, [(2, 4), (0, 2), (4, 5)]), [vec![0, 2, 4, 5]]);
        assert!(clusters(3, []).is_empty());
    }
}
