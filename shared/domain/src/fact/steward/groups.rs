//! What stewards said of the records of one person together: whether they are of one at all.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Note, RulingReason};
use crate::fact::Subject;
use crate::fact::linker::Question;
use crate::ids::{FactId, MatchId, Pair, PartyId};
use crate::sealed::Sealed;

/// The records of one person laid in two heaps: no record of the one is of the same person as any of the other.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cut {
    /// The records that are moved out.
    pub moved: BTreeSet<PartyId>,
    /// The others.
    pub kept: BTreeSet<PartyId>,
}

impl Cut {
    /// The cut that moves these out of a group; nothing where they are not of it, or nobody would be left on one side.
    pub fn of(members: &BTreeSet<PartyId>, moved: &BTreeSet<PartyId>) -> Option<Self> {
        let kept: BTreeSet<PartyId> = members.difference(moved).copied().collect();
        let parts = !moved.is_empty() && !kept.is_empty() && moved.is_subset(members);
        parts.then(|| Self { moved: moved.clone(), kept })
    }

    /// All records.
    pub fn members(&self) -> BTreeSet<PartyId> {
        self.moved.union(&self.kept).copied().collect()
    }

    /// Every two records that it parts.
    pub fn pairs(&self) -> impl Iterator<Item = Pair<PartyId>> {
        self.moved.iter().flat_map(|one| self.kept.iter().map(|other| Pair::of(*one, *other)))
    }

    /// Whether both part the same: which of the two heaps is called the one that is moved plays no part.
    pub fn parts_like(&self, other: &Self) -> bool {
        self == other || (self.moved == other.kept && self.kept == other.moved)
    }

    /// Whether it parts these two.
    pub fn parts(&self, pair: Pair<PartyId>) -> bool {
        let side = |party| (self.moved.contains(&party), self.kept.contains(&party));
        matches!((side(pair.a), side(pair.b)), ((true, _), (_, true)) | ((_, true), (true, _)))
    }
}

/// See [`super::StewardFact::GroupSuspected`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GroupSuspected {
    /// What is asked: about the two records between which the group is held together least.
    pub asked: Question,
    /// Who asks.
    pub by: Subject,
    /// The record whose person they doubt. Earlier facts did not keep it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<PartyId>,
}

/// See [`super::StewardFact::GroupExamined`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupExamined {
    /// The question.
    pub question: MatchId,
    /// The records.
    pub members: BTreeSet<PartyId>,
}

/// See [`super::StewardFact::GroupParted`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupParted {
    /// The question on which it was decided.
    pub question: MatchId,
    /// Which records are not of one person with which.
    pub cut: Cut,
    /// Who decided, the second of those who agreed.
    pub by: Subject,
    /// On what ground.
    pub reason: RulingReason,
    /// In the steward's own words, under the key of the first record of the question's pair.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Sealed<Note>>,
    /// The opinions that agree with it.
    pub opinions: Vec<FactId>,
}

/// See [`super::StewardFact::PartingUndone`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartingUndone {
    /// The question.
    pub question: MatchId,
    /// The parting that is taken back.
    pub parting: FactId,
    /// Who takes it back: one of those who decided it.
    pub by: Subject,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parties(names: &[&str]) -> BTreeSet<PartyId> {
        names.iter().map(|name| PartyId::derived(&[*name])).collect()
    }

    #[test]
    fn a_cut_leaves_somebody_on_either_side_and_parts_every_two_across() {
        let group = parties(&["a", "b", "c", "d"]);
        for moved in [&[][..], &["a", "b", "c", "d"], &["x"], &["a", "x"]] {
            assert_eq!(Cut::of(&group, &parties(moved)), None, "{moved:?}");
        }
        let cut = Cut::of(&group, &parties(&["a", "b"])).expect("a cut");
        assert_eq!((cut.members(), cut.pairs().count()), (group.clone(), 4));
        let pair = |one: &str, other: &str| Pair::of(PartyId::derived(&[one]), PartyId::derived(&[other]));
        assert!(cut.parts(pair("a", "c")) && cut.parts(pair("d", "b")));
        assert!(!cut.parts(pair("a", "b")) && !cut.parts(pair("c", "d")) && !cut.parts(pair("a", "x")));
        assert!(cut.pairs().all(|pair| cut.parts(pair)));
        let mirrored = Cut::of(&group, &parties(&["c", "d"])).expect("a cut");
        assert!(cut.parts_like(&mirrored) && cut.parts_like(&cut));
        assert!(!cut.parts_like(&Cut::of(&group, &parties(&["a"])).expect("a cut")));
    }
}
