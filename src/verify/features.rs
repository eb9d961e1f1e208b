//! What a pair shares, as numbers that rules and the probability are made from.

use super::align::{SentencePair, align, in_order};
use super::comparable::Comparable;
use super::tiling::{Tiling, tile};
use crate::keys::{Profile, jaccard};

/// What a pair shares. Shares are 0 to 1; "shorter" is the body with fewer words.
#[derive(Clone, Debug, Default)]
pub struct Features {
    /// Words of the two bodies.
    pub words: [usize; 2],
    /// Exact Jaccard similarity of the shingle sets.
    pub jaccard: f64,
    /// Share of each body's words in passages of the other.
    pub covered: [f64; 2],
    /// Share of each body's words in passages of eight words and more.
    pub long_runs: [f64; 2],
    /// In the sentences of each body that have a close partner: share of the words in passages.
    pub aligned_copied: [f64; 2],
    /// The same for passages of eight words and more.
    pub aligned_long: [f64; 2],
    /// Share of each body's content by weight that is in the other.
    pub content_of: [f64; 2],
    /// Words in passages outside quotation marks.
    pub prose_words: usize,
    /// The longest run outside quotation marks, in words.
    pub longest_prose: usize,
    /// Words of copied blocks outside quotation marks: runs of at least eight words that follow on each other in both texts with
    /// small gaps, 30 words and more together.
    pub copied_blocks: usize,
    /// Words in runs of at least four inside quotation marks of both.
    pub quote_words: usize,
    /// The longest run inside quotation marks of both, in words.
    pub quoted_run: usize,
    /// Distinct numbers of the shorter body that the other has too, weighted: small ones count less.
    pub numbers_shared: f64,
    /// Weight of all distinct numbers of the shorter body.
    pub numbers_total: f64,
    /// Distinct names of the body with fewer of them.
    pub names: usize,
    /// Share of these names that the other has too.
    pub names_shared: f64,
    /// Cosine of the two texts as wholes, by [`TermVector`](crate::keys::TermVector).
    pub whole: f64,
    /// Cosine of title and lead.
    pub lead: f64,
    /// The same two with words weighed by the collection and news at large together.
    pub in_news: [f64; 2],
    /// Share of the shorter body's content by weight that is in the other.
    pub content: f64,
    /// Mutually best sentence pairs.
    pub sentences: Vec<SentencePair>,
    /// Sentences of the body with fewer of them.
    pub sentences_fewer: usize,
    /// Sentence pairs outside quotations that agree on specifics, in the same order: the longest such run.
    pub ordered: usize,
    /// Sentence pairs outside quotations that agree on specifics, have no conflict and are not mostly copied.
    pub agreeing_in_own_words: usize,
    /// Numbers that agree and that conflict in sentence pairs.
    pub agreements: usize,
    /// See `agreements`.
    pub conflicts: usize,
    /// Passages.
    pub tiling: Tiling,
}

/// Lowest cosine of a sentence pair. Sentences in wholly other words that share a figure or a name with one more
/// word lie between this and 0.25; what keeps chance out is that they must stand in the same order.
const SENTENCE_FLOOR: f64 = 0.14;

impl Features {
    /// Compares two bodies, each with what was made ready of it.
    #[must_use]
    pub fn new((a, ready_a): (&Profile, &Comparable), (b, ready_b): (&Profile, &Comparable)) -> Self {
        let (shorter, longer) = if a.tokens.len() <= b.tokens.len() { (ready_a, ready_b) } else { (ready_b, ready_a) };
        let mut f = Self {
            words: [a.tokens.len(), b.tokens.len()],
            jaccard: jaccard(&a.shingles, &b.shingles),
            tiling: tile((&a.tokens, &ready_a.runs), (&b.tokens, &ready_b.runs)),
            sentences: align(ready_a, ready_b, SENTENCE_FLOOR),
            sentences_fewer: a.sentences.len().min(b.sentences.len()),
            ..Self::default()
        };
        f.count_tiles(a, b);
        let telling: Vec<SentencePair> = f.sentences.iter().copied().filter(SentencePair::is_telling).collect();
        f.ordered = in_order(&telling);
        f.agreeing_in_own_words = f.in_own_words(a);
        f.agreements = f.sentences.iter().map(|s| s.numbers).sum();
        f.conflicts = f.sentences.iter().map(|s| s.conflicts).sum();
        (f.numbers_shared, f.numbers_total) = numbers(shorter, longer);
        (f.names_shared, f.names) = names(ready_a, ready_b);
        f.content_of = content(ready_a, ready_b);
        f.content = f.content_of[usize::from(b.tokens.len() < a.tokens.len())];
        f.count_aligned(a, b);
        f
    }

    fn in_own_words(&self, a: &Profile) -> usize {
        let mut copied = vec![false; a.tokens.len()];
        for t in &self.tiling.tiles {
            copied[t.a..t.a + t.length].fill(true);
        }
        let agree = self.sentences.iter().filter(|s| s.prose && s.conflicts == 0 && s.numbers + s.names + s.content >= 4);
        agree
            .filter(|s| {
                let range = a.sentences[s.a].clone();
                copied[range.clone()].iter().filter(|c| **c).count() * 2 < range.len()
            })
            .count()
    }

    fn count_aligned(&mut self, a: &Profile, b: &Profile) {
        const LONG: usize = 8;
        const CLOSE: f64 = 0.3;
        if self.tiling.tiles.is_empty() {
            return;
        }
        for (side, p) in [a, b].into_iter().enumerate() {
            let mut run = vec![0; p.tokens.len()];
            for t in &self.tiling.tiles {
                let from = if side == 0 { t.a } else { t.b };
                run[from..from + t.length].fill(t.length);
            }
            let share = |hits: usize, of: usize| if of == 0 { 0.0 } else { hits as f64 / of as f64 };
            self.long_runs[side] = share(run.iter().filter(|r| **r >= LONG).count(), run.len());
            let close = self.sentences.iter().filter(|s| s.cosine >= CLOSE);
            let aligned = close.flat_map(|s| p.sentences[if side == 0 { s.a } else { s.b }].clone());
            let (mut words, mut copied, mut long) = (0, 0, 0);
            for at in aligned {
                words += 1;
                copied += usize::from(run[at] > 0);
                long += usize::from(run[at] >= LONG);
            }
            (self.aligned_copied[side], self.aligned_long[side]) = (share(copied, words), share(long, words));
        }
    }

    fn count_tiles(&mut self, a: &Profile, b: &Profile) {
        let mut covered = 0;
        for t in &self.tiling.tiles {
            let (run_a, run_b) = (&a.tokens[t.a..t.a + t.length], &b.tokens[t.b..t.b + t.length]);
            // Short runs of function words and names are everybody's.
            let informative = t.length >= 6 || run_a.iter().any(|t| t.is_content() || t.number);
            covered += if informative { t.length } else { 0 };
            let mut prose = 0;
            let mut quoted = 0;
            for (x, y) in run_a.iter().zip(run_b) {
                if x.quoted && y.quoted {
                    quoted += 1;
                    self.quoted_run = self.quoted_run.max(quoted);
                    prose = 0;
                } else if !x.quoted && !y.quoted {
                    prose += 1;
                    self.prose_words += usize::from(informative);
                    if run_a.iter().filter(|t| t.is_content()).count() >= 2 {
                        self.longest_prose = self.longest_prose.max(prose);
                    }
                }
            }
            self.quote_words += if quoted >= 4 { quoted } else { 0 };
        }
        self.copied_blocks = copied_blocks(&self.tiling, a);
        for (share, p) in self.covered.iter_mut().zip([a, b]) {
            *share = if p.tokens.is_empty() { 0.0 } else { covered as f64 / p.tokens.len() as f64 };
        }
    }

    /// Share of the sentences of the body with fewer of them that agree with others in order.
    #[must_use]
    pub fn ordered_share(&self) -> f64 {
        if self.sentences_fewer == 0 { 0.0 } else { self.ordered as f64 / self.sentences_fewer as f64 }
    }

    /// Share of the shorter body's number weight that the other has.
    #[must_use]
    pub fn number_share(&self) -> f64 {
        if self.numbers_total > 0.0 { self.numbers_shared / self.numbers_total } else { 0.0 }
    }

    /// Whether names and figures are so nearly the same that a day which differs must be a wrong stamp: another occasion of the same kind
    /// has figures of its own.
    #[must_use]
    pub fn one_occasion(&self) -> bool {
        let figures = self.number_share() >= 0.75 && self.numbers_shared >= 8.0;
        figures && self.names_shared >= 0.75 && self.agreements >= 6 && self.agreements >= 4 * self.conflicts
    }

    /// Whether names and figures agree well enough for one event that two pages told late: `on Saturday` on a page of the next week
    /// reads as the next Saturday. What happens every week has figures of its own each time.
    #[must_use]
    pub fn one_occasion_in_weeks(&self) -> bool {
        let figures = self.number_share() >= 0.6 && self.agreements >= 3 && self.agreements >= 3 * self.conflicts;
        figures && self.names >= 3 && self.names_shared >= 0.6
    }

    /// Share of the sentences of the body with fewer of them that have a partner.
    #[must_use]
    pub fn sentence_share(&self) -> f64 {
        if self.sentences_fewer == 0 { 0.0 } else { self.sentences.len() as f64 / self.sentences_fewer as f64 }
    }
}

/// See [`Features::copied_blocks`].
fn copied_blocks(tiling: &Tiling, a: &Profile) -> usize {
    const RUN: usize = 8;
    const GAP: usize = 4;
    const BLOCK: usize = 30;
    let (mut all, mut words, mut end) = (0, 0, (0, 0));
    for t in tiling.tiles.iter().filter(|t| t.length >= RUN) {
        let prose = a.tokens[t.a..t.a + t.length].iter().filter(|t| !t.quoted).count();
        let follows = t.a >= end.0 && t.b >= end.1 && t.a - end.0 <= GAP && t.b - end.1 <= GAP;
        if !follows {
            all += if words >= BLOCK { words } else { 0 };
            words = 0;
        }
        words += prose;
        end = (t.a + t.length, t.b + t.length);
    }
    all + if words >= BLOCK { words } else { 0 }
}

fn numbers(shorter: &Comparable, longer: &Comparable) -> (f64, f64) {
    let small = ["1", "2", "3", "4", "5", "10"].map(|d| xxhash_rust::xxh3::xxh3_64(d.as_bytes()));
    shorter.numbers.iter().fold((0.0, 0.0), |(shared, total), n| {
        let w = if small.contains(n) { 0.3 } else { 1.0 };
        (shared + if longer.numbers.binary_search(n).is_ok() { w } else { 0.0 }, total + w)
    })
}

fn names(a: &Comparable, b: &Comparable) -> (f64, usize) {
    let (fewer, more) = if a.names.len() <= b.names.len() { (&a.names, &b.names) } else { (&b.names, &a.names) };
    let shared = fewer.iter().filter(|n| more.binary_search(n).is_ok()).count();
    (if fewer.is_empty() { 0.0 } else { shared as f64 / fewer.len() as f64 }, fewer.len())
}

/// See [`Features::content_of`].
fn content(a: &Comparable, b: &Comparable) -> [f64; 2] {
    let (mut i, mut j, mut shared) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.content.get(i), b.content.get(j)) {
        shared += if x.0 == y.0 { x.1 } else { 0.0 };
        i += usize::from(x.0 <= y.0);
        j += usize::from(y.0 <= x.0);
    }
    [a, b].map(|of| if of.content_total > 0.0 { shared / of.content_total } else { 0.0 })
}
