//! What one text copied of another, by their shingles alone: maximal common runs, chained into passages.
//!
//! Runs of common shingles are exact seeds; runs that follow one another in both texts, with small gaps, make a passage, so that
//! edits inside a copied stretch do not break it and moved paragraphs are passages of their own. The work is linear in the
//! shingles, but for repeated ones, of which a bounded number of places is tried.

/// Words between two runs of one passage, on either side.
const GAP: u32 = 16;
/// A passage of fewer copied words is a common phrase.
const LEAST_PASSAGE: u32 = 12;
/// Passages that a run may go on with: common phrases stand between the runs of one.
const OPEN: usize = 4;
/// Places of a repeated shingle that are tried.
const PLACES: usize = 8;
/// Words by which the end of a text may be missed.
const NEAR_END: u32 = 3;
/// Words between the foot of a page and what it shares with another before that.
const BEFORE_FOOT: u32 = 64;

/// A copied passage: words `[start, end)` of both texts, and how many words of it stand in common runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CopiedPassage {
    /// In the one text.
    pub own: (u32, u32),
    /// In the other.
    pub other: (u32, u32),
    /// Words in common runs.
    pub words: u32,
}

/// What two texts share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// Passages, in the order of the other text.
    pub passages: Vec<CopiedPassage>,
    /// Words of the one text that stand in common runs of passages, template text taken out.
    pub own: u32,
    /// The same of the other text.
    pub other: u32,
    /// Shingles of these passages that both texts have.
    pub shingles: u32,
    /// Words of the one text.
    pub own_words: u32,
    /// Words of the other.
    pub other_words: u32,
}

impl Copied {
    /// Share of the one text that is copied.
    #[must_use]
    pub fn share(&self) -> f64 {
        f64::from(self.own) / f64::from(self.own_words.max(1))
    }

    /// Share of the other text that is copied.
    #[must_use]
    pub fn share_of_other(&self) -> f64 {
        f64::from(self.other) / f64::from(self.other_words.max(1))
    }

    /// Words of the one text from the start of its first passage to the end of its last, and the same of the other.
    #[must_use]
    pub fn reach(&self) -> [(u32, u32); 2] {
        let hull = |side: fn(&CopiedPassage) -> (u32, u32)| {
            let spans = || self.passages.iter().map(side);
            (spans().map(|s| s.0).min().unwrap_or(0), spans().map(|s| s.1).max().unwrap_or(0))
        };
        [hull(|p| p.own), hull(|p| p.other)]
    }
}

/// What a pair is by its copied words (the relations of the crate that a corpus run can tell).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    /// Half of each is copied: the same text, edited.
    Rewrite,
    /// Nearly all of one of them stands in the other.
    Contained,
    /// A long passage of one stands in the other, among other text.
    Partial,
}

/// The relation that the copied words prove; `None` for a stock or background paragraph and everything below.
#[must_use]
pub fn kinship(copied: &Copied) -> Option<Kinship> {
    /// Share of each text from which both are one text.
    const SAME: f64 = 0.5;
    /// Share of a text from which it is contained.
    const WHOLE: f64 = 0.8;
    /// Copied words below which nothing is said.
    const LEAST: u32 = 30;
    /// Words and share of an excerpt inside other text. It is a copy, word for word, where a sentence of the same kind with other
    /// names and figures is none: so the share is one of shingles, which such sentences have few of in common.
    const PARTIAL: (u32, f64) = (80, 0.25);
    let (one, other) = (copied.share(), copied.share_of_other());
    let words = copied.own.min(copied.other);
    if words < LEAST {
        None
    } else if one.min(other) >= SAME {
        Some(Kinship::Rewrite)
    } else if one.max(other) >= WHOLE {
        Some(Kinship::Contained)
    } else if words >= PARTIAL.0 && f64::from(copied.shingles) >= PARTIAL.1 * f64::from(copied.own_words.min(copied.other_words)) {
        Some(Kinship::Partial)
    } else {
        None
    }
}

/// A text that others are compared with; its buffers are used again.
#[derive(Clone, Debug, Default)]
pub struct CopySource {
    /// Shingle and its first place, counted from 1; 0 is an empty place.
    places: Vec<(u64, u32)>,
    shift: u32,
    /// The next place of the same shingle, counted from 1.
    next: Vec<u32>,
    shingles: Vec<u64>,
    words: u32,
    size: u32,
    template: Vec<bool>,
    /// Of the comparison that goes on.
    covered: Vec<bool>,
    runs: Vec<Run>,
    open: Vec<CopiedPassage>,
    run_of: Vec<(u32, Run)>,
}

/// A common run: `length` words from word `own` of the one text and word `other` of the other.
#[derive(Clone, Copy, Debug)]
struct Run {
    own: u32,
    other: u32,
    length: u32,
}

impl CopySource {
    /// Makes this the text with these `shingles`, in its order, of `size` words each. `template` holds stretches of words
    /// that are template text and never count as copied.
    pub fn fill(&mut self, shingles: &[u64], size: usize, template: &[(u32, u32)]) {
        let room = (shingles.len() * 2).next_power_of_two().max(16);
        self.places.clear();
        self.places.resize(room, (0, 0));
        self.shift = 64 - room.trailing_zeros();
        self.next.clear();
        self.next.resize(shingles.len(), 0);
        self.shingles.clear();
        self.shingles.extend_from_slice(shingles);
        self.size = size as u32;
        self.words = words_of(shingles, size);
        // From the end, so that each chain runs forwards through the text.
        for (at, &shingle) in shingles.iter().enumerate().rev() {
            let place = self.place(shingle);
            let (_, first) = self.places[place];
            self.next[at] = first;
            self.places[place] = (shingle, at as u32 + 1);
        }
        self.template.clear();
        self.template.resize(self.words as usize, false);
        for &(from, to) in template {
            if let Some(stretch) = self.template.get_mut(from as usize..(to as usize).min(self.words as usize)) {
                stretch.fill(true);
            }
        }
    }

    fn place(&self, shingle: u64) -> usize {
        let mask = self.places.len() - 1;
        let mut at = (shingle >> self.shift) as usize & mask;
        while self.places[at].1 != 0 && self.places[at].0 != shingle {
            at = (at + 1) & mask;
        }
        at
    }

    /// What the text with the shingles `other`, in its order, shares with this one.
    pub fn compare(&mut self, other: &[u64]) -> Copied {
        self.find_runs(other);
        let mut copied = Copied { own_words: self.words, other_words: words_of(other, self.size as usize), ..Copied::default() };
        self.chain();
        self.drop_common_end(&mut copied);
        self.count(&mut copied);
        copied
    }

    /// Maximal runs, in the order of the other text.
    fn find_runs(&mut self, other: &[u64]) {
        self.runs.clear();
        // Where the next shingle has to stand for the run to go on.
        let mut expected = usize::MAX;
        for (at, &shingle) in (0_u32..).zip(other) {
            if self.shingles.get(expected) == Some(&shingle)
                && let Some(run) = self.runs.last_mut()
            {
                run.length += 1;
                expected += 1;
                continue;
            }
            let (_, first) = self.places[self.place(shingle)];
            expected = usize::MAX;
            if let Some(first) = first.checked_sub(1) {
                let found = self.nearest(first);
                self.runs.push(Run { own: found, other: at, length: self.size });
                expected = found as usize + 1;
            }
        }
    }

    /// Of the places of a shingle the first one after where the last run began, else the first.
    fn nearest(&self, first: u32) -> u32 {
        let after = self.runs.last().map_or(0, |r| r.own);
        let mut at = first;
        for _ in 0..PLACES {
            if at >= after {
                return at;
            }
            match self.next[at as usize].checked_sub(1) {
                Some(next) => at = next,
                None => break,
            }
        }
        first
    }

    /// Joins runs to passages and leaves those that are long enough in `open`, the runs of each in `run_of`.
    fn chain(&mut self) {
        self.open.clear();
        self.run_of.clear();
        for &run in &self.runs {
            let (own_end, other_end) = (run.own + run.length, run.other + run.length);
            let follows = |p: &CopiedPassage| {
                // Shingles of neighbouring runs may overlap by the words of one.
                let near = |before: u32, start: u32| start + self.size > before && start <= before + GAP;
                near(p.own.1, run.own) && near(p.other.1, run.other)
            };
            let recent = self.open.len().saturating_sub(OPEN);
            // The longest: a common phrase in the wrong place must not take over.
            match (recent..self.open.len()).filter(|&at| follows(&self.open[at])).max_by_key(|&at| self.open[at].words) {
                Some(at) => {
                    let p = &mut self.open[at];
                    let twice = p.other.1.saturating_sub(run.other).max(p.own.1.saturating_sub(run.own));
                    p.words += run.length.saturating_sub(twice);
                    p.own.1 = p.own.1.max(own_end);
                    p.other.1 = p.other.1.max(other_end);
                    self.run_of.push((at as u32, run));
                }
                None => {
                    self.run_of.push((self.open.len() as u32, run));
                    self.open.push(CopiedPassage { own: (run.own, own_end), other: (run.other, other_end), words: run.length });
                }
            }
        }
    }

    /// A passage with which both texts end is the foot of a page before it is an excerpt, unless it is most of one of them or goes
    /// on with a passage before it.
    fn drop_common_end(&mut self, copied: &mut Copied) {
        let least = copied.own_words.min(copied.other_words) / 2;
        for p in &mut self.open {
            if p.words < LEAST_PASSAGE {
                p.words = 0;
            }
        }
        for at in 0..self.open.len() {
            let p = self.open[at];
            let last = p.own.1 + NEAR_END >= copied.own_words && p.other.1 + NEAR_END >= copied.other_words;
            let before = |q: &CopiedPassage| {
                let near = |end: u32, start: u32| start.abs_diff(end) <= BEFORE_FOOT;
                q.words > 0 && near(q.own.1, p.own.0) && near(q.other.1, p.other.0)
            };
            if last && p.words < least && !self.open[..at].iter().any(before) {
                self.open[at].words = 0;
            }
        }
    }

    fn count(&mut self, copied: &mut Copied) {
        self.covered.clear();
        self.covered.resize(self.words as usize, false);
        let mut other_done = 0;
        for &(passage, run) in &self.run_of {
            if self.open[passage as usize].words == 0 {
                continue;
            }
            for k in 0..run.length {
                let own = (run.own + k) as usize;
                if self.template.get(own).copied().unwrap_or(false) {
                    continue;
                }
                copied.shingles += u32::from(k + self.size <= run.length);
                if run.other + k >= other_done {
                    copied.other += 1;
                }
                if let Some(covered) = self.covered.get_mut(own) {
                    copied.own += u32::from(!std::mem::replace(covered, true));
                }
            }
            other_done = other_done.max(run.other + run.length);
        }
        copied.passages.extend(self.open.iter().filter(|p| p.words > 0));
    }
}

/// Words of a text with these shingles; a text shorter than a shingle counts as one of that length.
const fn words_of(shingles: &[u64], size: usize) -> u32 {
    if shingles.is_empty() { 0 } else { (shingles.len() + size - 1) as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shingles of three words of a text whose words are numbers.
    fn shingles(words: &[u32]) -> Vec<u64> {
        let mix = |w: &[u32]| w.iter().fold(7_u64, |s, &x| (s ^ u64::from(x)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29));
        words.windows(3).map(|w| mix(w).wrapping_mul(0xD6E8_FEB8_6659_FD93)).collect()
    }

    fn compare(one: &[u32], other: &[u32]) -> Copied {
        let (one, other) = (shingles(one), shingles(other));
        let mut source = CopySource::default();
        source.fill(&one, 3, &[]);
        source.compare(&other)
    }

    fn text(parts: &[(u32, u32)]) -> Vec<u32> {
        parts.iter().flat_map(|&(from, to)| from..to).collect()
    }

    #[test]
    fn an_excerpt_in_another_text() {
        let found = compare(&text(&[(0, 400)]), &text(&[(1000, 1200), (100, 260), (1200, 1400)]));
        assert_eq!((found.own, found.other, found.passages.len()), (160, 160, 1));
        assert_eq!(found.passages[0], CopiedPassage { own: (100, 260), other: (200, 360), words: 160 });
        assert_eq!(kinship(&found), Some(Kinship::Partial));
        // A background paragraph.
        let found = compare(&text(&[(0, 400)]), &text(&[(1000, 1200), (100, 150), (1200, 1400)]));
        assert_eq!((found.own, kinship(&found)), (50, None));
    }

    #[test]
    fn edits_inside_and_moved_paragraphs() {
        // Every seventh word is another one.
        let edited: Vec<u32> = (0..400).map(|w| if w % 7 == 3 { w + 5000 } else { w }).collect();
        let found = compare(&text(&[(0, 400)]), &edited);
        assert_eq!((found.passages.len(), kinship(&found)), (1, Some(Kinship::Rewrite)));
        let found = compare(&text(&[(0, 400)]), &text(&[(300, 400), (100, 200), (0, 100), (200, 300)]));
        assert_eq!((found.own, found.other, kinship(&found)), (400, 400, Some(Kinship::Rewrite)));
        let found = compare(&text(&[(0, 400)]), &text(&[(0, 100)]));
        assert_eq!(kinship(&found), Some(Kinship::Contained));
    }

    #[test]
    fn the_foot_of_a_page_and_template_text_do_not_count() {
        let (one, other) = (text(&[(0, 300), (9000, 9140)]), text(&[(1000, 1300), (9000, 9140)]));
        assert_eq!(kinship(&compare(&one, &other)), None);
        let (one, other) = (text(&[(0, 100), (9000, 9140), (100, 300)]), text(&[(1000, 1100), (9000, 9140), (1100, 1300)]));
        assert_eq!(kinship(&compare(&one, &other)), Some(Kinship::Partial));
        let (one, other) = (shingles(&one), shingles(&other));
        let mut source = CopySource::default();
        source.fill(&one, 3, &[(100, 240)]);
        assert_eq!(kinship(&source.compare(&other)), None);
    }

    #[test]
    fn repeats_are_counted_once_and_stay_bounded() {
        let one: Vec<u32> = (0..30).cycle().take(3000).collect();
        let found = compare(&one, &text(&[(0, 30), (500, 800)]));
        assert!(found.own <= 30 && found.other <= 30, "{found:?}");
        assert_eq!(kinship(&compare(&[1; 50_000], &[1; 50_000])), Some(Kinship::Rewrite));
        assert_eq!(kinship(&compare(&[], &[1, 2, 3])), None);
    }
}
