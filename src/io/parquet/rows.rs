//! Rows as JSON records.

use arrow_array::RecordBatch;
use arrow_json::WriterBuilder;
use arrow_json::writer::LineDelimited;

/// Appends one line for each row; with `whole` a value that is not there is written as null, else its field is left out.
///
/// # Errors
/// For a column that has no form in JSON.
pub(super) fn append_json(batch: &RecordBatch, whole: bool, lines: &mut Vec<u8>) -> Result<(), String> {
    let mut writer = WriterBuilder::new().with_explicit_nulls(whole).build::<_, LineDelimited>(&mut *lines);
    writer.write(batch).map_err(|e| format!("has a column that cannot be written as JSON: {e}"))
}
