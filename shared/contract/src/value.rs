//! The values that stand in events: each is a type of the house, read by that type's own constructor.
//!
//! Invariant: there is one list of values, [`ALL`]. The published schema takes a value's description from it and the check
//! of an event takes its rule from it, so the two cannot differ. To add a value: implement [`Wire`] in a file below
//! `value/`, and name it in the list.

mod cases;
mod chamber;
mod charges;
mod envelope;
mod opaque;
mod parties;
mod random;
mod requests;
mod trace;
mod words;

use std::borrow::Cow;
use std::fmt;

use domain::jurisdiction::Jurisdiction;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value, json};

pub use cases::CaseNumbers;
pub use chamber::ChamberCode;
pub use envelope::{EventSource, EventTime, EventType, OpaqueId, Sequence, SpecVersion, Token, event_id};
pub use opaque::Attributed;
pub use parties::{BirthField, HouseNumberField, NamePart, NamePrefix, Noted, Plain};
pub use trace::{DataRef, DataSchema, SequenceType, TraceParent, TraceState};

use crate::fault::{Fault, fault};

/// The keyword under which a schema names one of the values of this list.
pub const KEYWORD: &str = "x-value";

/// A value as it stands in an event.
pub trait Wire: Sized {
    /// Its name in the contract, such as `bsn`.
    const NAME: &'static str;

    /// Reads it.
    ///
    /// # Errors
    /// Why it cannot be; never quotes it.
    fn read(value: &Value) -> Result<Self, Fault>;

    /// What a schema says of it: type, pattern, choices, examples.
    fn describe(jurisdiction: Jurisdiction) -> Value;

    /// Whether it may stand in an event of this jurisdiction.
    ///
    /// # Errors
    /// Why not.
    fn belongs(&self, _jurisdiction: Jurisdiction) -> Result<(), Fault> {
        Ok(())
    }
}

/// A field that holds a [`Wire`] value.
pub struct Is<T>(pub T);

impl<'de, T: Wire> Deserialize<'de> for Is<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        T::read(&value).map(Self).map_err(|fault| serde::de::Error::custom(fault.code))
    }
}

impl<T: Wire> JsonSchema for Is<T> {
    fn schema_name() -> Cow<'static, str> {
        T::NAME.into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut schema = Map::new();
        schema.insert(KEYWORD.to_owned(), Value::from(T::NAME));
        schema.into()
    }
}

impl<T> fmt::Debug for Is<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Is(…)")
    }
}

/// What the contract knows of a value.
pub struct Known {
    /// Its name.
    pub name: &'static str,
    /// Its rule.
    pub check: fn(&Value, Jurisdiction) -> Result<(), Fault>,
    /// Its description.
    pub describe: fn(Jurisdiction) -> Value,
}

const fn known<T: Wire>() -> Known {
    Known { name: T::NAME, check: |value, of| T::read(value)?.belongs(of), describe: T::describe }
}

/// The value of a name.
pub fn find(name: &str) -> Option<&'static Known> {
    ALL.iter().find(|known| known.name == name)
}

/// Every value.
pub static ALL: &[Known] = &[
    known::<SpecVersion>(),
    known::<OpaqueId>(),
    known::<ChamberCode>(),
    known::<Attributed>(),
    known::<EventSource>(),
    known::<EventType>(),
    known::<EventTime>(),
    known::<Sequence>(),
    known::<TraceParent>(),
    known::<TraceState>(),
    known::<DataSchema>(),
    known::<SequenceType>(),
    known::<DataRef>(),
    known::<Token>(),
    known::<jiff::civil::Date>(),
    known::<CaseNumbers>(),
    known::<domain::case_number::CaseNumber>(),
    known::<domain::court::Court>(),
    known::<domain::proceeding::ProceedingKind>(),
    known::<domain::fact::Subject>(),
    known::<domain::skn::Skn>(),
    known::<Noted<domain::skn::Skn>>(),
    known::<Noted<domain::v_number::VNumber>>(),
    known::<domain::organisation::Kvk>(),
    known::<domain::organisation::Establishment>(),
    known::<domain::organisation::Rsin>(),
    known::<domain::name::NameUse>(),
    known::<domain::role::Role>(),
    known::<domain::role::Capacity>(),
    known::<NamePart>(),
    known::<NamePrefix>(),
    known::<Noted<domain::bsn::Bsn>>(),
    known::<BirthField>(),
    known::<domain::party::Sex>(),
    known::<Plain>(),
    known::<HouseNumberField>(),
    known::<domain::article::Article>(),
    known::<domain::violence::tag::Tag>(),
    known::<domain::violence::status::DismissalCode>(),
    known::<domain::violence::status::Instance>(),
    known::<domain::violence::status::Outcome>(),
    known::<domain::order_kind::OrderKind>(),
    known::<domain::order_category::OrderCategory>(),
    known::<domain::order_exception::OrderException>(),
    known::<domain::order_ground::OrderGround>(),
    known::<domain::hearing_kind::HearingKind>(),
    known::<domain::decision_kind::DecisionKind>(),
    known::<domain::dictum::Dictum>(),
    known::<domain::settlement::Settlement>(),
    known::<domain::detention::Detention>(),
    known::<domain::authority::Authority>(),
    known::<domain::case_phase::CasePhase>(),
    known::<domain::decider::Decider>(),
    known::<domain::ids::RequestId>(),
    known::<domain::information::InformationAnswer>(),
    known::<domain::information::InformationRefusal>(),
];

/// The years of whatever happens in a case: outside them something was typed wrongly, and what is kept has an end.
pub(crate) const PLAUSIBLE_YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

/// A text of at most `most` characters.
fn text(value: &Value, most: usize) -> Result<&str, Fault> {
    match value.as_str() {
        Some(text) if text.chars().count() <= most => Ok(text),
        Some(_) => Err(fault("text.too-long", &format!("expected at most {most} characters"))),
        None => Err(fault("text.expected", &"expected a JSON string")),
    }
}

/// A text that `parse` makes into a value, with the error's own code.
fn parsed<T, E: fmt::Display>(
    value: &Value,
    most: usize,
    parse: impl FnOnce(&str) -> Result<T, E>,
    code: impl FnOnce(&E) -> &'static str,
) -> Result<T, Fault> {
    parse(text(value, most)?).map_err(|error| fault(code(&error), &error))
}

/// A schema of a choice out of codes.
fn choice(description: &str, codes: impl Iterator<Item = impl Into<String>>) -> Value {
    let codes: Vec<String> = codes.map(Into::into).collect();
    json!({ "type": "string", "description": description, "enum": codes })
}

/// Implements [`Wire`] for a value that stands in an event as one of a list of codes.
macro_rules! coded {
    ($value:ty, $error:ty, $name:literal, $description:literal, $codes:expr) => {
        impl $crate::value::Wire for $value {
            const NAME: &'static str = $name;

            fn read(value: &serde_json::Value) -> Result<Self, $crate::fault::Fault> {
                $crate::value::parsed(value, 80, <$value>::parse, <$error>::code)
            }

            fn describe(_: domain::jurisdiction::Jurisdiction) -> serde_json::Value {
                $crate::value::choice($description, $codes)
            }
        }
    };
}
use coded;
