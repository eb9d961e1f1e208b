//! Lines outside the body that both pages have, with another value in one place: headlines, headings, captions, datelines, date stamps.
//!
//! Pages of one text have other headlines, captions and stamps as a rule, and that is nobody's mistake. Only a line that is the
//! other page's own but for a figure, a name, a negation or a part of its date was changed.

use super::align::Alignment;
use super::denials::{denied, turned};
use super::exchanged::exchange;
use super::gaps::{Compared, Gap, compared};
use super::rows::{Rows, Verdict};
use super::view::{View, spelled};
use super::vocabulary::Vocabulary;
use super::{FactKind, Mark, Text};
use crate::document::Span;
use crate::extract::{Article, Block, BlockKind, BodySentence};
use crate::facts::lexicon::{is_month, is_weekday};
use crate::facts::{Facts, facts};
use crate::text::words;
use std::collections::BTreeSet;

/// Lines of one page that are compared, and words of the longest one.
const MOST: usize = 200;
const LONGEST: usize = 60;
/// Bytes of a block that is looked at for the same line.
const LONGEST_BLOCK: usize = 1_000;
/// Words of the longest stamp.
const STAMP: usize = 20;
/// Content words that two lines share at least.
const SHARED: usize = 3;
/// Words that only one of two lines has before or after what they share (`OSLO (AFP) - `).
const ENDS: usize = 4;
/// Words beside the one that differs in a page's stamp: a weekday, or an hour, or a label. A bare date of another day is another
/// page's stamp. A dateline belongs to the text.
const STAMPED: usize = 3;
const DATELINED: usize = 2;
/// Score of a link between sentences that are nearly the same.
const CLOSE: f64 = 0.5;

/// The lines of a page as sentences of a text of their own.
struct Lines {
    article: Article,
    facts: Facts,
}

/// Adds the rows of lines outside the body.
pub(super) fn heads(base: &View<'_>, variant: &View<'_>, body: &Alignment, rows: &mut Rows) {
    let (left, right) = (lines(base.text), lines(variant.text));
    if !any_alike(&left, &right) {
        return;
    }
    let (left, right) = (Lines::new(base.text, left), Lines::new(variant.text, right));
    let one_text = same_text(base, variant, body);
    let (x, y) = (left.of(base.text), right.of(variant.text));
    let (spelled_x, spelled_y) = (spelled(x), spelled(y));
    let mut vocabulary = Vocabulary::default();
    let (x, y) = (View::new(x, &spelled_x, &mut vocabulary), View::new(y, &spelled_y, &mut vocabulary));
    for pair in &pairs(&x, &changed(&x, variant.text), &y, &changed(&y, base.text)) {
        match left.article.blocks.get(pair.base).map(|b| b.kind) {
            Some(kind @ (BlockKind::Furniture | BlockKind::Byline | BlockKind::Dateline)) => {
                if one_text && let Some(row) = stamp(&x, &y, pair, kind) {
                    rows.both(FactKind::Date, &row, whole(&x, pair.base), whole(&y, pair.variant));
                }
            }
            _ => line((&x, base), (&y, variant), pair, rows),
        }
    }
}

/// Whether half of the shorter body is nearly the same in the other.
fn same_text(base: &View<'_>, variant: &View<'_>, body: &Alignment) -> bool {
    let close = (0..variant.sentences()).filter(|&s| body.of_variant(s).first().is_some_and(|l| l.score >= CLOSE)).count();
    2 * close >= base.sentences().min(variant.sentences()).max(1)
}

/// The lines that can be compared.
fn lines(text: Text<'_>) -> Article {
    let mut article = Article::default();
    for block in &text.article.blocks {
        let stamp = matches!(block.kind, BlockKind::Furniture | BlockKind::Byline);
        if !stamp && !matches!(block.kind, BlockKind::Headline | BlockKind::Heading | BlockKind::Caption | BlockKind::Dateline) {
            continue;
        }
        let line = words(text.text, block.span);
        let most = if stamp { STAMP } else { LONGEST };
        if line.len() <= DATELINED || line.len() > most || stamp && !line.iter().any(crate::text::Word::is_number) {
            continue;
        }
        let from = article.words.len();
        article.words.extend(line);
        let at = article.blocks.len();
        article.sentences.push(BodySentence { span: block.span, words: from..article.words.len(), block: at });
        article.blocks.push(Block { kind: block.kind, span: block.span });
        if article.blocks.len() >= MOST {
            break;
        }
    }
    article
}

/// Whether two lines that are not equal share a third of their words: most pages have none, and that is found fast.
fn any_alike(left: &Article, right: &Article) -> bool {
    let sorted = |of: &Article| -> BTreeSet<Vec<Box<str>>> {
        let lines = of.sentences.iter().map(|s| {
            let mut norms: Vec<Box<str>> = of.words.get(s.words.clone()).unwrap_or_default().iter().map(|w| w.norm.clone()).collect();
            norms.sort_unstable();
            norms
        });
        lines.collect()
    };
    let (left, right) = (sorted(left), sorted(right));
    let mut own = left.difference(&right);
    own.any(|x| right.iter().any(|y| !left.contains(y) && 3 * common(x, y) >= x.len().max(y.len())))
}

impl Lines {
    fn new(text: Text<'_>, article: Article) -> Self {
        let facts = facts(text.text, &article);
        Self { article, facts }
    }

    fn of<'a>(&'a self, page: Text<'a>) -> Text<'a> {
        Text { article: &self.article, facts: &self.facts, ..page }
    }
}

/// The lines that stand nowhere on the other page, each once.
fn changed(view: &View<'_>, other: Text<'_>) -> Vec<usize> {
    let blocks = other.article.blocks.iter().filter(|b| b.span.len() <= LONGEST_BLOCK);
    let printed = blocks.map(|b| words(other.text, b.span).into_iter().map(|w| w.norm).collect());
    let mut known: BTreeSet<Vec<Box<str>>> = printed.collect();
    let norms = |line: usize| view.words_in(line).map(|at| view.norm(at).into()).collect();
    (0..view.sentences()).filter(|&line| known.insert(norms(line))).collect()
}

/// The lines that share most words with each other, and half of them at least, read word by word.
fn pairs(base: &View<'_>, left: &[usize], variant: &View<'_>, right: &[usize]) -> Vec<Compared> {
    let ids = |view: &View<'_>, line: usize| {
        let mut out: Vec<u32> = view.words_in(line).map(|at| view.ids[at]).collect();
        out.sort_unstable();
        out
    };
    let (left, right): (Vec<_>, Vec<_>) =
        (left.iter().map(|&l| (l, ids(base, l))).collect(), right.iter().map(|&l| (l, ids(variant, l))).collect());
    let best = |own: &[u32], lines: &[(usize, Vec<u32>)]| {
        let shared = lines.iter().enumerate().map(|(at, (_, other))| (common(own, other), at, own.len().max(other.len())));
        shared.filter(|&(n, _, longer)| 2 * n >= longer).max_by_key(|&(n, at, _)| (n, std::cmp::Reverse(at))).map(|(_, at, _)| at)
    };
    let mutual = left.iter().enumerate().filter_map(|(at, (line, own))| {
        let (other, words) = right.get(best(own, &right)?)?;
        (best(words, &left)? == at).then(|| compared(base, *line, variant, *other))
    });
    mutual.collect()
}

/// How many words two sorted lists share.
fn common<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut i, mut j, mut out) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, out) = (i + 1, j + 1, out + 1),
        }
    }
    out
}

fn whole<'v, 'a>(view: &'v View<'a>, line: usize) -> (&'v View<'a>, Span, usize) {
    (view, view.text.article.sentences.get(line).map_or_else(Span::default, |s| s.span), line)
}

/// One part of a date exchanged in lines that are otherwise the same.
fn stamp(base: &View<'_>, variant: &View<'_>, pair: &Compared, kind: BlockKind) -> Option<Verdict> {
    let [Gap { base: x, variant: y }] = pair.gaps.as_slice() else { return None };
    let line = base.words_in(pair.base);
    let least = if kind == BlockKind::Dateline { DATELINED } else { STAMPED };
    if x.len() != 1 || y.len() != 1 || line.len() <= least || line.len() != variant.words_in(pair.variant).len() {
        return None;
    }
    let (a, b) = (base.norm(x.start), variant.norm(y.start));
    let figures = |w: &str| w.len() <= 4 && w.bytes().all(|c| c.is_ascii_digit());
    let part = figures(a) && figures(b) || is_weekday(a) && is_weekday(b) || is_month(a) && is_month(b);
    let dated = line.clone().any(|at| is_month(base.norm(at)));
    let (subtype, confidence) = if kind == BlockKind::Dateline { ("dateline", 0.7) } else { ("page_date", 0.6) };
    (part && dated).then(|| Verdict::sure(Mark::Altered, subtype, confidence))
}

/// Whether most words of the line have capitals: then these tell no names.
fn titled(view: &View<'_>, line: usize) -> bool {
    let words = || view.words_in(line).filter(|&at| view.content[at]).filter_map(|at| view.text.article.words.get(at));
    10 * words().filter(|w| w.is_capitalized(view.text.text)).count() >= 7 * words().count()
}

/// Whether the body has a name with all words of the span.
fn names(body: &View<'_>, line: &View<'_>, span: Span) -> bool {
    let words: Vec<&str> = line.words_of(span).map(|at| line.norm(at)).collect();
    body.text.facts.names.iter().any(|n| words.iter().all(|w| n.words.iter().any(|own| own == w)))
}

/// A figure, name or negation in a line that is otherwise the same; each line with the body under it.
fn line((base, below): (&View<'_>, &View<'_>), (variant, beneath): (&View<'_>, &View<'_>), pair: &Compared, rows: &mut Rows) {
    let (left, right) = (base.words_in(pair.base), variant.words_in(pair.variant));
    let inside = |g: &&Gap| {
        let one_sided = g.base.is_empty() || g.variant.is_empty();
        let end = g.base.start == left.start && g.variant.start == right.start || g.base.end == left.end && g.variant.end == right.end;
        !(one_sided && end && g.base.len().max(g.variant.len()) <= ENDS && !denied(base, variant, pair, g))
    };
    let common = left.clone().filter(|&at| base.content[at] && !pair.gaps.iter().any(|g| g.base.contains(&at))).count();
    let places: Vec<&Gap> = pair.gaps.iter().filter(inside).collect();
    if common < SHARED || places.is_empty() {
        return;
    }
    let mut found = Vec::new();
    for gap in places {
        if turned(base, variant, pair) && denied(base, variant, pair, gap) {
            let verdict = Verdict::sure(Mark::Altered, "polarity", 0.7);
            found.push((FactKind::Claim, whole(base, pair.base).1, whole(variant, pair.variant).1, verdict));
        } else {
            match exchange((base, pair.base), (variant, pair.variant), gap) {
                Some((FactKind::Name, x, y, _)) if titled(base, pair.base) && !(names(below, base, x) && names(beneath, variant, y)) => {
                    return;
                }
                Some(row) => found.push(row),
                // a line in other words
                None => return,
            }
        }
    }
    for (kind, x, y, verdict) in found {
        rows.both(kind, &verdict, (base, x, pair.base), (variant, y, pair.variant));
    }
}
