//! Lines of at most [`WIDTH`] columns, and styles that a terminal shows and a file does not.

use crate::terminal;

/// Columns.
pub(super) const WIDTH: usize = 80;

/// A style of the terminal.
#[derive(Clone, Copy, Debug)]
pub(super) enum Style {
    Bold,
    Dim,
    Red,
    Green,
    Yellow,
    Cyan,
}

/// `text` in a style.
pub(super) fn styled(text: &str, style: Style) -> String {
    let code = match style {
        Style::Bold => 1,
        Style::Dim => 2,
        Style::Red => 31,
        Style::Green => 32,
        Style::Yellow => 33,
        Style::Cyan => 36,
    };
    format!("\u{1b}[{code}m{text}\u{1b}[0m")
}

/// Columns that `text` takes: wide characters (Han, Kana, Hangul, full-width forms) take two.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(char_columns).sum()
}

const fn char_columns(c: char) -> usize {
    match c {
        '\u{0300}'..='\u{036F}' | '\u{200B}'..='\u{200D}' | '\u{FE00}'..='\u{FE0F}' => 0,
        '\u{1100}'..='\u{115F}'
        | '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}'
        | '\u{1F300}'..='\u{1FAFF}'
        | '\u{20000}'..='\u{3FFFD}' => 2,
        _ => 1,
    }
}

/// The text cut to `width` columns, with an ellipsis where something was cut.
pub(super) fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += char_columns(c);
        if used > width {
            break;
        }
        out.push(c);
    }
    out.trim_end().to_owned() + "…"
}

/// Foreign text on lines that start with `first` and go on under `indent` spaces, at most `lines` of them.
pub(super) fn wrap(out: &mut String, first: &str, indent: usize, text: &str, lines: usize, style: Option<Style>) {
    let clean = terminal::line(text);
    let mut rows: Vec<String> = vec![String::new()];
    let room = WIDTH.saturating_sub(indent).max(20);
    for word in clean.split(' ') {
        let word = cut(word, room);
        let row = rows.last().map_or(0, |r| columns(r));
        if row > 0 && row + 1 + columns(&word) > room {
            rows.push(String::new());
        }
        if let Some(row) = rows.last_mut() {
            if !row.is_empty() {
                row.push(' ');
            }
            row.push_str(&word);
        }
    }
    if rows.len() > lines {
        rows.truncate(lines);
        if let Some(row) = rows.last_mut() {
            *row = cut(&(std::mem::take(row) + " …"), room);
            if !row.ends_with('…') {
                row.push('…');
            }
        }
    }
    for (i, row) in rows.iter().enumerate() {
        if i == 0 {
            out.push_str(first);
            out.push_str(&" ".repeat(indent.saturating_sub(columns(first))));
        } else {
            out.push_str(&" ".repeat(indent));
        }
        out.push_str(&style.map_or_else(|| row.clone(), |s| styled(row, s)));
        out.push('\n');
    }
}

/// A heading with a rule to the right edge.
pub(super) fn heading(out: &mut String, text: &str) {
    let text = cut(&terminal::line(text), WIDTH - 4);
    let rule = "─".repeat(WIDTH.saturating_sub(columns(&text) + 1));
    out.push_str(&styled(&text, Style::Bold));
    out.push(' ');
    out.push_str(&styled(&rule, Style::Dim));
    out.push('\n');
}

/// `1 quote`, `2 quotes`.
pub(super) fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_the_width() {
        let mut out = String::new();
        wrap(&mut out, "  quote", 10, &"word ".repeat(100), 3, None);
        assert_eq!(out.lines().count(), 3);
        assert!(out.lines().all(|l| columns(l) <= WIDTH), "{out}");
        assert!(out.trim_end().ends_with('…'));
    }

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(columns("東京"), 4);
        assert_eq!(cut("東京東京", 5), "東京…");
    }
}
