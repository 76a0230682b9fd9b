//! What becomes of a judge's request for information about a case of this court. What was answered goes to the court that asked,
//! by the courts' own channel, and never stands in an event.

use domain::ids::RequestId;
use domain::information::{InformationAnswer, InformationRefusal};
use jiff::civil::Date;
use serde_json::json;

use super::{EVERYWHERE, event, fact};
use crate::fault::fault;
use crate::value::{Is, OpaqueId};

event! {
    /// This court looked at what it told of a party, as a steward of this house asked, and has nothing to correct. Where it has, it
    /// corrects it instead, by an event with `corrects` or by `party-details-changed`. What is asked came on
    /// `questions.v1.<jurisdiction>.<court>`.
    RecordConfirmed = "record-confirmed" in EVERYWHERE;
    {
        request_id: Is<RequestId>,
        /// The party that was asked about.
        party_id: Is<OpaqueId>,
    }
    event, at => fact!(at, requests::RecordConfirmed { request: event.request_id.0, party: at.party(&event.party_id) });
    _of => json!({ "requestId": "0190c9a2-7f3e-5c11-8d52-0242ac120009", "partyId": "p1" });
}

event! {
    /// This court did something with a request for information about the case: it received it, answered it, or refused it. The
    /// request came on `requests.v1.<jurisdiction>.<court>.information-requested`.
    InformationRequestAnswered = "information-request-answered" in EVERYWHERE;
    {
        request_id: Is<RequestId>,
        answer: Is<InformationAnswer>,
        /// The day of it.
        on: Is<Date>,
        /// Why it was refused, or a part of it; only then. A category, never words of the file.
        reason: Option<Is<InformationRefusal>>,
    }
    event, at => {
        if event.reason.is_some() != event.answer.0.refuses() {
            let text = "a reason belongs to a refusal, or to an answer in part, and to nothing else";
            return Err(vec![fault("information-answer.reason", &text).at("/reason")]);
        }
        fact!(at, requests::InformationRequestAnswered {
            request: event.request_id.0,
            answer: event.answer.0,
            on: event.on.0,
            reason: event.reason.map(|reason| reason.0),
        })
    };
    _of => json!({
        "requestId": "0190c9a2-7f3e-5c11-8d52-0242ac120009", "answer": "refused", "on": "2026-09-21",
        "reason": "investigation-interest",
    });
}
