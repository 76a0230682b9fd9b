//! Is the judge of one case to be told of another, and of what?
//!
//! Invariants: the suspect must certainly be a person of the own family or youth case, so that a robbery by a stranger tells
//! nobody anything; a criminal judge is told of a family case exactly when that case's judge would be told of the criminal
//! one; a criminal case against a minor is told only to a youth court, and a parentage case to no criminal court; equal cases
//! and links give an equal answer, whatever the order of their lists.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

pub use super::assessment::{Assessment, IndicatorLine, PersonLine, Phase, RoleLine, SignalKind, WithdrawalReason};
use super::lines::{Lines, Scene};
use super::persons::{Persons, role_line};
use super::status::{Instance, Status};
use super::urgency::{Urgency, is_overdue, urgency};
use super::view::{ChargeView, LinkView, MatterView};
use crate::fact::linker::WhyUnlinked;
use crate::jurisdiction::Jurisdiction;
use crate::role::{Role, RoleGroup};

/// A criminal case against a minor: its hearings are closed (art. 495b Sv).
const YOUTH_CRIMINAL: &str = "youth-criminal";
/// A case about who is somebody's parent: that it exists may be a secret.
const PARENTAGE: &str = "parentage";
/// Roles that say who is whose parent, told to nobody outside the case.
const PARENTAGE_ROLES: [&str; 2] = ["biological-parent", "legal-parent"];
/// The role that a person keeps at the publisher after a conviction fell.
const CONVICTED: &str = "convicted";

/// What the judge of `own` is to be told of `parallel` on `today`; nothing when there is nothing to tell.
pub fn assess(own: &MatterView, parallel: &MatterView, link: &LinkView, today: Date) -> Option<Assessment> {
    if own.closed_on.is_some() {
        return None;
    }
    match kind_of_signal(own, parallel)? {
        SignalKind::ViolenceIndication => violence_indication(own, parallel, link, today),
        SignalKind::ParallelFamilyCase => parallel_family_case(own, parallel, link, today),
    }
}

/// Why a signal between these two cases no longer stands, when [`assess`] has nothing to tell any more.
///
/// A case that is not there counts as a link that was withdrawn; `unlinked` says why there is no link.
pub fn withdrawal_reason(
    own: Option<&MatterView>,
    parallel: Option<&MatterView>,
    link: Option<&LinkView>,
    unlinked: WhyUnlinked,
) -> WithdrawalReason {
    let (Some(own), Some(parallel)) = (own, parallel) else { return WithdrawalReason::LinkWithdrawn };
    let Some(link) = link else {
        return match unlinked {
            WhyUnlinked::NotOnePerson => WithdrawalReason::LinkWithdrawn,
            WhyUnlinked::PartyLeft => WithdrawalReason::ParticularsChanged,
            WhyUnlinked::CaseWithdrawn if own.closed_on.is_some() => WithdrawalReason::OwnCaseClosed,
            WhyUnlinked::CaseWithdrawn => WithdrawalReason::ParallelCaseClosed,
            WhyUnlinked::OneMatter => WithdrawalReason::GoesOnElsewhere,
        };
    };
    if own.closed_on.is_some() {
        return WithdrawalReason::OwnCaseClosed;
    }
    let endings = match kind_of_signal(own, parallel) {
        None => return WithdrawalReason::ParticularsChanged,
        Some(SignalKind::ParallelFamilyCase) if parallel.closed_on.is_some() => {
            return WithdrawalReason::ParallelCaseClosed;
        }
        Some(SignalKind::ParallelFamilyCase) => endings(parallel, own, &link.turned()),
        Some(SignalKind::ViolenceIndication) => endings(own, parallel, link),
    };
    let any = |statuses: &[Status]| statuses.iter().any(|status| endings.contains(status));
    if any(&[Status::X10]) {
        WithdrawalReason::DismissedWronglySuspected
    } else if any(&[Status::X40, Status::X50]) {
        WithdrawalReason::Acquitted
    } else if any(&[Status::X20, Status::X30]) {
        WithdrawalReason::Dismissed
    } else if any(&[Status::X60, Status::X70]) {
        WithdrawalReason::ProsecutionEnded
    } else {
        WithdrawalReason::ParticularsChanged
    }
}

/// Whether an earlier case of a matter may be told of with the one it goes on as: that a case about parentage exists may be a
/// secret, and a case against a minor is closed, so either is told of only as part of another of its kind.
pub fn may_be_told_with(earlier: &MatterView, goes_on_as: &MatterView) -> bool {
    ![PARENTAGE, YOUTH_CRIMINAL].contains(&earlier.kind.code()) || earlier.kind == goes_on_as.kind
}

/// What a signal about `parallel` to the judge of `own` would be, if there may be one at all.
fn kind_of_signal(own: &MatterView, parallel: &MatterView) -> Option<SignalKind> {
    use Jurisdiction::{Criminal, Family, Youth};
    let opens_to = |criminal: &MatterView, family: &MatterView| {
        criminal.kind.code() != YOUTH_CRIMINAL || family.jurisdiction == Youth
    };
    match (own.jurisdiction, parallel.jurisdiction) {
        (Family | Youth, Criminal) if opens_to(parallel, own) => Some(SignalKind::ViolenceIndication),
        (Criminal, Family | Youth) if opens_to(own, parallel) && parallel.kind.code() != PARENTAGE => {
            Some(SignalKind::ParallelFamilyCase)
        }
        _ => None,
    }
}

fn endings(family: &MatterView, criminal: &MatterView, link: &LinkView) -> BTreeSet<Status> {
    let persons = Persons::shared(family, criminal, link);
    Scene { family, criminal, persons: &persons }.endings()
}

fn violence_indication(own: &MatterView, parallel: &MatterView, link: &LinkView, today: Date) -> Option<Assessment> {
    let persons = Persons::shared(own, parallel, link);
    let lines = Scene { family: own, criminal: parallel, persons: &persons }.lines();
    if !lines.call_for_attention() {
        return None;
    }
    let person = |(position, part): (&usize, &Part)| {
        let person = persons.at(*position);
        PersonLine {
            own: role_line(own, &person.family),
            parallel_roles: part.roles(role_line(parallel, &person.criminal).roles),
        }
    };
    Some(Assessment {
        kind: SignalKind::ViolenceIndication,
        tier: lines.tier(),
        urgency: urgency_for(own, lines.tier(), today),
        persons: sorted(parts(&lines).iter().map(person)),
        parallel_phase: criminal_phase(parallel, &lines),
        unknown_articles: lines.unknown.into_iter().collect(),
        both_regimes: lines.both_regimes.into_iter().collect(),
        indicators: lines.drawn.into_iter().map(|drawn| drawn.line).collect(),
        own_hearing: own.next_hearing(today),
        parallel_hearing: parallel.next_hearing(today),
        basis: link.basis,
    })
}

fn parallel_family_case(own: &MatterView, parallel: &MatterView, link: &LinkView, today: Date) -> Option<Assessment> {
    if parallel.closed_on.is_some() {
        return None;
    }
    let persons = Persons::shared(parallel, own, &link.turned());
    let lines = Scene { family: parallel, criminal: own, persons: &persons }.lines();
    if !lines.call_for_attention() {
        return None;
    }
    let person = |(position, part): (&usize, &Part)| {
        let person = persons.at(*position);
        let mut in_own = role_line(own, &person.criminal);
        in_own.roles = part.roles(in_own.roles);
        let told = |role: &Role| !PARENTAGE_ROLES.contains(&role.code());
        let parallel_roles = role_line(parallel, &person.family).roles.into_iter().filter(told).collect();
        PersonLine { own: in_own, parallel_roles }
    };
    let parallel_hearing = parallel.next_hearing(today);
    Some(Assessment {
        kind: SignalKind::ParallelFamilyCase,
        tier: None,
        urgency: urgency_for(own, lines.tier(), today),
        indicators: Vec::new(),
        persons: sorted(parts(&lines).iter().map(person)),
        unknown_articles: Vec::new(),
        both_regimes: Vec::new(),
        own_hearing: own.next_hearing(today),
        parallel_hearing,
        parallel_phase: if parallel_hearing.is_some() { Phase::HearingPlanned } else { Phase::Pending },
        basis: link.basis,
    })
}

/// The urgency before the own case: a step up when a term has passed, unless nothing shown has any weight.
fn urgency_for(own: &MatterView, tier: Option<u8>, today: Date) -> Urgency {
    let plain = urgency(tier, own.next_hearing(today), today);
    if tier.is_some() && is_overdue(own.kind, own.registered_on, today) { plain.raised() } else { plain }
}

/// How far the charges have come that are shown: as far as the one that is least far.
fn criminal_phase(criminal: &MatterView, lines: &Lines) -> Phase {
    if criminal.closed_on.is_some() {
        return Phase::Closed;
    }
    let shown: BTreeSet<_> = lines.drawn.iter().map(|drawn| drawn.line.charge).collect();
    let charges = criminal.charges.iter().filter(|charge| shown.contains(&charge.charge));
    charges.map(phase_of).min().unwrap_or(Phase::Prosecuted)
}

fn phase_of(charge: &ChargeView) -> Phase {
    match charge.history.last_verdict().map(|verdict| verdict.instance) {
        None => Phase::Prosecuted,
        Some(_) if charge.history.irrevocable => Phase::Irrevocable,
        Some(Instance::First) => Phase::Judged,
        Some(Instance::Appeal) => Phase::JudgedOnAppeal,
        Some(Instance::Cassation) => Phase::Irrevocable,
    }
}

/// A person's part in what is shown.
#[derive(Default)]
struct Part {
    suspect: bool,
    convicted: bool,
    victim: bool,
}

impl Part {
    /// Of the roles in the criminal case, those that what is shown is about: nobody stays a victim of a charge that fell,
    /// and nobody is called convicted on a charge without a conviction.
    fn roles(&self, roles: BTreeSet<Role>) -> BTreeSet<Role> {
        let told = |role: &Role| match role.group() {
            RoleGroup::Accused => self.suspect && (self.convicted || role.code() != CONVICTED),
            RoleGroup::Victim | RoleGroup::Minor => self.victim,
            _ => false,
        };
        roles.into_iter().filter(told).collect()
    }
}

fn parts(lines: &Lines) -> BTreeMap<usize, Part> {
    let mut parts: BTreeMap<usize, Part> = BTreeMap::new();
    for drawn in &lines.drawn {
        let part = parts.entry(drawn.suspect).or_default();
        part.suspect = true;
        part.convicted |= drawn.line.status.reaches(Status::S40);
        for victim in &drawn.victims {
            parts.entry(*victim).or_default().victim = true;
        }
    }
    parts
}

fn sorted(persons: impl Iterator<Item = PersonLine>) -> Vec<PersonLine> {
    let mut persons: Vec<PersonLine> = persons.collect();
    persons.sort();
    persons
}

#[cfg(test)]
mod tests;
