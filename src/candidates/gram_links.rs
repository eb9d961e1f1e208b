//! The join of one gram key after the other, for rows that something else has grouped and sorted.

use super::bucket_links::{Disorder, HotBucket};
use super::gram_join::GramRule;

/// Forms the links that [`join_grams`](super::join_grams) counts, from rows `(key, document)` that come sorted. It holds the rows of one key,
/// and no more than [`GramRule::limit`] of them.
#[derive(Clone, Debug)]
pub struct GramLinks {
    rule: GramRule,
    last: Option<(u64, u64)>,
    rows: Vec<u64>,
    documents: u64,
}

impl GramLinks {
    /// Links by this rule; [`GramRule::least`] is for whoever counts the links.
    #[must_use]
    pub const fn new(rule: GramRule) -> Self {
        Self { rule, last: None, rows: Vec::new(), documents: 0 }
    }

    /// Takes the next row. When a key ends with it, its links `(later, earlier)` are handed to `link`, and the key is returned if it was hot:
    /// over the limit it is template text, and links nothing.
    ///
    /// # Errors
    /// [`Disorder`] when the row does not come after the one before it.
    pub fn push(&mut self, key: u64, row: u64, link: impl FnMut(u64, u64)) -> Result<Option<HotBucket>, Disorder> {
        let mut ended = None;
        match self.last {
            Some((key_before, row_before)) if (key_before, row_before) >= (key, row) => {
                return Err(Disorder { key, row, key_before, row_before });
            }
            Some((before, _)) if before == key => {}
            _ => ended = self.end(link),
        }
        self.last = Some((key, row));
        self.documents += 1;
        if self.documents <= self.rule.limit as u64 {
            self.rows.push(row);
        } else {
            self.rows.clear();
        }
        Ok(ended)
    }

    /// Called once, after the last row: what is left of the last key.
    pub fn end(&mut self, mut link: impl FnMut(u64, u64)) -> Option<HotBucket> {
        let documents = std::mem::take(&mut self.documents);
        for (i, &later) in self.rows.iter().enumerate().skip(1) {
            let from = i.saturating_sub(self.rule.window);
            if from > 0 {
                link(later, self.rows[0]);
            }
            self.rows[from..i].iter().for_each(|&earlier| link(later, earlier));
        }
        self.rows.clear();
        let (key, _) = self.last?;
        let hot = documents > self.rule.window as u64 + 1 || documents > 1 && documents > self.rule.limit as u64;
        hot.then_some(HotBucket { key, documents })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{GramColumns, GramPair, join_grams, key_of};
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn the_pairs_are_those_of_the_join_in_memory() {
        for (documents, keys, window, limit) in
            [(60, 3, 2, 100), (60, 30, 4, 8), (60, 50, 4, 3), (40, 1, 5, 40), (6, 1, 4, 4), (2, 1, 1, 9)]
        {
            let rule = GramRule { least: 2, window, limit };
            let grams_of = |d: u64| (0..7).map(move |i| ((d * d + i * i * 7 * d / 3) % keys).wrapping_mul(0x9E37_79B9_7F4A_7C15));
            let mut columns = GramColumns::new(usize::MAX, None);
            let mut rows = Vec::new();
            for d in 0..documents {
                let grams: Vec<u64> = grams_of(d).collect();
                columns.append(d as u32, &grams, &[7]).unwrap();
                rows.extend(grams.iter().map(|&g| (key_of(g), d)));
            }
            rows.sort_unstable();
            rows.dedup();
            let ranks: Vec<u32> = (0..documents as u32).collect();
            let expected = join_grams(&mut columns, &ranks, ranks.len(), rule, usize::MAX, None).unwrap();
            let (mut counts, mut hot) = (BTreeMap::<(u64, u64), u16>::new(), Vec::new());
            let mut links = GramLinks::new(rule);
            for &(key, row) in &rows {
                hot.extend(links.push(key, row, |later, earlier| *counts.entry((later, earlier)).or_default() += 1).unwrap());
            }
            hot.extend(links.end(|later, earlier| *counts.entry((later, earlier)).or_default() += 1));
            let pair =
                |(&(later, earlier), &shared): (&(u64, u64), &u16)| GramPair { later: later as u32, earlier: earlier as u32, shared };
            let pairs: Vec<GramPair> = counts.iter().map(pair).filter(|p| p.shared >= rule.least).collect();
            assert_eq!(pairs, expected.pairs);
            let template: Vec<u64> = hot.iter().filter(|h| h.documents > limit as u64).map(|h| h.key).collect();
            assert_eq!(template, expected.template);
        }
        let mut links = GramLinks::new(GramRule { least: 1, window: 1, limit: 5 });
        assert_eq!(links.push(5, 2, |_, _| {}), Ok(None));
        assert!(links.push(5, 2, |_, _| {}).is_err() && links.push(4, 9, |_, _| {}).is_err());
    }
}
