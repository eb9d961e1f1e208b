//! Who says what: subjects of reporting verbs, `according to`, doubting adverbs.

use super::Attribution;
use super::lexicon::{HEDGE_ADVERBS, HEDGED_VERBS, REPORTING, SAYING, holds};
use super::speaker::subject;
use super::tokens::{Gap, Tokens};
use crate::extract::Article;
use crate::text::{is_quote_mark, is_stopword, stem};

/// Words of a source after the verb or after `according to`.
const MAX_SOURCE: usize = 9;

/// Words after a verb of saying that cannot open its subject. Sorted.
#[rustfmt::skip]
const LED: &[&str] = &[
    "about", "after", "at", "before", "by", "during", "earlier", "he", "in", "it", "later", "of", "on", "she", "that", "there", "they", "to", "we",
    "yesterday",
];

/// Verbs that make a clause of what follows. Sorted.
#[rustfmt::skip]
const FINITE: &[&str] = &[
    "are", "can", "could", "did", "had", "has", "have", "is", "may", "might", "must", "should", "was", "were", "will", "would",
];

/// Attributions of the body, in text order.
pub(super) fn attributions(text: &str, article: &Article) -> Vec<Attribution> {
    let mut out = Vec::new();
    for (sentence, s) in article.sentences.iter().enumerate() {
        let tokens = Tokens::new(text, article, s);
        for at in 0..tokens.len() {
            let norm = tokens.norm(at);
            if norm == "according" && tokens.norm(at + 1) == "to" {
                let end = named_after(&tokens, phrase_end(&tokens, at + 2));
                push(&tokens, (at, end), (at + 2, end), at, sentence, &mut out);
            } else if norm == "as"
                && matches!(tokens.norm(at + 1), "quoted" | "reported" | "stated" | "told")
                && tokens.norm(at + 2) == "by"
            {
                let end = named_after(&tokens, phrase_end(&tokens, at + 3));
                push(&tokens, (at, end), (at + 3, end), at + 1, sentence, &mut out);
            } else if holds(HEDGE_ADVERBS, norm) {
                out.push(Attribution { span: tokens.cover(at, at), source: Vec::new(), verb: norm.to_string(), hedged: true, sentence });
            } else if holds(REPORTING, norm) && !noun(&tokens, at) {
                verb(&tokens, at, sentence, &mut out);
            }
        }
    }
    out
}

/// Reporting verbs that are nouns, passives or parts of other words here: `a warning`, `the United States`,
/// `are confirmed dead`, `so-called`.
fn noun(tokens: &Tokens<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |i| tokens.norm(i));
    let passive = matches!(before, "am" | "are" | "be" | "been" | "being" | "is" | "so" | "was" | "were" | "a" | "an" | "the" | "no");
    let name = tokens.capitalized(at) && at > 0;
    let warning = matches!(tokens.norm(at), "warning" | "claims" | "reporting" | "calls" | "states")
        && tokens.norm(at + 1) != "that"
        && tokens.gap(at) == Gap::Space;
    // `had asked for a mast`: nobody vouches for anything
    let asking = matches!(tokens.norm(at), "asked" | "called") && tokens.norm(at + 1) == "for";
    // `as reported by`: its source follows
    let led = before == "as" && tokens.norm(at + 1) == "by";
    // `called 999`
    let dialled = tokens.norm(at) == "called" && tokens.words.get(at + 1).is_some_and(crate::text::Word::is_number);
    passive || name || warning || asking || led || dialled
}

fn verb(tokens: &Tokens<'_>, at: usize, sentence: usize, out: &mut Vec<Attribution>) {
    if let Some((from, to)) = subject(tokens, at).or_else(|| apart(tokens, at)) {
        push(tokens, (from, at), (from, to), at, sentence, out);
    } else if holds(SAYING, tokens.norm(at)) && tokens.gap(at) == Gap::Space && at > 0 && tokens.gap(at - 1) != Gap::Space {
        // `, said Otto Weiss`
        let inverted = matches!(tokens.norm(at), "said" | "says" | "added" | "warned" | "announced");
        if !inverted || matches!(tokens.norm(at + 1), "that" | "it" | "there") {
            return;
        }
        // `said the town's mayor, Otto Weiss`
        let end = named_after(tokens, phrase_end(tokens, at + 1));
        push(tokens, (at, end), (at + 1, end), at, sentence, out);
    }
}

/// `Otto Weiss, the mayor, said the pier was safe`: the subject before its apposition. What follows the verb must show
/// that the subject does not.
fn apart(tokens: &Tokens<'_>, at: usize) -> Option<(usize, usize)> {
    if !holds(SAYING, tokens.norm(at)) || at < 3 || tokens.gap(at - 1) != Gap::Comma || tokens.between(at - 1).contains(is_quote_mark) {
        return None;
    }
    let told = tokens.norm(at) == "told" || holds(LED, tokens.norm(at + 1)) || {
        let end = phrase_end(tokens, at + 1);
        (at + 2..=end).any(|i| holds(FINITE, tokens.norm(i)))
    };
    if !told {
        return None;
    }
    let mut from = at - 1;
    let mut commas = 0;
    while from > 0 && at - from <= MAX_SOURCE {
        match tokens.gap(from - 1) {
            Gap::Space | Gap::Hyphen => {}
            Gap::Comma if commas == 0 && !tokens.between(from - 1).contains(is_quote_mark) => commas += 1,
            _ => break,
        }
        from -= 1;
    }
    // both the name and what is set beside it
    (commas == 1).then_some((from, at - 1))
}

/// `according to one resident, Otto Weiss`: the name after the comma belongs to the source.
fn named_after(tokens: &Tokens<'_>, end: usize) -> usize {
    let cased = |at: usize| tokens.capitalized(at) && !is_stopword(tokens.norm(at));
    if tokens.gap(end) != Gap::Comma || cased(end) || !cased(end + 1) || !cased(end + 2) || tokens.gap(end + 1) != Gap::Space {
        return end;
    }
    let more = (end + 2..end + 5).take_while(|&at| cased(at) && tokens.gap(at - 1) == Gap::Space).count();
    end + 1 + more
}

fn phrase_end(tokens: &Tokens<'_>, from: usize) -> usize {
    let mut end = from;
    while end + 1 < tokens.len() && end - from < MAX_SOURCE && matches!(tokens.gap(end), Gap::Space | Gap::Hyphen) {
        if matches!(tokens.norm(end + 1), "and" | "that" | "who" | "which" | "as" | "after" | "while" | "but") {
            break;
        }
        end += 1;
    }
    end.min(tokens.len().saturating_sub(1))
}

fn push(tokens: &Tokens<'_>, span: (usize, usize), source: (usize, usize), verb: usize, sentence: usize, out: &mut Vec<Attribution>) {
    let verb = tokens.norm(verb);
    let words = (source.0..=source.1).map(|i| tokens.norm(i)).filter(|w| !is_stopword(w)).map(|w| stem(w).to_string()).collect();
    let hedged = holds(HEDGED_VERBS, verb);
    out.push(Attribution { span: tokens.cover(span.0, span.1), source: words, verb: verb.to_string(), hedged, sentence });
}

#[cfg(test)]
mod tests {
    use super::super::facts;
    use crate::document::Document;
    use crate::extract::extract;

    #[test]
    fn sources_and_doubts() {
        let text = "The bridge reportedly closed at dawn, the harbour board said. Two men fell in, according to the coast guard, and the owner claimed it was safe.";
        let article = extract(&Document { text: text.to_string(), ..Document::default() });
        let got: Vec<(String, bool)> =
            facts(text, &article).attributions.into_iter().map(|a| (a.span.of(text).to_string(), a.hedged)).collect();
        assert!(got.contains(&("reportedly".to_string(), true)), "{got:?}");
        assert!(got.contains(&("the harbour board said".to_string(), false)), "{got:?}");
        assert!(got.contains(&("according to the coast guard".to_string(), false)), "{got:?}");
        assert!(got.contains(&("the owner claimed".to_string(), true)), "{got:?}");
    }
}
