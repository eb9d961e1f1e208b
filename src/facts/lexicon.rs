//! Word tables of general English that the record readers share. All lists are sorted for binary search.

/// Whether the sorted `table` holds `word`.
pub(crate) fn holds(table: &[&str], word: &str) -> bool {
    table.binary_search(&word).is_ok()
}

/// Verbs that report what somebody says, in the forms that news prose uses.
#[rustfmt::skip]
pub(crate) const REPORTING: &[&str] = &[
    "accused", "accusing", "acknowledged", "added", "adding", "admitted", "admitting", "advised", "agreed", "alleged", "alleges",
    "announced", "announcing", "argued", "arguing", "asked", "assured", "blamed", "boasted", "branded", "called", "calling", "calls",
    "cautioned", "claimed", "claiming", "claims", "commented", "complained", "conceded", "concluded", "condemned", "confirmed",
    "confirming", "criticised", "criticising", "criticized", "criticizing", "declared", "declaring", "demanded", "denied", "denies",
    "denounced", "denouncing", "derided", "described", "describing", "disclosed", "dismissed", "emphasised", "emphasized", "estimated",
    "explained", "explaining", "expressed", "found", "hailed", "indicated", "insisted", "insisting", "insists", "joked", "judged",
    "lamented", "maintained", "mentioned", "noted", "noting", "observed", "outlined", "pledged", "posted", "praised", "predicted",
    "promised", "promising", "proposed", "quipped", "raised", "raising", "reacted", "recalled", "recounted", "remarked", "repeated",
    "replied", "reported", "reporting", "responded", "revealed", "revealing", "ruled", "said", "say", "saying", "says", "shouted",
    "showed", "shows", "spoke", "stated", "states", "stating", "stressed", "suggested", "suggesting", "suggests", "swore", "tell",
    "telling", "tells", "testified", "thanked", "told", "tweeted", "urged", "urges", "urging", "voiced", "vowed", "vowing", "warned",
    "warning", "warns", "welcomed", "wrote", "yelled",
];

/// The part of [`REPORTING`] that stands before or after a quotation as its own verb of saying.
#[rustfmt::skip]
pub(crate) const SAYING: &[&str] = &[
    "acknowledged", "added", "adding", "admitted", "alleged", "announced", "argued", "asked", "asserted", "claimed", "commented",
    "complained", "conceded", "concluded", "confirmed", "declared", "denied", "estimated", "explained", "found", "insisted", "noted",
    "predicted", "remarked", "repeated", "replied", "reported", "responded", "revealed", "said", "say", "says", "showed", "stated",
    "stressed", "suggested", "testified", "told", "tweeted", "warned", "wrote",
];

/// Verbs of saying that leave doubt.
#[rustfmt::skip]
pub(crate) const HEDGED_VERBS: &[&str] = &[
    "alleged", "alleges", "claimed", "claiming", "claims", "insinuated", "purported",
];

/// Adverbs that leave doubt about a whole statement.
#[rustfmt::skip]
pub(crate) const HEDGE_ADVERBS: &[&str] = &[
    "allegedly", "apparently", "purportedly", "reportedly", "supposedly",
];

/// Personal pronouns that stand for a speaker.
pub(crate) const PRONOUNS: &[&str] = &["he", "it", "she", "they", "we"];

/// Nouns that say who somebody is.
#[rustfmt::skip]
const ROLE_NOUNS: &[&str] = &[
    "activist", "actor", "adviser", "advisor", "aide", "ambassador", "analyst", "apprentice", "archbishop", "archduke", "architect",
    "artist", "attendant", "author", "baker", "banker", "baron", "barrister", "beekeeper", "bishop", "bookkeeper", "boss", "brigadier",
    "broker", "builder", "butcher", "campaigner", "candidate", "captain", "cardinal", "caretaker", "carpenter", "chairman",
    "chairperson", "chairwoman", "chancellor", "chief", "clerk", "coach", "colleague", "colonel", "columnist", "commander",
    "commissioner", "commuter", "conductor", "congressman", "congresswoman", "conservator", "consultant", "cook", "coordinator",
    "correspondent", "councillor", "councilman", "counsel", "counsellor", "counterpart", "curator", "dean", "defender", "deputy",
    "designer", "detective", "diplomat", "director", "doctor", "driver", "economist", "editor", "electrician", "emperor", "engineer",
    "envoy", "epidemiologist", "executive", "expert", "farmer", "father", "firefighter", "fisherman", "founder", "gardener", "general",
    "geologist", "goalkeeper", "governor", "graduate", "grandfather", "grandmother", "grower", "guard", "guide", "head", "headteacher",
    "historian", "inspector", "instructor", "journalist", "judge", "keeper", "king", "landlady", "landlord", "lawmaker", "lawyer",
    "leader", "lecturer", "librarian", "lieutenant", "lifeguard", "lobbyist", "magistrate", "major", "manager", "marshal", "mayor",
    "mechanic", "mediator", "midfielder", "midwife", "minister", "monk", "mother", "mp", "musician", "negotiator", "neighbor",
    "neighbour", "nun", "nurse", "officeholder", "officer", "official", "organiser", "organizer", "owner", "painter", "paramedic",
    "partner", "passenger", "pensioner", "physician", "physicist", "pilot", "player", "plumber", "poet", "policeman", "politician",
    "pope", "porter", "predecessor", "premier", "president", "priest", "prince", "princess", "principal", "producer", "professor",
    "prosecutor", "queen", "ranger", "referee", "representative", "researcher", "resident", "retiree", "rider", "rival", "sailor",
    "schoolteacher", "scientist", "seaman", "secretary", "seismologist", "senator", "sergeant", "shepherd", "sheriff", "shopkeeper",
    "shopper", "singer", "skipper", "soldier", "solicitor", "speaker", "spokesman", "spokesperson", "spokeswoman", "strategist",
    "striker", "student", "successor", "superintendent", "surgeon", "survivor", "tailor", "teacher", "technician", "teenager",
    "tenant", "trader", "trainer", "treasurer", "trustee", "vendor", "veteran", "vicar", "victim", "villager", "virologist",
    "volunteer", "waiter", "waitress", "welder", "widow", "widower", "winemaker", "witness", "worker", "writer", "zookeeper",
];

/// Short titles written before a name.
#[rustfmt::skip]
const SHORT_TITLES: &[&str] = &[
    "brig", "capt", "cmdr", "col", "cpl", "dame", "det", "dr", "gen", "gov", "insp", "lady", "lord", "lt", "maj", "miss", "mr", "mrs",
    "ms", "prof", "rep", "rev", "sen", "sgt", "sir", "supt",
];

/// Forms of address that say nothing about who somebody is.
pub(crate) const ADDRESS: &[&str] = &["dame", "lady", "lord", "miss", "mr", "mrs", "ms", "sir"];

/// Capitalized words that stand inside a title before its noun (`Prime`, `Foreign`).
#[rustfmt::skip]
const TITLE_PARTS: &[&str] = &[
    "acting", "agriculture", "assistant", "associate", "attorney", "cabinet", "civil", "council", "crown", "culture", "defence",
    "defense", "deputy", "district", "economy", "education", "emergency", "energy", "environment", "executive", "federal", "finance",
    "first", "foreign", "former", "health", "home", "house", "housing", "industry", "interim", "interior", "justice", "labor", "labour",
    "managing", "national", "outgoing", "police", "prime", "regional", "senior", "state", "trade", "transport", "treasury", "vice",
];

/// Whether the folded word is a noun that says who somebody is (singular or plural).
pub(crate) fn is_role_noun(norm: &str) -> bool {
    let one = norm.strip_suffix('s').unwrap_or(norm);
    holds(ROLE_NOUNS, norm)
        || holds(ROLE_NOUNS, one)
        || one.len() > 6 && (one.ends_with("ist") || one.ends_with("woman") || one.ends_with("person"))
}

/// Whether the folded word is a title before a name (`Gen`, `Mr`).
pub(crate) fn is_short_title(norm: &str) -> bool {
    holds(SHORT_TITLES, norm)
}

/// Whether the folded word can stand before a role noun as a part of a title.
pub(crate) fn is_title_part(norm: &str) -> bool {
    holds(TITLE_PARTS, norm) || is_role_noun(norm)
}

#[rustfmt::skip]
const MONTHS: &[&str] = &[
    "apr", "april", "aug", "august", "dec", "december", "feb", "february", "jan", "january", "jul", "july", "jun", "june", "mar", "march",
    "may", "nov", "november", "oct", "october", "sep", "sept", "september",
];

#[rustfmt::skip]
const WEEKDAYS: &[&str] = &[
    "fri", "friday", "fridays", "mon", "monday", "mondays", "sat", "saturday", "saturdays", "sun", "sunday", "sundays", "thu", "thursday",
    "thursdays", "tue", "tuesday", "tuesdays", "wed", "wednesday", "wednesdays",
];

/// Whether the folded word is a month's name.
pub(crate) fn is_month(norm: &str) -> bool {
    holds(MONTHS, norm)
}

/// Whether the folded word is a weekday's name.
pub(crate) fn is_weekday(norm: &str) -> bool {
    holds(WEEKDAYS, norm)
}

/// Negating words.
#[rustfmt::skip]
const NEGATIONS: &[&str] = &[
    "arent", "cannot", "cant", "couldnt", "didnt", "doesnt", "dont", "hadnt", "hasnt", "havent", "isnt", "neither", "never", "no",
    "nobody", "none", "nor", "not", "nothing", "refused", "shouldnt", "wasnt", "werent", "without", "wont", "wouldnt",
];

/// Whether the folded word negates its clause.
pub(crate) fn is_negation(norm: &str) -> bool {
    holds(NEGATIONS, norm)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        for table in [
            REPORTING,
            SAYING,
            HEDGED_VERBS,
            HEDGE_ADVERBS,
            PRONOUNS,
            ROLE_NOUNS,
            SHORT_TITLES,
            ADDRESS,
            TITLE_PARTS,
            MONTHS,
            WEEKDAYS,
            NEGATIONS,
        ] {
            for pair in table.windows(2) {
                assert!(pair[0] < pair[1], "{pair:?}");
            }
        }
    }
}
