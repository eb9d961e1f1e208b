//! Clusters: the newest, one of them, its lineage, its quotations.

use super::Service;
use super::articles::segment;
use super::fault::{Answered, Fault, json};
use super::ledger::ledger;
use super::parameters::Parameters;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use std::sync::Arc;
use wirecopy::index::{DocumentLine, Index, StoredRow};
use wirecopy::report::TraceReport;

/// Documents of a cluster that are listed; it may have many more.
pub(super) const LISTED: usize = 1_000;

/// The number of a cluster in a path.
pub(super) fn number(path: Result<Path<String>, PathRejection>) -> Result<i64, Fault> {
    segment(path)?.parse().ok().filter(|n| *n > 0).ok_or_else(|| Fault::request("the id of a cluster is a whole number above 0"))
}

/// The documents of a cluster, and the id that it has now.
pub(super) fn members(index: &Index, cluster: i64) -> Result<(i64, Vec<StoredRow>), Fault> {
    let rows = index.cluster(cluster)?;
    if rows.is_empty() {
        return Err(Fault::not_there("there is no such cluster"));
    }
    Ok((index.cluster_now(cluster)?, rows))
}

/// The trace of a cluster, and the id that it has now.
pub(super) fn traced(index: &Index, cluster: i64) -> Result<(i64, TraceReport), Fault> {
    let (now, _) = members(index, cluster)?;
    Ok((now, index.trace(now, None)?))
}

pub(super) async fn newest(State(service): State<Arc<Service>>, request: Request) -> Answered {
    let asked = Parameters::of(request.uri().query(), &["before", "limit"])?;
    let (before, limit) = (asked.number("before")?, asked.limit()?);
    let body = service.readers.ask(move |index| {
        let rows = index.newest_clusters(limit, before)?;
        let next = if rows.len() == limit { rows.last().map(|r| r.2) } else { None };
        let clusters: Vec<_> = rows
            .iter()
            .map(|(id, documents, newest)| serde_json::json!({ "cluster": id, "documents": documents, "newest": newest }))
            .collect();
        Ok(serde_json::json!({ "schema": "wirecopy.clusters/1", "clusters": clusters, "next_before": next }).to_string())
    });
    Ok(json(StatusCode::OK, body.await?))
}

pub(super) async fn one(State(service): State<Arc<Service>>, path: Result<Path<String>, PathRejection>, request: Request) -> Answered {
    let cluster = number(path)?;
    Parameters::of(request.uri().query(), &[])?;
    let body = service.readers.ask(move |index| {
        let (now, rows) = members(index, cluster)?;
        let lines: Vec<DocumentLine<'_>> = rows.iter().take(LISTED).map(DocumentLine::from).collect();
        Ok(serde_json::json!({
            "schema": "wirecopy.cluster/1", "asked": cluster, "cluster": now, "count": rows.len(), "documents": lines
        })
        .to_string())
    });
    Ok(json(StatusCode::OK, body.await?))
}

/// Relations, lineage and fact diffs, as `trace --format json` has them.
pub(super) async fn trace(State(service): State<Arc<Service>>, path: Result<Path<String>, PathRejection>, request: Request) -> Answered {
    let cluster = number(path)?;
    Parameters::of(request.uri().query(), &[])?;
    let body = service.readers.ask(move |index| Ok(serde_json::to_string(&traced(index, cluster)?.1).unwrap_or_default()));
    Ok(json(StatusCode::OK, body.await?))
}

pub(super) async fn quotes(State(service): State<Arc<Service>>, path: Result<Path<String>, PathRejection>, request: Request) -> Answered {
    let cluster = number(path)?;
    Parameters::of(request.uri().query(), &[])?;
    let body = service.readers.ask(move |index| {
        let (now, report) = traced(index, cluster)?;
        Ok(serde_json::json!({ "schema": "wirecopy.quotes/1", "asked": cluster, "cluster": now, "quotes": ledger(&report) }).to_string())
    });
    Ok(json(StatusCode::OK, body.await?))
}
