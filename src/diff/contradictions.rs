//! Two places of one text that cannot both be right.

use super::Contradiction;
use super::view::View;
use crate::facts::{Number, Qualifier};

/// Numbers of one text that are compared.
const MAX_NUMBERS: usize = 300;

/// Contradictions inside one text: the same things counted in the same words, with another exact number.
pub(super) fn contradictions(view: &View<'_>) -> Vec<Contradiction> {
    let numbers: Vec<(&Number, Vec<&str>)> = view
        .text
        .facts
        .numbers
        .iter()
        .filter(|n| n.qualifier == Qualifier::Exact && n.upper.is_none() && n.unit.is_none() && n.head.is_some() && !n.vague)
        .filter(|n| view.words_of(n.span).all(|at| !view.quoted[at]))
        .take(MAX_NUMBERS)
        .map(|n| (n, after(view, n)))
        .collect();
    let mut out = Vec::new();
    for (i, (x, a)) in numbers.iter().enumerate() {
        for (y, b) in numbers.iter().skip(i + 1) {
            if x.head == y.head && x.value != y.value && x.sentence != y.sentence && a.len() >= 2 && a == b && x.modifiers == y.modifiers {
                let text = format!("{} / {}", x.span.join(x.noun).of(view.text.text), y.span.join(y.noun).of(view.text.text));
                out.push(Contradiction { document: view.text.id.to_string(), a: x.span, b: y.span, text });
            }
        }
    }
    out
}

/// The content words that follow the counted noun up to the fourth.
fn after<'a>(view: &View<'a>, n: &Number) -> Vec<&'a str> {
    let from = view.words_of(n.noun).end;
    (from..view.words_in(n.sentence).end).filter(|&at| view.content[at]).map(|at| view.canon[at]).take(4).collect()
}
