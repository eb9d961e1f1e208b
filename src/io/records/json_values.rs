//! JSON that is not one record a line: an array of records, one record, an object around an array (`{"articles": [...]}`), or
//! several of these one after the other.

use super::super::allowance::{Allowance, Bounded};
use super::{Fields, Limits, Sink, record_bytes};
use crate::document::fields::{TEXT, text_of};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::fmt;
use std::io::{self, BufRead, BufReader};

/// Names under which an object around records has them.
pub(super) const AROUND: &[&str] =
    &["articles", "items", "results", "documents", "data", "records", "entries", "stories", "news", "hits", "docs"];

pub(super) fn read(from: &mut dyn BufRead, limits: Limits, sink: &mut dyn Sink) -> io::Result<()> {
    if from.fill_buf().is_ok_and(|start| start.starts_with(b"\xEF\xBB\xBF")) {
        from.consume(3);
    }
    let allowance = Allowance::new(record_bytes(limits) + (1 << 17));
    let mut json = serde_json::Deserializer::from_reader(BufReader::with_capacity(1 << 16, Bounded::new(from, allowance.clone())));
    let mut taking = Taking { sink, allowance: &allowance, records: 0, ended: None };
    loop {
        let read = Values { taking: &mut taking, top: true }.deserialize(&mut json);
        if let Some(ended) = taking.ended.take() {
            return Err(ended);
        }
        match read {
            Ok(()) if json.end().is_ok() => return Ok(()),
            Ok(()) => allowance.renew(),
            Err(error) if error.is_eof() && taking.records > 0 && error.column() == 0 => return Ok(()),
            Err(error) => {
                let what = if allowance.exceeded() {
                    allowance.told()
                } else {
                    format!("is not JSON from here on: {error}; the records before that were read")
                };
                let number = taking.records + 1;
                taking.sink.tell(Some(number), what, true);
                return Ok(());
            }
        }
    }
}

/// Hands records on while they are parsed.
struct Taking<'a> {
    sink: &'a mut dyn Sink,
    allowance: &'a Allowance,
    records: u64,
    /// Why the sink wants no more.
    ended: Option<io::Error>,
}

impl Taking<'_> {
    fn take<E: serde::de::Error>(&mut self, value: Value) -> Result<(), E> {
        self.records += 1;
        self.allowance.renew();
        match value {
            Value::Object(fields) => self.hand_on(fields),
            other => {
                let what = match other {
                    Value::String(_) => "a text without fields",
                    Value::Array(_) => "a list",
                    _ => "a bare value",
                };
                self.sink.tell(Some(self.records), format!("is {what}, no object with fields such as {{\"text\": ...}}; skipped"), true);
                Ok(())
            }
        }
    }

    fn hand_on<E: serde::de::Error>(&mut self, fields: Fields) -> Result<(), E> {
        self.sink.record(Some(self.records), fields).map_err(|error| {
            self.ended = Some(error);
            E::custom("stopped")
        })
    }
}

/// Values at the top, or inside an object around them.
struct Values<'t, 'a> {
    taking: &'t mut Taking<'a>,
    top: bool,
}

impl<'de> DeserializeSeed<'de> for Values<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Values<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(value) = list.next_element::<Value>()? {
            self.taking.take(value)?;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let mut fields = Fields::new();
        let before = self.taking.records;
        while let Some(name) = object.next_key::<String>()? {
            // a record may have such a field too
            if self.top && AROUND.contains(&name.as_str()) && !TEXT.iter().any(|name| fields.get(*name).and_then(text_of).is_some()) {
                let held = object.next_value_seed(Held { taking: self.taking })?;
                fields.extend(held.map(|value| (name, value)));
            } else {
                fields.insert(name, object.next_value()?);
            }
        }
        if self.taking.records > before {
            return Ok(());
        }
        self.taking.records += 1;
        self.taking.allowance.renew();
        self.taking.hand_on(fields)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        self.taking.take(Value::from(text))
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<(), E> {
        self.taking.take(Value::from(value))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<(), E> {
        self.taking.take(Value::from(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<(), E> {
        self.taking.take(Value::from(value))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<(), E> {
        self.taking.take(Value::from(value))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.taking.take(Value::Null)
    }
}

/// What an object has where records may be: a list is read as records, anything else is a value of its own.
struct Held<'t, 'a> {
    taking: &'t mut Taking<'a>,
}

impl<'de> DeserializeSeed<'de> for Held<'_, '_> {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Held<'_, '_> {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("records or a value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        Values { taking: self.taking, top: false }.visit_seq(list).map(|()| None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        // `{"data": {"articles": [...]}}`
        let before = self.taking.records;
        let mut fields = Fields::new();
        while let Some(name) = object.next_key::<String>()? {
            if AROUND.contains(&name.as_str()) {
                let held = object.next_value_seed(Held { taking: &mut *self.taking })?;
                fields.extend(held.map(|value| (name, value)));
            } else {
                fields.insert(name, object.next_value()?);
            }
        }
        Ok((self.taking.records == before).then_some(Value::Object(fields)))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(Value::from(text)))
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(Value::from(value)))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(Value::from(value)))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(Value::from(value)))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(Value::from(value)))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
        Ok(Some(Value::Null))
    }
}
