//! wirecopy finds exact, near-duplicate, excerpted and rewritten news articles, traces them to the wire copy that
//! they came from, and shows what happened to each fact on the way.

pub mod candidates;
pub mod cluster;
pub mod config;
pub mod corpus;
pub mod diff;
pub mod document;
pub mod error;
pub mod extract;
pub mod facts;
pub mod io;
pub mod keys;
pub mod pipeline;
pub mod report;
pub mod text;
pub mod trace;
pub mod verify;
