//! The same thing to another degree: `high` and `highest`, `first` and `largest`, `one of the oldest` and `the oldest`;
//! and the same wish given up: `hopes`, `had hoped`.

use super::view::View;
use crate::document::Span;
use std::ops::Range;

/// Words that only look like superlatives.
const NOUNS_IN_EST: &[&str] = &["arrest", "conquest", "contest", "forest", "harvest", "interest", "latest", "priest", "protest", "request"];

/// Words that give a rank and stand where a superlative can stand.
const RANKS: &[&str] = &["first", "last", "only", "second", "third"];

/// What somebody wants, by its forms: present, past.
#[rustfmt::skip]
const WISHES: &[(&[&str], &str)] = &[
    (&["hope", "hopes"], "hoped"), (&["plan", "plans"], "planned"), (&["expect", "expects"], "expected"), (&["intend", "intends"], "intended"),
    (&["want", "wants"], "wanted"), (&["aim", "aims"], "aimed"), (&["wish", "wishes"], "wished"),
];

/// Whether two clauses that say the same thing say it to another degree.
pub(super) fn another_degree(base: &View<'_>, x: Span, variant: &View<'_>, y: Span) -> bool {
    let (left, right) = (degrees(base, x), degrees(variant, y));
    let (mine, other) = (one_of(base, x), one_of(variant, y));
    mine.zip(other).is_some_and(|((a, word), (b, same))| a != b && word == same)
        || left.iter().any(|(d, noun)| {
            let mut counterparts = right.iter().filter(|(_, n)| n == noun).map(|(e, _)| e).peekable();
            counterparts.peek().is_some() && counterparts.all(|e| d.conflicts(e))
        })
}

/// Whether a wish that one clause states is over in the other.
pub(super) fn given_up(base: &View<'_>, x: Span, variant: &View<'_>, y: Span) -> bool {
    let says = |view: &View<'_>, range: &Range<usize>, words: &[&str]| range.clone().any(|at| words.contains(&view.norm(at)));
    let over = |view: &View<'_>, range: &Range<usize>, past: &str| {
        range.clone().any(|at| at > range.start && view.norm(at) == past && view.norm(at - 1) == "had")
    };
    let (left, right) = (base.words_of(x), variant.words_of(y));
    WISHES.iter().any(|&(present, past)| {
        says(base, &left, present) && over(variant, &right, past) && !says(variant, &right, present)
            || over(base, &left, past) && says(variant, &right, present) && !says(base, &left, present)
    })
}

/// How a thing stands among its kind.
#[derive(Debug, PartialEq)]
enum Degree<'a> {
    /// `large`
    Plain(&'a str),
    /// `largest`, `most popular`, by what the plain form may be.
    Most(Vec<String>),
    /// `first`
    Rank(&'a str),
}

impl Degree<'_> {
    fn conflicts(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Plain(a), Self::Most(b)) | (Self::Most(b), Self::Plain(a)) => b.iter().any(|form| form == a),
            (Self::Most(_), Self::Rank(_)) | (Self::Rank(_), Self::Most(_)) => true,
            _ => false,
        }
    }
}

/// The degrees that a clause states outside quotation marks, each with the number of the word that it is said of.
fn degrees<'a>(view: &View<'a>, span: Span) -> Vec<(Degree<'a>, u32)> {
    let words = view.words_of(span);
    let inside = words.clone().filter(|&at| at + 1 < words.end && !view.quoted[at]);
    let mut out = Vec::new();
    for at in inside {
        let (word, next) = (view.norm(at), view.ids[at + 1]);
        let after_the = at > words.start && matches!(view.norm(at - 1), "the" | "its" | "their" | "his" | "her" | "s");
        if word == "most" && after_the {
            // `the most popular`
            let of = (at + 1..words.end.min(at + 4)).find(|&i| view.content[i] && !view.detail[i]);
            if let Some(i) = of.filter(|&i| i + 1 < words.end) {
                out.push((Degree::Most(vec![view.norm(i).to_owned()]), view.ids[i + 1]));
            }
        } else if RANKS.contains(&word) && after_the && view.content[at + 1] {
            out.push((Degree::Rank(word), next));
        } else if superlative(word) && after_the {
            out.push((Degree::Most(positives(word)), next));
        } else if view.content[at] && !view.named[at] {
            out.push((Degree::Plain(word), next));
        }
    }
    out
}

/// Whether a superlative stands in the span.
pub(super) fn has_superlative(view: &View<'_>, span: Span) -> bool {
    let words = view.words_of(span);
    words.clone().any(|at| at > words.start && superlative(view.norm(at)) && matches!(view.norm(at - 1), "the" | "its" | "their" | "s"))
}

fn superlative(word: &str) -> bool {
    word.len() > 5 && word.ends_with("est") && !NOUNS_IN_EST.contains(&word)
}

/// What the positive form of a superlative may be: `high`, `large`, `heavy`, `big`.
fn positives(word: &str) -> Vec<String> {
    let stem = word.strip_suffix("est").unwrap_or(word);
    let mut out = vec![stem.to_owned(), format!("{stem}e")];
    out.extend(stem.strip_suffix('i').map(|s| format!("{s}y")));
    let mut letters = stem.chars().rev();
    if let (Some(last), Some(before)) = (letters.next(), letters.next())
        && last == before
    {
        out.extend(stem.strip_suffix(last).map(str::to_owned));
    }
    out
}

/// The first superlative of the clause and whether only one of several is meant (`one of the oldest`).
fn one_of<'a>(view: &View<'a>, span: Span) -> Option<(bool, &'a str)> {
    let words = view.words_of(span);
    let at = words.clone().find(|&at| at > words.start && view.norm(at - 1) == "the" && superlative(view.norm(at)))?;
    let part = at >= words.start + 3 && view.norm(at - 2) == "of" && matches!(view.norm(at - 3), "one" | "some" | "among");
    Some((part, view.norm(at)))
}
