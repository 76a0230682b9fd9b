//! What a caseload promises: the same for the same seed, well-formed, with the errors that were asked for.
// A failed expectation is how a test fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};

use caseload::record::{self, COLUMNS};
use caseload::{Carriage, Caseload, Family, PartyRecord, Rate, Rates, Shares};
use domain::birth::BirthDate;
use domain::bsn::Bsn;
use domain::jurisdiction::Jurisdiction;

fn families(seed: u64, how_many: u64) -> Vec<Family> {
    let caseload = Caseload::new(seed);
    (0..how_many).map(|number| caseload.family(number)).collect()
}

fn text(families: &[Family]) -> String {
    families.iter().map(|family| record::rows(&family.records) + &record::truth_rows(&family.records)).collect()
}

#[test]
fn a_seed_gives_the_same_bytes_and_another_seed_others() {
    assert_eq!(text(&families(1, 200)), text(&families(1, 200)));
    assert_ne!(text(&families(1, 20)), text(&families(2, 20)));
}

#[test]
fn a_smaller_caseload_is_the_beginning_of_a_larger_one_and_order_does_not_matter() {
    let all: Vec<Family> = Caseload::new(9).families().take(300).collect();
    assert_eq!(text(&all[..100]), text(&families(9, 100)));
    assert_eq!(Caseload::new(9).family(250), all[250]);
}

#[test]
fn other_rates_leave_people_and_cases_as_they_are() {
    let exact = Caseload::with(1, Shares::default(), Rates::all(Rate::NEVER), Carriage::default());
    let usual = Caseload::new(1);
    for number in 0..50 {
        let (one, other) = (exact.family(number), usual.family(number));
        assert_eq!((one.people, one.cases), (other.people, other.cases));
        assert!(one.records.iter().all(|record| record.slips.count() == 0));
    }
}

/// Family names are common, and nothing else is: no name of a whole person is in any list, and numbers are fictitious.
#[test]
fn numbers_are_of_the_fictitious_range_and_pass_the_test_unless_marked() {
    let (mut with, mut invalid) = (0, 0);
    let mut owners: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for record in families(3, 1_500).iter().flat_map(|family| &family.records).filter(|record| !record.bsn.is_empty()) {
        assert!(record.bsn.starts_with("9999") && record.bsn.len() == 9);
        let marked = record.slips.has(record::Slip::BsnInvalid);
        assert_eq!(Bsn::parse(&record.bsn).is_err(), marked);
        if !record.slips.has(record::Slip::BsnSwapped) && !marked {
            owners.entry(record.bsn.clone()).or_default().insert(record.person_id.clone());
        }
        with += 1;
        invalid += u32::from(marked);
    }
    assert!(with > 2_000 && invalid > 3, "{with} {invalid}");
    assert!(owners.values().all(|persons| persons.len() == 1));
}

#[test]
fn what_makes_matching_hard_occurs() {
    let families = families(1, 2_000);
    let records: Vec<&PartyRecord> = families.iter().flat_map(Family::linkable).collect();
    let share = |of: &dyn Fn(&&PartyRecord) -> bool| {
        f64::from(u32::try_from(records.iter().copied().filter(|record| of(record)).count()).unwrap())
            / f64::from(u32::try_from(records.len()).unwrap())
    };
    assert!((0.005..0.06).contains(&share(&|record| record.twin)));
    assert!((0.01..0.08).contains(&share(&|record| record.namesake)));
    assert!((0.02..0.12).contains(&share(&|record| record.hidden_address)));
    assert!(share(&|record| !record.partner_surname.is_empty() || record.surname.contains('-')) > 0.02);
    assert!(share(&|record| record.birth_date.is_empty()) > 0.05);
    assert!(share(&|record| record.birth_date.len() == 4) > 0.005);
    assert!(share(&|record| record.given_names.is_empty() && !record.initials.is_empty()) > 0.03);
    // One person: two records on average, at most about twelve.
    let mut clusters: BTreeMap<&str, usize> = BTreeMap::new();
    for record in &records {
        *clusters.entry(record.person_id.as_str()).or_default() += 1;
    }
    let average = records.len() * 10 / clusters.len();
    assert!((17..28).contains(&average), "{average} tenths");
    assert!(clusters.values().any(|size| *size == 1) && clusters.values().any(|size| *size > 6));
    assert!(clusters.values().all(|size| *size <= 20));
    // Every kind of court and every origin.
    let sources: BTreeSet<&str> = records.iter().map(|record| record.source).collect();
    assert_eq!(sources, Jurisdiction::ALL.map(Jurisdiction::as_str).into());
    let buckets: BTreeSet<&str> = records.iter().filter_map(|record| Some(record.bucket?.code())).collect();
    assert_eq!(buckets.len(), 11);
    // Twins of one sex with one initial, and an address that several families share.
    let alike = families.iter().any(|family| {
        let twins: Vec<_> = family.people.persons.iter().filter(|person| person.twin).collect();
        let initial = |place: usize| twins.get(place).and_then(|person| person.given.first()?.chars().next());
        twins.len() >= 2 && initial(0) == initial(1) && twins[0].given.first() != twins[1].given.first()
    });
    assert!(alike);
    let shelters = families.iter().flat_map(|family| &family.people.addresses);
    let shelters = shelters.filter(|address| address.site == caseload::places::Site::Shelter);
    let mut shared: BTreeMap<&str, usize> = BTreeMap::new();
    for shelter in shelters {
        *shared.entry(&shelter.postcode).or_default() += 1;
    }
    assert!(shared.values().any(|families| *families > 2));
    // Father and son of one name at one address.
    assert!(families.iter().any(|family| {
        let sons = family.people.kin.children.iter().map(|child| &family.people.persons[*child]);
        let father = family.people.kin.parents.get(1).map(|father| &family.people.persons[*father]);
        sons.into_iter().any(|son| father.is_some_and(|father| son.namesake && son.given == father.given))
    }));
}

#[test]
fn parents_are_older_than_their_children_and_nobody_comes_before_birth() {
    for family in families(6, 2_000) {
        for child in &family.people.kin.children {
            let (child, mother) =
                (&family.people.persons[*child], &family.people.persons[family.people.kin.parents[0]]);
            assert!(mother.age_on(child.born) >= 17, "{} {}", family.number, mother.age_on(child.born));
        }
        for case in &family.cases {
            for party in &case.parties {
                if let caseload::cases::Who::Person(place) = party.who {
                    assert!(family.people.persons[place].born < case.registered, "{} {:?}", family.number, party.roles);
                }
            }
        }
    }
}

#[test]
fn every_date_reads_and_every_row_has_all_columns() {
    for family in families(4, 500) {
        for record in &family.records {
            assert!(BirthDate::parse(&record.birth_date).is_ok());
        }
        let rows = record::rows(&family.records);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(rows.as_bytes());
        let read: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(read.len(), family.records.len());
        for (row, record) in read.iter().zip(&family.records) {
            assert_eq!(row.len(), COLUMNS.len());
            let surname = COLUMNS.iter().position(|column| *column == "surname").unwrap();
            assert_eq!((&row[0], &row[surname]), (record.record_id.as_str(), record.surname.as_str()));
        }
        assert_eq!(record::truth_rows(&family.records).lines().count(), family.records.len());
    }
    assert!(record::heading().starts_with("record_id,source,"));
    assert!(record::truth_heading().starts_with("record_id,cluster_id,source,bucket,"));
}

#[test]
fn odd_rates_and_shares_bring_nothing_down() {
    let none = Shares { origins: [0; 11], ..Shares::default() };
    for shares in [Shares::default(), none, everything()] {
        for rate in [Rate::NEVER, Rate::ALWAYS, Rate::per_10_000(u16::MAX)] {
            let mut rates = Rates::all(rate);
            for tenths in [0, 10, u16::MAX] {
                rates.self_reported_tenths = tenths;
                let caseload = Caseload::with(u64::MAX, shares.clone(), rates.clone(), Carriage::default());
                for number in (0..30).chain([u64::MAX]) {
                    let family = caseload.family(number);
                    assert!(record::rows(&family.records).lines().count() >= family.records.len());
                    assert!(!family.events().is_empty() || family.cases.is_empty());
                }
            }
        }
    }
}

/// Everything that may be is.
fn everything() -> Shares {
    let always = Rate::ALWAYS;
    Shares {
        origins: [1; 11],
        mixed: always,
        twins: always,
        alike_twins: always,
        father_and_son: always,
        doubles: always,
        married: always,
        shelter: always,
        hidden: always,
        patchwork: always,
        placed: always,
        grandparents: always,
        foreign: always,
        second_skn: always,
        first_of_january: always,
        single: Rate::NEVER,
        same_sex: Rate::NEVER,
        childless: Rate::NEVER,
    }
}
