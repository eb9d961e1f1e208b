//! The sentences of the made-up language, as templates.
//!
//! `{slot}` is filled by a word or by a template of another list; a list uses only lists that stand below it, so that
//! filling ends. `^` makes the first letter of a slot a capital; `a` before a slot is `an` where it must be.

/// Whole sentences, without their first capital and their full stop.
pub(super) const SENTENCES: &[&str] = &[
    "{clause}",
    "{clause} {around}",
    "{clause} {time}",
    "{clause} {around} {time}",
    "{clause} {time}, {says}",
    "{clause}, {says}",
    "{says} that {clause}",
    "{says} {time} that {clause}",
    "{time}, {clause}",
    "{link} {clause}, {clause}",
    "{clause} {link} {clause}",
    "{clause}, and {clause} {time}",
    "{clause}, but {clause}",
    "{clause}, while {clause}",
    "\"^{clause},\" {says}. \"^{clause}.\"",
    "\"^{clause} {around},\" {says} {time}",
    "\"^{clause},\" {says}",
    "{says} \"{clause}\"",
    "{says} that {things} would be \"{adjective} and {adjective}\"",
    "{person}, {age}, {verbed} {thing} {around} {time}",
    "{person}, the {role} of {body}, {verbed} {thing} {time}",
    "{body} {verbed} {number} {nouns} {time}, up from {number}",
    "{body} {verbed} {number} {nouns} and {number} {nouns} {around}",
    "{nouns} {rose} {percent} percent to {money} {time}, {says}",
    "{thing} {rose} to {money}, compared with {money} {time}",
    "{thing} - {around} - {verbed} {thing}",
    "there were {number} {nouns} {around} {time}, {says}",
    "it was not clear {link} {clause}",
    "{around}, {clause}",
    "{number} {nouns} {verbed} {around} {link} {clause}",
];

/// What somebody did.
pub(super) const CLAUSES: &[&str] = &[
    "{thing} {verbed} {thing}",
    "{thing} {verbed} {thing}",
    "{thing} {adverb} {verbed} {thing}",
    "{things} {verbed} {thing} {around}",
    "{thing} had {verbed} {thing}",
    "{thing} has {verbed} {things}",
    "{thing} was {verbed} {around}",
    "{things} were {verbed} by {thing}",
    "{thing} will {verb} {thing}",
    "{things} would {verb} {thing}",
    "{thing} could not {verb} {thing}",
    "{things} did not {verb} {things}",
    "{thing} may {verb} {things} {around}",
    "{thing} agreed to {verb} {thing}",
    "{things} refused to {verb} {thing}",
    "{thing} wants to {verb} {thing}",
    "{person} {verbed} {thing}",
    "{body} {verbed} {thing}",
    "{person} did not {verb} {things}",
    "the {noun} is {adjective} and the {noun} is {adjective}",
    "{things} should {verb} {things} and {verb} {things}",
    "{thing} must {verb} {thing} before {things} {verb} {things}",
];

/// Who says so.
pub(super) const SAYS: &[&str] = &[
    "{person} said",
    "{person} said",
    "{surname} said",
    "{surname} told reporters",
    "{role} {person} said",
    "the {role} said",
    "{body} said",
    "{body} said in a statement",
    "{surname} added",
    "{thing} said",
    "according to {thing}",
    "{things} from {place} said",
    "{person} of {body} wrote",
];

/// Under what circumstances.
pub(super) const AROUND: &[&str] = &[
    "in {place}",
    "in {place}",
    "near {place}",
    "after {things}",
    "after {thing}",
    "before {thing}",
    "with {things}",
    "without {thing}",
    "against {thing}",
    "for {things}",
    "for {thing}",
    "at {thing}",
    "under {thing}",
    "during {thing}",
    "because of {things}",
    "despite {thing}",
    "between {place} and {place}",
    "over {things}",
    "about {thing}",
    "through {thing}",
    "from {place} to {place}",
    "into {thing}",
    "by {things}",
];

/// When.
pub(super) const TIMES: &[&str] = &[
    "on {day}",
    "on {day}",
    "late on {day}",
    "early on {day}",
    "last {day}",
    "in {month}",
    "on {month} {date}",
    "on {month} {date}, {year}",
    "this week",
    "last month",
    "since {year}",
    "in {year}",
    "{small} {nouns} ago",
    "by {month} {year}",
    "until {month} {date}",
];

/// Single things.
pub(super) const THING: &[&str] = &[
    "the {noun}",
    "the {noun}",
    "the {adjective} {noun}",
    "the {adjective} {noun}",
    "a {noun}",
    "a {adjective} {noun}",
    "a {noun} of {nouns}",
    "the {noun} of {place}",
    "{place}'s {noun}",
    "{place}'s {adjective} {noun}",
    "the {noun} {noun}",
    "a {adjective} {noun} {noun}",
    "the {noun} of the {noun}",
    "{body}",
    "{surname}",
    "its {noun}",
    "their {adjective} {noun}",
    "{surname}'s {noun}",
    "the {noun} in {place}",
    "this {noun}",
    "no {noun}",
    "every {adjective} {noun}",
    "the {month} {noun}",
    "the {year} {noun}",
];

/// Several things.
pub(super) const THINGS: &[&str] = &[
    "{nouns}",
    "{adjective} {nouns}",
    "{adjective} {noun} {nouns}",
    "{number} {nouns}",
    "{number} {adjective} {nouns}",
    "more than {number} {nouns}",
    "about {number} {nouns}",
    "the {nouns}",
    "{nouns} and {nouns}",
    "many {nouns}",
    "several {adjective} {nouns}",
    "{nouns} from {place}",
    "some of the {nouns}",
    "its {nouns}",
    "other {nouns}",
    "{place}'s {nouns}",
];

/// Between clauses.
pub(super) const LINKS: &[&str] = &["when", "after", "before", "because", "although", "if", "as", "once", "where", "whether"];

/// Movements of figures.
pub(super) const ROSE: &[&str] = &["rose", "fell", "climbed", "dropped", "jumped", "slid", "gained", "went up", "went down"];
