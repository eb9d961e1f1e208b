//! The day that a text itself speaks from.
//!
//! A page may be stamped months after its story. The text still tells: a dateline, `on Sunday`, `since May 2nd`,
//! `in August 2024 ... last summer`. Each such mention cuts the set of possible days; the page date is only an anchor
//! that says which week `Sunday` may mean, and is told when the text contradicts it.

mod mentions;
mod window;

use crate::document::Span;
use crate::extract::{Article, BlockKind, PageDate};
use crate::facts::{DateExpr, DateMention};
use crate::text::{FoundDate, dates, words};
use jiff::civil::Date;
use mentions::{Day, Said};
use serde::{Deserialize, Serialize};
use window::Window;

/// A page date this many days off the text still agrees with it: papers print the next morning.
const SLACK: i32 = 2;

/// One mention that cut the set of days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// As written.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// The days that a text may speak from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryDate {
    /// The first possible day.
    pub earliest: Date,
    /// The last possible day.
    pub latest: Date,
    /// What it was read from, in text order.
    pub basis: Vec<Basis>,
    /// Whether the page is stamped with a day that the text excludes.
    pub conflicts_with_page_date: bool,
    /// Whether more than the page's stamp says so: a dateline, dates in the text, or other documents of the story.
    pub firm: bool,
}

/// The day the article speaks from, or `None` when nothing tells. `hints` are page dates and datelines of other
/// documents that are known to tell the same story: they say which year and week are meant, never which weekday.
#[must_use]
pub fn story_date(text: &str, article: &Article, mentioned: &[DateMention], hints: &[Date]) -> Option<StoryDate> {
    let said = mentions::said(text, article, mentioned);
    let page = article.page_date;
    let anchors: Vec<Date> = hints.iter().copied().chain(page.map(|p| p.date)).collect();
    let mut found = from_dateline(text, article, &anchors)
        .map(|d| StoryDate { firm: true, ..d })
        .or_else(|| from_text(text, &said, page, hints))
        .or_else(|| from_anchors(text, &said, page, hints))?;
    if let Some(page) = page {
        let before = days(page.date, found.earliest);
        let after = days(found.latest, page.date);
        found.conflicts_with_page_date |= before > SLACK || after > SLACK;
    }
    found.basis.sort_by_key(|b| b.span);
    found.basis.dedup();
    Some(found)
}

/// Days from `a` to `b`.
fn days(a: Date, b: Date) -> i32 {
    b.since(a).map_or(0, |s| s.get_days())
}

fn shift(date: Date, by: i32) -> Date {
    date.checked_add(jiff::Span::new().days(by.clamp(-40_000, 40_000))).unwrap_or(date)
}

fn basis(text: &str, span: Span) -> Basis {
    Basis { text: span.of(text).to_owned(), span }
}

fn found(earliest: Date, latest: Date, basis: Vec<Basis>) -> StoryDate {
    StoryDate { earliest, latest: latest.max(earliest), basis, conflicts_with_page_date: false, firm: false }
}

/// The day that the dateline names, with or without a year: always a [`DateExpr::Day`].
#[must_use]
pub fn dateline_day(text: &str, article: &Article) -> Option<FoundDate> {
    let block = article.blocks.iter().find(|b| b.kind == BlockKind::Dateline)?;
    dates(text, &words(text, block.span)).into_iter().find(|d| matches!(d.expr, DateExpr::Day { .. }))
}

/// A dateline's day is the day of the text. Without a year, anchors give one.
fn from_dateline(text: &str, article: &Article, anchors: &[Date]) -> Option<StoryDate> {
    let line = dateline_day(text, article)?;
    let DateExpr::Day { year, month, day } = line.expr else { return None };
    let why = vec![basis(text, line.span)];
    if let Some(year) = year {
        let date = date(year, month, day)?;
        return Some(found(date, date, why));
    }
    // Years that the text tells of (`founded in 1887`) say nothing of its own: without an anchor the year stays open.
    let date = nearest_year(month, day, anchors)?;
    Some(found(date, date, why))
}

fn date(year: i16, month: u8, day: u8) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The year that brings `month`, `day` nearest to the anchors.
fn nearest_year(month: u8, day: u8, anchors: &[Date]) -> Option<Date> {
    let years = anchors.iter().flat_map(|a| [a.year() - 1, a.year(), a.year() + 1]);
    years.filter_map(|y| date(y, month, day)).min_by_key(|d| (anchors.iter().map(|a| days(*a, *d).abs()).min(), *d))
}

/// Months, years and days in the text that leave a window of days; a weekday picks the day in it.
fn from_text(text: &str, said: &[Said], page: Option<PageDate>, hints: &[Date]) -> Option<StoryDate> {
    let window = Window::read(said)?;
    let outside = |d: Date| !window.holds(d, SLACK);
    let near: Vec<Date> = hints.iter().copied().filter(|d| !outside(*d)).collect();
    let mut own = page.filter(|p| !outside(p.date));
    if window.floor_only && own.is_none() && near.is_empty() && (page.is_none() || !hints.is_empty()) {
        return None;
    }
    if !near.is_empty() && own.is_some_and(|p| near.iter().all(|h| days(*h, p.date).abs() > 14)) {
        own = None;
    }
    let why: Vec<Basis> = window.basis.iter().map(|s| basis(text, *s)).collect();
    if own.is_some() || !near.is_empty() {
        // the window confirms the anchors: they name the week
        let mut picked = from_anchors(text, said, own, &near)?;
        picked.basis.extend(why);
        return Some(picked);
    }
    if window.floor_only {
        return None;
    }
    let anchors: Vec<Date> = hints.iter().copied().chain(page.map(|p| p.date)).collect();
    let (first, last) = window.resolve(&anchors)?;
    let mut out = StoryDate { firm: true, ..found(first, last, why) };
    if let Some(since) = window.since.and_then(|(m, d)| nearest_year(m, d, &[first, last])) {
        // told without a year or month: days ago, not weeks
        if let Some(w) = said.iter().find(|s| s.past && s.lead && s.weekday().is_some()).and_then(|s| s.weekday().map(|d| (d, s.span))) {
            let day = (0..7).map(|n| shift(since, n)).find(|d| d.weekday().to_monday_one_offset() == w.0)?;
            out = StoryDate { firm: true, ..found(day, shift(day, 1), out.basis) };
            out.basis.push(basis(text, w.1));
        }
    }
    Some(out)
}

/// Weekdays against the page date and the dates of other documents.
fn from_anchors(text: &str, said: &[Said], page: Option<PageDate>, hints: &[Date]) -> Option<StoryDate> {
    let told: Vec<&Said> = said.iter().filter(|s| s.past && s.weekday().is_some()).collect();
    let lead = told.iter().find(|s| s.lead).copied();
    let stamp = page.and_then(|p| p.span).map(|s| basis(text, s));
    let today = said.iter().find(|s| matches!(s.day, Day::Today));
    let confirmed = page.is_some_and(|p| today.is_some() && hints.iter().any(|h| days(*h, p.date).abs() <= SLACK));
    if !hints.is_empty() && !confirmed {
        return with_hints(text, &told, lead, page, hints);
    }
    let page = page?.date;
    let lag = |s: &Said| s.weekday().map_or(9, |d| i32::from((page.weekday().to_monday_one_offset() - d).rem_euclid(7)));
    let today = said.iter().find(|s| matches!(s.day, Day::Today));
    let mut why: Vec<Basis> = stamp.into_iter().collect();
    let Some(latest) = told.iter().min_by_key(|s| lag(s)).copied() else {
        let back = if today.is_some() { 1 } else { 3 };
        why.extend(today.map(|s| basis(text, s.span)));
        return Some(found(shift(page, -back), page, why));
    };
    let gap = lag(latest);
    why.push(basis(text, latest.span));
    if gap >= 3 && today.is_none() {
        let doubtful = gap >= 4 || page.weekday() != jiff::civil::Weekday::Monday;
        if let Some(lead) = lead.filter(|_| doubtful) {
            // the weekday before the stamp is stale news, the one after it had not come: either the page date is wrong
            // or the text is old; both days stay possible
            let before = shift(page, -lag(lead));
            let mut out = found(before, shift(before, 7), why);
            out.conflicts_with_page_date = true;
            return Some(out);
        }
        return Some(found(shift(page, -gap), page, why));
    }
    let first = lead.map(lag).filter(|l| *l <= 3).unwrap_or(gap).max(gap);
    if let Some(lead) = lead {
        why.push(basis(text, lead.span));
    }
    Some(found(shift(page, -first), page, why))
}

/// The weekday nearest to most hints; without one, the days that the hints span.
fn with_hints(text: &str, told: &[&Said], lead: Option<&Said>, page: Option<PageDate>, hints: &[Date]) -> Option<StoryDate> {
    let mut anchors: Vec<Date> = hints.iter().copied().chain(page.map(|p| p.date)).collect();
    anchors.sort_unstable();
    let middle = *anchors.get(anchors.len() / 2)?;
    anchors.retain(|a| days(middle, *a).abs() <= 14);
    let mut votes: Vec<(Date, i32, Span)> = Vec::new();
    let lag = |anchor: &Date, weekday: i8| i32::from((anchor.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
    // Without a weekday in the lead, one deep in the text may be what went before: only those next to an anchor tell the day.
    let near_anchor = |s: &&Said| s.weekday().is_some_and(|d| anchors.iter().any(|a| lag(a, d) <= SLACK + 1));
    let told: Vec<&Said> = lead.map_or_else(|| told.iter().copied().filter(near_anchor).collect(), |l| vec![l]);
    for said in told {
        let Some(weekday) = said.weekday() else { continue };
        for anchor in &anchors {
            let lag = lag(anchor, weekday);
            let near = shift(*anchor, -lag);
            votes.push((near, if lag <= SLACK { 10 - lag } else { 3 }, said.span));
            votes.push((shift(near, 7), if 7 - lag <= 3 { 3 } else { 0 }, said.span));
        }
    }
    let total = |d: Date| votes.iter().filter(|v| v.0 == d).map(|v| v.1).sum::<i32>();
    if let Some((best, _, span)) = votes.iter().max_by_key(|v| (total(v.0), std::cmp::Reverse(v.0))) {
        return Some(StoryDate { firm: true, ..found(*best, shift(*best, 1), vec![basis(text, *span)]) });
    }
    let (first, last) = (*anchors.first()?, *anchors.last()?);
    let first = if days(first, last) > 6 { shift(last, -6) } else { first };
    let stamp = page.and_then(|p| p.span).map(|s| basis(text, s));
    Some(StoryDate { firm: true, ..found(shift(first, -1), last, stamp.into_iter().collect()) })
}

#[cfg(test)]
mod tests;
