//! The rows that stay: taken from their files again, with all columns.

use super::{Batches, Table, Types, rows};
use crate::corpus::{Inputs, KeptRecords, Part, RecordLines};
use crate::error::{Error, Result};
use arrow_array::{BooleanArray, RecordBatch};
use arrow_schema::{Field, FieldRef, Schema, SchemaRef};
use arrow_select::filter::filter_record_batch;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

/// Bytes of a row group in memory, from which on it is written.
const GROUP: usize = 64 << 20;

/// Parquet inputs by their place among the inputs of a run.
pub(in crate::io) type Tables = BTreeMap<usize, Table>;

pub(super) type Out<'a> = &'a mut (dyn Write + Send);

/// Writes kept rows to a Parquet file with the columns of its inputs, which all are Parquet.
pub(in crate::io) struct KeptTable<'a> {
    rows: KeptRows<'a>,
    schema: SchemaRef,
    out: Option<ArrowWriter<Out<'a>>>,
}

impl<'a> KeptTable<'a> {
    /// Writes to `out`, which is called `path`.
    ///
    /// # Errors
    /// [`Error::Write`] when an input is no Parquet file, or the columns of two differ.
    pub(in crate::io) fn new(inputs: &Inputs, tables: &'a Tables, path: &Path, out: Out<'a>) -> Result<Self> {
        let refused = |why: String| Error::Write { path: path.to_owned(), source: io::Error::other(why) };
        let mut first: Option<(&Table, Schema)> = None;
        for (at, part) in inputs.parts().iter().enumerate() {
            let Some(table) = tables.get(&at) else {
                return Err(refused(format!(
                    "{} is no Parquet, so its records have no columns; name an output that ends in .jsonl",
                    part.shown
                )));
            };
            let schema = table.schema().map_err(|e| refused(format!("{} {e}", table.shown)))?;
            first = Some(match first {
                None => (table, schema.as_ref().clone()),
                Some((of, before)) => match joined(&before, &schema) {
                    Ok(joined) => (of, joined),
                    Err(differs) => {
                        return Err(refused(format!(
                            "the columns of {} and {} differ: {differs}; name an output that ends in .jsonl, or go over them one by one",
                            of.shown, table.shown
                        )));
                    }
                },
            });
        }
        let (table, schema) = first.ok_or_else(|| refused("there is no input".into()))?;
        let metadata = table.metadata(Types::Written).map_err(|e| refused(format!("{} {e}", table.shown)))?;
        let groups = metadata.metadata().row_groups();
        let usual = Compression::ZSTD(ZstdLevel::default());
        let packed = groups.first().and_then(|g| g.columns().first()).map_or(usual, |c| writable(c.compression()));
        let told = metadata.metadata().file_metadata().key_value_metadata().cloned();
        let schema = Arc::new(schema);
        let writer = writer(out, schema.clone(), packed, told).map_err(|e| refused(e.to_string()))?;
        Ok(Self { rows: KeptRows::new(tables, Types::Written), schema, out: Some(writer) })
    }
}

/// A packing that is read has a form that is written.
fn writable(packed: Compression) -> Compression {
    match packed {
        Compression::LZ4 => Compression::LZ4_RAW,
        other => other,
    }
}

/// Starts a file; `told` is what its writer noted about it.
pub(super) fn writer(
    out: Out<'_>,
    schema: SchemaRef,
    packed: Compression,
    told: Option<Vec<KeyValue>>,
) -> io::Result<ArrowWriter<Out<'_>>> {
    // The types are noted anew.
    let told = told.map(|t| t.into_iter().filter(|k| k.key != parquet::arrow::ARROW_SCHEMA_META_KEY).collect::<Vec<_>>());
    let properties = WriterProperties::builder()
        .set_compression(packed)
        .set_created_by(concat!("wirecopy version ", env!("CARGO_PKG_VERSION")).into())
        .set_key_value_metadata(told.filter(|t| !t.is_empty()))
        .build();
    ArrowWriter::try_new(out, schema, Some(properties)).map_err(failed)
}

/// The columns of both, where they are the same but for whether values may be missing.
fn joined(one: &Schema, other: &Schema) -> std::result::Result<Schema, String> {
    if one.fields().len() != other.fields().len() {
        return Err(format!("{} and {} of them", one.fields().len(), other.fields().len()));
    }
    let mut fields: Vec<FieldRef> = Vec::new();
    for (a, b) in one.fields().iter().zip(other.fields()) {
        if a.name() != b.name() {
            return Err(format!("{} stands where {} stands", a.name(), b.name()));
        }
        if a.data_type() != b.data_type() {
            return Err(format!("{} is {} and {}", a.name(), a.data_type(), b.data_type()));
        }
        fields.push(if a.is_nullable() { a.clone() } else { Arc::new(Field::clone(a).with_nullable(b.is_nullable())) });
    }
    Ok(Schema::new_with_metadata(fields, one.metadata().clone()))
}

impl KeptRecords for KeptTable<'_> {
    fn keep(&mut self, inputs: &Inputs, offset: u64, _: u32) -> io::Result<()> {
        let Self { rows, schema, out } = self;
        rows.keep(inputs, offset, &mut |batch| write(out.as_mut(), schema, batch))
    }

    fn finish(&mut self, _: &Inputs) -> io::Result<()> {
        let Self { rows, schema, out } = self;
        rows.finish(&mut |batch| write(out.as_mut(), schema, batch))?;
        self.out.take().map_or(Ok(()), |out| out.close().map(drop).map_err(failed))
    }
}

fn write(out: Option<&mut ArrowWriter<Out<'_>>>, schema: &SchemaRef, batch: RecordBatch) -> io::Result<()> {
    let Some(out) = out else { return Ok(()) };
    let batch = batch.with_schema(schema.clone()).map_err(io::Error::other)?;
    out.write(&batch).map_err(failed)?;
    if out.memory_size() > GROUP { out.flush().map_err(failed) } else { Ok(()) }
}

/// What the writer of the file said, without its wrapping.
pub(super) fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(inner) => *inner,
            Err(inner) => io::Error::other(inner),
        },
        other => io::Error::other(other),
    }
}

/// Writes kept records as JSON Lines: lines byte for byte, rows as records with all columns.
pub(in crate::io) struct KeptMixed<'a> {
    lines: RecordLines<'a>,
    rows: KeptRows<'a>,
    buffer: Vec<u8>,
}

impl<'a> KeptMixed<'a> {
    /// Writes to `out`.
    pub(in crate::io) fn new(tables: &'a Tables, out: Out<'a>) -> Self {
        Self { lines: RecordLines::new(out), rows: KeptRows::new(tables, Types::Plain), buffer: Vec::new() }
    }
}

impl KeptRecords for KeptMixed<'_> {
    fn keep(&mut self, inputs: &Inputs, offset: u64, length: u32) -> io::Result<()> {
        let Self { lines, rows, buffer } = self;
        if rows.has(inputs, offset) {
            lines.finish(inputs)?;
            rows.keep(inputs, offset, &mut |batch| write_json(lines.out(), &batch, buffer))
        } else {
            rows.finish(&mut |batch| write_json(lines.out(), &batch, buffer))?;
            lines.keep(inputs, offset, length)
        }
    }

    fn finish(&mut self, inputs: &Inputs) -> io::Result<()> {
        let Self { lines, rows, buffer } = self;
        rows.finish(&mut |batch| write_json(lines.out(), &batch, buffer))?;
        lines.finish(inputs)
    }
}

fn write_json(out: &mut dyn Write, batch: &RecordBatch, buffer: &mut Vec<u8>) -> io::Result<()> {
    buffer.clear();
    rows::append_json(batch, true, buffer).map_err(io::Error::other)?;
    out.write_all(buffer)
}

/// Takes those rows from tables whose lines in the work folder are named.
struct KeptRows<'a> {
    tables: &'a Tables,
    types: Types,
    open: Option<Open<'a>>,
}

/// The table that is gone over.
struct Open<'a> {
    part: usize,
    table: &'a Table,
    batches: Batches,
    batch: Option<RecordBatch>,
    /// Row that the batch begins with, and which of its rows stay.
    first: u64,
    stays: Vec<bool>,
    line: LineCount,
}

type Take<'t> = &'t mut dyn FnMut(RecordBatch) -> io::Result<()>;

impl<'a> KeptRows<'a> {
    fn new(tables: &'a Tables, types: Types) -> Self {
        Self { tables, types, open: None }
    }

    fn has(&self, inputs: &Inputs, offset: u64) -> bool {
        inputs.index_of(offset).is_some_and(|part| self.tables.contains_key(&part))
    }

    fn keep(&mut self, inputs: &Inputs, offset: u64, take: Take<'_>) -> io::Result<()> {
        let part = inputs.index_of(offset).ok_or(io::ErrorKind::UnexpectedEof)?;
        if self.open.as_ref().is_none_or(|o| o.part != part) {
            self.finish(take)?;
            let table = self.tables.get(&part).ok_or(io::ErrorKind::NotFound)?;
            let batches = table.batches(self.types, None).map_err(|e| table.failed(&e))?;
            let line = LineCount::default();
            self.open = Some(Open { part, table, batches, batch: None, first: 0, stays: Vec::new(), line });
        }
        match (&mut self.open, inputs.parts().get(part)) {
            (Some(open), Some(of)) => open.keep(of, offset - of.start, take),
            _ => Ok(()),
        }
    }

    fn finish(&mut self, take: Take<'_>) -> io::Result<()> {
        self.open.take().map_or(Ok(()), |mut open| open.end_batch(take))
    }
}

impl Open<'_> {
    fn keep(&mut self, part: &Part, offset: u64, take: Take<'_>) -> io::Result<()> {
        let row = self.line.of(part, offset)?;
        while row >= self.first + self.stays.len() as u64 {
            self.end_batch(take)?;
            self.first += self.stays.len() as u64;
            let next = self.batches.next().map_err(|e| self.table.failed(&e))?;
            let batch = next.ok_or_else(|| self.table.failed("changed while it was read"))?;
            self.stays.clear();
            self.stays.resize(batch.num_rows(), false);
            self.batch = Some(batch);
        }
        self.stays[(row - self.first) as usize] = true;
        Ok(())
    }

    /// Hands over what stays of the batch.
    fn end_batch(&mut self, take: Take<'_>) -> io::Result<()> {
        let Some(batch) = self.batch.take().filter(|_| self.stays.contains(&true)) else { return Ok(()) };
        if self.stays.contains(&false) {
            take(filter_record_batch(&batch, &BooleanArray::from(self.stays.clone())).map_err(io::Error::other)?)
        } else {
            take(batch)
        }
    }
}

impl Table {
    fn failed(&self, why: &str) -> io::Error {
        io::Error::other(format!("{} {why}", self.shown))
    }
}

/// Counts the lines of a part, onwards only. A row is the line of its number, so nothing need be kept of where each stands.
#[derive(Default)]
struct LineCount {
    /// Bytes that were gone over, and the line ends among them.
    at: u64,
    lines: u64,
    buffer: Vec<u8>,
}

impl LineCount {
    /// The line, from 0, that holds the byte `offset`.
    fn of(&mut self, part: &Part, offset: u64) -> io::Result<u64> {
        while self.at < offset {
            self.buffer.resize((offset - self.at).min(1 << 16) as usize, 0);
            part.read_at(self.at, &mut self.buffer)?;
            self.lines += memchr::memchr_iter(b'\n', &self.buffer).count() as u64;
            self.at += self.buffer.len() as u64;
        }
        Ok(self.lines)
    }
}
