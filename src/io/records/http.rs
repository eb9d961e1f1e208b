//! A stored HTTP response: its head and its body as text.

use super::super::decode::decode_page;
use std::io::Read as _;

/// Most header lines of a response.
const MOST_HEADERS: usize = 256;

/// What a response holds.
pub(super) enum Body {
    /// HTML, or XHTML.
    Html(String),
    /// Plain text.
    Text(String),
    /// A redirect, an error, an image, ...
    NoArticle,
    /// Something is wrong with it.
    Fault(String),
}

/// Reads a response with its head; a body that unpacks to more than `most` bytes is a fault.
pub(super) fn read(response: &[u8], most: usize) -> Body {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut head = httparse::Response::new(&mut headers);
    let start = match head.parse(response) {
        Ok(httparse::Status::Complete(start)) => start,
        Ok(httparse::Status::Partial) => return Body::Fault("the response is cut off in its head".to_owned()),
        Err(error) => return Body::Fault(format!("the head of the response cannot be read: {error}")),
    };
    if !head.code.is_some_and(|code| (200..300).contains(&code)) {
        return Body::NoArticle;
    }
    let header = |name: &str| {
        let found = head.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name));
        found.map(|h| String::from_utf8_lossy(h.value).to_ascii_lowercase())
    };
    let kind = header("content-type").unwrap_or_default();
    let (html, text) = (kind.contains("html"), kind.starts_with("text/plain"));
    let mut body = response[start..].to_vec();
    if header("transfer-encoding").is_some_and(|e| e.contains("chunked"))
        && let Some(joined) = dechunked(&body)
    {
        body = joined;
    }
    body = match unpacked(&body, header("content-encoding").as_deref().unwrap_or("").trim(), most) {
        Ok(unpacked) => unpacked.unwrap_or(body),
        Err(fault) => return Body::Fault(fault),
    };
    let looks_html = || super::by_content(&body) == super::Format::Page;
    let is_html = html || kind.is_empty() && looks_html();
    if !is_html && !text {
        return Body::NoArticle;
    }
    let text = decode_page(&body, &kind).text;
    if is_html { Body::Html(text) } else { Body::Text(text) }
}

/// The chunks of a body joined (RFC 9112, section 7.1); `None` where it is not in chunks after all, since some crawlers store
/// the head as it came and the body joined.
fn dechunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    loop {
        let httparse::Status::Complete((start, size)) = httparse::parse_chunk_size(body).ok()? else { return None };
        let size = usize::try_from(size).ok()?;
        if size == 0 {
            return Some(out);
        }
        let rest = &body[start..];
        let taken = size.min(rest.len());
        out.extend_from_slice(&rest[..taken]);
        // a response that was cut off keeps what came
        let Some(next) = rest.get(taken + 2..) else { return Some(out) };
        body = next;
    }
}

/// `Ok(None)`: it is not packed.
fn unpacked(body: &[u8], encoding: &str, most: usize) -> Result<Option<Vec<u8>>, String> {
    let mut out = Vec::new();
    let limit = most as u64 + 1;
    let read = match encoding {
        "gzip" | "x-gzip" if body.starts_with(&[0x1F, 0x8B]) => flate2::read::MultiGzDecoder::new(body).take(limit).read_to_end(&mut out),
        "deflate" => flate2::read::ZlibDecoder::new(body).take(limit).read_to_end(&mut out),
        // crawlers that unpack before they store leave the head as it was
        "" | "identity" | "gzip" | "x-gzip" => return Ok(None),
        other => return Err(format!("the response is packed with {other}, which is not read")),
    };
    match read {
        _ if out.len() > most => Err(format!("the response unpacks to more than {most} bytes")),
        Ok(_) => Ok(Some(out)),
        // what came before the damage is worth reading
        Err(_) if !out.is_empty() => Ok(Some(out)),
        Err(error) => Err(format!("the response cannot be unpacked: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(response: &[u8]) -> Option<String> {
        match read(response, 10_000) {
            Body::Html(text) => Some(text),
            _ => None,
        }
    }

    #[test]
    fn bodies_in_chunks_and_in_other_encodings() {
        let chunked = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\n4\r\nF\xfcnf\r\n0\r\n\r\n";
        assert_eq!(html(chunked).as_deref(), Some("<p>Fünf"));
        let joined = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n<p>joined already";
        assert_eq!(html(joined).as_deref(), Some("<p>joined already"));
        assert!(html(b"HTTP/1.1 301 Moved\r\nLocation: /x\r\n\r\n<html>").is_none());
        assert!(matches!(read(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG", 100), Body::NoArticle));
        assert!(matches!(read(b"HTTP/1.1 200 OK\r\nContent-Ty", 100), Body::Fault(_)));
    }

    #[test]
    fn packed_bodies_are_bounded() {
        use std::io::Write as _;
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(&vec![b' '; 1 << 20]).unwrap();
        let mut response = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
        response.extend(packer.finish().unwrap());
        assert!(matches!(read(&response, 10_000), Body::Fault(_)));
        assert!(matches!(read(&response, 2 << 20), Body::Html(text) if text.len() == 1 << 20));
    }
}
