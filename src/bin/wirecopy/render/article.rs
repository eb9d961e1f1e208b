//! One new article of a feed, as text.

use super::layout::{Style, cut, styled};
use crate::terminal;
use wirecopy::fetch::ArticleRow;

/// Relations that are shown of an article.
const SHOWN: usize = 5;

pub(crate) fn article(row: &ArticleRow) -> String {
    let mut out = String::new();
    let title = row.title.as_deref().unwrap_or(&row.id);
    let version = if row.version > 1 { format!(" (version {})", row.version) } else { String::new() };
    out.push_str(&styled(&cut(&(terminal::line(title) + &version), 78), Style::Bold));
    out.push('\n');
    let from: Vec<String> = [row.publisher.clone(), row.page_date.clone(), (!row.agencies.is_empty()).then(|| row.agencies.join(", "))]
        .into_iter()
        .flatten()
        .map(|s| terminal::line(&s))
        .collect();
    if !from.is_empty() {
        out.push_str(&format!("  {}\n", cut(&from.join(" · "), 76)));
    }
    if let Some(url) = &row.url {
        out.push_str(&format!("  {}\n", terminal::line(url)));
    }
    for relation in row.relations.iter().take(SHOWN) {
        let what = if relation.flags.iter().any(|f| f == "version") { "another version of" } else { relation.relation.as_str() };
        let with = terminal::line(relation.url.as_deref().unwrap_or(&relation.with));
        out.push_str(&format!("  {what} ({:.2}): {with}\n", relation.probability));
    }
    if row.relations.len() > SHOWN {
        out.push_str(&format!("  ... and {} more\n", row.relations.len() - SHOWN));
    }
    if row.relations.is_empty() {
        out.push_str("  nothing like it was seen before\n");
    }
    out
}
