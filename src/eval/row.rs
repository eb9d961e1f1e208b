//! The few fields of a line that labels are read from.

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use std::fmt;

/// Which fields to look for.
#[derive(Clone, Debug)]
pub struct FieldNames {
    /// Holds the id: text or a number.
    pub id: String,
    /// Holds the cluster: text or a number.
    pub cluster: String,
    /// Names what was done to a copy.
    pub edit: String,
    /// Holds the id of the source of a copy.
    pub src: String,
}

impl Default for FieldNames {
    fn default() -> Self {
        Self { id: "id".into(), cluster: "cluster".into(), edit: "edit".into(), src: "src".into() }
    }
}

/// The labels of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// Its cluster.
    pub cluster: String,
    /// What was done to it.
    pub edit: Option<String>,
    /// The id of its source.
    pub src: Option<String>,
}

impl Row {
    /// Reads a line.
    ///
    /// # Errors
    /// Why it has no labels.
    pub fn read(line: &[u8], names: &FieldNames) -> Result<Self, String> {
        let mut json = serde_json::Deserializer::from_slice(line);
        let fields = Fields(names).deserialize(&mut json).and_then(|fields| json.end().map(|()| fields));
        let [id, cluster, edit, src] = fields.map_err(|e| {
            let told = e.to_string();
            // A line is one line: only the column says something.
            format!("is no JSON record with labels: {}; skipped", told.replace("at line 1 column", "at column"))
        })?;
        let missing = |name: &str| format!("has no field {name} with text or a number; skipped");
        Ok(Self { id: id.ok_or_else(|| missing(&names.id))?, cluster: cluster.ok_or_else(|| missing(&names.cluster))?, edit, src })
    }
}

/// Picks the fields from an object and passes over the others.
struct Fields<'a>(&'a FieldNames);

impl<'de> DeserializeSeed<'de> for Fields<'_> {
    type Value = [Option<String>; 4];

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Fields<'_> {
    type Value = [Option<String>; 4];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let names = [&self.0.id, &self.0.cluster, &self.0.edit, &self.0.src];
        let mut out = [const { None }; 4];
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            // One field may serve for two labels.
            let wanted: Vec<usize> = (0..4).filter(|&i| *names[i] == key).collect();
            if wanted.is_empty() {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let Label(label) = map.next_value()?;
            for at in wanted {
                out[at].clone_from(&label);
            }
        }
        Ok(out)
    }
}

/// Text, a whole number, or nothing.
struct Label(Option<String>);

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::Null => Ok(Self(None)),
            serde_json::Value::String(text) => Ok(Self(Some(text).filter(|t| !t.is_empty()))),
            serde_json::Value::Number(number) => Ok(Self(Some(number.to_string()))),
            serde_json::Value::Bool(_) => Err(D::Error::custom("a label is true or false, not text or a number")),
            _ => Err(D::Error::custom("a label is a list or an object, not text or a number")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_text_or_numbers() {
        let names = FieldNames::default();
        let row = Row::read(br#" {"id":7,"text":"x","cluster":"a","edit":null,"src":"6","more":[{}]} "#, &names).unwrap();
        assert_eq!(row, Row { id: "7".into(), cluster: "a".into(), edit: None, src: Some("6".into()) });
        let story = FieldNames { cluster: "id".into(), ..FieldNames::default() };
        assert_eq!(Row::read(br#"{"id":"x"}"#, &story).unwrap().cluster, "x");
    }

    #[test]
    fn faults_are_told() {
        for (line, told) in [
            ("{}", "has no field id"),
            (r#"{"id":"a"}"#, "has no field cluster"),
            (r#"{"id":"","cluster":1}"#, "has no field id"),
            (r#"{"id":"a","cluster":[1]}"#, "a list or an object"),
            (r#"{"id":"a","cluster":1} x"#, "trailing characters at column 24"),
            ("[1]", "invalid type"),
            ("x", "expected value"),
            ("", "EOF"),
        ] {
            let message = Row::read(line.as_bytes(), &FieldNames::default()).unwrap_err();
            assert!(message.contains(told), "{line}: {message}");
        }
    }
}
