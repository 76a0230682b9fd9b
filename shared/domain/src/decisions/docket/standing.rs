//! What a case has come to, event after event in the order of its source.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::case_number::CaseNumber;
use crate::court::Court;
use crate::fact::intake::{CaseReference, CaseRegistered, ChargeBrought};
use crate::fact::linker::Passage;
use crate::fact::{IntakeFact, Subject};
use crate::ids::{ChargeId, HearingId, PartyId};
use crate::jurisdiction::Jurisdiction;
use crate::role::{Capacity, Role};
use crate::violence::status::{ChargeHistory, DismissalCode, Instance, VerdictStep};
use crate::violence::view::{ChargeView, HearingView, MatterView, PartyView};

/// A charge, and whether it was dropped since it was last brought.
#[derive(Debug, Clone)]
struct Charge {
    brought: ChargeBrought,
    dismissal: Option<DismissalCode>,
}

/// A case as it stands after the events so far.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// The judges who have the case.
    pub judges: BTreeSet<Subject>,
    registered: Option<CaseRegistered>,
    embargo: bool,
    parties: BTreeMap<PartyId, (BTreeSet<Role>, Option<Capacity>)>,
    charges: BTreeMap<ChargeId, Charge>,
    verdicts: BTreeMap<(ChargeId, Instance), VerdictStep>,
    final_charges: BTreeSet<ChargeId>,
    is_final: bool,
    hearings: BTreeMap<HearingId, Date>,
    closed: Option<Date>,
    /// Whether who brought the case withdrew it.
    pub withdrawn: bool,
    goes_on: Vec<(Passage, CaseReference)>,
    split_off: Vec<CaseReference>,
}

/// How a case is called, where it came from and where it goes on.
#[derive(Debug, Clone, Default)]
pub struct Course {
    /// Its court and its numbers there, once it is registered.
    pub called: Option<(Court, Vec<CaseNumber>)>,
    /// Family, youth or criminal, once it is registered.
    pub jurisdiction: Option<Jurisdiction>,
    /// The day of its registration.
    pub registered_on: Option<Date>,
    /// The case that it says it follows.
    pub follows: Option<CaseReference>,
    /// The cases in which it goes on.
    pub goes_on: Vec<(Passage, CaseReference)>,
    /// The cases that are parts of it and were split off.
    pub split_off: Vec<CaseReference>,
}

impl Standing {
    /// The next event of the source.
    pub fn fold(&mut self, fact: &IntakeFact) {
        match fact {
            IntakeFact::CaseRegistered(f) => self.registered = Some(f.clone()),
            IntakeFact::CaseClosed(f) => self.closed = Some(f.on),
            IntakeFact::CaseWithdrawn(f) => {
                self.closed = Some(f.on);
                self.withdrawn = true;
            }
            IntakeFact::CaseJoined(f) => self.goes_on.push((Passage::Joined, f.into.clone())),
            IntakeFact::CaseReferred(f) => self.goes_on.push((Passage::Referred, f.to.clone())),
            IntakeFact::CaseSplit(f) => self.split_off.push(f.off.clone()),
            IntakeFact::JudgesAssigned(f) => self.judges.clone_from(&f.judges),
            IntakeFact::PartyAdded(f) => {
                self.parties.insert(f.party, (f.roles.clone(), f.capacity));
            }
            IntakeFact::PartyRolesEnded(f) => {
                if let Some((roles, _)) = self.parties.get_mut(&f.party) {
                    roles.retain(|role| !f.roles.contains(role));
                }
            }
            IntakeFact::PartyRemoved(f) => {
                self.parties.remove(&f.party);
            }
            IntakeFact::HearingPlanned(f) => {
                self.hearings.insert(f.hearing, f.on);
            }
            IntakeFact::HearingMoved(f) => {
                self.hearings.insert(f.hearing, f.on);
            }
            IntakeFact::HearingCancelled(f) => {
                self.hearings.remove(&f.hearing);
            }
            IntakeFact::SuspicionRegistered(f) => self.embargo |= f.embargo,
            IntakeFact::EmbargoImposed(_) => self.embargo = true,
            IntakeFact::EmbargoLifted(_) => self.embargo = false,
            _ => self.fold_prosecution(fact),
        }
    }

    fn fold_prosecution(&mut self, fact: &IntakeFact) {
        match fact {
            // A charge brought again after a dismissal stands again.
            IntakeFact::ChargeBrought(f) => {
                self.charges.insert(f.charge, Charge { brought: f.clone(), dismissal: None });
            }
            IntakeFact::ChargeAmended(f) => {
                if let Some(charge) = self.charges.get_mut(&f.charge) {
                    charge.brought.particulars = f.particulars.clone();
                }
            }
            IntakeFact::ProsecutionDismissed(f) => {
                for charge in self.named(&f.charges) {
                    charge.dismissal = Some(f.code);
                }
            }
            IntakeFact::ProsecutionOrdered(f) => {
                for charge in self.named(&f.charges) {
                    charge.dismissal = None;
                }
            }
            IntakeFact::VerdictGiven(f) => {
                for outcome in &f.outcomes {
                    self.verdicts.insert((outcome.charge, outcome.step.instance), outcome.step);
                }
            }
            IntakeFact::CaseBecameFinal(f) => {
                self.is_final |= f.charges.is_empty();
                self.final_charges.extend(&f.charges);
            }
            // Kept in the journal; what these say has no bearing on what a signal shows.
            _ => {}
        }
    }

    /// The charges that are named, or every charge where none is.
    fn named(&mut self, names: &BTreeSet<ChargeId>) -> impl Iterator<Item = &mut Charge> {
        self.charges
            .iter_mut()
            .filter(move |(charge, _)| names.is_empty() || names.contains(charge))
            .map(|(_, charge)| charge)
    }

    /// Who stands in the case in roles that link, and in which; nobody once the case was withdrawn.
    pub fn linking(self) -> BTreeMap<PartyId, BTreeSet<Role>> {
        let parties = self.parties.into_iter().filter(|_| !self.withdrawn);
        parties.map(|(party, (roles, _))| (party, roles)).filter(|(_, roles)| Role::link(roles)).collect()
    }

    /// How the case is called, where it came from and where it goes on.
    pub fn course(self) -> Course {
        let registered = self.registered;
        Course {
            called: registered.as_ref().map(|case| (case.court, case.numbers.clone())),
            jurisdiction: registered.as_ref().map(|case| case.jurisdiction),
            registered_on: registered.as_ref().map(|case| case.registered_on),
            follows: registered.and_then(|case| case.follows),
            goes_on: self.goes_on,
            split_off: self.split_off,
        }
    }

    /// The case as the rules look at it.
    pub fn view(&self) -> Option<MatterView> {
        let case = self.registered.as_ref().filter(|_| !self.embargo)?;
        Some(MatterView {
            case: case.case,
            jurisdiction: case.jurisdiction,
            kind: case.proceeding,
            court: case.court,
            numbers: case.numbers.clone(),
            registered_on: Some(case.registered_on),
            closed_on: self.closed,
            hearings: self.hearings.iter().map(|(hearing, on)| HearingView { hearing: *hearing, on: *on }).collect(),
            parties: self
                .parties
                .iter()
                .map(|(party, (roles, capacity))| PartyView {
                    party: *party,
                    roles: roles.clone(),
                    capacity: *capacity,
                })
                .collect(),
            charges: self.charges.iter().map(|(charge, known)| self.charge(*charge, known)).collect(),
        })
    }

    fn charge(&self, charge: ChargeId, known: &Charge) -> ChargeView {
        ChargeView {
            charge,
            suspect: known.brought.suspect,
            victims: known.brought.victims.iter().copied().collect(),
            particulars: known.brought.particulars.clone(),
            history: ChargeHistory {
                brought: true,
                dismissal: known.dismissal,
                verdicts: self.verdicts.iter().filter(|((of, _), _)| *of == charge).map(|(_, step)| *step).collect(),
                irrevocable: self.is_final || self.final_charges.contains(&charge),
            },
        }
    }
}
