//! A fact diff as text: changes first, grouped by mark, quotes first.

use super::layout::{Style, count, cut, heading, styled, wrap};
use super::words::{marked, wrap_marked};
use crate::terminal;
use wirecopy::diff::{FactKind, FactRow, Mark};
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
    out.push_str(&format!(
        "{} altered, {} added, {} dropped, {} reworded, {} kept",
        firm(Mark::Altered),
        firm(Mark::Added),
        firm(Mark::Dropped),
        firm(Mark::Reworded),
        firm(Mark::Kept)
    ));
    out.push_str(&match check.len() {
        0 => "\n".to_owned(),
        n if explain => format!("; {n} to check\n"),
        n => format!("; {n} to check (--explain)\n"),
    });
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
    out.push_str(&styled(title, Style::Bold));
    out.push('\n');
    for f in rows.iter().take(limit) {
        fact(out, f, style);
    }
    if rows.len() > limit {
        out.push_str(&format!("  ... and {} (--explain shows all)\n", count(rows.len() - limit, "more row")));
    }
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
    let mut note = terminal::line(&f.detail);
    if note.is_empty() {
        note = terminal::line(&f.subtype.replace('_', " "));
    }
    if !note.is_empty() && f.mark == Mark::Altered {
        out.push_str(&" ".repeat(14));
        out.push_str(&styled(&format!("({})", cut(&note, 62)), Style::Dim));
        out.push('\n');
    }
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
