//! What two documents are to each other: a function of the two texts and the frozen statistics, whoever came first.

use super::figures::Figures;
use super::sketch::gram_key;
use super::statistics::Frozen;
use crate::cluster::CopiedLink;
use crate::config::Config;
use crate::document::Document;
use crate::keys::{Bulk, Glance, ShingleSet, least_agreements, stretches_of};
use crate::pipeline::{Reader, Ready};
use crate::verify::{CopySource, Kinship, Match, Overlap, kinship};

/// How a link joins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Tie {
    /// One text.
    Same,
    /// By its copied words; `later` is 0 and `earlier` 1.
    Copied(CopiedLink),
    /// Not at all: one holds a part of the other, and nothing tells where.
    Loose,
}

impl Tie {
    const SAME: i64 = 0;
    const COPIED: i64 = 1;
    const LOOSE: i64 = 2;

    /// As it is kept: a number, and the numbers of a copied link.
    pub(super) fn encode(&self) -> (i64, Option<Vec<u8>>) {
        match self {
            Self::Same => (Self::SAME, None),
            Self::Loose => (Self::LOOSE, None),
            Self::Copied(c) => {
                let [(from, to), (other_from, other_to)] = c.reach;
                let numbers = [c.kinship as u32, c.words[0], c.words[1], c.sizes[0], c.sizes[1], from, to, other_from, other_to];
                (Self::COPIED, Some(numbers.iter().flat_map(|n| n.to_le_bytes()).collect()))
            }
        }
    }

    pub(super) fn decode(tie: i64, copied: Option<&[u8]>) -> Option<Self> {
        match (tie, copied) {
            (Self::SAME, None) => Some(Self::Same),
            (Self::LOOSE, None) => Some(Self::Loose),
            (Self::COPIED, Some(bytes)) => {
                let numbers: Vec<u32> = bytes.as_chunks::<4>().0.iter().map(|n| u32::from_le_bytes(*n)).collect();
                let &[kind, w0, w1, s0, s1, from, to, other_from, other_to] = numbers.as_slice() else { return None };
                let kinship = [Kinship::Rewrite, Kinship::Contained, Kinship::Partial].into_iter().find(|k| *k as u32 == kind)?;
                let reach = [(from, to), (other_from, other_to)];
                Some(Self::Copied(CopiedLink { later: 0, earlier: 1, kinship, words: [w0, w1], sizes: [s0, s1], reach }))
            }
            _ => None,
        }
    }
}

/// A verified pair; `a` is the one with the smaller hash of its words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Link {
    pub(super) relation: &'static str,
    pub(super) probability: f64,
    pub(super) jaccard: f64,
    pub(super) containment: [f64; 2],
    pub(super) tie: Tie,
}

impl Link {
    /// Whether it says no more than that one has a part of the other, whatever stands beside it.
    pub(super) fn is_of_a_part(&self) -> bool {
        self.relation == "excerpt" || self.relation == "rewrite"
    }
}

/// A document opened to be compared.
pub(super) struct Opened {
    exact: [u8; 16],
    shingles: Vec<u64>,
    distinct: Vec<u64>,
    set: ShingleSet,
    template: Vec<(u32, u32)>,
    figures: Figures,
}

impl Opened {
    pub(super) fn new(document: &Document, exact: [u8; 16], bulk: &mut Bulk, config: &Config, frozen: &Frozen) -> Self {
        bulk.text().push_str(&document.text);
        bulk.read();
        let (mut set, mut distinct) = (ShingleSet::default(), Vec::new());
        set.fill(bulk.shingles(), &mut distinct);
        let is_template = |hash| frozen.is_template(gram_key(hash));
        let stretches = || stretches_of(bulk.shingles(), config, is_template, &mut Vec::new());
        let template = if frozen.has_templates() { stretches() } else { Vec::new() };
        let figures = if config.derivatives { Figures::of(&document.text) } else { Figures::default() };
        Self { exact, shingles: bulk.shingles().to_vec(), distinct, set, template, figures }
    }
}

/// Whether a link that words prove may come from a form of words that is filled again for every occasion: such is copied too, and its figures
/// tell.
pub(super) fn is_doubtful(link: &Link, one: &Opened, other: &Opened) -> bool {
    link.relation != "near_duplicate" && !one.figures.agree(&other.figures)
}

/// Whether a glance at two signatures leaves it open that the two are near; see `dedup`.
pub(super) fn may_be_near(a: &Glance, b: &Glance, config: &Config) -> bool {
    let least = least_agreements(config.threshold, Glance::VALUES.min(config.num_perm) as u32);
    a.agreeing(b) >= least + Glance::VALUES.saturating_sub(config.num_perm) as u32
}

/// The link that the words of two texts prove. The texts may be given in any order, which is told: whether the first is `a`.
pub(super) fn by_words(one: &Opened, other: &Opened, source: &mut CopySource, config: &Config) -> Option<Link> {
    let (a, b) = if one.exact <= other.exact { (one, other) } else { (other, one) };
    let overlap = Overlap::reaching(config.threshold, &a.set, a.distinct.len(), &b.distinct);
    if !config.derivatives {
        return overlap.map(|o| link(o, o.label(), Tie::Same));
    }
    let holds = |o: &Overlap| (o.containment() >= CopiedLink::WHOLE) != (o.containment_of_other() >= CopiedLink::WHOLE);
    if let Some(overlap) = overlap.filter(|o| !holds(o)) {
        return Some(link(overlap, overlap.label(), Tie::Same));
    }
    source.fill(&a.shingles, config.shingle_size, &a.template);
    let copied = source.compare(&b.shingles);
    let Some(kind) = kinship(&copied) else {
        return overlap.map(|o| link(o, o.label(), Tie::Same));
    };
    let exactly = || Overlap {
        shared: a.set.shared(&b.distinct, 0).unwrap_or(0) as u32,
        own: a.distinct.len() as u32,
        other: b.distinct.len() as u32,
    };
    let shared = overlap.unwrap_or_else(exactly);
    let label = match kind {
        Kinship::Rewrite if overlap.is_none() && shared.label() == "similar" => "rewrite",
        Kinship::Rewrite => shared.label(),
        Kinship::Contained | Kinship::Partial => "excerpt",
    };
    Some(link(shared, label, Tie::Copied(CopiedLink::new(0, 1, kind, &copied))))
}

fn link(overlap: Overlap, relation: &'static str, tie: Tie) -> Link {
    // Copied words of this length are no chance: the tie itself is the proof.
    let containment = [overlap.containment(), overlap.containment_of_other()];
    Link { relation, probability: 1.0, jaccard: overlap.jaccard(), containment, tie }
}

/// What a reading of both as articles tells.
pub(super) enum Read {
    /// One derives from the other, in other words perhaps.
    Derived(Link),
    /// A long passage of one stands in the other, among other text.
    Block(Link),
    /// The same form of words for another occasion: other figures, another day. Common words prove nothing then.
    Other,
    /// Neither.
    Open,
}

/// Compares both as articles; before each stands the hash of its words.
pub(super) fn by_reading(one: ([u8; 16], &Ready), other: ([u8; 16], &Ready), reader: &Reader<'_>) -> Read {
    let (a, b) = if one.0 <= other.0 { (one.1, other.1) } else { (other.1, one.1) };
    let Some(found) = reader.compare(a, b) else { return Read::Open };
    let verdict = &found.verdict;
    if verdict.relation.is_derived() {
        let link = Link {
            relation: verdict.relation.label(),
            probability: verdict.probability,
            jaccard: found.features.jaccard,
            containment: found.features.covered,
            tie: told_again(a, b, &found),
        };
        return if verdict.rule == "copied_block" { Read::Block(link) } else { Read::Derived(link) };
    }
    if matches!(verdict.rule, "other_day" | "other_weekday" | "conflicting_numbers") { Read::Other } else { Read::Open }
}

/// Where in both texts the one story stands: by sentences that agree and by copied runs. A page of two stories tells each of them in
/// one place, so that it is tied to one of them only.
fn told_again(a: &Ready, b: &Ready, found: &Match) -> Tie {
    /// Words of a run that is no formula.
    const RUN: usize = 5;
    /// Share of both texts from which they are one story throughout.
    const THROUGHOUT: f64 = 0.5;
    let sentences = found.features.sentences.iter().filter(|s| s.is_telling()).map(|s| (a.sentence(s.a), b.sentence(s.b)));
    let runs = found.features.tiling.tiles.iter().filter(|t| t.length >= RUN);
    let runs = runs.map(|t| ((t.a as u32, (t.a + t.length) as u32), (t.b as u32, (t.b + t.length) as u32)));
    let mut stretches: [Vec<(u32, u32)>; 2] = Default::default();
    for (of_a, of_b) in sentences.chain(runs) {
        stretches[0].push(of_a);
        stretches[1].push(of_b);
    }
    let reach = stretches.each_ref().map(|s| (s.iter().map(|r| r.0).min().unwrap_or(0), s.iter().map(|r| r.1).max().unwrap_or(0)));
    let sizes = [a.words(), b.words()];
    if stretches[0].is_empty() || sizes.contains(&0) {
        return Tie::Loose;
    }
    let words = stretches.map(covered);
    let share = |side: usize| f64::from(reach[side].1 - reach[side].0) / f64::from(sizes[side]);
    let kinship = if share(0).min(share(1)) >= THROUGHOUT { Kinship::Rewrite } else { Kinship::Contained };
    Tie::Copied(CopiedLink { later: 0, earlier: 1, kinship, words, sizes, reach })
}

/// Words in at least one of the stretches.
fn covered(mut stretches: Vec<(u32, u32)>) -> u32 {
    stretches.sort_unstable();
    let mut end = 0;
    let more = stretches.into_iter().map(|(from, to)| {
        let new = to.saturating_sub(from.max(end));
        end = end.max(to);
        new
    });
    more.sum()
}
