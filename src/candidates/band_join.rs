//! The join of the corpus run: columns of band keys to candidate pairs, one band at a time.

use super::columns::Columns;
use super::pair_set::PairSet;
use super::spill::Spill;
use rayon::prelude::*;
use serde::Serialize;

/// One column of 32-bit keys for each band; row `i` of each is document `i`.
///
/// They lie in memory up to a bound, then in a [`Spill`]; what is found is the same.
pub struct BandColumns {
    columns: Columns,
}

impl BandColumns {
    /// Columns for `bands` bands that take at most about `bound` bytes of memory when there is a `spill`.
    #[must_use]
    pub fn new(bands: usize, bound: usize, spill: Option<Box<dyn Spill>>) -> Self {
        Self { columns: Columns::new(bands, bound, spill) }
    }

    /// Appends documents: `rows` holds the keys of one document after the other.
    ///
    /// # Errors
    /// When the spill cannot be written.
    pub fn append(&mut self, rows: &[u32]) -> std::io::Result<()> {
        let bands = self.columns.memory.len();
        for (band, column) in self.columns.memory.iter_mut().enumerate() {
            column.extend(rows.chunks_exact(bands).map(|row| row[band]));
        }
        self.columns.settle(rows.len())
    }

    /// Columns that an earlier run left whole in `spill`.
    #[must_use]
    pub fn resumed(bands: usize, spill: Box<dyn Spill>) -> Self {
        Self { columns: Columns::resumed(bands, spill) }
    }

    /// Sends all rows to the spill, if there is one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn flush(&mut self) -> std::io::Result<()> {
        self.columns.flush()
    }

    /// Whether some rows went to the spill.
    #[must_use]
    pub const fn spilled(&self) -> bool {
        self.columns.spilled()
    }

    /// Takes away the rows in the spill, if there is one.
    pub fn discard(self) {
        self.columns.discard();
    }
}

/// A bucket so large that not all its pairs were formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct HotBand {
    /// The band.
    pub band: usize,
    /// The key.
    pub key: u32,
    /// How many documents share it.
    pub documents: usize,
}

/// What [`join_bands`] found.
#[derive(Clone, Debug, Default)]
pub struct Joined {
    /// Pairs of ranks `(later, earlier)`, each once, sorted.
    pub pairs: Vec<(u32, u32)>,
    /// Buckets that were linked to their first document and to neighbours only.
    pub hot: Vec<HotBand>,
    /// Pairs that were taken out, since a glance shows that they cannot be near.
    pub unlikely: u64,
}

/// Pairs that share a key in some band, among the documents that `order` lists. Pairs are of places in `order`, so
/// that the documents first in it are those that the others of a hot bucket are linked to.
///
/// In a bucket of more than `window + 1` documents each is linked to the first and to the `window` before it: linear,
/// and the bucket stays connected.
///
/// # Errors
/// When the spill cannot be read.
pub fn join_bands(columns: &mut BandColumns, order: &[u32], window: usize, together: usize) -> std::io::Result<Joined> {
    let bands = columns.columns.memory.len();
    let rows = order.iter().max().map_or(0, |&last| last as usize + 1);
    let mut pairs = PairSet::default();
    let mut hot = Vec::new();
    let mut band = 0;
    while band < bands {
        let group: Vec<(usize, Vec<u32>)> =
            (band..bands.min(band + together.max(1))).map(|b| Ok((b, columns.columns.take(b)?))).collect::<std::io::Result<_>>()?;
        if group.iter().any(|(_, column)| column.len() < rows) {
            return Err(std::io::Error::new(std::io::ErrorKind::UnexpectedEof, "a key column is shorter than the documents are many"));
        }
        band += group.len();
        let found: Vec<(Vec<u64>, Vec<HotBand>)> = group.into_par_iter().map(|(b, column)| join_band(b, &column, order, window)).collect();
        for (links, hot_here) in found {
            for link in links {
                pairs.insert(link);
            }
            hot.extend(hot_here);
        }
    }
    let mut sorted = pairs.into_values();
    sorted.par_sort_unstable();
    Ok(Joined { pairs: sorted.into_iter().map(|p| ((p >> 32) as u32, p as u32)).collect(), hot, unlikely: 0 })
}

fn join_band(band: usize, column: &[u32], order: &[u32], window: usize) -> (Vec<u64>, Vec<HotBand>) {
    let mut rows: Vec<u64> =
        order.iter().zip(0_u64..).filter_map(|(&document, rank)| Some(u64::from(*column.get(document as usize)?) << 32 | rank)).collect();
    sort_by_key(&mut rows);
    let (mut links, mut hot) = (Vec::new(), Vec::new());
    for bucket in rows.chunk_by(|x, y| x >> 32 == y >> 32) {
        if bucket.len() < 2 {
            continue;
        }
        if bucket.len() > window + 1 {
            hot.push(HotBand { band, key: (bucket[0] >> 32) as u32, documents: bucket.len() });
        }
        let rank = |row: u64| row & 0xFFFF_FFFF;
        for (i, &later) in bucket.iter().enumerate().skip(1) {
            let from = i.saturating_sub(window);
            if from > 0 {
                links.push(rank(later) << 32 | rank(bucket[0]));
            }
            links.extend(bucket[from..i].iter().map(|&earlier| rank(later) << 32 | rank(earlier)));
        }
    }
    (links, hot)
}

/// Sorts rows by their upper half, stably: three passes of counting (least significant digit first).
pub(super) fn sort_by_key(rows: &mut Vec<u64>) {
    const DIGITS: [(u32, u32); 3] = [(32, 11), (43, 11), (54, 10)];
    if rows.len() < 1 << 10 {
        return rows.sort_unstable();
    }
    let mut counts = [const { [0_u32; 1 << 11] }; 3];
    for &row in rows.iter() {
        for (count, (shift, bits)) in counts.iter_mut().zip(DIGITS) {
            count[(row >> shift) as usize & ((1 << bits) - 1)] += 1;
        }
    }
    let mut other = vec![0; rows.len()];
    for (count, (shift, bits)) in counts.iter_mut().zip(DIGITS) {
        let mut at = 0;
        for n in count.iter_mut() {
            at += std::mem::replace(n, at);
        }
        for &row in rows.iter() {
            let next = &mut count[(row >> shift) as usize & ((1 << bits) - 1)];
            other[*next as usize] = row;
            *next += 1;
        }
        std::mem::swap(rows, &mut other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorting_by_counting_equals_sorting() {
        let mut rows: Vec<u64> = (0..5000_u64).map(|i| (i.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) << 32 | i).collect();
        let mut expected = rows.clone();
        expected.sort_unstable();
        sort_by_key(&mut rows);
        assert_eq!(rows, expected);
    }

    #[test]
    fn buckets_give_pairs_and_hot_ones_stay_connected() {
        let mut columns = BandColumns::new(2, usize::MAX, None);
        columns.append(&[1, 7, 2, 7, 1, 8, 3, 7]).unwrap();
        let found = join_bands(&mut columns, &[0, 1, 2, 3], 16, 2).unwrap();
        assert_eq!(found.pairs, [(1, 0), (2, 0), (3, 0), (3, 1)]);
        let mut columns = BandColumns::new(1, usize::MAX, None);
        columns.append(&[5; 10]).unwrap();
        let found = join_bands(&mut columns, &[9, 8, 7, 6, 5, 4, 3, 2, 1, 0], 2, 1).unwrap();
        assert_eq!(found.hot, [HotBand { band: 0, key: 5, documents: 10 }]);
        assert_eq!(found.pairs.len(), 1 + 2 + 7 * 3);
    }
}
