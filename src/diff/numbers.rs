//! What became of each number.

use super::align::Alignment;
use super::gaps::Gaps;
use super::number_changes::{Sign, age};
use super::number_signs::{fate, period, same_years};
use super::rows::{Rows, Verdict};
use super::seat::{crossed, seat};
use super::values::{
    bucket, extent, is_duration, near_length, near_value, person, qualified, same_head, same_length, same_share, same_unit, same_value,
    weight,
};
use super::view::View;
use super::{FactKind, Mark};
use crate::facts::{Number, Qualifier};
use std::collections::BTreeMap;

/// Numbers of one text that are compared.
const MAX_NUMBERS: usize = 1_500;
/// Numbers of one value that are weighed against each other.
const MAX_SAME: usize = 40;
/// A count below this may be said without a figure.
const SMALL: f64 = 11.0;
/// Words around a number that make up its context.
pub(super) const CONTEXT: usize = 7;

/// Adds the rows of all numbers.
pub(super) fn numbers(base: &View<'_>, variant: &View<'_>, alignment: &Alignment, gaps: &Gaps, rows: &mut Rows) {
    let left = take(base);
    let right = take(variant);
    let mut state = State { base, variant, alignment, gaps, left, right, used_base: Vec::new(), used_variant: Vec::new() };
    state.used_base = vec![false; state.left.len()];
    state.used_variant = vec![false; state.right.len()];
    let equal = state.equal();
    let (swapped, kept) = state.swapped(equal);
    for &(b, v) in &swapped {
        state.push_changed(b, v, true, rows);
    }
    for &(b, v) in &kept {
        state.push_equal(b, v, rows);
    }
    for (b, v) in state.changed() {
        state.push_changed(b, v, true, rows);
    }
    // what the surer signs have taken no longer stands in the way of the others
    for sign in [Sign::Figures, Sign::Fate, Sign::Place] {
        for ((b, v), sure) in state.rewritten(sign) {
            state.push_changed(b, v, sure, rows);
        }
    }
    state.rest(&kept, rows);
}

fn take<'a>(view: &View<'a>) -> Vec<&'a Number> {
    view.text.facts.numbers.iter().filter(|n| n.sentence < view.sentences()).take(MAX_NUMBERS).collect()
}

/// Indexes of numbers of the base and the variant.
pub(super) type Pairs = Vec<(usize, usize)>;

pub(super) struct State<'v, 'a> {
    pub(super) base: &'v View<'a>,
    pub(super) variant: &'v View<'a>,
    pub(super) alignment: &'v Alignment,
    pub(super) gaps: &'v Gaps,
    pub(super) left: Vec<&'a Number>,
    pub(super) right: Vec<&'a Number>,
    pub(super) used_base: Vec<bool>,
    pub(super) used_variant: Vec<bool>,
}

impl State<'_, '_> {
    /// Pairs of equal values that count the same, best pairs first, each number used once.
    fn equal(&mut self) -> Vec<(usize, usize)> {
        let mut by_value: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        for (v, number) in self.right.iter().enumerate() {
            by_value.entry(bucket(number.value)).or_default().push(v);
        }
        let mut pairs = Vec::new();
        for (b, x) in self.left.iter().enumerate() {
            let near = bucket(x.value);
            let same = (near - 1..=near + 1).filter_map(|k| by_value.get(&k)).flatten().take(MAX_SAME);
            for &v in same {
                let y = self.right[v];
                if !same_value(x, y) {
                    continue;
                }
                let elided = !same_unit(x, y);
                if elided && !self.unit_told_before(x, y) || (age(x) || age(y)) && self.bearers(x, y) == Some(false) {
                    continue;
                }
                if former(self.variant, y) && !former(self.base, x) && self.renewed(v) {
                    continue;
                }
                let link = self.alignment.score(x.sentence, y.sentence);
                // what stands in the same place comes first: `five of them`, `four of them`
                if link == 0.0 && x.value < SMALL && self.left.iter().any(|z| !same_value(z, y) && same_unit(z, y) && self.same_place(z, y))
                {
                    continue;
                }
                let heads = same_head(x, y);
                let context = self.context(x, y, CONTEXT);
                let beside = elided || self.beside(b, v);
                let enough = match heads {
                    _ if beside => true,
                    Some(true) => link > 0.0 || weight(x) >= 1 || context >= 1.0 || self.once(x, y) || self.one_fate(x, y),
                    Some(false) => {
                        weight(x) >= 2
                            || x.value >= 100.0 && self.stated_once(x, y)
                            || link > 0.0 && (weight(x) >= 1 || context >= 2.0)
                            || weight(x) == 1 && context >= 2.0
                    }
                    None => {
                        link > 0.0 || weight(x) >= 2 || weight(x) == 1 && (context >= 1.0 || self.shared(x, y) >= 2) || self.one_fate(x, y)
                    }
                };
                if enough {
                    let score = 2.0 * link + if heads == Some(true) { 1.5 } else { 0.0 } + 0.3 * context;
                    pairs.push((score, b, v));
                }
            }
        }
        self.greedy(pairs)
    }

    /// Whether one is a bare figure in a list that named its unit once: `30.5 percent, the others 23 and 20.5`.
    fn unit_told_before(&self, x: &Number, y: &Number) -> bool {
        let (list, bare, full) = match (x.unit.as_deref(), y.unit.as_deref()) {
            (Some("percent"), None) => (&self.right, y, x),
            (None, Some("percent")) => (&self.left, x, y),
            _ => return false,
        };
        let named = list.iter().any(|n| n.unit == full.unit && n.span.start < bare.span.start && bare.sentence - n.sentence <= 1);
        let linked = |v: usize| self.alignment.score(x.sentence, v) > 0.0;
        bare.head.is_none() && named && (linked(y.sentence) || y.sentence > 0 && linked(y.sentence - 1))
    }

    /// Whether each text has this value once.
    fn stated_once(&self, x: &Number, y: &Number) -> bool {
        let once = |list: &[&Number], of: &Number| list.iter().filter(|n| same_value(n, of)).count() == 1;
        once(&self.left, x) && once(&self.right, y)
    }

    /// Whether each text gives this count of these things once and no other count of them: `three inmates`, `three prisoners`.
    fn once(&self, x: &Number, y: &Number) -> bool {
        let alone = |list: &[&Number], of: &Number| list.iter().filter(|n| same_unit(n, of) && same_head(n, of) == Some(true)).count() == 1;
        alone(&self.left, x) && alone(&self.right, y)
    }

    /// Whether the same happened to those counted: `four people still missing`, `looking for four more`.
    fn one_fate(&self, x: &Number, y: &Number) -> bool {
        let found = fate(self.base, x);
        found.is_some() && found == fate(self.variant, y) && same_years(self.base, x, self.variant, y)
    }

    /// Whether the figures right before or right behind both are equal too: `two of the seven`.
    fn beside(&self, b: usize, v: usize) -> bool {
        let equal = |(p, q): (&Number, &Number), (r, s): (&Number, &Number)| {
            same_value(p, r) && same_value(q, s) && same_unit(p, r) && same_unit(q, s) && !same_value(p, q)
        };
        let (left, right) = (&self.left, &self.right);
        let after = neighbours(left, self.base, b, b + 1).zip(neighbours(right, self.variant, v, v + 1));
        let before = b
            .checked_sub(1)
            .and_then(|i| neighbours(left, self.base, i, b))
            .zip(v.checked_sub(1).and_then(|i| neighbours(right, self.variant, i, v)));
        after.is_some_and(|(p, q)| equal(p, q)) || before.is_some_and(|(p, q)| equal(p, q))
    }

    /// Whether the figure before a former one is new: `rose to 14, from 11 in the morning` where the base has no 14.
    fn renewed(&self, v: usize) -> bool {
        let Some((now, y)) = v.checked_sub(1).and_then(|i| self.right.get(i)).zip(self.right.get(v)) else { return false };
        let new = !self.left.iter().any(|x| same_value(x, now) && same_unit(x, now));
        now.sentence == y.sentence && same_unit(now, y) && new
    }

    /// How many content words the sentences of two numbers share.
    pub(super) fn shared(&self, x: &Number, y: &Number) -> usize {
        let mut words: Vec<u32> = self.base.words_in(x.sentence).filter(|&i| self.base.content[i]).map(|i| self.base.ids[i]).collect();
        words.sort_unstable();
        words.dedup();
        words.retain(|&w| self.variant.words_in(y.sentence).any(|i| self.variant.content[i] && self.variant.ids[i] == w));
        words.len()
    }

    /// Takes pairs of equal values that stand in each other's seat out of `kept` and pairs them by their seats.
    fn swapped(&self, mut kept: Pairs) -> (Pairs, Pairs) {
        let mut out = Vec::new();
        let mut i = 0;
        while let Some(&(b, v)) = kept.get(i) {
            let (x, y) = (self.left[b], self.right[v]);
            let other = kept.iter().skip(i + 1).take(8).position(|&(c, w)| {
                let (p, q) = (self.left[c], self.right[w]);
                let together = x.sentence == p.sentence && y.sentence == q.sentence && x.unit == p.unit && !same_value(x, p);
                let heads = same_head(x, y) == Some(true) && !y.noun.is_empty() && same_head(x, p) == Some(false);
                together
                    && !heads
                    && (y.span.start < q.span.start) != (x.span.start < p.span.start)
                    && crossed(
                        self.base,
                        [(x.span, x.sentence), (p.span, p.sentence)],
                        self.variant,
                        [(y.span, y.sentence), (q.span, q.sentence)],
                    )
            });
            match other {
                Some(k) => {
                    let (c, w) = kept.remove(i + 1 + k);
                    kept.remove(i);
                    out.extend([(b, w), (c, v)]);
                }
                None => i += 1,
            }
        }
        (out, kept)
    }

    /// How well the words beside two numbers agree.
    pub(super) fn seat(&self, x: &Number, y: &Number) -> usize {
        seat(self.base, (x.span, x.sentence), self.variant, (y.span, y.sentence))
    }

    pub(super) fn greedy(&mut self, mut pairs: Vec<(f64, usize, usize)>) -> Vec<(usize, usize)> {
        pairs.sort_by(|p, q| q.0.total_cmp(&p.0).then((p.1, p.2).cmp(&(q.1, q.2))));
        let mut out = Vec::new();
        for (_, b, v) in pairs {
            if !self.used_base[b] && !self.used_variant[v] {
                self.used_base[b] = true;
                self.used_variant[v] = true;
                out.push((b, v));
            }
        }
        out.sort_unstable();
        out
    }

    /// How many content words the surroundings of two numbers share.
    pub(super) fn context(&self, x: &Number, y: &Number, reach: usize) -> f64 {
        let a = around(self.base, x, reach);
        let b = around(self.variant, y, reach);
        a.iter().filter(|w| b.binary_search(w).is_ok()).count() as f64
    }

    fn push_equal(&self, b: usize, v: usize, rows: &mut Rows) {
        let (x, y) = (self.left[b], self.right[v]);
        let link = self.alignment.score(x.sentence, y.sentence);
        let degree = x.qualifier != y.qualifier && x.qualifier != Qualifier::Exact && y.qualifier != Qualifier::Exact;
        let rates = period(self.base, x).zip(period(self.variant, y)).filter(|(p, q)| p.0 != q.0 && link > 0.0);
        let rated = rates.is_some();
        let heads = (person(x), person(y));
        let other = same_head(x, y) == Some(false) && (link > 0.0 || x.value >= 100.0);
        let verdict = match heads {
            _ if degree => Verdict::sure(Mark::Altered, "degree", 0.75),
            _ if rated => Verdict::sure(Mark::Altered, "unit", 0.75),
            // `212 people` may be prisoners; `212 nurses` says more than the base
            (Some(p), Some(q)) if other && p != q && q != "anybody" && !listed(self.variant, y) => {
                Verdict::sure(Mark::Altered, "counted_head", 0.7)
            }
            _ => Verdict::sure(Mark::Kept, "number", if link > 0.0 { 0.95 } else { 0.8 }),
        };
        let wide = verdict.mark == Mark::Altered;
        let (mut left, mut right) = (extent(x, wide), extent(y, wide));
        if let Some(((_, p), (_, q))) = rates {
            (left, right) = (left.join(self.base.span(p)), right.join(self.variant.span(q)));
        }
        if degree {
            (left, right) = (qualified(self.base, x, left), qualified(self.variant, y, right));
        }
        rows.both(FactKind::Number, &verdict, (self.base, left, x.sentence), (self.variant, right, y.sentence));
        self.modifiers(x, y, rows);
    }

    /// Words that the variant puts between a number and its noun are a fact of their own.
    fn modifiers(&self, x: &Number, y: &Number, rows: &mut Rows) {
        if y.noun.is_empty() || y.modifiers.is_empty() || same_head(x, y) != Some(true) {
            return;
        }
        let known: Vec<&str> = self.base.words_in(x.sentence).map(|at| self.base.canon[at]).collect();
        let words: Vec<usize> = self.variant.words_of(y.noun).take(y.modifiers.len()).collect();
        let new: Vec<usize> = words.into_iter().filter(|&at| !known.contains(&self.variant.canon[at])).collect();
        let (Some(&first), Some(&last)) = (new.first(), new.last()) else { return };
        let named = new.iter().any(|&at| self.variant.text.article.words[at].is_capitalized(self.variant.text.text));
        let verdict = Verdict { mark: Mark::Added, subtype: "detail", confidence: if named { 0.85 } else { 0.5 }, check: !named };
        let span = self.variant.span(first).join(self.variant.span(last));
        rows.added(FactKind::Claim, &verdict, (self.variant, span, y.sentence));
    }

    fn push_changed(&self, b: usize, v: usize, sure: bool, rows: &mut Rows) {
        let (x, y) = (self.left[b], self.right[v]);
        let subtype = match (near_value(x, y), y.qualifier) {
            (true, Qualifier::Exact) => "number_rounded",
            (true, _) => "number_vaguer",
            _ => "number",
        };
        if same_share(x, y) {
            let verdict = Verdict::sure(Mark::Reworded, "number_computed", 0.8);
            rows.both(FactKind::Number, &verdict, (self.base, x.span, x.sentence), (self.variant, y.span, y.sentence));
            return;
        }
        let verdict = Verdict { mark: Mark::Altered, subtype, confidence: if sure { 0.85 } else { 0.5 }, check: !sure };
        let (left, mut right) = (extent(x, true), extent(y, true));
        if subtype == "number_vaguer" {
            right = qualified(self.variant, y, right);
        }
        rows.both(FactKind::Number, &verdict, (self.base, left, x.sentence), (self.variant, right, y.sentence));
    }

    /// Numbers without a counterpart.
    fn rest(&self, kept: &[(usize, usize)], rows: &mut Rows) {
        let mut used = self.used_variant.clone();
        for (x, _) in self.left.iter().zip(&self.used_base).filter(|(_, used)| !**used) {
            // stated twice in the base, once in the variant
            let repeat = kept.iter().any(|&(other, _)| {
                let o = self.left[other];
                same_value(o, x) && same_unit(o, x) && same_head(o, x) != Some(false) && (x.value >= 11.0 || o.head == x.head)
            });
            if repeat {
                continue;
            }
            if let Some((v, sure)) = self.computed(x) {
                let y = self.right[v];
                used[v] = true;
                let verdict =
                    Verdict { mark: Mark::Reworded, subtype: "number_computed", confidence: if sure { 0.6 } else { 0.4 }, check: !sure };
                rows.both(FactKind::Number, &verdict, (self.base, x.span, x.sentence), (self.variant, y.span, y.sentence));
                continue;
            }
            let firm = self.surely_gone(x);
            let verdict = Verdict { mark: Mark::Dropped, subtype: "number", confidence: if firm { 0.8 } else { 0.4 }, check: !firm };
            rows.dropped(FactKind::Number, &verdict, (self.base, extent(x, true), x.sentence));
        }
        for (y, _) in self.right.iter().zip(&used).filter(|(_, used)| !**used) {
            let repeat = kept.iter().any(|&(_, other)| same_value(self.right[other], y) && same_unit(self.right[other], y));
            if repeat || self.left.iter().any(|x| same_value(x, y) && same_unit(x, y) && x.value >= 11.0) {
                continue;
            }
            let firm =
                (y.value >= 13.0 || y.unit.as_deref().is_some_and(|u| u != "share" && u != "ordinal" && u != "point")) && !is_duration(y);
            // it may be another value of what the base states, in a sentence of other words
            let altered = self.left.iter().zip(&self.used_base).any(|(x, used)| !*used && self.could_be(x, y));
            // the row of an invented quotation says what is in it
            let spoken = self.variant.words_of(y.span).any(|at| self.variant.quoted[at]);
            let firm = firm && !altered && !spoken;
            let verdict = Verdict { mark: Mark::Added, subtype: "number", confidence: if firm { 0.75 } else { 0.4 }, check: !firm };
            rows.added(FactKind::Number, &verdict, (self.variant, extent(y, true), y.sentence));
        }
    }

    /// Whether a figure without a counterpart can only have been left out. What somebody said has the row of its quotation; a small
    /// count in words or a share may be told without a figure (`a pair of bridges`, `a man short`), and a length of time by another
    /// one, unless the variant has the sentence itself.
    fn surely_gone(&self, x: &Number) -> bool {
        if self.base.words_of(x.span).any(|at| self.base.quoted[at]) {
            return false;
        }
        let own = self.gaps.reads_base(x.sentence);
        let digits = self.base.words_of(x.span).any(|at| self.base.text.article.words[at].is_number());
        let small = x.unit.is_none() && x.value < SMALL && !digits || x.unit.as_deref() == Some("share") || x.vague;
        let time = self.right.iter().zip(&self.used_variant).any(|(y, used)| !*used && near_length(x, y));
        own || !small && !time
    }

    /// A left-over figure of the variant that follows from `x`, and whether that is sure: the rest of a share (one in eight ran, seven
    /// of eight did not), or a length of time in months for days and weeks.
    fn computed(&self, x: &Number) -> Option<(usize, bool)> {
        let share = x.unit.as_deref() == Some("share");
        let fits = |n: &&&Number| same_length(x, n);
        let lone = self.right.iter().filter(fits).count() == 1;
        (0..self.right.len()).filter(|&v| !self.used_variant[v]).find_map(|v| {
            let y = self.right[v];
            if share {
                return (y.unit == x.unit && (x.value + y.value - 1.0).abs() < 0.005).then_some((v, false));
            }
            same_length(x, y).then(|| (v, lone || self.alignment.score(x.sentence, y.sentence) > 0.0 || self.context(x, y, CONTEXT) >= 1.0))
        })
    }
}

/// Whether a figure is what another one was before: `up from 11`, `14, from 11 in the morning`.
fn former(view: &View<'_>, n: &Number) -> bool {
    let at = view.words_of(n.span).start;
    at > view.words_in(n.sentence).start && view.norm(at - 1) == "from"
}

/// Two figures of one sentence that follow each other closely.
fn neighbours<'n>(list: &[&'n Number], view: &View<'_>, i: usize, j: usize) -> Option<(&'n Number, &'n Number)> {
    let (p, q) = (*list.get(i)?, *list.get(j)?);
    let near = p.sentence == q.sentence && view.words_of(q.span).start <= view.words_of(p.span).end + 3;
    near.then_some((p, q))
}

/// `18,640 children and adults`: two nouns joined.
fn listed(view: &View<'_>, n: &Number) -> bool {
    let end = view.words_of(n.noun).end;
    view.norm(end) == "and"
}

fn around(view: &View<'_>, n: &Number, reach: usize) -> Vec<u32> {
    let at = view.words_of(n.span);
    let home = view.words_in(n.sentence);
    let mut out: Vec<u32> = (home.start.max(at.start.saturating_sub(reach))..home.end.min(at.end + reach))
        .filter(|i| !at.contains(i) && view.content[*i])
        .map(|i| view.ids[i])
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}
