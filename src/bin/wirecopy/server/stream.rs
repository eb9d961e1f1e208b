//! A stream of articles, one JSON object a line, of any length: read, added and answered in pieces of bounded size.

use super::Service;
use super::articles::document;
use super::fault::{Answered, Fault};
use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use hyper::body::{Bytes, Frame};
use serde_json::json;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::timeout;
use wirecopy::config::Config;
use wirecopy::document::Document;

/// Articles of a piece.
const PIECE: usize = 500;
/// Bytes of a piece.
const PIECE_BYTES: usize = 4 << 20;
/// After so long without a new article those that came are added.
const PAUSE: Duration = Duration::from_millis(200);

/// Lines of the answer as they come.
struct Answer(mpsc::Receiver<Bytes>);

impl hyper::body::Body for Answer {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(context).map(|line| line.map(|bytes| Ok(Frame::data(bytes))))
    }
}

/// Answers line by line while the body is read: a line for each article that is on the disk or was refused, and one at the end.
pub(super) fn add(service: &Arc<Service>, body: Body) -> Answered {
    let place = Arc::clone(&service.streams).try_acquire_owned().map_err(|_| Fault::busy())?;
    let (lines, answer) = mpsc::channel(4);
    let mut stream = Stream { service: Arc::clone(service), lines, piece: Vec::new(), bytes: 0, read: 0, added: 0, refused: 0 };
    tokio::spawn(async move {
        let ended = stream.run(body).await;
        stream.end(ended).await;
        drop(place);
    });
    let body = Body::new(Answer(answer));
    let response: Response = ([(header::CONTENT_TYPE, "application/x-ndjson")], body).into_response();
    Ok(response)
}

struct Stream {
    service: Arc<Service>,
    lines: mpsc::Sender<Bytes>,
    /// Lines that were read and not yet added, with their numbers from 1.
    piece: Vec<(u64, Vec<u8>)>,
    bytes: usize,
    read: u64,
    added: u64,
    refused: u64,
}

impl Stream {
    async fn run(&mut self, mut body: Body) -> Result<(), Fault> {
        let most = self.service.limits.line;
        let mut rest: Vec<u8> = Vec::new();
        let mut idle = Duration::ZERO;
        loop {
            if self.service.stopping.load(Ordering::Relaxed) {
                self.flush().await?;
                return Err(Fault::stopping());
            }
            let frame = match timeout(PAUSE, body.frame()).await {
                Ok(frame) => frame,
                Err(_) => {
                    idle += PAUSE;
                    if idle >= self.service.limits.read {
                        self.flush().await?;
                        return Err(Fault::request("nothing came for too long"));
                    }
                    self.flush().await?;
                    continue;
                }
            };
            idle = Duration::ZERO;
            let Some(frame) = frame else { break };
            let frame = frame.map_err(|_| Fault::request("the body ended early"))?;
            let Ok(part) = frame.into_data() else { continue };
            // Each byte is looked at once, however long a line is.
            let mut from = 0;
            for (at, _) in part.iter().enumerate().filter(|(_, b)| **b == b'\n') {
                rest.extend_from_slice(&part[from..at]);
                from = at + 1;
                self.line(std::mem::take(&mut rest)).await?;
            }
            rest.extend_from_slice(&part[from..]);
            if rest.len() > most {
                self.read += 1;
                self.flush().await?;
                return Err(Fault::too_large(format!("line {}: a line has at most {most} bytes", self.read)));
            }
        }
        self.line(rest).await?;
        self.flush().await
    }

    async fn line(&mut self, line: Vec<u8>) -> Result<(), Fault> {
        self.read += 1;
        if line.len() > self.service.limits.line {
            self.flush().await?;
            return Err(Fault::too_large(format!("line {}: a line has at most {} bytes", self.read, self.service.limits.line)));
        }
        if line.trim_ascii().is_empty() {
            return Ok(());
        }
        self.bytes += line.len();
        self.piece.push((self.read, line));
        if self.piece.len() >= PIECE || self.bytes >= PIECE_BYTES { self.flush().await } else { Ok(()) }
    }

    /// Adds what was read, and tells of it.
    async fn flush(&mut self) -> Result<(), Fault> {
        if self.piece.is_empty() {
            return Ok(());
        }
        self.bytes = 0;
        let (piece, config) = (std::mem::take(&mut self.piece), self.service.config.clone());
        let parsed = tokio::task::spawn_blocking(move || parsed(piece, &config)).await;
        let (documents, refused) = parsed.map_err(|e| Fault::inner(&format!("lines could not be read: {e}")))?;
        self.refused += refused.len() as u64;
        let (numbers, documents): (Vec<u64>, Vec<Document>) = documents.into_iter().unzip();
        let rows = if documents.is_empty() { Vec::new() } else { self.service.writer.add_patiently(documents).await? };
        self.added += rows.len() as u64;
        let mut told: Vec<(u64, String)> = numbers.into_iter().zip(rows).chain(refused).collect();
        told.sort_by_key(|(number, _)| *number);
        let mut text = String::new();
        for (_, line) in told {
            text.push_str(&line);
            text.push('\n');
        }
        self.send(text).await
    }

    async fn send(&self, text: String) -> Result<(), Fault> {
        // Who does not read while sending is waited for as long as one who does not send.
        let sent = timeout(self.service.limits.read, self.lines.send(Bytes::from(text))).await;
        if matches!(sent, Ok(Ok(()))) { Ok(()) } else { Err(Fault::request("nobody reads the answer")) }
    }

    /// The last line: how much there was, and what ended it if not the end.
    async fn end(&self, ended: Result<(), Fault>) {
        let mut last = json!({ "done": ended.is_ok(), "lines": self.added + self.refused, "added": self.added, "refused": self.refused });
        if let Err(fault) = ended {
            last["error"] = fault.error.into();
            last["what"] = fault.what.into();
        }
        let _ = self.send(last.to_string() + "\n").await;
    }
}

/// Documents and refusals, each with the number of its line.
type Parsed = (Vec<(u64, Document)>, Vec<(u64, String)>);

fn parsed(piece: Vec<(u64, Vec<u8>)>, config: &Config) -> Parsed {
    let (mut documents, mut refused) = (Vec::new(), Vec::new());
    for (number, line) in piece {
        let record = serde_json::from_slice(&line).map_err(|e| Fault::request(format!("is no JSON (column {})", e.column())));
        match record.and_then(|record| document(record, config)) {
            Ok(document) => documents.push((number, document)),
            Err(fault) => refused.push((number, json!({ "line": number, "error": fault.error, "what": fault.what }).to_string())),
        }
    }
    (documents, refused)
}
