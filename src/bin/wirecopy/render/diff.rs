//! A fact diff as text: changes first, grouped by mark, quotes first.

use super::layout::{Style, count, heading, styled, wrap};
use super::words::{marked, wrap_marked};
use crate::terminal;
use std::collections::{HashMap, HashSet};
use wirecopy::diff::{FactKind, FactRow, Mark, Side};
use wirecopy::report::{DiffReport, DiffRow};

/// Rows of one mark that are shown without `--explain`.
const SHORT: usize = 12;

pub(crate) fn diff(report: &DiffReport, explain: bool) -> String {
    let mut out = String::new();
    for (i, row) in report.diffs.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        pair(&mut out, row, explain, usize::MAX);
    }
    out
}

/// One pair; at most `limit` rows of each mark.
pub(super) fn pair(out: &mut String, row: &DiffRow, explain: bool, limit: usize) {
    heading(out, &format!("{} → {}", row.base, row.variant));
    out.push_str(&format!("{}, probability that one derives from the other {:.2}\n", row.relation.label(), row.probability));
    if !row.relation.is_derived() {
        out.push_str("Neither derives from the other as far as can be seen: rows below show how two\nreports differ, not what one made of the other.\n");
    }
    let firm = |mark| row.facts.iter().filter(|f| f.mark == mark && !f.check).count();
    let check: Vec<&FactRow> = row.facts.iter().filter(|f| f.check && f.mark != Mark::Kept).collect();
    let marks = [
        (Mark::Altered, "altered"),
        (Mark::Added, "added"),
        (Mark::Dropped, "dropped"),
        (Mark::Reworded, "reworded"),
        (Mark::Kept, "kept"),
    ];
    let mut counts: Vec<String> =
        marks.iter().map(|&(m, name)| (firm(m), name)).filter(|&(n, _)| n > 0).map(|(n, name)| format!("{n} {name}")).collect();
    match check.len() {
        0 if counts.is_empty() => counts.push("no row".to_owned()),
        0 => {}
        n if explain => counts.push(format!("{n} to check")),
        n => counts.push(format!("{n} to check (--explain)")),
    }
    out.push_str(&counts.join(", "));
    out.push('\n');
    for (mark, title, style) in [
        (Mark::Altered, "ALTERED", Style::Yellow),
        (Mark::Added, "ADDED", Style::Green),
        (Mark::Dropped, "DROPPED", Style::Red),
        (Mark::Reworded, "REWORDED", Style::Cyan),
        (Mark::Kept, "KEPT", Style::Dim),
    ] {
        let shown = if matches!(mark, Mark::Kept | Mark::Reworded) && !explain { 0 } else { limit };
        group(out, row, mark, title, style, if explain { limit } else { shown.min(SHORT) });
    }
    if explain && !check.is_empty() {
        out.push_str(&styled("TO CHECK: the rules could not decide\n", Style::Bold));
        for f in check {
            fact(out, f, Style::Dim);
        }
    }
    for c in &row.contradictions {
        wrap(out, "  contradiction", 16, &format!("in {}: {}", c.document, c.text), 3, Some(Style::Yellow));
    }
}

fn group(out: &mut String, row: &DiffRow, mark: Mark, title: &str, style: Style, limit: usize) {
    let mut rows: Vec<&FactRow> = row.facts.iter().filter(|f| f.mark == mark && !f.check).collect();
    if rows.is_empty() || limit == 0 {
        return;
    }
    rows.sort_by_key(|f| f.kind != FactKind::Quote);
    let mut told: HashMap<_, usize> = HashMap::new();
    rows.iter().for_each(|f| *told.entry(wording(f)).or_default() += 1);
    let mut seen = HashSet::new();
    rows.retain(|f| seen.insert(wording(f)));
    out.push_str(&styled(title, Style::Bold));
    out.push('\n');
    for f in rows.iter().take(limit) {
        fact(out, f, style);
        if let Some(&times) = told.get(&wording(f)).filter(|&&times| times > 1) {
            out.push_str(&styled(&format!("{:14}(so in {times} places)\n", ""), Style::Dim));
        }
    }
    if rows.len() > limit {
        out.push_str(&format!("  ... and {} (--explain shows all)\n", count(rows.len() - limit, "more row")));
    }
}

/// Words of a side that a reader takes in at a glance.
const SHORT_SIDE: usize = 6;

/// What a row says, wherever it says it: a record that a text repeats is shown once.
fn wording(f: &FactRow) -> (FactKind, Option<&str>, Option<&str>) {
    (f.kind, f.base.as_ref().map(|s| s.text.as_str()), f.variant.as_ref().map(|s| s.text.as_str()))
}

fn fact(out: &mut String, f: &FactRow, style: Style) {
    let kind = format!("  {}", kind(f.kind));
    match (&f.base, &f.variant) {
        (Some(base), Some(variant)) if terminal::line(&base.text) == terminal::line(&variant.text) => {
            wrap(out, &kind, 14, &base.text, 3, Some(style));
        }
        (Some(base), Some(variant)) => {
            let (old, new) = marked(&base.text, &variant.text);
            wrap_marked(out, &kind, 14, &old, 3, Style::Red);
            wrap_marked(out, "           →", 14, &new, 3, if f.mark == Mark::Altered { Style::Green } else { style });
        }
        (Some(side), None) | (None, Some(side)) => wrap(out, &kind, 14, &side.text, 3, Some(style)),
        (None, None) => {}
    }
    if f.mark == Mark::Altered && !told_by_sides(f) {
        let note = if f.detail.is_empty() { f.subtype.replace('_', " ") } else { f.detail.clone() };
        wrap(out, "", 14, &format!("({})", terminal::line(&note)), 2, Some(Style::Dim));
    }
}

/// Whether both sides are so short that they say what the note would say.
fn told_by_sides(f: &FactRow) -> bool {
    let (Some(base), Some(variant)) = (&f.base, &f.variant) else { return false };
    let short = |side: &Side| side.text.split_whitespace().count() <= SHORT_SIDE;
    let sides = [base.text.as_str(), variant.text.as_str()].map(terminal::line);
    let new = |word: &&str| word.chars().any(char::is_alphanumeric) && !sides.iter().any(|s| s.contains(word.trim_end_matches([';', ','])));
    let notes = f.detail.replace("without: ", "").replace("with: ", "");
    short(base) && short(variant) && sides[0] != sides[1] && notes.split_whitespace().filter(new).count() == 0
}

pub(super) const fn kind(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Quote => "quote",
        FactKind::Number => "number",
        FactKind::Date => "date",
        FactKind::Place => "place",
        FactKind::Name => "name",
        FactKind::Role => "role",
        FactKind::Event => "event",
        FactKind::Claim => "claim",
        FactKind::Attribution => "attribution",
    }
}
