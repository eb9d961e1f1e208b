//! Pairs of quotation marks in the paragraphs of a body.

use crate::document::Span;
use crate::extract::Article;
use crate::text::is_apostrophe;

/// Most pairs of marks read from one text: more are no prose.
const MAX_PAIRS: usize = 4_000;

/// Bytes within which a quotation with single marks outside must close.
const NESTED: usize = 600;

/// A quotation's place: with and without its marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marked {
    pub(super) span: Span,
    pub(super) inner: Span,
}

/// The family of an opening mark: which marks close it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    /// `"`, also full width.
    Straight,
    /// `“` closed by `”`.
    Curly,
    /// `”` closed by `”`: Swedish and Finnish, or a slip of the typesetter.
    Same,
    /// `„` closed by `“` or `”`.
    Low,
    /// `«` closed by `»`.
    Guillemet,
    /// `»` closed by `«`.
    ReversedGuillemet,
    /// `「` closed by `」`.
    Corner,
    /// `'` or `‘` closed by `'` or `’`.
    Single,
}

impl Family {
    const fn closed_by(self, c: char) -> bool {
        match self {
            Self::Straight => matches!(c, '"' | '\u{FF02}' | '\u{201D}'),
            Self::Curly => matches!(c, '\u{201D}' | '"'),
            Self::Same => c == '\u{201D}',
            Self::Low => matches!(c, '\u{201C}' | '\u{201D}' | '"'),
            Self::Guillemet => c == '\u{00BB}',
            Self::ReversedGuillemet => c == '\u{00AB}',
            Self::Corner => c == '\u{300D}',
            Self::Single => is_apostrophe(c),
        }
    }
}

/// A mark that is not closed yet.
#[derive(Clone, Copy)]
struct Open {
    family: Family,
    /// First byte of the opening mark.
    start: usize,
    /// First byte after it.
    inner: usize,
}

/// All pairs of marks of the body, in text order. A pair stays inside its paragraph, unless the mark is still open
/// at the paragraph's end and the next paragraph opens again with the same kind of mark.
pub(super) fn marked(text: &str, article: &Article) -> Vec<Marked> {
    let mut out = Vec::new();
    let mut carried: Option<Open> = None;
    let mut at = 0;
    while let Some(first) = article.sentences.get(at) {
        let mut last = at;
        while article.sentences.get(last + 1).is_some_and(|s| s.block == first.block) {
            last += 1;
        }
        let end = article.sentences.get(last).map_or(first.span.end, |s| s.span.end);
        let paragraph = Span::new(first.span.start, end);
        let kept = carried.take().filter(|open| reopens(text, paragraph, open.family));
        carried = scan(text, paragraph, kept, &mut out);
        at = last + 1;
        if out.len() >= MAX_PAIRS {
            break;
        }
    }
    out
}

fn reopens(text: &str, paragraph: Span, family: Family) -> bool {
    paragraph.of(text).chars().next().is_some_and(|c| opening(c) == Some(family))
}

const fn opening(c: char) -> Option<Family> {
    Some(match c {
        '"' | '\u{FF02}' => Family::Straight,
        '\u{201C}' | '\u{201F}' => Family::Curly,
        '\u{201D}' => Family::Same,
        '\u{201E}' => Family::Low,
        '\u{00AB}' => Family::Guillemet,
        '\u{00BB}' => Family::ReversedGuillemet,
        '\u{300C}' => Family::Corner,
        '\'' | '\u{2018}' => Family::Single,
        _ => return None,
    })
}

/// Reads one paragraph; returns the mark that is still open at its end.
fn scan(text: &str, paragraph: Span, carried: Option<Open>, out: &mut Vec<Marked>) -> Option<Open> {
    let part = paragraph.of(text);
    let mut open = carried;
    let mut previous: Option<char> = None;
    let mut skip_first = carried.is_some();
    let mut chars = part.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|&(_, n)| n);
        let here = paragraph.start + i;
        let before = previous.replace(c);
        if skip_first {
            // the mark that opens a carried quotation again
            skip_first = false;
            continue;
        }
        if let Some(mark) = open {
            if mark.family.closed_by(c) && closes(mark, c, before, next, part.get(i..).unwrap_or("")) {
                let inner = Span::new(mark.inner, here);
                if inner.of(text).chars().any(char::is_alphanumeric) && out.len() < MAX_PAIRS {
                    out.push(Marked { span: Span::new(mark.start, here + c.len_utf8()), inner });
                }
                open = None;
                continue;
            }
            // A mark of the same kind that can only open: the first one was never closed.
            let again = opening(c) == Some(mark.family) && mark.family != Family::Single && starts(c, before, next);
            let double = mark.family == Family::Single && opening(c).is_some_and(|f| f != Family::Single) && starts(c, before, next);
            if !(again || double && !encloses(part.get(i + c.len_utf8()..).unwrap_or(""))) {
                continue;
            }
            open = None;
        }
        if let Some(family) = opening(c).filter(|_| starts(c, before, next)) {
            open = Some(Open { family, start: here, inner: here + c.len_utf8() });
        }
    }
    open.filter(|mark| mark.family != Family::Single)
}

/// Whether a mark can open here, by what stands around it.
fn starts(c: char, before: Option<char>, next: Option<char>) -> bool {
    let free = before.is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '[' | '-' | '\u{2013}' | '\u{2014}' | '/' | ':'));
    let follows = next.is_some_and(|n| !n.is_whitespace() && !matches!(n, ',' | ';' | ')' | ']'));
    match c {
        '\'' => free && next.is_some_and(char::is_alphabetic),
        // also the apostrophe of `‘90s` in bad typography
        '\u{2018}' => free && next.is_some_and(|n| n.is_alphabetic() || matches!(n, '\u{2026}' | '[')),
        '"' | '\u{FF02}' => (free || before.is_some_and(is_apostrophe)) && follows,
        '\u{00BB}' => free && follows,
        '\u{201D}' => free && next.is_some_and(char::is_alphanumeric),
        _ => follows || next.is_some_and(char::is_whitespace),
    }
}

/// Whether `c` closes the open mark here.
fn closes(mark: Open, c: char, before: Option<char>, next: Option<char>, rest: &str) -> bool {
    let bound = next.is_none_or(|n| !n.is_alphanumeric());
    match mark.family {
        Family::Straight | Family::Curly | Family::Low => {
            // a straight mark after a space and before a word can only open
            c != '"' || !before.is_some_and(char::is_whitespace) || bound
        }
        Family::Single => {
            let ends = before.is_some_and(|b| !b.is_whitespace()) && bound;
            // `the workers' rights' ...`: an apostrophe after s closes only if no later mark of the sentence does
            ends && (before != Some('s') || !later_close(rest))
        }
        _ => true,
    }
}

/// British typography: whether the double mark before `rest` closes and a single one closes after it, behind a point or
/// comma or right behind the double one. The single marks then stand outside.
fn encloses(rest: &str) -> bool {
    let mut inner = true;
    let mut previous = ' ';
    for (i, c) in rest.char_indices() {
        if i > NESTED {
            return false;
        }
        if inner && matches!(c, '"' | '\u{201D}') && !previous.is_whitespace() {
            inner = false;
        } else if !inner && is_apostrophe(c) {
            let next = rest.get(i + c.len_utf8()..).and_then(|r| r.chars().next());
            let ends = matches!(previous, ',' | '.' | '?' | '!' | '"' | '\u{201D}');
            if ends && next.is_none_or(|n| !n.is_alphanumeric()) {
                return true;
            }
        }
        previous = c;
    }
    false
}

/// Whether another single mark closes within the next 200 bytes of the sentence.
fn later_close(rest: &str) -> bool {
    let mut previous = ' ';
    for (i, c) in rest.char_indices().skip(1) {
        if i > 200 || matches!(c, '"' | '\u{201C}' | '\u{2018}') {
            return false;
        }
        let next = rest.get(i + c.len_utf8()..).and_then(|r| r.chars().next());
        if is_apostrophe(c) {
            if starts(c, Some(previous), next) {
                return false;
            }
            if !previous.is_whitespace() && next.is_none_or(|n| !n.is_alphanumeric()) {
                return true;
            }
        }
        previous = c;
    }
    false
}
