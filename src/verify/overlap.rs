//! What two shingle sets share, counted exactly.

use crate::keys::ShingleSet;

/// Sizes of two sets and of what they share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// Shingles in both.
    pub shared: u32,
    /// Distinct shingles of the one document.
    pub own: u32,
    /// Distinct shingles of the other.
    pub other: u32,
}

impl Overlap {
    /// The overlap of `set` (with `own` members) and the distinct shingles `other`, if its Jaccard similarity is at
    /// least `threshold`; counting ends as soon as it cannot be reached. Two empty sets share nothing.
    #[must_use]
    pub fn reaching(threshold: f64, set: &ShingleSet, own: usize, other: &[u64]) -> Option<Self> {
        // shared / (own + other - shared) >= t  <=>  shared >= t (own + other) / (1 + t)
        let least = ((threshold * (own + other.len()) as f64 / (1.0 + threshold)) - 1e-6).ceil().max(1.0) as usize;
        if least > own.min(other.len()) {
            return None;
        }
        let shared = set.shared(other, least)?;
        let found = Self { shared: shared as u32, own: own as u32, other: other.len() as u32 };
        (found.jaccard() >= threshold).then_some(found)
    }

    /// The same, seen from the other document.
    #[must_use]
    pub const fn turned(self) -> Self {
        Self { shared: self.shared, own: self.other, other: self.own }
    }

    /// Shared shingles among all.
    #[must_use]
    pub fn jaccard(self) -> f64 {
        let either = f64::from(self.own) + f64::from(self.other) - f64::from(self.shared);
        if either > 0.0 { f64::from(self.shared) / either } else { 0.0 }
    }

    /// The label of a pair over the threshold, by its shingles: both made of the other, the shorter inside the longer, or less.
    #[must_use]
    pub fn label(self) -> &'static str {
        const MADE_OF: f64 = 0.8;
        let (one, other) = (self.containment(), self.containment_of_other());
        if one.min(other) >= MADE_OF {
            "near_duplicate"
        } else if one.max(other) >= MADE_OF {
            "excerpt"
        } else {
            "similar"
        }
    }

    /// Share of the one document's shingles that the other has.
    #[must_use]
    pub fn containment(self) -> f64 {
        if self.own == 0 { 0.0 } else { f64::from(self.shared) / f64::from(self.own) }
    }

    /// Share of the other document's shingles that the one has.
    #[must_use]
    pub fn containment_of_other(self) -> f64 {
        if self.other == 0 { 0.0 } else { f64::from(self.shared) / f64::from(self.other) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_threshold_is_met_exactly() {
        let (mut set, mut distinct) = (ShingleSet::default(), Vec::new());
        set.fill(&[1, 2, 3], &mut distinct);
        let found = Overlap::reaching(0.5, &set, 3, &[2, 3, 4]).unwrap();
        assert!((found.jaccard() - 0.5).abs() < 1e-12 && (found.containment() - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(Overlap::reaching(0.51, &set, 3, &[2, 3, 4]), None);
        assert_eq!(Overlap::reaching(1.0, &set, 3, &[1, 2, 3]).map(|o| o.shared), Some(3));
        assert_eq!(Overlap::reaching(0.5, &ShingleSet::default(), 0, &[]), None);
    }
}
