//! Columns of Arrow tables as the library reads them: texts where they lie, ids and dates beside them.

use crate::fault;
use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, ArrayRef, Int64Array, LargeStringArray, RecordBatch, StringArray, StringViewArray};
use arrow_schema::{DataType, SchemaRef, TimeUnit};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;
use std::borrow::Cow;
use std::sync::Arc;
use wirecopy::corpus::{Texts, seconds};
use wirecopy::document::fields::TEXT;

/// One piece of a column of strings.
pub(crate) enum Strings {
    Short(StringArray),
    Long(LargeStringArray),
    View(StringViewArray),
}

impl Strings {
    /// Where they lie, if they are strings.
    pub(crate) fn new(array: &ArrayRef) -> Option<Self> {
        match array.data_type() {
            DataType::Utf8 => Some(Self::Short(array.as_string::<i32>().clone())),
            DataType::LargeUtf8 => Some(Self::Long(array.as_string::<i64>().clone())),
            DataType::Utf8View => Some(Self::View(array.as_string_view().clone())),
            _ => None,
        }
    }

    pub(crate) fn get(&self, at: usize) -> Option<&str> {
        match self {
            Self::Short(s) => s.is_valid(at).then(|| s.value(at)),
            Self::Long(s) => s.is_valid(at).then(|| s.value(at)),
            Self::View(s) => s.is_valid(at).then(|| s.value(at)),
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Short(s) => s.len(),
            Self::Long(s) => s.len(),
            Self::View(s) => s.len(),
        }
    }
}

/// The batches of a table, and its schema.
pub(crate) fn batches(table: &Bound<'_, PyAny>) -> PyResult<(Vec<RecordBatch>, SchemaRef)> {
    let table: AnyRecordBatch = table.extract()?;
    let reader = table.into_reader()?;
    let schema = reader.schema();
    let batches = reader.collect::<Result<_, _>>().map_err(|e| fault::input(format!("the table cannot be read: {e}")))?;
    Ok((batches, schema))
}

/// The pieces of a column that holds strings, or what is written as such: numbers, and dictionaries of strings.
pub(crate) fn strings(batches: &[RecordBatch], name: &str, numbers: bool) -> PyResult<Vec<Strings>> {
    let piece = |batch: &RecordBatch| -> PyResult<Strings> {
        let array = batch.column_by_name(name).ok_or_else(|| fault::input(format!("there is no column {name}")))?;
        if let Some(strings) = Strings::new(array) {
            return Ok(strings);
        }
        let of = array.data_type();
        let known = match of {
            DataType::Null => true,
            DataType::Dictionary(_, of) => matches!(**of, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View),
            _ => numbers && of.is_integer(),
        };
        let wanted = if numbers { "strings or whole numbers" } else { "strings" };
        let refused = || fault::input(format!("the column {name} is of {of}, not of {wanted}"));
        let cast = if known { arrow_cast::cast(array, &DataType::LargeUtf8).ok() } else { None };
        cast.and_then(|array| Strings::new(&array)).ok_or_else(refused)
    };
    batches.iter().map(piece).collect()
}

/// The pieces of a column of days or moments, in seconds since 1970.
fn moments(batches: &[RecordBatch], name: &str) -> PyResult<Vec<Int64Array>> {
    let piece = |batch: &RecordBatch| -> PyResult<Int64Array> {
        let array = batch.column_by_name(name).ok_or_else(|| fault::input(format!("there is no column {name}")))?;
        if let Some(written) = Strings::new(array) {
            return Ok((0..written.len()).map(|i| written.get(i).and_then(seconds)).collect());
        }
        let of = array.data_type();
        let refused = || fault::input(format!("the column {name} is of {of}, not of dates, timestamps or strings"));
        if !matches!(of, DataType::Date32 | DataType::Date64 | DataType::Timestamp(..)) {
            return Err(refused());
        }
        let cast = arrow_cast::cast(array, &DataType::Timestamp(TimeUnit::Second, None));
        let cast = cast.and_then(|array| arrow_cast::cast(&array, &DataType::Int64)).map_err(|_| refused())?;
        Ok(cast.as_primitive::<Int64Type>().clone())
    };
    batches.iter().map(piece).collect()
}

/// The columns of a table that a run reads.
pub(crate) struct Columns {
    /// The first row of each piece, and one past the last.
    starts: Vec<usize>,
    text: Vec<Strings>,
    id: Option<Vec<Strings>>,
    date: Option<Vec<Int64Array>>,
}

impl Columns {
    /// The columns of these names; without a name the text is in the first column that is usually called so, and the id in `id`, if it
    /// is there.
    pub(crate) fn new(table: &Bound<'_, PyAny>, id: Option<&str>, text: Option<&str>, date: Option<&str>) -> PyResult<Self> {
        let (batches, schema) = batches(table)?;
        let has = |name: &&str| schema.column_with_name(name).is_some();
        let names = || schema.fields().iter().map(|f| f.name().as_str()).collect::<Vec<_>>().join(", ");
        if let Some(name) = [id, text, date].into_iter().flatten().find(|name| !has(name)) {
            return Err(fault::input(format!("there is no column {name}; the table has {}", names())));
        }
        let Some(text) = text.or_else(|| TEXT.iter().copied().find(has)) else {
            return Err(fault::input(format!(
                "no column is called text, body or content; name it with text_col; the table has {}",
                names()
            )));
        };
        let id = id.or(Some("id").filter(has));
        let mut starts = vec![0];
        for batch in &batches {
            starts.push(starts.last().copied().unwrap_or_default() + batch.num_rows());
        }
        Ok(Self {
            starts,
            text: strings(&batches, text, false)?,
            id: id.map(|id| strings(&batches, id, true)).transpose()?,
            date: date.map(|date| moments(&batches, date)).transpose()?,
        })
    }

    fn place(&self, row: usize) -> (usize, usize) {
        let piece = self.starts.partition_point(|&s| s <= row).saturating_sub(1);
        (piece, row - self.starts[piece])
    }
}

/// The columns, shared by the run and by what tells its results.
pub(crate) struct Shared(pub(crate) Arc<Columns>);

impl Texts for Shared {
    fn rows(&self) -> usize {
        self.0.starts.last().copied().unwrap_or_default()
    }

    fn text(&self, row: usize) -> Option<Cow<'_, str>> {
        let (piece, at) = self.0.place(row);
        self.0.text.get(piece)?.get(at).map(Cow::Borrowed)
    }

    fn id(&self, row: usize) -> Option<Cow<'_, str>> {
        let (piece, at) = self.0.place(row);
        self.0.id.as_ref()?.get(piece)?.get(at).filter(|id| !id.is_empty()).map(Cow::Borrowed)
    }

    fn date(&self, row: usize) -> Option<i64> {
        let (piece, at) = self.0.place(row);
        let dates = self.0.date.as_ref()?.get(piece)?;
        dates.is_valid(at).then(|| dates.value(at))
    }
}
