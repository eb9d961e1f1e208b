//! The day that a page is stamped with.

use super::lines::{Line, is_final};
use super::{Block, BlockKind, PageDate};
use crate::document::{DateOrigin, Document};
use crate::text::{DateExpr, FoundDate, Word, dates, words};
use jiff::civil::Date;

/// Words of stamps.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "published", "posted", "updated", "update", "last", "date", "on", "at", "by", "staff", "in", "hrs", "hours", "hour", "min",
    "mins", "minutes", "ago", "read", "first", "created", "modified", "and", "am", "pm", "gmt", "ist", "utc", "est", "edt", "bst",
    "cet", "views", "comments", "comment", "publie", "le", "mis", "a", "jour", "publicado", "el", "actualizado", "de", "stand", "uhr",
    "am", "publicado", "em", "as", "publish", "time", "view", "share", "of", "the", "h",
];

/// Whether the line is a stamp: little but a date or a time.
pub(super) fn is_stamp(line: &Line<'_>, text: &str) -> bool {
    if line.words > 20 {
        return false;
    }
    let all = words(text, line.span);
    let found = dates(text, &all);
    let full = found.iter().any(|d| matches!(d.expr, DateExpr::Day { year: Some(_), .. }));
    let some = found.iter().any(|d| matches!(d.expr, DateExpr::Day { .. } | DateExpr::Clock(_)));
    let labels = LABELS_AT_START.iter().any(|l| line.folded.starts_with(l));
    let counted = line.words <= 8
        && found
            .iter()
            .any(|d| matches!(&d.expr, DateExpr::Other(o) if o.ends_with(" ago")) || matches!(d.expr, DateExpr::RelativeDays(n) if n < -1));
    let others =
        all.iter().filter(|w| !found.iter().any(|d| d.span.overlaps(w.span))).filter(|w| !LABELS.contains(&&*w.norm)).collect::<Vec<_>>();
    let small = others.iter().filter(|w| !w.is_capitalized(text) && !w.is_number()).count();
    if is_final(line.text) && line.words > 10 && !labels {
        return false;
    }
    full && small <= 2 && others.len() <= 12
        || some && (others.is_empty() || labels && small <= 2)
        || counted && (others.len() <= 3 || labels)
}

#[rustfmt::skip]
const LABELS_AT_START: &[&str] = &[
    "published", "posted", "updated", "last update", "first published", "date:", "publie", "publicado", "actualizado",
    "veroffentlicht", "stand:", "erstellt", "mis a jour", "atualizado", "опубликовано", "created",
];

struct Stamp {
    found: FoundDate,
    weight: i32,
}

/// The stamp among the blocks that are no prose: head before tail, a publication label before others, the page's own
/// stamp before a dateline.
pub(super) fn page_date(text: &str, blocks: &[Block]) -> Option<PageDate> {
    let body = blocks.iter().position(|b| b.kind == BlockKind::Paragraph).unwrap_or(blocks.len());
    let last = blocks.iter().rposition(|b| b.kind == BlockKind::Paragraph).unwrap_or(blocks.len());
    let mut stamps = Vec::new();
    for (i, block) in blocks.iter().enumerate() {
        let weight = match block.kind {
            BlockKind::Furniture | BlockKind::Byline if i < body => 4,
            BlockKind::Furniture | BlockKind::Byline => 0,
            BlockKind::Dateline => 3,
            _ => continue,
        };
        let part = block.span.of(text);
        if part.len() > 300 {
            continue;
        }
        let lower = part.to_lowercase();
        let labelled = ["publi", "posted", "date:"].iter().any(|l| lower.contains(l));
        let updated = ["updat", "modified", "actualizado", "mis à jour"].iter().any(|l| lower.contains(l));
        let all: Vec<Word> = words(text, block.span);
        // Right below the text a stamp needs no label when nothing else stands in its line.
        let below = i > last && i <= last + 2 && all.iter().all(Word::is_number);
        if weight == 0 && !labelled && !updated && !below {
            continue;
        }
        let own = weight + i32::from(labelled) - i32::from(updated && !labelled) - i32::from(below);
        stamps.extend(dates(text, &all).into_iter().filter(is_full).map(|found| Stamp { found, weight: own }));
    }
    let best = stamps.iter().enumerate().max_by_key(|(i, s)| (s.weight, std::cmp::Reverse(*i))).map(|(_, s)| s)?;
    let others: Vec<Date> = stamps.iter().filter(|s| s.found.other_reading.is_none()).filter_map(|s| day(&s.found.expr)).collect();
    let first = day(&best.found.expr)?;
    let second = best.found.other_reading.as_ref().and_then(day);
    let date = match second {
        Some(second) if !others.is_empty() && nearest(second, &others) < nearest(first, &others) => second,
        _ => first,
    };
    Some(PageDate { date, span: Some(best.found.span), origin: DateOrigin::Text })
}

fn is_full(found: &FoundDate) -> bool {
    matches!(found.expr, DateExpr::Day { year: Some(y), .. } if (1900..2150).contains(&y))
}

fn day(expr: &DateExpr) -> Option<Date> {
    let DateExpr::Day { year: Some(year), month, day } = *expr else { return None };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn nearest(date: Date, others: &[Date]) -> i32 {
    others.iter().map(|o| date.since(*o).map_or(i32::MAX, |s| s.get_days().saturating_abs())).min().unwrap_or(i32::MAX)
}

/// A page date that the source carries apart from the text.
pub(super) fn given(document: &Document) -> Option<PageDate> {
    let origin = document.stated.as_ref().and_then(|s| s.date_origin).unwrap_or(DateOrigin::Record);
    document.page_date.map(|date| PageDate { date, span: None, origin })
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;
    use crate::document::Span;

    #[test]
    fn stamps() {
        for text in [
            "Monday, May 4, 2026",
            "Updated 4 May 2026 07:15 GMT",
            "16:20, 4 May 2026",
            "May 4, 2026 | Posted by Staff",
            "Posted 04/05/2026 in Boats • 3 comments",
            "Last update: 2 days ago",
            "4 May 2026, Ann Bo",
        ] {
            assert!(is_stamp(&lines(text)[0], text), "{text}");
        }
        for text in ["Storm sinks three boats on Monday", "The storm of May 4, 2026 sank three boats and left the harbour empty for weeks."]
        {
            assert!(!is_stamp(&lines(text)[0], text), "{text}");
        }
    }

    #[test]
    fn an_ambiguous_stamp_follows_the_other_dates() {
        let text = "05/04/2026\nOSLO, May 4, 2026 (AP) -";
        let cut = text.find('\n').unwrap();
        let blocks = [
            Block { kind: BlockKind::Furniture, span: Span::new(0, cut) },
            Block { kind: BlockKind::Dateline, span: Span::new(cut + 1, text.len()) },
        ];
        assert_eq!(page_date(text, &blocks).unwrap().date, Date::constant(2026, 5, 4));
        assert_eq!(page_date(text, &blocks[..1]).unwrap().date, Date::constant(2026, 4, 5));
    }
}
