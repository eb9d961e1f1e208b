//! What was seen before, in one SQLite file.
//!
//! Until the whole index stands here, this is the memory of `watch`: feeds with the validators of their last answer, articles in all
//! their versions, and how much of the output is certain. Everything acknowledged is in the file before it is told
//! (write-ahead log, full synchronisation).

mod seen;

pub use seen::{Known, Seen, SeenArticle};
