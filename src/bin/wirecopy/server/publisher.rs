//! One publisher: its newest articles, and with which credits they stand in clusters.

use super::Service;
use super::fault::{Answered, Fault, json};
use super::parameters::Parameters;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use wirecopy::index::{DocumentLine, Index, Search, StoredRow};

/// Articles that are counted, the newest.
pub(super) const COUNTED: usize = 2_000;

/// What is counted of a publisher's newest articles.
pub(super) struct Counted {
    pub(super) rows: Vec<StoredRow>,
    /// Numbers of those that are in a cluster with others.
    pub(super) clustered: BTreeSet<i64>,
    /// Of those, how many name each agency as their source.
    pub(super) agencies: BTreeMap<String, u64>,
    /// And on how many no credit was found.
    pub(super) no_credit_found: u64,
}

/// Counts the articles of the publisher of exactly this name, but for the case of its letters.
pub(super) fn counted(index: &Index, name: &str) -> Result<Counted, Fault> {
    let wanted = name.trim().to_lowercase();
    let own = |r: &StoredRow| r.publisher.as_ref().is_some_and(|p| p.trim().to_lowercase() == wanted);
    let ask = |clustered| index.search(&Search { publisher: Some(name.trim().to_owned()), clustered, ..Search::default() }, COUNTED);
    let rows: Vec<StoredRow> = ask(false)?.into_iter().filter(own).collect();
    let Some(oldest) = rows.last().map(|r| r.number) else { return Err(Fault::not_there("no article has this publisher")) };
    let clustered: BTreeSet<i64> = ask(true)?.into_iter().filter(|r| r.number >= oldest && own(r)).map(|r| r.number).collect();
    let (mut agencies, mut no_credit_found) = (BTreeMap::new(), 0);
    for row in rows.iter().filter(|r| clustered.contains(&r.number)) {
        no_credit_found += u64::from(row.agencies.is_empty());
        for agency in row.agencies.iter().collect::<BTreeSet<_>>() {
            *agencies.entry(agency.clone()).or_insert(0) += 1;
        }
    }
    Ok(Counted { rows, clustered, agencies, no_credit_found })
}

pub(super) async fn one(State(service): State<Arc<Service>>, request: Request) -> Answered {
    let asked = Parameters::of(request.uri().query(), &["name", "limit"])?;
    let (name, limit) = (asked.must("name")?.to_owned(), asked.limit()?);
    let body = service.readers.ask(move |index| {
        let counted = counted(index, &name)?;
        let lines: Vec<DocumentLine<'_>> = counted.rows.iter().take(limit).map(DocumentLine::from).collect();
        Ok(serde_json::json!({
            "schema": "wirecopy.publisher/1", "publisher": name.trim(), "articles": counted.rows.len(), "in_clusters": counted.clustered.len(),
            "agencies": counted.agencies, "no_credit_found": counted.no_credit_found, "documents": lines
        })
        .to_string())
    });
    Ok(json(StatusCode::OK, body.await?))
}
