//! The attributes that say something about an article.

/// An attribute that is of use.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attribute<'a> {
    /// Its name.
    pub(super) name: Name,
    /// Its value as it stands in the markup.
    pub(super) value: &'a str,
}

/// The attributes that are of use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Class,
    Id,
    Style,
    Hidden,
    AriaHidden,
    Role,
    Href,
    Rel,
    Named,
    Property,
    Content,
    Itemprop,
    Itemtype,
    Datetime,
    Lang,
    Type,
    Pubdate,
    Testid,
}

impl Name {
    pub(super) fn named(name: &[u8]) -> Option<Self> {
        let mut small = [0; 16];
        let slot = small.get_mut(..name.len())?;
        slot.copy_from_slice(name);
        slot.make_ascii_lowercase();
        Some(match &*slot {
            b"class" => Self::Class,
            b"id" => Self::Id,
            b"style" => Self::Style,
            b"hidden" => Self::Hidden,
            b"aria-hidden" => Self::AriaHidden,
            b"role" => Self::Role,
            b"href" => Self::Href,
            b"rel" => Self::Rel,
            b"name" => Self::Named,
            b"property" => Self::Property,
            b"content" => Self::Content,
            b"itemprop" => Self::Itemprop,
            b"itemtype" => Self::Itemtype,
            b"datetime" => Self::Datetime,
            b"lang" | b"xml:lang" => Self::Lang,
            b"type" => Self::Type,
            b"pubdate" => Self::Pubdate,
            b"data-component" | b"data-testid" | b"data-type" | b"data-module" => Self::Testid,
            _ => return None,
        })
    }
}
