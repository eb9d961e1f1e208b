//! What became of each date and time.

use super::align::Alignment;
use super::rows::{Rows, Verdict};
use super::seat::crossed;
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
pub(super) fn dates(base: &View<'_>, variant: &View<'_>, alignment: &Alignment, rows: &mut Rows) {
    let left = take(base);
    let right = take(variant);
    let mut used_base = vec![false; left.len()];
    let mut used = vec![false; right.len()];
    for stage in [Stage::Same, Stage::Moved, Stage::Changed] {
        let mut pairs = Vec::new();
        for (b, x) in left.iter().enumerate().filter(|&(b, _)| !used_base[b]) {
            for (v, y) in right.iter().enumerate().filter(|&(v, _)| !used[v]) {
                let link = alignment.score(x.sentence, y.sentence);
                let fits = match stage {
                    Stage::Same => link > 0.0 && equal(&x.expr, &y.expr),
                    Stage::Moved => equal(&x.expr, &y.expr),
                    Stage::Changed => link > 0.0 && changed(&x.expr, &y.expr) && stated_once(&left, &right, x, y),
                };
                if fits {
                    pairs.push((link + 0.1 * shared(base, x, variant, y), b, v));
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
                let wide = |view: &View<'_>, d: &DateMention| if stage == Stage::Changed { hedged(view, d) } else { d.span };
                let (from, to) = (wide(base, left[b]), wide(variant, right[v]));
                rows.both(FactKind::Date, &verdict, (base, from, left[b].sentence), (variant, to, right[v].sentence));
            }
        }
    }
    for (b, x) in left.iter().enumerate().filter(|&(b, _)| !used_base[b]) {
        // a date that the variant states once for two places of the base
        let repeat = left.iter().enumerate().any(|(o, other)| used_base[o] && equal(&other.expr, &x.expr));
        if !repeat {
            let vague = matches!(x.expr, DateExpr::Other(_));
            let verdict = Verdict { mark: Mark::Dropped, subtype: "date", confidence: if vague { 0.4 } else { 0.75 }, check: vague };
            rows.dropped(FactKind::Date, &verdict, (base, left[b].span, x.sentence));
        }
    }
    for (v, y) in right.iter().enumerate().filter(|&(v, _)| !used[v]) {
        if !left.iter().any(|x| equal(&x.expr, &y.expr)) {
            let firm = matches!(y.expr, DateExpr::Day { .. } | DateExpr::Year(_) | DateExpr::Month { .. } | DateExpr::Weekday { .. });
            let verdict = Verdict { mark: Mark::Added, subtype: "date", confidence: if firm { 0.7 } else { 0.4 }, check: !firm };
            rows.added(FactKind::Date, &verdict, (variant, right[v].span, y.sentence));
        }
    }
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
        (DateExpr::Other(_), _) | (_, DateExpr::Other(_)) => false,
        _ => std::mem::discriminant(x) == std::mem::discriminant(y) && !equal(x, y),
    }
}

/// Neither date stands on the other side: it was exchanged, not moved.
fn stated_once(left: &[&DateMention], right: &[&DateMention], x: &DateMention, y: &DateMention) -> bool {
    !right.iter().any(|d| equal(&d.expr, &x.expr)) && !left.iter().any(|d| equal(&d.expr, &y.expr))
}

fn verdict(base: &View<'_>, x: &DateMention, variant: &View<'_>, y: &DateMention, stage: Stage) -> Verdict {
    if stage == Stage::Changed {
        if let (DateExpr::Clock(a), DateExpr::Clock(b)) = (&x.expr, &y.expr)
            && (i32::from(a.minutes) - i32::from(b.minutes)).abs() <= VAGUE_MINUTES
        {
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
    Verdict::sure(Mark::Kept, "date", if stage == Stage::Same { 0.95 } else { 0.8 })
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
