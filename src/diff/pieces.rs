//! Quotations of several sentences that stand scattered in the other text.
//!
//! Where paragraphs were moved, a quotation that ran over two of them is cut: one piece keeps its opening mark and never closes. The
//! words are all there.

use super::lcs::find_run;
use super::spelling::american;
use super::view::View;
use crate::document::Span;
use crate::facts::Quote;

/// Words of a piece that is looked for behind a mark that nothing closes.
const LEAST: usize = 4;
/// Words of a text that are searched.
const MOST: usize = 50_000;

/// Where the first piece of the quotation stands in the other text, if each of its sentences does: as a whole quotation there that
/// is a part of this one, or behind an opening mark that is not closed.
pub(super) fn scattered(view: &View<'_>, quote: &Quote, other: &View<'_>, quotes: &[Quote]) -> Option<(Span, usize)> {
    let pieces = pieces(view, quote);
    let alone = pieces.len() == 1;
    let mut first = None;
    for piece in &pieces {
        let part = || {
            let parts = quotes.iter().filter(|q| !alone && find_run(&q.words, piece).is_some());
            parts.into_iter().find(|q| find_run(&quote.words, &q.words).is_some()).map(|q| (q.span, q.sentence))
        };
        let found = opened(other, piece).or_else(part)?;
        first.get_or_insert(found);
    }
    first
}

/// The words of the quotation, sentence by sentence.
fn pieces(view: &View<'_>, quote: &Quote) -> Vec<Vec<String>> {
    let inner = view.words_of(quote.inner);
    let mut out = Vec::new();
    for sentence in quote.sentence..view.sentences() {
        let home = view.words_in(sentence);
        if home.start >= inner.end {
            break;
        }
        let words = home.start.max(inner.start)..home.end.min(inner.end);
        let article = view.text.article.words.get(words).unwrap_or_default();
        out.push(article.iter().map(|w| american(&w.norm).into_owned()).collect());
    }
    out.retain(|piece: &Vec<String>| !piece.is_empty());
    out
}

/// Where the words stand right behind an opening mark, with no mark between them.
fn opened(view: &View<'_>, piece: &[String]) -> Option<(Span, usize)> {
    if piece.len() < LEAST {
        return None;
    }
    let text = view.text.text;
    let words = view.text.article.words.get(..view.text.article.words.len().min(MOST)).unwrap_or_default();
    let is_mark = |c: char| matches!(c, '"' | '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{00AB}' | '\u{00BB}');
    words.windows(piece.len()).enumerate().find_map(|(at, run)| {
        let same = run.iter().zip(piece).all(|(w, p)| american(&w.norm) == p.as_str());
        let span = run.first()?.span.join(run.last()?.span);
        let before = text.get(..span.start).filter(|_| same)?;
        let mark = before.chars().next_back().filter(|&c| is_mark(c))?;
        let free = before.trim_end_matches(mark).chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        if !free || span.of(text).contains(is_mark) {
            return None;
        }
        let sentence = view.text.article.sentences.partition_point(|s| s.words.end <= at);
        Some((Span::new(span.start - mark.len_utf8(), span.end), sentence))
    })
}
