//! What the source of a document says about it beside its text.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Where a day is stated, the most trusted origin first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrigin {
    /// A field of the record, or the entry of a feed.
    Record,
    /// `datePublished` and `dateModified` of an article in JSON-LD.
    JsonLd,
    /// `article:published_time`, `article:modified_time`, `og:updated_time`.
    OpenGraph,
    /// `dc.date`, `dcterms.created` and their kind.
    DublinCore,
    /// Another `<meta>` element: `date`, `pubdate`, `last-modified`.
    Meta,
    /// An `itemprop` of microdata.
    Microdata,
    /// A `<time>` element in the article's head.
    TimeElement,
    /// The address: `/2026/05/04/`.
    Url,
    /// The text itself: a line above or below the article.
    Text,
}

impl DateOrigin {
    /// For readers.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::JsonLd => "JSON-LD",
            Self::OpenGraph => "OpenGraph",
            Self::DublinCore => "Dublin Core",
            Self::Meta => "meta element",
            Self::Microdata => "microdata",
            Self::TimeElement => "time element",
            Self::Url => "address",
            Self::Text => "text",
        }
    }
}

/// What happened on a stamped day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stamped {
    /// The page was published.
    Published,
    /// It was changed.
    Modified,
}

/// A day that a page states about itself, as written: no time zone is converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// The day.
    pub date: Date,
    /// Where it is stated.
    pub origin: DateOrigin,
    /// What happened on it.
    pub what: Stamped,
}

/// What the markup of a page says about the article and its text does not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Stated {
    /// Where [`Document::page_date`](super::Document::page_date) comes from; a record that has it, where nothing is said.
    pub date_origin: Option<DateOrigin>,
    /// All days that the page states, strongest origin first.
    pub dates: Vec<Stamp>,
    /// ISO 639 code of the language that the page states.
    pub language: Option<String>,
    /// Who wrote the article.
    pub byline: Option<String>,
    /// Whom the head of the page names as the source of its text or the holder of its rights.
    pub credits: Vec<String>,
    /// Captions and credits of pictures, as far as they are not in the text.
    pub captions: Vec<String>,
}
