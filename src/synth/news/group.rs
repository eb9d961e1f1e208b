//! Pages of one event with the truth about them, and labelled pairs.

use super::event::{Event, shuffle};
use super::scenario::Part;
use super::telling::{Line, Writer, recut};
use super::{COPIES, Press, Report, Treatment, desk, paragraphs};
use crate::synth::corpus::Labelled;
use crate::synth::edit::Edit;
use crate::synth::random::Random;
use crate::synth::vocabulary::{Vocabulary, capitalized};
use serde::Serialize;

/// One page of a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PairPage {
    /// Id of the page in the corpus.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Its headline.
    pub title: Option<String>,
}

/// A labelled pair, as `wirecopy eval pairs` reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// One page.
    pub a: PairPage,
    /// The other.
    pub b: PairPage,
    /// The relation that the pair has: a label of [`Relation`](crate::verify::Relation).
    pub label: &'static str,
    /// What was done to the two: `heavy` beside its source, `heavy~light` beside each other; `other` for two events.
    pub kind: String,
}

/// Rows with the truth while they are made.
struct Group<'a> {
    press: &'a Press,
    number: u32,
    report: &'a Report<'a>,
    documents: Vec<Labelled>,
}

/// A page before it has an id.
struct Draft<'a> {
    event: &'a Event<'a>,
    /// Which of the headlines.
    headline: Part,
    writer: usize,
    sentences: Vec<String>,
    /// What stands before the first sentence.
    opening: String,
    /// Lines above and below the text.
    above: Option<String>,
    below: Option<String>,
    publisher: String,
}

impl Press {
    /// Pages of one number; the report of the agency is the first.
    pub(in crate::synth) fn pages(&self, number: u32, words: &Vocabulary) -> Vec<Labelled> {
        let (report, mut random) = self.report(number, words);
        let mut group = Group { press: self, number, report: &report, documents: Vec::new() };
        let lines = report.lines.clone();
        group.add(Treatment::Wire, group.wire_page(&lines), None, None, &mut random);
        let random = &mut Random::new(self.seed ^ COPIES, u64::from(number));
        group.copies(words, random);
        if number > 0 && random.percent(35) {
            let (other, _) = self.report(number - 1, words);
            group.mash(&other, words, random);
        }
        if random.percent(65) {
            group.independent(words, random);
        }
        if random.percent(45) {
            let later = report.event.months_later(random);
            let lines = desk::followup(&later, &report.lines, random);
            let sentences = self.sentences(&later, &lines);
            let opening = format!("{} ({}) - ", later.dateline(), report.agency);
            let publisher = report.agency.to_owned();
            let draft = Draft {
                event: &later,
                headline: Part::LaterHead,
                writer: random.below(2),
                sentences,
                opening,
                above: None,
                below: None,
                publisher,
            };
            group.add(Treatment::Followup, draft, Some("same_topic"), None, random);
        }
        if random.percent(40) {
            group.site_pages(words, random);
        }
        group.documents
    }

    /// Labelled pairs among the pages of one number, and with the report of the number before: as many derived as others.
    pub(in crate::synth) fn pairs(&self, number: u32, pages: &[Labelled], words: &Vocabulary) -> Vec<Pair> {
        let before = number.checked_sub(1).map(|n| {
            let (report, mut random) = self.report(n, words);
            let mut group = Group { press: self, number: n, report: &report, documents: Vec::new() };
            group.add(Treatment::Wire, group.wire_page(&report.lines), None, None, &mut random);
            group.documents.remove(0)
        });
        let (mut derived, mut others) = (Vec::new(), Vec::new());
        let rows = before.iter().chain(pages).enumerate().collect::<Vec<_>>();
        for (at, a) in &rows {
            for (_, b) in &rows[at + 1..] {
                if let Some((label, kind)) = truth(a, b) {
                    let page = |d: &Labelled| PairPage { id: d.id.clone(), text: d.text.clone(), title: d.title.clone() };
                    let pair = Pair { a: page(a), b: page(b), label, kind };
                    if matches!(label, "exact" | "near_duplicate" | "excerpt" | "rewrite") { derived.push(pair) } else { others.push(pair) }
                }
            }
        }
        let random = &mut Random::new(self.seed ^ COPIES ^ 1, u64::from(number));
        shuffle(&mut derived, random);
        shuffle(&mut others, random);
        let each = derived.len().min(others.len());
        derived.truncate(each);
        others.truncate(each);
        derived.append(&mut others);
        derived
    }
}

/// What two pages are to each other, and the name of the kind of pair; `None` where it is a matter of taste.
fn truth(a: &Labelled, b: &Labelled) -> Option<(&'static str, String)> {
    use Treatment::{Brief, Followup, Independent, Light, Mash, Template, Wire};
    let (Edit::News(x), Edit::News(y)) = (a.edit, b.edit) else { return None };
    let kind = || if x == Wire { y.to_string() } else { format!("{}~{}", x.min(y), x.max(y)) };
    let sources = |d: &Labelled| [d.src.clone(), d.second.clone()];
    if y == Mash {
        return (x == Wire && sources(b).contains(&Some(a.id.clone()))).then(|| ("excerpt", kind()));
    }
    if a.event != b.event && a.id[..7] != b.id[..7] {
        return (x == Wire && y == Wire).then(|| ("unrelated", "other".to_owned()));
    }
    if x == Mash {
        return None;
    }
    match (x, y) {
        (Template, Template) => Some(("same_topic", kind())),
        (Template, _) | (_, Template) => (x == Wire).then(|| ("unrelated", kind())),
        (Followup, _) | (_, Followup) => Some(("same_topic", kind())),
        (Independent, _) | (_, Independent) => Some(("same_event", kind())),
        // What two briefs have in common may be one sentence.
        (Brief, Brief) => None,
        (Brief | Light | Treatment::Heavy, _) | (_, Brief | Light | Treatment::Heavy) => Some(("rewrite", kind())),
        (Wire, _) => b.relation.map(|relation| (relation, kind())),
        _ if a.relation == Some("exact") => b.relation.map(|relation| (relation, kind())),
        _ if b.relation == Some("exact") => a.relation.map(|relation| (relation, kind())),
        _ => {
            let words = |d: &Labelled| d.text.split_whitespace().count();
            let (few, many) = (words(a).min(words(b)), words(a).max(words(b)));
            Some((if 10 * few >= 8 * many { "near_duplicate" } else { "excerpt" }, kind()))
        }
    }
}

impl<'a> Group<'a> {
    fn wire_page(&self, lines: &[Line]) -> Draft<'a> {
        let report = self.report;
        Draft {
            event: &report.event,
            headline: Part::Head,
            writer: 0,
            sentences: self.press.sentences(&report.event, lines),
            opening: format!("{} ({}) - ", report.event.dateline(), report.agency),
            above: None,
            below: None,
            publisher: report.agency.to_owned(),
        }
    }

    fn copies(&mut self, words: &Vocabulary, random: &mut Random) {
        let report = self.report;
        for copy in 0..random.between(2, 4) {
            let (event, wire) = (&report.event, report.lines.as_slice());
            let treatment = *random.pick(&[
                Treatment::Republication,
                Treatment::Republication,
                Treatment::Light,
                Treatment::Light,
                Treatment::Heavy,
                Treatment::Heavy,
                Treatment::Heavy,
                Treatment::Brief,
                Treatment::QuotesMoved,
            ]);
            let lines = match treatment {
                Treatment::Republication => desk::republished(wire, random),
                Treatment::Light => desk::lightly(event, wire, copy, random),
                Treatment::Heavy => desk::heavily(event, wire, copy, random),
                Treatment::Brief => desk::brief(event, wire, copy, random),
                _ => desk::quotes_moved(event, wire, random),
            };
            let publisher = paper(words, random);
            let kept = treatment == Treatment::Republication && random.percent(60);
            let draft = Draft {
                sentences: match treatment {
                    Treatment::Light => recut(self.press.sentences(event, &lines), random),
                    _ => self.press.sentences(event, &lines),
                },
                writer: 2 + copy % 3,
                opening: if kept { format!("{} ({}) - ", event.dateline(), report.agency) } else { String::new() },
                above: (!kept && random.percent(30)).then(|| format!("By {publisher} staff")),
                below: kept.then(|| format!("Copyright {}. All rights reserved.", report.agency)),
                publisher,
                ..self.wire_page(&[])
            };
            let own = draft.sentences.iter().map(String::len).sum::<usize>() as f64;
            let all = self.documents[0].text.len() as f64;
            let same = draft.sentences == self.press.sentences(event, wire);
            let relation = match treatment {
                Treatment::Republication if same => "exact",
                Treatment::Republication if own < 0.8 * all => "excerpt",
                Treatment::Republication | Treatment::QuotesMoved => "near_duplicate",
                _ => "rewrite",
            };
            self.add(treatment, draft, Some(relation), None, random);
        }
    }

    fn mash(&mut self, other: &Report<'_>, words: &Vocabulary, random: &mut Random) {
        let press = self.press;
        let mut parts = [self.report, other].map(|r| (press.sentences(&r.event, &desk::share(&r.lines, random)).into_iter(), 0));
        let mut sentences = Vec::new();
        let mut turn = 0;
        while parts.iter().any(|p| p.0.len() > 0) {
            parts[turn].1 += 1;
            sentences.extend(parts[turn].0.by_ref().take(random.between(2, 3)));
            turn = 1 - turn;
        }
        let draft = Draft { sentences, writer: 3, opening: String::new(), publisher: paper(words, random), ..self.wire_page(&[]) };
        self.add(Treatment::Mash, draft, Some("excerpt"), Some(format!("{:07}-00", self.number - 1)), random);
    }

    fn independent(&mut self, words: &Vocabulary, random: &mut Random) {
        let event = &self.report.event;
        let sentences = self.press.sentences(event, &desk::independent(event, random));
        let reporter = format!("By {} {}", random.word(&words.given), words.surnames.any(random));
        let draft = Draft {
            sentences,
            writer: 1,
            opening: if random.percent(30) { format!("{} - ", event.dateline()) } else { String::new() },
            above: random.percent(50).then_some(reporter),
            publisher: paper(words, random),
            ..self.wire_page(&[])
        };
        self.add(Treatment::Independent, draft, Some("same_event"), None, random);
    }

    fn site_pages(&mut self, words: &Vocabulary, random: &mut Random) {
        let site = random.below(40);
        let scenario = &self.press.sites[site % self.press.sites.len()];
        let publisher = format!("{} Online", capitalized(words.firms.word(site)));
        let mut first = None;
        for _ in 0..2 {
            let event = Event::new(scenario, words, random);
            let sentences = self.press.sentences(&event, &desk::filled(&event, site));
            let draft = Draft {
                event: &event,
                headline: Part::Head,
                writer: 0,
                sentences,
                opening: String::new(),
                above: None,
                below: None,
                publisher: publisher.clone(),
            };
            let relation = first.is_some().then_some("same_topic");
            self.add(Treatment::Template, draft, relation, None, random);
            let last = self.documents.len() - 1;
            self.documents[last].src.clone_from(&first);
            first.get_or_insert_with(|| self.documents[last].id.clone());
        }
    }

    /// Writes a draft down, with the truth.
    fn add(&mut self, treatment: Treatment, draft: Draft<'_>, relation: Option<&'static str>, second: Option<String>, random: &mut Random) {
        let place = self.documents.len();
        let number = i64::from(self.number);
        let own = matches!(treatment, Treatment::Mash | Treatment::Template | Treatment::Independent | Treatment::Followup);
        let event = match treatment {
            Treatment::Followup | Treatment::Template => format!("{:07}-{place:02}", self.number),
            _ => format!("{:07}", self.number),
        };
        let head: Vec<usize> = draft.event.scenario.of(draft.headline).collect();
        let title = head.first().map(|&head| {
            let line = Line::new(head, draft.event.way(head, draft.writer), random);
            Writer::new(draft.event, &self.press.synonyms).write(&line)
        });
        let mut text = String::new();
        if let Some(line) = draft.above {
            text.push_str(&line);
            text.push('\n');
        }
        text.push_str(&draft.opening);
        paragraphs(&mut text, &draft.sentences, random);
        if let Some(line) = draft.below {
            text.push('\n');
            text.push_str(&line);
        }
        self.documents.push(Labelled {
            id: format!("{:07}-{place:02}", self.number),
            text,
            title,
            date: Some(draft.event.day.to_string()),
            publisher: Some(draft.publisher),
            // Pages that derive from no other, or from two, are clusters of their own, with negative numbers.
            cluster: if own { -(100 * number + place as i64) - 1 } else { number },
            event: Some(event),
            edit: Edit::News(treatment),
            src: (place > 0).then(|| format!("{:07}-00", self.number)),
            second,
            relation,
        });
    }
}

pub(super) fn paper(words: &Vocabulary, random: &mut Random) -> String {
    format!("{} {}", words.places.any(random), random.word(&["Herald", "Courier", "Post", "Gazette", "Mirror"]))
}
