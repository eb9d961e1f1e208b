//! The texts of whole groups, compared.

use crate::columns::{batches, strings};
use crate::corpus::Table;
use crate::fault;
use crate::settings::{Purpose, config};
use crate::spool::{Held, IN_MEMORY, Spool};
use crate::stages::{bytes, numbers, table};
use arrow_array::builder::{BinaryBuilder, BooleanBuilder, Float64Builder, Int64Builder};
use arrow_array::{Array, BinaryArray, BooleanArray, Int64Array, RecordBatch, StringArray};
use pyo3::prelude::*;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use wirecopy::config::Config;
use wirecopy::corpus::{CollapsedLink, CollapsedRows, Inputs, RowVerdict, collapse_groups, compare_groups};
use wirecopy::monitor::Silent;

/// Bytes of memory that a comparison may take beside the texts.
const MEMORY: u64 = 512 << 20;
/// Texts that are compared at a time, if they are of whole groups.
pub(crate) const DOCUMENTS: usize = 4_096;
/// Bytes of texts that are compared at a time.
pub(crate) const BYTES: usize = 32 << 20;

/// Columns of documents with their texts.
pub(crate) struct TextColumns {
    texts: crate::columns::Strings,
    exact: BinaryArray,
}

impl TextColumns {
    pub(crate) fn new(batch: &RecordBatch) -> PyResult<Self> {
        let texts = strings(std::slice::from_ref(batch), "text", false)?.pop();
        Ok(Self { texts: texts.ok_or_else(|| fault::input("there are no texts"))?, exact: bytes(batch, "exact")? })
    }

    /// Puts the text of a row, which is that of the document `number`, to the others.
    pub(crate) fn put(&self, at: usize, number: i64, held: &mut Held) -> PyResult<()> {
        let hash = self.exact.is_valid(at).then(|| self.exact.value(at)).and_then(|e| <[[u8; 8]; 2]>::try_from(e.as_chunks::<8>().0).ok());
        let (Some(hash), Some(text)) = (hash, self.texts.get(at)) else {
            return Err(fault::run(format!("the document {number} came without its text")));
        };
        held.push(text, hash.map(u64::from_le_bytes))
    }
}

/// That rows come in ascending order.
#[derive(Clone, Copy, Default)]
pub(crate) struct Order(pub(crate) Option<(i64, i64, i64, i64)>);

impl Order {
    /// Takes the next row.
    pub(crate) fn check(&mut self, row: (i64, i64, i64, i64)) -> PyResult<()> {
        if let Some(last) = self.0.filter(|last| *last >= row) {
            return Err(fault::order(format!("the row {row:?} came after {last:?}: rows must come sorted, each once")));
        }
        self.0 = Some(row);
        Ok(())
    }
}

/// Verdicts as a table.
#[derive(Default)]
pub(crate) struct VerdictRows {
    row: Vec<i64>,
    cluster: Vec<i64>,
    kept: Vec<bool>,
    counterpart: Vec<Option<i64>>,
    relation: Vec<Option<&'static str>>,
    jaccard: Float64Builder,
    containment: Float64Builder,
}

impl VerdictRows {
    /// Adds the verdicts on documents that have these numbers.
    pub(crate) fn add(&mut self, numbers: &[i64], verdicts: &[RowVerdict]) {
        let number = |row: u32| numbers[row as usize];
        for (&own, verdict) in numbers.iter().zip(verdicts) {
            self.row.push(own);
            self.cluster.push(number(verdict.cluster));
            self.kept.push(verdict.kept);
            self.counterpart.push(verdict.counterpart.map(number));
            self.relation.push(verdict.relation);
            self.jaccard.append_option(verdict.jaccard);
            self.containment.append_option(verdict.containment);
        }
    }

    pub(crate) fn table(mut self) -> PyResult<Table> {
        table(vec![
            ("row", Arc::new(Int64Array::from(self.row))),
            ("cluster", Arc::new(Int64Array::from(self.cluster))),
            ("kept", Arc::new(BooleanArray::from(self.kept))),
            ("counterpart", Arc::new(Int64Array::from(self.counterpart))),
            ("relation", Arc::new(StringArray::from(self.relation))),
            ("jaccard", Arc::new(self.jaccard.finish())),
            ("containment", Arc::new(self.containment.finish())),
        ])
    }
}

/// What a row is of those that [`Settler`](crate::derivatives::Settler) takes.
pub(crate) mod kind {
    pub(crate) const DOCUMENT: i64 = 0;
    pub(crate) const LINK: i64 = 1;
    pub(crate) const JOIN: i64 = 2;
    pub(crate) const HOLD: i64 = 3;
    pub(crate) const DERIVATIVE: i64 = 4;
    pub(crate) const HELD: i64 = 5;
}

/// Links, joins and holds of groups as a table: see [`kind`].
fn collapsed_table(numbers: &[i64], found: &CollapsedRows) -> PyResult<Table> {
    let number = |row: u32| numbers[row as usize];
    let (mut kinds, mut rows, mut others) = (Int64Builder::new(), Int64Builder::new(), Int64Builder::new());
    let (mut clusters, mut removed, mut shares) = (Int64Builder::new(), BooleanBuilder::new(), BinaryBuilder::new());
    let mut put = |kind, row: u32, other: u32, link: Option<&CollapsedLink>| {
        kinds.append_value(kind);
        rows.append_value(number(row));
        others.append_value(number(other));
        clusters.append_value(number(found.clusters[row as usize]));
        removed.append_value(link.is_some_and(|l| l.removed));
        shares.append_option(
            link.map(|l| l.overlap.iter().chain([&u32::from(l.removed)]).flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>()),
        );
    };
    (0..numbers.len() as u32).for_each(|row| put(kind::DOCUMENT, row, row, None));
    found.links.iter().for_each(|l| put(kind::LINK, l.row, l.counterpart, Some(l)));
    found.joins.iter().for_each(|j| put(kind::JOIN, j.0, j.1, None));
    found.holds.iter().for_each(|h| put(kind::HOLD, h.0, h.1, None));
    table(vec![
        ("kind", Arc::new(kinds.finish())),
        ("row", Arc::new(rows.finish())),
        ("other", Arc::new(others.finish())),
        ("cluster", Arc::new(clusters.finish())),
        ("removed", Arc::new(removed.finish())),
        ("found", Arc::new(shares.finish())),
    ])
}

/// Whole groups that wait to be compared.
struct Waiting {
    /// Numbers of the documents, each group ascending.
    rows: Vec<i64>,
    texts: Held,
    /// Places in `rows`.
    pairs: Vec<(u32, u32)>,
    /// Where the documents of the group that goes on begin, and its pairs by number.
    start: usize,
    open: Vec<(i64, i64)>,
    order: Order,
}

impl Waiting {
    /// The group is whole: its pairs get places.
    fn close(&mut self) -> PyResult<()> {
        let members = &self.rows[self.start..];
        for (later, earlier) in self.open.drain(..) {
            let place =
                |row: i64| members.binary_search(&row).map_err(|_| fault::run(format!("the document {row} of a pair did not come")));
            self.pairs.push(((self.start + place(later)?) as u32, (self.start + place(earlier)?) as u32));
        }
        self.start = self.rows.len();
        Ok(())
    }

    fn compare(&mut self, config: &Config) -> PyResult<Table> {
        let (rows, mut texts, pairs) = (std::mem::take(&mut self.rows), self.texts.take(), std::mem::take(&mut self.pairs));
        self.start = 0;
        let exact = std::mem::take(&mut texts.exact);
        let inputs = Inputs::of_texts("rows".to_owned(), Box::new(texts));
        let table = if config.derivatives {
            let found = collapse_groups(&inputs, &exact, pairs, config, MEMORY, &Silent).map_err(|e| fault::raised(&e))?;
            collapsed_table(&rows, &found)
        } else {
            let mut told = VerdictRows::default();
            told.add(&rows, &compare_groups(&inputs, &exact, pairs, config, MEMORY, &Silent).map_err(|e| fault::raised(&e))?);
            told.table()
        };
        self.texts.spent()?;
        table
    }
}

/// Rows of whole groups to verdicts, or to what comes before them where derivatives are looked for: sorted by `(group, kind, a, b)`, where
/// kind 0 is a pair `a` later, `b` earlier, and kind 1 the document `a` with its `text` and `exact`. Texts of a group that are more than
/// `in_memory` bytes go to the file `spool`, if one is named.
#[pyclass(frozen, module = "wirecopy")]
pub(crate) struct Comparer {
    config: Config,
    /// One thread: the engine has a task for each core.
    alone: rayon::ThreadPool,
    waiting: Mutex<Waiting>,
}

#[pymethods]
impl Comparer {
    #[new]
    #[pyo3(signature = (settings, spool=None, in_memory=None))]
    #[allow(clippy::needless_pass_by_value, reason = "arguments from Python are owned")]
    fn new(settings: &str, spool: Option<PathBuf>, in_memory: Option<usize>) -> PyResult<Self> {
        let spool = spool.as_deref().map(Spool::open).transpose()?;
        let texts = Held::new(spool, in_memory.unwrap_or(IN_MEMORY));
        let waiting = Waiting { rows: Vec::new(), texts, pairs: Vec::new(), start: 0, open: Vec::new(), order: Order::default() };
        let alone =
            rayon::ThreadPoolBuilder::new().num_threads(1).build().map_err(|e| fault::run(format!("cannot start a thread: {e}")))?;
        Ok(Self { config: config(settings, Purpose::Corpus)?, alone, waiting: Mutex::new(waiting) })
    }

    /// Takes rows; a table of verdicts when enough groups are whole.
    fn take(&self, py: Python<'_>, rows: &Bound<'_, PyAny>) -> PyResult<Vec<Table>> {
        let (batches, _) = batches(rows)?;
        let mut held = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = &mut *held;
        let mut out = Vec::new();
        for batch in &batches {
            let columns = [numbers(batch, "group")?, numbers(batch, "kind")?, numbers(batch, "a")?, numbers(batch, "b")?];
            let texts = TextColumns::new(batch)?;
            for at in 0..batch.num_rows() {
                let [group, kind, a, b] = [0, 1, 2, 3].map(|c| columns[c].value(at));
                let before = waiting.order.0;
                waiting.order.check((group, kind, a, b))?;
                if before.is_some_and(|last| last.0 != group) {
                    waiting.close()?;
                    if waiting.rows.len() >= DOCUMENTS || waiting.texts.bytes >= BYTES {
                        out.push(py.detach(|| self.alone.install(|| waiting.compare(&self.config)))?);
                    }
                }
                if kind == 0 {
                    waiting.open.push((a, b));
                    continue;
                }
                texts.put(at, a, &mut waiting.texts)?;
                waiting.rows.push(a);
            }
        }
        Ok(out)
    }

    fn end(&self, py: Python<'_>) -> PyResult<Table> {
        let mut held = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = &mut *held;
        waiting.close()?;
        py.detach(|| self.alone.install(|| waiting.compare(&self.config)))
    }
}
