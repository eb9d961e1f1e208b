//! Sentences of two bodies side by side: which says what the other says.

use crate::keys::{Profile, Statistics, Token};
use std::collections::HashMap;

/// Two sentences that agree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SentencePair {
    /// Index of a sentence of one text.
    pub a: usize,
    /// Index of a sentence of the other.
    pub b: usize,
    /// Weighted cosine, 0 to 1.
    pub cosine: f64,
    /// Distinct numbers in both.
    pub numbers: usize,
    /// Distinct names in both.
    pub names: usize,
    /// Distinct content words in both.
    pub content: usize,
    /// Numbers that stand on both sides with different values: the smaller count of left-overs.
    pub conflicts: usize,
    /// Whether the pair shares words outside quotation marks: at least three distinct ones that are no function words.
    pub prose: bool,
}

impl SentencePair {
    /// Whether the two agree on specifics in the reporters' own prose: a figure, a name with a content word, or
    /// three content words, and enough of these together.
    #[must_use]
    pub fn is_telling(&self) -> bool {
        let specific = self.numbers >= 1 || self.names >= 1 && self.content >= 1 || self.content >= 3;
        self.prose && specific && self.numbers * 2 + self.names + self.content >= 3
    }
}

/// Sentences looked at in each text.
const MAX_SENTENCES: usize = 1_000;

/// Weight of a word in a sentence: rare words, numbers and names count more.
fn weight(token: &Token, statistics: &Statistics) -> f64 {
    if token.stop {
        return 0.0;
    }
    let idf = statistics.idf(token.stem);
    if token.number { idf * 1.5 } else { idf }
}

/// A sentence as distinct stems with weights, sorted by stem.
fn vector(tokens: &[Token], statistics: &Statistics) -> Vec<(u64, f64, Token)> {
    let mut v: Vec<_> = tokens.iter().filter(|t| !t.stop).map(|t| (t.stem, weight(t, statistics), *t)).collect();
    v.sort_by_key(|x| (x.0, x.2.quoted));
    v.dedup_by_key(|x| x.0);
    v
}

/// Mutually best sentence pairs with cosine of at least `floor`, in the order of `a`.
#[must_use]
pub fn align(a: &Profile, b: &Profile, statistics: &Statistics, floor: f64) -> Vec<SentencePair> {
    let vectors = |p: &Profile| -> Vec<Vec<(u64, f64, Token)>> {
        p.sentences.iter().take(MAX_SENTENCES).map(|r| vector(&p.tokens[r.clone()], statistics)).collect()
    };
    let (va, vb) = (vectors(a), vectors(b));
    let norm = |v: &[(u64, f64, Token)]| v.iter().map(|x| x.1 * x.1).sum::<f64>().sqrt().max(1e-9);
    let (na, nb): (Vec<f64>, Vec<f64>) = (va.iter().map(|v| norm(v)).collect(), vb.iter().map(|v| norm(v)).collect());
    let mut postings: HashMap<u64, Vec<(u32, f64)>> = HashMap::new();
    for (j, v) in vb.iter().enumerate() {
        for x in v {
            postings.entry(x.0).or_default().push((j as u32, x.1));
        }
    }
    let mut best_a = vec![(0.0, usize::MAX); va.len()];
    let mut best_b = vec![(0.0, usize::MAX); vb.len()];
    let mut dots = vec![0.0; vb.len()];
    for (i, v) in va.iter().enumerate() {
        dots.fill(0.0);
        for x in v {
            for &(j, w) in postings.get(&x.0).map_or(&[][..], Vec::as_slice) {
                dots[j as usize] += x.1 * w;
            }
        }
        for (j, dot) in dots.iter().enumerate() {
            let cosine = dot / (na[i] * nb[j]);
            if cosine > best_a[i].0 {
                best_a[i] = (cosine, j);
            }
            if cosine > best_b[j].0 {
                best_b[j] = (cosine, i);
            }
        }
    }
    let mut out = Vec::new();
    for (i, &(cosine, j)) in best_a.iter().enumerate() {
        if cosine >= floor && j != usize::MAX && best_b[j].1 == i {
            out.push(compare(i, j, cosine, &va[i], &vb[j]));
        }
    }
    out
}

fn compare(a: usize, b: usize, cosine: f64, va: &[(u64, f64, Token)], vb: &[(u64, f64, Token)]) -> SentencePair {
    let mut pair = SentencePair { a, b, cosine, numbers: 0, names: 0, content: 0, conflicts: 0, prose: false };
    let mut plain = 0;
    for x in va {
        if let Ok(at) = vb.binary_search_by_key(&x.0, |y| y.0) {
            match x.2 {
                t if t.number => pair.numbers += 1,
                t if t.name => pair.names += 1,
                _ => pair.content += 1,
            }
            plain += usize::from(!x.2.quoted && !vb[at].2.quoted);
        }
    }
    let left = |v: &[(u64, f64, Token)]| v.iter().filter(|x| x.2.number).count().saturating_sub(pair.numbers);
    pair.conflicts = left(va).min(left(vb));
    pair.prose = plain >= 3;
    pair
}

/// Length of the longest run of pairs whose `b` rises with `a`: how much of the order is the same.
#[must_use]
pub fn in_order(pairs: &[SentencePair]) -> usize {
    let mut tails: Vec<usize> = Vec::new();
    for pair in pairs {
        let at = tails.partition_point(|&t| t < pair.b);
        if at == tails.len() {
            tails.push(pair.b);
        } else {
            tails[at] = pair.b;
        }
    }
    tails.len()
}
