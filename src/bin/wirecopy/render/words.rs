//! Two texts beside each other, with the words that only one of them has marked.

use super::layout::{Style, WIDTH, columns, cut, styled};
use crate::terminal;

/// Words of one text that are compared; longer ones are shown unmarked.
pub(super) const MOST: usize = 200;

/// A word, and whether the other text lacks it in this place.
type Marked = Vec<(String, bool)>;

/// The words of both, by a longest common subsequence of their letters and digits.
pub(super) fn marked(base: &str, variant: &str) -> (Marked, Marked) {
    let words = |text: &str| terminal::line(text).split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let (a, b) = (words(base), words(variant));
    if a.len() > MOST || b.len() > MOST {
        let plain = |words: Vec<String>| words.into_iter().map(|w| (w, false)).collect();
        return (plain(a), plain(b));
    }
    let (own, other) = unmatched(&a, &b);
    (a.into_iter().zip(own).collect(), b.into_iter().zip(other).collect())
}

/// Which words of each list stand in no longest common subsequence of their letters and digits.
pub(super) fn unmatched<W: AsRef<str>>(a: &[W], b: &[W]) -> (Vec<bool>, Vec<bool>) {
    let bare = |w: &W| w.as_ref().chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (x, y): (Vec<String>, Vec<String>) = (a.iter().map(bare).collect(), b.iter().map(bare).collect());
    let width = y.len() + 1;
    let mut best = vec![0_u32; (x.len() + 1) * width];
    for i in (0..x.len()).rev() {
        for j in (0..y.len()).rev() {
            let skip = best[(i + 1) * width + j].max(best[i * width + j + 1]);
            best[i * width + j] = if x[i] == y[j] { best[(i + 1) * width + j + 1] + 1 } else { skip };
        }
    }
    let (mut own, mut other) = (vec![true; x.len()], vec![true; y.len()]);
    let (mut i, mut j) = (0, 0);
    while i < x.len() && j < y.len() {
        if x[i] == y[j] {
            (own[i], other[j]) = (false, false);
            (i, j) = (i + 1, j + 1);
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    (own, other)
}

/// Words on lines that start with `first` and go on under `indent` spaces, at most `lines` of them; marked ones in a style.
pub(super) fn wrap_marked(out: &mut String, first: &str, indent: usize, words: &[(String, bool)], lines: usize, style: Style) {
    let room = WIDTH.saturating_sub(indent).max(20);
    let mut rows: Vec<(String, usize)> = vec![(String::new(), 0)];
    for (at, (word, marked)) in words.iter().enumerate() {
        let word = cut(word, room);
        let long = columns(&word);
        let used = rows.last().map_or(0, |r| r.1);
        if used > 0 && used + 1 + long > room {
            if rows.len() == lines {
                if let Some(row) = rows.last_mut().filter(|_| at < words.len()) {
                    row.0.push_str(if used + 2 <= room { " …" } else { "…" });
                }
                break;
            }
            rows.push((String::new(), 0));
        }
        if let Some(row) = rows.last_mut() {
            if row.1 > 0 {
                row.0.push(' ');
                row.1 += 1;
            }
            row.0.push_str(&if *marked { styled(&word, style) } else { word });
            row.1 += long;
        }
    }
    for (i, (row, _)) in rows.iter().enumerate() {
        let before = if i == 0 { first } else { "" };
        out.push_str(before);
        out.push_str(&" ".repeat(indent.saturating_sub(columns(before))));
        out.push_str(row);
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_side_are_marked() {
        let (a, b) = marked("“serious questions”", "\"serious concerns\" remain");
        assert_eq!(a.iter().map(|w| w.1).collect::<Vec<_>>(), [false, true]);
        assert_eq!(b.iter().map(|w| w.1).collect::<Vec<_>>(), [false, true, true]);
    }

    #[test]
    fn lines_keep_to_the_width() {
        let words: Marked = (0..100).map(|i| (format!("word{i}"), i % 3 == 0)).collect();
        let mut out = String::new();
        wrap_marked(&mut out, "  quote", 14, &words, 3, Style::Red);
        assert_eq!(out.lines().count(), 3);
        let plain = |l: &str| l.replace("\u{1b}[31m", "").replace("\u{1b}[0m", "");
        assert!(out.lines().all(|l| columns(&plain(l)) <= WIDTH), "{out}");
        assert!(out.trim_end().ends_with('…'));
    }
}
