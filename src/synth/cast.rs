//! Who and what one story is about.

use super::random::Random;
use super::vocabulary::Vocabulary;

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A person.
#[derive(Clone, Copy)]
pub(super) struct Person<'a> {
    pub(super) given: &'a str,
    pub(super) surname: &'a str,
}

/// An organisation: a name and what it is.
#[derive(Clone, Copy)]
pub(super) enum Body<'a> {
    /// Northwick Bank
    Firm(&'a str, &'a str),
    /// Ministry of Trade
    Public(&'a str, &'a str),
}

/// The persons, places, organisations and subjects that come back in a story.
pub(super) struct Cast<'a> {
    pub(super) persons: [Person<'a>; 3],
    pub(super) places: [&'a str; 3],
    pub(super) bodies: [Body<'a>; 2],
    /// Ranks of nouns.
    pub(super) subjects: [usize; 10],
    pub(super) month: &'static str,
    pub(super) day: &'static str,
    pub(super) year: usize,
}

impl<'a> Cast<'a> {
    pub(super) fn new(words: &'a Vocabulary, random: &mut Random) -> Self {
        Self {
            persons: std::array::from_fn(|_| person(words, random)),
            places: std::array::from_fn(|_| words.places.draw(random)),
            bodies: std::array::from_fn(|_| body(words, random)),
            subjects: std::array::from_fn(|_| words.nouns.rank(random)),
            month: random.word(&MONTHS),
            day: random.word(&DAYS),
            year: random.between(1990, 2029),
        }
    }
}

pub(super) fn person<'a>(words: &'a Vocabulary, random: &mut Random) -> Person<'a> {
    Person { given: random.word(&words.given), surname: words.surnames.draw(random) }
}

pub(super) fn body<'a>(words: &'a Vocabulary, random: &mut Random) -> Body<'a> {
    if random.percent(70) {
        Body::Firm(words.firms.draw(random), random.word(&words.firm_endings))
    } else {
        Body::Public(random.word(&words.bodies), words.nouns.draw(random))
    }
}

/// A day of the week, most often that of the story.
pub(super) fn day(cast: &Cast<'_>, random: &mut Random) -> &'static str {
    if random.percent(60) { cast.day } else { random.word(&DAYS) }
}

/// A month, most often that of the story.
pub(super) fn month(cast: &Cast<'_>, random: &mut Random) -> &'static str {
    if random.percent(60) { cast.month } else { random.word(&MONTHS) }
}
