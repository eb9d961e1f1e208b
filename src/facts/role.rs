//! Who somebody is: titles before a name, appositions after it.

use super::lexicon::{self, REPORTING, holds};
use super::tokens::{Gap, Tokens};
use super::{Name, NameKind, Role};
use crate::document::Span;
use crate::extract::Article;
use crate::text::is_stopword;

/// Words of a title before a name.
const MAX_BEFORE: usize = 7;
/// Words of an apposition after a name.
const MAX_AFTER: usize = 16;

/// Verbs of `who runs the company`.
#[rustfmt::skip]
const HOLDING: &[&str] = &[
    "chairs", "commands", "directs", "headed", "heads", "is", "leads", "led", "manages", "oversees", "owns", "ran", "represents", "runs",
    "was", "works",
];

/// Past forms without `ed` that may stand right before a title.
const VERBS: &[&str] = &[
    "beat", "began", "brought", "caught", "drew", "fought", "gave", "held", "hit", "kept", "left", "lost", "met", "quit", "ran", "sent",
    "shot", "took", "won",
];

/// Roles of persons named in the body, in text order.
pub(super) fn roles(text: &str, article: &Article, names: &[Name]) -> Vec<Role> {
    let mut out = Vec::new();
    for name in names {
        let Some(sentence) = article.sentences.get(name.sentence) else { continue };
        let tokens = Tokens::new(text, article, sentence);
        let first = tokens.at_byte(name.span.start);
        let last = (first + name.words.len()).saturating_sub(1);
        if let Some(from) = title_before(&tokens, first) {
            push(&tokens, (from, first - 1), name, &mut out);
        }
        // `Jo Park of the Faroe Islands, who ...`
        let place = first >= 2 && tokens.norm(first - 1) == "the" && tokens.norm(first - 2) == "of";
        if name.kind == NameKind::Person
            && !place
            && let Some(range) = apposition(&tokens, last)
        {
            push(&tokens, range, name, &mut out);
        }
    }
    out
}

fn push(tokens: &Tokens<'_>, (from, to): (usize, usize), name: &Name, out: &mut Vec<Role>) {
    let words: Vec<String> = (from..=to).map(|i| tokens.norm(i).to_string()).collect();
    if words.iter().all(|w| holds(lexicon::ADDRESS, w) || is_stopword(w)) {
        return;
    }
    let title = tokens.cover(from, to);
    let Some(person) = name.words.last().cloned() else { return };
    out.push(Role { span: title.join(name.span), title: Span::new(title.start, title.end), words, person, sentence: name.sentence });
}

/// The first word of the title that ends right before the name at `first`.
fn title_before(tokens: &Tokens<'_>, first: usize) -> Option<usize> {
    let mut at = first.checked_sub(1)?;
    if !matches!(tokens.gap(at), Gap::Space | Gap::Comma) || tokens.possessive(at) {
        return None;
    }
    // `the union's managing director, Ana Ruiz` has a comma; its noun must then be lower case and definite
    let comma = tokens.gap(at) == Gap::Comma;
    if comma && let Some(from) = office_of(tokens, at) {
        return Some(from);
    }
    while at > 0 && holds(lexicon::ADDRESS, tokens.norm(at)) && tokens.gap(at - 1) == Gap::Space {
        at -= 1;
    }
    if at >= 1 && tokens.norm(at) == "number" && tokens.norm(at - 1) == "opposite" {
        at -= 1;
    } else if at >= 2 && tokens.norm(at - 1) == "of" && lexicon::is_role_noun(tokens.norm(at - 2)) && tokens.capitalized(at - 2) {
        at -= 2;
    } else if !lexicon::is_role_noun(tokens.norm(at)) && !lexicon::is_short_title(tokens.norm(at)) {
        return None;
    }
    let mut from = at;
    while from > 0 && at - from < MAX_BEFORE && matches!(tokens.gap(from - 1), Gap::Space | Gap::Hyphen) {
        let word = tokens.norm(from - 1);
        let acronym = tokens.raw(from - 1).chars().filter(|c| c.is_uppercase()).count() > 1;
        let of = word == "of" && from > 1 && tokens.capitalized(from);
        let plain = !is_stopword(word) || acronym;
        let cased = tokens.capitalized(at) && !tokens.capitalized(from - 1) && !former(word);
        if cased
            || word.ends_with("ed")
            || word.ends_with("ing") && !lexicon::is_title_part(word)
            || holds(VERBS, word)
            || holds(REPORTING, word)
            || holds(lexicon::SAYING, word)
            || !(plain || of)
            || lexicon::is_weekday(word)
        {
            break;
        }
        from -= 1;
    }
    // `of State` needs its noun before it
    if tokens.norm(from) == "of" {
        from += 1;
    }
    let definite = from > 0 && matches!(tokens.norm(from - 1), "the" | "its" | "their" | "his" | "her" | "our")
        || (from..at).any(|i| tokens.possessive(i));
    if comma && !definite {
        return None;
    }
    Some(from)
}

/// The first word of `director of the prison service` that ends at `last`, behind its `the`.
fn office_of(tokens: &Tokens<'_>, last: usize) -> Option<usize> {
    let run = (last.saturating_sub(MAX_BEFORE)..last).rev().take_while(|&i| tokens.gap(i) == Gap::Space);
    let mut of = run.filter(|&i| i >= 2 && tokens.norm(i) == "of");
    let (of, more) = (of.next()?, of.next());
    let office = of - 1;
    let mut from = office;
    while from > 0 && tokens.gap(from - 1) == Gap::Space && !is_stopword(tokens.norm(from - 1)) && office - from < 2 {
        from -= 1;
    }
    let led = from > 0 && matches!(tokens.norm(from - 1), "the" | "The") && tokens.gap(from - 1) == Gap::Space;
    (more.is_none() && lexicon::is_role_noun(tokens.norm(office)) && led).then_some(from)
}

/// Lower-case words that belong to a capitalized title.
fn former(word: &str) -> bool {
    matches!(word, "former" | "acting" | "outgoing" | "then" | "ex" | "deputy" | "local" | "interim")
}

/// First and last word of the apposition after the name's last word.
fn apposition(tokens: &Tokens<'_>, last: usize) -> Option<(usize, usize)> {
    // `Jo Park of the Velm Institute`
    if tokens.gap(last) == Gap::Space && tokens.norm(last + 1) == "of" && (tokens.norm(last + 2) == "the" || tokens.capitalized(last + 2)) {
        let mut to = last + 2;
        while to + 1 < tokens.len() && to - last < MAX_AFTER && tokens.gap(to) == Gap::Space && !holds(REPORTING, tokens.norm(to + 1)) {
            to += 1;
        }
        return Some((last + 1, to.min(tokens.len().saturating_sub(1))));
    }
    if tokens.gap(last) != Gap::Comma {
        return None;
    }
    let mut from = last + 1;
    // `, 41, a farmer`
    if tokens.norm(from).parse::<u32>().is_ok() && tokens.gap(from) == Gap::Comma {
        from += 1;
    }
    let first = tokens.norm(from);
    let second = tokens.norm(from + 1);
    let fits = matches!(first, "a" | "an" | "the" | "former" | "then" | "his" | "her" | "its" | "their")
        || lexicon::is_role_noun(first)
        || first == "who" && holds(HOLDING, second)
        || lexicon::is_title_part(first) && !tokens.capitalized(from)
        || tokens.possessive(from);
    if !fits {
        return None;
    }
    let mut to = from;
    while to + 1 < tokens.len() && to - from < MAX_AFTER && matches!(tokens.gap(to), Gap::Space | Gap::Hyphen) {
        // `a local nurse involved in the study`: the participle says something else
        let clause = tokens.norm(to + 1).ends_with("ed") && matches!(tokens.norm(to + 2), "in" | "by" | "with" | "at" | "to");
        // `the state's ministry` states nothing
        let reports = holds(REPORTING, tokens.norm(to + 1)) && !tokens.possessive(to + 1);
        if clause && first != "who" || reports || tokens.norm(to + 1) == "who" {
            break;
        }
        to += 1;
    }
    let names_role = first == "who"
        || (from..=to).any(|i| lexicon::is_role_noun(tokens.norm(i)) || tokens.norm(i) == "opposite" && tokens.norm(i + 1) == "number");
    (names_role && to > from || lexicon::is_role_noun(first)).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::super::facts;
    use crate::document::Document;
    use crate::extract::extract;

    fn read(text: &str) -> Vec<(String, String)> {
        let article = extract(&Document { text: text.to_string(), ..Document::default() });
        facts(text, &article).roles.into_iter().map(|r| (r.title.of(text).to_string(), r.person)).collect()
    }

    #[test]
    fn titles_before_names() {
        let got = read(
            "The plan pleased Bolonian President Otto Weiss and harbour board chief Lena Brandt, who met managing director Jo Park in the rain.",
        );
        let want = [("Bolonian President", "weiss"), ("harbour board chief", "brandt"), ("managing director", "park")];
        for (title, person) in want {
            assert!(got.iter().any(|(t, p)| t == title && p == person), "{title}: {got:?}");
        }
    }

    #[test]
    fn appositions_after_names() {
        let got = read(
            "The pump broke, said Otto Weiss, head of the local water board. Lena Brandt, 44, a retired nurse, saw it. Jo Park, who runs the depot, said nothing new.",
        );
        let want = [("head of the local water board", "weiss"), ("a retired nurse", "brandt"), ("who runs the depot", "park")];
        for (title, person) in want {
            assert!(got.iter().any(|(t, p)| t == title && p == person), "{title}: {got:?}");
        }
    }
}
