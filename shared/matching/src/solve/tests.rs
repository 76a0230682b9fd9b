use proptest::prelude::*;

use super::*;
use crate::compare::tests::record;

const PEOPLE: [[&str; 4]; 8] = [
    ["El Amrani", "Samira", "1990-03-14", "999991000"],
    ["El Amrani", "Samira", "1990-03-14", ""],
    ["Elamrani", "S.", "1990", "999991000"],
    ["van den Berg", "Pieter", "1987-11-02", "999991036"],
    ["van den Berg", "Pieter", "1987-11-02", "999991000"],
    ["van den Berg", "Noor", "2018-06-21", "999991073"],
    ["Berg", "Pieter", "1987-11-02", ""],
    ["", "", "", "999991000"],
];

fn ruling(number: usize, same: bool) -> Ruling {
    Ruling { same, fact: FactId::derived(&[&number.to_string()]) }
}

#[test]
fn contradicting_rulings_join_nothing() {
    let records: Vec<Record> = ["A", "B", "C"].iter().map(|case| record(case, PEOPLE[1])).collect();
    let pair = |a: usize, b: usize| Pair::of(records[a].member.party, records[b].member.party);
    let rulings =
        Rulings::from([(pair(0, 1), ruling(1, true)), (pair(1, 2), ruling(2, true)), (pair(0, 2), ruling(3, false))]);
    let solution = solve(&records, &rulings);
    assert!(solution.persons.is_empty());
    assert!(solution.questions.values().all(|(asked, _)| *asked == Asked::Conflict));
    assert!(!solution.questions.is_empty());
}

#[test]
fn a_bridge_between_two_who_contradict_joins_neither() {
    // The year alone fits both; the two full dates contradict each other.
    let records = [
        record("A", ["Jansen", "Jan", "1985-05-05", "999991139"]),
        record("B", ["Jansen", "Jan", "1985", "999991139"]),
        record("C", ["Jansen", "Jan", "1985-09-09", "999991139"]),
    ];
    let solution = solve(&records, &Rulings::new());
    assert!(solution.persons.is_empty());
    assert_eq!(solution.questions.len(), 3);
}

proptest! {
    #[test]
    fn order_and_repetition_change_nothing(
        picks in proptest::collection::vec((0..PEOPLE.len(), 0..4_usize), 1..10),
        words in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<bool>()), 0..4),
        order in any::<u64>(),
    ) {
        let cases = ["A", "B", "C", "D"];
        let records: Vec<Record> = picks.iter().map(|(who, case)| record(cases[*case], PEOPLE[*who])).collect();
        let rulings: Rulings = words.iter().enumerate().filter_map(|(number, (a, b, same))| {
            let (a, b) = (a.get(&records).member.party, b.get(&records).member.party);
            (a != b).then(|| (Pair::of(a, b), ruling(number, *same)))
        }).collect();
        let solution = solve(&records, &rulings);
        let mut shuffled = records.clone();
        shuffled.extend(records.iter().cloned());
        let turn = usize::try_from(order % shuffled.len() as u64).unwrap_or(0);
        shuffled.rotate_left(turn);
        shuffled.reverse();
        prop_assert_eq!(&solution, &solve(&shuffled, &rulings));
        for person in solution.persons.values() {
            prop_assert!(person.members.len() > 1);
            for (pair, ruling) in &rulings {
                let holds = |party| person.members.iter().any(|member| member.party == party);
                prop_assert!(ruling.same || !(holds(pair.a) && holds(pair.b)), "a parted pair is never one person");
            }
        }
    }
}
