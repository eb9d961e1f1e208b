//! Documents to articles, with what the pages of one publisher have in common taken for furniture.

use super::go_on;
use crate::document::Document;
use crate::error::Result;
use crate::extract::{Article, PageLines, RepeatedLines, extract, sites};
use crate::monitor::Monitor;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Pages of one publisher from which on they are compared.
const PAGES: usize = 3;

/// The articles of the documents, in their order.
pub(super) fn articles(documents: &[Document], monitor: &dyn Monitor) -> Result<Vec<Article>> {
    let one = |d: &Document| go_on(monitor).map(|()| extract(d));
    let mut articles: Vec<Article> = documents.par_iter().map(one).collect::<Result<_>>()?;
    let of_sites: Vec<Vec<u64>> = documents.par_iter().zip(&articles).map(|(d, a)| sites(d, a)).collect();
    let mut pages: BTreeMap<u64, usize> = BTreeMap::new();
    for site in of_sites.iter().flatten() {
        *pages.entry(*site).or_default() += 1;
    }
    let has_others = |sites: &[u64]| sites.iter().any(|s| pages.get(s).is_some_and(|n| *n >= PAGES));
    let lines =
        |((document, article), sites): ((&Document, &Article), &Vec<u64>)| has_others(sites).then(|| PageLines::new(document, article));
    let read: Vec<Option<PageLines>> = documents.par_iter().zip(&articles).zip(&of_sites).map(lines).collect();
    let learnt = RepeatedLines::learn(read.iter().flatten());
    articles.par_iter_mut().zip(documents).zip(&read).for_each(|((article, document), page)| {
        if let Some(clean) = page.as_ref().and_then(|page| learnt.apply(page, &document.text, article)) {
            *article = clean;
        }
    });
    Ok(articles)
}
