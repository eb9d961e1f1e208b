//! Feeds and pages from the web, politely: conditional requests, a pause between requests to one host, robots.txt, bounds on time, size
//! and redirects, and no address that is not public unless that is allowed.
//!
//! Only `http` and `https` are fetched; what is sent ([`Client::post`]) keeps the same rules of addresses and is never redirected. The clock belongs to the caller: pauses go through [`Pace`].

mod client;
mod opml;
mod poll;
mod public;
mod relations;
mod robots;

pub use client::{Answer, Client, Fault, Fetched, Pace, Settings, Unsent, Validators, check_address};
pub use opml::feeds_of;
pub use poll::{Event, Poll};
pub use public::is_public;
pub use relations::{ArticleRow, RelationRow, relate, relate_to_all};
