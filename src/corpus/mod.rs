//! The corpus run: near-duplicates among any number of documents, in bounded memory.
//!
//! Four stages, each over plain rows, each with a file of its own:
//!
//! 1. `read`: every record to a row of [`Documents`] and its band keys ([`BandColumns`]), block by block;
//! 2. `join`: band keys to candidate pairs, one band at a time ([`join_bands`]);
//! 3. `verify`: candidates to links, by exact similarity of the shingle sets (`collapse`);
//! 4. `write`: kept records byte for byte, and one row for each document.
//!
//! Threads are those of the rayon pool that [`dedup`] is called in; results do not depend on their number.

mod block;
mod collapse;
mod documents;
mod input;
mod json;
mod monitor;
mod rows;
mod stages;
mod verdicts;

pub use documents::Documents;
pub use input::{Inputs, Part, ReadAt};
pub use json::{FieldNames, Fields, read_record, read_slowly, scan};
pub use monitor::{Monitor, Silent, StageRow, Usage};
pub use rows::{Bucket, Giant, Summary};
pub use stages::Stages;
pub use verdicts::Verdicts;

use crate::candidates::{BandColumns, Joined, Spill, join_bands};
use crate::config::{Config, Keep};
use crate::document::Problem;
use crate::error::{Error, Result};
use block::{BLOCK, Worker};
use monitor::Stopwatch;
use rayon::prelude::*;
use std::io::Write;

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
    /// Where the rows of finished stages are kept, so that a run can be resumed.
    pub stages: Option<&'a mut dyn Stages>,
    /// Progress, clock, and the wish to stop.
    pub monitor: &'a dyn Monitor,
}

/// Where results go.
pub struct Outputs<'a> {
    /// Records that stay, in input order, byte for byte.
    pub kept: &'a mut dyn Write,
    /// One row for each document.
    pub clusters: Option<&'a mut dyn Write>,
}

/// Keeps one document of each cluster of near-duplicates.
///
/// # Errors
/// [`Error::Setting`] for a setting out of range, [`Error::Run`] when an input, an output or the spill fails,
/// [`Error::Interrupted`] when the monitor asks to stop. Faulty records are told in [`Summary::problems`].
pub fn dedup(request: Request<'_>, outputs: Outputs<'_>) -> Result<Summary> {
    let Request { inputs, config, memory, spill, mut stages, monitor } = request;
    config.check()?;
    let mut watch = Stopwatch::new(monitor);
    let mut columns = BandColumns::new(config.bands, (memory / 3) as usize, spill);

    monitor.stage("read", inputs.length());
    let (documents, problems) = read_all(inputs, config, &mut columns, monitor)?;
    watch.end("read", inputs.length(), false);

    monitor.stage("join", config.bands as u64);
    let order = keep_order(&documents, config);
    let least = u32::try_from(config.min_collapse_words).unwrap_or(u32::MAX);
    let copies = documents.exact_copies(&order, least);
    let ranks: Vec<u32> =
        order.iter().copied().filter(|&d| copies[d as usize] == d && documents.words[d as usize] >= least).collect();
    let together = rayon::current_num_threads();
    let joined = join_bands(&mut columns, &ranks, config.hot_window, together).map_err(failed("joining keys"))?;
    let spilled = columns.spilled();
    drop(columns);
    watch.end("join", 0, false);

    monitor.stage("verify", joined.pairs.len() as u64);
    let verified = verify_all(&joined, &ranks, &documents, inputs, config, memory, monitor)?;
    watch.end("verify", 0, false);

    monitor.stage("write", inputs.length());
    let verdicts = Verdicts::new(&documents, &copies, &ranks, verified);
    let mut summary = rows::write_all(inputs, &documents, &verdicts, outputs, least, monitor)?;
    watch.end("write", inputs.length(), false);
    let _ = &mut stages;
    summary.tell(&joined, &verdicts, problems, spilled, config);
    summary.stages = watch.rows;
    Ok(summary)
}

fn failed(doing: &'static str) -> impl Fn(std::io::Error) -> Error {
    move |source| Error::Run { doing, source }
}

/// Blocks that are read before their rows are put together in order.
fn blocks(inputs: &Inputs) -> Vec<(usize, u64, u64)> {
    let mut out = Vec::new();
    for (part, p) in inputs.parts().iter().enumerate() {
        out.extend((0..p.length.div_ceil(BLOCK)).map(|i| (part, i * BLOCK, p.length.min((i + 1) * BLOCK))));
    }
    out
}

/// The first stage. Blocks are read by many workers; their rows are put together in input order.
fn read_all(inputs: &Inputs, config: &Config, columns: &mut BandColumns, monitor: &dyn Monitor) -> Result<(Documents, Vec<Problem>)> {
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
            let shown = inputs.parts().get(part).map_or("", |p| p.shown.as_str());
            problems.extend(rows.faults.into_iter().map(|(line, message)| Problem {
                path: shown.to_owned(),
                line: Some(lines + u64::from(line) + 1),
                message,
            }));
            documents.append(&rows.documents, |at| format!("{shown}:{}", lines + u64::from(rows.lines_of[at]) + 1));
            columns.append(&rows.keys).map_err(failed("spilling keys"))?;
            lines += u64::from(rows.lines);
            monitor.advance(end - start);
        }
        if monitor.stopped() {
            return Err(Error::Interrupted);
        }
    }
    for (document, old) in documents.number_repeated_ids() {
        let path = inputs.part_of(documents.offsets[document as usize]).map_or(String::new(), |p| p.shown.clone());
        let message = format!("the id {old} stands twice; this one is called {}", documents.id(document));
        problems.push(Problem { path, line: None, message });
    }
    Ok((documents, problems))
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
    let bound = (memory as usize / 32 / rayon::current_num_threads()).max(1 << 20);
    let collapsed: Vec<Result<collapse::Collapsed>> = groups
        .par_chunks(64)
        .map_init(
            || Worker::new(inputs, config),
            |worker, groups| {
                let mut all = collapse::Collapsed::default();
                for group in groups {
                    if monitor.stopped() {
                        return Err(Error::Interrupted);
                    }
                    let found = collapse::collapse(group, ranks, documents, config.threshold, bound, worker);
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
    Ok(all)
}
