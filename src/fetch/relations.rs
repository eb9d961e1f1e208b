//! What a new article is to those that were seen before.

use crate::config::Config;
use crate::error::Result;
use crate::index::SeenArticle;
use crate::pipeline;
use crate::verify::Relation;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A new article, or a new version of one.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleRow {
    /// `wirecopy.watch/1`.
    pub schema: &'static str,
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
    /// Articles seen before to which it has a relation, the closest first.
    pub relations: Vec<RelationRow>,
}

/// What an article is to one that was seen before.
#[derive(Clone, Debug, Serialize)]
pub struct RelationRow {
    /// The other article.
    pub with: String,
    /// Its address.
    pub url: Option<String>,
    /// See [`Relation`].
    pub relation: Relation,
    /// That one derives from the other, 0 to 1.
    pub probability: f64,
    /// How much the two tell the same story, 0 to 1.
    pub similarity: f64,
    /// See [`PairRow::flags`](crate::report::PairRow::flags): `version` for the same address.
    pub flags: Vec<String>,
}

/// A row for each of the articles `new` (by number), in their order: each is compared with those that stand before it.
///
/// # Errors
/// Those of [`pipeline::trace`].
pub fn relate(articles: Vec<SeenArticle>, new: &BTreeSet<i64>, config: &Config) -> Result<Vec<ArticleRow>> {
    let mut rows = BTreeMap::new();
    let mut order: BTreeMap<String, i64> = BTreeMap::new();
    let mut documents = Vec::with_capacity(articles.len());
    for SeenArticle { number, key: _, version, feed, document } in articles {
        order.insert(document.id.clone(), number);
        if new.contains(&number) {
            let row = ArticleRow {
                schema: "wirecopy.watch/1",
                id: document.id.clone(),
                url: document.url.clone(),
                title: document.title.clone(),
                publisher: document.publisher.clone(),
                page_date: document.page_date.map(|d| d.to_string()),
                feed,
                version,
                words: 0,
                agencies: Vec::new(),
                relations: Vec::new(),
            };
            rows.insert(number, row);
        }
        documents.push(document);
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
            row.relations.push(RelationRow {
                with: earlier.clone(),
                url: urls.get(earlier.as_str()).map(|url| (*url).clone()),
                relation: pair.relation,
                probability: pair.probability,
                similarity: pair.similarity,
                flags: pair.flags.clone(),
            });
        }
    }
    let mut out: Vec<ArticleRow> = rows.into_values().collect();
    for row in &mut out {
        row.relations.sort_by(|x, y| x.relation.cmp(&y.relation).then(y.similarity.total_cmp(&x.similarity)).then(x.with.cmp(&y.with)));
    }
    Ok(out)
}
