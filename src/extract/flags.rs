//! What is odd about a page as a whole.

use super::walls::is_non_article;
use super::{Article, BlockKind};

/// Flags of the article: see [`Article::flags`].
pub(super) fn flags(text: &str, article: &Article) -> Vec<&'static str> {
    let mut out = Vec::new();
    let empty = article.words.is_empty();
    if article.title.is_none() {
        out.push("no_headline");
    }
    if empty {
        out.push("no_body");
    } else if article.words.len() < 40 {
        out.push("too_short");
    }
    let nothing = empty && !article.blocks.iter().any(|b| b.kind == BlockKind::Headline);
    if nothing && !is_table(text) || is_non_article(text) {
        out.push("non_article");
    }
    out
}

/// Whether an eighth of what is written are figures: prices, results, schedules.
fn is_table(text: &str) -> bool {
    let (mut all, mut figures) = (0_usize, 0_usize);
    for token in text.split_whitespace().take(2_000) {
        all += 1;
        figures += usize::from(token.contains(|c: char| c.is_ascii_digit()));
    }
    figures > 0 && figures * 8 >= all
}
