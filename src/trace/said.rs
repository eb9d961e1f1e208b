//! The lines that a reader sees beside an edge.

use super::direction::Weighed;
use super::wire::{Nearness, agency};
use jiff::civil::Date;

/// What a term says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Said {
    /// Nothing to show.
    Nothing,
    /// Who credits the agency, and how near it is to its copy.
    Credit,
    /// So many quotations are cut shorter.
    Cut(usize),
    /// So many sentences with quotations are told indirectly.
    Indirect(usize),
    /// Names and numbers of the second member that are not in the first, and the other way.
    Facts([usize; 2]),
    /// Sentences of the second member that are not in the first, and the other way.
    Sentences([usize; 2]),
    /// What the second member shares with others and not with the first, and the other way.
    Readings([usize; 2]),
    /// Headings inside the text.
    Headings,
    /// Figures that other lineages confirm.
    Slips(u32),
    /// Times of day.
    Clocks,
    /// Figures made vague.
    Vaguer(u32),
    /// Updates by their headlines.
    Update,
    /// Figures that have grown.
    Growth(u32),
    /// The earlier and the later stamp.
    Stamps(Date, Date),
}

impl Said {
    /// The line; `second` when the second member of the pair is the early one.
    pub(super) fn text(self, early: &Weighed<'_>, late: &Weighed<'_>, second: bool) -> Option<String> {
        let (x, y) = (early.member.id, late.member.id);
        // Counts of added things stand for the first way, where the second member is the copy, then for the other.
        let (late_at, early_at) = if second { (1, 0) } else { (0, 1) };
        Some(match self {
            Self::Nothing => return None,
            Self::Credit => credit(early, late),
            Self::Cut(n) => format!("{} of {x} cut shorter in {y}", count(n, "quotation")),
            Self::Indirect(n) => format!("{} quoted in {x} and told indirectly in {y}", count(n, "sentence")),
            Self::Facts(added) => added_to("name or number", "names and numbers", (y, added[late_at]), (x, added[early_at])),
            Self::Sentences(added) => added_to("sentence", "sentences", (y, added[late_at]), (x, added[early_at])),
            Self::Readings(shared) => format!(
                "{y} shares {} readings with others of the story that {x} lacks, {x} {} that {y} lacks",
                shared[late_at], shared[early_at]
            ),
            Self::Headings => format!("{y} has headings inside its text, {x} has none"),
            Self::Slips(n) => format!("in {} {x} agrees with other lineages and {y} stands alone", count(n as usize, "figure")),
            Self::Clocks => format!("{x} gives times of day, {y} gives none"),
            Self::Vaguer(n) => format!("{} exact in {x} and vague in {y}", count(n as usize, "figure")),
            Self::Update => format!("the headline of {y} calls it an update, that of {x} an earlier one or none"),
            Self::Growth(n) => format!("{} of {x} grown in {y}: an update", count(n as usize, "figure")),
            Self::Stamps(first, last) if first == last => return None,
            Self::Stamps(first, last) => format!("{x} is stamped {first}, {y} {last}"),
        })
    }
}

fn count(n: usize, thing: &str) -> String {
    format!("{n} {thing}{}", if n == 1 { "" } else { "s" })
}

/// What each of two pages has that the other lacks.
fn added_to(one: &str, many: &str, late: (&str, usize), early: (&str, usize)) -> String {
    let amount = |n: usize| match n {
        0 => format!("no {one}"),
        1 => format!("1 {one}"),
        n => format!("{n} {many}"),
    };
    format!("{} has {} that {} lacks, which has {} that it lacks", late.0, amount(late.1), early.0, amount(early.1))
}

fn credit(early: &Weighed<'_>, late: &Weighed<'_>) -> String {
    let (x, y) = (early.member.id, late.member.id);
    let name = agency(&early.member).or_else(|| agency(&late.member)).unwrap_or("an agency");
    match (early.nearness, late.nearness) {
        (Nearness::Bare | Nearness::BareByline, _) => format!("{x} is agency copy without a page around it"),
        (_, Nearness::Uncredited) => format!("{x} credits {name}; on {y} no text credit was found"),
        _ => format!("{x} still has the dateline of {name}, {y} has none"),
    }
}
