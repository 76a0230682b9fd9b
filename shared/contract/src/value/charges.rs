//! Values that say what somebody is charged with and what became of it.

use domain::article::{Article, ArticleError};
use domain::jurisdiction::Jurisdiction;
use domain::violence::dismissal::DismissalCodeError;
use domain::violence::status::{DismissalCode, Instance, Outcome};
use domain::violence::tag::{Tag, TagError};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Wire, choice, coded, parsed};
use crate::fault::{Fault, fault};

impl Wire for Article {
    const NAME: &'static str = "article";

    fn read(value: &Value) -> Result<Self, Fault> {
        parsed(value, 40, Self::parse, ArticleError::code)
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string", "maxLength": 40, "examples": ["Sr 300 lid 1"],
            "description": "An article of law, with its paragraph where the law has one.",
        })
    }
}

coded!(Tag, TagError, "offence-tag", "What the law has no article of its own for.", Tag::all().map(Tag::code));

impl Wire for DismissalCode {
    const NAME: &'static str = "dismissal-code";

    fn read(value: &Value) -> Result<Self, Fault> {
        parsed(value, 10, Self::parse, DismissalCodeError::code)
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string", "pattern": "^[0-9]{1,2}$", "examples": ["02"],
            "description": "The ground on which the prosecution was dropped (sepotgrond), two digits.",
        })
    }
}

/// The words of a closed list, as facts write them.
fn word<T: DeserializeOwned>(value: &Value, words: &[&str]) -> Result<T, Fault> {
    serde_json::from_value(value.clone())
        .map_err(|_| fault("word.unknown", &format!("expected one of {}", words.join(", "))))
}

const INSTANCES: [&str; 3] = ["first", "appeal", "cassation"];
const OUTCOMES: [&str; 5] = ["convicted", "acquitted", "not-punishable", "summons-void", "prosecution-inadmissible"];

impl Wire for Instance {
    const NAME: &'static str = "instance";

    fn read(value: &Value) -> Result<Self, Fault> {
        word(value, &INSTANCES)
    }

    fn describe(_: Jurisdiction) -> Value {
        choice("The level of the court.", INSTANCES.into_iter())
    }
}

impl Wire for Outcome {
    const NAME: &'static str = "outcome";

    fn read(value: &Value) -> Result<Self, Fault> {
        word(value, &OUTCOMES)
    }

    fn describe(_: Jurisdiction) -> Value {
        choice("What the verdict said about the charge.", OUTCOMES.into_iter())
    }
}
