//! Cluster to lineage: which text came from which.

mod story_date;

pub use story_date::{Basis, StoryDate, story_date};
