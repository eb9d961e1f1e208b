//! Collects fact rows.

use super::detail::{between, unspoken};
use super::view::View;
use super::{FactKind, FactRow, Mark, Side};
use crate::document::Span;
use crate::text::Word;

/// Most rows of one pair of texts.
const MAX_ROWS: usize = 20_000;

/// What a rule decided.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verdict {
    pub(super) mark: Mark,
    pub(super) subtype: &'static str,
    pub(super) confidence: f64,
    pub(super) check: bool,
}

impl Verdict {
    pub(super) const fn sure(mark: Mark, subtype: &'static str, confidence: f64) -> Self {
        Self { mark, subtype, confidence, check: false }
    }
}

/// A place in one of the texts: view, span, sentence.
pub(super) type Place<'v, 'a> = (&'v View<'a>, Span, usize);

fn words<'a>((view, span, _): Place<'_, 'a>) -> Vec<&'a Word> {
    view.text.article.words.get(view.words_of(span)).unwrap_or_default().iter().collect()
}

/// Rows in the order in which the rules found them.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) list: Vec<FactRow>,
}

impl Rows {
    pub(super) fn both(&mut self, kind: FactKind, verdict: &Verdict, base: Place<'_, '_>, variant: Place<'_, '_>) {
        let detail = match verdict.mark {
            Mark::Kept => String::new(),
            _ => unspoken(verdict.subtype)
                .map_or_else(|| between((base.0.text.text, &words(base)), (variant.0.text.text, &words(variant))), str::to_owned),
        };
        self.push(kind, verdict, detail, base.0.side(base.1, base.2), variant.0.side(variant.1, variant.2));
    }

    pub(super) fn dropped(&mut self, kind: FactKind, verdict: &Verdict, base: Place<'_, '_>) {
        self.push(kind, verdict, String::new(), base.0.side(base.1, base.2), None);
    }

    pub(super) fn added(&mut self, kind: FactKind, verdict: &Verdict, variant: Place<'_, '_>) {
        self.push(kind, verdict, String::new(), None, variant.0.side(variant.1, variant.2));
    }

    fn push(&mut self, kind: FactKind, verdict: &Verdict, detail: String, base: Option<Side>, variant: Option<Side>) {
        if self.list.len() >= MAX_ROWS {
            return;
        }
        self.list.push(FactRow {
            kind,
            mark: verdict.mark,
            subtype: verdict.subtype.to_string(),
            confidence: verdict.confidence,
            check: verdict.check,
            detail,
            base,
            variant,
        });
    }
}
