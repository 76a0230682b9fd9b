//! From an event's data to a fact: values are parsed here, once, and nothing unparsed goes further.
//!
//! To add a kind of event: a line in [`draft`] and a function beside the others.

use std::collections::BTreeSet;

use domain::article::Article;
use domain::birth::BirthDate;
use domain::bsn::{Bsn, BsnError};
use domain::case_number::CaseNumber;
use domain::court::Court;
use domain::fact::Subject;
use domain::fact::intake::{
    CaseClosed, CaseRegistered, ChargeBrought, ChargeOutcome, HearingPlanned, IntakeFact, JudgesAssigned,
    ProsecutionDismissed, Reason, VerdictGiven,
};
use domain::ids::{CaseId, ChargeId, HearingId, PartyId};
use domain::jurisdiction::Jurisdiction;
use domain::name::{NameParts, PersonName};
use domain::party::{Address, PartyDetails, Sex};
use domain::personal::Personal;
use domain::proceeding::ProceedingKind;
use domain::role::{Capacity, Role};
use domain::violence::particulars::{ChargeParticulars, OffencePeriod};
use domain::violence::status::{DismissalCode, Instance, Outcome, VerdictStep};
use domain::violence::tag::Tag;
use serde_json::Value;

use crate::event::{self, Envelope};
use crate::form::{Fault, Form, day, fault, parsed, text};

/// What an event says, before its personal part is sealed.
pub enum Draft {
    /// It says nothing personal.
    Open(IntakeFact),
    /// A party joined.
    Party {
        /// The party's record.
        party: PartyId,
        /// Its roles.
        roles: BTreeSet<Role>,
        /// What it is to the family.
        capacity: Option<Capacity>,
        /// Who it is.
        details: Box<PartyDetails>,
    },
    /// What is known of a party changed.
    Details {
        /// The party's record.
        party: PartyId,
        /// Who it is.
        details: Box<PartyDetails>,
    },
}

/// An event that was understood.
pub struct Understood {
    /// Its envelope.
    pub envelope: Envelope,
    /// The case it is about.
    pub case: CaseId,
    /// What it says.
    pub draft: Draft,
}

/// Reads an event as it came in on `channel` (a message subject).
///
/// # Errors
/// Everything that is wrong with it, at once.
pub fn event(channel: &str, bytes: &[u8]) -> Result<Understood, Vec<Reason>> {
    let value = event::json(bytes).map_err(|reason| vec![reason])?;
    let form = Form::new(&value);
    let envelope = event::envelope(&form);
    let read = envelope.as_ref().and_then(|envelope| {
        let court = addressed(&form, channel, envelope)?;
        // A case belongs to the court and the jurisdiction on whose subject it is told of: nobody can speak of another
        // court's case, whatever an event says of itself.
        let case = CaseId::derived(&[
            envelope.jurisdiction.as_str(),
            &court.subject_token(),
            &envelope.source,
            &envelope.subject,
        ]);
        Some((case, draft(&form, envelope, case, court)?))
    });
    let faults = form.faults();
    match (envelope, read) {
        (Some(envelope), Some((case, draft))) if faults.is_empty() => Ok(Understood { envelope, case, draft }),
        _ => Err(faults),
    }
}

/// The subject an event came in on, as far as it is made of words that are known here: anything else could be personal,
/// and this is kept, shown and answered to in the clear.
pub fn channel(subject: &str) -> String {
    let parts: Vec<&str> = subject.split('.').collect();
    let known = match parts.as_slice() {
        ["cases", "v1", jurisdiction, court, what] => {
            Jurisdiction::parse(jurisdiction).is_ok()
                && Court::from_subject_token(court).is_ok()
                && what.len() <= 40
                && what.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
        }
        _ => false,
    };
    if known { subject.to_owned() } else { "cases.v1.unknown.unknown.unknown".to_owned() }
}

/// Checks that the message's subject says what the event says, and tells the court it names.
fn addressed(form: &Form<'_>, channel: &str, envelope: &Envelope) -> Option<Court> {
    let parts: Vec<&str> = channel.split('.').collect();
    let ["cases", "v1", jurisdiction, court, what] = parts.as_slice() else {
        form.refuse_at("", "channel.format", "publish on cases.v1.<jurisdiction>.<court>.<what-happened>");
        return None;
    };
    if *jurisdiction != envelope.jurisdiction.as_str() || *what != envelope.what {
        form.refuse_at("type", "channel.mismatch", "the event's type and the subject it was published on disagree");
    }
    let court = Court::from_subject_token(court).ok();
    if court.is_none() {
        form.refuse_at(
            "",
            "channel.court",
            "the subject names no known court; use its code in lower case, as in rbrot",
        );
    }
    court
}

fn draft(form: &Form<'_>, envelope: &Envelope, case: CaseId, court: Court) -> Option<Draft> {
    let data = form.object("data");
    let version = envelope.version;
    let open = |fact| Some(Draft::Open(fact));
    match envelope.what.as_str() {
        "case-registered" => open(case_registered(&data, envelope, case, court)?),
        "party-added" => {
            let (party, details) = (party(&data, case), person(&data.object("person")));
            let roles = data.list("roles", parsed(40, role(envelope.jurisdiction)));
            let capacity = data.optional(
                "capacity",
                parsed(40, |text| Capacity::parse(text).map_err(|error| fault(error.code(), &error))),
            );
            Some(Draft::Party {
                party: party?,
                roles: roles.into_iter().collect(),
                capacity,
                details: Box::new(details?),
            })
        }
        "party-details-changed" => {
            let (party, details) = (party(&data, case), person(&data.object("person")));
            Some(Draft::Details { party: party?, details: Box::new(details?) })
        }
        "charge-brought" => open(criminal(form, envelope, charge_brought(&data, envelope, case))?),
        "prosecution-dismissed" => {
            let charges = data.optional_list("charges", id).into_iter().map(|id| charge(case, id)).collect();
            let code = data.required(
                "code",
                parsed(10, |text| DismissalCode::parse(text).map_err(|error| fault(error.code(), &error))),
            );
            let fact = code
                .map(|code| IntakeFact::ProsecutionDismissed(ProsecutionDismissed { case, version, charges, code }));
            open(criminal(form, envelope, fact)?)
        }
        "verdict-given" => open(criminal(form, envelope, verdict_given(&data, envelope, case))?),
        "hearing-planned" => {
            let (hearing, on) = (data.required("hearingId", id), data.required("on", day));
            let hearing = HearingId::derived(&[&case.to_string(), hearing?]);
            open(IntakeFact::HearingPlanned(HearingPlanned { case, hearing, version, on: on? }))
        }
        "judge-assigned" => {
            let judges = data.list(
                "judges",
                parsed(128, |text| Subject::parse(text).map_err(|error| fault("judge.format", &error))),
            );
            open(IntakeFact::JudgesAssigned(JudgesAssigned { case, version, judges: judges.into_iter().collect() }))
        }
        "case-closed" => open(IntakeFact::CaseClosed(CaseClosed { case, version, on: data.required("on", day)? })),
        _ => {
            form.refuse_at("type", "type.unknown", "this kind of event is not known here");
            None
        }
    }
}

/// Charges, dismissals and verdicts are of criminal cases only.
fn criminal(form: &Form<'_>, envelope: &Envelope, fact: Option<IntakeFact>) -> Option<IntakeFact> {
    if envelope.jurisdiction != Jurisdiction::Criminal {
        form.refuse_at("type", "type.jurisdiction", "this kind of event exists for criminal-cases only");
    }
    fact
}

fn case_registered(data: &Form<'_>, envelope: &Envelope, case: CaseId, channel: Court) -> Option<IntakeFact> {
    let proceeding = data.required(
        "proceeding",
        parsed(60, |text| ProceedingKind::parse(text).map_err(|error| fault(error.code(), &error))),
    );
    let court =
        data.required("court", parsed(20, |text| Court::parse(text).map_err(|error| fault(error.code(), &error))));
    let numbers = data.required(
        "numbers",
        parsed(400, |text| CaseNumber::parse_all(text).map_err(|error| fault(error.code(), &error))),
    );
    let registered_on = data.required("registeredOn", day);
    if proceeding.as_ref().is_some_and(|kind| kind.jurisdiction() != envelope.jurisdiction) {
        data.refuse_at(
            "proceeding",
            "proceeding.jurisdiction",
            "this proceeding does not belong to the event's jurisdiction",
        );
    }
    if court.is_some_and(|court| court != channel) {
        data.refuse_at("court", "court.mismatch", "the case's court is not the one the event was published for");
    }
    Some(IntakeFact::CaseRegistered(CaseRegistered {
        case,
        version: envelope.version,
        jurisdiction: envelope.jurisdiction,
        proceeding: proceeding?,
        court: court?,
        numbers: numbers?,
        registered_on: registered_on?,
    }))
}

fn charge_brought(data: &Form<'_>, envelope: &Envelope, case: CaseId) -> Option<IntakeFact> {
    let charge_id = data.required("chargeId", id);
    let suspect = data.required("suspect", id);
    let victims = data.optional_list("victims", id);
    let articles =
        data.list("articles", parsed(40, |text| Article::parse(text).map_err(|error| fault(error.code(), &error))));
    let period = data.object("period");
    let (from, to) = (period.required("from", day), period.optional("to", day));
    let tags =
        data.optional_list("tags", parsed(40, |text| Tag::parse(text).map_err(|error| fault(error.code(), &error))));
    let period = OffencePeriod::new(from?, to).map_err(|error| {
        data.refuse_at("period", error.code(), &error.to_string());
    });
    Some(IntakeFact::ChargeBrought(ChargeBrought {
        case,
        charge: charge(case, charge_id?),
        version: envelope.version,
        suspect: party_id(case, suspect?),
        victims: victims.into_iter().map(|victim| party_id(case, victim)).collect(),
        particulars: ChargeParticulars { articles, period: period.ok()?, tags: tags.into_iter().collect() },
    }))
}

fn verdict_given(data: &Form<'_>, envelope: &Envelope, case: CaseId) -> Option<IntakeFact> {
    let outcomes: Vec<Option<ChargeOutcome>> = data
        .objects("outcomes")
        .into_iter()
        .map(|outcome| {
            let of = outcome.required("chargeId", id);
            let instance = outcome.required("instance", word::<Instance>("first, appeal or cassation"));
            let what = outcome.required(
                "outcome",
                word::<Outcome>("convicted, acquitted, not-punishable, summons-void or prosecution-inadmissible"),
            );
            let step = VerdictStep { instance: instance?, outcome: what? };
            Some(ChargeOutcome { charge: charge(case, of?), step })
        })
        .collect();
    if outcomes.is_empty() && data.has("outcomes") {
        data.refuse_at("outcomes", "list.empty", "expected at least one element");
    }
    let outcomes = outcomes.into_iter().collect::<Option<Vec<_>>>().filter(|outcomes| !outcomes.is_empty())?;
    Some(IntakeFact::VerdictGiven(VerdictGiven { case, version: envelope.version, outcomes }))
}

/// A word out of a closed list.
fn word<T: serde::de::DeserializeOwned>(expected: &'static str) -> impl Fn(&Value) -> Result<T, Fault> {
    move |value| {
        serde_json::from_value(value.clone()).map_err(|_| fault("word.unknown", &format!("expected {expected}")))
    }
}

fn role(jurisdiction: Jurisdiction) -> impl Fn(&str) -> Result<Role, Fault> {
    move |text| {
        let role = Role::parse(text).map_err(|error| fault(error.code(), &error))?;
        if role.jurisdictions().contains(&jurisdiction) {
            Ok(role)
        } else {
            Err(fault("role.jurisdiction", &"this role does not exist in proceedings of this jurisdiction"))
        }
    }
}

/// The publisher's own id of a part of the case: opaque.
fn id(value: &Value) -> Result<&str, Fault> {
    let text = text(64)(value)?;
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if plain { Ok(text) } else { Err(fault("id.format", &"expected an opaque id of letters, digits, - and _")) }
}

fn party(data: &Form<'_>, case: CaseId) -> Option<PartyId> {
    data.required("partyId", id).map(|id| party_id(case, id))
}

fn party_id(case: CaseId, id: &str) -> PartyId {
    PartyId::derived(&[&case.to_string(), id])
}

fn charge(case: CaseId, id: &str) -> ChargeId {
    ChargeId::derived(&[&case.to_string(), id])
}

fn person(form: &Form<'_>) -> Option<PartyDetails> {
    let plain = |name: &str, most: usize| form.optional(name, text(most));
    let parts = NameParts {
        surname: plain("surname", 200),
        prefix: plain("prefix", 200),
        partner_surname: plain("partnerSurname", 200),
        partner_prefix: plain("partnerPrefix", 200),
        given_names: plain("givenNames", 200),
        initials: plain("initials", 200),
    };
    let name = PersonName::parse(&parts).map_err(|errors| {
        for error in errors {
            form.refuse_at(&camel(error.field().code()), error.code(), &error.to_string());
        }
    });
    let (bsn, unusable_bsn) = number(form);
    let birth =
        form.optional("birthDate", |value| BirthDate::from_json(value).map_err(|error| fault(error.code(), &error)));
    let sex = form.optional(
        "sex",
        parsed(10, |text| Sex::from_code(text).ok_or_else(|| fault("sex.unknown", &"expected female, male or other"))),
    );
    let birth_place = plain("birthPlace", 200).map(|place| Personal::new(place.to_owned()));
    let address = form.has("address").then(|| address(&form.object("address")));
    Some(PartyDetails {
        bsn,
        unusable_bsn,
        name: name.ok()?,
        birth: birth.flatten(),
        birth_place,
        sex,
        address: address.map(Personal::new),
    })
}

/// A citizen service number. A placeholder means that none is known: it is kept as it was, and never compared. One that
/// is malformed is refused, so that its publisher mends it.
fn number(form: &Form<'_>) -> (Option<Bsn>, Option<Personal<String>>) {
    let mut placeholder = None;
    let bsn = form.optional("bsn", |value| {
        let written = text(20)(value)?;
        match Bsn::parse(written) {
            Ok(bsn) => Ok(Some(bsn)),
            Err(BsnError::Placeholder | BsnError::Zeros) => {
                placeholder = Some(Personal::new(written.to_owned()));
                Ok(None)
            }
            Err(error) => Err(fault(error.code(), &error)),
        }
    });
    (bsn.flatten(), placeholder)
}

fn address(form: &Form<'_>) -> Address {
    let plain = |name: &str| form.optional(name, text(200)).map(str::to_owned);
    Address {
        street: plain("street"),
        house_number: plain("houseNumber"),
        postcode: plain("postcode"),
        town: plain("town"),
        country: plain("country"),
    }
}

/// `partner_surname` as it stands in an event: `partnerSurname`.
fn camel(snake: &str) -> String {
    let mut words = snake.split('_');
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
    }
    camel
}

#[cfg(test)]
mod tests;
