//! What became of the clauses.

use super::align::Alignment;
use super::degree::{another_degree, given_up, has_superlative};
use super::denials::denies;
use super::gaps::Gaps;
use super::rows::{Rows, Verdict};
use super::view::View;
use super::{FactKind, FactRow, Mark};
use crate::document::Span;
use crate::facts::lexicon::{REPORTING, holds, is_negation};
use crate::facts::{Claim, Name, NameKind};
use std::ops::Range;

/// Clauses of one text that are compared.
const MAX_CLAIMS: usize = 3_000;
/// A word in more clauses than this finds nothing.
const MAX_POSTINGS: usize = 60;

/// Score of a link between sentences that are nearly the same.
const CLOSE: f64 = 0.5;

/// Share of the base's sentences without a counterpart from which a new sentence of the variant may be one of them.
const LEFT_OVER: f64 = 0.15;

/// What two clauses about one person that say nothing alike fall behind all others.
const APART: f64 = 2.0;

/// A clause with its canonical content words.
struct Clause {
    span: Span,
    sentence: usize,
    negated: bool,
    /// Numbers of the words, sorted.
    words: Vec<u32>,
    /// Of these the ones that say more than who it is about.
    telling: Vec<u32>,
    /// Most of it stands inside quotation marks.
    quoted: bool,
}

/// Adds the rows of all clauses.
pub(super) fn claims(base: &View<'_>, variant: &View<'_>, alignment: &Alignment, gaps: &Gaps, rows: &mut Rows) {
    let left = take(base);
    let right = take(variant);
    let mut postings: Vec<Vec<usize>> = vec![Vec::new(); base.vocabulary().max(variant.vocabulary())];
    for (v, clause) in right.iter().enumerate() {
        for &word in &clause.words {
            postings[word as usize].push(v);
        }
    }
    let mut counts = vec![0_usize; right.len()];
    let mut pairs = Vec::new();
    for (b, x) in left.iter().enumerate() {
        let mut touched = Vec::new();
        for &word in &x.words {
            for &v in postings.get(word as usize).filter(|p| p.len() <= MAX_POSTINGS).map_or(&[][..], Vec::as_slice) {
                if counts[v] == 0 {
                    touched.push(v);
                }
                counts[v] += 1;
            }
        }
        touched.sort_unstable();
        for v in touched {
            let shared = std::mem::take(&mut counts[v]);
            let y = &right[v];
            let link = alignment.score(x.sentence, y.sentence);
            let part = shared as f64 / x.words.len().min(y.words.len()).max(1) as f64;
            let whole = shared as f64 / ((x.words.len() * y.words.len()) as f64).sqrt().max(1.0);
            // two statements about one person or place come after those that share what they say
            let apart = (!x.telling.is_empty() || !y.telling.is_empty()) && !x.telling.iter().any(|w| y.telling.binary_search(w).is_ok());
            if (shared >= 2 && part >= 0.5) || (link > 0.0 && (part >= 0.34 || shared >= 2)) {
                let last = if apart { APART } else { 0.0 };
                pairs.push((whole + 0.6 * link - last, b, v, shared));
            }
        }
    }
    pairs.sort_by(|p, q| q.0.total_cmp(&p.0).then((p.1, p.2).cmp(&(q.1, q.2))));
    let told = Told::new(rows);
    let mut of_base: Vec<Option<usize>> = vec![None; left.len()];
    let mut of_variant: Vec<Option<usize>> = vec![None; right.len()];
    for &(_, b, v, shared) in &pairs {
        if of_base[b].is_none() && of_variant[v].is_none() {
            of_base[b] = Some(v);
            of_variant[v] = Some(b);
            both(base, &left[b], variant, &right[v], shared, &told, rows);
        }
    }
    let open = Open { base: free(&left, &of_base), variant: free(&right, &of_variant), alignment };
    dropped(base, &left, &of_base, variant, (&open, gaps), rows);
    added(variant, &right, &of_variant, base, (&open, gaps), rows);
}

/// Sentences with a clause that has no counterpart.
struct Open<'o> {
    base: Vec<usize>,
    variant: Vec<usize>,
    alignment: &'o Alignment,
}

impl Open<'_> {
    /// Whether a sentence of the variant that is linked to this one of the base has a clause left over, which may say in other words
    /// what a left-over clause here says.
    fn beside_base(&self, sentence: usize) -> bool {
        self.alignment.of_base(sentence).iter().any(|l| self.variant.binary_search(&l.variant).is_ok())
    }

    /// The same for a sentence of the variant.
    fn beside_variant(&self, sentence: usize) -> bool {
        self.alignment.of_variant(sentence).iter().any(|l| self.base.binary_search(&l.base).is_ok())
    }
}

fn free(clauses: &[Clause], found: &[Option<usize>]) -> Vec<usize> {
    let mut out: Vec<usize> =
        clauses.iter().zip(found).filter(|(c, other)| other.is_none() && !c.quoted).map(|(c, _)| c.sentence).collect();
    out.dedup();
    out
}

fn take(view: &View<'_>) -> Vec<Clause> {
    let sentences = view.sentences();
    let clauses = view.text.facts.claims.iter().filter(|c| c.sentence < sentences).take(MAX_CLAIMS);
    clauses.map(|c| clause(view, c)).filter(|c| !c.words.is_empty()).collect()
}

fn clause(view: &View<'_>, claim: &Claim) -> Clause {
    let range = view.words_of(claim.span);
    let inside = range.clone().filter(|&at| view.quoted[at]).count();
    let mut words: Vec<u32> = range.clone().filter(|&at| view.content[at]).map(|at| view.ids[at]).collect();
    words.sort_unstable();
    words.dedup();
    let spans = view.text.facts.roles.iter().map(|r| r.span).filter(|r| r.overlaps(claim.span));
    let who: Vec<Span> = spans.collect();
    let tells = |at: &usize| view.content[*at] && !view.named[*at] && !who.iter().any(|r| r.contains(view.span(*at)));
    let mut telling: Vec<u32> = range.clone().filter(tells).map(|at| view.ids[at]).collect();
    telling.sort_unstable();
    let negated = denied(view, claim, &range);
    Clause { telling, span: claim.span, sentence: claim.sentence, negated, words, quoted: inside * 2 > range.len() }
}

/// Whether a clause denies what it says: `had not fired`, `denied having fired`. `Without` leaves what is said as it is.
fn denied(view: &View<'_>, claim: &Claim, range: &Range<usize>) -> bool {
    let not = claim.negated && range.clone().any(|at| is_negation(view.norm(at)) && view.norm(at) != "without");
    let denies = range.clone().any(|at| denies(view.norm(at)));
    not != denies
}

fn both(base: &View<'_>, x: &Clause, variant: &View<'_>, y: &Clause, shared: usize, told: &Told, rows: &mut Rows) {
    // a changed word, number or date inside the clause has its own row and says it better
    if x.quoted && y.quoted || told.changed.iter().any(|&(b, v)| x.span.contains(b) && y.span.contains(v)) {
        return;
    }
    let equal = shared == x.words.len() && shared == y.words.len() || shared >= 2 && only_details(base, x, variant, y);
    let part = shared as f64 / x.words.len().max(y.words.len()) as f64;
    let inner = shared == x.words.len().min(y.words.len());
    let turned = x.negated != y.negated && !x.quoted && !y.quoted && !told.unquoted(x, y);
    // `has not been charged`, `has been charged`: the denied word itself is what both have
    let denied = shared == 1 && inner && x.words.len().max(y.words.len()) <= 2 && lone_denial(base, x, variant, y);
    let verdict = if denied {
        Verdict::sure(Mark::Altered, "polarity", 0.5)
    } else if turned && (part >= 0.6 || inner) && shared >= 2 && !told_otherwise(base, x, variant, y) {
        Verdict::sure(Mark::Altered, "polarity", 0.6)
    } else if shared >= 3 && another_degree(base, x.span, variant, y.span) {
        Verdict::sure(Mark::Altered, "degree", 0.6)
    } else if shared >= 2 && given_up(base, x.span, variant, y.span) {
        Verdict::sure(Mark::Altered, "state", 0.6)
    } else if equal {
        Verdict::sure(Mark::Kept, "claim", 0.9)
    } else {
        Verdict::sure(Mark::Reworded, "claim", (0.3 + 0.5 * part).min(0.8))
    };
    rows.both(FactKind::Claim, &verdict, (base, x.span, x.sentence), (variant, y.span, y.sentence));
}

/// Whether one of two clauses denies the very word that the other states, and no sentence around them denies anything else.
fn lone_denial(base: &View<'_>, x: &Clause, variant: &View<'_>, y: &Clause) -> bool {
    let (view, clause, other, sentence) = if x.negated { (base, x, variant, y.sentence) } else { (variant, y, base, x.sentence) };
    let free = !other.words_in(sentence).any(|at| is_negation(other.norm(at)));
    let words = view.words_of(clause.span);
    let at = words.clone().find(|&at| is_negation(view.norm(at)));
    let deed = at.and_then(|at| (at + 1..words.end).find(|&at| view.content[at]));
    let same = deed.is_some_and(|at| other.words_in(sentence).any(|i| other.norm(i) == view.norm(at)));
    x.negated != y.negated && !x.quoted && !y.quoted && free && same
}

/// Whether a clause is denied and the other says it without: the sentence around the other holds the negation, the
/// denied word is replaced too (`does not settle`, `leaves open`), or only a piece of the clause is there.
fn told_otherwise(base: &View<'_>, x: &Clause, variant: &View<'_>, y: &Clause) -> bool {
    let negations = |view: &View<'_>, s: usize| view.words_in(s).filter(|&at| is_negation(view.norm(at))).count();
    let (left, right) = (negations(base, x.sentence), negations(variant, y.sentence));
    let stated = if x.negated { (variant, y.span) } else { (base, x.span) };
    // `the deadliest of its kind`, `none has claimed so many lives`
    if has_superlative(stated.0, stated.1) {
        return true;
    }
    if left > 0 && right > 0 || x.words.len().min(y.words.len()) < 3 && x.words.len().max(y.words.len()) > 3 {
        return true;
    }
    let (view, clause, other, sentence) = if x.negated { (base, x, variant, y.sentence) } else { (variant, y, base, x.sentence) };
    let words = view.words_of(clause.span);
    let Some(at) = words.clone().find(|&at| is_negation(view.norm(at))) else { return false };
    let denied = (at + 1..words.end.min(at + 4)).find(|&at| view.content[at]);
    let known = denied.is_none_or(|at| other.words_in(sentence).any(|i| other.ids[i] == view.ids[at]));
    let from = if x.negated { y } else { x };
    let there = |id: u32| view.words_in(clause.sentence).any(|i| view.ids[i] == id);
    !known && other.words_of(from.span).any(|i| other.content[i] && !other.detail[i] && !there(other.ids[i]))
}

/// What the rows of other kinds say, gathered once.
struct Told {
    /// Both spans of changed names, places, numbers and dates.
    changed: Vec<(Span, Span)>,
    /// The sentence in the base and the span in the variant of quotations that both have.
    quoted: Vec<(Span, Span)>,
}

impl Told {
    fn new(rows: &Rows) -> Self {
        let value = |r: &&FactRow| {
            let value = matches!(r.kind, FactKind::Place | FactKind::Name | FactKind::Number | FactKind::Date);
            r.mark == Mark::Altered && (value || matches!(r.subtype.as_str(), "hedge" | "scope"))
        };
        let changed = rows.list.iter().filter(value).filter_map(|r| Some((r.base.as_ref()?.span, r.variant.as_ref()?.span)));
        let quotes = rows.list.iter().filter(|r| r.kind == FactKind::Quote);
        let quoted = quotes.filter_map(|r| Some((r.base.as_ref()?.sentence, r.variant.as_ref()?.span)));
        Self { changed: changed.collect(), quoted: quoted.collect() }
    }

    /// Whether the variant's clause says in its own words what a quotation of the base says: a negation moved with it.
    fn unquoted(&self, x: &Clause, y: &Clause) -> bool {
        self.quoted.iter().any(|&(b, v)| b.contains(x.span) && v.overlaps(y.span))
    }
}

/// Whether the clauses have the same stems but for names and numbers that one side adds: those have rows of their own.
fn only_details(base: &View<'_>, x: &Clause, variant: &View<'_>, y: &Clause) -> bool {
    let (a, b) = (stems(base, x.span), stems(variant, y.span));
    let extra = |from: &[(&str, bool)], other: &[(&str, bool)]| {
        let has = |word: &str| other.binary_search_by_key(&word, |&(w, _)| w).is_ok();
        let only: Vec<bool> = from.iter().filter(|(w, _)| !has(w)).map(|&(_, d)| d).collect();
        (only.len(), only.iter().all(|&d| d))
    };
    let ((x_only, x_detail), (y_only, y_detail)) = (extra(&a, &b), extra(&b, &a));
    x_detail && y_detail && (x_only == 0 || y_only == 0)
}

/// The stems of the content words inside `span`, sorted, with whether they only add detail.
fn stems<'a>(view: &View<'a>, span: Span) -> Vec<(&'a str, bool)> {
    let words = view.words_of(span).filter(|&at| view.content[at]);
    let mut out: Vec<(&str, bool)> = words.map(|at| (crate::text::stem(view.norm(at)), view.detail[at])).collect();
    // of a repeated word the last counts
    out.reverse();
    out.sort_by_key(|&(w, _)| w);
    out.dedup_by_key(|&mut (w, _)| w);
    out
}

/// Share of the words inside `span` that the other text has too; names count nothing.
fn support(view: &View<'_>, span: Span, other: &View<'_>) -> (usize, f64) {
    let words = plain(view, span);
    let found = words.iter().filter(|&&w| other.has(w)).count();
    (words.len(), found as f64 / words.len().max(1) as f64)
}

/// The largest share of the words inside `span` that one sentence of the other text has.
fn best_support(view: &View<'_>, span: Span, holding: &[Vec<usize>]) -> (usize, f64) {
    let words = plain(view, span);
    let mut found: Vec<usize> = words.iter().filter_map(|&w| holding.get(w as usize)).flatten().copied().collect();
    found.sort_unstable();
    let best = found.chunk_by(|a, b| a == b).map(<[usize]>::len).max().unwrap_or(0);
    (words.len(), best as f64 / words.len().max(1) as f64)
}

/// The sentences that each word stands in.
fn holding(view: &View<'_>) -> Vec<Vec<usize>> {
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); view.vocabulary()];
    for s in 0..view.sentences() {
        for at in view.words_in(s) {
            let list = &mut out[view.ids[at] as usize];
            if list.last() != Some(&s) {
                list.push(s);
            }
        }
    }
    out
}

/// Content words that belong to no name.
fn plain(view: &View<'_>, span: Span) -> Vec<u32> {
    view.words_of(span).filter(|&at| view.content[at] && !view.named[at]).map(|at| view.ids[at]).collect()
}

fn dropped(
    base: &View<'_>,
    left: &[Clause],
    of_base: &[Option<usize>],
    variant: &View<'_>,
    (open, gaps): (&Open<'_>, &Gaps),
    rows: &mut Rows,
) {
    for (x, other) in left.iter().zip(of_base) {
        if other.is_some() || x.quoted || x.words.len() < 2 || told(base, x.span) {
            continue;
        }
        // a sentence that was read word by word has rows of phrases
        let read = gaps.reads_base(x.sentence);
        if read && rows.list.iter().any(|r| r.subtype == "phrase" && r.base.as_ref().is_some_and(|s| s.span.overlaps(x.span))) {
            continue;
        }
        let (words, support) = support(base, x.span, variant);
        let firm = !read
            && (words >= 4 && support <= 0.25 || words >= 1 && support == 0.0)
            && !matched(rows, x.span)
            && !open.beside_base(x.sentence);
        let verdict = Verdict { mark: Mark::Dropped, subtype: "claim", confidence: if firm { 0.6 } else { 0.3 }, check: !firm };
        rows.dropped(FactKind::Claim, &verdict, (base, x.span, x.sentence));
    }
}

fn added(
    variant: &View<'_>,
    right: &[Clause],
    of_variant: &[Option<usize>],
    base: &View<'_>,
    (open, gaps): (&Open<'_>, &Gaps),
    rows: &mut Rows,
) {
    let alignment = open.alignment;
    let holding = holding(base);
    let leftover = in_other_words(base, variant, alignment);
    let mut sentence = usize::MAX;
    for (y, other) in right.iter().zip(of_variant) {
        if other.is_some() || y.quoted || y.words.len() < 2 || y.sentence == sentence {
            continue;
        }
        let linked = !alignment.of_variant(y.sentence).is_empty();
        let whole = variant.text.article.sentences.get(y.sentence).map_or(y.span, |s| s.span);
        let (words, part) = best_support(variant, whole, &holding);
        // the row of an invented quotation that fills the sentence says it
        if quotes_most(rows, whole) {
            sentence = y.sentence;
            continue;
        }
        // a sentence that the base says nothing of is one added statement
        if !linked && part <= 0.3 && words >= 4 && !stated(rows, whole) {
            sentence = y.sentence;
            // of somebody whom the base names too it may be said in other words; and where sentences of the base are left over,
            // it may be one of these, unless it names somebody or something that the base does not
            let check = known_person(variant, whole, base) || leftover && !names_new(variant, whole, base) && !dated_new(rows, whole);
            let verdict = Verdict { mark: Mark::Added, subtype: "claim", confidence: if check { 0.45 } else { 0.65 }, check };
            rows.added(FactKind::Claim, &verdict, (variant, whole, y.sentence));
            continue;
        }
        let read = gaps.reads_variant(y.sentence);
        if read && rows.list.iter().any(|r| r.subtype == "phrase" && r.variant.as_ref().is_some_and(|s| s.span.overlaps(y.span))) {
            continue;
        }
        let (words, part) = support(variant, y.span, base);
        // in a sentence that is the base's own, a clause without any of its words is new
        let close = alignment.of_variant(y.sentence).first().is_some_and(|l| l.score >= CLOSE) && words >= 1 && part == 0.0;
        // `called the move long overdue`: what somebody says may be a quotation of the base without its marks
        let says = variant.words_of(y.span).next().is_some_and(|at| holds(REPORTING, variant.norm(at)));
        let firm = !read
            && !says
            && (words >= 4 && part <= 0.1 || close)
            && !open.beside_variant(y.sentence)
            && !told(variant, y.span)
            && !stated(rows, y.span);
        let verdict = Verdict { mark: Mark::Added, subtype: "claim", confidence: if firm { 0.5 } else { 0.3 }, check: !firm };
        rows.added(FactKind::Claim, &verdict, (variant, y.span, y.sentence));
    }
}

/// Whether the variant is told in other words and left sentences of the base over: then a sentence of it may say what one of these says.
pub(super) fn in_other_words(base: &View<'_>, variant: &View<'_>, alignment: &Alignment) -> bool {
    let unlinked = (0..base.sentences()).filter(|&s| alignment.of_base(s).is_empty()).count();
    let best: Vec<f64> = (0..variant.sentences()).filter_map(|s| alignment.of_variant(s).first().map(|l| l.score)).collect();
    let mean = best.iter().sum::<f64>() / best.len().max(1) as f64;
    unlinked as f64 > LEFT_OVER * base.sentences() as f64 && mean < CLOSE
}

/// Whether a day inside the variant's span is surely new.
fn dated_new(rows: &Rows, span: Span) -> bool {
    let new = |r: &FactRow| r.kind == FactKind::Date && r.mark == Mark::Added && !r.check;
    rows.list.iter().any(|r| new(r) && r.variant.as_ref().is_some_and(|s| span.contains(s.span)))
}

/// Whether the span has a name of which the other text has no word.
pub(super) fn names_new(view: &View<'_>, span: Span, other: &View<'_>) -> bool {
    let names = view.text.facts.names.iter().filter(|n| span.contains(n.span));
    // where it is may be a detail; who or what it is about is another statement
    let telling = names.filter(|n| n.kind != NameKind::Place || n.words.len() > 1);
    telling.into_iter().any(|n| view.words_of(n.span).all(|at| !other.has(view.ids[at])))
}

/// Whether the span names a person whom the other text names.
fn known_person(view: &View<'_>, span: Span, other: &View<'_>) -> bool {
    let full = |n: &&Name| {
        n.kind == NameKind::Person || n.kind == NameKind::Other && n.words.len() == 2 && n.span.of(other.text.text).contains(' ')
    };
    let last: Vec<&str> = other.text.facts.names.iter().filter(full).filter_map(|n| n.words.last()).map(String::as_str).collect();
    let words = view.text.article.words.as_slice();
    view.words_of(span).any(|at| words[at].is_capitalized(view.text.text) && view.norm(at).len() > 3 && last.contains(&view.norm(at)))
}

/// Whether an invented quotation makes up half of the variant's sentence.
fn quotes_most(rows: &Rows, sentence: Span) -> bool {
    let added = rows.list.iter().filter(|r| r.kind == FactKind::Quote && r.mark == Mark::Added);
    let mut sides = added.filter_map(|r| r.variant.as_ref());
    sides.any(|s| sentence.contains(s.span) && s.span.len() * 2 >= sentence.len())
}

/// Whether a role or an attribution makes up most of the clause: it has its own row.
fn told(view: &View<'_>, span: Span) -> bool {
    let covered = |s: Span| s.end.min(span.end).saturating_sub(s.start.max(span.start)) * 10 >= span.len() * 7;
    view.text.facts.roles.iter().any(|r| covered(r.span)) || view.text.facts.attributions.iter().any(|a| covered(a.span))
}

/// Whether a number, date or quotation inside the base's span has its counterpart in the variant.
fn matched(rows: &Rows, span: Span) -> bool {
    rows.list.iter().any(|r| {
        matches!(r.kind, FactKind::Number | FactKind::Date | FactKind::Quote)
            && r.variant.is_some()
            && r.base.as_ref().is_some_and(|s| span.overlaps(s.span))
    })
}

/// Whether a number, date or quotation inside the variant's span has its counterpart in the base.
fn stated(rows: &Rows, span: Span) -> bool {
    rows.list.iter().any(|r| {
        matches!(r.kind, FactKind::Number | FactKind::Date | FactKind::Quote)
            && r.base.is_some()
            && r.variant.as_ref().is_some_and(|s| span.contains(s.span))
    })
}
