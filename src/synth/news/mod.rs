//! News-like corpora: the report of an agency, rewrites of many kinds, and reports that look alike but are not derived.
//!
//! | part | what it is |
//! |---|---|
//! | `scenario` | kinds of events: facts with at least five ways to tell each, read from the `.txt` files beside it |
//! | `event` | the values of one event: names, figures, days |
//! | `telling` | sentences from facts, synonyms |
//! | `desk` | which facts a page tells, in which ways and order |
//! | `group` | pages of one event, with the truth, and labelled pairs of them |
//! | `chain` | pages made from pages made from pages |

mod chain;
mod desk;
mod event;
mod group;
mod scenario;
mod telling;

pub use group::{Pair, PairPage};

use super::random::Random;
use super::vocabulary::Vocabulary;
use event::Event;
use scenario::Scenario;
use serde::{Serialize, Serializer};
use std::fmt;
use telling::{Line, Synonyms, Writer};

/// How a page of a news-like corpus came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Treatment {
    /// The report of an agency.
    Wire,
    /// It under another headline, lightly edited, cut at the end.
    Republication,
    /// Its sentences in other words, parted and joined, the order mostly kept.
    Light,
    /// Every sentence told anew from the same facts, reordered in part, quotations partly as indirect speech.
    Heavy,
    /// Two to four sentences of it.
    Brief,
    /// Woven from two reports.
    Mash,
    /// Its quotations in other places.
    QuotesMoved,
    /// No copy: a page that a site fills with other values each time.
    Template,
    /// No copy: another reporter tells of the same event.
    Independent,
    /// No copy: the story months later.
    Followup,
}

impl fmt::Display for Treatment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Wire => "base",
            Self::Republication => "republication",
            Self::Light => "light",
            Self::Heavy => "heavy",
            Self::Brief => "brief",
            Self::Mash => "mash",
            Self::QuotesMoved => "quotes_moved",
            Self::Template => "template",
            Self::Independent => "independent",
            Self::Followup => "followup",
        })
    }
}

impl Serialize for Treatment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

const COMMON: &str = include_str!("common.txt");
const SCENARIOS: [&str; 5] = [
    include_str!("fire.txt"),
    include_str!("storm.txt"),
    include_str!("strike.txt"),
    include_str!("verdict.txt"),
    include_str!("deal.txt"),
];
const SITES: [&str; 2] = [include_str!("market.txt"), include_str!("match.txt")];

/// Keeps the numbers of news-like corpora apart from those of others with the same seed.
const BASES: u64 = 0x6e65_7773;
const COPIES: u64 = 0x636f_7079;

/// All that pages are made from.
pub(super) struct Press {
    seed: u64,
    scenarios: Vec<Scenario>,
    sites: Vec<Scenario>,
    synonyms: Synonyms,
}

/// The report of an agency about one event.
struct Report<'a> {
    event: Event<'a>,
    lines: Vec<Line>,
    agency: &'static str,
}

impl Press {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            seed,
            scenarios: SCENARIOS.iter().map(|s| Scenario::read(&[s, COMMON])).collect(),
            sites: SITES.iter().map(|s| Scenario::read(&[s])).collect(),
            synonyms: Synonyms::read(include_str!("synonyms.txt")),
        }
    }

    fn report(&self, number: u32, words: &Vocabulary) -> (Report<'_>, Random) {
        let mut random = Random::new(self.seed ^ BASES, u64::from(number));
        let event = Event::new(random.pick(&self.scenarios), words, &mut random);
        let lines = desk::wire(&event, &mut random);
        let agency = random.word(&["Continental Press", "Union Wire", "Meridian News Agency", "Northern Telegraph"]);
        (Report { event, lines, agency }, random)
    }

    fn sentences(&self, event: &Event<'_>, lines: &[Line]) -> Vec<String> {
        let mut writer = Writer::new(event, &self.synonyms);
        lines.iter().map(|l| writer.write(l)).collect()
    }
}

/// Adds sentences in paragraphs of one to three.
fn paragraphs(text: &mut String, sentences: &[String], random: &mut Random) {
    let mut left = 0;
    for (at, sentence) in sentences.iter().enumerate() {
        if left == 0 {
            left = random.between(1, 3);
            text.push_str(if at == 0 { "" } else { "\n" });
        } else {
            text.push(' ');
        }
        left -= 1;
        text.push_str(sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn figures(text: &str) -> BTreeSet<String> {
        text.split(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.'))
            .map(|t| t.trim_matches(['.', ',']).to_owned())
            .filter(|t| !t.is_empty())
            .collect()
    }

    fn names(text: &str) -> BTreeSet<String> {
        // Capitals inside a sentence.
        let words: Vec<&str> = text.split(' ').collect();
        let inside = words.windows(2).filter(|w| w[0].ends_with(|c: char| c.is_alphanumeric() || c == ','));
        inside
            .map(|w| w[1].trim_matches(|c: char| !c.is_alphanumeric()))
            .filter(|w| w.starts_with(char::is_uppercase))
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn rewrites_change_no_figure_name_or_day() {
        let (press, words) = (Press::new(5), Vocabulary::new());
        for number in 0..400 {
            let (report, mut random) = press.report(number, &words);
            let event = &report.event;
            let mut known: BTreeSet<String> = event.values.values().flat_map(|v| figures(v)).collect();
            known.extend(figures(&event.dateline()));
            let mut called: BTreeSet<String> = event.values.values().flat_map(|v| v.split(' ')).map(str::to_owned).collect();
            called.extend(event.persons.values().flat_map(|p| [p.given.clone(), p.surname.clone()]));
            // The only other name of any file.
            called.insert("Asia".to_owned());
            for lines in [
                report.lines.clone(),
                desk::lightly(event, &report.lines, 2, &mut random),
                desk::heavily(event, &report.lines, 0, &mut random),
                desk::heavily(event, &report.lines, 1, &mut random),
                desk::brief(event, &report.lines, 2, &mut random),
                desk::quotes_moved(event, &report.lines, &mut random),
            ] {
                for sentence in press.sentences(event, &lines) {
                    assert!(figures(&sentence).is_subset(&known), "{sentence}");
                    let inside = names(sentence.split('"').next().unwrap_or(""));
                    let strange: Vec<&String> =
                        inside.iter().filter(|n| !called.iter().any(|c| c.starts_with(n.trim_end_matches("'s")))).collect();
                    assert!(strange.is_empty(), "{strange:?} in {sentence}");
                    assert!(!sentence.contains(['{', '}', '[', ']', '|', '@']) && !sentence.contains("  "), "{sentence}");
                    assert!(sentence.ends_with(['.', '"']), "{sentence}");
                }
            }
        }
    }

    #[test]
    fn every_fact_can_be_told_in_enough_ways() {
        let press = Press::new(1);
        for scenario in &press.scenarios {
            for fact in &scenario.facts {
                let enough = match fact.part {
                    scenario::Part::Core | scenario::Part::More | scenario::Part::Head => 5,
                    scenario::Part::Quote => 8,
                    scenario::Part::Voice => 5,
                    _ => 2,
                };
                assert!(fact.ways.len() >= enough, "{:?} {:?}", fact.part, fact.ways);
                for way in &fact.ways {
                    assert!(!way.contains(|c: char| c.is_ascii_digit()) || way.contains('{'), "{way}");
                }
            }
            assert!(scenario.of(scenario::Part::Core).count() == 4 && scenario.of(scenario::Part::More).count() >= 10);
        }
        let slots = press.scenarios.iter().chain(&press.sites);
        for scenario in slots {
            let event = Event::new(scenario, &Vocabulary::new(), &mut Random::new(1, 1));
            for way in scenario.facts.iter().flat_map(|f| &f.ways) {
                for slot in way.split('{').skip(1).filter_map(|s| s.split('}').next()) {
                    assert!(event.values.contains_key(slot) || event.persons.contains_key(slot), "{slot} in {way}");
                }
            }
        }
    }
}
