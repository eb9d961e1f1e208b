//! The one line that says what differs between two wordings.

use super::lcs::lcs;
use crate::text::{Word, is_stopword};
use std::ops::Range;

/// Words that are shown of each side.
const MOST: usize = 12;
/// Words of each side where several differences are told.
const MOST_OF_SEVERAL: usize = 7;
/// Differences that are told.
const MOST_PARTS: usize = 3;

/// What differs: `questions -> concerns`, `without: once and for all`, `with: Putin is`, several parted by semicolons;
/// empty where the words are equal. Each list comes with the text that its words stand in.
pub(super) fn between((base, a): (&str, &[&Word]), (variant, b): (&str, &[&Word])) -> String {
    let parts = parts(a, b);
    let most = if parts.len() > 1 { MOST_OF_SEVERAL } else { MOST };
    let told = parts.iter().take(MOST_PARTS).map(|(left, right)| {
        let (left, right) = (shown(base, a, left, most), shown(variant, b, right, most));
        match (left.is_empty(), right.is_empty()) {
            (false, true) => format!("without: {left}"),
            (true, _) => format!("with: {right}"),
            (false, false) => format!("{left} -> {right}"),
        }
    });
    let mut out = told.collect::<Vec<_>>().join("; ");
    if parts.len() > MOST_PARTS {
        out.push_str("; …");
    }
    out
}

/// What a reader is told where the words that differ stand outside the rows' spans.
pub(super) fn unspoken(subtype: &str) -> Option<&'static str> {
    match subtype {
        "date_attachment" => Some("the same date, but of something else"),
        "date_bound" => Some("a limit in one text, the day itself in the other"),
        _ => None,
    }
}

/// The places where the words differ, in order; common words between them part them, little ones alone do not.
fn parts<'a>(a: &[&'a Word], b: &[&'a Word]) -> Vec<(Range<usize>, Range<usize>)> {
    let same = |x: &&&Word, y: &&&Word| x.norm == y.norm;
    let front = a.iter().zip(b).take_while(|(x, y)| same(x, y)).count();
    let back = a[front..].iter().rev().zip(b[front..].iter().rev()).take_while(|(x, y)| same(x, y)).count();
    let (left, right) = (front..a.len() - back, front..b.len() - back);
    if left.is_empty() && right.is_empty() {
        return Vec::new();
    }
    let norms = |of: &[&'a Word]| -> Vec<&'a str> { of.iter().map(|w| &*w.norm).collect() };
    let common = lcs(&norms(&a[left.clone()]), &norms(&b[right.clone()]));
    // texts that share but a word here and there are told as two wordings
    let whole = vec![(left.clone(), right.clone())];
    let content = |i: usize| !is_stopword(&a[front + i].norm);
    if common.len() * 2 < left.len().min(right.len()) || !common.iter().any(|&(i, _)| content(i)) {
        return whole;
    }
    let mut out: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let (mut i, mut j) = (left.start, right.start);
    let ends = (left.len(), right.len());
    for (x, y) in common.into_iter().chain([ends]) {
        let (x, y) = (x + front, y + front);
        if x > i || y > j {
            match out.last_mut() {
                Some(last) if joins(&a[last.0.end..i]) => (last.0.end, last.1.end) = (x, y),
                _ => out.push((i..x, j..y)),
            }
        }
        (i, j) = (x + 1, y + 1);
    }
    out
}

/// Whether common words are too few to part two differences.
fn joins(words: &[&Word]) -> bool {
    words.len() <= 1 || words.len() == 2 && words.iter().all(|w| is_stopword(&w.norm))
}

/// Words as they stand in their text; what was left out between them is a mark of omission.
fn shown(text: &str, words: &[&Word], part: &Range<usize>, most: usize) -> String {
    let words = &words[part.clone()];
    let mut out = String::new();
    for (i, word) in words.iter().take(most).enumerate() {
        if let Some(before) = i.checked_sub(1).and_then(|i| words.get(i)) {
            let gap = text.get(before.span.end..word.span.start).unwrap_or(" ");
            out.push_str(if gap.contains(char::is_alphanumeric) { " … " } else { gap });
        }
        out.push_str(word.span.of(text));
    }
    if words.len() > most {
        out.push_str(" …");
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;
    use crate::text::words;

    fn difference(base: &str, variant: &str) -> String {
        let (a, b) = (words(base, Span::new(0, base.len())), words(variant, Span::new(0, variant.len())));
        between((base, &a.iter().collect::<Vec<_>>()), (variant, &b.iter().collect::<Vec<_>>()))
    }

    #[test]
    fn only_what_differs_is_shown() {
        assert_eq!(difference("\"serious doubts\"", "“serious fears”"), "doubts -> fears");
        assert_eq!(difference("stop the raids once and for all", "stop the raids"), "without: once and for all");
        assert_eq!(difference("lying about it", "He is lying about it"), "with: He is");
        assert_eq!(difference("14 passengers", "41 passengers"), "14 -> 41");
        assert_eq!(difference("the same", "The same."), "");
    }

    #[test]
    fn differences_in_several_places_are_told_apart() {
        let base = "The floor was moving like a boat. I carried my mother out, and when I turned round the kitchen was gone,";
        let variant = "I carried my mother out, and when I turned around the whole house was gone,";
        assert_eq!(difference(base, variant), "without: The floor was moving like a boat; round the kitchen -> around the whole house");
        let cut = "The manifest said 17, and we want to know who signed it, when and why";
        assert_eq!(difference(cut, "The manifest said 71, and we want to know who signed it"), "17 -> 71; without: when and why");
        assert_eq!(difference("Nobody knows what it was", "She saw what he did"), "Nobody knows what it was -> She saw what he did");
    }

    #[test]
    fn words_left_out_of_a_quotation_are_not_told() {
        let text = "\"We swam,\" the mayor said. \"Nobody drowned here\"";
        let all = words(text, Span::new(0, text.len()));
        let inside: Vec<&Word> = all.iter().take(2).chain(all.iter().skip(5)).collect();
        assert_eq!(between((text, &inside), ("", &[])), "without: We swam … Nobody drowned here");
    }

    #[test]
    fn long_sides_are_cut() {
        let long = "word ".repeat(40);
        assert!(difference(&long, "other").contains('…'));
    }
}
