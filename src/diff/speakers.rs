//! Quotations whose words stay and whose speaker changes, and roles that such a row already tells.

use super::rows::{Rows, Verdict};
use super::view::View;
use super::{FactKind, FactRow, Mark};
use crate::document::Span;
use crate::facts::Attribution;
use crate::text::stem;

/// Adds a row for each kept quotation that another person says.
pub(super) fn speakers(base: &View<'_>, variant: &View<'_>, rows: &mut Rows) {
    let kept: Vec<(Span, Span)> = rows
        .list
        .iter()
        .filter(|r| r.kind == FactKind::Quote && r.mark == Mark::Kept)
        .filter_map(|r| r.base.as_ref().zip(r.variant.as_ref()).map(|(b, v)| (b.span, v.span)))
        .collect();
    let mut told: Vec<(Span, Span)> = Vec::new();
    for (b, v) in kept {
        let (Some((x, name)), Some((y, other))) = (source(base, b), source(variant, v)) else { continue };
        let apart = name != other && !mentions(variant, y.sentence, &name) && !mentions(base, x.sentence, &other) && !alike(&name, &other);
        if apart && !told.contains(&(x.span, y.span)) {
            told.push((x.span, y.span));
            let verdict = Verdict::sure(Mark::Altered, "speaker", 0.7);
            rows.both(FactKind::Attribution, &verdict, (base, x.span, x.sentence), (variant, y.span, y.sentence));
        }
    }
}

/// The attribution beside a quotation, when it names the speaker in full, with the folded last name.
fn source<'a>(view: &View<'a>, quote: Span) -> Option<(&'a Attribution, String)> {
    let facts = view.text.facts;
    let found = facts.quotes.iter().find(|q| q.span == quote)?;
    let name = facts.names.iter().filter(|n| n.words.len() >= 2).find(|n| found.speaker.as_deref() == Some(n.span.of(view.text.text)))?;
    let last = name.words.last()?;
    let own = facts.attributions.iter().filter(|a| a.sentence == found.sentence || a.sentence == found.sentence + 1);
    let said = own.filter(|a| a.source.iter().any(|w| w == stem(last))).find(|a| near(view, a.span, quote))?;
    Some((said, last.clone()))
}

/// Whether only marks stand between the quotation and its attribution.
fn near(view: &View<'_>, said: Span, quote: Span) -> bool {
    let (from, to) = if said.start >= quote.end { (quote.end, said.start) } else { (said.end, quote.start) };
    from <= to && view.words_of(Span::new(from, to)).is_empty()
}

fn mentions(view: &View<'_>, sentence: usize, name: &str) -> bool {
    view.words_in(sentence).any(|at| view.norm(at) == name)
}

/// Spellings of one name.
fn alike(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    shared * 10 >= a.chars().count().max(b.chars().count()) * 6
}

/// Takes out roles, dropped and added, of a person whose name or attribution was exchanged: that row says it.
pub(super) fn settle(rows: &mut Rows) {
    let changed: Vec<(Span, Span)> = rows
        .list
        .iter()
        .filter(|r| r.mark == Mark::Altered && matches!(r.kind, FactKind::Name | FactKind::Attribution))
        .filter_map(|r| r.base.as_ref().zip(r.variant.as_ref()).map(|(b, v)| (b.span, v.span)))
        .collect();
    let who = |r: &FactRow| matches!(r.kind, FactKind::Role | FactKind::Name);
    let gone = |r: &FactRow, span: Span| who(r) && r.mark == Mark::Dropped && r.base.as_ref().is_some_and(|s| s.span.overlaps(span));
    let new = |r: &FactRow, span: Span| who(r) && r.mark == Mark::Added && r.variant.as_ref().is_some_and(|s| s.span.overlaps(span));
    for (b, v) in changed {
        if rows.list.iter().any(|r| gone(r, b)) && rows.list.iter().any(|r| new(r, v)) {
            rows.list.retain(|r| !gone(r, b) && !new(r, v));
        }
    }
}
