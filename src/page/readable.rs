//! The blocks that a readability algorithm takes for the article: one of two witnesses.
//!
//! It is shown a page of the blocks alone, within the elements that hold them, so that neither scripts nor depth nor size of the
//! original reach it.

use super::attribute::Name;
use super::blocks::Block;
use super::tag::Tag;
use super::tree::{NodeId, Tree};
use dom_smoothie::{Config, Readability};
use std::fmt::Write as _;

/// Blocks of a page that is shown to the algorithm; a longer page has to do without this witness.
const MOST_BLOCKS: usize = 20_000;

/// Characters of an identifier or class list that are shown.
const LONGEST_NAME: usize = 200;

/// Characters of a block that are shown, in and outside of links each; longer blocks score no higher.
const LONGEST_TEXT: usize = 4_000;

/// For each block, whether the algorithm keeps it; `None` where it finds no article.
pub(super) fn readable(tree: &Tree<'_>, blocks: &[Block], title: &str) -> Option<Vec<bool>> {
    if blocks.len() > MOST_BLOCKS {
        return None;
    }
    let html = skeleton(tree, blocks, title);
    let config = Config { disable_json_ld: true, ..Config::default() };
    let content = Readability::new(html, None, Some(config)).ok()?.parse().ok()?.content;
    let mut kept = vec![false; blocks.len()];
    for part in content.split("data-b=\"").skip(1) {
        let number: Option<usize> = part.split('"').next().and_then(|n| n.parse().ok());
        if let Some(slot) = number.and_then(|n| kept.get_mut(n)) {
            *slot = true;
        }
    }
    Some(kept)
}

/// The page as its blocks and the elements around them.
fn skeleton(tree: &Tree<'_>, blocks: &[Block], title: &str) -> String {
    let mut out = String::with_capacity(blocks.iter().map(|b| b.text.len() + 80).sum());
    out.push_str("<html><head><title>");
    escape(title, &mut out);
    out.push_str("</title></head><body>");
    let mut open: Vec<NodeId> = Vec::new();
    for (number, block) in blocks.iter().enumerate() {
        let path = path(tree, block.node);
        let shared = open.iter().zip(&path).take_while(|(a, b)| a == b).count();
        for id in open.drain(shared..).rev() {
            let _ = write!(out, "</{}>", name(tree, id));
        }
        for &id in path.get(shared..).unwrap_or(&[]) {
            let _ = write!(out, "<{}", name(tree, id));
            named(tree, id, &mut out);
            out.push('>');
            open.push(id);
        }
        let own = if matches!(block.tag, Tag::P | Tag::Div | Tag::Section | Tag::Article | Tag::Main | Tag::Center | Tag::Form | Tag::Other)
        {
            "p"
        } else {
            "span"
        };
        let _ = write!(out, "<{own} data-b=\"{number}\"");
        if block.tag == Tag::P {
            named(tree, block.node, &mut out);
        }
        out.push('>');
        let plain = block.chars.saturating_sub(block.linked);
        let cut = if block.linked == 0 {
            block.text.len()
        } else {
            block.text.char_indices().filter(|(_, c)| !c.is_whitespace()).nth(plain).map_or(block.text.len(), |(i, _)| i)
        };
        let (plain, linked) = block.text.split_at(cut);
        escape(plain, &mut out);
        if !linked.is_empty() {
            out.push_str("<a href=\"/x\">");
            escape(linked, &mut out);
            out.push_str("</a>");
        }
        let _ = write!(out, "</{own}>");
    }
    for id in open.into_iter().rev() {
        let _ = write!(out, "</{}>", name(tree, id));
    }
    out.push_str("</body></html>");
    out
}

/// The block elements from the body down to `node`; a paragraph is not among them: it is written with its text.
fn path(tree: &Tree<'_>, node: NodeId) -> Vec<NodeId> {
    let mut out = Vec::new();
    let mut at = node;
    while at != 0 {
        match tree.tag(at) {
            None | Some(Tag::Html | Tag::Body | Tag::P) => {}
            Some(tag) if tag.is_inline() => {}
            Some(_) => out.push(at),
        }
        at = tree.node(at).parent;
    }
    out.reverse();
    out
}

fn name(tree: &Tree<'_>, id: NodeId) -> &'static str {
    match tree.tag(id) {
        // without the table around them, cells would be dropped
        Some(Tag::Tbody | Tag::Thead | Tag::Tfoot) => "tbody",
        Some(tag) => tag.name(),
        None => "div",
    }
}

fn named(tree: &Tree<'_>, id: NodeId, out: &mut String) {
    for attribute in tree.attributes(id) {
        let name = match attribute.name {
            Name::Class => "class",
            Name::Id => "id",
            Name::Role => "role",
            Name::Itemprop => "itemprop",
            _ => continue,
        };
        let _ = write!(out, " {name}=\"");
        out.extend(attribute.value.chars().filter(|c| !matches!(c, '"' | '<' | '>' | '&')).take(LONGEST_NAME));
        out.push('"');
    }
}

/// Writes text without the signs of markup: for the algorithm, a space does as well.
fn escape(text: &str, out: &mut String) {
    out.extend(text.chars().take(LONGEST_TEXT).map(|c| if matches!(c, '&' | '<' | '>') { ' ' } else { c }));
}
