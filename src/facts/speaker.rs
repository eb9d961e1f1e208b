//! Who says a quotation: the subject of the reporting verb near its marks.

use super::lexicon::{PRONOUNS, REPORTING, holds, is_month, is_weekday};
use super::marks::Marked;
use super::tokens::{Gap, Tokens};
use super::{Name, NameKind, Quote};
use crate::document::Span;
use crate::extract::Article;
use crate::text::is_stopword;

/// Words after the closing mark that are searched for the verb.
const AFTER: usize = 18;
/// Words before the opening mark that are searched for the verb.
const BEFORE: usize = 28;
/// Words of a speaker that is no name.
const MAX_SUBJECT: usize = 8;

/// The speaker of a quotation.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    pub(super) speaker: Option<String>,
    pub(super) verb: Option<String>,
    /// Whether the verb belongs to the words right beside the marks.
    pub(super) adjacent: bool,
}

pub(super) fn speaker(text: &str, article: &Article, names: &[Name], sentence: usize, mark: Marked, last: Option<&Quote>) -> Said {
    let last_sentence = article.sentences.partition_point(|s| s.span.start < mark.span.end).saturating_sub(1);
    let Some(home) = article.sentences.get(sentence) else { return Said::default() };
    let block = home.block;
    let tokens = Tokens::new(text, article, home);
    let start = tokens.at_byte(mark.span.start);
    let leads = start > 0;
    if leads && let Some(said) = before(&tokens, article, names, sentence, start, last) {
        return said;
    }
    if let Some(closing) = article.sentences.get(last_sentence) {
        let tokens = Tokens::new(text, article, closing);
        if let Some(said) = after(&tokens, article, names, last_sentence, tokens.at_byte(mark.span.end), last) {
            return said;
        }
    }
    // A quotation without a verb of its own goes on where the last one of the paragraph stopped.
    if let Some(q) = last.filter(|q| article.sentences.get(q.sentence).is_some_and(|s| s.block == block) && !leads) {
        return Said { speaker: q.speaker.clone(), verb: q.verb.clone(), adjacent: false };
    }
    let person = last_person(names, mark.span.start).filter(|n| n.sentence + 2 > sentence);
    Said { speaker: person.map(|n| n.span.of(text).to_string()), verb: None, adjacent: false }
}

/// Whether the word is a reporting verb; `States` and `Claims` in a name are none.
fn reports(tokens: &Tokens<'_>, at: usize) -> bool {
    holds(REPORTING, tokens.norm(at)) && (at == 0 || !tokens.capitalized(at))
}

/// `She said it "needs more"`: the nearest reporting verb before the marks.
fn before(tokens: &Tokens<'_>, article: &Article, names: &[Name], sentence: usize, start: usize, last: Option<&Quote>) -> Option<Said> {
    let low = start.saturating_sub(BEFORE);
    let verb = (low..start).rev().find(|&i| reports(tokens, i))?;
    let adjacent = start - verb <= 3;
    let bound = tokens.words.get(verb).map_or(tokens.span.end, |w| w.span.start);
    let subject = named(tokens.text, names, sentence, Span::new(tokens.span.start, bound))
        .or_else(|| pronoun(tokens, 0, verb).and_then(|_| resolve(tokens.text, article, names, bound, last)))
        .or_else(|| noun_phrase(tokens, verb))
        .or_else(|| resolve(tokens.text, article, names, bound, last).filter(|_| sentence > 0 && article.sentences.len() > sentence));
    Some(Said { speaker: subject, verb: Some(tokens.raw(verb).to_string()), adjacent })
}

/// `," said Otto Weiss`, `," the union told reporters`: the first reporting verb after the marks.
fn after(tokens: &Tokens<'_>, article: &Article, names: &[Name], sentence: usize, start: usize, last: Option<&Quote>) -> Option<Said> {
    let high = (start + AFTER).min(tokens.len());
    let mut verb = None;
    for i in start..high {
        if i > start && tokens.gap(i - 1) == Gap::Quote || tokens.between(i).contains(['"', '\u{201C}', '\u{201E}']) && i + 1 < high {
            break;
        }
        if reports(tokens, i) {
            verb = Some(i);
            break;
        }
    }
    let verb = verb?;
    let from = tokens.words.get(start)?.span.start;
    let bound = tokens.words.get(verb)?.span;
    let stop = (verb + 1 + MAX_SUBJECT..tokens.len())
        .next()
        .map_or(tokens.span.end, |i| tokens.words.get(i).map_or(tokens.span.end, |w| w.span.start));
    let subject = if verb == start {
        named(tokens.text, names, sentence, Span::new(bound.end, stop)).or_else(|| {
            let end = (verb + 1..(verb + 1 + MAX_SUBJECT).min(tokens.len()))
                .find(|&i| tokens.gap(i) != Gap::Space && tokens.gap(i) != Gap::Hyphen)?;
            Some(tokens.cover(verb + 1, end).of(tokens.text).to_string())
        })
    } else {
        first_named(tokens.text, names, sentence, Span::new(from, bound.start))
            .or_else(|| pronoun(tokens, start, verb).and_then(|_| resolve(tokens.text, article, names, from, last)))
            .or_else(|| noun_phrase(tokens, verb))
    };
    Some(Said { speaker: subject, verb: Some(tokens.raw(verb).to_string()), adjacent: true })
}

/// The last person named inside `within`.
fn named(text: &str, names: &[Name], sentence: usize, within: Span) -> Option<String> {
    in_sentence(names, sentence)
        .iter()
        .rfind(|n| within.contains(n.span) && n.kind == NameKind::Person)
        .map(|n| n.span.of(text).to_string())
}

fn first_named(text: &str, names: &[Name], sentence: usize, within: Span) -> Option<String> {
    in_sentence(names, sentence).iter().find(|n| within.contains(n.span) && n.kind == NameKind::Person).map(|n| n.span.of(text).to_string())
}

fn in_sentence(names: &[Name], sentence: usize) -> &[Name] {
    let from = names.partition_point(|n| n.sentence < sentence);
    let to = names.partition_point(|n| n.sentence <= sentence);
    names.get(from..to).unwrap_or_default()
}

/// A pronoun within three words before the verb.
fn pronoun(tokens: &Tokens<'_>, from: usize, verb: usize) -> Option<usize> {
    (from.max(verb.saturating_sub(3))..verb).rev().find(|&i| holds(PRONOUNS, tokens.norm(i)))
}

/// Whom a pronoun at byte `at` means: the person whom the sentence before is about, else the last one named, else
/// the last quotation's speaker.
fn resolve(text: &str, article: &Article, names: &[Name], at: usize, last: Option<&Quote>) -> Option<String> {
    let person = subject_before(article, names, at).or_else(|| last_person(names, at));
    person.map(|n| n.span.of(text).to_string()).or_else(|| last.and_then(|q| q.speaker.clone()))
}

/// The person with whom the sentence before the one at byte `at` begins, in the same paragraph.
fn subject_before<'n>(article: &Article, names: &'n [Name], at: usize) -> Option<&'n Name> {
    const FIRST_BYTES: usize = 60;
    let here = article.sentences.partition_point(|s| s.span.start <= at).checked_sub(1)?;
    let before = here.checked_sub(1)?;
    let (this, other) = (article.sentences.get(here)?, article.sentences.get(before)?);
    // Somebody named earlier in this very sentence is nearer.
    let named_here = in_sentence(names, here).iter().any(|n| n.kind == NameKind::Person && n.span.end <= at);
    if this.block != other.block || named_here {
        return None;
    }
    in_sentence(names, before).iter().find(|n| n.kind == NameKind::Person && n.span.start < other.span.start + FIRST_BYTES)
}

fn last_person(names: &[Name], at: usize) -> Option<&Name> {
    let to = names.partition_point(|n| n.span.start < at);
    names.get(..to)?.iter().rev().take(40).find(|n| n.kind == NameKind::Person)
}

/// The words before the verb back to a comma or the sentence's start: `the harbour board`.
pub(super) fn noun_phrase(tokens: &Tokens<'_>, verb: usize) -> Option<String> {
    let (from, to) = subject(tokens, verb)?;
    Some(tokens.cover(from, to).of(tokens.text).to_string())
}

/// First and last word of the subject before the verb.
pub(super) fn subject(tokens: &Tokens<'_>, verb: usize) -> Option<(usize, usize)> {
    let mut to = verb.checked_sub(1)?;
    // `the agency also said`, `the agency on Sunday said`
    while to > 0
        && tokens.gap(to) == Gap::Space
        && (matches!(tokens.norm(to), "also" | "has" | "have" | "had" | "later" | "then" | "on" | "earlier") || is_weekday(tokens.norm(to)))
    {
        to -= 1;
    }
    if !matches!(tokens.gap(to), Gap::Space | Gap::Hyphen) {
        return None;
    }
    // `left the hall and said`: the subject stands elsewhere
    if matches!(tokens.norm(to), "and" | "but" | "who" | "which" | "that" | "or" | "to" | "by") {
        return None;
    }
    let mut from = to;
    while from > 0 && to - from < MAX_SUBJECT {
        let joined = matches!(tokens.gap(from - 1), Gap::Space | Gap::Hyphen);
        let word = tokens.norm(from - 1);
        let stops =
            matches!(word, "and" | "but" | "that" | "as" | "which" | "who" | "while" | "where" | "when" | "because" | "after" | "before");
        if !joined || stops || holds(REPORTING, word) || is_month(word) && word != "may" {
            break;
        }
        from -= 1;
    }
    let content = (from..=to).any(|i| !is_stopword(tokens.norm(i)) || holds(PRONOUNS, tokens.norm(i)));
    content.then_some((from, to))
}
