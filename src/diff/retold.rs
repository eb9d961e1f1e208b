//! Quotations that the variant tells without marks.

use super::align::Alignment;
use super::view::View;
use crate::document::Span;
use crate::facts::Quote;
use crate::facts::lexicon::{REPORTING, holds};

/// Words of a sentence that are searched for a quotation's words.
const MAX_SENTENCE: usize = 200;
/// Score of a link to another sentence of the base that says what the variant's sentence says.
const ACCOUNTED: f64 = 0.3;
/// Score of a link between sentences that are nearly the same.
const CLOSE: f64 = 0.5;
/// Score of a link between sentences that say the same.
const LINKED: f64 = 0.25;
/// Words of the shortest quotation that is looked for by its speaker alone.
const LEAST: usize = 4;

/// Where the variant says in its own words what the quotation says.
pub(super) fn dequoted(base: &View<'_>, variant: &View<'_>, quote: &Quote, alignment: &Alignment) -> Option<(Span, usize)> {
    let words = base.words_of(quote.inner);
    let mut wanted: Vec<&str> = words.clone().filter(|&at| base.content[at] && !base.named[at]).map(|at| base.canon[at]).collect();
    wanted.sort_unstable();
    wanted.dedup();
    if wanted.is_empty() {
        return None;
    }
    let norms: Vec<&str> = quote.words.iter().map(String::as_str).collect();
    let mut best: Option<(f64, usize, Vec<usize>)> = None;
    for sentence in 0..variant.sentences() {
        let free: Vec<usize> = variant.words_in(sentence).filter(|&at| !variant.quoted[at]).take(MAX_SENTENCE).collect();
        let mut hits: Vec<usize> =
            free.iter().copied().filter(|&at| variant.content[at] && wanted.iter().any(|w| akin(w, variant.canon[at]))).collect();
        let mut distinct: Vec<&str> = hits.iter().map(|&at| variant.canon[at]).collect();
        distinct.sort_unstable();
        distinct.dedup();
        let part = distinct.len() as f64 / wanted.len() as f64;
        let link = alignment.score(quote.sentence, sentence);
        let speaker = same_speaker(variant, quote, sentence);
        let run = if part > 0.0 { longest_run(&norms, variant, &free) } else { Vec::new() };
        let enough = match distinct.len() {
            0 => false,
            1 if wanted.len() <= 4 && hits.iter().any(|&at| telling(base, variant, at, &free)) => true,
            1 => wanted.len() <= 4 && (link >= 0.25 || link > 0.0 && speaker || wanted.len() <= 2 && speaker) || run.len() >= 4,
            n => part >= 0.5 || part >= 0.34 && (link > 0.0 || speaker) || n >= 3 && part >= 0.3 && speaker || run.len() >= 5,
        };
        if !enough {
            continue;
        }
        let score = part + link + 0.1 * run.len() as f64 + if speaker { 0.2 } else { 0.0 };
        if best.as_ref().is_none_or(|(top, ..)| score > *top) {
            hits.extend(run);
            best = Some((score, sentence, hits));
        }
    }
    let (_, sentence, hits) = best?;
    let first = hits.iter().min()?;
    let last = hits.iter().max()?;
    let hit = variant.span(*first).join(variant.span(*last));
    let mut span = hit;
    // the clauses that hold these words, when that does not take in half the page
    for claim in variant.text.facts.claims.iter().filter(|c| c.sentence == sentence && c.span.overlaps(hit)) {
        if hit.len() < 40 || claim.span.contains(hit) {
            span = span.join(claim.span);
        }
    }
    Some((span, sentence))
}

/// Where the variant lets the speaker of a quotation say something in words of its own that no other sentence of the base accounts
/// for; `taken` are sentences that tell other quotations.
pub(super) fn indirect(variant: &View<'_>, quote: &Quote, alignment: &Alignment, taken: &[usize]) -> Option<(Span, usize)> {
    if quote.words.len() < LEAST {
        return None;
    }
    let speaks = |s: usize| variant.words_in(s).any(|at| !variant.quoted[at] && holds(REPORTING, variant.norm(at)));
    let named = |s: usize| {
        let pronoun = || variant.words_in(s).any(|at| !variant.quoted[at] && matches!(variant.norm(at), "he" | "she" | "they"));
        same_speaker(variant, quote, s) || s > 0 && pronoun() && same_speaker(variant, quote, s - 1)
    };
    let open = |s: usize| {
        let links = alignment.of_variant(s);
        links.iter().all(|l| match l.base.abs_diff(quote.sentence) {
            0 => true,
            // who says it may stand beside it
            1 => l.score < CLOSE,
            _ => l.score < ACCOUNTED,
        })
    };
    let long = |s: usize| variant.words_in(s).filter(|&at| variant.content[at] && !variant.quoted[at] && !variant.named[at]).count() >= 3;
    // beside a sentence that says what stands beside the quotation
    let near = |s: usize| {
        let beside = s.saturating_sub(1)..variant.sentences().min(s + 2);
        beside.flat_map(|v| alignment.of_variant(v)).any(|l| l.base.abs_diff(quote.sentence) <= 1 && l.score >= LINKED)
    };
    // the words beside a quotation of the variant say who speaks there
    let plain = |s: usize| !variant.words_in(s).any(|at| variant.quoted[at]);
    let open = |s: usize| plain(s) && open(s) && near(s);
    let found = (0..variant.sentences()).filter(|s| !taken.contains(s)).find(|&s| named(s) && speaks(s) && long(s) && open(s))?;
    Some((variant.text.article.sentences.get(found)?.span, found))
}

/// Two forms of one word: equal stems, or a stem with an ending (`pray`, `prayer`).
fn akin(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    a == b || short.len() >= 4 && long.len() <= short.len() + 2 && long.starts_with(short)
}

/// Whether one word tells that the sentence holds the quotation: a number that stands once in each text, or a word that
/// does, in a sentence of somebody's saying.
fn telling(base: &View<'_>, variant: &View<'_>, at: usize, sentence: &[usize]) -> bool {
    let word = variant.canon[at];
    let once = |view: &View<'_>| view.canon.iter().filter(|w| akin(w, word)).count() == 1;
    let figure = word.len() >= 3 && word.bytes().all(|c| c.is_ascii_digit());
    let said = || sentence.iter().any(|&i| holds(REPORTING, variant.norm(i)));
    once(base) && once(variant) && !variant.named[at] && (figure || word.len() >= 4 && said())
}

fn same_speaker(variant: &View<'_>, quote: &Quote, sentence: usize) -> bool {
    let Some(name) = quote.speaker.as_deref().and_then(|s| s.split_whitespace().next_back()) else { return false };
    let folded: String = name.to_lowercase();
    variant.words_in(sentence).any(|at| variant.norm(at) == folded)
}

/// The longest run of the quotation's words that stands outside marks, as word indexes of the variant.
fn longest_run(words: &[&str], variant: &View<'_>, free: &[usize]) -> Vec<usize> {
    let mut best: &[usize] = &[];
    for start in 0..free.len() {
        for from in 0..words.len().min(80) {
            let len = free.iter().skip(start).zip(words.iter().skip(from)).take_while(|(at, w)| variant.norm(**at) == **w).count();
            if len > best.len() {
                best = free.get(start..start + len).unwrap_or_default();
            }
        }
    }
    best.to_vec()
}
