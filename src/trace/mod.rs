//! Cluster to lineage: who took it from whom.

mod branching;
mod direction;
mod lineage;
mod story_date;

pub use branching::maximum_branching;
pub use lineage::{Edge, EdgeEvidence, EdgeEvidenceKind, Lineage, Member, Node, lineage};
pub use story_date::{Basis, StoryDate, story_date};
