//! What was decided for good in a third case about the family, where it counts in two others: that somebody was convicted of violence
//! in it before, and that contact was denied for so long that a new request has to wait.
//!
//! Invariants: it counts only where that third case may itself be told to the judges of the family; nothing of it is told but what
//! their own signal about it tells; it weighs only what is said to have happened since.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use super::assess::may_tell;
use super::assessment::{IndicatorLine, SignalKind};
use super::catalogue::Indicator;
use super::killing::denies_for_long;
use super::lines::{Drawn, Scene};
use super::persons::Persons;
use super::policy::Policies;
use super::relation::{Place, Relation};
use super::status::Status;
use super::view::{ContactView, LinkView, MatterView, Withheld};
use crate::ids::PartyId;
use crate::jurisdiction::Jurisdiction;

/// For how long a new request has to wait after contact was denied (art. 1:377e(3) BW).
const YEARS: i64 = 2;

/// What counts in a case of what was decided in others.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Elsewhere {
    /// Final convictions for violence in the family of this case.
    pub convictions: Vec<Conviction>,
    /// Who has to wait with a request for contact with its children.
    pub waits: Vec<Wait>,
}

/// A final conviction for violence in the family.
#[derive(Debug, Clone, PartialEq)]
pub struct Conviction {
    /// As the judges of the family are told of it.
    pub line: IndicatorLine,
    /// The records of who was convicted, in the case of the family.
    pub who: BTreeSet<PartyId>,
    /// Since when it is final.
    pub since: Date,
}

/// That a request has to wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// The records of whose request, in the case of the family.
    pub who: BTreeSet<PartyId>,
    /// The first day on which it can be made.
    pub until: Date,
}

impl Elsewhere {
    /// What counts in the case of a family of what was decided in another case that is linked with it.
    pub fn of(family: &MatterView, other: &MatterView, link: &LinkView, today: Date, policies: &Policies) -> Self {
        let criminal = other.jurisdiction == Jurisdiction::Criminal;
        if (criminal && !may_tell(SignalKind::ViolenceIndication, family, other))
            || other.withholds(Withheld::Parentage)
        {
            return Self::default();
        }
        let persons = Persons::shared(family, other, link);
        let policy = policies.of(family.court, today);
        let scene = Scene { family, criminal: other, persons: &persons, policy: &policy };
        let conviction = |drawn: Drawn| {
            let charge = other.charges.iter().find(|charge| charge.charge == drawn.line.charge)?;
            let counts =
                drawn.pushes && drawn.line.status == Status::S50 && drawn.line.relation != Relation::ThirdParty;
            let since = charge.history.final_on.filter(|_| counts)?;
            Some(Conviction { who: persons.at(drawn.suspect).here.clone(), line: drawn.line, since })
        };
        let convictions = scene.lines(Some(today)).drawn.into_iter().filter_map(conviction).collect();
        let wait = |contact: &ContactView| {
            let (with, child) = (persons.behind(contact.with)?, persons.behind(contact.child)?);
            let until = other.final_on?.checked_add(YEARS.years()).ok()?;
            let counts = denies_for_long(contact) && persons.at(child).place == Place::Child;
            counts.then(|| Wait { who: persons.at(with).here.clone(), until })
        };
        Self { convictions, waits: other.contact.iter().filter_map(wait).collect() }
    }

    /// Takes more into account.
    pub fn add(&mut self, more: Self) {
        self.convictions.extend(more.convictions);
        self.waits.extend(more.waits);
        self.convictions.sort_by_key(|one| (one.line.charge, one.line.indicator, one.line.relation, one.since));
        self.convictions.dedup();
        self.waits.sort_by(|a, b| (&a.who, a.until).cmp(&(&b.who, b.until)));
        self.waits.dedup();
    }
}

/// That somebody was convicted before, as a line beside what weighs more by it.
pub(super) fn line_of(conviction: &Conviction, indicator: Indicator) -> IndicatorLine {
    IndicatorLine { indicator, ..conviction.line.clone() }
}
