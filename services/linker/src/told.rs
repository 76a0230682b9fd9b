//! What courts said about records so far, as the read model keeps it.

use std::collections::{BTreeMap, BTreeSet};

use domain::decisions::docket::{Docket, Told};
use domain::fact::{Body, Fact, IntakeFact};
use domain::ids::{CaseId, PartyId};
use domain::role::Role;
use journal::{JournalError, Transaction, Which};

use crate::candidates::Kept;

/// What was told so far.
#[derive(Default)]
pub(crate) struct Heard {
    parties: BTreeMap<PartyId, Told>,
    revisions: BTreeMap<CaseId, Vec<IntakeFact>>,
}

impl Heard {
    /// Hears a fact; what concerns no record is let pass.
    pub fn hear(&mut self, fact: &Fact) {
        let Body::Intake(told) = &fact.body else { return };
        let party = match told {
            IntakeFact::PartyAdded(f) => f.party,
            IntakeFact::PartyDetailsChanged(f) => f.party,
            IntakeFact::PartyRemoved(f) => f.party,
            IntakeFact::PartyRolesEnded(f) => f.party,
            IntakeFact::EventRetracted(f) => {
                return self.revisions.entry(f.case).or_default().push(told.clone());
            }
            IntakeFact::EventCorrected(f) => {
                return self.revisions.entry(f.case).or_default().push(told.clone());
            }
            _ => return,
        };
        self.parties.entry(party).or_default().fold(party, told);
    }

    /// The records as their courts last told of them.
    pub fn kept(self) -> impl Iterator<Item = Kept> {
        let Self { parties, revisions } = self;
        parties.into_iter().filter_map(move |(party, mut told)| {
            let case = told.member()?.case;
            for revision in revisions.get(&case).into_iter().flatten() {
                told.fold(party, revision);
            }
            kept(&told)
        })
    }
}

/// Every case as its court told it.
#[derive(Default)]
pub(crate) struct Dockets(pub BTreeMap<CaseId, Docket>);

impl Dockets {
    /// Hears a fact; what is about no case is let pass.
    pub fn hear(&mut self, fact: &Fact) {
        if let Body::Intake(told) = &fact.body
            && let Some(case) = told.case()
        {
            self.0.entry(case).or_default().fold(told);
        }
    }
}

/// A record as it is kept: without details where there is nobody, or nobody in roles that link. Roles that ended count, since
/// somebody is who they are after it.
fn kept(told: &Told) -> Option<Kept> {
    let now = told.now();
    let beside = now.registered_as.iter().any(|role| role.stands_beside());
    let details = now.details.filter(|_| Role::link(&now.registered_as));
    Some(Kept { member: told.member()?, since: told.since()?, beside, details })
}

/// These records as their courts last told of them, in all that was written or all that was handled.
pub(crate) async fn of(
    transaction: &mut Transaction,
    which: Which,
    parties: &BTreeSet<PartyId>,
) -> Result<Vec<Kept>, JournalError> {
    Ok(transaction.told_in(which, parties).await?.values().filter_map(kept).collect())
}
