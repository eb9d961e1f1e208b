//! The lineage in the language of Graphviz: a box for each text, the evidence as tooltip and as an attribute of each edge.

use super::network::{Edge, Network, Node};
use std::io::{BufWriter, Write};
use wirecopy::report::TraceReport;

/// Writes the graph. The boxes are named by number; what they are stands in their attributes.
pub(crate) fn dot(report: &TraceReport, out: &mut impl Write) -> std::io::Result<()> {
    let mut out = BufWriter::new(out);
    let network = Network::new(report);
    out.write_all(
        b"digraph lineage {\n  graph [rankdir=LR];\n  node [shape=box, fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\"];\n",
    )?;
    let mut cluster = 0;
    for (place, node) in network.nodes.iter().enumerate() {
        if node.cluster != cluster {
            if cluster > 0 {
                out.write_all(b"  }\n")?;
            }
            cluster = node.cluster;
            write!(out, "  subgraph cluster_{cluster} {{\n    label=\"Derivation cluster {cluster}\";\n")?;
        }
        writeln!(out, "    n{place} [{}];", attributes(&of_node(node)))?;
    }
    if cluster > 0 {
        out.write_all(b"  }\n")?;
    }
    for edge in &network.edges {
        writeln!(out, "  n{} -> n{} [{}];", edge.from, edge.to, attributes(&of_edge(edge)))?;
    }
    out.write_all(b"}\n")?;
    out.flush()
}

fn of_node(node: &Node) -> Vec<(&'static str, String)> {
    let label = if node.publisher.is_empty() { node.label.clone() } else { format!("{}\n{}", node.publisher, node.label) };
    let style = match (node.kind == "agency", node.origin) {
        (true, _) => "dashed",
        (false, true) => "bold",
        (false, false) => "solid",
    };
    vec![
        ("label", shown(&label)),
        ("tooltip", shown(if node.document.is_empty() { "not among the documents" } else { &node.document })),
        ("style", quoted(style)),
        ("kind", quoted(node.kind)),
        ("document", quoted(&node.document)),
        ("publisher", quoted(&node.publisher)),
        ("page_date", quoted(&node.page_date)),
        ("story_date", quoted(&node.story_date)),
        ("credits", quoted(&node.credits)),
        // Not `URL`: a drawing with links to what an article claims as its address is not wanted.
        ("address", quoted(&node.url)),
    ]
}

fn of_edge(edge: &Edge) -> Vec<(&'static str, String)> {
    let evidence = edge.evidence.join("\n");
    let mut all = vec![
        ("label", shown(edge.probability.get(..4).unwrap_or(&edge.probability))),
        ("tooltip", shown(&evidence)),
        ("probability", quoted(&edge.probability)),
        ("directed", quoted(if edge.directed { "true" } else { "false" })),
        ("relation", quoted(edge.relation)),
        ("evidence", quoted(&evidence)),
    ];
    if !edge.directed {
        all.extend([("dir", quoted("none")), ("style", quoted("dashed"))]);
    }
    all
}

fn attributes(all: &[(&str, String)]) -> String {
    all.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(", ")
}

/// A string of the language. A backslash stands twice: alone it could end the string or begin an escape of labels.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

/// A string that is drawn, where character references would be read.
fn shown(text: &str) -> String {
    quoted(&text.replace('&', "&amp;"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_string() {
        assert_eq!(quoted("a\"];b\\"), r#""a\"];b\\""#);
        assert_eq!(quoted("\\\""), r#""\\\"""#);
        assert_eq!(shown("&lt;\n\\N"), r#""&amp;lt;\n\\N""#);
    }
}
