//! From templates to sentences.

use super::cast::{Body, Cast, Person, body, day, month, person};
use super::random::Random;
use super::templates;
use super::vocabulary::Vocabulary;
use std::fmt::Write as _;

/// What can fill a place in a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    List(List),
    Noun,
    Nouns,
    Verb,
    Verbed,
    Adjective,
    Adverb,
    Person,
    Surname,
    Role,
    Place,
    Body,
    Day,
    Month,
    Date,
    Year,
    Age,
    Small,
    Number,
    Percent,
    Money,
}

/// The lists of templates, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    Sentences,
    Clauses,
    Says,
    Around,
    Times,
    Thing,
    Things,
    Links,
    Rose,
}

const LISTS: [&[&str]; 9] = [
    templates::SENTENCES,
    templates::CLAUSES,
    templates::SAYS,
    templates::AROUND,
    templates::TIMES,
    templates::THING,
    templates::THINGS,
    templates::LINKS,
    templates::ROSE,
];

const SLOTS: &[(&str, Slot)] = &[
    ("clause", Slot::List(List::Clauses)),
    ("says", Slot::List(List::Says)),
    ("around", Slot::List(List::Around)),
    ("time", Slot::List(List::Times)),
    ("thing", Slot::List(List::Thing)),
    ("things", Slot::List(List::Things)),
    ("link", Slot::List(List::Links)),
    ("rose", Slot::List(List::Rose)),
    ("noun", Slot::Noun),
    ("nouns", Slot::Nouns),
    ("verb", Slot::Verb),
    ("verbed", Slot::Verbed),
    ("adjective", Slot::Adjective),
    ("adverb", Slot::Adverb),
    ("person", Slot::Person),
    ("surname", Slot::Surname),
    ("role", Slot::Role),
    ("place", Slot::Place),
    ("body", Slot::Body),
    ("day", Slot::Day),
    ("month", Slot::Month),
    ("date", Slot::Date),
    ("year", Slot::Year),
    ("age", Slot::Age),
    ("small", Slot::Small),
    ("number", Slot::Number),
    ("percent", Slot::Percent),
    ("money", Slot::Money),
];

const SMALL: [&str; 9] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

#[derive(Clone, Copy, Debug)]
enum Piece {
    Text(&'static str),
    /// `a`, or `an` before a vowel.
    Article,
    /// The next letter is a capital.
    Capital,
    Slot(Slot),
}

/// Makes sentences from a vocabulary.
pub(super) struct Grammar {
    pub(super) words: Vocabulary,
    lists: Vec<Vec<Vec<Piece>>>,
}

impl Grammar {
    pub(super) fn new() -> Self {
        Self { words: Vocabulary::new(), lists: LISTS.iter().map(|l| l.iter().map(|t| pieces(t)).collect()).collect() }
    }

    /// Appends a sentence of six to forty-five words, with its full stop.
    pub(super) fn sentence(&self, cast: &Cast<'_>, random: &mut Random, out: &mut String) {
        let start = out.len();
        loop {
            self.fill(List::Sentences, cast, random, out);
            let words = 1 + out.as_bytes()[start..].iter().filter(|&&b| b == b' ').count();
            if (6..=45).contains(&words) {
                break;
            }
            out.truncate(start);
        }
        if !out.ends_with('"') {
            out.push('.');
        }
        capitalize(out, start);
    }

    fn fill(&self, list: List, cast: &Cast<'_>, random: &mut Random, out: &mut String) {
        let (mut article, mut capital) = (None, None);
        for piece in random.pick(&self.lists[list as usize]) {
            match *piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Article => {
                    out.push_str("a ");
                    article = Some(out.len());
                }
                Piece::Capital => capital = Some(out.len()),
                Piece::Slot(slot) => {
                    match slot {
                        Slot::List(list) => self.fill(list, cast, random, out),
                        slot => self.word(slot, cast, random, out),
                    }
                    if let Some(at) = capital.take() {
                        capitalize(out, at);
                    }
                    if let Some(at) = article.take().filter(|&at| out[at..].starts_with(['a', 'e', 'i', 'o', 'u'])) {
                        out.insert(at - 1, 'n');
                    }
                }
            }
        }
    }

    fn word(&self, slot: Slot, cast: &Cast<'_>, random: &mut Random, out: &mut String) {
        let words = &self.words;
        match slot {
            Slot::List(_) => {}
            Slot::Noun => out.push_str(words.nouns.word(self.noun(cast, random))),
            Slot::Nouns => out.push_str(words.plurals.word(self.noun(cast, random))),
            Slot::Verb => out.push_str(words.verbs.draw(random)),
            Slot::Verbed => out.push_str(words.pasts.word(words.verbs.rank(random))),
            Slot::Adjective => out.push_str(words.adjectives.draw(random)),
            Slot::Adverb => out.push_str(words.adverbs.draw(random)),
            Slot::Person => {
                let Person { given, surname } = self.person(cast, random);
                out.push_str(given);
                out.push(' ');
                out.push_str(surname);
            }
            Slot::Surname => out.push_str(self.person(cast, random).surname),
            Slot::Role => out.push_str(random.word(&words.roles)),
            Slot::Place => out.push_str(if random.percent(80) { random.word(&cast.places) } else { words.places.draw(random) }),
            Slot::Body => self.body(cast, random, out),
            Slot::Day => out.push_str(day(cast, random)),
            Slot::Month => out.push_str(month(cast, random)),
            Slot::Small => out.push_str(random.word(&SMALL)),
            Slot::Date | Slot::Year | Slot::Age | Slot::Number | Slot::Percent | Slot::Money => figure(slot, cast, random, out),
        }
    }

    /// The rank of a noun, often one of the story's subjects.
    fn noun(&self, cast: &Cast<'_>, random: &mut Random) -> usize {
        if random.percent(25) { *random.pick(&cast.subjects) } else { self.words.nouns.rank(random) }
    }

    fn person<'a>(&'a self, cast: &Cast<'a>, random: &mut Random) -> Person<'a> {
        if random.percent(80) { *random.pick(&cast.persons) } else { person(&self.words, random) }
    }

    fn body(&self, cast: &Cast<'_>, random: &mut Random, out: &mut String) {
        match if random.percent(75) { *random.pick(&cast.bodies) } else { body(&self.words, random) } {
            Body::Firm(name, ending) => [name, " ", ending].iter().for_each(|part| out.push_str(part)),
            Body::Public(body, subject) => {
                ["the ", body, " of "].iter().for_each(|part| out.push_str(part));
                let at = out.len();
                out.push_str(subject);
                capitalize(out, at);
            }
        }
    }
}

/// Makes the letter at a place a capital.
fn capitalize(out: &mut str, at: usize) {
    if let Some(letter) = out.get_mut(at..at + 1) {
        letter.make_ascii_uppercase();
    }
}

fn figure(slot: Slot, cast: &Cast<'_>, random: &mut Random, out: &mut String) {
    let written = match slot {
        Slot::Date => write!(out, "{}", random.between(1, 28)),
        Slot::Age => write!(out, "{}", random.between(18, 89)),
        Slot::Year if random.percent(60) => write!(out, "{}", cast.year),
        Slot::Year => write!(out, "{}", random.between(1950, 2035)),
        Slot::Percent if random.percent(50) => write!(out, "{}", random.between(1, 99)),
        Slot::Percent => write!(out, "{}.{}", random.between(0, 30), random.between(1, 9)),
        Slot::Money => write!(out, "${}.{} {}", random.between(1, 99), random.between(1, 9), random.word(&["million", "billion"])),
        _ => match random.below(10) {
            0..3 => write!(out, "{}", random.word(&SMALL)),
            3..6 => write!(out, "{}", random.between(11, 99)),
            6..8 => write!(out, "{}", random.between(100, 999)),
            8 => write!(out, "{},{:03}", random.between(1, 99), random.below(1000)),
            _ => write!(out, "{}.{} million", random.between(1, 40), random.between(1, 9)),
        },
    };
    debug_assert!(written.is_ok(), "a string takes all that is written to it");
}

/// Cuts a template into its pieces.
fn pieces(template: &'static str) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        let (name, after) = behind.split_once('}').unwrap_or((behind, ""));
        let (before, capital) = before.strip_suffix('^').map_or((before, false), |b| (b, true));
        let article = before.strip_suffix("a ").filter(|b| b.is_empty() || b.ends_with(' '));
        let text = article.unwrap_or(before);
        if !text.is_empty() {
            out.push(Piece::Text(text));
        }
        out.extend(article.map(|_| Piece::Article));
        out.extend(capital.then_some(Piece::Capital));
        out.extend(SLOTS.iter().find(|(n, _)| *n == name).map(|(_, slot)| Piece::Slot(*slot)));
        rest = after;
    }
    if !rest.is_empty() {
        out.push(Piece::Text(rest));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_slot_of_a_template_is_known_and_stands_below() {
        for (at, list) in LISTS.iter().enumerate() {
            for template in *list {
                for part in template.split('{').skip(1) {
                    let name = part.split_once('}').unwrap().0;
                    let (_, slot) = SLOTS.iter().find(|(n, _)| *n == name).unwrap_or_else(|| panic!("{name} in {template}"));
                    if let Slot::List(named) = slot {
                        assert!(*named as usize > at, "{template} uses {name}");
                    }
                }
            }
        }
    }

    #[test]
    fn sentences_look_like_sentences() {
        let grammar = Grammar::new();
        let mut random = Random::new(5, 5);
        for _ in 0..2_000 {
            let cast = Cast::new(&grammar.words, &mut random);
            let mut out = String::new();
            grammar.sentence(&cast, &mut random, &mut out);
            let first = out.chars().find(|c| c.is_alphanumeric()).unwrap();
            assert!(!first.is_lowercase() && out.ends_with(['.', '"']), "{out}");
            assert!(!out.contains(['^', '{', '}', '\n']) && !out.contains("  "), "{out}");
            assert!(!out.contains(" a a") && !out.contains(" a e"), "{out}");
            assert!((6..=45).contains(&out.split(' ').count()), "{out}");
        }
    }
}
