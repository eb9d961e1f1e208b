//! From facts and ways to sentences.

use super::event::Event;
use crate::synth::random::Random;
use std::collections::BTreeSet;

/// How many choices of one sentence are remembered.
const CHOICES: usize = 8;

/// A sentence before it is written: which fact, in which way, with which choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) fact: usize,
    pub(super) way: usize,
    choices: [u8; CHOICES],
    /// Of 100 words that have a synonym, so many become one.
    swapped: u8,
    salt: u32,
}

impl Line {
    pub(super) fn new(fact: usize, way: usize, random: &mut Random) -> Self {
        Self { fact, way, choices: std::array::from_fn(|_| random.bits() as u8), swapped: 0, salt: random.bits() }
    }

    /// See the field.
    pub(super) const fn swapped(&self) -> u8 {
        self.swapped
    }

    /// The same with so many of 100 choices made anew, and so many of 100 words in others.
    pub(super) fn edited(&self, anew: usize, words: u8, random: &mut Random) -> Self {
        let mut out = self.clone();
        for choice in &mut out.choices {
            if random.percent(anew) {
                *choice = random.bits() as u8;
            }
        }
        (out.swapped, out.salt) = (words, random.bits());
        out
    }
}

/// Words that can stand for each other.
pub(super) struct Synonyms(Vec<Vec<&'static str>>);

impl Synonyms {
    pub(super) fn read(text: &'static str) -> Self {
        Self(text.lines().map(|l| l.split(' ').collect()).collect())
    }

    fn other(&self, word: &str, random: &mut Random) -> Option<&'static str> {
        let group = self.0.iter().find(|g| g.contains(&word))?;
        let others: Vec<&'static str> = group.iter().copied().filter(|w| *w != word).collect();
        Some(random.word(&others))
    }

    /// The sentence with some of its words in others; what is quoted stays.
    pub(super) fn swap(&self, sentence: &str, percent: u8, random: &mut Random) -> String {
        let mut quoted = false;
        let words = sentence.split(' ').map(|word| {
            let inside = quoted;
            quoted ^= word.matches('"').count() % 2 == 1;
            let core = word.trim_end_matches(['.', ',', ';', ':']);
            if inside || word.starts_with('"') || !random.percent(usize::from(percent)) {
                return word.to_owned();
            }
            self.other(core, random).map_or_else(|| word.to_owned(), |w| format!("{w}{}", &word[core.len()..]))
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

/// Writes lines of one event; knows who was introduced.
pub(super) struct Writer<'a> {
    event: &'a Event<'a>,
    synonyms: &'a Synonyms,
    introduced: BTreeSet<&'a str>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(event: &'a Event<'a>, synonyms: &'a Synonyms) -> Self {
        Self { event, synonyms, introduced: BTreeSet::new() }
    }

    /// A sentence (two, where a choice parts it).
    pub(super) fn write(&mut self, line: &Line) -> String {
        let template = &self.event.scenario.facts[line.fact].ways[line.way];
        let chosen = choose(template, &line.choices);
        let mut out = String::with_capacity(chosen.len() + 40);
        let mut rest = chosen.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (slot, after) = after.split_once('}').unwrap_or((after, ""));
            out.push_str(before);
            self.fill(slot, &mut out);
            rest = after;
        }
        out.push_str(rest);
        if line.swapped > 0 {
            out = self.synonyms.swap(&out, line.swapped, &mut Random::new(u64::from(line.salt), 0));
        }
        sentence_case(&out)
    }

    fn fill(&mut self, slot: &str, out: &mut String) {
        let Some((name, person)) = self.event.persons.get_key_value(slot) else {
            out.push_str(self.event.values.get(slot).map_or("", String::as_str));
            return;
        };
        if self.introduced.insert(name) {
            for part in [&person.role, &person.given].into_iter().filter(|p| !p.is_empty()) {
                out.push_str(part);
                out.push(' ');
            }
        }
        out.push_str(&person.surname);
    }
}

/// Parts some sentences in two, and joins some with the next; quotations stay as they are.
pub(super) fn recut(sentences: Vec<String>, random: &mut Random) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for sentence in sentences {
        let plain = !sentence.contains('"');
        let joins = sentence.starts_with("The ") || sentence.starts_with("It ");
        match out.last_mut().filter(|before| plain && joins && !before.contains('"') && before.len() < 120 && random.percent(30)) {
            Some(before) => {
                before.truncate(before.trim_end_matches('.').len());
                before.push_str([", while ", "; "][random.below(2)]);
                before.push_str(&sentence[..1].to_lowercase());
                before.push_str(&sentence[1..]);
            }
            None if plain && random.percent(50) => out.push(sentence_case(&sentence.replacen("; ", ". ", 1))),
            None => out.push(sentence),
        }
    }
    out
}

/// A template with its choices made.
fn choose(template: &str, choices: &[u8; CHOICES]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    let mut at = 0;
    while let Some((before, after)) = rest.split_once('[') {
        let (inside, after) = after.split_once(']').unwrap_or((after, ""));
        let options: Vec<&str> = inside.split('|').collect();
        out.push_str(before);
        out.push_str(options[usize::from(choices[at % CHOICES]) % options.len()]);
        at += 1;
        rest = after;
    }
    out.push_str(rest);
    // Where an empty choice stood between two blanks.
    out.replace("  ", " ")
}

/// Capitals at the beginning and after a full stop; `an` before a vowel.
fn sentence_case(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut due = true;
    for c in text.chars() {
        if due && c.is_alphabetic() {
            out.extend(c.to_uppercase());
            due = false;
        } else {
            due = (due && !c.is_ascii_digit()) || (c == ' ' && out.ends_with('.'));
            out.push(c);
        }
    }
    for vowel in ["a", "e", "i", "o"] {
        for article in [" a ", "A "] {
            let an = if article == "A " { "An " } else { " an " };
            out = out.replace(&format!("{article}{vowel}"), &format!("{an}{vowel}"));
        }
    }
    out
}
