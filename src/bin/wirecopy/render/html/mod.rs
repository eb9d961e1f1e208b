//! The whole answer as one page for a browser: one file with its style and script in it, which fetches nothing.
//!
//! Rows of the report become views (plain structures with cleaned text), and views become markup in `templates/`, which escape
//! all that they are given. Nothing but numbers reaches the script. In a large report what is behind each cluster is packed.

mod catalogue;
mod cluster;
mod disputed;
mod fact_table;
mod graph;
mod lineage;
mod member;
mod outcome;
mod outlets;
mod packed;
mod page;
mod plain;
mod reading;
mod relations;

use askama::Template;
use std::io::{BufWriter, Write};
use wirecopy::report::TraceReport;

#[cfg(feature = "serve")]
pub(crate) use page::Site;

/// Writes the page of one cluster of an index, with links to the other pages of the service.
#[cfg(feature = "serve")]
pub(crate) fn html_of_site(report: &TraceReport, site: Site, out: &mut impl Write) -> anyhow::Result<()> {
    page::page(report, Some(site))?.write_into(out)?;
    Ok(())
}

/// The policy that the page states, for the header of an answer.
#[cfg(feature = "serve")]
pub(crate) fn html_policy() -> String {
    page::policy()
}

/// Writes the page.
pub(crate) fn html(report: &TraceReport, out: &mut impl Write) -> anyhow::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    page::page(report, None)?.write_into(&mut out)?;
    out.flush()?;
    Ok(())
}
