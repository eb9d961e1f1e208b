//! A page as a tree of nodes that point into its markup.

use super::attribute::{Attribute, Name};
use super::builder::Builder;
use super::tag::Tag;

/// Index of a node; the root is 0.
pub(super) type NodeId = u32;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// An element.
    Element(Tag),
    /// Text as it stands in the markup: character references are not resolved yet.
    Text(&'a str),
}

/// A node with its way through the tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'a> {
    /// What it is.
    pub(super) kind: Kind<'a>,
    /// Its parent; the root is its own.
    pub(super) parent: NodeId,
    /// Its first child.
    pub(super) first: Option<NodeId>,
    /// Its last child.
    pub(super) last: Option<NodeId>,
    /// Its next sibling.
    pub(super) next: Option<NodeId>,
    /// Its attributes: a range of [`Tree::attributes`].
    pub(super) attributes: (u32, u32),
}

/// A page as a tree.
#[derive(Debug)]
pub(super) struct Tree<'a> {
    /// All nodes in the order of the page; the first is the root.
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) attributes: Vec<Attribute<'a>>,
}

impl<'a> Tree<'a> {
    /// Reads markup.
    pub(super) fn read(html: &'a str) -> Self {
        Builder::read(html)
    }

    /// The node of this id.
    pub(super) fn node(&self, id: NodeId) -> Node<'a> {
        let at = usize::try_from(id).unwrap_or(0);
        self.nodes.get(at).or(self.nodes.first()).copied().unwrap_or(Node {
            kind: Kind::Text(""),
            parent: 0,
            first: None,
            last: None,
            next: None,
            attributes: (0, 0),
        })
    }

    /// Ids of all nodes, in the order of the page.
    pub(super) fn ids(&self) -> std::ops::Range<NodeId> {
        0..u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)
    }

    /// The element that a node is.
    pub(super) fn tag(&self, id: NodeId) -> Option<Tag> {
        match self.node(id).kind {
            Kind::Element(tag) => Some(tag),
            Kind::Text(_) => None,
        }
    }

    /// The attributes of a node.
    pub(super) fn attributes(&self, id: NodeId) -> &[Attribute<'a>] {
        let (from, to) = self.node(id).attributes;
        let index = |i: u32| usize::try_from(i).unwrap_or(0);
        self.attributes.get(index(from)..index(to)).unwrap_or(&[])
    }

    /// The value of an attribute, as it stands in the markup.
    pub(super) fn attribute(&self, id: NodeId, name: Name) -> Option<&'a str> {
        self.attributes(id).iter().find(|a| a.name == name).map(|a| a.value)
    }

    /// Children of a node, in order.
    #[cfg(test)]
    pub(super) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.node(id).first, |c| self.node(*c).next)
    }

    /// The node that comes after `id` and all that it holds, within `top`.
    pub(super) fn after(&self, id: NodeId, top: NodeId) -> Option<NodeId> {
        let mut at = id;
        while at != top {
            let node = self.node(at);
            if node.next.is_some() {
                return node.next;
            }
            at = node.parent;
        }
        None
    }
}
