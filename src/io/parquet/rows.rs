//! Rows as JSON records.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, Float16Type, Float32Type, Float64Type, Int8Type,
    Int16Type, Int32Type, Int64Type, Time32MillisecondType, Time32SecondType, Time64MicrosecondType, Time64NanosecondType,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, Fields, TimeUnit};
use std::fmt::Debug;
use std::io::Write;

/// Appends one line for each row; with `whole` a value that is not there is written as null, else its field is left out.
///
/// # Errors
/// For a column that has no form in JSON.
pub(super) fn append_json(batch: &RecordBatch, whole: bool, lines: &mut Vec<u8>) -> Result<(), String> {
    let schema = batch.schema();
    for row in 0..batch.num_rows() {
        object(schema.fields(), batch.columns(), row, whole, lines)?;
        lines.push(b'\n');
    }
    Ok(())
}

fn object(fields: &Fields, columns: &[ArrayRef], row: usize, whole: bool, out: &mut Vec<u8>) -> Result<(), String> {
    out.push(b'{');
    let mut first = true;
    for (field, column) in fields.iter().zip(columns).filter(|(_, c)| whole || !c.is_null(row)) {
        if !std::mem::take(&mut first) {
            out.push(b',');
        }
        string(field.name(), out)?;
        out.push(b':');
        value(column, row, whole, out)?;
    }
    out.push(b'}');
    Ok(())
}

fn value(column: &dyn Array, row: usize, whole: bool, out: &mut Vec<u8>) -> Result<(), String> {
    if column.is_null(row) || column.data_type() == &DataType::Null {
        out.extend(b"null");
        return Ok(());
    }
    macro_rules! plain {
        ($kind:ty) => {
            plain(column.as_primitive::<$kind>().value(row), out)
        };
    }
    macro_rules! shown {
        ($kind:ty, $way:ident) => {
            shown(column.as_primitive::<$kind>().$way(row), "", out)
        };
    }
    macro_rules! moment {
        ($kind:ty, $zone:expr) => {
            shown(column.as_primitive::<$kind>().value_as_datetime(row), if $zone.is_some() { "Z" } else { "" }, out)
        };
    }
    macro_rules! digits {
        ($kind:ty) => {
            out.extend(column.as_primitive::<$kind>().value_as_string(row).as_bytes())
        };
    }
    match column.data_type() {
        DataType::Utf8 => string(column.as_string::<i32>().value(row), out)?,
        DataType::LargeUtf8 => string(column.as_string::<i64>().value(row), out)?,
        DataType::Utf8View => string(column.as_string_view().value(row), out)?,
        DataType::Boolean => plain(column.as_boolean().value(row), out),
        DataType::Int8 => plain!(Int8Type),
        DataType::Int16 => plain!(Int16Type),
        DataType::Int32 => plain!(Int32Type),
        DataType::Int64 => plain!(Int64Type),
        DataType::UInt8 => plain!(UInt8Type),
        DataType::UInt16 => plain!(UInt16Type),
        DataType::UInt32 => plain!(UInt32Type),
        DataType::UInt64 => plain!(UInt64Type),
        DataType::Float16 => real(f64::from(column.as_primitive::<Float16Type>().value(row)), out)?,
        // Through its own digits: 0.1 of four bytes is not 0.10000000149.
        DataType::Float32 => serde_json::to_writer(out, &column.as_primitive::<Float32Type>().value(row)).map_err(|e| e.to_string())?,
        DataType::Float64 => real(column.as_primitive::<Float64Type>().value(row), out)?,
        DataType::Decimal32(..) => digits!(Decimal32Type),
        DataType::Decimal64(..) => digits!(Decimal64Type),
        DataType::Decimal128(..) => digits!(Decimal128Type),
        DataType::Decimal256(..) => digits!(Decimal256Type),
        DataType::Date32 => shown!(Date32Type, value_as_date),
        DataType::Date64 => shown!(Date64Type, value_as_date),
        DataType::Time32(TimeUnit::Second) => shown!(Time32SecondType, value_as_time),
        DataType::Time32(_) => shown!(Time32MillisecondType, value_as_time),
        DataType::Time64(TimeUnit::Microsecond) => shown!(Time64MicrosecondType, value_as_time),
        DataType::Time64(_) => shown!(Time64NanosecondType, value_as_time),
        DataType::Timestamp(TimeUnit::Second, zone) => moment!(TimestampSecondType, zone),
        DataType::Timestamp(TimeUnit::Millisecond, zone) => moment!(TimestampMillisecondType, zone),
        DataType::Timestamp(TimeUnit::Microsecond, zone) => moment!(TimestampMicrosecondType, zone),
        DataType::Timestamp(TimeUnit::Nanosecond, zone) => moment!(TimestampNanosecondType, zone),
        DataType::Binary => hexadecimal(column.as_binary::<i32>().value(row), out),
        DataType::LargeBinary => hexadecimal(column.as_binary::<i64>().value(row), out),
        DataType::BinaryView => hexadecimal(column.as_binary_view().value(row), out),
        DataType::FixedSizeBinary(_) => hexadecimal(column.as_fixed_size_binary().value(row), out),
        DataType::Struct(fields) => object(fields, column.as_struct().columns(), row, whole, out)?,
        DataType::List(_) => list(&column.as_list::<i32>().value(row), whole, out)?,
        DataType::LargeList(_) => list(&column.as_list::<i64>().value(row), whole, out)?,
        DataType::FixedSizeList(..) => list(&column.as_fixed_size_list().value(row), whole, out)?,
        DataType::Map(..) => map(&column.as_map().value(row), whole, out)?,
        other => return Err(format!("has a column of the type {other}, which has no form in JSON")),
    }
    Ok(())
}

fn string(text: &str, out: &mut Vec<u8>) -> Result<(), String> {
    serde_json::to_writer(out, text).map_err(|e| e.to_string())
}

/// What JSON has no number for (not a number, infinite) is null.
fn real(number: f64, out: &mut Vec<u8>) -> Result<(), String> {
    serde_json::to_writer(out, &number).map_err(|e| e.to_string())
}

fn plain(what: impl std::fmt::Display, out: &mut Vec<u8>) {
    // A vector takes all that is written.
    let _ = write!(out, "{what}");
}

/// A date or a clock; `None` is one beyond the calendar.
fn shown(what: Option<impl Debug>, zone: &str, out: &mut Vec<u8>) {
    match what {
        Some(what) => plain(format_args!("\"{what:?}{zone}\""), out),
        None => out.extend(b"null"),
    }
}

fn hexadecimal(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    for byte in bytes {
        plain(format_args!("{byte:02x}"), out);
    }
    out.push(b'"');
}

fn list(values: &dyn Array, whole: bool, out: &mut Vec<u8>) -> Result<(), String> {
    out.push(b'[');
    for at in 0..values.len() {
        if at > 0 {
            out.push(b',');
        }
        value(values, at, whole, out)?;
    }
    out.push(b']');
    Ok(())
}

/// Keys and values as an object where the keys are text, else as a list of pairs.
fn map(entries: &arrow_array::StructArray, whole: bool, out: &mut Vec<u8>) -> Result<(), String> {
    let [keys, values] = entries.columns() else { return Err("has a map without keys and values".into()) };
    if keys.data_type() != &DataType::Utf8 {
        return list(entries, whole, out);
    }
    out.push(b'{');
    for at in 0..entries.len() {
        if at > 0 {
            out.push(b',');
        }
        string(keys.as_string::<i32>().value(at), out)?;
        out.push(b':');
        value(values, at, whole, out)?;
    }
    out.push(b'}');
    Ok(())
}
