//! The lineage as GraphML, for Gephi, yEd, NetworkX and their like.

use super::network::Network;
use askama::Template;
use std::io::{BufWriter, Write};
use wirecopy::report::TraceReport;

#[derive(Debug, Template)]
#[template(path = "lineage.xml")]
struct Document {
    network: Network,
}

/// Writes the graph. What is empty is left out.
pub(crate) fn graphml(report: &TraceReport, out: &mut impl Write) -> anyhow::Result<()> {
    let mut network = Network::new(report);
    for node in &mut network.nodes {
        for text in [&mut node.document, &mut node.label, &mut node.publisher, &mut node.url, &mut node.credits] {
            text.retain(allowed);
        }
    }
    network.edges.iter_mut().flat_map(|e| &mut e.evidence).for_each(|text| text.retain(allowed));
    let mut out = BufWriter::new(out);
    Document { network }.write_into(&mut out)?;
    Ok(out.flush()?)
}

/// Characters that XML 1.0 can hold, by reference or not.
const fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}
