//! The corpus run: near-duplicates among any number of documents, in bounded memory.
//!
//! Four stages, each over plain rows, each with a file of its own:
//!
//! 1. `read`: every record to a row of [`Documents`] and its band keys ([`BandColumns`]), block by block;
//! 2. `join`: band keys to candidate pairs, one band at a time ([`join_bands`]);
//! 3. `verify`: candidates to links, by exact similarity of the shingle sets (`collapse`);
//! 4. `write`: kept records as they were read, and one row for each document.
//!
//! The same over a table of texts: [`Inputs::of_texts`]. An engine that groups rows by key itself takes the stages one by one:
//! [`sign_rows`], [`BucketLinks`](crate::candidates::BucketLinks), [`Forest`](crate::cluster::Forest), [`compare_groups`]; over news
//! [`collapse_groups`] and what follows it.
//!
//! Threads are those of the rayon pool that [`dedup`] is called in; results do not depend on their number.

mod apart;
mod block;
mod collapse;
mod derive;
mod documents;
mod giants;
mod input;
mod json;
mod mash;
mod monitor;
mod outputs;
mod rows;
mod stages;
mod texts;
mod verdicts;
mod wall_words;

pub use crate::monitor::{Monitor, Silent, Usage};
pub use apart::{
    CollapsedLink, CollapsedRows, Derivative, RowVerdict, SharedGrams, SignedRows, choose_sources, collapse_groups, compare_groups,
    compare_sources, held_stretches, least_glance, settle_groups, sign_rows,
};
pub use derive::gram_rule;
pub use documents::Documents;
pub use input::{Inputs, Part, ReadAt};
pub use json::{FieldNames, Fields, read_record, read_slowly, scan};
pub use monitor::StageRow;
pub use outputs::{ClusterRow, ClusterRows, KeptRecords, RecordLines, RowLines};
pub use rows::{Bucket, DerivativesRow, Giant, Summary};
pub use stages::Stages;
pub use texts::{Texts, seconds};
pub use verdicts::Verdicts;

use crate::candidates::{BandColumns, GramColumns, HotBand, Joined, Spill, join_bands};
use crate::config::{Config, Keep};
use crate::document::Problem;
use crate::error::{Error, Result};
use block::{BLOCK, BLOCK_ROWS, Worker};
use monitor::Stopwatch;
use rayon::prelude::*;
use stages::{RowReader, RowWriter};

/// All that a run needs beside its outputs.
pub struct Request<'a> {
    /// What is read.
    pub inputs: &'a Inputs,
    /// The settings.
    pub config: &'a Config,
    /// Bytes of memory to stay within, as far as the rows of documents leave room.
    pub memory: u64,
    /// Where keys go that do not fit.
    pub spill: Option<Box<dyn Spill>>,
    /// Where gram rows and their pairs go that do not fit; for a run that looks for derivatives.
    pub gram_spills: [Option<Box<dyn Spill>>; 2],
    /// Where the rows of finished stages are kept, so that a run can be resumed.
    pub stages: Option<&'a mut dyn Stages>,
    /// Progress, clock, and the wish to stop.
    pub monitor: &'a dyn Monitor,
}

/// Where results go.
pub struct Outputs<'a> {
    /// Records that stay, in input order.
    pub kept: &'a mut dyn KeptRecords,
    /// One row for each document.
    pub clusters: Option<&'a mut dyn ClusterRows>,
}

/// Keeps one document of each cluster of near-duplicates.
///
/// # Errors
/// [`Error::Setting`] for a setting out of range, [`Error::Run`] when an input, an output or the spill fails,
/// [`Error::Interrupted`] when the monitor asks to stop. Faulty records are told in [`Summary::problems`].
pub fn dedup(request: Request<'_>, outputs: Outputs<'_>) -> Result<Summary> {
    let Request { inputs, config, memory, mut spill, gram_spills, stages, monitor } = request;
    let [mut gram_spill, pair_spill] = gram_spills;
    config.check()?;
    let mut watch = Stopwatch::new(monitor);
    let mut shelf = Shelf { stages };

    monitor.stage("read", inputs.length());
    let (mut columns, mut grams) = (None, None);
    let (read, resumed) = shelf.stage("read", Read::decode, Read::encode, |lasting| {
        let mut fresh = BandColumns::new(config.bands, (memory / 3) as usize, spill.take());
        let mut fresh_grams = config.derivatives.then(|| GramColumns::new((memory / 4) as usize, gram_spill.take()));
        let read = read_all(inputs, config, &mut fresh, fresh_grams.as_mut(), monitor)?;
        if lasting {
            fresh.flush().and_then(|()| fresh_grams.as_mut().map_or(Ok(()), GramColumns::flush)).map_err(failed("keeping keys"))?;
        }
        grams = fresh_grams;
        columns = Some(fresh);
        Ok(read)
    })?;
    let Read { documents, problems } = read;
    watch.end("read", inputs.length(), resumed);

    monitor.stage("join", config.bands as u64);
    let order = keep_order(&documents, config);
    let least = least_of(config);
    let copies = documents.exact_copies(&order, least);
    let compared = |&d: &u32| copies[d as usize] == d && documents.can_collapse(d, least);
    let ranks: Vec<u32> = order.into_iter().filter(compared).collect();
    let mut spilled = false;
    let mut done = None;
    let (joined, resumed) = shelf.stage("join", decode_joined, encode_joined, |_| {
        let found = columns.take().or_else(|| Some(BandColumns::resumed(config.bands, spill.take()?)));
        let mut columns = found.ok_or_else(|| failed("joining keys")(std::io::ErrorKind::NotFound.into()))?;
        spilled = columns.spilled();
        let found = join_bands(&mut columns, &ranks, config.hot_window, rayon::current_num_threads());
        done = Some(columns);
        Ok(without_unlikely(found.map_err(failed("joining keys"))?, &documents, &ranks, config))
    })?;
    // Only now that the pairs are kept: a run that is stopped before needs the keys again.
    if let Some(columns) = done {
        columns.discard();
    }
    watch.end("join", 0, resumed);

    monitor.stage("verify", joined.pairs.len() as u64);
    let (verified, resumed) = shelf.stage("verify", collapse::Collapsed::decode, collapse::Collapsed::encode, |_| {
        verify_all(&joined, &ranks, &documents, inputs, config, memory, monitor)
    })?;
    watch.end("verify", 0, resumed);

    let mut derivatives = None;
    let mut settled = derive::Settled::default();
    if config.derivatives {
        monitor.stage("grams", 0);
        let mut done = None;
        let (found, resumed) = shelf.stage("grams", derive::decode_grams, derive::encode_grams, |_| {
            let rows = grams.take().or_else(|| Some(GramColumns::resumed(gram_spill.take()?)));
            let mut rows = rows.ok_or_else(|| failed("joining grams")(std::io::ErrorKind::NotFound.into()))?;
            let found = derive::join(&mut rows, documents.len(), &ranks, &verified, config, memory, pair_spill);
            done = Some(rows);
            found.map_err(failed("joining grams"))
        })?;
        // As above: only now that the pairs are kept.
        if let Some(rows) = done {
            rows.discard();
        }
        watch.end("grams", 0, resumed);
        monitor.stage("derive", found.pairs.len() as u64);
        let (derived, resumed) = shelf.stage("derive", derive::Derived::decode, derive::Derived::encode, |_| {
            derive::derive(&found, &ranks, &verified, &documents, inputs, config, monitor)
        })?;
        settled = derive::settle(&derived, ranks.len(), &verified, config);
        derivatives = Some(DerivativesRow {
            candidates: found.pairs.len() as u64,
            compared: derived.compared,
            verified: derived.links.len() as u64,
            bounded: derived.bounded,
            hot_grams: found.hot,
            hottest: found.hottest as u64,
            template_grams: found.template.len() as u64,
        });
        watch.end("derive", 0, resumed);
    }

    monitor.stage("write", documents.len() as u64);
    let verdicts = Verdicts::new(&documents, &copies, &ranks, &verified, &settled);
    let mut summary = rows::write_all(inputs, &documents, &verdicts, outputs, config, monitor)?;
    watch.end("write", inputs.length(), false);
    summary.tell(&joined, &verdicts, problems, spilled, config);
    summary.derivatives = derivatives;
    summary.stages = watch.rows;
    Ok(summary)
}

/// What the first stage gives.
struct Read {
    documents: Documents,
    problems: Vec<Problem>,
}

impl Read {
    fn encode(&self) -> Vec<u8> {
        let mut out = RowWriter::default();
        self.documents.encode(&mut out);
        out.text(&serde_json::to_string(&self.problems).unwrap_or_default());
        out.bytes
    }

    fn decode(rows: &[u8]) -> Option<Self> {
        let mut rows = RowReader { rest: rows };
        let documents = Documents::decode(&mut rows)?;
        Some(Self { documents, problems: serde_json::from_str(rows.text()?).ok()? })
    }
}

fn encode_joined(joined: &Joined) -> Vec<u8> {
    let mut out = RowWriter::default();
    out.u32s(&joined.pairs.iter().flat_map(|&(later, earlier)| [later, earlier]).collect::<Vec<_>>());
    out.u64s(&[joined.unlikely]);
    out.u64s(&joined.hot.iter().flat_map(|h| [h.band as u64, u64::from(h.key), h.documents as u64]).collect::<Vec<_>>());
    out.bytes
}

fn decode_joined(rows: &[u8]) -> Option<Joined> {
    let mut rows = RowReader { rest: rows };
    let pairs = rows.u32s()?.as_chunks::<2>().0.iter().map(|&[later, earlier]| (later, earlier)).collect();
    let unlikely = *rows.u64s()?.first()?;
    let hot = rows
        .u64s()?
        .as_chunks::<3>()
        .0
        .iter()
        .map(|&[band, key, documents]| HotBand { band: band as usize, key: key as u32, documents: documents as usize })
        .collect();
    Some(Joined { pairs, hot, unlikely })
}

/// Finished stages, where they are kept.
struct Shelf<'a> {
    stages: Option<&'a mut dyn Stages>,
}

impl Shelf<'_> {
    /// The rows of a stage: those that an earlier run kept, else those that `make` gives, which are kept then. `make` is told
    /// whether they will be. Also returns whether they were there.
    fn stage<T>(
        &mut self,
        name: &'static str,
        decode: impl FnOnce(&[u8]) -> Option<T>,
        encode: impl FnOnce(&T) -> Vec<u8>,
        make: impl FnOnce(bool) -> Result<T>,
    ) -> Result<(T, bool)> {
        let Some(stages) = &mut self.stages else { return Ok((make(false)?, false)) };
        if let Some(rows) = stages.load(name).map_err(failed("reading the rows of a finished stage"))? {
            let damaged = || failed("reading the rows of a finished stage")(std::io::Error::other(format!("{name} is damaged")));
            return Ok((decode(&rows).ok_or_else(damaged)?, true));
        }
        let made = make(true)?;
        stages.save(name, &encode(&made)).map_err(failed("keeping the rows of a finished stage"))?;
        Ok((made, false))
    }
}

/// Takes out pairs that share a band by chance. The larger a corpus, the more of its pairs do: their number grows with
/// the square of the documents, and each would cost reading two records again. This proposes and never decides: like the bands, it
/// only chooses what is compared exactly, and it misses one near pair in 100,000 where the bands miss four in 1,000.
fn without_unlikely(mut joined: Joined, documents: &Documents, ranks: &[u32], config: &Config) -> Joined {
    let least = least_glance(config);
    let glance = |rank: u32| &documents.glances[ranks[rank as usize] as usize];
    let before = joined.pairs.len();
    joined.pairs.retain(|&(later, earlier)| glance(later).agreeing(glance(earlier)) >= least);
    joined.unlikely = (before - joined.pairs.len()) as u64;
    joined
}

/// Documents with fewer words are not compared.
fn least_of(config: &Config) -> u32 {
    u32::try_from(config.min_collapse_words).unwrap_or(u32::MAX)
}

fn failed(doing: &'static str) -> impl Fn(std::io::Error) -> Error {
    move |source| Error::Run { doing, source }
}

/// Blocks that are read before their rows are put together in order.
fn blocks(inputs: &Inputs) -> Vec<(usize, u64, u64)> {
    if inputs.texts().is_some() {
        let rows = inputs.length();
        return (0..rows.div_ceil(BLOCK_ROWS)).map(|i| (0, i * BLOCK_ROWS, rows.min((i + 1) * BLOCK_ROWS))).collect();
    }
    let mut out = Vec::new();
    for (part, p) in inputs.parts().iter().enumerate() {
        out.extend((0..p.length.div_ceil(BLOCK)).map(|i| (part, i * BLOCK, p.length.min((i + 1) * BLOCK))));
    }
    out
}

/// The first stage. Blocks are read by many workers; their rows are put together in input order.
fn read_all(
    inputs: &Inputs,
    config: &Config,
    columns: &mut BandColumns,
    mut grams: Option<&mut GramColumns>,
    monitor: &dyn Monitor,
) -> Result<Read> {
    let mut documents = Documents::default();
    let mut problems = Vec::new();
    let (mut part, mut lines) = (0, 0_u64);
    for group in blocks(inputs).chunks(8 * rayon::current_num_threads()) {
        let read: Vec<_> = group
            .par_iter()
            .map_init(|| Worker::new(inputs, config), |worker, &(part, start, end)| worker.block(part, start, end))
            .collect();
        for (rows, &(of, start, end)) in read.into_iter().zip(group) {
            let rows = rows.map_err(failed("reading the input"))?;
            if of != part {
                (part, lines) = (of, 0);
            }
            let shown = inputs.shown(part);
            problems.extend(rows.faults.into_iter().map(|(line, message)| Problem {
                path: shown.to_owned(),
                line: Some(lines + u64::from(line) + 1),
                message,
            }));
            let first = documents.len() as u32;
            documents.append(&rows.documents, |at| {
                let line = lines + u64::from(rows.lines_of[at]);
                if inputs.texts().is_some() { line.to_string() } else { format!("{shown}:{}", line + 1) }
            });
            columns.append(&rows.keys).map_err(failed("spilling keys"))?;
            if let Some(grams) = &mut grams {
                grams.append(first, &rows.grams, &rows.gram_ends).map_err(failed("spilling keys"))?;
            }
            lines += u64::from(rows.lines);
            monitor.advance(end - start);
        }
        if monitor.stopped() {
            return Err(Error::Interrupted);
        }
    }
    for (document, old) in documents.number_repeated_ids() {
        let path = inputs.shown(inputs.index_of(documents.offsets[document as usize]).unwrap_or_default()).to_owned();
        let message = format!("the id {old} stands twice; this one is called {}", documents.id(document));
        problems.push(Problem { path, line: None, message });
    }
    Ok(Read { documents, problems })
}

/// Documents in the order in which they would be kept.
fn keep_order(documents: &Documents, config: &Config) -> Vec<u32> {
    let mut order: Vec<u32> = (0..documents.len() as u32).collect();
    match config.keep {
        Keep::First => {}
        Keep::Longest => order.sort_by_key(|&d| std::cmp::Reverse(documents.words[d as usize])),
        Keep::Earliest => order.sort_by_key(|&d| documents.dates.get(d as usize).copied().unwrap_or(i64::MAX)),
    }
    order
}

/// The third stage, over groups of connected candidates.
fn verify_all(
    joined: &Joined,
    ranks: &[u32],
    documents: &Documents,
    inputs: &Inputs,
    config: &Config,
    memory: u64,
    monitor: &dyn Monitor,
) -> Result<collapse::Collapsed> {
    let group_of = crate::cluster::first_members(ranks.len(), joined.pairs.iter().copied());
    let mut pairs: Vec<(u32, u32, u32)> = joined.pairs.iter().map(|&(later, earlier)| (group_of[later as usize], later, earlier)).collect();
    drop(group_of);
    pairs.par_sort_unstable();
    let groups: Vec<&[(u32, u32, u32)]> = pairs.chunk_by(|x, y| x.0 == y.0).collect();
    // Over news a document stays unless a kept one holds its text.
    let rule = collapse::Rule {
        threshold: config.threshold,
        contained: if config.derivatives { derive::CONTAINED } else { 0.0 },
        held: derive::CONTAINED,
    };
    let bound = (memory as usize / 32 / rayon::current_num_threads()).max(1 << 20);
    let collapsed: Vec<Result<collapse::Collapsed>> = groups
        .par_chunks(64)
        .map_init(
            || (Worker::new(inputs, config), collapse::Scratch::default()),
            |(worker, scratch), groups| {
                let mut all = collapse::Collapsed::default();
                for group in groups {
                    if monitor.stopped() {
                        return Err(Error::Interrupted);
                    }
                    let mut compare = |pairs: &[giants::GroupPair], threshold| {
                        collapse::collapse(pairs, ranks, documents, collapse::Rule { threshold, ..rule }, bound, worker, scratch)
                    };
                    let found = compare(group, config.threshold).and_then(|found| giants::tightened(found, group, config, compare));
                    all.append(found.map_err(failed("reading records again to compare them"))?);
                    monitor.advance(group.len() as u64);
                }
                Ok(all)
            },
        )
        .collect();
    let mut all = collapse::Collapsed::default();
    for part in collapsed {
        all.append(part?);
    }
    if config.derivatives {
        let mut worker = Worker::new(inputs, config);
        mash::untie(&mut all, ranks, documents, config, &mut worker).map_err(failed("reading records again to compare them"))?;
    }
    Ok(all)
}
