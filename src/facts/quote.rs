//! Quotations with their speakers.

use super::lexicon::{self, REPORTING, holds};
use super::marks::{Marked, marked};
use super::speaker::{Said, speaker};
use super::tokens::{Gap, Tokens};
use super::{Name, Quote, QuoteForm};
use crate::extract::Article;
use crate::text::{Word, is_stopword};

/// Words that announce a title, a nickname or a set phrase.
#[rustfmt::skip]
const NAMING: &[&str] = &[
    "album", "book", "codenamed", "documentary", "dubbed", "entitled", "film", "known", "movie", "nicknamed", "novel", "opera",
    "painting", "play", "portrait", "song", "titled",
];

/// Words before the name of a paper.
const PRESS: &[&str] = &["daily", "journal", "magazine", "newspaper", "paper", "weekly"];

/// The words in each pair of quotation marks of the body. Titles and set phrases are among them: what a quotation is shows only where
/// names and speakers are read.
pub(super) fn marked_words<'a>(text: &str, article: &'a Article) -> Vec<&'a [Word]> {
    marked(text, article).into_iter().map(|mark| inside(article, mark)).filter(|w| !w.is_empty()).collect()
}

fn inside(article: &Article, mark: Marked) -> &[Word] {
    let from = article.words.partition_point(|w| w.span.start < mark.inner.start);
    let to = article.words.partition_point(|w| w.span.start < mark.inner.end);
    article.words.get(from..to).unwrap_or_default()
}

/// The quotations of the body, in text order, works' titles and set phrases included (form `Scare`).
pub(super) fn quotes(text: &str, article: &Article, names: &[Name]) -> Vec<Quote> {
    let mut out: Vec<Quote> = Vec::new();
    for mark in marked(text, article) {
        let sentence = article.sentences.partition_point(|s| s.span.end <= mark.inner.start);
        let Some(home) = article.sentences.get(sentence) else { continue };
        let inner = inside(article, mark);
        if inner.is_empty() {
            continue;
        }
        let words: Vec<String> = inner.iter().map(|w| w.norm.to_string()).collect();
        let tokens = Tokens::new(text, article, home);
        let said = speaker(text, article, names, sentence, mark, out.last());
        let form = form(&tokens, mark, &words, &said);
        out.push(Quote { span: mark.span, inner: mark.inner, words, sentence, speaker: said.speaker, verb: said.verb, form });
    }
    out
}

fn form(tokens: &Tokens<'_>, mark: Marked, words: &[String], said: &Said) -> QuoteForm {
    let first = tokens.at_byte(mark.inner.start);
    let last = first + words.len().saturating_sub(1);
    let inner = mark.inner.of(tokens.text).trim_end();
    let ends = inner.ends_with(['.', ',', '?', '!', '\u{2026}']);
    let before = if first > 0 { tokens.norm(first - 1) } else { "" };
    let two_before = if first > 1 { tokens.norm(first - 2) } else { "" };
    if two_before == "so" && before == "called" || before == "socalled" || holds(NAMING, before) || before == "as" && two_before == "known"
    {
        return QuoteForm::Scare;
    }
    if holds(PRESS, before) && tokens.capitalized(first) && !ends {
        return QuoteForm::Scare;
    }
    let content: Vec<usize> = (first..=last).filter(|&i| !is_stopword(tokens.norm(i))).collect();
    let titled = !content.is_empty() && content.iter().all(|&i| tokens.capitalized(i)) && last < tokens.len();
    let mid_sentence = first > 0 && !matches!(tokens.gap(first - 1), Gap::Comma | Gap::Mark);
    let short = words.len() <= 12;
    if titled && short && !(ends && said.adjacent) && (content.len() >= 2 || mid_sentence && tokens.capitalized(first)) {
        return QuoteForm::Scare;
    }
    if words.len() == 1 && said.verb.is_none() && !ends {
        return QuoteForm::Scare;
    }
    let sentence_like = inner.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()) && words.len() >= 2;
    let free = first == 0 || matches!(tokens.gap(first - 1), Gap::Comma | Gap::Mark) || holds(REPORTING, before);
    if sentence_like && (free || ends) || words.len() >= 2 && ends && first == 0 && !lexicon::is_month(before) {
        QuoteForm::Direct
    } else {
        QuoteForm::Partial
    }
}

#[cfg(test)]
mod tests {
    use super::super::{QuoteForm, facts};
    use crate::document::Document;
    use crate::extract::extract;

    fn read(text: &str) -> Vec<(String, QuoteForm, Option<String>, Option<String>)> {
        let document = Document { text: text.to_string(), ..Document::default() };
        let article = extract(&document);
        facts(text, &article).quotes.into_iter().map(|q| (q.span.of(text).to_string(), q.form, q.speaker, q.verb)).collect()
    }

    #[test]
    fn marks_of_all_kinds() {
        for (open, close) in [("\"", "\""), ("“", "”"), ("„", "“"), ("«", "»"), ("»", "«"), ("‘", "’"), ("'", "'")] {
            let text = format!("The harbour master said the pier was {open}close to falling down{close} before the storm came in.");
            let got = read(&text);
            assert_eq!(got.len(), 1, "{text}");
            assert_eq!(got[0].0, format!("{open}close to falling down{close}"));
            assert_eq!(got[0].1, QuoteForm::Partial);
        }
    }

    #[test]
    fn nested_and_possessive_apostrophes() {
        let got = read("“The ‘maybe, later’ of the board isn't enough for the workers' families,” Dana Holt said after the vote.");
        assert_eq!(got.len(), 1);
        assert_eq!(got[0].2.as_deref(), Some("Dana Holt"));
        assert_eq!(got[0].3.as_deref(), Some("said"));
        assert_eq!(got[0].1, QuoteForm::Direct);
        let none = read("The drivers' union and the owners' club met at Mercer's Inn, the town's 'til-late bar for visitors.");
        assert!(none.is_empty(), "{none:?}");
    }

    #[test]
    fn an_unclosed_mark_swallows_nothing() {
        let text = "The mayor said \"we will rebuild the bridge and nobody will stop us now.\n\nThe council met for two long hours and voted \"with a heavy heart\" for the plan.";
        let got = read(text);
        assert_eq!(got.len(), 1, "{got:?}");
        assert_eq!(got[0].0, "\"with a heavy heart\"");
    }

    #[test]
    fn a_quotation_goes_on_when_the_next_paragraph_opens_again() {
        let text = "“We came here to stay and to build a school for every child.\n\n“And we will do it before the winter comes,” Ana Ruiz told the crowd in the square.";
        let got = read(text);
        assert_eq!(got.len(), 1, "{got:?}");
        assert!(got[0].0.ends_with("comes,”"));
        assert_eq!(got[0].2.as_deref(), Some("Ana Ruiz"));
    }

    #[test]
    fn titles_are_no_quotations() {
        let got =
            read("The thieves took \"The Miller's Last Evening\" from the hall, which lies on the so-called \"amber road\" in the east.");
        assert!(got.iter().all(|q| q.1 == QuoteForm::Scare), "{got:?}");
        assert_eq!(got.len(), 2);
    }

    #[test]
    fn speakers_before_after_and_by_pronoun() {
        let got =
            read("Mayor Lena Brandt warned that the dam was \"older than all of us\". She said it \"needs more than paint\" to hold.");
        assert_eq!(got[0].2.as_deref(), Some("Lena Brandt"));
        assert_eq!(got[0].3.as_deref(), Some("warned"));
        assert_eq!(got[1].2.as_deref(), Some("Lena Brandt"));
        let after = read("\"I have never seen so much water,\" said Otto Weiss, a retired fisherman. \"It took the boats and the sheds.\"");
        assert_eq!(after.len(), 2);
        assert_eq!(after[1].2.as_deref(), Some("Otto Weiss"));
    }
}
