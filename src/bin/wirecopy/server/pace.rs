//! How often a peer may ask: a bucket of tokens for each.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Peers that are remembered; those that have not asked for long are forgotten first.
const PEERS: usize = 10_000;

struct Bucket {
    tokens: f64,
    filled: Instant,
}

/// The buckets of all peers.
pub(super) struct Pace {
    /// Tokens a second; 0: no limit.
    rate: f64,
    buckets: Mutex<HashMap<IpAddr, Bucket>>,
}

impl Pace {
    pub(super) fn new(rate: u32) -> Self {
        Self { rate: f64::from(rate), buckets: Mutex::default() }
    }

    /// Whether the peer may ask at this moment. A bucket holds what comes in two seconds.
    pub(super) fn allows(&self, peer: IpAddr, now: Instant) -> bool {
        if self.rate == 0.0 {
            return true;
        }
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let most = 2.0 * self.rate;
        let filled = |b: &Bucket| (b.tokens + now.saturating_duration_since(b.filled).as_secs_f64() * self.rate).min(most);
        if buckets.len() >= PEERS {
            // A full bucket is as good as none.
            buckets.retain(|_, b| filled(b) < most);
        }
        let full = buckets.len() >= PEERS;
        let peer = neighbourhood(peer);
        if full && !buckets.contains_key(&peer) {
            return false;
        }
        let bucket = buckets.entry(peer).or_insert(Bucket { tokens: most, filled: now });
        bucket.tokens = filled(bucket);
        bucket.filled = now;
        if bucket.tokens < 1.0 {
            return false;
        }
        bucket.tokens -= 1.0;
        true
    }
}

/// One subscriber has 2^64 addresses of version 6.
fn neighbourhood(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() & (u128::MAX << 64)).into()),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test begins somewhere in time")]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_bucket_runs_dry_and_fills_again() {
        let (pace, begun) = (Pace::new(5), Instant::now());
        let asks = |n: u8, at: Instant| (0..100).filter(|_| pace.allows(IpAddr::from([10, 0, 0, n]), at)).count();
        assert_eq!((asks(1, begun), asks(1, begun), asks(2, begun)), (10, 0, 10));
        assert_eq!(asks(1, begun + Duration::from_secs(1)), 5);
        assert_eq!(asks(1, begun + Duration::from_secs(3_600)), 10);
        let none = Pace::new(0);
        assert!((0..1_000).all(|_| none.allows(IpAddr::from([10, 0, 0, 1]), begun)));
    }

    #[test]
    fn many_peers_do_not_fill_the_memory() {
        let (pace, begun) = (Pace::new(1), Instant::now());
        for n in 0..3 * PEERS as u32 {
            pace.allows(IpAddr::from(n.to_le_bytes()), begun);
        }
        assert!(pace.buckets.lock().unwrap().len() <= PEERS);
        let alike = |last: u16| IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, last]);
        assert_eq!(neighbourhood(alike(1)), neighbourhood(alike(9)));
    }
}
