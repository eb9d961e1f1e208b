//! What the lineages of a collection tell about each other.

use super::direction::Context;
use super::edge::EdgeEvidenceKind;
use super::lineage::Compared;
use super::readings::Elsewhere;

/// Pairs whose texts leave no doubt about the direction: log-odds.
const PLAIN: f64 = 1.5;
/// Log-odds of an earlier stamp that are trusted wholly.
const TRUSTED: f64 = 2.5;

/// What is learnt from a collection before its lineages are traced.
#[derive(Clone, Debug, Default)]
pub struct Learnt {
    /// What stands in several lineages.
    pub(super) elsewhere: Elsewhere,
    /// Pairs of plain direction whose page dates agree with it, and those whose page dates do not.
    stamps: [u32; 2],
}

impl Learnt {
    /// Learns from `lineages`. A text of its own is a lineage too.
    #[must_use]
    pub fn gather(lineages: &[Compared<'_>]) -> Self {
        let mut out = Self { elsewhere: Elsewhere::gather(lineages.iter().map(Compared::readings)), stamps: [0; 2] };
        let mut stamps = [0; 2];
        let context = Context { learnt: &out, left_out: &[EdgeEvidenceKind::Date] };
        for pair in lineages.iter().flat_map(Compared::pairs) {
            let Some((first, second)) = pair.stamps.filter(|(x, y)| x != y) else { continue };
            let direction = pair.leaning(false, context).direction;
            if direction.abs() >= PLAIN {
                stamps[usize::from((first < second) != (direction > 0.0))] += 1;
            }
        }
        out.stamps = stamps;
        out
    }

    /// How far page dates are borne out by the texts of the collection, 0 to 1: before anything is learnt as if eight of ten pairs
    /// were right, since one page with a wrong date makes several pairs wrong.
    pub(super) fn trust(&self) -> f64 {
        let [right, wrong] = self.stamps.map(f64::from);
        ((right + 8.0) / (wrong + 2.0)).ln().clamp(0.0, TRUSTED) / TRUSTED
    }
}
