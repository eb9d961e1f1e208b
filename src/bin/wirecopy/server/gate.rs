//! Who may ask: the names under which the service is reached, where a form may come from, and the token.

use super::fault::Fault;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use std::net::SocketAddr;

/// What is checked of each request before anything is done for it.
#[derive(Debug)]
pub(super) struct Gate {
    /// Host and port.
    exact: Vec<String>,
    /// Hosts on any port.
    names: Vec<String>,
    token: Option<String>,
}

impl Gate {
    pub(super) fn new(listens: SocketAddr, names: &[String], token: Option<String>) -> Self {
        let port = listens.port();
        let mut exact = vec![listens.to_string()];
        if listens.ip().is_loopback() || listens.ip().is_unspecified() {
            exact.extend([format!("localhost:{port}"), format!("127.0.0.1:{port}"), format!("[::1]:{port}")]);
        }
        if port == 80 {
            let bare: Vec<String> = exact.iter().map(|e| e.trim_end_matches(":80").to_owned()).collect();
            exact.extend(bare);
        }
        Self { exact, names: names.iter().map(|n| n.to_ascii_lowercase()).collect(), token }
    }

    /// Whether the service is called by one of its names. A page elsewhere can have its own name point here, but not change what the
    /// browser says that it called.
    fn is_own(&self, authority: &str) -> bool {
        let authority = authority.to_ascii_lowercase();
        let host = match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
            _ => authority.as_str(),
        };
        self.exact.contains(&authority) || self.names.iter().any(|n| *n == authority || n == host)
    }

    /// Lets a request pass, or says why not.
    pub(super) fn pass(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Fault> {
        let mut hosts = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return Err(Fault::request("a request has one Host header")) };
        let named = host.to_str().is_ok_and(|h| self.is_own(h)) && uri.authority().is_none_or(|a| self.is_own(a.as_str()));
        if !named {
            let what = "the service is not called by this name; --host NAME gives it one more";
            return Err(Fault::new(StatusCode::MISDIRECTED_REQUEST, "host", what));
        }
        if !matches!(*method, Method::GET | Method::HEAD) {
            self.own_page(headers)?;
        }
        match &self.token {
            Some(token) if uri.path() != "/health" => authorized(headers, token),
            _ => Ok(()),
        }
    }

    /// What changes something comes from a page of the service, or from no page.
    fn own_page(&self, headers: &HeaderMap) -> Result<(), Fault> {
        let own =
            |origin: &str| origin.split_once("://").is_some_and(|(scheme, host)| matches!(scheme, "http" | "https") && self.is_own(host));
        let origin = headers.get_all(header::ORIGIN).iter().all(|o| o.to_str().is_ok_and(own));
        let site = headers.get("sec-fetch-site").is_none_or(|s| matches!(s.as_bytes(), b"same-origin" | b"none"));
        if origin && site {
            return Ok(());
        }
        Err(Fault::new(StatusCode::FORBIDDEN, "origin", "pages of other sites may not do this"))
    }
}

fn authorized(headers: &HeaderMap, token: &str) -> Result<(), Fault> {
    let given = headers.get(header::AUTHORIZATION).and_then(|h| h.to_str().ok()).and_then(|value| {
        let (scheme, rest) = value.split_once(' ')?;
        if scheme.eq_ignore_ascii_case("bearer") {
            return Some(rest.trim().as_bytes().to_vec());
        }
        // What a browser sends when it asked its user: any name, and the token as the password.
        let pair = scheme.eq_ignore_ascii_case("basic").then(|| from_base64(rest.trim()))??;
        let colon = pair.iter().position(|b| *b == b':')?;
        Some(pair[colon + 1..].to_vec())
    });
    match given {
        Some(given) if equal(&given, token.as_bytes()) => Ok(()),
        _ => Err(Fault::new(StatusCode::UNAUTHORIZED, "token", "this service wants its token: Authorization: Bearer TOKEN")),
    }
}

/// Compares in a time that depends on the length of the token alone.
fn equal(given: &[u8], token: &[u8]) -> bool {
    let differ = token.iter().enumerate().fold(0, |all, (i, byte)| all | (given.get(i).copied().unwrap_or(!*byte) ^ byte));
    std::hint::black_box(differ) == 0 && given.len() == token.len()
}

fn from_base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    let (mut group, mut bits) = (0_u32, 0);
    for byte in text.trim_end_matches('=').bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        group = group << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((group >> bits & 255) as u8);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn gate(token: Option<&str>) -> Gate {
        Gate::new(SocketAddr::from(([127, 0, 0, 1], 8080)), &["News.example".into()], token.map(Into::into))
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(k, v)| (k.parse().unwrap(), HeaderValue::from_str(v).unwrap())).collect()
    }

    fn status(gate: &Gate, method: &Method, pairs: &[(&'static str, &str)]) -> u16 {
        gate.pass(method, &Uri::from_static("/v1/articles"), &headers(pairs)).map_or_else(|f| f.status.as_u16(), |()| 200)
    }

    #[test]
    fn only_own_names_pass() {
        for host in ["127.0.0.1:8080", "LOCALHOST:8080", "[::1]:8080", "news.example", "news.example:99"] {
            assert_eq!(status(&gate(None), &Method::GET, &[("host", host)]), 200, "{host}");
        }
        for host in
            ["evil.example", "127.0.0.1", "localhost:80", "news.example.evil.example", "127.0.0.1:8080.evil.example", "", "news.example:x"]
        {
            assert_eq!(status(&gate(None), &Method::GET, &[("host", host)]), 421, "{host}");
        }
        assert_eq!(status(&gate(None), &Method::GET, &[]), 400);
        let evil = Uri::from_static("http://evil.example/");
        assert!(gate(None).pass(&Method::GET, &evil, &headers(&[("host", "localhost:8080")])).is_err());
    }

    #[test]
    fn pages_of_others_change_nothing() {
        let post = |pairs: &[(&'static str, &str)]| status(&gate(None), &Method::POST, &[&[("host", "localhost:8080")], pairs].concat());
        assert_eq!(post(&[]), 200);
        assert_eq!(post(&[("origin", "http://localhost:8080")]), 200);
        assert_eq!(post(&[("origin", "https://news.example")]), 200);
        for origin in ["null", "http://evil.example", "http://localhost:8081", "file://localhost:8080", "localhost:8080"] {
            assert_eq!(post(&[("origin", origin)]), 403, "{origin}");
        }
        assert_eq!(post(&[("sec-fetch-site", "cross-site")]), 403);
        assert_eq!(status(&gate(None), &Method::GET, &[("host", "localhost:8080"), ("sec-fetch-site", "cross-site")]), 200);
    }

    #[test]
    fn the_token_is_wanted_whole() {
        let get = |authorization: &str| {
            status(&gate(Some("s3cret")), &Method::GET, &[("host", "localhost:8080"), ("authorization", authorization)])
        };
        assert_eq!((get("Bearer s3cret"), get("bearer s3cret"), get("Basic YW55OnMzY3JldA==")), (200, 200, 200));
        for wrong in ["Bearer s3cre", "Bearer s3crets", "Bearer ", "Bearer", "s3cret", "Basic czNjcmV0", "Basic !!!", "Digest s3cret", ""] {
            assert_eq!(get(wrong), 401, "{wrong}");
        }
        assert_eq!(status(&gate(Some("s3cret")), &Method::GET, &[("host", "localhost:8080")]), 401);
    }
}
