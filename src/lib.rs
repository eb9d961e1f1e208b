//! wirecopy
pub mod config;
pub mod diff;
pub mod document;
pub mod error;
pub mod extract;
pub mod facts;
pub mod text;
pub mod trace;
