//! Two texts beside each other: copied passages and changed words, as places in the texts that the page holds once.
//! All that the script is given is numbers, so nothing from an article can become part of it.

use super::super::words::{MOST, unmatched};
use super::catalogue::Catalogue;
use crate::terminal;
use serde::Serialize;
use wirecopy::diff::Mark;
use wirecopy::document::Span;
use wirecopy::report::DiffRow;

/// Longest text on the page, in bytes; what lies beyond is left out and told.
const LONGEST: usize = 40_000;

/// A text as the page holds it.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) index: usize,
    pub(super) text: String,
    pub(super) cut: bool,
    /// For each byte of the document, where it stands on the page in UTF-16 units, as scripts count.
    at: Vec<u32>,
}

impl Body {
    pub(super) fn new(index: usize, text: &str) -> Self {
        let mut out = String::with_capacity(text.len());
        let mut at = Vec::with_capacity(text.len() + 1);
        let (mut units, mut cut) = (0, false);
        for (byte, c) in text.char_indices() {
            if byte >= LONGEST {
                cut = true;
                break;
            }
            at.extend(std::iter::repeat_n(units, c.len_utf8()));
            if let Some(c) = terminal::shown(c) {
                out.push(c);
                units += c.len_utf16() as u32;
            }
        }
        at.push(units);
        Self { index, text: out, cut, at }
    }

    /// Where a span of the document stands on the page.
    fn place(&self, span: Span) -> [u32; 2] {
        let end = self.at.last().copied().unwrap_or(0);
        let unit = |byte: usize| self.at.get(byte).copied().unwrap_or(end);
        [unit(span.start), unit(span.end)]
    }
}

/// A pair for the reading view: `a` the base, `b` the copy.
#[derive(Debug, Serialize)]
pub(super) struct Reading {
    a: usize,
    b: usize,
    /// Start and end in `a`, start and end in `b`.
    passages: Vec<[u32; 4]>,
    /// Facts that differ: 0 reworded, 1 altered, 2 added, 3 dropped, 4 to check; then start and end in `a` and in `b`.
    facts: Vec<[u32; 5]>,
    /// Words of altered facts that the other side lacks.
    words: [Vec<[u32; 2]>; 2],
}

pub(super) fn reading(catalogue: &Catalogue<'_>, diff: &DiffRow, base: &Body, variant: &Body, texts: [&str; 2]) -> Reading {
    let mut reading = Reading { a: base.index, b: variant.index, passages: Vec::new(), facts: Vec::new(), words: [Vec::new(), Vec::new()] };
    if let Some(pair) = catalogue.pair(&diff.base, &diff.variant) {
        let turned = pair.a != diff.base;
        for p in &pair.passages {
            let (a, b) = if turned { (p.b, p.a) } else { (p.a, p.b) };
            let ([s, e], [t, f]) = (base.place(a), variant.place(b));
            reading.passages.push([s, e, t, f]);
        }
        reading.passages.sort_unstable();
    }
    for f in diff.facts.iter().filter(|f| f.mark != Mark::Kept) {
        let mark = match f.mark {
            _ if f.check => 4,
            Mark::Kept | Mark::Reworded => 0,
            Mark::Altered => 1,
            Mark::Added => 2,
            Mark::Dropped => 3,
        };
        let [s, e] = f.base.as_ref().map_or([0, 0], |side| base.place(side.span));
        let [t, u] = f.variant.as_ref().map_or([0, 0], |side| variant.place(side.span));
        reading.facts.push([mark, s, e, t, u]);
        if let (Mark::Altered, Some(a), Some(b)) = (f.mark, &f.base, &f.variant) {
            let (a, b) = changed((texts[0], a.span), (texts[1], b.span));
            reading.words[0].extend(a.into_iter().map(|s| base.place(s)));
            reading.words[1].extend(b.into_iter().map(|s| variant.place(s)));
        }
    }
    // Where facts overlap the script shows the first: what is altered before what only sounds otherwise.
    reading.facts.sort_by_key(|f| [4, 0, 1, 2, 3][f[0] as usize]);
    reading
}

/// The words of each span that the other lacks.
fn changed(a: (&str, Span), b: (&str, Span)) -> (Vec<Span>, Vec<Span>) {
    let (x, y) = (words(a), words(b));
    if x.len() > MOST || y.len() > MOST {
        return (Vec::new(), Vec::new());
    }
    let text = |list: &[(usize, &str)]| list.iter().map(|w| w.1.to_owned()).collect::<Vec<_>>();
    let (own, other) = unmatched(&text(&x), &text(&y));
    let picked = |list: Vec<(usize, &str)>, marks: Vec<bool>| {
        list.into_iter().zip(marks).filter(|w| w.1).map(|((at, w), _)| Span::new(at, at + w.len())).collect()
    };
    (picked(x, own), picked(y, other))
}

fn words((text, span): (&str, Span)) -> Vec<(usize, &str)> {
    let under = span.of(text);
    under.split_whitespace().map(|w| (span.start + w.as_ptr().addr() - under.as_ptr().addr(), w)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_as_scripts_do() {
        let text = "é\u{202e}😀 b\r\nc";
        let body = Body::new(0, text);
        assert_eq!(body.text, "é😀 b \nc");
        let units: Vec<u16> = body.text.encode_utf16().collect();
        for word in ["😀", "b", "c"] {
            let start = text.find(word).unwrap();
            let [s, e] = body.place(Span::new(start, start + word.len()));
            assert_eq!(String::from_utf16(&units[s as usize..e as usize]).unwrap(), word);
        }
        assert_eq!(body.place(Span::new(500, 600)), [units.len() as u32; 2]);
    }

    #[test]
    fn changed_words_are_found_where_they_stand() {
        let (a, b) = ("in all nine men died", "in all 19 men died");
        let (x, y) = changed((a, Span::new(7, 15)), (b, Span::new(7, 13)));
        assert_eq!((x[0].of(a), y[0].of(b), x.len(), y.len()), ("nine", "19", 1, 1));
    }
}
