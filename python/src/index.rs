//! `Index`: the stored index, opened for as long as the object lives.

use crate::documents::{json, reading};
use crate::fault;
use crate::settings::{Purpose, config};
use crate::watch::watched;
use pyo3::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};
use wirecopy::error::{Error, Result};
use wirecopy::index::{AddedLine, AnswerLine, BATCH, DocumentLine, Index};
use wirecopy::io::Reading;
use wirecopy::monitor::Monitor;

/// Seconds since 1970.
#[expect(clippy::disallowed_methods, reason = "whoever runs the library gives it the clock")]
fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| i64::try_from(d.as_secs()).unwrap_or(i64::MAX))
}

/// The index as Python holds it; what it tells is JSON.
#[pyclass(frozen, module = "wirecopy")]
pub(crate) struct OpenIndex {
    index: Mutex<Option<Index>>,
}

impl OpenIndex {
    fn held(&self) -> MutexGuard<'_, Option<Index>> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Works on the index beside Python.
    fn with<T: Send>(
        &self,
        py: Python<'_>,
        threads: Option<usize>,
        progress: Option<&Py<PyAny>>,
        work: impl FnOnce(&mut Index, &dyn Monitor) -> Result<T> + Send,
    ) -> PyResult<T> {
        let done = watched(py, threads, progress, |watch| self.held().as_mut().map(|index| work(index, watch)));
        done?.ok_or_else(|| fault::store("the index is closed"))?.map_err(|e| fault::raised(&e))
    }
}

/// What cannot be told as JSON.
fn untold(error: &serde_json::Error) -> Error {
    Error::Run { doing: "telling the result", source: std::io::Error::other(error.to_string()) }
}

fn rows<T: serde::Serialize>(rows: &[T]) -> Result<String> {
    serde_json::to_string(rows).map_err(|e| untold(&e))
}

#[pymethods]
impl OpenIndex {
    #[new]
    #[pyo3(signature = (path, settings=None, read_only=false))]
    #[allow(clippy::needless_pass_by_value, reason = "arguments from Python are owned")]
    fn new(py: Python<'_>, path: PathBuf, settings: Option<&str>, read_only: bool) -> PyResult<Self> {
        let config = settings.map(|s| config(s, Purpose::Corpus)).transpose()?;
        let opened = py.detach(|| open(&path, config.as_ref(), read_only));
        Ok(Self { index: Mutex::new(Some(opened.map_err(|e| fault::raised(&e))?)) })
    }

    #[pyo3(signature = (records, threads=None, progress=None))]
    #[allow(clippy::needless_pass_by_value, reason = "arguments from Python are owned")]
    fn add(&self, py: Python<'_>, records: &str, threads: Option<usize>, progress: Option<Py<PyAny>>) -> PyResult<String> {
        let reading = self.read(records)?;
        self.with(py, threads, progress.as_ref(), |index, watch| {
            watch.stage("add", reading.documents.len() as u64);
            let mut added = Vec::new();
            for batch in reading.documents.chunks(BATCH) {
                if watch.stopped() {
                    return Err(Error::Interrupted);
                }
                let report = index.add(batch, now())?;
                for row in &report.rows {
                    added.push(serde_json::to_value(AddedLine::new(index, row)?).map_err(|e| untold(&e))?);
                }
                watch.advance(batch.len() as u64);
            }
            let told = serde_json::json!({ "added": added, "problems": reading.problems });
            Ok(told.to_string())
        })
    }

    #[pyo3(signature = (records, threads=None))]
    fn query(&self, py: Python<'_>, records: &str, threads: Option<usize>) -> PyResult<String> {
        let Reading { documents, problems, .. } = self.read(records)?;
        if let Some(problem) = problems.first() {
            return Err(fault::input(format!("document {} {}", problem.path, problem.message)));
        }
        self.with(py, threads, None, |index, watch| {
            let mut answers = Vec::new();
            for document in &documents {
                if watch.stopped() {
                    return Err(Error::Interrupted);
                }
                let answer = index.query(document)?;
                answers.push(serde_json::to_value(AnswerLine::new(&document.id, &answer)).map_err(|e| untold(&e))?);
            }
            rows(&answers)
        })
    }

    #[allow(clippy::needless_pass_by_value, reason = "arguments from Python are owned")]
    fn remove(&self, py: Python<'_>, ids: Vec<String>) -> PyResult<(Vec<String>, Vec<String>)> {
        self.with(py, None, None, |index, _| index.remove(&ids, now()).map(|r| (r.ids, r.unknown)))
    }

    fn info(&self, py: Python<'_>) -> PyResult<String> {
        json(&self.with(py, None, None, |index, _| index.info())?)
    }

    fn check(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        self.with(py, None, None, |index, _| index.check())
    }

    fn rebuild(&self, py: Python<'_>) -> PyResult<String> {
        json(&self.with(py, None, None, |index, _| index.rebuild(now()))?)
    }

    /// Documents with numbers after `after`, at most `most` of them.
    fn after(&self, py: Python<'_>, after: i64, most: usize, with_text: bool) -> PyResult<String> {
        self.with(py, None, None, |index, _| {
            let found = index.after(after, most)?;
            let mut lines = Vec::with_capacity(found.len());
            for row in &found {
                let text = if with_text { Some(index.document(row)?.text) } else { None };
                lines.push(DocumentLine { text, ..DocumentLine::from(row) });
            }
            rows(&lines)
        })
    }

    /// The row of one document; `null` where there is none.
    fn document(&self, py: Python<'_>, id: &str) -> PyResult<String> {
        self.with(py, None, None, |index, _| {
            let Some(row) = index.row(id)? else { return Ok("null".to_owned()) };
            let text = Some(index.document(&row)?.text);
            serde_json::to_string(&DocumentLine { text, ..DocumentLine::from(&row) }).map_err(|e| untold(&e))
        })
    }

    fn close(&self, py: Python<'_>) {
        py.detach(|| drop(self.held().take()));
    }
}

impl OpenIndex {
    fn read(&self, records: &str) -> PyResult<Reading> {
        let config = self.held().as_ref().map(|index| index.config().clone()).ok_or_else(|| fault::store("the index is closed"))?;
        reading(records, &[], &config)
    }
}

fn open(path: &Path, config: Option<&wirecopy::config::Config>, read_only: bool) -> Result<Index> {
    if read_only {
        return Index::open_to_read(path);
    }
    Index::open(path, config)
}
