//! What became of names and places.

use super::align::Alignment;
use super::canon::{contrast, contrasts};
use super::lcs::lcs;
use super::rows::{Rows, Verdict};
use super::view::View;
use super::{FactKind, Mark};
use crate::document::Span;
use crate::facts::{Name, NameKind};
use crate::text::words;
use std::collections::{BTreeMap, BTreeSet};

/// Names of one text that are compared.
const MAX_NAMES: usize = 1_000;
/// Links between sentences that are read word by word.
const MAX_LINKS: usize = 600;
/// Words of a sentence that are read word by word.
const MAX_WORDS: usize = 120;

/// Score of a link between sentences that say the same.
const LINKED: f64 = 0.25;
/// Score of a link between sentences that differ in little.
const SAME: f64 = 0.6;
/// Prepositions of place.
const BEFORE: &[&str] = &["at", "from", "in", "inside", "near", "off", "on", "outside"];
/// Nouns for a part of a country.
const AREAS: &[&str] = &["city", "county", "district", "island", "province", "region", "state", "suburb", "town", "village"];
/// Bytes of a phrase on either side of a changed word.
const PHRASE: usize = 24;

/// Adds the rows of names that both texts have in sentences that say the same, and of words exchanged there.
pub(super) fn names(base: &View<'_>, variant: &View<'_>, alignment: &Alignment, rows: &mut Rows) {
    exchanged(base, variant, alignment, rows);
    let mut by_words: BTreeMap<&[String], Vec<&Name>> = BTreeMap::new();
    for name in variant.text.facts.names.iter().take(MAX_NAMES) {
        by_words.entry(&name.words).or_default().push(name);
    }
    lost(base, variant, alignment, rows);
    gained(base, variant, alignment, rows);
    let mut used: BTreeSet<usize> = BTreeSet::new();
    for name in base.text.facts.names.iter().take(MAX_NAMES) {
        let Some(others) = by_words.get(name.words.as_slice()) else { continue };
        let found =
            others.iter().take(40).filter(|o| !used.contains(&o.span.start)).map(|o| (alignment.score(name.sentence, o.sentence), o));
        let Some((link, other)) = found.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.span.start.cmp(&a.1.span.start))) else { continue };
        if link <= 0.0 || touched(rows, name.span, other.span) {
            continue;
        }
        used.insert(other.span.start);
        let kind = if name.kind == NameKind::Place { FactKind::Place } else { FactKind::Name };
        let verdict = Verdict::sure(Mark::Kept, "name", 0.9);
        rows.both(kind, &verdict, (base, name.span, name.sentence), (variant, other.span, other.sentence));
    }
}

/// Places that the variant leaves out although it has the sentence.
fn lost(base: &View<'_>, variant: &View<'_>, alignment: &Alignment, rows: &mut Rows) {
    // a name of no known kind right behind the preposition and its article
    let behind = |n: &Name| {
        let at = base.words_of(n.span).start;
        let cue = |at: usize| matches!(base.norm(at), "at" | "in" | "near" | "off" | "on" | "outside");
        n.kind == NameKind::Other && (at >= 1 && cue(at - 1) || at >= 2 && base.norm(at - 1) == "the" && cue(at - 2))
    };
    let places = base.text.facts.names.iter().take(MAX_NAMES).filter(|n| n.kind == NameKind::Place || behind(n));
    for name in places {
        let linked = alignment.of_base(name.sentence).first().is_some_and(|l| l.score >= LINKED);
        let words = base.words_of(name.span);
        // of `the Varrel Canal` the first word says which
        let first = words.start..words.end.min(words.start + 1);
        let named = name.words.last().is_some_and(|last| variant.text.facts.names.iter().any(|n| n.words.last() == Some(last)));
        let gone = !named && !first.into_iter().any(|at| variant.has(base.ids[at])) && !words.clone().any(|at| base.quoted[at]);
        let home = base.words_in(name.sentence).start;
        // from its preposition on: `near Velm`, `in the town of Velm`
        let from = (home.max(words.start.saturating_sub(4))..words.start).rev().find(|&at| BEFORE.contains(&base.norm(at)));
        // a role that came over in other words tells no place
        let moved = |r: &crate::facts::Role| {
            let sides = rows.list.iter().filter(|row| row.kind == FactKind::Role && matches!(row.mark, Mark::Kept | Mark::Reworded));
            sides.filter_map(|row| row.base.as_ref()).any(|s| s.span == r.span)
        };
        let told = base.text.facts.roles.iter().any(|r| r.span.overlaps(name.span) && !moved(r))
            || rows.list.iter().any(|r| {
                r.mark == Mark::Altered
                    && r.kind != FactKind::Date
                    && r.base.as_ref().is_some_and(|s| near(s.span, name.span, r.mark) && s.span.len() < 60)
            });
        // whom the variant describes without the place it has read about
        let described = base.text.facts.roles.iter().any(|r| r.span.overlaps(name.span) && moved(r));
        if let (true, true, false, Some(from)) = (linked || described, gone, told, from) {
            let verdict = Verdict::sure(Mark::Dropped, "place", 0.6);
            rows.dropped(FactKind::Place, &verdict, (base, base.span(from).join(name.span), name.sentence));
        }
    }
}

/// Places that the variant puts into a sentence that is otherwise the base's own.
fn gained(base: &View<'_>, variant: &View<'_>, alignment: &Alignment, rows: &mut Rows) {
    for name in variant.text.facts.names.iter().take(MAX_NAMES).filter(|n| n.kind == NameKind::Place) {
        let close = alignment.of_variant(name.sentence).first().is_some_and(|l| l.score >= SAME);
        let words = variant.words_of(name.span);
        // also the base's title and dateline may name it
        let told = words.clone().any(|at| variant.quoted[at] || states_anywhere(base, variant.norm(at)));
        let from = words.start.checked_sub(1).filter(|&at| matches!(variant.norm(at), "at" | "in" | "near" | "outside"));
        let row = rows.list.iter().any(|r| r.mark != Mark::Kept && r.variant.as_ref().is_some_and(|s| s.span.overlaps(name.span)));
        if close && !told && from.is_some() && !row && !words.is_empty() {
            let verdict = Verdict::sure(Mark::Added, "place", 0.6);
            rows.added(FactKind::Place, &verdict, (variant, name.span, name.sentence));
        }
    }
}

/// Whether the word stands anywhere on the page, its head and datelines taken in.
fn states_anywhere(view: &View<'_>, norm: &str) -> bool {
    use crate::extract::BlockKind::{Furniture, Paragraph};
    let page = view.text.article.blocks.iter().filter(|b| !matches!(b.kind, Furniture | Paragraph));
    let mut heads = page.map(|b| words(view.text.text, b.span));
    states(view, norm) || heads.any(|list| list.iter().any(|w| *w.norm == *norm))
}

/// Whether a changed role, place or name already speaks of these words.
fn touched(rows: &Rows, base: Span, variant: Span) -> bool {
    rows.list.iter().any(|r| {
        matches!(r.kind, FactKind::Role | FactKind::Place | FactKind::Name)
            && r.base.as_ref().is_some_and(|s| near(s.span, base, r.mark))
            && r.variant.as_ref().is_some_and(|s| near(s.span, variant, r.mark))
    })
}

/// Whether the row's span holds the name; the phrase around a changed word belongs to it.
fn near(row: Span, name: Span, mark: Mark) -> bool {
    let reach = if mark == Mark::Altered { PHRASE } else { 0 };
    Span::new(row.start.saturating_sub(reach), row.end + reach).overlaps(name)
}

/// Words exchanged between sentences that are otherwise alike: a direction, a kind of building, a name.
fn exchanged(base: &View<'_>, variant: &View<'_>, alignment: &Alignment, rows: &mut Rows) {
    let mut links = 0;
    for sentence in 0..base.sentences() {
        for link in alignment.of_base(sentence) {
            links += 1;
            if links > MAX_LINKS {
                return;
            }
            pair(base, sentence, variant, (link.variant, link.score >= SAME), rows);
        }
    }
}

fn pair(base: &View<'_>, b: usize, variant: &View<'_>, (v, same): (usize, bool), rows: &mut Rows) {
    let left: Vec<usize> = base.words_in(b).take(MAX_WORDS).collect();
    let right: Vec<usize> = variant.words_in(v).take(MAX_WORDS).collect();
    let x: Vec<u32> = left.iter().map(|&at| base.ids[at]).collect();
    let y: Vec<u32> = right.iter().map(|&at| variant.ids[at]).collect();
    let mut common = lcs(&x, &y);
    common.push((x.len(), y.len()));
    let (mut i, mut j) = (0, 0);
    for (bi, vj) in common {
        gap(base, &left, (i, bi), variant, &right, (j, vj), (b, v, same), rows);
        i = bi + 1;
        j = vj + 1;
    }
}

/// Looks at the words between two common ones.
#[allow(clippy::too_many_arguments)]
fn gap(
    base: &View<'_>,
    left: &[usize],
    (i, bi): (usize, usize),
    variant: &View<'_>,
    right: &[usize],
    (j, vj): (usize, usize),
    (b, v, same): (usize, usize, bool),
    rows: &mut Rows,
) {
    let x = left.get(i..bi.min(left.len())).unwrap_or_default();
    let y = right.get(j..vj.min(right.len())).unwrap_or_default();
    if x.is_empty() || y.is_empty() || x.len() > 5 || y.len() > 5 {
        return;
    }
    let anchored = i > 0 && bi < left.len();
    let names =
        |view: &View<'_>, list: &[usize]| list.iter().copied().filter(|&at| view.named[at] && !measures(view, at)).collect::<Vec<_>>();
    let short = x.len() <= 2 && y.len() <= 2;
    let (nx, ny) = if short { (names(base, x), names(variant, y)) } else { Default::default() };
    let contrasted: Vec<usize> = y.iter().copied().filter(|&q| contrasts(variant.norm(q))).collect();
    for &p in x.iter().filter(|&&p| !contrasted.is_empty() && contrasts(base.norm(p))) {
        for &q in &contrasted {
            if base.quoted[p] || variant.quoted[q] {
                continue;
            }
            let opposed = contrast(&direction(base, p), &direction(variant, q));
            if opposed && free(base, p, variant, v, b) {
                let (kind, subtype) = match base.norm(p) {
                    "morning" | "afternoon" | "evening" | "night" => (FactKind::Date, "time"),
                    "revenue" | "profit" | "loss" | "debt" => (FactKind::Number, "counted_head"),
                    word if opposite_deed(word) => (FactKind::Claim, "claim"),
                    _ => (FactKind::Place, "place"),
                };
                let verdict = Verdict::sure(Mark::Altered, subtype, 0.75);
                let (from, to) = (wide(base, p), wide(variant, q));
                if kind == FactKind::Date {
                    let left_over = |r: &super::FactRow| {
                        r.kind == kind
                            && (r.base.is_none() && r.variant.as_ref().is_some_and(|s| s.span.overlaps(to))
                                || r.variant.is_none() && r.base.as_ref().is_some_and(|s| s.span.overlaps(from)))
                    };
                    rows.list.retain(|r| !left_over(r));
                }
                rows.both(kind, &verdict, (base, from, b), (variant, to, v));
                return;
            }
        }
    }
    // `Grade I` and `Grade II`
    if let ([p], [q], true) = (x, y, i > 0)
        && roman(base.norm(*p))
        && roman(variant.norm(*q))
        && base.text.article.words.get(*p - 1).is_some_and(|w| w.is_capitalized(base.text.text))
    {
        let verdict = Verdict::sure(Mark::Altered, "name", 0.65);
        let (from, to) = (base.span(*p - 1).join(base.span(*p)), variant.span(*q - 1).join(variant.span(*q)));
        rows.both(FactKind::Name, &verdict, (base, from, b), (variant, to, v));
        return;
    }
    if let ([p], [q], true) = (x, y, i > 0 && bi < left.len() && vj < right.len()) {
        let absent =
            !variant.words_in(v).any(|at| variant.ids[at] == base.ids[*p]) && !base.words_in(b).any(|at| base.ids[at] == variant.ids[*q]);
        let quoted = base.quoted[*p] || variant.quoted[*q];
        // `in the county`, `in the town`
        let led = |view: &View<'_>, at: usize| at >= 2 && view.norm(at - 1) == "the" && BEFORE.contains(&view.norm(at - 2));
        let nouns = AREAS.contains(&base.norm(*p)) && AREAS.contains(&variant.norm(*q));
        if nouns && absent && !quoted && led(base, *p) && led(variant, *q) && base.norm(*p - 2) == variant.norm(*q - 2) {
            let verdict = Verdict::sure(Mark::Altered, "place", 0.6);
            let (from, to) = (base.span(*p - 2).join(base.span(*p)), variant.span(*q - 2).join(variant.span(*q)));
            rows.both(FactKind::Place, &verdict, (base, from, b), (variant, to, v));
            return;
        }
    }
    let single = nx.len() == 1 && ny.len() == 1;
    if let (true, true, Some(&p), Some(&q)) = (single, anchored, nx.first(), ny.first()) {
        let other = base.canon[p] != variant.canon[q] && !states(variant, base.norm(p)) && !states(base, variant.norm(q));
        if other && !alias(base.norm(p), variant.norm(q)) {
            if let (Some(from), Some(to)) = (place_at(base, p), place_at(variant, q)) {
                let verdict = Verdict::sure(Mark::Altered, "place", 0.65);
                rows.both(FactKind::Place, &verdict, (base, from, b), (variant, to, v));
                return;
            }
            let verdict = Verdict::sure(Mark::Altered, "name", 0.65);
            rows.both(FactKind::Name, &verdict, (base, base.span(p), b), (variant, variant.span(q), v));
            return;
        }
    }
    if let ([p], [q], true, true) = (x, y, same, anchored && i > 0 && vj < right.len()) {
        seated((base, *p, b), (variant, *q, v), rows);
    }
}

/// One name for another in the seat between the same words, though both texts know both.
fn seated((base, p, b): (&View<'_>, usize, usize), (variant, q, v): (&View<'_>, usize, usize), rows: &mut Rows) {
    let absent =
        !variant.words_in(v).any(|at| variant.ids[at] == base.ids[p]) && !base.words_in(b).any(|at| base.ids[at] == variant.ids[q]);
    let named = base.named[p] && variant.named[q] && !measures(base, p) && !measures(variant, q);
    let (one, other) = (base.norm(p), variant.norm(q));
    let apart = !alias(one, other) && !together(base, one, other) && !together(variant, one, other);
    // a name that stands nowhere else is left to the rule before
    let known = states(base, other) && states(variant, one);
    if named && known && absent && apart && !base.quoted[p] && !variant.quoted[q] {
        let verdict = Verdict::sure(Mark::Altered, "name", 0.6);
        rows.both(FactKind::Name, &verdict, (base, base.span(p), b), (variant, variant.span(q), v));
    }
}

/// Whether the word is a part of a number: the `C` of `43C`.
fn measures(view: &View<'_>, at: usize) -> bool {
    let span = view.span(at);
    view.text.facts.numbers.iter().any(|n| n.span.contains(span))
}

/// The whole name of the place that the word belongs to; `went to Edda Marlow` leads to a person.
fn place_at(view: &View<'_>, at: usize) -> Option<Span> {
    let span = view.span(at);
    let name = view.text.facts.names.iter().find(|n| n.kind == NameKind::Place && n.span.contains(span))?;
    let before = view.words_of(name.span).start.checked_sub(1).map_or("", |i| view.norm(i));
    let stands = matches!(before, "at" | "in" | "inside" | "near" | "outside");
    (stands || name.words.len() == 1).then_some(name.span)
}

/// Verbs of [`contrast`]: what was done, not where.
fn opposite_deed(word: &str) -> bool {
    word.len() > 5 && word.ends_with("ed") || matches!(word, "rose" | "fell" | "rise" | "fall" | "increase" | "decrease")
}

/// `south-west` and `southwest` are one direction; the first word of a hyphened one stands for both.
fn direction(view: &View<'_>, at: usize) -> String {
    let word = view.norm(at);
    let next = view.norm(at + 1);
    if matches!(word, "north" | "south") && matches!(next, "east" | "west") && view.span(at + 1).start == view.span(at).end + 1 {
        format!("{word}{next}")
    } else {
        word.to_string()
    }
}

/// Whether the word of the base is really gone from the variant's sentence, and the other way round.
fn free(base: &View<'_>, p: usize, variant: &View<'_>, v: usize, _b: usize) -> bool {
    let word = direction(base, p);
    !variant.words_in(v).any(|at| direction(variant, at) == word)
}

/// The word with a compound's second part and the words around it that belong to the phrase.
fn wide(view: &View<'_>, at: usize) -> Span {
    let end = if direction(view, at) == view.norm(at) { at } else { at + 1 };
    view.span(at).join(view.span(end))
}

fn states(view: &View<'_>, norm: &str) -> bool {
    view.text.article.words.iter().any(|w| *w.norm == *norm)
}

/// Whether one name of the text holds both words.
fn together(view: &View<'_>, a: &str, b: &str) -> bool {
    view.text.facts.names.iter().any(|n| n.words.iter().any(|w| w == a) && n.words.iter().any(|w| w == b))
}

fn roman(w: &str) -> bool {
    w.len() <= 4 && w.bytes().all(|c| matches!(c, b'i' | b'v' | b'x'))
}

/// Spellings of one name (`Zelensky`, `Zelenskyy`), a name and its adjective, an acronym and its words.
fn alias(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let longer = a.chars().count().max(b.chars().count());
    // `Grade I` and `Grade II` are two grades
    if roman(a) && roman(b) {
        return false;
    }
    // an initial
    if shared == 1 && (a.len() == 1 || b.len() == 1) {
        return true;
    }
    longer <= 3 || shared * 10 >= longer * 6
}
