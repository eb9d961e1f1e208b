//! Cluster to lineage: who took it from whom.

mod branching;
mod direction;
mod edge;
mod figures;
mod learnt;
mod lineage;
mod quote_limits;
mod readings;
mod story_date;
mod wire;

pub use branching::maximum_branching;
pub use edge::{Edge, EdgeEvidence, EdgeEvidenceKind, Lineage, Member, Node};
pub use learnt::Learnt;
pub use lineage::lineage;
pub use story_date::{Basis, StoryDate, dateline_day, story_date};
