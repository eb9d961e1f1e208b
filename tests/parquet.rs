//! What must hold of Parquet in and out: the same results as from JSON Lines, every column as it was, no harm from damaged files.

#![cfg(all(feature = "parquet", feature = "cli"))]
#![expect(clippy::unwrap_used, reason = "what a test cannot do stops it")]
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod folder;

use arrow_array::builder::{Int64Builder, ListBuilder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int32Type};
use arrow_array::{
    Array, ArrayRef, Date32Array, DictionaryArray, Int64Array, LargeStringArray, RecordBatch, StringArray, StringViewArray, StructArray,
    TimestampMicrosecondArray,
};
use arrow_schema::{DataType, Field, Schema};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use folder::Folder;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Output;
use std::sync::Arc;

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Texts in clusters: each third is a copy of the one before with a word more, each seventh is missing.
fn documents(count: usize) -> Vec<(Option<String>, Option<String>, i32)> {
    let text = |i: usize| (0..40).map(|w| format!("w{}", (i / 3 * 3) * 100 + w)).collect::<Vec<_>>().join(" ");
    (0..count)
        .map(|i| {
            let body = format!("{} \"q\u{201c}\u{1f600}\n{}", text(i), if i % 3 == 1 { "more" } else { "" });
            ((i % 5 != 4).then(|| format!("d{i}")), (i % 7 != 6).then_some(body), 19_000 + (i * 37 % 100) as i32)
        })
        .collect()
}

fn write(path: &Path, columns: Vec<(&str, ArrayRef)>, rows_of_group: usize) {
    let batch = RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(n, c)| (n, c, true))).unwrap();
    write_batch(path, &batch, rows_of_group, Compression::ZSTD(ZstdLevel::default()));
}

fn write_batch(path: &Path, batch: &RecordBatch, rows_of_group: usize, packed: Compression) {
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(rows_of_group))
        .set_compression(packed)
        .set_key_value_metadata(Some(vec![KeyValue::new("made by".into(), "a newsroom".to_owned())]))
        .build();
    let mut writer = ArrowWriter::try_new(fs::File::create(path).unwrap(), batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
}

fn read(path: &Path) -> (Schema, Vec<KeyValue>, RecordBatch) {
    let builder = ParquetRecordBatchReaderBuilder::try_new(fs::File::open(path).unwrap()).unwrap();
    let schema = builder.schema().as_ref().clone();
    let told = builder.metadata().file_metadata().key_value_metadata().cloned().unwrap_or_default();
    let batches: Vec<RecordBatch> = builder.build().unwrap().map(Result::unwrap).collect();
    let batch = arrow_select::concat::concat_batches(&batches[0].schema(), &batches).unwrap();
    (schema, told, batch)
}

/// The documents as JSON Lines, as the reference.
fn lines(documents: &[(Option<String>, Option<String>, i32)]) -> String {
    documents
        .iter()
        .map(|(id, text, day)| {
            let day = jiff::civil::date(1970, 1, 1) + jiff::Span::new().days(*day);
            serde_json::json!({ "id": id, "text": text, "day": day.to_string() }).to_string() + "\n"
        })
        .collect()
}

#[test]
fn the_form_of_the_input_makes_no_difference() {
    let folder = Folder::new("forms");
    let documents = documents(300);
    let json = lines(&documents);
    fs::create_dir_all(folder.path("plain")).unwrap();
    fs::write(folder.path("plain/news"), &json).unwrap();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(json.as_bytes()).unwrap();
    fs::write(folder.path("news.jsonl.gz"), packed.finish().unwrap()).unwrap();

    let ids: Vec<Option<&str>> = documents.iter().map(|d| d.0.as_deref()).collect();
    let texts: Vec<Option<&str>> = documents.iter().map(|d| d.1.as_deref()).collect();
    let days: Vec<i32> = documents.iter().map(|d| d.2).collect();
    let moments: Vec<i64> = days.iter().map(|d| i64::from(*d) * 86_400_000_000).collect();
    let forms: Vec<(&str, ArrayRef, ArrayRef, ArrayRef)> = vec![
        (
            "plain.parquet",
            Arc::new(StringArray::from(ids.clone())),
            Arc::new(StringArray::from(texts.clone())),
            Arc::new(Date32Array::from(days.clone())),
        ),
        (
            "large.parquet",
            Arc::new(LargeStringArray::from(ids.clone())),
            Arc::new(LargeStringArray::from(texts.clone())),
            Arc::new(TimestampMicrosecondArray::from(moments.clone())),
        ),
        (
            "views.parquet",
            Arc::new(StringViewArray::from(ids.clone())),
            Arc::new(StringViewArray::from(texts.clone())),
            Arc::new(TimestampMicrosecondArray::from(moments).with_timezone("Europe/Paris")),
        ),
        (
            "dictionary.parquet",
            Arc::new(ids.iter().copied().collect::<DictionaryArray<Int32Type>>()),
            Arc::new(texts.iter().copied().collect::<DictionaryArray<Int32Type>>()),
            Arc::new(
                days.iter()
                    .map(|d| Some((jiff::civil::date(1970, 1, 1) + jiff::Span::new().days(*d)).to_string()))
                    .collect::<StringArray>(),
            ),
        ),
    ];
    let settings = ["--date-field", "day", "--keep", "earliest", "--progress", "never"];
    let clusters = |input: &str| {
        let output = folder.run(&[&["dedup", input, "-o", "kept.jsonl", "--clusters", "rows.jsonl"], &settings[..]].concat());
        assert_eq!(output.status.code(), Some(1), "{}", told(&output));
        // An id that is made of the name of the file and the number of the record is the only thing that may differ.
        (folder.text("rows.jsonl").replace(input, "FILE"), told(&output).replace(input, "FILE"), folder.text("kept.jsonl"))
    };
    let (rows, problems, kept) = clusters("plain/news");
    assert!(rows.contains("\"FILE:5\"") && rows.contains("near_duplicate"), "{rows}");
    assert!(problems.contains("FILE:7: has no text"), "{problems}");
    let without_time = |problems: &str| problems.rsplit_once(';').unwrap().0.to_owned();
    for (name, id, text, day) in forms {
        write(&folder.path(name), vec![("id", id), ("text", text), ("day", day)], 70);
        let (own_rows, own_problems, own_kept) = clusters(name);
        assert_eq!(own_rows, rows, "{name}");
        assert_eq!(without_time(&own_problems), without_time(&problems), "{name}");
        assert_eq!(own_kept.lines().count(), kept.lines().count(), "{name}");
        let of =
            |kept: &str| kept.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["text"].clone()).collect::<Vec<_>>();
        assert_eq!(of(&own_kept), of(&kept), "{name}");
    }
    let (gz_rows, ..) = clusters("news.jsonl.gz");
    assert_eq!(gz_rows, rows);
}

/// A table with columns of many kinds.
fn rich(count: usize) -> RecordBatch {
    let documents = documents(count);
    let mut lists = ListBuilder::new(Int64Builder::new());
    let mut tags = ListBuilder::new(StringBuilder::new());
    for i in 0..count as i64 {
        (0..i % 4).for_each(|n| lists.values().append_option((n != 2).then_some(i * n)));
        lists.append(i % 5 != 0);
        tags.values().append_value(format!("tag {i}"));
        tags.append(true);
    }
    let tags: ArrayRef = Arc::new(tags.finish());
    let numbers: ArrayRef = Arc::new(Int64Array::from_iter(0..count as i64));
    let fields = vec![Field::new("n", DataType::Int64, true), Field::new("tags", tags.data_type().clone(), true)];
    let nested = StructArray::new(fields.into(), vec![numbers.clone(), tags], None);
    let moments = TimestampMicrosecondArray::from_iter_values((0..count as i64).map(|i| i * 1_000_003)).with_timezone("Europe/Paris");
    let columns: Vec<ArrayRef> = vec![
        numbers,
        Arc::new(documents.iter().map(|d| d.1.as_deref()).collect::<LargeStringArray>()),
        Arc::new(documents.iter().map(|d| d.0.as_deref()).collect::<DictionaryArray<Int32Type>>()),
        Arc::new(lists.finish()),
        Arc::new(nested),
        Arc::new(moments),
    ];
    let names = ["id", "body", "desk", "lists", "nested", "at"];
    let mut fields: Vec<Field> = names.iter().zip(&columns).map(|(n, c)| Field::new(*n, c.data_type().clone(), *n != "id")).collect();
    fields[0] = fields[0].clone().with_metadata(HashMap::from([("unit".to_owned(), "number".to_owned())]));
    let schema = Schema::new_with_metadata(fields, HashMap::from([("edition".to_owned(), "late".to_owned())]));
    RecordBatch::try_new(Arc::new(schema), columns).unwrap()
}

#[test]
fn kept_rows_have_every_column_as_it_was() {
    let folder = Folder::new("columns");
    let rich = rich(5000);
    write_batch(&folder.path("a.parquet"), &rich.slice(0, 3001), 700, Compression::SNAPPY);
    write_batch(&folder.path("b.parquet"), &rich.slice(3001, 1999), 5000, Compression::SNAPPY);
    let output = folder.run(&["dedup", "a.parquet", "b.parquet", "-o", "kept.parquet", "--clusters", "rows.jsonl"]);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    let kept: Vec<u64> = folder
        .text("rows.jsonl")
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap())
        .filter(|r| r["kept"] == true)
        .map(|r| r["id"].as_str().unwrap().parse().unwrap())
        .collect();
    assert!(kept.len() > 1000 && kept.len() < 2500, "{}", kept.len());
    let indices = arrow_array::UInt64Array::from(kept);
    let expected = arrow_select::take::take_record_batch(&rich, &indices).unwrap();
    let (schema, noted, found) = read(&folder.path("kept.parquet"));
    let (before, ..) = read(&folder.path("a.parquet"));
    assert_eq!(schema, before);
    assert_eq!(schema.metadata()["edition"], "late");
    assert_eq!(schema.field(0).metadata()["unit"], "number");
    assert_eq!(noted.iter().filter(|k| k.key == "made by" && k.value.as_deref() == Some("a newsroom")).count(), 1);
    assert_eq!(found.num_rows(), expected.num_rows());
    for (at, (one, other)) in found.columns().iter().zip(expected.columns()).enumerate() {
        assert_eq!(one, other, "{}", schema.field(at).name());
    }

    let again = folder.run(&["dedup", "kept.parquet", "-o", "twice.parquet"]);
    assert_eq!(again.status.code(), Some(0), "{}", told(&again));
    assert_eq!(read(&folder.path("twice.parquet")).2, found, "what was kept once is kept again");

    let mixed = folder.run(&["dedup", "a.parquet", "b.parquet", "-o", "kept.jsonl"]);
    assert_eq!(mixed.status.code(), Some(1));
    let first: serde_json::Value = serde_json::from_str(folder.text("kept.jsonl").lines().nth(2).unwrap()).unwrap();
    assert_eq!(first["nested"]["tags"][0], format!("tag {}", first["id"]));
    assert!(first["at"].as_str().unwrap().ends_with('Z'), "{first}");
    assert_eq!(folder.text("kept.jsonl").lines().count(), found.num_rows());
}

#[test]
fn clusters_are_the_same_in_both_forms() {
    let folder = Folder::new("clusters");
    fs::write(folder.path("news.jsonl"), lines(&documents(200))).unwrap();
    for name in ["rows.jsonl", "rows.parquet"] {
        assert_eq!(folder.run(&["dedup", "news.jsonl", "-o", "kept.jsonl", "--clusters", name]).status.code(), Some(1));
    }
    let (schema, _, rows) = read(&folder.path("rows.parquet"));
    let names: Vec<&str> = schema.fields().iter().map(|f| f.name().as_str()).collect();
    assert_eq!(names, ["id", "cluster", "kept", "counterpart", "relation", "jaccard", "containment"]);
    let texts = |at: usize, row: usize| {
        let column: &StringArray = rows.column(at).as_string();
        if column.is_null(row) { serde_json::Value::Null } else { column.value(row).into() }
    };
    let shares = |at: usize, row: usize| {
        let column = rows.column(at).as_primitive::<Float64Type>();
        if column.is_null(row) { serde_json::Value::Null } else { column.value(row).into() }
    };
    let lines = folder.text("rows.jsonl");
    assert_eq!(rows.num_rows(), lines.lines().count());
    for (row, line) in lines.lines().enumerate() {
        let told: serde_json::Value = serde_json::from_str(line).unwrap();
        for (at, name) in names.iter().enumerate() {
            let found = match at {
                2 => rows.column(at).as_boolean().value(row).into(),
                5 | 6 => shares(at, row),
                _ => texts(at, row),
            };
            assert_eq!(found, told[name], "{name} in row {row}");
        }
    }
}

#[test]
fn a_resumed_run_gives_the_same_bytes() {
    let folder = Folder::new("resumed");
    write_batch(&folder.path("a.parquet"), &rich(2000), 300, Compression::UNCOMPRESSED);
    let run = |more: &[&str]| {
        let output =
            folder.run(&[&["dedup", "a.parquet", "-o", "kept.parquet", "--clusters", "rows.parquet", "--work", "work"], more].concat());
        assert_eq!(output.status.code(), Some(1), "{}", told(&output));
        (fs::read(folder.path("kept.parquet")).unwrap(), fs::read(folder.path("rows.parquet")).unwrap())
    };
    let whole = run(&["--threads", "2"]);
    assert!(whole == run(&["--resume"]));
    assert!(whole == run(&["--threads", "1"]));
}

#[test]
fn faults_are_told_with_the_name_of_the_file() {
    let folder = Folder::new("faults");
    let numbers: ArrayRef = Arc::new(Int64Array::from_iter(0..3));
    let texts: ArrayRef = Arc::new(StringArray::from(vec!["one two three four five six"; 3]));
    write(&folder.path("numbers.parquet"), vec![("text", numbers.clone())], 10);
    write(&folder.path("none.parquet"), vec![("label", numbers.clone())], 10);
    write(&folder.path("good.parquet"), vec![("text", texts.clone()), ("label", numbers.clone())], 10);
    write(&folder.path("other.parquet"), vec![("text", texts.clone()), ("label", texts.clone())], 10);
    write(&folder.path("empty.parquet"), vec![("text", texts.slice(0, 0))], 10);
    fs::write(folder.path("text.parquet"), "this is no table").unwrap();
    fs::copy(folder.path("good.parquet"), folder.path("unnamed")).unwrap();
    fs::write(folder.path("lines.jsonl"), "{\"text\":\"a\"}\n").unwrap();

    for (input, message) in [
        ("numbers.parquet", "numbers.parquet: its column text holds no text but Int64; skipped"),
        (
            "none.parquet",
            "none.parquet: has no text column (looked for text, body, content, article, maintext, ...; it has label); skipped",
        ),
        ("text.parquet", "text.parquet: is no Parquet file"),
        ("unnamed", "unnamed: looks like Parquet: give the file a name that ends in .parquet"),
    ] {
        let output = folder.run(&["dedup", input, "good.parquet", "-o", "kept.jsonl"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(told(&output).contains(message), "{}", told(&output));
        assert!(told(&output).contains("3 documents"), "{}", told(&output));
    }
    assert_eq!(folder.run(&["dedup", "empty.parquet", "good.parquet", "-o", "kept.jsonl"]).status.code(), Some(0));
    assert_eq!(folder.run(&["dedup", "empty.parquet", "-o", "kept.parquet"]).status.code(), Some(0));
    for (inputs, message) in [
        (["good.parquet", "other.parquet"], "the columns of good.parquet and other.parquet differ: label is Int64 and Utf8"),
        (["good.parquet", "lines.jsonl"], "lines.jsonl is no Parquet, so its records have no columns"),
    ] {
        let output = folder.run(&["dedup", inputs[0], inputs[1], "-o", "refused.parquet"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(told(&output).contains(message), "{}", told(&output));
        assert!(!folder.path("refused.parquet").exists());
        assert_eq!(folder.run(&["dedup", inputs[0], inputs[1], "-o", "kept.jsonl"]).status.code(), Some(0));
    }
}

#[test]
fn trace_reads_rows_as_records() {
    let folder = Folder::new("trace");
    let texts: ArrayRef = Arc::new(StringArray::from(vec![
        Some("The harbour authority closed both piers on Monday after a crane fell onto a ferry, injuring 14 passengers."),
        None,
        Some("Nothing else happened in the town that day, which the mayor said was just as well for everybody."),
    ]));
    let days: ArrayRef = Arc::new(Date32Array::from(vec![19_000, 19_001, 19_002]));
    write(&folder.path("a.parquet"), vec![("body", texts), ("date", days)], 2);
    let output = folder.run(&["trace", "a.parquet", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["documents"][1]["id"], "a.parquet:3");
    assert_eq!(report["documents"][0]["page_date"], "2022-01-08");
    assert_eq!(report["problems"][0]["line"], 2);
}

/// Damaged files of a kind that are made: `CASES` of them (`.ci/full`), else `most`, or a tenth of that where nothing is optimized.
fn cases(most: usize) -> usize {
    let asked = std::env::var("CASES").ok().and_then(|n| n.parse().ok());
    asked.unwrap_or(if cfg!(debug_assertions) { most / 10 } else { most })
}

fn does_no_harm(folder: &Folder, bytes: &[u8], what: &str) -> Option<i32> {
    fs::write(folder.path("bad.parquet"), bytes).unwrap();
    let output = folder.run(&["dedup", "bad.parquet", "-o", "kept.parquet", "--progress", "never"]);
    let code = output.status.code();
    assert!(matches!(code, Some(0..=2)), "{what}: {code:?} {}", told(&output));
    assert!(!told(&output).contains("panicked"), "{what}: {}", told(&output));
    assert!(code == Some(0) || told(&output).contains("bad.parquet"), "{what}: {}", told(&output));
    code
}

/// What the writer noted of the types of its columns is a structure of its own, which what reads it takes to be whole.
#[test]
fn damaged_notes_of_types_do_no_harm() {
    let folder = Folder::new("types");
    write_batch(&folder.path("good.parquet"), &rich(40), 40, Compression::SNAPPY);
    let good = fs::read(folder.path("good.parquet")).unwrap();
    let (_, noted, _) = read(&folder.path("good.parquet"));
    let note = noted.iter().find(|k| k.key == parquet::arrow::ARROW_SCHEMA_META_KEY).and_then(|k| k.value.clone()).unwrap();
    let at = memchr::memmem::find(&good, note.as_bytes()).unwrap();
    let bytes = STANDARD.decode(&note).unwrap();
    let with = |bytes: &[u8]| {
        let mut file = good.clone();
        file[at..at + note.len()].copy_from_slice(STANDARD.encode(bytes).as_bytes());
        file
    };
    assert_eq!(does_no_harm(&folder, &with(&bytes), "as it was"), Some(1), "a third of the rows are copies or have no text");
    let every = (bytes.len() * 3 / cases(3000)).max(1);
    let mut refused = 0;
    for turn in (0..bytes.len() * 3).step_by(every) {
        let (place, way) = (turn / 3, turn % 3);
        let mut bad = bytes.clone();
        bad[place] = match way {
            0 => bad[place] ^ 1 << (place % 8),
            1 => 0,
            _ => 255,
        };
        refused += usize::from(does_no_harm(&folder, &with(&bad), &format!("byte {place} of the notes, way {way}")) == Some(2));
    }
    assert!(refused > 10, "{refused}");
    let mut cut = good.clone();
    cut[at + 40] = b'!';
    does_no_harm(&folder, &cut, "notes that are no base64");
    let output = folder.run(&["dedup", "bad.parquet", "-o", "kept.parquet"]);
    assert!(told(&output).contains("what it notes of the types of its columns"), "{}", told(&output));
    // the records themselves are read without these notes
    assert_eq!(folder.run(&["dedup", "bad.parquet", "-o", "kept.jsonl"]).status.code(), Some(1));
}

#[test]
fn damaged_files_do_no_harm() {
    let folder = Folder::new("damaged");
    write_batch(&folder.path("good.parquet"), &rich(400), 100, Compression::SNAPPY);
    let good = fs::read(folder.path("good.parquet")).unwrap();
    let run = |bytes: &[u8], what: &str| does_no_harm(&folder, bytes, what);
    for end in [0, 3, 4, 11, 12, good.len() / 2, good.len() - 9, good.len() - 1] {
        assert_eq!(run(&good[..end], &format!("cut at {end}")), Some(2));
    }
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    let footer = good.len() - 2500;
    for turn in 0..cases(600) {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let from = if turn % 2 == 0 { footer } else { 4 };
        let at = from + random as usize % (good.len() - from);
        let mut bad = good.clone();
        bad[at] ^= 1 << (random >> 40 & 7);
        bad[at.saturating_sub(1)] = (random >> 48) as u8;
        run(&bad, &format!("byte {at}"));
    }
    // A footer that promises two thousand million columns, and one with columns in columns in columns.
    let footer = |bytes: &[u8]| [b"PAR1", bytes, &(bytes.len() as u32).to_le_bytes(), b"PAR1"].concat();
    assert_eq!(run(&footer(&[0x15, 2, 0x19, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0x07]), "many columns"), Some(2));
    let mut deep = vec![0x15, 2, 0x19, 0xFC, 0xA0, 0x8D, 0x06];
    (0..100_000).for_each(|_| deep.extend([0x48, 1, b'x', 0x15, 2, 0]));
    deep.extend([0x16, 0, 0x19, 0x0C, 0]);
    assert_eq!(run(&footer(&deep), "deep columns"), Some(2));
}

/// Pages in a column are read as pages, and the kept rows are those of the table, markup and all.
#[test]
#[cfg(feature = "html")]
fn a_column_of_pages_is_read_as_pages() {
    let folder = Folder::new("pages");
    let piers =
        "The harbour authority closed both piers on Monday after a crane fell onto a ferry, injuring 14 passengers and two of the crew.";
    let page = |class: &str, text: &str| {
        format!("<html><body class={class}><nav><a href=/>Home {class}</a></nav><article><p>{text}</p></article></body></html>")
    };
    let other =
        "The museum has returned a bronze mask to the heirs of its sculptor, more than a century after soldiers had taken it from him.";
    let pages = [page("one", piers), page("other", piers), page("third", other), "<html></html>".to_owned()];
    let ids = StringArray::from(vec!["a", "b", "c", "d"]);
    write(&folder.path("t.parquet"), vec![("id", Arc::new(ids)), ("html", Arc::new(StringArray::from(pages.to_vec())))], 2);
    let output = folder.run(&["dedup", "t.parquet", "-o", "kept.parquet", "--clusters", "rows.jsonl"]);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert!(told(&output).contains("t.parquet:4: no article"), "{}", told(&output));
    let rows = folder.text("rows.jsonl");
    let counterparts: Vec<bool> = rows.lines().map(|l| l.contains("\"counterpart\":\"a\",\"relation\":\"exact\"")).collect();
    assert_eq!(counterparts, [false, true, false], "{rows}");
    let (_, _, kept) = read(&folder.path("kept.parquet"));
    assert_eq!(kept.num_rows(), 2);
    assert_eq!(kept.column(1).as_string::<i32>().value(1), pages[2]);
}

/// A reader takes it for granted that columns stand in the file: one wrong bit makes a place in it negative.
#[test]
fn a_wrong_bit_anywhere_in_the_footer_does_no_harm() {
    let folder = Folder::new("bits");
    write_batch(&folder.path("good.parquet"), &rich(8), 8, Compression::SNAPPY);
    let good = fs::read(folder.path("good.parquet")).unwrap();
    let size = u32::from_le_bytes(good[good.len() - 8..good.len() - 4].try_into().unwrap()) as usize;
    let path = folder.path("bad.parquet");
    let mut refused = 0;
    for at in (good.len() - 8 - size..good.len() - 8).step_by(if cfg!(debug_assertions) { 3 } else { 1 }) {
        let mut bad = good.clone();
        bad[at] ^= 1;
        fs::write(&path, &bad).unwrap();
        let read = wirecopy::io::read(&[path.to_string_lossy().into_owned()], &wirecopy::config::Config::default(), &mut std::io::empty());
        refused += usize::from(read.is_err());
    }
    assert!(refused > 10, "{refused} of {size}");
}
