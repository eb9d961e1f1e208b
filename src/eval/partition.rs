//! Two partitions of the same documents against each other.

use serde::Serialize;

/// How near the clusters found are to the true ones.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Scores {
    /// Documents.
    pub documents: u64,
    /// True clusters, of one document and more.
    pub true_clusters: u64,
    /// Clusters found, likewise.
    pub clusters: u64,
    /// Documents of the largest cluster found.
    pub largest_cluster: u64,
    /// Share of the pairs found together that belong together; 1 if none was found.
    pub pair_precision: f64,
    /// Share of the pairs that belong together that were found; 1 if there are none.
    pub pair_recall: f64,
    /// Harmonic mean of both.
    pub pair_f1: f64,
    /// Rand index adjusted for chance (Hubert and Arabie 1985): 1 for equal partitions, 0 on average by chance.
    pub adjusted_rand: f64,
    /// Mean over documents of the share of their found cluster that belongs with them (Bagga and Baldwin 1998).
    pub bcubed_precision: f64,
    /// Mean over documents of the share of their true cluster that was found with them.
    pub bcubed_recall: f64,
    /// Harmonic mean of both.
    pub bcubed_f1: f64,
}

impl Scores {
    /// The scores of documents given as (true cluster, found cluster).
    #[must_use]
    pub fn of(mut documents: Vec<(u32, u32)>) -> Self {
        let total = documents.len() as u64;
        // Sorted by both, cells of the table are runs; sums in this order do not depend on the input's.
        documents.sort_unstable();
        let mut cells: Vec<(u32, u32, u64)> = Vec::new();
        for (truth, found) in documents {
            match cells.last_mut() {
                Some(cell) if (cell.0, cell.1) == (truth, found) => cell.2 += 1,
                _ => cells.push((truth, found, 1)),
            }
        }
        let together = cells.iter().map(|c| pairs(c.2)).sum();
        let truth = Side::of(cells.iter().map(|c| (c.0, c.2)));
        cells.sort_unstable_by_key(|c| (c.1, c.0));
        let found = Side::of(cells.iter().map(|c| (c.1, c.2)));
        let (pair_precision, pair_recall) = (ratio(together, found.pairs), ratio(together, truth.pairs));
        let (bcubed_precision, bcubed_recall) = (mean(found.squares, total), mean(truth.squares, total));
        Self {
            documents: total,
            true_clusters: truth.clusters,
            clusters: found.clusters,
            largest_cluster: found.largest,
            pair_precision,
            pair_recall,
            pair_f1: harmonic(pair_precision, pair_recall),
            adjusted_rand: adjusted_rand(together, truth.pairs, found.pairs, pairs(total)),
            bcubed_precision,
            bcubed_recall,
            bcubed_f1: harmonic(bcubed_precision, bcubed_recall),
        }
    }
}

/// One of the two partitions.
#[derive(Default)]
struct Side {
    clusters: u64,
    largest: u64,
    pairs: u128,
    /// Sum over its clusters of the squares of their cells, each divided by the cluster's size.
    squares: f64,
}

impl Side {
    /// From (cluster, documents of a cell), sorted by cluster.
    fn of(cells: impl Iterator<Item = (u32, u64)>) -> Self {
        let mut out = Self::default();
        let (mut current, mut size, mut squares) = (None, 0, 0_u128);
        for (cluster, documents) in cells {
            if current != Some(cluster) {
                out.end(size, squares);
                (current, size, squares) = (Some(cluster), 0, 0);
            }
            size += documents;
            squares += u128::from(documents) * u128::from(documents);
        }
        out.end(size, squares);
        out
    }

    fn end(&mut self, size: u64, squares: u128) {
        if size > 0 {
            self.clusters += 1;
            self.largest = self.largest.max(size);
            self.pairs += pairs(size);
            self.squares += squares as f64 / size as f64;
        }
    }
}

/// Pairs among `n` documents.
fn pairs(n: u64) -> u128 {
    u128::from(n) * u128::from(n.saturating_sub(1)) / 2
}

fn ratio(part: u128, whole: u128) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

fn mean(sum: f64, count: u64) -> f64 {
    if count == 0 { 1.0 } else { sum / count as f64 }
}

fn harmonic(a: f64, b: f64) -> f64 {
    if a + b > 0.0 { 2.0 * a * b / (a + b) } else { 0.0 }
}

/// (together - expected) / (mean of both sides - expected), in whole numbers up to the division; these hold up to
/// 4,000,000,000 documents. 1 where both sides are all alone or all together, for which it is not defined.
fn adjusted_rand(together: u128, truth: u128, found: u128, all: u128) -> f64 {
    let product = truth * found;
    let above = 2.0 * difference(together * all, product);
    let below = difference((truth + found) * all, 2 * product);
    if below == 0.0 { 1.0 } else { above / below }
}

fn difference(a: u128, b: u128) -> f64 {
    if a >= b { (a - b) as f64 } else { -((b - a) as f64) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-12
    }

    /// The classes and clusters of figure 16.4 in Manning, Raghavan and Schütze, Introduction to Information Retrieval:
    /// 20 of 40 pairs right, 44 pairs belong together.
    fn textbook() -> Vec<(u32, u32)> {
        let clusters: [[(u32, usize); 3]; 3] = [[(0, 5), (1, 1), (2, 0)], [(0, 1), (1, 4), (2, 1)], [(0, 2), (1, 0), (2, 3)]];
        let rows = (0..)
            .zip(clusters)
            .flat_map(|(cluster, classes)| classes.into_iter().flat_map(move |(class, n)| std::iter::repeat_n((class, cluster), n)));
        rows.collect()
    }

    #[test]
    fn textbook_values() {
        let scores = Scores::of(textbook());
        assert_eq!((scores.documents, scores.true_clusters, scores.clusters, scores.largest_cluster), (17, 3, 3, 6));
        assert!(near(scores.pair_precision, 20.0 / 40.0) && near(scores.pair_recall, 20.0 / 44.0), "{scores:?}");
        // Expected by chance 44 * 40 / 136 = 12.94, at most 42.
        assert!(near(scores.adjusted_rand, (20.0 - 1760.0 / 136.0) / (42.0 - 1760.0 / 136.0)), "{scores:?}");
        // 26/6 + 18/6 + 13/5 by found clusters; 30/8 + 17/5 + 10/4 by true ones.
        assert!(near(scores.bcubed_precision, (26.0 / 6.0 + 18.0 / 6.0 + 13.0 / 5.0) / 17.0), "{scores:?}");
        assert!(near(scores.bcubed_recall, (30.0 / 8.0 + 17.0 / 5.0 + 10.0 / 4.0) / 17.0), "{scores:?}");
    }

    #[test]
    fn the_ends_are_defined() {
        let alone = Scores::of(vec![(0, 0), (1, 1), (2, 2)]);
        let joined = Scores::of(vec![(0, 0), (0, 0), (0, 0)]);
        for s in [alone, joined, Scores::of(Vec::new())] {
            assert!([s.pair_f1, s.adjusted_rand, s.bcubed_f1].iter().all(|&f| near(f, 1.0)), "{s:?}");
        }
        let missed = Scores::of(vec![(0, 0), (0, 1)]);
        assert_eq!((missed.pair_precision, missed.pair_recall, missed.pair_f1, missed.adjusted_rand), (1.0, 0.0, 0.0, 0.0));
    }

    #[test]
    fn large_counts_do_not_overflow() {
        let half = 2_000_000_000_u64;
        let side = pairs(half) * 2;
        assert!(near(adjusted_rand(side, side, side, pairs(2 * half)), 1.0));
    }

    proptest! {
        #[test]
        fn scores_equal_a_count_over_all_pairs(rows in prop::collection::vec((0_u32..6, 0_u32..6), 2..40)) {
            let scores = Scores::of(rows.clone());
            let (mut both, mut truth, mut found, mut all) = (0.0, 0.0, 0.0, 0.0);
            for (i, a) in rows.iter().enumerate() {
                for b in &rows[..i] {
                    all += 1.0;
                    truth += f64::from(a.0 == b.0);
                    found += f64::from(a.1 == b.1);
                    both += f64::from(a == b);
                }
            }
            let share = |of: f64| if of > 0.0 { both / of } else { 1.0 };
            prop_assert!(near(scores.pair_precision, share(found)) && near(scores.pair_recall, share(truth)));
            let expected = truth * found / all;
            let most = (truth + found) / 2.0;
            if (most - expected).abs() > 1e-9 {
                prop_assert!((scores.adjusted_rand - (both - expected) / (most - expected)).abs() < 1e-9);
            }
            let (mut precision, mut recall) = (0.0, 0.0);
            for a in &rows {
                let of = |same: fn(&(u32, u32), &(u32, u32)) -> bool| rows.iter().filter(|b| same(a, b)).count() as f64;
                let right = of(|a, b| a == b);
                precision += right / of(|a, b| a.1 == b.1) / rows.len() as f64;
                recall += right / of(|a, b| a.0 == b.0) / rows.len() as f64;
            }
            prop_assert!(near(scores.bcubed_precision, precision) && near(scores.bcubed_recall, recall));
            let sizes = (0..6).map(|c| rows.iter().filter(|r| r.1 == c).count() as u64);
            prop_assert_eq!(scores.largest_cluster, sizes.max().unwrap_or(0));
        }

        #[test]
        fn names_and_order_do_not_matter(rows in prop::collection::vec((0_u32..5, 0_u32..5), 0..30)) {
            let mut other: Vec<_> = rows.iter().map(|r| (90 - r.0, r.1 * 7)).collect();
            other.reverse();
            let (a, b) = (Scores::of(rows), Scores::of(other));
            prop_assert!(near(a.adjusted_rand, b.adjusted_rand) && near(a.bcubed_f1, b.bcubed_f1) && near(a.pair_f1, b.pair_f1));
            prop_assert_eq!((a.clusters, a.true_clusters, a.largest_cluster), (b.clusters, b.true_clusters, b.largest_cluster));
        }
    }
}
