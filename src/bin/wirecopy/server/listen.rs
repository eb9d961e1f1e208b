//! Connections: taken one by one, bounded in number and in the time that their heads take, and finished when the service stops.

use super::Service;
use super::guard::Peer;
use crate::progress::Watcher;
use crate::terminal;
use axum::Router;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::timeout;
use wirecopy::monitor::Monitor;

/// Connections at a time; further ones wait to be taken.
const CONNECTIONS: usize = 512;
/// Longest head of a request, in bytes.
const HEAD: usize = 64 << 10;
/// How often the wish to stop is looked for.
const LOOK: Duration = Duration::from_millis(50);

/// Serves until the watcher is told to stop, then finishes the requests that were begun.
pub(super) async fn serve(listener: TcpListener, router: Router, service: Arc<Service>, watcher: &Watcher) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(service.limits.head).max_buf_size(HEAD);
    while !watcher.stopped() {
        let Ok(Ok(place)) = timeout(LOOK, Arc::clone(&places).acquire_owned()).await else { continue };
        let (stream, peer) = match timeout(LOOK, listener.accept()).await {
            Err(_) => continue,
            Ok(Ok(accepted)) => accepted,
            Ok(Err(error)) => {
                // Too many open files, or a peer that went away: neither is an end.
                terminal::tell(&format!("wirecopy: a connection could not be taken: {error}"));
                tokio::time::sleep(LOOK).await;
                continue;
            }
        };
        let _ = stream.set_nodelay(true);
        let inner = TowerToHyperService::new(router.clone());
        let answer = service_fn(move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(Peer(peer.ip()));
            hyper::service::Service::call(&inner, request)
        });
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), answer));
        tokio::spawn(async move {
            // What goes wrong with a connection is its peer's affair.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    service.stopping.store(true, Ordering::Relaxed);
    if timeout(service.limits.grace, graceful.shutdown()).await.is_err() {
        terminal::tell("wirecopy: some requests took too long and were cut off; what was acknowledged is in the index");
    }
    service.writer.stop().await;
}
