//! Cosines of many documents with many: by term, not by pair.

use super::TermVector;

/// Which of some documents have a term, and with what weight.
#[derive(Clone, Debug)]
pub struct TermIndex {
    /// Place and weight of each document that has a term; those of one term follow on each other, by place.
    postings: Vec<(u32, f32)>,
    /// For each document its terms in the order of their hashes: weight, and the range of `postings` of the term.
    terms: Vec<(f32, u32, u32)>,
    /// Where the terms of each document end.
    ends: Vec<u32>,
}

impl TermIndex {
    /// Sorts the terms of `vectors`, whose places are those in the slice.
    #[must_use]
    pub fn new(vectors: &[&TermVector]) -> Self {
        let all = (0_u32..).zip(vectors).flat_map(|(place, v)| v.terms().iter().map(move |t| (t.stem, place, t.weight)));
        let mut rows: Vec<(u64, u32, f32)> = all.collect();
        rows.sort_unstable_by_key(|r| (r.0, r.1));
        let mut ends = Vec::with_capacity(vectors.len());
        let mut total = 0;
        for v in vectors {
            total += v.terms().len() as u32;
            ends.push(total);
        }
        let mut next: Vec<u32> = std::iter::once(0).chain(ends.iter().copied()).collect();
        let mut terms = vec![(0.0, 0, 0); rows.len()];
        let mut from = 0;
        for bucket in rows.chunk_by(|x, y| x.0 == y.0) {
            let to = from + bucket.len() as u32;
            for &(_, place, weight) in bucket {
                let at = &mut next[place as usize];
                terms[*at as usize] = (weight, from, to);
                *at += 1;
            }
            from = to;
        }
        Self { postings: rows.into_iter().map(|r| (r.1, r.2)).collect(), terms, ends }
    }

    /// Writes the cosines of the document at `place` with all before it to `cosines`, which holds as many: the same to the
    /// last bit as [`TermVector::cosine`] gives.
    pub fn with_those_before(&self, place: usize, cosines: &mut [f32]) {
        cosines.fill(0.0);
        let from = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        for &(weight, first, end) in &self.terms[from as usize..self.ends[place] as usize] {
            for &(other, other_weight) in &self.postings[first as usize..end as usize] {
                // Postings are in order: what is no place before this one comes last.
                let Some(sum) = cosines.get_mut(other as usize) else { break };
                *sum += weight * other_weight;
            }
        }
    }
}
