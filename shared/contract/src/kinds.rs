//! The kinds of events, each in every version that is taken.
//!
//! To add a kind: an [`event!`] beside the others, with its meaning as doc comments (they become the published schema's
//! descriptions) and an example, and its name in [`KINDS`]; the fact it becomes goes into `domain::fact::intake`.
//!
//! To give a kind a second version: an `event!` named `…V2`, with `version 2` behind the name, whose draft is the same fact;
//! both stay in [`KINDS`], and the first one's draft is its upcaster: it says what can be said of an old event in the terms
//! of the new one, and leaves open what cannot. The fact itself changes only by fields that may be missing, so that old
//! bodies in the journal still read, and services that are not updated yet read new ones. A version is taken for as long
//! as any publisher sends it; its events in quarantine and its frozen samples in `fixtures/` read for ever.

mod cases;
mod charges;
mod criminal;
mod family;
mod hearings;
mod orders;
mod parties;
mod procedure;
mod requests;
mod revisions;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use domain::court::Court;
use domain::fact::SourceVersion;
use domain::fact::intake::{IntakeFact, Reason};
use domain::ids::{CaseId, ChargeId, PartyId};
use domain::jurisdiction::Jurisdiction;
use domain::party::PartyDetails;
use domain::role::{Capacity, Role};
use domain::skn::Skn;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::fault::fault;
use crate::schema::{self, Checker};
use crate::value::{EventType, Is, OpaqueId};

/// What an event says, before its personal part is sealed.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "most events are of the large one, and a draft lives for a moment")]
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
    /// Two numbers of the criminal chain are one person's.
    Merged {
        /// The number that goes on.
        going_on: Skn,
        /// The number that ends.
        ended: Skn,
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
    /// The publishing system.
    pub source: String,
}

impl At {
    /// The id of a thing within the case.
    fn within(&self, id: &Is<OpaqueId>) -> [String; 2] {
        [self.case.to_string(), id.0.0.clone()]
    }

    fn parties(&self, ids: &[Is<OpaqueId>]) -> BTreeSet<PartyId> {
        ids.iter().map(|id| self.party(id)).collect()
    }

    fn charges(&self, ids: &[Is<OpaqueId>]) -> BTreeSet<ChargeId> {
        ids.iter().map(|id| self.charge(id)).collect()
    }

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
    /// The version of its contract.
    const VERSION: u8;
    /// Where it occurs.
    const OF: &'static [Jurisdiction];

    /// What it says. Faults are placed from the data on, as in `/period`.
    fn draft(self, at: &At) -> Result<Draft, Vec<Reason>>;

    /// A good example.
    fn example(of: Jurisdiction) -> Value;
}

/// A kind of event: its struct and its [`Event`] implementation.
macro_rules! event {
    (
        $(#[$doc:meta])*
        $name:ident = $word:literal $(version $version:literal)? in $of:expr;
        { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* }
        $event:ident, $at:ident => $draft:expr;
        $in:ident => $example:expr;
    ) => {
        $(#[$doc])*
        #[derive(serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields, rename_all = "camelCase")]
        pub struct $name {
            $($(#[$field_doc])* $field: $kind,)*
        }

        impl $crate::kinds::Event for $name {
            const NAME: &'static str = $word;
            const VERSION: u8 = $crate::kinds::newest(&[1 $(, $version)?]);
            const OF: &'static [domain::jurisdiction::Jurisdiction] = $of;

            fn draft(
                self,
                $at: &$crate::kinds::At,
            ) -> Result<$crate::kinds::Draft, Vec<domain::fact::intake::Reason>> {
                let $event = self;
                $draft
            }

            fn example($in: domain::jurisdiction::Jurisdiction) -> serde_json::Value {
                $example
            }
        }
    };
}
use event;

/// The last of an event's versions: the one written behind its name, or else the first.
const fn newest(versions: &[u8]) -> u8 {
    versions[versions.len() - 1]
}

/// The draft of a fact that says nothing personal: `fact!(at, CaseClosed { … })`, or with the module of the fact.
macro_rules! fact {
    ($at:ident, $kind:ident { $($field:ident: $value:expr),* $(,)? }) => {
        Ok($crate::kinds::Draft::Open(domain::fact::intake::IntakeFact::$kind(domain::fact::intake::$kind {
            case: $at.case,
            version: $at.version,
            $($field: $value,)*
        })))
    };
    ($at:ident, $module:ident::$kind:ident { $($field:ident: $value:expr),* $(,)? }) => {
        Ok($crate::kinds::Draft::Open(domain::fact::intake::IntakeFact::$kind(domain::fact::intake::$module::$kind {
            case: $at.case,
            version: $at.version,
            $($field: $value,)*
        })))
    };
}
use fact;

/// The faults of codes that the law did not know yet, or knew no longer, on the day an event is about: for each code its place
/// and whether it counts on that day.
fn not_in_force(codes: impl IntoIterator<Item = (String, bool)>) -> Vec<Reason> {
    let text = "the law did not know this on the day the event is about: check the day and the code";
    let out = codes.into_iter().filter(|(_, counts)| !counts);
    out.map(|(place, _)| fault("code.not-valid-on", &text).at(&place)).collect()
}

/// Nothing is wrong, or all of this is.
fn none_of(faults: Vec<Reason>) -> Result<(), Vec<Reason>> {
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// Where a kind occurs: everywhere.
const EVERYWHERE: &[Jurisdiction] = &Jurisdiction::ALL;
/// Where a kind occurs: in criminal cases.
const CRIMINAL: &[Jurisdiction] = &[Jurisdiction::Criminal];
/// Where a kind occurs: in cases about children and families.
const FAMILY: &[Jurisdiction] = &[Jurisdiction::Family, Jurisdiction::Youth];

/// A kind of event, as the contract knows it.
#[derive(Clone, Copy)]
pub struct Kind {
    /// The word in type and subject, such as `party-added`.
    pub name: &'static str,
    /// The version of its contract.
    pub version: u8,
    /// Where it occurs.
    pub of: &'static [Jurisdiction],
    /// The schema of its data, values named and not described.
    pub schema: fn() -> Value,
    /// A good example of its data.
    pub example: fn(Jurisdiction) -> Value,
    read: fn(&Value, &At) -> Result<Draft, Vec<Reason>>,
}

const fn kind<E: Event>() -> Kind {
    Kind {
        name: E::NAME,
        version: E::VERSION,
        of: E::OF,
        schema: schema::of::<E>,
        example: E::example,
        read: read::<E>,
    }
}

fn read<E: Event>(data: &Value, at: &At) -> Result<Draft, Vec<Reason>> {
    let event = E::deserialize(data).map_err(|_| vec![fault("event.data", &"the data cannot be read").at("")])?;
    event.draft(at)
}

/// Every kind.
pub static KINDS: &[Kind] = &[
    kind::<cases::CaseRegistered>(),
    kind::<cases::JudgeAssigned>(),
    kind::<cases::ClerkAssigned>(),
    kind::<cases::PhaseEntered>(),
    kind::<cases::CaseClosed>(),
    kind::<cases::CaseWithdrawn>(),
    kind::<cases::CaseBecameFinal>(),
    kind::<procedure::DecisionGiven>(),
    kind::<procedure::AppealLodged>(),
    kind::<procedure::AppealLodgedV2>(),
    kind::<procedure::CaseJoined>(),
    kind::<procedure::CaseSplit>(),
    kind::<procedure::CaseReferred>(),
    kind::<parties::PartyAdded>(),
    kind::<parties::PartyDetailsChanged>(),
    kind::<parties::PartyRolesEnded>(),
    kind::<parties::PartyRemoved>(),
    kind::<parties::ShieldingChanged>(),
    kind::<hearings::HearingPlanned>(),
    kind::<hearings::HearingMoved>(),
    kind::<hearings::HearingCancelled>(),
    kind::<orders::OrderImposed>(),
    kind::<orders::OrderChanged>(),
    kind::<orders::OrderSuspended>(),
    kind::<orders::OrderEnded>(),
    kind::<orders::OrderBreached>(),
    kind::<charges::ChargeBrought>(),
    kind::<charges::ChargeAmended>(),
    kind::<charges::ProsecutionDismissed>(),
    kind::<charges::ProsecutionSettled>(),
    kind::<charges::ProsecutionOrdered>(),
    kind::<charges::VerdictGiven>(),
    kind::<criminal::SuspicionRegistered>(),
    kind::<criminal::EmbargoImposed>(),
    kind::<criminal::EmbargoLifted>(),
    kind::<criminal::DetentionChanged>(),
    kind::<criminal::SuspendedSentenceCalledIn>(),
    kind::<criminal::CriminalChainNumbersMerged>(),
    kind::<family::ViolenceAlleged>(),
    kind::<family::CouncilInvestigationOrdered>(),
    kind::<family::CouncilReportReceived>(),
    kind::<family::SpecialGuardianAppointed>(),
    kind::<family::CustodyChanged>(),
    kind::<family::ContactArranged>(),
    kind::<family::ContactDenied>(),
    kind::<requests::InformationRequestAnswered>(),
    kind::<requests::RecordConfirmed>(),
    kind::<revisions::EventRetracted>(),
    kind::<revisions::DestructionOrdered>(),
];

/// A kind in one version and one jurisdiction.
type Which = (&'static str, u8, Jurisdiction);

/// The checkers, made once.
static CHECKERS: LazyLock<BTreeMap<Which, Checker>> = LazyLock::new(|| {
    KINDS
        .iter()
        .flat_map(|kind| kind.of.iter().map(|of| ((kind.name, kind.version, *of), Checker::new((kind.schema)(), *of))))
        .collect()
});

/// The kind of an event's type, among those that `known` has.
///
/// # Errors
/// When there is none, or not in this version, or not in this jurisdiction.
pub fn find(known: &'static [Kind], sent: &EventType) -> Result<(&'static Kind, &'static Checker), Reason> {
    let versions: Vec<&Kind> = known.iter().filter(|kind| kind.name == sent.what).collect();
    if versions.is_empty() {
        return Err(fault("type.unknown", &"this kind of event is not known here").at("/type"));
    }
    let kind = versions.iter().find(|kind| kind.version == sent.version).ok_or_else(|| {
        let known: Vec<String> = versions.iter().map(|kind| format!("v{}", kind.version)).collect();
        fault("type.version", &format!("this kind of event is known here in version {}", known.join(", "))).at("/type")
    })?;
    let checker = CHECKERS.get(&(kind.name, kind.version, sent.jurisdiction)).ok_or_else(|| {
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
        format!("nl.{}-cases.{}.v{}", of.as_str(), self.name, self.version)
    }

    /// What its files are called: its name, and its version unless that is the first.
    pub fn file_name(&self) -> String {
        if self.version == 1 { self.name.to_owned() } else { format!("{}.v{}", self.name, self.version) }
    }
}
