//! Floor 0: the contract with the courts, and how an event is read by it.
//!
//! Invariants: whatever bytes come in, the answer is what they say or every reason why not, at once, with places and codes
//! and without a value; the published schemas come from the very types that are read; what a publisher's developer checks
//! offline is checked by the same code as what arrives.
//!
//! Deliberately absent: how events travel (`bus`), how they are filed (`intake`), and any judgement about who somebody is
//! or what a case means.

pub mod channel;
pub mod envelope;
pub mod fault;
pub mod files;
pub mod kinds;
mod once;
pub mod outgoing;
pub mod publishers;
pub mod received;
pub mod schema;
pub mod value;

use domain::fact::intake::Reason;
use domain::ids::CaseId;
use domain::party::Checked;
use domain::personal::Personal;
use serde_json::Value;

pub use channel::Channel;
pub use envelope::Envelope;
pub use kinds::{At, Draft};
use kinds::{KINDS, Kind};
pub use publishers::{Publisher, Publishers};
pub use received::Received;

/// An event that was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Understood {
    /// Its envelope.
    pub envelope: Envelope,
    /// The case it is about.
    pub case: CaseId,
    /// What it says.
    pub draft: Draft,
}

/// Reads an event that came in on `subject`, from one of the publishers who may speak there.
///
/// # Errors
/// Everything that is wrong with it, at once.
pub fn read_from(publishers: &Publishers, subject: &str, event: &Value) -> Result<Understood, Vec<Reason>> {
    let read = read(subject, event);
    let source = event.get("source").and_then(Value::as_str);
    let stranger = source
        .zip(Channel::parse(subject).ok())
        .and_then(|(source, channel)| publishers.permit(source, &channel).err());
    match (read, stranger) {
        (read, None) => read,
        (Ok(_), Some(stranger)) => Err(vec![stranger.at("/source")]),
        (Err(mut reasons), Some(stranger)) => {
            reasons.push(stranger.at("/source"));
            Err(fault::told(reasons))
        }
    }
}

/// Reads an event that came in on `subject`, whoever sent it.
///
/// # Errors
/// Everything that is wrong with it, at once.
pub fn read(subject: &str, event: &Value) -> Result<Understood, Vec<Reason>> {
    read_knowing(KINDS, subject, event)
}

/// As [`read`], for a reader that knows these kinds.
fn read_knowing(known: &'static [Kind], subject: &str, event: &Value) -> Result<Understood, Vec<Reason>> {
    let mut reasons = Vec::new();
    let mut note = |found: Vec<Reason>| reasons.extend(found);
    let envelope = envelope::read(event).map_err(&mut note).ok();
    let channel = Channel::parse(subject).map_err(|fault| note(vec![fault.at("")])).ok();
    let sent = envelope::kind(event);
    if let (Some(channel), Some(sent)) = (&channel, &sent)
        && (channel.jurisdiction != sent.jurisdiction || channel.what != sent.what)
    {
        let text = "the event's type and the subject it was published on disagree";
        note(vec![fault::fault("channel.mismatch", &text).at("/type")]);
    }
    let found = sent.and_then(|sent| kinds::find(known, &sent).map_err(|reason| note(vec![reason])).ok());
    let data = event.get("data").filter(|data| data.is_object());
    let checked = found.zip(data).and_then(|((kind, checker), data)| {
        let faults = checker.faults(data, "/data");
        let good = faults.is_empty();
        note(faults);
        good.then_some((kind, data))
    });
    if let (Some(envelope), Some(channel), Some((kind, data))) = (envelope, channel, checked) {
        // A case belongs to the court and the jurisdiction on whose subject it is told of: nobody can speak of another
        // court's case, whatever an event says of itself.
        let case = CaseId::derived(&[
            envelope.jurisdiction.as_str(),
            &channel.court.subject_token(),
            &envelope.source,
            &envelope.subject,
        ]);
        let at = At {
            case,
            version: envelope.version,
            jurisdiction: envelope.jurisdiction,
            court: channel.court,
            source: envelope.source.clone(),
        };
        match kind.draft(data, &at) {
            Ok(draft) if reasons.is_empty() => return Ok(Understood { envelope, case, draft }),
            Ok(_) => {}
            Err(found) => reasons.extend(
                found.into_iter().map(|reason| Reason { pointer: format!("/data{}", reason.pointer), ..reason }),
            ),
        }
    }
    Err(fault::told(reasons))
}

/// Reads an event as an operator releases it: a person's numbers and dates that do not read are set aside, which is to say
/// kept as they were written, sealed with the rest, and never compared. Answers their places too.
///
/// # Errors
/// Everything else that is wrong with it.
pub fn read_setting_aside(
    publishers: &Publishers,
    subject: &str,
    event: &Value,
) -> Result<(Understood, Vec<String>), Vec<Reason>> {
    let reasons = match read_from(publishers, subject, event) {
        Ok(understood) => return Ok((understood, Vec::new())),
        Err(reasons) => reasons,
    };
    let aside: Vec<(&str, Checked)> =
        CHECKED.into_iter().filter(|(place, _)| reasons.iter().any(|reason| reason.pointer == *place)).collect();
    if aside.is_empty() {
        return Err(reasons);
    }
    let mut rest = event.clone();
    let written = aside.iter().filter_map(|(place, field)| Some((*field, rest.pointer_mut(place)?.take())));
    let written: Vec<(Checked, Value)> = written.collect();
    schema::drop_nulls(&mut rest);
    let mut understood = read_from(publishers, subject, &rest)?;
    if let Draft::Party { details, .. } | Draft::Details { details, .. } = &mut understood.draft {
        details.unusable.extend(written.into_iter().map(|(field, value)| {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            (field, Personal::new(text))
        }));
    }
    Ok((understood, aside.into_iter().map(|(place, _)| place.to_owned()).collect()))
}

/// Where the identifiers and dates stand, in an event about a party, that may be set aside.
const CHECKED: [(&str, Checked); 5] = [
    ("/data/person/bsn", Checked::Bsn),
    ("/data/person/skn", Checked::Skn),
    ("/data/person/vNumber", Checked::VNumber),
    ("/data/person/birthDate", Checked::Birth),
    ("/data/person/deceasedOn", Checked::Deceased),
];

#[cfg(test)]
mod tests;
