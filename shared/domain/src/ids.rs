//! Identities: one type a kind, all of them UUIDs, none of them personal.
//!
//! Invariant: an id is *derived* from what it names (RFC 9562 version 5) wherever that is possible, so that the same events
//! in any order, any number of times, give the same ids. To add a kind: add a line to the list at the foot.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The namespace below which every derived id of this project lies.
const HOUSE: Uuid = Uuid::from_u128(0x7665_7262_616e_6400_8000_6c69_6e6b_0001);

/// Separates the parts of a name; cannot occur in any of them (they are UUIDs, URNs and code-list slugs).
const SEPARATOR: char = '\u{1f}';

fn derive(kind: &str, parts: &[&str]) -> Uuid {
    let mut name = String::from(kind);
    for part in parts {
        name.push(SEPARATOR);
        name.push_str(part);
    }
    Uuid::new_v5(&HOUSE, name.as_bytes())
}

/// Text that is not a UUID where an id was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id: expected a UUID such as 0190c9a2-7f3e-7c11-8d52-0242ac120002")]
pub struct IdError;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $kind:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The id that the given parts always have; equal parts give an equal id.
            pub fn derived(parts: &[&str]) -> Self {
                Self(derive($kind, parts))
            }

            /// Takes an id as it was stored or sent.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The id as a UUID.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                Uuid::parse_str(text).map(Self).map_err(|_| IdError)
            }
        }
    };
}

id!(
    /// An event as its publisher sent it: derived from the CloudEvents attributes `source` and `id`.
    EventId, "event"
);
id!(
    /// A fact in the journal.
    FactId, "fact"
);
id!(
    /// A case at a court: derived from its publisher's `source` and the opaque case id in `subject`.
    CaseId, "case"
);
id!(
    /// A party's record in one case: derived from the case and the publisher's id of the party.
    PartyId, "party"
);
id!(
    /// A charge in a criminal case.
    ChargeId, "charge"
);
id!(
    /// A protective order or measure: derived from its case and its publisher's own id.
    OrderId, "order"
);
id!(
    /// A decision of a court: derived from its case and its publisher's own id.
    DecisionId, "decision"
);
id!(
    /// A hearing in a case.
    HearingId, "hearing"
);
id!(
    /// A person: a group of party records that are certainly one human being.
    PersonId, "person"
);
id!(
    /// A proposal to decide by another model.
    ProposalId, "proposal"
);
id!(
    /// A matter: cases that go on in one another.
    MatterId, "matter"
);
id!(
    /// A link between two cases.
    LinkId, "link"
);
id!(
    /// A question for a data steward about two party records.
    MatchId, "match"
);
id!(
    /// An article in a month that the code list of offences does not know: derived from the two, in whatever cases it stands.
    ArticleId, "unknown-article"
);
id!(
    /// A signal to a judge.
    SignalId, "signal"
);
id!(
    /// That the register was consulted for a case.
    AttestationId, "attestation"
);
id!(
    /// A judge's request for information to another court.
    RequestId, "request"
);
id!(
    /// What one party is told of a signal.
    PartyVersionId, "party-version"
);
id!(
    /// A data key: one a party record, one a quarantined event.
    KeyId, "key"
);

impl KeyId {
    /// The data key under which the personal fields of a party record are sealed.
    pub fn of_party(party: PartyId) -> Self {
        Self::derived(&["party", &party.to_string()])
    }

    /// The data key under which the body of a quarantined event is sealed.
    pub fn of_event(event: EventId) -> Self {
        Self::derived(&["event", &event.to_string()])
    }
}

/// Two things of one kind as a pair without direction: the smaller first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Pair<T> {
    /// The smaller.
    pub a: T,
    /// The larger.
    pub b: T,
}

impl<T: Ord> Pair<T> {
    /// The pair of the two, whichever way round they are given.
    pub fn of(one: T, other: T) -> Self {
        if one <= other { Self { a: one, b: other } } else { Self { a: other, b: one } }
    }
}

impl<T: Copy + PartialEq> Pair<T> {
    /// The other of the two, or nothing when `one` is not in the pair.
    pub fn other(&self, one: T) -> Option<T> {
        if one == self.a {
            Some(self.b)
        } else if one == self.b {
            Some(self.a)
        } else {
            None
        }
    }
}

impl LinkId {
    /// The link between two cases, whichever way round.
    pub fn between(cases: Pair<CaseId>) -> Self {
        Self::derived(&[&cases.a.to_string(), &cases.b.to_string()])
    }
}

impl MatchId {
    /// The question about two party records, whichever way round.
    pub fn between(parties: Pair<PartyId>) -> Self {
        Self::derived(&[&parties.a.to_string(), &parties.b.to_string()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_parts_give_equal_ids_and_kinds_differ() {
        assert_eq!(CaseId::derived(&["a", "b"]), CaseId::derived(&["a", "b"]));
        assert_ne!(CaseId::derived(&["a", "b"]), CaseId::derived(&["ab", ""]));
        assert_ne!(CaseId::derived(&["a"]).uuid(), PartyId::derived(&["a"]).uuid());
    }

    #[test]
    fn a_pair_has_no_direction() {
        let (x, y) = (CaseId::derived(&["x"]), CaseId::derived(&["y"]));
        assert_eq!(LinkId::between(Pair::of(x, y)), LinkId::between(Pair::of(y, x)));
        assert_eq!(Pair::of(x, y).other(x), Some(y));
        assert_eq!(Pair::of(x, x).other(y), None);
    }
}
