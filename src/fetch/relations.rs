//! What a new article is to those that were seen before.

use crate::config::Config;
use crate::document::normal_url;
use crate::error::Result;
use crate::index::{Index, LinkRow, SeenArticle, StoredRow};
use crate::pipeline;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A new article, or a new version of one.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleRow {
    /// `wirecopy.watch/1`.
    pub schema: &'static str,
    /// In the order in which articles were seen, from 1.
    #[serde(skip)]
    pub number: i64,
    /// Its id, of its feed.
    pub id: String,
    /// Its address.
    pub url: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The day that it is stamped with.
    pub page_date: Option<String>,
    /// The feed that told it.
    pub feed: String,
    /// From 1; more for an article that was changed.
    pub version: u32,
    /// Words of its text.
    pub words: usize,
    /// Agencies that its text names as its source.
    pub agencies: Vec<String>,
    /// Its cluster in the index, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster: Option<i64>,
    /// Articles seen before to which it has a relation, the closest first.
    pub relations: Vec<RelationRow>,
}

impl ArticleRow {
    fn new(article: &SeenArticle) -> Self {
        let document = &article.document;
        Self {
            schema: "wirecopy.watch/1",
            number: article.number,
            id: document.id.clone(),
            url: document.url.clone(),
            title: document.title.clone(),
            publisher: document.publisher.clone(),
            page_date: document.page_date.map(|d| d.to_string()),
            feed: article.feed.clone(),
            version: article.version,
            words: 0,
            agencies: Vec::new(),
            cluster: None,
            relations: Vec::new(),
        }
    }

    /// Whether it derives from another article, or that from it; a version of itself is none.
    #[must_use]
    pub fn is_derivative(&self) -> bool {
        self.relations.iter().any(RelationRow::is_derived)
    }
}

/// What an article is to one that was seen before.
#[derive(Clone, Debug, Serialize)]
pub struct RelationRow {
    /// The other article.
    pub with: String,
    /// Its address.
    pub url: Option<String>,
    /// The label of a [`Relation`](crate::verify::Relation); of an index also `similar`: over its threshold, under near-duplicate.
    pub relation: String,
    /// That one derives from the other, 0 to 1.
    pub probability: f64,
    /// How much the two tell the same story, 0 to 1; an index does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub similarity: Option<f64>,
    /// Share of this article that stands in the other, and of the other in this one; only an index says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub containment: Option<[f64; 2]>,
    /// See [`PairRow::flags`](crate::report::PairRow::flags): `version` for the same address.
    pub flags: Vec<String>,
}

/// Labels of relations, the closest first; of the first [`DERIVED`] one text derives from the other, or both from one.
const LABELS: [&str; 8] = ["exact", "near_duplicate", "similar", "excerpt", "rewrite", "shared_quotes", "same_event", "same_topic"];
const DERIVED: usize = 5;

impl RelationRow {
    /// Whether one of the two derives from the other, or both from one text; versions of one article do not count.
    #[must_use]
    pub fn is_derived(&self) -> bool {
        self.rank() < DERIVED && !self.flags.iter().any(|f| f == "version")
    }

    fn rank(&self) -> usize {
        LABELS.iter().position(|label| *label == self.relation).unwrap_or(LABELS.len())
    }

    /// How much the two have in common, for the order of rows.
    fn shared(&self) -> f64 {
        self.similarity.or_else(|| self.containment.map(|[own, other]| own.max(other))).unwrap_or(0.0)
    }
}

/// A row for each of the articles `new` (by number), in their order: each is compared with those that stand before it.
///
/// # Errors
/// Those of [`pipeline::trace`].
pub fn relate(articles: Vec<SeenArticle>, new: &BTreeSet<i64>, config: &Config) -> Result<Vec<ArticleRow>> {
    let mut rows = BTreeMap::new();
    let mut order: BTreeMap<String, i64> = BTreeMap::new();
    let mut documents = Vec::with_capacity(articles.len());
    for article in articles {
        let number = article.number;
        order.insert(article.document.id.clone(), number);
        if new.contains(&number) {
            rows.insert(number, ArticleRow::new(&article));
        }
        documents.push(article.document);
    }
    let report = pipeline::trace(documents, Vec::new(), false, config)?;
    let urls: BTreeMap<&str, &String> = report.documents.iter().filter_map(|d| Some((d.id.as_str(), d.url.as_ref()?))).collect();
    for document in &report.documents {
        if let Some(row) = order.get(&document.id).and_then(|n| rows.get_mut(n)) {
            row.words = document.words;
            row.agencies = document.credits.iter().map(|c| c.agency.clone()).collect();
            row.agencies.dedup();
        }
    }
    for pair in &report.pairs {
        let (Some(&a), Some(&b)) = (order.get(&pair.a), order.get(&pair.b)) else { continue };
        let (later, earlier) = if a > b { (a, &pair.b) } else { (b, &pair.a) };
        if let Some(row) = rows.get_mut(&later) {
            let found = RelationRow {
                with: earlier.clone(),
                url: urls.get(earlier.as_str()).map(|url| (*url).clone()),
                relation: pair.relation.label().to_owned(),
                probability: pair.probability,
                similarity: Some(pair.similarity),
                containment: None,
                flags: pair.flags.clone(),
            };
            row.relations.push(found);
        }
    }
    let mut out: Vec<ArticleRow> = rows.into_values().collect();
    out.iter_mut().for_each(|row| closest_first(&mut row.relations));
    Ok(out)
}

fn closest_first(relations: &mut [RelationRow]) {
    relations.sort_by(|x, y| x.rank().cmp(&y.rank()).then(y.shared().total_cmp(&x.shared())).then(x.with.cmp(&y.with)));
}

/// A row for each of `articles`, in their order, after they were put into an index: each is compared with all that the index had before
/// it. Those that were there already change nothing, and get the same row again. `now` is in seconds since 1970.
///
/// # Errors
/// Those of [`Index::add`].
pub fn relate_to_all(articles: &[SeenArticle], index: &mut Index, now: i64) -> Result<Vec<ArticleRow>> {
    let documents: Vec<_> = articles.iter().map(|a| a.document.clone()).collect();
    let added = index.add(&documents, now)?;
    let mut out = Vec::with_capacity(articles.len());
    for (article, added) in articles.iter().zip(added.rows) {
        let mut row = ArticleRow::new(article);
        row.id = added.id;
        if let Some(stored) = index.row_of(added.number)? {
            row.words = stored.words as usize;
            row.agencies.clone_from(&stored.agencies);
            row.cluster = Some(stored.cluster);
            row.relations = earlier(&stored, index)?;
        }
        out.push(row);
    }
    Ok(out)
}

/// What a document of an index is to those that were there before it, the closest first.
fn earlier(of: &StoredRow, index: &Index) -> Result<Vec<RelationRow>> {
    let mut out = Vec::new();
    if let Some(first) = of.copy_of.map(|first| index.row_of(first)).transpose()?.flatten() {
        out.push(relation(of, &first, "exact", 1.0, [1.0, 1.0]));
    }
    let own = of.copy_of.unwrap_or(of.number);
    for link in index.links(of)?.iter().filter(|l: &&LinkRow| l.other(own) < of.number) {
        if let Some(other) = index.row_of(link.other(own))? {
            out.push(relation(of, &other, &link.relation, link.probability, link.seen_from(own)));
        }
    }
    closest_first(&mut out);
    Ok(out)
}

fn relation(of: &StoredRow, other: &StoredRow, label: &str, probability: f64, containment: [f64; 2]) -> RelationRow {
    let address = |row: &StoredRow| row.url.as_deref().and_then(normal_url);
    let is_version = address(of).is_some_and(|own| address(other).is_some_and(|theirs| own == theirs));
    RelationRow {
        with: other.id.clone(),
        url: other.url.clone(),
        relation: label.to_owned(),
        probability: rounded(probability),
        similarity: None,
        containment: Some(containment.map(rounded)),
        flags: if is_version { vec!["version".to_owned()] } else { Vec::new() },
    }
}

fn rounded(x: f64) -> f64 {
    (x * 1e4).round() / 1e4
}
