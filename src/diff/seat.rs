//! Values that change places: whether two of them stand in each other's seat.

use super::view::View;
use crate::document::Span;

/// Words on each side of a value that make up its seat.
const REACH: usize = 3;
/// How much better the seats must agree crosswise.
const CLEARLY: usize = 3;

/// A value with its sentence.
pub(super) type Place = (Span, usize);

/// How many words right before and after two values agree, place by place; at the ends of sentences both must end.
pub(super) fn seat(base: &View<'_>, x: Place, variant: &View<'_>, y: Place) -> usize {
    let (a, b) = (base.words_of(x.0), variant.words_of(y.0));
    let (home, other) = (base.words_in(x.1), variant.words_in(y.1));
    let before = (1..=REACH).take_while(|k| {
        let pair = a.start.checked_sub(*k).filter(|at| home.contains(at)).zip(b.start.checked_sub(*k).filter(|at| other.contains(at)));
        pair.is_some_and(|(p, q)| base.ids[p] == variant.ids[q])
    });
    let after = (0..REACH).take_while(|k| {
        let pair = Some(a.end + k).filter(|at| home.contains(at)).zip(Some(b.end + k).filter(|at| other.contains(at)));
        pair.is_some_and(|(p, q)| base.ids[p] == variant.ids[q])
    });
    before.count() + after.count()
}

/// Whether `x` became `y`'s value and the other way round: the seats of the base's first value and the variant's second
/// agree, and those of the other two, while equal values stand in other seats.
pub(super) fn crossed(base: &View<'_>, x: [Place; 2], variant: &View<'_>, y: [Place; 2]) -> bool {
    let at = |i: usize, j: usize| seat(base, x[i], variant, y[j]);
    let (cross, straight) = ([at(0, 1), at(1, 0)], at(0, 0) + at(1, 1));
    cross.iter().all(|&c| c >= 1) && cross[0] + cross[1] >= straight + CLEARLY
}
