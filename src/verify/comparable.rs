//! A document made ready to be compared with many others: what each comparison would else sort anew.

use super::align::{MAX_SENTENCES, SentenceWord, vector};
use super::tiling::Runs;
use crate::config::Config;
use crate::keys::{Profile, Statistics, Token};

/// What comparisons ask of one document.
#[derive(Clone, Debug, Default)]
pub struct Comparable {
    /// Distinct numbers, sorted.
    pub(super) numbers: Vec<u64>,
    /// Stems of distinct names, sorted.
    pub(super) names: Vec<u64>,
    /// Distinct stems besides function words with their inverse document frequency, sorted.
    pub(super) content: Vec<(u64, f64)>,
    /// Sum of these frequencies.
    pub(super) content_total: f64,
    /// Stem, sentence and weight of the distinct words of each sentence, sorted.
    pub(super) in_sentences: Vec<(u64, u32, f64)>,
    /// The distinct words of each sentence, one sentence after the other, and where each ends.
    sentence_words: Vec<SentenceWord>,
    sentence_ends: Vec<usize>,
    /// Length of the vector of each sentence.
    pub(super) norms: Vec<f64>,
    /// Where each run of words stands.
    pub(super) runs: Runs,
}

impl Comparable {
    /// Sorts what the profile of a document holds.
    #[must_use]
    pub fn new(profile: &Profile, statistics: &Statistics, config: &Config) -> Self {
        let distinct = |wanted: fn(&Token) -> bool, of: fn(&Token) -> u64| {
            let mut out: Vec<u64> = profile.tokens.iter().filter(|t| wanted(t)).map(of).collect();
            out.sort_unstable();
            out.dedup();
            out.shrink_to_fit();
            out
        };
        let content: Vec<(u64, f64)> = distinct(|t| !t.stop, |t| t.stem).into_iter().map(|stem| (stem, statistics.idf(stem))).collect();
        let mut out = Self {
            numbers: distinct(|t| t.number, |t| t.word),
            names: distinct(|t| t.name, |t| t.stem),
            content_total: content.iter().map(|c| c.1).sum(),
            content,
            runs: Runs::new(&profile.tokens, config.min_passage),
            ..Self::default()
        };
        for (sentence, range) in (0_u32..).zip(profile.sentences.iter().take(MAX_SENTENCES)) {
            let words = vector(&profile.tokens[range.clone()]);
            out.sentence_words.extend(words.iter().map(SentenceWord::from));
            out.sentence_ends.push(out.sentence_words.len());
            let weighted = words.iter().map(|t| {
                let idf = statistics.idf(t.stem);
                (t.stem, sentence, if t.number { idf * 1.5 } else { idf })
            });
            let from = out.in_sentences.len();
            out.in_sentences.extend(weighted);
            out.norms.push(out.in_sentences[from..].iter().map(|w| w.2 * w.2).sum::<f64>().sqrt().max(1e-9));
        }
        out.in_sentences.sort_unstable_by_key(|w| (w.0, w.1));
        out.in_sentences.shrink_to_fit();
        out.sentence_words.shrink_to_fit();
        out
    }

    /// The distinct words of a sentence, sorted by stem.
    pub(super) fn sentence(&self, at: usize) -> &[SentenceWord] {
        let from = at.checked_sub(1).map_or(0, |before| self.sentence_ends[before]);
        &self.sentence_words[from..self.sentence_ends[at]]
    }
}
