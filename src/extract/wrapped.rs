//! Hard-wrapped text: lines that a typesetter broke are put together again.

use crate::document::Span;

/// A wrapped text has lines of about one width between these, in bytes.
const NARROW: usize = 40;
const WIDE: usize = 110;

/// A physical line: its trimmed span, how far it is indented, and whether a blank line stands before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Physical {
    pub(super) span: Span,
    pub(super) indent: usize,
    pub(super) after_blank: bool,
}

/// Joins the lines of each paragraph when the text as a whole is hard-wrapped; otherwise gives each line by itself.
pub(super) fn unwrap_lines(text: &str, lines: &[Physical]) -> Vec<Span> {
    let Some(width) = width(text, lines) else { return lines.iter().map(|l| l.span).collect() };
    let mut out: Vec<Span> = Vec::with_capacity(lines.len() / 3 + 1);
    for (i, line) in lines.iter().enumerate() {
        let goes_on = i.checked_sub(1).and_then(|p| lines.get(p)).is_some_and(|before| {
            // A line that stops well short of the width ends its paragraph; so does an indent.
            !line.after_blank && line.indent < before.indent + 2 && before.span.len() * 10 >= width * 7
        });
        match out.last_mut() {
            Some(open) if goes_on => open.end = line.span.end,
            _ => out.push(line.span),
        }
    }
    out
}

/// The width of a hard-wrapped text: many lines break in mid-sentence, none is much longer than these.
fn width(text: &str, lines: &[Physical]) -> Option<usize> {
    let breaks: Vec<usize> = lines
        .windows(2)
        .filter(|w| {
            let (line, next) = (w[0].span.of(text), w[1].span.of(text));
            let open = line.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-'));
            let on = next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
            !w[1].after_blank && (NARROW..=WIDE).contains(&line.len()) && open && on
        })
        .map(|w| w[0].span.len())
        .collect();
    let longest = breaks.iter().copied().max()?;
    let over = lines.iter().filter(|l| l.span.len() > longest + longest / 5).count();
    (breaks.len() >= 3 && breaks.len() * 3 >= lines.len() && over * 20 <= lines.len()).then_some(longest)
}

#[cfg(test)]
mod tests {
    use crate::extract::{BlockKind, extract};

    fn paragraphs(text: &str) -> Vec<String> {
        let document = crate::document::Document { text: text.to_owned(), ..Default::default() };
        let article = extract(&document);
        let blocks = article.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph);
        blocks.map(|b| b.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    }

    const WRAPPED: &str = "The port authority said that traffic through\nthe northern canal had fallen by a third since the\nstart of the year, and that no recovery was in\nsight before the summer.\n    Shipowners have moved their routes south, where\nfees are lower and the passage is two days longer\nthan the old one was.\n";

    #[test]
    fn a_wrapped_text_has_its_paragraphs_back() {
        let found = paragraphs(WRAPPED);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].ends_with("before the summer.") && found[1].starts_with("Shipowners"));
    }

    #[test]
    fn lines_of_a_page_stay_apart() {
        let page = "A first paragraph stands on one line and it is as long as it has to be for that, which is long.\nA second paragraph follows on the next line without a blank one, as many scrapers write it.\n";
        assert_eq!(paragraphs(page).len(), 2);
    }
}
