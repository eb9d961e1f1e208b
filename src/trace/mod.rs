//! Cluster to lineage: who took it from whom.

mod branching;
mod direction;
mod edge;
mod lineage;
mod story_date;

pub use branching::maximum_branching;
pub use edge::{Edge, EdgeEvidence, EdgeEvidenceKind, Lineage, Member, Node};
pub use lineage::lineage;
pub use story_date::{Basis, StoryDate, dateline_day, story_date};
