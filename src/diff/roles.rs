//! What became of who somebody is.

use super::align::Alignment;
use super::canon::{canon, contrast};
use super::described::{described, in_a_row, origins, set_off};
use super::rows::{Rows, Verdict};
use super::view::View;
use super::{FactKind, Mark};
use crate::document::Span;
use crate::facts::Role;
use crate::facts::lexicon::ADDRESS;
use crate::text::is_stopword;
use std::collections::BTreeMap;

/// Roles of one text that are compared.
const MAX_ROLES: usize = 500;

/// Score of a link between sentences that differ in little.
const SAME: f64 = 0.6;

/// Words that name the person at the top.
const LEADERS: &[&str] = &[
    "boss",
    "chair",
    "chairman",
    "chairwoman",
    "chief",
    "commander",
    "director",
    "executive",
    "head",
    "headed",
    "heads",
    "lead",
    "leader",
    "leads",
    "led",
    "managing",
    "run",
    "runs",
];

/// Words that make another office of a title.
const RANKS: &[&str] = &["acting", "assistant", "associate", "deputy", "interim", "junior", "senior", "vice"];

/// Ranks as titles shorten them.
const SHORT: &[(&str, &str)] = &[
    ("capt", "captain"),
    ("cmdr", "commander"),
    ("det", "detective"),
    ("gov", "governor"),
    ("insp", "inspector"),
    ("lt", "lieutenant"),
    ("rep", "representative"),
    ("sen", "senator"),
    ("sgt", "sergeant"),
    ("supt", "superintendent"),
];

/// Words that name somebody by another person: they go with any office.
const RELATIVE: &[&str] = &["colleague", "counterpart", "number", "opposite", "predecessor", "rival", "successor"];

/// Words of a title that add nothing.
#[rustfmt::skip]
const EMPTY: &[&str] = &[
    "col", "dr", "ex", "former", "gen", "has", "is", "maj", "old", "one", "onetime", "prof", "the", "then", "time", "was", "who", "works", "year",
];

/// Adds the rows of all roles.
pub(super) fn roles(base: &View<'_>, variant: &View<'_>, alignment: &Alignment, rows: &mut Rows) {
    let left = by_person(base);
    let right: BTreeMap<&str, Vec<&Role>> =
        by_person(variant).into_iter().map(|(person, list)| (respelled(base, variant, person, &left), list)).collect();
    moved_home(base, variant, rows);
    for (person, list) in &left {
        let others = right.get(person).map_or(&[][..], Vec::as_slice);
        for role in list {
            one(base, role, variant, others, person, rows, alignment);
        }
    }
    for (person, list) in &right {
        let before = left.get(person).map_or(&[][..], Vec::as_slice);
        if !before.is_empty() {
            continue;
        }
        let Some(role) = list.first() else { continue };
        // the base may say it of the same person in words that no rule takes for a role
        let title = words(variant, role);
        if let Some(said) = described(base, person, &title) {
            let verdict = if said.whole { Verdict::sure(Mark::Kept, "role", 0.7) } else { Verdict::sure(Mark::Reworded, "role", 0.5) };
            rows.both(FactKind::Role, &verdict, (base, said.span, said.sentence), (variant, role.span, role.sentence));
            continue;
        }
        let check = set_off(base, person);
        let verdict = Verdict { mark: Mark::Added, subtype: "role", confidence: if check { 0.45 } else { 0.75 }, check };
        rows.added(FactKind::Role, &verdict, (variant, role.span, role.sentence));
    }
}

/// `Bolonia's Jo Park` and `Jo Park of Velmany`: two countries, clubs or firms of one person.
fn moved_home(base: &View<'_>, variant: &View<'_>, rows: &mut Rows) {
    let right = origins(variant);
    for (person, home) in origins(base) {
        let Some(other) = right.get(person) else { continue };
        let stands = |view: &View<'_>, word: &str| {
            let stem: String = word.chars().take(5).collect();
            view.text.article.words.iter().any(|w| w.norm.starts_with(&stem))
        };
        if home.word != other.word && !stands(variant, home.word) && !stands(base, other.word) {
            let verdict = Verdict::sure(Mark::Altered, "role", 0.6);
            rows.both(FactKind::Role, &verdict, (base, home.span, home.sentence), (variant, other.span, other.sentence));
        }
    }
}

/// The name that the base gives to a person whom it spells otherwise (`Orlenskyi`, `Orlensky`), else the name itself.
fn respelled<'a>(base: &View<'_>, variant: &View<'_>, person: &'a str, left: &BTreeMap<&'a str, Vec<&Role>>) -> &'a str {
    let like = |other: &str| {
        let same = person.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
        let longer = person.chars().count().max(other.chars().count());
        same >= 4 && same + 2 >= longer
    };
    if is_named(base, person) {
        return person;
    }
    // `Otto Weiss Llerena`, `Otto Weiss`: the second of two surnames is left out
    let first_of = |view: &View<'_>, last: &str| -> Vec<String> {
        let own = view.text.facts.names.iter().filter(|n| n.words.len() >= 2 && n.words.last().is_some_and(|w| w == last));
        own.filter_map(|n| n.words.first().cloned()).collect()
    };
    let given = first_of(variant, person);
    let double = base.text.facts.names.iter().find(|n| match n.words.as_slice() {
        [first, middle @ .., last] => middle.iter().any(|w| w == person) && given.contains(first) && left.contains_key(last.as_str()),
        _ => false,
    });
    if let Some(last) = double.and_then(|n| n.words.last())
        && let Some((key, _)) = left.get_key_value(last.as_str())
    {
        return key;
    }
    left.keys().copied().find(|other| like(other) && !is_named(variant, other)).unwrap_or(person)
}

fn by_person<'a>(view: &View<'a>) -> BTreeMap<&'a str, Vec<&'a Role>> {
    let mut out: BTreeMap<&str, Vec<&Role>> = BTreeMap::new();
    for role in view.text.facts.roles.iter().filter(|r| r.sentence < view.sentences()).take(MAX_ROLES) {
        out.entry(&role.person).or_default().push(role);
    }
    out
}

fn is_named(view: &View<'_>, person: &str) -> bool {
    view.text.facts.names.iter().any(|n| n.words.last().is_some_and(|w| w == person))
}

#[allow(clippy::too_many_arguments)]
fn one(base: &View<'_>, role: &Role, variant: &View<'_>, others: &[&Role], person: &str, rows: &mut Rows, alignment: &Alignment) {
    let best = others.iter().map(|other| (compare(base, role, variant, other), other)).max_by(|a, b| a.0.rank().cmp(&b.0.rank()));
    match best {
        Some((likeness, other)) => {
            let verdict = match likeness {
                Likeness::Equal => Verdict::sure(Mark::Kept, "role", 0.95),
                Likeness::Close => Verdict::sure(Mark::Reworded, "role", 0.7),
                Likeness::Other => Verdict::sure(Mark::Altered, "role", 0.7),
                Likeness::Unclear => Verdict { mark: Mark::Altered, subtype: "role", confidence: 0.4, check: true },
            };
            rows.both(FactKind::Role, &verdict, (base, role.span, role.sentence), (variant, other.span, other.sentence));
        }
        None => {
            let title = words(base, role);
            if let Some(said) = described(variant, person, &title).filter(|s| s.whole || title.len() > 2) {
                let verdict = Verdict::sure(if said.whole { Mark::Kept } else { Mark::Reworded }, "role", 0.6);
                rows.both(FactKind::Role, &verdict, (base, role.span, role.sentence), (variant, said.span, said.sentence));
                return;
            }
            // a person who is still named may be described in words that no rule takes for a role
            let gone = !is_named(variant, person);
            // the role stays and the name goes
            if gone && !title.is_empty() && title.iter().all(|w| variant.canon.contains(w)) {
                let name = if role.title.start <= role.span.start { Span::new(role.title.end, role.span.end) } else { role.span };
                let lead = name.of(base.text.text).len() - name.of(base.text.text).trim_start().len();
                let verdict = Verdict::sure(Mark::Dropped, "name", 0.7);
                rows.dropped(FactKind::Name, &verdict, (base, Span::new(name.start + lead, name.end), role.sentence));
                return;
            }
            // the same words for somebody whom the sentence does not name
            if let Some((span, sentence)) = in_a_row(variant, &title).filter(|_| !gone) {
                let verdict = Verdict::sure(Mark::Kept, "role", 0.5);
                rows.both(FactKind::Role, &verdict, (base, role.span, role.sentence), (variant, span, sentence));
                return;
            }
            // the sentence is otherwise the base's own and no word of the title stands anywhere
            let link = alignment.of_base(role.sentence).first().filter(|l| l.score >= SAME);
            let own: Vec<&str> = base.words_of(role.title).filter(|&at| base.named[at]).map(|at| base.canon[at]).collect();
            let plain: Vec<&str> = title.iter().copied().filter(|w| !own.contains(w)).collect();
            let bare = link.is_some_and(|l| variant.words_in(l.variant).any(|at| variant.norm(at) == person))
                && !plain.is_empty()
                && !plain.iter().any(|w| variant.canon.contains(w));
            let firm = gone || bare;
            let verdict = Verdict { mark: Mark::Dropped, subtype: "role", confidence: if gone { 0.8 } else { 0.5 }, check: !firm };
            rows.dropped(FactKind::Role, &verdict, (base, role.span, role.sentence));
        }
    }
}

/// How two descriptions of one person compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Likeness {
    Other,
    Unclear,
    Close,
    Equal,
}

impl Likeness {
    const fn rank(self) -> u8 {
        self as u8
    }
}

/// Canonical content words of a title.
fn words<'a>(view: &View<'a>, role: &'a Role) -> Vec<&'a str> {
    let mut out = Vec::new();
    let mut last = "";
    for at in view.words_of(role.title) {
        let norm = view.norm(at);
        let prime = last == "prime" && norm == "minister";
        if prime {
            out.pop();
        }
        let before = std::mem::replace(&mut last, norm);
        // `chief financial officer`, `finance chief`
        if norm == "officer" && matches!(before, "financial" | "executive" | "operating" | "technology") {
            continue;
        }
        let digits = norm.as_bytes().first().is_some_and(u8::is_ascii_digit);
        if is_stopword(norm) || EMPTY.contains(&norm) || ADDRESS.contains(&norm) || digits || norm == "aged" {
            continue;
        }
        let word = if prime || norm == "premier" {
            "premier"
        } else if LEADERS.contains(&norm) {
            "leader"
        } else if norm == "secretary" && !matches!(before, "general" | "permanent" | "press" | "private") && view.norm(at + 1) != "general"
        {
            canon("minister")
        } else if matches!(norm, "financial" | "finances") {
            canon("finance")
        } else if norm == "interior" {
            canon("home")
        } else if norm == "defense" {
            "defenc"
        } else if let Some(&(_, long)) = SHORT.iter().find(|(short, _)| *short == norm) {
            canon(long)
        } else if norm == "spokesperson" || norm == "spokeswoman" {
            "spokesman"
        } else {
            view.canon[at]
        };
        if !out.contains(&word) {
            out.push(word);
        }
    }
    out
}

fn compare(base: &View<'_>, a: &Role, variant: &View<'_>, b: &Role) -> Likeness {
    let (x, y) = (words(base, a), words(variant, b));
    let only_x: Vec<&str> = x.iter().copied().filter(|w| !y.contains(w)).collect();
    let only_y: Vec<&str> = y.iter().copied().filter(|w| !x.contains(w)).collect();
    let shared = x.len() - only_x.len();
    let raw = |view: &View<'_>, role: &Role| -> Vec<String> { view.words_of(role.title).map(|at| view.norm(at).to_string()).collect() };
    let (rx, ry) = (raw(base, a), raw(variant, b));
    if rx.iter().any(|p| !ry.contains(p) && ry.iter().any(|q| !rx.contains(q) && contrast(p, q))) {
        return Likeness::Other;
    }
    let former = |list: &[String]| {
        list.iter().any(|w| matches!(w.as_str(), "former" | "ex" | "then" | "outgoing" | "onetime"))
            || list.windows(2).any(|w| w == ["one", "time"])
    };
    if former(&rx) != former(&ry) && !ry.iter().any(|w| w == "outgoing") && !rx.iter().any(|w| w == "outgoing") && shared > 0 {
        return Likeness::Other;
    }
    // deputy mayor and mayor are two offices
    let rank = |list: &[String]| RANKS.iter().filter(|r| list.iter().any(|w| w == *r)).count();
    if shared > 0 && rank(&rx) != rank(&ry) && only_x.len() + only_y.len() == 1 {
        return Likeness::Other;
    }
    if only_x.is_empty() && only_y.is_empty() {
        // `managing director` and `chief executive` lead alike
        let leads = |own: &[String], other: &[String]| own.iter().any(|w| LEADERS.contains(&w.as_str()) && !other.contains(w));
        return if leads(&rx, &ry) && leads(&ry, &rx) { Likeness::Close } else { Likeness::Equal };
    }
    if only_x.is_empty() || only_y.is_empty() {
        return if shared > 0 { Likeness::Close } else { Likeness::Unclear };
    }
    let relative = |list: &[String]| list.iter().any(|w| RELATIVE.contains(&w.as_str()));
    if shared == 0 && relative(&rx) != relative(&ry) {
        return Likeness::Close;
    }
    if shared == 0 {
        // nothing in common: another role, or another side of the same person
        let clause = |list: &[String]| list.first().is_some_and(|w| w == "who");
        let titles = x.len() <= 3 && y.len() <= 3 && !clause(&rx) && !clause(&ry);
        return if titles { Likeness::Other } else { Likeness::Unclear };
    }
    let union = shared + only_x.len() + only_y.len();
    let head = |list: &[String]| list.iter().rev().find(|w| crate::facts::lexicon::is_role_noun(w)).cloned();
    let (hx, hy) = (head(&rx), head(&ry));
    // `the captain in charge of the port`
    let charge = |list: &[String]| list.windows(2).any(|w| w == ["in", "charge"]);
    let lead = |h: &Option<String>, list: &[String]| charge(list) || h.as_deref().is_none_or(|w| LEADERS.contains(&w));
    let office = |h: &Option<String>| matches!(h.as_deref(), Some("minister" | "secretary"));
    let kin = |a: &Option<String>, b: &Option<String>| a.as_deref().map(canon) == b.as_deref().map(canon);
    let same = kin(&hx, &hy)
        || office(&hx) && office(&hy)
        || lead(&hx, &rx) && lead(&hy, &ry)
        || only_x.contains(&"premier")
        || only_y.contains(&"premier");
    if !same {
        return Likeness::Other;
    }
    if shared * 2 >= union || shared >= 2 && only_y.len() == 1 && union <= 4 {
        Likeness::Close
    } else if only_y.len() == 1 && shared <= 2 {
        Likeness::Other
    } else {
        Likeness::Unclear
    }
}
