//! Sentences of two bodies side by side: which says what the other says.

use super::comparable::Comparable;
use crate::keys::Token;

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
pub(super) const MAX_SENTENCES: usize = 1_000;

/// The distinct words of a sentence besides function words, sorted by stem; of equal ones the first outside quotation marks.
pub(super) fn vector(tokens: &[Token]) -> Vec<Token> {
    let mut v: Vec<Token> = tokens.iter().filter(|t| !t.stop).copied().collect();
    v.sort_by_key(|t| (t.stem, t.quoted));
    v.dedup_by_key(|t| t.stem);
    v
}

/// A word of a sentence, as [`vector`] gives it.
#[derive(Clone, Copy, Debug)]
pub(super) struct SentenceWord {
    stem: u64,
    number: bool,
    name: bool,
    quoted: bool,
}

impl From<&Token> for SentenceWord {
    fn from(t: &Token) -> Self {
        Self { stem: t.stem, number: t.number, name: t.name, quoted: t.quoted }
    }
}

/// Mutually best sentence pairs of two documents, each made ready, whose cosine of weighted words (rare words and numbers
/// count more) is at least `floor`, in the order of `a`.
#[must_use]
pub fn align(a: &Comparable, b: &Comparable, floor: f64) -> Vec<SentencePair> {
    let (na, nb) = (&a.norms, &b.norms);
    let dots = dots(a, b);
    let mut best_a = vec![(0.0, usize::MAX); na.len()];
    let mut best_b = vec![(0.0, usize::MAX); nb.len()];
    for (i, row) in dots.chunks_exact(nb.len().max(1)).enumerate() {
        for (j, dot) in row.iter().enumerate().filter(|d| *d.1 > 0.0) {
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
            out.push(compare(i, j, cosine, a.sentence(i), b.sentence(j)));
        }
    }
    out
}

/// Dot product of each sentence of `a` with each of `b`, row by row.
fn dots(a: &Comparable, b: &Comparable) -> Vec<f64> {
    let width = b.norms.len();
    let mut out = vec![0.0; a.norms.len() * width];
    let (mut x, mut y) = (&a.in_sentences[..], &b.in_sentences[..]);
    while let (Some(first), Some(other)) = (x.first(), y.first()) {
        match first.0.cmp(&other.0) {
            std::cmp::Ordering::Less => x = &x[1..],
            std::cmp::Ordering::Greater => y = &y[1..],
            std::cmp::Ordering::Equal => {
                let same = |words: &[(u64, u32, f64)]| words.iter().take_while(|w| w.0 == first.0).count();
                let (own, others);
                (own, x) = x.split_at(same(x));
                (others, y) = y.split_at(same(y));
                for &(_, i, w) in own {
                    for &(_, j, v) in others {
                        out[i as usize * width + j as usize] += w * v;
                    }
                }
            }
        }
    }
    out
}

fn compare(a: usize, b: usize, cosine: f64, va: &[SentenceWord], vb: &[SentenceWord]) -> SentencePair {
    let mut pair = SentencePair { a, b, cosine, numbers: 0, names: 0, content: 0, conflicts: 0, prose: false };
    let mut plain = 0;
    for x in va {
        if let Ok(at) = vb.binary_search_by_key(&x.stem, |y| y.stem) {
            match x {
                t if t.number => pair.numbers += 1,
                t if t.name => pair.names += 1,
                _ => pair.content += 1,
            }
            plain += usize::from(!x.quoted && !vb[at].quoted);
        }
    }
    let left = |v: &[SentenceWord]| v.iter().filter(|t| t.number).count().saturating_sub(pair.numbers);
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
