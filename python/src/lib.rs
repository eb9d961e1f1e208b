//! The Python package of wirecopy: its public interface, and nothing more. What users see of it is in `wirecopy/`, in Python.

mod columns;
mod corpus;
mod derivatives;
mod documents;
mod fault;
mod groups;
mod index;
mod settings;
mod signature;
mod spool;
mod stages;
mod watch;

use pyo3::prelude::*;

#[pymodule]
fn _wirecopy(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<corpus::Table>()?;
    module.add_class::<corpus::Column>()?;
    module.add_class::<index::OpenIndex>()?;
    module.add_function(wrap_pyfunction!(corpus::dedup, module)?)?;
    module.add_function(wrap_pyfunction!(documents::trace, module)?)?;
    module.add_function(wrap_pyfunction!(documents::diff, module)?)?;
    module.add_function(wrap_pyfunction!(signature::signature_of, module)?)?;
    module.add_function(wrap_pyfunction!(signature::signatures, module)?)?;
    module.add_class::<stages::Linker>()?;
    module.add_class::<stages::Groups>()?;
    module.add_class::<groups::Comparer>()?;
    module.add_class::<derivatives::GramLinker>()?;
    module.add_class::<derivatives::Chooser>()?;
    module.add_class::<derivatives::Sources>()?;
    module.add_class::<derivatives::Settler>()?;
    module.add_function(wrap_pyfunction!(derivatives::grams, module)?)?;
    module.add_function(wrap_pyfunction!(stages::fingerprint, module)?)?;
    module.add_function(wrap_pyfunction!(stages::sign, module)?)?;
    module.add_function(wrap_pyfunction!(stages::buckets, module)?)?;
    module.add_function(wrap_pyfunction!(stages::near, module)?)?;
    Ok(())
}
