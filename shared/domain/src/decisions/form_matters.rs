//! Which cases are one matter? An appeal and what it is against, a case and where it was joined or referred to.
//!
//! Invariants: equal sets of facts give equal matters; a number that several cases of one court have leads to none of them; a
//! part that was split off is a matter of its own, since both go on beside each other; a case that is not registered is part of
//! none yet.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use super::docket::{Course, Docket};
use crate::decision::{Decision, Tags};
use crate::fact::intake::CaseReference;
use crate::fact::linker::{MatterDissolved, MatterFormed, Passage, Step};
use crate::fact::{Body, Fact, LinkerFact};
use crate::ids::{CaseId, MatterId};
use crate::jurisdiction::Jurisdiction;

/// Which case is part of which matter, fact after fact in the journal's order.
#[derive(Debug, Clone, Default)]
pub struct Matters(BTreeMap<CaseId, MatterFormed>);

impl Matters {
    /// The matters by some facts, in the journal's order.
    pub fn of_facts<'f>(facts: impl IntoIterator<Item = &'f Fact>) -> Self {
        let mut matters = Self::default();
        for fact in facts {
            if let Body::Linker(fact) = &fact.body {
                matters.hear(fact);
            }
        }
        matters
    }

    /// Hears a fact; what is about no matter is let pass.
    pub fn hear(&mut self, fact: &LinkerFact) {
        match fact {
            LinkerFact::MatterFormed(matter) => {
                self.0.retain(|_, of| of.matter != matter.matter);
                self.0.extend(matter.cases.iter().map(|case| (*case, matter.clone())));
            }
            LinkerFact::MatterDissolved(matter) => self.0.retain(|_, of| of.matter != matter.matter),
            _ => {}
        }
    }

    /// The matter that a case is part of.
    pub fn of(&self, case: CaseId) -> Option<&MatterFormed> {
        self.0.get(&case)
    }

    /// The id of the matter of each case that is part of one.
    pub fn ids(&self) -> BTreeMap<CaseId, MatterId> {
        self.0.iter().map(|(case, matter)| (*case, matter.matter)).collect()
    }
}

/// Decides anew which of these cases are one matter.
///
/// `cases` are all that hang together, by what a case says of another and by what they are or were one matter with.
#[derive(Debug, Clone)]
pub struct FormMatters {
    /// The cases.
    pub cases: BTreeSet<CaseId>,
}

/// The cases, and the matters as they are.
#[derive(Debug, Clone, Default)]
pub struct Known {
    dockets: BTreeMap<CaseId, Docket>,
    matters: BTreeMap<MatterId, MatterFormed>,
}

impl Decision for FormMatters {
    type Writes = LinkerFact;
    type State = Known;
    type Refusal = Infallible;

    fn rests_on(&self) -> Tags {
        self.cases.iter().map(|case| (*case).into()).collect()
    }

    fn evolve(&self, mut known: Known, fact: &Fact) -> Known {
        match &fact.body {
            Body::Intake(told) => {
                if let Some(case) = told.case() {
                    known.dockets.entry(case).or_default().fold(told);
                }
            }
            Body::Linker(LinkerFact::MatterFormed(matter)) => {
                known.matters.insert(matter.matter, matter.clone());
            }
            Body::Linker(LinkerFact::MatterDissolved(matter)) => {
                known.matters.remove(&matter.matter);
            }
            _ => {}
        }
        known
    }

    fn decide(&self, known: &Known) -> Result<Vec<LinkerFact>, Infallible> {
        let courses = known.dockets.iter().map(|(case, docket)| (*case, docket.course()));
        let courses = courses.filter(|(_, course)| course.called.is_some()).collect();
        let mut matters = matters(&courses);
        let ours = |matter: &MatterFormed| matter.cases.iter().any(|case| self.cases.contains(case));
        let mut facts = Vec::new();
        for before in known.matters.values().filter(|before| ours(before)) {
            match matters.get_mut(&before.matter) {
                None => facts.push(LinkerFact::MatterDissolved(MatterDissolved {
                    matter: before.matter,
                    former: before.cases.clone(),
                })),
                Some(now) => now.former = before.cases.difference(&now.cases).copied().collect(),
            }
        }
        let same = |now: &MatterFormed| {
            known
                .matters
                .get(&now.matter)
                .is_some_and(|before| MatterFormed { former: now.former.clone(), ..before.clone() } == *now)
        };
        facts.extend(matters.into_values().filter(|now| !same(now)).map(LinkerFact::MatterFormed));
        Ok(facts)
    }
}

/// The matters of two or more cases.
fn matters(courses: &BTreeMap<CaseId, Course>) -> BTreeMap<MatterId, MatterFormed> {
    let steps = steps(courses);
    let mut part_of: BTreeMap<CaseId, CaseId> = courses.keys().map(|case| (*case, *case)).collect();
    for step in &steps {
        if let (Some(one), Some(other)) = (part_of.get(&step.from).copied(), part_of.get(&step.to).copied()) {
            part_of.values_mut().filter(|part| **part == other).for_each(|part| *part = one);
        }
    }
    let mut parts: BTreeMap<CaseId, BTreeSet<CaseId>> = BTreeMap::new();
    for (case, part) in part_of {
        parts.entry(part).or_default().insert(case);
    }
    let mut matters = BTreeMap::new();
    for cases in parts.into_values().filter(|cases| cases.len() > 1) {
        let steps: BTreeSet<Step> = steps.iter().filter(|step| cases.contains(&step.from)).copied().collect();
        let age = |case: &CaseId| (courses.get(case).and_then(|course| course.registered_on), *case);
        let begins = |case: &CaseId| !steps.iter().any(|step| step.to == *case);
        let ends = |case: &CaseId| !steps.iter().any(|step| step.from == *case);
        // Cases that say they follow each other begin and end nowhere: then the oldest and the newest of all.
        let oldest =
            cases.iter().copied().filter(begins).min_by_key(age).or_else(|| cases.iter().copied().min_by_key(age));
        let newest =
            cases.iter().copied().filter(ends).max_by_key(age).or_else(|| cases.iter().copied().max_by_key(age));
        let (Some(began_as), Some(goes_on_as)) = (oldest, newest) else { continue };
        let matter = MatterId::derived(&[&began_as.to_string()]);
        let former = BTreeSet::new();
        matters.insert(matter, MatterFormed { matter, cases, former, began_as, goes_on_as, steps });
    }
    matters
}

/// Which case became which.
fn steps(courses: &BTreeMap<CaseId, Course>) -> BTreeSet<Step> {
    let mut steps = BTreeSet::new();
    for (case, course) in courses {
        for (how, reference) in &course.goes_on {
            if let Some(to) = meant(courses, reference) {
                steps.insert(Step { from: *case, to, how: *how });
            }
        }
        if let Some(from) = course.follows.as_ref().and_then(|reference| meant(courses, reference)) {
            steps.insert(Step { from, to: *case, how: Passage::Followed });
        }
    }
    let split = |step: &Step| {
        let off = courses.get(&step.from).map(|course| course.split_off.as_slice()).unwrap_or_default();
        off.iter().any(|reference| meant(courses, reference) == Some(step.to))
    };
    // A criminal case is no continuation of another kind of case, whoever says so.
    let of_a_kind = |step: &Step| {
        let criminal = |case| courses.get(case).and_then(|course| course.jurisdiction) == Some(Jurisdiction::Criminal);
        criminal(&step.from) == criminal(&step.to)
    };
    steps.retain(|step| step.from != step.to && of_a_kind(step) && !split(step));
    steps
}

/// The case that is meant; none where nobody has that number, or more than one.
fn meant(courses: &BTreeMap<CaseId, Course>, reference: &CaseReference) -> Option<CaseId> {
    let (court, number) = match reference {
        CaseReference::Case(case) => return courses.contains_key(case).then_some(*case),
        CaseReference::Number { court, number } => (court, number),
    };
    let called =
        |course: &Course| course.called.as_ref().is_some_and(|(at, numbers)| at == court && numbers.contains(number));
    let mut cases = courses.iter().filter(|(_, course)| called(course)).map(|(case, _)| *case);
    cases.next().filter(|_| cases.next().is_none())
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::date;

    use super::*;
    use crate::case_number::CaseNumber;
    use crate::court::Court;
    use crate::fact::intake::CaseRegistered;
    use crate::fact::intake::cases::{CaseJoined, CaseReferred, CaseSplit, EventRetracted};
    use crate::fact::{Actor, Author, IntakeFact, SourceVersion};
    use crate::ids::{EventId, FactId};
    use crate::proceeding::ProceedingKind;

    fn case(name: &str) -> CaseId {
        CaseId::derived(&[name])
    }

    fn event(name: &str) -> EventId {
        EventId::derived(&[name])
    }

    fn at(sequence: u64, name: &str) -> SourceVersion {
        SourceVersion { sequence, time: Timestamp::UNIX_EPOCH, event: event(name) }
    }

    fn number(text: &str) -> CaseNumber {
        CaseNumber::parse_all(text).unwrap().remove(0)
    }

    fn numbered(court: &str, text: &str) -> CaseReference {
        CaseReference::Number { court: Court::parse(court).unwrap(), number: number(text) }
    }

    fn registered(name: &str, court: &str, text: &str, day: i8, follows: Option<CaseReference>) -> Body {
        Body::Intake(IntakeFact::CaseRegistered(CaseRegistered {
            case: case(name),
            version: at(1, &format!("{name} registered")),
            jurisdiction: Jurisdiction::Criminal,
            proceeding: ProceedingKind::parse("adult-criminal").unwrap(),
            court: Court::parse(court).unwrap(),
            numbers: vec![number(text)],
            registered_on: date(2026, 9, day),
            follows,
        }))
    }

    fn joined(from: &str, into: CaseReference) -> Body {
        let version = at(2, &format!("{from} joined"));
        IntakeFact::CaseJoined(CaseJoined { case: case(from), version, into, on: date(2026, 10, 1) }).into()
    }

    fn referred(from: &str, to: CaseReference) -> Body {
        let version = at(2, &format!("{from} referred"));
        IntakeFact::CaseReferred(CaseReferred { case: case(from), version, to, on: date(2026, 10, 1) }).into()
    }

    fn given(facts: &[Body]) -> Vec<LinkerFact> {
        let decision = FormMatters { cases: ["S1", "S2", "H1"].map(case).into() };
        let known = facts.iter().fold(Known::default(), |known, body| {
            let fact = Fact {
                id: FactId::derived(&["x"]),
                body: body.clone(),
                cause: uuid::Uuid::nil(),
                actor: Actor::service(Author::Linker),
                event_time: Timestamp::UNIX_EPOCH,
                recorded_at: Timestamp::UNIX_EPOCH,
            };
            decision.evolve(known, &fact)
        });
        decision.decide(&known).expect("never refuses")
    }

    fn formed(facts: &[Body]) -> MatterFormed {
        let facts = given(facts);
        let [LinkerFact::MatterFormed(matter)] = facts.as_slice() else { panic!("formed: {facts:?}") };
        matter.clone()
    }

    #[test]
    fn a_joined_case_goes_on_in_the_other_and_its_retraction_parts_them() {
        let mut facts = vec![
            registered("S1", "RBROT", "10-123456-26", 1, None),
            registered("S2", "RBROT", "10-222222-26", 2, None),
            joined("S1", numbered("RBROT", "10-222222-26")),
        ];
        let matter = formed(&facts);
        assert_eq!((matter.began_as, matter.goes_on_as), (case("S1"), case("S2")));
        assert_eq!(matter.steps, [Step { from: case("S1"), to: case("S2"), how: Passage::Joined }].into());
        facts.push(LinkerFact::MatterFormed(matter.clone()).into());
        assert_eq!(given(&facts), [], "nothing changed");
        let retraction =
            EventRetracted { case: case("S1"), version: at(3, "retraction"), retracts: event("S1 joined") };
        facts.push(IntakeFact::EventRetracted(retraction).into());
        let parted = MatterDissolved { matter: matter.matter, former: matter.cases };
        assert_eq!(given(&facts), [LinkerFact::MatterDissolved(parted)]);
    }

    #[test]
    fn an_appeal_and_a_referral_are_one_matter_whoever_says_so() {
        let first = registered("S1", "RBROT", "10-123456-26", 1, None);
        let appeal = registered("H1", "GHDHA", "22-000123-26", 9, Some(numbered("RBROT", "10-123456-26")));
        let matter = formed(&[appeal.clone(), first.clone()]);
        assert_eq!((matter.began_as, matter.goes_on_as), (case("S1"), case("H1")));
        assert_eq!(given(&[appeal]), [], "what it follows has not come");
        let there = registered("S2", "RBDHA", "09-123456-26", 3, None);
        let matter = formed(&[first.clone(), there, referred("S1", numbered("RBDHA", "09-123456-26"))]);
        assert_eq!(matter.goes_on_as, case("S2"));
        assert_eq!(
            given(&[first, referred("S1", CaseReference::Case(case("S1")))]),
            [],
            "a case is not its own successor"
        );
    }

    #[test]
    fn a_number_of_two_cases_leads_to_neither_and_a_part_split_off_is_its_own() {
        let facts = [
            registered("S1", "RBROT", "10-123456-26", 1, None),
            registered("S2", "RBROT", "10-123456-26", 2, None),
            registered("H1", "GHDHA", "22-000123-26", 9, Some(numbered("RBROT", "10-123456-26"))),
        ];
        assert_eq!(given(&facts), []);
        let off = CaseSplit {
            case: case("S1"),
            version: at(2, "split"),
            off: CaseReference::Case(case("S2")),
            on: date(2026, 10, 1),
        };
        let facts = [
            registered("S1", "RBROT", "10-123456-26", 1, None),
            registered("S2", "RBROT", "10-222222-26", 2, Some(CaseReference::Case(case("S1")))),
        ];
        assert_eq!(formed(&facts).cases.len(), 2);
        assert_eq!(given(&[&facts[..], &[IntakeFact::CaseSplit(off).into()]].concat()), []);
    }

    #[test]
    fn a_family_case_is_no_continuation_of_a_criminal_one() {
        let first = registered("S1", "RBROT", "10-123456-26", 1, None);
        let Body::Intake(IntakeFact::CaseRegistered(mut other)) =
            registered("S2", "RBROT", "10-222222-26", 2, Some(CaseReference::Case(case("S1"))))
        else {
            panic!("a registration")
        };
        other.jurisdiction = Jurisdiction::Family;
        assert_eq!(given(&[first, IntakeFact::CaseRegistered(other).into()]), []);
    }

    #[test]
    fn cases_that_follow_each_other_end_all_the_same() {
        let to = |name: &str| CaseReference::Case(case(name));
        let facts = [
            registered("S1", "RBROT", "10-123456-26", 1, None),
            registered("S2", "RBROT", "10-222222-26", 2, None),
            joined("S1", to("S2")),
            joined("S2", to("S1")),
        ];
        let matter = formed(&facts);
        assert_eq!((matter.began_as, matter.goes_on_as), (case("S1"), case("S2")));
    }
}
