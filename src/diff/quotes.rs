//! What became of each quotation.

use super::align::Alignment;
use super::detail::between;
use super::lcs::{find_run, lcs};
use super::pieces::scattered;
use super::renderings::same_sense;
use super::retold::{dequoted, indirect};
use super::spelling::written;
use super::view::View;
use super::{FactKind, FactRow, Mark, QuoteOutcome, QuoteRow};
use crate::document::Span;
use crate::facts::{Quote, QuoteForm};
use crate::text::{Word, is_stopword};
use std::collections::BTreeMap;

/// Quotations of one text that are compared word by word.
const MAX_QUOTES: usize = 300;
/// Cells of all word comparisons of one pair of texts; what lies beyond is matched by equal words only.
const MAX_CELLS: usize = 8_000_000;

/// Score of a link between sentences that are nearly the same.
const CLOSE: f64 = 0.5;
/// How sure a quotation is that was found by its speaker alone.
const GUESSED: f64 = 0.4;

/// A quotation of each side with how much they share.
struct Pair {
    base: usize,
    variant: usize,
    outcome: QuoteOutcome,
    score: f64,
    /// Whether they stand in sentences that say the same.
    close: bool,
}

/// Quote rows and the same as fact rows.
pub(super) fn quotes(base: &View<'_>, variant: &View<'_>, alignment: &Alignment) -> (Vec<QuoteRow>, Vec<FactRow>) {
    let left = real(base, variant);
    let right = real(variant, base);
    let mut pairs = Vec::new();
    let mut cells = 0;
    for (b, x) in left.iter().enumerate() {
        for (v, y) in right.iter().enumerate() {
            cells += x.words.len() * y.words.len();
            if cells > MAX_CELLS && x.words != y.words {
                continue;
            }
            let link = alignment.score(x.sentence, y.sentence);
            if let Some((outcome, score)) = compare(base, variant, x, y, link) {
                pairs.push(Pair { base: b, variant: v, outcome, score, close: link >= CLOSE });
            }
        }
    }
    pairs.sort_by(|p, q| q.score.total_cmp(&p.score).then(p.base.cmp(&q.base)).then(p.variant.cmp(&q.variant)));
    let mut found: BTreeMap<usize, (Span, usize, QuoteOutcome)> = BTreeMap::new();
    let mut used = vec![None; right.len()];
    for (b, parts) in split(&left, &right) {
        let (first, last) = (&right[parts.start], &right[parts.end - 1]);
        found.insert(b, (first.span.join(last.span), first.sentence, QuoteOutcome::Exact));
        used[parts].fill(Some(b));
    }
    // what the base says twice has two counterparts where the variant says it twice, once in other words
    for waits in [true, false] {
        for pair in &pairs {
            let own = |used: &[Option<usize>]| pairs.iter().any(|p| p.base == pair.base && p.close && used[p.variant].is_none());
            let free = match used[pair.variant] {
                None => true,
                Some(owner) => shares(&left[owner], &left[pair.base], &right[pair.variant]) && !(waits && own(&used)),
            };
            if free && !found.contains_key(&pair.base) {
                let other = &right[pair.variant];
                found.insert(pair.base, (other.span, other.sentence, pair.outcome));
                used[pair.variant].get_or_insert(pair.base);
            }
        }
    }
    resumed(&left, &right, &mut found, &mut used);
    for (b, quote) in left.iter().enumerate() {
        let cut = found.get(&b).is_none_or(|f| matches!(f.2, QuoteOutcome::Truncated | QuoteOutcome::WordsChanged));
        if let Some((span, sentence)) = if cut { scattered(base, quote, variant, &right) } else { None } {
            found.insert(b, (span, sentence, QuoteOutcome::Exact));
        }
    }
    let mut rows = Vec::new();
    let mut facts = Vec::new();
    let told: Vec<Option<(Span, usize)>> =
        left.iter().enumerate().map(|(b, q)| if found.contains_key(&b) { None } else { dequoted(base, variant, q, alignment) }).collect();
    let mut taken: Vec<usize> = told.iter().flatten().map(|p| p.1).collect();
    for (b, quote) in left.iter().enumerate() {
        let mut guessed = false;
        let (outcome, other) = match (found.get(&b), told[b]) {
            (Some(&(span, sentence, outcome)), _) => (outcome, Some((span, sentence))),
            (None, Some(place)) => (QuoteOutcome::Dequoted, Some(place)),
            (None, None) => match indirect(variant, quote, alignment, &taken) {
                Some(place) => {
                    taken.push(place.1);
                    guessed = true;
                    (QuoteOutcome::Dequoted, Some(place))
                }
                None => (QuoteOutcome::Dropped, None),
            },
        };
        push(base, variant, quote, outcome, other, &mut rows, &mut facts);
        // only the speaker tells that this is it
        if let Some(row) = facts.last_mut().filter(|_| guessed) {
            (row.check, row.confidence) = (true, GUESSED);
        }
    }
    // A quotation that holds a part of one of the base is the rest of a split one, no invention.
    for (v, quote) in right.iter().enumerate().filter(|&(v, _)| used[v].is_none()) {
        if pairs.iter().any(|p| p.variant == v && matches!(p.outcome, QuoteOutcome::Exact | QuoteOutcome::Truncated)) {
            continue;
        }
        if scattered(variant, quote, base, &left).is_some() {
            continue;
        }
        invented(base, variant, quote, alignment, &mut rows, &mut facts);
    }
    (rows, facts)
}

/// The quotations that are compared, their words in one spelling. Marks around a single word quote somebody when the other
/// text has the same word as a quotation.
fn real(view: &View<'_>, other: &View<'_>) -> Vec<Quote> {
    let twin = |q: &Quote| other.text.facts.quotes.iter().take(MAX_QUOTES).any(|o| o.form != QuoteForm::Scare && o.words == q.words);
    let quotes = view.text.facts.quotes.iter().take(MAX_QUOTES).filter(|q| q.form != QuoteForm::Scare || twin(q));
    quotes.map(|q| Quote { words: said(view, q.inner), ..q.clone() }).collect()
}

/// The words inside `span` that stand in quotation marks, in one spelling.
fn said(view: &View<'_>, span: Span) -> Vec<String> {
    let words = view.text.article.words.as_slice();
    view.words_of(span).filter_map(|at| words.get(at)).map(|w| written(view.text.text, w).into_owned()).collect()
}

/// A quotation of the variant that goes on where the counterpart of the same one stopped, a `he said` between: both are it.
fn resumed(left: &[Quote], right: &[Quote], found: &mut BTreeMap<usize, (Span, usize, QuoteOutcome)>, used: &mut [Option<usize>]) {
    for v in 0..right.len() {
        let beside = [v.checked_sub(1), Some(v + 1)].into_iter().flatten().filter(|&o| o < right.len());
        let owner = beside.filter(|&o| right[o].sentence.abs_diff(right[v].sentence) <= 1).find_map(|o| used[o]);
        let Some(b) = owner.filter(|_| used[v].is_none()) else { continue };
        let (whole, part) = (&left[b].words, &right[v].words);
        let common = lcs(whole, part).len();
        if whole.len() <= part.len() || part.len() < 3 || common * 5 < part.len() * 3 {
            continue;
        }
        used[v] = Some(b);
        if let Some((span, _, outcome)) = found.get_mut(&b) {
            *span = span.join(right[v].span);
            if common < part.len() {
                *outcome = QuoteOutcome::WordsChanged;
            }
        }
    }
}

/// Quotations of the base whose words stand in several quotations of the variant one after the other, a `he said`
/// between them.
fn split(left: &[Quote], right: &[Quote]) -> Vec<(usize, std::ops::Range<usize>)> {
    let mut out = Vec::new();
    let mut free = 0;
    for (b, quote) in left.iter().enumerate() {
        let found = (free..right.len()).find_map(|v| {
            let mut rest = quote.words.as_slice();
            for (n, part) in right.get(v..)?.iter().enumerate() {
                rest = rest.strip_prefix(part.words.as_slice()).filter(|_| !part.words.is_empty())?;
                if rest.is_empty() {
                    return (n > 0).then_some(v..v + n + 1);
                }
            }
            None
        });
        if let Some(parts) = found {
            free = parts.end;
            out.push((b, parts));
        }
    }
    out
}

/// Two quotations of the base may have one counterpart: repeats, and two that the variant joins.
fn shares(owner: &Quote, other: &Quote, counterpart: &Quote) -> bool {
    owner.words == other.words
        || find_run(&counterpart.words, &other.words).is_some() && find_run(&counterpart.words, &owner.words).is_some()
}

fn content(words: &[String]) -> usize {
    words.iter().filter(|w| !is_stopword(w)).count()
}

/// What the variant's quotation is of the base's; `None` if they are no counterparts.
fn compare(base: &View<'_>, variant: &View<'_>, b: &Quote, v: &Quote, link: f64) -> Option<(QuoteOutcome, f64)> {
    if b.words == v.words {
        return Some((QuoteOutcome::Exact, 10.0 + link));
    }
    let (cb, cv) = (content(&b.words), content(&v.words));
    let common = lcs(&b.words, &v.words);
    let shared = common.iter().filter(|&&(i, _)| b.words.get(i).is_some_and(|w| !is_stopword(w))).count();
    let total = 2.0 * common.len() as f64 / (b.words.len() + v.words.len()) as f64;
    let score = total + shared as f64 / cb.min(cv).max(1) as f64 + 0.5 * link;
    if find_run(&b.words, &v.words).is_some() {
        let enough = v.words.len() >= 4 || cv >= 2 || cv >= 1 && (link > 0.0 || v.words.len() >= 3);
        return enough.then_some((QuoteOutcome::Truncated, 4.0 + score));
    }
    let least = cb.min(cv).max(1);
    let part_b = shared as f64 / cb.max(1) as f64;
    let part_v = shared as f64 / cv.max(1) as f64;
    let close = match shared {
        0 => false,
        1 => least <= 2 && cb.max(cv) <= 4 && link > 0.0,
        2 => part_b >= 0.5 || part_v >= 0.5,
        // two sentences about `the tanks next door` are two quotations
        _ => (part_b >= 0.4 || part_v >= 0.4) && (total >= 0.3 || shared >= 5 || part_v >= 0.7),
    };
    // the same speaker's sentence with other nouns, or a run of words that is nearly all of one side
    let fewer = b.words.len().min(v.words.len());
    // `There is no open bill`, `There is no blank cheque`
    let begins = b.words.iter().zip(&v.words).take_while(|(x, y)| x == y).count();
    let framed = told_by(b, v) && (total >= 0.7 && fewer >= 5 || total >= 0.6 && begins >= 3 && fewer >= 4);
    let run = fewer >= 5 && common.len() * 5 >= fewer * 4 && longest_common(&b.words, &v.words) >= 4;
    if !(close || framed || run || same_sense(&b.words, &v.words)) {
        return None;
    }
    if common.len() == v.words.len() {
        return Some((QuoteOutcome::Truncated, 3.0 + score));
    }
    // The base's quotation whole and more around it: another quotation joined to it, or the reporter's words.
    let extra: Vec<usize> = extra_content(variant, v, &common);
    let reporters = outside(base, b);
    let taken = extra.iter().filter(|&&at| reporters.contains(&variant.canon[at])).count();
    if taken > 0 && taken * 2 >= extra.len() && part_b >= 0.5 {
        return Some((QuoteOutcome::BoundaryExtended, 2.0 + score));
    }
    if find_run(&v.words, &b.words).is_some() && joined(base, v, b) {
        return Some((QuoteOutcome::Exact, 3.0 + score));
    }
    Some((QuoteOutcome::WordsChanged, score))
}

/// Whether both name one speaker.
fn told_by(b: &Quote, v: &Quote) -> bool {
    let last = |q: &Quote| q.speaker.as_deref().and_then(|s| s.split_whitespace().next_back()).map(str::to_lowercase);
    last(b).is_some_and(|name| last(v).is_some_and(|other| other == name))
}

/// Length of the longest run of words that both have.
fn longest_common(b: &[String], v: &[String]) -> usize {
    let mut best = 0;
    let mut runs = vec![0; v.len() + 1];
    for word in b {
        let mut next = vec![0; v.len() + 1];
        for (j, other) in v.iter().enumerate() {
            if word == other {
                next[j + 1] = runs[j] + 1;
                best = best.max(next[j + 1]);
            }
        }
        runs = next;
    }
    best
}

/// Whether the words around `b` inside `v` are another quotation of the base.
fn joined(base: &View<'_>, v: &Quote, b: &Quote) -> bool {
    base.text.facts.quotes.iter().take(MAX_QUOTES).any(|q| q.span != b.span && q.words.len() >= 3 && find_run(&v.words, &q.words).is_some())
}

/// Words of the variant's article: content of its quotation that the base's does not have.
fn extra_content(variant: &View<'_>, v: &Quote, common: &[(usize, usize)]) -> Vec<usize> {
    let first = variant.words_of(v.inner).start;
    let shared: Vec<usize> = common.iter().map(|&(_, j)| j).collect();
    (0..v.words.len())
        .filter(|j| shared.binary_search(j).is_err())
        .map(|j| first + j)
        .filter(|&at| variant.content.get(at).copied().unwrap_or(false))
        .collect()
}

/// Canonical words of the reporter in the sentences around a quotation.
fn outside<'a>(view: &View<'a>, quote: &Quote) -> Vec<&'a str> {
    let last = view.text.article.sentences.partition_point(|s| s.span.start < quote.span.end).max(quote.sentence + 1);
    (quote.sentence..last)
        .flat_map(|s| view.words_in(s))
        .filter(|&at| view.content[at] && !view.quoted[at])
        .map(|at| view.canon[at])
        .collect()
}

#[allow(clippy::too_many_arguments)]
fn push(
    base: &View<'_>,
    variant: &View<'_>,
    quote: &Quote,
    outcome: QuoteOutcome,
    other: Option<(Span, usize)>,
    rows: &mut Vec<QuoteRow>,
    facts: &mut Vec<FactRow>,
) {
    let left = base.side(quote.span, quote.sentence);
    let right = other.and_then(|(span, sentence)| variant.side(span, sentence));
    let (mark, subtype, confidence) = match outcome {
        QuoteOutcome::Exact => (Mark::Kept, "quote_exact", 0.98),
        QuoteOutcome::WordsChanged => (Mark::Altered, "quote_words", 0.85),
        QuoteOutcome::Truncated => (Mark::Altered, "quote_truncated", 0.9),
        QuoteOutcome::BoundaryExtended => (Mark::Altered, "quote_boundary", 0.8),
        QuoteOutcome::Dequoted => (Mark::Reworded, "dequoted", 0.6),
        QuoteOutcome::Dropped | QuoteOutcome::Invented => (Mark::Dropped, "quote", 0.85),
    };
    // two renderings of one utterance, or a changed one: that is for a person to say
    let check =
        outcome == QuoteOutcome::WordsChanged && other.is_some_and(|(span, _)| same_sense(&said(base, quote.inner), &said(variant, span)));
    let confidence = if check { 0.5 } else { confidence };
    let detail = match other {
        Some((span, _)) if mark != Mark::Kept => {
            let free = outcome == QuoteOutcome::Dequoted;
            between((base.text.text, &inside_marks(base, quote.span, false)), (variant.text.text, &inside_marks(variant, span, free)))
        }
        _ => String::new(),
    };
    let row = QuoteRow { outcome, speaker: quote.speaker.clone(), verb: quote.verb.clone(), base: left.clone(), variant: right.clone() };
    rows.push(row);
    facts.push(FactRow { kind: FactKind::Quote, mark, subtype: subtype.into(), confidence, check, detail, base: left, variant: right });
}

/// The words of a span that stand in quotation marks, or all.
fn inside_marks<'a>(view: &View<'a>, span: Span, free: bool) -> Vec<&'a Word> {
    let range = view.words_of(span);
    let words = view.text.article.words.get(range.clone()).unwrap_or_default();
    words.iter().zip(range).filter(|&(_, at)| free || view.quoted[at]).map(|(word, _)| word).collect()
}

/// A quotation without a counterpart; built from the reporter's words of an aligned sentence it is `altered`.
fn invented(base: &View<'_>, variant: &View<'_>, quote: &Quote, alignment: &Alignment, rows: &mut Vec<QuoteRow>, facts: &mut Vec<FactRow>) {
    let right = variant.side(quote.span, quote.sentence);
    let words: Vec<&str> = variant.content_of(quote.inner);
    let source = alignment.of_variant(quote.sentence).iter().find_map(|link| {
        let (part, span) = cover(base, link.base, &words)?;
        (part >= 0.7 && words.len() >= 2).then_some((span, link.base))
    });
    let left = source.and_then(|(span, sentence)| base.side(span, sentence));
    let (mark, subtype) = if left.is_some() { (Mark::Altered, "quote_boundary") } else { (Mark::Added, "quote_invented") };
    let outcome = if left.is_some() { QuoteOutcome::BoundaryExtended } else { QuoteOutcome::Invented };
    rows.push(QuoteRow { outcome, speaker: quote.speaker.clone(), verb: quote.verb.clone(), base: left.clone(), variant: right.clone() });
    facts.push(FactRow {
        kind: FactKind::Quote,
        mark,
        subtype: subtype.into(),
        confidence: 0.8,
        check: false,
        detail: String::new(),
        base: left,
        variant: right,
    });
}

/// How much of `words` a sentence of the base says outside its marks, and where.
fn cover(base: &View<'_>, sentence: usize, words: &[&str]) -> Option<(f64, Span)> {
    let hits: Vec<usize> =
        base.words_in(sentence).filter(|&at| base.content[at] && !base.quoted[at] && words.contains(&base.canon[at])).collect();
    let span = base.span(*hits.first()?).join(base.span(*hits.last()?));
    let found = words.iter().filter(|w| hits.iter().any(|&at| base.canon[at] == **w)).count();
    Some((found as f64 / words.len().max(1) as f64, span))
}
