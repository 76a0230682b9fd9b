//! What courts said about records so far: the newest word of each, whatever the order in which it was heard.

use std::collections::{BTreeMap, BTreeSet};

use domain::decision::Tags;
use domain::fact::linker::Member;
use domain::fact::{Body, Fact, IntakeFact, SourceVersion};
use domain::ids::PartyId;
use domain::party::PartyDetails;
use domain::role::{Role, RoleGroup};
use domain::sealed::Sealed;
use jiff::Timestamp;
use journal::{JournalError, Transaction};

use crate::candidates::Kept;

/// What its court said about one record so far.
#[derive(Default)]
struct Told {
    member: Option<Member>,
    /// The newest word on its roles: whether they link, and whether they stand beside others.
    roles: Option<(SourceVersion, bool, bool)>,
    /// The newest word on who it is.
    details: Option<(SourceVersion, Sealed<PartyDetails>)>,
    since: Option<Timestamp>,
}

/// What was told so far.
#[derive(Default)]
pub(crate) struct Heard(BTreeMap<PartyId, Told>);

impl Heard {
    /// Hears a fact; what does not concern a record is let pass.
    pub fn hear(&mut self, fact: &Fact) {
        let (party, case, version, details, roles) = match &fact.body {
            Body::Intake(IntakeFact::PartyAdded(f)) => (f.party, f.case, f.version, &f.details, Some(&f.roles)),
            Body::Intake(IntakeFact::PartyDetailsChanged(f)) => (f.party, f.case, f.version, &f.details, None),
            _ => return,
        };
        let told = self.0.entry(party).or_default();
        told.member = Some(Member { party, case });
        told.since = Some(told.since.map_or(version.time, |since| since.min(version.time)));
        if told.details.as_ref().is_none_or(|(known, _)| *known < version) {
            told.details = Some((version, details.clone()));
        }
        if let Some(roles) = roles
            && told.roles.is_none_or(|(known, ..)| known < version)
        {
            told.roles = Some((version, links(roles), roles.iter().any(|role| role.stands_beside())));
        }
    }

    /// The records as their courts last told of them; without details where their roles never link.
    pub fn kept(self) -> impl Iterator<Item = Kept> {
        self.0.into_values().filter_map(|told| {
            let (links, beside) = told.roles.map_or((false, false), |(_, links, beside)| (links, beside));
            let details = told.details.filter(|_| links).map(|(_, details)| details);
            Some(Kept { member: told.member?, since: told.since?, beside, details })
        })
    }
}

/// These records as their courts last told of them.
pub(crate) async fn of(transaction: &mut Transaction, parties: &BTreeSet<PartyId>) -> Result<Vec<Kept>, JournalError> {
    let tags: Tags = parties.iter().map(|party| (*party).into()).collect();
    let mut heard = Heard::default();
    for fact in transaction.facts(&tags).await? {
        heard.hear(&fact);
    }
    Ok(heard.kept().filter(|kept| parties.contains(&kept.member.party)).collect())
}

/// Whether somebody in these roles can link cases: in none as a professional, whatever else they are.
fn links(roles: &BTreeSet<Role>) -> bool {
    roles.iter().any(|role| role.is_linkable()) && roles.iter().all(|role| role.group() != RoleGroup::Professional)
}
