//! The web page: what the interface answers, for people.

use super::Service;
use super::articles::{compared, document, row, segment};
use super::body::{is_of, other_type, whole};
use super::clusters::{members, number, traced};
use super::fault::Fault;
use super::ledger::ledger;
use super::parameters::Parameters;
use super::publisher::counted;
use super::views::{self, Found, Group, Item, Linked, Quote};
use crate::render;
use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use wirecopy::document::Document;
use wirecopy::index::{self, Index};

/// The style of the report, and what the other pages need beside it.
const STYLE: &str = concat!(
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/report.css")),
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/site/site.css"))
);
const SCRIPT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/site/site.js"));

/// Rows of a list.
const ROWS: usize = 25;
/// Articles of a publisher that are listed.
const LISTED: usize = 200;

/// A page, or one that says why there is none.
pub(super) type Page = Result<Response, Wrong>;

/// A fault, told as a page.
pub(super) struct Wrong(Fault);

impl From<Fault> for Wrong {
    fn from(fault: Fault) -> Self {
        Self(fault)
    }
}

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        fault(&self.0)
    }
}

/// The page of a fault.
pub(super) fn fault(fault: &Fault) -> Response {
    let page = views::Wrong { status: fault.status.as_u16(), what: fault.what.clone() };
    fault.with_body("text/html; charset=utf-8", page.render().unwrap_or_default())
}

fn html(body: String) -> Response {
    // Own forms must be known as own: with no-referrer a browser calls the origin of a form "null".
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::REFERRER_POLICY, "same-origin")], body).into_response()
}

fn page(template: &impl Template) -> Result<Response, Wrong> {
    Ok(html(template.render().map_err(|e| Fault::inner(&format!("a page could not be made: {e}")))?))
}

pub(super) async fn asset(path: Result<Path<String>, PathRejection>) -> Page {
    let (content_type, body) = match segment(path)?.as_str() {
        "site.css" => ("text/css; charset=utf-8", STYLE),
        "site.js" => ("text/javascript; charset=utf-8", SCRIPT),
        _ => return Err(Fault::not_there("there is nothing at this address").into()),
    };
    Ok(([(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, "no-cache")], body).into_response())
}

/// Where a text is pasted.
pub(super) async fn start(State(service): State<Arc<Service>>, request: Request) -> Page {
    Parameters::of(request.uri().query(), &[])?;
    let shown = Arc::clone(&service);
    let [documents, clusters] = service.readers.ask(move |index| shown.size.now(index)).await?;
    page(&views::Ask { documents, clusters, text: String::new(), found: None })
}

/// What a pasted text is to the index.
pub(super) async fn ask(State(service): State<Arc<Service>>, request: Request) -> Page {
    let (head, body) = request.into_parts();
    if !is_of(&head.headers, &["application/x-www-form-urlencoded"]) {
        return Err(other_type("that of a form").into());
    }
    let (bytes, room) = whole(&service, &head.headers, body).await?;
    let text = Parameters::read(&bytes, &["text"])?.must("text")?.to_owned();
    let shown = Arc::clone(&service);
    let answer = service.readers.ask(move |index| {
        let config = &shown.config;
        let pasted = document(serde_json::json!({ "text": text, "id": "the pasted text" }), config)?;
        let answer = index.query(&pasted)?;
        let facts = match answer.found.first() {
            Some(first) => {
                let report = compared(index.document(&first.document)?, pasted)?;
                report.diffs.first().map(|d| views::changed(&d.facts)).unwrap_or_default()
            }
            None => Vec::new(),
        };
        let [documents, clusters] = shown.size.now(index)?;
        Ok(views::Ask { documents, clusters, text, found: Some(Found::new(&answer, facts)) })
    });
    let answer = answer.await?;
    drop(room);
    page(&answer)
}

/// The newest clusters.
pub(super) async fn clusters(State(service): State<Arc<Service>>, request: Request) -> Page {
    let before = Parameters::of(request.uri().query(), &["before"])?.number("before")?;
    let view = service.readers.ask(move |index| {
        let rows = index.newest_clusters(ROWS, before)?;
        let next = if rows.len() == ROWS { rows.last().map(|r| r.2) } else { None };
        let mut groups = Vec::new();
        for (id, documents, _) in rows {
            groups.extend(group(index, id, documents)?);
        }
        Ok(views::Clusters { groups, later: before.is_some(), next })
    });
    page(&view.await?)
}

fn group(index: &Index, id: i64, documents: u64) -> Result<Option<Group>, Fault> {
    let rows = index.cluster(id)?;
    let Some(first) = rows.first() else { return Ok(None) };
    let mut publishers: Vec<&str> = Vec::new();
    for name in rows.iter().filter_map(|r| r.publisher.as_deref()) {
        if publishers.len() < 6 && !publishers.contains(&name) {
            publishers.push(name);
        }
    }
    let publishers = crate::terminal::line(&publishers.join(" · "));
    Ok(Some(Group { id, documents, first: Item::from(first), publishers }))
}

/// A cluster, as the report has it.
pub(super) async fn cluster(State(service): State<Arc<Service>>, path: Result<Path<String>, PathRejection>, request: Request) -> Page {
    let asked = number(path)?;
    Parameters::of(request.uri().query(), &[])?;
    let answer = service.readers.ask(move |index| {
        let (now, rows) = members(index, asked)?;
        if now != asked {
            return Ok((now, String::new()));
        }
        let site = render::Site { cluster: now, documents: rows.len() };
        let (_, report) = traced(index, now)?;
        let mut page = Vec::new();
        render::html_of_site(&report, site, &mut page).map_err(|e| Fault::inner(&format!("a page could not be made: {e:#}")))?;
        Ok((now, String::from_utf8_lossy(&page).into_owned()))
    });
    let (now, markup) = answer.await?;
    if now != asked {
        return Ok(moved(&format!("/clusters/{now}")));
    }
    let mut response = html(markup);
    let policy = format!("{}; frame-ancestors 'none'", render::html_policy());
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

/// For now: a cluster that went into another may come out of it when documents are removed.
fn moved(to: &str) -> Response {
    (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response()
}

/// What became of each quotation of a cluster.
pub(super) async fn quotes(State(service): State<Arc<Service>>, path: Result<Path<String>, PathRejection>, request: Request) -> Page {
    let asked = number(path)?;
    Parameters::of(request.uri().query(), &[])?;
    let view = service.readers.ask(move |index| {
        let (cluster, report) = traced(index, asked)?;
        let name = |id: &str| {
            let found = report.documents.iter().find(|d| d.id == id);
            found.map_or_else(|| id.to_owned(), |d| views::named(d.publisher.as_deref(), d.title.as_deref(), id))
        };
        let quotes = ledger(&report).iter().map(|q| Quote::new(q, &name)).collect();
        Ok(views::Quotes { cluster, quotes })
    });
    page(&view.await?)
}

/// One article with its text.
pub(super) async fn article(State(service): State<Arc<Service>>, request: Request) -> Page {
    let id = Parameters::of(request.uri().query(), &["id"])?.must("id")?.to_owned();
    let view = service.readers.ask(move |index| {
        let row = row(index, &id)?;
        let number = row.copy_of.unwrap_or(row.number);
        let mut links = Vec::new();
        for link in index.links(&row)?.into_iter().take(LISTED) {
            if let Some(other) = index.row_of(link.other(number))? {
                links.push(Linked::new(&other, &link.relation, link.probability, link.seen_from(number)));
            }
        }
        let same_as = row.copy_of.map(|n| index.row_of(n)).transpose()?.flatten();
        let Document { text, .. } = index.document(&row)?;
        let web = |url: &&String| url.starts_with("https://") || url.starts_with("http://");
        Ok(views::Article {
            item: Item::from(&row),
            id: crate::terminal::line(&row.id),
            url: row.url.as_ref().filter(web).map(|u| crate::terminal::line(u)),
            same_as: same_as.as_ref().map(Item::from),
            clustered: !links.is_empty() || row.copy_of.is_some(),
            links,
            text: crate::terminal::clean(&text),
        })
    });
    page(&view.await?)
}

pub(super) async fn search(State(service): State<Arc<Service>>, request: Request) -> Page {
    let asked = Parameters::of(request.uri().query(), &["title", "publisher", "before"])?;
    let (title, publisher) = (asked.text("title").unwrap_or("").to_owned(), asked.text("publisher").unwrap_or("").to_owned());
    let before = asked.number("before")?;
    let given = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
    let search = index::Search { title: given(&title), publisher: given(&publisher), clustered: false, before };
    let wanted = search.title.is_some() || search.publisher.is_some() || before.is_some();
    let rows = service.readers.ask(move |index| Ok(if wanted { index.search(&search, ROWS)? } else { Vec::new() })).await?;
    let next = rows.last().filter(|_| rows.len() == ROWS);
    let next =
        next.map(|r| format!("/search?title={}&publisher={}&before={}", views::encoded(&title), views::encoded(&publisher), r.number));
    page(&views::Search { title, publisher, asked: wanted, items: rows.iter().map(Item::from).collect(), next })
}

pub(super) async fn publisher(State(service): State<Arc<Service>>, request: Request) -> Page {
    let name = Parameters::of(request.uri().query(), &["name"])?.must("name")?.to_owned();
    let view = service.readers.ask(move |index| Ok(views::Publisher::new(&name, &counted(index, &name)?, LISTED)));
    page(&view.await?)
}
