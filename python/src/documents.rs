//! `diff` and `trace`: records in, the report as JSON out.

use crate::fault;
use crate::settings::{Purpose, config};
use crate::watch::watched;
use pyo3::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value};
use wirecopy::config::Config;
use wirecopy::document::Problem;
use wirecopy::io::{Reading, record_document};
use wirecopy::pipeline;

/// The documents of records, which are a JSON array of objects; one without an id is called by its place in `names`, or its number.
/// Faults of single records are told in the problems.
pub(crate) fn reading(records: &str, names: &[String], config: &Config) -> PyResult<Reading> {
    let records: Vec<Map<String, Value>> =
        serde_json::from_str(records).map_err(|e| fault::input(format!("the documents cannot be read: {e}")))?;
    let mut reading = Reading::default();
    for (at, record) in records.into_iter().enumerate() {
        let name = names.get(at).cloned().unwrap_or_else(|| at.to_string());
        match record_document(record, &name, config) {
            Ok(document) => reading.documents.push(document),
            Err(why) => {
                reading.skipped += 1;
                reading.problems.push(Problem { path: name, line: None, message: why });
            }
        }
    }
    // Numbers ids that stand twice.
    reading.append(Reading::default());
    if reading.documents.is_empty() {
        let told: Vec<String> = reading.problems.iter().take(20).map(|p| format!("{}: {}", p.path, p.message)).collect();
        return Err(fault::input(["no document was given".to_owned()].into_iter().chain(told).collect::<Vec<_>>().join("\n  ")));
    }
    Ok(reading)
}

pub(crate) fn json(report: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(report).map_err(|e| fault::run(format!("the result cannot be told: {e}")))
}

/// Relations, clusters, lineage and fact diffs, as JSON.
#[pyfunction]
#[pyo3(signature = (records, settings, with_text=false, threads=None, progress=None))]
#[allow(clippy::needless_pass_by_value, reason = "arguments from Python are owned")]
pub(crate) fn trace(
    py: Python<'_>,
    records: &str,
    settings: &str,
    with_text: bool,
    threads: Option<usize>,
    progress: Option<Py<PyAny>>,
) -> PyResult<String> {
    let config = config(settings, Purpose::Reading)?;
    let Reading { documents, problems, .. } = reading(records, &[], &config)?;
    let run = watched(py, threads, progress.as_ref(), |watch| {
        pipeline::trace_watched(documents, problems, with_text, &config, watch).map(|report| json(&report))
    })?;
    run.map_err(|e| fault::raised(&e))?
}

/// What happened to each fact of the first document in the others, as JSON.
#[pyfunction]
#[pyo3(signature = (records, names, settings, with_text=false, threads=None))]
#[allow(clippy::needless_pass_by_value, reason = "arguments from Python are owned")]
pub(crate) fn diff(
    py: Python<'_>,
    records: &str,
    names: Vec<String>,
    settings: &str,
    with_text: bool,
    threads: Option<usize>,
) -> PyResult<String> {
    let config = config(settings, Purpose::Reading)?;
    let Reading { documents, problems, .. } = reading(records, &names, &config)?;
    if let Some(problem) = problems.iter().find(|p| Some(&p.path) == names.first()) {
        return Err(fault::input(format!("the base {}", problem.message)));
    }
    let run = watched(py, threads, None, |watch| {
        pipeline::diff_all_watched(documents, problems, with_text, &config, watch).map(|report| json(&report))
    })?;
    run.map_err(|e| fault::raised(&e))?
}
