//! Average linkage (UPGMA, Sokal and Michener 1958) by nearest-neighbour chains (Murtagh 1983): a group is as close as all
//! its members are on average, so that one likeness between two of them joins nothing.

/// Items of one group that are compared all with all; above, the groups are first parted by higher floors.
const MOST: usize = 2_000;

/// The similarities (0 to 1) of some items, given sorted: of the second with the first, of the third with the first and the
/// second, and so on, in one row.
pub type Within<'a> = dyn Fn(&[u32]) -> Vec<f32> + Sync + 'a;

/// Groups `items` so that in each the average similarity of two merged parts was at least `floor`. `links` are
/// pairs with their similarity: two parts whose average reaches the floor have a pair that does, so items that no chain of
/// such links joins stay apart and are not compared; `within` is asked for the others. Returns groups of one and more, each
/// sorted, in the order of their first members.
#[must_use]
pub fn average_linkage(items: usize, links: &[(u32, u32, f64)], floor: f64, within: &Within<'_>) -> Vec<Vec<u32>> {
    let mut out = Vec::new();
    let mut open = vec![((0..items as u32).collect::<Vec<_>>(), floor)];
    while let Some((part, least)) = open.pop() {
        for group in joined(&part, links, least) {
            if group.len() <= MOST {
                out.extend(linkage(&group, floor, within));
            } else if least >= 1.0 {
                // Everything here is the same; comparing it would say nothing new.
                out.push(group);
            } else {
                open.push((group, least + 0.05));
            }
        }
    }
    out.sort_unstable();
    out
}

/// The parts of `items` that links of at least `least` join.
fn joined(items: &[u32], links: &[(u32, u32, f64)], least: f64) -> Vec<Vec<u32>> {
    let place = |i: u32| items.binary_search(&i).ok().map(|p| p as u32);
    let inside = links.iter().filter(|l| l.2 >= least).filter_map(|l| Some((place(l.0)?, place(l.1)?)));
    let first = super::first_members(items.len(), inside);
    let mut groups: Vec<Vec<u32>> = vec![Vec::new(); items.len()];
    for (item, first) in items.iter().zip(first) {
        groups[first as usize].push(*item);
    }
    groups.retain(|g| !g.is_empty());
    groups
}

fn linkage(items: &[u32], floor: f64, within: &Within<'_>) -> Vec<Vec<u32>> {
    let n = items.len();
    if n == 1 {
        return vec![items.to_vec()];
    }
    let mut near = vec![0.0_f32; n * n];
    let pairs = (0..n).flat_map(|i| (0..i).map(move |j| (i, j)));
    for ((i, j), s) in pairs.zip(within(items)) {
        near[i * n + j] = s;
        near[j * n + i] = s;
    }
    let mut size = vec![1.0_f32; n];
    let mut alive = vec![true; n];
    let mut chain: Vec<usize> = Vec::new();
    let mut merges = Vec::new();
    for _ in 1..n {
        if chain.is_empty() {
            chain.extend(alive.iter().position(|a| *a));
        }
        while let Some(&top) = chain.last() {
            let before = chain.len().checked_sub(2).map(|i| chain[i]);
            // Of equals the one before in the chain, then the first: without this the chain could run in a circle.
            let mut best = before.map(|b| (near[top * n + b], b));
            for other in (0..n).filter(|&o| alive[o] && o != top) {
                if best.is_none_or(|b| near[top * n + other] > b.0) {
                    best = Some((near[top * n + other], other));
                }
            }
            let Some((height, other)) = best else { break };
            if Some(other) != before {
                chain.push(other);
                continue;
            }
            chain.truncate(chain.len() - 2);
            merges.push((height, top, other));
            let (keep, gone) = (top.min(other), top.max(other));
            for k in (0..n).filter(|&k| alive[k] && k != keep && k != gone) {
                let mean = (near[keep * n + k] * size[keep] + near[gone * n + k] * size[gone]) / (size[keep] + size[gone]);
                near[keep * n + k] = mean;
                near[k * n + keep] = mean;
            }
            size[keep] += size[gone];
            alive[gone] = false;
            break;
        }
    }
    let links = merges.into_iter().filter(|m| f64::from(m.0) >= floor).map(|m| (m.1 as u32, m.2 as u32));
    let first = super::first_members(n, links);
    let mut groups: Vec<Vec<u32>> = vec![Vec::new(); n];
    for (item, first) in items.iter().zip(first) {
        groups[first as usize].push(*item);
    }
    groups.retain(|g| !g.is_empty());
    groups
}

#[cfg(test)]
mod tests {
    use super::average_linkage;

    fn near(pairs: &'static [(u32, u32, f64)]) -> impl Fn(&[u32]) -> Vec<f32> {
        let of = |a: u32, b: u32| pairs.iter().find(|p| (p.0, p.1) == (a, b)).map_or(0.0, |p| p.2 as f32);
        move |items| items.iter().enumerate().flat_map(|(i, &b)| items[..i].iter().map(move |&a| of(a, b))).collect()
    }

    #[test]
    fn one_bridge_joins_nothing() {
        const PAIRS: &[(u32, u32, f64)] = &[(0, 1, 0.9), (0, 2, 0.9), (1, 2, 0.9), (3, 4, 0.9), (3, 5, 0.9), (4, 5, 0.9), (2, 3, 0.8)];
        assert_eq!(average_linkage(6, PAIRS, 0.4, &near(PAIRS)), [vec![0, 1, 2], vec![3, 4, 5]]);
    }

    #[test]
    fn equal_likeness_ends() {
        const PAIRS: &[(u32, u32, f64)] = &[(0, 1, 0.5), (1, 2, 0.5), (2, 3, 0.5), (0, 3, 0.5), (0, 2, 0.5), (1, 3, 0.5)];
        assert_eq!(average_linkage(5, PAIRS, 0.5, &near(PAIRS)), [vec![0, 1, 2, 3], vec![4]]);
    }
}
