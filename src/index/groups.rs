//! Clusters: a function of the links, kept up to date where links change. Their ids last.
//!
//! The id of a cluster is the number of the document that founded it. Clusters that are joined keep the older id; the younger one is
//! recorded as merged. A cluster that falls apart keeps its id where its founder is, else where its oldest document is.

use super::link::Tie;
use super::links::{self, LinkRow};
use super::schema::failed;
use crate::cluster::{CopiedLink, Stretches, first_members, join_copied};
use crate::error::Result;
use rusqlite::{OptionalExtension, Transaction, params};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Documents that are linked with each other, directly or through others.
struct Linked {
    /// In the order of the hashes of their words: number, cluster.
    members: Vec<(i64, i64)>,
    links: Vec<LinkRow>,
}

/// Forms the clusters again of all documents that are linked with the `touched` ones, which are first of their words; those that are
/// gone do no harm. Returns how many clusters came out of others.
pub(super) fn settle(change: &Transaction<'_>, path: &Path, touched: &BTreeSet<i64>, now: i64) -> Result<usize> {
    let mut done = BTreeSet::new();
    let mut parted = 0;
    for &from in touched {
        if done.contains(&from) {
            continue;
        }
        // Documents that were one cluster are settled together: only then is it known which of them keeps its id.
        let linked = reached(change, path, from, touched)?;
        done.extend(linked.members.iter().map(|m| m.0));
        parted += keep(change, &linked, now).map_err(|e| failed(path, e))?;
    }
    Ok(parted)
}

/// All that can be reached from a document by links, and by having been one cluster with a touched document.
fn reached(change: &Transaction<'_>, path: &Path, from: i64, touched: &BTreeSet<i64>) -> Result<Linked> {
    let mut found: BTreeMap<i64, ([u8; 16], i64)> = BTreeMap::new();
    let mut all = BTreeMap::new();
    let mut next = vec![from];
    while let Some(number) = next.pop() {
        if found.contains_key(&number) {
            continue;
        }
        let row = change
            .prepare_cached("SELECT exact, cluster FROM document WHERE number = ?1")
            .and_then(|mut q| q.query_row([number], |r| Ok((r.get::<_, Vec<u8>>(0)?, r.get::<_, i64>(1)?))).optional())
            .map_err(|e| failed(path, e))?;
        let Some((exact, cluster)) = row else { continue };
        let exact = exact.try_into().map_err(|_| failed(path, "is damaged: a document has no hash"))?;
        found.insert(number, (exact, cluster));
        for link in links::of(change, path, number)? {
            next.push(link.other(number));
            all.insert((link.a, link.b), link);
        }
        if touched.contains(&number) {
            let of_cluster = (|| {
                let mut query = change.prepare_cached("SELECT number FROM document WHERE cluster = ?1 AND copy_of IS NULL")?;
                query.query_map([cluster], |r| r.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()
            })();
            next.extend(of_cluster.map_err(|e| failed(path, e))?);
        }
    }
    let mut members: Vec<([u8; 16], i64, i64)> = found.into_iter().map(|(number, (exact, cluster))| (exact, number, cluster)).collect();
    members.sort_unstable();
    Ok(Linked { members: members.into_iter().map(|m| (m.1, m.2)).collect(), links: all.into_values().collect() })
}

/// For each of `members` the place of the first of its cluster. The order of both does not matter.
pub(super) fn groups(places: &BTreeMap<i64, u32>, links: &[LinkRow]) -> Vec<u32> {
    let place = |number: i64| places.get(&number).copied();
    let (mut joins, mut copied): (Vec<(u32, u32)>, Vec<CopiedLink>) = Default::default();
    for link in links {
        let (Some(a), Some(b)) = (place(link.a), place(link.b)) else { continue };
        match link.tie {
            Tie::Same => joins.push((a, b)),
            Tie::Copied(c) => copied.push(CopiedLink { later: a, earlier: b, ..c }),
            Tie::Loose => {}
        }
    }
    joins.extend(join_copied(places.len(), &joins, &copied, Stretches::default()));
    first_members(places.len(), joins)
}

/// Writes the clusters of linked documents; how many came out of others.
fn keep(change: &Transaction<'_>, linked: &Linked, now: i64) -> rusqlite::Result<usize> {
    let mut parted = 0;
    let places: BTreeMap<i64, u32> = linked.members.iter().zip(0..).map(|(m, place)| (m.0, place)).collect();
    let mut by_group: BTreeMap<u32, Vec<(i64, i64)>> = BTreeMap::new();
    for (first, member) in groups(&places, &linked.links).into_iter().zip(&linked.members) {
        by_group.entry(first).or_default().push(*member);
    }
    // To whom each id goes: to its founder, else to the oldest document that had it.
    let mut heirs: BTreeMap<i64, i64> = BTreeMap::new();
    for &(number, cluster) in &linked.members {
        let heir = heirs.entry(cluster).or_insert(number);
        if *heir != cluster && (number == cluster || number < *heir) {
            *heir = number;
        }
    }
    let own: BTreeMap<i64, i64> = heirs.iter().map(|(cluster, heir)| (*heir, *cluster)).collect();
    for members in by_group.into_values() {
        let ids: BTreeSet<i64> = members.iter().filter_map(|m| own.get(&m.0).copied()).collect();
        let oldest = members.iter().map(|m| m.0).min().unwrap_or(0);
        let id = ids.first().copied().unwrap_or(oldest);
        parted += usize::from(ids.is_empty());
        for merged in ids.iter().skip(1) {
            change.prepare_cached("INSERT OR REPLACE INTO merged VALUES (?1, ?2, ?3)")?.execute(params![merged, id, now])?;
        }
        change.prepare_cached("DELETE FROM merged WHERE cluster = ?1")?.execute([id])?;
        for (number, _) in members.iter().filter(|m| m.1 != id) {
            change.prepare_cached("UPDATE document SET cluster = ?2 WHERE number = ?1")?.execute([number, &id])?;
            change.prepare_cached("UPDATE document SET cluster = ?2 WHERE copy_of = ?1")?.execute([number, &id])?;
        }
    }
    Ok(parted)
}
