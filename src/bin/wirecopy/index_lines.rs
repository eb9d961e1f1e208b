//! Documents, links and answers of the index as lines of JSON.

use serde::Serialize;
use wirecopy::index::{Added, AddedRow, Answer, Index, LinkRow, StoredRow};

/// A document of the index, as it is told.
#[derive(Debug, Serialize)]
pub(crate) struct DocumentLine<'a> {
    pub(crate) id: &'a str,
    pub(crate) number: i64,
    pub(crate) cluster: i64,
    pub(crate) url: Option<&'a str>,
    pub(crate) title: Option<&'a str>,
    pub(crate) publisher: Option<&'a str>,
    pub(crate) page_date: Option<&'a str>,
    pub(crate) added: i64,
    pub(crate) words: u32,
    pub(crate) agencies: &'a [String],
    pub(crate) compared: bool,
    /// The number of the document with the very same words that was there before.
    pub(crate) copy_of: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
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
pub(crate) struct LinkLine {
    pub(crate) with: String,
    pub(crate) relation: String,
    pub(crate) probability: f64,
    pub(crate) jaccard: f64,
    /// Share of the document that stands in the other, and the other way round.
    pub(crate) containment: f64,
    pub(crate) containment_of_other: f64,
}

impl LinkLine {
    pub(crate) fn new(with: String, link: &LinkRow, [containment, of_other]: [f64; 2]) -> Self {
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
pub(crate) struct AddedLine<'a> {
    schema: &'static str,
    id: &'a str,
    number: i64,
    cluster: i64,
    added: &'static str,
    copy_of: Option<&'a str>,
    links: Vec<LinkLine>,
}

impl<'a> AddedLine<'a> {
    pub(crate) fn new(index: &Index, row: &'a AddedRow) -> wirecopy::error::Result<Self> {
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
pub(crate) struct AnswerLine<'a> {
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
    pub(crate) fn new(id: &'a str, answer: &'a Answer) -> Self {
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
