//! Articles: added, asked about, shown, searched, compared.

use super::Service;
use super::body::{is_of, other_type, whole};
use super::fault::{Answered, Fault, json};
use super::parameters::Parameters;
use super::stream;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use serde_json::Value;
use std::sync::Arc;
use wirecopy::config::Config;
use wirecopy::document::Document;
use wirecopy::index::{AnswerLine, BATCH, DocumentLine, Index, LinkLine, Search, StoredRow};
use wirecopy::io::record_document;
use wirecopy::pipeline;
use wirecopy::report::DiffReport;

/// Longest id, title, address or name of a publisher, in bytes.
const LONGEST: usize = 2_000;

/// What a path has in the place of a name.
pub(super) fn segment(path: Result<Path<String>, PathRejection>) -> Result<String, Fault> {
    path.map(|Path(segment)| segment).map_err(|_| Fault::request("the address is no UTF-8"))
}

/// The document of a record that was sent.
pub(super) fn document(record: Value, config: &Config) -> Result<Document, Fault> {
    let Value::Object(record) = record else { return Err(Fault::request("an article is a JSON object")) };
    let mut document = record_document(record, "", config).map_err(|why| Fault::request(format!("the article {why}")))?;
    if document.id.is_empty() {
        let hash = || format!("text-{:032x}", xxhash_rust::xxh3::xxh3_128(document.text.as_bytes()));
        document.id = document.url.clone().filter(|url| !url.chars().any(char::is_control)).unwrap_or_else(hash);
    }
    let lengths = [Some(&document.id), document.title.as_ref(), document.url.as_ref(), document.publisher.as_ref()];
    if lengths.into_iter().flatten().any(|t| t.len() > LONGEST) {
        return Err(Fault::request(format!("id, title, url and publisher have at most {LONGEST} bytes")));
    }
    if document.id.chars().any(char::is_control) {
        return Err(Fault::request("an id has no control characters"));
    }
    if document.text.len() > config.max_document_bytes {
        return Err(Fault::too_large(format!("the text of an article has at most {} bytes", config.max_document_bytes)));
    }
    Ok(document)
}

/// The articles of a body: one, or a list.
fn documents(bytes: &[u8], config: &Config) -> Result<(Vec<Document>, bool), Fault> {
    match serde_json::from_slice(bytes) {
        Ok(Value::Array(records)) if records.len() > BATCH => {
            Err(Fault::too_large(format!("a list has at most {BATCH} articles; NDJSON may have any number")))
        }
        Ok(Value::Array(records)) => {
            let numbered = records.into_iter().enumerate().map(|(i, r)| {
                document(r, config).map_err(|f| Fault { what: format!("article {}, counted from 1: {}", i + 1, f.what), ..f })
            });
            Ok((numbered.collect::<Result<_, _>>()?, true))
        }
        Ok(record) => Ok((vec![document(record, config)?], false)),
        // Where, but nothing of what stands there.
        Err(error) => Err(Fault::request(format!("the body is no JSON (line {}, column {})", error.line(), error.column()))),
    }
}

/// The same on a thread that may take its time: a page takes long to read.
async fn read(service: &Arc<Service>, bytes: Vec<u8>) -> Result<(Vec<Document>, bool), Fault> {
    let config = service.config.clone();
    let reading = tokio::task::spawn_blocking(move || documents(&bytes, &config));
    reading.await.map_err(|e| Fault::inner(&format!("a body could not be read: {e}")))?
}

/// Adds articles, and answers when they are on the disk.
pub(super) async fn add(State(service): State<Arc<Service>>, request: Request) -> Answered {
    let (head, body) = request.into_parts();
    Parameters::of(head.uri.query(), &[])?;
    if is_of(&head.headers, &["application/x-ndjson", "application/jsonl", "application/jsonlines"]) {
        return stream::add(&service, body);
    }
    if !is_of(&head.headers, &["application/json"]) {
        return Err(other_type("application/json (an article, or a list of them) or application/x-ndjson"));
    }
    let (bytes, room) = whole(&service, &head.headers, body).await?;
    let (documents, many) = read(&service, bytes).await?;
    let mut lines = service.writer.add(documents, room).await?;
    Ok(json(StatusCode::OK, if many { format!("[{}]", lines.join(",")) } else { lines.pop().unwrap_or_default() }))
}

/// What a text is to the index. Nothing is kept.
pub(super) async fn query(State(service): State<Arc<Service>>, request: Request) -> Answered {
    let (head, body) = request.into_parts();
    Parameters::of(head.uri.query(), &[])?;
    if !is_of(&head.headers, &["application/json"]) {
        return Err(other_type("application/json"));
    }
    let (bytes, room) = whole(&service, &head.headers, body).await?;
    let (mut documents, many) = read(&service, bytes).await?;
    let (Some(document), false) = (documents.pop(), many) else { return Err(Fault::request("a question has one article")) };
    let answer = service.readers.ask(move |index| {
        let answer = index.query(&document)?;
        Ok(serde_json::to_string(&AnswerLine::new(&document.id, &answer)).unwrap_or_default())
    });
    let answer = answer.await?;
    drop(room);
    Ok(json(StatusCode::OK, answer))
}

/// The row of an article, or that there is none.
pub(super) fn row(index: &Index, id: &str) -> Result<StoredRow, Fault> {
    index.row(id)?.ok_or_else(|| Fault::not_there("no article has this id"))
}

/// One article with its links.
pub(super) async fn one(State(service): State<Arc<Service>>, path: Result<Path<String>, PathRejection>, request: Request) -> Answered {
    let id = segment(path)?;
    let with_text = Parameters::of(request.uri().query(), &["text"])?.flag("text")?;
    let body = service.readers.ask(move |index| {
        let row = row(index, &id)?;
        let text = if with_text { Some(index.document(&row)?.text) } else { None };
        let mut links = Vec::new();
        let number = row.copy_of.unwrap_or(row.number);
        for link in index.links(&row)? {
            if let Some(other) = index.row_of(link.other(number))? {
                links.push(LinkLine::new(other.id, &link, link.seen_from(number)));
            }
        }
        let line = DocumentLine { text, ..DocumentLine::from(&row) };
        Ok(serde_json::json!({ "schema": "wirecopy.article/1", "document": line, "links": links }).to_string())
    });
    Ok(json(StatusCode::OK, body.await?))
}

/// The newest articles of which all that is asked holds.
pub(super) async fn search(State(service): State<Arc<Service>>, request: Request) -> Answered {
    let asked = Parameters::of(request.uri().query(), &["title", "publisher", "clustered", "before", "limit"])?;
    let search = Search {
        title: asked.text("title").map(str::to_owned),
        publisher: asked.text("publisher").map(str::to_owned),
        clustered: asked.flag("clustered")?,
        before: asked.number("before")?,
    };
    let limit = asked.limit()?;
    let body = service.readers.ask(move |index| {
        let rows = index.search(&search, limit)?;
        let next = if rows.len() == limit { rows.last().map(|r| r.number) } else { None };
        let lines: Vec<DocumentLine<'_>> = rows.iter().map(DocumentLine::from).collect();
        Ok(serde_json::json!({ "schema": "wirecopy.articles/1", "documents": lines, "next_before": next }).to_string())
    });
    Ok(json(StatusCode::OK, body.await?))
}

/// The facts of one article against those of another.
pub(super) fn compared(base: Document, variant: Document) -> Result<DiffReport, Fault> {
    Ok(pipeline::diff_all(vec![base, variant], Vec::new(), false, &Config::default())?)
}

/// Which facts changed between two articles.
pub(super) async fn diff(State(service): State<Arc<Service>>, request: Request) -> Answered {
    let asked = Parameters::of(request.uri().query(), &["base", "variant"])?;
    let (base, variant) = (asked.must("base")?.to_owned(), asked.must("variant")?.to_owned());
    let body = service.readers.ask(move |index| {
        let read = |id: &str| Ok::<_, Fault>(index.document(&row(index, id)?)?);
        let report = compared(read(&base)?, read(&variant)?)?;
        Ok(serde_json::to_string(&report).unwrap_or_default())
    });
    Ok(json(StatusCode::OK, body.await?))
}
