//! What became of who says what.

use super::align::{Alignment, Link};
use super::canon::canon;
use super::hedges::hedges;
use super::rows::{Rows, Verdict};
use super::view::View;
use super::{FactKind, Mark};
use crate::document::Span;
use crate::facts::Attribution;
use crate::facts::lexicon::{SAYING, holds};

/// Attributions of one text that are compared.
const MAX_ATTRIBUTIONS: usize = 400;

/// Score of a link between sentences that differ in little.
const SAME: f64 = 0.6;
/// Verbs that say only that something was said.
const NEUTRAL: &[&str] = &["said", "say", "says", "stated", "told"];
/// Verbs that concede guilt for the speaker.
const LOADED: &[&str] = &["admitted", "admitting", "boasted", "conceded", "confessed"];

/// Stems of sources that could be anybody in office.
const NAMELESS: &[&str] = &["author", "authorit", "local", "offici", "official"];

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
            let y = &right[v];
            used[v] = true;
            let equal = overlap(x, y) >= 1.0 && x.source.len() == y.source.len() && x.verb == y.verb;
            let verdict = if holds(LOADED, &y.verb) && NEUTRAL.contains(&x.verb.as_str()) && overlap(x, y) >= 1.0 {
                Verdict::sure(Mark::Altered, "verb", 0.6)
            } else if x.hedged != y.hedged {
                Verdict::sure(Mark::Altered, "hedge", 0.6)
            } else if equal {
                Verdict::sure(Mark::Kept, "attribution", 0.9)
            } else {
                Verdict::sure(Mark::Reworded, "attribution", 0.6)
            };
            // who speaks has a row of its own
            if verdict.mark == Mark::Reworded && another_role(rows, x.span, y.span) {
                continue;
            }
            rows.both(FactKind::Attribution, &verdict, (base, x.span, x.sentence), (variant, y.span, y.sentence));
        } else if let Some(v) = replaced(x, variant, &left, &right, &used, alignment) {
            used[v] = true;
            let y = &right[v];
            // `authorities`, `officials`: neither says who
            let nameless = |s: &Source<'_>| s.source.iter().all(|w| NAMELESS.contains(&w.as_str()));
            let mark = if nameless(x) && nameless(y) { Mark::Reworded } else { Mark::Altered };
            let verdict = Verdict::sure(mark, "attribution", 0.5);
            rows.both(FactKind::Attribution, &verdict, (base, x.span, x.sentence), (variant, y.span, y.sentence));
        } else if matches!(x.verb.as_str(), "showed" | "shows" | "found") {
            // `results showed`: what speaks is no source
        } else if spoken(rows, Mark::Dropped, x.span) {
            // the row of the dropped quotation says it
        } else if gone(x, variant) || silent(x, variant, &right, alignment) {
            // who agreed or promised something does not vouch for what the sentence says
            // and a person whom the variant names may speak there in other ways
            let check = x.verb != "according" && !holds(SAYING, &x.verb) || names_speaker(base, x, variant);
            let verdict = Verdict { mark: Mark::Dropped, subtype: "attribution", confidence: if check { 0.4 } else { 0.6 }, check };
            rows.dropped(FactKind::Attribution, &verdict, (base, x.span, x.sentence));
        }
    }
    new_sources(&left, variant, &right, &used, alignment, rows);
    let (left, right): (Vec<&Attribution>, Vec<&Attribution>) =
        (left.iter().map(|s| s.record).collect(), right.iter().map(|s| s.record).collect());
    hedges(base, variant, alignment, &left, &right, rows);
}

/// An attribution with the canonical words of its source.
struct Source<'a> {
    record: &'a Attribution,
    words: Vec<&'a str>,
}

impl std::ops::Deref for Source<'_> {
    type Target = Attribution;

    fn deref(&self) -> &Attribution {
        self.record
    }
}

fn take<'a>(view: &View<'a>) -> Vec<Source<'a>> {
    let inside = |a: &Attribution| view.words_of(a.span).next().is_some_and(|at| view.quoted[at]);
    view.text.facts.attributions.iter().filter(|a| a.sentence < view.sentences() && !inside(a)).take(MAX_ATTRIBUTIONS).map(source).collect()
}

fn source(record: &Attribution) -> Source<'_> {
    Source { record, words: record.source.iter().map(|w| canon(w)).collect() }
}

/// Whether an altered role lies in both spans.
fn another_role(rows: &Rows, base: Span, variant: Span) -> bool {
    rows.list.iter().any(|r| {
        r.kind == FactKind::Role
            && r.mark == Mark::Altered
            && r.base.as_ref().is_some_and(|s| s.span.overlaps(base))
            && r.variant.as_ref().is_some_and(|s| s.span.overlaps(variant))
    })
}

/// Whether a quotation with this mark stands in the sentence of `span`.
fn spoken(rows: &Rows, mark: Mark, span: Span) -> bool {
    let sides = |r: &'_ super::FactRow| if mark == Mark::Added { r.variant.clone() } else { r.base.clone() };
    rows.list.iter().any(|r| r.kind == FactKind::Quote && r.mark == mark && sides(r).is_some_and(|s| s.sentence.contains(span)))
}

/// Share of the shorter source's words that the other has.
fn overlap(x: &Source<'_>, y: &Source<'_>) -> f64 {
    let shared = x.words.iter().filter(|w| y.words.contains(w)).count();
    shared as f64 / x.words.len().min(y.words.len()).max(1) as f64
}

/// The only attribution of the best linked sentence, when `x` is the only one of its own: another source.
fn replaced(
    x: &Source<'_>,
    variant: &View<'_>,
    left: &[Source<'_>],
    right: &[Source<'_>],
    used: &[bool],
    alignment: &Alignment,
) -> Option<usize> {
    let link = alignment.of_base(x.sentence).first().filter(|l| l.score >= 0.15)?;
    let own = left.iter().filter(|a| a.sentence == x.sentence && !a.source.is_empty()).count();
    let neutral = |a: &Attribution| a.verb == "according" || holds(SAYING, &a.verb);
    let mut others = right.iter().enumerate().filter(|(_, a)| a.sentence == link.variant && !a.source.is_empty());
    let (v, y) = others.next()?;
    // `, told reporters`: what follows the verb is who hears it
    if variant.words_of(y.span).next().is_some_and(|at| variant.norm(at) == "told") {
        return None;
    }
    (neutral(x) && neutral(y) && own == 1 && others.next().is_none() && !used.get(v).copied().unwrap_or(true)).then_some(v)
}

/// Sources that the variant gives to a sentence that is otherwise the base's own and names none there.
fn new_sources(left: &[Source<'_>], variant: &View<'_>, right: &[Source<'_>], used: &[bool], alignment: &Alignment, rows: &mut Rows) {
    for (y, used) in right.iter().zip(used) {
        let close = alignment.of_variant(y.sentence).first().filter(|l| l.score >= SAME);
        let named = y.source.len() <= 5 && !y.source.is_empty() && !y.hedged && holds(SAYING, &y.verb);
        let Some(link) = close.filter(|_| !used && named) else { continue };
        // the sentence before may carry the source for its neighbours
        let known = left.iter().any(|x| x.sentence.abs_diff(link.base) <= 1 || overlap(x, y) > 0.0);
        if !known && !spoken(rows, Mark::Added, y.span) {
            let verdict = Verdict::sure(Mark::Added, "attribution", 0.6);
            rows.added(FactKind::Attribution, &verdict, (variant, y.span, y.sentence));
        }
    }
}

/// Whether the sentences that say the same name no source.
fn silent(x: &Source<'_>, variant: &View<'_>, right: &[Source<'_>], alignment: &Alignment) -> bool {
    let words = &x.words;
    let links = alignment.of_base(x.sentence);
    let nowhere = !right.iter().any(|a| links.iter().any(|l| a.sentence.abs_diff(l.variant) <= 1));
    let says = x.verb == "according" || holds(SAYING, &x.verb);
    // `informed`, `as reported by`: the source still stands there, with a verb that is no known one
    let named = |l: &Link| !words.is_empty() && words.iter().all(|w| variant.words_in(l.variant).any(|at| variant.canon[at] == *w));
    if nowhere && says && links.first().is_some_and(|l| l.score >= SAME && !named(l)) {
        return true;
    }
    let around = |s: usize| links.iter().any(|l| s.abs_diff(l.variant) <= 3);
    let elsewhere = right.iter().any(|a| around(a.sentence) && a.words.iter().any(|w| words.contains(w)));
    !elsewhere
        && links.first().is_some_and(|l| l.score >= 0.25)
        && links.iter().all(|l| {
            !right.iter().any(|a| a.sentence == l.variant) && !variant.words_in(l.variant).any(|at| words.contains(&variant.canon[at]))
        })
}

/// Whether the last name of a person in the attribution stands in the variant too.
fn names_speaker(base: &View<'_>, x: &Source<'_>, variant: &View<'_>) -> bool {
    let mut people = base.text.facts.names.iter().filter(|n| n.words.len() == 2 && n.sentence < base.sentences());
    let last = |n: &crate::facts::Name| n.words.last().cloned().unwrap_or_default();
    let speaks = |word: &str| base.words_of(x.span).any(|at| base.norm(at) == word && base.named[at]);
    people.any(|n| {
        let word = last(n);
        speaks(&word) && variant.text.article.words.iter().any(|w| *w.norm == *word)
    })
}

/// Whether the variant names no such source at all.
fn gone(x: &Source<'_>, variant: &View<'_>) -> bool {
    let words = &x.words;
    !variant.canon.iter().any(|w| words.contains(w))
}
