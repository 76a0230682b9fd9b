//! Cases that are one matter, as what may be told of them: one case, in which every charge stands once.
//!
//! Invariants: a case that keeps something from others keeps it for the whole matter; an appeal whose own kind does not say what it
//! is about keeps all that it could have to keep until the case that it goes on from is known.

mod charges;

use std::collections::{BTreeMap, BTreeSet};

use super::docket::Docket;
use crate::fact::linker::{MatterFormed, Passage, Step, ends_beside};
use crate::ids::{CaseId, PartyId, PersonId};
use crate::violence::assess::may_be_told_with;
use crate::violence::view::MatterView;

/// One case, or several that are one matter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Matter {
    /// The case it began with: it gives a signal its id.
    pub began_as: CaseId,
    /// The case in which it goes on: its judges are told.
    pub goes_on_as: CaseId,
    /// Its cases.
    pub cases: BTreeSet<CaseId>,
    /// Which case became which.
    pub steps: BTreeSet<Step>,
}

/// The cases of a matter that may be told of: the one it is told of as, and earlier ones.
pub(super) struct Parts {
    head: MatterView,
    earlier: Vec<MatterView>,
    steps: BTreeSet<Step>,
}

impl Matter {
    /// Where else it goes on, besides `goes_on_as`: each case with those that lead to it, itself among them.
    pub fn beside(&self) -> BTreeMap<CaseId, BTreeSet<CaseId>> {
        ends_beside(&self.steps, &self.cases, self.goes_on_as)
    }

    /// The matter once for each case it goes on in, whose judges are told each: first the matter itself, then what leads to each other
    /// case, by signals that are named after that case.
    pub fn told(&self) -> Vec<Self> {
        let beside = self.beside().into_iter().map(|(case, cases)| Self {
            began_as: case,
            goes_on_as: case,
            steps: self
                .steps
                .iter()
                .filter(|step| cases.contains(&step.from) && cases.contains(&step.to))
                .copied()
                .collect(),
            cases,
        });
        [self.clone()].into_iter().chain(beside).collect()
    }

    /// The matter by name and number, as it may be told of.
    pub fn view(&self, dockets: &BTreeMap<CaseId, Docket>) -> Option<MatterView> {
        self.parts(dockets, &BTreeSet::new(), false).map(|parts| parts.whole(&BTreeMap::new()))
    }

    /// One case of it, with what it keeps from others because of the rest.
    pub fn case(&self, case: CaseId, dockets: &BTreeMap<CaseId, Docket>) -> Option<MatterView> {
        let mut view = self.alone(case, dockets, &BTreeSet::new())?;
        let others = self.cases.iter().filter(|other| **other != case);
        let others: Vec<MatterView> =
            others.filter_map(|other| self.alone(*other, dockets, &BTreeSet::new())).collect();
        view.keeps_as(&others);
        Some(view)
    }

    /// A case as its court told of it, with these parties shielded besides.
    fn alone(
        &self,
        case: CaseId,
        dockets: &BTreeMap<CaseId, Docket>,
        shielded: &BTreeSet<PartyId>,
    ) -> Option<MatterView> {
        let known = |case: &CaseId| dockets.get(case).and_then(Docket::view);
        let mut view = known(&case)?;
        let goes_on_from = |step: &&Step| step.to == case && step.how == Passage::Followed;
        if self.steps.iter().filter(goes_on_from).any(|step| known(&step.from).is_some()) {
            view.withheld.clear();
        }
        for party in &mut view.parties {
            party.shielded |= shielded.contains(&party.party);
        }
        Some(view)
    }

    /// What may be told of the matter; nothing while its last case is not registered, or under embargo. Where `of_any`, the newest
    /// case that may be told of stands in for it.
    pub(super) fn parts(
        &self,
        dockets: &BTreeMap<CaseId, Docket>,
        shielded: &BTreeSet<PartyId>,
        of_any: bool,
    ) -> Option<Parts> {
        let view = |case: &CaseId| self.alone(*case, dockets, shielded);
        let newest = || self.cases.iter().filter_map(view).max_by_key(|view| (view.registered_on, view.case));
        let mut head = view(&self.goes_on_as).or_else(|| newest().filter(|_| of_any))?;
        let others: Vec<MatterView> = self.cases.iter().filter(|case| **case != head.case).filter_map(view).collect();
        head.keeps_as(&others);
        let all: Vec<MatterView> = others.iter().chain([&head]).cloned().collect();
        let others = others.into_iter().map(|mut other| {
            other.keeps_as(&all);
            other
        });
        let earlier = others.filter(|earlier| may_be_told_with(earlier, &head)).collect();
        Some(Parts { earlier, head, steps: self.steps.clone() })
    }
}

impl Parts {
    /// The cases that may be told of.
    pub fn cases(&self) -> BTreeSet<CaseId> {
        self.earlier.iter().map(|view| view.case).chain([self.head.case]).collect()
    }

    /// As one, given whose records are known; of earlier cases with the parties whom a charge names, and those that stand for
    /// somebody whom the last case does not name.
    pub fn whole(self, persons: &BTreeMap<PartyId, PersonId>) -> MatterView {
        let Self { mut head, mut earlier, steps } = self;
        let named: BTreeSet<PersonId> =
            head.parties.iter().filter_map(|party| persons.get(&party.party)).copied().collect();
        let stand_for_others = persons.iter().filter(|(_, person)| !named.contains(person)).map(|(party, _)| *party);
        let mut needed: BTreeSet<PartyId> = stand_for_others.collect();
        let views: Vec<&MatterView> = earlier.iter().chain([&head]).collect();
        let mut told = charges::each_once(&views, &steps, persons);
        for view in earlier.iter_mut().chain([&mut head]) {
            view.charges = told.remove(&view.case).unwrap_or_default();
            needed.extend(view.charges.iter().flat_map(|charge| charge.victims.iter().chain([&charge.suspect])));
        }
        MatterView::of_a_matter(head, earlier, &needed)
    }
}

impl From<CaseId> for Matter {
    fn from(case: CaseId) -> Self {
        Self { began_as: case, goes_on_as: case, cases: [case].into(), steps: BTreeSet::new() }
    }
}

impl From<&MatterFormed> for Matter {
    fn from(formed: &MatterFormed) -> Self {
        Self {
            began_as: formed.began_as,
            goes_on_as: formed.goes_on_as,
            cases: formed.cases.clone(),
            steps: formed.steps.clone(),
        }
    }
}
