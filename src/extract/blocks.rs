//! Lines of a plain-text page to blocks: where the body begins and ends, and what stands around it.

use super::byline;
use super::caption;
use super::credits;
use super::dateline::{Dateline, dateline};
use super::furniture::{Furniture, furniture};
use super::headline;
use super::lines::{Line, is_final, lines};
use super::page_date;
use super::{Block, BlockKind};
use crate::document::Span;
use std::collections::HashMap;

/// What a line is by itself, before its place on the page is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Running text.
    Prose,
    /// A short sentence.
    Sentence,
    /// Short, without a final point: a headline, a heading, a name.
    Label,
    /// Says who wrote it.
    Byline,
    /// A date or time.
    Stamp,
    /// A caption or picture credit.
    Caption,
    /// A credit line.
    Credit,
    /// All other furniture.
    Furniture(Furniture),
}

/// A line with its shape and the kind that its place gives it.
pub(super) struct Placed<'a> {
    pub(super) line: Line<'a>,
    pub(super) shape: Shape,
    pub(super) kind: BlockKind,
    pub(super) dateline: Option<Dateline>,
    /// Whether the same line is printed elsewhere too.
    pub(super) repeated: bool,
}

impl Placed<'_> {
    const fn is_text(&self) -> bool {
        matches!(self.shape, Shape::Prose | Shape::Sentence)
    }
}

/// Cuts `text` into blocks. `title` is the headline where the source carries one.
pub(super) fn blocks(text: &str, title: Option<&str>) -> Vec<Block> {
    let mut page = place(text);
    let body = super::body::range(text, &page);
    match body {
        Some((first, last)) => {
            head(text, &mut page, first, title);
            super::body::mark(text, &mut page, first, last);
            tail(&mut page, last + 1);
        }
        None => bare(&mut page, title),
    }
    cut(text, &page)
}

fn place(text: &str) -> Vec<Placed<'_>> {
    let all = lines(text);
    let mut printed: HashMap<String, usize> = HashMap::new();
    for line in all.iter().filter(|l| l.words >= 3) {
        *printed.entry(line.folded.clone()).or_default() += 1;
    }
    all.into_iter()
        .map(|line| {
            let repeated = line.words >= 3 && printed.get(&line.folded).is_some_and(|&n| n > 1);
            let (shape, dateline) = shape(&line, text);
            Placed { line, shape, kind: BlockKind::Furniture, dateline, repeated }
        })
        .collect()
}

fn shape(line: &Line<'_>, text: &str) -> (Shape, Option<Dateline>) {
    if credits::is_credit_line(line, text) {
        return (Shape::Credit, None);
    }
    if credits::is_copyright(line) {
        return (Shape::Furniture(Furniture::After), None);
    }
    if caption::credit_start(line).is_some() {
        return (Shape::Caption, None);
    }
    let found = if line.words >= 6 { dateline(text, line.span) } else { None };
    // `PORT ELLERY (AP) - Sign up for our newsletter`: the lead was taken out
    if let Some(d) = &found
        && let Some(rest) = lines(Span::new(d.text_start, line.span.end).of(text)).first()
        && let Some(kind) = furniture(rest)
    {
        return (Shape::Furniture(kind), None);
    }
    if found.is_none() {
        // `By ... · Updated 4 May 2026`: a byline that carries a stamp
        if byline::is_labelled(line) || byline::is_agency_line(line) {
            return (Shape::Byline, None);
        }
        if let Some(kind) = furniture(line) {
            return (Shape::Furniture(kind), None);
        }
        if page_date::is_stamp(line, text) {
            return (Shape::Stamp, None);
        }
    }
    let ends =
        is_final(line.text) || line.text.ends_with([',', ':', ';']) && line.words >= 8 || credits::end_credit(text, line.span).is_some();
    let small = line.small >= 2;
    let asked = line.text.ends_with(['?', '!']) && line.words <= 22 && line.small * 5 < line.words * 2;
    let shape = match line.words {
        _ if asked && line.words >= 5 => Shape::Label,
        n if n >= 26 || n >= 8 && ends && small || found.is_some() && ends => Shape::Prose,
        n if n >= 2 && ends && (line.small >= 1 || n <= 3 && !line.is_upper()) => Shape::Sentence,
        n if n >= 8 && small && line.text.starts_with(char::is_lowercase) => Shape::Prose,
        _ => Shape::Label,
    };
    (shape, found)
}

/// Gives the lines above the body their kinds.
fn head(text: &str, page: &mut [Placed<'_>], first: usize, title: Option<&str>) {
    let candidates: Vec<usize> = (0..first)
        .filter(|&i| {
            let p = &page[i];
            matches!(p.shape, Shape::Label | Shape::Sentence) || matches!(p.shape, Shape::Prose) && !p.repeated
        })
        .collect();
    let chosen = choose(page, &candidates, title);
    let chosen_fold = chosen.map(|i| page[i].line.folded.clone());
    for (i, p) in page.iter_mut().enumerate().take(first) {
        let below = chosen.is_some_and(|c| i > c);
        let near = chosen.is_some_and(|c| i <= c + 2);
        let again = chosen_fold.as_ref().is_some_and(|f| *f == p.line.folded);
        p.kind = match p.shape {
            _ if again => BlockKind::Headline,
            Shape::Byline => BlockKind::Byline,
            Shape::Caption => BlockKind::Caption,
            Shape::Credit => BlockKind::Byline,
            Shape::Sentence if credits::end_credit(text, p.line.span).is_some() => BlockKind::Caption,
            Shape::Prose | Shape::Sentence if below && (p.repeated || !near || p.shape == Shape::Prose) => BlockKind::Caption,
            Shape::Sentence if below => BlockKind::Heading,
            Shape::Label if below && byline::is_names(&p.line) => BlockKind::Byline,
            Shape::Label if below && p.repeated => BlockKind::Caption,
            Shape::Label if below && p.line.words >= 5 => BlockKind::Heading,
            _ => BlockKind::Furniture,
        };
    }
    decks(page, first);
}

/// A sentence between the headline and a byline is a deck, not a caption.
fn decks(page: &mut [Placed<'_>], first: usize) {
    for i in 1..first.saturating_sub(1) {
        let deck = page[i].kind == BlockKind::Caption
            && page[i].is_text()
            && !page[i].repeated
            && page[i - 1].kind == BlockKind::Headline
            && matches!(page[i + 1].kind, BlockKind::Byline)
            && page[i].dateline.is_none();
        if deck {
            page[i].kind = BlockKind::Heading;
        }
    }
}

fn choose(page: &[Placed<'_>], candidates: &[usize], title: Option<&str>) -> Option<usize> {
    let picked: Vec<(&Line<'_>, bool)> = candidates.iter().filter_map(|&i| page.get(i)).map(|p| (&p.line, p.repeated)).collect();
    headline::choose(&picked, title).and_then(|k| candidates.get(k).copied())
}

/// Gives the lines below the body their kinds.
fn tail(page: &mut [Placed<'_>], from: usize) {
    let mut ended = false;
    for p in page.iter_mut().skip(from) {
        ended |= matches!(p.shape, Shape::Furniture(Furniture::Comments | Furniture::After));
        p.kind = match p.shape {
            Shape::Credit => BlockKind::Credit,
            Shape::Byline if !ended => BlockKind::Byline,
            Shape::Caption if !ended => BlockKind::Caption,
            _ => BlockKind::Furniture,
        };
    }
}

/// A page without running text: at most a headline.
fn bare(page: &mut [Placed<'_>], title: Option<&str>) {
    let candidates: Vec<usize> = (0..page.len()).filter(|&i| matches!(page[i].shape, Shape::Label | Shape::Sentence)).collect();
    let chosen = choose(page, &candidates, title);
    for (i, p) in page.iter_mut().enumerate() {
        p.kind = match p.shape {
            _ if chosen == Some(i) => BlockKind::Headline,
            Shape::Byline => BlockKind::Byline,
            Shape::Caption => BlockKind::Caption,
            Shape::Credit => BlockKind::Credit,
            _ => BlockKind::Furniture,
        };
    }
}

/// Blocks in order, with datelines and end credits split off their paragraphs.
fn cut(text: &str, page: &[Placed<'_>]) -> Vec<Block> {
    let mut out = Vec::with_capacity(page.len() + 2);
    let first = page.iter().position(|p| p.kind == BlockKind::Paragraph);
    let last = page.iter().rposition(|p| p.kind == BlockKind::Paragraph);
    for (i, p) in page.iter().enumerate() {
        let mut span = p.line.span;
        if p.kind != BlockKind::Paragraph {
            out.push(Block { kind: p.kind, span });
            continue;
        }
        if let Some(d) = p.dateline.filter(|d| Some(i) == first || d.sure) {
            out.push(Block { kind: BlockKind::Dateline, span: d.span });
            span.start = d.text_start;
        }
        let credit = if Some(i) == last { credits::end_credit(text, span) } else { None };
        let end = credit.unwrap_or(span.end);
        let body = Span::new(span.start, span.start + Span::new(span.start, end).of(text).trim_end().len());
        if !body.is_empty() {
            out.push(Block { kind: BlockKind::Paragraph, span: body });
        }
        if let Some(at) = credit {
            let raw = Span::new(at, span.end).of(text);
            let lead = raw.len() - raw.trim_start().len();
            out.push(Block { kind: BlockKind::Credit, span: Span::new(at + lead, span.end) });
        }
    }
    out
}
