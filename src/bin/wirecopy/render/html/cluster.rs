//! One derivation cluster: its head for the list, and all that is behind it.

use super::catalogue::Catalogue;
use super::disputed::{Disputed, disputed};
use super::fact_table::{Table, facts, quotes};
use super::lineage::{Lineage, lineage};
use super::member::{Member, member};
use super::packed::Part;
use super::plain::Plain;
use super::reading::{Body, Reading, reading};
use askama::Template;
use std::collections::BTreeSet;
use wirecopy::diff::Mark;
use wirecopy::report::{ClusterRow, DiffRow, Origin};

/// What the filters of the page look at; agencies and relations as numbers of the page's lists.
#[derive(Debug, Default)]
pub(super) struct Traits {
    pub(super) agencies: BTreeSet<String>,
    pub(super) relations: BTreeSet<&'static str>,
    pub(super) altered: usize,
}

/// One pair that the reading view can show.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) base: Plain,
    pub(super) variant: Plain,
}

/// A cluster in the list: its head, and what is behind it.
#[derive(Debug)]
pub(super) struct Cluster {
    pub(super) number: usize,
    pub(super) title: Plain,
    pub(super) origin: Plain,
    pub(super) unseen: bool,
    pub(super) members: usize,
    pub(super) relation_words: String,
    pub(super) traits: Traits,
    /// Numbers of agencies and relations in the lists of the page, each between blanks.
    pub(super) agency_keys: String,
    pub(super) relation_keys: String,
    /// Numbers of the documents, and what the search looks through: where what is behind is packed.
    pub(super) documents: String,
    pub(super) words: Plain,
    pub(super) body: Part,
}

#[derive(Debug, Template)]
#[template(path = "cluster.html")]
struct Inside {
    number: usize,
    origin: Plain,
    unseen: bool,
    members: Vec<Member>,
    lineage: Lineage,
    disputed: Option<Disputed>,
    facts: Vec<Table>,
    quotes: Vec<Table>,
    bodies: Vec<Body>,
    choices: Vec<Choice>,
    /// [`Reading`]s as JSON: numbers only.
    readings: String,
    contradictions: Vec<(Plain, Plain)>,
}

/// The diffs of a cluster, a list for each base that gets a table: the origin alone where it was seen, else the base of each edge.
fn tables<'a>(catalogue: &Catalogue<'a>, cluster: &ClusterRow, diffs: &[&'a DiffRow]) -> Vec<Vec<&'a DiffRow>> {
    let mut bases: Vec<&str> = match &cluster.origin {
        Some(Origin::Document(id)) => vec![id],
        _ => Vec::new(),
    };
    if bases.iter().all(|b| catalogue.diffs(b).is_empty()) {
        bases = Vec::new();
        for d in diffs {
            if bases.last() != Some(&d.base.as_str()) && !bases.contains(&d.base.as_str()) {
                bases.push(&d.base);
            }
        }
    }
    bases.iter().map(|b| diffs.iter().filter(|d| d.base == *b).copied().collect()).collect()
}

pub(super) fn cluster(catalogue: &Catalogue<'_>, row: &ClusterRow, number: usize) -> anyhow::Result<Cluster> {
    let documents: Vec<usize> = row.members.iter().filter_map(|id| catalogue.index(id)).collect();
    let members: Vec<Member> = documents.iter().map(|&d| member(catalogue, d)).collect();
    let inside: BTreeSet<&str> = row.members.iter().map(String::as_str).collect();
    let bases = row.members.iter().flat_map(|id| catalogue.diffs(id));
    let diffs: Vec<&DiffRow> = bases.filter(|d| inside.contains(d.variant.as_str())).copied().collect();

    let mut traits = Traits::default();
    traits.agencies.extend(documents.iter().flat_map(|&d| &catalogue.document(d).credits).map(|c| c.agency.clone()));
    traits.agencies.extend(row.derivations.iter().map(|d| &d.from).chain(&row.origin).filter_map(agency));
    traits.altered = diffs.iter().flat_map(|d| &d.facts).filter(|f| f.mark == Mark::Altered && !f.check).count();
    let edges = row.derivations.iter().filter_map(|d| match &d.from {
        Origin::Document(id) => catalogue.pair(id, &d.to),
        Origin::Agency(_) => None,
    });
    let compared = diffs.iter().filter_map(|d| catalogue.pair(&d.base, &d.variant));
    traits.relations.extend(edges.chain(compared).map(|p| p.relation.label()));
    if traits.relations.is_empty() {
        // Copies of one unseen text: what they are to each other.
        let pairs = row.members.windows(2).filter_map(|w| catalogue.pair(&w[0], &w[1]));
        traits.relations.extend(pairs.map(|p| p.relation.label()));
    }

    let bodies: Vec<Body> = documents.iter().map(|&d| Body::new(d, catalogue.document(d).text.as_deref().unwrap_or(""))).collect();
    let body = |id: &str| {
        let index = catalogue.index(id)?;
        let at = documents.binary_search(&index).ok().or_else(|| documents.iter().position(|d| *d == index))?;
        Some((&bodies[at], catalogue.document(index).text.as_deref().unwrap_or("")))
    };
    let (mut choices, mut readings): (Vec<Choice>, Vec<Reading>) = (Vec::new(), Vec::new());
    for d in &diffs {
        if let (Some((a, x)), Some((b, y))) = (body(&d.base), body(&d.variant)) {
            choices.push(Choice { base: catalogue.name_of(&d.base), variant: catalogue.name_of(&d.variant) });
            readings.push(reading(catalogue, d, a, b, [x, y]));
        }
    }
    let groups = tables(catalogue, row, &diffs);
    let mut contradictions: Vec<(Plain, Plain)> =
        diffs.iter().flat_map(|d| &d.contradictions).map(|c| (catalogue.name_of(&c.document), Plain::cut(&c.text, 240))).collect();
    contradictions.sort();
    contradictions.dedup();
    let (origin, unseen) = match &row.origin {
        Some(Origin::Agency(name)) => (Plain::from(name), true),
        Some(Origin::Document(id)) => (catalogue.name_of(id), false),
        None => (Plain::default(), false),
    };
    let inside = Inside {
        number,
        origin: origin.clone(),
        unseen,
        lineage: lineage(catalogue, row),
        disputed: disputed(catalogue, row),
        facts: groups.iter().filter_map(|g| facts(catalogue, g)).collect(),
        quotes: groups.iter().filter_map(|g| quotes(catalogue, g)).collect(),
        bodies,
        choices,
        readings: serde_json::to_string(&readings)?,
        contradictions,
        members,
    };
    let (mut numbers, mut words) = (String::new(), Plain::default());
    if catalogue.large {
        numbers = documents.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        words = Plain::from(inside.members.iter().map(Member::words_to_find).collect::<Vec<_>>().join(" ").to_lowercase());
    }
    Ok(Cluster {
        number,
        title: title(catalogue, row, &inside.members),
        origin,
        unseen,
        members: inside.members.len(),
        relation_words: traits.relations.iter().map(|r| r.replace('_', " ")).collect::<Vec<_>>().join(", "),
        traits,
        agency_keys: String::new(),
        relation_keys: String::new(),
        documents: numbers,
        words,
        // The first stands open: unpacked in the browser it would move the page under the reader's hand.
        body: Part::new(inside.render()?, catalogue.large && number > 1)?,
    })
}

fn agency(origin: &Origin) -> Option<String> {
    match origin {
        Origin::Agency(name) => Some(name.clone()),
        Origin::Document(_) => None,
    }
}

/// The title of the origin, else that of the first copy of it, else of any member.
fn title(catalogue: &Catalogue<'_>, row: &ClusterRow, members: &[Member]) -> Plain {
    let first = match &row.origin {
        Some(Origin::Document(id)) => Some(id),
        _ => row.derivations.first().map(|d| &d.to),
    };
    let first = first.and_then(|id| catalogue.index(id)).and_then(|i| members.iter().find(|m| m.index == i));
    let titled = first.into_iter().chain(members).find(|m| !m.title.is_empty());
    titled.map(|m| m.title.clone()).or_else(|| members.first().map(|m| m.name.clone())).unwrap_or_default()
}
