//! The join of gram keys: rows of a key and a document to pairs that share several keys, with how many they share.
//!
//! Rows go to [`PARTS`] columns by their key, so that one column after the other is sorted. The pairs that a column gives go to
//! ranges by their later document, so that one range after the other is counted. Both lie in memory up to a bound, then
//! in a [`Spill`]; what is found is the same.

use super::band_join::sort_by_key;
use super::columns::Columns;
use super::spill::Spill;
use rayon::prelude::*;

/// Columns of keys, and ranges of pairs.
pub const PARTS: usize = 64;

/// Rows of gram keys: each a hash and the document that has it.
pub struct GramColumns {
    columns: Columns,
}

impl GramColumns {
    /// No rows yet; they take at most about `bound` bytes of memory when there is a `spill`.
    #[must_use]
    pub fn new(bound: usize, spill: Option<Box<dyn Spill>>) -> Self {
        Self { columns: Columns::new(PARTS, bound, spill) }
    }

    /// Rows that an earlier run left whole in `spill`.
    #[must_use]
    pub fn resumed(spill: Box<dyn Spill>) -> Self {
        Self { columns: Columns::resumed(PARTS, spill) }
    }

    /// Appends the rows of documents `first`, `first + 1`, ...: `hashes` holds those of one after the other, `ends` where each one's
    /// end.
    ///
    /// # Errors
    /// When the spill cannot be written.
    pub fn append(&mut self, first: u32, hashes: &[u64], ends: &[u32]) -> std::io::Result<()> {
        let mut from = 0;
        for (document, &end) in (first..).zip(ends) {
            for &hash in hashes.get(from..end as usize).unwrap_or_default() {
                self.columns.memory[hash as usize % PARTS].extend([(hash >> 32) as u32, document]);
            }
            from = end as usize;
        }
        self.columns.settle(hashes.len() * 2)
    }

    /// Sends all rows to the spill, if there is one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn flush(&mut self) -> std::io::Result<()> {
        self.columns.flush()
    }

    /// Takes away the rows in the spill, if there is one.
    pub fn discard(self) {
        self.columns.discard();
    }
}

/// How [`join_grams`] treats keys.
#[derive(Clone, Copy, Debug)]
pub struct GramRule {
    /// Keys that a pair must share.
    pub least: u16,
    /// In a bucket of more than `window + 1` documents each is linked to the first and to the `window` before it.
    pub window: usize,
    /// A key in more documents is text that everybody has, and no evidence.
    pub limit: usize,
}

/// Two documents, by rank, and how many gram keys they share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GramPair {
    /// The one that stands later in the order.
    pub later: u32,
    /// The other.
    pub earlier: u32,
    /// Keys that both have.
    pub shared: u16,
}

/// What [`join_grams`] found.
#[derive(Clone, Debug, Default)]
pub struct GramJoin {
    /// Pairs that share enough keys, sorted.
    pub pairs: Vec<GramPair>,
    /// Keys in so many documents that not all pairs were formed.
    pub hot: u64,
    /// Documents of the hottest key.
    pub hottest: usize,
    /// Keys over the limit, as [`key_of`] gives them, sorted: the marks of template text.
    pub template: Vec<u64>,
}

/// What of a hash tells grams apart in the join: the part it falls into below its upper half, less than 2^38.
#[must_use]
pub const fn key_of(hash: u64) -> u64 {
    ((hash >> 32) * PARTS as u64) | (hash % PARTS as u64)
}

/// Pairs that share at least [`GramRule::least`] keys, among the documents that have a rank (`u32::MAX` is none). Ranks are below
/// `ranks`. At most about `bound` bytes of pairs are held when there is a `spill`.
///
/// # Errors
/// When a spill cannot be read or written.
pub fn join_grams(
    rows: &mut GramColumns,
    rank_of: &[u32],
    ranks: usize,
    rule: GramRule,
    bound: usize,
    spill: Option<Box<dyn Spill>>,
) -> std::io::Result<GramJoin> {
    let together = rayon::current_num_threads();
    let width = ranks.div_ceil(PARTS).max(1) as u32;
    let mut links = Columns::new(PARTS, bound, spill);
    let mut out = GramJoin::default();
    for group in (0..PARTS).collect::<Vec<_>>().chunks(together) {
        let columns: Vec<(usize, Vec<u32>)> =
            group.iter().map(|&part| Ok((part, rows.columns.take(part)?))).collect::<std::io::Result<_>>()?;
        let found: Vec<PartLinks> = columns.into_par_iter().map(|(part, column)| join_part(part, &column, rank_of, width, rule)).collect();
        for mut part in found {
            let mut added = 0;
            for (range, values) in links.memory.iter_mut().zip(&mut part.links) {
                added += values.len();
                range.append(values);
            }
            links.settle(added)?;
            out.hot += part.hot;
            out.hottest = out.hottest.max(part.hottest);
            out.template.append(&mut part.template);
        }
    }
    out.template.sort_unstable();
    for group in (0..PARTS).collect::<Vec<_>>().chunks(together) {
        let ranges: Vec<(usize, Vec<u32>)> = group.iter().map(|&range| Ok((range, links.take(range)?))).collect::<std::io::Result<_>>()?;
        let counted: Vec<Vec<GramPair>> =
            ranges.into_par_iter().map(|(range, links)| count_range(range as u32 * width, &links, width, ranks, rule.least)).collect();
        out.pairs.extend(counted.into_iter().flatten());
    }
    links.discard();
    Ok(out)
}

/// What one column gives.
struct PartLinks {
    links: Vec<Vec<u32>>,
    hot: u64,
    hottest: usize,
    template: Vec<u64>,
}

fn join_part(part: usize, column: &[u32], rank_of: &[u32], width: u32, rule: GramRule) -> PartLinks {
    let ranked = |&[key, document]: &[u32; 2]| {
        let rank = *rank_of.get(document as usize)?;
        (rank != u32::MAX).then_some(u64::from(key) << 32 | u64::from(rank))
    };
    let mut rows: Vec<u64> = column.as_chunks::<2>().0.iter().filter_map(ranked).collect();
    sort_by_key(&mut rows);
    let mut out = PartLinks { links: vec![Vec::new(); PARTS], hot: 0, hottest: 0, template: Vec::new() };
    let mut bucket = Vec::new();
    for same in rows.chunk_by(|x, y| x >> 32 == y >> 32) {
        if same.len() < 2 {
            continue;
        }
        bucket.clear();
        bucket.extend(same.iter().map(|&row| row as u32));
        bucket.sort_unstable();
        bucket.dedup();
        let hot = bucket.len() > rule.window + 1;
        if hot {
            out.hot += 1;
            out.hottest = out.hottest.max(bucket.len());
        }
        if bucket.len() > rule.limit {
            out.template.push(((same[0] >> 32) * PARTS as u64) | part as u64);
            continue;
        }
        for (i, &later) in bucket.iter().enumerate().skip(1) {
            let range = &mut out.links[(later / width) as usize];
            let from = i.saturating_sub(rule.window);
            if from > 0 {
                range.extend([later, bucket[0]]);
            }
            range.extend(bucket[from..i].iter().flat_map(|&earlier| [later, earlier]));
        }
    }
    out
}

/// Counts the pairs whose later document is one of the `width` ranks from `first` on.
fn count_range(first: u32, links: &[u32], width: u32, ranks: usize, least: u16) -> Vec<GramPair> {
    let links = links.as_chunks::<2>().0;
    let mut starts = vec![0_u32; width as usize + 1];
    for &[later, _] in links {
        starts[(later - first) as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut next = starts.clone();
    let mut earlier_of = vec![0_u32; links.len()];
    for &[later, earlier] in links {
        let at = &mut next[(later - first) as usize];
        earlier_of[*at as usize] = earlier;
        *at += 1;
    }
    drop(next);
    let mut counts = vec![0_u16; ranks];
    let mut out = Vec::new();
    for (later, bounds) in (first..).zip(starts.windows(2)) {
        let partners = &earlier_of[bounds[0] as usize..bounds[1] as usize];
        let from = out.len();
        for &earlier in partners {
            let count = &mut counts[earlier as usize];
            *count = count.saturating_add(1);
        }
        for &earlier in partners {
            let shared = std::mem::take(&mut counts[earlier as usize]);
            if shared >= least.max(1) {
                out.push(GramPair { later, earlier, shared });
            }
        }
        out[from..].sort_unstable();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    struct Elsewhere(Vec<Vec<u32>>);

    impl Spill for Elsewhere {
        fn clear(&mut self, columns: usize) {
            self.0.drain(..columns);
        }

        fn append(&mut self, column: usize, values: &[u32]) -> std::io::Result<()> {
            self.0[column].extend_from_slice(values);
            Ok(())
        }
        fn read(&mut self, column: usize, values: &mut Vec<u32>) -> std::io::Result<()> {
            values.clone_from(&self.0[column]);
            Ok(())
        }
    }

    fn elsewhere() -> Option<Box<dyn Spill>> {
        Some(Box::new(Elsewhere(vec![Vec::new(); PARTS])))
    }

    /// A hash for a small number that spreads over columns and keys.
    fn hash(n: u64) -> u64 {
        n.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    fn join(documents: &[Vec<u64>], rank_of: &[u32], rule: GramRule, bound: usize) -> GramJoin {
        let mut rows = GramColumns::new(bound, elsewhere());
        for (document, grams) in (0..).zip(documents) {
            let hashes: Vec<u64> = grams.iter().map(|&g| hash(g)).collect();
            rows.append(document, &hashes, &[hashes.len() as u32]).unwrap();
        }
        join_grams(&mut rows, rank_of, documents.len(), rule, bound, elsewhere()).unwrap()
    }

    proptest! {
        #[test]
        fn joining_equals_counting(
            documents in prop::collection::vec(prop::collection::vec(0_u64..60, 0..30), 1..25),
            least in 1_u16..5,
            turned: bool,
        ) {
            let n = documents.len() as u32;
            // The last document takes no part.
            let rank_of: Vec<u32> = (0..n).map(|d| if d + 1 == n { u32::MAX } else if turned { n - 2 - d } else { d }).collect();
            let sets: BTreeMap<u32, BTreeSet<u64>> =
                rank_of.iter().zip(&documents).filter(|(r, _)| **r != u32::MAX).map(|(&r, d)| (r, d.iter().copied().collect())).collect();
            let mut expected = Vec::new();
            for (&later, one) in &sets {
                for (&earlier, other) in sets.range(..later) {
                    let shared = one.intersection(other).count() as u16;
                    if shared >= least {
                        expected.push(GramPair { later, earlier, shared });
                    }
                }
            }
            let rule = GramRule { least, window: 100, limit: 100 };
            prop_assert_eq!(&join(&documents, &rank_of, rule, usize::MAX).pairs, &expected);
            prop_assert_eq!(&join(&documents, &rank_of, rule, 64).pairs, &expected);
        }
    }

    #[test]
    fn hot_keys_link_the_first_and_neighbours_and_templates_link_nothing() {
        let documents: Vec<Vec<u64>> = (0..10).map(|_| vec![1, 2]).collect();
        let ranks: Vec<u32> = (0..10).collect();
        let found = join(&documents, &ranks, GramRule { least: 2, window: 2, limit: 10 }, usize::MAX);
        assert_eq!(found.pairs.len(), 1 + 2 + 7 * 3);
        assert!(found.pairs.iter().all(|p| p.shared == 2 && (p.earlier == 0 || p.later - p.earlier <= 2)));
        assert_eq!((found.hot, found.hottest, found.template.len()), (2, 10, 0));
        let found = join(&documents, &ranks, GramRule { least: 1, window: 2, limit: 9 }, usize::MAX);
        assert!(found.pairs.is_empty());
        let mut expected = vec![key_of(hash(1)), key_of(hash(2))];
        expected.sort_unstable();
        assert_eq!(found.template, expected);
    }
}
