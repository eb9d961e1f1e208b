//! Which of two sentences bears out a claim.

use super::Sentence;
use super::view::{View, spelled};
use super::vocabulary::Vocabulary;
use crate::document::Span;
use crate::facts::DateExpr;
use crate::facts::lexicon::is_negation;
use crate::text::number_value;

/// What a stop word of the claim counts that only one of the sentences has; a content word counts 1.
const STOP: f64 = 0.25;
/// What a number or date counts that only one of the sentences states, or satisfies.
const VALUE: f64 = 2.0;
/// What a negation counts.
const NEGATION: f64 = 1.0;
/// How far a number of a sentence may be from the claim's bound to be what the claim speaks of.
const FAR: f64 = 2.5;

/// Which of two sentences bears out a claim.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Support {
    /// How much more of the claim the base states than the variant: above 0 the base bears it out, below 0 the variant, at 0
    /// the rules cannot tell.
    pub margin: f64,
}

/// Weighs which of two sentences bears out `claim`: its words, and its numbers and dates with their bounds (`more than 40`,
/// `before May`) held against those of each side. What both sides state alike counts nothing. The claim is taken to be true of
/// one of the two.
///
/// ```
/// use wirecopy::diff::{Sentence, support};
///
/// let (base, variant) = (Sentence::new("The port handled 310 ships in May."), Sentence::new("The port handled 290 ships in May."));
/// assert!(support(&Sentence::new("More than 300 ships passed through the port."), &base, &variant).margin > 0.0);
/// ```
#[must_use]
pub fn support(claim: &Sentence<'_>, base: &Sentence<'_>, variant: &Sentence<'_>) -> Support {
    let texts = [claim.as_text(), base.as_text(), variant.as_text()];
    let [claim, base, variant] = texts;
    let (one, two, three) = (spelled(claim), spelled(base), spelled(variant));
    let mut vocabulary = Vocabulary::default();
    let claim = View::new(claim, &one, &mut vocabulary);
    let (base, variant) = (View::new(base, &two, &mut vocabulary), View::new(variant, &three, &mut vocabulary));
    let mut margin = words(&claim, &base, &variant) + values(&claim, &base, &variant);
    // no content word and no value decides: only stop words differ
    if margin.abs() < 1.0 {
        let said = negated(&claim);
        let fits = |view: &View<'_>| f64::from(u8::from(negated(view) == said));
        margin += NEGATION * (fits(&base) - fits(&variant));
    }
    Support { margin }
}

fn negated(view: &View<'_>) -> bool {
    (0..view.canon.len()).any(|at| is_negation(view.norm(at)))
}

/// Words of the claim that one of the sentences has and the other has not.
fn words(claim: &View<'_>, base: &View<'_>, variant: &View<'_>) -> f64 {
    let count = |at: usize| {
        let word = claim.ids[at];
        let differs = f64::from(u8::from(base.has(word))) - f64::from(u8::from(variant.has(word)));
        differs * if claim.content[at] { 1.0 } else { STOP }
    };
    (0..claim.canon.len()).filter(|&at| !claim.text.article.words[at].is_number()).map(count).sum()
}

/// What a value is a value of.
#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Count(Option<String>),
    Year,
    /// Month times 100 and day.
    Day,
    Month,
}

impl Kind {
    /// Whether two values can be held against each other: a unit that one side leaves out is no difference.
    fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Count(a), Self::Count(b)) => a.is_none() || b.is_none() || a == b,
            _ => self == other,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    Exact,
    More,
    Less,
}

#[derive(Clone, Debug)]
struct Value {
    amount: f64,
    kind: Kind,
    bound: Bound,
}

/// Numbers and dates of the claim held against those of each side.
fn values(claim: &View<'_>, base: &View<'_>, variant: &View<'_>) -> f64 {
    let (asked, left, right) = (read(claim), read(base), read(variant));
    let states = |list: &[Value], v: &Value| list.iter().any(|o| o.amount == v.amount && o.kind.meets(&v.kind));
    let mut out = 0.0;
    for value in &asked {
        if value.bound == Bound::Exact {
            let has = |list: &[Value]| f64::from(u8::from(states(list, value)));
            out += VALUE * (has(&left) - has(&right));
            continue;
        }
        let own = |list: &[Value], other: &[Value]| satisfied(value, list.iter().filter(|v| !states(other, v)));
        out += VALUE * (own(&left, &right) - own(&right, &left));
    }
    out
}

/// 1 if the value nearest to the claim's bound lies on the right side of it, -1 if on the wrong side, 0 if there is none.
fn satisfied<'v>(asked: &Value, values: impl Iterator<Item = &'v Value>) -> f64 {
    let far = |v: &Value| {
        let (a, b) = (asked.amount.abs() + 1.0, v.amount.abs() + 1.0);
        a.max(b) / a.min(b)
    };
    let near = values.filter(|v| v.kind.meets(&asked.kind) && (far(v) <= FAR || !matches!(v.kind, Kind::Count(_))));
    let nearest = near.min_by(|x, y| far(x).total_cmp(&far(y)));
    nearest.map_or(0.0, |v| {
        let met = match asked.bound {
            Bound::More => v.amount > asked.amount || v.amount == asked.amount && v.bound == Bound::More,
            _ => v.amount < asked.amount || v.amount == asked.amount && v.bound == Bound::Less,
        };
        if met { 1.0 } else { -1.0 }
    })
}

/// Numbers, dates, and what else is written in digits.
fn read(view: &View<'_>) -> Vec<Value> {
    let facts = view.text.facts;
    let mut out = Vec::new();
    let mut told: Vec<Span> = Vec::new();
    for n in &facts.numbers {
        let unit = n.unit.clone().filter(|u| u != "ordinal" && u != "share");
        let amount = if n.unit.as_deref() == Some("share") { n.value * 100.0 } else { n.value };
        out.push(Value { amount, kind: Kind::Count(unit), bound: bound(view, view.words_of(n.span)) });
        told.push(n.span);
    }
    for d in &facts.dates {
        let bound = bound(view, view.words_of(d.span));
        let mut push = |amount: f64, kind: Kind| out.push(Value { amount, kind, bound });
        match &d.expr {
            DateExpr::Year(year) => push(f64::from(*year), Kind::Year),
            DateExpr::Month { year, month } => {
                push(f64::from(*month), Kind::Month);
                year.iter().for_each(|y| push(f64::from(*y), Kind::Year));
            }
            DateExpr::Day { year, month, day } => {
                push(f64::from(*month) * 100.0 + f64::from(*day), Kind::Day);
                year.iter().for_each(|y| push(f64::from(*y), Kind::Year));
            }
            _ => continue,
        }
        told.push(d.span);
    }
    for (at, word) in view.text.article.words.iter().enumerate().filter(|(_, w)| w.is_number()) {
        if told.iter().any(|s| s.overlaps(word.span)) {
            continue;
        }
        if let Some(amount) = number_value(&word.norm) {
            let year = word.norm.len() == 4 && (1000.0..2100.0).contains(&amount) && word.span.len() == 4;
            let kind = if year { Kind::Year } else { Kind::Count(None) };
            out.push(Value { amount, kind, bound: bound(view, at..at + 1) });
        }
    }
    out
}

/// What the words around a value make of it: `more than 40`, `before May`, `40 or more`.
fn bound(view: &View<'_>, at: std::ops::Range<usize>) -> Bound {
    let back = |k: usize| at.start.checked_sub(k).map_or("", |i| view.norm(i));
    let next = |k: usize| view.norm(at.end + k);
    if matches!((next(0), next(1)), ("or", "more" | "later") | ("and", "above" | "later")) {
        return Bound::More;
    }
    if matches!((next(0), next(1)), ("or", "less" | "fewer" | "earlier") | ("and", "below" | "earlier")) {
        return Bound::Less;
    }
    let words = [back(1), back(2), back(3)];
    for (i, word) in words.iter().enumerate() {
        let first = i == 0;
        let before = words.get(i + 1).copied().unwrap_or_default();
        match *word {
            "than" if matches!(before, "more" | "greater" | "higher" | "later" | "larger" | "longer" | "older" | "better") => {
                return if words.get(i + 2).is_some_and(|w| matches!(*w, "no" | "not")) { Bound::Less } else { Bound::More };
            }
            "than" if matches!(before, "less" | "fewer" | "lower" | "earlier" | "smaller" | "shorter" | "younger" | "worse") => {
                return if words.get(i + 2).is_some_and(|w| matches!(*w, "no" | "not")) { Bound::More } else { Bound::Less };
            }
            "over" | "above" | "exceeding" | "exceeded" | "exceeds" | "surpassed" | "after" | "since" if first || i == 1 => {
                return Bound::More;
            }
            "least" if before == "at" => return Bound::More,
            "under" | "below" | "before" | "almost" | "nearly" | "until" if first || i == 1 => return Bound::Less,
            "most" if before == "at" => return Bound::Less,
            "to" if matches!(before, "up" | "prior") => return Bound::Less,
            _ => {}
        }
    }
    Bound::Exact
}

#[cfg(test)]
mod tests {
    use super::{Sentence, support};

    fn margin(claim: &str, base: &str, variant: &str) -> f64 {
        support(&Sentence::new(claim), &Sentence::new(base), &Sentence::new(variant)).margin
    }

    #[test]
    fn bounds_are_held_against_both_sides() {
        let (base, variant) = ("By 4 May 310 ships had passed.", "By 9 May 290 ships had passed.");
        for (claim, first) in [
            ("More than 300 ships passed.", true),
            ("Fewer than 300 ships passed.", false),
            ("At least 305 ships passed.", true),
            ("No more than 300 ships passed.", false),
            ("310 ships passed.", true),
            ("Ships passed before 6 May.", true),
            ("Ships passed after 6 May.", false),
        ] {
            let margin = margin(claim, base, variant);
            assert!(if first { margin > 0.0 } else { margin < 0.0 }, "{claim} {margin}");
        }
    }

    #[test]
    fn names_and_negations_decide_and_equal_sides_do_not() {
        assert!(margin("The prize went to Mara Dunn.", "Mara Dunn won the prize.", "Otto Weiss won the prize.") > 0.0);
        assert!(margin("The bridge was not safe.", "The bridge was safe.", "The bridge wasn't safe.") < 0.0);
        assert!(margin("The bridge opened.", "The old bridge opened.", "The new bridge opened.").abs() < f64::EPSILON);
    }
}
