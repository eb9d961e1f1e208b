//! Parquet: one row is one record.
//!
//! A row cannot be read at any place like a line, so the columns that a corpus run compares are written to its work folder as
//! JSON Lines, one line a row ([`Table::stage`]); the rest of the run reads these. What stays is then taken from the file
//! itself, with all columns ([`KeptTable`]).

mod clusters;
mod footer;
mod kept;
mod pages;
mod rows;
mod texts;
mod types;

pub(super) use clusters::ParquetRows;
pub(super) use kept::{KeptMixed, KeptTable, Tables};
pub(super) use texts::TextTable;

use arrow_array::RecordBatch;
use arrow_schema::{DataType, SchemaRef};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::file::metadata::{ColumnChunkMetaData, RowGroupMetaData};
use std::fs::File;

/// Bytes of a batch that are aimed at, and the most rows that it has.
const BATCH: (u64, usize) = (8 << 20, 1024);

/// Names of columns that are told when none is there.
const NAMED: usize = 5;

/// A Parquet file, opened.
pub(super) struct Table {
    shown: String,
    file: File,
}

/// How values are given: as they are in the file, or with the types that the program which wrote it had for them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Types {
    Plain,
    Written,
}

impl Table {
    /// Opens a file and checks that it is Parquet.
    ///
    /// # Errors
    /// What is wrong with it, to stand after its name.
    pub(super) fn open(shown: &str, mut file: File) -> Result<Self, String> {
        footer::check(&mut file)?;
        let table = Self { shown: shown.to_owned(), file };
        table.metadata(Types::Plain)?;
        Ok(table)
    }

    fn metadata(&self, types: Types) -> Result<ArrowReaderMetadata, String> {
        let damaged = |e| format!("is damaged, or no Parquet that can be read: {e}");
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let mut metadata = ArrowReaderMetadata::load(&self.file, options).map_err(damaged)?;
        if types == Types::Written {
            types::check(metadata.metadata())?;
            metadata = ArrowReaderMetadata::try_new(metadata.metadata().clone(), ArrowReaderOptions::new()).map_err(damaged)?;
        }
        // the reader takes it for granted that these are places in a file
        let mut chunks = metadata.metadata().row_groups().iter().flat_map(RowGroupMetaData::columns);
        let is_placed =
            |c: &ColumnChunkMetaData| c.dictionary_page_offset().unwrap_or(c.data_page_offset()) >= 0 && c.compressed_size() >= 0;
        if chunks.all(is_placed) { Ok(metadata) } else { Err("is damaged: a column of it begins or ends before the file".to_owned()) }
    }

    /// The columns with their types, as the program that wrote the file had them.
    fn schema(&self) -> Result<SchemaRef, String> {
        Ok(self.metadata(Types::Written)?.schema().clone())
    }

    /// Rows from the first on, with the columns of these names or with all.
    fn batches(&self, types: Types, columns: Option<&[&str]>) -> Result<Batches, String> {
        let metadata = self.metadata(types)?;
        pages::check(&self.file, metadata.metadata())?;
        let groups = metadata.metadata().row_groups();
        let a_row = groups.iter().filter_map(|g| u64::try_from(g.total_byte_size() / g.num_rows().max(1)).ok()).max().unwrap_or(0);
        let rows = (BATCH.0 / a_row.max(1)).clamp(1, BATCH.1 as u64) as usize;
        let mask = columns.map(|names| {
            let roots = metadata.schema().fields().iter().enumerate().filter(|(_, f)| names.contains(&f.name().as_str()));
            ProjectionMask::roots(metadata.parquet_schema(), roots.map(|(at, _)| at))
        });
        let file = self.file.try_clone().map_err(|e| format!("cannot be read: {e}"))?;
        let mut builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata).with_batch_size(rows);
        if let Some(mask) = mask {
            builder = builder.with_projection(mask);
        }
        let reader = builder.build().map_err(|e| format!("is damaged, or no Parquet that can be read: {e}"))?;
        Ok(Batches { reader, read: 0 })
    }

    /// Of the names `wanted`, those of columns that hold text.
    ///
    /// # Errors
    /// Which names were looked for, when there is none.
    fn text_columns<'a>(&self, wanted: impl Iterator<Item = &'a str>) -> Result<Vec<&'a str>, String> {
        let metadata = self.metadata(Types::Plain)?;
        let fields = metadata.schema().fields();
        let (mut found, mut other, mut names) = (Vec::new(), None, Vec::new());
        for name in wanted {
            names.push(name);
            match fields.iter().find(|f| f.name() == name) {
                Some(field) if is_text(field.data_type()) => found.push(name),
                Some(field) => other = other.or(Some((name, field.data_type().to_string()))),
                None => {}
            }
        }
        match other {
            _ if !found.is_empty() => Ok(found),
            Some((name, is)) => Err(format!("its column {name} holds no text but {is}; skipped")),
            None => {
                let has: Vec<&str> = fields.iter().take(40).map(|f| f.name().as_str()).collect();
                let more = if names.len() > NAMED { ", ..." } else { "" };
                names.truncate(NAMED);
                Err(format!("has no text column (looked for {}{more}; it has {}); skipped", names.join(", "), has.join(", ")))
            }
        }
    }

    /// Hands the columns `texts` and `others`, as far as they are there, to `out`: one line with a JSON record a row, many
    /// lines at a time.
    ///
    /// The outer error is one of `out`. The inner one tells why the rows, or the rows after some, cannot be read.
    pub(super) fn stage<'a>(
        &self,
        texts: impl Iterator<Item = &'a str>,
        others: impl Iterator<Item = &'a str>,
        out: &mut dyn FnMut(&[u8]) -> std::io::Result<()>,
    ) -> std::io::Result<Result<(), String>> {
        let mut batches = match self.text_columns(texts).and_then(|mut columns| {
            columns.extend(others);
            self.batches(Types::Plain, Some(&columns))
        }) {
            Ok(batches) => batches,
            Err(fault) => return Ok(Err(fault)),
        };
        let mut lines = Vec::new();
        loop {
            let encoded = batches.next().and_then(|batch| match batch {
                Some(batch) => {
                    lines.clear();
                    rows::append_json(&batch, false, &mut lines).map(Some)
                }
                None => Ok(None),
            });
            match encoded {
                Ok(Some(())) => out(&lines)?,
                Ok(None) => return Ok(Ok(())),
                Err(fault) => return Ok(Err(fault)),
            }
        }
    }
}

fn is_text(of: &DataType) -> bool {
    match of {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Dictionary(_, values) => is_text(values),
        _ => false,
    }
}

/// Batches of rows, from the first on.
struct Batches {
    reader: ParquetRecordBatchReader,
    read: u64,
}

impl Batches {
    fn next(&mut self) -> Result<Option<RecordBatch>, String> {
        match self.reader.next() {
            None => Ok(None),
            Some(Ok(batch)) => {
                self.read += batch.num_rows() as u64;
                Ok(Some(batch))
            }
            Some(Err(e)) => Err(format!("is damaged after row {}: {e}; the rows before that were read", self.read)),
        }
    }
}
