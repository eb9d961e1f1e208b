//! What became of each date and time.

use super::align::Alignment;
use super::gaps::Gaps;
use super::periods::{self, periods};
use super::rows::{Rows, Verdict};
use super::seat::crossed;
use super::vaguer::{Coarser, coarser, implied, in_words, year_of};
use super::view::View;
use super::{FactKind, Mark};
use crate::document::Span;
use crate::facts::{DateExpr, DateMention};

/// Dates of one text that are compared.
const MAX_DATES: usize = 200;
/// Pairs of dates that are weighed against one for an exchange.
const MAX_NEAR: usize = 8;
/// Minutes between a clock time and its vaguer form.
const VAGUE_MINUTES: i32 = 20;

/// Words before a date that say how it hangs on its event.
const RELATIONS: &[&str] = &["after", "at", "before", "by", "during", "from", "since", "till", "until"];

/// Adds the rows of all dates.
pub(super) fn dates(base: &View<'_>, variant: &View<'_>, alignment: &Alignment, gaps: &Gaps, rows: &mut Rows) {
    let left = take(base);
    let right = take(variant);
    let mut used_base = vec![false; left.len()];
    let mut used = vec![false; right.len()];
    periods(base, variant, alignment, rows);
    let quarters = periods::take(base);
    for stage in [Stage::Same, Stage::Moved, Stage::Changed, Stage::Record, Stage::Vaguer] {
        let mut pairs = Vec::new();
        for (b, x) in left.iter().enumerate().filter(|&(b, _)| !used_base[b]) {
            for (v, y) in right.iter().enumerate().filter(|&(v, _)| !used[v]) {
                let link = alignment.score(x.sentence, y.sentence);
                let common = shared(base, x, variant, y);
                let once = || stated_once(&left, &right, x, y);
                let fits = match stage {
                    Stage::Same => link > 0.0 && equal(&x.expr, &y.expr),
                    Stage::Moved => equal(&x.expr, &y.expr) && (common > 0.0 || full(&x.expr) == full(&y.expr)),
                    Stage::Changed => link > 0.0 && changed(&x.expr, &y.expr) && once(),
                    Stage::Record => (common > 0.0 || exchanged(&x.expr, &y.expr)) && slipped(&x.expr, &y.expr) && once(),
                    Stage::Vaguer => {
                        let near = common > 0.0 && !matches!(y.expr, DateExpr::Day { .. });
                        (link > 0.0 || near || year_of(&x.expr, &y.expr) && once()) && coarser(&x.expr, &y.expr).is_some()
                    }
                };
                if fits {
                    pairs.push((link + 0.1 * common, b, v));
                }
            }
        }
        if stage == Stage::Same {
            let crosswise = swapped(base, &left, variant, &right, &pairs);
            for (b, v) in crosswise {
                if !used_base[b] && !used[v] {
                    used_base[b] = true;
                    used[v] = true;
                    let verdict = Verdict::sure(Mark::Altered, "date", 0.7);
                    rows.both(
                        FactKind::Date,
                        &verdict,
                        (base, left[b].span, left[b].sentence),
                        (variant, right[v].span, right[v].sentence),
                    );
                }
            }
        }
        pairs.sort_by(|p, q| q.0.total_cmp(&p.0).then((p.1, p.2).cmp(&(q.1, q.2))));
        for (_, b, v) in pairs {
            if !used_base[b] && !used[v] {
                used_base[b] = true;
                used[v] = true;
                let verdict = verdict(base, left[b], variant, right[v], stage);
                let wide = |view: &View<'_>, d: &DateMention| if verdict.mark == Mark::Kept { d.span } else { hedged(view, d) };
                let (from, to) = (wide(base, left[b]), wide(variant, right[v]));
                rows.both(FactKind::Date, &verdict, (base, from, left[b].sentence), (variant, to, right[v].sentence));
            }
        }
    }
    for (b, x) in left.iter().enumerate().filter(|&(b, _)| !used_base[b]) {
        // a date that the variant states once for two places of the base
        let repeat = left.iter().enumerate().any(|(o, other)| used_base[o] && equal(&other.expr, &x.expr));
        if !repeat {
            // a time given once more in GMT is a detail; a vaguer word stands for the local one
            let zone = x.span.of(base.text.text).to_ascii_uppercase();
            let again = zone.ends_with("GMT") || zone.ends_with("UTC");
            if let Some((span, sentence, how)) = in_words(x, base, variant, alignment).filter(|_| !again) {
                rows.both(FactKind::Date, &told(how), (base, x.span, x.sentence), (variant, span, sentence));
                continue;
            }
            // the row of its quotation says what became of it
            let own = gaps.reads_base(x.sentence);
            let vague = matches!(x.expr, DateExpr::Other(_)) && !own || base.words_of(x.span).any(|at| base.quoted[at]);
            let verdict = Verdict { mark: Mark::Dropped, subtype: "date", confidence: if vague { 0.4 } else { 0.75 }, check: vague };
            rows.dropped(FactKind::Date, &verdict, (base, left[b].span, x.sentence));
        }
    }
    for (v, y) in right.iter().enumerate().filter(|&(v, _)| !used[v]) {
        if !left.iter().any(|x| equal(&x.expr, &y.expr)) && !implied(&y.expr, &left) && !within(&y.expr, &quarters) {
            // `a year earlier` leads to a year as well
            let told = matches!(y.expr, DateExpr::Year(_)) && (0..base.sentences()).any(|s| years_before(base, s));
            let firm =
                !told && matches!(y.expr, DateExpr::Day { .. } | DateExpr::Year(_) | DateExpr::Month { .. } | DateExpr::Weekday { .. });
            let verdict = Verdict { mark: Mark::Added, subtype: "date", confidence: if firm { 0.7 } else { 0.4 }, check: !firm };
            rows.added(FactKind::Date, &verdict, (variant, right[v].span, y.sentence));
        }
    }
}

/// `a year earlier`, `two years before`.
fn years_before(view: &View<'_>, sentence: usize) -> bool {
    let year = |at: usize| matches!(view.norm(at), "year" | "years") && matches!(view.norm(at + 1), "ago" | "before" | "earlier");
    view.words_in(sentence).any(year)
}

/// A date with the words that blur it: `shortly before 5 pm`, `late 1980s`.
fn hedged(view: &View<'_>, d: &DateMention) -> Span {
    let at = view.words_of(d.span);
    let home = view.words_in(d.sentence);
    let word = |k: usize| at.start.checked_sub(k).filter(|i| home.contains(i)).map_or("", |i| view.norm(i));
    let back = match (word(2), word(1)) {
        ("shortly" | "just" | "soon", "before" | "after") => 2,
        (_, "around" | "about" | "nearly" | "almost" | "early" | "late" | "mid") => 1,
        _ => 0,
    };
    // the ending of `1980s`
    let decade = home.contains(&at.end) && view.norm(at.end) == "s" && view.span(at.end).start == d.span.end;
    let span = if decade { d.span.join(view.span(at.end)) } else { d.span };
    if back == 0 { span } else { view.span(at.start - back).join(span) }
}

/// Pairs of dates that stand in each other's seat, by their seats.
fn swapped(
    base: &View<'_>,
    left: &[&DateMention],
    variant: &View<'_>,
    right: &[&DateMention],
    pairs: &[(f64, usize, usize)],
) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for (i, &(_, b, v)) in pairs.iter().enumerate().take(MAX_DATES) {
        for &(_, c, w) in pairs.iter().skip(i + 1).take(MAX_NEAR) {
            let (x, p, y, q) = (left[b], left[c], right[v], right[w]);
            let together = x.sentence == p.sentence && y.sentence == q.sentence && changed(&x.expr, &p.expr) && v != w;
            let place = |d: &DateMention| (d.span, d.sentence);
            if together
                && (x.span.start < p.span.start) != (y.span.start < q.span.start)
                && crossed(base, [place(x), place(p)], variant, [place(y), place(q)])
            {
                out.extend([(b, w), (c, v)]);
            }
        }
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Equal, in sentences that say the same.
    Same,
    /// Equal, elsewhere.
    Moved,
    /// Another date in sentences that say the same.
    Changed,
    /// A slip of the pen beside the same words, wherever they stand.
    Record,
    /// The same less exactly.
    Vaguer,
}

/// Whether a quarter or half of the other text holds the month.
fn within(y: &DateExpr, quarters: &[periods::Period]) -> bool {
    matches!(y, DateExpr::Month { year: None, month } if quarters.iter().any(|q| q.holds(*month)))
}

/// Whether the expression names a year.
const fn full(x: &DateExpr) -> bool {
    matches!(x, DateExpr::Month { year: Some(_), .. })
}

/// Exchanged figures of a year, another month of the same year, a clock time that is off by minutes.
fn slipped(x: &DateExpr, y: &DateExpr) -> bool {
    match (x, y) {
        (DateExpr::Year(_), DateExpr::Year(_)) => exchanged(x, y),
        (DateExpr::Month { year: Some(a), month: m }, DateExpr::Month { year: Some(b), month: n }) => (a == b) != (m == n),
        (DateExpr::Clock(_), DateExpr::Clock(_)) => near_clock(x, y),
        _ => false,
    }
}

/// Two years with the same figures in another order: no chance makes two of them.
fn exchanged(x: &DateExpr, y: &DateExpr) -> bool {
    let figures = |n: &i16| {
        let mut out: Vec<char> = n.to_string().chars().collect();
        out.sort_unstable();
        out
    };
    matches!((x, y), (DateExpr::Year(a), DateExpr::Year(b)) if a != b && figures(a) == figures(b))
}

fn near_clock(x: &DateExpr, y: &DateExpr) -> bool {
    let (DateExpr::Clock(a), DateExpr::Clock(b)) = (x, y) else { return false };
    (i32::from(a.minutes) - i32::from(b.minutes)).abs() <= VAGUE_MINUTES && !equal(x, y)
}

const fn told(how: Coarser) -> Verdict {
    match how {
        Coarser::Vaguer(subtype) => Verdict::sure(Mark::Altered, subtype, 0.6),
        Coarser::Reworded => Verdict::sure(Mark::Reworded, "date", 0.6),
    }
}

fn take<'a>(view: &View<'a>) -> Vec<&'a DateMention> {
    view.text.facts.dates.iter().filter(|d| d.sentence < view.sentences()).take(MAX_DATES).collect()
}

/// Equal as far as both say: a year or a shift that one side leaves out is no difference.
fn equal(x: &DateExpr, y: &DateExpr) -> bool {
    let years = |a: &Option<i16>, b: &Option<i16>| a.is_none() || b.is_none() || a == b;
    match (x, y) {
        (DateExpr::Weekday { day: a, .. }, DateExpr::Weekday { day: b, .. }) => a == b,
        (DateExpr::Day { year: ya, month: ma, day: da }, DateExpr::Day { year: yb, month: mb, day: db }) => {
            ma == mb && da == db && years(ya, yb)
        }
        (DateExpr::Month { year: ya, month: ma }, DateExpr::Month { year: yb, month: mb }) => ma == mb && years(ya, yb),
        (DateExpr::Clock(a), DateExpr::Clock(b)) => {
            a.minutes == b.minutes || !(a.half_known && b.half_known) && a.minutes % 720 == b.minutes % 720
        }
        _ => x == y,
    }
}

/// Two values of one kind of date.
fn changed(x: &DateExpr, y: &DateExpr) -> bool {
    match (x, y) {
        (DateExpr::Other(a), DateExpr::Other(b)) => {
            // `the end of the year`, `the end of next year`
            let edge = |s: &str| s.split_once(" of ").map(|(edge, which)| (edge.to_owned(), which.to_owned()));
            edge(a).zip(edge(b)).is_some_and(|((p, one), (q, other))| p == q && one != other)
        }
        (DateExpr::Other(_), _) | (_, DateExpr::Other(_)) => false,
        _ => std::mem::discriminant(x) == std::mem::discriminant(y) && !equal(x, y),
    }
}

/// Neither date stands on the other side: it was exchanged, not moved.
fn stated_once(left: &[&DateMention], right: &[&DateMention], x: &DateMention, y: &DateMention) -> bool {
    // a bare month leaves open which year is meant
    let states = |d: &DateExpr, of: &DateExpr| equal(d, of) && full(d) == full(of);
    !right.iter().any(|d| states(&d.expr, &x.expr)) && !left.iter().any(|d| states(&d.expr, &y.expr))
}

fn verdict(base: &View<'_>, x: &DateMention, variant: &View<'_>, y: &DateMention, stage: Stage) -> Verdict {
    if let (Stage::Vaguer, Some(how)) = (stage, coarser(&x.expr, &y.expr)) {
        return told(how);
    }
    if matches!(stage, Stage::Changed | Stage::Record) {
        if near_clock(&x.expr, &y.expr) {
            return Verdict::sure(Mark::Altered, "time_vaguer", 0.7);
        }
        return Verdict::sure(Mark::Altered, "date", 0.8);
    }
    if let (Some((a, noun)), Some((b, other))) = (relation(base, x), relation(variant, y))
        && noun == other
        && (stage == Stage::Same || !noun.is_empty())
        && conflicts(a, b, noun.is_empty())
    {
        return Verdict::sure(Mark::Altered, "date_attachment", 0.6);
    }
    if deadline(base, x) && right_before(variant, y) == "on" {
        return Verdict::sure(Mark::Altered, "date_bound", 0.5);
    }
    // `shortly after 4:20` and `around 4:20`
    let blurred = |view: &View<'_>, d: &DateMention| hedged(view, d).len() > d.span.len();
    let clock = matches!(x.expr, DateExpr::Clock(_));
    if clock && blurred(base, x) && blurred(variant, y) && right_before(base, x) != right_before(variant, y) {
        return Verdict::sure(Mark::Reworded, "time_vaguer", 0.6);
    }
    Verdict::sure(Mark::Kept, "date", if stage == Stage::Same { 0.95 } else { 0.8 })
}

/// The word right before the date.
fn right_before<'a>(view: &View<'a>, d: &DateMention) -> &'a str {
    let first = view.words_of(d.span).start;
    first.checked_sub(1).filter(|at| view.words_in(d.sentence).contains(at)).map_or("", |at| view.norm(at))
}

/// `must meet by Friday`: the date is the last possible one.
fn deadline(view: &View<'_>, d: &DateMention) -> bool {
    let first = view.words_of(d.span).start;
    let late = first >= 3 && view.norm(first - 1) == "than" && view.norm(first - 2) == "later";
    let bound =
        view.words_in(d.sentence).take_while(|&at| at < first).any(|at| matches!(view.norm(at), "must" | "shall" | "due" | "required"));
    late || bound && right_before(view, d) == "by"
}

/// The word of time before the date and the noun between them, if any: `before a convention in September`.
fn relation<'a>(view: &View<'a>, d: &DateMention) -> Option<(&'a str, &'a str)> {
    let first = view.words_of(d.span).start;
    let home = view.words_in(d.sentence).start;
    let mut noun = "";
    for at in (home.max(first.saturating_sub(4))..first).rev() {
        if RELATIONS.contains(&view.norm(at)) {
            return Some((view.norm(at), noun));
        }
        if view.content[at] {
            noun = view.canon[at];
        }
    }
    None
}

/// Whether two words of time exclude each other; right before a date only the opposite ones do (`at 6pm`, `after 6pm`
/// may be the same moment seen from two sides).
fn conflicts(a: &str, b: &str, bare: bool) -> bool {
    let at = |w: &str| matches!(w, "at" | "during");
    let opposite = a == "before" && b == "after" || a == "after" && b == "before";
    opposite || !bare && (matches!(a, "before" | "after") && at(b) || at(a) && matches!(b, "before" | "after"))
}

fn shared(base: &View<'_>, x: &DateMention, variant: &View<'_>, y: &DateMention) -> f64 {
    let near = |view: &View<'_>, d: &DateMention| -> Vec<String> {
        let at = view.words_of(d.span);
        let home = view.words_in(d.sentence);
        (home.start.max(at.start.saturating_sub(5))..home.end.min(at.end + 5))
            .filter(|i| !at.contains(i) && view.content[*i])
            .map(|i| view.canon[i].to_string())
            .collect()
    };
    let (a, b) = (near(base, x), near(variant, y));
    a.iter().filter(|w| b.contains(w)).count() as f64
}
