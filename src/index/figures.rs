//! What a text counts and when: a quick look that tells whether two texts can be the same form of words for two occasions.

use crate::text::weekday;
use std::ops::RangeInclusive;
use xxhash_rust::xxh3::xxh3_64;

/// Share of the fewer figures from which two texts speak of one occasion.
const SAME: f64 = 0.75;

/// Bytes of names of weekdays.
const LONG: RangeInclusive<usize> = 5..=22;

/// From where to where in a text, as shares of its words.
pub(super) type Stretch = (f32, f32);
/// The whole of it.
pub(super) const WHOLE: Stretch = (0.0, 1.0);
/// How far beyond a stretch is looked: words are not counted here as they are where stretches are made.
const MARGIN: f32 = 0.01;

/// Numbers and weekdays of a text, as they are written, with the share of its words that stands before each.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Figures {
    /// Hashes.
    numbers: Vec<(u64, f32)>,
    /// A bit a day.
    weekdays: Vec<(u8, f32)>,
}

impl Figures {
    /// Those of the whole page.
    pub(super) fn of(text: &str) -> Self {
        let mut out = Self::default();
        let mut words = 0.0_f32;
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            if word.as_bytes()[0].is_ascii_digit() {
                out.numbers.push((xxh3_64(word.as_bytes()), words));
            } else if LONG.contains(&word.len()) {
                out.weekdays.extend(Some(day(word)).filter(|day| *day > 0).map(|day| (day, words)));
            }
            words += 1.0;
        }
        out.numbers.iter_mut().for_each(|n| n.1 /= words);
        out.weekdays.iter_mut().for_each(|n| n.1 /= words);
        out
    }

    /// Whether, of a stretch of each text, that with fewer figures has hardly one, and no day of the week, that the other has not.
    pub(super) fn agree(&self, own: Stretch, other: &Self, others: Stretch) -> bool {
        let ((one, days), (two, other_days)) = (self.within(own), other.within(others));
        let (few, many) = if one.len() <= two.len() { (&one, &two) } else { (&two, &one) };
        let shared = few.iter().filter(|n| many.binary_search(n).is_ok()).count();
        let both = days & other_days;
        shared as f64 >= SAME * few.len() as f64 && (both == days || both == other_days)
    }

    /// The numbers of a stretch, sorted, each once; and its weekdays.
    fn within(&self, (from, to): Stretch) -> (Vec<u64>, u8) {
        let is_in = |at: f32| at >= from - MARGIN && at <= to + MARGIN;
        let mut numbers: Vec<u64> = self.numbers.iter().filter(|n| is_in(n.1)).map(|n| n.0).collect();
        numbers.sort_unstable();
        numbers.dedup();
        (numbers, self.weekdays.iter().filter(|d| is_in(d.1)).fold(0, |days, d| days | d.0))
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
        let agree = |a: &Figures, b: &Figures| a.agree(WHOLE, b, WHOLE);
        assert!(agree(&report, &excerpt) && agree(&excerpt, &report));
        assert!(!agree(&report, &other));
        assert!(!agree(&Figures::of("It closed on Monday."), &Figures::of("It closed on Sunday.")));
        assert!(agree(&Figures::default(), &Figures::default()));
    }

    #[test]
    fn what_stands_beside_a_passage_does_not_count() {
        let passage = "On Tuesday 14 boats left the harbour with 3,100 people aboard. ";
        let (one, other) = ("The match ended 4 to 2 on Friday before 61,000. ", "Shares fell by 7 percent to 98.6 on Monday. ");
        let (a, b) = (Figures::of(&[passage, one].concat()), Figures::of(&[other, passage].concat()));
        assert!(!a.agree(WHOLE, &b, WHOLE));
        assert!(a.agree((0.0, 0.5), &b, (0.5, 1.0)));
        let refilled = Figures::of(&[other, "On Sunday 15 boats left the harbour with 2,800 people aboard."].concat());
        assert!(!a.agree((0.0, 0.5), &refilled, (0.5, 1.0)));
    }
}
