//! Left-over numbers of two texts that state another value of the same thing.

use super::lcs::lcs;
use super::number_signs::{bearer, comparable, exchanged, fate, same_bearer, same_years};
use super::numbers::{CONTEXT, Pairs, State};
use super::values::{money, near_value, same_head, same_share, same_unit, same_value, weight};
use super::view::View;
use crate::facts::{Number, Qualifier};

/// Words around a number that say closely what it counts.
const NEAR: usize = 4;
/// Left-over counts that differ by less may be one, whatever they are said to count.
const ALMOST: f64 = 1.25;
/// Left-over numbers of one text that are weighed for a change.
const MAX_LEFT: usize = 150;

/// What may speak for two left-over figures being one record, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// The figures themselves: the same digits, the same figure in another unit, a vaguer statement.
    Figures,
    /// What happened to those counted.
    Fate,
    /// Linked sentences that share words near the figures.
    Place,
}

impl State<'_, '_> {
    /// Pairs of left-over numbers that state another value of the same thing.
    pub(super) fn changed(&mut self) -> Pairs {
        let mut pairs = Vec::new();
        for (b, x) in self.left.iter().enumerate().filter(|&(b, _)| !self.used_base[b]).take(MAX_LEFT) {
            for (v, y) in self.right.iter().enumerate().filter(|&(v, _)| !self.used_variant[v]).take(MAX_LEFT) {
                let link = self.alignment.score(x.sentence, y.sentence);
                if let Some(score) = self.change(x, y, link) {
                    pairs.push((score, b, v));
                }
            }
        }
        self.greedy(pairs)
    }

    /// How surely `y` is another value of what `x` counts; `None` if it is not.
    fn change(&self, x: &Number, y: &Number, link: f64) -> Option<f64> {
        if same_share(x, y) && (link > 0.0 || x.qualifier != Qualifier::Exact || self.context(x, y, CONTEXT) >= 2.0) {
            return Some(3.5 + link);
        }
        if near_value(x, y)
            && (weight(x) == 2 && (x.value - y.value).abs() < 0.01 * x.value
                || link > 0.0
                || self.context(x, y, CONTEXT) >= if weight(x) == 2 { 1.0 } else { 2.0 })
        {
            return Some(3.0 + link);
        }
        // the words on both sides are the same: another scale, currency or fraction
        let seated = link >= 0.25 && !x.vague && !y.vague && self.seat(x, y) >= 3;
        if seated
            && (money(x) && money(y) || x.unit == y.unit && x.unit.as_deref() == Some("share"))
            && !(same_value(x, y) && same_unit(x, y))
        {
            return Some(3.0 + link);
        }
        if !same_unit(x, y) || x.vague || y.vague || x.unit.as_deref() == Some("share") {
            return None;
        }
        // a value that the other text still has to give to somebody was not changed but moved
        let free = |list: &[&Number], used: &[bool], n: &Number| {
            list.iter().zip(used).any(|(m, used)| !used && same_value(m, n) && same_unit(m, n) && same_head(m, n) == Some(true))
        };
        if free(&self.right, &self.used_variant, x) || free(&self.left, &self.used_base, y) {
            return None;
        }
        // all words around the place where both stand are the same
        if self.same_place(x, y) {
            return Some(2.0 + link);
        }
        // one end of a range is the same, the other is not
        if let (Some(a), Some(b)) = (x.upper, y.upper)
            && x.unit.is_some()
            && (x.value == y.value) != (a == b)
        {
            return Some(2.5 + link);
        }
        // two places in a race are of two people unless the sentences are one
        if x.unit.as_deref() == Some("ordinal") && x.head.is_none() && y.head.is_none() {
            return None;
        }
        if age(x) && age(y) {
            match self.bearers(x, y) {
                Some(true) => return Some(4.0 + link),
                Some(false) => return None,
                None => {}
            }
        }
        let heads = same_head(x, y);
        let slot = link > 0.0 && self.same_slot(x, y);
        let context = self.context(x, y, NEAR);
        let unit = x.unit.is_some();
        let alone = link > 0.0 && self.alone(x, y);
        let ratio = x.value.max(y.value) / x.value.min(y.value).max(1e-9);
        if ratio > 4.0 && heads != Some(true) {
            return None;
        }
        let wide = self.context(x, y, CONTEXT);
        let sure = match heads {
            Some(true) => link >= 0.25 && (slot || alone) || context >= 2.0,
            Some(false) => slot && context >= 2.0 && unit,
            None => {
                slot && context >= 1.0
                    || unit && alone && (link >= 0.2 || context >= 1.0)
                    || unit && wide >= 2.0 && (link > 0.0 || ratio < 1.5)
                    || alone && link >= 0.2 && (context >= 1.0 || ratio < 1.5)
            }
        };
        sure.then(|| 2.0 * link + context * 1.5 + wide * 0.2 + if heads == Some(true) { 1.0 } else { 0.0 } + if slot { 1.5 } else { 0.0 })
    }

    /// Whether the two numbers stand in one gap between words that both sentences have.
    pub(super) fn same_place(&self, x: &Number, y: &Number) -> bool {
        let (at, other) = (self.base.words_of(x.span).start, self.variant.words_of(y.span).start);
        self.gaps.holding((x.sentence, at), (y.sentence, other)).is_some()
    }

    /// Whether both numbers are the only left-over ones of their unit in their sentences.
    fn alone(&self, x: &Number, y: &Number) -> bool {
        let left =
            self.left.iter().zip(&self.used_base).filter(|(n, used)| !**used && n.sentence == x.sentence && n.unit == x.unit).count();
        let right =
            self.right.iter().zip(&self.used_variant).filter(|(n, used)| !**used && n.sentence == y.sentence && n.unit == y.unit).count();
        left == 1 && right == 1
    }

    /// Whether the words on both sides of the numbers correspond.
    fn same_slot(&self, x: &Number, y: &Number) -> bool {
        let side = |view: &View<'_>, n: &Number| {
            let at = view.words_of(n.span);
            let home = view.words_in(n.sentence);
            let before: Vec<u32> = (home.start.max(at.start.saturating_sub(3))..at.start).map(|i| view.ids[i]).collect();
            let after: Vec<u32> = (at.end..home.end.min(at.end + 3)).map(|i| view.ids[i]).collect();
            (before, after)
        };
        let (a, b) = (side(self.base, x), side(self.variant, y));
        let before = a.0.last() == b.0.last() && a.0.last().is_some() || lcs(&a.0, &b.0).len() >= 2;
        let after = a.1.first() == b.1.first() || lcs(&a.1, &b.1).len() >= 2;
        before && after
    }

    /// Whether two ages are of one person; `None` where a name is missing or the other text does not have it.
    pub(super) fn bearers(&self, x: &Number, y: &Number) -> Option<bool> {
        let (a, b) = (bearer(self.base, x)?, bearer(self.variant, y)?);
        if same_bearer(&a, &b) {
            return Some(true);
        }
        let known = a.first().is_some_and(|&w| self.variant.has(w)) && b.first().is_some_and(|&w| self.base.has(w));
        known.then_some(false)
    }

    /// Pairs of what is still left over after [`Self::changed`]: another value in a sentence of other words, where the
    /// figures themselves or what they count speak for one record. Each with whether that is sure.
    pub(super) fn rewritten(&mut self, sign: Sign) -> Vec<((usize, usize), bool)> {
        let mut pairs = Vec::new();
        let mut firm = Vec::new();
        for (b, x) in self.left.iter().enumerate().filter(|&(b, _)| !self.used_base[b]).take(MAX_LEFT) {
            for (v, y) in self.right.iter().enumerate().filter(|&(v, _)| !self.used_variant[v]).take(MAX_LEFT) {
                if let Some((score, sure)) = self.record(sign, (b, v), x, y) {
                    pairs.push((score, b, v));
                    if sure {
                        firm.push((b, v));
                    }
                }
            }
        }
        self.greedy(pairs).into_iter().map(|pair| (pair, firm.contains(&pair))).collect()
    }

    fn record(&self, sign: Sign, (b, v): (usize, usize), x: &Number, y: &Number) -> Option<(f64, bool)> {
        if x.vague || y.vague || x.unit.as_deref() == Some("ordinal") {
            return None;
        }
        let link = self.alignment.score(x.sentence, y.sentence);
        let wide = self.context(x, y, CONTEXT);
        let heads = same_head(x, y);
        let (p, q) = (fate(self.base, x), fate(self.variant, y));
        let one = p.is_some() && p == q;
        if p.zip(q).is_some_and(|(p, q)| p != q) || (age(x) && age(y)) && self.bearers(x, y) == Some(false) {
            return None;
        }
        // one value of two things is no other value of one thing
        if same_value(x, y) && same_unit(x, y) {
            return None;
        }
        let ratio = x.value.max(y.value) / x.value.min(y.value).max(1e-9);
        match sign {
            Sign::Figures => {
                if self.same_figures(x, y, link, wide, one) {
                    return Some((6.0 + link, true));
                }
                (near_value(x, y) && self.lone(b, v, near_value)).then_some((4.0 + link, true))
            }
            Sign::Fate if one && ratio < 4.0 && same_unit(x, y) => {
                let lone = self.lone(b, v, |m, n| same_unit(m, n) && fate(self.base, m) == p && fate(self.variant, n) == q);
                (link > 0.0 || lone && same_years(self.base, x, self.variant, y))
                    .then_some((3.0 + link - 0.1 * ratio, link > 0.0 || x.value >= 11.0))
            }
            Sign::Place if same_unit(x, y) && ratio <= 2.0 && link > 0.0 => {
                let near = self.context(x, y, NEAR);
                let enough = if heads == Some(false) { near >= 1.0 && x.unit.is_none() && self.alone(x, y) } else { wide >= 1.0 };
                enough.then_some((2.0 + link + 0.1 * wide, link >= 0.2))
            }
            _ => None,
        }
    }

    /// The same digits in another order, or the same figure in another unit, with a little support beside.
    fn same_figures(&self, x: &Number, y: &Number, link: f64, wide: f64, one: bool) -> bool {
        if x.upper.is_some() || y.upper.is_some() {
            return false;
        }
        let bare_age = age(x) != age(y) && (x.unit.is_none() || y.unit.is_none());
        if let Some(digits) = exchanged(x, y).filter(|_| same_unit(x, y) || bare_age) {
            return match same_head(x, y) {
                Some(false) => one || link > 0.0 && wide >= 1.0 || wide >= 2.0,
                Some(true) => true,
                None => one || link > 0.0 || wide >= 1.0 || digits >= 3,
            };
        }
        x.figure == y.figure && comparable(x, y) && (link > 0.0 || wide >= 1.0)
    }

    /// Whether the left-over `y` may be another value of the left-over `x`, although nothing bears it out.
    pub(super) fn could_be(&self, x: &Number, y: &Number) -> bool {
        let ratio = x.value.max(y.value) / x.value.min(y.value).max(1e-9);
        let (p, q) = (fate(self.base, x), fate(self.variant, y));
        same_unit(x, y)
            && ratio < 4.0
            && (same_head(x, y) == Some(true)
                || x.unit.is_none() && x.value >= 11.0 && ratio < ALMOST
                || p.is_some() && p == q
                || x.unit.is_some() && x.unit == y.unit && same_head(x, y) != Some(false) && ratio < 2.0)
    }

    /// Whether of all left-over numbers only these two answer to each other.
    fn lone(&self, b: usize, v: usize, answers: impl Fn(&Number, &Number) -> bool) -> bool {
        let (Some(x), Some(y)) = (self.left.get(b), self.right.get(v)) else { return false };
        let left = self.left.iter().zip(&self.used_base).filter(|(n, used)| !**used && answers(n, y)).take(2).count();
        let right = self.right.iter().zip(&self.used_variant).filter(|(n, used)| !**used && answers(x, n)).take(2).count();
        left == 1 && right == 1
    }
}

pub(super) fn age(n: &Number) -> bool {
    n.unit.as_deref() == Some("year_old")
}
