//! What a text counts and when: a quick look that tells whether two texts can be the same form of words for two occasions.

use crate::text::weekday;
use std::ops::RangeInclusive;
use xxhash_rust::xxh3::xxh3_64;

/// Share of the fewer figures from which two texts speak of one occasion.
const SAME: f64 = 0.75;

/// Bytes of names of weekdays.
const LONG: RangeInclusive<usize> = 5..=22;

/// Numbers and weekdays of a text, as they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Figures {
    /// Hashes, sorted, each once.
    numbers: Vec<u64>,
    /// A bit a day.
    weekdays: u8,
}

impl Figures {
    /// Those of the whole page.
    pub(super) fn of(text: &str) -> Self {
        let mut out = Self::default();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            if word.as_bytes()[0].is_ascii_digit() {
                out.numbers.push(xxh3_64(word.as_bytes()));
            } else if LONG.contains(&word.len()) {
                out.weekdays |= day(word);
            }
        }
        out.numbers.sort_unstable();
        out.numbers.dedup();
        out
    }

    /// Whether the text with fewer figures has hardly one, and no day of the week, that the other has not.
    pub(super) fn agree(&self, other: &Self) -> bool {
        let (few, many) = if self.numbers.len() <= other.numbers.len() { (self, other) } else { (other, self) };
        let shared = few.numbers.iter().filter(|n| many.numbers.binary_search(n).is_ok()).count();
        let days = self.weekdays & other.weekdays;
        shared as f64 >= SAME * few.numbers.len() as f64 && (days == self.weekdays || days == other.weekdays)
    }
}

/// The bit of the weekday that a word names.
fn day(word: &str) -> u8 {
    let mut small = [0; *LONG.end()];
    let Some(small) = small.get_mut(..word.len()) else { return 0 };
    small.copy_from_slice(word.as_bytes());
    small.make_ascii_lowercase();
    let number = std::str::from_utf8(small).ok().and_then(weekday);
    number.map_or(0, |day| 1 << (day & 7))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_agrees_and_another_evening_does_not() {
        let report = Figures::of("On Tuesday 14 boats left the harbour, 3,100 people aboard; by Friday 12 were back.");
        let excerpt = Figures::of("Hours later, 3,100 people had left in 14 boats.");
        let other = Figures::of("On Sunday 15 boats left the harbour, 2,800 people aboard; by Monday 9 were back.");
        assert!(report.agree(&excerpt) && excerpt.agree(&report));
        assert!(!report.agree(&other));
        assert!(!Figures::of("It closed on Monday.").agree(&Figures::of("It closed on Sunday.")));
        assert!(Figures::default().agree(&Figures::default()));
    }
}
