//! Captions and picture credits.

use super::lines::{Line, is_final};
use super::threes::Threes;
use super::{agencies, credits};
use crate::document::Span;

/// Labels that name a picture's source wherever they stand at the end of a line.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "photo:", "photos:", "photo credit", "photo courtesy", "photo source", "image:", "images:", "image credit", "image source",
    "image courtesy", "picture:", "pictures:", "picture credit", "photograph:", "photographs:", "credit:", "credits:", "file photo",
    "file image", "file picture", "ap photo", "afp photo", "reuters photo", "pa photo", "photo/", "photo |", "photo (file):", "photo (archive)", "picture (file):", "photo by", "photos by",
    "image by", "picture by", "pictured by", "illustration:", "graphic:", "foto:", "fotos:", "foto ©", "imagen:", "imagem:", "bild:",
    "bilder:", "beeld:", "crédit photo", "crédit :", "crédits :", "crédito:", "© afp", "© ap", "© reuters", "/reuters", "reuters/",
    "/afp", "afp/", "/ap)", "/getty", "getty images", "via getty", "via ap", "via reuters", "shutterstock", "handout", "фото:",
    "фото ", "screengrab", "screenshot:", "representational image", "representative image",
];

/// Where the picture credit in `line` begins, when it has one at its beginning or its end.
pub(super) fn credit_start(line: &Line<'_>) -> Option<usize> {
    if line.words > 70 {
        return None;
    }
    if let Some(at) = in_brackets(line.text) {
        return Some(at);
    }
    let lower = line.text.to_lowercase();
    // Offsets are only used when lower case keeps every length.
    if lower.len() != line.text.len() {
        return LABELS.iter().any(|l| lower.starts_with(l)).then_some(0);
    }
    let threes = Threes::of(&lower);
    let at = LABELS.iter().filter(|l| threes.may_hold(l)).filter_map(|l| whole(&lower, l)).min()?;
    if at == 0 {
        return Some(0);
    }
    let before = lower.get(..at)?.trim_end();
    let rest = lower.get(at..)?;
    let set_off = before.ends_with(['(', '[', '.', '|', '—', '–', '-', '!', '?', '”', '"', ')', '/', ':', ';']);
    let short = rest.split_whitespace().count() <= if at == 1 { 16 } else { 10 };
    let labelled = rest.split_whitespace().next().is_some_and(|w| w.ends_with([':', '/'])) || rest.contains('/');
    (short && (set_off || labelled && !is_final(line.text))).then_some(at)
}

/// `The pool before its closure (Alamy)`: where the bracket at the end begins that names sellers of pictures only.
fn in_brackets(text: &str) -> Option<usize> {
    let inner = text.trim_end_matches('.').strip_suffix([')', ']'])?;
    let at = inner.rfind(['(', '['])?;
    let inside = inner.get(at + 1..)?;
    let found = agencies::find(inside, Span::new(0, inside.len()));
    let named: usize = found.iter().map(|(_, s)| s.len()).sum();
    let letters = inside.chars().filter(|c| c.is_alphanumeric()).count();
    (at > 0 && !found.is_empty() && found.iter().all(|(a, _)| a.pictures) && named >= letters).then_some(at)
}

fn whole(lower: &str, label: &str) -> Option<usize> {
    // Hardly a line has one, and looking forwards is several times faster than backwards.
    if !lower.contains(label) {
        return None;
    }
    let at = lower.rfind(label)?;
    let free = !label.starts_with(char::is_alphanumeric) || lower.get(..at)?.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    free.then_some(at)
}

/// The agencies credited with a picture by the caption `span`.
pub(super) fn picture_agencies(text: &str, span: Span, credit_at: Option<usize>) -> Vec<(&'static str, Span)> {
    let from = match credit_at {
        Some(at) => Span::new(span.start + at, span.end),
        None => credits::end_credit(text, span).map_or_else(|| tail(text, span), |at| Span::new(at, span.end)),
    };
    agencies::find(text, from).into_iter().map(|(agency, at)| (agency.name, at)).collect()
}

/// What stands after the last dash or opening bracket: `... in the harbour. — Reuters`.
fn tail(text: &str, span: Span) -> Span {
    let part = span.of(text);
    let at = part.char_indices().rev().find(|&(_, c)| matches!(c, '—' | '–' | '(' | '[' | '|') || c == '-').map_or(part.len(), |(i, _)| i);
    Span::new(span.start + at, span.end)
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    fn agencies_of(text: &str) -> Vec<&'static str> {
        let line = &lines(text)[0];
        picture_agencies(text, line.span, credit_start(line)).into_iter().map(|(a, _)| a).collect()
    }

    #[test]
    fn credits_in_captions() {
        assert_eq!(agencies_of("Boats in the harbour (Image: Getty Images)"), ["Getty Images"]);
        assert_eq!(agencies_of("Boats in the harbour. Photo: AFP"), ["AFP"]);
        assert_eq!(agencies_of("Credit: PA"), ["PA"]);
        assert_eq!(agencies_of("Boats in the harbour. Image credit: Reuters/File"), ["Reuters"]);
        assert_eq!(agencies_of("Boats in the harbour. — AP"), ["AP"]);
    }

    #[test]
    fn prose_about_pictures_is_no_caption() {
        for text in [
            "She said the photo by her brother had been taken years before the storm.",
            "The image: a boat, alone, on a beach that the whole country has come to know and to fear in one week.",
        ] {
            assert_eq!(credit_start(&lines(text)[0]), None, "{text}");
        }
    }
}
