//! Whether two wordings of a quotation differ in words of the same meaning only.

use super::canon::canon;
use crate::text::stem;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

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
    &["try", "attempt"], &["happen", "occur", "take place"], &["make sure", "ensure"], &["think", "believe", "feel"], &["build", "construct"],
    &["country", "nation"], &["job", "post", "position"], &["mistake", "error"], &["goal", "aim", "objective"], &["opportunity", "chance"],
    &["area", "region", "zone"], &["purchase", "buy"], &["provide", "supply", "give"], &["keep", "retain"], &["wrong", "incorrect", "mistaken"],
    &["right", "correct"], &["happy", "glad", "pleased"], &["rich", "wealthy", "affluent"], &["sick", "ill", "unwell"], &["lawyer", "attorney"],
    &["road", "street"], &["government", "administration", "authorities"], &["war", "conflict"], &["leader", "head", "chief"],
    &["plan", "scheme", "programme", "program"], &["fix", "repair", "mend"], &["talk", "speak"], &["answer", "reply", "response", "respond"],
    &["idea", "concept", "notion"], &["problem", "issue", "difficulty"], &["part", "portion"], &["kind", "type", "sort"],
    &["way", "manner", "method"], &["place", "location", "site", "spot"], &["group", "team"], &["change", "alter", "modify"],
    &["seem", "appear", "look"], &["live", "reside"], &["sure", "certain"], &["amount", "quantity"], &["clear", "plain", "obvious"],
    &["finish", "complete"], &["own", "possess"], &["want", "wish"], &["enormous", "huge", "massive", "vast"], &["dangerous", "hazardous"],
    &["quiet", "silent", "calm"], &["strange", "odd", "unusual"], &["scared", "afraid", "frightened"], &["angry", "furious"],
    &["terrible", "awful", "dreadful"], &["wonderful", "marvellous", "fantastic"], &["beautiful", "lovely"], &["important", "crucial", "vital", "key"],
    &["main", "principal", "chief"], &["nowadays", "today", "these days"], &["previously", "before", "earlier"], &["finally", "eventually", "in the end"],
    &["completely", "totally", "entirely", "fully"], &["nearly", "almost", "practically"], &["mainly", "mostly", "largely", "chiefly"],
    &["usually", "normally", "generally"], &["rarely", "seldom"], &["suddenly", "abruptly"], &["quickly", "rapidly", "swiftly", "fast"],
    &["together with", "along with", "with"], &["according to", "as reported by", "in the words of"], &["except", "apart from", "except for"],
    &["house", "residence"], &["money", "funds"],
    &["illness", "disease", "sickness"], &["danger", "risk", "peril"], &["proof", "evidence"], &["result", "outcome", "consequence"],
    &["reason", "cause"], &["choice", "option"], &["duty", "obligation", "responsibility"], &["view", "opinion"], &["support", "back"],
    &["protect", "safeguard", "defend"], &["continue", "carry on", "go on", "proceed"], &["wait for", "await"], &["deal with", "handle", "address"],
    &["look for", "search for", "seek"], &["find out", "discover", "learn"], &["set up", "establish", "found"], &["carry out", "conduct", "perform"],
    &["get rid of", "remove", "eliminate"], &["point out", "note", "observe"], &["put off", "postpone", "delay"], &["take part", "participate"],
];

/// Words of a quotation that are compared; a longer one is not the same in other words.
const MOST: usize = 400;

/// The groups of each word by its stem, and of each phrase.
static GROUPS: LazyLock<HashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut out: HashMap<&str, Vec<usize>> = HashMap::new();
    for (group, entries) in SAME.iter().enumerate() {
        for &entry in *entries {
            let key = if entry.contains(' ') { entry } else { stem(entry) };
            out.entry(key).or_default().push(group);
        }
    }
    out
});

/// The words with which phrases begin.
static OPENERS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let phrases = SAME.iter().flat_map(|group| group.iter()).filter(|e| e.contains(' '));
    phrases.filter_map(|e| e.split(' ').next()).collect()
});

/// Whether both have the same words, or words and phrases of one meaning, from the first to the last.
pub(super) fn same_sense<T: AsRef<str>>(base: &[T], variant: &[T]) -> bool {
    if base.is_empty() || base.len().max(variant.len()) > MOST.min(LONGEST * base.len().min(variant.len())) {
        return false;
    }
    // which beginnings of the variant say what the beginning of the base up to each word says; most texts part at once
    let mut said: Vec<Vec<usize>> = vec![Vec::new(); base.len() + 1];
    said[0].push(0);
    let mut parts: Vec<Option<Vec<Part>>> = vec![None; variant.len()];
    for i in 0..base.len() {
        let ends = std::mem::take(&mut said[i]);
        if ends.is_empty() {
            continue;
        }
        let own = Part::all(base, i);
        for j in ends.into_iter().filter(|&j| j < variant.len()) {
            for x in &own {
                for y in parts[j].get_or_insert_with(|| Part::all(variant, j)) {
                    let one = || x.words == 1 && y.words == 1 && equal(base[i].as_ref(), variant[j].as_ref());
                    let next = j + y.words;
                    if (one() || x.groups.iter().any(|g| y.groups.contains(g))) && !said[i + x.words].contains(&next) {
                        said[i + x.words].push(next);
                    }
                }
            }
        }
    }
    said[base.len()].contains(&variant.len())
}

fn equal(x: &str, y: &str) -> bool {
    x == y || canon(x) == canon(y)
}

/// A word, or a phrase of [`SAME`], at one place.
#[derive(Clone, Debug)]
struct Part {
    words: usize,
    groups: &'static [usize],
}

impl Part {
    /// What may be read at a place: the word there, and the phrases that begin with it.
    fn all<T: AsRef<str>>(words: &[T], at: usize) -> Vec<Self> {
        let groups = |key: &str| GROUPS.get(key).map_or(&[][..], Vec::as_slice);
        let Some(first) = words.get(at).map(AsRef::as_ref) else { return Vec::new() };
        let mut out = vec![Self { words: 1, groups: groups(stem(first)) }];
        if OPENERS.contains(first) {
            let mut phrase = first.to_owned();
            for (n, word) in words.iter().enumerate().skip(at + 1).take(LONGEST - 1) {
                phrase.push(' ');
                phrase.push_str(word.as_ref());
                let groups = groups(&phrase);
                if !groups.is_empty() {
                    out.push(Self { words: n + 1 - at, groups });
                }
            }
        }
        out
    }
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
