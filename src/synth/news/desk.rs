//! What becomes of an event: the report of an agency, what others make of it, and reports that owe it nothing.

use super::event::{Event, shuffle};
use super::scenario::Part;
use super::telling::Line;
use crate::synth::random::Random;

/// Writers of sentences, see [`Event::way`](super::event::Event::way).
const AGENCY: usize = 0;
const INDEPENDENT: usize = 1;
const REWRITERS: usize = 2;

/// The report of an agency: the weightiest first, quotations between.
pub(super) fn wire(event: &Event<'_>, random: &mut Random) -> Vec<Line> {
    let core: Vec<usize> = event.scenario.of(Part::Core).collect();
    let mut more = event.shuffled(Part::More, random);
    more.truncate(random.between(6, 10));
    let mut quotes = event.shuffled(Part::Quote, random);
    quotes.truncate(random.between(2, 3));
    let mut order: Vec<usize> = core.iter().copied().take(2).collect();
    let (mut rest, mut said) = (core.into_iter().skip(2).chain(more), quotes.into_iter());
    loop {
        order.extend(said.next());
        let before = order.len();
        order.extend(rest.by_ref().take(random.between(1, 3)));
        if order.len() == before {
            break;
        }
    }
    order.into_iter().map(|fact| Line::new(fact, event.way(fact, AGENCY), random)).collect()
}

/// Lightly edited, and cut at the end.
pub(super) fn republished(wire: &[Line], random: &mut Random) -> Vec<Line> {
    let cut = if random.percent(50) { random.between(0, wire.len() / 2) } else { 0 };
    wire[..wire.len() - cut].iter().map(|l| l.edited(if random.percent(15) { 30 } else { 0 }, 4, random)).collect()
}

/// The same sentences in other words, some told anew, parted or joined where they allow it; few go, few change places.
pub(super) fn lightly(event: &Event<'_>, wire: &[Line], rewriter: usize, random: &mut Random) -> Vec<Line> {
    let anew = random.between(50, 95);
    let swapped = random.between(20, 90) as u8;
    let others = random.between(0, 35);
    let mut out: Vec<Line> = wire.iter().enumerate().filter(|(at, _)| *at == 0 || !random.percent(8)).map(|(_, l)| l.clone()).collect();
    for line in &mut out {
        *line = if random.percent(others) { retold(event, line.fact, rewriter, random) } else { line.edited(anew, swapped, random) };
    }
    moved(&mut out, random.between(0, 1), random);
    out
}

/// Every sentence anew from the same facts, reordered in part, quotations partly as indirect speech.
pub(super) fn heavily(event: &Event<'_>, wire: &[Line], rewriter: usize, random: &mut Random) -> Vec<Line> {
    let mut out = Vec::new();
    for (at, line) in wire.iter().enumerate() {
        if at > 0 && random.percent(12) {
            continue;
        }
        out.push(retold(event, line.fact, rewriter, random));
    }
    moved(&mut out, random.between(1, 4), random);
    out
}

fn retold(event: &Event<'_>, fact: usize, rewriter: usize, random: &mut Random) -> Line {
    let known = &event.scenario.facts[fact];
    let way = if known.direct > 0 && random.percent(50) {
        random.between(known.direct, known.ways.len() - 1)
    } else {
        event.way(fact, REWRITERS + rewriter % 3)
    };
    Line::new(fact, way, random).edited(0, 12, random)
}

/// Two to four sentences of the most important.
pub(super) fn brief(event: &Event<'_>, wire: &[Line], rewriter: usize, random: &mut Random) -> Vec<Line> {
    let mut at: Vec<usize> = (1..wire.len().min(8)).collect();
    shuffle(&mut at, random);
    at.truncate(random.between(1, 3));
    at.sort_unstable();
    std::iter::once(0)
        .chain(at)
        .map(|at| if random.percent(35) { wire[at].edited(40, 10, random) } else { retold(event, wire[at].fact, rewriter, random) })
        .collect()
}

/// The same report with its quotations elsewhere.
pub(super) fn quotes_moved(event: &Event<'_>, wire: &[Line], random: &mut Random) -> Vec<Line> {
    let is_quote = |l: &Line| event.scenario.facts[l.fact].direct > 0;
    let mut out: Vec<Line> =
        wire.iter().filter(|l| !is_quote(l)).map(|l| l.edited(if random.percent(20) { 40 } else { 0 }, 4, random)).collect();
    let together = random.percent(50).then(|| random.between(1, out.len()));
    for quote in wire.iter().filter(|l| is_quote(l)) {
        let at = together.unwrap_or_else(|| random.between(1, out.len()));
        out.insert(at, Line::new(quote.fact, event.way(quote.fact, REWRITERS), random));
    }
    out
}

/// What one report gives to a page of two: the beginning, hardly edited.
pub(super) fn share(wire: &[Line], random: &mut Random) -> Vec<Line> {
    wire.iter().take(random.between(6, 8)).map(|l| l.edited(if random.percent(10) { 30 } else { 0 }, 2, random)).collect()
}

/// Another reporter on the spot: part of the same facts, others of his own, in his own words and order.
pub(super) fn independent(event: &Event<'_>, random: &mut Random) -> Vec<Line> {
    let mut core: Vec<usize> = event.scenario.of(Part::Core).collect();
    let first = core.remove(0);
    core.retain(|_| random.percent(60));
    let mut facts = event.shuffled(Part::More, random);
    facts.truncate(random.between(2, 4));
    facts.extend(core);
    let mut scenes = event.shuffled(Part::Scene, random);
    scenes.truncate(random.between(4, 7));
    facts.extend(scenes);
    let mut said = event.shuffled(Part::Voice, random);
    said.truncate(random.between(1, 2));
    if random.percent(45) {
        said.extend(event.shuffled(Part::Quote, random).first());
    }
    facts.extend(said);
    shuffle(&mut facts, random);
    // Many such reports open with a scene, the news behind it.
    let at = if random.percent(40) { 1 } else { 0 };
    facts.insert(at, first);
    facts.into_iter().map(|fact| Line::new(fact, event.way(fact, INDEPENDENT), random)).collect()
}

/// The story months later, with a paragraph of what was known.
pub(super) fn followup(later: &Event<'_>, wire: &[Line], random: &mut Random) -> Vec<Line> {
    let all: Vec<usize> = later.scenario.of(Part::Later).collect();
    let (first, rest) = all.split_at(1);
    let mut rest = rest.to_vec();
    shuffle(&mut rest, random);
    rest.truncate(random.between(6, 9));
    let mut out: Vec<Line> = first.iter().chain(&rest).map(|&fact| Line::new(fact, later.way(fact, random.below(2)), random)).collect();
    let background: Vec<&Line> = wire.iter().filter(|l| later.scenario.facts[l.fact].part == Part::More).collect();
    for _ in 0..random.between(1, 2) {
        let line = *random.pick(&background);
        out.push(if random.percent(50) { line.clone() } else { Line::new(line.fact, later.way(line.fact, REWRITERS), random) });
    }
    if let Some(quote) = later.shuffled(Part::Quote, random).into_iter().find(|q| wire.iter().all(|l| l.fact != *q)) {
        out.insert(random.between(1, out.len()), Line::new(quote, later.way(quote, AGENCY), random));
    }
    let mut seen = std::collections::BTreeSet::new();
    out.retain(|l| seen.insert(l.fact));
    out
}

/// A page that a site fills with the values of the day; the site's own words are always the same.
pub(super) fn filled(event: &Event<'_>, site: usize) -> Vec<Line> {
    let random = &mut Random::new(site as u64, 0);
    let fact = event.scenario.of(Part::Site).next();
    fact.into_iter()
        .flat_map(|fact| (0..event.scenario.facts[fact].ways.len()).map(move |way| (fact, way)))
        .map(|(fact, way)| Line::new(fact, way, random))
        .collect()
}

/// Takes so many lines to another place near by; the first stays.
fn moved(lines: &mut Vec<Line>, times: usize, random: &mut Random) {
    for _ in 0..times {
        if lines.len() > 3 {
            let from = random.between(1, lines.len() - 1);
            let line = lines.remove(from);
            let to = random.between(from.saturating_sub(3).max(1), (from + 3).min(lines.len()));
            lines.insert(to, line);
        }
    }
}
