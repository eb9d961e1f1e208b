//! Labelled pairs of sentences: which spans differ in what they say, what kind of change it is, which side bears out a claim.

use crate::diff::{Mark, Sentence, change, support};
use crate::document::Span;
use crate::text::{Word, words};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Version of the report.
pub const SCHEMA: &str = "wirecopy.eval-fact-pairs/1";

/// Mean share of common words from which a found span is a labelled one.
const FITS: f64 = 0.5;

/// The words that a label names, as byte ranges of each text; none on a side where it has no words.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Place {
    /// In the first text.
    #[serde(default)]
    pub a: Vec<[usize; 2]>,
    /// In the second text.
    #[serde(default)]
    pub b: Vec<[usize; 2]>,
}

/// A difference that changes the sense.
#[derive(Clone, Debug, Deserialize)]
pub struct Labelled {
    /// [`Mark::Altered`], [`Mark::Added`] or [`Mark::Dropped`].
    pub mark: Mark,
    /// Where.
    #[serde(flatten)]
    pub place: Place,
}

/// A statement that is true by one of the two texts.
#[derive(Clone, Debug, Deserialize)]
pub struct ClaimLabel {
    /// The statement.
    pub text: String,
    /// The text that bears it out.
    pub supported_by: Which,
}

/// One of the two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// The first.
    A,
    /// The second.
    B,
}

/// One line of a file of sentence pairs; `b` is the variant of `a`.
#[derive(Clone, Debug, Deserialize)]
pub struct SentencePair {
    /// The base.
    pub a: String,
    /// The variant.
    pub b: String,
    /// All differences that change the sense; `None` where nobody marked them.
    pub changes: Option<Vec<Labelled>>,
    /// Marked places that say the same on both sides.
    #[serde(default)]
    pub preserved: Vec<Place>,
    /// What kind of change it is on the whole.
    pub change: Option<Mark>,
    /// Statements that one side bears out.
    #[serde(default)]
    pub claims: Vec<ClaimLabel>,
}

/// Found spans against labelled ones.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SpanScores {
    /// Labelled differences that change the sense.
    pub labelled: u64,
    /// Rows found.
    pub found: u64,
    /// Labelled differences with a row of their mark that fits.
    pub hit: u64,
    /// Share of the found rows that hit.
    pub precision: f64,
    /// Share of the labelled differences that were hit.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
    /// Marked places that say the same.
    pub preserved: u64,
    /// Of these, how many some found row fits, whatever its mark.
    pub reported: u64,
    /// Their share.
    pub false_alarms: f64,
}

/// Right answers of all.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Share {
    /// Questions.
    pub asked: u64,
    /// Right answers; half a one where the rules cannot tell.
    pub right: f64,
    /// Their share.
    pub accuracy: f64,
}

/// One task by the fact diff and by the baseline.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Beside<T> {
    /// By the fact diff.
    pub wirecopy: T,
    /// By a plain diff of words, or a plain count of common words.
    pub words: T,
}

/// Sentence pairs against their labels; a task that no pair is labelled for is `None`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FactPairReport {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Pairs read.
    pub pairs: usize,
    /// Kind and span of what differs.
    pub spans: Option<Beside<SpanScores>>,
    /// Kind of the change on the whole.
    pub change: Option<Beside<Share>>,
    /// How often each kind was found, by label.
    pub changes: BTreeMap<String, BTreeMap<String, u64>>,
    /// The side that bears out a claim.
    pub support: Option<Beside<Share>>,
}

/// Words of a found or labelled place on both sides, by their index.
type Words = [BTreeSet<usize>; 2];

/// A found row: its mark and its words.
type Row = (Mark, Words);

/// Judges pairs one by one.
#[derive(Debug, Default)]
pub struct FactPairs {
    pairs: usize,
    spans: Beside<SpanScores>,
    marked: bool,
    change: Beside<Share>,
    changes: BTreeMap<String, BTreeMap<String, u64>>,
    support: Beside<Share>,
}

impl FactPairs {
    /// Takes a pair in.
    pub fn add(&mut self, pair: &SentencePair) {
        self.pairs += 1;
        let (a, b) = (Sentence::new(&pair.a), Sentence::new(&pair.b));
        let text = |s: &str| words(s, Span::new(0, s.len()));
        let (x, y) = (text(&pair.a), text(&pair.b));
        let plain = word_diff(&x, &y);
        if let Some(labelled) = &pair.changes {
            self.marked = true;
            let found = rows(&a, &b, &x, &y);
            self.spans.wirecopy.add(&found, labelled, &pair.preserved, &x, &y);
            self.spans.words.add(&plain, labelled, &pair.preserved, &x, &y);
        }
        if let Some(label) = pair.change {
            let found = change(&a, &b).mark;
            self.change.wirecopy.add(f64::from(u8::from(found == label)));
            self.change.words.add(f64::from(u8::from(overall(&plain) == label)));
            *self.changes.entry(name(label)).or_default().entry(name(found)).or_insert(0) += 1;
        }
        for claim in &pair.claims {
            let right = if claim.supported_by == Which::A { 1.0 } else { -1.0 };
            let told = |margin: f64| if margin == 0.0 { 0.5 } else { f64::from(u8::from(margin * right > 0.0)) };
            self.support.wirecopy.add(told(support(&Sentence::new(&claim.text), &a, &b).margin));
            self.support.words.add(told(shared(&claim.text, &x) - shared(&claim.text, &y)));
        }
    }

    /// The scores over all pairs.
    #[must_use]
    pub fn report(mut self) -> FactPairReport {
        for spans in [&mut self.spans.wirecopy, &mut self.spans.words] {
            spans.end();
        }
        for share in [&mut self.change.wirecopy, &mut self.change.words, &mut self.support.wirecopy, &mut self.support.words] {
            share.accuracy = share.right / share.asked.max(1) as f64;
        }
        FactPairReport {
            schema: SCHEMA,
            pairs: self.pairs,
            spans: self.marked.then_some(self.spans),
            change: (self.change.wirecopy.asked > 0).then_some(self.change),
            changes: self.changes,
            support: (self.support.wirecopy.asked > 0).then_some(self.support),
        }
    }
}

impl Share {
    fn add(&mut self, right: f64) {
        self.asked += 1;
        self.right += right;
    }
}

impl SpanScores {
    fn add(&mut self, found: &[Row], labelled: &[Labelled], preserved: &[Place], x: &[Word], y: &[Word]) {
        let mut used = vec![false; found.len()];
        for label in labelled {
            let place = label.place.words(x, y);
            let hit = found.iter().zip(&used).position(|((mark, row), used)| !used && *mark == label.mark && fits(&place, row));
            if let Some(hit) = hit {
                used[hit] = true;
                self.hit += 1;
            }
        }
        self.labelled += labelled.len() as u64;
        self.found += found.len() as u64;
        for place in preserved {
            let place = place.words(x, y);
            self.preserved += 1;
            self.reported += u64::from(found.iter().any(|(_, row)| fits(&place, row)));
        }
    }

    fn end(&mut self) {
        let share = |a: u64, b: u64| a as f64 / b.max(1) as f64;
        (self.precision, self.recall) = (share(self.hit, self.found), share(self.hit, self.labelled));
        self.f1 = share(2 * self.hit, self.found + self.labelled);
        self.false_alarms = share(self.reported, self.preserved);
    }
}

impl Place {
    fn words(&self, x: &[Word], y: &[Word]) -> Words {
        let inside = |words: &[Word], ranges: &[[usize; 2]]| -> BTreeSet<usize> {
            let hit = |w: &Word| ranges.iter().any(|&[start, end]| start < w.span.end && w.span.start < end);
            words.iter().enumerate().filter(|(_, w)| hit(w)).map(|(at, _)| at).collect()
        };
        [inside(x, &self.a), inside(y, &self.b)]
    }
}

/// Whether a row fits a label: on the sides where the label has words the common words are on the mean at least half of all
/// words that either has.
fn fits(label: &Words, row: &Words) -> bool {
    let sides: Vec<f64> = label
        .iter()
        .zip(row)
        .filter(|(l, _)| !l.is_empty())
        .map(|(l, r)| l.intersection(r).count() as f64 / l.union(r).count() as f64)
        .collect();
    !sides.is_empty() && sides.iter().sum::<f64>() >= FITS * sides.len() as f64
}

fn name(mark: Mark) -> String {
    format!("{mark:?}").to_lowercase()
}

/// What the fact diff finds: the firm rows that are a change.
fn rows(a: &Sentence<'_>, b: &Sentence<'_>, x: &[Word], y: &[Word]) -> Vec<Row> {
    let firm = a.diff(b).facts.into_iter().filter(|r| !r.check && matches!(r.mark, Mark::Altered | Mark::Added | Mark::Dropped));
    let inside = |words: &[Word], side: Option<Span>| -> BTreeSet<usize> {
        side.map_or_else(BTreeSet::new, |s| words.iter().enumerate().filter(|(_, w)| s.overlaps(w.span)).map(|(at, _)| at).collect())
    };
    firm.map(|r| (r.mark, [inside(x, r.base.map(|s| s.span)), inside(y, r.variant.map(|s| s.span))])).collect()
}

/// What a plain diff of folded words finds: every run of words outside a longest common subsequence.
fn word_diff(x: &[Word], y: &[Word]) -> Vec<Row> {
    let width = y.len() + 1;
    let mut longest = vec![0_u32; (x.len() + 1) * width];
    for i in (0..x.len()).rev() {
        for j in (0..y.len()).rev() {
            longest[i * width + j] = if x[i].norm == y[j].norm {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut open) = (0, 0, (0, 0));
    let mut out = Vec::new();
    let mut close = |open: (usize, usize), i: usize, j: usize| {
        let mark = match (open.0 < i, open.1 < j) {
            (true, true) => Mark::Altered,
            (true, false) => Mark::Dropped,
            (false, true) => Mark::Added,
            (false, false) => return,
        };
        out.push((mark, [(open.0..i).collect(), (open.1..j).collect()]));
    };
    while i < x.len() && j < y.len() {
        if x[i].norm == y[j].norm {
            close(open, i, j);
            (i, j) = (i + 1, j + 1);
            open = (i, j);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    close(open, x.len(), y.len());
    out
}

/// The kind of change by a plain diff of words: altered as soon as both sides have words of their own.
fn overall(rows: &[Row]) -> Mark {
    let has = |mark: Mark| rows.iter().any(|(m, _)| *m == mark);
    match (has(Mark::Altered), has(Mark::Added), has(Mark::Dropped)) {
        (true, _, _) | (_, true, true) => Mark::Altered,
        (_, true, _) => Mark::Added,
        (_, _, true) => Mark::Dropped,
        _ => Mark::Kept,
    }
}

/// How many different words of the claim a text has.
fn shared(claim: &str, text: &[Word]) -> f64 {
    let words: BTreeSet<Box<str>> = words(claim, Span::new(0, claim.len())).into_iter().map(|w| w.norm).collect();
    words.iter().filter(|w| text.iter().any(|t| t.norm == **w)).count() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<Word> {
        words(text, Span::new(0, text.len()))
    }

    #[test]
    fn the_word_diff_names_runs() {
        let found = word_diff(&cut("the old ferry sank"), &cut("the ferry sank on Monday"));
        assert_eq!(found, [(Mark::Dropped, [[1].into(), [].into()]), (Mark::Added, [[].into(), [3, 4].into()])]);
        assert_eq!(overall(&found), Mark::Altered);
        assert_eq!(word_diff(&cut("a b c"), &cut("a x c")), [(Mark::Altered, [[1].into(), [1].into()])]);
    }

    #[test]
    fn half_of_the_words_fit() {
        let label: Words = [[1, 2].into(), [].into()];
        assert!(fits(&label, &[[1, 2, 3, 4].into(), [7].into()]), "a side that the label lacks does not count");
        assert!(!fits(&label, &[[1, 2, 3, 4, 5].into(), [].into()]));
        let both: Words = [[1].into(), [1].into()];
        assert!(fits(&both, &[[1].into(), [2].into()]), "one side whole, one side none: half on the mean");
        assert!(!fits(&[BTreeSet::new(), BTreeSet::new()], &[[1].into(), [1].into()]));
    }
}
