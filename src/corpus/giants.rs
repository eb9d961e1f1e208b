//! The guard against giant clusters: chains of pairs that each reach the threshold can tie thousands of documents together that
//! have little in common. On request such a cluster is formed again, by a stricter threshold.

use super::collapse::Collapsed;
use crate::cluster::first_members;
use crate::config::Config;
use std::io;

/// A candidate: its group, then the ranks of the later and of the earlier document.
pub(super) type GroupPair = (u32, u32, u32);

/// Forms clusters of more than [`Config::giant_documents`] texts in `found`, which came of `pairs`, again under
/// [`Config::giant_threshold`], if there is one; `again` compares pairs under a threshold.
///
/// # Errors
/// Those of `again`.
pub(super) fn tightened(
    mut found: Collapsed,
    pairs: &[GroupPair],
    config: &Config,
    mut again: impl FnMut(&[GroupPair], f64) -> io::Result<Collapsed>,
) -> io::Result<Collapsed> {
    let Some(stricter) = config.giant_threshold else { return Ok(found) };
    if found.joins.len() < config.giant_documents {
        return Ok(found);
    }
    let mut members: Vec<u32> = found.joins.iter().flat_map(|&(a, b)| [a, b]).collect();
    members.sort_unstable();
    members.dedup();
    let place = |rank: u32| members.binary_search(&rank).ok();
    let joins = found.joins.iter().filter_map(|&(a, b)| Some((place(a)? as u32, place(b)? as u32)));
    let first = first_members(members.len(), joins);
    let mut sizes = vec![0_usize; members.len()];
    for &f in &first {
        sizes[f as usize] += 1;
    }
    let giant_of = |rank: u32| place(rank).map(|at| first[at]).filter(|&f| sizes[f as usize] > config.giant_documents);
    let mut inside: Vec<(u32, GroupPair)> = pairs
        .iter()
        .filter_map(|&pair| {
            let giant = giant_of(pair.1)?;
            (giant_of(pair.2) == Some(giant)).then_some((giant, pair))
        })
        .collect();
    found.links.retain(|l| giant_of(l.rank).is_none());
    found.joins.retain(|j| giant_of(j.0).is_none());
    found.holds.retain(|h| giant_of(h.0).is_none());
    inside.sort_unstable();
    for giant in inside.chunk_by(|x, y| x.0 == y.0) {
        let pairs: Vec<GroupPair> = giant.iter().map(|g| g.1).collect();
        let mut split = again(&pairs, stricter)?;
        // These pairs were counted when they reached the threshold.
        split.verified = 0;
        found.append(split);
    }
    Ok(found)
}
