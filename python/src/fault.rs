//! Faults of the library as Python exceptions: the classes of `wirecopy.errors`.

use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;
use std::error::Error as _;
use wirecopy::error::Error;

mod python {
    #![allow(missing_docs, reason = "the classes are described where they are defined, in Python")]
    pyo3::import_exception!(wirecopy.errors, InputError);
    pyo3::import_exception!(wirecopy.errors, OrderError);
    pyo3::import_exception!(wirecopy.errors, RunError);
    pyo3::import_exception!(wirecopy.errors, SettingError);
    pyo3::import_exception!(wirecopy.errors, StoreError);
}

/// The exception of a fault, with everything that led to it.
pub(crate) fn raised(error: &Error) -> PyErr {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(why) = cause {
        told.push_str(&format!(": {why}"));
        cause = why.source();
    }
    match error {
        Error::Setting { .. } => python::SettingError::new_err(told),
        Error::NoDocuments { .. } | Error::UnknownFormat { .. } | Error::Pattern { .. } | Error::Read { .. } => {
            python::InputError::new_err(told)
        }
        Error::Store { .. } => python::StoreError::new_err(told),
        Error::Interrupted => PyKeyboardInterrupt::new_err(()),
        _ => python::RunError::new_err(told),
    }
}

/// A fault of what was handed in.
pub(crate) fn input(told: impl Into<String>) -> PyErr {
    python::InputError::new_err(told.into())
}

/// A fault of a setting.
pub(crate) fn setting(told: impl Into<String>) -> PyErr {
    python::SettingError::new_err(told.into())
}

/// A fault of the run.
pub(crate) fn run(told: impl Into<String>) -> PyErr {
    python::RunError::new_err(told.into())
}

/// Rows in another order than was asked for.
pub(crate) fn order(told: impl Into<String>) -> PyErr {
    python::OrderError::new_err(told.into())
}

/// A fault of the index.
pub(crate) fn store(told: impl Into<String>) -> PyErr {
    python::StoreError::new_err(told.into())
}
