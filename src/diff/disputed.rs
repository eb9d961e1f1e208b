//! Records of which the texts of a cluster give values that cannot all be right.

use super::{FactKind, FactRow, Mark};
use crate::cluster::first_members;
use crate::document::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Records of one cluster that are told; further ones are left out.
const MOST: usize = 1_000;

/// One place that states a record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StatedValue {
    /// Which of the texts.
    pub document: u32,
    /// Where.
    pub span: Span,
    /// The words there.
    pub text: String,
}

/// One record with all values that are given for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dispute {
    /// What kind of fact.
    pub kind: FactKind,
    /// The places, by text and place.
    pub values: Vec<StatedValue>,
}

/// Joins the rows of several fact diffs, each with the numbers of its base and its variant, to records, and returns those with a firm
/// `altered` row. Rows about one place of one text are about one record, so a value is followed through any number of
/// texts. The order of the rows does not matter.
#[must_use]
pub fn disputes<'a>(rows: impl IntoIterator<Item = (u32, u32, &'a FactRow)>) -> Vec<Dispute> {
    let mut places: BTreeMap<(FactKind, u32, Span), String> = BTreeMap::new();
    let mut links = Vec::new();
    for (base, variant, row) in rows.into_iter().filter(|r| is_value(r.2)) {
        let (Some(x), Some(y)) = (&row.base, &row.variant) else { continue };
        let (one, other) = ((row.kind, base, x.span), (row.kind, variant, y.span));
        places.insert(one, x.text.clone());
        places.insert(other, y.text.clone());
        links.push((one, other, row.mark == Mark::Altered));
    }
    let keys: Vec<(FactKind, u32, Span)> = places.keys().copied().collect();
    let place = |key: &(FactKind, u32, Span)| keys.binary_search(key).unwrap_or(0);
    // `12` and `12 people` of one text: sorted by their start, so neighbours overlap.
    let beside = keys.windows(2).enumerate().filter(|(_, two)| (two[0].0, two[0].1) == (two[1].0, two[1].1) && two[0].2.overlaps(two[1].2));
    let joins = beside.map(|(at, _)| (at as u32, at as u32 + 1)).chain(links.iter().map(|(x, y, _)| (place(x) as u32, place(y) as u32)));
    let record = first_members(keys.len(), joins);
    let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, &first) in record.iter().enumerate() {
        groups.entry(first).or_default().push(at);
    }
    let altered: BTreeSet<u32> = links.iter().filter(|l| l.2).map(|l| record[place(&l.0)]).collect();
    let value = |&at: &usize| {
        let (_, document, span) = keys[at];
        StatedValue { document, span, text: places[&keys[at]].clone() }
    };
    let mut out: Vec<Dispute> = altered
        .into_iter()
        .map(|group| Dispute { kind: keys[group as usize].0, values: groups[&group].iter().map(value).collect() })
        .collect();
    out.sort();
    out.truncate(MOST);
    out
}

/// Whether the row is firmly about a value that two texts give.
fn is_value(row: &FactRow) -> bool {
    let kind = matches!(row.kind, FactKind::Quote | FactKind::Number | FactKind::Date | FactKind::Place | FactKind::Name | FactKind::Role);
    kind && !row.check && matches!(row.mark, Mark::Kept | Mark::Reworded | Mark::Altered)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::Side;

    fn row(mark: Mark, base: (usize, usize, &str), variant: (usize, usize, &str)) -> FactRow {
        let side = |(from, to, text): (usize, usize, &str)| {
            let span = Span::new(from, to);
            Some(Side { span, sentence: span, text: text.to_owned() })
        };
        let subtype = String::new();
        FactRow {
            kind: FactKind::Number,
            mark,
            subtype,
            confidence: 0.9,
            check: false,
            detail: String::new(),
            base: side(base),
            variant: side(variant),
        }
    }

    #[test]
    fn a_value_is_followed_through_texts() {
        let rows = [
            row(Mark::Kept, (10, 12, "12"), (5, 7, "12")),
            row(Mark::Altered, (5, 14, "12 people"), (30, 32, "17")),
            row(Mark::Kept, (80, 82, "40"), (90, 92, "40")),
        ];
        let list = [(0, 1, &rows[0]), (1, 2, &rows[1]), (0, 1, &rows[2])];
        let found = disputes(list);
        assert_eq!(found.len(), 1);
        let told: Vec<(u32, &str)> = found[0].values.iter().map(|v| (v.document, v.text.as_str())).collect();
        assert_eq!(told, [(0, "12"), (1, "12"), (1, "12 people"), (2, "17")]);
        assert_eq!(disputes(list.into_iter().rev()), found);
        assert!(disputes([(0, 1, &rows[0])]).is_empty());
    }
}
