//! Lists of feeds in OPML 2.0.

use quick_xml::events::Event;

/// Feeds of one list.
const MOST_FEEDS: usize = 10_000;

/// The addresses of the feeds in an OPML document, in their order.
///
/// # Errors
/// Why it cannot be read.
pub fn feeds_of(opml: &str) -> Result<Vec<String>, String> {
    let mut reader = quick_xml::Reader::from_str(opml);
    let mut out: Vec<String> = Vec::new();
    let mut outline = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                outline |= element.local_name().as_ref().eq_ignore_ascii_case("opml");
                for attribute in element.attributes().flatten() {
                    if attribute.key.local_name().as_ref().eq_ignore_ascii_case("xmlurl") && out.len() < MOST_FEEDS {
                        let value =
                            attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(|e| format!("is damaged: {e}"))?;
                        let value = value.trim().to_owned();
                        if !value.is_empty() && !out.contains(&value) {
                            out.push(value);
                        }
                    }
                }
            }
            Ok(Event::Eof) if outline => return Ok(out),
            Ok(Event::Eof) => return Err("is no OPML".to_owned()),
            Ok(_) => {}
            Err(error) => return Err(format!("is damaged at byte {}: {error}", reader.error_position())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_in_their_order() {
        let list = r#"<?xml version="1.0"?><opml version="2.0"><body><outline text="News">
            <outline type="rss" xmlUrl="https://a.example/feed?x=1&amp;y=2"/><outline xmlUrl="https://b.example/atom.xml" text="B"/>
            <outline xmlUrl="https://b.example/atom.xml"/></outline></body></opml>"#;
        assert_eq!(feeds_of(list).unwrap(), ["https://a.example/feed?x=1&y=2", "https://b.example/atom.xml"]);
        assert!(feeds_of("<html></html>").is_err());
        assert!(feeds_of("no markup").is_err());
    }
}
