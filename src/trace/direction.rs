//! What two texts of one cluster say about which came first, and how well the one explains the other.

use super::edge::{EdgeEvidence, EdgeEvidenceKind, Member};
use super::figures::{Changed, changed_figures};
use super::learnt::Learnt;
use super::quote_limits::{cut_quotes, told_indirectly};
use super::said::Said;
use super::tally::{Gap, Held, Holdings, Thing, sentences};
use super::weights::{
    ALIGNED, CLOCKS_ADDED, COPIED, CREDIT_GAINED, CREDIT_KEPT, CREDIT_LOST, CREDIT_NEARER, EARLIER_VERSION, EXACT_AGAIN, FIGURE_SHRUNK,
    FROM_WIRE, HEADINGS_GONE, LEAST_TOLD, MOST_FIGURES, MOST_QUOTES, NAMES, NUMBERS, QUOTED_AGAIN, QUOTES, SAME_HEADLINE, SENTENCES,
    SLIP_UNDONE, TURN, WIDENED, WORDINGS, days_later,
};
use super::wire::{Nearness, headline, update_number};
use crate::extract::BlockKind;
use crate::facts::DateExpr;
use crate::verify::Match;
use jiff::civil::Date;

/// A member with what weighing it against others needs more than once.
pub(super) struct Weighed<'t> {
    pub(super) member: Member<'t>,
    pub(super) nearness: Nearness,
    pub(super) headline: String,
    holdings: Holdings,
    clocks: usize,
    headings: usize,
    update: u32,
}

impl<'t> Weighed<'t> {
    pub(super) fn new(member: Member<'t>, holdings: Holdings) -> Self {
        Self {
            nearness: Nearness::of(&member),
            headline: headline(&member),
            holdings,
            clocks: member.facts.dates.iter().filter(|d| matches!(d.expr, DateExpr::Clock(_))).count(),
            headings: member.article.blocks.iter().filter(|b| b.kind == BlockKind::Heading).count(),
            update: update_number(&member),
            member,
        }
    }
}

/// One reason: log-likelihoods of the copy given the source, for the first member as the source and for the second.
struct Term {
    /// `None` for what is no evidence to show: it tells near from far, not first from second.
    kind: Option<EdgeEvidenceKind>,
    ways: [f64; 2],
    said: Said,
}

/// What a pair of members says.
pub(super) struct Pair {
    /// Probability that the two are of one text.
    pub(super) probability: f64,
    terms: Vec<Term>,
    /// Figures that differ in sentences that say the same: what other lineages have of them tells who slipped.
    slips: Vec<(u64, u64)>,
    /// Page dates of the two members that their texts do not contradict.
    pub(super) stamps: Option<(Date, Date)>,
}

/// What the collection adds to a pair.
#[derive(Clone, Copy)]
pub(super) struct Context<'c> {
    /// What its other lineages tell.
    pub(super) learnt: &'c Learnt,
    /// Kinds of evidence that are not to be used.
    pub(super) left_out: &'c [EdgeEvidenceKind],
}

/// What the terms of a pair come to for one of its two ways.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Leaning {
    /// Log-likelihood of the edge.
    pub(super) score: f64,
    /// How much more it is than that of the reverse edge.
    pub(super) direction: f64,
}

impl Leaning {
    /// The better of the two ways: how near the texts are, whichever came first.
    pub(super) fn nearest(self) -> f64 {
        self.score - self.direction.min(0.0)
    }
}

impl Pair {
    pub(super) fn new((at_u, u): (usize, &Weighed<'_>), (at_v, v): (usize, &Weighed<'_>), found: &Match, held: &Held) -> Self {
        let features = &found.features;
        let changed = changed_figures(&u.member, &v.member, features);
        let mut out = Self {
            probability: found.verdict.probability,
            terms: Vec::new(),
            slips: changed.iter().filter_map(|c| c.keys).collect(),
            stamps: u.member.trusted_page_date().zip(v.member.trusted_page_date()),
        };
        out.credits(u, v);
        let cut = [cut_quotes(&u.member, &v.member), cut_quotes(&v.member, &u.member)];
        out.limits(cut, WIDENED, Said::Cut(cut[0].max(cut[1])));
        let told = [told_indirectly(&u.member, &v.member, features, false), told_indirectly(&v.member, &u.member, features, true)];
        out.limits(told, QUOTED_AGAIN, Said::Indirect(told[0].max(told[1])));
        let both = u.nearness.is_wire() && v.nearness.is_wire() && features.covered[0].min(features.covered[1]) >= 0.5;
        let growth = Some(changed.iter().map(|c| c.growth).sum::<i32>()).filter(|g| both && g.abs() >= 2).unwrap_or(0);
        out.gaps((at_u, u), (at_v, v), found, held);
        if growth != 0 || both && u.update != v.update {
            out.balance();
        }
        out.headings(u, v);
        out.specificity(u, v, &changed);
        out.versions(u, v, growth);
        let near = COPIED * features.covered[0].max(features.covered[1]) + ALIGNED * features.sentence_share();
        out.say(None, [near; 2], Said::Nothing);
        if !u.headline.is_empty() && u.headline == v.headline {
            out.say(None, [SAME_HEADLINE; 2], Said::Nothing);
        }
        out
    }

    fn say(&mut self, kind: impl Into<Option<EdgeEvidenceKind>>, ways: [f64; 2], said: Said) {
        if ways != [0.0; 2] {
            self.terms.push(Term { kind: kind.into(), ways, said });
        }
    }

    /// What makes the first member the source where `for_first`, else the second: it costs the other way, and proves nothing near.
    fn lean(&mut self, kind: EdgeEvidenceKind, for_first: bool, price: f64, said: Said) {
        self.say(kind, if for_first { [0.0, price] } else { [price, 0.0] }, said);
    }

    fn credits(&mut self, u: &Weighed<'_>, v: &Weighed<'_>) {
        let way = |from: Nearness, to: Nearness| match (from > Nearness::Uncredited, to > Nearness::Uncredited) {
            (false, false) => 0.0,
            (true, false) => CREDIT_LOST,
            (false, true) => CREDIT_GAINED,
            (true, true) if from >= to => CREDIT_KEPT,
            (true, true) => CREDIT_NEARER,
        };
        let from = |w: Nearness| if w.is_wire() { FROM_WIRE } else { 0.0 };
        let ways = [way(u.nearness, v.nearness) + from(u.nearness), way(v.nearness, u.nearness) + from(v.nearness)];
        self.say(EdgeEvidenceKind::Credit, ways, Said::Credit);
    }

    /// `gone[0]` quotations of the first are cut or gone in the second, `gone[1]` the other way: what is gone does not come back.
    fn limits(&mut self, gone: [usize; 2], price: f64, said: Said) {
        let net = gone[0].abs_diff(gone[1]).min(MOST_QUOTES);
        self.lean(EdgeEvidenceKind::QuoteLimits, gone[0] > gone[1], price * net as f64, said);
    }

    /// What the one has and the other lacks; what other members have too was inherited from one of them.
    fn gaps(&mut self, (at_u, u): (usize, &Weighed<'_>), (at_v, v): (usize, &Weighed<'_>), found: &Match, held: &Held) {
        let of = |thing: Thing| [(u, v), (v, u)].map(|(from, to)| Gap::of(thing, (&from.holdings, &to.holdings), held));
        let (numbers, names, wordings, quotes) = (of(Thing::Numbers), of(Thing::Names), of(Thing::Wordings), of(Thing::Quotes));
        let (told, turns) = sentences((at_u, at_v), &found.features, false, held);
        let (back, turns_back) = sentences((at_v, at_u), &found.features, true, held);
        let told = [told, back];
        let ways = [0, 1].map(|w| NUMBERS.alone(numbers[w]) + NAMES.alone(names[w]));
        let added = [0, 1].map(|w| numbers[w].added() + names[w].added());
        self.say(EdgeEvidenceKind::Unsupported, ways, Said::Facts(added));
        self.say(EdgeEvidenceKind::Unsupported, told.map(|g| SENTENCES.alone(g)), Said::Sentences(told.map(Gap::added)));
        let all =
            [0, 1].map(|w| [(NUMBERS, numbers[w]), (NAMES, names[w]), (SENTENCES, told[w]), (WORDINGS, wordings[w]), (QUOTES, quotes[w])]);
        let ways = all.map(|of| of.iter().map(|(price, gap)| price.shared(*gap)).sum());
        self.say(EdgeEvidenceKind::InheritedError, ways, Said::Readings(all.map(|of| of.iter().map(|(_, gap)| gap.elsewhere).sum())));
        self.say(None, [turns, turns_back].map(|t| TURN * t.min(MOST_QUOTES) as f64), Said::Nothing);
    }

    /// Versions of agency copy gain as much as they lose: what one has and the other lacks tells no direction.
    fn balance(&mut self) {
        let kinds = [Some(EdgeEvidenceKind::Unsupported), Some(EdgeEvidenceKind::InheritedError)];
        for term in self.terms.iter_mut().filter(|t| kinds.contains(&t.kind)) {
            term.ways = [term.ways[0].max(term.ways[1]); 2];
        }
    }

    fn headings(&mut self, u: &Weighed<'_>, v: &Weighed<'_>) {
        let bare = u.nearness.is_wire() && v.nearness.is_wire();
        if u.headings.abs_diff(v.headings) >= 2 && u.headings.min(v.headings) == 0 && !bare {
            self.lean(EdgeEvidenceKind::Unsupported, v.headings > 0, HEADINGS_GONE, Said::Headings);
        }
    }

    /// Times of day and exact figures lost.
    fn specificity(&mut self, u: &Weighed<'_>, v: &Weighed<'_>, changed: &[Changed]) {
        if u.clocks != v.clocks && u.clocks.min(v.clocks) == 0 {
            self.lean(EdgeEvidenceKind::Specificity, u.clocks > 0, CLOCKS_ADDED, Said::Clocks);
        }
        let vaguer = changed.iter().map(|c| c.vaguer).sum::<i32>();
        let price = EXACT_AGAIN * f64::from(vaguer.abs().min(MOST_FIGURES));
        self.lean(EdgeEvidenceKind::Specificity, vaguer > 0, price, Said::Vaguer(vaguer.unsigned_abs()));
    }

    /// Updates of an agency's own story: versions of it.
    fn versions(&mut self, u: &Weighed<'_>, v: &Weighed<'_>, growth: i32) {
        if u.update != v.update {
            self.lean(EdgeEvidenceKind::Date, u.update < v.update, EARLIER_VERSION, Said::Update);
        }
        if growth != 0 {
            let price = FIGURE_SHRUNK * f64::from(growth.abs().min(MOST_FIGURES));
            self.lean(EdgeEvidenceKind::Date, growth > 0, price, Said::Growth(growth.unsigned_abs()));
        }
    }

    /// The terms that the collection decides on.
    fn by_collection(&self, learnt: &Learnt) -> [Option<Term>; 2] {
        let slips = self.slips.iter().map(|&(x, y)| {
            let (in_x, in_y) = (learnt.elsewhere.others(x) > 0, learnt.elsewhere.others(y) > 0);
            i32::from(in_x && !in_y) - i32::from(in_y && !in_x)
        });
        let slips = slips.sum::<i32>();
        let price = SLIP_UNDONE * f64::from(slips.abs().min(MOST_FIGURES));
        let slipped = (slips != 0).then(|| Term {
            kind: Some(EdgeEvidenceKind::Unsupported),
            ways: if slips > 0 { [0.0, price] } else { [price, 0.0] },
            said: Said::Slips(slips.unsigned_abs()),
        });
        let stamped = self.stamps.map(|(x, y)| {
            let after = y.since(x).map_or(0, |s| s.get_days());
            let ways = [after, -after].map(|days| learnt.trust() * days_later(days));
            Term { kind: Some(EdgeEvidenceKind::Date), ways, said: Said::Stamps(x.min(y), x.max(y)) }
        });
        [slipped, stamped]
    }

    /// What it all comes to for the first member as the source, or for the second where `turned`.
    pub(super) fn leaning(&self, turned: bool, context: Context<'_>) -> Leaning {
        let (way, back) = (usize::from(turned), usize::from(!turned));
        let more = self.by_collection(context.learnt);
        let mut out = Leaning::default();
        for term in self.terms.iter().chain(more.iter().flatten()) {
            if term.kind.is_none_or(|k| !context.left_out.contains(&k)) {
                out.score += term.ways[way];
                out.direction += term.ways[way] - term.ways[back];
            }
        }
        out
    }

    /// The evidence for the direction, as a reader sees it: `u` is the source.
    pub(super) fn evidence(&self, turned: bool, (u, v): (&Weighed<'_>, &Weighed<'_>), context: Context<'_>) -> Vec<EdgeEvidence> {
        let (way, back) = (usize::from(turned), usize::from(!turned));
        let more = self.by_collection(context.learnt);
        let told = |term: &Term| {
            let weight = term.ways[way] - term.ways[back];
            let kind = term.kind.filter(|k| weight.abs() >= LEAST_TOLD && !context.left_out.contains(k))?;
            let (early, late) = if weight > 0.0 { (u, v) } else { (v, u) };
            // Counts are told of the text that they speak against.
            let text = term.said.text(early, late, turned == (weight > 0.0))?;
            Some(EdgeEvidence { kind, weight: (weight * 100.0).round() / 100.0, text })
        };
        self.terms.iter().chain(more.iter().flatten()).filter_map(told).collect()
    }
}
