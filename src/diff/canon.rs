//! Words of general English that mean the same, and words that exclude each other.

use super::word_map::WordMap;
use crate::text::stem;
use std::sync::LazyLock;

/// Groups of words or stems with one meaning in news prose; the first of a group stands for all.
#[rustfmt::skip]
const SAME: &[&[&str]] = &[
    &["2", "two"], &["3", "three"], &["4", "four"], &["5", "five"], &["6", "six"], &["7", "seven"], &["8", "eight"], &["9", "nine"], &["10", "ten"],
    &["11", "eleven"], &["12", "twelve"], &["13", "thirteen"], &["14", "fourteen"], &["15", "fifteen"], &["16", "sixteen"], &["17", "seventeen"],
    &["18", "eighteen"], &["19", "nineteen"], &["20", "twenty"], &["30", "thirty"], &["40", "forty"], &["50", "fifty"], &["60", "sixty"],
    &["accident", "crash", "collision"], &["aid", "help", "assistanc", "relief"], &["alarm", "alert", "warn"], &["ambulanc", "paramedic"],
    &["americ", "american"], &["apologis", "apologiz", "sorr", "apolog"], &["approv", "licenc", "licens", "authoris", "authoriz"],
    &["attack", "raid", "assault"], &["ban", "prohibit", "forbid", "outlaw"], &["big", "larg", "huge", "great", "major"], &["blaz", "fir", "inferno"],
    &["bod", "corps"], &["build", "structur"], &["burglar", "thief", "thiev", "robber", "intruder", "raider"], &["buy", "bought", "purchas", "acquir"],
    &["car", "vehicl", "van"], &["ceremon", "event"], &["chang", "replac", "amend"], &["child", "children", "kid", "youngster", "schoolchildren", "schoolchild"],
    &["choos", "chose", "chosen", "pick", "select"], &["compan", "firm", "maker", "manufacturer", "drugmaker", "carmaker"], &["concern", "worr", "fear"],
    &["condition", "provid", "depend"], &["court", "judg", "tribunal"], &["cut", "reduc", "lower", "slash"], &["damag", "crack", "wreck"],
    &["deal", "agreement", "accord", "pact", "settlement"], &["declin", "fall", "fell", "drop", "slump", "decreas", "fallen"], &["defectiv", "fault"],
    &["demand", "insist"], &["destro", "demolish", "ruin"], &["discuss", "talk", "negotiation", "negotiat", "discussion"], &["diseas", "ill", "illness", "sicknes", "infection"],
    &["dispute", "disput", "conflict", "row"], &["doctor", "physician", "medic"], &["earthquak", "quak", "tremor", "shock"], &["economic", "econom"],
    &["elect", "vot", "poll", "voter", "elector", "electorat"], &["employe", "worker", "staffer"], &["end", "stop", "halt", "finish", "conclud"],
    &["enrol", "recruit", "enlist"], &["escap", "fle", "fled", "flee"], &["expect", "du", "schedul", "plan"], &["explosion", "blast", "bomb"], &["film", "movie", "movi"],
    &["find", "found", "discover"], &["footag", "cctv", "video"], &["get", "receiv", "obtain", "got", "given", "giv", "gav"], &["gun", "weapon", "rifl", "pistol"],
    &["hill", "hillsid", "slop"], &["home", "hous", "dwell", "residenc"], &["hospital", "clinic"], &["hurt", "injur", "wound"], &["increas", "ris", "rose", "risen", "grow", "grew", "jump", "climb"],
    &["inject", "injection", "jab", "shot", "vaccin", "vaccinat"], &["investigat", "inquir", "prob", "investigation"], &["island", "isl"], &["italian", "ital"], &["jail", "prison", "imprison"], &["journe", "trip", "travel"],
    &["kill", "die", "dead", "death", "died", "fatal", "deadl"], &["law", "legislation"], &["leav", "left", "depart"], &["lik", "probabl"], &["maintain", "keep", "kept"],
    &["meet", "met", "gather", "summit"], &["money", "fund", "cash"], &["naval", "nav"], &["north", "northern"], &["south", "southern"], &["east", "eastern"], &["west", "western"], &["offer", "propos", "proposal", "proposition"],
    &["open", "start", "launch", "began", "begin", "begun", "commenc"], &["operat", "run", "ran"], &["paint", "pictur", "canvas", "artwork", "painting"], &["parliament", "parliamentar", "assembl", "legislatur"],
    &["patch", "weak"], &["pay", "wag", "salar", "paid"], &["peac", "ceasefir", "truc"], &["permit", "allow"], &["person", "peopl"], &["plac", "put", "laid"], &["pledg", "promis", "vow"], &["inmate", "prisoner", "convict"], &["police", "officer", "patrol"],
    &["position", "situation"], &["improv", "strengthen"], &["powerful", "strong", "violent", "stronger", "strongest"], &["presid", "president"], &["pric", "cost"], &["problem", "difficult", "trouble", "troubl"], &["protest", "demonstrat", "demonstration"],
    &["publish", "releas"], &["question", "issue"], &["rail", "train", "railwa"], &["recover", "retriev"], &["refus", "reject", "turn"], &["remain", "stay"], &["rescu", "rescuer", "save"], &["resident", "islander", "villager", "inhabitant", "local"],
    &["respons", "reaction", "handl"], &["result", "outcome", "figur"], &["return", "came", "come"], &["scientist", "researcher"], &["seek", "sought", "appl", "request"], &["servic", "train"], &["sharp", "steep"], &["ship", "vessel", "boat"],
    &["shift", "work"], &["sign", "ink"], &["small", "little", "tin"], &["soldier", "troop", "servicem"], &["spokesm", "spokeswom", "spokesperson", "spokesman", "spokeswoman"], &["steal", "stol", "stole", "theft", "stolen"], &["strik", "walkout", "stoppag", "struck"],
    &["student", "pupil"], &["sworn", "oath"], &["talk", "negotiation"], &["teach", "taught", "teacher", "schoolteacher"], &["tell", "told"], &["temporar", "interim"], &["town", "cit"], &["trial", "stud"], &["typical", "averag", "ordinar", "normal"], &["unknown", "anonymou", "unidentified"],
    &["urg", "appeal", "call"], &["victor", "win", "won", "triumph"], &["visitor", "tourist"], &["wait", "await", "staid"], &["weapon", "arm"], &["win", "won"], &["woman", "women"], &["man", "men"], &["writ", "wrot", "written", "wrote"], &["year", "annual", "yearl", "annuall"],
    &["approximat", "rough"], &["arrest", "custod", "detain"], &["reveal", "disclos"], &["rebuild", "reconstruct", "reconstruction"], &["begun", "begin"], &["arriv", "reach"], &["airline", "carrier"], &["dosag", "dos"], &["european", "europ"], &["swis", "switzerland"], &["austrian", "austria"], &["british", "britain", "uk"], &["french", "franc"], &["german", "german"], &["russian", "russia"], &["ukrainian", "ukrain"], &["chines", "china"], &["brazilian", "brazil"], &["indonesian", "indonesia"],
];

/// Groups of words of which a thing can be only one: a change inside a group changes the fact.
#[rustfmt::skip]
const CONTRASTS: &[&[&str]] = &[
    &["north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"],
    &["northern", "southern", "eastern", "western"],
    &["church", "mosque", "temple", "synagogue", "cathedral", "school", "stadium", "hospital"],
    &["first", "last"], &["highest", "lowest"], &["largest", "smallest"], &["biggest", "smallest"], &["best", "worst"], &["oldest", "youngest", "newest"],
    &["morning", "afternoon", "evening", "night"], &["local", "regional", "national", "international", "federal"],
    &["rose", "fell"], &["rise", "fall"], &["increase", "decrease", "increased", "decreased"], &["up", "down"], &["accepted", "rejected"], &["approved", "rejected"],
    &["brother", "sister", "father", "mother", "son", "daughter", "wife", "husband", "uncle", "aunt", "cousin", "granddaughter", "grandson", "grandmother", "grandfather", "niece", "nephew"],
    &["minor", "serious", "critical"], &["guilty", "innocent"], &["public", "private"], &["left", "right"], &["army", "navy"],
    &["spring", "summer", "autumn", "winter"], &["portrait", "landscape"], &["monthly", "weekly", "daily", "yearly"], &["before", "after"],
    &["revenue", "profit", "debt"], &["revenue", "loss"],
];

/// The stem that stands for all stems of one meaning.
pub(super) fn canon(norm: &str) -> &str {
    known(norm).unwrap_or_else(|| stem(norm))
}

/// The same for a word that the table knows.
pub(super) fn known(norm: &str) -> Option<&'static str> {
    let stem = stem(norm);
    TABLE.get(stem).copied()
}

/// All stems of [`SAME`] with the first of their group.
static TABLE: LazyLock<WordMap> = LazyLock::new(table);

fn table() -> WordMap {
    let mut out: Vec<(&str, &str)> = Vec::new();
    for group in SAME {
        let Some(&first) = group.first() else { continue };
        let first = stem(first);
        // the groups hold words and stems; both lead to the first word's stem
        out.extend(group.iter().flat_map(|&s| [(s, first), (stem(s), first)]));
    }
    out.sort_by_key(|&(s, _)| s);
    out.dedup_by_key(|pair| pair.0);
    out.into_iter().collect()
}

/// Whether the folded word stands in a group of words that exclude each other.
pub(super) fn contrasts(norm: &str) -> bool {
    static WORDS: LazyLock<WordMap> = LazyLock::new(|| CONTRASTS.iter().flat_map(|g| g.iter().map(|&w| (w, w))).collect());
    WORDS.contains_key(norm)
}

/// Whether the two folded words exclude each other.
pub(super) fn contrast(a: &str, b: &str) -> bool {
    a != b && CONTRASTS.iter().any(|group| group.contains(&a) && group.contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synonyms_and_contrasts() {
        assert_eq!(canon("houses"), canon("homes"));
        assert_eq!(canon("vessel"), canon("ships"));
        assert_ne!(canon("bridge"), canon("tunnel"));
        assert!(contrast("mosque", "church"));
        assert!(!contrast("church", "church"));
    }
}
