//! What a text states: typed records, each with its span and sentence.
//!
//! One function a kind; [`facts`] calls them all. Nothing here compares two texts: that is [`crate::diff`].

mod attribution;
mod claim;
mod date;
pub(crate) mod lexicon;
mod marks;
mod measure;
mod name;
mod number;
mod numeral;
mod quote;
mod role;
mod speaker;
pub(crate) mod tokens;
mod unit;

use crate::document::Span;
use crate::extract::Article;
use crate::text::Word;
pub use date::{Clock, DateExpr, DateMention, dates};

/// How much of a sentence stands inside quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteForm {
    /// A clause or sentence of its own.
    Direct,
    /// A part of a reporter's sentence.
    Partial,
    /// Marks around a title, a nickname or a set phrase: no quotation.
    Scare,
}

/// Words inside quotation marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// With its marks.
    pub span: Span,
    /// Without its marks.
    pub inner: Span,
    /// Folded words inside the marks.
    pub words: Vec<String>,
    /// Index of the (first) sentence in [`Article::sentences`].
    pub sentence: usize,
    /// Who says it, as written at the reporting verb, pronouns resolved.
    pub speaker: Option<String>,
    /// The reporting verb, as written.
    pub verb: Option<String>,
    /// How much of a sentence it is.
    pub form: QuoteForm,
}

/// How exactly a number is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Qualifier {
    /// As it stands.
    Exact,
    /// `about`, `around`, `some`, `nearly`, `roughly`.
    About,
    /// `more than`, `over`, `at least`.
    AtLeast,
    /// `up to`, `at most`, `less than`, `fewer than`, `under`.
    AtMost,
}

/// A number with what it counts or measures.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// The number with its unit, qualifier left out (`11 kilometres`, `$10.6 million`, `nine`).
    pub span: Span,
    /// In the base unit of `unit` where one is known, else as written.
    pub value: f64,
    /// As written, in whatever unit: 7 of `seven nautical miles`.
    pub figure: f64,
    /// The upper end of a range.
    pub upper: Option<f64>,
    /// Canonical unit: `km`, `percent`, `USD`, `year_old`, `magnitude`; `None` for plain counts.
    pub unit: Option<String>,
    /// Stem of the noun that is counted or measured (`drones`, `aftershock`), where one was found.
    pub head: Option<String>,
    /// Folded words between the number and its head (`iranian made shahed`).
    pub modifiers: Vec<String>,
    /// How exactly.
    pub qualifier: Qualifier,
    /// An order of magnitude instead of a count: `dozens`, `hundreds of thousands`.
    pub vague: bool,
    /// The words that are counted with their modifiers; empty where no noun was found.
    pub noun: Span,
    /// Index in [`Article::sentences`].
    pub sentence: usize,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// A person.
    Person,
    /// A place.
    Place,
    /// An organisation, a work, or not known.
    Other,
}

/// A run of capitalized words that names somebody or something.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// Where it stands.
    pub span: Span,
    /// Folded words.
    pub words: Vec<String>,
    /// What it names.
    pub kind: NameKind,
    /// Index in [`Article::sentences`].
    pub sentence: usize,
}

/// Who somebody is: `Ukrainian President Volodymyr Zelensky`, `Maria Lekatompessy, a 41-year-old farmer`.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// The title with the name.
    pub span: Span,
    /// The title alone.
    pub title: Span,
    /// Folded words of the title.
    pub words: Vec<String>,
    /// Folded last word of the person's name.
    pub person: String,
    /// Index in [`Article::sentences`].
    pub sentence: usize,
}

/// Who says something, and how: `the local disaster agency said`, `according to police`.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Source and verb.
    pub span: Span,
    /// Folded content words of the source.
    pub source: Vec<String>,
    /// Folded verb (`said`), or `according`.
    pub verb: String,
    /// Whether the verb or an adverb marks doubt (`claimed`, `reportedly`).
    pub hedged: bool,
    /// Index in [`Article::sentences`].
    pub sentence: usize,
}

/// What a sentence or clause states beyond the records above.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The clause.
    pub span: Span,
    /// Stems of its content words.
    pub stems: Vec<String>,
    /// Whether it is negated.
    pub negated: bool,
    /// Index in [`Article::sentences`].
    pub sentence: usize,
}

/// All that a text states.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// In text order, like all lists here.
    pub quotes: Vec<Quote>,
    /// Counts and measures; dates and clock times are in `dates`.
    pub numbers: Vec<Number>,
    /// Dates, weekdays, clock times.
    pub dates: Vec<DateMention>,
    /// Persons, places, others.
    pub names: Vec<Name>,
    /// Who somebody is.
    pub roles: Vec<Role>,
    /// Who says what.
    pub attributions: Vec<Attribution>,
    /// What is claimed.
    pub claims: Vec<Claim>,
}

/// Folded words of all that stands in quotation marks in the body, titles and set phrases too.
pub(crate) fn marked_words<'a>(text: &str, article: &'a Article) -> Vec<&'a [Word]> {
    quote::marked_words(text, article)
}

/// Reads all records of an article's body.
#[must_use]
pub fn facts(text: &str, article: &Article) -> Facts {
    let dates = dates(text, article);
    let names = name::names(text, article);
    let quotes = quote::quotes(text, article, &names);
    let numbers = number::numbers(text, article, &dates);
    let roles = role::roles(text, article, &names);
    let attributions = attribution::attributions(text, article);
    let claims = claim::claims(text, article);
    Facts { quotes, numbers, dates, names, roles, attributions, claims }
}
