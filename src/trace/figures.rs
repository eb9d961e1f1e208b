//! Figures that stand in sentences of two texts that say the same, with other values.

use super::edge::Member;
use super::readings::figure_key;
use crate::facts::{Number, Qualifier};
use crate::verify::Features;

/// Sentences less alike than this are not compared.
const ALIKE: f64 = 0.25;
/// Figures that are made vague keep about their value.
const ABOUT: f64 = 0.13;

/// One such figure; each count is +1 where it makes the first text the source, -1 the other way, 0 where it says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Changed {
    /// Exact in the one, vague in the other.
    pub(super) vaguer: i32,
    /// Larger in the other.
    pub(super) growth: i32,
    /// The readings that the two figures are, where both are exact.
    pub(super) keys: Option<(u64, u64)>,
}

/// The figures of `u`, the first text of `features`, that `v` has with another value.
pub(super) fn changed_figures(u: &Member<'_>, v: &Member<'_>, features: &Features) -> Vec<Changed> {
    let mut out = Vec::new();
    for pair in features.sentences.iter().filter(|s| s.cosine >= ALIKE) {
        let (of_u, of_v) = (in_sentence(u, pair.a), in_sentence(v, pair.b));
        let left = |own: &[&'_ Number], other: &[&'_ Number]| -> Vec<usize> {
            (0..own.len()).filter(|&k| !other.iter().any(|o| same(own[k], o) && exactly(own[k], o))).collect()
        };
        let mut free = left(&of_v, &of_u);
        for k in left(&of_u, &of_v) {
            let Some(at) = free.iter().position(|&l| same(of_u[k], of_v[l])) else { continue };
            let l = free.remove(at);
            out.push(compare(of_u[k], of_v[l]));
        }
    }
    out
}

/// Zeros at the end of a figure.
fn zeros(figure: f64) -> u32 {
    let mut rest = figure.abs();
    if rest.fract() != 0.0 || !(1.0..1e15).contains(&rest) {
        return 0;
    }
    let mut out = 0;
    while rest % 10.0 == 0.0 {
        rest /= 10.0;
        out += 1;
    }
    out
}

fn in_sentence<'a>(m: &Member<'a>, sentence: usize) -> Vec<&'a Number> {
    let from = m.facts.numbers.partition_point(|n| n.sentence < sentence);
    m.facts.numbers[from..].iter().take_while(|n| n.sentence == sentence).collect()
}

/// Whether two figures count or measure the same thing.
fn same(x: &Number, y: &Number) -> bool {
    x.unit == y.unit && (x.unit.is_some() || x.head == y.head && x.head.is_some())
}

fn exactly(x: &Number, y: &Number) -> bool {
    x.value == y.value && (x.qualifier == Qualifier::Exact) == (y.qualifier == Qualifier::Exact) && x.vague == y.vague
}

fn compare(x: &Number, y: &Number) -> Changed {
    let loose = |n: &Number| n.vague || n.qualifier != Qualifier::Exact;
    let near = (x.value - y.value).abs() <= ABOUT * x.value.abs().max(y.value.abs());
    // `About` comes and goes; a rounder value cannot become exact again.
    let rounder = |n: &Number, than: &Number| n.vague || near && zeros(n.figure) > zeros(than.figure);
    let vaguer = match (loose(x), loose(y)) {
        (false, true) if rounder(y, x) => 1,
        (true, false) if rounder(x, y) => -1,
        _ => 0,
    };
    if vaguer != 0 || x.vague || y.vague || x.value == y.value {
        return Changed { vaguer, ..Changed::default() };
    }
    Changed { vaguer, growth: if y.value > x.value { 1 } else { -1 }, keys: Some((figure_key(x), figure_key(y))) }
}
