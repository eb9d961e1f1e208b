//! Cluster rows as a Parquet file.

use super::kept::{failed, writer};
use crate::corpus::{ClusterRow, ClusterRows};
use arrow_array::RecordBatch;
use arrow_array::builder::{BooleanBuilder, Float64Builder, StringBuilder};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use std::io::{self, Write};
use std::sync::Arc;

/// Rows that are written at a time.
const ROWS: usize = 8192;

/// Writes one row for each document.
pub(in crate::io) struct ParquetRows<'a> {
    out: Option<ArrowWriter<&'a mut (dyn Write + Send)>>,
    schema: SchemaRef,
    rows: usize,
    /// id, cluster, counterpart, relation
    texts: [StringBuilder; 4],
    kept: BooleanBuilder,
    /// jaccard, containment
    shares: [Float64Builder; 2],
}

impl<'a> ParquetRows<'a> {
    /// Writes to `out`.
    ///
    /// # Errors
    /// When it cannot be written to.
    pub(in crate::io) fn new(out: &'a mut (dyn Write + Send)) -> io::Result<Self> {
        let schema = Arc::new(Schema::new(vec![
            Field::new("id", DataType::Utf8, false),
            Field::new("cluster", DataType::Utf8, false),
            Field::new("kept", DataType::Boolean, false),
            Field::new("counterpart", DataType::Utf8, true),
            Field::new("relation", DataType::Utf8, true),
            Field::new("jaccard", DataType::Float64, true),
            Field::new("containment", DataType::Float64, true),
        ]));
        let writer = writer(out, schema.clone(), Compression::ZSTD(ZstdLevel::default()), None)?;
        Ok(Self { out: Some(writer), schema, rows: 0, texts: Default::default(), kept: BooleanBuilder::new(), shares: Default::default() })
    }

    fn write(&mut self) -> io::Result<()> {
        let [id, cluster, counterpart, relation] = &mut self.texts;
        let [jaccard, containment] = &mut self.shares;
        let columns: Vec<arrow_array::ArrayRef> = vec![
            Arc::new(id.finish()),
            Arc::new(cluster.finish()),
            Arc::new(self.kept.finish()),
            Arc::new(counterpart.finish()),
            Arc::new(relation.finish()),
            Arc::new(jaccard.finish()),
            Arc::new(containment.finish()),
        ];
        self.rows = 0;
        let batch = RecordBatch::try_new(self.schema.clone(), columns).map_err(io::Error::other)?;
        match &mut self.out {
            Some(out) => out.write(&batch).map_err(failed),
            None => Ok(()),
        }
    }
}

impl ClusterRows for ParquetRows<'_> {
    fn add(&mut self, row: &ClusterRow<'_>) -> io::Result<()> {
        let [id, cluster, counterpart, relation] = &mut self.texts;
        let [jaccard, containment] = &mut self.shares;
        id.append_value(row.id);
        cluster.append_value(row.cluster);
        self.kept.append_value(row.kept);
        counterpart.append_option(row.counterpart);
        relation.append_option(row.relation);
        jaccard.append_option(row.jaccard);
        containment.append_option(row.containment);
        self.rows += 1;
        if self.rows == ROWS { self.write() } else { Ok(()) }
    }

    fn finish(&mut self) -> io::Result<()> {
        self.write()?;
        self.out.take().map_or(Ok(()), |out| out.close().map(drop).map_err(failed))
    }
}
