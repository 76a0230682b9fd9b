//! What a fact brings into a case, and what it speaks of that another fact must bring: so that it is seen what is waited for.

use uuid::Uuid;

use super::{CaseReference, IntakeFact, OrderTerms};

/// A thing that facts speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// A case, brought by its registration.
    Case,
    /// A party, brought by its addition.
    Party,
    /// A charge, brought with the prosecution.
    Charge,
    /// A hearing, brought by its planning.
    Hearing,
    /// An order, brought when it is imposed.
    Order,
    /// An earlier event, which this one replaces or takes back.
    Event,
}

impl Thing {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Case, Self::Party, Self::Charge, Self::Hearing, Self::Order, Self::Event];

    /// The word for it in lists and metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Party => "party",
            Self::Charge => "charge",
            Self::Hearing => "hearing",
            Self::Order => "order",
            Self::Event => "event",
        }
    }
}

/// Another case, where it is named by an id. Which case a number at a court names is not told by the number alone.
const fn other(case: &CaseReference) -> Option<(Thing, Uuid)> {
    match case {
        CaseReference::Case(case) => Some((Thing::Case, case.uuid())),
        CaseReference::Number { .. } => None,
    }
}

/// The parties that an order is about.
fn of_terms(terms: &OrderTerms) -> impl Iterator<Item = (Thing, Uuid)> {
    terms.against.iter().chain(&terms.protects).map(|party| (Thing::Party, party.uuid()))
}

impl IntakeFact {
    /// The thing it brings.
    pub const fn brings(&self) -> Option<Uuid> {
        match self {
            Self::CaseRegistered(f) => Some(f.case.uuid()),
            Self::PartyAdded(f) => Some(f.party.uuid()),
            Self::ChargeBrought(f) => Some(f.charge.uuid()),
            Self::HearingPlanned(f) => Some(f.hearing.uuid()),
            Self::OrderImposed(f) => Some(f.order.uuid()),
            _ => None,
        }
    }

    /// The things it speaks of, each with what it is. Until they have come, it waits for them.
    pub fn speaks_of(&self) -> Vec<(Thing, Uuid)> {
        let mut things = Vec::new();
        if !matches!(self, Self::CaseRegistered(_)) {
            things.extend(self.case().map(|case| (Thing::Case, case.uuid())));
        }
        match self {
            Self::PartyDetailsChanged(f) => things.push((Thing::Party, f.party.uuid())),
            Self::PartyRolesEnded(f) => things.push((Thing::Party, f.party.uuid())),
            Self::PartyRemoved(f) => things.push((Thing::Party, f.party.uuid())),
            Self::RecordConfirmed(f) => things.push((Thing::Party, f.party.uuid())),
            Self::ShieldingChanged(f) => things.push((Thing::Party, f.party.uuid())),
            Self::ViolenceAlleged(f) => things.push((Thing::Party, f.by.uuid())),
            Self::DetentionChanged(f) => things.push((Thing::Party, f.suspect.uuid())),
            Self::SuspendedSentenceCalledIn(f) => things.push((Thing::Party, f.suspect.uuid())),
            Self::ChargeBrought(f) => {
                things.push((Thing::Party, f.suspect.uuid()));
                things.extend(f.victims.iter().map(|victim| (Thing::Party, victim.uuid())));
            }
            Self::SuspicionRegistered(f) => {
                things.push((Thing::Party, f.suspect.uuid()));
                things.extend(f.victims.iter().map(|victim| (Thing::Party, victim.uuid())));
            }
            Self::ChargeAmended(f) => things.push((Thing::Charge, f.charge.uuid())),
            Self::ProsecutionDismissed(f) => {
                things.extend(f.charges.iter().map(|charge| (Thing::Charge, charge.uuid())));
            }
            Self::ProsecutionSettled(f) => things.extend(f.charges.iter().map(|charge| (Thing::Charge, charge.uuid()))),
            Self::ProsecutionOrdered(f) => things.extend(f.charges.iter().map(|charge| (Thing::Charge, charge.uuid()))),
            Self::CaseBecameFinal(f) => things.extend(f.charges.iter().map(|charge| (Thing::Charge, charge.uuid()))),
            Self::VerdictGiven(f) => {
                things.extend(f.outcomes.iter().map(|outcome| (Thing::Charge, outcome.charge.uuid())));
            }
            Self::AppealLodged(f) => {
                things.extend(f.by.iter().chain(&f.jointly_with).map(|party| (Thing::Party, party.uuid())));
                things.extend(f.charges.iter().map(|charge| (Thing::Charge, charge.uuid())));
            }
            Self::HearingMoved(f) => things.push((Thing::Hearing, f.hearing.uuid())),
            Self::HearingCancelled(f) => things.push((Thing::Hearing, f.hearing.uuid())),
            Self::CaseRegistered(f) => things.extend(f.follows.as_ref().and_then(other)),
            Self::CaseJoined(f) => things.extend(other(&f.into)),
            Self::CaseSplit(f) => things.extend(other(&f.off)),
            Self::CaseReferred(f) => things.extend(other(&f.to)),
            Self::OrderImposed(f) => things.extend(of_terms(&f.terms)),
            Self::OrderChanged(f) => {
                things.push((Thing::Order, f.order.uuid()));
                things.extend(of_terms(&f.terms));
            }
            Self::OrderSuspended(f) => things.push((Thing::Order, f.order.uuid())),
            Self::OrderEnded(f) => things.push((Thing::Order, f.order.uuid())),
            Self::OrderBreached(f) => things.push((Thing::Order, f.order.uuid())),
            Self::CustodyChanged(f) => {
                things.extend(f.children.iter().chain(&f.holders).map(|party| (Thing::Party, party.uuid())));
            }
            Self::ContactArranged(f) => {
                things.extend(f.children.iter().chain([&f.with]).map(|party| (Thing::Party, party.uuid())));
            }
            Self::ContactDenied(f) => {
                things.extend(f.children.iter().chain([&f.with]).map(|party| (Thing::Party, party.uuid())));
            }
            Self::SpecialGuardianAppointed(f) => {
                things.extend(f.children.iter().map(|party| (Thing::Party, party.uuid())));
            }
            Self::DestructionOrdered(f) => things.extend(f.parties.iter().map(|party| (Thing::Party, party.uuid()))),
            Self::EventRetracted(f) => things.push((Thing::Event, f.retracts.uuid())),
            Self::EventCorrected(f) => things.push((Thing::Event, f.replaces.uuid())),
            _ => {}
        }
        things.sort_unstable();
        things.dedup();
        things
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::fact::{Body, from_stored};

    fn sample(kind: &str, change: impl FnOnce(&mut Value)) -> IntakeFact {
        let path = format!("{}/fixtures/intake.{kind}.json", env!("CARGO_MANIFEST_DIR"));
        let mut data = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        change(&mut data);
        match from_stored(&format!("intake.{kind}"), &data).unwrap() {
            Body::Intake(fact) => fact,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_case_waits_for_the_case_it_follows_or_goes_on_in() {
        let there = "8ccacc3e-5e6b-5547-a636-e83f98287383";
        let case = json!({ "case": there });
        for (kind, field) in
            [("case-registered", "follows"), ("case-joined", "into"), ("case-split", "off"), ("case-referred", "to")]
        {
            let named = sample(kind, |data| data[field] = case.clone());
            assert!(named.speaks_of().contains(&(Thing::Case, there.parse().unwrap())), "{kind}");
            let number = json!({ "number": { "court": "RBDHA", "number": "C/09/680111 / FA RK 26-17" } });
            let numbered = sample(kind, |data| data[field] = number);
            assert_eq!(numbered.speaks_of().len(), named.speaks_of().len() - 1, "{kind}");
        }
    }

    #[test]
    fn an_order_waits_for_the_parties_of_its_terms() {
        for kind in ["order-imposed", "order-changed"] {
            let parties = sample(kind, |_| {}).speaks_of().into_iter().filter(|(thing, _)| *thing == Thing::Party);
            assert_eq!(parties.count(), 2, "{kind}");
        }
    }
}
