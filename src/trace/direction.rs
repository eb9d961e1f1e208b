//! What two texts of one cluster say about which came first.

use super::edge::{EdgeEvidence, EdgeEvidenceKind, Member};
use super::figures::{Changed, changed_figures};
use super::learnt::Learnt;
use super::quote_limits::{cut_quotes, told_indirectly};
use super::wire::{Nearness, agency, update_number};
use crate::extract::BlockKind;
use crate::facts::DateExpr;
use crate::verify::Features;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What speaks for the edge from one text to another: how much of the copy the source supports, and the direction.
#[derive(Clone, Debug, Default)]
pub(super) struct Leaning {
    /// How well `from` explains `to`, in log-odds.
    pub(super) support: f64,
    /// Sum of the direction evidence, in log-odds; the reverse edge has its negative.
    pub(super) direction: f64,
    /// The direction evidence.
    pub(super) evidence: Vec<EdgeEvidence>,
}

impl Leaning {
    /// Adds direction evidence.
    pub(super) fn add(&mut self, evidence: Option<EdgeEvidence>) {
        self.direction += evidence.as_ref().map_or(0.0, |e| e.weight);
        self.evidence.extend(evidence);
    }
}

/// A member with what weighing it against others needs more than once.
pub(super) struct Weighed<'m, 't> {
    pub(super) member: &'m Member<'t>,
    pub(super) nearness: Nearness,
    numbers: BTreeSet<String>,
    names: BTreeSet<&'m str>,
    clocks: usize,
    headings: usize,
    update: u32,
}

impl<'m, 't> Weighed<'m, 't> {
    pub(super) fn new(member: &'m Member<'t>) -> Self {
        Self {
            member,
            nearness: Nearness::of(member),
            numbers: member.facts.numbers.iter().map(|n| format!("{} {}", n.value, n.unit.as_deref().unwrap_or(""))).collect(),
            names: member.facts.names.iter().filter_map(|n| n.words.last().map(String::as_str)).collect(),
            clocks: member.facts.dates.iter().filter(|d| matches!(d.expr, DateExpr::Clock(_))).count(),
            headings: member.article.blocks.iter().filter(|b| b.kind == BlockKind::Heading).count(),
            update: update_number(member),
        }
    }

    /// Names and numbers that `other` lacks.
    fn missing_in(&self, other: &Self) -> usize {
        self.numbers.difference(&other.numbers).count() + self.names.difference(&other.names).count()
    }
}

/// What the collection adds to a pair.
pub(super) struct Context<'c> {
    /// What its other lineages tell.
    pub(super) learnt: &'c Learnt,
    /// Kinds of evidence that are not to be used.
    pub(super) left_out: &'c [EdgeEvidenceKind],
}

/// Weighs the edge `u -> v`. `features` are those of the pair, `turned` when `v` is the first of it.
pub(super) fn weigh(u: &Weighed<'_, '_>, v: &Weighed<'_, '_>, features: &Features, turned: bool, context: &Context<'_>) -> Leaning {
    let mut out = Leaning::default();
    // Each term is found for whichever of the two it makes the source, and turned where that is `v`.
    let mut say = |kind: EdgeEvidenceKind, weight: f64, text: &dyn Fn(&str, &str) -> String| {
        if weight != 0.0 && !context.left_out.contains(&kind) {
            let (early, late) = if weight > 0.0 { (u, v) } else { (v, u) };
            out.direction += weight;
            out.evidence.push(EdgeEvidence { kind, weight, text: text(early.member.id, late.member.id) });
        }
    };
    let changed = changed_figures(u.member, v.member, features, turned, &context.learnt.elsewhere);
    credits(u, v, &mut say);
    let (cut, cut_back) = (cut_quotes(u.member, v.member), cut_quotes(v.member, u.member));
    say(EdgeEvidenceKind::QuoteLimits, (1.5 * (cut as f64 - cut_back as f64)).clamp(-3.0, 3.0), &|early, late| {
        format!("{} quotations of {early} are cut shorter in {late}", cut.max(cut_back))
    });
    let told = told_indirectly(u.member, v.member, features, turned) as f64;
    let told_back = told_indirectly(v.member, u.member, features, !turned) as f64;
    say(EdgeEvidenceKind::QuoteLimits, (1.2 * (told - told_back)).clamp(-3.0, 3.0), &|early, late| {
        format!("{} sentences that {early} quotes are told indirectly in {late}", told.max(told_back))
    });
    unsupported(u, v, &changed, &mut say);
    specificity(u, v, &changed, &mut say);
    versions(u, v, features, &changed, &mut say);
    stamps(u.member, v.member, context.learnt.stamp_weight(), &mut say);

    // The same for both directions: which of the two is contained in the other restates their lengths.
    let covered = features.covered[0].max(features.covered[1]);
    out.support = 3.0 * covered + 2.0 * features.sentence_share() - 0.4 * (features.conflicts as f64).min(5.0);
    out
}

type Say<'s> = dyn FnMut(EdgeEvidenceKind, f64, &dyn Fn(&str, &str) -> String) + 's;

fn credits(u: &Weighed<'_, '_>, v: &Weighed<'_, '_>, say: &mut Say<'_>) {
    let near = u.nearness.max(v.nearness);
    let name = agency(if u.nearness >= v.nearness { u.member } else { v.member }).unwrap_or("an agency").to_owned();
    let other = u.nearness.min(v.nearness);
    say(EdgeEvidenceKind::Credit, u.nearness.weight() - v.nearness.weight(), &|early, late| match (near, other) {
        (Nearness::Bare | Nearness::BareByline, _) => format!("{early} is agency copy without a page around it"),
        (_, Nearness::Uncredited) => format!("{early} credits {name}; on {late} no text credit was found"),
        _ => format!("{early} still has the dateline of {name}, {late} has none"),
    });
}

/// Names and figures of one text that the other lacks, headings of its own, and figures in which only it differs.
fn unsupported(u: &Weighed<'_, '_>, v: &Weighed<'_, '_>, changed: &[Changed], say: &mut Say<'_>) {
    let (extra_u, extra_v) = (u.missing_in(v), v.missing_in(u));
    let ratio = ((extra_u as f64 + 1.0) / (extra_v as f64 + 1.0)).ln().clamp(-2.0, 2.0) * 0.7;
    if ratio.abs() >= 0.1 {
        let (few, many) = (extra_u.min(extra_v), extra_u.max(extra_v));
        say(EdgeEvidenceKind::Unsupported, ratio, &|early, late| {
            format!("{few} names and numbers of {late} are not in {early}, {many} the other way")
        });
    }
    let bare = |w: &Weighed<'_, '_>| w.nearness.is_wire();
    if u.headings.abs_diff(v.headings) >= 2 && u.headings.min(v.headings) == 0 && !(bare(u) && bare(v)) {
        say(EdgeEvidenceKind::Unsupported, if v.headings > 0 { 0.5 } else { -0.5 }, &|early, late| {
            format!("{late} has headings inside its text, {early} has none")
        });
    }
    let slips = changed.iter().map(|c| c.slip).sum::<i32>();
    say(EdgeEvidenceKind::Unsupported, 0.8 * f64::from(slips.clamp(-3, 3)), &|early, late| {
        format!("in {} figures {early} agrees with other lineages and {late} stands alone", slips.abs())
    });
}

/// Times of day and exact figures lost.
fn specificity(u: &Weighed<'_, '_>, v: &Weighed<'_, '_>, changed: &[Changed], say: &mut Say<'_>) {
    if u.clocks != v.clocks && u.clocks.min(v.clocks) == 0 {
        say(EdgeEvidenceKind::Specificity, if u.clocks > 0 { 0.4 } else { -0.4 }, &|early, late| {
            format!("{early} gives times of day, {late} gives none")
        });
    }
    let vaguer = changed.iter().map(|c| c.vaguer).sum::<i32>();
    say(EdgeEvidenceKind::Specificity, 0.8 * f64::from(vaguer.clamp(-3, 3)), &|early, late| {
        format!("{} exact figures of {early} are vague in {late}", vaguer.abs())
    });
}

/// Updates of an agency's own story: versions of it.
fn versions(u: &Weighed<'_, '_>, v: &Weighed<'_, '_>, features: &Features, changed: &[Changed], say: &mut Say<'_>) {
    if u.update != v.update {
        let weight = if u.update < v.update { 2.5 } else { -2.5 };
        say(EdgeEvidenceKind::Date, weight, &|early, late| {
            format!("the headline of {late} calls it an update, that of {early} an earlier one or none")
        });
    }
    let both = u.nearness.is_wire() && v.nearness.is_wire();
    let growth = changed.iter().map(|c| c.growth).sum::<i32>();
    if both && growth.abs() >= 2 && features.covered[0].min(features.covered[1]) >= 0.5 {
        say(EdgeEvidenceKind::Date, 0.6 * f64::from(growth.clamp(-4, 4)), &|early, late| {
            format!("{} figures of {early} have grown in {late}: an update", growth.abs())
        });
    }
}

/// Page dates that the texts do not contradict: the further apart, the less a late stamp explains.
fn stamps(u: &Member<'_>, v: &Member<'_>, weight: f64, say: &mut Say<'_>) {
    let (Some(x), Some(y)) = (u.trusted_page_date(), v.trusted_page_date()) else { return };
    let apart = days(x, y);
    let size = weight
        * match apart.abs() {
            0 => return,
            1 => 0.6,
            2 | 3 => 0.8,
            _ => 1.0,
        };
    let (first, last) = (x.min(y), x.max(y));
    say(EdgeEvidenceKind::Date, size.copysign(f64::from(apart)), &|early, late| format!("{early} is stamped {first}, {late} {last}"));
}

fn days(from: Date, to: Date) -> i32 {
    to.since(from).map_or(0, |s| s.get_days())
}
