//! What holds of any records: the set of them decides, not how they came; what people ruled holds; comparing has no
//! direction.

use std::collections::{BTreeMap, BTreeSet};

use matching::candidates::Candidates;
use matching::model::Model;
use matching::register::{Entry, Register, Row};
use matching::resolve::{Question, Reason, SIDE_BY_SIDE, edges, levels, tasks};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::court::{Party, model, register, schema};
use crate::families::{Numbers, families, rulings};
use crate::outcome::{Outcome, Ruled, decide, together};

/// The same cases in every run.
pub fn pinned(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(20_231), failure_persistence: None, ..ProptestConfig::default() }
}

/// The model, by keys alone or by all pairs.
fn by(keys: bool) -> Model {
    let mut model = model().clone();
    if keys {
        model.plan.exhaustive = 0;
    }
    model
}

fn outcome_of(register: &mut Register, model: &Model, ruled: &Ruled) -> Outcome {
    register.sort().unwrap();
    model.weigh(register).unwrap();
    decide(register, model, ruled)
}

fn outcome(parties: &[Party], model: &Model, ruled: &Ruled) -> Outcome {
    let mut register = register(parties);
    outcome_of(&mut register, model, ruled)
}

fn entries(parties: &[Party]) -> Vec<Entry> {
    parties.iter().map(Party::entry).collect()
}

/// From each record to the first that rulings of "one person" tie it to.
fn tied(parties: &[Party], ruled: &Ruled) -> BTreeMap<String, String> {
    let mut first: BTreeMap<String, String> =
        parties.iter().map(|party| (party.id.clone(), party.id.clone())).collect();
    for _ in parties {
        for (a, b) in &ruled.same {
            let least = first[a].clone().min(first[b].clone());
            first.insert(a.clone(), least.clone());
            first.insert(b.clone(), least);
        }
    }
    first
}

proptest! {
    #![proptest_config(pinned(96))]

    #[test]
    fn the_order_of_records_changes_nothing(seed: u64, of in 2_usize..12, keys: bool) {
        let (mut parties, model) = (families(seed, of), by(keys));
        let ruled = rulings(seed, &parties, 4);
        let expected = outcome(&parties, &model, &ruled);
        Numbers::new(seed ^ 1).shuffle(&mut parties);
        prop_assert_eq!(expected, outcome(&parties, &model, &ruled));
    }

    #[test]
    fn the_batches_in_which_they_come_change_nothing(seed: u64, of in 2_usize..12, keys: bool) {
        let (parties, model) = (families(seed, of), by(keys));
        let expected = outcome(&parties, &model, &Ruled::default());
        let mut numbers = Numbers::new(seed ^ 2);
        let mut waiting = entries(&parties);
        numbers.shuffle(&mut waiting);
        let mut register = Register::new(schema());
        while !waiting.is_empty() {
            let batch: Vec<Entry> = waiting.drain(..=numbers.below(waiting.len())).collect();
            register.add(&batch.iter().collect());
            // Looking in between leaves no trace either.
            if numbers.one_in(2) {
                register.sort().unwrap();
                model.weigh(&mut register).unwrap();
                edges(&register, &model, &Candidates::of(&register, &model.plan, false));
            }
        }
        prop_assert_eq!(expected, outcome_of(&mut register, &model, &Ruled::default()));
    }

    #[test]
    fn a_record_delivered_again_is_no_second_record(seed: u64, of in 2_usize..12) {
        let parties = families(seed, of);
        let expected = outcome(&parties, model(), &Ruled::default());
        let mut numbers = Numbers::new(seed ^ 3);
        let mut all = entries(&parties);
        for party in &parties {
            (0..numbers.below(3)).for_each(|_| all.push(party.entry()));
        }
        numbers.shuffle(&mut all);
        let mut register = Register::new(schema());
        all.chunks(7).for_each(|batch| register.add(&batch.iter().collect()));
        prop_assert_eq!(expected, outcome_of(&mut register, model(), &Ruled::default()));
        prop_assert_eq!(register.len(), parties.len());
    }

    #[test]
    fn two_records_of_one_id_are_refused(seed: u64, of in 2_usize..6) {
        let parties = families(seed, of);
        prop_assume!(!parties.is_empty());
        let mut other = Numbers::new(seed).pick(&parties);
        other.birth = "1931-11-17".into();
        let mut all = entries(&parties);
        all.push(other.entry());
        all.push(other.entry());
        Numbers::new(seed ^ 4).shuffle(&mut all);
        let mut register = Register::new(schema());
        register.add(&all.iter().collect());
        let contradicting = register.sort().unwrap_err();
        prop_assert_eq!(contradicting.ids, vec![other.id.into_boxed_str()]);
    }

    #[test]
    fn what_is_withdrawn_leaves_no_trace(seed: u64, of in 2_usize..10, sorted: bool) {
        let (parties, mut guests) = (families(seed, of), families(seed ^ 5, 3));
        for guest in &mut guests {
            guest.id.insert_str(0, "guest-");
        }
        let expected = outcome(&parties, model(), &Ruled::default());
        let mut all = entries(&[&guests[..], &parties[..]].concat());
        Numbers::new(seed).shuffle(&mut all);
        let mut register = Register::new(schema());
        register.add(&all.iter().collect());
        if sorted {
            outcome_of(&mut register, model(), &Ruled::default());
        }
        register.retain(|id| !id.starts_with("guest-"));
        prop_assert_eq!(expected, outcome_of(&mut register, model(), &Ruled::default()));
    }

    #[test]
    fn rulings_hold_and_contradictions_among_them_are_asked_about(seed: u64, of in 2_usize..10, count in 1_usize..14, keys: bool) {
        let parties = families(seed, of);
        prop_assume!(parties.len() > 1);
        let ruled = rulings(seed ^ 6, &parties, count);
        let outcome = outcome(&parties, &by(keys), &ruled);
        for (a, b) in &ruled.different {
            prop_assert!(!outcome.certain(a, b) && !outcome.possible(a, b), "{} and {} were ruled to be two", a, b);
        }
        let tied = tied(&parties, &ruled);
        let contradictions: BTreeSet<&String> =
            ruled.different.iter().filter(|(a, b)| tied[a] == tied[b]).map(|(a, _)| &tied[a]).collect();
        for (a, b) in &ruled.same {
            if !contradictions.contains(&tied[a]) {
                prop_assert!(outcome.certain(a, b) && outcome.possible(a, b), "{} and {} were ruled to be one", a, b);
            }
        }
        let asked: BTreeSet<&String> = outcome
            .questions
            .iter()
            .filter(|asked| asked.reason == Reason::RulingsContradict)
            .map(|asked| &tied[&asked.pair.0])
            .collect();
        prop_assert_eq!(asked, contradictions);
    }

    #[test]
    fn rulings_that_contradict_one_another_join_nothing(seed: u64, of in 2_usize..8) {
        let parties = families(seed, of);
        prop_assume!(parties.len() > 2);
        let ids: Vec<String> = parties.iter().map(|party| party.id.clone()).take(3).collect();
        let pair = |a: usize, b: usize| (ids[a].clone(), ids[b].clone());
        let different = Ruled { different: vec![pair(0, 2)], ..Ruled::default() };
        let torn = Ruled { same: vec![pair(0, 1), pair(1, 2)], ..different.clone() };
        let (without, with) = (outcome(&parties, model(), &different), outcome(&parties, model(), &torn));
        prop_assert_eq!(without.certain, with.certain);
        prop_assert_eq!(without.possible, with.possible);
    }

    #[test]
    fn certain_lies_within_possible(seed: u64, of in 2_usize..12, count in 0_usize..6, keys: bool) {
        let parties = families(seed, of);
        prop_assume!(!parties.is_empty());
        let outcome = outcome(&parties, &by(keys), &rulings(seed, &parties, count));
        for group in &outcome.certain {
            prop_assert!(outcome.possible.iter().any(|possible| group.is_subset(possible)));
        }
        let members = |groups: &BTreeSet<crate::outcome::Group>| groups.iter().map(BTreeSet::len).sum::<usize>();
        prop_assert_eq!(members(&outcome.certain), parties.len());
        prop_assert_eq!(members(&outcome.possible), parties.len());
    }

    #[test]
    fn two_of_one_case_are_two(seed: u64, of in 2_usize..12) {
        let parties = families(seed, of);
        let outcome = outcome(&parties, model(), &Ruled::default());
        for (place, a) in parties.iter().enumerate() {
            for b in parties[place + 1..].iter().filter(|b| !a.case.is_empty() && (&a.source, &a.case) == (&b.source, &b.case)) {
                prop_assert!(!together(&outcome.certain, &a.id, &b.id));
            }
        }
    }

    #[test]
    fn comparing_has_no_direction(seed: u64, of in 2_usize..8) {
        let mut register = register(&families(seed, of));
        let scale = model().scale();
        model().weigh(&mut register).unwrap();
        for a in 0..register.rows() {
            for b in 0..register.rows() {
                prop_assert_eq!(levels(&register, a, b), levels(&register, b, a));
                prop_assert_eq!(scale.score(&register, a, b), scale.score(&register, b, a));
            }
        }
    }

    #[test]
    fn ids_break_ties_and_nothing_else(seed: u64, of in 2_usize..10, keys: bool) {
        let (parties, model) = (families(seed, of), by(keys));
        let mut renamed = parties.clone();
        let mut order: Vec<usize> = (0..parties.len()).collect();
        Numbers::new(seed ^ 7).shuffle(&mut order);
        let names: BTreeMap<String, String> =
            parties.iter().zip(&order).map(|(party, place)| (format!("x{place:04}"), party.id.clone())).collect();
        renamed.iter_mut().zip(&order).for_each(|(party, place)| party.id = format!("x{place:04}"));
        let (before, after) = (weights(&parties, &model), weights(&renamed, &model));
        let back = |((a, b), weight): (&(String, String), &i32)| {
            let (a, b) = (names[a].clone(), names[b].clone());
            ((a.clone().min(b.clone()), a.max(b)), *weight)
        };
        let after: BTreeMap<(String, String), i32> = after.iter().map(back).collect();
        prop_assert_eq!(&before, &after);
        // As much as one pair can count in an average.
        let different: BTreeSet<i32> = before.values().map(|weight| *weight.clamp(&-12_000, &20_000)).collect();
        // No two pairs count the same: there are no ties to break.
        if different.len() == before.len() {
            let outcomes = [outcome(&parties, &model, &Ruled::default()), outcome(&renamed, &model, &Ruled::default())];
            let [expected, found] = outcomes.map(|outcome| outcome.possible);
            let found: BTreeSet<BTreeSet<String>> =
                found.iter().map(|group| group.iter().map(|id| names[id].clone()).collect()).collect();
            prop_assert_eq!(expected, found);
        }
    }

    #[test]
    fn every_question_is_in_one_task_that_can_be_overseen(seed: u64, of in 2_usize..14) {
        let mut numbers = Numbers::new(seed);
        let groups: Vec<Vec<Row>> = (0..20).map(|first| (first * 3..first * 3 + 1 + first % 3).collect()).collect();
        let mut questions: Vec<Question> = (0..of * 3)
            .map(|_| {
                let (one, other) = (numbers.pick(&groups), numbers.pick(&groups));
                let weight = i32::try_from(numbers.below(40_000)).unwrap();
                Question { pair: (one[0], other[0]), reason: Reason::Possible, weight, groups: (one, other) }
            })
            .collect();
        let found = tasks(&questions);
        for task in &found {
            let asked: BTreeSet<&Vec<Row>> =
                task.questions.iter().flat_map(|question| [&question.groups.0, &question.groups.1]).collect();
            prop_assert_eq!(asked, task.groups.iter().collect::<BTreeSet<_>>());
            prop_assert!(task.groups.len() <= SIDE_BY_SIDE && !task.questions.is_empty());
        }
        numbers.shuffle(&mut questions);
        prop_assert_eq!(&found, &tasks(&questions));
        questions.sort_unstable();
        let mut told: Vec<Question> = found.into_iter().flat_map(|task| task.questions).collect();
        told.sort_unstable();
        prop_assert_eq!(questions, told);
    }

    #[test]
    fn cores_change_nothing(seed: u64, of in 2_usize..12, keys: bool) {
        let (parties, model) = (families(seed, of), by(keys));
        let ruled = rulings(seed, &parties, 3);
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| outcome(&parties, &model, &ruled))
        };
        prop_assert_eq!(on(1), on(4));
    }
}

/// What every two records weigh, by their ids, the smaller first.
fn weights(parties: &[Party], model: &Model) -> BTreeMap<(String, String), i32> {
    let mut register = register(parties);
    model.weigh(&mut register).unwrap();
    let id = |row: Row| register.id(row).to_owned();
    edges(&register, model, &Candidates::of(&register, &model.plan, false))
        .iter()
        .map(|edge| ((id(edge.a), id(edge.b)), edge.weight))
        .collect()
}
