//! Bodies of requests, bounded in size, in time, and in what all together take in memory.

use super::Service;
use super::fault::Fault;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use http_body_util::BodyExt;
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;

/// A place of [`Service::room`] is so many bytes.
pub(super) const PLACE: usize = 1 << 10;

/// A whole body, and the room that it takes.
pub(super) async fn whole(service: &Service, headers: &HeaderMap, body: Body) -> Result<(Vec<u8>, OwnedSemaphorePermit), Fault> {
    let most = service.limits.body;
    let too_large = || Fault::too_large(format!("a body has at most {most} bytes"));
    let told = headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
    if told.is_some_and(|length| length > most) {
        return Err(too_large());
    }
    let mut room = Arc::clone(&service.room).try_acquire_many_owned(1).map_err(|_| Fault::busy())?;
    let (mut bytes, mut held, mut body) = (Vec::new(), PLACE, body);
    let read = async {
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| Fault::request("the body ended early"))?;
            let Ok(part) = frame.into_data() else { continue };
            if bytes.len() + part.len() > most {
                return Err(too_large());
            }
            if bytes.len() + part.len() > held {
                let places = (bytes.len() + part.len() - held).div_ceil(PLACE);
                let more = Arc::clone(&service.room).try_acquire_many_owned(places as u32).map_err(|_| Fault::busy())?;
                room.merge(more);
                held += places * PLACE;
            }
            bytes.extend_from_slice(&part);
        }
        Ok(())
    };
    match timeout(service.limits.read, read).await {
        Ok(read) => read?,
        Err(_) => return Err(Fault::new(StatusCode::REQUEST_TIMEOUT, "too_slow", "the body took too long to come")),
    }
    Ok((bytes, room))
}

/// Whether a body is of this type, whatever parameters stand behind it.
pub(super) fn is_of(headers: &HeaderMap, types: &[&str]) -> bool {
    let told = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    let bare = told.split(';').next().unwrap_or("").trim();
    types.iter().any(|t| bare.eq_ignore_ascii_case(t))
}

pub(super) fn other_type(wanted: &str) -> Fault {
    Fault::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "type", format!("the Content-Type of this is {wanted}"))
}
