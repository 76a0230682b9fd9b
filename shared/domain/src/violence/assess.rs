//! Is the judge of one case to be told of another, and of what?
//!
//! Invariants: the suspect, or whom an order binds, must certainly be a person of the own case, so that a robbery by a stranger
//! tells nobody anything; a criminal judge is told of a family case exactly when that case's judge would be told of the criminal
//! one; a criminal case against a minor is told only to a youth court, and a parentage case to nobody outside; equal cases and
//! links give an equal answer, whatever the order of their lists.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

pub use super::assessment::{Assessment, IndicatorLine, PersonLine, Phase, RoleLine, SignalKind, WithdrawalReason};
use super::assessment::{ConflictStanding, OrderLine, OrderState};
use super::lines::{Lines, Scene};
use super::orders::{Between, Ordered};
use super::persons::{Persons, role_line};
use super::policy::{Policies, Policy};
use super::status::{Begun, Instance, Status};
use super::urgency::{Urgency, is_overdue, urgency};
use super::view::{ChargeView, LinkView, MatterView, Withheld};
use crate::fact::linker::WhyUnlinked;
use crate::ids::PartyId;
use crate::jurisdiction::Jurisdiction;
use crate::order_kind::OrderGroup;
use crate::role::{Role, RoleGroup};

/// Roles that say who is whose parent, told to nobody outside the case.
const PARENTAGE_ROLES: [&str; 2] = ["biological-parent", "legal-parent"];
/// The role that a person keeps at the publisher after a conviction fell.
const CONVICTED: &str = "convicted";

/// What the judge of `own` is to be told of `parallel` on `today`, in signals of this kind; nothing when there is nothing to tell.
/// What the rules leave to a court, the court of the family case decides, for both judges.
pub fn assess(
    kind: SignalKind,
    own: &MatterView,
    parallel: &MatterView,
    link: &LinkView,
    today: Date,
    policies: &Policies,
) -> Option<Assessment> {
    if !may_tell(kind, own, parallel) {
        return None;
    }
    let persons = Persons::shared(own, parallel, link);
    let policy = policies.of(own.court, today);
    let between = Between { own, parallel, persons: &persons, policy: &policy, today };
    let frame = between.frame(kind, link);
    match kind {
        // The judge of a case that ended has nothing to decide in it any more; its measures may still run.
        SignalKind::ConflictingOrder => between.conflicting_order(frame),
        _ if own.closed_on.is_some() => None,
        SignalKind::ViolenceIndication => between.violence_indication(frame),
        SignalKind::ParallelFamilyCase => between.parallel_family_case(frame, link, policies),
        SignalKind::PartnerKilling => between.partner_killing(frame),
    }
}

/// Why a signal of this kind between these two cases no longer stands, when [`assess`] has nothing to tell any more.
///
/// A case that is not there is told of no more, which says nothing of the link; `unlinked` says why there is none.
pub fn withdrawal_reason(
    kind: SignalKind,
    own: Option<&MatterView>,
    parallel: Option<&MatterView>,
    link: Option<&LinkView>,
    unlinked: WhyUnlinked,
    (today, policies): (Date, &Policies),
) -> WithdrawalReason {
    let Some(link) = link else {
        return match unlinked {
            WhyUnlinked::NotOnePerson => WithdrawalReason::LinkWithdrawn,
            WhyUnlinked::PartyLeft => WithdrawalReason::ParticularsChanged,
            WhyUnlinked::CaseWithdrawn if own.is_some_and(|own| own.closed_on.is_some()) => {
                WithdrawalReason::OwnCaseClosed
            }
            WhyUnlinked::CaseWithdrawn => WithdrawalReason::ParallelCaseClosed,
            WhyUnlinked::OneMatter => WithdrawalReason::GoesOnElsewhere,
        };
    };
    let (Some(own), Some(parallel)) = (own, parallel) else { return WithdrawalReason::NothingToTell };
    if kind == SignalKind::ConflictingOrder && may_tell(kind, own, parallel) {
        return WithdrawalReason::OrdersChanged;
    }
    if own.closed_on.is_some() {
        return WithdrawalReason::OwnCaseClosed;
    }
    if !may_tell(kind, own, parallel) {
        return WithdrawalReason::ParticularsChanged;
    }
    let mirrored = kind == SignalKind::ParallelFamilyCase;
    if mirrored && parallel.closed_on.is_some() {
        return WithdrawalReason::ParallelCaseClosed;
    }
    let turned = link.turned();
    let (family, criminal, link) = if mirrored { (parallel, own, &turned) } else { (own, parallel, link) };
    let policy = policies.of(family.court, today);
    let persons = Persons::shared(family, criminal, link);
    let scene = Scene { family, criminal, persons: &persons, policy: &policy };
    let endings = scene.endings();
    let any = |statuses: &[Status]| statuses.iter().any(|status| endings.contains(status));
    if any(&[Status::X10]) {
        WithdrawalReason::DismissedWronglySuspected
    } else if any(&[Status::X40, Status::X50]) {
        WithdrawalReason::Acquitted
    } else if any(&[Status::X20, Status::X30]) {
        WithdrawalReason::Dismissed
    } else if any(&[Status::X35, Status::X60, Status::X70]) {
        WithdrawalReason::ProsecutionEnded
    } else if (mirrored || kind == SignalKind::ViolenceIndication) && scene.lines(None).call_for_attention() {
        // It is only the years since the conviction became final that leave nothing to tell.
        WithdrawalReason::TooLongAgo
    } else if criminal.orders.is_empty() {
        WithdrawalReason::ParticularsChanged
    } else {
        WithdrawalReason::OrdersChanged
    }
}

/// Whether an earlier case of a matter may be told of with the one it goes on as: that a case about parentage exists may be a
/// secret, and a case against a minor is closed, so either is told of only as part of another of which the same holds.
pub fn may_be_told_with(earlier: &MatterView, goes_on_as: &MatterView) -> bool {
    let kept = [Withheld::AgainstMinor, Withheld::Parentage];
    kept.into_iter().all(|what| !earlier.withholds(what) || goes_on_as.withholds(what))
}

/// Whether the judges of `own` may be told anything of `parallel` in signals of this kind.
pub(super) fn may_tell(kind: SignalKind, own: &MatterView, parallel: &MatterView) -> bool {
    use Jurisdiction::{CivilBan, Criminal, Family, Huisverbod, Youth};
    let closed =
        |one: &MatterView, other: &MatterView| one.withholds(Withheld::AgainstMinor) && other.jurisdiction != Youth;
    if closed(own, parallel) || closed(parallel, own) || parallel.withholds(Withheld::Parentage) {
        return false;
    }
    match kind {
        SignalKind::ViolenceIndication => matches!(
            (own.jurisdiction, parallel.jurisdiction),
            (Family | Youth | Huisverbod | CivilBan, Criminal)
                | (Family | Youth | Criminal, Huisverbod | CivilBan)
                // No more than a supervision order that was made because of violence.
                | (Family | Youth, Youth)
        ),
        SignalKind::ParallelFamilyCase => {
            matches!((own.jurisdiction, parallel.jurisdiction), (Criminal | Huisverbod | CivilBan, Family | Youth))
        }
        SignalKind::PartnerKilling => {
            matches!((own.jurisdiction, parallel.jurisdiction), (Family | Youth, Criminal))
        }
        SignalKind::ConflictingOrder => own.jurisdiction != Criminal || parallel.jurisdiction != Criminal,
    }
}

impl Between<'_> {
    fn violence_indication(&self, frame: Assessment) -> Option<Assessment> {
        let scene = Scene { family: self.own, criminal: self.parallel, persons: self.persons, policy: self.policy };
        let lines = scene.lines(Some(self.today));
        let orders = self.binding();
        if !lines.call_for_attention() && !orders.iter().any(Ordered::pushes) {
            return None;
        }
        let tier = lines.tier().into_iter().chain(orders.iter().filter_map(|order| order.line.tier)).min();
        let mut parts = parts(&lines);
        take_part(&mut parts, &orders);
        Some(Assessment {
            tier,
            urgency: urgency_for(self.own, tier, self.today, self.policy),
            left_out: self.policy.hides().clone(),
            persons: self.persons_with(&parts),
            parallel_phase: self.phase(&lines),
            unknown_articles: lines.unknown.into_iter().collect(),
            both_regimes: lines.both_regimes.into_iter().collect(),
            indicators: lines.drawn.into_iter().map(|drawn| drawn.line).collect(),
            orders: orders.into_iter().map(|order| order.line).collect(),
            ..frame
        })
    }

    fn parallel_family_case(&self, frame: Assessment, link: &LinkView, policies: &Policies) -> Option<Assessment> {
        // Told exactly when the judge of that case would be told of this one, were it still open.
        let (family, criminal) = (self.parallel, self.own);
        let persons = Persons::shared(family, criminal, &link.turned());
        let policy = &policies.of(family.court, self.today);
        let turned = Between { own: family, parallel: criminal, persons: &persons, policy, today: self.today };
        let lines = Scene { family, criminal, persons: &persons, policy }.lines(Some(self.today));
        let binding = turned.binding();
        if !lines.call_for_attention() && !binding.iter().any(Ordered::pushes) {
            return None;
        }
        let told = |order: &Ordered| order.line.kind.group() != OrderGroup::Protection || !order.against.is_empty();
        let orders: Vec<_> = self.naming().into_iter().filter(told).map(|order| order.line).collect();
        let contact = self.contact();
        let runs = orders.iter().any(|order| order.state == OrderState::InForce) || !contact.is_empty();
        if family.closed_on.is_some() && !runs {
            return None;
        }
        let tier = lines.tier().into_iter().chain(binding.iter().filter_map(|order| order.line.tier)).min();
        let mut parts = parts(&lines);
        take_part(&mut parts, &binding);
        let person = |(position, part): (&usize, &Part)| {
            let person = persons.at(*position);
            let mut in_own = role_line(criminal, &person.there);
            in_own.roles = part.roles(in_own.roles);
            PersonLine { own: in_own, parallel_roles: told_roles(family, &person.here), detention: None }
        };
        Some(Assessment {
            urgency: urgency_for(criminal, tier, self.today, self.policy),
            persons: sorted(parts.iter().map(person)),
            parallel_phase: phase_of_family(family, self.today),
            // The tiers say how serious it would be that a ban holds; here it is only told what holds.
            orders: orders.into_iter().map(|order| OrderLine { tier: None, ..order }).collect(),
            contact,
            special_guardian: family.special_guardian,
            ..frame
        })
    }

    fn conflicting_order(&self, frame: Assessment) -> Option<Assessment> {
        let conflicts = self.conflicts();
        let plain = conflicts.iter().any(|line| line.standing == ConflictStanding::Possible);
        if conflicts.is_empty() {
            return None;
        }
        Some(Assessment { urgency: if plain { Urgency::Urgent } else { Urgency::Low }, conflicts, ..frame })
    }

    fn partner_killing(&self, frame: Assessment) -> Option<Assessment> {
        let killing = self.killing()?;
        Some(Assessment { tier: Some(1), urgency: Urgency::Urgent, killing: Some(killing), ..frame })
    }

    /// What every signal says of the two cases, and nothing else yet.
    fn frame(&self, kind: SignalKind, link: &LinkView) -> Assessment {
        Assessment {
            kind,
            tier: None,
            urgency: Urgency::Low,
            indicators: Vec::new(),
            persons: Vec::new(),
            unknown_articles: Vec::new(),
            both_regimes: Vec::new(),
            own_hearing: self.own.next_hearing(self.today),
            parallel_hearing: self.parallel.next_hearing(self.today),
            parallel_phase: self.phase(&Lines::default()),
            basis: link.basis,
            orders: Vec::new(),
            contact: Vec::new(),
            conflicts: Vec::new(),
            killing: None,
            special_guardian: false,
            court_hidden: self.hides_the_court(),
            left_out: BTreeSet::new(),
        }
    }

    /// The persons who have a part in what is told, by their roles in either case.
    fn persons_with(&self, parts: &BTreeMap<usize, Part>) -> Vec<PersonLine> {
        let person = |(position, part): (&usize, &Part)| {
            let person = self.persons.at(*position);
            let held = person.there.iter().filter_map(|record| self.parallel.party(*record)?.detention);
            PersonLine {
                own: self.role(*position),
                parallel_roles: part.roles(told_roles(self.parallel, &person.there)),
                detention: held.max().filter(|_| part.suspect),
            }
        };
        sorted(parts.iter().map(person))
    }

    /// How far the parallel case has come, as far as what is shown of it goes.
    fn phase(&self, lines: &Lines) -> Phase {
        if self.parallel.jurisdiction == Jurisdiction::Criminal {
            criminal_phase(self.parallel, lines)
        } else {
            phase_of_family(self.parallel, self.today)
        }
    }
}

/// The roles of some records of a case that may be told outside it.
fn told_roles(matter: &MatterView, records: &BTreeSet<PartyId>) -> BTreeSet<Role> {
    let told = |role: &Role| !PARENTAGE_ROLES.contains(&role.code());
    role_line(matter, records).roles.into_iter().filter(told).collect()
}

/// The urgency before the own case: the highest while a decision is pending; a step up when a term has passed, unless nothing shown has any weight; the lowest once the own
/// case was decided and nothing is to be heard in it any more.
fn urgency_for(own: &MatterView, tier: Option<u8>, today: Date, policy: &Policy) -> Urgency {
    let hearing = own.next_hearing(today);
    if own.decided_on.is_some_and(|on| on <= today) && hearing.is_none() {
        return Urgency::Low;
    }
    if own.decision_pending && tier.is_some_and(|tier| tier <= 2) {
        // Nothing is heard of it any more, and the judge may still reopen the case.
        return Urgency::Urgent;
    }
    let plain = urgency(tier, hearing, today);
    if tier.is_some() && is_overdue(policy.term(own.kind), own.registered_on, today) { plain.raised() } else { plain }
}

fn phase_of_family(matter: &MatterView, today: Date) -> Phase {
    match (matter.closed_on, matter.next_hearing(today)) {
        (Some(_), _) => Phase::Closed,
        (None, Some(_)) => Phase::HearingPlanned,
        (None, None) => Phase::Pending,
    }
}

/// How far the charges have come that are shown: as far as the one that is least far.
fn criminal_phase(criminal: &MatterView, lines: &Lines) -> Phase {
    if criminal.closed_on.is_some() {
        return Phase::Closed;
    }
    let shown: BTreeSet<_> =
        lines.drawn.iter().filter(|drawn| !drawn.elsewhere).map(|drawn| drawn.line.charge).collect();
    let charges = criminal.charges.iter().filter(|charge| shown.is_empty() || shown.contains(&charge.charge));
    charges.map(phase_of).min().unwrap_or(Phase::Suspected)
}

fn phase_of(charge: &ChargeView) -> Phase {
    match charge.history.last_verdict().map(|verdict| verdict.instance) {
        None if charge.history.begun < Begun::Brought => Phase::Suspected,
        None => Phase::Prosecuted,
        Some(_) if charge.history.irrevocable => Phase::Irrevocable,
        Some(Instance::First) => Phase::Judged,
        Some(Instance::Appeal) => Phase::JudgedOnAppeal,
        Some(Instance::Cassation) => Phase::Irrevocable,
    }
}

/// A person's part in what is shown.
#[derive(Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a part that one person may have beside the others")]
struct Part {
    suspect: bool,
    convicted: bool,
    victim: bool,
    /// Whether an order binds or protects the person.
    ordered: bool,
}

impl Part {
    /// Of the roles in a case, those that what is shown is about: nobody stays a victim of a charge that fell, and nobody is
    /// called convicted on a charge without a conviction.
    fn roles(&self, roles: BTreeSet<Role>) -> BTreeSet<Role> {
        let told = |role: &Role| match role.group() {
            RoleGroup::Accused => self.suspect && (self.convicted || role.code() != CONVICTED),
            RoleGroup::Victim | RoleGroup::Minor => self.victim || (self.ordered && role.group() == RoleGroup::Minor),
            RoleGroup::AdultParty => self.ordered,
            _ => false,
        };
        roles.into_iter().filter(told).collect()
    }
}

fn parts(lines: &Lines) -> BTreeMap<usize, Part> {
    let mut parts: BTreeMap<usize, Part> = BTreeMap::new();
    for drawn in lines.drawn.iter().filter(|drawn| !drawn.elsewhere) {
        let part = parts.entry(drawn.suspect).or_default();
        part.suspect = true;
        part.convicted |= drawn.line.status.reaches(Status::S40);
        for victim in &drawn.victims {
            parts.entry(*victim).or_default().victim = true;
        }
    }
    parts
}

fn take_part(parts: &mut BTreeMap<usize, Part>, orders: &[Ordered]) {
    for position in orders.iter().flat_map(|order| order.against.union(&order.protects)) {
        parts.entry(*position).or_default().ordered = true;
    }
}

fn sorted(persons: impl Iterator<Item = PersonLine>) -> Vec<PersonLine> {
    let mut persons: Vec<PersonLine> = persons.collect();
    persons.sort();
    persons
}

#[cfg(test)]
mod ageing;
#[cfg(test)]
mod by_default;
#[cfg(test)]
mod measures;
#[cfg(test)]
mod policies;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod third_cases;
