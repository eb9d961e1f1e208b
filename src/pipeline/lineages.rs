//! Lineages alone, with kinds of evidence left out: what each is good for.

use super::clusters::{Derived, cluster_row};
use super::{sorted_by_id, verified, versions};
use crate::config::Config;
use crate::document::Document;
use crate::error::Result;
use crate::monitor::Silent;
use crate::report::ClusterRow;
use crate::trace::EdgeEvidenceKind;

/// The derivation clusters of `documents` with their lineages, once for each list of kinds of evidence that is left out. Documents
/// are read and verified once. Without fact diffs no values are disputed.
///
/// # Errors
/// [`crate::error::Error::Setting`] when a setting is out of range.
pub fn lineages(documents: Vec<Document>, left_out: &[&[EdgeEvidenceKind]], config: &Config) -> Result<Vec<Vec<ClusterRow>>> {
    config.check()?;
    let (prepared, matches, _) = verified(sorted_by_id(documents).0, config, &Silent)?;
    let shown = versions::shown(prepared.len(), &versions::versions(&prepared));
    let derived = Derived::new(&prepared, &matches, &shown);
    let compared = derived.compared(&prepared);
    let rows = |kinds: &&[EdgeEvidenceKind]| derived.traced(&compared, kinds).iter().map(|c| cluster_row(c, &prepared, &[], &[])).collect();
    Ok(left_out.iter().map(rows).collect())
}
