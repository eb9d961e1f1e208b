//! The stages of a corpus run one by one, over batches of an engine that groups and sorts rows itself.

use crate::columns::{Columns, Shared, batches, strings};
use crate::corpus::Table;
use crate::fault;
use crate::settings::{Purpose, config};
use arrow_array::builder::{BinaryBuilder, BooleanBuilder, Float64Builder, Int32Builder, Int64Builder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, ArrayRef, BinaryArray, Int64Array, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use pyo3::prelude::*;
use std::sync::{Arc, Mutex, PoisonError};
use wirecopy::candidates::{BucketLinks, HotBucket};
use wirecopy::cluster::Forest;
use wirecopy::config::Config;
use wirecopy::corpus::{Inputs, compare_groups, least_glance, sign_rows};
use wirecopy::keys::Glance;
use wirecopy::monitor::Silent;

/// Bytes of memory that a comparison may take beside the texts.
const MEMORY: u64 = 512 << 20;
/// Texts that are compared at a time, if they are of whole groups.
const DOCUMENTS: usize = 4_096;
/// Bytes of texts that are compared at a time.
const BYTES: usize = 32 << 20;

fn table(columns: Vec<(&str, ArrayRef)>) -> PyResult<Table> {
    let fields: Vec<Field> = columns.iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), true)).collect();
    let arrays = columns.into_iter().map(|c| c.1).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map(Table).map_err(|e| fault::run(e.to_string()))
}

fn numbers(batch: &RecordBatch, name: &str) -> PyResult<Int64Array> {
    let column = batch.column_by_name(name).filter(|c| *c.data_type() == DataType::Int64);
    Ok(column.ok_or_else(|| fault::input(format!("there is no column {name} of whole numbers")))?.as_primitive::<Int64Type>().clone())
}

fn bytes(batch: &RecordBatch, name: &str) -> PyResult<BinaryArray> {
    let column = batch.column_by_name(name).ok_or_else(|| fault::input(format!("there is no column {name}")))?;
    let cast = arrow_cast::cast(column, &DataType::Binary).map_err(|e| fault::input(e.to_string()))?;
    Ok(cast.as_binary::<i32>().clone())
}

/// The fingerprint of settings, under which alone rows of stages fit together.
#[pyfunction]
pub(crate) fn fingerprint(settings: &str) -> PyResult<String> {
    Ok(config(settings, Purpose::Corpus)?.fingerprint())
}

/// Rows `(row, text)` to what the later stages need of each.
#[pyfunction]
pub(crate) fn sign(py: Python<'_>, rows: &Bound<'_, PyAny>, settings: &str) -> PyResult<Table> {
    let config = config(settings, Purpose::Corpus)?;
    let numbered: Vec<i64> = batches(rows)?
        .0
        .iter()
        .map(|b| numbers(b, "row"))
        .collect::<PyResult<Vec<_>>>()?
        .iter()
        .flat_map(|n| n.values().to_vec())
        .collect();
    let inputs = Inputs::of_texts("rows".to_owned(), Box::new(Shared(Arc::new(Columns::new(rows, None, Some("text"), None)?))));
    let signed = py.detach(|| sign_rows(&inputs, &config)).map_err(|e| fault::raised(&e))?;
    let mut row = Int64Builder::new();
    let mut why = StringBuilder::new();
    let mut words = Int32Builder::new();
    let (mut exact, mut glance, mut keys) = (BinaryBuilder::new(), BinaryBuilder::new(), BinaryBuilder::new());
    let mut compared = BooleanBuilder::new();
    let mut faults = signed.faults.iter().peekable();
    let mut documents = signed.rows.iter().enumerate().peekable();
    for (at, &number) in numbered.iter().enumerate() {
        row.append_value(number);
        if let Some((_, told)) = faults.next_if(|f| f.0 == at as u64) {
            why.append_value(told);
            words.append_null();
            compared.append_value(false);
            exact.append_null();
            glance.append_null();
            keys.append_null();
        } else if let Some((i, _)) = documents.next_if(|d| *d.1 == at as u64) {
            why.append_null();
            words.append_value(i32::try_from(signed.words[i]).unwrap_or(i32::MAX));
            compared.append_value(signed.compared[i]);
            exact.append_value(signed.exact[i].map(u64::to_le_bytes).concat());
            glance.append_value(signed.glances[i].0);
            let of_row = &signed.keys[i * config.bands..(i + 1) * config.bands];
            keys.append_value(of_row.iter().flat_map(|k| k.to_le_bytes()).collect::<Vec<u8>>());
        } else {
            return Err(fault::run(format!("row {number} is neither a document nor a fault")));
        }
    }
    table(vec![
        ("row", Arc::new(row.finish())),
        ("fault", Arc::new(why.finish())),
        ("words", Arc::new(words.finish())),
        ("compared", Arc::new(compared.finish())),
        ("exact", Arc::new(exact.finish())),
        ("glance", Arc::new(glance.finish())),
        ("keys", Arc::new(keys.finish())),
    ])
}

/// Rows `(row, keys)` to a row `(bucket, row)` for each band: the band above, the key below.
#[pyfunction]
pub(crate) fn buckets(py: Python<'_>, rows: &Bound<'_, PyAny>) -> PyResult<Table> {
    let (batches, _) = batches(rows)?;
    let (mut bucket, mut row) = (Vec::new(), Vec::new());
    for batch in &batches {
        let (numbers, keys) = (numbers(batch, "row")?, bytes(batch, "keys")?);
        py.detach(|| {
            for (number, keys) in numbers.values().iter().zip(keys.iter()) {
                for (key, band) in keys.unwrap_or_default().as_chunks::<4>().0.iter().zip(0_i64..) {
                    bucket.push(band << 32 | i64::from(u32::from_le_bytes(*key)));
                    row.push(*number);
                }
            }
        });
    }
    table(vec![("bucket", Arc::new(Int64Array::from(bucket))), ("row", Arc::new(Int64Array::from(row)))])
}

/// Links and hot buckets as one table: a row has the one or the other.
#[derive(Default)]
struct Links {
    later: Int64Builder,
    earlier: Int64Builder,
    bucket: Int64Builder,
    documents: Int64Builder,
}

impl Links {
    fn link(&mut self, later: u64, earlier: u64) {
        self.later.append_value(later.cast_signed());
        self.earlier.append_value(earlier.cast_signed());
        self.bucket.append_null();
        self.documents.append_null();
    }

    fn hot(&mut self, hot: HotBucket) {
        self.later.append_null();
        self.earlier.append_null();
        self.bucket.append_value(hot.key.cast_signed());
        self.documents.append_value(hot.documents.cast_signed());
    }

    fn table(mut self) -> PyResult<Table> {
        table(vec![
            ("later", Arc::new(self.later.finish())),
            ("earlier", Arc::new(self.earlier.finish())),
            ("bucket", Arc::new(self.bucket.finish())),
            ("documents", Arc::new(self.documents.finish())),
        ])
    }
}

/// Sorted rows `(bucket, row)` to links; it holds a few rows, however large a bucket is.
#[pyclass(frozen, module = "wirecopy")]
pub(crate) struct Linker(Mutex<BucketLinks>);

#[pymethods]
impl Linker {
    #[new]
    fn new(settings: &str) -> PyResult<Self> {
        Ok(Self(Mutex::new(BucketLinks::new(config(settings, Purpose::Corpus)?.hot_window))))
    }

    fn link(&self, rows: &Bound<'_, PyAny>) -> PyResult<Table> {
        let (batches, _) = batches(rows)?;
        let mut links = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out = Links::default();
        for batch in &batches {
            let (buckets, rows) = (numbers(batch, "bucket")?, numbers(batch, "row")?);
            for (bucket, row) in buckets.values().iter().zip(rows.values()) {
                let ended = links.push(bucket.cast_unsigned(), row.cast_unsigned(), |later, earlier| out.link(later, earlier));
                if let Some(hot) = ended.map_err(|e| fault::order(e.to_string()))? {
                    out.hot(hot);
                }
            }
        }
        out.table()
    }

    fn end(&self) -> PyResult<Table> {
        let mut out = Links::default();
        if let Some(hot) = self.0.lock().unwrap_or_else(PoisonError::into_inner).end() {
            out.hot(hot);
        }
        out.table()
    }
}

/// Of rows `(later, earlier, glance_later, glance_earlier)` those pairs that did not meet by chance.
#[pyfunction]
pub(crate) fn near(rows: &Bound<'_, PyAny>, settings: &str) -> PyResult<Table> {
    let least = least_glance(&config(settings, Purpose::Corpus)?);
    let glance =
        |bytes: &[u8]| <[u8; Glance::VALUES]>::try_from(bytes).map(Glance).map_err(|_| fault::input("a glance has another length"));
    let (mut later, mut earlier) = (Vec::new(), Vec::new());
    for batch in &batches(rows)?.0 {
        let pairs = (numbers(batch, "later")?, numbers(batch, "earlier")?);
        let glances = (bytes(batch, "glance_later")?, bytes(batch, "glance_earlier")?);
        for at in 0..batch.num_rows() {
            if glance(glances.0.value(at))?.agreeing(&glance(glances.1.value(at))?) >= least {
                later.push(pairs.0.value(at));
                earlier.push(pairs.1.value(at));
            }
        }
    }
    table(vec![("later", Arc::new(Int64Array::from(later))), ("earlier", Arc::new(Int64Array::from(earlier)))])
}

/// Links `(later, earlier)` to the first item of each one's group.
#[pyclass(frozen, module = "wirecopy")]
pub(crate) struct Groups(Mutex<Forest>);

#[pymethods]
impl Groups {
    #[new]
    fn new() -> Self {
        Self(Mutex::default())
    }

    fn join(&self, rows: &Bound<'_, PyAny>) -> PyResult<()> {
        let mut forest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for batch in &batches(rows)?.0 {
            let (later, earlier) = (numbers(batch, "later")?, numbers(batch, "earlier")?);
            later.values().iter().zip(earlier.values()).for_each(|(a, b)| forest.join(a.cast_unsigned(), b.cast_unsigned()));
        }
        Ok(())
    }

    /// Each item with the first of its group, as `(later, earlier)`; what stands first is left out unless `all`.
    fn firsts(&self, all: bool) -> PyResult<Table> {
        let forest = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let mut firsts = forest.firsts();
        firsts.retain(|(item, first)| all || item != first);
        let later: Vec<i64> = firsts.iter().map(|f| f.0.cast_signed()).collect();
        let earlier: Vec<i64> = firsts.iter().map(|f| f.1.cast_signed()).collect();
        table(vec![("later", Arc::new(Int64Array::from(later))), ("earlier", Arc::new(Int64Array::from(earlier)))])
    }
}

/// Whole groups that wait to be compared.
#[derive(Default)]
struct Waiting {
    /// Numbers of the documents, each group ascending.
    rows: Vec<i64>,
    exact: Vec<[u64; 2]>,
    texts: Vec<String>,
    bytes: usize,
    /// Places in `rows`.
    pairs: Vec<(u32, u32)>,
    /// Where the documents of the group that goes on begin, and its pairs by number.
    start: usize,
    open: Vec<(i64, i64)>,
    last: Option<(i64, i64, i64, i64)>,
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
        let waiting = std::mem::replace(self, Self { last: self.last, ..Self::default() });
        let inputs = Inputs::of_texts("rows".to_owned(), Box::new(Held(waiting.texts)));
        let found = compare_groups(&inputs, &waiting.exact, waiting.pairs, config, MEMORY, &Silent).map_err(|e| fault::raised(&e))?;
        let number = |row: u32| waiting.rows[row as usize];
        let relations: Vec<Option<&str>> = found.iter().map(|v| v.relation).collect();
        let (mut jaccard, mut containment) = (Float64Builder::new(), Float64Builder::new());
        for verdict in &found {
            jaccard.append_option(verdict.jaccard);
            containment.append_option(verdict.containment);
        }
        table(vec![
            ("row", Arc::new(Int64Array::from(waiting.rows.clone()))),
            ("cluster", Arc::new(found.iter().map(|v| Some(number(v.cluster))).collect::<Int64Array>())),
            ("kept", Arc::new(arrow_array::BooleanArray::from(found.iter().map(|v| v.kept).collect::<Vec<bool>>()))),
            ("counterpart", Arc::new(found.iter().map(|v| v.counterpart.map(number)).collect::<Int64Array>())),
            ("relation", Arc::new(arrow_array::StringArray::from(relations))),
            ("jaccard", Arc::new(jaccard.finish())),
            ("containment", Arc::new(containment.finish())),
        ])
    }
}

/// Texts of the groups that are compared.
struct Held(Vec<String>);

impl wirecopy::corpus::Texts for Held {
    fn rows(&self) -> usize {
        self.0.len()
    }

    fn text(&self, row: usize) -> Option<&str> {
        self.0.get(row).map(String::as_str)
    }

    fn id(&self, _: usize) -> Option<std::borrow::Cow<'_, str>> {
        None
    }

    fn date(&self, _: usize) -> Option<i64> {
        None
    }
}

/// Rows of whole groups to verdicts: sorted by `(group, kind, a, b)`, where kind 0 is a pair `a` later, `b` earlier, and kind 1 the document
/// `a` with its `text` and `exact`.
#[pyclass(frozen, module = "wirecopy")]
pub(crate) struct Comparer {
    config: Config,
    waiting: Mutex<Waiting>,
}

#[pymethods]
impl Comparer {
    #[new]
    fn new(settings: &str) -> PyResult<Self> {
        Ok(Self { config: config(settings, Purpose::Corpus)?, waiting: Mutex::default() })
    }

    /// Takes rows; a table of verdicts when enough groups are whole.
    fn compare(&self, py: Python<'_>, rows: &Bound<'_, PyAny>) -> PyResult<Vec<Table>> {
        let (batches, _) = batches(rows)?;
        let mut held = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = &mut *held;
        let mut out = Vec::new();
        for batch in &batches {
            let columns = [numbers(batch, "group")?, numbers(batch, "kind")?, numbers(batch, "a")?, numbers(batch, "b")?];
            let (texts, exact) = (strings(std::slice::from_ref(batch), "text", false)?, bytes(batch, "exact")?);
            for at in 0..batch.num_rows() {
                let [group, kind, a, b] = [0, 1, 2, 3].map(|c| columns[c].value(at));
                if let Some(last) = waiting.last.filter(|last| *last >= (group, kind, a, b)) {
                    return Err(fault::order(format!(
                        "the row {:?} came after {last:?}: rows must come sorted, each once",
                        (group, kind, a, b)
                    )));
                }
                if waiting.last.is_some_and(|last| last.0 != group) {
                    waiting.close()?;
                    if waiting.rows.len() >= DOCUMENTS || waiting.bytes >= BYTES {
                        out.push(py.detach(|| waiting.compare(&self.config))?);
                    }
                }
                waiting.last = Some((group, kind, a, b));
                if kind == 0 {
                    waiting.open.push((a, b));
                    continue;
                }
                let hash: Option<[[u8; 8]; 2]> =
                    exact.is_valid(at).then(|| exact.value(at)).and_then(|e| e.as_chunks::<8>().0.try_into().ok());
                let text = texts.first().and_then(|t| t.get(at)).map(str::to_owned);
                let (Some([one, two]), Some(text)) = (hash, text) else {
                    return Err(fault::run(format!("the document {a} came without its text")));
                };
                waiting.rows.push(a);
                waiting.exact.push([u64::from_le_bytes(one), u64::from_le_bytes(two)]);
                waiting.bytes += text.len();
                waiting.texts.push(text);
            }
        }
        Ok(out)
    }

    fn end(&self, py: Python<'_>) -> PyResult<Table> {
        let mut held = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = &mut *held;
        waiting.close()?;
        py.detach(|| waiting.compare(&self.config))
    }
}
