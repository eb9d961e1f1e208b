//! Date mentions as the story date needs them: told of the past or not, said of this week or of every week.

use crate::document::Span;
use crate::extract::Article;
use crate::facts::{DateExpr, DateMention};

/// Mentions that are looked at: the first ones tell the day.
const MOST: usize = 400;

/// What a mention says about the day of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Day {
    /// This week's or last week's weekday, 1 = Monday.
    Weekday(i8),
    /// A calendar day.
    Calendar { year: Option<i16>, month: u8, day: u8 },
    /// A month.
    Month { year: Option<i16>, month: u8 },
    /// A year.
    Year(i16),
    /// The reporter's today.
    Today,
    /// `last month`.
    LastMonth,
    /// `last summer` and the like: the months of the season.
    LastSeason(u8, u8),
    /// `last year`.
    LastYear,
    /// Anything else.
    Other,
}

/// One mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) span: Span,
    pub(super) sentence: usize,
    pub(super) day: Day,
    /// Whether it is told as something that has come.
    pub(super) past: bool,
    /// Whether it stands in one of the first two sentences.
    pub(super) lead: bool,
    /// Whether `since` stands before it.
    pub(super) since: bool,
}

impl Said {
    pub(super) const fn weekday(&self) -> Option<i8> {
        match self.day {
            Day::Weekday(d) => Some(d),
            _ => None,
        }
    }
}

/// Verbs that put the weekday beside them into the past whatever else the sentence plans.
#[rustfmt::skip]
const REPORTED: &[&str] = &[
    "said", "told", "announced", "confirmed", "reported", "warned", "accused", "showed", "killed", "struck", "met", "died", "opened",
    "began", "won", "signed", "voted", "launched", "published", "released", "arrived", "collapsed", "left", "stole", "fell", "rose",
    "sank", "hit", "recommended", "approved", "called", "arrested", "stated",
];

/// Words that put the date after them into the future or into plans.
#[rustfmt::skip]
const PLANNED: &[&str] = &[
    "will", "would", "shall", "expected", "due", "scheduled", "planned", "plans", "should", "must", "could", "may", "hopes",
    "expects", "upcoming", "reopens", "reopen", "starts", "begins", "returns",
];

/// Words that do so only right before the date.
#[rustfmt::skip]
const UNTIL: &[&str] = &[
    "until", "till", "by", "before", "for", "next", "from", "through", "coming",
];

/// Reads the mentions of the body.
pub(super) fn said(text: &str, article: &Article, mentioned: &[DateMention]) -> Vec<Said> {
    let mut marks = Marks { block: usize::MAX, at: 0, open: false };
    mentioned.iter().take(MOST).map(|m| one(text, article, m, marks.quoted(text, article, m))).collect()
}

fn one(text: &str, article: &Article, m: &DateMention, quoted: bool) -> Said {
    let range = article.sentences.get(m.sentence).map_or(0..0, |s| s.words.clone());
    let words = article.words.get(range).unwrap_or(&[]);
    let at = words.iter().position(|w| w.span.end > m.span.start).unwrap_or(words.len());
    let end = words.iter().rposition(|w| w.span.start < m.span.end).map_or(at, |i| i + 1);
    let norm = |i: Option<usize>| i.and_then(|i| words.get(i)).map_or("", |w| &*w.norm);
    let before = norm(at.checked_sub(1));
    let after = norm(Some(end));
    let reported = (1..=4).any(|n| at.checked_sub(n).is_some_and(|i| REPORTED.contains(&norm(Some(i))))) || REPORTED.contains(&after);
    let clause = words.get(at.saturating_sub(14)..at).unwrap_or(&[]);
    let ahead = at <= 2 && words.iter().skip(end).take(6).any(|w| matches!(&*w.norm, "will" | "shall"));
    let planned = clause.iter().any(|w| PLANNED.contains(&&*w.norm) && !w.is_capitalized(text)) || UNTIL.contains(&before) || ahead;
    let next = matches!(
        m.expr,
        DateExpr::Weekday { shift: 1, .. } | DateExpr::RelativeDays(1..) | DateExpr::RelativeMonths(1..) | DateExpr::RelativeYears(1..)
    );
    let past = !next && (reported && !UNTIL.contains(&before) || !planned || before == "since");
    let gap = text.get(m.span.end..).unwrap_or("").chars().next();
    let closes = gap.is_none_or(|c| !c.is_whitespace());
    Said {
        span: m.span,
        sentence: m.sentence,
        day: day(text, &m.expr, m.span, before, after, closes, quoted),
        past,
        lead: m.sentence < 2,
        since: before == "since",
    }
}

fn day(text: &str, expr: &DateExpr, span: Span, before: &str, after: &str, closes: bool, quoted: bool) -> Day {
    match expr {
        DateExpr::Weekday { day, shift } => {
            // `Sunday shifts`, `Sunday becoming a working day`: every Sunday
            let led = matches!(before, "on" | "early" | "late" | "earlier" | "of" | "since" | "from" | "and" | "")
                || before.ends_with("ed")
                || REPORTED.contains(&before)
                || *shift != 0;
            let part = matches!(
                after,
                "morning"
                    | "afternoon"
                    | "evening"
                    | "night"
                    | "in"
                    | "at"
                    | "after"
                    | "when"
                    | "that"
                    | "with"
                    | "to"
                    | "as"
                    | "by"
                    | "for"
                    | "of"
            );
            let habit = !closes && after.ends_with("ing") && !matches!(after, "morning" | "evening" | "following" | "during" | "according")
                || !closes && matches!(after, "shifts" | "services" | "work");
            let own = led && (before != "and" || closes || part)
                || part && !matches!(before, "accept" | "normal" | "every" | "each")
                || closes && !matches!(before, "working" | "every" | "each" | "a");
            match i8::try_from(*day) {
                Ok(d) if own && !habit && !quoted => Day::Weekday(d),
                _ => Day::Other,
            }
        }
        DateExpr::Day { year, month, day } => Day::Calendar { year: *year, month: *month, day: *day },
        DateExpr::Month { year, month } => Day::Month { year: *year, month: *month },
        DateExpr::Year(y) => Day::Year(*y),
        DateExpr::RelativeDays(0) if !quoted && !span.of(text).to_lowercase().starts_with("tonight") => Day::Today,
        DateExpr::RelativeMonths(-1) => Day::LastMonth,
        DateExpr::RelativeYears(-1) => Day::LastYear,
        DateExpr::Other(words) => match words.as_str() {
            "last spring" => Day::LastSeason(3, 5),
            "last summer" => Day::LastSeason(6, 8),
            "last autumn" | "last fall" => Day::LastSeason(9, 11),
            _ => Day::Other,
        },
        _ => Day::Other,
    }
}

/// Where the reading of quotation marks has come to: each block is read once.
struct Marks {
    block: usize,
    at: usize,
    open: bool,
}

impl Marks {
    /// Whether `m` stands inside quotation marks opened in its paragraph.
    fn quoted(&mut self, text: &str, article: &Article, m: &DateMention) -> bool {
        let Some(index) = article.sentences.get(m.sentence).map(|s| s.block) else { return false };
        let Some(block) = article.blocks.get(index) else { return false };
        if self.block != index {
            *self = Self { block: index, at: block.span.start, open: false };
        }
        for c in text.get(self.at..m.span.start).unwrap_or("").chars() {
            match c {
                '"' => self.open = !self.open,
                '“' | '„' | '«' => self.open = true,
                '”' | '»' => self.open = false,
                _ => {}
            }
        }
        self.at = m.span.start.max(self.at);
        self.open
    }
}
