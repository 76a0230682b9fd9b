//! Two cases and the link between them, as the rules of this module look at them.
//!
//! Invariant: nothing here identifies anybody outside the house: ids, roles, dates and articles only. The order of the
//! lists carries no meaning, and nothing that is computed from them depends on it; [`MatterView::normalised`] gives the one
//! order in which equal cases are equal.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::elsewhere::Elsewhere;
use super::particulars::ChargeParticulars;
use super::status::ChargeHistory;
use crate::case_number::CaseNumber;
use crate::court::Court;
use crate::detention::Detention;
use crate::fact::intake::OrderTerms;
use crate::ids::{CaseId, ChargeId, HearingId, LinkId, OrderId, PartyId};
use crate::jurisdiction::Jurisdiction;
use crate::proceeding::ProceedingKind;
use crate::role::{Capacity, Role};

/// The kind of a criminal case against a minor.
const YOUTH_CRIMINAL: &str = "youth-criminal";
/// The kind of a case about who is somebody's parent.
const PARENTAGE: &str = "parentage";
/// How kinds end that say at which instance a case is and not what it is about.
const OF_AN_INSTANCE: [&str; 2] = ["-appeal", "-cassation"];

/// A case.
#[derive(Debug, Clone, PartialEq)]
pub struct MatterView {
    /// The case.
    pub case: CaseId,
    /// Family, youth or criminal.
    pub jurisdiction: Jurisdiction,
    /// What kind of proceeding.
    pub kind: ProceedingKind,
    /// The court that has it.
    pub court: Court,
    /// Its numbers.
    pub numbers: Vec<CaseNumber>,
    /// The day of registration.
    pub registered_on: Option<Date>,
    /// The day it ended.
    pub closed_on: Option<Date>,
    /// Its hearings, held and planned.
    pub hearings: Vec<HearingView>,
    /// Its parties.
    pub parties: Vec<PartyView>,
    /// The charges and suspicions; none but in a criminal case.
    pub charges: Vec<ChargeView>,
    /// The orders given in it, whether they hold or not.
    pub orders: Vec<OrderView>,
    /// What was last decided about contact between a child and somebody.
    pub contact: Vec<ContactView>,
    /// Whether a special guardian stands beside a child (art. 1:250 BW).
    pub special_guardian: bool,
    /// The day on which the whole case became final.
    pub final_on: Option<Date>,
    /// The day of the last decision that ends the case at its court.
    pub decided_on: Option<Date>,
    /// What counts in it of what was decided in others.
    pub elsewhere: Elsewhere,
    /// Whether it is said that a decision will be given, and none was given since.
    pub decision_pending: bool,
    /// What it keeps from others because of the cases that it is one matter with, or may be.
    pub withheld: BTreeSet<Withheld>,
    /// The courts that had earlier cases of the matter: its numbers tell of them.
    pub former_courts: BTreeSet<Court>,
}

/// What a case keeps from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Withheld {
    /// It is against a minor: its hearings are closed (art. 495b Sv), on appeal too.
    AgainstMinor,
    /// It is about who is somebody's parent: that it exists may be a secret.
    Parentage,
    /// Where somebody in it lives, or who that is.
    Whereabouts,
}

/// A hearing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct HearingView {
    /// The hearing.
    pub hearing: HearingId,
    /// Its day.
    pub on: Date,
}

/// A party's record; a case has each record once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyView {
    /// The record.
    pub party: PartyId,
    /// Its roles in the case.
    pub roles: BTreeSet<Role>,
    /// What the party is to the family.
    pub capacity: Option<Capacity>,
    /// Whether the person died.
    pub died: bool,
    /// Whether who or where the party is must stay hidden from others.
    pub shielded: bool,
    /// Whether and how a suspect is held.
    pub detention: Option<Detention>,
}

/// An order, as it was given and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderView {
    /// The order.
    pub order: OrderId,
    /// What it says.
    pub terms: OrderTerms,
    /// Since which day it is suspended.
    pub suspended_from: Option<Date>,
    /// The last day on which it held, where it ended before its time.
    pub ended_on: Option<Date>,
    /// The days of the breaches that were reported.
    pub breaches: BTreeSet<Date>,
}

/// What was last decided about contact between a child and somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContactView {
    /// The child.
    pub child: PartyId,
    /// With whom.
    pub with: PartyId,
    /// Whether they are to meet, or may not.
    pub allowed: bool,
    /// Since which day.
    pub from: Date,
    /// Until which day; nothing where no end was set.
    pub until: Option<Date>,
}

/// A charge.
#[derive(Debug, Clone, PartialEq)]
pub struct ChargeView {
    /// The charge.
    pub charge: ChargeId,
    /// Who is charged.
    pub suspect: PartyId,
    /// Against whom.
    pub victims: Vec<PartyId>,
    /// With what.
    pub particulars: ChargeParticulars,
    /// What happened to it since.
    pub history: ChargeHistory,
}

/// The link between two cases, seen from one of them.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkView {
    /// The link.
    pub link: LinkId,
    /// What it rests on.
    pub basis: LinkBasis,
    /// The party records that are certainly one person.
    pub persons: Vec<Correspondence>,
}

/// What a link rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkBasis {
    /// The rules alone: number, birth date and name agree.
    Hard,
    /// The rules alone, without a number: names and birth agree, and more.
    Soft,
    /// A steward's word.
    ConfirmedBySteward,
}

/// One person in both cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Correspondence {
    /// The record in the own case.
    pub own: PartyId,
    /// The record in the parallel case.
    pub parallel: PartyId,
}

impl MatterView {
    /// The same case with every list in order and without repetition.
    #[must_use]
    pub fn normalised(mut self) -> Self {
        self.numbers.sort();
        self.numbers.dedup();
        self.hearings.sort();
        self.hearings.dedup();
        self.parties.sort_by_key(|party| party.party);
        self.parties.dedup();
        for charge in &mut self.charges {
            charge.victims.sort();
            charge.victims.dedup();
            charge.particulars.articles.sort();
            charge.particulars.articles.dedup();
            charge.history.verdicts.sort();
            charge.history.verdicts.dedup();
        }
        self.charges.sort_by_key(|charge| charge.charge);
        self.charges.dedup();
        self.orders.sort_by_key(|order| order.order);
        self.orders.dedup();
        self.contact.sort();
        self.contact.dedup();
        self
    }

    /// Cases that are one matter as one, under the name of the one it goes on as. Of an earlier case it has the numbers, the
    /// charges, the orders and what was decided about contact, and of its parties those whom one of these names and `parties`: the
    /// others stand in the later case too, and are not to be counted twice.
    #[must_use]
    pub fn of_a_matter(goes_on_as: Self, earlier: Vec<Self>, parties: &BTreeSet<PartyId>) -> Self {
        earlier.into_iter().fold(goes_on_as, |mut whole, case| {
            let named = |party: &PartyView| {
                let charged =
                    |charge: &ChargeView| charge.suspect == party.party || charge.victims.contains(&party.party);
                let ordered = |order: &OrderView| order.names(party.party);
                let meets = |contact: &ContactView| contact.child == party.party || contact.with == party.party;
                parties.contains(&party.party)
                    || case.charges.iter().any(charged)
                    || case.orders.iter().any(ordered)
                    || case.contact.iter().any(meets)
            };
            whole.parties.extend(case.parties.iter().filter(|party| named(party)).cloned());
            let more = case.numbers.into_iter().filter(|number| !whole.numbers.contains(number));
            whole.numbers.extend(more.collect::<Vec<_>>());
            whole.former_courts.insert(case.court);
            whole.registered_on = [whole.registered_on, case.registered_on].into_iter().flatten().min();
            whole.charges.extend(case.charges);
            whole.orders.extend(case.orders);
            whole.contact.extend(case.contact);
            whole.special_guardian |= case.special_guardian;
            whole.withheld.extend(case.withheld);
            whole
        })
    }

    /// The day of the first hearing on or after `today`.
    pub fn next_hearing(&self, today: Date) -> Option<Date> {
        self.hearings.iter().map(|hearing| hearing.on).filter(|on| *on >= today).min()
    }

    /// Keeps from others what the cases that it hangs together with keep: all of it at another court, and on appeal and in cassation
    /// what the case is about, which their kinds do not say.
    pub fn keeps_as(&mut self, others: &[Self]) {
        for what in [Withheld::AgainstMinor, Withheld::Parentage, Withheld::Whereabouts] {
            let applies = what == Withheld::Whereabouts || is_of_an_instance(self.kind);
            if applies && others.iter().any(|other| other.withholds(what)) {
                self.withheld.insert(what);
            }
        }
    }

    /// Whether it keeps this from others, by itself or by an earlier case of the matter.
    pub fn withholds(&self, what: Withheld) -> bool {
        let by_itself = match what {
            Withheld::AgainstMinor => self.jurisdiction == Jurisdiction::Criminal && self.kind.code() == YOUTH_CRIMINAL,
            Withheld::Parentage => self.kind.code() == PARENTAGE,
            Withheld::Whereabouts => self.parties.iter().any(|party| party.shielded),
        };
        by_itself || self.withheld.contains(&what)
    }

    /// The record of a party.
    pub fn party(&self, party: PartyId) -> Option<&PartyView> {
        self.parties.iter().find(|view| view.party == party)
    }
}

/// Whether a kind of proceeding says at which instance a case is, and not what it is about.
fn is_of_an_instance(kind: ProceedingKind) -> bool {
    OF_AN_INSTANCE.iter().any(|ending| kind.code().ends_with(ending))
}

impl Withheld {
    /// What a case that goes on from another keeps from others as long as that other is not known: of an appeal nobody can tell what
    /// it is about before.
    pub fn until_known(kind: ProceedingKind) -> BTreeSet<Self> {
        match kind.jurisdiction() {
            _ if !is_of_an_instance(kind) => BTreeSet::new(),
            Jurisdiction::Criminal => [Self::AgainstMinor, Self::Whereabouts].into(),
            Jurisdiction::Family | Jurisdiction::Youth => [Self::Parentage, Self::Whereabouts].into(),
            Jurisdiction::Huisverbod | Jurisdiction::CivilBan => [Self::Whereabouts].into(),
        }
    }
}

impl OrderView {
    /// Whether a party is bound or protected by it.
    pub fn names(&self, party: PartyId) -> bool {
        self.terms.against.contains(&party) || self.terms.protects.contains(&party)
    }

    /// The last day on which it holds, as far as one is known.
    pub fn last_day(&self) -> Option<Date> {
        [self.terms.until, self.ended_on].into_iter().flatten().min()
    }
}

impl LinkView {
    /// The same link, seen from the other case.
    #[must_use]
    pub fn turned(&self) -> Self {
        let turn = |one: &Correspondence| Correspondence { own: one.parallel, parallel: one.own };
        Self { link: self.link, basis: self.basis, persons: self.persons.iter().map(turn).collect() }
    }
}
