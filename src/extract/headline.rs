//! The headline among the lines above the body.

use super::lines::{Line, fold, is_final};

/// The index in `candidates` (lines above the body, in order, each with whether it is printed more than once) of the
/// headline: position counts, repetition counts more, and a sentence with a final point is hardly ever one.
pub(super) fn choose(candidates: &[(&Line<'_>, bool)], title: Option<&str>) -> Option<usize> {
    let title = title.map(fold).filter(|t| !t.is_empty());
    let mut best: Option<(i32, usize)> = None;
    let mut rank = 0;
    for (i, &(line, repeated)) in candidates.iter().enumerate() {
        let given = title.as_deref().is_some_and(|t| t == line.folded || line.words >= 4 && t.starts_with(&line.folded));
        let mut score = i32::try_from(line.words.min(9)).unwrap_or(9) * 2 - 3 * rank;
        score += if repeated { 8 } else { 0 } + if given { 40 } else { 0 };
        score -= if is_final(line.text) && !line.text.ends_with(['?', '!']) { 12 } else { 0 };
        score -= if line.is_upper() { 5 } else { 0 };
        score -= if line.words > 30 { 12 } else { 0 };
        score -= if line.text.ends_with(':') { 6 } else { 0 };
        score -= if names_an_edition(&line.folded) { 8 } else { 0 };
        if line.words >= 4 {
            rank += 1;
        }
        if best.is_none_or(|(b, _)| score > b) {
            best = Some((score, i));
        }
    }
    best.map(|(_, i)| i)
}

/// `Evening edition`, `Weekly newsletter`: the name of an issue, not of an article.
fn names_an_edition(folded: &str) -> bool {
    folded
        .split(|c: char| !c.is_alphanumeric())
        .any(|w| matches!(w, "edition" | "newsletter" | "digest" | "bulletin" | "blog" | "issn" | "vol"))
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    fn pick(text: &str) -> &str {
        let all = lines(text);
        let candidates: Vec<_> = all.iter().map(|l| (l, all.iter().filter(|o| o.folded == l.folded).count() > 1)).collect();
        choose(&candidates, None).map_or("", |i| all[i].span.of(text))
    }

    #[test]
    fn length_repetition_and_place_decide() {
        assert_eq!(
            pick("BAY POST\nStorm sinks three boats in the old harbour\nBoats lie in the harbour after the storm"),
            "Storm sinks three boats in the old harbour"
        );
        assert_eq!(pick("Storm sinks boats\nBay Post - Friday evening edition\nStorm sinks boats"), "Storm sinks boats");
        assert_eq!(pick("The harbour was closed on Friday.\nStorm sinks boats"), "Storm sinks boats");
    }
}
