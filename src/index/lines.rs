//! Documents, links and answers as rows of plain data: what the program, the service and the Python package tell of an index.

use super::{Added, AddedRow, Answer, Index, LinkRow, StoredRow};
use crate::error::Result;
use serde::Serialize;

/// A document of the index, as it is told.
#[derive(Debug, Serialize)]
pub struct DocumentLine<'a> {
    /// Its id.
    pub id: &'a str,
    /// In the order in which documents were added.
    pub number: i64,
    /// Its cluster.
    pub cluster: i64,
    /// Its address.
    pub url: Option<&'a str>,
    /// Its title.
    pub title: Option<&'a str>,
    /// Who publishes it.
    pub publisher: Option<&'a str>,
    /// The day that it is stamped with.
    pub page_date: Option<&'a str>,
    /// When it was added, in seconds since 1970.
    pub added: i64,
    /// Words of its text.
    pub words: u32,
    /// Agencies that its text names as its source.
    pub agencies: &'a [String],
    /// Whether it is compared with others.
    pub compared: bool,
    /// The number of the document with the very same words that was there before.
    pub copy_of: Option<i64>,
    /// Its text, where it is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl<'a> From<&'a StoredRow> for DocumentLine<'a> {
    fn from(row: &'a StoredRow) -> Self {
        Self {
            id: &row.id,
            number: row.number,
            cluster: row.cluster,
            url: row.url.as_deref(),
            title: row.title.as_deref(),
            publisher: row.publisher.as_deref(),
            page_date: row.page_date.as_deref(),
            added: row.added,
            words: row.words,
            agencies: &row.agencies,
            compared: row.article,
            copy_of: row.copy_of,
            text: None,
        }
    }
}

/// A link, as it is told of one of its two documents.
#[derive(Debug, Serialize)]
pub struct LinkLine {
    /// The id of the other.
    pub with: String,
    /// What the two are to each other.
    pub relation: String,
    /// That one derives from the other, or both from one text.
    pub probability: f64,
    /// Jaccard similarity of the shingle sets.
    pub jaccard: f64,
    /// Share of the document that stands in the other.
    pub containment: f64,
    /// Share of the other that stands in the document.
    pub containment_of_other: f64,
}

impl LinkLine {
    /// The link with the document `with`, told from the side that the containments are given of.
    #[must_use]
    pub fn new(with: String, link: &LinkRow, [containment, of_other]: [f64; 2]) -> Self {
        Self {
            with,
            relation: link.relation.clone(),
            probability: rounded(link.probability),
            jaccard: rounded(link.jaccard),
            containment: rounded(containment),
            containment_of_other: rounded(of_other),
        }
    }
}

/// A document that was added, as it is told.
#[derive(Debug, Serialize)]
pub struct AddedLine<'a> {
    schema: &'static str,
    id: &'a str,
    number: i64,
    cluster: i64,
    added: &'static str,
    copy_of: Option<&'a str>,
    links: Vec<LinkLine>,
}

impl<'a> AddedLine<'a> {
    /// The row, with the ids of the documents that it is linked with.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store) when these cannot be read.
    pub fn new(index: &Index, row: &'a AddedRow) -> Result<Self> {
        let mut links = Vec::new();
        for link in &row.links {
            let with = index.row_of(link.other(row.number))?.map_or_else(String::new, |r| r.id);
            links.push(LinkLine::new(with, link, link.seen_from(row.number)));
        }
        let (added, copy_of) = match &row.added {
            Added::New => ("new", None),
            Added::Version => ("version", None),
            Added::CopyOf(id) => ("copy", Some(id.as_str())),
            Added::There => ("there", None),
        };
        Ok(Self { schema: "wirecopy.added/1", id: &row.id, number: row.number, cluster: row.cluster, added, copy_of, links })
    }
}

/// What a text is to the index, as it is told.
#[derive(Debug, Serialize)]
pub struct AnswerLine<'a> {
    schema: &'static str,
    id: &'a str,
    compared: bool,
    bounded: bool,
    agencies: &'a [String],
    same: Option<DocumentLine<'a>>,
    found: Vec<FoundLine<'a>>,
}

#[derive(Debug, Serialize)]
struct FoundLine<'a> {
    document: DocumentLine<'a>,
    #[serde(flatten)]
    link: LinkLine,
}

impl<'a> AnswerLine<'a> {
    /// The answer for the text of this id.
    #[must_use]
    pub fn new(id: &'a str, answer: &'a Answer) -> Self {
        let found = answer.found.iter().map(|f| FoundLine {
            document: DocumentLine::from(&f.document),
            link: LinkLine::new(f.document.id.clone(), &f.link, f.containment),
        });
        let same = answer.same.as_ref().map(DocumentLine::from);
        let (compared, bounded) = (answer.compared, answer.bounded);
        Self { schema: "wirecopy.answer/1", id, compared, bounded, agencies: &answer.agencies, same, found: found.collect() }
    }
}

fn rounded(x: f64) -> f64 {
    (x * 1e4).round() / 1e4
}
