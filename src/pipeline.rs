//! The run: the only module that knows the order of stages.

mod clusters;
mod lineages;
mod outlets;
mod reading;
mod ready;
mod versions;

pub use lineages::lineages;
pub use ready::{Clues, Reader, Ready};

use crate::candidates::{Candidate, Candidates, HotKey, candidates};
use crate::cluster::through_others;
use crate::config::Config;
use crate::diff::{Text, diff};
use crate::document::{Document, Problem};
use crate::error::Result;
use crate::extract::Article;
use crate::facts::{DateExpr, Facts, facts};
use crate::keys::{Permutations, Profile, Statistics, TermVector, key_rows};
use crate::monitor::{Monitor, Silent, go_on};
use crate::report::{
    ClusterKind, ClusterRow, ConfigRow, DIFF_SCHEMA, DiffReport, DiffRow, DocumentRow, HotKeyRow, PairRow, TRACE_SCHEMA, TraceReport,
    VersionsRow,
};
use crate::trace::{Member, Node, StoryDate, dateline_day, story_date};
use crate::verify::{Comparable, Match, Relation, Side, Weekdays, verify};
use clusters::{Traced, cluster_row, traced_clusters};
use jiff::civil::Date;
use rayon::prelude::*;

/// One document with all that the first scope makes of it.
struct Prepared {
    document: Document,
    article: Article,
    facts: Facts,
    profile: Profile,
    story_date: Option<StoryDate>,
    /// See [`Side`]; read once, since every pair asks for them.
    month_day: Option<(i8, i8)>,
    weekdays: Weekdays,
    /// What the document is about: made once the statistics of all documents are known.
    terms: TermVector,
    lead: TermVector,
    ready: Comparable,
}

impl Prepared {
    /// Consent walls and error pages are alike because they are no articles.
    fn is_article(&self) -> bool {
        !self.article.flags.contains(&"non_article")
    }
}

/// Finds relations, clusters, lineage and fact diffs of a collection.
///
/// `with_text` puts each document's text into its row. Threads are those of the rayon pool that this is called in; results do not depend on their number.
///
/// # Errors
/// [`crate::error::Error::Setting`] when a setting is out of range.
pub fn trace(documents: Vec<Document>, problems: Vec<Problem>, with_text: bool, config: &Config) -> Result<TraceReport> {
    trace_watched(documents, problems, with_text, config, &Silent)
}

/// The same as [`trace`], watched by `monitor`: the stages `prepare` (documents), `verify` (pairs), `cluster` (one step) and `diff`
/// (pairs).
///
/// # Errors
/// Those of [`trace`], and [`Error::Interrupted`](crate::error::Error::Interrupted) when the monitor asks to stop.
pub fn trace_watched(
    documents: Vec<Document>,
    problems: Vec<Problem>,
    with_text: bool,
    config: &Config,
    monitor: &dyn Monitor,
) -> Result<TraceReport> {
    config.check()?;
    let (documents, input_order) = sorted_by_id(documents);
    let (prepared, matches, hot) = verified(documents, config, monitor)?;
    monitor.stage("cluster", 1);
    let versions = versions::versions(&prepared);
    let shown = versions::shown(prepared.len(), &versions);
    let clusters = step(monitor, || traced_clusters(&prepared, &matches, &shown))?;
    let pairs = diff_pairs(&clusters);
    monitor.stage("diff", pairs.len() as u64);
    let row = |(base, variant)| step(monitor, || diff_row(&prepared, &matches, base, variant));
    let fact_diffs: Vec<DiffRow> = pairs.par_iter().map(|&pair| row(pair)).collect::<Result<_>>()?;
    let clusters: Vec<ClusterRow> = clusters.iter().map(|c| cluster_row(c, &prepared, &pairs, &fact_diffs)).collect();
    let documents: Vec<DocumentRow> = input_order.iter().map(|&i| document_row(&prepared[i], with_text)).collect();
    let versions: Vec<VersionsRow> = versions.iter().map(|v| v.row(&prepared)).collect();
    let (outlets, agencies) = outlets::summary(&documents, &clusters, &versions);
    Ok(TraceReport {
        schema: TRACE_SCHEMA,
        config: ConfigRow::from(config),
        documents,
        pairs: pair_rows(&prepared, &matches, &shown),
        versions,
        clusters,
        fact_diffs,
        outlets,
        agencies,
        hot_keys: hot_key_rows(&hot),
        problems,
    })
}

/// Documents in the order of their ids, read, dated and verified, and the keys that were too hot.
fn verified(documents: Vec<Document>, config: &Config, monitor: &dyn Monitor) -> Result<(Vec<Prepared>, Vec<Match>, Vec<HotKey>)> {
    monitor.stage("prepare", documents.len() as u64);
    let mut prepared = prepare_all(documents, config, monitor)?;
    let statistics = statistics(&mut prepared);
    let found = proposed(&prepared, &statistics, config);
    make_ready(&mut prepared, &statistics, config);
    monitor.stage("verify", found.pairs.len() as u64);
    let verified = |c: &Candidate| step(monitor, || verify(side(&prepared, c.a as usize), side(&prepared, c.b as usize), config));
    let mut matches: Vec<Match> = found.pairs.par_iter().map(verified).collect::<Result<_>>()?;
    // A verified source says which year and week a text speaks from; that can part or join other pairs.
    let dated = date_from_neighbours(&mut prepared, &matches, Relation::is_derived);
    verify_again(&mut matches, &dated, &prepared, config);
    infer(&mut matches, prepared.len());
    date_from_neighbours(&mut prepared, &matches, |r| r <= Relation::SameEvent);
    // Nothing is compared from here on.
    prepared.par_iter_mut().for_each(|p| (p.profile, p.ready) = Default::default());
    Ok((prepared, matches, found.hot))
}

/// One step of a stage, unless the run should stop.
fn step<T>(monitor: &dyn Monitor, work: impl FnOnce() -> T) -> Result<T> {
    go_on(monitor)?;
    let done = work();
    monitor.advance(1);
    Ok(done)
}

/// Compares the facts of the first document with those of each other one.
///
/// # Errors
/// [`crate::error::Error::Setting`] when a setting is out of range.
pub fn diff_all(documents: Vec<Document>, problems: Vec<Problem>, with_text: bool, config: &Config) -> Result<DiffReport> {
    diff_all_watched(documents, problems, with_text, config, &Silent)
}

/// The same as [`diff_all`], watched by `monitor`: the stages `prepare` (documents) and `diff` (pairs).
///
/// # Errors
/// Those of [`diff_all`], and [`Error::Interrupted`](crate::error::Error::Interrupted) when the monitor asks to stop.
pub fn diff_all_watched(
    documents: Vec<Document>,
    problems: Vec<Problem>,
    with_text: bool,
    config: &Config,
    monitor: &dyn Monitor,
) -> Result<DiffReport> {
    config.check()?;
    monitor.stage("prepare", documents.len() as u64);
    let mut prepared = prepare_all(documents, config, monitor)?;
    let statistics = statistics(&mut prepared);
    make_ready(&mut prepared, &statistics, config);
    monitor.stage("diff", prepared.len().saturating_sub(1) as u64);
    let one = |variant: usize| {
        let found = verify(side(&prepared, 0), side(&prepared, variant), config);
        diff_row(&prepared, std::slice::from_ref(&found), 0, variant as u32)
    };
    let diffs = (1..prepared.len()).into_par_iter().map(|variant| step(monitor, || one(variant))).collect::<Result<_>>()?;
    Ok(DiffReport {
        schema: DIFF_SCHEMA,
        config: ConfigRow::from(config),
        documents: prepared.iter().map(|p| document_row(p, with_text)).collect(),
        diffs,
        problems,
    })
}

/// Verifies the given pairs of documents, each named by two places in `documents`; word statistics are those of all
/// `documents`. The matches are in the order of `pairs`, with `a` and `b` as they were given.
///
/// # Errors
/// [`crate::error::Error::Setting`] when a setting is out of range.
pub fn compare(documents: Vec<Document>, pairs: &[(u32, u32)], config: &Config) -> Result<Vec<Match>> {
    config.check()?;
    let mut prepared = prepare_all(documents, config, &Silent)?;
    let statistics = statistics(&mut prepared);
    make_ready(&mut prepared, &statistics, config);
    let one = |&(a, b): &(u32, u32)| verify(side(&prepared, a as usize), side(&prepared, b as usize), config);
    Ok(pairs.par_iter().map(one).collect())
}

/// The documents in the order of their ids, which is the order of all indices, so that no verdict depends on the
/// order of the input; and for each place of the input the place it went to.
fn sorted_by_id(documents: Vec<Document>) -> (Vec<Document>, Vec<usize>) {
    let mut with_place: Vec<(usize, Document)> = documents.into_iter().enumerate().collect();
    with_place.sort_by(|x, y| (&x.1.id, x.0).cmp(&(&y.1.id, y.0)));
    let mut input_order = vec![0; with_place.len()];
    for (sorted, (place, _)) in with_place.iter().enumerate() {
        input_order[*place] = sorted;
    }
    (with_place.into_iter().map(|x| x.1).collect(), input_order)
}

fn prepare(document: Document, article: Article, config: &Config) -> Prepared {
    let facts = facts(&document.text, &article);
    let profile = Profile::new(&document.text, document.title.as_deref(), &article, &facts, config.shingle_size);
    let story_date = story_date(&document.text, &article, &facts.dates, &[]);
    let month_day = dateline_month_day(&document.text, &article);
    let weekdays = lead_weekdays(&facts);
    let (terms, lead, ready) = Default::default();
    Prepared { document, article, facts, profile, story_date, month_day, weekdays, terms, lead, ready }
}

/// Reads all documents, then what is said in each.
fn prepare_all(documents: Vec<Document>, config: &Config, monitor: &dyn Monitor) -> Result<Vec<Prepared>> {
    let articles = reading::articles(&documents, monitor)?;
    let read = documents.into_par_iter().zip(articles);
    read.map(|(document, article)| step(monitor, || prepare(document, article, config))).collect()
}

/// The first pass over all documents, and what each is about by it.
fn statistics(prepared: &mut [Prepared]) -> Statistics {
    let statistics = Statistics::gather(prepared.iter().map(|p| &p.profile));
    prepared.par_iter_mut().for_each(|p| {
        p.terms = TermVector::new(&p.profile, &statistics);
        p.lead = TermVector::of_lead(&p.profile, &statistics);
    });
    statistics
}

/// What comparing asks for: after candidates, since their rows take as much memory.
fn make_ready(prepared: &mut [Prepared], statistics: &Statistics, config: &Config) {
    prepared.par_iter_mut().for_each(|p| p.ready = Comparable::new(&p.profile, statistics, config));
}

fn side(prepared: &[Prepared], index: usize) -> Side<'_> {
    let p = &prepared[index];
    Side {
        index: index as u32,
        profile: &p.profile,
        ready: &p.ready,
        terms: &p.terms,
        lead: &p.lead,
        // Where text and stamp disagree and nothing else tells, the day is a guess.
        days: p.story_date.as_ref().filter(|s| s.firm || !s.conflicts_with_page_date).map(|s| (s.earliest, s.latest)),
        month_day: p.month_day,
        weekdays: p.weekdays,
    }
}

/// Month and day of the dateline.
fn dateline_month_day(text: &str, article: &Article) -> Option<(i8, i8)> {
    let DateExpr::Day { month, day, .. } = dateline_day(text, article)?.expr else { return None };
    Some((i8::try_from(month).ok()?, i8::try_from(day).ok()?))
}

/// Weekdays named in the first sentences, `last` and plain ones: when the event was.
fn lead_weekdays(facts: &Facts) -> Weekdays {
    const FIRST_SENTENCES: usize = 5;
    let named = facts.dates.iter().filter(|d| d.sentence < FIRST_SENTENCES).filter_map(|d| match d.expr {
        DateExpr::Weekday { day, shift } if shift <= 0 => Some(1 << day),
        _ => None,
    });
    named.fold(Weekdays::default(), |found, day| Weekdays { first: if found.first == 0 { day } else { found.first }, all: found.all | day })
}

/// The pairs that are worth a look.
fn proposed(prepared: &[Prepared], statistics: &Statistics, config: &Config) -> Candidates {
    let permutations = Permutations::new(config.num_perm, config.seed);
    let keys = |(i, p): (usize, &Prepared)| key_rows(i as u32, &p.profile, &p.facts, statistics, &permutations, config);
    // In a small collection all pairs are candidates, whatever keys they share.
    let keyed = if prepared.len() <= config.all_pairs_below { &[] } else { prepared };
    let mut found = candidates(keyed.par_iter().enumerate().flat_map_iter(keys).collect(), prepared.len(), config);
    found.pairs.retain(|c| prepared[c.a as usize].is_article() && prepared[c.b as usize].is_article());
    found
}

/// Hot keys by kind.
fn hot_key_rows(hot: &[HotKey]) -> Vec<HotKeyRow> {
    let mut rows: Vec<HotKeyRow> = Vec::new();
    for key in hot {
        let at = rows.iter().position(|r| r.kind == key.kind).unwrap_or(rows.len());
        if at == rows.len() {
            rows.push(HotKeyRow { kind: key.kind, keys: 0, left_out: 0, documents: 0 });
        }
        let row = &mut rows[at];
        row.keys += 1;
        row.left_out += usize::from(key.left_out);
        row.documents = row.documents.max(key.documents);
    }
    rows
}

/// Reads story dates again with the dates of documents of `wanted` relations: a weekday alone says no year. Tells
/// for each document whether its date changed.
fn date_from_neighbours(prepared: &mut [Prepared], matches: &[Match], wanted: fn(Relation) -> bool) -> Vec<bool> {
    let stamped = |p: &Prepared| {
        let sure = p.story_date.as_ref().filter(|s| s.earliest == s.latest).map(|s| s.earliest);
        let page = p.article.page_date.map(|d| d.date).filter(|_| !p.story_date.as_ref().is_some_and(|s| s.conflicts_with_page_date));
        sure.or(page)
    };
    let mut hints: Vec<Vec<Date>> = vec![Vec::new(); prepared.len()];
    for m in matches.iter().filter(|m| wanted(m.verdict.relation)) {
        hints[m.a as usize].extend(stamped(&prepared[m.b as usize]));
        hints[m.b as usize].extend(stamped(&prepared[m.a as usize]));
    }
    let again = |(p, mut hints): (&mut Prepared, Vec<Date>)| {
        if hints.is_empty() {
            return false;
        }
        hints.sort_unstable();
        hints.dedup();
        let found = story_date(&p.document.text, &p.article, &p.facts.dates, &hints);
        let changed = found != p.story_date;
        p.story_date = found;
        changed
    };
    prepared.par_iter_mut().zip(hints).map(again).collect()
}

/// Verifies the pairs of documents whose dates changed once more.
fn verify_again(matches: &mut [Match], dated: &[bool], prepared: &[Prepared], config: &Config) {
    matches.par_iter_mut().filter(|m| dated[m.a as usize] || dated[m.b as usize]).for_each(|m| {
        *m = verify(side(prepared, m.a as usize), side(prepared, m.b as usize), config);
    });
}

/// Settles pairs whose own words leave them open by what both are to a third document.
fn infer(matches: &mut [Match], documents: usize) {
    for found in through_others(documents, matches) {
        let verdict = &mut matches[found.place].verdict;
        (verdict.relation, verdict.rule, verdict.through) = (found.relation, found.rule, Some(found.through));
        verdict.probability = verdict.probability.max(found.probability.unwrap_or(0.0));
    }
}

fn member(p: &Prepared, index: u32) -> Member<'_> {
    Member {
        index,
        id: &p.document.id,
        text: &p.document.text,
        article: &p.article,
        facts: &p.facts,
        page_date: p.document.page_date.or(p.article.page_date.map(|d| d.date)),
        page_date_wrong: p.story_date.as_ref().is_some_and(|s| s.conflicts_with_page_date),
    }
}

/// Base and variant of each fact diff: every edge between documents, and the root against every member.
fn diff_pairs(clusters: &[Traced]) -> Vec<(u32, u32)> {
    let mut out = Vec::new();
    for c in clusters.iter().filter(|c| c.kind == ClusterKind::Derivation) {
        for e in &c.edges {
            if let Node::Document(from) = e.from {
                out.push((from, e.to));
            }
        }
        if let Some(Node::Document(root)) = c.origin {
            out.extend(c.members.iter().filter(|&&m| m != root).map(|&m| (root, m)));
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

fn diff_row(prepared: &[Prepared], matches: &[Match], base: u32, variant: u32) -> DiffRow {
    let text = |i: u32| {
        let p = &prepared[i as usize];
        Text { id: &p.document.id, text: &p.document.text, article: &p.article, facts: &p.facts }
    };
    let found = diff(text(base), text(variant));
    let pair = (base.min(variant), base.max(variant));
    let verdict = matches.binary_search_by_key(&pair, |m| (m.a, m.b)).ok().map(|at| &matches[at].verdict);
    DiffRow {
        base: prepared[base as usize].document.id.clone(),
        variant: prepared[variant as usize].document.id.clone(),
        relation: verdict.map_or(Relation::Unrelated, |v| v.relation),
        probability: verdict.map_or(0.0, |v| v.probability),
        facts: found.facts,
        quotes: found.quotes,
        contradictions: found.contradictions,
    }
}

fn document_row(p: &Prepared, with_text: bool) -> DocumentRow {
    let d = &p.document;
    DocumentRow {
        id: d.id.clone(),
        path: d.path.clone(),
        title: d.title.clone().or_else(|| p.article.title.map(|t| t.of(&d.text).to_owned())),
        publisher: d.publisher.clone().or_else(|| p.article.publisher.clone()),
        url: d.url.clone(),
        language: p.article.language.map(str::to_owned),
        words: p.article.words.len(),
        page_date: p.article.page_date.map(|x| x.date),
        page_date_origin: p.article.page_date.map(|x| x.origin),
        page_dates: d.stated.as_ref().map_or_else(Vec::new, |s| s.dates.clone()),
        story_date: p.story_date.clone(),
        text_hash: format!("{:032x}", xxhash_rust::xxh3::xxh3_128(d.text.as_bytes())),
        flags: p.article.flags.iter().map(|f| (*f).to_owned()).collect(),
        credits: p.article.credits.clone(),
        photo_credits: p.article.photo_credits.clone(),
        blocks: p.article.blocks.clone(),
        text: with_text.then(|| d.text.clone()),
    }
}

fn pair_rows(prepared: &[Prepared], matches: &[Match], shown: &[u32]) -> Vec<PairRow> {
    let version = |m: &Match| shown[m.a as usize] == shown[m.b as usize];
    matches
        .iter()
        .filter(|m| m.verdict.relation != Relation::Unrelated)
        .map(|m| PairRow {
            a: prepared[m.a as usize].document.id.clone(),
            b: prepared[m.b as usize].document.id.clone(),
            relation: m.verdict.relation,
            probability: round(m.verdict.probability),
            similarity: round(m.verdict.similarity),
            rule: m.verdict.rule.to_owned(),
            through: m.verdict.through.map(|t| prepared[t as usize].document.id.clone()),
            flags: m.verdict.flags.iter().copied().chain(version(m).then_some("version")).map(str::to_owned).collect(),
            jaccard: round(m.features.jaccard),
            containment_a: round(m.features.covered[0]),
            containment_b: round(m.features.covered[1]),
            evidence: m.evidence.clone(),
            passages: m.passages.clone(),
        })
        .collect()
}

/// Four decimals: more would only show how the machine adds.
fn round(x: f64) -> f64 {
    (x * 1e4).round() / 1e4
}
