//! What kind of change turns one sentence into another.

use super::gaps::{Gaps, gaps};
use super::view::{View, spelled};
use super::vocabulary::Vocabulary;
use super::{Mark, Sentence, align};

/// So many times more new words (in halves) of one side make the change an addition or an omission.
const MANY_HALVES: usize = 5;

/// What kind of change turns one sentence into another, with what it was judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// [`Mark::Kept`], [`Mark::Altered`], [`Mark::Added`] or [`Mark::Dropped`].
    pub mark: Mark,
    /// Content words that only the base has.
    pub only_base: usize,
    /// Content words that only the variant has.
    pub only_variant: usize,
    /// Places where both sentences have a number, date or measure and not the same.
    pub values: usize,
}

/// What kind of change turns `base` into `variant`: another value or another word in the same place is an alteration, words that
/// only one side has are added or dropped; where both sides
/// have new words, a side with two and a half times as many decides, or one that alone names a name or a number.
#[must_use]
pub fn change(base: &Sentence<'_>, variant: &Sentence<'_>) -> Change {
    let (base, variant) = (base.as_text(), variant.as_text());
    let (left, right) = (spelled(base), spelled(variant));
    let mut vocabulary = Vocabulary::default();
    let (base, variant) = (View::new(base, &left, &mut vocabulary), View::new(variant, &right, &mut vocabulary));
    let gaps = gaps(&base, &variant, &align::align(&base, &variant));
    let values = values(&base, &variant, &gaps);
    let (x, y) = (new(&base, &variant), new(&variant, &base));
    let mark = if values > 0 || one_word(&gaps) {
        Mark::Altered
    } else if x == 0 && y > 0 || outweighs(y, x) || y > x && specific(&variant, &base) && !specific(&base, &variant) {
        Mark::Added
    } else if y == 0 && x > 0 || outweighs(x, y) || x > y && specific(&base, &variant) && !specific(&variant, &base) {
        Mark::Dropped
    } else if x + y > 0 {
        Mark::Altered
    } else {
        by_gaps(&base, &variant, &gaps)
    };
    Change { mark, only_base: x, only_variant: y, values }
}

/// Whether one word stands in place of one other, and all else is the same.
fn one_word(gaps: &Gaps) -> bool {
    let mut places = gaps.pairs.iter().flat_map(|p| &p.gaps);
    places.next().is_some_and(|g| g.base.len() == 1 && g.variant.len() == 1) && places.next().is_none()
}

fn outweighs(one: usize, other: usize) -> bool {
    2 * one >= MANY_HALVES * other.max(1)
}

/// Places of content words that the other text has nowhere.
fn new_words(view: &View<'_>, other: &View<'_>) -> Vec<usize> {
    (0..view.canon.len()).filter(|&at| view.content[at] && !other.has(view.ids[at])).collect()
}

fn new(view: &View<'_>, other: &View<'_>) -> usize {
    new_words(view, other).len()
}

/// Whether a new word of the text belongs to a number, date or name: it says what the other text left vague.
fn specific(view: &View<'_>, other: &View<'_>) -> bool {
    let words = &view.text.article.words;
    let capital = |at: usize| at > 0 && words.get(at).is_some_and(|w| w.is_number() || w.is_capitalized(view.text.text));
    new_words(view, other).into_iter().any(|at| view.detail[at] || capital(at))
}

/// Places where both sides have a number.
fn values(base: &View<'_>, variant: &View<'_>, gaps: &Gaps) -> usize {
    let number = |view: &View<'_>, at: usize| view.content[at] && view.norm(at).as_bytes().first().is_some_and(u8::is_ascii_digit);
    let places = gaps.pairs.iter().flat_map(|p| &p.gaps);
    places.filter(|g| g.base.clone().any(|at| number(base, at)) && g.variant.clone().any(|at| number(variant, at))).count()
}

/// Where no word is new: words that stand more often, or elsewhere.
fn by_gaps(base: &View<'_>, variant: &View<'_>, gaps: &Gaps) -> Mark {
    let places = || gaps.pairs.iter().flat_map(|p| &p.gaps);
    let content = |view: &View<'_>, run: &std::ops::Range<usize>| run.clone().any(|at| view.content[at]);
    for all in [true, false] {
        let x = places().any(|g| if all { content(base, &g.base) } else { !g.base.is_empty() });
        let y = places().any(|g| if all { content(variant, &g.variant) } else { !g.variant.is_empty() });
        match (x, y) {
            (true, true) => return Mark::Altered,
            (true, false) => return Mark::Dropped,
            (false, true) => return Mark::Added,
            (false, false) => {}
        }
    }
    Mark::Kept
}

#[cfg(test)]
mod tests {
    use super::{Mark, Sentence, change};

    #[test]
    fn kinds_of_change() {
        let base = "The ferry to Velm sank on Monday.";
        for (variant, mark) in [
            (base, Mark::Kept),
            ("The ferry to Velm sank on Tuesday.", Mark::Altered),
            ("The ferry to Velm sank on Monday in heavy seas.", Mark::Added),
            ("The ferry sank on Monday.", Mark::Dropped),
            ("The ferry to Velm sank on Monday with 14 cars.", Mark::Added),
        ] {
            assert_eq!(change(&Sentence::new(base), &Sentence::new(variant)).mark, mark, "{variant}");
        }
        let (one, other) = (Sentence::new("It killed 12 people."), Sentence::new("It killed 17 people."));
        assert_eq!(change(&one, &other).mark, Mark::Altered);
    }
}
