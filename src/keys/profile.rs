//! The words of a body with what later stages ask of them: one pass, made once for each document.

use super::shingle::{combine, shingles};
use crate::document::Span;
use crate::extract::Article;
use crate::facts::{Facts, QuoteForm};
use crate::text::{Word, is_stopword, is_unspaced, stem, words};
use std::collections::HashSet;
use xxhash_rust::xxh3::xxh3_64;

/// One word of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Hash of the folded word; number words have the hash of their digits (`twelve` is `12`).
    pub word: u64,
    /// Hash of its stem; in scripts without spaces, where a word is a character, of the characters in a row that begin with it.
    pub stem: u64,
    /// A function word.
    pub stop: bool,
    /// A number in digits or words.
    pub number: bool,
    /// Written with a capital although no sentence starts there, here or elsewhere in the body.
    pub name: bool,
    /// Inside quotation marks.
    pub quoted: bool,
    /// Where it stands.
    pub span: Span,
}

impl Token {
    /// Neither function word, name nor number.
    #[must_use]
    pub const fn is_content(self) -> bool {
        !self.stop && !self.name && !self.number
    }
}

/// The words of a body, ready for keys and verification.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Body words in order; parallel to [`Article::words`].
    pub tokens: Vec<Token>,
    /// Sentences as ranges of `tokens`.
    pub sentences: Vec<std::ops::Range<usize>>,
    /// Shingle set of the body: sorted hashes.
    pub shingles: Vec<u64>,
    /// Stems of the title's content words.
    pub title: Vec<u64>,
}

impl Profile {
    /// Reads the profile of an article; `title` is its title where the text has none.
    #[must_use]
    pub fn new(text: &str, title: Option<&str>, article: &Article, facts: &Facts, shingle_size: usize) -> Self {
        let starts: HashSet<usize> = article.sentences.iter().map(|s| s.words.start).collect();
        let after_quote = |i: usize| {
            let from = if i == 0 { 0 } else { article.words[i - 1].span.end };
            Span::new(from, article.words[i].span.start)
                .of(text)
                .chars()
                .any(|c| crate::text::is_quote_mark(c) || c == ':' || c == '\u{2018}')
        };
        let mut names = HashSet::new();
        for (i, w) in article.words.iter().enumerate() {
            if w.is_capitalized(text) && !starts.contains(&i) && !after_quote(i) && !is_stopword(&w.norm) {
                names.insert(w.norm.as_ref());
            }
        }
        let mut quoted = vec![false; article.words.len()];
        for quote in facts.quotes.iter().filter(|q| q.form != QuoteForm::Scare) {
            let from = article.words.partition_point(|w| w.span.start < quote.inner.start);
            for (w, flag) in article.words[from..].iter().zip(&mut quoted[from..]).take_while(|(w, _)| w.span.end <= quote.inner.end) {
                *flag = !w.norm.is_empty();
            }
        }
        let tokens: Vec<Token> = article
            .words
            .iter()
            .zip(&quoted)
            .map(|(w, &quoted)| {
                let digits = number_word(&w.norm);
                let number = digits.is_some() || w.is_number();
                let capital = w.is_capitalized(text);
                Token {
                    word: xxh3_64(digits.unwrap_or(&w.norm).as_bytes()),
                    stem: xxh3_64(digits.unwrap_or_else(|| stem(possessive(&w.norm, text, w.span))).as_bytes()),
                    stop: is_stopword(&w.norm) && !(&*w.norm == "us" && capital),
                    number,
                    name: capital && !number && names.contains(w.norm.as_ref()),
                    quoted,
                    span: w.span,
                }
            })
            .collect();
        let mut tokens = tokens;
        join_fractions(text, &mut tokens);
        for (token, row) in tokens.iter_mut().zip(rows(text, &article.words)) {
            token.stem = row.unwrap_or(token.stem);
        }
        let hashes: Vec<u64> = tokens.iter().map(|t| t.word).collect();
        let title = article.title.map_or_else(|| title.unwrap_or("").to_owned(), |span| span.of(text).to_owned());
        let title_words = words(&title, Span::new(0, title.len()));
        let title = title_words
            .iter()
            .zip(rows(&title, &title_words))
            .filter(|(w, _)| !is_stopword(&w.norm))
            .map(|(w, row)| row.unwrap_or_else(|| xxh3_64(stem(&w.norm).as_bytes())))
            .collect();
        Self {
            shingles: shingles(&hashes, shingle_size),
            sentences: article.sentences.iter().map(|s| s.words.clone()).collect(),
            tokens,
            title,
        }
    }

    /// One hash of all body words in order.
    #[must_use]
    pub fn body_hash(&self, seed: u64) -> u64 {
        let mut hashes = Vec::with_capacity(self.tokens.len() + 1);
        hashes.push(seed);
        hashes.extend(self.tokens.iter().map(|t| t.word));
        combine(&hashes)
    }
}

/// Of each character of a script without spaces the hash of it and those that follow: a character by itself says little of what a
/// text is about. Han and Kana two, alphabets of that kind three.
fn rows<'a>(text: &'a str, words: &'a [Word]) -> impl Iterator<Item = Option<u64>> + 'a {
    words.iter().enumerate().map(move |(i, word)| {
        let first = word.span.of(text).chars().next().filter(|&c| is_unspaced(c))?;
        let length = if first < '\u{3000}' { 3 } else { 2 };
        let end = words[i..words.len().min(i + length)].last().unwrap_or(word).span.end;
        Some(xxh3_64(Span::new(word.span.start, end).of(text).as_bytes()))
    })
}

/// `7-3/4` and `2-1` are one value each: their parts get one hash, so that `7-1/4` does not agree by its 7.
fn join_fractions(text: &str, tokens: &mut [Token]) {
    let joined = |a: &Token, b: &Token| a.number && b.number && matches!(Span::new(a.span.end, b.span.start).of(text), "-" | "/" | "–");
    for group in tokens.chunk_by_mut(joined).filter(|g| g.len() > 1) {
        let whole = combine(&group.iter().map(|t| t.word).collect::<Vec<_>>());
        for t in group {
            t.word = whole;
            t.stem = whole;
        }
    }
}

/// `Kyiv's` and `Kyivs` without the `s`, when the word is a name; the folded form has lost the apostrophe.
fn possessive<'a>(norm: &'a str, text: &str, span: Span) -> &'a str {
    let marked = span.of(text).chars().rev().nth(1).is_some_and(crate::text::is_apostrophe);
    if marked { norm.strip_suffix('s').unwrap_or(norm) } else { norm }
}

/// Digits of a small number word.
fn number_word(norm: &str) -> Option<&'static str> {
    const WORDS: &[(&str, &str)] = &[
        ("two", "2"),
        ("three", "3"),
        ("four", "4"),
        ("five", "5"),
        ("six", "6"),
        ("seven", "7"),
        ("eight", "8"),
        ("nine", "9"),
        ("ten", "10"),
        ("eleven", "11"),
        ("twelve", "12"),
        ("thirteen", "13"),
        ("fourteen", "14"),
        ("fifteen", "15"),
        ("sixteen", "16"),
        ("seventeen", "17"),
        ("eighteen", "18"),
        ("nineteen", "19"),
        ("twenty", "20"),
        ("thirty", "30"),
        ("forty", "40"),
        ("fifty", "50"),
        ("sixty", "60"),
        ("seventy", "70"),
        ("eighty", "80"),
        ("ninety", "90"),
        ("hundred", "100"),
        ("dozen", "12"),
    ];
    WORDS.iter().find(|(word, _)| *word == norm).map(|(_, digits)| *digits)
}
