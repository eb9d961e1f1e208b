//! What a text is to the documents of an index, as text.

use super::layout::{Style, cut, styled};
use crate::terminal;
use wirecopy::index::{Answer, StoredRow};

/// Documents that are shown of an answer.
const SHOWN: usize = 10;

pub(crate) fn answer(id: &str, answer: &Answer) -> String {
    let mut out = styled(&cut(&terminal::line(id), 78), Style::Bold) + "\n";
    if !answer.compared {
        return out + "  is no article, or too short: it is compared with nothing\n";
    }
    if !answer.agencies.is_empty() {
        out.push_str(&format!("  names as its source: {}\n", cut(&terminal::line(&answer.agencies.join(", ")), 54)));
    }
    if let Some(same) = &answer.same {
        out.push_str(&format!("  the very same words: {}\n", named(same)));
    }
    for found in answer.found.iter().take(SHOWN) {
        let link = &found.link;
        let share = format!("{:.0} % of it there, {:.0} % of that here", 100.0 * found.containment[0], 100.0 * found.containment[1]);
        out.push_str(&format!("  {} ({:.2}): {}\n", link.relation, link.probability, named(&found.document)));
        out.push_str(&format!("    cluster {}; {share}\n", found.document.cluster));
    }
    if answer.found.len() > SHOWN {
        out.push_str(&format!("  ... and {} more\n", answer.found.len() - SHOWN));
    }
    if answer.found.is_empty() && answer.same.is_none() {
        out.push_str("  nothing like it was seen before\n");
    }
    out
}

fn named(row: &StoredRow) -> String {
    let name = terminal::line(row.title.as_deref().unwrap_or(&row.id));
    match &row.publisher {
        Some(publisher) => cut(&format!("{} · {name}", terminal::line(publisher)), 66),
        None => cut(&name, 66),
    }
}
