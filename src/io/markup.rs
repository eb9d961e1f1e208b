//! Whether a text is HTML.

/// Elements that make a text HTML.
const ELEMENTS: &[&str] =
    &["p", "br", "div", "span", "a", "img", "ul", "li", "strong", "em", "b", "i", "h1", "h2", "h3", "figure", "blockquote", "html", "body"];
/// Bytes in which they are looked for.
const LOOKED_AT: usize = 1 << 14;

/// Whether a text is HTML: two tags of usual elements, or one where it begins.
pub(super) fn is_html(text: &str) -> bool {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].trim_start();
    let mut tags = 0;
    for (at, _) in head.match_indices('<') {
        if is_tag(&head[at + 1..]) {
            tags += 1;
            if tags == 2 || at == 0 {
                return true;
            }
        }
    }
    head.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype"))
}

/// Whether what follows a `<` is a tag of a usual element. Companies stand in such brackets too, in stock market reports: `<A>`, `<A/S Norsk>`.
fn is_tag(after: &str) -> bool {
    let (closes, name) = after.strip_prefix('/').map_or((false, after), |name| (true, name));
    let stop = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let (name, rest) = name.split_at(stop);
    if !ELEMENTS.iter().any(|e| e.eq_ignore_ascii_case(name)) {
        return false;
    }
    // A tag may be longer than what is looked at.
    let attributes = rest.find('>').map_or(rest, |end| &rest[..end]);
    let has_some = rest.starts_with([' ', '\n', '\t', '\r']) && attributes.contains('=');
    let has_none = attributes.len() < rest.len() && matches!(attributes.trim(), "" | "/");
    // A link leads somewhere.
    has_some || has_none && (closes || !name.eq_ignore_ascii_case("a"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_seen() {
        for html in [
            "<p>The pier burned.",
            "The pier <b>burned</b>.",
            "<!DOCTYPE html><title>x",
            "<BR/>The pier burned.",
            "The <a href=\"/pier\">pier</a> burned.",
            "The pier\n<img\n src='x'\n/> burned <br />.",
            "<div class=\"",
        ] {
            assert!(is_html(html), "{html}");
        }
    }

    #[test]
    fn brackets_in_prose_are_no_markup() {
        for plain in [
            "The pier burned.",
            "a < b and c > d",
            "He said <pause> nothing <br",
            "x <- y <p",
            "<A/S Norsk>, a maker of piers <A/S Brygge>, said",
            "Pier Brothers <A> and Quay Corp <PIER.L> said <A> it",
        ] {
            assert!(!is_html(plain), "{plain}");
        }
    }
}
