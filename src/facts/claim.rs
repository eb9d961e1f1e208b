//! Clauses with what they state.

use super::Claim;
use super::lexicon::is_negation;
use super::numeral::numeral;
use super::tokens::{Gap, Tokens};
use crate::extract::Article;
use crate::text::{is_stopword, stem};

/// Words that open a clause when enough words stand on both sides.
#[rustfmt::skip]
const OPENERS: &[&str] = &[
    "after", "although", "and", "as", "because", "before", "but", "if", "or", "since", "that", "though", "unless", "until", "when",
    "where", "which", "while", "who", "whose",
];

/// Fewest words of a clause that is cut off at a word.
const MIN_WORDS: usize = 4;

/// Clauses of the body, in text order: sentences cut at commas, other marks and joining words.
pub(super) fn claims(text: &str, article: &Article) -> Vec<Claim> {
    let mut out = Vec::new();
    for (sentence, s) in article.sentences.iter().enumerate() {
        let tokens = Tokens::new(text, article, s);
        let mut from = 0;
        for at in 0..tokens.len() {
            let last = at + 1 == tokens.len();
            let marked = matches!(tokens.gap(at), Gap::Comma | Gap::Mark) && cuts(&tokens, at, from);
            let joined = !last
                && super::lexicon::holds(OPENERS, tokens.norm(at + 1))
                && at + 1 - from >= MIN_WORDS
                && tokens.len() - at > MIN_WORDS
                && !between(&tokens, at);
            if last || marked || joined {
                push(&tokens, from, at, sentence, &mut out);
                from = at + 1;
            }
        }
    }
    out
}

/// `between 20 and 30`: the `and` after word `at` joins the ends of a range.
fn between(tokens: &Tokens<'_>, at: usize) -> bool {
    let reach = at.saturating_sub(3)..at;
    tokens.norm(at + 1) == "and" && reach.into_iter().any(|i| tokens.norm(i) == "between") && numeral(tokens, at + 2).is_some()
}

/// A comma cuts when a clause of two words or more stands before it; `%` and currency signs never do.
fn cuts(tokens: &Tokens<'_>, at: usize, from: usize) -> bool {
    let between = tokens.between(at).trim();
    let sign =
        between.chars().all(|c| matches!(c, '%' | '$' | '\u{20AC}' | '\u{A3}' | '\u{A5}' | '\'' | '\u{2019}' | '/')) && !between.is_empty();
    !sign && (at + 1 - from >= 2 || at + 1 == tokens.len())
}

/// `no later than`, `not only`: a bound or an emphasis, nothing is denied.
fn bounds(tokens: &Tokens<'_>, at: usize) -> bool {
    let than = tokens.norm(at + 2) == "than";
    let no = matches!(tokens.norm(at), "no" | "not");
    no && (than || matches!(tokens.norm(at + 1), "only" | "just" | "merely"))
}

fn push(tokens: &Tokens<'_>, from: usize, mut to: usize, sentence: usize, out: &mut Vec<Claim>) {
    // `severe pain and, in rare cases, fever`: what joins belongs to neither
    while to > from && matches!(tokens.norm(to), "and" | "but" | "or") {
        to -= 1;
    }
    let stems: Vec<String> = (from..=to).map(|i| tokens.norm(i)).filter(|w| !is_stopword(w)).map(|w| stem(w).to_string()).collect();
    let negated = (from..=to).any(|i| is_negation(tokens.norm(i)) && !bounds(tokens, i));
    out.push(Claim { span: tokens.cover(from, to), stems, negated, sentence });
}

#[cfg(test)]
mod tests {
    use super::super::facts;
    use crate::document::Document;
    use crate::extract::extract;

    #[test]
    fn clauses_and_negation() {
        let text = "The pump failed before dawn on the pier, burying a dozen boats in mud, and no warning was given to the crews.";
        let article = extract(&Document { text: text.to_string(), ..Document::default() });
        let got = facts(text, &article).claims;
        let texts: Vec<&str> = got.iter().map(|c| c.span.of(text)).collect();
        assert_eq!(
            texts,
            ["The pump failed before dawn on the pier", "burying a dozen boats in mud", "and no warning was given to the crews"]
        );
        assert!(got[2].negated && !got[0].negated);
    }
}
