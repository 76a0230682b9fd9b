//! A case as it stands: the fold of everything its court said, by the court's own order and not by the order of arrival.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::fact::intake::{CaseRegistered, ChargeBrought, ProsecutionDismissed};
use crate::fact::{IntakeFact, SourceVersion, Subject};
use crate::ids::{ChargeId, HearingId, PartyId};
use crate::role::{Capacity, Role};
use crate::violence::status::{ChargeHistory, Instance, VerdictStep};
use crate::violence::view::{ChargeView, HearingView, MatterView, PartyView};

/// A value and where its source placed it: a newer one replaces an older one, whichever comes first.
#[derive(Debug, Clone)]
struct Newest<T> {
    version: SourceVersion,
    value: T,
}

fn keep<K: Ord, T>(map: &mut BTreeMap<K, Newest<T>>, key: K, version: SourceVersion, value: T) {
    if map.get(&key).is_none_or(|kept| kept.version < version) {
        map.insert(key, Newest { version, value });
    }
}

/// What a party is in the case.
#[derive(Debug, Clone)]
struct Standing {
    roles: BTreeSet<Role>,
    capacity: Option<Capacity>,
}

/// A case as its court told it so far. Equal sets of facts give an equal matter.
#[derive(Debug, Clone, Default)]
pub struct Matter {
    registered: BTreeMap<(), Newest<CaseRegistered>>,
    parties: BTreeMap<PartyId, Newest<Standing>>,
    charges: BTreeMap<ChargeId, Newest<ChargeBrought>>,
    dismissals: Vec<ProsecutionDismissed>,
    verdicts: BTreeMap<(ChargeId, Instance), Newest<VerdictStep>>,
    hearings: BTreeMap<HearingId, Newest<Date>>,
    judges: BTreeMap<(), Newest<BTreeSet<Subject>>>,
    closed: BTreeMap<(), Newest<Date>>,
}

impl Matter {
    /// Folds one fact about this case.
    pub fn fold(&mut self, fact: &IntakeFact) {
        match fact {
            IntakeFact::CaseRegistered(f) => keep(&mut self.registered, (), f.version, f.clone()),
            IntakeFact::PartyAdded(f) => {
                keep(&mut self.parties, f.party, f.version, Standing { roles: f.roles.clone(), capacity: f.capacity });
            }
            IntakeFact::ChargeBrought(f) => keep(&mut self.charges, f.charge, f.version, f.clone()),
            IntakeFact::ProsecutionDismissed(f) => self.dismissals.push(f.clone()),
            IntakeFact::VerdictGiven(f) => {
                for outcome in &f.outcomes {
                    let step = outcome.step;
                    keep(&mut self.verdicts, (outcome.charge, step.instance), f.version, step);
                }
            }
            IntakeFact::HearingPlanned(f) => keep(&mut self.hearings, f.hearing, f.version, f.on),
            IntakeFact::JudgesAssigned(f) => keep(&mut self.judges, (), f.version, f.judges.clone()),
            IntakeFact::CaseClosed(f) => keep(&mut self.closed, (), f.version, f.on),
            IntakeFact::PartyDetailsChanged(_)
            | IntakeFact::EventQuarantined(_)
            | IntakeFact::EventInspected(_)
            | IntakeFact::EventReleased(_)
            | IntakeFact::EventDiscarded(_) => {}
        }
    }

    /// The judges who have the case now.
    pub fn judges(&self) -> BTreeSet<Subject> {
        self.judges.values().flat_map(|kept| kept.value.clone()).collect()
    }

    /// The case as the rules look at it; nothing while its registration has not come.
    pub fn view(&self) -> Option<MatterView> {
        let case = &self.registered.get(&())?.value;
        Some(MatterView {
            case: case.case,
            jurisdiction: case.jurisdiction,
            kind: case.proceeding,
            court: case.court,
            numbers: case.numbers.clone(),
            registered_on: Some(case.registered_on),
            closed_on: self.closed.values().map(|kept| kept.value).next(),
            hearings: self
                .hearings
                .iter()
                .map(|(hearing, kept)| HearingView { hearing: *hearing, on: kept.value })
                .collect(),
            parties: self
                .parties
                .iter()
                .map(|(party, kept)| PartyView {
                    party: *party,
                    roles: kept.value.roles.clone(),
                    capacity: kept.value.capacity,
                })
                .collect(),
            charges: self.charges.iter().map(|(charge, kept)| self.charge(*charge, kept)).collect(),
        })
    }

    fn charge(&self, charge: ChargeId, brought: &Newest<ChargeBrought>) -> ChargeView {
        // A charge brought again after a dismissal stands again.
        let dismissal = self
            .dismissals
            .iter()
            .filter(|dismissal| dismissal.charges.is_empty() || dismissal.charges.contains(&charge))
            .filter(|dismissal| dismissal.version > brought.version)
            .max_by_key(|dismissal| dismissal.version);
        ChargeView {
            charge,
            suspect: brought.value.suspect,
            victims: brought.value.victims.iter().copied().collect(),
            particulars: brought.value.particulars.clone(),
            history: ChargeHistory {
                brought: true,
                dismissal: dismissal.map(|dismissal| dismissal.code),
                verdicts: self
                    .verdicts
                    .iter()
                    .filter(|((of, _), _)| *of == charge)
                    .map(|(_, kept)| kept.value)
                    .collect(),
                irrevocable: false,
            },
        }
    }
}
