//! The stages of a corpus run that looks for derivatives, after the pairs of bands were grouped.

use crate::columns::batches;
use crate::corpus::Table;
use crate::fault;
use crate::groups::{BYTES, DOCUMENTS, Order, TextColumns, VerdictRows, kind};
use crate::settings::{Purpose, config};
use crate::spool::{Held, IN_MEMORY};
use crate::stages::{Links, bytes, linked, numbers, table};
use arrow_array::builder::{BinaryBuilder, Int64Builder};
use arrow_array::{Array, Int64Array};
use pyo3::prelude::*;
use std::sync::{Arc, Mutex, PoisonError};
use wirecopy::candidates::GramLinks;
use wirecopy::config::Config;
use wirecopy::corpus::{
    CollapsedLink, CollapsedRows, Derivative, Inputs, SharedGrams, choose_sources, compare_sources, gram_rule, held_stretches,
    settle_groups,
};

/// Rows `(row, grams)` to a row `(bucket, row)` for each key.
#[pyfunction]
pub(crate) fn grams(rows: &Bound<'_, PyAny>) -> PyResult<Table> {
    let (mut bucket, mut row) = (Vec::new(), Vec::new());
    for batch in &batches(rows)?.0 {
        let (numbers, keys) = (numbers(batch, "row")?, bytes(batch, "grams")?);
        for (number, keys) in numbers.values().iter().zip(keys.iter()) {
            bucket.extend(keys.unwrap_or_default().as_chunks::<8>().0.iter().map(|key| i64::from_le_bytes(*key)));
            row.resize(bucket.len(), *number);
        }
    }
    table(vec![("bucket", Arc::new(Int64Array::from(bucket))), ("row", Arc::new(Int64Array::from(row)))])
}

/// Sorted rows `(bucket, row)` of gram keys to links and hot keys, in a corpus of so many documents.
#[pyclass(frozen, module = "wirecopy")]
pub(crate) struct GramLinker {
    links: Mutex<GramLinks>,
    /// Documents over which a key is template text, and keys that a pair must share.
    rule: (u64, u64),
}

#[pymethods]
impl GramLinker {
    #[new]
    fn new(settings: &str, documents: u64) -> PyResult<Self> {
        let rule = gram_rule(&config(settings, Purpose::Corpus)?, documents);
        Ok(Self { links: Mutex::new(GramLinks::new(rule)), rule: (rule.limit as u64, u64::from(rule.least)) })
    }

    #[getter]
    fn rule(&self) -> (u64, u64) {
        self.rule
    }

    fn take(&self, rows: &Bound<'_, PyAny>) -> PyResult<Vec<Table>> {
        let mut links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        linked(rows, |bucket, row, _, out| {
            let ended = links.push(bucket, row, |later, earlier| out.link(later, earlier));
            ended.map(|ended| out.ended(ended))
        })
    }

    fn end(&self) -> PyResult<Table> {
        let mut out = Links::default();
        let ended = self.links.lock().unwrap_or_else(PoisonError::into_inner).end(|later, earlier| out.link(later, earlier));
        out.ended(ended);
        out.table()
    }
}

/// The pairs of one document.
#[derive(Default)]
struct Offered {
    order: Order,
    own: Option<(i64, u64, u32)>,
    numbers: Vec<i64>,
    earlier: Vec<SharedGrams>,
}

impl Offered {
    fn choose(&mut self, config: &Config, out: &mut [Vec<i64>; 3]) {
        let Some((later, cluster, words)) = self.own.take() else { return };
        for (at, place) in choose_sources(cluster, words, &self.earlier, config).into_iter().zip(1..) {
            out[0].push(later);
            out[1].push(place);
            out[2].push(self.numbers[at as usize]);
        }
        self.numbers.clear();
        self.earlier.clear();
    }
}

/// Pairs sorted by `(later, earlier)`, with `shared`, and the `cluster` and `words` of both, to those that are compared:
/// `(later, place, earlier)`.
#[pyclass(frozen, module = "wirecopy")]
pub(crate) struct Chooser {
    config: Config,
    offered: Mutex<Offered>,
}

fn chosen_table([later, place, earlier]: [Vec<i64>; 3]) -> PyResult<Table> {
    table(vec![
        ("later", Arc::new(Int64Array::from(later))),
        ("place", Arc::new(Int64Array::from(place))),
        ("earlier", Arc::new(Int64Array::from(earlier))),
    ])
}

#[pymethods]
impl Chooser {
    #[new]
    fn new(settings: &str) -> PyResult<Self> {
        Ok(Self { config: config(settings, Purpose::Corpus)?, offered: Mutex::default() })
    }

    fn take(&self, rows: &Bound<'_, PyAny>) -> PyResult<Vec<Table>> {
        let mut offered = self.offered.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out = [const { Vec::new() }; 3];
        for batch in &batches(rows)?.0 {
            let names = ["later", "earlier", "shared", "cluster_later", "words_later", "cluster_earlier", "words_earlier"];
            let columns = names.iter().map(|name| numbers(batch, name)).collect::<PyResult<Vec<_>>>()?;
            for at in 0..batch.num_rows() {
                let value = |column: usize| columns[column].value(at);
                let small = |column: usize| u32::try_from(value(column)).unwrap_or(u32::MAX);
                offered.order.check((value(0), value(1), 0, 0))?;
                if offered.own.is_some_and(|own| own.0 != value(0)) {
                    offered.choose(&self.config, &mut out);
                }
                offered.own = Some((value(0), value(3).cast_unsigned(), small(4)));
                offered.numbers.push(value(1));
                offered.earlier.push(SharedGrams { cluster: value(5).cast_unsigned(), words: small(6), shared: small(2) });
            }
        }
        Ok(vec![chosen_table(out)?])
    }

    fn end(&self) -> PyResult<Table> {
        let mut out = [const { Vec::new() }; 3];
        self.offered.lock().unwrap_or_else(PoisonError::into_inner).choose(&self.config, &mut out);
        chosen_table(out)
    }
}

/// Texts of documents and of those that they are compared with.
struct Beside {
    order: Order,
    /// Numbers of the documents.
    rows: Vec<i64>,
    texts: Held,
    /// Places in `rows`: the one that is asked about, and another.
    pairs: Vec<(u32, u32)>,
    own: u32,
}

/// Rows sorted by `(own, place)` of the documents `row` with their texts, the one that is asked about at place 0, to derivatives, or to the
/// stretches of pages in which another text stands. `template` are keys over the limit, 8 bytes each.
#[pyclass(frozen, module = "wirecopy")]
pub(crate) struct Sources {
    config: Config,
    template: Option<Vec<u64>>,
    beside: Mutex<Beside>,
}

impl Sources {
    fn compared(&self, beside: &mut Beside) -> PyResult<Table> {
        let (rows, mut texts, pairs) = (std::mem::take(&mut beside.rows), beside.texts.take(), std::mem::take(&mut beside.pairs));
        let exact = std::mem::take(&mut texts.exact);
        let inputs = Inputs::of_texts("rows".to_owned(), Box::new(texts));
        let number = |row: u32| rows[row as usize];
        let (mut one, mut other, mut page, mut found) = (Vec::new(), Vec::new(), Int64Builder::new(), BinaryBuilder::new());
        let mut put = |numbers: &[u32]| found.append_value(numbers.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>());
        if let Some(template) = &self.template {
            let derived = compare_sources(&inputs, &exact, &pairs, template, &self.config).map_err(|e| fault::raised(&e))?;
            for derivative in &derived {
                one.push(number(derivative.later));
                other.push(number(derivative.earlier));
                page.append_option(derivative.page().map(number));
                put(&derivative.found);
            }
        } else {
            let stretches = held_stretches(&inputs, &exact, &pairs, &self.config).map_err(|e| fault::raised(&e))?;
            for (pair, (start, end)) in pairs.iter().zip(stretches).filter_map(|(pair, stretch)| Some((pair, stretch?))) {
                one.push(number(pair.0));
                other.push(number(pair.1));
                page.append_value(number(pair.0));
                put(&[start, end]);
            }
        }
        table(vec![
            ("later", Arc::new(Int64Array::from(one))),
            ("earlier", Arc::new(Int64Array::from(other))),
            ("page", Arc::new(page.finish())),
            ("found", Arc::new(found.finish())),
        ])
    }
}

#[pymethods]
impl Sources {
    #[new]
    #[pyo3(signature = (settings, template=None))]
    #[allow(clippy::needless_pass_by_value, reason = "arguments from Python are owned")]
    fn new(settings: &str, template: Option<Vec<u8>>) -> PyResult<Self> {
        let keys = |bytes: Vec<u8>| {
            let mut keys: Vec<u64> = bytes.as_chunks::<8>().0.iter().map(|key| u64::from_le_bytes(*key)).collect();
            keys.sort_unstable();
            keys
        };
        let texts = Held::new(None, IN_MEMORY);
        let beside = Beside { order: Order::default(), rows: Vec::new(), texts, pairs: Vec::new(), own: 0 };
        Ok(Self { config: config(settings, Purpose::Corpus)?, template: template.map(keys), beside: Mutex::new(beside) })
    }

    fn take(&self, py: Python<'_>, rows: &Bound<'_, PyAny>) -> PyResult<Vec<Table>> {
        let (batches, _) = batches(rows)?;
        let mut held = self.beside.lock().unwrap_or_else(PoisonError::into_inner);
        let beside = &mut *held;
        let mut out = Vec::new();
        for batch in &batches {
            let [own, place, row] = [numbers(batch, "own")?, numbers(batch, "place")?, numbers(batch, "row")?];
            let texts = TextColumns::new(batch)?;
            for at in 0..batch.num_rows() {
                let (own, place, row) = (own.value(at), place.value(at), row.value(at));
                let before = beside.order.0;
                beside.order.check((own, place, row, 0))?;
                let begins = before.is_none_or(|last| last.0 != own);
                if begins != (place == 0) {
                    return Err(fault::run(format!("the document {own} did not come before those that it is compared with")));
                }
                if begins {
                    if beside.texts.len() >= DOCUMENTS || beside.texts.bytes >= BYTES {
                        out.push(py.detach(|| self.compared(beside))?);
                    }
                    beside.own = beside.rows.len() as u32;
                } else {
                    beside.pairs.push((beside.own, beside.rows.len() as u32));
                }
                texts.put(at, row, &mut beside.texts)?;
                beside.rows.push(row);
            }
        }
        Ok(out)
    }

    fn end(&self, py: Python<'_>) -> PyResult<Table> {
        let mut held = self.beside.lock().unwrap_or_else(PoisonError::into_inner);
        let beside = &mut *held;
        py.detach(|| self.compared(beside))
    }
}

/// All that was found about one group, by numbers of documents.
#[derive(Default)]
struct Found {
    order: Order,
    rows: Vec<i64>,
    collapsed: CollapsedRows,
    derivatives: Vec<Derivative>,
    held: Vec<(u32, (u32, u32))>,
}

impl Found {
    fn place(&self, row: i64) -> PyResult<u32> {
        let found = self.rows.binary_search(&row).map_err(|_| fault::run(format!("the document {row} of a link did not come")))?;
        Ok(found as u32)
    }

    fn settle(&mut self, config: &Config, told: &mut VerdictRows) -> PyResult<()> {
        let found = std::mem::replace(self, Self { order: self.order, ..Self::default() });
        let settled = settle_groups(found.rows.len() as u32, &found.collapsed, &found.derivatives, found.held, config);
        told.add(&found.rows, &settled.map_err(|e| fault::raised(&e))?);
        Ok(())
    }

    fn put(&mut self, kind: i64, a: i64, b: i64, found: &[u8]) -> PyResult<()> {
        let damaged = || fault::run(format!("what was found of the documents {a} and {b} is damaged"));
        let numbers: Vec<u32> = found.as_chunks::<4>().0.iter().map(|n| u32::from_le_bytes(*n)).collect();
        if kind == kind::DOCUMENT {
            self.rows.push(a);
            return Ok(());
        }
        let row = self.place(a)?;
        match (kind, numbers.as_slice()) {
            (kind::LINK, &[shared, own, other, removed]) => {
                let link = CollapsedLink { row, counterpart: self.place(b)?, removed: removed != 0, overlap: [shared, own, other] };
                self.collapsed.links.push(link);
            }
            (kind::JOIN, []) => self.collapsed.joins.push((row, self.place(b)?)),
            (kind::DERIVATIVE, found) => {
                let found = found.try_into().map_err(|_| damaged())?;
                self.derivatives.push(Derivative { later: row, earlier: self.place(b)?, found });
            }
            (kind::HELD, &[start, end]) => self.held.push((row, (start, end))),
            _ => return Err(damaged()),
        }
        Ok(())
    }
}

/// Rows sorted by `(group, kind, a, b)` of all that was `found` about whole groups to verdicts: kind 0 a document, then links, joins,
/// derivatives and stretches of pages.
#[pyclass(frozen, module = "wirecopy")]
pub(crate) struct Settler {
    config: Config,
    found: Mutex<Found>,
}

#[pymethods]
impl Settler {
    #[new]
    fn new(settings: &str) -> PyResult<Self> {
        Ok(Self { config: config(settings, Purpose::Corpus)?, found: Mutex::default() })
    }

    fn take(&self, rows: &Bound<'_, PyAny>) -> PyResult<Vec<Table>> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let mut told = VerdictRows::default();
        for batch in &batches(rows)?.0 {
            let columns = [numbers(batch, "group")?, numbers(batch, "kind")?, numbers(batch, "a")?, numbers(batch, "b")?];
            let shares = bytes(batch, "found")?;
            for at in 0..batch.num_rows() {
                let [group, kind, a, b] = [0, 1, 2, 3].map(|c| columns[c].value(at));
                let before = found.order.0;
                found.order.check((group, kind, a, b))?;
                if before.is_some_and(|last| last.0 != group) {
                    found.settle(&self.config, &mut told)?;
                }
                found.put(kind, a, b, if shares.is_valid(at) { shares.value(at) } else { &[] })?;
            }
        }
        Ok(vec![told.table()?])
    }

    fn end(&self) -> PyResult<Table> {
        let mut told = VerdictRows::default();
        self.found.lock().unwrap_or_else(PoisonError::into_inner).settle(&self.config, &mut told)?;
        told.table()
    }
}
