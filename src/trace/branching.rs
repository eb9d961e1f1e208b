//! Maximum branching of a directed graph (Chu and Liu 1965; Edmonds 1967).

/// For each node but the root its parent in the spanning arborescence of the greatest weight.
///
/// `weights[u][v]` is the weight of the edge from `u` to `v`, `None` where there is none; `root` must reach every
/// node. The root has no parent, and neither has a node that cannot be reached. Of equal edges the one from the
/// smaller node wins. Time grows with the cube of the nodes.
#[must_use]
pub fn maximum_branching(weights: &[Vec<Option<f64>>], root: usize) -> Vec<Option<usize>> {
    let n = weights.len();
    let best: Vec<Option<usize>> = (0..n).map(|v| if v == root { None } else { best_source(weights, v) }).collect();
    let Some(cycle) = find_cycle(&best) else { return best };
    contract(weights, root, &best, &cycle)
}

fn best_source(weights: &[Vec<Option<f64>>], v: usize) -> Option<usize> {
    let mut best: Option<(f64, usize)> = None;
    for (u, row) in weights.iter().enumerate().filter(|(u, _)| *u != v) {
        if let Some(w) = row[v]
            && best.is_none_or(|(b, _)| w > b)
        {
            best = Some((w, u));
        }
    }
    best.map(|(_, u)| u)
}

fn find_cycle(parents: &[Option<usize>]) -> Option<Vec<usize>> {
    let mut state = vec![0_usize; parents.len()];
    for start in 0..parents.len() {
        let mut at = start;
        while state[at] == 0 {
            state[at] = start + 1;
            match parents[at] {
                Some(up) => at = up,
                None => break,
            }
        }
        if state[at] == start + 1 && parents[at].is_some() {
            let mut cycle = vec![at];
            let mut next = parents[at]?;
            while next != at {
                cycle.push(next);
                next = parents[next]?;
            }
            return Some(cycle);
        }
    }
    None
}

/// Solves the graph with the cycle as one node, then opens the cycle where the best edge enters it.
fn contract(weights: &[Vec<Option<f64>>], root: usize, best: &[Option<usize>], cycle: &[usize]) -> Vec<Option<usize>> {
    let n = weights.len();
    let in_cycle = |v: usize| cycle.contains(&v);
    let outside: Vec<usize> = (0..n).filter(|&v| !in_cycle(v)).collect();
    let whole = outside.len();
    let mut small = vec![vec![None; whole + 1]; whole + 1];
    let mut enters = vec![0; whole + 1];
    let mut leaves = vec![0; whole + 1];
    for (i, &u) in outside.iter().enumerate() {
        for (j, &v) in outside.iter().enumerate() {
            small[i][j] = weights[u][v];
        }
        for &c in cycle {
            // Entering at `c` replaces the cycle's own edge to `c`.
            let kept = best[c].and_then(|p| weights[p][c]).unwrap_or(0.0);
            if let Some(w) = weights[u][c]
                && small[i][whole].is_none_or(|x: f64| w - kept > x)
            {
                small[i][whole] = Some(w - kept);
                enters[i] = c;
            }
            if let Some(w) = weights[c][u]
                && small[whole][i].is_none_or(|x: f64| w > x)
            {
                small[whole][i] = Some(w);
                leaves[i] = c;
            }
        }
    }
    let small_root = outside.iter().position(|&v| v == root).unwrap_or(0);
    let solved = maximum_branching(&small, small_root);
    let mut out = best.to_vec();
    for (j, &v) in outside.iter().enumerate() {
        out[v] = solved[j].map(|i| if i == whole { leaves[j] } else { outside[i] });
    }
    if let Some(i) = solved[whole] {
        out[enters[i]] = Some(outside[i]);
    } else {
        // Nothing reaches the cycle: it opens at its smallest node.
        let first = cycle.iter().copied().min().unwrap_or(0);
        out[first] = None;
    }
    out
}

/// Weight of the edges that `parents` takes.
pub(super) fn weight_of(weights: &[Vec<Option<f64>>], parents: &[Option<usize>]) -> f64 {
    parents.iter().enumerate().filter_map(|(v, u)| weights[(*u)?][v]).sum()
}

/// For each of `nodes` nodes but the root a parent, taken edge by edge from the heaviest down, where the node has none
/// yet and no cycle closes. The sum is at most that of [`maximum_branching`]; time grows with the edges.
#[must_use]
pub(super) fn greedy_branching(nodes: usize, edges: &[(usize, usize, f64)], root: usize) -> Vec<Option<usize>> {
    let mut sorted = edges.to_vec();
    sorted.sort_by(|x, y| y.2.total_cmp(&x.2).then((x.1, x.0).cmp(&(y.1, y.0))));
    let mut parents = vec![None; nodes];
    let mut tree: Vec<usize> = (0..nodes).collect();
    for (u, v, _) in sorted {
        if v == root || parents[v].is_some() {
            continue;
        }
        let (top_u, top_v) = (top(&mut tree, u), top(&mut tree, v));
        if top_u != top_v {
            parents[v] = Some(u);
            tree[top_v] = top_u;
        }
    }
    parents
}

fn top(tree: &mut [usize], mut node: usize) -> usize {
    while tree[node] != node {
        tree[node] = tree[tree[node]];
        node = tree[node];
    }
    node
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(n: usize, edges: &[(usize, usize, f64)]) -> Vec<Vec<Option<f64>>> {
        let mut w = vec![vec![None; n]; n];
        for &(u, v, x) in edges {
            w[u][v] = Some(x);
        }
        w
    }

    #[test]
    fn a_cycle_is_opened_where_it_costs_least() {
        let w = graph(4, &[(0, 1, 1.0), (0, 2, 5.0), (1, 2, 10.0), (2, 1, 10.0), (2, 3, 2.0), (1, 3, 1.0)]);
        assert_eq!(maximum_branching(&w, 0), [None, Some(2), Some(0), Some(2)]);
    }

    #[test]
    fn without_cycles_each_takes_its_best() {
        let w = graph(3, &[(0, 1, 1.0), (0, 2, 3.0), (1, 2, 2.0)]);
        assert_eq!(maximum_branching(&w, 0), [None, Some(0), Some(0)]);
    }

    #[test]
    fn edge_by_edge_no_cycle_closes() {
        let edges = [(0, 1, 1.0), (0, 2, 5.0), (1, 2, 10.0), (2, 1, 10.0), (2, 3, 2.0), (1, 3, 1.0)];
        let parents = greedy_branching(4, &edges, 0);
        assert_eq!(parents, [None, Some(2), Some(0), Some(2)]);
    }

    proptest::proptest! {
        #[test]
        fn as_good_as_trying_all(weights in proptest::collection::vec(0_u8..20, 16)) {
            let n = 4;
            let w: Vec<Vec<Option<f64>>> = (0..n).map(|u| (0..n).map(|v| (u != v && v != 0).then(|| f64::from(weights[u * n + v]))).collect()).collect();
            let total = |parents: &[usize]| -> Option<f64> {
                for start in 1..n {
                    let mut v = start;
                    let mut steps = 0;
                    while v != 0 {
                        v = parents[v];
                        steps += 1;
                        if steps > n { return None; }
                    }
                }
                (1..n).map(|v| w[parents[v]][v]).sum()
            };
            let mut best = f64::MIN;
            for code in 0..n.pow(3) {
                let parents = [0, code % n, code / n % n, code / n / n % n];
                if let Some(t) = total(&parents) { best = best.max(t); }
            }
            let found: Vec<usize> = maximum_branching(&w, 0).iter().map(|p| p.unwrap_or(0)).collect();
            let got = total(&found);
            proptest::prop_assert!(got.is_some_and(|g| (g - best).abs() < 1e-9), "{found:?} {got:?} {best}");
        }
    }
}
