//! The order of rows: what matters most to an editor first.

use super::{FactKind, FactRow, Mark};

/// Sorts rows by substance, ties by their place in the base, then in the variant.
pub(super) fn order(rows: &mut [FactRow]) {
    rows.sort_by_key(|r| {
        let base = r.base.as_ref().map_or(usize::MAX, |s| s.span.start);
        let variant = r.variant.as_ref().map_or(usize::MAX, |s| s.span.start);
        (r.check, rank(r), base.min(variant), base, variant)
    });
}

const fn rank(row: &FactRow) -> u8 {
    let value = match row.kind {
        FactKind::Quote => 0,
        FactKind::Number => 1,
        FactKind::Date => 2,
        FactKind::Name | FactKind::Role | FactKind::Place => 3,
        FactKind::Attribution => 4,
        FactKind::Event | FactKind::Claim => 5,
    };
    match row.mark {
        Mark::Altered => value,
        Mark::Added => 6 + value,
        Mark::Dropped => 12 + value,
        Mark::Reworded => 18 + value,
        Mark::Kept => 24 + value,
    }
}
