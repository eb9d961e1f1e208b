//! What the lineages of a collection tell about each other.

use super::direction::{Context, Weighed, weigh};
use super::edge::{EdgeEvidenceKind, Member};
use super::readings::Elsewhere;
use crate::verify::Match;

/// Pairs whose texts leave no doubt about the direction: log-odds.
const PLAIN: f64 = 1.5;

/// What is learnt from a collection before its lineages are traced.
#[derive(Clone, Debug, Default)]
pub struct Learnt {
    /// What stands in several lineages.
    pub(super) elsewhere: Elsewhere,
    /// Pairs of plain direction whose page dates agree with it, and those whose page dates do not.
    stamps: [u32; 2],
}

impl Learnt {
    /// Learns from `lineages`, each given as its members in index order; `matches` are the verified pairs of the first ones. A text of
    /// its own is a lineage too.
    #[must_use]
    pub fn gather(lineages: &[Vec<Member<'_>>], matches: &[Vec<&Match>]) -> Self {
        let mut out = Self { elsewhere: Elsewhere::gather(lineages), stamps: [0; 2] };
        let mut stamps = [0; 2];
        let context = Context { learnt: &out, left_out: &[EdgeEvidenceKind::Date] };
        for (members, matches) in lineages.iter().zip(matches) {
            let weighed: Vec<Weighed<'_, '_>> = members.iter().map(Weighed::new).collect();
            let place = |index: u32| members.binary_search_by_key(&index, |m| m.index).ok();
            for m in matches {
                let (Some(a), Some(b)) = (place(m.a), place(m.b)) else { continue };
                let (Some(x), Some(y)) = (members[a].trusted_page_date(), members[b].trusted_page_date()) else { continue };
                let direction = weigh(&weighed[a], &weighed[b], &m.features, false, &context).direction;
                if x != y && direction.abs() >= PLAIN {
                    stamps[usize::from((x < y) != (direction > 0.0))] += 1;
                }
            }
        }
        out.stamps = stamps;
        out
    }

    /// Log-odds of an earlier stamp: four of five are right before anything is learnt.
    pub(super) fn stamp_weight(&self) -> f64 {
        let [right, wrong] = self.stamps.map(f64::from);
        ((right + 4.0) / (wrong + 1.0)).ln().clamp(0.0, 2.5)
    }
}
