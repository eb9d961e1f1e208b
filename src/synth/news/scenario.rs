//! What can happen, and the many ways to say it, read from the text files beside this one.
//!
//! A file starts with lines that name what may change from event to event: `words NAME | one | other`, `number NAME LOW HIGH`,
//! `decimal NAME LOW HIGH` (tenths), `person NAME ROLE`. Then come blocks under a line `== PART`; each further line is one
//! way to say the same thing. In these, `{name}` is a value and `[one|other]` a choice; figures stand in values only.

/// What a block is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Headlines.
    Head,
    /// What every report of the event tells.
    Core,
    /// What a report may tell.
    More,
    /// What an official said to all; its first ways are quotations, the others indirect speech.
    Quote,
    /// What only somebody on the spot saw.
    Scene,
    /// What somebody said to one reporter.
    Voice,
    /// Headlines of later reports.
    LaterHead,
    /// What happened months later.
    Later,
    /// Sentences of pages that a site fills anew each time.
    Site,
}

/// One thing to tell, in several ways.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub(super) part: Part,
    pub(super) ways: Vec<String>,
    /// So many of the ways, the first ones, are quotations.
    pub(super) direct: usize,
}

/// A number that is drawn for an event.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figure {
    pub(super) name: &'static str,
    pub(super) low: usize,
    pub(super) high: usize,
    pub(super) tenths: bool,
}

/// A kind of event.
#[derive(Clone, Debug, Default)]
pub(super) struct Scenario {
    pub(super) words: Vec<(&'static str, Vec<&'static str>)>,
    pub(super) figures: Vec<Figure>,
    /// Names of persons and what they are.
    pub(super) persons: Vec<(&'static str, &'static str)>,
    pub(super) facts: Vec<Fact>,
}

/// Frames of quotations: `{p}` speaks, `"` is what was said.
const DIRECT: [&str; 5] = [
    "\"@,\" {p} said.",
    "\"@,\" [said|declared] {p}.",
    "{p} said: \"@.\"",
    "[Asked|When asked] about it, {p} [answered|replied]: \"@.\"",
    "\"@\": [these were the words|that was the answer|such was the judgment] of {p}.",
];
/// Frames of indirect speech.
const INDIRECT: [&str; 3] = ["{p} [said|stated] that @.", "According to {p}, @.", "{p} [told reporters|made it clear] that @."];

impl Scenario {
    /// Reads a file of scenarios, and what all have in common.
    pub(super) fn read(texts: &[&'static str]) -> Self {
        let mut out = Self::default();
        for line in texts.iter().flat_map(|t| t.lines()) {
            if let Some(header) = line.strip_prefix("== ") {
                out.open(header);
            } else if let Some((name, list)) = line.strip_prefix("words ").and_then(|l| l.split_once(" | ")) {
                out.words.push((name, list.split(" | ").collect()));
            } else if let Some(figure) = figure(line) {
                out.figures.push(figure);
            } else if let Some(person) = line.strip_prefix("person ") {
                out.persons.push(person.split_once(' ').unwrap_or((person, "")));
            } else if let Some(fact) = out.facts.last_mut() {
                fact.ways.push(line.to_owned());
            }
        }
        out.facts.iter_mut().filter(|f| matches!(f.part, Part::Quote | Part::Voice)).for_each(frame);
        out
    }

    fn open(&mut self, header: &'static str) {
        let (part, speaker) = match header.split_once(' ') {
            Some(("quote", who)) => (Part::Quote, who),
            Some(("voice", who)) => (Part::Voice, who),
            _ => (
                match header {
                    "head" => Part::Head,
                    "core" => Part::Core,
                    "scene" => Part::Scene,
                    "later head" => Part::LaterHead,
                    "later" => Part::Later,
                    "site" => Part::Site,
                    _ => Part::More,
                },
                "",
            ),
        };
        // The speaker stands first until the block is complete.
        let ways = if speaker.is_empty() { Vec::new() } else { vec![speaker.to_owned()] };
        self.facts.push(Fact { part, ways, direct: 0 });
    }

    /// The facts of a part.
    pub(super) fn of(&self, part: Part) -> impl Iterator<Item = usize> {
        self.facts.iter().enumerate().filter(move |(_, f)| f.part == part).map(|(at, _)| at)
    }
}

fn figure(line: &'static str) -> Option<Figure> {
    let (kind, rest) = line.split_once(' ')?;
    let tenths = match kind {
        "number" => false,
        "decimal" => true,
        _ => return None,
    };
    let mut parts = rest.split(' ');
    let name = parts.next()?;
    let (low, high) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(Figure { name, low, high, tenths })
}

/// From a speaker, what was said, and how others tell it, to ways.
fn frame(fact: &mut Fact) {
    let lines = std::mem::take(&mut fact.ways);
    let [speaker, said, indirect @ ..] = lines.as_slice() else { return };
    let fill = |frame: &str, with: &str| frame.replace("{p}", &format!("{{{speaker}}}")).replace('@', with);
    fact.ways = DIRECT.iter().map(|f| fill(f, said)).collect();
    fact.direct = fact.ways.len();
    fact.ways.extend(indirect.iter().zip(INDIRECT).map(|(told, f)| fill(f, told)));
}
