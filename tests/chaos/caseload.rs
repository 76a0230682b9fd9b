//! A thousand events about families of invented people: shared persons, doubtful ones, conflicts, dismissals.

use courthouse::events::{CaseEvent, CaseStory, person};
use domain::bsn::Bsn;

const GIVEN: [&str; 10] = ["Anna", "Bram", "Carla", "Daan", "Eva", "Femke", "Guus", "Hanna", "Ilse", "Joris"];
const SURNAMES: [&str; 7] = ["Jong", "Jansen", "Vries", "Berg", "Dijk", "Bakker", "Visser"];

/// What is published for each family.
const EVENTS_PER_FAMILY: usize = 14;

/// Numbers of the test range that pass the eleven-test.
fn numbers() -> Vec<String> {
    (999_910_000_u32..999_930_000)
        .map(|number| number.to_string())
        .filter(|digits| Bsn::parse(digits).is_ok())
        .collect()
}

/// At least `count` events, always the same.
pub fn events(count: usize) -> Vec<CaseEvent> {
    let numbers = numbers();
    let mut events = Vec::new();
    for family in 0..count.div_ceil(EVENTS_PER_FAMILY) {
        let birth = |age: usize| format!("{}-{:02}-{:02}", 1960 + age + family % 30, 1 + family % 12, 2 + family % 26);
        let surname = SURNAMES[family % SURNAMES.len()];
        let somebody = |place: usize, age: usize, number: &str| {
            person(["", surname, GIVEN[(family + place) % GIVEN.len()], &birth(age), number])
        };
        let number = |place: usize| numbers[family * 4 + place].clone();
        let (father, mother, child) =
            (somebody(0, 1, &number(0)), somebody(1, 3, &number(1)), somebody(2, 30, &number(2)));
        // Every third suspect is known by name and birth date only; every seventh stands under the mother's number.
        let suspect = match family % 21 {
            n if n % 3 == 0 => somebody(0, 1, ""),
            n if n % 7 == 0 => somebody(0, 1, &number(1)),
            _ => father.clone(),
        };

        let mut contact = CaseStory::new("family", "RBROT", &format!("chaos-{family}"));
        events.extend([
            contact
                .registered("contact-arrangement", &format!("C/10/{:06} / FA RK 26-{}", 700_000 + family, 1 + family)),
            contact.party("p1", &["petitioner"], Some("father"), &father),
            contact.party("p2", &["respondent"], Some("mother"), &mother),
            contact.party("p3", &["minor"], Some("child"), &child),
            contact.judges(&["judge-anna"]),
            contact.hearing("h1", jiff::civil::date(2027, 3, 1)),
            contact.details("p2", &mother),
        ]);
        let mut criminal = CaseStory::new("criminal", "RBROT", &format!("chaos-{family}"));
        events.extend([
            criminal.registered("adult-criminal", &format!("10/{:06}-26", 100_000 + family)),
            criminal.party("d1", &["suspect"], None, &suspect),
            criminal.party("d2", &["victim"], None, &mother),
            criminal.judges(&["judge-bram"]),
            criminal.charge("c1", "d1", &["d2"], &["300", "304"], "2026-03-07"),
            criminal.hearing("h1", jiff::civil::date(2027, 5, 1)),
            if family % 4 == 0 { criminal.dismissed("01") } else { criminal.verdict("c1", "convicted") },
        ]);
    }
    events.truncate(count);
    events
}
