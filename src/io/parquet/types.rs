//! A look at the types that the writer of a Parquet file noted, before they are trusted.
//!
//! Programs that write tables by way of Arrow leave its schema in the footer, and what turns it into types again takes it for
//! granted that it is whole. So what this needs is looked for first, and a type that is not known here is refused.

use arrow_ipc::{DateUnit, Field, Int, IntervalUnit, Precision, TimeUnit, Type};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use parquet::arrow::ARROW_SCHEMA_META_KEY;
use parquet::file::metadata::ParquetMetaData;

/// Largest number of digits of a decimal number.
const DIGITS: i32 = 76;

/// Checks the notes of a file, if there are any.
///
/// # Errors
/// What is wrong with them, to stand after the name of the file.
pub(super) fn check(metadata: &ParquetMetaData) -> Result<(), String> {
    let noted = metadata.file_metadata().key_value_metadata().into_iter().flatten();
    let mut values = noted.filter(|k| k.key == ARROW_SCHEMA_META_KEY).filter_map(|k| k.value.as_deref());
    match values.all(|value| is_schema(value).is_some()) {
        true => Ok(()),
        false => Err("is damaged: what it notes of the types of its columns is not to be read".to_owned()),
    }
}

fn is_schema(value: &str) -> Option<()> {
    let bytes = STANDARD.decode(value).ok()?;
    // a mark and a length may stand before the message
    let message = if bytes.len() > 8 && bytes.starts_with(&[255; 4]) { bytes.get(8..)? } else { &bytes };
    let message = arrow_ipc::root_as_message(message).ok()?;
    let schema = message.header_as_schema()?;
    // numbers of other machines are not read
    (schema.endianness() == arrow_ipc::Endianness::Little).then_some(())?;
    schema.fields()?.iter().try_for_each(|field| is_field(&field))
}

fn is_field(field: &Field<'_>) -> Option<()> {
    if let Some(dictionary) = field.dictionary() {
        is_int(&dictionary.indexType()?)?;
    }
    match field.type_type() {
        Type::Null
        | Type::Bool
        | Type::Binary
        | Type::BinaryView
        | Type::LargeBinary
        | Type::Utf8
        | Type::Utf8View
        | Type::LargeUtf8
        | Type::Struct_ => {}
        Type::Int => is_int(&field.type_as_int()?)?,
        Type::FixedSizeBinary => (field.type_as_fixed_size_binary()?.byteWidth() >= 0).then_some(())?,
        Type::FloatingPoint => {
            known(field.type_as_floating_point()?.precision(), &[Precision::HALF, Precision::SINGLE, Precision::DOUBLE])?;
        }
        Type::Date => known(field.type_as_date()?.unit(), &[DateUnit::DAY, DateUnit::MILLISECOND])?,
        Type::Time => {
            let time = field.type_as_time()?;
            let units: &[TimeUnit] = match time.bitWidth() {
                32 => &[TimeUnit::SECOND, TimeUnit::MILLISECOND],
                64 => &[TimeUnit::MICROSECOND, TimeUnit::NANOSECOND],
                _ => return None,
            };
            known(time.unit(), units)?;
        }
        Type::Timestamp => is_unit(field.type_as_timestamp()?.unit())?,
        Type::Duration => is_unit(field.type_as_duration()?.unit())?,
        Type::Interval => {
            let units = [IntervalUnit::YEAR_MONTH, IntervalUnit::DAY_TIME, IntervalUnit::MONTH_DAY_NANO];
            known(field.type_as_interval()?.unit(), &units)?;
        }
        Type::List | Type::LargeList | Type::ListView | Type::LargeListView => holds(field, 1)?,
        Type::FixedSizeList => {
            holds(field, 1)?;
            (field.type_as_fixed_size_list()?.listSize() >= 0).then_some(())?;
        }
        Type::RunEndEncoded => holds(field, 2)?,
        Type::Map => {
            holds(field, 1)?;
            field.type_as_map()?;
        }
        Type::Decimal => {
            let decimal = field.type_as_decimal()?;
            let (digits, scale) = (decimal.precision(), decimal.scale());
            let fits =
                matches!(decimal.bitWidth(), 32 | 64 | 128 | 256) && (1..=DIGITS).contains(&digits) && (-DIGITS..=digits).contains(&scale);
            fits.then_some(())?;
        }
        _ => return None,
    }
    field.children().into_iter().flatten().try_for_each(|child| is_field(&child))
}

fn holds(field: &Field<'_>, children: usize) -> Option<()> {
    (field.children()?.len() == children).then_some(())
}

fn is_int(int: &Int<'_>) -> Option<()> {
    matches!(int.bitWidth(), 8 | 16 | 32 | 64).then_some(())
}

fn is_unit(unit: TimeUnit) -> Option<()> {
    known(unit, &[TimeUnit::SECOND, TimeUnit::MILLISECOND, TimeUnit::MICROSECOND, TimeUnit::NANOSECOND])
}

fn known<T: Copy + PartialEq>(value: T, values: &[T]) -> Option<()> {
    values.contains(&value).then_some(())
}
