//! Every address of the service.

use super::fault::{Answered, Fault, json};
use super::guard::guard;
use super::metrics::number;
use super::{Service, articles, clusters, pages, publisher};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// What programs are told of the interface. A test holds it against [`INTERFACE`].
const OPENAPI: &str = include_str!("openapi.json");

type Route = (&'static str, fn() -> MethodRouter<Arc<Service>>);

/// For programs.
const INTERFACE: [Route; 13] = [
    ("/v1/articles", || get(articles::search).post(articles::add)),
    ("/v1/articles/{id}", || get(articles::one)),
    ("/v1/query", || post(articles::query)),
    ("/v1/diff", || get(articles::diff)),
    ("/v1/clusters", || get(clusters::newest)),
    ("/v1/clusters/{id}", || get(clusters::one)),
    ("/v1/clusters/{id}/trace", || get(clusters::trace)),
    ("/v1/clusters/{id}/quotes", || get(clusters::quotes)),
    ("/v1/publisher", || get(publisher::one)),
    ("/v1/info", || get(info)),
    ("/health", || get(health)),
    ("/metrics", || get(metrics)),
    ("/openapi.json", || get(openapi)),
];

/// For people.
const PAGES: [Route; 9] = [
    ("/", || get(pages::start)),
    ("/ask", || get(pages::start).post(pages::ask)),
    ("/clusters", || get(pages::clusters)),
    ("/clusters/{id}", || get(pages::cluster)),
    ("/clusters/{id}/quotes", || get(pages::quotes)),
    ("/article", || get(pages::article)),
    ("/search", || get(pages::search)),
    ("/publisher", || get(pages::publisher)),
    ("/assets/{name}", || get(pages::asset)),
];

/// Whether an address is one for people.
pub(super) fn is_page(path: &str) -> bool {
    !(path.starts_with("/v1/") || matches!(path, "/health" | "/metrics" | "/openapi.json"))
}

pub(super) fn router(service: &Arc<Service>) -> Router {
    let mut router = Router::new();
    for (path, methods) in INTERFACE.into_iter().chain(PAGES) {
        router = router.route(path, methods());
    }
    router
        .fallback(nothing)
        .method_not_allowed_fallback(other_method)
        .layer(from_fn_with_state(Arc::clone(service), guard))
        .with_state(Arc::clone(service))
}

async fn nothing(request: Request) -> Response {
    let fault = Fault::not_there("there is nothing at this address");
    if is_page(request.uri().path()) { pages::fault(&fault) } else { fault.into_response() }
}

async fn other_method() -> Fault {
    Fault::new(StatusCode::METHOD_NOT_ALLOWED, "method", "this address is asked with another method")
}

async fn info(State(service): State<Arc<Service>>) -> Answered {
    let body = service.readers.ask(|index| Ok(serde_json::to_string(&index.info()?).unwrap_or_default()));
    Ok(json(StatusCode::OK, body.await?))
}

/// Whether the index can be read.
async fn health(State(service): State<Arc<Service>>) -> Answered {
    service.readers.ask(|index| Ok(index.row_of(1).map(drop)?)).await?;
    Ok(json(StatusCode::OK, "{\"status\":\"ok\"}".to_owned()))
}

async fn metrics(State(service): State<Arc<Service>>) -> Response {
    let mut text = service.metrics.text();
    let done = &service.writer.done;
    let counters = [
        ("wirecopy_articles_new_total", "New articles.", &done.new),
        ("wirecopy_articles_versions_total", "Articles kept as a version of one of the same id.", &done.versions),
        ("wirecopy_articles_copies_total", "Articles with the very same words as an earlier one.", &done.copies),
        ("wirecopy_articles_there_total", "Articles that were there already.", &done.there),
        ("wirecopy_index_changes_total", "Changes written through to the disk.", &done.changes),
    ];
    for (name, help, count) in counters {
        number(&mut text, name, "counter", help, count.load(Ordering::Relaxed));
    }
    let waiting = done.waiting.load(Ordering::Relaxed) as u64;
    number(&mut text, "wirecopy_writer_waiting", "gauge", "Requests that wait for the writer.", waiting);
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}

async fn openapi() -> Response {
    json(StatusCode::OK, OPENAPI.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_document_names_every_address_and_no_other() {
        let document: serde_json::Value = serde_json::from_str(OPENAPI).unwrap();
        let told: BTreeSet<&str> = document["paths"].as_object().unwrap().keys().map(String::as_str).collect();
        let served: BTreeSet<&str> = INTERFACE.iter().map(|r| r.0).collect();
        assert_eq!(told, served);
        assert_eq!(document["info"]["version"], env!("CARGO_PKG_VERSION"));
        assert!(INTERFACE.iter().all(|r| !is_page(r.0)) && PAGES.iter().all(|r| is_page(r.0)));
    }
}
