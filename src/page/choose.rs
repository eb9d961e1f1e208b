//! Which blocks of a page are its article.

use super::blocks::Block;
use super::container::{amounts, container, is_prose, is_under};
use super::furniture::Marks;
use super::lines::{Line, ends_sentence};
use super::prose;
use super::readable::readable;
use super::tag::Tag;
use super::tree::Tree;
use super::witness::Witness;

/// Share of the larger choice, in percent, that two choices must have in common to be about the same article.
const AGREED: usize = 60;

/// Characters of a block between headline and body from which on it is a lead; shorter ones are labels and stamps.
const LEAD: usize = 100;

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
pub(super) fn choose(tree: &Tree<'_>, blocks: &[Block], title: &str, witness: Option<&Witness>) -> Vec<Part> {
    let marks = Marks::read(tree, container(tree, blocks), &amounts(tree, blocks));
    let mut parts: Vec<Part> =
        blocks.iter().map(|b| if marks.is_caption(b.node) && !marks.is_furniture(b.node) { Part::Caption } else { Part::Away }).collect();
    // both witnesses see the page without what is known to be furniture
    let seen: Vec<usize> =
        blocks.iter().enumerate().filter(|(_, b)| !marks.is_furniture(b.node) && !marks.is_caption(b.node)).map(|(i, _)| i).collect();
    let shown: Vec<Block> = seen.iter().filter_map(|i| blocks.get(*i)).cloned().collect();
    let mut kept = agreed(tree, &shown, title);
    if let Some(witness) = witness {
        witness.correct(&shown, &mut kept);
    }
    for (at, part) in seen.iter().zip(lines(&shown, &kept, title)) {
        if let Some(slot) = parts.get_mut(*at) {
            *slot = part;
        }
    }
    lead(blocks, title, &mut parts, &marks);
    parts
}

/// What both witnesses take for the article; where they do not speak of the same one, the first that has much.
fn agreed(tree: &Tree<'_>, shown: &[Block], title: &str) -> Vec<bool> {
    let top = container(tree, shown);
    let own: Vec<bool> = shown.iter().map(|b| top.is_some_and(|t| is_under(tree, b.node, t))).collect();
    let Some(read) = readable(tree, shown, title) else { return own };
    let prose = |kept: &[bool]| shown.iter().zip(kept).filter(|(b, k)| **k && is_prose(b)).map(|(b, _)| b.chars).sum::<usize>();
    let both: Vec<bool> = own.iter().zip(&read).map(|(a, b)| *a && *b).collect();
    if prose(&both) * 100 >= prose(&own).max(prose(&read)) * AGREED {
        let from = both.iter().position(|k| *k).unwrap_or(0);
        let to = both.iter().rposition(|k| *k).unwrap_or(0);
        // between its first and its last paragraph, readability leaves out what is short or quoted
        own.iter()
            .zip(&both)
            .zip(shown)
            .enumerate()
            .map(|(i, ((a, b), block))| *b || *a && i > from && i < to && block.link_density() < 0.5)
            .collect()
    } else if prose(&read) * 2 >= prose(&own) {
        read
    } else {
        own
    }
}

/// Takes out what stands inside of the article and is none of it.
fn lines(shown: &[Block], kept: &[bool], title: &str) -> Vec<Part> {
    let kinds: Vec<Line> = shown.iter().map(Line::of).collect();
    let first = shown.iter().zip(kept).position(|(b, k)| *k && is_prose(b)).unwrap_or(0);
    let title = prose::folded(title);
    let mut promoted = false;
    let mut out = Vec::with_capacity(shown.len());
    for (at, ((block, kept), kind)) in shown.iter().zip(kept).zip(kinds).enumerate() {
        let linked = block.link_density() > 0.3 || kind == Line::Linked;
        promoted = kind == Line::Promotion || promoted && (linked || block.tag.is_heading() && block.words() < 4);
        let head = at < first;
        out.push(match kind {
            _ if !kept => Part::Away,
            Line::Picture => Part::Caption,
            _ if promoted => Part::Away,
            Line::Promotion | Line::Linked | Line::Invitation => Part::Away,
            Line::Stamp if head || block.words() <= 6 && !block.tag.is_heading() => Part::Away,
            _ if block.tag == Tag::H1 || block.tag.is_heading() && head && !title.is_empty() && prose::folded(&block.text) == title => {
                Part::Away
            }
            _ => Part::Body,
        });
    }
    out
}

/// Finds what stands between the headline and the body and reads as its lead.
fn lead(blocks: &[Block], title: &str, parts: &mut [Part], marks: &Marks) {
    let Some(first) = parts.iter().position(|p| *p == Part::Body) else { return };
    let title = prose::folded(title);
    let is_title = |b: &Block| !title.is_empty() && prose::folded(&b.text) == title;
    let before = blocks.get(..first).unwrap_or(&[]);
    let Some(from) = before.iter().rposition(|b| b.tag == Tag::H1).or_else(|| before.iter().rposition(is_title)) else { return };
    for (block, part) in blocks.iter().zip(parts.iter_mut()).take(first).skip(from + 1) {
        let prose = block.chars >= LEAD && block.link_density() < 0.3 && (block.tag.is_heading() || ends_sentence(&block.text));
        if prose && !marks.is_furniture(block.node) && *part == Part::Away && Line::of(block) == Line::Text {
            *part = Part::Lead;
        }
    }
}
