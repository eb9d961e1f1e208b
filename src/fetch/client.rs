//! One request with its redirects.

use super::public::is_public;
use std::io::{self, Read as _};
use std::time::Duration;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use url::Url;

/// Redirects that are followed.
const MOST_REDIRECTS: usize = 5;

/// How is fetched.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether addresses that are not public may be fetched.
    pub allow_private: bool,
    /// Longest time of one request, with its body.
    pub timeout: Duration,
    /// Most bytes of a body, unpacked.
    pub most_bytes: u64,
    /// What the program calls itself.
    pub user_agent: String,
}

/// Pauses, and the end of the run.
pub trait Pace {
    /// Waits until a request to `host` is polite; `least` is the pause that the host asks for, if it does.
    fn wait(&self, host: &str, least: Option<Duration>);

    /// Whether the run is to end.
    fn stopped(&self) -> bool;
}

/// By what a server tells whether something has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// The `ETag` of the last answer.
    pub etag: Option<String>,
    /// The `Last-Modified` of the last answer.
    pub last_modified: Option<String>,
}

/// What was fetched.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// The address that answered.
    pub url: String,
    /// The address that all permanent redirects led to, if the first answer was one.
    pub moved_to: Option<String>,
    /// For the next request.
    pub validators: Validators,
    /// The `Content-Type`, in small letters.
    pub content_type: String,
    /// The bytes, unpacked.
    pub body: Vec<u8>,
}

/// What a server answered.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Something new.
    Fresh(Box<Fetched>),
    /// What it gave last time.
    Unchanged,
}

/// Why nothing was fetched.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The address may not be fetched.
    #[error("{0}")]
    Refused(String),
    /// The server answered with an error.
    #[error("the server answered {0}")]
    Status(u16),
    /// There was no whole answer.
    #[error("{0}")]
    Failed(String),
}

/// Fetches, one request after the other.
pub struct Client<'p> {
    agent: ureq::Agent,
    settings: Settings,
    pace: &'p dyn Pace,
}

/// Resolves names to public addresses only.
#[derive(Debug)]
struct PublicOnly {
    allow_private: bool,
    inner: DefaultResolver,
}

/// Marks an error of [`PublicOnly`].
const NOT_PUBLIC: &str = "leads to an address that is not public; --allow-private allows it";

impl Resolver for PublicOnly {
    fn resolve(&self, uri: &Uri, config: &ureq::config::Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        if !self.allow_private && found.iter().any(|a| !is_public(a.ip())) {
            return Err(ureq::Error::Io(io::Error::other(NOT_PUBLIC)));
        }
        Ok(found)
    }
}

impl<'p> Client<'p> {
    /// A client with these settings.
    #[must_use]
    pub fn new(settings: Settings, pace: &'p dyn Pace) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(settings.timeout))
            .user_agent(settings.user_agent.as_str())
            // a proxy of the environment would look names up in its own place
            .proxy(None)
            .build();
        let resolver = PublicOnly { allow_private: settings.allow_private, inner: DefaultResolver::default() };
        let agent = ureq::Agent::with_parts(config, DefaultConnector::default(), resolver);
        Self { agent, settings, pace }
    }

    /// What the program calls itself.
    pub(super) fn user_agent(&self) -> &str {
        &self.settings.user_agent
    }

    /// Fetches `url`; with the validators of the last answer only if it has changed since.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn get(&self, url: &str, known: &Validators, least: Option<Duration>) -> Result<Answer, Fault> {
        let mut at = checked(url)?;
        let mut moved_to = None;
        let mut permanent = true;
        for _ in 0..=MOST_REDIRECTS {
            if self.pace.stopped() {
                return Err(Fault::Failed("interrupted".to_owned()));
            }
            self.pace.wait(at.host_str().unwrap_or_default(), least);
            let mut request = self.agent.get(at.as_str());
            for (name, value) in [("If-None-Match", &known.etag), ("If-Modified-Since", &known.last_modified)] {
                if let Some(value) = value {
                    request = request.header(name, value);
                }
            }
            let mut answer = request.call().map_err(failed)?;
            let header = |name: &str| answer.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
            match answer.status().as_u16() {
                304 => return Ok(Answer::Unchanged),
                code @ (301 | 302 | 303 | 307 | 308) => {
                    let to = header("location").ok_or_else(|| Fault::Failed("is a redirect to nowhere".to_owned()))?;
                    let to = at.join(&to).map_err(|e| Fault::Failed(format!("is a redirect to no address: {e}")))?;
                    at = checked(to.as_str())?;
                    permanent &= matches!(code, 301 | 308);
                    moved_to = permanent.then(|| at.to_string());
                }
                200 => {
                    let validators = Validators { etag: header("etag"), last_modified: header("last-modified") };
                    let content_type = header("content-type").unwrap_or_default().to_ascii_lowercase();
                    let most = self.settings.most_bytes;
                    let mut body = Vec::new();
                    let read = answer.body_mut().with_config().limit(u64::MAX).reader().take(most + 1).read_to_end(&mut body);
                    if body.len() as u64 > most {
                        return Err(Fault::Failed(format!("has more than {most} bytes")));
                    }
                    read.map_err(|e| match e.get_ref().and_then(|inner| inner.downcast_ref()) {
                        Some(ureq::Error::Timeout(_)) => Fault::Failed("took too long".to_owned()),
                        _ => Fault::Failed(format!("broke off: {e}")),
                    })?;
                    return Ok(Answer::Fresh(Box::new(Fetched { url: at.to_string(), moved_to, validators, content_type, body })));
                }
                code => return Err(Fault::Status(code)),
            }
        }
        Err(Fault::Failed(format!("is redirected more than {MOST_REDIRECTS} times")))
    }
}

impl Client<'_> {
    /// Sends JSON to `url` by POST; `id` stands in its `Idempotency-Key`. It has arrived when the server answers with success; what it
    /// answers is not read, and redirects are not followed.
    ///
    /// # Errors
    /// [`Unsent`].
    pub fn post(&self, url: &str, id: &str, body: &str) -> Result<(), Unsent> {
        let at = checked(url)?;
        let request = self.agent.post(at.as_str()).header("Content-Type", "application/json").header("Idempotency-Key", id);
        let answer = request.send(body).map_err(failed)?;
        match answer.status().as_u16() {
            200..=299 => Ok(()),
            code @ 300..=399 => Err(Fault::Failed(format!("answered {code}: give the address that it leads to")).into()),
            code => {
                let seconds = answer.headers().get("retry-after").and_then(|v| v.to_str().ok()).and_then(|v| v.trim().parse().ok());
                Err(Unsent { fault: Fault::Status(code), again_after: seconds.map(Duration::from_secs) })
            }
        }
    }
}

/// Why something did not arrive.
#[derive(Debug)]
pub struct Unsent {
    /// Why.
    pub fault: Fault,
    /// The pause that the server asks for.
    pub again_after: Option<Duration>,
}

impl From<Fault> for Unsent {
    fn from(fault: Fault) -> Self {
        Self { fault, again_after: None }
    }
}

/// Checks that `url` is an address of the web, without asking where it leads.
///
/// # Errors
/// [`Fault::Refused`].
pub fn check_address(url: &str) -> Result<(), Fault> {
    checked(url).map(drop)
}

/// The address, if it is one of the web.
fn checked(url: &str) -> Result<Url, Fault> {
    let url = Url::parse(url).map_err(|e| Fault::Refused(format!("is no address: {e}")))?;
    match url.scheme() {
        "http" | "https" if url.host_str().is_some() => Ok(url),
        other => Err(Fault::Refused(format!("has the scheme {other}; only http and https are fetched"))),
    }
}

fn failed(error: ureq::Error) -> Fault {
    match error {
        ureq::Error::Io(e) if e.to_string() == NOT_PUBLIC => Fault::Refused(NOT_PUBLIC.to_owned()),
        ureq::Error::Timeout(_) => Fault::Failed("took too long".to_owned()),
        ureq::Error::HostNotFound => Fault::Failed("its host was not found".to_owned()),
        other => Fault::Failed(format!("cannot be fetched: {other}")),
    }
}
