//! Settings from Python: the fields of `Config` by name, over those of a preset.

use crate::fault;
use pyo3::prelude::*;
use serde_json::{Map, Value};
use wirecopy::config::Config;
use wirecopy::keys::bands_for;

/// What the settings are for: each kind of run has its own usual ones.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// `dedup` and `Index`: bands follow the threshold.
    Corpus,
    /// `diff` and `trace`.
    Reading,
}

/// The settings that `json` gives: an object of `preset` and of fields of `Config`; those that are null are left out.
pub(crate) fn config(json: &str, purpose: Purpose) -> PyResult<Config> {
    let mut given: Map<String, Value> =
        serde_json::from_str(json).map_err(|e| fault::setting(format!("the settings cannot be read: {e}")))?;
    given.retain(|_, value| !value.is_null());
    let base = match given.remove("preset").as_ref().and_then(Value::as_str) {
        None | Some("corpus") => Config::default(),
        Some("news") => Config::news_corpus(),
        Some(other) => return Err(fault::setting(format!("preset: {other} is neither corpus nor news"))),
    };
    let (bands, rows) = (given.contains_key("bands"), given.contains_key("rows"));
    let value = serde_json::to_value(&base).map_err(|e| fault::setting(e.to_string()))?;
    let Value::Object(mut fields) = value else { return Err(fault::setting("the settings have no names")) };
    for (name, value) in given {
        if !fields.contains_key(&name) {
            return Err(fault::setting(format!("{name}: there is no setting of this name")));
        }
        fields.insert(name, value);
    }
    let mut config: Config = serde_json::from_value(Value::Object(fields)).map_err(|e| fault::setting(e.to_string()))?;
    if purpose == Purpose::Corpus && !bands && !rows && config.threshold > 0.0 && config.threshold <= 1.0 {
        (config.bands, config.rows) = bands_for(config.threshold, config.num_perm);
    } else if !bands {
        // Fewer values leave room for fewer bands, unless bands were asked for.
        config.bands = config.bands.min(config.num_perm / config.rows.max(1)).max(1);
    }
    config.check().map_err(|e| fault::raised(&e))?;
    Ok(config)
}
