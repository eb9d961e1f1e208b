//! One document as a card: what it is called, who is credited, when it speaks and when its page is stamped.

use super::catalogue::Catalogue;
use super::plain::Plain;
use wirecopy::document::DateOrigin;
use wirecopy::extract::CreditPosition;

/// Longest title, in characters.
const TITLE: usize = 240;

/// A document of the report.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) index: usize,
    pub(super) name: Plain,
    pub(super) id: Plain,
    pub(super) title: Plain,
    pub(super) url: Plain,
    pub(super) language: Plain,
    pub(super) words: usize,
    /// `AFP (byline)`; empty where none was found on the scraped page.
    pub(super) credits: Plain,
    pub(super) photos: Plain,
    pub(super) story: Plain,
    pub(super) stamped: Plain,
    /// Whether the text contradicts the stamp of the page.
    pub(super) conflict: bool,
    /// The words that the day was read from, where they contradict the stamp.
    pub(super) basis: Plain,
    pub(super) flags: Plain,
}

const fn position(position: CreditPosition) -> &'static str {
    match position {
        CreditPosition::EndOfBody => "at the end",
        CreditPosition::Dateline => "dateline",
        CreditPosition::Byline => "byline",
        CreditPosition::PageHead => "head of the page",
        CreditPosition::Copyright => "copyright line",
        CreditPosition::Attribution => "named in the text",
    }
}

impl Member {
    /// What a search should find it by.
    pub(super) fn words_to_find(&self) -> String {
        format!("{} {} {} {} {}", self.name, self.title, self.id, self.credits, self.photos)
    }
}

pub(super) fn member(catalogue: &Catalogue<'_>, index: usize) -> Member {
    let d = catalogue.document(index);
    let mut credits: Vec<String> = d.credits.iter().map(|c| format!("{} ({})", c.agency, position(c.position))).collect();
    credits.dedup();
    let mut photos: Vec<&str> = d.photo_credits.iter().map(|p| p.agency.as_str()).collect();
    photos.dedup();
    let story = d.story_date.as_ref().map_or_else(String::new, |s| {
        if s.earliest == s.latest { s.earliest.to_string() } else { format!("{} to {}", s.earliest, s.latest) }
    });
    let conflict = d.story_date.as_ref().filter(|s| s.conflicts_with_page_date && d.page_date.is_some());
    let basis: Vec<&str> = conflict.iter().flat_map(|s| &s.basis).map(|b| b.text.as_str()).take(4).collect();
    let origin = d.page_date_origin.filter(|o| *o != DateOrigin::Text).map_or_else(String::new, |o| format!(" ({})", o.label()));
    Member {
        index,
        name: catalogue.name(index).clone(),
        id: Plain::from(&d.id),
        title: Plain::cut(d.title.as_deref().unwrap_or(""), TITLE),
        url: Plain::cut(d.url.as_deref().unwrap_or(""), TITLE),
        language: Plain::from(d.language.as_deref().unwrap_or("")),
        words: d.words,
        credits: Plain::from(credits.join(", ")),
        photos: Plain::from(photos.join(", ")),
        story: Plain::from(story),
        stamped: Plain::from(d.page_date.map_or_else(String::new, |p| format!("{p}{origin}"))),
        conflict: conflict.is_some(),
        basis: Plain::cut(&basis.join("; "), TITLE),
        flags: Plain::from(d.flags.join(", ").replace('_', " ")),
    }
}
