//! The register by another model or policy: what would be different, before anybody decides to use it.
//!
//! Nothing is written. Persons, questions and links are those of the engine on all records at once; a signal is what a judge would
//! be told by the same rules as ever.

use std::collections::{BTreeMap, BTreeSet};

use domain::decisions::docket::Docket;
use domain::decisions::link_cases::links;
use domain::decisions::raise_signal::{Matter, RaiseSignal};
use domain::fact::Fact;
use domain::fact::linker::{CasesLinked, PersonCertain};
use domain::ids::{CaseId, LinkId, MatchId, Pair, PartyId, PersonId};
use domain::violence::assess::SignalKind;
use domain::violence::policy::Policies;
use jiff::civil::Date;
use journal::{JournalError, Which};
use matching::engine::{Engine, Ruling, Rulings, Solution, crowded};
use matching::record::Record;

use crate::beside::AT_A_TIME;
use crate::listen::{KINDS, Linker};
use crate::state::State;
use crate::told::{Dockets, Heard};

/// What would be different.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Simulation {
    /// How many records were compared.
    pub records: usize,
    /// How many persons there are, and would be.
    pub persons: (usize, usize),
    /// Persons that would hold records that are apart today, with those records.
    pub merged: BTreeMap<PersonId, BTreeSet<PartyId>>,
    /// Persons of today whose records would not all be of one person, with those records.
    pub split: BTreeMap<PersonId, BTreeSet<PartyId>>,
    /// Questions that stewards would be asked beside those of today.
    pub asked: BTreeSet<MatchId>,
    /// Questions of today that would not be asked any more.
    pub not_asked: BTreeSet<MatchId>,
    /// Links that there would be beside those of today.
    pub linked: BTreeSet<Pair<CaseId>>,
    /// Links of today that there would not be.
    pub not_linked: BTreeSet<Pair<CaseId>>,
    /// Cases whose judges would be told of another, and are not today.
    pub told: BTreeSet<(CaseId, CaseId)>,
    /// Cases whose judges are told of another today, and would not be.
    pub not_told: BTreeSet<(CaseId, CaseId)>,
    /// Cases whose judges would be told otherwise of another than today.
    pub told_otherwise: BTreeSet<(CaseId, CaseId)>,
}

type Links = BTreeMap<Pair<CaseId>, CasesLinked>;

impl Linker {
    /// Compares the register of today with what it would be by `engine`. `kinds` are the facts that have a bearing on what judges
    /// are told.
    ///
    /// # Errors
    /// When the journal cannot be reached, or holds what no version of this house wrote.
    pub async fn simulate(&self, engine: &Engine, kinds: &[&str], today: Date) -> Result<Simulation, JournalError> {
        let mut transaction = self.journal.begin().await?;
        // What stands and what it follows from, both as they are at one moment: what waits to be decided is no difference.
        transaction.one_moment().await?;
        let state = State::read(&mut transaction, None).await?;
        let (mut heard, mut dockets) = (Heard::default(), Dockets::default());
        let hear = |fact: &Fact| {
            heard.hear(fact);
            dockets.hear(fact);
        };
        transaction.each(Which::Handled, &KINDS, hear).await?;
        let others: Vec<&str> = kinds.iter().copied().filter(|kind| !KINDS.contains(kind)).collect();
        transaction.each(Which::All, &others, |fact: &Fact| dockets.hear(fact)).await?;
        let mut kept: Vec<_> = heard.kept().collect();
        let mut records: Vec<Record> = Vec::with_capacity(kept.len());
        for part in kept.chunks_mut(AT_A_TIME) {
            records.extend(self.open(&mut transaction, part).await?.into_iter().flatten().map(|opened| opened.record));
        }
        drop(transaction);
        let solution = solved(engine, &records, &state);
        let by = (today, &self.policies);
        Ok(differences(&state, &solution, &dockets.0, engine.id(), by, records.len()))
    }
}

fn solved(engine: &Engine, records: &[Record], state: &State) -> Solution {
    let ruling = |(pair, ruled): (&Pair<PartyId>, &crate::state::Entry<crate::state::Ruled>)| {
        (*pair, Ruling { same: ruled.said.same, fact: ruled.fact, seen: ruled.said.seen.clone() })
    };
    let rulings: Rulings = state.rulings.now().iter().map(ruling).collect();
    let found_by = engine.all_found_by(records);
    engine.solve(records, &crowded(found_by.iter().map(|(_, found)| found)), &rulings)
}

fn differences(
    state: &State,
    solution: &Solution,
    dockets: &BTreeMap<CaseId, Docket>,
    model: &str,
    (today, policies): (Date, &Policies),
    records: usize,
) -> Simulation {
    let before: Vec<PersonCertain> = state.persons.values().map(|person| person.said.clone()).collect();
    let after: Vec<PersonCertain> = solution
        .persons
        .iter()
        .map(|(id, person)| PersonCertain {
            person: *id,
            members: person.members.clone(),
            former: BTreeSet::new(),
            evidence: person.evidence.clone(),
            model: model.to_owned(),
        })
        .collect();
    let (asked, asks) = (state.questions.keys().copied(), solution.questions.keys().copied());
    let (asked, asks): (BTreeSet<MatchId>, BTreeSet<MatchId>) = (asked.collect(), asks.collect());
    let linking = dockets.iter().map(|(case, docket)| (*case, docket.linking())).collect();
    let matters = state.matter_of_each();
    let of = |persons: &[PersonCertain]| -> Links {
        let found = links(persons, &linking, &matters).into_iter();
        found.map(|(cases, persons)| (cases, CasesLinked { link: LinkId::between(cases), cases, persons })).collect()
    };
    let (links_before, links_after) = (of(&before), of(&after));
    let pairs = |links: &Links| links.keys().copied().collect::<BTreeSet<_>>();
    let (linked_before, linked_after) = (pairs(&links_before), pairs(&links_after));
    let mut simulation = Simulation {
        records,
        persons: (before.len(), after.len()),
        merged: torn(&after, &before),
        split: torn(&before, &after),
        asked: asks.difference(&asked).copied().collect(),
        not_asked: asked.difference(&asks).copied().collect(),
        linked: linked_after.difference(&linked_before).copied().collect(),
        not_linked: linked_before.difference(&linked_after).copied().collect(),
        ..Simulation::default()
    };
    let changed = linked_before.union(&linked_after).filter(|cases| links_before.get(cases) != links_after.get(cases));
    for (own, parallel) in changed.flat_map(|cases| [(cases.a, cases.b), (cases.b, cases.a)]) {
        let matter = |case: CaseId| {
            let formed = matters.get(&case).and_then(|matter| state.matters.get(matter));
            formed.map_or_else(|| Matter::from(case), |formed| Matter::from(&formed.said))
        };
        for own in matter(own).told() {
            let signal = RaiseSignal { own, parallel: matter(parallel), today, policies: policies.clone() };
            let told = |links: &Links| signal.assess(dockets, &signal.between(links));
            let (told_before, told_after) = (told(&links_before), told(&links_after));
            let which = (signal.own.goes_on_as, signal.parallel.goes_on_as);
            for kind in SignalKind::GROUPS.into_iter().flatten() {
                match (told_before.get(kind), told_after.get(kind)) {
                    (None, Some(_)) => drop(simulation.told.insert(which)),
                    (Some(_), None) => drop(simulation.not_told.insert(which)),
                    (Some(one), Some(other)) if one != other => drop(simulation.told_otherwise.insert(which)),
                    _ => {}
                }
            }
        }
    }
    simulation
}

/// The persons whose records are not all of one and the same person of others.
fn torn(persons: &[PersonCertain], others: &[PersonCertain]) -> BTreeMap<PersonId, BTreeSet<PartyId>> {
    let part_of: BTreeMap<PartyId, PersonId> =
        others.iter().flat_map(|person| person.members.iter().map(|member| (member.party, person.person))).collect();
    let parties = |person: &PersonCertain| person.members.iter().map(|member| member.party).collect::<BTreeSet<_>>();
    let is_torn = |parties: &BTreeSet<PartyId>| {
        let of: BTreeSet<Option<PersonId>> = parties.iter().map(|party| part_of.get(party).copied()).collect();
        of.len() > 1 || of.contains(&None)
    };
    persons.iter().map(|person| (person.person, parties(person))).filter(|(_, parties)| is_torn(parties)).collect()
}
