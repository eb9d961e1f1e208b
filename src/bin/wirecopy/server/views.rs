//! What the pages show: plain structures with cleaned text. The templates escape all that they are given.

use super::ledger::{Quotation, in_words};
use super::publisher::Counted;
use crate::terminal;
use askama::Template;
use url::form_urlencoded;
use wirecopy::diff::{FactRow, Mark};
use wirecopy::index::{Answer, Asked, StoredRow};

/// Longest title or quotation, in characters.
const LONGEST: usize = 300;

/// One line of at most so many characters.
fn cut(text: &str) -> String {
    let line = terminal::line(text);
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => line[..end].to_owned() + "…",
        None => line,
    }
}

/// A value behind a question mark.
pub(super) fn encoded(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

/// An article in a list.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) title: String,
    /// The id as it stands in an address.
    pub(super) link: String,
    pub(super) publisher: String,
    pub(super) publisher_link: String,
    pub(super) day: String,
    pub(super) agencies: String,
    pub(super) cluster: i64,
    pub(super) words: u32,
}

impl From<&StoredRow> for Item {
    fn from(row: &StoredRow) -> Self {
        let day = || jiff::Timestamp::from_second(row.added).map_or_else(|_| String::new(), |t| t.strftime("%Y-%m-%d").to_string());
        Self {
            title: cut(row.title.as_deref().filter(|t| !t.trim().is_empty()).unwrap_or(&row.id)),
            link: encoded(&row.id),
            publisher: row.publisher.as_deref().map(cut).unwrap_or_default(),
            publisher_link: row.publisher.as_deref().map(encoded).unwrap_or_default(),
            day: row.page_date.clone().unwrap_or_else(|| format!("added {}", day())),
            agencies: cut(&row.agencies.join(", ")),
            cluster: row.cluster,
            words: row.words,
        }
    }
}

/// What an article is to another.
#[derive(Debug)]
pub(super) struct Linked {
    pub(super) item: Item,
    pub(super) relation: String,
    pub(super) probability: String,
    pub(super) there: String,
    pub(super) here: String,
}

impl Linked {
    pub(super) fn new(row: &StoredRow, relation: &str, probability: f64, [there, here]: [f64; 2]) -> Self {
        let percent = |share: f64| format!("{:.0} %", 100.0 * share);
        Self {
            item: Item::from(row),
            relation: relation.replace('_', " "),
            probability: format!("{probability:.2}"),
            there: percent(there),
            here: percent(here),
        }
    }
}

impl From<&Asked> for Linked {
    fn from(asked: &Asked) -> Self {
        Self::new(&asked.document, &asked.link.relation, asked.link.probability, asked.containment)
    }
}

/// One changed fact.
#[derive(Debug)]
pub(super) struct Changed {
    /// A class of the style sheet.
    pub(super) style: &'static str,
    pub(super) mark: &'static str,
    pub(super) kind: String,
    pub(super) base: String,
    pub(super) variant: String,
}

/// Facts that are shown.
const FACTS: usize = 100;

/// The facts that were not kept.
pub(super) fn changed(facts: &[FactRow]) -> Vec<Changed> {
    let told = |f: &&FactRow| !matches!(f.mark, Mark::Kept | Mark::Reworded);
    let row = |f: &FactRow| {
        let (style, mark) = match (f.mark, f.check) {
            (_, true) => ("check", "to check"),
            (Mark::Altered, _) => ("altered", "altered"),
            (Mark::Added, _) => ("added", "added"),
            _ => ("dropped", "dropped"),
        };
        let kind = serde_json::to_value(f.kind).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
        let text = |side: &Option<wirecopy::diff::Side>| side.as_ref().map(|s| cut(&s.text)).unwrap_or_default();
        Changed { style, mark, kind, base: text(&f.base), variant: text(&f.variant) }
    };
    facts.iter().filter(told).take(FACTS).map(row).collect()
}

/// What a pasted text is to the index.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) compared: bool,
    pub(super) agencies: String,
    pub(super) same: Option<Item>,
    pub(super) found: Vec<Linked>,
    pub(super) more: usize,
    /// The article that the facts are held against.
    pub(super) base: Option<Item>,
    pub(super) facts: Vec<Changed>,
}

/// Articles that are shown of an answer.
const SHOWN: usize = 20;

impl Found {
    pub(super) fn new(answer: &Answer, facts: Vec<Changed>) -> Self {
        Self {
            compared: answer.compared,
            agencies: cut(&answer.agencies.join(", ")),
            same: answer.same.as_ref().map(Item::from),
            found: answer.found.iter().take(SHOWN).map(Linked::from).collect(),
            more: answer.found.len().saturating_sub(SHOWN),
            base: answer.found.first().map(|f| Item::from(&f.document)),
            facts,
        }
    }
}

#[derive(Debug, Template)]
#[template(path = "site/ask.html")]
pub(super) struct Ask {
    pub(super) documents: u64,
    pub(super) clusters: u64,
    pub(super) text: String,
    pub(super) found: Option<Found>,
}

/// A cluster in the list.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) id: i64,
    pub(super) documents: u64,
    pub(super) first: Item,
    pub(super) publishers: String,
}

#[derive(Debug, Template)]
#[template(path = "site/clusters.html")]
pub(super) struct Clusters {
    pub(super) groups: Vec<Group>,
    pub(super) later: bool,
    pub(super) next: Option<i64>,
}

/// One quotation and its copies.
#[derive(Debug)]
pub(super) struct Quote {
    pub(super) speaker: String,
    pub(super) text: String,
    pub(super) document: String,
    pub(super) link: String,
    pub(super) only_in_copy: bool,
    /// Name, link, outcome, words.
    pub(super) copies: Vec<(String, String, &'static str, String)>,
}

impl Quote {
    pub(super) fn new(quotation: &Quotation, name: &dyn Fn(&str) -> String) -> Self {
        Self {
            speaker: quotation.speaker.as_deref().map(cut).unwrap_or_default(),
            text: cut(&quotation.text),
            document: name(&quotation.document),
            link: encoded(&quotation.document),
            only_in_copy: quotation.only_in_copy,
            copies: quotation
                .copies
                .iter()
                .map(|c| (name(&c.document), encoded(&c.document), in_words(c.outcome), c.text.as_deref().map(cut).unwrap_or_default()))
                .collect(),
        }
    }
}

/// A name for a document.
pub(super) fn named(publisher: Option<&str>, title: Option<&str>, id: &str) -> String {
    match (publisher, title) {
        (Some(publisher), Some(title)) => cut(&format!("{publisher}: {title}")),
        (Some(name), None) | (None, Some(name)) => cut(name),
        (None, None) => cut(id),
    }
}

#[derive(Debug, Template)]
#[template(path = "site/quotes.html")]
pub(super) struct Quotes {
    pub(super) cluster: i64,
    pub(super) quotes: Vec<Quote>,
}

#[derive(Debug, Template)]
#[template(path = "site/article.html")]
pub(super) struct Article {
    pub(super) item: Item,
    pub(super) id: String,
    /// The address, if it is one of the web.
    pub(super) url: Option<String>,
    pub(super) same_as: Option<Item>,
    pub(super) clustered: bool,
    pub(super) links: Vec<Linked>,
    pub(super) text: String,
}

#[derive(Debug, Template)]
#[template(path = "site/search.html")]
pub(super) struct Search {
    pub(super) title: String,
    pub(super) publisher: String,
    pub(super) asked: bool,
    pub(super) items: Vec<Item>,
    /// The address of the next page.
    pub(super) next: Option<String>,
}

#[derive(Debug, Template)]
#[template(path = "site/publisher.html")]
pub(super) struct Publisher {
    pub(super) name: String,
    pub(super) articles: usize,
    pub(super) most: bool,
    pub(super) clustered: usize,
    pub(super) no_credit_found: u64,
    pub(super) agencies: Vec<(String, u64)>,
    /// With whether it is in a cluster.
    pub(super) items: Vec<(Item, bool)>,
}

impl Publisher {
    pub(super) fn new(name: &str, counted: &Counted, shown: usize) -> Self {
        Self {
            name: cut(name),
            articles: counted.rows.len(),
            most: counted.rows.len() >= super::publisher::COUNTED,
            clustered: counted.clustered.len(),
            no_credit_found: counted.no_credit_found,
            agencies: counted.agencies.iter().map(|(name, n)| (cut(name), *n)).collect(),
            items: counted.rows.iter().take(shown).map(|r| (Item::from(r), counted.clustered.contains(&r.number))).collect(),
        }
    }
}

#[derive(Debug, Template)]
#[template(path = "site/fault.html")]
pub(super) struct Wrong {
    pub(super) status: u16,
    pub(super) what: String,
}
