//! The words of a made-up language that looks like the English of news: ordinary words first, made ones behind them.

use super::lexicon;
use super::random::Random;
use super::weighted::Ranks;
use std::collections::BTreeSet;

/// The vocabulary is the same for every seed; this number only starts the making of its words.
const LANGUAGE: u64 = 1987;

/// Words of one kind, drawn by Zipf's law.
pub(super) struct Class {
    /// Laid end to end.
    words: String,
    ends: Vec<u32>,
    ranks: Ranks,
}

impl Class {
    fn new<S: AsRef<str>>(list: impl IntoIterator<Item = S>) -> Self {
        let (mut words, mut ends) = (String::new(), Vec::new());
        for word in list {
            words.push_str(word.as_ref());
            ends.push(words.len() as u32);
        }
        Self { ranks: Ranks::new(ends.len()), words, ends }
    }

    /// The rank of a word.
    pub(super) fn rank(&self, random: &mut Random) -> usize {
        self.ranks.draw(random)
    }

    /// A word.
    pub(super) fn draw(&self, random: &mut Random) -> &str {
        self.word(self.ranks.draw(random))
    }

    /// A word, each as likely as any other.
    pub(super) fn any(&self, random: &mut Random) -> &str {
        self.word(random.below(self.ends.len()))
    }

    /// The word of a rank.
    pub(super) fn word(&self, rank: usize) -> &str {
        let start = rank.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.words[start..self.ends[rank] as usize]
    }
}

/// All words.
pub(super) struct Vocabulary {
    pub(super) nouns: Class,
    /// In the order of `nouns`.
    pub(super) plurals: Class,
    pub(super) verbs: Class,
    /// In the order of `verbs`.
    pub(super) pasts: Class,
    pub(super) adjectives: Class,
    pub(super) adverbs: Class,
    pub(super) surnames: Class,
    pub(super) places: Class,
    pub(super) firms: Class,
    pub(super) given: Vec<&'static str>,
    pub(super) roles: Vec<&'static str>,
    pub(super) firm_endings: Vec<&'static str>,
    pub(super) bodies: Vec<&'static str>,
}

impl Vocabulary {
    pub(super) fn new() -> Self {
        let mut maker = Maker::new();
        let mut nouns = split(lexicon::NOUNS);
        maker.extend(&mut nouns, 12_000, lexicon::NOUN_ENDINGS);
        let pairs = split(lexicon::VERBS);
        let mut verbs: Vec<String> = pairs.iter().step_by(2).cloned().collect();
        let mut pasts: Vec<String> = pairs.into_iter().skip(1).step_by(2).collect();
        maker.extend(&mut verbs, 4_000, "_");
        pasts.extend(verbs[pasts.len()..].iter().map(|v| format!("{v}ed")));
        let mut adjectives = split(lexicon::ADJECTIVES);
        maker.extend(&mut adjectives, 5_000, lexicon::ADJECTIVE_ENDINGS);
        let mut adverbs = split(lexicon::ADVERBS);
        maker.extend(&mut adverbs, 600, "ly");
        let (mut surnames, mut places, mut firms) = (Vec::new(), Vec::new(), Vec::new());
        maker.extend(&mut surnames, 12_000, lexicon::NAME_ENDINGS);
        maker.extend(&mut places, 3_000, lexicon::PLACE_ENDINGS);
        maker.extend(&mut firms, 4_000, "_");
        Self {
            plurals: Class::new(nouns.iter().map(|n| plural(n))),
            nouns: Class::new(nouns),
            verbs: Class::new(verbs),
            pasts: Class::new(pasts),
            adjectives: Class::new(adjectives),
            adverbs: Class::new(adverbs),
            surnames: Class::new(surnames.iter().map(|w| capitalized(w))),
            places: Class::new(places.iter().map(|w| capitalized(w))),
            firms: Class::new(firms.iter().map(|w| capitalized(w))),
            given: lexicon::GIVEN.split_whitespace().collect(),
            roles: lexicon::ROLES.split_whitespace().collect(),
            firm_endings: lexicon::FIRMS.split_whitespace().collect(),
            bodies: lexicon::BODIES.split_whitespace().collect(),
        }
    }

    /// A word of the language for the place of another, all kinds mixed, each word as likely as any other of its kind.
    pub(super) fn any(&self, random: &mut Random) -> &str {
        match random.below(10) {
            0..4 => self.nouns.any(random),
            4 => self.plurals.any(random),
            5 | 6 => self.pasts.any(random),
            7 => self.verbs.any(random),
            _ => self.adjectives.any(random),
        }
    }
}

fn split(list: &str) -> Vec<String> {
    list.split_whitespace().map(str::to_owned).collect()
}

fn plural(noun: &str) -> String {
    let stem = noun.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'i', 'o', 'u']));
    match stem {
        Some(stem) => format!("{stem}ies"),
        None if noun.ends_with(['s', 'x', 'z']) || noun.ends_with("ch") || noun.ends_with("sh") => format!("{noun}es"),
        None => format!("{noun}s"),
    }
}

pub(super) fn capitalized(word: &str) -> String {
    let mut out = word.to_owned();
    if let Some(first) = out.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    out
}

/// Makes words from syllables; none twice.
struct Maker {
    random: Random,
    seen: BTreeSet<String>,
    onsets: Vec<&'static str>,
    nuclei: Vec<&'static str>,
    codas: Vec<&'static str>,
}

impl Maker {
    fn new() -> Self {
        let ordinary = [lexicon::NOUNS, lexicon::VERBS, lexicon::ADJECTIVES, lexicon::ADVERBS];
        Self {
            random: Random::new(LANGUAGE, 0),
            seen: ordinary.iter().flat_map(|l| split(l)).collect(),
            onsets: lexicon::ONSETS.split_whitespace().collect(),
            nuclei: lexicon::NUCLEI.split_whitespace().collect(),
            codas: lexicon::CODAS.split_whitespace().collect(),
        }
    }

    /// Fills `words` up to `count`.
    fn extend(&mut self, words: &mut Vec<String>, count: usize, endings: &str) {
        let endings: Vec<&str> = endings.split_whitespace().collect();
        let random = &mut self.random;
        while words.len() < count {
            let mut word = String::new();
            let syllables = random.between(1, 3);
            for syllable in 1..=syllables {
                let closed = syllable == syllables || random.percent(25);
                let coda = if closed { random.word(&self.codas) } else { "_" };
                for part in [random.word(&self.onsets), random.word(&self.nuclei), coda] {
                    word.push_str(part.trim_matches('_'));
                }
            }
            word.push_str(random.word(&endings).trim_matches('_'));
            if (4..=11).contains(&word.len()) && self.seen.insert(word.clone()) {
                words.push(word);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_stand_beside_their_words() {
        let words = Vocabulary::new();
        assert_eq!((words.plurals.word(0), words.nouns.word(0)), ("years", "year"));
        assert_eq!((words.nouns.ends.len(), words.plurals.ends.len()), (12_000, 12_000));
        assert_eq!((words.verbs.ends.len(), words.pasts.ends.len()), (4_000, 4_000));
        let won = (0..4_000).find(|&r| words.verbs.word(r) == "win").map(|r| words.pasts.word(r));
        assert_eq!(won, Some("won"));
        assert_eq!([plural("city"), plural("tax"), plural("survey"), plural("march")], ["cities", "taxes", "surveys", "marches"]);
    }
}
