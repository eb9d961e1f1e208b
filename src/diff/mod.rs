//! Two texts' facts side by side: which were kept, reworded, altered, added, dropped.

mod align;
mod attributions;
mod canon;
mod certainty;
mod change;
mod claims;
mod computed;
mod contradictions;
mod dates;
mod degree;
mod denials;
mod described;
mod detail;
mod disputed;
mod exchanged;
mod gaps;
mod heads;
mod hedges;
mod hidden;
mod lcs;
mod movement;
mod names;
mod noise;
mod number_changes;
mod number_signs;
mod numbers;
mod order;
mod periods;
mod phrases;
mod pieces;
mod places;
mod quotes;
mod renderings;
mod retold;
mod roles;
mod rows;
mod seat;
mod sentence;
mod speakers;
mod spelling;
mod support;
mod vaguer;
mod values;
mod view;
mod vocabulary;
mod word_map;

pub use change::{Change, change};
pub use disputed::{Dispute, StatedValue, disputes};
pub use sentence::Sentence;
pub use support::{Support, support};

use crate::document::Span;
use crate::extract::Article;
use crate::facts::Facts;
use serde::{Deserialize, Serialize};
use vocabulary::Vocabulary;

/// What kind of statement a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// Words inside quotation marks.
    Quote,
    /// Counts, measures, ages, sums.
    Number,
    /// Dates, times, durations with what hangs on them.
    Date,
    /// Where.
    Place,
    /// Who or what.
    Name,
    /// Who somebody is.
    Role,
    /// What happened.
    Event,
    /// What is stated otherwise.
    Claim,
    /// Who says it, and how.
    Attribution,
}

/// What happened to a fact between base and variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Equal.
    Kept,
    /// The same in other words.
    Reworded,
    /// Both state it and a part differs.
    Altered,
    /// Only the variant states it.
    Added,
    /// Only the base states it.
    Dropped,
}

/// What became of a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuoteOutcome {
    /// The same words inside the marks.
    Exact,
    /// A direct quote with other words.
    WordsChanged,
    /// A proper part of the words.
    Truncated,
    /// The marks take in words that were the reporter's.
    BoundaryExtended,
    /// Indirect speech only.
    Dequoted,
    /// Not there.
    Dropped,
    /// A quote of the variant without a counterpart.
    Invented,
}

/// One side of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// Where the fact stands.
    pub span: Span,
    /// The sentence that it stands in.
    pub sentence: Span,
    /// The words of `span`.
    pub text: String,
}

/// What happened to one fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactRow {
    /// Kind of statement.
    pub kind: FactKind,
    /// What happened.
    pub mark: Mark,
    /// What exactly differs: `quote_words`, `counted_head`, `detail` ...; empty where the mark says all.
    pub subtype: String,
    /// How sure the rule is, 0 to 1.
    pub confidence: f64,
    /// Whether a person should look: the rules could not decide.
    pub check: bool,
    /// One line for a reader: `questions -> concerns`.
    pub detail: String,
    /// The base's side; `None` if added.
    pub base: Option<Side>,
    /// The variant's side; `None` if dropped.
    pub variant: Option<Side>,
}

/// What became of one quotation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuoteRow {
    /// What became of it.
    pub outcome: QuoteOutcome,
    /// Who says it.
    pub speaker: Option<String>,
    /// The reporting verb.
    pub verb: Option<String>,
    /// In the base; `None` if invented.
    pub base: Option<Side>,
    /// In the variant; `None` if dropped.
    pub variant: Option<Side>,
}

/// Two places of one text that state the same record with values that cannot both be right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contradiction {
    /// Id of the document.
    pub document: String,
    /// First place.
    pub a: Span,
    /// Second place.
    pub b: Span,
    /// One line for a reader.
    pub text: String,
}

/// One text ready for comparison.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Its blocks, sentences and words.
    pub article: &'a Article,
    /// What it states.
    pub facts: &'a Facts,
}

/// All rows of a fact diff.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FactDiff {
    /// Rows, most substantial first.
    pub facts: Vec<FactRow>,
    /// Each quotation of the base in text order, then the variant's that have no counterpart.
    pub quotes: Vec<QuoteRow>,
    /// Contradictions inside each of the two texts.
    pub contradictions: Vec<Contradiction>,
}

/// Compares what two texts state, `base` against `variant`.
#[must_use]
pub fn diff(base: Text<'_>, variant: Text<'_>) -> FactDiff {
    compare(base, variant, false)
}

/// Two articles, or, with `alone`, two sentences without an article around them.
fn compare(base: Text<'_>, variant: Text<'_>, alone: bool) -> FactDiff {
    // Words put right link more sentences, in which more words can be put right.
    const ROUNDS: usize = 2;
    if alone {
        return compare_rounds(base, variant, alone, ROUNDS);
    }
    let (left, right) = (hidden::shown(base, variant), hidden::shown(variant, base));
    let base = left.as_ref().map_or(base, |shown| shown.text(base));
    let variant = right.as_ref().map_or(variant, |shown| shown.text(variant));
    compare_rounds(base, variant, alone, ROUNDS)
}

fn compare_rounds(base: Text<'_>, variant: Text<'_>, alone: bool, rounds: usize) -> FactDiff {
    let (left, right) = (view::spelled(base), view::spelled(variant));
    let mut vocabulary = Vocabulary::default();
    let base = view::View::new(base, &left, &mut vocabulary);
    let variant = view::View::new(variant, &right, &mut vocabulary);
    let alignment = align::align(&base, &variant);
    let gaps = gaps::gaps(&base, &variant, &alignment);
    if let Some(repaired) = noise::repaired(&base, &variant, &gaps).filter(|_| rounds > 0) {
        let found = compare_rounds(base.text, repaired.text(variant.text.id), alone, rounds - 1);
        return noise::as_written(found, variant.text.text);
    }
    let (quotes, facts) = quotes::quotes(&base, &variant, &alignment);
    let mut rows = rows::Rows { list: facts };
    numbers::numbers(&base, &variant, &alignment, &gaps, &mut rows);
    dates::dates(&base, &variant, &alignment, &gaps, &mut rows);
    computed::bare_clocks(&base, &variant, &mut rows);
    computed::computed(&base, &variant, &mut rows);
    roles::roles(&base, &variant, &alignment, &mut rows);
    names::names(&base, &variant, &alignment, &mut rows);
    places::kept(&base, &variant, &alignment, &mut rows);
    attributions::attributions(&base, &variant, &alignment, &mut rows);
    speakers::speakers(&base, &variant, &mut rows);
    speakers::settle(&mut rows);
    certainty::certainty(&base, &variant, &gaps, &mut rows);
    movement::movements(&base, &variant, &gaps, &mut rows);
    if !alone {
        exchanged::exchanged(&base, &variant, &gaps, &mut rows);
    }
    phrases::phrases(&base, &variant, &alignment, &gaps, alone, &mut rows);
    claims::claims(&base, &variant, &alignment, &gaps, &mut rows);
    denials::denials(&base, &variant, &gaps, &mut rows);
    if !alone {
        heads::heads(&base, &variant, &alignment, &mut rows);
    }
    if alone {
        sentence::leave_details(&mut rows.list);
    }
    let mut facts = rows.list;
    order::order(&mut facts);
    let mut found = contradictions::contradictions(&base);
    found.extend(contradictions::contradictions(&variant));
    FactDiff { facts, quotes, contradictions: found }
}
