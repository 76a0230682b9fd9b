//! The kinds of events, version 1.
//!
//! To add a kind: a struct beside the others with its meaning as doc comments (they become the published schema's
//! descriptions), its [`Event`] implementation with an example, and its name in [`KINDS`]; the fact it becomes goes into
//! `domain::fact::intake`.

mod cases;
mod charges;
mod hearings;
mod parties;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::court::Court;
use domain::fact::SourceVersion;
use domain::fact::intake::{IntakeFact, Reason};
use domain::ids::{CaseId, ChargeId, PartyId};
use domain::jurisdiction::Jurisdiction;
use domain::party::PartyDetails;
use domain::role::{Capacity, Role};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::fault::fault;
use crate::schema::{self, Checker};
use crate::value::{Is, OpaqueId};

/// What an event says, before its personal part is sealed.
#[derive(Debug, Clone, PartialEq)]
pub enum Draft {
    /// It says nothing personal.
    Open(IntakeFact),
    /// A party joined.
    Party {
        /// The party's record.
        party: PartyId,
        /// Its roles.
        roles: std::collections::BTreeSet<Role>,
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

/// Where an event stands: what its envelope and its channel say.
pub struct At {
    /// The case.
    pub case: CaseId,
    /// Where the event stands among its publisher's.
    pub version: SourceVersion,
    /// Whose cases.
    pub jurisdiction: Jurisdiction,
    /// The court that publishes.
    pub court: Court,
}

impl At {
    fn party(&self, id: &Is<OpaqueId>) -> PartyId {
        PartyId::derived(&[&self.case.to_string(), &id.0.0])
    }

    fn charge(&self, id: &Is<OpaqueId>) -> ChargeId {
        ChargeId::derived(&[&self.case.to_string(), &id.0.0])
    }
}

/// The data of a kind of event.
trait Event: DeserializeOwned + JsonSchema {
    /// The word in type and subject, such as `party-added`.
    const NAME: &'static str;
    /// Where it occurs.
    const OF: &'static [Jurisdiction] = &Jurisdiction::ALL;

    /// What it says. Faults are placed from the data on, as in `/period`.
    fn draft(self, at: &At) -> Result<Draft, Vec<Reason>>;

    /// A good example.
    fn example(of: Jurisdiction) -> Value;
}

/// A kind of event, as the contract knows it.
pub struct Kind {
    /// The word in type and subject, such as `party-added`.
    pub name: &'static str,
    /// Where it occurs.
    pub of: &'static [Jurisdiction],
    /// The schema of its data, values named and not described.
    pub schema: fn() -> Value,
    /// A good example of its data.
    pub example: fn(Jurisdiction) -> Value,
    read: fn(&Value, &At) -> Result<Draft, Vec<Reason>>,
}

const fn kind<E: Event>() -> Kind {
    Kind { name: E::NAME, of: E::OF, schema: schema::of::<E>, example: E::example, read: read::<E> }
}

fn read<E: Event>(data: &Value, at: &At) -> Result<Draft, Vec<Reason>> {
    let event = E::deserialize(data).map_err(|_| vec![fault("event.data", &"the data cannot be read").at("")])?;
    event.draft(at)
}

/// Every kind.
pub static KINDS: &[Kind] = &[
    kind::<cases::CaseRegistered>(),
    kind::<cases::CaseClosed>(),
    kind::<cases::JudgeAssigned>(),
    kind::<parties::PartyAdded>(),
    kind::<parties::PartyDetailsChanged>(),
    kind::<hearings::HearingPlanned>(),
    kind::<charges::ChargeBrought>(),
    kind::<charges::ProsecutionDismissed>(),
    kind::<charges::VerdictGiven>(),
];

/// The checkers, made once.
static CHECKERS: LazyLock<BTreeMap<(&'static str, Jurisdiction), Checker>> = LazyLock::new(|| {
    KINDS
        .iter()
        .flat_map(|kind| kind.of.iter().map(|of| ((kind.name, *of), Checker::new((kind.schema)(), *of))))
        .collect()
});

/// A kind in a jurisdiction.
///
/// # Errors
/// When there is none, or not there.
pub fn find(name: &str, of: Jurisdiction) -> Result<(&'static Kind, &'static Checker), Reason> {
    let kind = KINDS
        .iter()
        .find(|kind| kind.name == name)
        .ok_or_else(|| fault("type.unknown", &"this kind of event is not known here").at("/type"))?;
    let checker = CHECKERS.get(&(kind.name, of)).ok_or_else(|| {
        let known: Vec<String> = kind.of.iter().map(|of| format!("{}-cases", of.as_str())).collect();
        let text = format!("this kind of event exists for {} only", known.join(", "));
        fault("type.jurisdiction", &text).at("/type")
    })?;
    Ok((kind, checker))
}

impl Kind {
    /// What data that its checker found nothing wrong with says.
    ///
    /// # Errors
    /// What is wrong between its fields.
    pub fn draft(&self, data: &Value, at: &At) -> Result<Draft, Vec<Reason>> {
        (self.read)(data, at)
    }

    /// The CloudEvents type.
    pub fn type_in(&self, of: Jurisdiction) -> String {
        format!("nl.{}-cases.{}.v1", of.as_str(), self.name)
    }
}
