//! The elements that matter to an article, and what each kind of them does to the tree.

/// Names the elements once: for the variant and for the look-up.
macro_rules! tags {
    ($($variant:ident $name:literal),* $(,)?) => {
        /// An HTML element, as far as reading an article has to tell it from others.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Tag {
            $(#[doc = $name] $variant,)*
            /// Any other element: it holds what it holds.
            Other,
        }

        impl Tag {
            /// The element of this name, in capitals or small letters.
            pub(super) fn named(name: &[u8]) -> Self {
                let mut small = [0; 12];
                let Some(slot) = small.get_mut(..name.len()) else { return Self::Other };
                slot.copy_from_slice(name);
                slot.make_ascii_lowercase();
                match &*slot {
                    $(bytes if bytes == $name.as_bytes() => Self::$variant,)*
                    _ => Self::Other,
                }
            }

            /// Its name; `div` for all others.
            pub(super) const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::Other => "div",
                }
            }
        }
    };
}

tags! {
    Div "div", A "a", Span "span", P "p", Li "li", Img "img", Script "script", Ul "ul", Br "br", Meta "meta", Link "link",
    Strong "strong", B "b", I "i", Em "em", Path "path", Svg "svg", Td "td", Tr "tr", Style "style", Option "option",
    Input "input", Section "section", Article "article", Figure "figure", Figcaption "figcaption", Time "time", Button "button",
    H1 "h1", H2 "h2", H3 "h3", H4 "h4", H5 "h5", H6 "h6", Header "header", Footer "footer", Nav "nav", Aside "aside", Main "main",
    Noscript "noscript", Iframe "iframe", Form "form", Label "label", Table "table", Tbody "tbody", Thead "thead", Tfoot "tfoot",
    Th "th", Caption "caption", Col "col", Colgroup "colgroup", Ol "ol", Dl "dl", Dt "dt", Dd "dd", Blockquote "blockquote", Q "q",
    Pre "pre", Hr "hr", Address "address", Html "html", Head "head", Body "body", Title "title", Base "base", Source "source",
    Picture "picture", Select "select", Optgroup "optgroup", Textarea "textarea", Template "template", Object "object", Embed "embed", Param "param",
    Canvas "canvas", Video "video", Audio "audio", Track "track", Math "math", Map "map", Area "area", Wbr "wbr", Small "small",
    U "u", S "s", Sub "sub", Sup "sup", Cite "cite", Code "code", Abbr "abbr", Mark "mark", Font "font", Del "del", Ins "ins",
    Center "center", Details "details", Summary "summary", Fieldset "fieldset", Legend "legend", Dialog "dialog", Menu "menu",
    Xmp "xmp", Noframes "noframes", Frameset "frameset", Hgroup "hgroup", Kbd "kbd", Samp "samp", Var "var", Big "big", Tt "tt",
    Acronym "acronym", Strike "strike", Bdi "bdi", Bdo "bdo", Data "data", Dfn "dfn", Ruby "ruby", Rt "rt", Rp "rp", Nobr "nobr",
    Amp "amp-img",
}

impl Tag {
    /// Whether it never has an end tag.
    pub(super) const fn is_void(self) -> bool {
        use Tag::{Area, Base, Br, Col, Embed, Hr, Img, Input, Link, Meta, Param, Source, Track, Wbr};
        matches!(self, Area | Base | Br | Col | Embed | Hr | Img | Input | Link | Meta | Param | Source | Track | Wbr)
    }

    /// Whether its content is read up to its end tag, whatever stands in it.
    pub(super) const fn is_raw(self) -> bool {
        matches!(self, Self::Script | Self::Style | Self::Title | Self::Textarea | Self::Iframe | Self::Xmp | Self::Noframes)
    }

    /// Whether nothing in it is text of the page.
    pub(super) const fn is_dropped(self) -> bool {
        use Tag::{
            Audio, Button, Canvas, Dialog, Embed, Head, Iframe, Input, Link, Map, Math, Meta, Nav, Noframes, Noscript, Object, Option,
            Script, Select, Style, Svg, Template, Textarea, Title, Video,
        };
        matches!(
            self,
            Audio
                | Button
                | Canvas
                | Dialog
                | Embed
                | Head
                | Iframe
                | Input
                | Link
                | Map
                | Math
                | Meta
                | Nav
                | Noframes
                | Noscript
                | Object
                | Option
                | Script
                | Select
                | Style
                | Svg
                | Template
                | Textarea
                | Title
                | Video
        )
    }

    /// Whether it runs on in the line: it neither begins nor ends a paragraph.
    pub(super) const fn is_inline(self) -> bool {
        use Tag::{
            A, Abbr, Acronym, B, Bdi, Bdo, Big, Cite, Code, Data, Del, Dfn, Em, Font, I, Img, Ins, Kbd, Label, Mark, Nobr, Q, Rp, Rt, Ruby,
            S, Samp, Small, Span, Strike, Strong, Sub, Sup, Time, Tt, U, Var, Wbr,
        };
        matches!(
            self,
            A | Abbr
                | Acronym
                | B
                | Bdi
                | Bdo
                | Big
                | Cite
                | Code
                | Data
                | Del
                | Dfn
                | Em
                | Font
                | I
                | Img
                | Ins
                | Kbd
                | Label
                | Mark
                | Nobr
                | Q
                | Rp
                | Rt
                | Ruby
                | S
                | Samp
                | Small
                | Span
                | Strike
                | Strong
                | Sub
                | Sup
                | Time
                | Tt
                | U
                | Var
                | Wbr
        )
    }

    /// Whether it is a heading.
    pub(super) const fn is_heading(self) -> bool {
        matches!(self, Self::H1 | Self::H2 | Self::H3 | Self::H4 | Self::H5 | Self::H6)
    }

    /// Whether its start ends an open paragraph.
    pub(super) const fn ends_paragraph(self) -> bool {
        use Tag::{
            Address, Article, Aside, Blockquote, Center, Details, Dialog, Div, Dl, Fieldset, Figcaption, Figure, Footer, Form, Header,
            Hgroup, Hr, Main, Menu, Nav, Ol, P, Pre, Section, Summary, Table, Ul,
        };
        self.is_heading()
            || matches!(
                self,
                Address
                    | Article
                    | Aside
                    | Blockquote
                    | Center
                    | Details
                    | Dialog
                    | Div
                    | Dl
                    | Fieldset
                    | Figcaption
                    | Figure
                    | Footer
                    | Form
                    | Header
                    | Hgroup
                    | Hr
                    | Main
                    | Menu
                    | Nav
                    | Ol
                    | P
                    | Pre
                    | Section
                    | Summary
                    | Table
                    | Ul
            )
            || matches!(self, Self::Li | Self::Dt | Self::Dd)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_case() {
        assert_eq!(Tag::named(b"FigCaption"), Tag::Figcaption);
        assert_eq!(Tag::named(b"blockquote"), Tag::Blockquote);
        assert_eq!(Tag::named(b"x-very-long-custom-name"), Tag::Other);
        assert_eq!(Tag::Figcaption.name(), "figcaption");
    }
}
