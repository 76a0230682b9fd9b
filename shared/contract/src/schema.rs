//! One schema, two faces: the one that is published, and the one by which an event is checked.
//!
//! Both come from the Rust type that is read. In the published face every value is described (type, pattern, choices), for
//! any validator in any language; in the checking face it is the house's own constructor that is asked, so that the
//! eleven-test, the calendar and the code lists count, and so that no fault ever quotes a value.

use domain::fact::intake::Reason;
use domain::jurisdiction::Jurisdiction;
use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{Keyword, ValidationError, Validator};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use crate::fault::{Fault, fault};
use crate::value::{KEYWORD, Known, find};

/// Separates code and text in the message of a validator's error.
const SEPARATOR: char = '\u{1f}';

/// The schema of a type, its values named by [`KEYWORD`] and not yet described.
pub fn of<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    let mut schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    without_null(&mut schema);
    schema
}

/// The face that is published.
pub fn published(mut schema: Value, jurisdiction: Jurisdiction) -> Value {
    each_value(&mut schema, &|object, known| {
        if let Value::Object(described) = (known.describe)(jurisdiction) {
            for (name, value) in described {
                // What the field itself says of the value is nearer than what the value says.
                object.entry(name).or_insert(value);
            }
        }
    });
    schema
}

/// The face by which events are checked.
pub struct Checker {
    validator: Validator,
}

impl Checker {
    /// A checker of a schema made by [`of`], for events of one jurisdiction.
    ///
    /// # Panics
    /// When the schema is not one; schemas are part of the program, and every one is made in the tests.
    pub fn new(mut schema: Value, jurisdiction: Jurisdiction) -> Self {
        each_value(&mut schema, &|object, _| object.retain(|keyword, _| keyword == KEYWORD));
        let validator = jsonschema::options()
            .with_keyword(KEYWORD, move |_: &Map<String, Value>, name: &Value, _| {
                let known = name.as_str().and_then(find).ok_or_else(|| ValidationError::custom("no such value"))?;
                Ok(Box::new(Rule { known, jurisdiction }) as Box<dyn for<'i> Keyword<'i>>)
            })
            .build(&schema);
        #[expect(clippy::expect_used, reason = "the schemas are part of the program")]
        Self { validator: validator.expect("a schema of this program is a schema") }
    }

    /// Everything that is wrong with a value that stands at `prefix` (a JSON pointer).
    pub fn faults(&self, value: &Value, prefix: &str) -> Vec<Reason> {
        self.validator.iter_errors(value).flat_map(|error| told(&error, prefix)).collect()
    }
}

struct Rule {
    known: &'static Known,
    jurisdiction: Jurisdiction,
}

impl<'i> Keyword<'i> for Rule {
    fn validate(&self, value: &'i Value) -> Result<(), ValidationError<'i>> {
        (self.known.check)(value, self.jurisdiction)
            .map_err(|Fault { code, text }| ValidationError::custom(format!("{code}{SEPARATOR}{text}")))
    }

    fn is_valid(&self, value: &'i Value) -> bool {
        (self.known.check)(value, self.jurisdiction).is_ok()
    }
}

/// A validator's error in the words of the contract. The error itself quotes the value and is not passed on.
fn told(error: &ValidationError<'_>, prefix: &str) -> Vec<Reason> {
    let place = format!("{prefix}{}", error.instance_path().as_str());
    let one = |fault: Fault| vec![fault.at(&place)];
    match error.kind() {
        ValidationErrorKind::Custom { message, .. } => {
            let (code, text) = message.split_once(SEPARATOR).unwrap_or(("value.refused", message));
            one(fault(code, &text))
        }
        ValidationErrorKind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            vec![fault("field.missing", &"this field is required").at(&format!("{place}/{name}"))]
        }
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            unexpected.iter().map(|name| unknown(&place, name)).collect()
        }
        ValidationErrorKind::Type { kind } => one(expected(kind)),
        ValidationErrorKind::MinItems { .. } => one(fault("list.empty", &"expected at least one element")),
        ValidationErrorKind::MaxItems { limit } => {
            one(fault("list.too-long", &format!("expected at most {limit} elements")))
        }
        ValidationErrorKind::MinProperties { .. } => one(fault("object.empty", &"expected at least one field")),
        _ => one(fault("value.refused", &"the value does not fit the published schema of this event")),
    }
}

/// A field that the contract does not have. Its name is told when it looks like the name of a field; anything else could
/// itself say something about a person.
fn unknown(place: &str, name: &str) -> Reason {
    let plain = (1..=40).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_alphabetic());
    let text = "the contract has no such field: remove it, or mend its name";
    fault("field.unknown", &text).at(&if plain { format!("{place}/{name}") } else { place.to_owned() })
}

fn expected(kind: &TypeKind) -> Fault {
    let name = match kind {
        TypeKind::Single(one) => one.to_string(),
        TypeKind::Multiple(_) => String::new(),
    };
    match name.as_str() {
        "array" => fault("list.expected", &"expected a JSON array"),
        "object" => fault("object.expected", &"expected a JSON object"),
        "string" => fault("text.expected", &"expected a JSON string"),
        "boolean" => fault("boolean.expected", &"expected true or false"),
        _ => fault("value.type", &"the value has another JSON type than the contract asks for"),
    }
}

/// Visits every object of the schema that names a value.
fn each_value(schema: &mut Value, visit: &dyn Fn(&mut Map<String, Value>, &'static Known)) {
    match schema {
        Value::Object(object) => {
            if let Some(known) = object.get(KEYWORD).and_then(Value::as_str).and_then(find) {
                visit(object, known);
            } else {
                object.values_mut().for_each(|part| each_value(part, visit));
            }
        }
        Value::Array(parts) => parts.iter_mut().for_each(|part| each_value(part, visit)),
        _ => {}
    }
}

/// A field that may be missing is not described as one that may be null: null is read as missing, and better left out.
fn without_null(schema: &mut Value) {
    let Value::Object(object) = schema else {
        if let Value::Array(parts) = schema {
            parts.iter_mut().for_each(without_null);
        }
        return;
    };
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|one| one != "null");
        if let [one] = types.as_slice() {
            let one = one.clone();
            object.insert("type".to_owned(), one);
        }
    }
    if let Some(Value::Array(choices)) = object.get("anyOf")
        && let [one, Value::Object(null)] = choices.as_slice()
        && null.get("type").is_some_and(|kind| kind == "null")
    {
        let one = one.clone();
        object.remove("anyOf");
        if let Value::Object(one) = one {
            for (name, value) in one {
                object.entry(name).or_insert(value);
            }
        }
    }
    object.remove("default");
    object.values_mut().for_each(without_null);
}

/// Removes every field that is null, at any depth: null is missing.
pub fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|_, part| !part.is_null());
            object.values_mut().for_each(drop_nulls);
        }
        Value::Array(parts) => parts.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}
