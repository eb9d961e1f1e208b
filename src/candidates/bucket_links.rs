//! The join of one bucket after the other, for rows that something else has grouped and sorted.

use std::collections::VecDeque;

/// Rows that did not come in ascending order: whatever sorted them did not keep its promise, and links would be missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the row {row} of the key {key} came after the row {row_before} of the key {key_before}: rows must come sorted, each once")]
pub struct Disorder {
    /// The key of the row that came too late.
    pub key: u64,
    /// The row that came too late.
    pub row: u64,
    /// The key of the row before it.
    pub key_before: u64,
    /// The row before it.
    pub row_before: u64,
}

/// A bucket of so many documents that not all its pairs were formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HotBucket {
    /// Its key.
    pub key: u64,
    /// How many documents share it.
    pub documents: u64,
}

/// Forms the pairs that [`join_bands`](super::join_bands) forms, from rows `(key, document)` that come sorted. It holds no more than
/// `window` rows, however large a bucket is.
#[derive(Clone, Debug)]
pub struct BucketLinks {
    window: usize,
    last: Option<(u64, u64)>,
    first: u64,
    recent: VecDeque<u64>,
    documents: u64,
}

impl BucketLinks {
    /// Links each document with the first of its bucket and with at most `window` before it (see
    /// [`Config::hot_window`](crate::config::Config::hot_window)).
    #[must_use]
    pub fn new(window: usize) -> Self {
        Self { window: window.max(1), last: None, first: 0, recent: VecDeque::new(), documents: 0 }
    }

    /// Takes the next row and hands its pairs `(later, earlier)` to `link`. Returns the bucket that ended before it, if it was hot.
    ///
    /// # Errors
    /// [`Disorder`] when the row does not come after the one before it.
    pub fn push(&mut self, key: u64, row: u64, mut link: impl FnMut(u64, u64)) -> Result<Option<HotBucket>, Disorder> {
        let mut ended = None;
        match self.last {
            Some((key_before, row_before)) if (key_before, row_before) >= (key, row) => {
                return Err(Disorder { key, row, key_before, row_before });
            }
            Some((before, _)) if before == key => {
                if self.documents > self.window as u64 {
                    link(row, self.first);
                }
                self.recent.iter().for_each(|&earlier| link(row, earlier));
            }
            _ => {
                ended = self.end();
                self.first = row;
            }
        }
        self.last = Some((key, row));
        self.documents += 1;
        if self.recent.len() == self.window {
            self.recent.pop_front();
        }
        self.recent.push_back(row);
        Ok(ended)
    }

    /// Takes a row that was linked elsewhere: those after it are linked with it, and it with none. So a bucket can be parted: each part
    /// begins with the first row of the bucket and the last `window` of the rows before the part.
    ///
    /// # Errors
    /// [`Disorder`] when the row does not come after the one before it.
    pub fn know(&mut self, key: u64, row: u64) -> Result<(), Disorder> {
        self.push(key, row, |_, _| {}).map(|_| ())
    }

    /// Called once, after the last row: the last bucket, if it was hot.
    pub fn end(&mut self) -> Option<HotBucket> {
        self.recent.clear();
        let documents = std::mem::take(&mut self.documents);
        let (key, _) = self.last?;
        (documents > self.window as u64 + 1).then_some(HotBucket { key, documents })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BandColumns, join_bands};
    use super::*;

    fn links(rows: &[(u64, u64)], window: usize) -> (Vec<(u32, u32)>, Vec<HotBucket>) {
        let (mut pairs, mut hot) = (Vec::new(), Vec::new());
        let mut links = BucketLinks::new(window);
        for &(key, row) in rows {
            hot.extend(links.push(key, row, |later, earlier| pairs.push((later as u32, earlier as u32))).unwrap());
        }
        hot.extend(links.end());
        pairs.sort_unstable();
        pairs.dedup();
        (pairs, hot)
    }

    #[test]
    fn the_pairs_are_those_of_the_join_in_memory() {
        for (documents, keys, window) in [(60, 3, 2), (60, 3, 16), (60, 50, 4), (40, 1, 5), (17, 1, 16), (18, 1, 16), (2, 1, 1)] {
            let column: Vec<u32> = (0..documents).map(|d| (d * d + 7 * d / 3) % keys).collect();
            let mut rows: Vec<(u64, u64)> = column.iter().zip(0..).map(|(&k, d)| (u64::from(k), d)).collect();
            rows.sort_unstable();
            let mut columns = BandColumns::new(1, usize::MAX, None);
            columns.append(&column).unwrap();
            let order: Vec<u32> = (0..documents).collect();
            let expected = join_bands(&mut columns, &order, window, 1).unwrap();
            let (pairs, hot) = links(&rows, window);
            assert_eq!(pairs, expected.pairs);
            let told: Vec<(u64, u64)> = expected.hot.iter().map(|h| (u64::from(h.key), h.documents as u64)).collect();
            assert_eq!(hot.iter().map(|h| (h.key, h.documents)).collect::<Vec<_>>(), told);
        }
    }

    #[test]
    fn a_parted_bucket_has_the_same_links() {
        let rows: Vec<(u64, u64)> = (0..60).map(|row| (9, row * row)).collect();
        for (window, size) in [(4, 10), (4, 3), (16, 7), (1, 1), (5, 59)] {
            let mut pairs = Vec::new();
            for (part, own) in rows.chunks(size).enumerate() {
                let mut of_part = BucketLinks::new(window);
                let before = &rows[..part * size];
                let tail = &before[before.len().saturating_sub(window)..];
                for &(key, row) in before.iter().take(1).filter(|first| !tail.contains(first)).chain(tail) {
                    of_part.know(key, row).unwrap();
                }
                for &(key, row) in own {
                    of_part.push(key, row, |later, earlier| pairs.push((later as u32, earlier as u32))).unwrap();
                }
            }
            pairs.sort_unstable();
            assert_eq!(pairs, links(&rows, window).0);
        }
    }

    #[test]
    fn disorder_is_seen() {
        for (before, after) in [((5, 1), (4, 2)), ((5, 2), (5, 1)), ((5, 1), (5, 1))] {
            let mut links = BucketLinks::new(4);
            assert_eq!(links.push(before.0, before.1, |_, _| {}), Ok(None));
            assert!(links.push(after.0, after.1, |_, _| {}).is_err());
        }
    }
}
