//! The tree as a list of blocks: what a reader sees as one paragraph, heading, item or cell.

use super::attribute::Name;
use super::prose;
use super::tag::Tag;
use super::tree::{Kind, NodeId, Tree};

/// A stretch of text that no block element or blank line cuts.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// What is read, in one or more lines.
    pub(super) text: String,
    /// The block element that it stands in.
    pub(super) node: NodeId,
    /// What that element is.
    pub(super) tag: Tag,
    /// Characters that are no white space.
    pub(super) chars: usize,
    /// Those of them in links.
    pub(super) linked: usize,
    /// Links.
    pub(super) links: usize,
    /// Those of them in bold or strong type.
    pub(super) bold: usize,
}

impl Block {
    /// Share of the characters that are in links.
    #[expect(clippy::cast_precision_loss, reason = "lengths of texts")]
    pub(super) fn link_density(&self) -> f64 {
        if self.chars == 0 { 0.0 } else { self.linked as f64 / self.chars as f64 }
    }

    /// Words.
    pub(super) fn words(&self) -> usize {
        self.text.split_whitespace().count()
    }
}

struct Walk<'t, 'a> {
    tree: &'t Tree<'a>,
    blocks: Vec<Block>,
    now: Block,
    link_depth: usize,
    bold_depth: usize,
    pre_depth: usize,
    breaks: usize,
}

/// Cuts the part of the tree under `top` into blocks, without what stands under a node that `dropped` marks.
pub(super) fn blocks(tree: &Tree<'_>, top: NodeId, dropped: &[bool]) -> Vec<Block> {
    let now = Block { text: String::new(), node: top, tag: tree.tag(top).unwrap_or(Tag::Other), chars: 0, linked: 0, links: 0, bold: 0 };
    let mut walk = Walk { tree, blocks: Vec::new(), now, link_depth: 0, bold_depth: 0, pre_depth: 0, breaks: 0 };
    walk.run(top, dropped);
    walk.flush();
    walk.blocks
}

impl Walk<'_, '_> {
    fn run(&mut self, top: NodeId, dropped: &[bool]) {
        let gone = |id: NodeId| usize::try_from(id).ok().and_then(|i| dropped.get(i)).copied().unwrap_or(false);
        let mut at = top;
        loop {
            let down = !gone(at) && self.enter(at);
            if down && let Some(first) = self.tree.node(at).first {
                at = first;
                continue;
            }
            if down {
                self.leave(at);
            }
            // up to the next that has a sibling
            loop {
                if at == top {
                    return;
                }
                let node = self.tree.node(at);
                if let Some(next) = node.next {
                    at = next;
                    break;
                }
                at = node.parent;
                self.leave(at);
            }
        }
    }

    /// Whether the node has children to look at.
    fn enter(&mut self, id: NodeId) -> bool {
        let tag = match self.tree.node(id).kind {
            Kind::Text(text) => {
                self.text(text);
                return false;
            }
            Kind::Element(tag) => tag,
        };
        match tag {
            Tag::Br => {
                self.breaks += 1;
                if self.breaks > 1 {
                    self.flush();
                } else if !self.now.text.is_empty() {
                    self.now.text.truncate(self.now.text.trim_end_matches(' ').len());
                    self.now.text.push('\n');
                }
                return false;
            }
            Tag::A => {
                self.link_depth += 1;
                self.now.links += 1;
            }
            Tag::B | Tag::Strong => self.bold_depth += 1,
            Tag::Pre => self.pre_depth += 1,
            _ => {}
        }
        if !tag.is_inline() {
            self.flush();
            self.within(id, tag);
        }
        true
    }

    fn leave(&mut self, id: NodeId) {
        let Some(tag) = self.tree.tag(id) else { return };
        match tag {
            Tag::A => self.link_depth = self.link_depth.saturating_sub(1),
            Tag::B | Tag::Strong => self.bold_depth = self.bold_depth.saturating_sub(1),
            Tag::Pre => self.pre_depth = self.pre_depth.saturating_sub(1),
            _ => {}
        }
        if !tag.is_inline() {
            self.flush();
            let mut up = self.tree.node(id).parent;
            while self.tree.tag(up).is_some_and(Tag::is_inline) && up != self.tree.node(up).parent {
                up = self.tree.node(up).parent;
            }
            self.within(up, self.tree.tag(up).unwrap_or(Tag::Other));
        }
    }

    const fn within(&mut self, id: NodeId, tag: Tag) {
        self.now.node = id;
        self.now.tag = tag;
    }

    fn text(&mut self, raw: &str) {
        let added = prose::push(raw, self.pre_depth > 0, &mut self.now.text);
        if added > 0 {
            self.breaks = 0;
        }
        self.now.chars += added;
        if self.link_depth > 0 {
            self.now.linked += added;
        }
        if self.bold_depth > 0 {
            self.now.bold += added;
        }
    }

    fn flush(&mut self) {
        self.breaks = 0;
        let mut text = std::mem::take(&mut self.now.text);
        text.truncate(text.trim_end().len());
        if self.now.chars > 0 {
            self.blocks.push(Block { text, ..self.now.clone() });
        }
        (self.now.chars, self.now.linked, self.now.links, self.now.bold) = (0, 0, 0, 0);
    }
}

/// Marks the elements in which nothing is text of the page, and the hidden ones.
pub(super) fn unseen(tree: &Tree<'_>) -> Vec<bool> {
    tree.ids().map(|id| tree.tag(id).is_some_and(|tag| tag.is_dropped() || is_hidden(tree, id))).collect()
}

fn is_hidden(tree: &Tree<'_>, id: NodeId) -> bool {
    tree.attributes(id).iter().any(|a| match a.name {
        Name::Hidden => !a.value.eq_ignore_ascii_case("until-found"),
        Name::AriaHidden => a.value.eq_ignore_ascii_case("true") && tree.tag(id).is_some_and(Tag::is_inline),
        Name::Style => {
            let compact: String = a.value.chars().filter(|c| !c.is_whitespace()).take(400).collect();
            let compact = compact.to_ascii_lowercase();
            compact.contains("display:none") || compact.contains("visibility:hidden")
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str) -> Vec<String> {
        let tree = Tree::read(html);
        blocks(&tree, 0, &unseen(&tree)).into_iter().map(|b| b.text).collect()
    }

    #[test]
    fn blocks_are_what_a_reader_sees_as_paragraphs() {
        assert_eq!(
            texts("<p>A <b>bold</b>\n one.<p>B<br>b<br><br>C<ul><li>x<li>y</ul>tail"),
            ["A bold one.", "B\nb", "C", "x", "y", "tail"]
        );
        assert_eq!(texts("<div>a<div>b</div>c</div>"), ["a", "b", "c"]);
        assert_eq!(texts("<p>x<script>y</script><span style='display: none'>z</span></p><nav>m</nav>"), ["x"]);
        assert_eq!(texts("<pre>a\n  b</pre>"), ["a\nb"]);
    }

    #[test]
    fn links_are_counted() {
        let tree = Tree::read("<p>ab <a href=x>cd</a></p>");
        let b = &blocks(&tree, 0, &unseen(&tree))[0];
        assert_eq!((b.chars, b.linked, b.links, b.tag), (4, 2, 1, Tag::P));
    }
}
