//! Reading a JSON document field by field, keeping every fault with its place instead of stopping at the first.

use std::cell::RefCell;
use std::rc::Rc;

use domain::fact::intake::Reason;
use serde_json::Value;

/// How many faults of one event are told at once.
const MOST_FAULTS: usize = 50;

/// Why a single value was refused: a stable code, and what to do about it.
pub struct Fault {
    /// Stable, for machines.
    pub code: String,
    /// For people; never quotes the value.
    pub text: String,
}

/// A fault out of a value's own error.
pub fn fault(code: &str, text: &impl std::fmt::Display) -> Fault {
    Fault { code: code.to_owned(), text: text.to_string() }
}

/// One object of the document, and where it stands.
#[derive(Clone)]
pub struct Form<'a> {
    value: Option<&'a Value>,
    pointer: String,
    faults: Rc<RefCell<Vec<Reason>>>,
}

impl<'a> Form<'a> {
    /// The whole document.
    pub fn new(value: &'a Value) -> Self {
        Self { value: Some(value), pointer: String::new(), faults: Rc::default() }
    }

    /// The object in a field. One that is missing gives a form in which every required field is missing.
    pub fn object(&self, name: &str) -> Self {
        let value = self.field(name);
        if value.is_some_and(|value| !value.is_object()) {
            self.refuse_at(name, "object.expected", "expected a JSON object");
        }
        Self { value: value.filter(|value| value.is_object()), pointer: self.at(name), faults: Rc::clone(&self.faults) }
    }

    /// Whether the field is there with a value other than null.
    pub fn has(&self, name: &str) -> bool {
        self.field(name).is_some()
    }

    /// A required value, read by `parse`.
    pub fn required<T>(&self, name: &str, parse: impl FnOnce(&'a Value) -> Result<T, Fault>) -> Option<T> {
        if self.field(name).is_none() {
            self.refuse_at(name, "field.missing", "this field is required");
        }
        self.optional(name, parse)
    }

    /// A value that may be missing, read by `parse` when it is there.
    pub fn optional<T>(&self, name: &str, parse: impl FnOnce(&'a Value) -> Result<T, Fault>) -> Option<T> {
        match parse(self.field(name)?) {
            Ok(value) => Some(value),
            Err(fault) => {
                self.refuse_at(name, &fault.code, &fault.text);
                None
            }
        }
    }

    /// A required list with at least one element, each read by `parse`.
    pub fn list<T>(&self, name: &str, parse: impl Fn(&'a Value) -> Result<T, Fault>) -> Vec<T> {
        if self.field(name).is_none() {
            self.refuse_at(name, "field.missing", "this field is required");
        }
        let values = self.optional_list(name, parse);
        if values.is_empty() && self.field(name).is_some_and(|value| value.as_array().is_some_and(Vec::is_empty)) {
            self.refuse_at(name, "list.empty", "expected at least one element");
        }
        values
    }

    /// A list that may be missing or empty, each element read by `parse`.
    pub fn optional_list<T>(&self, name: &str, parse: impl Fn(&'a Value) -> Result<T, Fault>) -> Vec<T> {
        self.elements(name)
            .into_iter()
            .filter_map(|(place, value)| match parse(value) {
                Ok(value) => Some(value),
                Err(fault) => {
                    self.refuse_at(&format!("{name}/{place}"), &fault.code, &fault.text);
                    None
                }
            })
            .collect()
    }

    /// The objects of a required list.
    pub fn objects(&self, name: &str) -> Vec<Self> {
        if self.field(name).is_none() {
            self.refuse_at(name, "field.missing", "this field is required");
        }
        self.elements(name)
            .into_iter()
            .map(|(place, value)| Self {
                value: Some(value),
                pointer: self.at(&format!("{name}/{place}")),
                faults: Rc::clone(&self.faults),
            })
            .collect()
    }

    /// Notes a fault of the object as a whole or of one of its fields (`""` for the whole).
    pub fn refuse_at(&self, name: &str, code: &str, text: &str) {
        let pointer = if name.is_empty() { self.pointer.clone() } else { self.at(name) };
        self.faults.borrow_mut().push(Reason { pointer, code: code.to_owned(), text: text.to_owned() });
    }

    /// Every fault noted so far, in order of place.
    pub fn faults(&self) -> Vec<Reason> {
        let mut faults = self.faults.borrow().clone();
        faults.sort();
        faults.dedup();
        let more = faults.len().saturating_sub(MOST_FAULTS);
        if more > 0 {
            // The answer to the publisher must fit a message.
            faults.truncate(MOST_FAULTS);
            let text = format!("{more} more faults are not listed; mend these first");
            faults.push(Reason { pointer: String::new(), code: "faults.more".to_owned(), text });
        }
        faults
    }

    fn elements(&self, name: &str) -> Vec<(usize, &'a Value)> {
        match self.field(name) {
            None => Vec::new(),
            Some(Value::Array(values)) if values.len() <= 500 => values.iter().enumerate().collect(),
            Some(_) => {
                self.refuse_at(name, "list.expected", "expected a JSON array of at most 500 elements");
                Vec::new()
            }
        }
    }

    fn field(&self, name: &str) -> Option<&'a Value> {
        self.value?.get(name).filter(|value| !value.is_null())
    }

    fn at(&self, name: &str) -> String {
        format!("{}/{name}", self.pointer)
    }
}

/// A text of at most `most` characters.
pub fn text(most: usize) -> impl Fn(&Value) -> Result<&str, Fault> {
    move |value| match value.as_str() {
        Some(text) if text.chars().count() <= most => Ok(text),
        Some(_) => Err(fault("text.too-long", &format!("expected at most {most} characters"))),
        None => Err(fault("text.expected", &"expected a JSON string")),
    }
}

/// A text that `parse` makes into a value.
pub fn parsed<T>(most: usize, parse: impl Fn(&str) -> Result<T, Fault>) -> impl Fn(&Value) -> Result<T, Fault> {
    move |value| parse(text(most)(value)?)
}

/// A calendar day, `2026-12-14`.
pub fn day(value: &Value) -> Result<jiff::civil::Date, Fault> {
    text(10)(value)?.parse().map_err(|_| fault("date.format", &"expected a day as in 2026-12-14"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_fault_is_kept_with_its_place() {
        let document = json!({ "data": { "on": "tomorrow", "judges": ["a", 7] } });
        let form = Form::new(&document);
        assert!(form.required("id", text(10)).is_none());
        let data = form.object("data");
        assert!(data.required("on", day).is_none());
        assert_eq!(data.list("judges", text(10)), ["a"]);
        let places: Vec<String> = form.faults().into_iter().map(|reason| reason.pointer).collect();
        assert_eq!(places, ["/data/judges/1", "/data/on", "/id"]);
    }

    #[test]
    fn null_is_missing() {
        let document = json!({ "a": null });
        assert!(!Form::new(&document).has("a"));
    }
}
