//! What is said when a request cannot be answered: as JSON, with nothing of the machine in it.

use crate::terminal;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use wirecopy::error::Error;

/// Why a request is not answered.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) status: StatusCode,
    /// One word for programs.
    pub(super) error: &'static str,
    /// One sentence for people.
    pub(super) what: String,
    /// Seconds after which it is worth asking again.
    pub(super) again: Option<u32>,
}

impl Fault {
    pub(super) fn new(status: StatusCode, error: &'static str, what: impl Into<String>) -> Self {
        Self { status, error, what: what.into(), again: None }
    }

    /// The request is not as the interface wants it.
    pub(super) fn request(what: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "request", what)
    }

    pub(super) fn not_there(what: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_there", what)
    }

    pub(super) fn too_large(what: impl Into<String>) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", what)
    }

    /// There is more to do than can be held; nothing of this request was done.
    pub(super) fn busy() -> Self {
        let what = "there is more to do than can be held; nothing of this was done, ask again";
        Self { again: Some(1), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", what) }
    }

    pub(super) fn stopping() -> Self {
        let what = "the service stops; nothing of this was done";
        Self { again: Some(10), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "stopping", what) }
    }

    /// A fault of this side. What it is stands in the log, not in the answer.
    pub(super) fn inner(told: &str) -> Self {
        terminal::tell(&format!("wirecopy: {}", terminal::line(told)));
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "inner", "this failed here and not with you; the log of the service says why")
    }

    pub(super) fn json(&self) -> String {
        serde_json::json!({ "error": self.error, "what": self.what }).to_string()
    }

    /// An answer with these headers and another body.
    pub(super) fn with_body(&self, content_type: &'static str, body: String) -> Response {
        let mut response = (self.status, [(header::CONTENT_TYPE, content_type)], body).into_response();
        if let Some(seconds) = self.again {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            // Basic, so that a browser asks for the token.
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"wirecopy\""));
            response.headers_mut().append(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::inner(&format!("{:#}", anyhow::Error::from(error)))
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let body = self.json();
        self.with_body("application/json", body)
    }
}

/// An answer, or why there is none.
pub(super) type Answered = Result<Response, Fault>;

/// JSON that stands already.
pub(super) fn json(status: StatusCode, body: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}
