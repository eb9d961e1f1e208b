//! What each kind of evidence weighs: log-likelihoods of a copy given its source, so that they add up along a tree.
//!
//! Chosen 2026-11-22 on the chains of `wirecopy synth --kind chains -n 1000` with seeds 1, 3, 4, 5 and 6 and on 29 newsrooms that were
//! looked at. The starting point was the maximum likelihood of the true trees, summed over all trees of a cluster by the matrix-tree
//! theorem (Koo, Globerson, Carreras and Collins 2007), each newsroom counting as two to ten stories of the chains; what the two disagreed
//! about was set between them, with the newsrooms right first.

use super::tally::Gap;

/// What a count of one thing costs an edge.
#[derive(Clone, Copy, Debug)]
pub(super) struct Price {
    own: f64,
    elsewhere: f64,
    lost: f64,
}

/// More of one thing than this adds only its logarithm: such things come and go together.
const MOST: usize = 3;
/// Quotations, and steps back in the order, that count at most.
pub(super) const MOST_QUOTES: usize = 2;
/// The same for figures that changed.
pub(super) const MOST_FIGURES: i32 = 3;

pub(super) const NUMBERS: Price = Price { own: 0.95, elsewhere: 0.7, lost: 0.6 };
pub(super) const NAMES: Price = Price { own: 0.2, elsewhere: 0.2, lost: 0.6 };
pub(super) const SENTENCES: Price = Price { own: 1.4, elsewhere: 0.7, lost: 0.4 };
/// Sentences word for word.
pub(super) const WORDINGS: Price = Price { own: 0.0, elsewhere: 0.4, lost: 0.0 };
/// Quotations with the same limits.
pub(super) const QUOTES: Price = Price { own: 0.0, elsewhere: 0.7, lost: 0.0 };

fn counted(n: usize) -> f64 {
    n.min(MOST) as f64 + (n.saturating_sub(MOST) as f64).ln_1p()
}

impl Price {
    /// Of what the other members have no part in: what the copy added and left out.
    pub(super) fn alone(self, gap: Gap) -> f64 {
        -(self.own * counted(gap.own) + self.lost * counted(gap.lost))
    }

    /// Of what the copy has from others.
    pub(super) fn shared(self, gap: Gap) -> f64 {
        -(self.elsewhere * counted(gap.elsewhere))
    }
}

/// A quotation longer than that of the source, or with more inside its marks.
pub(super) const WIDENED: f64 = -2.8;
/// A quotation of what the source tells indirectly.
pub(super) const QUOTED_AGAIN: f64 = -1.7;
/// Sentences in another order, each step back.
pub(super) const TURN: f64 = -0.6;
/// The share of the one that is copied from the other, and the share of the sentences that have a partner.
pub(super) const COPIED: f64 = 3.0;
pub(super) const ALIGNED: f64 = 2.0;
/// The same headline is no accident.
pub(super) const SAME_HEADLINE: f64 = 1.0;
/// A credit that the copy keeps, drops, has although the source has none, or has from nearer to the agency than the source.
pub(super) const CREDIT_KEPT: f64 = 2.6;
pub(super) const CREDIT_LOST: f64 = -0.6;
pub(super) const CREDIT_GAINED: f64 = -3.7;
pub(super) const CREDIT_NEARER: f64 = -2.5;
/// A source that is agency copy: that goes to many, a page of a paper to few.
pub(super) const FROM_WIRE: f64 = 0.7;
/// A figure exact that is vague in the source.
pub(super) const EXACT_AGAIN: f64 = -2.5;
/// A figure as other lineages have it, in which the source stands alone.
pub(super) const SLIP_UNDONE: f64 = -0.8;
/// Times of day that the source has not.
pub(super) const CLOCKS_ADDED: f64 = -0.5;
/// Without the headings that the source has inside its text.
pub(super) const HEADINGS_GONE: f64 = -0.5;
/// A copy that its headline, or figures that grow, make an earlier version of agency copy than its source.
pub(super) const EARLIER_VERSION: f64 = -2.5;
pub(super) const FIGURE_SHRUNK: f64 = -0.6;
/// Weights closer to 0 are not shown.
pub(super) const LEAST_TOLD: f64 = 0.1;

/// A copy stamped so many days after its source: copies follow soon, and never before.
pub(super) const fn days_later(days: i32) -> f64 {
    match days {
        ..0 => -4.5,
        0 => 2.5,
        1 => 1.6,
        2 | 3 => 0.2,
        _ => -0.8,
    }
}
