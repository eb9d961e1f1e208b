//! Cluster to lineage: who took it from whom.

mod branching;
mod direction;
mod edge;
mod figures;
mod learnt;
mod lineage;
mod quote_limits;
mod readings;
mod said;
mod story_date;
mod tally;
mod weights;
mod wire;

pub use branching::maximum_branching;
pub use edge::{Edge, EdgeEvidence, EdgeEvidenceKind, Lineage, Member, Node};
pub use learnt::Learnt;
pub use lineage::Compared;
pub use story_date::{Basis, StoryDate, dateline_day, story_date};
