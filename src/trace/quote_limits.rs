//! Limits of quotations: who cut whose.

use super::edge::Member;
use crate::facts::{Quote, QuoteForm};
use crate::text::is_stopword;
use crate::verify::Features;
use std::collections::BTreeSet;

/// Quotations of one text that are compared.
const MAX_QUOTES: usize = 200;

/// How many quotations of `v` come from longer or narrower ones of `u`: a proper part of one of `u`, or one of `u`
/// with words that the reporter of `u` had outside the marks.
pub(super) fn cut_quotes(u: &Member<'_>, v: &Member<'_>) -> usize {
    let (from, to) = (quotes(u), quotes(v));
    let holds = |whole: &Quote, part: &Quote| {
        whole.words.len() > part.words.len() && whole.words.windows(part.words.len()).any(|x| x == part.words)
    };
    let known = |q: &Quote| from.iter().any(|w| w.words == q.words);
    let taken_in = |wide: &Quote, narrow: &Quote| {
        let outside = reporter_words(u, narrow);
        wide.words.iter().filter(|w| !narrow.words.contains(w) && !is_stopword(w)).all(|w| outside.contains(w.as_str()))
    };
    to.iter()
        .filter(|q| !known(q))
        .filter(|q| {
            let cut = from.iter().any(|w| holds(w, q) && !reported_in(v, q, w));
            let widened = from.iter().any(|w| holds(q, w) && taken_in(q, w));
            cut || widened
        })
        .count()
}

/// Sentences less alike than this are not compared.
const ALIKE: f64 = 0.25;

/// How many sentences of `v` tell indirectly what the same sentence of `u` quotes: words once out of their marks do not come
/// back. `turned` when `v` is the first text of `features`.
pub(super) fn told_indirectly(u: &Member<'_>, v: &Member<'_>, features: &Features, turned: bool) -> usize {
    let has = |m: &Member<'_>, sentence: usize| m.facts.quotes.iter().any(|q| q.sentence == sentence);
    let long = |m: &Member<'_>, sentence: usize| {
        m.facts.quotes.iter().any(|q| q.sentence == sentence && q.form != QuoteForm::Scare && q.words.len() >= 5)
    };
    let pairs = features.sentences.iter().filter(|s| s.cosine >= ALIKE);
    pairs.map(|s| if turned { (s.b, s.a) } else { (s.a, s.b) }).filter(|&(i, j)| long(u, i) && !has(v, j)).count()
}

/// Whether `v` has the words that its short quotation lacks outside the marks: then the longer one was widened.
fn reported_in(v: &Member<'_>, short: &Quote, long: &Quote) -> bool {
    let outside = reporter_words(v, short);
    long.words.iter().filter(|w| !short.words.contains(w) && !is_stopword(w)).all(|w| outside.contains(w.as_str()))
}

fn quotes<'a>(m: &Member<'a>) -> Vec<&'a Quote> {
    m.facts.quotes.iter().filter(|q| q.form != QuoteForm::Scare && q.words.len() >= 3).take(MAX_QUOTES).collect()
}

/// Folded words of the quotation's sentence outside its marks.
fn reporter_words<'a>(m: &Member<'a>, quote: &Quote) -> BTreeSet<&'a str> {
    let Some(sentence) = m.article.sentences.get(quote.sentence) else { return BTreeSet::new() };
    let words = m.article.words.get(sentence.words.clone()).unwrap_or(&[]);
    words.iter().filter(|w| !quote.span.overlaps(w.span)).map(|w| w.norm.as_ref()).collect()
}
