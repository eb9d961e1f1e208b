//! Where the body begins and ends, and what stands inside it.

use super::BlockKind;
use super::blocks::{Placed, Shape};
use super::byline;
use super::credits;
use super::furniture::Furniture;
use super::lines::is_final;

/// A paragraph with a credit of its own below this many words, with more text after it, is a caption.
const CAPTION_WORDS: usize = 45;

/// The body is looked for again in this many lines at most: below, the first prose is believed.
const HEAD_LINES: usize = 200;

/// First and last line of the body.
pub(super) fn range(text: &str, page: &[Placed<'_>]) -> Option<(usize, usize)> {
    let first = first(text, page)?;
    Some((first, last(text, page, first)))
}

fn is_text(p: &Placed<'_>) -> bool {
    matches!(p.shape, Shape::Prose | Shape::Sentence)
}

/// The first line that is neither preamble, deck nor caption.
fn first(text: &str, page: &[Placed<'_>]) -> Option<usize> {
    let prose = page.iter().position(|p| p.shape == Shape::Prose).or_else(|| lone(page))?;
    if let Some(d) = page.iter().position(|p| p.dateline.is_some() && is_text(p)) {
        let before: Vec<&Placed<'_>> = page.iter().take(d).filter(|p| p.shape == Shape::Prose).collect();
        let short = before.iter().all(|p| p.line.words < 45);
        let sure = page.get(d).and_then(|p| p.dateline).is_some_and(|d| d.sure);
        let titled = d > 0 && page.get(d - 1).is_some_and(|p| p.shape != Shape::Prose) || before.iter().all(|p| p.repeated);
        if before.is_empty() || short && before.len() <= 2 && (sure || titled) {
            return Some(d);
        }
    }
    let mut at = prose;
    // a short sentence may open the body right before its first long one
    while at > 0 && page.get(at - 1).is_some_and(|p| p.shape == Shape::Sentence && !p.repeated && p.line.words >= 3) {
        at -= 1;
    }
    let above = |i: usize| page.iter().take(i).any(|p| p.shape == Shape::Label && p.line.words >= 4);
    while let Some(p) = page.get(at).filter(|_| at < HEAD_LINES) {
        let next = page.iter().enumerate().skip(at + 1).find(|(_, q)| is_text(q)).map(|(i, _)| i);
        let Some(next) = next else { return Some(at) };
        let between = page.get(at + 1..next).unwrap_or(&[]);
        let pictured = p.line.words < CAPTION_WORDS && credits::end_credit(text, p.line.span).is_some();
        let title_below = p.line.words < 20
            && !above(at)
            && !(at == 0 && reports(p.line.text))
            && between.iter().any(|q| q.shape == Shape::Label && q.line.words >= 5);
        let byline_below = p.line.words < CAPTION_WORDS
            && above(at)
            && between.iter().take(4).any(|q| {
                matches!(q.shape, Shape::Byline | Shape::Stamp)
                    || q.shape == Shape::Label && byline::is_names(&q.line) && q.line.text.contains(',')
            });
        let asks = p.line.text.ends_with('?')
            && p.line.words <= 20
            && !above(at)
            && at < 3
            && between.is_empty()
            && !p.line.text.contains(['"', '“', '.']);
        if asks {
            at = next;
            continue;
        }
        if is_text(p) && !p.repeated && !pictured && !title_below && !byline_below {
            return Some(at);
        }
        at = next;
    }
    Some(prose)
}

/// Whether a sentence says who told it: the lead of a text without a headline does, a caption does not.
fn reports(sentence: &str) -> bool {
    sentence.split(|c: char| !c.is_alphanumeric()).any(|w| matches!(w, "said" | "told" | "announced"))
}

/// A page of short sentences only: the first that a headline or nothing stands above.
fn lone(page: &[Placed<'_>]) -> Option<usize> {
    let at = page.iter().position(|p| p.shape == Shape::Sentence && !p.repeated && p.line.words >= 3)?;
    let titled = page.iter().take(at).any(|p| p.shape == Shape::Label);
    let more = page.iter().skip(at + 1).any(|p| p.shape == Shape::Sentence);
    (titled || more || page.len() == 1).then_some(at)
}

/// The last paragraph: ends of the article are believed unless most of the text stands after them.
fn last(text: &str, page: &[Placed<'_>], first: usize) -> usize {
    let rest: Vec<usize> = remaining(page);
    let mut last = first;
    let mut words = 0;
    for (i, p) in page.iter().enumerate().skip(first) {
        let after = rest.get(i + 1).copied().unwrap_or(0);
        match p.shape {
            Shape::Prose | Shape::Sentence => {
                if p.shape == Shape::Sentence && stray(page, i, last) {
                    continue;
                }
                last = i;
                words += p.line.words;
                if credits::end_credit(text, p.line.span).is_some() && after * 3 < words {
                    break;
                }
            }
            Shape::Credit if after < words * 2 => break,
            Shape::Furniture(Furniture::Comments) if after < words * 2 => break,
            Shape::Furniture(Furniture::After) if after * 2 < words && !resumes(page, i) || after == 0 => break,
            _ => {}
        }
    }
    last
}

/// A short sentence far below the last paragraph, with nothing long after it: no part of the body.
fn stray(page: &[Placed<'_>], at: usize, last: usize) -> bool {
    let apart = page.get((last + 1).max(at.saturating_sub(40))..at).unwrap_or(&[]);
    let furnished = apart.iter().any(|p| matches!(p.shape, Shape::Furniture(_) | Shape::Caption | Shape::Byline | Shape::Stamp));
    let more = page.iter().skip(at + 1).take(3).any(|p| p.shape == Shape::Prose);
    furnished && !more
}

/// Whether the text plainly goes on after the furniture at `at`: two long paragraphs in a row within two lines, or one long
/// among three of running text.
fn resumes(page: &[Placed<'_>], at: usize) -> bool {
    let long = |i: usize| page.get(i).is_some_and(|p| p.shape == Shape::Prose && p.line.words >= 15);
    let text = |i: usize| page.get(i).is_some_and(|p| is_text(p) && !p.repeated && p.line.words >= 4 && is_final(p.line.text));
    // Nothing but running text to the end of the page: no list of other stories.
    let rest = page.get(at + 1..).unwrap_or(&[]);
    let told = |p: &Placed<'_>| is_text(p) && p.line.words >= 8;
    let only_text = rest.iter().all(|p| is_text(p) || matches!(p.shape, Shape::Furniture(_))) && rest.iter().any(told);
    only_text || (at + 1..at + 3).any(|i| long(i) && long(i + 1) || (i..i + 3).all(text) && (i..i + 3).any(long))
}

/// Words of prose from each line to the end of the page, up to the readers' comments.
fn remaining(page: &[Placed<'_>]) -> Vec<usize> {
    let mut out = vec![0; page.len() + 1];
    for (i, p) in page.iter().enumerate().rev() {
        let below = out.get(i + 1).copied().unwrap_or(0);
        let own = if p.shape == Shape::Prose { p.line.words } else { 0 };
        if let Some(slot) = out.get_mut(i) {
            *slot = if p.shape == Shape::Furniture(Furniture::Comments) { 0 } else { below + own };
        }
    }
    out
}

/// Gives the lines `first..=last` their kinds.
pub(super) fn mark(text: &str, page: &mut [Placed<'_>], first: usize, last: usize) {
    for i in first..=last {
        let twin = page.get(i + 1).zip(page.get(i)).is_some_and(|(a, b)| a.line.folded == b.line.folded)
            || i > 0 && page.get(i - 1).zip(page.get(i)).is_some_and(|(a, b)| a.line.folded == b.line.folded);
        let Some(p) = page.get_mut(i) else { return };
        let pictured = i < last && p.line.words < CAPTION_WORDS && credits::end_credit(text, p.line.span).is_some();
        p.kind = match p.shape {
            Shape::Prose | Shape::Sentence if i > first && (twin || pictured) => BlockKind::Caption,
            Shape::Sentence if is_question_heading(p) => BlockKind::Heading,
            Shape::Sentence if p.line.is_upper() => BlockKind::Heading,
            Shape::Prose | Shape::Sentence => BlockKind::Paragraph,
            Shape::Label if p.repeated && p.line.words <= 3 => BlockKind::Furniture,
            Shape::Label if p.line.listed && p.line.words >= 5 => BlockKind::Paragraph,
            Shape::Label => BlockKind::Heading,
            Shape::Caption => BlockKind::Caption,
            Shape::Byline => BlockKind::Byline,
            Shape::Credit => BlockKind::Credit,
            Shape::Stamp | Shape::Furniture(_) => BlockKind::Furniture,
        };
    }
}

/// `Why did it sink?` between paragraphs: one short question, not in quotation marks.
fn is_question_heading(p: &Placed<'_>) -> bool {
    let text = p.line.text;
    text.ends_with('?') && p.line.words <= 9 && !text.contains(['"', '“', '”', '.', '«', '„'])
}
