//! What stands in an answer to a request for information.

use domain::ids::RequestId;
use domain::information::{InformationAnswer, InformationAnswerError, InformationRefusal, InformationRefusalError};
use domain::jurisdiction::Jurisdiction;
use serde_json::{Value, json};

use super::random::is_filled;
use super::{Wire, coded, parsed};
use crate::fault::{Fault, fault};

impl Wire for RequestId {
    const NAME: &'static str = "request-id";

    fn read(value: &Value) -> Result<Self, Fault> {
        let request = parsed(value, 36, str::parse::<Self>, |_| "request-id.format")?;
        let as_sent = value.as_str().unwrap_or_default();
        if !request.to_string().eq_ignore_ascii_case(as_sent) || is_filled(as_sent) {
            return Err(fault("request-id.format", &"this is not the id of a request: send the one that came with it"));
        }
        Ok(request)
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string",
            "format": "uuid",
            "pattern": "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
            "description": "The request, by the id with which it came.",
            "examples": ["0190c9a2-7f3e-5c11-8d52-0242ac120009"],
        })
    }
}

coded!(
    InformationAnswer,
    InformationAnswerError,
    "information-answer",
    "What was done with the request.",
    InformationAnswer::all().map(InformationAnswer::code)
);

coded!(
    InformationRefusal,
    InformationRefusalError,
    "information-refusal",
    "Why it was refused, or a part of it.",
    InformationRefusal::all().map(InformationRefusal::code)
);
