//! The rules that decide what a pair is. They are tried in order; the first that holds names the relation.

use super::Relation;
use super::features::Features;
use super::odds::SHORT;
use super::relation::Days;

/// Names of all rules, each with what it says to a reader.
pub const RULES: &[(&str, &str)] = &[
    ("too_few_words", "one of the texts has too few words to say anything"),
    ("same_words", "the two bodies have the same words"),
    ("each_made_of_the_other", "each body is made of the other to four fifths or more"),
    ("shorter_inside_longer", "four fifths or more of the shorter body stand in the longer"),
    ("shorter_takes_sentences", "the shorter took whole sentences of the longer as they were, beside text of its own"),
    ("copied_block", "long blocks of one stand in the other, among other text"),
    ("copied_prose", "two fifths or more of the shorter are copied, and figures, quotations or their order agree as well"),
    (
        "sentences_agree_in_order",
        "in other words, but more sentences agree on names, figures and content in the same order than independent reports have",
    ),
    ("same_facts_throughout", "in other words and another order, but with the names, figures and quotations of the other throughout"),
    ("copies_of_one_source", "both derive from a third text, and their sentences still agree in order"),
    ("same_quotation", "a quotation in common, otherwise own words: no derivation is claimed"),
    ("same_figures", "names and figures agree or follow in the same order, and none conflict"),
    ("same_specifics", "the same day with names and figures in common, or leads much alike"),
    ("event_of_its_source", "one derives from a text that is of the other's event"),
    ("other_day", "the texts speak from days apart: another occasion, whatever else is alike"),
    ("other_weekday", "the first weekdays that they name differ: probably another occasion"),
    ("conflicting_numbers", "sentences match, but their figures conflict: the same form filled again"),
    ("own_numbers", "the shorter has figures of its own"),
    ("same_names", "names or words in common, nothing that tells of one event"),
    ("nothing_in_common", "too little in common"),
];

/// What a rule of [`RULES`] says; the name itself for one that is not there.
#[must_use]
pub fn rule_text(rule: &str) -> &str {
    RULES.iter().find(|r| r.0 == rule).map_or(rule, |r| r.1)
}

/// Each body is made of the other to this share: near-duplicate.
const NEAR: f64 = 0.80;
/// The longer body of an excerpt has so many times the words of the shorter.
const CLEARLY_LONGER: f64 = 1.6;
/// Of the sentences with a partner, this share of the words stands in long common runs: they were taken over as they were.
const VERBATIM: f64 = 0.9;
/// Words of copied blocks that make an excerpt of a page with other text.
const BLOCK: usize = 80;
/// Share of the shorter body from which copied prose is evidence by itself.
const COPIED: f64 = 0.4;
/// Share of the shorter body's numbers from which the two have the same ones.
const SAME_NUMBERS: f64 = 0.4;
/// Log-odds that a pair with so much copied prose must reach, and one in other words.
const COPIED_LEAST: f64 = -1.0;
const OWN_WORDS_LEAST: f64 = 0.25;
/// Bodies with fewer words than this are empty pages, notices and stubs: equal ones say nothing.
const FLOOR: usize = 8;

/// What the rules look at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case<'a> {
    pub(super) f: &'a Features,
    /// Whether the bodies have the same words.
    pub(super) equal: bool,
    pub(super) days: Days,
    /// Sum of the evidence.
    pub(super) log_odds: f64,
}

/// Relation, rule and flag.
pub(super) type Decision = (Relation, &'static str, Option<&'static str>);

impl Case<'_> {
    /// The first rule that holds.
    pub(super) fn decide(&self) -> Decision {
        let f = self.f;
        if f.words[0].min(f.words[1]) < FLOOR {
            return (Relation::Unrelated, "too_few_words", None);
        }
        if self.equal {
            return (Relation::Exact, "same_words", None);
        }
        let conflict = self.veto();
        self.copied(conflict).or_else(|| self.rewritten(conflict)).unwrap_or_else(|| self.looser(conflict))
    }

    fn shorter(&self) -> usize {
        usize::from(self.f.words[1] < self.f.words[0])
    }

    /// Share of the shorter body that stands in the longer.
    fn of_shorter(&self) -> f64 {
        self.f.covered[self.shorter()]
    }

    /// What speaks against one story, whatever else is shared.
    fn veto(&self) -> Option<&'static str> {
        let f = self.f;
        let own_numbers = f.numbers_total >= 3.0 && f.number_share() < SAME_NUMBERS && f.numbers_shared < 4.5;
        // A page with a wrong date is still a copy when nearly all of it is copied; less may be the background of a running story.
        if self.of_shorter() >= NEAR && f.agreements >= f.conflicts && !own_numbers {
            return None;
        }
        if self.days.other_occasion(f) {
            return Some("other_day");
        }
        let few_agree = f.conflicts >= 3 && f.conflicts > f.agreements + 1;
        if few_agree || f.conflicts == 2 && f.agreements == 0 && f.number_share() < 0.5 {
            return Some("conflicting_numbers");
        }
        if self.days.weekdays_differ {
            return Some("other_weekday");
        }
        // A rewriter keeps figures; a text with figures of its own is a report of its own, or a template filled again.
        own_numbers.then_some("own_numbers")
    }

    /// Relations of texts that are copied for the most part.
    fn copied(&self, conflict: Option<&'static str>) -> Option<Decision> {
        let f = self.f;
        let (few, many) = (f.words[0].min(f.words[1]), f.words[0].max(f.words[1]));
        let (of_shorter, of_longer) = (self.of_shorter(), f.covered[1 - self.shorter()]);
        let near = of_shorter >= NEAR && of_longer >= NEAR && f.longest_prose.max(f.quote_words) >= 5;
        if near && !matches!(conflict, Some("own_numbers" | "conflicting_numbers")) {
            return Some((Relation::NearDuplicate, "each_made_of_the_other", None));
        }
        if conflict.is_some() {
            return None;
        }
        let longer = many as f64 >= CLEARLY_LONGER * few as f64;
        if longer && of_shorter >= NEAR && f.prose_words >= 15 {
            return Some((Relation::Excerpt, "shorter_inside_longer", None));
        }
        // What is shared is taken over as it was; the rest of the shorter page is about something else.
        if longer && of_shorter >= 0.6 && f.aligned_long[self.shorter()] >= VERBATIM && f.prose_words >= 40 {
            return Some((Relation::Excerpt, "shorter_takes_sentences", None));
        }
        let blocks = f.copied_blocks >= BLOCK && f.copied_blocks * 4 >= few && f.agreeing_in_own_words == 0;
        (of_longer < 0.5 && blocks).then_some((Relation::Excerpt, "copied_block", Some("partial")))
    }

    /// A text in changed words: prose evidence, another kind beside it, and enough of all together.
    fn rewritten(&self, conflict: Option<&'static str>) -> Option<Decision> {
        if conflict.is_some() {
            return None;
        }
        let f = self.f;
        let few = f.words[0].min(f.words[1]);
        let numbers = f.numbers_total >= 2.0 && f.number_share() >= SAME_NUMBERS;
        // In a short text two quoted words in common are as much as four in a long one.
        let quotes = f.quote_words >= 4 || few < SHORT && f.quoted_run >= 2;
        if self.of_shorter() >= COPIED {
            let prose = f.prose_words >= 20 && (f.prose_words * 2 >= few || f.longest_prose >= 8);
            let other = numbers || quotes || f.ordered_share() >= 0.5;
            return (prose && other && self.log_odds >= COPIED_LEAST).then_some((Relation::Rewrite, "copied_prose", None));
        }
        let other = quotes || numbers && f.numbers_shared >= 3.0;
        if !other || self.log_odds < OWN_WORDS_LEAST {
            return None;
        }
        if self.agrees_in_order(quotes) {
            return Some((Relation::Rewrite, "sentences_agree_in_order", None));
        }
        self.agrees_throughout().then_some((Relation::Rewrite, "same_facts_throughout", None))
    }

    /// Sentences agree on specifics in the same order, more of them than independent reports of one event happen to have: on
    /// the newsrooms that were looked at these reach four at the most, and no quarter of the sentences.
    fn agrees_in_order(&self, quotes: bool) -> bool {
        let f = self.f;
        let share = f.ordered_share();
        let with_figures = f.ordered >= 4 && share >= 0.2 && f.agreements >= 7;
        // A few sentences in order say little: every report of the event begins with the same facts.
        let brief = f.sentences_fewer <= 6 && f.ordered >= 2 && share >= 0.5 && (self.of_shorter() >= 0.25 || quotes);
        f.ordered >= 5 && share >= 0.27 || with_figures || brief
    }

    /// Told in an order of its own, but with the names, figures and quotations of the other: two reporters share nearly all
    /// of these only where both had one text before them.
    fn agrees_throughout(&self) -> bool {
        let f = self.f;
        f.names >= 10
            && f.names_shared >= 0.8
            && f.numbers_shared >= 8.0
            && f.number_share() >= 0.6
            && f.agreements >= 8
            && f.agreements >= 3 * f.conflicts
            && f.quote_words >= 4
    }

    /// Relations without a claim of derivation.
    fn looser(&self, conflict: Option<&'static str>) -> Decision {
        let (f, days) = (self.f, self.days);
        // Who tells of the day after names another weekday first; a long quotation in common says that it is one occasion.
        let same_statement = f.quote_words >= 8 && f.names >= 3 && f.names_shared >= 0.4;
        // An official notice is quoted year after year: without names or figures in common it joins no two reports.
        let named = f.names < 3 || f.names_shared >= 0.2 || f.numbers_shared >= 1.5;
        let open = conflict.is_none_or(|c| c == "own_numbers" && named || c == "other_weekday" && same_statement);
        if f.quote_words >= 4 && open {
            return (Relation::SharedQuotes, "same_quotation", None);
        }
        // Where no day is named, figures that agree and sentences that follow each other alike tell one occasion from the next:
        // a later report has figures of its own, and those of the template conflict.
        let figures = f.numbers_total >= 3.0 && f.number_share() >= 0.5 && f.conflicts == 0;
        let alike = f.names >= 3 && f.names_shared >= 0.4 && (figures || f.ordered >= 4 && f.agreements >= f.conflicts);
        if conflict.is_none() && alike {
            return (Relation::SameEvent, "same_figures", None);
        }
        let same_day = days.apart == Some(0) || days.apart.is_none() && days.weekdays_agree;
        let names = f.names >= 4 && f.names_shared >= 0.5;
        // Two desks may name other people; three and more figures of one day in common are those of one event.
        let of_one_day = days.apart == Some(0) && f.numbers_shared >= 3.0 && f.names >= 4 && f.names_shared >= 0.15;
        let specific = f.numbers_shared >= 1.3 && f.names_shared >= 0.25 || of_one_day;
        let agree = conflict.is_none() || conflict == Some("own_numbers") && f.agreements + 1 >= f.conflicts;
        if agree && (same_day && (specific || names) || f.lead >= 0.36) {
            return (Relation::SameEvent, "same_specifics", None);
        }
        if f.names_shared >= 0.3 && f.names >= 3 || f.lead >= 0.2 || f.content >= 0.3 {
            return (Relation::SameTopic, conflict.unwrap_or("same_names"), None);
        }
        (Relation::Unrelated, conflict.unwrap_or("nothing_in_common"), None)
    }
}
