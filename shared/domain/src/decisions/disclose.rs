//! What a party is told of a signal: a version for one recipient, behind a clerk's confidentiality check.
//!
//! Invariants: a party version speaks of cases in which the recipient stands, in the recipient's own roles, and of nobody else;
//! where anybody in either case is shielded it speaks of no case at all to anybody else, because a court or a number can show
//! where somebody lives; nothing is told that a clerk has not released, or that has changed since.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::docket::Docket;
use super::shielding::Shielding;
use crate::decision::{Decision, Tags};
use crate::fact::alerts::{
    CheckRefusal, PartyVersionChecked, PartyVersionPrepared, PartyVersionTold, RecipientsCase, Signal,
};
use crate::fact::linker::CasesLinked;
use crate::fact::{AlertsFact, Body, Fact, LinkerFact, Subject};
use crate::ids::{CaseId, Pair, PartyId, PartyVersionId, SignalId};
use crate::role::{Role, RoleGroup};
use crate::violence::assessment::RoleLine;
use crate::violence::view::{MatterView, PartyView};

/// What is done about telling a party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// A judge asks for a version for this party.
    Prepare(PartyId),
    /// A clerk lets it go, or says why it may not.
    Check(PartyVersionId, Option<CheckRefusal>),
    /// A judge records that it was told on that day.
    Tell(PartyVersionId, Date),
}

/// An act about telling a party.
#[derive(Debug, Clone)]
pub struct Disclose {
    /// The signal.
    pub signal: SignalId,
    /// The case it was raised in.
    pub own: CaseId,
    /// The case that is told of.
    pub parallel: CaseId,
    /// Who acts.
    pub by: Subject,
    /// What is done.
    pub act: Act,
    /// The version of the signal that a judge had before them, where one asks.
    pub version: Option<u32>,
    /// The day it is.
    pub today: Date,
}

/// How a party version stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits for a clerk.
    Waiting,
    /// A clerk let it go.
    Released,
    /// A clerk refused it.
    Refused(CheckRefusal),
    /// It was told on that day.
    Told(Date),
}

impl State {
    /// The word on the wire and in the keys of texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Released => "released",
            Self::Refused(_) => "refused",
            Self::Told(_) => "told",
        }
    }
}

/// A party version and how it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct PartyVersion {
    /// What it says.
    pub prepared: PartyVersionPrepared,
    /// How it stands.
    pub state: State,
    /// Whether the signal has changed, or was withdrawn, since it was made: what was told is no longer how things stand.
    pub overtaken: bool,
    /// Whether the signal does not stand any more.
    pub withdrawn: bool,
}

/// The kinds of facts, under the tag of a signal, from which its party versions follow.
pub const KINDS: [&str; 6] = [
    "alerts.party-version-checked",
    "alerts.party-version-prepared",
    "alerts.party-version-told",
    "alerts.signal-raised",
    "alerts.signal-updated",
    "alerts.signal-withdrawn",
];

/// The party versions of one signal.
#[derive(Debug, Clone, Default)]
pub struct PartyVersions {
    version: Option<u32>,
    stands: Option<Box<Signal>>,
    prepared: Vec<PartyVersionPrepared>,
    states: BTreeMap<PartyVersionId, State>,
}

impl PartyVersions {
    /// Folds one fact about the signal.
    pub fn hear(&mut self, fact: &AlertsFact) {
        match fact {
            AlertsFact::SignalRaised(f) | AlertsFact::SignalUpdated(f) => {
                self.version = Some(f.version);
                self.stands = Some(Box::new(f.clone()));
            }
            AlertsFact::SignalWithdrawn(f) => {
                self.version = Some(f.version);
                self.stands = None;
            }
            AlertsFact::PartyVersionPrepared(f) => {
                self.states.insert(f.party_version, State::Waiting);
                self.prepared.push(f.clone());
            }
            AlertsFact::PartyVersionChecked(f) => {
                self.states.insert(f.party_version, f.refused.map_or(State::Released, State::Refused));
            }
            AlertsFact::PartyVersionTold(f) => {
                self.states.insert(f.party_version, State::Told(f.on));
            }
            _ => {}
        }
    }

    /// All of them, the oldest first.
    pub fn all(&self) -> Vec<PartyVersion> {
        let one = |prepared: &PartyVersionPrepared| PartyVersion {
            prepared: prepared.clone(),
            state: self.states.get(&prepared.party_version).copied().unwrap_or(State::Waiting),
            overtaken: self.version != Some(prepared.version),
            withdrawn: self.stands.is_none(),
        };
        self.prepared.iter().map(one).collect()
    }

    fn one(&self, party_version: PartyVersionId) -> Option<PartyVersion> {
        self.all().into_iter().find(|one| one.prepared.party_version == party_version)
    }
}

/// Both cases, what links them, and what was told so far.
#[derive(Debug, Clone, Default)]
pub struct Known {
    own: Docket,
    parallel: Docket,
    shielding: Shielding,
    link: Option<CasesLinked>,
    versions: PartyVersions,
}

/// Why nothing came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such signal or party version, or the case is not theirs.
    #[error("no such party version")]
    NotTheirs,
    /// The signal has changed since: what there is to tell is to be composed anew.
    #[error("the signal is now at version {current}: ask for a party version of that one")]
    Stale {
        /// The version that stands now.
        current: u32,
    },
    /// The signal was withdrawn: there is nothing to tell.
    #[error("the signal was withdrawn")]
    Withdrawn,
    /// Nobody who can be told stands in the case under this id.
    #[error("no party of this case can be told under this id")]
    NoSuchRecipient,
    /// It has been checked, and otherwise than is asked now.
    #[error("it has been checked already, with another outcome")]
    AlreadyChecked,
    /// No clerk has released it.
    #[error("no clerk has released it")]
    NotReleased,
    /// The day lies in the future.
    #[error("the day lies in the future")]
    InTheFuture,
}

/// The parties of a case whom a judge can tell something: grown-ups whom the case is about, and whoever is accused or harmed.
pub fn recipients(view: &MatterView) -> Vec<(PartyId, RoleLine)> {
    let told = |party: &&PartyView| {
        Role::link(&party.roles)
            && party
                .roles
                .iter()
                .any(|role| matches!(role.group(), RoleGroup::AdultParty | RoleGroup::Accused | RoleGroup::Victim))
            && party.roles.iter().all(|role| role.group() != RoleGroup::Minor)
    };
    let line = |party: &PartyView| {
        (party.party, RoleLine { roles: party.roles.clone(), capacity: party.capacity, ordinal: None })
    };
    view.parties.iter().filter(told).map(line).collect()
}

impl Decision for Disclose {
    type Writes = AlertsFact;
    type State = Known;
    type Refusal = Refusal;

    fn rests_on(&self) -> Tags {
        Tags::from([self.signal.into(), self.own.into(), self.parallel.into()])
    }

    fn evolve(&self, mut known: Known, fact: &Fact) -> Known {
        known.shielding.hear(fact);
        match &fact.body {
            Body::Intake(told) => {
                if told.case() == Some(self.own) {
                    known.own.fold(told);
                } else if told.case() == Some(self.parallel) {
                    known.parallel.fold(told);
                }
            }
            Body::Linker(LinkerFact::CasesLinked(link) | LinkerFact::LinkChanged(link))
                if link.cases == Pair::of(self.own, self.parallel) =>
            {
                known.link = Some(link.clone());
            }
            Body::Linker(LinkerFact::LinkWithdrawn(link)) if link.cases == Pair::of(self.own, self.parallel) => {
                known.link = None;
            }
            Body::Alerts(told) if of_signal(told) == Some(self.signal) => known.versions.hear(told),
            _ => {}
        }
        known
    }

    fn decide(&self, known: &Known) -> Result<Vec<AlertsFact>, Refusal> {
        let current = known.versions.version.ok_or(Refusal::NotTheirs)?;
        let may = if matches!(self.act, Act::Check(..)) { known.own.clerks() } else { known.own.judges() };
        if !may.contains(&self.by) {
            return Err(Refusal::NotTheirs);
        }
        match &self.act {
            Act::Prepare(recipient) => self.prepare(known, current, *recipient),
            Act::Check(party_version, refused) => {
                let found = known.versions.one(*party_version).ok_or(Refusal::NotTheirs)?;
                match (found.state, refused) {
                    (State::Released, None) => return Ok(Vec::new()),
                    (State::Refused(before), Some(now)) if before == *now => return Ok(Vec::new()),
                    (State::Waiting, _) => {}
                    _ => return Err(Refusal::AlreadyChecked),
                }
                if found.withdrawn {
                    return Err(Refusal::Withdrawn);
                }
                if found.overtaken {
                    return Err(Refusal::Stale { current });
                }
                Ok(vec![AlertsFact::PartyVersionChecked(PartyVersionChecked {
                    party_version: *party_version,
                    signal: self.signal,
                    own: self.own,
                    by: self.by.clone(),
                    refused: *refused,
                })])
            }
            Act::Tell(party_version, on) => {
                let found = known.versions.one(*party_version).ok_or(Refusal::NotTheirs)?;
                match found.state {
                    State::Told(before) if before == *on => return Ok(Vec::new()),
                    State::Released | State::Told(_) => {}
                    State::Waiting | State::Refused(_) => return Err(Refusal::NotReleased),
                }
                if *on > self.today {
                    return Err(Refusal::InTheFuture);
                }
                if found.withdrawn {
                    return Err(Refusal::Withdrawn);
                }
                if found.overtaken {
                    return Err(Refusal::Stale { current });
                }
                Ok(vec![AlertsFact::PartyVersionTold(PartyVersionTold {
                    party_version: *party_version,
                    signal: self.signal,
                    own: self.own,
                    version: found.prepared.version,
                    by: self.by.clone(),
                    on: *on,
                })])
            }
        }
    }
}

impl Disclose {
    fn prepare(&self, known: &Known, current: u32, recipient: PartyId) -> Result<Vec<AlertsFact>, Refusal> {
        if self.version.is_some_and(|seen| seen != current) {
            return Err(Refusal::Stale { current });
        }
        let signal = known.versions.stands.as_ref().ok_or(Refusal::Withdrawn)?;
        let view = known.own.view().ok_or(Refusal::NoSuchRecipient)?;
        let mut all = recipients(&view).into_iter();
        let (_, role) = all.find(|(party, _)| *party == recipient).ok_or(Refusal::NoSuchRecipient)?;
        let earlier = known.versions.prepared.iter();
        let mut same = earlier.filter(|prepared| prepared.recipient == recipient && prepared.version == current);
        if same.any(|prepared| !matches!(known.versions.states.get(&prepared.party_version), Some(State::Refused(_)))) {
            return Ok(Vec::new());
        }
        let place = known.versions.prepared.iter().filter(|prepared| prepared.recipient == recipient).count();
        let parts = [self.signal.to_string(), recipient.to_string(), current.to_string(), place.to_string()];
        Ok(vec![AlertsFact::PartyVersionPrepared(PartyVersionPrepared {
            party_version: PartyVersionId::derived(&parts.each_ref().map(String::as_str)),
            signal: self.signal,
            own: self.own,
            version: current,
            by: self.by.clone(),
            recipient,
            role,
            on: self.today,
            cases: self.cases(known, signal, recipient),
        })])
    }

    /// What the recipient may be told of the other case: that they stand in it, and as what.
    fn cases(&self, known: &Known, signal: &Signal, recipient: PartyId) -> Vec<RecipientsCase> {
        // Somebody else's hiding place must not be found by the court or the number of a case.
        let hidden = known.shielding.shields_others_than(recipient, &[self.own, self.parallel].into());
        let (Some(link), Some(view), false) = (&known.link, known.parallel.view(), hidden) else { return Vec::new() };
        let theirs: BTreeSet<PartyId> = link
            .persons
            .iter()
            .flat_map(|person| {
                let (ours, theirs) =
                    if link.cases.a == self.own { (&person.in_a, &person.in_b) } else { (&person.in_b, &person.in_a) };
                if ours.contains(&recipient) { theirs.clone() } else { BTreeSet::new() }
            })
            .collect();
        // Only roles that the signal itself tells of: what fell since is not told to a party either.
        let told: BTreeSet<Role> =
            signal.assessment.persons.iter().flat_map(|person| person.parallel_roles.iter().copied()).collect();
        let roles: BTreeSet<Role> = theirs
            .iter()
            .filter_map(|party| view.party(*party))
            .flat_map(|party| party.roles.iter().copied())
            .filter(|role| told.contains(role))
            .collect();
        if roles.is_empty() {
            return Vec::new();
        }
        vec![RecipientsCase {
            numbers: view.numbers,
            court: view.court,
            jurisdiction: view.jurisdiction,
            proceeding: view.kind,
            roles,
            phase: signal.assessment.parallel_phase,
        }]
    }
}

/// The signal that a fact about telling parties is about.
const fn of_signal(fact: &AlertsFact) -> Option<SignalId> {
    match fact {
        AlertsFact::SignalRaised(f) | AlertsFact::SignalUpdated(f) => Some(f.signal),
        AlertsFact::SignalWithdrawn(f) => Some(f.signal),
        AlertsFact::PartyVersionPrepared(f) => Some(f.signal),
        AlertsFact::PartyVersionChecked(f) => Some(f.signal),
        AlertsFact::PartyVersionTold(f) => Some(f.signal),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
