//! Chains: each page is made from another page, not from the facts, and passes on what it found there: words, slips, vague
//! figures, cut quotations.
//!
//! How often each step is taken is a guess at newsrooms made beforehand, never fitted to what tracing can see.

use super::event::{Event, shuffle};
use super::scenario::Part;
use super::telling::{Line, Writer};
use super::{Press, Treatment, desk, paragraphs};
use crate::synth::corpus::Labelled;
use crate::synth::edit::Edit;
use crate::synth::random::Random;
use crate::synth::vocabulary::Vocabulary;
use jiff::ToSpan as _;
use jiff::civil::Date;

/// Keeps the numbers of chains apart from those of other corpora with the same seed.
const CHAINS: u64 = 0x6368_6169;

/// Agencies that pages of chains credit.
const AGENCIES: [&str; 8] = ["AFP", "AP", "Reuters", "dpa", "EFE", "ANSA", "PA", "Xinhua"];

/// What was done to the words of a sentence, in this order.
#[derive(Clone, Debug)]
enum Touch {
    /// So many of 100 words that have a synonym became one.
    Words(u8, u32),
    /// So many of 100 words of its quotation are left, the first or the last.
    Cut(u8, bool),
}

#[derive(Clone, Debug)]
struct Worded {
    line: Line,
    touches: Vec<Touch>,
}

/// How a page names the agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Named {
    Dateline,
    End,
    Inputs,
    Not,
}

/// A page while it is made: the facts as it has them, and its sentences.
#[derive(Clone)]
struct Page<'a> {
    event: Event<'a>,
    lines: Vec<Worded>,
    title: String,
    named: Named,
    bare: bool,
    day: Date,
    treatment: Treatment,
    parent: Option<usize>,
}

/// How often the steps of one manner of copying are taken, of 100 chances each.
struct Manner {
    treatment: Treatment,
    dropped: usize,
    reworded: usize,
    retold: usize,
    tail: usize,
    vague: usize,
    slips: [usize; 3],
    cut: usize,
    moves: usize,
    own: usize,
    title_kept: usize,
    named: [usize; 3],
}

const MANNERS: [Manner; 3] = [
    Manner {
        treatment: Treatment::Republication,
        dropped: 3,
        reworded: 6,
        retold: 0,
        tail: 30,
        vague: 1,
        slips: [8, 0, 0],
        cut: 2,
        moves: 0,
        own: 0,
        title_kept: 40,
        named: [40, 30, 5],
    },
    Manner {
        treatment: Treatment::Light,
        dropped: 9,
        reworded: 60,
        retold: 20,
        tail: 12,
        vague: 5,
        slips: [50, 15, 0],
        cut: 15,
        moves: 1,
        own: 5,
        title_kept: 12,
        named: [8, 30, 12],
    },
    Manner {
        treatment: Treatment::Heavy,
        dropped: 16,
        reworded: 10,
        retold: 80,
        tail: 10,
        vague: 12,
        slips: [60, 35, 15],
        cut: 30,
        moves: 4,
        own: 35,
        title_kept: 4,
        named: [1, 10, 9],
    },
];

impl Press {
    /// Three to six copies in a chain or, in two of five numbers, with branches; sometimes a report beside them that owes them nothing.
    pub(in crate::synth) fn chain(&self, number: u32, words: &Vocabulary) -> Vec<Labelled> {
        let random = &mut Random::new(self.seed ^ CHAINS, u64::from(number));
        let event = Event::new(random.pick(&self.scenarios), words, random);
        let agency = random.word(&AGENCIES);
        let mut pages = vec![self.first(&event, random)];
        let branching = random.percent(40);
        for copy in 1..=random.between(3, 6) {
            let from = if branching && random.percent(35) { random.below(copy) } else { copy - 1 };
            let manner = match random.below(100) {
                0..30 => &MANNERS[0],
                30..68 => &MANNERS[1],
                _ => &MANNERS[2],
            };
            let page = self.copied(from, &pages[from], manner, random);
            pages.push(page);
        }
        if random.percent(40) {
            pages.push(self.own_report(&event, random));
        }
        // No id tells who was first.
        let mut places: Vec<usize> = (0..pages.len()).collect();
        shuffle(&mut places, random);
        let mut out: Vec<Labelled> = (0..pages.len()).map(|at| self.labelled(number, &pages, &places, at, agency, words, random)).collect();
        out.sort_by(|a, b| a.id.cmp(&b.id));
        out
    }

    fn first<'a>(&self, event: &Event<'a>, random: &mut Random) -> Page<'a> {
        let lines = desk::wire(event, random);
        let (named, bare) = match random.below(100) {
            0..55 => (Named::Dateline, true),
            55..80 => (Named::Dateline, false),
            _ => (Named::Not, false),
        };
        let lines = lines.into_iter().map(|line| Worded { line, touches: Vec::new() }).collect();
        let title = self.title(event, 0, random);
        Page { event: event.clone(), lines, title, named, bare, day: event.day, treatment: Treatment::Wire, parent: None }
    }

    fn own_report<'a>(&self, event: &Event<'a>, random: &mut Random) -> Page<'a> {
        let lines = desk::independent(event, random).into_iter().map(|line| Worded { line, touches: Vec::new() }).collect();
        let day = event.day.saturating_add((random.below(2) as i64).days());
        let title = self.title(event, 1, random);
        Page { event: event.clone(), lines, title, named: Named::Not, bare: false, day, treatment: Treatment::Independent, parent: None }
    }

    fn title(&self, event: &Event<'_>, writer: usize, random: &mut Random) -> String {
        let Some(head) = event.scenario.of(Part::Head).next() else { return String::new() };
        Writer::new(event, &self.synonyms).write(&Line::new(head, event.way(head, writer), random))
    }

    fn copied<'a>(&self, parent: usize, from: &Page<'a>, manner: &Manner, random: &mut Random) -> Page<'a> {
        let mut event = from.event.clone();
        for chance in manner.slips {
            if random.percent(chance) {
                slip(&mut event, random);
            }
        }
        for figure in &from.event.scenario.figures {
            if random.percent(manner.vague)
                && let Some(told) = event.values.get(figure.name).and_then(|v| vague(v, random))
            {
                event.values.insert(figure.name, told);
            }
        }
        let rewriter = random.below(3);
        let mut lines: Vec<Worded> = Vec::new();
        for (at, line) in from.lines.iter().enumerate() {
            if at == 0 || !random.percent(manner.dropped) {
                lines.push(reworded(&event, line, manner, rewriter, random));
            }
        }
        if random.percent(manner.tail) {
            lines.truncate((lines.len() - random.between(0, lines.len() / 2)).max(4).min(lines.len()));
        }
        for _ in 0..random.between(0, manner.moves) {
            if lines.len() > 3 {
                let line = lines.remove(random.between(1, lines.len() - 1));
                lines.insert(random.between(1, lines.len()), line);
            }
        }
        if random.percent(manner.own) {
            own_matter(&event, &mut lines, random);
        }
        let title = if random.percent(manner.title_kept) { from.title.clone() } else { self.title(&event, 2 + rewriter, random) };
        let named = if from.named == Named::Not {
            Named::Not
        } else {
            let [dateline, end, inputs] = manner.named;
            match random.below(100) {
                n if n < dateline && from.named == Named::Dateline => Named::Dateline,
                n if n < dateline + end => Named::End,
                n if n < dateline + end + inputs => Named::Inputs,
                _ => Named::Not,
            }
        };
        let later = match random.below(100) {
            0..45 => 0,
            45..80 => 1,
            80..92 => 2,
            _ => random.between(3, 6),
        };
        let day = from.day.saturating_add((later as i64).days());
        Page { event, lines, title, named, bare: random.percent(15), day, treatment: manner.treatment, parent: Some(parent) }
    }

    #[allow(clippy::too_many_arguments, reason = "what a line of the corpus is made of")]
    fn labelled(
        &self,
        number: u32,
        pages: &[Page<'_>],
        places: &[usize],
        at: usize,
        agency: &str,
        words: &Vocabulary,
        random: &mut Random,
    ) -> Labelled {
        let page = &pages[at];
        let id = |at: usize| format!("{number:07}-{:02}", places[at]);
        let mut writer = Writer::new(&page.event, &self.synonyms);
        let sentences: Vec<String> = page.lines.iter().map(|w| self.written(w, &mut writer)).collect();
        let publisher = super::group::paper(words, random);
        let mut text = String::new();
        if !page.bare {
            text.push_str(&format!("{publisher}\nHome  News  World  Sport  Business\n"));
        }
        match page.named {
            Named::Inputs => text.push_str(&format!("By our staff, with inputs from {agency}\n")),
            Named::Dateline => {}
            _ if page.bare => {}
            _ => text.push_str(&format!("By {} {}\n", random.word(&words.given), words.surnames.any(random))),
        }
        if page.named == Named::Dateline {
            text.push_str(&format!("{} ({agency}) - ", page.event.dateline()));
        }
        paragraphs(&mut text, &sentences, random);
        if page.named == Named::End {
            text.push_str([" - ", " (", "\nSource: "][at % 3]);
            text.push_str(agency);
            text.push_str(["", ")", ""][at % 3]);
        }
        if !page.bare {
            text.push_str("\nShare this article\nRelated posts");
        }
        let alone = page.treatment == Treatment::Independent;
        Labelled {
            id: id(at),
            text,
            title: Some(page.title.clone()),
            date: Some(page.day.to_string()),
            publisher: Some(publisher),
            cluster: if alone { -i64::from(number) - 1 } else { i64::from(number) },
            event: Some(format!("{number:07}")),
            edit: Edit::News(page.treatment),
            src: page.parent.map(id),
            second: None,
            relation: None,
        }
    }

    fn written(&self, worded: &Worded, writer: &mut Writer<'_>) -> String {
        let mut out = writer.write(&worded.line);
        for touch in &worded.touches {
            out = match *touch {
                Touch::Words(percent, salt) => self.synonyms.swap(&out, percent, &mut Random::new(u64::from(salt), 1)),
                Touch::Cut(share, first) => cut(&out, share, first),
            };
        }
        out
    }
}

fn reworded(event: &Event<'_>, from: &Worded, manner: &Manner, rewriter: usize, random: &mut Random) -> Worded {
    let fact = &event.scenario.facts[from.line.fact];
    let is_direct = |way: usize| fact.direct > 0 && way < fact.direct;
    let mut out = from.clone();
    if random.percent(manner.retold) {
        // What was told indirectly has no words to quote.
        let way = if fact.direct > 0 && (!is_direct(from.line.way) || random.percent(40)) && fact.direct < fact.ways.len() {
            random.between(fact.direct, fact.ways.len() - 1)
        } else {
            event.way(from.line.fact, 2 + rewriter)
        };
        out = Worded { line: Line::new(from.line.fact, way, random), touches: Vec::new() };
        if is_direct(way) {
            out.touches.extend(from.touches.iter().filter(|t| matches!(t, Touch::Cut(..))).cloned());
        }
    } else if random.percent(manner.reworded) {
        out.line = from.line.edited(random.between(20, 60), from.line.swapped(), random);
        out.touches.push(Touch::Words(random.between(5, 40) as u8, random.bits()));
    }
    if is_direct(out.line.way) && random.percent(manner.cut) {
        out.touches.push(Touch::Cut(random.between(35, 80) as u8, random.percent(70)));
    }
    out
}

/// One to three things that the source did not tell: known anyhow, or asked of somebody.
fn own_matter(event: &Event<'_>, lines: &mut Vec<Worded>, random: &mut Random) {
    for _ in 0..random.between(1, 3) {
        let part = if random.percent(60) { Part::More } else { Part::Voice };
        let told: Vec<usize> = lines.iter().map(|w| w.line.fact).collect();
        if let Some(fact) = event.shuffled(part, random).into_iter().find(|f| !told.contains(f)) {
            let line = Line::new(fact, event.way(fact, 2 + random.below(3)), random);
            let at = random.between(1, lines.len());
            lines.insert(at, Worded { line, touches: Vec::new() });
        }
    }
}

/// A wrong figure, or a name with a wrong letter.
fn slip(event: &mut Event<'_>, random: &mut Random) {
    if random.percent(20) {
        let names: Vec<&'static str> = event.persons.keys().copied().collect();
        let Some(person) = names.get(random.below(names.len().max(1))).and_then(|n| event.persons.get_mut(n)) else { return };
        let letters: Vec<char> = person.surname.chars().collect();
        let at = random.between(1, letters.len().max(2) - 1).min(letters.len().saturating_sub(1));
        let mut out: String = letters[..at].iter().collect();
        out.push(*random.pick(&['a', 'e', 'i', 'n', 'r', 't']));
        out.extend(&letters[at + usize::from(random.percent(50))..]);
        person.surname = out;
        return;
    }
    let figures = &event.scenario.figures;
    let name = figures[random.below(figures.len())].name;
    let Some(value) = event.values.get(name) else { return };
    let digits: Vec<usize> = value.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let (Some(&first), false) = (digits.first(), digits.is_empty()) else { return };
    let at = digits[random.below(digits.len())];
    let digit = value.as_bytes()[at] - b'0';
    let other = if at == first { 1 + (digit + random.between(0, 7) as u8) % 9 } else { (digit + random.between(1, 9) as u8) % 10 };
    let told = format!("{}{other}{}", &value[..at], &value[at + 1..]);
    event.values.insert(name, told);
}

/// `about 1,200` for `1,214`; `None` for what is small, or vague already.
fn vague(value: &str, random: &mut Random) -> Option<String> {
    let exact: f64 = value.replace(',', "").parse().ok().filter(|v| *v >= 21.0)?;
    let unit = 10_f64.powf(exact.log10().floor() - f64::from(u8::from(exact >= 1_000.0)));
    let rounded = ((exact / unit).round() * unit) as usize;
    let way = if (rounded as f64) < exact { "more than" } else { "nearly" };
    Some(format!("{} {}", random.word(&["about", "around", way]), super::event::grouped(rounded)))
}

/// The quotation of a sentence with so many of 100 of its words, the first or the last.
fn cut(sentence: &str, share: u8, first: bool) -> String {
    let (Some(open), Some(close)) = (sentence.find('"'), sentence.rfind('"')) else { return sentence.to_owned() };
    let Some(inner) = sentence.get(open + 1..close) else { return sentence.to_owned() };
    let words: Vec<&str> = inner.trim_end_matches([',', '.']).split(' ').collect();
    let left = words.len() * usize::from(share) / 100;
    if words.len() < 6 || left < 3 {
        return sentence.to_owned();
    }
    let end = &inner[inner.trim_end_matches([',', '.']).len()..];
    let kept = if first { &words[..left] } else { &words[words.len() - left..] };
    format!("{}\"{}{end}\"{}", &sentence[..open], kept.join(" ").trim_end_matches([',', ';', ':']), &sentence[close + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_are_made_as_said() {
        let (press, words) = (Press::new(3), Vocabulary::new());
        let (mut copies, mut branches, mut firsts) = (0, 0, 0);
        for number in 0..200 {
            let pages = press.chain(number, &words);
            let derived = pages.iter().filter(|p| p.src.is_some()).count();
            assert!((3..=6).contains(&derived), "{number}");
            assert_eq!(pages.iter().filter(|p| p.cluster >= 0 && p.src.is_none()).count(), 1);
            for p in &pages {
                let Some(source) = &p.src else { continue };
                let source = pages.iter().find(|q| q.id == *source).unwrap();
                assert!(source.date <= p.date && source.cluster == p.cluster);
            }
            let sources: std::collections::BTreeSet<_> = pages.iter().filter_map(|p| p.src.clone()).collect();
            branches += derived - sources.len();
            copies += derived;
            firsts += usize::from(pages[0].src.is_none());
            assert_eq!(pages, press.chain(number, &words));
        }
        assert!(branches > 20 && branches * 4 < copies, "{branches} of {copies}");
        assert!(firsts < 120, "the first id is the first text too often");
    }

    #[test]
    fn figures_become_vague_and_quotations_shorter() {
        let random = &mut Random::new(1, 1);
        let told = vague("1,214", random).unwrap();
        assert!(told.ends_with("1,200"), "{told}");
        assert_eq!(vague("12", random), None);
        assert_eq!(vague(&told, random), None);
        let sentence = "\"We came too late for the boats and too early for the fish,\" Ann Bo said.";
        assert_eq!(cut(sentence, 50, true), "\"We came too late for the,\" Ann Bo said.");
        assert_eq!(cut("No quotation.", 50, true), "No quotation.");
    }
}
