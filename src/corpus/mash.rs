//! Pages made of several whole stories. Such a page is a copy of one of them at most, the larger: it never makes two
//! stories one.
//!
//! A page that is mostly one story joins it by a direct link, be it the story's full text or a page that took it in: the pair
//! does not tell. What tells is a second story that the page holds whole in another place.

use super::block::Worker;
use super::collapse::Collapsed;
use super::derive::DerivedLink;
use super::documents::Documents;
use crate::cluster::{HeldStretch, Stretches};
use crate::config::Config;
use crate::verify::CopySource;

/// Takes back joins of pages that hold two and more texts in different places: the text of which most is in the page stays with it,
/// the others are not joined to it, nor removed for it.
pub(super) fn untie(
    collapsed: &mut Collapsed,
    ranks: &[u32],
    documents: &Documents,
    config: &Config,
    worker: &mut Worker<'_>,
) -> std::io::Result<()> {
    let mut holds = collapsed.holds.clone();
    holds.sort_unstable();
    let mut source = CopySource::default();
    let mut untied: Vec<(u32, u32)> = Vec::new();
    for of_page in holds.chunk_by(|x, y| x.0 == y.0).filter(|h| h.len() > 1) {
        let page = of_page[0].0;
        source.fill(worker.shingles(documents, ranks[page as usize])?, config.shingle_size, &[]);
        let mut found = Vec::with_capacity(of_page.len());
        for &(_, held) in of_page {
            let copied = source.compare(worker.shingles(documents, ranks[held as usize])?);
            found.push((std::cmp::Reverse(copied.own), held, copied.reach()[0]));
        }
        found.sort_unstable();
        let mut first = Stretches::default();
        for (_, held, stretch) in found {
            if first.elsewhere(page, stretch) {
                untied.push((page, held));
            } else if stretch.0 < stretch.1 {
                first.add(page, stretch);
            }
        }
    }
    untied.sort_unstable();
    let is_untied = |page: u32, held: u32| untied.binary_search(&(page, held)).is_ok();
    collapsed.joins.retain(|&(a, b)| !is_untied(a, b) && !is_untied(b, a));
    collapsed.holds.retain(|&(page, held)| !is_untied(page, held));
    for link in collapsed.links.iter_mut().filter(|l| is_untied(l.counterpart, l.rank)) {
        link.removed = false;
    }
    Ok(())
}

/// Where the pages that hold a whole text by one of `links` hold one of their own group: those that earlier stages joined.
pub(super) fn held_stretches(
    links: &[DerivedLink],
    group_of: &[u32],
    collapsed: &Collapsed,
    ranks: &[u32],
    documents: &Documents,
    config: &Config,
    worker: &mut Worker<'_>,
) -> std::io::Result<Vec<HeldStretch>> {
    let mut pages: Vec<u32> = links.iter().filter(|l| l.copied.holds_whole()).map(|l| l.copied.host()).collect();
    pages.sort_unstable();
    pages.dedup();
    let mut holds: Vec<(u32, u32, u32)> = collapsed.holds.iter().map(|&(page, held)| (group_of[page as usize], page, held)).collect();
    holds.sort_unstable();
    let mut source = CopySource::default();
    let mut out = Vec::new();
    for page in pages {
        let group = group_of[page as usize];
        let of_group = &holds[holds.partition_point(|h| h.0 < group)..holds.partition_point(|h| h.0 <= group)];
        // A copy of the page serves as well as the page.
        let own = of_group.iter().find(|h| h.1 == page).or_else(|| of_group.iter().find(|h| h.2 != page));
        let Some(&(_, _, held)) = own else { continue };
        let pair = (ranks[page as usize], ranks[held as usize]);
        out.extend(stretch(pair, documents, config, worker, &mut source)?.map(|stretch| (page, stretch)));
    }
    Ok(out)
}

/// The words `[start, end)` of a page that stand in the other document, if any do.
pub(super) fn stretch(
    (page, held): (u32, u32),
    documents: &Documents,
    config: &Config,
    worker: &mut Worker<'_>,
    source: &mut CopySource,
) -> std::io::Result<Option<(u32, u32)>> {
    source.fill(worker.shingles(documents, page)?, config.shingle_size, &[]);
    let copied = source.compare(worker.shingles(documents, held)?);
    Ok((!copied.passages.is_empty()).then(|| copied.reach()[0]))
}
