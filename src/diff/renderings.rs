//! Whether two wordings of a quotation differ in words of the same meaning only.

use super::canon::canon;
use crate::text::stem;

/// Longest entry of [`SAME`] in words.
const LONGEST: usize = 4;

/// Words and phrases of general English that stand for each other in a sentence: joining and measuring words first, then verbs and nouns
/// that [`canon`] does not join, since elsewhere the choice between them can matter. Short forms (`doesn't`) are not here: no translation
/// makes them, somebody changed them.
#[rustfmt::skip]
const SAME: &[&[&str]] = &[
    &["because", "as", "since", "for"], &["because of", "due to", "owing to", "on account of"], &["while", "as", "when"],
    &["while", "whereas", "whilst"], &["although", "though", "even though", "while"], &["despite", "in spite of"],
    &["before", "prior to", "ahead of"], &["after", "following"], &["until", "till"], &["during", "in the course of"],
    &["about", "around", "roughly", "approximately", "some"], &["about", "concerning", "regarding", "on"],
    &["more than", "over", "in excess of"], &["less than", "under", "fewer than", "below"], &["at least", "no fewer than", "no less than"],
    &["almost", "nearly", "virtually"], &["also", "too", "as well", "in addition", "additionally"],
    &["but", "however", "yet", "still", "nevertheless"], &["so", "therefore", "thus", "hence", "as a result"],
    &["toward", "towards"], &["among", "amongst"], &["amid", "amidst"], &["upon", "on"], &["near", "close to"], &["inside", "within"],
    &["outside", "outside of"], &["instead of", "rather than"], &["apart from", "besides", "other than"], &["like", "such as"],
    &["for example", "for instance"], &["whether", "if"], &["that", "which"], &["who", "whom", "that"], &["to", "in order to"],
    &["many", "numerous", "a lot of", "lots of", "a large number of"], &["several", "a number of"], &["every", "each"],
    &["everyone", "everybody"], &["someone", "somebody"], &["nobody", "no one"], &["each other", "one another"], &["enough", "sufficient"],
    &["can", "is able to", "are able to"], &["cannot", "cant", "can not"], &["must", "has to", "have to"],
    &["will", "shall", "is going to", "are going to"], &["now", "right now", "currently", "at present", "at the moment"],
    &["again", "once more", "once again"], &["often", "frequently"], &["perhaps", "maybe"], &["very", "extremely", "highly"],
    &["only", "just", "merely"], &["immediately", "at once", "right away", "straight away"], &["soon", "shortly", "before long"],
    &["whole", "entire"], &["important", "significant"], &["difficult", "hard", "tough"], &["quick", "fast", "rapid", "swift"],
    &["say", "state"], &["said", "stated"], &["tell", "inform"], &["told", "informed"], &["ask", "request"], &["announce", "declare"],
    &["show", "indicate", "demonstrate"], &["help", "assist", "aid"], &["need", "require"], &["use", "utilise", "utilize", "employ"],
    &["try", "attempt"], &["happen", "occur", "take place"], &["build", "construct"], &["make sure", "ensure"], &["think", "believe"],
    &["country", "nation"], &["job", "post"], &["mistake", "error"], &["goal", "aim"], &["opportunity", "chance"], &["area", "region"],
];

/// Whether both have the same words, or words and phrases of one meaning, one by one.
pub(super) fn same_sense(base: &[&str], variant: &[&str]) -> bool {
    let (a, b) = (parts(base), parts(variant));
    !a.is_empty() && a.len() == b.len() && a.iter().zip(&b).all(|(x, y)| alike(x, y))
}

/// The words with each known phrase as one.
fn parts(words: &[&str]) -> Vec<String> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let phrase = (2..=LONGEST).rev().filter_map(|n| Some((n, words.get(at..at + n)?.join(" "))));
        let known = phrase.into_iter().find(|(_, p)| SAME.iter().any(|group| group.contains(&p.as_str())));
        let (n, part) = known.unwrap_or_else(|| (1, words[at].to_owned()));
        out.push(part);
        at += n;
    }
    out
}

fn alike(x: &str, y: &str) -> bool {
    let holds = |group: &[&str], word: &str| group.iter().any(|g| *g == word || !word.contains(' ') && stem(g) == stem(word));
    x == y || canon(x) == canon(y) || SAME.iter().any(|group| holds(group, x) && holds(group, y))
}

#[cfg(test)]
mod tests {
    use super::same_sense;

    #[test]
    fn words_of_one_meaning() {
        let split = |text: &'static str| text.split(' ').collect::<Vec<_>>();
        let same = |a, b| same_sense(&split(a), &split(b));
        assert!(same("we left because many ships sank", "we left as numerous vessels sank"));
        assert!(same("we also waited despite the rain", "we in addition waited in spite of the rain"));
        assert!(!same("we left because many ships sank", "we left because many ships sailed"));
        assert!(!same("we will leave", "we will not leave") && !same("we left", "we left early") && !same("two ships", "three ships"));
    }
}
