//! Phrases that one of two sentences has and the other has not, and phrases that stand in each other's place.
//!
//! What differs inside a noun phrase (`the firm`, `the Velm firm`) mostly leaves the sense; what is set off by a mark, opened by
//! a joining word or runs to the end of its clause is a statement of its own. The rules look at these limits and at how many
//! words are new, never at what the words are about.

use super::align::Alignment;
use super::claims::{in_other_words, names_new};
use super::gaps::{Compared, Gaps, cover};
use super::rows::{Rows, Verdict};
use super::view::View;
use super::{FactKind, FactRow, Mark};
use crate::document::Span;
use crate::facts::lexicon::{REPORTING, holds};
use std::ops::Range;

/// Content words of two phrases in one place that make them two statements.
const LONG: usize = 4;
/// New words on both sides of a place that holds names.
const NAMED: usize = 2;

/// Words that open a phrase of place, time or manner.
#[rustfmt::skip]
const PREPOSITIONS: &[&str] = &[
    "about", "above", "across", "after", "against", "along", "amid", "among", "around", "as", "at", "before", "behind", "below",
    "between", "beyond", "by", "despite", "during", "for", "from", "in", "including", "inside", "into", "near", "of", "on", "onto",
    "outside", "over", "since", "through", "throughout", "to", "toward", "towards", "under", "until", "upon", "via", "with", "within",
    "without",
];
/// Words that open a clause.
#[rustfmt::skip]
const OPENERS: &[&str] = &[
    "although", "and", "because", "but", "if", "or", "than", "that", "though", "when", "where", "whether", "which", "while", "who", "whom",
    "whose",
];

/// Adds the rows of phrases in sentences that are otherwise the same.
pub(super) fn phrases(base: &View<'_>, variant: &View<'_>, alignment: &Alignment, gaps: &Gaps, alone: bool, rows: &mut Rows) {
    let mut found = Vec::new();
    let retold = !alone && in_other_words(base, variant, alignment);
    for pair in &gaps.pairs {
        for gap in &pair.gaps {
            let x = untold(base, &gap.base, rows, alone, |r| r.base.as_ref().map(|s| s.span));
            let y = untold(variant, &gap.variant, rows, alone, |r| r.variant.as_ref().map(|s| s.span));
            place(base, x, variant, y, (pair, alone), &mut found);
        }
    }
    for phrase in found {
        phrase.push(base, variant, alone, retold, rows);
    }
}

/// A phrase of one side, or of both.
struct Phrase {
    mark: Mark,
    base: (Range<usize>, usize),
    variant: (Range<usize>, usize),
}

impl Phrase {
    /// Adds the row. In a text that is told in other words throughout, a phrase of its own may say what the base says elsewhere.
    fn push(self, base: &View<'_>, variant: &View<'_>, alone: bool, retold: bool, rows: &mut Rows) {
        let (x, y) = (cover(base, &self.base.0), cover(variant, &self.variant.0));
        match self.mark {
            Mark::Dropped => {
                if told(rows, Mark::Dropped, x, alone, |r| r.base.as_ref().map(|s| s.span)) {
                    return;
                }
                rows.dropped(FactKind::Claim, &Verdict::sure(Mark::Dropped, "phrase", 0.6), (base, x, self.base.1));
            }
            Mark::Added => {
                if told(rows, Mark::Added, y, alone, |r| r.variant.as_ref().map(|s| s.span)) {
                    return;
                }
                let check = retold && !names_new(variant, y, base);
                let verdict = Verdict { mark: Mark::Added, subtype: "phrase", confidence: if check { 0.4 } else { 0.6 }, check };
                rows.added(FactKind::Claim, &verdict, (variant, y, self.variant.1));
            }
            _ => {
                // of two phrases in one place only a reader sees whether they are one in other words
                let verdict = Verdict { mark: Mark::Altered, subtype: "phrase", confidence: if alone { 0.55 } else { 0.4 }, check: !alone };
                rows.both(FactKind::Claim, &verdict, (base, x, self.base.1), (variant, y, self.variant.1));
            }
        }
    }
}

/// Takes the rows inside the phrase out, since it says what they say; in an article quotations, numbers and dates keep rows of their own, and
/// the phrase is told if one row makes up most of it.
fn told(rows: &mut Rows, mark: Mark, phrase: Span, alone: bool, side: impl Fn(&FactRow) -> Option<Span>) -> bool {
    let inside = |r: &FactRow| side(r).filter(|&s| r.mark == mark && phrase.contains(s));
    let value = |r: &FactRow| !alone && matches!(r.kind, FactKind::Number | FactKind::Date | FactKind::Quote);
    if !alone && rows.list.iter().any(|r| inside(r).is_some_and(|s| 2 * s.len() >= phrase.len())) {
        return true;
    }
    rows.list.retain(|r| inside(r).is_none() || value(r));
    false
}

/// The longest run of words in a gap that no changed record of its own speaks of.
fn untold(view: &View<'_>, gap: &Range<usize>, rows: &Rows, alone: bool, side: impl Fn(&FactRow) -> Option<Span>) -> Range<usize> {
    let both = rows.list.iter().filter(|r| r.base.is_some() && r.variant.is_some());
    let value = |r: &FactRow| matches!(r.kind, FactKind::Number | FactKind::Date);
    let told: Vec<Span> =
        both.filter(|r| (r.mark != Mark::Kept || !alone && value(r)) && !(alone && r.kind == FactKind::Quote)).filter_map(side).collect();
    let mut best = gap.start..gap.start;
    let mut from = gap.start;
    for at in gap.clone() {
        if told.iter().any(|s| s.overlaps(view.span(at))) {
            from = at + 1;
        } else if at + 1 - from > best.len() {
            best = from..at + 1;
        }
    }
    best
}

/// Looks at the two runs of words that stand in one place.
fn place(
    left: &View<'_>,
    mut x: Range<usize>,
    right: &View<'_>,
    mut y: Range<usize>,
    (pair, alone): (&Compared, bool),
    out: &mut Vec<Phrase>,
) {
    let (b, v) = (pair.base, pair.variant);
    let dropped = |run| Phrase { mark: Mark::Dropped, base: (trimmed(left, run, b), b), variant: (0..0, v) };
    let added = |run| Phrase { mark: Mark::Added, base: (0..0, b), variant: (trimmed(right, run, v), v) };
    if content(left, &x) > 0 && content(right, &y) > 0 {
        if let Some((part, rest)) = set_off(left, &x, right, b) {
            out.push(dropped(part));
            x = rest;
        }
        if let Some((part, rest)) = set_off(right, &y, left, v) {
            out.push(added(part));
            y = rest;
        }
    }
    let (cx, cy) = (content(left, &x), content(right, &y));
    let (nx, ny) = (new(left, &x, right), new(right, &y, left));
    if cx > 0 && cy > 0 {
        let names = |view: &View<'_>, run: &Range<usize>| run.clone().any(|at| view.named[at]);
        // `for a low price` and `through its shops` are two phrases in one place, not one that changed
        if nx >= 2 && ny >= 2 && parted(left, &x, b, right, &y, v) {
            out.push(dropped(x));
            out.push(added(y));
            return;
        }
        let long = cx >= LONG && cy >= LONG && nx > 0 && ny > 0;
        if long || nx >= NAMED && ny >= NAMED && names(left, &x) && names(right, &y) {
            out.push(Phrase { mark: Mark::Altered, base: (x, b), variant: (y, v) });
        } else if opened(left, &x) && opened(right, &y) && marked(left, x.end, b) && marked(right, y.end, v) {
            // `because of aftershocks`, `as the ground still shook`: one reason in other words
        } else if cx >= 3 * cy && nx >= 3 && !cuts_name(left, &x) {
            out.push(dropped(x));
        } else if cy >= 3 * cx && ny >= 3 && !cuts_name(right, &y) {
            out.push(added(y));
        }
    } else if cx > 0 && own(left, &x, b, nx, alone) {
        out.push(dropped(x));
    } else if cy > 0 && own(right, &y, v, ny, alone) {
        out.push(added(y));
    }
}

/// Whether a name goes on behind the run: `Harbour Master Mara` before `Dunn`.
fn cuts_name(view: &View<'_>, run: &Range<usize>) -> bool {
    let holds = |span: Span, at: usize| view.text.article.words.get(at).is_some_and(|w| span.contains(w.span));
    view.text.facts.names.iter().any(|n| holds(n.span, run.end - 1) && holds(n.span, run.end))
}

/// The run without the words at its end that belong to what follows (`the`, `of`).
fn trimmed(view: &View<'_>, mut run: Range<usize>, sentence: usize) -> Range<usize> {
    let dangles = |word: &str| matches!(word, "a" | "an" | "the") || PREPOSITIONS.contains(&word) || OPENERS.contains(&word);
    while run.len() > 1 && dangles(view.norm(run.end - 1)) && !marked(view, run.end, sentence) {
        run.end -= 1;
    }
    // `, with one` leads on to words that both sides have
    let cut = (run.start + 1..run.end).rev().find(|&at| marked(view, at, sentence));
    match cut {
        Some(cut) if !marked(view, run.end, sentence) && content(view, &(cut..run.end)) <= 1 => run.start..cut,
        _ => run,
    }
}

fn content(view: &View<'_>, run: &Range<usize>) -> usize {
    run.clone().filter(|&at| view.content[at]).count()
}

/// Content words of a run that the other text has nowhere.
fn new(view: &View<'_>, run: &Range<usize>, other: &View<'_>) -> usize {
    run.clone().filter(|&at| view.content[at] && !other.has(view.ids[at])).count()
}

/// Whether a mark, or an end of the sentence, stands before the word `at`.
fn marked(view: &View<'_>, at: usize, sentence: usize) -> bool {
    let home = view.words_in(sentence);
    if at <= home.start || at >= home.end {
        return true;
    }
    let between = Span::new(view.span(at - 1).end, view.span(at).start).of(view.text.text);
    let mark = |c: char| matches!(c, ',' | ';' | ':' | '(' | ')' | '"' | '\u{201C}' | '\u{201D}' | '\u{2013}' | '\u{2014}');
    between.contains(mark) || between.contains(" -") || between.contains("--")
}

/// Whether words that one side alone has are a statement of their own; `new` of them are new.
fn own(view: &View<'_>, run: &Range<usize>, sentence: usize, new: usize, alone: bool) -> bool {
    let first = view.norm(run.start);
    let says = run.clone().any(|at| holds(REPORTING, view.norm(at)));
    let words = content(view, run);
    // `declared on the steps of the court` beside a quotation: who says it has a row of its own
    let spoken = !alone && run.start > view.words_in(sentence).start && view.quoted[run.start - 1] && !view.quoted[run.start];
    let beside = spoken || holds(REPORTING, first) && view.words_in(sentence).any(|at| view.quoted[at]);
    if says && words <= 2 || beside || cuts_name(view, run) {
        return false;
    }
    let (mark, ends) = (marked(view, run.start, sentence), marked(view, run.end, sentence));
    // `part of his fine and`, before words that both sides have
    let joins = run.len() > 2 && OPENERS.contains(&view.norm(run.end - 1));
    let (opener, phrase) = (OPENERS.contains(&first), PREPOSITIONS.contains(&first));
    match new {
        0 => false,
        1 => ends && (opener || phrase && words >= 2),
        2 => phrase && (ends || alone) || joins || ends && (mark || opener),
        3 => mark || opener || phrase || joins,
        _ => true,
    }
}

/// Whether a joining word or a preposition opens the run.
fn opened(view: &View<'_>, run: &Range<usize>) -> bool {
    OPENERS.contains(&view.norm(run.start)) || PREPOSITIONS.contains(&view.norm(run.start))
}

/// Whether two runs are phrases of their own kind each: both end where a clause ends, and other words open them.
fn parted(base: &View<'_>, x: &Range<usize>, b: usize, variant: &View<'_>, y: &Range<usize>, v: usize) -> bool {
    let opens = opened;
    marked(base, x.end, b)
        && marked(variant, y.end, v)
        && base.norm(x.start) != variant.norm(y.start)
        && (opens(base, x) || opens(variant, y))
        && (opens(base, x) || marked(base, x.start, b))
        && (opens(variant, y) || marked(variant, y.start, v))
}

/// A part of the run that marks set off (`, which opened in May`, `After the storm,`), and the rest.
fn set_off(view: &View<'_>, run: &Range<usize>, other: &View<'_>, sentence: usize) -> Option<(Range<usize>, Range<usize>)> {
    if marked(view, run.end, sentence) {
        for cut in run.start + 1..run.end {
            let opens = marked(view, cut, sentence) || OPENERS.contains(&view.norm(cut));
            if opens && new(view, &(cut..run.end), other) >= 2 {
                return Some((cut..run.end, run.start..cut));
            }
        }
    }
    if marked(view, run.start, sentence) {
        for cut in (run.start + 1..run.end).rev() {
            if marked(view, cut, sentence) && new(view, &(run.start..cut), other) >= 2 {
                return Some((run.start..cut, cut..run.end));
            }
        }
    }
    None
}
