//! Whole articles against a gold table of facts and quotations, made by hand.

use crate::diff::{FactKind, FactRow, Mark, QuoteOutcome, QuoteRow, Side};
use crate::document::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the report.
pub const SCHEMA: &str = "wirecopy.eval-facts/1";

/// A found span is no blanket over a gold one if it is at most this many times as long, or at most [`LONGEST`] bytes.
const TIMES: usize = 4;
/// Bytes that any found span may have.
const LONGEST: usize = 300;

/// A place in a file.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct GoldSpan {
    /// Bytes of the whole file, `[start, end)`.
    pub byte: [usize; 2],
}

impl GoldSpan {
    fn span(self) -> Span {
        Span::new(self.byte[0], self.byte[1])
    }
}

/// A row of the gold table: what became of one fact.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldFact {
    /// Kind of statement.
    pub kind: FactKind,
    /// In the base; `None` if added.
    pub base: Option<GoldSpan>,
    /// In the variant; `None` if dropped.
    pub variant: Option<GoldSpan>,
    /// All marks that count as right.
    pub accept: Vec<Mark>,
    /// Whether a careful editor would insist on this row.
    pub must: bool,
    /// `lexical`: rules without a language model can reach it; `semantic`: the meaning has to be understood.
    pub level: String,
}

/// What became of one quotation.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldQuote {
    /// In the base; `None` if invented.
    pub base: Option<GoldSpan>,
    /// In the variant; `None` if dropped.
    pub variant: Option<GoldSpan>,
    /// The best answer.
    pub outcome: QuoteOutcome,
    /// All answers that count as right; empty for the best alone.
    #[serde(default)]
    pub accept: Vec<QuoteOutcome>,
}

/// Where the body of a document stands.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldDocument {
    /// Name of the file, where it is not the document's name with `.txt`.
    pub file: Option<String>,
    /// First and last line of the body, counted from 1.
    pub body_lines: Option<[usize; 2]>,
    /// Lines inside the body that are not scored.
    #[serde(default)]
    pub unscored_lines: Option<Vec<usize>>,
    /// Furniture inside the body.
    #[serde(default)]
    pub inset_lines: Option<Vec<usize>>,
    /// Headings inside the body.
    #[serde(default)]
    pub headings: Option<Vec<usize>>,
}

impl GoldDocument {
    /// The lines of `text` that are not scored.
    fn hidden(&self, text: &str) -> Vec<Span> {
        let [first, last] = self.body_lines.unwrap_or([1, usize::MAX]);
        let named = [&self.unscored_lines, &self.inset_lines, &self.headings];
        let mut at = 0;
        let mut out = Vec::new();
        for (i, line) in text.split('\n').enumerate() {
            let number = i + 1;
            if number < first || number > last || named.iter().any(|list| list.as_ref().is_some_and(|l| l.contains(&number))) {
                out.push(Span::new(at, at + line.len()));
            }
            at += line.len() + 1;
        }
        out
    }
}

/// The gold file of a story: `BASE->VARIANT` leads to the rows of that pair.
#[derive(Clone, Debug, Deserialize)]
pub struct Gold {
    /// Documents by name.
    pub documents: BTreeMap<String, GoldDocument>,
    /// Fact tables.
    pub facts: BTreeMap<String, Vec<GoldFact>>,
    /// Quote tables.
    #[serde(default)]
    pub quotes: BTreeMap<String, Vec<GoldQuote>>,
}

/// Facts and quotations of article pairs against their gold tables.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FactReport {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Pairs of articles.
    pub pairs: u64,
    /// Gold rows that are `must` and `lexical`.
    pub must: u64,
    /// Of these, how many firm rows match, one to one.
    pub must_hit: u64,
    /// Their share.
    pub recall: f64,
    /// Firm rows that claim something the gold table speaks of, or that claim a change.
    pub claims: u64,
    /// Of these, how many are right.
    pub claims_right: u64,
    /// Their share.
    pub precision: f64,
    /// Harmonic mean of precision and recall.
    pub f1: f64,
    /// Gold quotations.
    pub quotes: u64,
    /// Of these, how many have the right outcome.
    pub quotes_right: u64,
    /// Their share.
    pub quote_accuracy: f64,
    /// Gold quotations that the base lacks.
    pub invented: u64,
    /// Of these, how many were found.
    pub invented_found: u64,
    /// Firm rows `altered` or `added` that no gold row accepts.
    pub false_alarms: u64,
    /// The same for one pair of articles.
    pub false_alarms_per_pair: f64,
    /// Rows to `check`, `altered` or `added`, that no gold row accepts: they are no claims and count nowhere else.
    pub false_checks: u64,
    /// The same for one pair of articles.
    pub false_checks_per_pair: f64,
}

/// Counts over pairs of articles.
#[derive(Clone, Debug, Default)]
pub struct FactScores {
    pairs: u64,
    must: u64,
    must_hit: u64,
    claims: u64,
    claims_right: u64,
    quotes: u64,
    quotes_right: u64,
    invented: u64,
    invented_found: u64,
    false_alarms: u64,
    false_checks: u64,
}

/// One text of a pair with what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct GoldText<'a> {
    /// The whole file.
    pub text: &'a str,
    /// What the gold file says of it.
    pub document: &'a GoldDocument,
}

impl FactScores {
    /// Takes in a pair: what was found, and the gold rows.
    pub fn add(&mut self, found: (&[FactRow], &[QuoteRow]), gold: (&[GoldFact], &[GoldQuote]), base: GoldText<'_>, variant: GoldText<'_>) {
        let (facts, quotes) = found;
        self.pairs += 1;
        let firm: Vec<&FactRow> = facts.iter().filter(|r| !r.check).collect();
        let musts: Vec<&GoldFact> = gold.0.iter().filter(|g| g.must && g.level == "lexical").collect();
        self.must += musts.len() as u64;
        self.must_hit += matched(&musts, &firm);
        let hidden = [base.document.hidden(base.text), variant.document.hidden(variant.text)];
        for row in facts {
            let outside = sides(row).iter().zip(&hidden).any(|(s, lines)| s.is_some_and(|s| lines.iter().any(|&l| overlap(l, s))));
            if outside {
                continue;
            }
            if row.check {
                let claims = matches!(row.mark, Mark::Altered | Mark::Added);
                self.false_checks += u64::from(claims && !accepted(row, gold.0));
            } else {
                self.claim(row, gold.0);
            }
        }
        self.quotes(gold.1, quotes);
    }

    /// Counts a firm row inside the body.
    fn claim(&mut self, row: &FactRow, gold: &[GoldFact]) {
        if matches!(row.mark, Mark::Kept | Mark::Reworded) {
            let near = |g: &&GoldFact| {
                class(g.kind) == class(row.kind)
                    && gold_sides(g).iter().zip(sides(row)).all(|(g, s)| g.zip(s).is_some_and(|(g, s)| overlap(g, s)))
            };
            let near: Vec<&GoldFact> = gold.iter().filter(near).collect();
            if !near.is_empty() {
                self.claims += 1;
                self.claims_right += u64::from(near.iter().any(|g| g.accept.contains(&row.mark)));
            }
            return;
        }
        let right = accepted(row, gold);
        self.claims += 1;
        self.claims_right += u64::from(right);
        self.false_alarms += u64::from(!right && matches!(row.mark, Mark::Altered | Mark::Added));
    }

    /// Each gold quotation with the unused row whose span fits best.
    fn quotes(&mut self, gold: &[GoldQuote], found: &[QuoteRow]) {
        let mut used = vec![false; found.len()];
        for g in gold {
            let (own, in_base) = match (g.base, g.variant) {
                (Some(s), _) => (s.span(), true),
                (None, Some(s)) => (s.span(), false),
                (None, None) => continue,
            };
            let mut best: Option<(f64, usize)> = None;
            for (i, q) in found.iter().enumerate().filter(|&(i, _)| !used[i]) {
                let side = if in_base { &q.base } else { &q.variant };
                let Some(s) = span(side.as_ref()).filter(|&s| close(own, s) && (in_base || q.base.is_none())) else { continue };
                let fit = common(own, s) as f64 / (own.end.max(s.end) - own.start.min(s.start)) as f64;
                if best.is_none_or(|(most, _)| fit >= most) {
                    best = Some((fit, i));
                }
            }
            let outcome = best.map(|(_, i)| {
                used[i] = true;
                found[i].outcome
            });
            let right = outcome.is_some_and(|o| if g.accept.is_empty() { o == g.outcome } else { g.accept.contains(&o) });
            self.quotes += 1;
            self.quotes_right += u64::from(right);
            if g.outcome == QuoteOutcome::Invented {
                self.invented += 1;
                self.invented_found += u64::from(right);
            }
        }
    }

    /// Takes in all counts of other pairs.
    pub fn join(&mut self, other: &Self) {
        let Self {
            pairs,
            must,
            must_hit,
            claims,
            claims_right,
            quotes,
            quotes_right,
            invented,
            invented_found,
            false_alarms,
            false_checks,
        } = other;
        self.pairs += pairs;
        self.must += must;
        self.must_hit += must_hit;
        self.claims += claims;
        self.claims_right += claims_right;
        self.quotes += quotes;
        self.quotes_right += quotes_right;
        self.invented += invented;
        self.invented_found += invented_found;
        self.false_alarms += false_alarms;
        self.false_checks += false_checks;
    }

    /// The scores over all pairs.
    #[must_use]
    pub fn report(&self) -> FactReport {
        let share = |a: u64, b: u64| a as f64 / b.max(1) as f64;
        let (recall, precision) = (share(self.must_hit, self.must), share(self.claims_right, self.claims));
        FactReport {
            schema: SCHEMA,
            pairs: self.pairs,
            must: self.must,
            must_hit: self.must_hit,
            recall,
            claims: self.claims,
            claims_right: self.claims_right,
            precision,
            f1: if recall + precision > 0.0 { 2.0 * recall * precision / (recall + precision) } else { 0.0 },
            quotes: self.quotes,
            quotes_right: self.quotes_right,
            quote_accuracy: share(self.quotes_right, self.quotes),
            invented: self.invented,
            invented_found: self.invented_found,
            false_alarms: self.false_alarms,
            false_alarms_per_pair: share(self.false_alarms, self.pairs),
            false_checks: self.false_checks,
            false_checks_per_pair: share(self.false_checks, self.pairs),
        }
    }
}

fn span(side: Option<&Side>) -> Option<Span> {
    side.map(|s| s.span)
}

fn sides(row: &FactRow) -> [Option<Span>; 2] {
    [span(row.base.as_ref()), span(row.variant.as_ref())]
}

fn gold_sides(g: &GoldFact) -> [Option<Span>; 2] {
    [g.base.map(GoldSpan::span), g.variant.map(GoldSpan::span)]
}

/// Quotes match quotes, numbers and dates each other, all else each other.
fn class(kind: FactKind) -> u8 {
    match kind {
        FactKind::Quote => 0,
        FactKind::Number | FactKind::Date => 1,
        _ => 2,
    }
}

/// Bytes that both have.
fn common(a: Span, b: Span) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// Whether two spans share at least half of the shorter one.
fn overlap(a: Span, b: Span) -> bool {
    2 * common(a, b) >= a.len().min(b.len()).max(1)
}

/// [`overlap`], and the found span is no blanket over the gold one.
fn close(gold: Span, found: Span) -> bool {
    overlap(gold, found) && found.len() <= (TIMES * gold.len()).max(LONGEST)
}

/// Whether a gold row accepts the mark where the row stands, on one side at least.
fn accepted(row: &FactRow, gold: &[GoldFact]) -> bool {
    let stands = |g: &GoldFact| gold_sides(g).iter().zip(sides(row)).any(|(g, s)| g.zip(s).is_some_and(|(g, s)| close(g, s)));
    gold.iter().any(|g| g.accept.contains(&row.mark) && stands(g))
}

/// Whether the spans agree on each side that gold gives.
fn fits(gold: &GoldFact, row: &FactRow) -> bool {
    gold_sides(gold).iter().zip(sides(row)).all(|(g, s)| match (g, s) {
        (None, Some(_)) => !matches!(row.mark, Mark::Added | Mark::Dropped),
        (None, None) => true,
        (Some(g), Some(s)) => close(*g, s),
        (Some(_), None) => false,
    })
}

/// The most gold rows that can be matched to found rows one to one (augmenting paths, Kuhn 1955).
fn matched(gold: &[&GoldFact], found: &[&FactRow]) -> u64 {
    let fit = |g: &GoldFact, r: &FactRow| g.accept.contains(&r.mark) && class(g.kind) == class(r.kind) && fits(g, r);
    let edges: Vec<Vec<usize>> = gold.iter().map(|g| (0..found.len()).filter(|&j| fit(g, found[j])).collect()).collect();
    let mut owner: Vec<Option<usize>> = vec![None; found.len()];
    (0..gold.len()).filter(|&i| seat(i, &edges, &mut owner, &mut vec![false; found.len()])).count() as u64
}

fn seat(i: usize, edges: &[Vec<usize>], owner: &mut [Option<usize>], seen: &mut [bool]) -> bool {
    for &j in &edges[i] {
        if std::mem::replace(&mut seen[j], true) {
            continue;
        }
        if owner[j].is_none_or(|other| seat(other, edges, owner, seen)) {
            owner[j] = Some(i);
            return true;
        }
    }
    false
}
