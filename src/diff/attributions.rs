//! What became of who says what.

use super::align::Alignment;
use super::canon::canon;
use super::rows::{Rows, Verdict};
use super::view::View;
use super::{FactKind, Mark};
use crate::document::Span;
use crate::facts::Attribution;
use crate::facts::lexicon::{HEDGE_ADVERBS, SAYING, holds};

/// Attributions of one text that are compared.
const MAX_ATTRIBUTIONS: usize = 400;

/// Adds the rows of all attributions.
pub(super) fn attributions(base: &View<'_>, variant: &View<'_>, alignment: &Alignment, rows: &mut Rows) {
    let left = take(base);
    let right = take(variant);
    let mut used = vec![false; right.len()];
    for x in left.iter().filter(|a| !a.source.is_empty()) {
        let found = right.iter().enumerate().filter(|&(v, y)| !used[v] && !y.source.is_empty()).filter_map(|(v, y)| {
            let link = alignment.score(x.sentence, y.sentence);
            let shared = overlap(x, y);
            let same = shared >= 1.0 && x.source.len().min(y.source.len()) >= 2;
            (link > 0.0 && shared > 0.0 || same).then_some((shared + link, v))
        });
        let best = found.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        if let Some((_, v)) = best {
            let y = right[v];
            used[v] = true;
            let equal = overlap(x, y) >= 1.0 && x.source.len() == y.source.len() && x.verb == y.verb;
            let verdict = if x.hedged != y.hedged {
                Verdict::sure(Mark::Altered, "hedge", 0.6)
            } else if equal {
                Verdict::sure(Mark::Kept, "attribution", 0.9)
            } else {
                Verdict::sure(Mark::Reworded, "attribution", 0.6)
            };
            rows.both(FactKind::Attribution, &verdict, (base, x.span, x.sentence), (variant, y.span, y.sentence));
        } else if let Some(v) = replaced(x, &left, &right, &used, alignment) {
            used[v] = true;
            let y = right[v];
            let verdict = Verdict::sure(Mark::Altered, "attribution", 0.5);
            rows.both(FactKind::Attribution, &verdict, (base, x.span, x.sentence), (variant, y.span, y.sentence));
        } else if matches!(x.verb.as_str(), "showed" | "shows" | "found") {
            // `results showed`: what speaks is no source
        } else if spoken(rows, Mark::Dropped, x.span) {
            // the row of the dropped quotation says it
        } else if gone(x, variant) || silent(x, variant, &right, alignment) {
            let verdict = Verdict::sure(Mark::Dropped, "attribution", 0.6);
            rows.dropped(FactKind::Attribution, &verdict, (base, x.span, x.sentence));
        }
    }
    hedges(base, variant, alignment, &left, &right, rows);
}

fn take<'a>(view: &View<'a>) -> Vec<&'a Attribution> {
    let inside = |a: &Attribution| view.words_of(a.span).next().is_some_and(|at| view.quoted[at]);
    view.text.facts.attributions.iter().filter(|a| a.sentence < view.sentences() && !inside(a)).take(MAX_ATTRIBUTIONS).collect()
}

/// Whether a quotation with this mark stands in the sentence of `span`.
fn spoken(rows: &Rows, mark: Mark, span: Span) -> bool {
    let sides = |r: &'_ super::FactRow| if mark == Mark::Added { r.variant.clone() } else { r.base.clone() };
    rows.list.iter().any(|r| r.kind == FactKind::Quote && r.mark == mark && sides(r).is_some_and(|s| s.sentence.contains(span)))
}

/// Share of the shorter source's words that the other has.
fn overlap(x: &Attribution, y: &Attribution) -> f64 {
    let other: Vec<&str> = y.source.iter().map(|w| canon(w)).collect();
    let shared = x.source.iter().filter(|w| other.contains(&canon(w))).count();
    shared as f64 / x.source.len().min(y.source.len()).max(1) as f64
}

/// The only attribution of the best linked sentence, when `x` is the only one of its own: another source.
fn replaced(x: &Attribution, left: &[&Attribution], right: &[&Attribution], used: &[bool], alignment: &Alignment) -> Option<usize> {
    let link = alignment.of_base(x.sentence).first().filter(|l| l.score >= 0.15)?;
    let own = left.iter().filter(|a| a.sentence == x.sentence && !a.source.is_empty()).count();
    let neutral = |a: &Attribution| a.verb == "according" || holds(SAYING, &a.verb);
    let mut others = right.iter().enumerate().filter(|(_, a)| a.sentence == link.variant && !a.source.is_empty());
    let (v, y) = others.next()?;
    (neutral(x) && neutral(y) && own == 1 && others.next().is_none() && !used.get(v).copied().unwrap_or(true)).then_some(v)
}

/// Whether the sentences that say the same name no source.
fn silent(x: &Attribution, variant: &View<'_>, right: &[&Attribution], alignment: &Alignment) -> bool {
    let words: Vec<&str> = x.source.iter().map(|w| canon(w)).collect();
    let links = alignment.of_base(x.sentence);
    let elsewhere = right.iter().any(|a| a.source.iter().any(|w| words.contains(&canon(w))));
    !elsewhere
        && links.first().is_some_and(|l| l.score >= 0.25)
        && links.iter().all(|l| {
            !right.iter().any(|a| a.sentence == l.variant) && !variant.words_in(l.variant).any(|at| words.contains(&variant.canon[at]))
        })
}

/// Whether the variant names no such source at all.
fn gone(x: &Attribution, variant: &View<'_>) -> bool {
    let words: Vec<&str> = x.source.iter().map(|w| canon(w)).collect();
    !variant.canon.iter().any(|w| words.contains(w))
}

/// `reportedly` put before or taken from a statement.
fn hedges(base: &View<'_>, variant: &View<'_>, alignment: &Alignment, left: &[&Attribution], right: &[&Attribution], rows: &mut Rows) {
    for y in right.iter().filter(|a| holds(HEDGE_ADVERBS, &a.verb)) {
        let links = alignment.of_variant(y.sentence);
        let before = links.iter().any(|l| left.iter().any(|x| x.hedged && x.sentence == l.base));
        if let (false, Some(link)) = (before, links.first()) {
            let at = counterpart(base, link.base, variant, y);
            let verdict = Verdict { mark: Mark::Altered, subtype: "hedge", confidence: 0.55, check: false };
            rows.both(FactKind::Attribution, &verdict, (base, at, link.base), (variant, y.span, y.sentence));
        }
    }
}

/// The clause of the base's sentence that shares most with the clause around the adverb.
fn counterpart(base: &View<'_>, sentence: usize, variant: &View<'_>, y: &Attribution) -> Span {
    let clause = variant.text.facts.claims.iter().find(|c| c.span.contains(y.span)).map_or(y.span, |c| c.span);
    let words = variant.content_of(clause);
    let own = base.text.facts.claims.iter().filter(|c| c.sentence == sentence);
    let best = own.max_by_key(|c| base.content_of(c.span).iter().filter(|w| words.contains(w)).count());
    best.map(|c| c.span).unwrap_or_default()
}
