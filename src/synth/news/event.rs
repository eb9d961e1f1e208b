//! One event: the values of everything that can be told about it.

use super::scenario::{Part, Scenario};
use crate::synth::random::Random;
use crate::synth::vocabulary::Vocabulary;
use jiff::ToSpan as _;
use jiff::civil::Date;
use std::collections::BTreeMap;

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Somebody in a story.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) role: String,
    pub(super) given: String,
    pub(super) surname: String,
}

/// A set of facts.
#[derive(Clone, Debug)]
pub(super) struct Event<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) day: Date,
    pub(super) values: BTreeMap<&'static str, String>,
    pub(super) persons: BTreeMap<&'static str, Person>,
    /// For each fact, its ways in the order in which writers take them: the agency the first, the independent reporter the
    /// second, rewriters the others. So nobody shares a sentence by accident.
    pub(super) order: Vec<Vec<usize>>,
}

impl<'a> Event<'a> {
    pub(super) fn new(scenario: &'a Scenario, words: &Vocabulary, random: &mut Random) -> Self {
        let day = date(random.between(2004, 2026), 1, random.between(0, 364));
        let mut values = BTreeMap::new();
        for (name, list) in &scenario.words {
            values.insert(*name, random.word(list).to_owned());
        }
        for figure in &scenario.figures {
            let n = random.between(figure.low, figure.high);
            let told = if figure.tenths { format!("{n}.{}", random.between(1, 9)) } else { grouped(n) };
            values.insert(figure.name, told);
        }
        for name in ["place", "town", "region"] {
            values.insert(name, words.places.any(random).to_owned());
        }
        for name in ["firm", "firm2", "firm3"] {
            values.insert(
                name,
                format!("{} {}", words.firms.any(random), random.word(&["Group", "Holdings", "Industries", "Motors", "Energy"])),
            );
        }
        for name in ["team", "team2"] {
            values.insert(name, format!("{} {}", words.places.any(random), random.word(&["United", "Rovers", "Athletic", "Wanderers"])));
        }
        let year = usize::try_from(day.year()).unwrap_or(2000);
        values.insert("oldyear", (year - random.between(14, 60)).to_string());
        values.insert("lastyear", (year - 1).to_string());
        values.insert("month", random.word(&MONTHS).to_owned());
        let mut event = Self { scenario, day, values, persons: BTreeMap::new(), order: Vec::new() };
        event.speak_from(day, random);
        for &(name, role) in &scenario.persons {
            let role = event.values.iter().fold(role.to_owned(), |r, (slot, value)| r.replace(&format!("{{{slot}}}"), value));
            let person = Person { role, given: random.word(&words.given).to_owned(), surname: words.surnames.any(random).to_owned() };
            event.persons.insert(name, person);
        }
        event.order = scenario
            .facts
            .iter()
            .map(|fact| {
                let mut ways: Vec<usize> = (0..if fact.direct > 0 { fact.direct } else { fact.ways.len() }).collect();
                shuffle(&mut ways, random);
                ways
            })
            .collect();
        event
    }

    /// The same as told on `day`.
    fn speak_from(&mut self, day: Date, random: &mut Random) {
        let weekday = |d: Date| DAYS[(d.weekday().to_monday_zero_offset() as usize).min(6)].to_owned();
        self.day = day;
        self.values.insert("day", weekday(day));
        self.values.insert("eve", weekday(day.saturating_sub(1.day())));
        self.values.insert("soon", month_day(later(day, random.between(12, 70))));
    }

    /// The event months later: the same names and what happened, with a day of its own.
    pub(super) fn months_later(&self, random: &mut Random) -> Self {
        let mut out = self.clone();
        out.values.insert("month", month(self.day).to_owned());
        out.speak_from(later(self.day, random.between(70, 300)), random);
        out
    }

    /// The way that the writer of a number takes for a fact.
    pub(super) fn way(&self, fact: usize, writer: usize) -> usize {
        let order = &self.order[fact];
        order[writer % order.len()]
    }

    /// The place and the day before a report, in capitals.
    pub(super) fn dateline(&self) -> String {
        format!("{}, {}", self.values["place"].to_uppercase(), month_day(self.day))
    }

    /// Facts of a part, in a new order.
    pub(super) fn shuffled(&self, part: Part, random: &mut Random) -> Vec<usize> {
        let mut out: Vec<usize> = self.scenario.of(part).collect();
        shuffle(&mut out, random);
        out
    }
}

/// Puts items in another order (Fisher and Yates).
pub(super) fn shuffle<T>(items: &mut [T], random: &mut Random) {
    for last in (1..items.len()).rev() {
        items.swap(last, random.below(last + 1));
    }
}

fn date(year: usize, month: i8, after: usize) -> Date {
    let first = Date::new(i16::try_from(year).unwrap_or(2000), month, 1).unwrap_or(Date::ZERO);
    later(first, after)
}

fn later(day: Date, days: usize) -> Date {
    day.saturating_add((days as i64).days())
}

fn month(day: Date) -> &'static str {
    MONTHS[(day.month().max(1) as usize - 1).min(11)]
}

fn month_day(day: Date) -> String {
    format!("{} {}", month(day), day.day())
}

/// A number as newspapers print it: `12,400`.
pub(super) fn grouped(n: usize) -> String {
    if n < 1_000 { n.to_string() } else { format!("{},{:03}", n / 1_000, n % 1_000) }
}
