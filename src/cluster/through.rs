//! What two documents are because of a third: two copies of one source, and a copy beside another report of its event.

use crate::verify::{Match, Relation};

/// A verdict that follows from two others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inferred {
    /// Which of the matches.
    pub place: usize,
    /// What the pair is.
    pub relation: Relation,
    /// The rule.
    pub rule: &'static str,
    /// The third document.
    pub through: u32,
    /// Probability that the pair is derived, by that of the two links; `None` where nothing is said of that.
    pub probability: Option<f64>,
}

/// Neighbours of a document that are looked at.
const MOST_NEIGHBOURS: usize = 256;
/// Names of the text with fewer of them, and the share of them that both have: without it two parts of a page of many stories could meet.
const NAMES: (usize, f64) = (3, 0.1);
/// Log-odds that two copies of one source must reach by themselves: else a page made of two reports would join these.
const OF_THEIR_OWN: f64 = -1.5;

/// A link from one document: the other, and the probability that the two are derived.
type Links = Vec<Vec<(u32, f64)>>;

/// Reads `matches`, sorted by `a` and `b`, for pairs that their own words leave open.
///
/// * Two documents that both derive from a third (or it from them), and have a copied run, figures and quotations or the order of
///   sentences in common as well, are `rewrite`.
/// * A document that derives from one that is of an event with another is of that event itself.
///
/// A pair that a rule keeps apart by its days or figures stays apart, and pages that hold a block of another story link nothing.
#[must_use]
pub fn through_others(documents: usize, matches: &[Match]) -> Vec<Inferred> {
    let (derived, event) = links(documents, matches);
    let open =
        |m: &Match| !m.verdict.relation.is_derived() && !matches!(m.verdict.rule, "other_day" | "conflicting_numbers" | "too_few_words");
    let judge = |(place, m): (usize, &Match)| {
        let f = &m.features;
        if f.names < NAMES.0 || f.names_shared < NAMES.1 {
            return None;
        }
        let source = common(&derived[m.a as usize], &derived[m.b as usize]);
        let alike = f.ordered >= 4 || f.longest_prose >= 8 || f.agreements >= 8 && f.quote_words >= 4;
        let own = alike && m.verdict.log_odds >= OF_THEIR_OWN && m.verdict.rule != "other_weekday";
        if let Some((through, probability)) = source.filter(|_| own) {
            let probability = Some(probability);
            return Some(Inferred { place, relation: Relation::Rewrite, rule: "copies_of_one_source", through, probability });
        }
        if m.verdict.relation <= Relation::SameEvent {
            return None;
        }
        let over = common(&derived[m.a as usize], &event[m.b as usize]).or_else(|| common(&derived[m.b as usize], &event[m.a as usize]));
        let (through, _) = source.or(over)?;
        Some(Inferred { place, relation: Relation::SameEvent, rule: "event_of_its_source", through, probability: None })
    };
    matches.iter().enumerate().filter(|(_, m)| open(m)).filter_map(judge).collect()
}

/// Of each document those it derives with, and those it is of one event with, sorted.
fn links(documents: usize, matches: &[Match]) -> (Links, Links) {
    let (mut derived, mut event): (Links, Links) = (vec![Vec::new(); documents], vec![Vec::new(); documents]);
    for m in matches.iter().filter(|m| m.verdict.relation <= Relation::SameEvent && !m.verdict.flags.contains(&"partial")) {
        let to = if m.verdict.relation.is_derived() { &mut derived } else { &mut event };
        to[m.a as usize].push((m.b, m.verdict.probability));
        to[m.b as usize].push((m.a, m.verdict.probability));
    }
    for of in [&mut derived, &mut event] {
        for own in of.iter_mut() {
            own.sort_unstable_by_key(|l| l.0);
            own.truncate(MOST_NEIGHBOURS);
        }
    }
    (derived, event)
}

/// The document in both lists whose links are surest, the first of equals, and the product of their probabilities.
fn common(x: &[(u32, f64)], y: &[(u32, f64)]) -> Option<(u32, f64)> {
    let both = x.iter().filter_map(|&(id, p)| y.binary_search_by_key(&id, |l| l.0).ok().map(|at| (id, p * y[at].1)));
    both.fold(None, |best: Option<(u32, f64)>, link| if best.is_none_or(|b| link.1 > b.1) { Some(link) } else { best })
}
