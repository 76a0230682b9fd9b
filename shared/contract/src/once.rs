//! JSON in which no object has a field twice. Readers differ in which of the two they take, so none is taken here.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// A JSON value; reading it fails, as an error of the data and not of the syntax, when a field stands twice.
pub struct Once(pub Value);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Once(value)) = sequence.next_element()? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((name, Once(value))) = entries.next_entry::<String, Once>()? {
            if object.insert(name, value).is_some() {
                return Err(A::Error::custom("a field stands twice"));
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<Value, serde_json::Error> {
        serde_json::from_str::<Once>(text).map(|once| once.0)
    }

    #[test]
    fn a_field_that_stands_twice_is_an_error_at_any_depth() {
        for text in [r#"{"a":1,"a":1}"#, r#"[{"b":{"c":null,"c":2}}]"#, r#"{"a":1,"\u0061":2}"#] {
            assert!(read(text).unwrap_err().is_data(), "{text}");
        }
        assert!(read(r#"{"a":{"a":1},"b":[{"a":1},{"a":2}]}"#).is_ok());
        assert!(read("{").unwrap_err().is_eof());
        assert!(read(&"[".repeat(100_000)).is_err(), "depth is bounded");
    }

    proptest! {
        #[test]
        fn everything_else_reads_as_it_always_did(text in r#"(\{"[a-c]":([0-9]{1,3}|"x"|null|true|-1|1\.5e3),?"d":\[[0-9,]{0,5}\]\}|\PC{0,20})"#) {
            let usual = serde_json::from_str::<Value>(&text);
            match (read(&text), usual) {
                (Ok(one), Ok(other)) => prop_assert_eq!(one, other),
                (Err(_), Err(_)) => {}
                (one, other) => prop_assert!(one.is_err_and(|error| error.is_data()), "{:?}", other),
            }
        }
    }
}
