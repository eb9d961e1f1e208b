//! The bytes of a web page to the text of its article and what the page says about itself.

mod attribute;
mod blocks;
mod builder;
mod choose;
mod container;
mod furniture;
mod prose;
mod readable;
mod tag;
mod tree;

use tree::Tree;

/// A web page, read.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Text.
    pub text: String,
}

/// Reads a page.
#[must_use]
pub fn read_page(html: &str, _url: Option<&str>) -> Page {
    let tree = Tree::read(html);
    let dropped = blocks::unseen(&tree);
    let blocks = blocks::blocks(&tree, 0, &dropped);
    let parts = choose::choose(&tree, &blocks, "");
    let text = blocks.iter().zip(parts).filter(|(_, k)| matches!(k, choose::Part::Body | choose::Part::Lead)).map(|(b, _)| b.text.as_str()).collect::<Vec<_>>().join("\n\n");
    Page { text }
}

#[doc(hidden)]
pub fn dump(html: &str) -> Vec<(String, String, String)> {
    let tree = Tree::read(html);
    let dropped = blocks::unseen(&tree);
    let all = blocks::blocks(&tree, 0, &dropped);
    let parts = choose::choose(&tree, &all, "");
    let anchor = container::container(&tree, &all);
    let marks = furniture::Marks::read(&tree, anchor);
    all.iter().zip(parts).map(|(b, part)| {
        let state = match part { choose::Part::Body => "KEPT", choose::Part::Lead => "KEPT lead", choose::Part::Caption => "caption", choose::Part::Away => if marks.is_furniture(b.node) {"pruned"} else {"left"} };
        let mut path = String::new(); let mut at = b.node;
        while at != 0 { path += &format!(" {}{}", if Some(at) == anchor { "@" } else { "" }, tree.tag(at).map_or("", tag::Tag::name)); for a in tree.attributes(at) { if matches!(a.name, attribute::Name::Class | attribute::Name::Id | attribute::Name::Itemprop) { path += &format!(".{}", a.value); } } at = tree.node(at).parent; }
        (format!("{state} {} ld{:.1}", b.chars, b.link_density()), path, b.text.clone())
    }).collect()
}
