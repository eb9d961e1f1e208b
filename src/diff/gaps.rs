//! What differs between two sentences that say the same, word by word.

use super::align::Alignment;
use super::renderings::same_sense;
use super::view::View;
use crate::document::Span;
use std::ops::Range;

/// Score of a link between sentences that are read word by word.
const CLOSE: f64 = 0.5;
/// Words that a beginning and an end that two sentences share have at least, and how many of them carry content.
const FRAME: usize = 4;
const FRAME_CONTENT: usize = 2;
/// Words of the one place between them.
const FRAMED: usize = 5;
/// Sentences of each text that are left over and compared with each other.
const MAX_LEFT: usize = 300;
/// Words of a place that may hold one phrase for another of the same meaning.
const PHRASE: usize = 6;
/// Words of a sentence that are read; the rest of a longer one counts as different.
const MAX_WORDS: usize = 200;
/// Pairs of sentences that are read.
const MAX_PAIRS: usize = 2_000;

/// Stop words that may stand between two gaps that are one.
const ISLAND: usize = 2;

/// Weight of a common content word, of a common stop word, and of a common neighbour.
const CONTENT: u32 = 8;
const STOP: u32 = 2;
const NEIGHBOUR: u32 = 1;

/// Words between two common ones, on either side: ranges of [`crate::extract::Article::words`]. One of the two may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    pub(super) base: Range<usize>,
    pub(super) variant: Range<usize>,
}

/// Two sentences that say the same with what differs between them, in order.
#[derive(Debug)]
pub(super) struct Compared {
    pub(super) base: usize,
    pub(super) variant: usize,
    pub(super) gaps: Vec<Gap>,
}

/// The pairs of sentences that are each other's best, in the order of the base.
#[derive(Debug, Default)]
pub(super) struct Gaps {
    pub(super) pairs: Vec<Compared>,
}

impl Gaps {
    /// Whether the sentence of the base was read word by word.
    pub(super) fn reads_base(&self, sentence: usize) -> bool {
        self.pairs.binary_search_by_key(&sentence, |p| p.base).is_ok()
    }

    /// Whether the sentence of the variant was read word by word.
    pub(super) fn reads_variant(&self, sentence: usize) -> bool {
        self.pairs.iter().any(|p| p.variant == sentence)
    }

    /// The gap that holds both words, given by their places in the two texts, if one does.
    pub(super) fn holding(&self, (base, at): (usize, usize), (variant, other): (usize, usize)) -> Option<&Gap> {
        let near = self.pairs.binary_search_by_key(&base, |p| p.base).ok()?;
        let pair = self.pairs.get(near).filter(|p| p.variant == variant)?;
        pair.gaps.iter().find(|g| g.base.contains(&at) && g.variant.contains(&other))
    }
}

/// Reads the sentences that are each other's best word by word, and those that are the same but for one place.
pub(super) fn gaps(base: &View<'_>, variant: &View<'_>, alignment: &Alignment) -> Gaps {
    let mut taken = vec![false; variant.sentences()];
    let twin = |b: usize, v: usize| framed(base, base.words_in(b), variant, variant.words_in(v));
    let mut found: Vec<(usize, usize)> = Vec::new();
    for sentence in 0..base.sentences() {
        let Some(link) = alignment.of_base(sentence).first().filter(|l| l.score >= CLOSE) else { continue };
        let back = alignment.of_variant(link.variant);
        let other = || !twin(sentence, link.variant) && (0..base.sentences()).any(|b| b != sentence && twin(b, link.variant));
        if back.first().is_some_and(|back| back.base == sentence) && !other() {
            taken[link.variant] = true;
            found.push((sentence, link.variant));
        }
    }
    // a rare figure or name weighs more than all other words of a short sentence: another one in its place hides the likeness
    for sentence in 0..base.sentences() {
        if found.binary_search_by_key(&sentence, |p| p.0).is_ok() {
            continue;
        }
        let mut links = alignment.of_base(sentence).iter().map(|l| l.variant);
        if let Some(other) = links.find(|&v| !taken[v] && twin(sentence, v)) {
            taken[other] = true;
            let at = found.partition_point(|p| p.0 < sentence);
            found.insert(at, (sentence, other));
        }
    }
    found.extend(twins(base, variant, &found, &taken));
    found.sort_unstable();
    Gaps { pairs: found.into_iter().take(MAX_PAIRS).map(|(b, v)| compared(base, b, variant, v)).collect() }
}

/// Two sentences read word by word.
pub(super) fn compared(base: &View<'_>, b: usize, variant: &View<'_>, v: usize) -> Compared {
    let mut gaps = between(base, base.words_in(b), variant, variant.words_in(v));
    let norms = |view: &View<'_>, run: &Range<usize>| run.clone().map(|at| view.norm(at).to_owned()).collect::<Vec<_>>();
    let phrase = |g: &Gap| g.base.len().max(g.variant.len()) <= PHRASE && !g.base.is_empty() && !g.variant.is_empty();
    gaps.retain(|g| !(phrase(g) && same_sense(&norms(base, &g.base), &norms(variant, &g.variant))));
    Compared { base: b, variant: v, gaps }
}

/// The sentences left over that are the same but for one place, where only one of either text can be meant.
fn twins(base: &View<'_>, variant: &View<'_>, found: &[(usize, usize)], taken: &[bool]) -> Vec<(usize, usize)> {
    let left: Vec<usize> = (0..base.sentences()).filter(|s| found.binary_search_by_key(s, |p| p.0).is_err()).take(MAX_LEFT).collect();
    let right: Vec<usize> = (0..variant.sentences()).filter(|&s| !taken[s]).take(MAX_LEFT).collect();
    let mut pairs = Vec::new();
    for &b in &left {
        let same = right.iter().filter(|&&v| framed(base, base.words_in(b), variant, variant.words_in(v)));
        pairs.extend(same.map(|&v| (b, v)));
    }
    let once = |&(b, v): &(usize, usize)| pairs.iter().filter(|p| p.0 == b || p.1 == v).count() == 1;
    pairs.iter().copied().filter(once).take(MAX_LEFT).collect()
}

/// Whether a common beginning and a common end make up most of both sentences.
fn framed(base: &View<'_>, left: Range<usize>, variant: &View<'_>, right: Range<usize>) -> bool {
    let same = |i: &usize, j: &usize| base.ids[*i] == variant.ids[*j];
    let shorter = left.len().min(right.len());
    if shorter < FRAME || left.len().abs_diff(right.len()) > FRAMED {
        return false;
    }
    let front = left.clone().zip(right.clone()).take_while(|(i, j)| same(i, j)).count();
    let back = left.clone().rev().zip(right.clone().rev()).take(shorter - front).take_while(|(i, j)| same(i, j)).count();
    let common = left.clone().take(front).chain(left.clone().skip(left.len() - back));
    let content = common.filter(|&at| base.content[at]).count();
    let longer = left.len().max(right.len());
    front + back >= FRAME && content >= FRAME_CONTENT && longer - front - back <= FRAMED && 5 * (front + back) >= 3 * longer
}

/// What lies between the common words of two runs of words: the alignment of most weight, content words first, so that a
/// chance `the` parts no phrase (Needleman and Wunsch 1970, with no cost for what differs).
fn between(base: &View<'_>, mut left: Range<usize>, variant: &View<'_>, mut right: Range<usize>) -> Vec<Gap> {
    let same = |i: usize, j: usize| base.ids[i] == variant.ids[j];
    while !left.is_empty() && !right.is_empty() && same(left.start, right.start) {
        left.start += 1;
        right.start += 1;
    }
    while !left.is_empty() && !right.is_empty() && same(left.end - 1, right.end - 1) {
        left.end -= 1;
        right.end -= 1;
    }
    let (rows, columns) = (left.len().min(MAX_WORDS), right.len().min(MAX_WORDS));
    if rows == 0 || columns == 0 {
        return if left.is_empty() && right.is_empty() { Vec::new() } else { vec![Gap { base: left, variant: right }] };
    }
    let (first, second) = (left.start, right.start);
    let weight = |i: usize, j: usize| {
        if !same(i, j) {
            return 0;
        }
        let before = i > 0 && j > 0 && same(i - 1, j - 1);
        let after = i + 1 < base.canon.len() && j + 1 < variant.canon.len() && same(i + 1, j + 1);
        let own = if base.content[i] { CONTENT } else { STOP };
        own + NEIGHBOUR * (u32::from(before) + u32::from(after))
    };
    let width = columns + 1;
    let mut best = vec![0_u32; (rows + 1) * width];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            let own = weight(first + i, second + j);
            let taken = if own > 0 { own + best[(i + 1) * width + j + 1] } else { 0 };
            best[i * width + j] = taken.max(best[(i + 1) * width + j]).max(best[i * width + j + 1]);
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut open = (left.start, right.start);
    let mut out = Vec::new();
    let mut close = |open: (usize, usize), end: (usize, usize)| {
        if open != end {
            out.push(Gap { base: open.0..end.0, variant: open.1..end.1 });
        }
    };
    while i < rows && j < columns {
        let own = weight(first + i, second + j);
        if own > 0 && best[i * width + j] == own + best[(i + 1) * width + j + 1] {
            close(open, (first + i, second + j));
            i += 1;
            j += 1;
            open = (first + i, second + j);
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    close(open, (left.end, right.end));
    joined(base, variant, out)
}

/// Gaps with words of their own on both sides that only one or two stop words part are one: two statements share an `is` or a
/// `the` by chance.
fn joined(base: &View<'_>, variant: &View<'_>, gaps: Vec<Gap>) -> Vec<Gap> {
    let full = |g: &Gap| g.base.clone().any(|at| base.content[at]) && g.variant.clone().any(|at| variant.content[at]);
    let mut out: Vec<Gap> = Vec::with_capacity(gaps.len());
    for gap in gaps {
        match out.last_mut() {
            Some(last) if full(last) && full(&gap) && chance(base, last.base.end..gap.base.start) => {
                last.base.end = gap.base.end;
                last.variant.end = gap.variant.end;
            }
            _ => out.push(gap),
        }
    }
    out
}

fn chance(base: &View<'_>, mut between: Range<usize>) -> bool {
    between.len() <= ISLAND && between.all(|at| !base.content[at])
}

/// The words from the first to the last of a run.
pub(super) fn cover(view: &View<'_>, run: &Range<usize>) -> Span {
    if run.is_empty() { Span::default() } else { view.span(run.start).join(view.span(run.end - 1)) }
}
