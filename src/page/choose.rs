//! Which blocks of a page are its article.

use super::blocks::Block;
use super::container::{container, is_prose, is_under};
use super::furniture::{self, Marks};
use super::readable::readable;
use super::tag::Tag;
use super::tree::Tree;

/// Share of the larger choice, in percent, that two choices must have in common to be about the same article.
const AGREED: usize = 60;

/// What a block of the page is for the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A paragraph, heading or item of the article.
    Body,
    /// Text that leads to the article, between headline and body.
    Lead,
    /// A caption or credit of a picture.
    Caption,
    /// Something else.
    Away,
}

/// Sorts the blocks of a page.
pub(super) fn choose(tree: &Tree<'_>, blocks: &[Block], title: &str) -> Vec<Part> {
    let anchor = container(tree, blocks);
    let marks = Marks::read(tree, anchor);
    let mut parts: Vec<Part> = blocks
        .iter()
        .map(|b| {
            if marks.is_caption(b.node) { Part::Caption } else { Part::Away }
        })
        .collect();
    // both witnesses see the page without what is known to be furniture
    let seen: Vec<usize> = (0..blocks.len())
        .filter(|i| blocks.get(*i).is_some_and(|b| !marks.is_furniture(b.node) && !marks.is_caption(b.node)))
        .collect();
    let shown: Vec<Block> = seen.iter().filter_map(|i| blocks.get(*i)).cloned().collect();
    let top = container(tree, &shown);
    let own: Vec<bool> = shown.iter().map(|b| top.is_some_and(|t| is_under(tree, b.node, t))).collect();
    let read = readable(tree, &shown, title);
    let prose = |kept: &[bool]| shown.iter().zip(kept).filter(|(b, k)| **k && is_prose(b)).map(|(b, _)| b.chars).sum::<usize>();
    let both = |read: &[bool]| own.iter().zip(read).map(|(a, b)| *a && *b).collect::<Vec<bool>>();

    let kept = match read {
        Some(read) if prose(&both(&read)) * 100 >= prose(&own).max(prose(&read)) * AGREED => both(&read),
        Some(read) if prose(&read) * 2 >= prose(&own) => read,
        _ => own,
    };
    for (at, (block, kept)) in seen.iter().zip(shown.iter().zip(kept)) {
        if kept && !furniture::is_line(block) && let Some(part) = parts.get_mut(*at) {
            *part = Part::Body;
        }
    }
    lead(blocks, title, &mut parts, &marks);
    parts
}

/// Finds what stands between the headline and the body and reads as its lead.
fn lead(blocks: &[Block], title: &str, parts: &mut [Part], marks: &Marks) {
    let Some(first) = parts.iter().position(|p| *p == Part::Body) else { return };
    let from = blocks.iter().take(first + 1).rposition(|b| b.tag == Tag::H1).or_else(|| {
        let title = super::prose::folded(title);
        blocks.iter().take(first).rposition(|b| !title.is_empty() && super::prose::folded(&b.text) == title)
    });
    let Some(from) = from else { return };
    for at in from + 1..first {
        let Some(block) = blocks.get(at) else { return };
        if block.chars >= 100 && block.link_density() < 0.3 && !marks.is_furniture(block.node) && parts.get(at) == Some(&Part::Away) {
            if let Some(part) = parts.get_mut(at) {
                *part = Part::Lead;
            }
        }
    }
}
