//! Lines of a plain-text page to blocks.

use super::{Block, BlockKind};
use crate::document::Span;

/// Cuts `text` into blocks.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut out = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let lead = line.len() - line.trim_start().len();
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let prose =
                trimmed.split_whitespace().count() >= 8 && trimmed.trim_end_matches(['"', '”', ')', '’']).ends_with(['.', '?', '!', ',']);
            let kind = if prose { BlockKind::Paragraph } else { BlockKind::Furniture };
            out.push(Block { kind, span: Span::new(at + lead, at + lead + trimmed.len()) });
        }
        at += line.len();
    }
    out
}
