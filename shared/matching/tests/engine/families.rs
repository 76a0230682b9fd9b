//! Small registers of families for the properties: twins, fathers and sons, namesakes, shared doors, swapped and missing
//! fields. Made from a seed by a generator of its own, so that a property can be shrunk and repeated.

use crate::court::{Party, party};
use crate::outcome::Ruled;

/// A stream of numbers (`splitmix64`, Steele, Lea and Flood 2014).
pub struct Numbers(u64);

impl Numbers {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit.max(1) as u64).unwrap()
    }

    pub fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    pub fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

const GIVEN: [&str; 16] = [
    "Johannes",
    "Jan",
    "Maria",
    "Anna Maria",
    "Maria Anna",
    "Fatima",
    "Mohamed",
    "Kees",
    "Cornelis",
    "Sem",
    "Senna",
    "Kwame",
    "Zoë",
    "Mark",
    "Marc",
    "Sofie",
];
const SURNAMES: [(&str, &str); 12] = [
    ("de", "Vries"),
    ("van den", "Berg"),
    ("", "Jansen"),
    ("", "El Amrani"),
    ("", "Yılmaz"),
    ("", "Kowalski"),
    ("", "Osei"),
    ("van", "Dijk"),
    ("", "Janssen"),
    ("", "Dykstra"),
    ("", "Dijkstra"),
    ("", "Jansen-de Vries"),
];
const STREETS: [&str; 5] = ["Dorpsstraat", "Dorps straat", "Kerk laan", "Laan Kerk", "Kerklaan"];
/// Fictitious numbers that pass the eleven-test; few, so that they meet.
pub const BSNS: [&str; 6] = ["999990019", "999990020", "999990032", "999990044", "999990056", "999990068"];

/// Records of so many families, with ids from `0000` on.
pub fn families(seed: u64, families: usize) -> Vec<Party> {
    let mut numbers = Numbers::new(seed);
    let mut parties = Vec::new();
    for family in 0..families {
        let people = members(&mut numbers);
        for case in 0..=numbers.below(3) {
            for person in &people {
                if numbers.one_in(4) {
                    continue;
                }
                let mut record = written(&mut numbers, person.clone());
                record.case = if numbers.one_in(8) { String::new() } else { format!("{family}-{case}") };
                record.id = format!("{:04}", parties.len());
                record.source = ["family", "criminal"][case % 2].into();
                parties.push(record);
            }
        }
    }
    parties
}

fn members(numbers: &mut Numbers) -> Vec<Party> {
    let (prefix, surname) = numbers.pick(&SURNAMES);
    let (street, number) = (numbers.pick(&STREETS), (1 + numbers.below(3)).to_string());
    let mut day = String::from("2015-05-05");
    let mut people = Vec::new();
    for place in 0..=1 + numbers.below(3) {
        // Now and then a twin of the one before.
        if place == 0 || !numbers.one_in(4) {
            day = format!("{}-{:02}-{:02}", 1955 + 10 * numbers.below(6), 1 + numbers.below(12), 1 + numbers.below(12));
        }
        let mut person = party(numbers.pick(&GIVEN), surname, &day).named(prefix, surname);
        if numbers.one_in(5) {
            let (prefix, surname) = numbers.pick(&SURNAMES);
            person = person.partner(prefix, surname);
        }
        if numbers.one_in(3) {
            person.bsn = numbers.pick(&BSNS).into();
        }
        people.push(person.at(street, &number, "1234AB", "Utrecht").born_in("Zwolle").sex(numbers.pick(&["m", "v"])));
    }
    people
}

/// What a clerk makes of a person.
fn written(numbers: &mut Numbers, mut person: Party) -> Party {
    match numbers.below(10) {
        0 => {
            let given = std::mem::take(&mut person.given);
            person.initials = given.split(' ').filter_map(|name| name.chars().next()).collect();
        }
        1 => {
            let surname = person.surnames[0].1.clone();
            person.surnames = vec![(String::new(), std::mem::replace(&mut person.given, surname))];
        }
        2 => person.surnames[0].1.push('s'),
        3 => person.given = numbers.pick(&GIVEN).into(),
        4 => person.given = "NN".into(),
        _ => {}
    }
    match numbers.below(8) {
        0 => person.birth.clear(),
        1 => person.birth = person.birth[..4].into(),
        2 => person.birth = format!("{}-01-01", &person.birth[..4]),
        3 => person.birth.replace_range(9..10, "9"),
        _ => {}
    }
    if numbers.one_in(4) {
        person.address = Default::default();
    }
    if numbers.one_in(6) {
        person.bsn = numbers.pick(&BSNS).into();
    }
    if numbers.one_in(5) {
        person.skn = format!("7700{}", numbers.below(4));
    }
    person
}

/// Rulings on some pairs; contradictions among them are likely where there are many.
pub fn rulings(seed: u64, parties: &[Party], count: usize) -> Ruled {
    let mut numbers = Numbers::new(seed);
    let mut ruled = Ruled::default();
    for _ in 0..count {
        let mut id = || numbers.pick(parties).id;
        let (a, b) = (id(), id());
        let known =
            |pairs: &[(String, String)]| pairs.iter().any(|(c, d)| (c == &a && d == &b) || (c == &b && d == &a));
        if a == b || known(&ruled.same) || known(&ruled.different) {
            continue;
        }
        if numbers.one_in(2) { ruled.same.push((a, b)) } else { ruled.different.push((a, b)) }
    }
    ruled
}
