//! What stands around every answer: the gate, the pace, a bound on its time, its headers, its numbers and its line in the log.

use super::Service;
use super::fault::Fault;
use super::log::Line;
use super::routes::is_page;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Instant;

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) IpAddr);

/// What a browser may do with a page that has its style and script at this service, and forms that go there.
pub(super) const POLICY: &str =
    "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

#[expect(clippy::disallowed_methods, reason = "the program reads the clock")]
pub(super) async fn guard(State(service): State<Arc<Service>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let peer = request.extensions().get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |p| p.0);
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "none".to_owned(), |m| m.as_str().to_owned());
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    // Those that are turned away count as well: nobody may try tokens as fast as he can.
    let too_often = || Fault { again: Some(1), ..Fault::new(StatusCode::TOO_MANY_REQUESTS, "too_often", "this peer asks too often") };
    let paced = service.pace.allows(peer, begun).then_some(()).ok_or_else(too_often);
    let admitted = paced.and_then(|()| service.gate.pass(&method, request.uri(), request.headers()));
    let mut response = match admitted {
        Err(fault) => refused(&fault, &path),
        Ok(()) => match tokio::time::timeout(service.limits.answer, next.run(request)).await {
            Ok(response) => response,
            Err(_) => {
                let what = "this took longer than an answer may take; adding the same again changes nothing";
                refused(&Fault { again: Some(5), ..Fault::new(StatusCode::SERVICE_UNAVAILABLE, "too_slow", what) }, &path)
            }
        },
    };
    harden(response.headers_mut());
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    let method = known(&method);
    service.metrics.count(method, &route, status, took);
    service.log.write(&Line { peer, method, path: &path, route: &route, status, took });
    response
}

fn refused(fault: &Fault, path: &str) -> Response {
    if is_page(path) { super::pages::fault(fault) } else { fault.clone().into_response() }
}

/// A method as a label: there are as many names of methods as anybody likes to make.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    }
}

/// Headers of every answer, unless it has its own.
fn harden(headers: &mut HeaderMap) {
    const ALL: [(HeaderName, &str); 6] = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in ALL {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}
