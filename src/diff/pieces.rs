//! Quotations of several paragraphs that stand scattered in the other text.
//!
//! Where paragraphs were moved, a quotation that ran over two of them is cut: one piece keeps its opening mark and never closes. The
//! words are all there.

use super::lcs::find_run;
use super::spelling::written;
use super::view::View;
use crate::document::Span;
use crate::facts::Quote;
use crate::text::Word;

/// Words of a piece that is looked for behind a mark that nothing closes.
const LEAST: usize = 4;
/// Words of a text that are searched.
const MOST: usize = 50_000;

/// Where the first piece of the quotation stands in the other text, if what it takes from each paragraph does: as a whole quotation there
/// that is a part of this one, or behind an opening mark that its paragraph does not close.
pub(super) fn scattered(view: &View<'_>, quote: &Quote, other: &View<'_>, quotes: &[Quote]) -> Option<(Span, usize)> {
    let pieces = pieces(view, quote);
    let alone = pieces.len() == 1;
    let mut first = None;
    for piece in &pieces {
        let part = || {
            let parts = quotes.iter().filter(|q| !alone && q.words.len() < quote.words.len() && find_run(&q.words, piece).is_some());
            parts.into_iter().find(|q| find_run(&quote.words, &q.words).is_some()).map(|q| (q.span, q.sentence))
        };
        let found = opened(other, piece).or_else(part)?;
        first.get_or_insert(found);
    }
    first
}

/// The words of the quotation, paragraph by paragraph.
fn pieces(view: &View<'_>, quote: &Quote) -> Vec<Vec<String>> {
    let inner = view.words_of(quote.inner);
    let block = |sentence: usize| view.text.article.sentences.get(sentence).map(|s| s.block);
    let mut out: Vec<Vec<String>> = Vec::new();
    for sentence in quote.sentence..view.sentences() {
        let home = view.words_in(sentence);
        if home.start >= inner.end {
            break;
        }
        let words = home.start.max(inner.start)..home.end.min(inner.end);
        let words = view.text.article.words.get(words).unwrap_or_default().iter().map(|w| written(view.text.text, w).into_owned());
        match out.last_mut() {
            Some(piece) if block(sentence) == block(sentence - 1) => piece.extend(words),
            _ => out.push(words.collect()),
        }
    }
    out.retain(|piece: &Vec<String>| !piece.is_empty());
    out
}

/// Where the words stand from an opening mark to the end of their paragraph, with no mark between or behind them.
fn opened(view: &View<'_>, piece: &[String]) -> Option<(Span, usize)> {
    if piece.len() < LEAST {
        return None;
    }
    let (text, article) = (view.text.text, view.text.article);
    let words = article.words.get(..article.words.len().min(MOST)).unwrap_or_default();
    let is_mark = |c: char| matches!(c, '"' | '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{00AB}' | '\u{00BB}');
    words.windows(piece.len()).enumerate().find_map(|(at, run)| {
        // one spelling of a word begins as the other does
        let begins = |w: &Word, p: &str| w.norm.as_bytes().first() == p.as_bytes().first();
        if !run.first().zip(piece.first()).is_some_and(|(w, p)| begins(w, p))
            || !run.iter().zip(piece).all(|(w, p)| written(text, w) == p.as_str())
        {
            return None;
        }
        let last = article.sentences.partition_point(|s| s.words.end < at + run.len());
        let paragraph = article.blocks.get(article.sentences.get(last)?.block)?.span;
        let span = Span::new(run.first()?.span.start, paragraph.end);
        let mark = text.get(..span.start)?.chars().next_back().filter(|&c| is_mark(c))?;
        let ends = !text.get(run.last()?.span.end..paragraph.end)?.contains(char::is_alphanumeric);
        let sentence = article.sentences.partition_point(|s| s.words.end <= at);
        (ends && !span.of(text).contains(is_mark)).then(|| (Span::new(span.start - mark.len_utf8(), span.end), sentence))
    })
}
