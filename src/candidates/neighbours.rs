//! Which documents are about the same: neighbours by the weightiest terms, for event clusters.

use crate::keys::TermVector;
use rayon::prelude::*;

/// Weightiest terms under which a document is looked up.
const TERMS: usize = 16;
/// Terms in more documents than this, or this share of them, say nothing.
const MAX_DOCUMENTS: usize = 64;
const MAX_SHARE: f64 = 0.05;
/// Documents that share most of these terms by weight, compared as wholes.
const COMPARED: usize = 96;
/// Neighbours kept for each document.
const KEPT: usize = 32;

/// For each document the pairs with its nearest neighbours whose cosine is at least `floor`: sorted, `a < b`, each once.
#[must_use]
pub fn term_neighbours(vectors: &[&TermVector], floor: f64) -> Vec<(u32, u32, f64)> {
    let heaviest = |v: &&TermVector| {
        let mut terms: Vec<(u64, f32)> = v.terms().iter().map(|t| (t.stem, t.weight)).collect();
        terms.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        terms.truncate(TERMS);
        terms
    };
    let kept: Vec<Vec<(u64, f32)>> = vectors.par_iter().map(heaviest).collect();
    let mut rows: Vec<(u64, u32)> = (0_u32..).zip(&kept).flat_map(|(i, terms)| terms.iter().map(move |t| (t.0, i))).collect();
    rows.par_sort_unstable();
    let limit = MAX_DOCUMENTS.max((MAX_SHARE * vectors.len() as f64) as usize);
    let near = |(shared, met): &mut (Vec<f32>, Vec<u32>), i: u32| {
        for &(term, weight) in &kept[i as usize] {
            let from = rows.partition_point(|r| r.0 < term);
            let bucket = rows[from..].iter().take(limit + 1).take_while(|r| r.0 == term).count();
            if bucket > limit {
                continue;
            }
            for &(_, j) in &rows[from..from + bucket] {
                let sum = &mut shared[j as usize];
                if *sum <= 0.0 && j != i {
                    met.push(j);
                }
                *sum += weight;
            }
        }
        let mut likely: Vec<(u32, f32)> = met.iter().map(|&j| (j, shared[j as usize])).collect();
        met.drain(..).chain([i]).for_each(|j| shared[j as usize] = 0.0);
        let heavier = |x: &(u32, f32), y: &(u32, f32)| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0));
        if likely.len() > COMPARED {
            likely.select_nth_unstable_by(COMPARED, heavier);
            likely.truncate(COMPARED);
        }
        let mut best: Vec<(u32, f64)> = likely.iter().map(|&(j, _)| (j, vectors[i as usize].cosine(vectors[j as usize]))).collect();
        best.retain(|b| b.1 >= floor);
        best.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        best.truncate(KEPT);
        best.into_iter().map(move |(j, cosine)| (i.min(j), i.max(j), cosine))
    };
    let buffers = || (vec![0.0_f32; vectors.len()], Vec::new());
    let found = (0..vectors.len() as u32).into_par_iter().map_init(buffers, |b, i| near(b, i).collect::<Vec<_>>());
    let mut pairs: Vec<(u32, u32, f64)> = found.flatten_iter().collect();
    pairs.sort_unstable_by_key(|p| (p.0, p.1));
    pairs.dedup_by_key(|p| (p.0, p.1));
    pairs
}
