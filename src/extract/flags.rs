//! What is odd about a page as a whole.

use super::lines::fold;
use super::{Article, BlockKind};

/// Phrases of pages that hold no article, folded.
#[rustfmt::skip]
const WALLS: &[&str] = &[
    "access denied", "are you a robot", "not a robot", "captcha", "verify you are human", "verifying you are human",
    "checking your browser", "enable javascript", "enable cookies", "unusual traffic", "page not found", "404 not found",
    "403 forbidden", "error 404", "page you are looking for", "service unavailable", "bad gateway", "we value your privacy",
    "manage your consent", "consent to the use", "your privacy choices", "this page isnt available", "content is not available",
    "too many requests", "just a moment",
];

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
    let wall = article.words.len() < 120
        && article.blocks.iter().take(40).map(|b| fold(b.span.of(text))).any(|f| WALLS.iter().any(|w| f.contains(w)));
    let nothing = empty && !article.blocks.iter().any(|b| b.kind == BlockKind::Headline);
    if wall || nothing {
        out.push("non_article");
    }
    out
}
