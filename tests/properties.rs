//! What must hold of any input.
#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it must be")]

use proptest::prelude::*;
use wirecopy::config::Config;
use wirecopy::diff::Mark;
use wirecopy::document::{Document, Span};
use wirecopy::pipeline;
use wirecopy::report::TraceReport;
use wirecopy::text::{sentences, words};

fn document(id: &str, text: &str) -> Document {
    Document { id: id.to_owned(), text: text.to_owned(), ..Document::default() }
}

fn trace(texts: &[String]) -> TraceReport {
    let documents = texts.iter().enumerate().map(|(i, t)| document(&format!("{i:03}"), t)).collect();
    pipeline::trace(documents, Vec::new(), false, &Config::default()).unwrap()
}

/// Pieces that pages are made of, good and bad.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("PORT ELLERY, Norland, May 4, 2024 (AP) — ".to_owned()),
        Just("The harbour minister said on Tuesday that 42 ships would leave before noon. ".to_owned()),
        Just("\"We have no fuel left,\" captain Mara Dunn told reporters. \"None at all.\" ".to_owned()),
        Just("“Unclosed quotation with 3.5 million words ".to_owned()),
        Just("Home | News | Sport\n".to_owned()),
        Just("\n\n".to_owned()),
        Just(" — Reuters\n".to_owned()),
        Just("Photo: AFP\n".to_owned()),
        Just("'\"''«„»\u{2018}\u{2019}\u{201c}\u{201d}".to_owned()),
        Just("12:61 am 99/99/9999 $ % 1,2,3,4 31 February 1e999 ".to_owned()),
        Just("東京で会議が開かれた。Москва объявила. القاهرة ".to_owned()),
        Just("e\u{301}\u{200b}\u{ad}\u{feff}\u{202e}\u{0}\u{1b}[31m ".to_owned()),
        "\\PC{0,40}",
        any::<String>(),
    ]
}

fn page() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..24).prop_map(|p| p.concat())
}

fn assert_span(text: &str, span: Span) -> Result<(), TestCaseError> {
    prop_assert!(span.start <= span.end && span.end <= text.len(), "{span:?} of {}", text.len());
    prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{span:?}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn words_and_sentences_lie_in_the_text_in_order(text in page()) {
        let all = Span::new(0, text.len());
        let mut at = 0;
        for w in words(&text, all) {
            assert_span(&text, w.span)?;
            prop_assert!(w.span.start >= at && !w.norm.is_empty());
            at = w.span.end;
        }
        let mut at = 0;
        for s in sentences(&text, all) {
            assert_span(&text, s.span)?;
            prop_assert!(s.span.start >= at && !s.span.is_empty());
            at = s.span.end;
        }
    }

    #[test]
    fn every_span_of_a_report_lies_in_its_text(a in page(), b in page()) {
        let texts = [a, b];
        let report = trace(&texts);
        for (row, text) in report.documents.iter().zip(&texts) {
            let mut at = 0;
            for block in &row.blocks {
                assert_span(text, block.span)?;
                prop_assert!(block.span.start >= at, "blocks overlap or stand out of order");
                at = block.span.end;
            }
            for span in row.credits.iter().filter_map(|c| c.span) { assert_span(text, span)?; }
            for span in row.photo_credits.iter().filter_map(|c| c.span) { assert_span(text, span)?; }
        }
        for pair in &report.pairs {
            for e in &pair.evidence { assert_span(&texts[0], e.a)?; assert_span(&texts[1], e.b)?; }
            for p in &pair.passages { assert_span(&texts[0], p.a)?; assert_span(&texts[1], p.b)?; }
            prop_assert!((0.0..=1.0).contains(&pair.probability) && (0.0..=1.0).contains(&pair.similarity));
            prop_assert!((0.0..=1.0).contains(&pair.containment_a) && (0.0..=1.0).contains(&pair.containment_b));
        }
        for d in &report.fact_diffs {
            let side = |id: &str| if id == "000" { &texts[0] } else { &texts[1] };
            for f in &d.facts {
                for (s, id) in [(&f.base, &d.base), (&f.variant, &d.variant)] {
                    if let Some(s) = s {
                        assert_span(side(id), s.span)?;
                        assert_span(side(id), s.sentence)?;
                    }
                }
                prop_assert_eq!(f.base.is_none(), f.mark == Mark::Added);
                prop_assert_eq!(f.variant.is_none(), f.mark == Mark::Dropped);
            }
        }
    }

    #[test]
    fn a_text_against_itself_changes_nothing(text in page()) {
        let found = pipeline::diff_all(vec![document("a", &text), document("b", &text)], Vec::new(), false, &Config::default()).unwrap();
        for f in &found.diffs[0].facts {
            prop_assert!(f.check || matches!(f.mark, Mark::Kept | Mark::Reworded), "{f:?}");
        }
    }

    #[test]
    fn the_order_of_documents_does_not_matter(texts in prop::collection::vec(page(), 2..5)) {
        let documents = |turn: bool| {
            let mut d: Vec<Document> = texts.iter().enumerate().map(|(i, t)| document(&format!("{i:03}"), t)).collect();
            if turn { d.reverse(); }
            d
        };
        let run = |turn| pipeline::trace(documents(turn), Vec::new(), false, &Config::default()).unwrap();
        let (one, two) = (run(false), run(true));
        prop_assert_eq!(serde_json::to_string(&one.pairs).unwrap(), serde_json::to_string(&two.pairs).unwrap());
        prop_assert_eq!(serde_json::to_string(&one.clusters).unwrap(), serde_json::to_string(&two.clusters).unwrap());
    }
}
