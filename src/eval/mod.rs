//! Verdicts against labels.

pub mod fit;
pub mod levels;
pub mod measure;
pub mod pairs;
