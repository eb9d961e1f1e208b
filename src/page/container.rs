//! The element that holds the article, by where the prose stands: the other witness.

use super::attribute::Name;
use super::blocks::Block;
use super::names::{WordList, Words};
use super::tag::Tag;
use super::tree::{NodeId, Tree};

/// Words of a class or identifier that speak for the article.
#[rustfmt::skip]
const FOR: WordList = WordList::new(&[
    "article", "articlebody", "articletext", "artikel", "beitrag", "body", "bodytext", "content", "contenido", "contenu", "entry", "inhalt", "main", "news", "newstext", "post",
    "postcontent", "primary", "prose", "richtext", "rte", "single", "story", "storybody", "storycontent", "text", "texte", "texto", "description", "txt",
]);

/// Words that speak against it.
#[rustfmt::skip]
const AGAINST: WordList = WordList::new(&[
    "comment", "comments", "commentlist", "disqus", "footer", "sidebar", "related", "widget", "cookie", "consent", "reply", "teasers", "cards", "rail", "privacy", "legal",
]);

/// Least characters of a block that count as prose.
const PROSE: usize = 50;

fn index(id: NodeId) -> usize {
    usize::try_from(id).unwrap_or(0)
}

/// Whether a block reads as running text.
pub(super) fn is_prose(block: &Block) -> bool {
    block.chars >= PROSE && block.link_density() < 0.4 && !block.tag.is_heading()
}

/// Prose under each node, in characters: a block counts for all elements around it.
pub(super) fn amounts(tree: &Tree<'_>, blocks: &[Block]) -> Vec<f64> {
    let mut out = vec![0.0; tree.nodes.len()];
    for block in blocks.iter().filter(|b| is_prose(b)) {
        if let Some(slot) = out.get_mut(index(block.node)) {
            *slot += weight(block);
        }
    }
    for id in tree.ids().skip(1).rev() {
        let own = out.get(index(id)).copied().unwrap_or(0.0);
        if let Some(parent) = out.get_mut(index(tree.node(id).parent)) {
            *parent += own;
        }
    }
    out
}

#[expect(clippy::cast_precision_loss, reason = "lengths of texts")]
fn weight(block: &Block) -> f64 {
    let listed = if matches!(block.tag, Tag::Li | Tag::Td | Tag::Dd) { 0.6 } else { 1.0 };
    (block.chars - block.linked.min(block.chars)) as f64 * listed
}

/// The element that holds most of the article.
pub(super) fn container(tree: &Tree<'_>, blocks: &[Block]) -> Option<NodeId> {
    let under = amounts(tree, blocks);
    let amount = |id: NodeId| under.get(index(id)).copied().unwrap_or(0.0);
    let mut score = vec![0.0; tree.nodes.len()];
    for block in blocks.iter().filter(|b| is_prose(b)) {
        let mut at = if matches!(block.tag, Tag::P | Tag::Li | Tag::Blockquote | Tag::Pre | Tag::Td | Tag::Dd) {
            tree.node(block.node).parent
        } else {
            block.node
        };
        for share in [1.0, 0.7, 0.4, 0.2] {
            if let Some(slot) = score.get_mut(index(at)) {
                *slot += weight(block) * share;
            }
            at = tree.node(at).parent;
        }
    }
    let scored = tree.ids().filter_map(|id| {
        let own: f64 = score.get(index(id)).copied()?;
        (own > 0.0).then(|| (id, own * favour(tree, id)))
    });
    let (mut best, _) = scored.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
    let counts = counts(tree, blocks);
    // up, as long as there is more of it: an article may stand in several parts
    let mut at = best;
    while at != 0 {
        let up = tree.node(at).parent;
        if matches!(tree.tag(at), Some(Tag::Body | Tag::Html)) || matches!(tree.tag(up), Some(Tag::Body | Tag::Html)) {
            break;
        }
        if amount(up) >= amount(best) * 1.12 && counts.get(index(up)).is_some_and(|c| c.is_prose()) {
            best = up;
        }
        at = up;
    }
    Some(best)
}

/// Counts of what stands in and under each node.
#[derive(Clone, Copy, Default)]
struct Count {
    chars: usize,
    linked: usize,
    /// Headings that are links: each stands for another article.
    cards: usize,
}

impl Count {
    /// Whether little of it is in links.
    const fn is_prose(self) -> bool {
        self.linked * 4 <= self.chars && self.cards < 3
    }
}

fn counts(tree: &Tree<'_>, blocks: &[Block]) -> Vec<Count> {
    let mut out = vec![Count::default(); tree.nodes.len()];
    for block in blocks {
        if let Some(slot) = out.get_mut(index(block.node)) {
            slot.chars += block.chars;
            slot.linked += block.linked;
            slot.cards += usize::from(block.tag.is_heading() && block.link_density() > 0.8);
        }
    }
    for id in tree.ids().skip(1).rev() {
        let own = out.get(index(id)).copied().unwrap_or_default();
        if let Some(parent) = out.get_mut(index(tree.node(id).parent)) {
            parent.chars += own.chars;
            parent.linked += own.linked;
            parent.cards += own.cards;
        }
    }
    out
}

/// Whether `node` is `top` or stands in it.
pub(super) fn is_under(tree: &Tree<'_>, node: NodeId, top: NodeId) -> bool {
    let mut at = node;
    // a parent stands before its children
    while at > top {
        at = tree.node(at).parent;
    }
    at == top
}

/// How much the names of an element speak for it.
fn favour(tree: &Tree<'_>, id: NodeId) -> f64 {
    let mut out = match tree.tag(id) {
        Some(Tag::Article | Tag::Main) => 1.3,
        Some(Tag::Aside | Tag::Footer | Tag::Ul | Tag::Ol | Tag::Form) => 0.5,
        Some(Tag::Body | Tag::Html) | None => 0.6,
        _ => 1.0,
    };
    for attribute in tree.attributes(id) {
        match attribute.name {
            Name::Itemprop if attribute.value.eq_ignore_ascii_case("articleBody") => out *= 2.0,
            Name::Class | Name::Id => {
                let (mut good, mut bad) = (false, false);
                for words in attribute.value.split_ascii_whitespace().take(20).map(Words::of) {
                    good |= words.iter().any(|w| FOR.holds(w));
                    bad |= words.iter().any(|w| AGAINST.holds(w));
                }
                out *= if bad {
                    0.3
                } else if good {
                    1.3
                } else {
                    1.0
                };
            }
            _ => {}
        }
    }
    out
}
