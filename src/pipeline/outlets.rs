//! Per outlet and per agency: what the documents go back to, as far as the texts tell.
//!
//! Nothing here says more than the lineage does. A document counts as agency copy without a credit only where a decided edge leads back
//! to an agency; where a direction is not decided, the document is counted as such.

use crate::document::normal_url;
use crate::report::{AgencyRow, ClusterRow, DerivationRow, DocumentRow, Origin, OutletRow, VersionsRow};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap, HashSet};

/// An edge that is less likely says nothing about who took it from whom.
const FIRM: f64 = 0.5;

/// What one document goes back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source<'a> {
    Own,
    /// An agency, and whether a credit was found on the page.
    Wire(&'a str, bool),
    OtherOutlet,
    Undecided,
}

/// Counts of one outlet or agency.
#[derive(Default)]
struct Tally<'a> {
    name: &'a str,
    own: usize,
    credited: usize,
    no_credit: usize,
    other: usize,
    undecided: usize,
    delays: Vec<i64>,
    outlets: HashSet<String>,
}

/// The rows of all outlets and all agencies, those with most documents first.
pub(super) fn summary(documents: &[DocumentRow], clusters: &[ClusterRow], versions: &[VersionsRow]) -> (Vec<OutletRow>, Vec<AgencyRow>) {
    let lineage = Lineages::new(documents, clusters);
    let passed_over: HashSet<&str> =
        versions.iter().flat_map(|v| v.members.iter().filter(|m| **m != v.chosen)).map(String::as_str).collect();
    let names: Vec<Option<String>> = documents.iter().map(outlet).collect();
    let (mut outlets, mut agencies): (BTreeMap<Option<String>, Tally<'_>>, BTreeMap<&str, Tally<'_>>) = Default::default();
    for (d, name) in documents.iter().zip(&names) {
        if passed_over.contains(d.id.as_str()) || d.flags.iter().any(|f| f == "non_article") {
            continue;
        }
        let source = lineage.source(d);
        let delay = if source == Source::Own { None } else { lineage.delay(d) };
        let row = outlets.entry(name.as_ref().map(|n| n.to_lowercase())).or_default();
        if row.name.is_empty() {
            row.name = name.as_deref().unwrap_or_default();
        }
        row.count(source, delay);
        match source {
            Source::Wire(agency, _) => {
                let row = agencies.entry(agency).or_default();
                row.count(source, delay);
                row.outlets.extend(name.as_ref().map(|n| n.to_lowercase()));
            }
            Source::Own => {
                if let Some(agency) = name.as_ref().and_then(|n| lineage.agencies.get(&n.to_lowercase())) {
                    agencies.entry(agency).or_default().count(source, None);
                }
            }
            Source::OtherOutlet | Source::Undecided => {}
        }
    }
    let mut outlets: Vec<OutletRow> = outlets.into_values().map(Tally::outlet).collect();
    // Stable: by name where two have as many.
    outlets.sort_by_key(|r| (r.outlet.is_none(), std::cmp::Reverse(r.documents)));
    let mut agencies: Vec<AgencyRow> = agencies.into_iter().map(|(name, tally)| tally.agency(name)).collect();
    agencies.sort_by_key(|r| std::cmp::Reverse(r.credited + r.no_credit_found));
    (outlets, agencies)
}

impl<'a> Tally<'a> {
    fn count(&mut self, source: Source<'a>, delay: Option<i64>) {
        *match source {
            Source::Own => &mut self.own,
            Source::Wire(_, true) => &mut self.credited,
            Source::Wire(_, false) => &mut self.no_credit,
            Source::OtherOutlet => &mut self.other,
            Source::Undecided => &mut self.undecided,
        } += 1;
        self.delays.extend(delay);
    }

    fn outlet(mut self) -> OutletRow {
        let documents = self.own + self.credited + self.no_credit + self.other + self.undecided;
        OutletRow {
            outlet: (!self.name.is_empty()).then(|| self.name.to_owned()),
            documents,
            own: self.own,
            wire_credited: self.credited,
            wire_no_credit_found: self.no_credit,
            other_outlet: self.other,
            undecided: self.undecided,
            share_own: share(self.own, documents),
            share_wire_credited: share(self.credited, documents),
            share_wire_no_credit_found: share(self.no_credit, documents),
            dated: self.delays.len(),
            median_delay_days: median(&mut self.delays),
        }
    }

    fn agency(mut self, name: &str) -> AgencyRow {
        let copies = self.credited + self.no_credit;
        AgencyRow {
            agency: name.to_owned(),
            own_copies: self.own,
            credited: self.credited,
            no_credit_found: self.no_credit,
            share_no_credit_found: share(self.no_credit, copies),
            outlets: self.outlets.len(),
            dated: self.delays.len(),
            median_delay_days: median(&mut self.delays),
        }
    }
}

/// Four decimals.
fn share(part: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { super::round(part as f64 / all as f64) }
}

fn median(days: &mut [i64]) -> Option<f64> {
    days.sort_unstable();
    let middle = days.len() / 2;
    match days.len() {
        0 => None,
        n if n % 2 == 1 => Some(days[middle] as f64),
        _ => Some((days[middle - 1] + days[middle]) as f64 / 2.0),
    }
}

/// The edges of all clusters with the documents that they join.
struct Lineages<'a> {
    by_id: HashMap<&'a str, &'a DocumentRow>,
    /// The likeliest decided edge to each copy.
    sources: HashMap<&'a str, &'a DerivationRow>,
    /// Both ends of edges whose direction is open or that are unlikely.
    open: HashSet<&'a str>,
    /// Names of agencies in small letters, to know their own pages by.
    agencies: HashMap<String, &'a str>,
}

impl<'a> Lineages<'a> {
    fn new(documents: &'a [DocumentRow], clusters: &'a [ClusterRow]) -> Self {
        let (mut sources, mut open, mut agencies): (HashMap<&str, &DerivationRow>, HashSet<&str>, HashMap<String, &str>) =
            Default::default();
        for edge in clusters.iter().flat_map(|c| &c.derivations) {
            if let Origin::Agency(name) = &edge.from {
                agencies.insert(name.to_lowercase(), name);
            }
            if edge.directed && edge.probability >= FIRM {
                let best = sources.entry(&edge.to).or_insert(edge);
                if best.probability < edge.probability {
                    *best = edge;
                }
            } else {
                open.insert(&edge.to);
                if let Origin::Document(from) = &edge.from {
                    open.insert(from);
                }
            }
        }
        agencies.extend(documents.iter().flat_map(|d| &d.credits).map(|c| (c.agency.to_lowercase(), c.agency.as_str())));
        Self { by_id: documents.iter().map(|d| (d.id.as_str(), d)).collect(), sources, open, agencies }
    }

    /// The agency that a page credits or belongs to.
    fn agency_of(&self, d: &'a DocumentRow) -> Option<&'a str> {
        let own = outlet(d).and_then(|o| self.agencies.get(&o.to_lowercase()).copied());
        own.or_else(|| d.credits.first().map(|c| c.agency.as_str()))
    }

    fn source(&self, d: &'a DocumentRow) -> Source<'a> {
        let own = outlet(d).map(|o| o.to_lowercase());
        if own.as_ref().is_some_and(|o| self.agencies.contains_key(o)) {
            return Source::Own;
        }
        if let Some(credit) = d.credits.first() {
            return Source::Wire(&credit.agency, true);
        }
        let (mut at, mut elsewhere) = (d, false);
        let mut passed = HashSet::from([d.id.as_str()]);
        while let Some(edge) = self.sources.get(at.id.as_str()) {
            let from = match &edge.from {
                Origin::Agency(name) => return Source::Wire(name, false),
                Origin::Document(id) => id.as_str(),
            };
            let Some(next) = self.by_id.get(from).filter(|n| passed.insert(n.id.as_str())) else { break };
            if let Some(agency) = self.agency_of(next) {
                return Source::Wire(agency, false);
            }
            let there = outlet(next).map(|o| o.to_lowercase());
            elsewhere |= there.is_none() || there != own;
            at = next;
        }
        match (elsewhere, self.open.contains(d.id.as_str())) {
            (true, _) => Source::OtherOutlet,
            (false, true) => Source::Undecided,
            (false, false) => Source::Own,
        }
    }

    /// Days from the source to this page: from the day on the source's page, else from the day that the text speaks from. `None` where one
    /// of the two is not known or the page would be the older one.
    fn delay(&self, d: &DocumentRow) -> Option<i64> {
        let seen = self.sources.get(d.id.as_str()).and_then(|edge| match &edge.from {
            Origin::Document(id) => self.by_id.get(id.as_str()).and_then(|s| stamped(s)),
            Origin::Agency(_) => None,
        });
        let from = seen.or_else(|| d.story_date.as_ref().filter(|s| s.earliest == s.latest).map(|s| s.earliest))?;
        let days = from.until(stamped(d)?).ok()?.get_days();
        (days >= 0).then_some(i64::from(days))
    }
}

/// The day on the page, where the text does not contradict it.
fn stamped(d: &DocumentRow) -> Option<Date> {
    d.page_date.filter(|_| !d.story_date.as_ref().is_some_and(|s| s.conflicts_with_page_date))
}

/// What the page calls its outlet, else the host of its address, else a folder of its id that is named as a host is.
fn outlet(d: &DocumentRow) -> Option<String> {
    let printed = d.publisher.as_ref().map(|p| p.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|p| !p.is_empty());
    let host = || d.url.as_deref().and_then(normal_url).and_then(|u| Some(u.split(['/', '?']).next()?.to_owned()));
    let folder = || d.id.rsplit(['/', '\\']).skip(1).find(|part| is_host(part)).map(|part| part.trim_start_matches("www.").to_owned());
    printed.or_else(host).or_else(folder)
}

fn is_host(name: &str) -> bool {
    let top = name.rsplit('.').next().unwrap_or_default();
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    name.len() > top.len() + 1
        && !name.starts_with('.')
        && name.chars().all(letters)
        && top.len() >= 2
        && top.chars().all(|c| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests;
