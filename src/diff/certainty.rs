//! Small words that carry the sense of a sentence: how sure it is (`would`, `might`), and of how many it holds (`most`,
//! `all`).

use super::gaps::{Gap, Gaps};
use super::rows::{Rows, Verdict};
use super::view::View;
use super::{FactKind, FactRow, Mark};
use crate::document::Span;
use std::ops::Range;

/// Verbs that leave it open, and verbs that do not.
const WEAK: &[&str] = &["may", "might"];
const STRONG: &[&str] = &["must", "shall", "will", "would"];

/// Words that say a thing is only likely.
#[rustfmt::skip]
const LIKELY: &[&str] = &[
    "allegedly", "apparently", "likely", "perhaps", "possibly", "presumably", "probably", "purportedly", "reportedly", "supposedly",
];

/// Words for the whole and for parts of it; those of one group may stand for each other.
const SHARES: &[&[&str]] = &[&["all", "every", "everyone"], &["most"], &["few", "some", "several"], &["half"], &["none"]];

/// Adds rows of such words in sentences that are otherwise the same.
pub(super) fn certainty(base: &View<'_>, variant: &View<'_>, gaps: &Gaps, rows: &mut Rows) {
    for pair in &gaps.pairs {
        for gap in &pair.gaps {
            let Some((kind, subtype)) = change(base, variant, gap) else { continue };
            let (Some(x), Some(y)) = (place(base, &gap.base, pair.base), place(variant, &gap.variant, pair.variant)) else { continue };
            let told = |r: &FactRow| {
                let both =
                    r.base.as_ref().is_some_and(|s| s.sentence.contains(x)) && r.variant.as_ref().is_some_and(|s| s.sentence.contains(y));
                both && r.mark == Mark::Altered && matches!(r.subtype.as_str(), "hedge" | "polarity" | "scope")
            };
            let quoted = gap.base.clone().any(|at| base.quoted[at]) || gap.variant.clone().any(|at| variant.quoted[at]);
            if !quoted && !rows.list.iter().any(told) {
                rows.both(kind, &Verdict::sure(Mark::Altered, subtype, 0.6), (base, x, pair.base), (variant, y, pair.variant));
            }
        }
    }
}

/// What the words of one place change.
fn change(base: &View<'_>, variant: &View<'_>, gap: &Gap) -> Option<(FactKind, &'static str)> {
    let has =
        |view: &View<'_>, run: &Range<usize>, list: &[&str]| run.clone().any(|at| list.contains(&view.norm(at)) && !capital(view, at));
    let (x, y) = (&gap.base, &gap.variant);
    // a gap of many words is a statement of its own
    if x.len() > 4 || y.len() > 4 {
        return None;
    }
    let modal = has(base, x, WEAK) && has(variant, y, STRONG) && !has(variant, y, LIKELY)
        || has(base, x, STRONG) && has(variant, y, WEAK) && !has(base, x, LIKELY);
    let open = |view: &View<'_>, run: &Range<usize>| has(view, run, LIKELY) || has(view, run, WEAK) || has(view, run, &["could", "can"]);
    let bare = |view: &View<'_>, run: &Range<usize>| !run.clone().any(|at| view.content[at] && !LIKELY.contains(&view.norm(at)));
    let doubt =
        (has(base, x, LIKELY) && !open(variant, y) || has(variant, y, LIKELY) && !open(base, x)) && bare(base, x) && bare(variant, y);
    if modal || doubt {
        return Some((FactKind::Attribution, "hedge"));
    }
    if let ([p], [q]) = (x.clone().collect::<Vec<_>>().as_slice(), y.clone().collect::<Vec<_>>().as_slice()) {
        let group = |word: &str| SHARES.iter().position(|g| g.contains(&word));
        let figure = |view: &View<'_>, at: usize| view.text.article.words.get(at + 1).is_some_and(crate::text::Word::is_number);
        let other = group(base.norm(*p)).zip(group(variant.norm(*q))).is_some_and(|(a, b)| a != b);
        if other && !figure(base, *p) && !figure(variant, *q) {
            return Some((FactKind::Claim, "scope"));
        }
    }
    None
}

/// `May`, the month, and words that begin a sentence.
fn capital(view: &View<'_>, at: usize) -> bool {
    view.norm(at) == "may" && view.text.article.words.get(at).is_some_and(|w| w.is_capitalized(view.text.text))
}

/// The words of the gap with the one before and the next one behind.
fn place(view: &View<'_>, run: &Range<usize>, sentence: usize) -> Option<Span> {
    let home = view.words_in(sentence);
    let follows = |at: usize| view.text.text.get(view.span(at).end..view.span(at + 1).start).is_some_and(|gap| gap.trim().is_empty());
    let first = run.start.checked_sub(1).filter(|&at| home.contains(&at) && follows(at)).unwrap_or(run.start);
    let last = if home.contains(&run.end) { run.end } else { run.end.checked_sub(1)? };
    (home.contains(&first) && first <= last).then(|| view.span(first).join(view.span(last)))
}
