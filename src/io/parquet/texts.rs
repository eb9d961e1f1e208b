//! Records as a Parquet file with text columns.

use super::kept::{failed, writer};
use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use std::io::{self, Write};
use std::sync::Arc;

/// Rows, and bytes of text, that are written at a time.
const BATCH: (usize, usize) = (8192, 32 << 20);

/// Writes rows of texts.
pub(in crate::io) struct TextTable<'a> {
    out: Option<ArrowWriter<&'a mut (dyn Write + Send)>>,
    schema: SchemaRef,
    columns: Vec<StringBuilder>,
    rows: usize,
    bytes: usize,
}

impl<'a> TextTable<'a> {
    /// Writes columns of these names to `out`; any value may be missing.
    ///
    /// # Errors
    /// When it cannot be written to.
    pub(in crate::io) fn new(names: &[String], out: &'a mut (dyn Write + Send)) -> io::Result<Self> {
        let schema = Arc::new(Schema::new(names.iter().map(|n| Field::new(n, DataType::Utf8, true)).collect::<Vec<_>>()));
        let out = writer(out, schema.clone(), Compression::ZSTD(ZstdLevel::default()), None)?;
        Ok(Self { out: Some(out), schema, columns: names.iter().map(|_| StringBuilder::new()).collect(), rows: 0, bytes: 0 })
    }

    /// Takes one more row, a value for each column.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(in crate::io) fn add(&mut self, values: &[Option<String>]) -> io::Result<()> {
        for (column, value) in self.columns.iter_mut().zip(values) {
            column.append_option(value.as_deref());
            self.bytes += value.as_ref().map_or(0, String::len);
        }
        self.rows += 1;
        if self.rows >= BATCH.0 || self.bytes >= BATCH.1 { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> io::Result<()> {
        let columns: Vec<ArrayRef> = self.columns.iter_mut().map(|c| Arc::new(c.finish()) as ArrayRef).collect();
        (self.rows, self.bytes) = (0, 0);
        let batch = RecordBatch::try_new(self.schema.clone(), columns).map_err(io::Error::other)?;
        self.out.as_mut().map_or(Ok(()), |out| out.write(&batch).map_err(failed))
    }

    /// Writes what is left, and the end of the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(in crate::io) fn finish(&mut self) -> io::Result<()> {
        self.write()?;
        self.out.take().map_or(Ok(()), |out| out.close().map(drop).map_err(failed))
    }
}
