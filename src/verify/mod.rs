//! Candidate to match: what a pair shares, and what that makes it.

mod align;
mod comparable;
mod copied;
mod features;
mod odds;
mod overlap;
mod probability;
mod relation;
mod rules;
mod tiling;

pub use align::{SentencePair, align, in_order};
pub use comparable::Comparable;
pub use copied::{Copied, CopiedPassage, CopySource, Kinship, kinship};
pub use features::Features;
pub use overlap::Overlap;
pub use probability::{INPUTS, MODEL};
pub use relation::{Days, Verdict, event_likeness, relation, told};
pub use rules::{RULES, rule_text};
pub use tiling::{Runs, Tile, Tiling, tile};

use crate::config::Config;
use crate::document::Span;
use crate::keys::{Profile, TermVector};
use serde::{Deserialize, Serialize};

/// What a pair of documents is; the first that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Bodies equal after normalization.
    Exact,
    /// Each body is mostly made of the other.
    NearDuplicate,
    /// Most of the shorter body is in the longer.
    Excerpt,
    /// One derives from the other, or both from one text, in changed words.
    Rewrite,
    /// The same quotations, otherwise own words.
    SharedQuotes,
    /// Independent reports of one event.
    SameEvent,
    /// The same running story, another occasion.
    SameTopic,
    /// None of these.
    Unrelated,
}

impl Relation {
    /// Whether one of the two derives from the other, or both from one text.
    #[must_use]
    pub const fn is_derived(self) -> bool {
        matches!(self, Self::Exact | Self::NearDuplicate | Self::Excerpt | Self::Rewrite)
    }

    /// The label as written in JSON.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::NearDuplicate => "near_duplicate",
            Self::Excerpt => "excerpt",
            Self::Rewrite => "rewrite",
            Self::SharedQuotes => "shared_quotes",
            Self::SameEvent => "same_event",
            Self::SameTopic => "same_topic",
            Self::Unrelated => "unrelated",
        }
    }
}

/// Kinds of evidence for a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// Copied runs outside quotations, or sentences that agree.
    Prose,
    /// Shared quotations.
    Quote,
    /// The same order of content.
    Order,
    /// The same lead.
    Lead,
    /// Shared or conflicting numbers.
    Number,
    /// Agreeing or conflicting days.
    Date,
    /// A shared error.
    Slip,
}

/// One reason for or against a derivation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// What kind of reason.
    pub kind: EvidenceKind,
    /// Log-odds that it adds; below 0 it speaks against a derivation.
    pub weight: f64,
    /// A place in `a` that shows it.
    pub a: Span,
    /// A place in `b` that shows it.
    pub b: Span,
    /// One line for a reader.
    pub text: String,
}

/// A copied stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Where it stands in `a`.
    pub a: Span,
    /// Where it stands in `b`.
    pub b: Span,
}

/// A candidate after verification.
#[derive(Clone, Debug)]
pub struct Match {
    /// Index of one document.
    pub a: u32,
    /// Index of the other; `a < b`.
    pub b: u32,
    /// What the pair shares.
    pub features: Features,
    /// What that makes it.
    pub verdict: Verdict,
    /// Copied stretches of at least five words, or shorter with two content words.
    pub passages: Vec<Passage>,
    /// What speaks for and against a derivation, strongest first.
    pub evidence: Vec<Evidence>,
}

/// One side of a pair.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// Index of the document.
    pub index: u32,
    /// Its words.
    pub profile: &'a Profile,
    /// What was made ready of them.
    pub ready: &'a Comparable,
    /// What it is about.
    pub terms: &'a TermVector,
    /// What its title and lead are about.
    pub lead: &'a TermVector,
    /// The day it speaks from: earliest and latest.
    pub days: Option<(jiff::civil::Date, jiff::civil::Date)>,
    /// Month and day of its dateline, where no year is given.
    pub month_day: Option<(i8, i8)>,
    /// Weekdays named in its first sentences.
    pub weekdays: Weekdays,
}

/// Weekdays that a text names, as bits: bit 1 is Monday, bit 7 Sunday.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weekdays {
    /// The one named first; 0 where there is none.
    pub first: u8,
    /// All of them.
    pub all: u8,
}

/// Compares two documents.
#[must_use]
pub fn verify(a: Side<'_>, b: Side<'_>, config: &Config) -> Match {
    let mut features = Features::new((a.profile, a.ready), (b.profile, b.ready));
    features.whole = a.terms.cosine(b.terms);
    features.lead = a.lead.cosine(b.lead);
    features.in_news = [a.terms.cosine_in_news(b.terms), a.lead.cosine_in_news(b.lead)];
    let days = Days {
        apart: apart(&a, &b),
        weekdays_differ: a.weekdays.all != 0 && b.weekdays.all != 0 && a.weekdays.all & b.weekdays.all == 0,
        weekdays_agree: a.weekdays.first & b.weekdays.first != 0,
    };
    let equal =
        a.profile.tokens.len() == b.profile.tokens.len() && a.profile.tokens.iter().zip(&b.profile.tokens).all(|(x, y)| x.word == y.word);
    let verdict = relation(&features, equal, days, config);
    let passages = passages(&features.tiling, a.profile, b.profile);
    let evidence = evidence(&features, &verdict, a.profile, b.profile);
    Match { a: a.index, b: b.index, features, verdict, passages, evidence }
}

/// Days between the days that two texts can speak from. Where one has no year, the nearest year is taken.
fn apart(a: &Side<'_>, b: &Side<'_>) -> Option<i32> {
    if let (Some(x), Some(y)) = (a.days, b.days) {
        return Some(days_apart(x, y));
    }
    let in_year = |s: &Side<'_>| {
        // A leap year, so that 29 February has a place.
        let ordinal = |month, day| jiff::civil::Date::new(2000, month, day).ok().map(|d| i32::from(d.day_of_year()));
        let narrow = s.days.filter(|d| days_apart((d.0, d.0), (d.1, d.1)) <= 3);
        let (from, to) = narrow.map(|d| ((d.0.month(), d.0.day()), (d.1.month(), d.1.day()))).or(s.month_day.map(|d| (d, d)))?;
        Some((ordinal(from.0, from.1)?, ordinal(to.0, to.1)?))
    };
    let (x, y) = (in_year(a)?, in_year(b)?);
    let gap = (y.0 - x.1).max(x.0 - y.1).max(0);
    Some(gap.min((366 - gap).max(0)))
}

/// Days between two intervals of days; 0 if they touch.
fn days_apart(x: (jiff::civil::Date, jiff::civil::Date), y: (jiff::civil::Date, jiff::civil::Date)) -> i32 {
    let gap = |from: jiff::civil::Date, to: jiff::civil::Date| from.until(to).map_or(0, |s| s.get_days());
    gap(x.1, y.0).max(gap(y.1, x.0)).max(0)
}

fn passages(tiling: &Tiling, a: &Profile, b: &Profile) -> Vec<Passage> {
    let span = |p: &Profile, from: usize, n: usize| p.tokens[from].span.join(p.tokens[from + n - 1].span);
    tiling
        .tiles
        .iter()
        .filter(|t| t.length >= 5 || a.tokens[t.a..t.a + t.length].iter().filter(|t| t.is_content()).count() >= 2)
        .map(|t| Passage { a: span(a, t.a, t.length), b: span(b, t.b, t.length) })
        .collect()
}

/// The reasons behind a verdict with the places that show them.
fn evidence(f: &Features, verdict: &Verdict, a: &Profile, b: &Profile) -> Vec<Evidence> {
    let sentence = |p: &Profile, i: usize| {
        p.sentences.get(i).filter(|r| !r.is_empty()).map_or(Span::default(), |r| p.tokens[r.start].span.join(p.tokens[r.end - 1].span))
    };
    let tile_span = |t: &Tile| {
        let last = t.length - 1;
        (a.tokens[t.a].span.join(a.tokens[t.a + last].span), b.tokens[t.b].span.join(b.tokens[t.b + last].span))
    };
    let longest = |quoted: bool| {
        f.tiling.tiles.iter().filter(|t| a.tokens[t.a].quoted == quoted).max_by_key(|t| (t.length, std::cmp::Reverse(t.a))).map(tile_span)
    };
    let best = f
        .sentences
        .iter()
        .filter(|s| s.prose)
        .max_by(|x, y| (x.numbers + x.names + x.content).cmp(&(y.numbers + y.names + y.content)).then(y.a.cmp(&x.a)));
    let best = best.map(|s| (sentence(a, s.a), sentence(b, s.b)));
    let figures = f.sentences.iter().filter(|s| s.numbers > 0).max_by_key(|s| (s.numbers, std::cmp::Reverse(s.a)));
    let worst = f.sentences.iter().max_by_key(|s| (s.conflicts, std::cmp::Reverse(s.a))).filter(|s| s.conflicts > 0);
    let mut out = Vec::new();
    for &(kind, weight, ref text) in &verdict.reasons {
        let (a, b) = match kind {
            EvidenceKind::Quote => longest(true),
            EvidenceKind::Prose => longest(false).or(best),
            EvidenceKind::Number if weight < 0.0 => worst.map(|s| (sentence(a, s.a), sentence(b, s.b))),
            EvidenceKind::Number => figures.map(|s| (sentence(a, s.a), sentence(b, s.b))).or(best),
            EvidenceKind::Lead => Some((sentence(a, 0), sentence(b, 0))),
            EvidenceKind::Date => None,
            _ => best,
        }
        .unwrap_or_default();
        out.push(Evidence { kind, weight, a, b, text: text.clone() });
    }
    out.sort_by(|x, y| y.weight.abs().total_cmp(&x.weight.abs()).then(x.kind.cmp(&y.kind)));
    out
}
