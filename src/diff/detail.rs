//! The one line that says what differs between two wordings.

use crate::document::Span;
use crate::text::{Word, words};

/// Words that are shown of each side.
const MOST: usize = 12;

/// What differs: `questions -> concerns`, `without: once and for all`, `with: Putin is`. Words that both sides begin
/// or end with are left out. Empty where the words are equal.
pub(super) fn difference(base: &str, variant: &str) -> String {
    let (a, b) = (words(base, Span::new(0, base.len())), words(variant, Span::new(0, variant.len())));
    between((base, &a), (variant, &b))
}

/// The same for words that were read before, each with the text that they stand in.
pub(super) fn between((base, a): (&str, &[Word]), (variant, b): (&str, &[Word])) -> String {
    let same = |x: &Word, y: &Word| x.norm == y.norm;
    let front = a.iter().zip(b).take_while(|(x, y)| same(x, y)).count();
    let back = a[front..].iter().rev().zip(b[front..].iter().rev()).take_while(|(x, y)| same(x, y)).count();
    let part = |text: &str, w: &[Word]| {
        let (Some(first), Some(last)) = (w.first(), w.get(w.len().min(MOST).saturating_sub(1))) else { return String::new() };
        let shown = first.span.join(last.span).of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        if w.len() > MOST { shown + " …" } else { shown }
    };
    let (left, right) = (part(base, &a[front..a.len() - back]), part(variant, &b[front..b.len() - back]));
    match (left.is_empty(), right.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!("without: {left}"),
        (true, false) => format!("with: {right}"),
        (false, false) => format!("{left} -> {right}"),
    }
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn only_what_differs_is_shown() {
        assert_eq!(difference("\"serious doubts\"", "“serious fears”"), "doubts -> fears");
        assert_eq!(difference("stop the raids once and for all", "stop the raids"), "without: once and for all");
        assert_eq!(difference("lying about it", "He is lying about it"), "with: He is");
        assert_eq!(difference("14 passengers", "41 passengers"), "14 -> 41");
        assert_eq!(difference("the same", "The same."), "");
    }

    #[test]
    fn long_sides_are_cut() {
        let long = "word ".repeat(40);
        assert!(difference(&long, "other").contains('…'));
    }
}
