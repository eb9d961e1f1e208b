//! What two texts of one cluster say about which came first.

use super::edge::{EdgeEvidence, EdgeEvidenceKind, Member};
use crate::extract::{BlockKind, CreditPosition};
use crate::facts::{DateExpr, Quote, QuoteForm};
use crate::text::is_stopword;
use std::collections::{BTreeMap, BTreeSet};

/// Quotations of one text that are compared.
const MAX_QUOTES: usize = 200;

/// What speaks for the edge from one text to another: how much of the copy the source supports, and the direction.
#[derive(Clone, Debug, Default)]
pub(super) struct Leaning {
    /// How well `from` explains `to`, in log-odds.
    pub(super) support: f64,
    /// Sum of the direction evidence, in log-odds; the reverse edge has its negative.
    pub(super) direction: f64,
    /// The direction evidence, and what supports the edge.
    pub(super) evidence: Vec<EdgeEvidence>,
}

/// The checkable specifics of a text: numbers with units, names, quotations, days.
#[derive(Clone, Debug, Default)]
pub(super) struct Specifics {
    numbers: BTreeSet<String>,
    names: BTreeSet<String>,
    clocks: usize,
    /// Largest value stated of each thing counted, in thousandths.
    counts: BTreeMap<String, i64>,
}

impl Specifics {
    pub(super) fn of(member: &Member<'_>) -> Self {
        let numbers = member.facts.numbers.iter().map(|n| format!("{} {}", n.value, n.unit.as_deref().unwrap_or(""))).collect();
        let names = member.facts.names.iter().filter_map(|n| n.words.last().cloned()).collect();
        let clocks = member.facts.dates.iter().filter(|d| matches!(d.expr, DateExpr::Clock(_))).count();
        let mut counts: BTreeMap<String, i64> = BTreeMap::new();
        for n in member.facts.numbers.iter().filter(|n| n.value.abs() < 1e12) {
            if let Some(head) = &n.head {
                let most = counts.entry(format!("{head} {}", n.unit.as_deref().unwrap_or(""))).or_insert(i64::MIN);
                *most = (*most).max((n.value * 1e3) as i64);
            }
        }
        Self { numbers, names, clocks, counts }
    }

    /// Counts that are larger in `later` minus those that are smaller.
    fn growth(&self, later: &Self) -> i32 {
        let common = self.counts.iter().filter_map(|(k, x)| later.counts.get(k).map(|y| (x, y)));
        common.map(|(x, y)| i32::from(y > x) - i32::from(y < x)).sum()
    }

    /// Names and numbers that `other` lacks.
    pub(super) fn missing_in(&self, other: &Self) -> usize {
        self.numbers.difference(&other.numbers).count() + self.names.difference(&other.names).count()
    }
}

/// Lines of an agency's own furniture: bullets, exchange rates, desk marks.
const DESK_LINES: usize = 3;

/// Whether the text is agency copy as the agency sent it: an agency in the dateline and no page around it.
pub(super) fn is_wire_copy(member: &Member<'_>) -> bool {
    let blocks = &member.article.blocks;
    let credited = member.article.credits.iter().any(|c| c.position == CreditPosition::Dateline);
    let bare = !blocks.iter().any(|b| b.kind == BlockKind::Caption) && blocks.first().is_some_and(|b| b.kind != BlockKind::Furniture);
    credited && bare && blocks.iter().filter(|b| b.kind == BlockKind::Furniture).count() <= DESK_LINES
}

/// The number of an agency's update: `UPDATE 2-Shares slide` is 2, other headlines 0.
fn update_number(member: &Member<'_>) -> u32 {
    let Some(title) = member.article.title else { return 0 };
    let mut words = title.of(member.text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    match (words.next(), words.next().and_then(|w| w.parse().ok())) {
        (Some("UPDATE" | "WRAPUP"), Some(number)) if number < 100 => number,
        _ => 0,
    }
}

/// The agency that the page credits with its text.
pub(super) fn agency<'a>(member: &Member<'a>) -> Option<&'a str> {
    member.article.credits.iter().find(|c| c.position != CreditPosition::Attribution).map(|c| c.agency.as_str())
}

/// Weighs the edge `from -> to`. `covered` is the share of the copy's words in passages of the source, `numbers` the
/// share of its sentences that agree, `conflicts` the numbers that differ in aligned sentences.
pub(super) fn weigh(
    from: (&Member<'_>, &Specifics),
    to: (&Member<'_>, &Specifics),
    covered: f64,
    aligned: f64,
    conflicts: usize,
) -> Leaning {
    let mut out = Leaning::default();
    let mut say = |kind, weight: f64, text: String| {
        out.direction += weight;
        out.evidence.push(EdgeEvidence { kind, weight, text });
    };
    let ((u, su), (v, sv)) = (from, to);

    match (is_wire_copy(u), is_wire_copy(v)) {
        (true, false) => say(EdgeEvidenceKind::Credit, 2.0, format!("{} is agency copy without a page around it", u.id)),
        (false, true) => say(EdgeEvidenceKind::Credit, -2.0, format!("{} is agency copy without a page around it", v.id)),
        _ => match (agency(u), agency(v)) {
            (Some(a), None) => say(EdgeEvidenceKind::Credit, 1.0, format!("{} credits {a}; on {} no text credit was found", u.id, v.id)),
            (None, Some(a)) => say(EdgeEvidenceKind::Credit, -1.0, format!("{} credits {a}; on {} no text credit was found", v.id, u.id)),
            _ => {}
        },
    }

    let (cut, cut_back) = (cut_quotes(u, v), cut_quotes(v, u));
    if cut != cut_back {
        let weight = (cut as f64 - cut_back as f64).clamp(-2.0, 2.0);
        let (short, long) = if cut > cut_back { (v, u) } else { (u, v) };
        say(
            EdgeEvidenceKind::QuoteLimits,
            weight,
            format!("{} quotations of {} are cut shorter in {}", cut.max(cut_back), long.id, short.id),
        );
    }

    let (extra_u, extra_v) = (su.missing_in(sv), sv.missing_in(su));
    let support = ((extra_u as f64 + 1.0) / (extra_v as f64 + 1.0)).ln().clamp(-2.0, 2.0) * 0.7;
    if support.abs() >= 0.1 {
        say(
            EdgeEvidenceKind::Unsupported,
            support,
            format!("{extra_v} names and numbers of {} are not in {}, {extra_u} the other way", v.id, u.id),
        );
    }

    if su.clocks != sv.clocks && su.clocks.min(sv.clocks) == 0 {
        let weight = if su.clocks > 0 { 0.4 } else { -0.4 };
        let (exact, vague) = if su.clocks > 0 { (u, v) } else { (v, u) };
        say(EdgeEvidenceKind::Specificity, weight, format!("{} gives times of day, {} gives none", exact.id, vague.id));
    }

    let (number_u, number_v) = (update_number(u), update_number(v));
    if number_u != number_v {
        let (early, late) = if number_u < number_v { (u, v) } else { (v, u) };
        let weight = if number_u < number_v { 2.5 } else { -2.5 };
        say(
            EdgeEvidenceKind::Date,
            weight,
            format!("the headline of {} calls it an update, that of {} an earlier one or none", late.id, early.id),
        );
    }

    let growth = su.growth(sv);
    if growth.abs() >= 2 && covered >= 0.5 && is_wire_copy(u) && is_wire_copy(v) {
        let (early, late) = if growth > 0 { (u, v) } else { (v, u) };
        say(
            EdgeEvidenceKind::Date,
            0.4 * f64::from(growth.clamp(-4, 4)),
            format!("{} figures of {} have grown in {}: an update", growth.abs(), early.id, late.id),
        );
    }

    if let (Some(x), Some(y)) = (u.trusted_page_date(), v.trusted_page_date())
        && x != y
    {
        let weight = if x < y { 0.7 } else { -0.7 };
        say(EdgeEvidenceKind::Date, weight, format!("{} is stamped {x}, {} {y}", u.id, v.id));
    }

    out.support = 3.0 * covered + 2.0 * aligned - 0.4 * (conflicts as f64).min(5.0) - 0.12 * (extra_v as f64).min(20.0);
    out
}

/// How many quotations of `v` come from longer or narrower ones of `u`: a proper part of one of `u`, or one of `u`
/// with words that the reporter of `u` had outside the marks.
fn cut_quotes(u: &Member<'_>, v: &Member<'_>) -> usize {
    let (from, to) = (quotes(u), quotes(v));
    let holds = |whole: &Quote, part: &Quote| {
        whole.words.len() > part.words.len() && whole.words.windows(part.words.len()).any(|x| x == part.words)
    };
    let known = |q: &Quote| from.iter().any(|w| w.words == q.words);
    let taken_in = |wide: &Quote, narrow: &Quote| {
        let outside = reporter_words(u, narrow);
        wide.words.iter().filter(|w| !narrow.words.contains(w) && !is_stopword(w)).all(|w| outside.contains(w.as_str()))
    };
    to.iter()
        .filter(|q| !known(q))
        .filter(|q| {
            let cut = from.iter().any(|w| holds(w, q) && !reported_in(v, q, w));
            let widened = from.iter().any(|w| holds(q, w) && taken_in(q, w));
            cut || widened
        })
        .count()
}

/// Whether `v` has the words that its short quotation lacks outside the marks: then the longer one was widened.
fn reported_in(v: &Member<'_>, short: &Quote, long: &Quote) -> bool {
    let outside = reporter_words(v, short);
    long.words.iter().filter(|w| !short.words.contains(w) && !is_stopword(w)).all(|w| outside.contains(w.as_str()))
}

fn quotes<'a>(m: &Member<'a>) -> Vec<&'a Quote> {
    m.facts.quotes.iter().filter(|q| q.form != QuoteForm::Scare && q.words.len() >= 3).take(MAX_QUOTES).collect()
}

/// Folded words of the quotation's sentence outside its marks.
fn reporter_words<'a>(m: &Member<'a>, quote: &Quote) -> BTreeSet<&'a str> {
    let Some(sentence) = m.article.sentences.get(quote.sentence) else { return BTreeSet::new() };
    let words = m.article.words.get(sentence.words.clone()).unwrap_or(&[]);
    words.iter().filter(|w| !quote.span.overlaps(w.span)).map(|w| w.norm.as_ref()).collect()
}
