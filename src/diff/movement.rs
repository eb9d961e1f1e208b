//! Movements that turn round: what rose in one text falls in the other.

use super::gaps::{Gap, Gaps};
use super::rows::{Rows, Verdict};
use super::view::View;
use super::{FactKind, Mark};
use std::ops::Range;

/// Words of a rise, sorted.
#[rustfmt::skip]
const UP: &[&str] = &[
    "added", "advanced", "advancing", "climbed", "climbing", "gain", "gained", "gaining", "gains", "grew", "growth", "higher", "increase",
    "increased", "increasing", "jumped", "jumping", "rallied", "rise", "risen", "rises", "rising", "rose", "soared", "strengthened", "surged", "up",
];

/// Words of a fall, sorted.
#[rustfmt::skip]
const DOWN: &[&str] = &[
    "decline", "declined", "declines", "declining", "decrease", "decreased", "decreasing", "dipped", "down", "drop", "dropped", "dropping", "eased",
    "fall", "fallen", "falling", "falls", "fell", "lost", "lower", "off", "plunged", "sank", "shed", "sinking", "slid", "slipped", "slumped",
    "tumbled", "weakened",
];

/// Words of gain and of loss that exclude each other although they are no verbs of movement.
const OPPOSITES: &[(&str, &str)] = &[
    ("above", "below"),
    ("gain", "loss"),
    ("gains", "losses"),
    ("income", "loss"),
    ("longest", "shortest"),
    ("profit", "loss"),
    ("profits", "losses"),
    ("strongest", "weakest"),
    ("won", "lost"),
];

/// Adds a row where the words in one place say opposite movements.
pub(super) fn movements(base: &View<'_>, variant: &View<'_>, gaps: &Gaps, rows: &mut Rows) {
    for pair in &gaps.pairs {
        for gap in &pair.gaps {
            let Some((p, q)) = opposite(base, variant, gap) else { continue };
            let (x, y) = (base.span(p), variant.span(q));
            let told = rows.list.iter().any(|r| {
                r.mark == Mark::Altered
                    && r.base.as_ref().is_some_and(|s| s.span.overlaps(x))
                    && r.variant.as_ref().is_some_and(|s| s.span.overlaps(y))
            });
            if !told {
                let verdict = Verdict::sure(Mark::Altered, "movement", 0.65);
                rows.both(FactKind::Claim, &verdict, (base, x, pair.base), (variant, y, pair.variant));
            }
        }
    }
}

/// The words of the gap that move in opposite ways, when each side moves in one way only.
fn opposite(base: &View<'_>, variant: &View<'_>, gap: &Gap) -> Option<(usize, usize)> {
    let find = |view: &View<'_>, run: &Range<usize>, table: &[&str]| {
        run.clone().find(|&at| table.binary_search(&view.norm(at)).is_ok() && !view.quoted[at])
    };
    let way = |view: &View<'_>, run: &Range<usize>| (find(view, run, UP), find(view, run, DOWN));
    if gap.base.is_empty() || gap.variant.is_empty() {
        return None;
    }
    match (way(base, &gap.base), way(variant, &gap.variant)) {
        ((Some(p), None), (None, Some(q))) | ((None, Some(p)), (Some(q), None)) => return Some((p, q)),
        _ => {}
    }
    let opposites = |word: &'static str, other: &'static str| {
        let p = gap.base.clone().find(|&p| base.norm(p) == word && !base.quoted[p])?;
        let q = gap.variant.clone().find(|&q| variant.norm(q) == other && !variant.quoted[q])?;
        Some((p, q))
    };
    OPPOSITES.iter().find_map(|&(x, y)| opposites(x, y).or_else(|| opposites(y, x)))
}

#[cfg(test)]
mod tests {
    #[test]
    fn tables_are_sorted() {
        for table in [super::UP, super::DOWN] {
            assert!(table.windows(2).all(|w| w[0] < w[1]));
        }
    }
}
