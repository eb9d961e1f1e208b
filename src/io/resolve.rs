//! Inputs as typed to the files that they mean.

use super::{KNOWN_ENDINGS, Reading};
use crate::error::{Error, Result};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Page,
    JsonLines,
    Json,
    /// With the mark between values, where the name tells it.
    Separated(Option<u8>),
    Warc,
    Feed,
    Parquet,
    ByContent,
}

impl Format {
    /// Whether a whole file is one document.
    pub(super) const fn is_single(self) -> bool {
        matches!(self, Self::Text | Self::Page)
    }
}

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Plain,
    Gzip,
    Zstandard,
}

/// One file to read, or standard input.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// `None` is standard input.
    pub(super) path: Option<PathBuf>,
    /// The id of a document that is the whole file.
    pub(super) name: String,
    /// The path as the user would write it.
    pub(super) shown: String,
    pub(super) format: Format,
    pub(super) packing: Packing,
    /// It was found in a folder, not named: what is no article is no fault.
    pub(super) found: bool,
}

/// The files that one input means, in order.
pub(super) fn resolve(input: &str, reading: &mut Reading) -> Result<Vec<Source>> {
    if let Some(list) = input.strip_prefix('@').filter(|_| !Path::new(input).exists()) {
        return listed(list, reading);
    }
    if input == "-" {
        return Ok(vec![Source {
            path: None,
            name: "-".into(),
            shown: "-".into(),
            format: Format::ByContent,
            packing: Packing::Plain,
            found: false,
        }]);
    }
    let path = Path::new(input);
    if path.is_dir() {
        return Ok(folder(input, path, reading));
    }
    if path.exists() || !input.contains(['*', '?', '[']) {
        return Ok(named(input, path, reading).into_iter().collect());
    }
    let matches = glob::glob(input).map_err(|source| Error::Pattern { pattern: input.to_owned(), source })?;
    let mut out = Vec::new();
    let before = reading.passed_over;
    for found in matches {
        match found {
            Ok(path) if path.is_dir() => {}
            Ok(path) => match by_ending(&path) {
                Some((format, packing)) => {
                    let name = slashed(&path);
                    out.push(Source { name: name.clone(), shown: name, path: Some(path), format, packing, found: true });
                }
                None => reading.passed_over += 1,
            },
            Err(error) => reading.skip(&error.path().to_string_lossy(), None, format!("cannot be read: {}", error.error())),
        }
    }
    if out.is_empty() {
        let what = match reading.passed_over - before {
            0 => "the pattern matches no file; check it, or name the folder".to_owned(),
            n => format!("the pattern matches no file of a known format ({KNOWN_ENDINGS}), only {n} of other formats"),
        };
        reading.skip(input, None, what);
    }
    Ok(out)
}

/// The inputs that a file names, one a line; empty lines and those that begin with `#` are left out.
fn listed(list: &str, reading: &mut Reading) -> Result<Vec<Source>> {
    let text = match super::read_whole(list) {
        Ok(text) => text,
        Err(error) => {
            let why = std::error::Error::source(&error).map_or_else(String::new, |e| format!(": {e}"));
            reading.skip(list, None, format!("the list of inputs cannot be read{why}"));
            return Ok(Vec::new());
        }
    };
    let mut out = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line == "-" || line.starts_with('@') {
            reading.skip(list, Some(at as u64 + 1), "a list names files, folders and patterns only; skipped");
            continue;
        }
        out.extend(resolve(line, reading)?);
    }
    Ok(out)
}

fn named(input: &str, path: &Path, reading: &mut Reading) -> Option<Source> {
    if !path.exists() {
        reading.skip(input, None, "does not exist; check the path");
        return None;
    }
    let format = by_ending(path).or_else(|| path.extension().is_none().then_some((Format::ByContent, Packing::Plain)));
    let Some((format, packing)) = format else {
        if cfg!(not(feature = "parquet")) && path.extension().is_some_and(|e| e.eq_ignore_ascii_case("parquet")) {
            reading.skip(input, None, super::WITHOUT_PARQUET);
            return None;
        }
        reading.skip(
            input,
            None,
            format!("its format is not known (known: {KNOWN_ENDINGS}); convert it, or send its text to standard input with -"),
        );
        return None;
    };
    Some(Source { path: Some(path.to_owned()), name: input.to_owned(), shown: input.to_owned(), format, packing, found: false })
}

/// Format and packing by the ending of a name.
fn by_ending(path: &Path) -> Option<(Format, Packing)> {
    let ending = |p: &Path| Some(p.extension()?.to_str()?.to_ascii_lowercase());
    let packing = packing(path);
    let inner = if packing == Packing::Plain { path.to_owned() } else { path.with_extension("") };
    match ending(&inner)?.as_str() {
        "txt" | "text" => Some((Format::Text, packing)),
        "html" | "htm" | "xhtml" => Some((Format::Page, packing)),
        "jsonl" | "ndjson" => Some((Format::JsonLines, packing)),
        "json" => Some((Format::Json, packing)),
        "csv" => Some((Format::Separated(None), packing)),
        "tsv" => Some((Format::Separated(Some(b'\t')), packing)),
        "warc" | "wet" => Some((Format::Warc, packing)),
        "rss" | "atom" | "rdf" => Some((Format::Feed, packing)),
        "xml" => Some((Format::Feed, packing)),
        // What is packed as a whole cannot be read at any place.
        "parquet" if packing == Packing::Plain && cfg!(feature = "parquet") => Some((Format::Parquet, packing)),
        _ => None,
    }
}

/// Packing by the ending of a name.
pub(super) fn packing(path: &Path) -> Packing {
    match path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("gz") => Packing::Gzip,
        Some("zst") => Packing::Zstandard,
        _ => Packing::Plain,
    }
}

/// The files of known formats below a folder, in path order. Each file counts once, also when links lead to it
/// again; a link that leads back up is left alone.
fn folder(input: &str, root: &Path, reading: &mut Reading) -> Vec<Source> {
    let home = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(root).follow_links(true).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                let relative = entry.path().strip_prefix(root).unwrap_or(entry.path()).to_owned();
                match by_ending(entry.path()) {
                    Some(format) => {
                        let real = entry.path().canonicalize().unwrap_or_else(|_| entry.path().to_owned());
                        let linked = real != home.join(&relative);
                        found.push((linked, real, relative, entry.into_path(), format));
                    }
                    None => reading.passed_over += 1,
                }
            }
            Ok(_) => {}
            Err(error) if error.loop_ancestor().is_some() => {}
            Err(error) => {
                let path = error.path().unwrap_or(root).to_string_lossy().into_owned();
                reading.skip(
                    &path,
                    None,
                    format!("cannot be read: {}", error.io_error().map_or_else(|| error.to_string(), ToString::to_string)),
                );
            }
        }
    }
    // Files in their own place first, so that a link never takes the name of the file that it leads to.
    found.sort_by(|a, b| (a.0, &a.2).cmp(&(b.0, &b.2)));
    let mut seen = BTreeSet::new();
    found.retain(|f| seen.insert(f.1.clone()));
    found.sort_by(|a, b| a.2.cmp(&b.2));
    if found.is_empty() {
        reading.skip(input, None, format!("the folder holds no document (known: {KNOWN_ENDINGS})"));
    }
    found
        .into_iter()
        .map(|(_, _, relative, path, (format, packing))| Source {
            name: slashed(&relative),
            shown: slashed(&path),
            path: Some(path),
            format,
            packing,
            found: true,
        })
        .collect()
}

/// A path with `/` between its parts.
fn slashed(path: &Path) -> String {
    let shown = path.to_string_lossy().into_owned();
    if std::path::MAIN_SEPARATOR == '/' { shown } else { shown.replace(std::path::MAIN_SEPARATOR, "/") }
}
