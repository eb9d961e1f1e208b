//! Cluster to lineage: who took it from whom.

mod branching;
mod direction;
mod edge;
mod figures;
mod lineage;
mod quote_limits;
mod readings;
mod story_date;
mod wire;

pub use branching::maximum_branching;
pub use edge::{Edge, EdgeEvidence, EdgeEvidenceKind, Lineage, Member, Node};
pub use lineage::lineage;
pub use readings::Elsewhere;
pub use story_date::{Basis, StoryDate, dateline_day, story_date};
