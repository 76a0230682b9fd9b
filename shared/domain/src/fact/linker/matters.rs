//! Cases that are one matter, and how each came to go on in another. Facts of linker.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::ids::{CaseId, MatterId};

/// See [`LinkerFact::MatterFormed`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterFormed {
    /// The matter.
    pub matter: MatterId,
    /// Its cases.
    pub cases: BTreeSet<CaseId>,
    /// Cases that were part of it before this fact and are not any more.
    pub former: BTreeSet<CaseId>,
    /// The case it began with.
    pub began_as: CaseId,
    /// The case in which it goes on.
    pub goes_on_as: CaseId,
    /// Which case became which.
    pub steps: BTreeSet<Step>,
}

impl MatterFormed {
    /// See [`ends_beside`].
    pub fn beside(&self) -> BTreeMap<CaseId, BTreeSet<CaseId>> {
        ends_beside(&self.steps, &self.cases, self.goes_on_as)
    }
}

/// Where cases of one matter go on besides `goes_on_as`: each case that goes on in none, with those that lead to it, itself among
/// them.
pub fn ends_beside(
    steps: &BTreeSet<Step>,
    cases: &BTreeSet<CaseId>,
    goes_on_as: CaseId,
) -> BTreeMap<CaseId, BTreeSet<CaseId>> {
    let ends = |case: &CaseId| !steps.iter().any(|step| step.from == *case);
    // Of cases that say they follow each other none ends; then one goes on for all.
    if !ends(&goes_on_as) {
        return BTreeMap::new();
    }
    let leading_to = |end: CaseId| {
        let mut cases = BTreeSet::from([end]);
        loop {
            let before = steps.iter().filter(|step| cases.contains(&step.to) && !cases.contains(&step.from));
            let before: Vec<CaseId> = before.map(|step| step.from).collect();
            if before.is_empty() {
                return cases;
            }
            cases.extend(before);
        }
    };
    let others = cases.iter().copied().filter(|case| *case != goes_on_as && ends(case));
    others.map(|case| (case, leading_to(case))).collect()
}

/// One case goes on in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Step {
    /// The earlier case.
    pub from: CaseId,
    /// The case in which it goes on.
    pub to: CaseId,
    /// How that came.
    pub how: Passage,
}

/// How a case came to go on in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Passage {
    /// It was joined to it (voeging).
    Joined,
    /// It was referred to another court (verwijzing).
    Referred,
    /// The later one says that it follows: on appeal, mostly.
    Followed,
}

/// See [`LinkerFact::MatterDissolved`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterDissolved {
    /// The matter that is no more.
    pub matter: MatterId,
    /// The cases that were taken for it.
    pub former: BTreeSet<CaseId>,
}
