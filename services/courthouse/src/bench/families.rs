//! Families of invented people, the same for the same seed.

use domain::bsn::Bsn;
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::events::{CaseEvent, CaseStory, Person, person};

const SURNAMES: [&str; 24] = [
    "Jong", "Jansen", "Vries", "Berg", "Dijk", "Bakker", "Janssen", "Visser", "Smit", "Meijer", "Boer", "Mulder",
    "Groot", "Bos", "Vos", "Peters", "Hendriks", "Dekker", "Leeuwen", "Brouwer", "Wit", "Dijkstra", "Smits", "Graaf",
];
const GIVEN: [&str; 20] = [
    "Anna", "Bram", "Carla", "Daan", "Eva", "Femke", "Guus", "Hanna", "Ilse", "Joris", "Karin", "Lars", "Mila", "Noor",
    "Otto", "Petra", "Ruben", "Sanne", "Tess", "Wout",
];
/// What a family's case consists of: its registration and four parties.
pub const EVENTS_PER_FAMILY: u32 = 5;
/// How many persons that brings.
pub const PERSONS_PER_FAMILY: u32 = 4;

/// A generator of families.
pub struct Families {
    seed: u32,
    /// From which family on persons have a number.
    unnumbered: u32,
    numbers: Vec<String>,
}

impl Families {
    /// Families of which the first `unnumbered` have no numbers.
    pub fn new(seed: u32, unnumbered: u32) -> Self {
        Self { seed, unnumbered, numbers: test_numbers() }
    }

    /// A family's case, and the events about it.
    pub fn family(&self, family: u32) -> (CaseStory, Vec<CaseEvent>) {
        let mut story = CaseStory::new("family", "RBROT", &format!("bench-{}-{family}", self.seed));
        let events = vec![
            story.registered(
                "contact-arrangement",
                &format!("C/10/{:06} / FA RK 26-{}", family % 1_000_000, 1 + family % 9_999),
            ),
            story.party("p1", &["petitioner"], Some("father"), &self.person(family, 0)),
            story.party("p2", &["respondent"], Some("mother"), &self.person(family, 1)),
            story.party("p3", &["minor"], Some("child"), &self.person(family, 2)),
            story.party("p4", &["minor"], Some("child"), &self.person(family, 3)),
        ];
        (story, events)
    }

    /// The same person for the same seed, family and place. The families that fill the register have no numbers, as is
    /// common in family cases and as there are fewer numbers in the test range than persons; those measured have one.
    pub fn person(&self, family: u32, place: u32) -> Person {
        let mixed = mix(self.seed, family * PERSONS_PER_FAMILY + place);
        let pick = |list: &[&'static str], shift: u32| list[usize::try_from(mixed >> shift).unwrap_or(0) % list.len()];
        let age = if place < 2 { 12_000 } else { 2_500 };
        let birth: Date =
            date(2024, 1, 1).checked_sub((age + i64::from(mixed % 2_400)).days()).unwrap_or(date(1990, 2, 2));
        let number = family.checked_sub(self.unnumbered).map(|family| family * PERSONS_PER_FAMILY + place);
        let number = number.and_then(|number| self.numbers.get(usize::try_from(number).ok()?));
        person([
            "",
            pick(&SURNAMES, 8),
            pick(&GIVEN, 16),
            &birth.to_string(),
            number.map_or("", |number| number.as_str()),
        ])
    }
}

/// The numbers of the test range that pass the eleven-test.
fn test_numbers() -> Vec<String> {
    (999_900_000_u32..=999_999_999)
        .map(|number| number.to_string())
        .filter(|digits| Bsn::parse(digits).is_ok())
        .collect()
}

/// Spreads a number over 32 bits (the finalizer of `MurmurHash3`).
const fn mix(seed: u32, number: u32) -> u32 {
    let mut x = number ^ seed.wrapping_mul(0x9e37_79b9);
    x ^= x >> 16;
    x = x.wrapping_mul(0x85eb_ca6b);
    x ^= x >> 13;
    x = x.wrapping_mul(0xc2b2_ae35);
    x ^ (x >> 16)
}
