//! `signature`: the MinHash values of texts.

use crate::columns::Strings;
use crate::corpus::Column;
use crate::fault;
use crate::settings::{Purpose, config};
use crate::watch::watched;
use arrow_array::types::UInt32Type;
use arrow_array::{ArrayRef, FixedSizeListArray, PrimitiveArray};
use arrow_schema::{DataType, Field};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyArray;
use rayon::prelude::*;
use std::sync::Arc;
use wirecopy::config::Config;
use wirecopy::error::Error;
use wirecopy::keys::Bulk;
use wirecopy::monitor::Monitor;

/// Texts that one worker takes at a time.
const PIECE: usize = 256;

fn sign(bulk: &mut Bulk, text: &str) -> Vec<u32> {
    bulk.text().push_str(text);
    bulk.read_and_sign();
    bulk.signature().to_vec()
}

/// The values of one text.
#[pyfunction]
pub(crate) fn signature_of(text: &str, settings: &str) -> PyResult<Vec<u32>> {
    let config = config(settings, Purpose::Reading)?;
    Ok(sign(&mut Bulk::new(&config), text))
}

/// The values of each text of a column, as a column of lists of the same length.
#[pyfunction]
#[pyo3(signature = (texts, settings, threads=None))]
pub(crate) fn signatures(py: Python<'_>, texts: &Bound<'_, PyAny>, settings: &str, threads: Option<usize>) -> PyResult<Column> {
    let config = config(settings, Purpose::Reading)?;
    let array: AnyArray = texts.extract()?;
    let reader = array.into_reader()?;
    let pieces: Vec<ArrayRef> = reader.collect::<Result<_, _>>().map_err(|e| fault::input(format!("the column cannot be read: {e}")))?;
    let refused = |piece: &ArrayRef| fault::input(format!("the column is of {}, not of strings", piece.data_type()));
    let pieces: Vec<Strings> = pieces.iter().map(|p| Strings::new(p).ok_or_else(|| refused(p))).collect::<PyResult<_>>()?;
    let values = watched(py, threads, None, |watch| signed(&pieces, &config, watch))?.map_err(|e| fault::raised(&e))?;
    let field = Arc::new(Field::new("item", DataType::UInt32, false));
    let size = i32::try_from(config.num_perm).map_err(|e| fault::setting(e.to_string()))?;
    let nulls = pieces.iter().flat_map(|p| (0..p.len()).map(|at| p.get(at).is_some())).collect::<Vec<bool>>();
    let values = Arc::new(PrimitiveArray::<UInt32Type>::from(values));
    let lists = FixedSizeListArray::try_new(field.clone(), size, values, Some(nulls.into())).map_err(|e| fault::run(e.to_string()))?;
    Ok(Column { array: Arc::new(lists), field: Arc::new(Field::new("signature", DataType::FixedSizeList(field, size), true)) })
}

/// One value after the other; a missing text has zeros, which its list hides.
fn signed(pieces: &[Strings], config: &Config, watch: &dyn Monitor) -> Result<Vec<u32>, Error> {
    let places: Vec<(usize, usize)> = pieces.iter().enumerate().flat_map(|(p, s)| (0..s.len()).map(move |at| (p, at))).collect();
    let some = |bulk: &mut Bulk, places: &[(usize, usize)]| {
        if watch.stopped() {
            return Err(Error::Interrupted);
        }
        let mut out = Vec::with_capacity(places.len() * config.num_perm);
        for &(piece, at) in places {
            match pieces[piece].get(at) {
                Some(text) => out.extend(sign(bulk, text)),
                None => out.resize(out.len() + config.num_perm, 0),
            }
        }
        Ok(out)
    };
    let parts: Vec<Vec<u32>> = places.par_chunks(PIECE).map_init(|| Bulk::new(config), some).collect::<Result<_, _>>()?;
    Ok(parts.concat())
}
