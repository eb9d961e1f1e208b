//! How near a page is to the copy of an agency as the agency sent it.

use super::edge::Member;
use crate::extract::{BlockKind, CreditPosition};

/// Lines of an agency's own furniture: bullets, exchange rates, desk marks.
const DESK_LINES: usize = 3;

/// How near a page is to agency copy, from far to near.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nearness {
    /// No text credit was found.
    Uncredited,
    /// The text is credited.
    Credited,
    /// The agency's dateline still stands before it.
    Dateline,
    /// An agency writer's byline and no page around it.
    BareByline,
    /// The agency's dateline and no page around it.
    Bare,
}

impl Nearness {
    pub(super) fn of(member: &Member<'_>) -> Self {
        let dateline = member.article.credits.iter().any(|c| c.position == CreditPosition::Dateline);
        match (is_bare(member), dateline, agency_writer(member)) {
            (true, true, _) => Self::Bare,
            (true, false, true) => Self::BareByline,
            (_, true, _) => Self::Dateline,
            _ if agency(member).is_some() => Self::Credited,
            _ => Self::Uncredited,
        }
    }

    /// Whether it is agency copy as the agency sent it.
    pub(super) const fn is_wire(self) -> bool {
        matches!(self, Self::Bare | Self::BareByline)
    }
}

/// Roles of writers.
const ROLES: [&str; 6] = ["correspondent", "reporter", "writer", "editor", "staff", "chief"];

/// Whether the byline is that of an agency's own writer: `By Ann Bo, PA Harbour Correspondent`.
fn agency_writer(member: &Member<'_>) -> bool {
    let bylines = member.article.blocks.iter().filter(|b| b.kind == BlockKind::Byline);
    let mut credits = member.article.credits.iter().filter(|c| c.position == CreditPosition::Byline);
    let lines: Vec<_> = bylines.map(|b| b.span).collect();
    credits.any(|c| {
        let Some(span) = c.span else { return false };
        let line = lines.iter().find(|s| s.start < span.start && s.end > span.end);
        let role = line.and_then(|s| member.text.get(span.end..s.end)).unwrap_or("").to_lowercase();
        role.split(|x: char| !x.is_alphabetic()).any(|w| ROLES.contains(&w))
    })
}

/// Whether no page stands around the text: no picture, no menu before it, little behind it.
fn is_bare(member: &Member<'_>) -> bool {
    let blocks = &member.article.blocks;
    !blocks.iter().any(|b| b.kind == BlockKind::Caption)
        && member.article.photo_credits.is_empty()
        && blocks.first().is_some_and(|b| b.kind != BlockKind::Furniture)
        && blocks.iter().filter(|b| b.kind == BlockKind::Furniture).count() <= DESK_LINES
}

/// The agency that the page credits with its text.
pub(super) fn agency<'a>(member: &Member<'a>) -> Option<&'a str> {
    member.article.credits.iter().find(|c| c.position != CreditPosition::Attribution).map(|c| c.agency.as_str())
}

/// The number of an agency's update by its headline: `UPDATE 2-Shares slide` is 2, `2ND ROUNDUP: Shares slide` is 3 (a
/// roundup follows a first version), other headlines 0.
pub(super) fn update_number(member: &Member<'_>) -> u32 {
    let Some(title) = member.article.title else { return 0 };
    let mut words = title.of(member.text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let ordinal = first.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<u32>().ok();
    let number = match (first, second) {
        ("UPDATE" | "WRAPUP" | "LEAD", number) => number.parse().unwrap_or(1),
        ("ROUNDUP" | "UPDATED", _) => 2,
        (_, "ROUNDUP" | "LEAD" | "UPDATE") if first.len() <= 4 => ordinal.map_or(0, |n| n.saturating_add(1)),
        _ => 0,
    };
    if number < 100 { number } else { 0 }
}

/// Letters and figures of the headline alone, in small letters; empty without one.
pub(super) fn headline(member: &Member<'_>) -> String {
    let title = member.article.title.map_or("", |t| t.of(member.text));
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
