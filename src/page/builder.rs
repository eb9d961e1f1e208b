//! Markup to a tree, in one pass and in bounded memory.
//!
//! This is no full HTML parser: it builds what an article is read from. Text stays slices of the input; scripts, styles and
//! comments cost no more than the search for their end. The way end tags are implied, and misnested inline elements mended, follows
//! the HTML standard where an article depends on it.

use super::attribute::{Attribute, Name};
use super::tag::Tag;
use super::tree::{Kind, Node, NodeId, Tree};
use memchr::{memchr, memmem};

/// Elements open at a time; what is nested deeper becomes a sibling at this depth.
const DEEPEST: usize = 200;

/// Nodes of one page; what comes after is not read.
const MOST_NODES: usize = 1_000_000;

/// Bytes of an attribute that are kept; a longer value is cut. Nothing that is looked for is longer.
const LONGEST_VALUE: usize = 16_384;

/// A tree that grows, and the elements that are open.
pub(super) struct Builder<'a> {
    tree: Tree<'a>,
    open: Vec<(NodeId, Tag)>,
    /// Elements that are open beneath the deepest.
    ignored: usize,
}

impl<'a> Builder<'a> {
    /// The tree of a page.
    pub(super) fn read(html: &'a str) -> Tree<'a> {
        let guess = (html.len() / 40).min(MOST_NODES);
        let mut nodes = Vec::with_capacity(guess + 1);
        nodes.push(Node { kind: Kind::Element(Tag::Other), parent: 0, first: None, last: None, next: None, attributes: (0, 0) });
        let tree = Tree { nodes, attributes: Vec::with_capacity(guess / 2) };
        let mut builder = Self { tree, open: vec![(0, Tag::Other)], ignored: 0 };
        builder.run(html);
        builder.tree
    }

    fn run(&mut self, html: &'a str) {
        let bytes = html.as_bytes();
        let mut at = 0;
        while at < bytes.len() && self.tree.nodes.len() < MOST_NODES {
            let rest = bytes.get(at..).unwrap_or(&[]);
            // the next `<` that opens something
            let mut text = memchr(b'<', rest).unwrap_or(rest.len());
            while text < rest.len() && !rest.get(text + 1).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?')) {
                text += 1 + rest.get(text + 1..).map_or(0, |r| memchr(b'<', r).unwrap_or(r.len()));
                text = text.min(rest.len());
            }
            if text > 0 {
                self.text(html.get(at..at + text).unwrap_or(""));
            }
            at += text;
            at = match bytes.get(at + 1) {
                None => bytes.len(),
                Some(b'!') if html.get(at + 2..at + 4) == Some("--") => past(bytes, at + 4, b"-->"),
                Some(b'!') if html.get(at + 2..at + 9) == Some("[CDATA[") => at + 9,
                Some(b'!' | b'?') => past(bytes, at + 2, b">"),
                Some(b'/') if bytes.get(at + 2).is_some_and(u8::is_ascii_alphabetic) => {
                    let (tag, end) = name(bytes, at + 2);
                    self.end(tag);
                    past(bytes, end, b">")
                }
                Some(b'/') => past(bytes, at + 2, b">"),
                Some(_) => self.start(html, at + 1),
            };
        }
    }

    fn top(&self) -> NodeId {
        self.open.last().map_or(0, |o| o.0)
    }

    fn append(&mut self, kind: Kind<'a>, attributes: (u32, u32)) -> NodeId {
        let parent = self.top();
        let id = u32::try_from(self.tree.nodes.len()).unwrap_or(u32::MAX);
        self.tree.nodes.push(Node { kind, parent, first: None, last: None, next: None, attributes });
        let index = |i: NodeId| usize::try_from(i).unwrap_or(0);
        let before = self.tree.nodes.get_mut(index(parent)).and_then(|p| {
            let before = p.last.replace(id);
            if before.is_none() {
                p.first = Some(id);
            }
            before
        });
        if let Some(sibling) = before.and_then(|b| self.tree.nodes.get_mut(index(b))) {
            sibling.next = Some(id);
        }
        id
    }

    fn text(&mut self, text: &'a str) {
        if !text.is_empty() {
            self.append(Kind::Text(text), (0, 0));
        }
    }

    /// Reads a start tag whose name begins at `from`; the place after it, and after its content where that is raw.
    fn start(&mut self, html: &'a str, from: usize) -> usize {
        let bytes = html.as_bytes();
        let (tag, mut at) = name(bytes, from);
        let first = self.tree.attributes.len();
        let closed = loop {
            while bytes.get(at).is_some_and(|b| b.is_ascii_whitespace() || *b == b'/') {
                at += 1;
            }
            match bytes.get(at) {
                // a page that ends inside a tag
                None => return bytes.len(),
                Some(b'>') => break bytes.get(at - 1) == Some(&b'/'),
                Some(_) => at = self.attribute(html, at),
            }
        };
        at += 1;
        let range = (u32::try_from(first).unwrap_or(0), u32::try_from(self.tree.attributes.len()).unwrap_or(0));
        self.imply(tag);
        let id = self.append(Kind::Element(tag), range);
        if tag.is_raw() {
            let end = raw_end(bytes, at, tag);
            let data = html.get(at..end).unwrap_or("");
            let linked =
                tag == Tag::Script && self.tree.attribute(id, Name::Type).is_some_and(|t| t.to_ascii_lowercase().contains("ld+json"));
            if linked || tag == Tag::Title {
                self.open.push((id, tag));
                self.text(data);
                self.open.pop();
            }
            return past(bytes, end, b">");
        }
        if !(tag.is_void() || closed && matches!(tag, Tag::Path | Tag::Other)) {
            if self.open.len() < DEEPEST {
                self.open.push((id, tag));
            } else {
                self.ignored += 1;
            }
        }
        at
    }

    /// Reads the attribute that begins at `from`; the place after it.
    fn attribute(&mut self, html: &'a str, from: usize) -> usize {
        let bytes = html.as_bytes();
        // a name may begin with `=`
        let mut at = from + 1;
        while bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'>' | b'/')) {
            at += 1;
        }
        let known = bytes.get(from..at).and_then(Name::named);
        let mut value = at;
        while bytes.get(value).is_some_and(u8::is_ascii_whitespace) {
            value += 1;
        }
        let mut span = (at, at);
        if bytes.get(value) == Some(&b'=') {
            value += 1;
            while bytes.get(value).is_some_and(u8::is_ascii_whitespace) {
                value += 1;
            }
            let rest = |i: usize| bytes.get(i..).unwrap_or(&[]);
            match bytes.get(value) {
                Some(quote @ (b'"' | b'\'')) => {
                    let end = memchr(*quote, rest(value + 1)).map_or(bytes.len(), |i| value + 1 + i);
                    span = (value + 1, end);
                    at = end + 1;
                }
                _ => {
                    let end = rest(value).iter().position(|b| b.is_ascii_whitespace() || *b == b'>').map_or(bytes.len(), |i| value + i);
                    span = (value, end);
                    at = end;
                }
            }
        }
        if let Some(name) = known {
            let value = html.get(span.0..span.1).unwrap_or("");
            let mut cut = value.len().min(LONGEST_VALUE);
            while !value.is_char_boundary(cut) {
                cut -= 1;
            }
            self.tree.attributes.push(Attribute { name, value: value.get(..cut).unwrap_or("") });
        }
        at
    }

    /// Ends what the start of `tag` ends without an end tag.
    fn imply(&mut self, tag: Tag) {
        if tag.ends_paragraph() {
            self.close_in(&[Tag::P], &[Tag::Td, Tag::Th, Tag::Table, Tag::Button, Tag::Object, Tag::Caption]);
        }
        let lists = [Tag::Ul, Tag::Ol, Tag::Menu, Tag::Dl, Tag::Td, Tag::Th, Tag::Table, Tag::Div, Tag::Section, Tag::Article];
        match tag {
            Tag::Li => self.close_in(&[Tag::Li], &lists),
            Tag::Dt | Tag::Dd => self.close_in(&[Tag::Dt, Tag::Dd], &lists),
            Tag::Td | Tag::Th => self.close_in(&[Tag::Td, Tag::Th], &[Tag::Tr, Tag::Table]),
            Tag::Tr => self.close_in(&[Tag::Tr], &[Tag::Table]),
            Tag::Tbody | Tag::Thead | Tag::Tfoot => self.close_in(&[Tag::Tbody, Tag::Thead, Tag::Tfoot], &[Tag::Table]),
            Tag::Option | Tag::Optgroup => self.close_in(&[Tag::Option], &[Tag::Select]),
            Tag::A => self.close_in(&[Tag::A], &[Tag::Td, Tag::Th, Tag::Table, Tag::Div, Tag::Section, Tag::Li]),
            Tag::Body => self.close_in(&[Tag::Head], &[]),
            _ if tag.is_heading() && self.open.last().is_some_and(|o| o.1.is_heading()) => {
                self.open.pop();
            }
            _ => {}
        }
    }

    /// Closes the nearest of `tags` with all in it, unless one of `walls` stands between.
    fn close_in(&mut self, tags: &[Tag], walls: &[Tag]) {
        for at in (1..self.open.len()).rev() {
            let Some(&(_, open)) = self.open.get(at) else { return };
            if tags.contains(&open) {
                self.open.truncate(at);
                return;
            }
            if walls.contains(&open) {
                return;
            }
        }
    }

    fn end(&mut self, tag: Tag) {
        if self.ignored > 0 {
            self.ignored -= usize::from(!tag.is_void());
            return;
        }
        if matches!(tag, Tag::Html | Tag::Body) || tag.is_void() {
            return;
        }
        let walls: &[Tag] = match tag {
            Tag::Table | Tag::Tr | Tag::Td | Tag::Th | Tag::Tbody | Tag::Thead | Tag::Tfoot => &[Tag::Table],
            Tag::Li => &[Tag::Ul, Tag::Ol, Tag::Td, Tag::Th],
            _ => &[Tag::Td, Tag::Th],
        };
        let mut blocks = false;
        for at in (1..self.open.len()).rev() {
            let Some(&(_, open)) = self.open.get(at) else { return };
            if open == tag || tag.is_heading() && open.is_heading() {
                // a paragraph that began inside of a link goes on after the link's end
                if tag.is_inline() && blocks {
                    self.open.remove(at);
                } else {
                    self.open.truncate(at);
                }
                return;
            }
            if walls.contains(&open) {
                return;
            }
            blocks |= !open.is_inline();
        }
    }
}

/// The element whose name begins at `from`, and the place after the name.
fn name(bytes: &[u8], from: usize) -> (Tag, usize) {
    let rest = bytes.get(from..).unwrap_or(&[]);
    let len = rest.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>')).unwrap_or(rest.len());
    (Tag::named(rest.get(..len).unwrap_or(&[])), from + len)
}

/// The place after the next `needle`, or the end.
fn past(bytes: &[u8], from: usize, needle: &[u8]) -> usize {
    let rest = bytes.get(from..).unwrap_or(&[]);
    let found = if let [one] = needle { memchr(*one, rest) } else { memmem::find(rest, needle) };
    found.map_or(bytes.len(), |i| from + i + needle.len())
}

/// Where the end tag of a raw element begins.
fn raw_end(bytes: &[u8], from: usize, tag: Tag) -> usize {
    let name = tag.name().as_bytes();
    let mut at = from;
    while let Some(i) = bytes.get(at..).and_then(|r| memchr(b'<', r)) {
        at += i;
        let is_end = bytes.get(at + 1) == Some(&b'/')
            && bytes.get(at + 2..at + 2 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name))
            && bytes.get(at + 2 + name.len()).is_none_or(|b| !b.is_ascii_alphanumeric());
        if is_end {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(html: &str) -> String {
        fn draw(tree: &Tree<'_>, id: NodeId, out: &mut String) {
            for child in tree.children(id) {
                match tree.node(child).kind {
                    Kind::Text(text) => out.push_str(text),
                    Kind::Element(tag) => {
                        out.push_str(tag.name());
                        out.push('(');
                        draw(tree, child, out);
                        out.push(')');
                    }
                }
            }
        }
        let tree = Tree::read(html);
        let mut out = String::new();
        draw(&tree, 0, &mut out);
        out
    }

    #[test]
    fn end_tags_are_implied() {
        assert_eq!(drawn("<p>a<p>b<div>c</div>"), "p(a)p(b)div(c)");
        assert_eq!(drawn("<ul><li>a<li>b<ul><li>c</ul></ul>d"), "ul(li(a)li(bul(li(c))))d");
        assert_eq!(drawn("<table><tr><td>a<td>b<tr><td>c</table>d"), "table(tr(td(a)td(b))tr(td(c)))d");
        assert_eq!(drawn("<h2>a</h3>b"), "h2(a)b");
    }

    #[test]
    fn misnested_inline_elements_end_where_they_end() {
        assert_eq!(drawn("<div><a>x<p>y</a>z</p></div>w"), "div(a(xp(yz)))w");
        assert_eq!(drawn("<b>x<i>y</b>z</i>"), "b(xi(y))z");
        assert_eq!(drawn("<td></div>x"), "td(x)");
    }

    #[test]
    fn scripts_comments_and_stray_signs_are_no_elements() {
        assert_eq!(drawn("a<script>if (a<b) '<p>x</p>'</ScRipt>b<!-- <p>c</p> -->d"), "ascript()bd");
        assert_eq!(drawn("3 < 4 and 5 <6"), "3 < 4 and 5 <6");
        assert_eq!(drawn("a<style>x"), "astyle()");
        assert_eq!(drawn("a<!-- x"), "a");
        assert_eq!(drawn("a<"), "a<");
        assert_eq!(drawn("a<p class='x"), "a");
        assert_eq!(drawn("a</"), "a");
        assert_eq!(drawn("<br/>a<hr>b"), "brahrb".replace("br", "br()").replace("hr", "hr()"));
    }

    #[test]
    fn what_is_nested_too_deep_becomes_a_sibling() {
        let html = format!("{}x{}<p>y</p>", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let tree = Tree::read(&html);
        assert_eq!(tree.nodes.len(), 100_000 + 4);
        let last = tree.ids().last().unwrap_or(0);
        assert_eq!(tree.node(last).kind, Kind::Text("y"));
        assert_eq!(tree.node(tree.node(last).parent).parent, 0, "the end tags count");
    }

    #[test]
    fn attributes_are_read_in_every_form() {
        let tree = Tree::read("<p CLASS=a id = 'b c' hidden data-x=\"y\" href=/q?a>x");
        assert_eq!(tree.attribute(1, Name::Class), Some("a"));
        assert_eq!(tree.attribute(1, Name::Id), Some("b c"));
        assert_eq!(tree.attribute(1, Name::Hidden), Some(""));
        assert_eq!(tree.attribute(1, Name::Href), Some("/q?a"));
        assert_eq!(tree.attributes(1).len(), 4);
    }
}
