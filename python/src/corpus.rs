//! `dedup`: a table in, a row for each of its rows out.

use crate::columns::{Columns, Shared};
use crate::fault;
use crate::settings::{Purpose, config};
use crate::watch::watched;
use arrow_array::builder::{BooleanBuilder, Float64Builder, StringBuilder};
use arrow_array::{Array, ArrayRef, BooleanArray, RecordBatch, StructArray};
use arrow_schema::{DataType, Field, Schema};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};
use pyo3_arrow::ffi::{ArrayIterator, to_array_pycapsules, to_stream_pycapsule};
use std::io;
use std::sync::Arc;
use wirecopy::corpus::{ClusterRow, ClusterRows, Inputs, KeptRecords, Outputs, Request, Texts, dedup as run};

/// Bytes of memory that the comparison may take beside the table.
const MEMORY: u64 = 2 << 30;

/// What is told of each row, column by column.
struct Told {
    columns: Shared,
    next: usize,
    id: StringBuilder,
    cluster: StringBuilder,
    kept: BooleanBuilder,
    counterpart: StringBuilder,
    relation: StringBuilder,
    jaccard: Float64Builder,
    containment: Float64Builder,
}

impl Told {
    fn new(columns: Shared) -> Self {
        let rows = columns.rows();
        let texts = || StringBuilder::with_capacity(rows, rows * 12);
        Self {
            columns,
            next: 0,
            id: texts(),
            cluster: texts(),
            kept: BooleanBuilder::with_capacity(rows),
            counterpart: StringBuilder::with_capacity(rows, rows * 4),
            relation: StringBuilder::with_capacity(rows, rows * 4),
            jaccard: Float64Builder::with_capacity(rows),
            containment: Float64Builder::with_capacity(rows),
        }
    }

    /// Rows up to `row` that gave no document: in no cluster, and not kept.
    fn pass_over(&mut self, row: usize) {
        for at in self.next..row {
            match self.columns.id(at) {
                Some(id) => self.id.append_value(id),
                None => self.id.append_value(at.to_string()),
            }
            self.cluster.append_null();
            self.kept.append_value(false);
            self.counterpart.append_null();
            self.relation.append_null();
            self.jaccard.append_null();
            self.containment.append_null();
        }
    }

    fn batch(mut self) -> Result<RecordBatch, arrow_schema::ArrowError> {
        let schema = Schema::new(vec![
            Field::new("id", DataType::Utf8, false),
            Field::new("cluster", DataType::Utf8, true),
            Field::new("kept", DataType::Boolean, false),
            Field::new("counterpart", DataType::Utf8, true),
            Field::new("relation", DataType::Utf8, true),
            Field::new("jaccard", DataType::Float64, true),
            Field::new("containment", DataType::Float64, true),
        ]);
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.id.finish()),
            Arc::new(self.cluster.finish()),
            Arc::new(self.kept.finish()),
            Arc::new(self.counterpart.finish()),
            Arc::new(self.relation.finish()),
            Arc::new(self.jaccard.finish()),
            Arc::new(self.containment.finish()),
        ];
        RecordBatch::try_new(Arc::new(schema), columns)
    }
}

impl ClusterRows for Told {
    fn add(&mut self, row: &ClusterRow<'_>) -> io::Result<()> {
        let at = usize::try_from(row.place).map_err(io::Error::other)?;
        self.pass_over(at);
        self.next = at + 1;
        self.id.append_value(row.id);
        self.cluster.append_value(row.cluster);
        self.kept.append_value(row.kept);
        self.counterpart.append_option(row.counterpart);
        self.relation.append_option(row.relation);
        self.jaccard.append_option(row.jaccard);
        self.containment.append_option(row.containment);
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        let rows = self.columns.rows();
        self.pass_over(rows);
        self.next = rows;
        Ok(())
    }
}

/// The rows that stay are told with the others; nothing is copied.
struct Nowhere;

impl KeptRecords for Nowhere {
    fn keep(&mut self, _: &Inputs, _: u64, _: u32) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, _: &Inputs) -> io::Result<()> {
        Ok(())
    }
}

/// A table that any Arrow library can take without copying it.
#[pyclass(frozen, module = "wirecopy")]
pub(crate) struct Table(pub(crate) RecordBatch);

#[pymethods]
impl Table {
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyCapsule>>) -> PyResult<Bound<'py, PyCapsule>> {
        let rows: ArrayRef = Arc::new(StructArray::from(self.0.clone()));
        let field = Arc::new(Field::new("", rows.data_type().clone(), false));
        Ok(to_stream_pycapsule(py, Box::new(ArrayIterator::new(vec![Ok(rows)], field)), requested_schema)?)
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyCapsule>>) -> PyResult<Bound<'py, PyTuple>> {
        let rows = StructArray::from(self.0.clone());
        let field = Field::new("", rows.data_type().clone(), false);
        Ok(to_array_pycapsules(py, Arc::new(field), &rows, requested_schema)?)
    }

    fn __len__(&self) -> usize {
        self.0.num_rows()
    }

    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.0.schema().fields().iter().map(|f| f.name().clone()).collect()
    }

    /// One column, by its name.
    fn column(&self, name: &str) -> PyResult<Column> {
        let schema = self.0.schema();
        let (at, field) = schema.column_with_name(name).ok_or_else(|| fault::input(format!("there is no column {name}")))?;
        Ok(Column { array: self.0.column(at).clone(), field: Arc::new(field.clone()) })
    }

    /// The numbers of the rows whose flag in the column `name` is set.
    fn rows_where(&self, name: &str) -> PyResult<Vec<usize>> {
        let flags = self.0.column_by_name(name).and_then(|c| c.as_any().downcast_ref::<BooleanArray>());
        let flags = flags.ok_or_else(|| fault::input(format!("{name} is no column of flags")))?;
        Ok(flags.values().set_indices().collect())
    }
}

/// A column that any Arrow library can take without copying it.
#[pyclass(frozen, module = "wirecopy")]
pub(crate) struct Column {
    pub(crate) array: ArrayRef,
    pub(crate) field: Arc<Field>,
}

#[pymethods]
impl Column {
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyCapsule>>) -> PyResult<Bound<'py, PyTuple>> {
        Ok(to_array_pycapsules(py, self.field.clone(), &self.array, requested_schema)?)
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyCapsule>>) -> PyResult<Bound<'py, PyCapsule>> {
        let arrays = ArrayIterator::new(vec![Ok(self.array.clone())], self.field.clone());
        Ok(to_stream_pycapsule(py, Box::new(arrays), requested_schema)?)
    }

    fn __len__(&self) -> usize {
        self.array.len()
    }
}

/// Near-duplicates of a table: what is told of each row, and the summary of the run as JSON.
#[pyfunction]
#[pyo3(signature = (table, columns, settings, threads=None, progress=None))]
#[allow(clippy::needless_pass_by_value, reason = "arguments from Python are owned")]
pub(crate) fn dedup(
    py: Python<'_>,
    table: &Bound<'_, PyAny>,
    columns: [Option<String>; 2],
    settings: &str,
    threads: Option<usize>,
    progress: Option<Py<PyAny>>,
) -> PyResult<(Table, String)> {
    let config = config(settings, Purpose::Corpus)?;
    let [id, text] = &columns;
    let date = config.date_field.as_deref();
    let columns = Arc::new(Columns::new(table, id.as_deref(), text.as_deref(), date)?);
    let inputs = Inputs::of_texts("table".to_owned(), Box::new(Shared(columns.clone())));
    let mut told = Told::new(Shared(columns));
    let summary = watched(py, threads, progress.as_ref(), |watch| {
        let request = Request {
            inputs: &inputs,
            config: &config,
            memory: MEMORY,
            spill: None,
            gram_spills: [None, None],
            stages: None,
            monitor: watch,
        };
        run(request, Outputs { kept: &mut Nowhere, clusters: Some(&mut told) })
    })?;
    let summary = summary.map_err(|e| fault::raised(&e))?;
    let batch = told.batch().map_err(|e| fault::run(e.to_string()))?;
    Ok((Table(batch), serde_json::to_string(&summary).map_err(|e| fault::run(e.to_string()))?))
}
