//! What a case has come to, event after event in the order of its source.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::case_number::CaseNumber;
use crate::case_phase::CasePhase;
use crate::court::Court;
use crate::detention::Detention;
use crate::fact::intake::criminal::SuspicionRegistered;
use crate::fact::intake::orders::{OrderChanged, OrderImposed};
use crate::fact::intake::{CaseReference, CaseRegistered};
use crate::fact::linker::Passage;
use crate::fact::{IntakeFact, Subject};
use crate::ids::{ChargeId, HearingId, OrderId, PartyId};
use crate::jurisdiction::Jurisdiction;
use crate::role::{Capacity, Role};
use crate::settlement::Settlement;
use crate::violence::elsewhere::Elsewhere;
use crate::violence::particulars::{ChargeParticulars, OffencePeriod};
use crate::violence::status::{Begun, ChargeHistory, DismissalCode, Instance, VerdictStep};
use crate::violence::view::{ChargeView, ContactView, HearingView, MatterView, OrderView, PartyView, Withheld};

/// The phase in which the court has said when it will decide (uitspraak bepaald).
const DECISION_SCHEDULED: &str = "decision-scheduled";

/// A charge or a suspicion, and how the prosecution ended it since it was last brought.
#[derive(Debug, Clone)]
struct Charge {
    suspect: PartyId,
    victims: BTreeSet<PartyId>,
    particulars: ChargeParticulars,
    /// Whether it is a charge, and not yet only a suspicion.
    brought: bool,
    /// The ground on which it was dropped, and the day where told.
    dismissal: Option<(DismissalCode, Option<Date>)>,
    settlement: Option<Settlement>,
}

/// A party, without who it is.
#[derive(Debug, Clone, Default)]
struct Listed {
    roles: BTreeSet<Role>,
    capacity: Option<Capacity>,
    died: bool,
}

/// A case as it stands after the events so far.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// The judges who have the case.
    pub judges: BTreeSet<Subject>,
    /// The clerks who have the case.
    pub clerks: BTreeSet<Subject>,
    registered: Option<CaseRegistered>,
    embargo: bool,
    parties: BTreeMap<PartyId, Listed>,
    shielded: BTreeSet<PartyId>,
    detention: BTreeMap<PartyId, Detention>,
    charges: BTreeMap<ChargeId, Charge>,
    verdicts: BTreeMap<(ChargeId, Instance), VerdictStep>,
    final_charges: BTreeMap<ChargeId, Date>,
    final_on: Option<Date>,
    orders: BTreeMap<OrderId, OrderView>,
    contact: BTreeMap<(PartyId, PartyId), ContactView>,
    special_guardian: bool,
    decided_on: Option<Date>,
    phase: Option<CasePhase>,
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
            IntakeFact::ClerksAssigned(f) => self.clerks.clone_from(&f.clerks),
            IntakeFact::PartyAdded(f) => {
                let listed = Listed { roles: f.roles.clone(), capacity: f.capacity, died: f.died };
                self.parties.insert(f.party, listed);
            }
            IntakeFact::PartyDetailsChanged(f) => {
                if let Some(listed) = self.parties.get_mut(&f.party) {
                    listed.died = f.died;
                }
            }
            IntakeFact::PartyRolesEnded(f) => {
                if let Some(listed) = self.parties.get_mut(&f.party) {
                    listed.roles.retain(|role| !f.roles.contains(role));
                }
            }
            IntakeFact::ShieldingChanged(f) if f.address || f.person => {
                self.shielded.insert(f.party);
            }
            IntakeFact::ShieldingChanged(f) => {
                self.shielded.remove(&f.party);
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
            IntakeFact::SuspicionRegistered(f) => {
                self.embargo |= f.embargo;
                self.suspect(f);
            }
            IntakeFact::EmbargoImposed(_) => self.embargo = true,
            IntakeFact::EmbargoLifted(_) => self.embargo = false,
            _ => self.fold_prosecution(fact),
        }
    }

    fn fold_prosecution(&mut self, fact: &IntakeFact) {
        match fact {
            // A charge brought again after a dismissal or a settlement stands again, and stands for what was suspected.
            IntakeFact::ChargeBrought(f) => {
                self.charges.retain(|_, charge| charge.brought || charge.suspect != f.suspect);
                let charge = Charge {
                    suspect: f.suspect,
                    victims: f.victims.clone(),
                    particulars: f.particulars.clone(),
                    brought: true,
                    dismissal: None,
                    settlement: None,
                };
                self.charges.insert(f.charge, charge);
            }
            IntakeFact::ChargeAmended(f) => {
                if let Some(charge) = self.charges.get_mut(&f.charge) {
                    charge.particulars = f.particulars.clone();
                }
            }
            IntakeFact::ProsecutionDismissed(f) => {
                for charge in self.named(&f.charges) {
                    (charge.dismissal, charge.settlement) = (Some((f.code, f.on)), None);
                }
            }
            IntakeFact::ProsecutionSettled(f) => {
                for charge in self.named(&f.charges) {
                    (charge.dismissal, charge.settlement) = (None, Some(f.settlement));
                }
            }
            IntakeFact::ProsecutionOrdered(f) => {
                for charge in self.named(&f.charges) {
                    (charge.dismissal, charge.settlement, charge.brought) = (None, None, true);
                }
            }
            IntakeFact::DetentionChanged(f) => {
                self.detention.insert(f.suspect, f.status);
            }
            IntakeFact::VerdictGiven(f) => {
                for outcome in &f.outcomes {
                    self.verdicts.insert((outcome.charge, outcome.step.instance), outcome.step);
                }
            }
            IntakeFact::CaseBecameFinal(f) if f.charges.is_empty() => self.final_on = Some(f.on),
            IntakeFact::CaseBecameFinal(f) => {
                self.final_charges.extend(f.charges.iter().map(|charge| (*charge, f.on)));
            }
            _ => self.fold_measures(fact),
        }
    }

    fn fold_measures(&mut self, fact: &IntakeFact) {
        match fact {
            // New terms replace the old ones, and let a suspended order hold again; what was reported of breaches remains.
            IntakeFact::OrderImposed(OrderImposed { order, terms, .. })
            | IntakeFact::OrderChanged(OrderChanged { order, terms, .. }) => {
                let breaches = self.orders.get(order).map(|before| before.breaches.clone()).unwrap_or_default();
                let (order, terms) = (*order, terms.clone());
                let now = OrderView { order, terms, suspended_from: None, ended_on: None, breaches };
                self.orders.insert(order, now);
            }
            IntakeFact::OrderSuspended(f) => {
                if let Some(order) = self.orders.get_mut(&f.order) {
                    order.suspended_from = Some(f.from);
                }
            }
            IntakeFact::OrderEnded(f) => {
                if let Some(order) = self.orders.get_mut(&f.order) {
                    order.ended_on = Some(f.on);
                }
            }
            IntakeFact::OrderBreached(f) => {
                if let Some(order) = self.orders.get_mut(&f.order) {
                    order.breaches.insert(f.on);
                }
            }
            IntakeFact::ContactArranged(f) => {
                for child in &f.children {
                    self.meet(ContactView { child: *child, with: f.with, allowed: true, from: f.from, until: None });
                }
            }
            IntakeFact::ContactDenied(f) => {
                for child in &f.children {
                    let (from, until) = (f.from, f.until);
                    self.meet(ContactView { child: *child, with: f.with, allowed: false, from, until });
                }
            }
            IntakeFact::SpecialGuardianAppointed(_) => self.special_guardian = true,
            IntakeFact::DecisionGiven(f) if f.decision_kind.ends_instance() => {
                self.decided_on = self.decided_on.max(Some(f.on));
                self.phase = None;
            }
            IntakeFact::PhaseEntered(f) => self.phase = Some(f.phase),
            // Kept in the journal; what these say has no bearing on what a signal shows.
            _ => {}
        }
    }

    fn meet(&mut self, contact: ContactView) {
        self.contact.insert((contact.child, contact.with), contact);
    }

    /// A suspicion stands beside the charges until one is brought against the same person. The day of what is suspected is not
    /// told: it may be any day until that of the suspicion.
    fn suspect(&mut self, suspicion: &SuspicionRegistered) {
        let charged = |charge: &Charge| charge.brought && charge.suspect == suspicion.suspect;
        if self.charges.values().any(charged) {
            return;
        }
        let particulars = ChargeParticulars {
            articles: suspicion.articles.clone(),
            period: OffencePeriod::until(suspicion.on),
            tags: BTreeSet::new(),
        };
        let charge = Charge {
            suspect: suspicion.suspect,
            victims: suspicion.victims.clone(),
            particulars,
            brought: false,
            dismissal: None,
            settlement: None,
        };
        self.charges.insert(ChargeId::derived(&["suspicion", &suspicion.version.event.to_string()]), charge);
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
        parties.map(|(party, listed)| (party, listed.roles)).filter(|(_, roles)| Role::link(roles)).collect()
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
            parties: self.parties.iter().map(|(party, listed)| self.party(*party, listed)).collect(),
            charges: self.charges.iter().map(|(charge, known)| self.charge(*charge, known)).collect(),
            orders: self.orders.values().cloned().collect(),
            contact: self.contact.values().copied().collect(),
            special_guardian: self.special_guardian,
            final_on: self.final_on,
            decided_on: self.decided_on,
            elsewhere: Elsewhere::default(),
            decision_pending: self.phase.is_some_and(|phase| phase.code() == DECISION_SCHEDULED),
            withheld: case.follows.as_ref().map(|_| Withheld::until_known(case.proceeding)).unwrap_or_default(),
            former_courts: BTreeSet::new(),
        })
    }

    fn party(&self, party: PartyId, listed: &Listed) -> PartyView {
        PartyView {
            party,
            roles: listed.roles.clone(),
            capacity: listed.capacity,
            died: listed.died,
            shielded: self.shielded.contains(&party),
            detention: self.detention.get(&party).copied(),
        }
    }

    /// How far the prosecution of a charge has come before any outcome.
    fn begun(&self, charge: &Charge) -> Begun {
        let remanded = self.detention.get(&charge.suspect).is_some_and(|held| held.assumes_grave_suspicion());
        let ordered = |order: &OrderView| {
            order.terms.kind.assumes_grave_suspicion() && order.terms.against.contains(&charge.suspect)
        };
        match charge.brought {
            true => Begun::Brought,
            false if remanded || self.orders.values().any(ordered) => Begun::GravelySuspected,
            false => Begun::Suspected,
        }
    }

    fn charge(&self, charge: ChargeId, known: &Charge) -> ChargeView {
        let final_on = self.final_charges.get(&charge).copied().or(self.final_on);
        ChargeView {
            charge,
            suspect: known.suspect,
            victims: known.victims.iter().copied().collect(),
            particulars: known.particulars.clone(),
            history: ChargeHistory {
                begun: self.begun(known),
                dismissal: known.dismissal.map(|(code, _)| code),
                dismissed_on: known.dismissal.and_then(|(_, on)| on),
                settlement: known.settlement,
                verdicts: self.verdicts.iter().filter(|((of, _), _)| *of == charge).map(|(_, step)| *step).collect(),
                irrevocable: final_on.is_some(),
                final_on,
                suspect_died: self.parties.get(&known.suspect).is_some_and(|suspect| suspect.died),
            },
        }
    }
}
