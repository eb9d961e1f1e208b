//! The stages of a corpus run one by one, over batches of an engine that groups and sorts rows itself.

use crate::columns::{Columns, Shared, batches};
use crate::corpus::Table;
use crate::fault;
use crate::settings::{Purpose, config};
use arrow_array::builder::{BinaryBuilder, BooleanBuilder, Int32Builder, Int64Builder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, ArrayRef, BinaryArray, Int64Array, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use pyo3::prelude::*;
use std::sync::{Arc, Mutex, PoisonError};
use wirecopy::candidates::{BucketLinks, Disorder, HotBucket};
use wirecopy::cluster::Forest;
use wirecopy::corpus::{Inputs, least_glance, sign_rows};
use wirecopy::keys::Glance;

pub(crate) fn table(columns: Vec<(&str, ArrayRef)>) -> PyResult<Table> {
    let fields: Vec<Field> = columns.iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), true)).collect();
    let arrays = columns.into_iter().map(|c| c.1).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map(Table).map_err(|e| fault::run(e.to_string()))
}

pub(crate) fn numbers(batch: &RecordBatch, name: &str) -> PyResult<Int64Array> {
    let column = batch.column_by_name(name).filter(|c| *c.data_type() == DataType::Int64);
    Ok(column.ok_or_else(|| fault::input(format!("there is no column {name} of whole numbers")))?.as_primitive::<Int64Type>().clone())
}

pub(crate) fn bytes(batch: &RecordBatch, name: &str) -> PyResult<BinaryArray> {
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
    let [mut exact, mut glance, mut keys, mut grams] = [(); 4].map(|()| BinaryBuilder::new());
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
            grams.append_null();
        } else if let Some((i, _)) = documents.next_if(|d| *d.1 == at as u64) {
            why.append_null();
            words.append_value(i32::try_from(signed.words[i]).unwrap_or(i32::MAX));
            compared.append_value(signed.compared[i]);
            exact.append_value(signed.exact[i].map(u64::to_le_bytes).concat());
            glance.append_value(signed.glances[i].0);
            let of_row = &signed.keys[i * config.bands..(i + 1) * config.bands];
            keys.append_value(of_row.iter().flat_map(|k| k.to_le_bytes()).collect::<Vec<u8>>());
            match signed.gram_ends.get(i) {
                Some(&end) => {
                    let start = i.checked_sub(1).map_or(0, |before| signed.gram_ends[before]);
                    let of_row = &signed.grams[start as usize..end as usize];
                    grams.append_value(of_row.iter().flat_map(|k| k.to_le_bytes()).collect::<Vec<u8>>());
                }
                None => grams.append_null(),
            }
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
        ("grams", Arc::new(grams.finish())),
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
pub(crate) struct Links {
    later: Int64Builder,
    earlier: Int64Builder,
    bucket: Int64Builder,
    documents: Int64Builder,
}

impl Links {
    pub(crate) fn link(&mut self, later: u64, earlier: u64) {
        self.later.append_value(later.cast_signed());
        self.earlier.append_value(earlier.cast_signed());
        self.bucket.append_null();
        self.documents.append_null();
    }

    pub(crate) fn ended(&mut self, bucket: Option<HotBucket>) {
        let Some(hot) = bucket else { return };
        self.later.append_null();
        self.earlier.append_null();
        self.bucket.append_value(hot.key.cast_signed());
        self.documents.append_value(hot.documents.cast_signed());
    }

    pub(crate) fn table(mut self) -> PyResult<Table> {
        table(vec![
            ("later", Arc::new(self.later.finish())),
            ("earlier", Arc::new(self.earlier.finish())),
            ("bucket", Arc::new(self.bucket.finish())),
            ("documents", Arc::new(self.documents.finish())),
        ])
    }
}

/// What `push` makes of each of the rows `(bucket, row)`, and of `known` where they have it.
pub(crate) fn linked(
    rows: &Bound<'_, PyAny>,
    mut push: impl FnMut(u64, u64, Option<bool>, &mut Links) -> Result<(), Disorder>,
) -> PyResult<Vec<Table>> {
    let mut out = Links::default();
    for batch in &batches(rows)?.0 {
        let (buckets, rows) = (numbers(batch, "bucket")?, numbers(batch, "row")?);
        let known = batch.column_by_name("known").and_then(|c| c.as_boolean_opt());
        for (at, (bucket, row)) in buckets.values().iter().zip(rows.values()).enumerate() {
            let known = known.map(|known| known.value(at));
            push(bucket.cast_unsigned(), row.cast_unsigned(), known, &mut out).map_err(|e| fault::order(e.to_string()))?;
        }
    }
    Ok(vec![out.table()?])
}

/// Sorted rows `(bucket, row)` to links; it holds a few rows, however large a bucket is. With a column `known` they are parts of buckets:
/// known rows only begin a part, and nothing is said of hot ones.
#[pyclass(frozen, module = "wirecopy")]
pub(crate) struct Linker {
    links: Mutex<BucketLinks>,
    window: usize,
}

#[pymethods]
impl Linker {
    #[new]
    fn new(settings: &str) -> PyResult<Self> {
        let window = config(settings, Purpose::Corpus)?.hot_window;
        Ok(Self { links: Mutex::new(BucketLinks::new(window)), window })
    }

    /// Documents before it that each one of a hot bucket is linked to.
    #[getter]
    fn window(&self) -> usize {
        self.window
    }

    fn take(&self, rows: &Bound<'_, PyAny>) -> PyResult<Vec<Table>> {
        let mut links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        linked(rows, |bucket, row, known, out| match known {
            Some(true) => links.know(bucket, row),
            Some(false) => links.push(bucket, row, |later, earlier| out.link(later, earlier)).map(|_| ()),
            None => links.push(bucket, row, |later, earlier| out.link(later, earlier)).map(|ended| out.ended(ended)),
        })
    }

    fn end(&self) -> PyResult<Table> {
        let mut out = Links::default();
        out.ended(self.links.lock().unwrap_or_else(PoisonError::into_inner).end());
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
