//! A text that was scanned badly: its misread words are put right before anything is compared.
//!
//! Only letters are put right, and only where the same sentence of the base has another word of the same length: so every span stays
//! where it was. Figures are never touched.

use super::gaps::Gaps;
use super::view::View;
use super::{FactDiff, Mark, Side, Text};
use crate::extract::Article;
use crate::facts::{Facts, facts};
use crate::text::is_stopword;
use std::collections::{BTreeMap, BTreeSet};

/// Misread words that make a text a bad scan; a rewriter changes a letter here and there as well (`has`, `had`).
const LEAST: usize = 5;
/// Share of the one-word differences that look misread.
const SHARE: f64 = 0.3;

/// Unknown words that are looked up.
const MOST: usize = 2_000;

/// A text put right.
pub(super) struct Repaired {
    text: String,
    article: Article,
    facts: Facts,
}

impl Repaired {
    pub(super) fn text<'a>(&'a self, id: &'a str) -> Text<'a> {
        Text { id, text: &self.text, article: &self.article, facts: &self.facts }
    }
}

/// The variant with the words that were misread, if it is a bad scan of sentences of the base.
pub(super) fn repaired(base: &View<'_>, variant: &View<'_>, gaps: &Gaps) -> Option<Repaired> {
    let (mut misread, mut single) = (Vec::new(), 0_usize);
    for gap in gaps.pairs.iter().flat_map(|p| &p.gaps).filter(|g| g.base.len() == g.variant.len()) {
        for (at, other) in gap.base.clone().zip(gap.variant.clone()) {
            single += 1;
            let near = is_misread(base.norm(at), variant.norm(other)) && !base.has(variant.ids[other]);
            if near && base.span(at).len() == variant.span(other).len() {
                misread.push((at, other));
            }
        }
    }
    if misread.len() < LEAST || (misread.len() as f64) < SHARE * single as f64 {
        return None;
    }
    misread.extend(elsewhere(base, variant, &misread));
    let mut text = variant.text.text.to_owned();
    let mut article = variant.text.article.clone();
    for (at, other) in misread {
        let span = variant.span(other);
        text.replace_range(span.start..span.end, base.span(at).of(base.text.text));
        if let Some(word) = article.words.get_mut(other) {
            word.norm = base.norm(at).into();
        }
    }
    let facts = facts(&text, &article);
    Some(Repaired { text, article, facts })
}

/// Words of other sentences that look misread, each with the only word of the base that it can be.
fn elsewhere(base: &View<'_>, variant: &View<'_>, known: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut of_length: BTreeMap<usize, BTreeMap<&str, usize>> = BTreeMap::new();
    for at in 0..base.ids.len() {
        of_length.entry(base.norm(at).len()).or_default().entry(base.norm(at)).or_insert(at);
    }
    let done: BTreeSet<usize> = known.iter().map(|m| m.1).collect();
    let only = |other: usize| {
        let words = of_length.get(&variant.norm(other).len())?;
        let mut near = words.iter().filter(|(word, _)| is_misread(word, variant.norm(other)));
        let (_, &at) = near.next()?;
        (near.next().is_none() && base.span(at).len() == variant.span(other).len()).then_some((at, other))
    };
    let unknown = |other: &usize| !base.has(variant.ids[*other]) && variant.norm(*other).len() >= 4 && !done.contains(other);
    (0..variant.ids.len()).filter(unknown).take(MOST).filter_map(only).collect()
}

/// Whether `read` is `word` with a third of its letters taken for others at the most.
fn is_misread(word: &str, read: &str) -> bool {
    let letters = |w: &str| w.chars().all(char::is_alphabetic);
    if word.len() < 2 || word.len() != read.len() || is_stopword(read) || !letters(word) || !letters(read) {
        return false;
    }
    let other = word.chars().zip(read.chars()).filter(|(a, b)| a != b).count();
    (1..=(word.len() / 3).max(1)).contains(&other) && word.chars().count() == read.chars().count()
}

/// Gives the rows of a text that was put right the words that stand in the text itself. What still differs may be misread as well, so a
/// person has to look.
pub(super) fn as_written(mut found: FactDiff, text: &str) -> FactDiff {
    const DOUBT: f64 = 0.5;
    for row in found.facts.iter_mut().filter(|r| matches!(r.mark, Mark::Altered | Mark::Added | Mark::Dropped)) {
        row.check = true;
        row.confidence = row.confidence.min(DOUBT);
    }
    let put = |side: &mut Option<Side>| {
        if let Some(side) = side {
            side.span.of(text).clone_into(&mut side.text);
        }
    };
    found.facts.iter_mut().for_each(|row| put(&mut row.variant));
    found.quotes.iter_mut().for_each(|row| put(&mut row.variant));
    found
}

#[cfg(test)]
mod tests {
    use super::is_misread;

    #[test]
    fn letters_taken_for_others() {
        assert!(is_misread("benefit", "benofit") && is_misread("together", "togvther") && is_misread("governments", "governmenqz"));
        assert!(
            !is_misread("benefit", "benefit") && !is_misread("mayor", "night") && !is_misread("1934", "1943") && !is_misread("is", "as")
        );
    }
}
