//! Credits that do not stand in the text: those of the page's head, and those of captions that were left out of it.

use super::agencies;
use super::caption;
use super::credits::is_given_name;
use super::lines;
use super::{Credit, CreditPosition, PhotoCredit};
use crate::document::{Span, Stated};

/// Adds the agencies that the head of the page names as source, writer or holder of the rights.
pub(super) fn credits(said: &Stated, out: &mut Vec<Credit>) {
    for line in said.credits.iter().chain(&said.byline) {
        let whole = Span::new(0, line.len());
        for (agency, span) in agencies::find(line, whole) {
            let alone = span.of(line) == line.trim();
            // `Jo Doe / AP Photo` made a picture, and `Petra Ann Smith` is no agency
            let other = agency.pictures || line.to_lowercase().contains("photo") || agencies::is_shy(span.of(line)) && !alone;
            let position = CreditPosition::PageHead;
            if !other && !is_given_name(line, whole, span) && !out.iter().any(|c| c.agency == agency.name && c.position == position) {
                out.push(Credit { agency: agency.name.to_owned(), position, span: None, stated: Some(line.clone()) });
            }
        }
    }
}

/// Adds the agencies that captions beside the text name.
pub(super) fn photo_credits(said: &Stated, out: &mut Vec<PhotoCredit>) {
    for caption in &said.captions {
        let Some(line) = lines::lines(caption).into_iter().next_back() else { continue };
        for (agency, _) in caption::picture_agencies(caption, line.span, caption::credit_start(&line)) {
            let credit = PhotoCredit { agency: agency.to_owned(), span: None, stated: Some(caption.clone()) };
            if !out.contains(&credit) {
                out.push(credit);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies_of_the_head() {
        let found = |lines: &[&str]| {
            let said = Stated { credits: lines.iter().map(ToString::to_string).collect(), ..Stated::default() };
            let mut out = Vec::new();
            credits(&said, &mut out);
            out.into_iter().map(|c| c.agency).collect::<Vec<_>>()
        };
        assert_eq!(found(&["Agence France-Presse", "\u{a9} 2026 AFP", "The Bay Post"]), ["AFP"]);
        assert_eq!(found(&["The Associated Press"]), ["AP"]);
        assert!(found(&["Petra Smith", "PETRA SMITH", "AP Photo/Jo Doe", "Getty Images", "Jo Doe"]).is_empty());
    }

    #[test]
    fn agencies_of_captions() {
        let captions = ["The crane. Photo: Jo Doe / AFP", "The crane (Reuters)", "The crane, which Reuters saw, fell."];
        let said = Stated { captions: captions.iter().map(ToString::to_string).collect(), ..Stated::default() };
        let mut out = Vec::new();
        photo_credits(&said, &mut out);
        assert_eq!(out.iter().map(|c| c.agency.as_str()).collect::<Vec<_>>(), ["AFP", "Reuters"]);
        assert!(out.iter().all(|c| c.span.is_none() && c.stated.is_some()));
    }
}
