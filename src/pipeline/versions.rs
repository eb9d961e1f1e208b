//! Pages of one address: versions of one document, of which one stands for all.

use super::Prepared;
use crate::document::normal_url;
use crate::report::VersionsRow;
use std::collections::BTreeMap;

/// Documents of one address.
pub(super) struct Versions {
    url: String,
    /// Sorted.
    members: Vec<u32>,
    chosen: u32,
}

impl Versions {
    pub(super) fn row(&self, prepared: &[Prepared]) -> VersionsRow {
        let id = |i: u32| prepared[i as usize].document.id.clone();
        VersionsRow { url: self.url.clone(), members: self.members.iter().map(|&m| id(m)).collect(), chosen: id(self.chosen) }
    }
}

/// Addresses with more than one document, sorted.
pub(super) fn versions(prepared: &[Prepared]) -> Vec<Versions> {
    let mut of_url: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (i, p) in (0..).zip(prepared) {
        if let Some(url) = p.document.url.as_deref().and_then(normal_url) {
            of_url.entry(url).or_default().push(i);
        }
    }
    let fullest = |&&i: &&u32| {
        let p = &prepared[i as usize];
        (p.is_article(), p.article.words.len(), std::cmp::Reverse(i))
    };
    let repeated = of_url.into_iter().filter(|(_, members)| members.len() > 1);
    repeated.filter_map(|(url, members)| Some(Versions { chosen: *members.iter().max_by_key(fullest)?, url, members })).collect()
}

/// For each document the one that stands for it: itself, or the chosen version of its address.
pub(super) fn shown(documents: usize, versions: &[Versions]) -> Vec<u32> {
    let mut out: Vec<u32> = (0..documents as u32).collect();
    for v in versions {
        v.members.iter().for_each(|&m| out[m as usize] = v.chosen);
    }
    out
}
