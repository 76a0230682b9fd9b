//! The demonstration: a small caseload of invented people, told by a family court and a criminal court.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::json;

use crate::events::{CaseEvent, CaseStory, people, person};

/// The events of the demonstration, with hearings planned from `today`. Told again on the same day they are the same
/// events.
///
/// What comes of them: a signal for judge-anna (a criminal case runs against the father of the child she decides about),
/// its counterpart for judge-bram, a possible match and a conflict for the steward, and one event in quarantine.
///
/// # Errors
/// When a hearing would lie beyond the calendar.
pub fn caseload(today: Date) -> Result<Vec<CaseEvent>, jiff::Error> {
    let mut events = Vec::new();

    let mut contact = CaseStory::new("family", "RBROT", "demo-contact");
    events.extend([
        contact.registered("contact-arrangement", "C/10/712345 / FA RK 26-812"),
        contact.party("p1", &["petitioner"], Some("father"), &people::pieter()),
        contact.party("p2", &["respondent"], Some("mother"), &people::samira()),
        contact.party("p3", &["minor"], Some("child"), &people::noor()),
        contact.party("p4", &["lawyer"], None, &people::bakker()),
        contact.judges(&["judge-anna"]),
        contact.event("clerk-assigned", &json!({ "clerks": ["clerk-elif"] })),
        contact.hearing("h1", today.checked_add(9.days())?),
    ]);

    let mut assault = CaseStory::new("criminal", "RBROT", "demo-assault");
    events.extend([
        assault.registered("adult-criminal", "10/123456-26"),
        assault.party("d1", &["suspect"], None, &people::pieter()),
        assault.party("d2", &["victim"], None, &people::samira()),
        assault.judges(&["judge-bram"]),
        assault.hearing("h1", today.checked_add(40.days())?),
        assault.charge("c1", "d1", &["d2"], &["300", "304"], "2026-03-07"),
    ]);

    // A robbery by a stranger: the victim is the mother, and it concerns nobody's contact with a child.
    let mut robbery = CaseStory::new("criminal", "RBAMS", "demo-robbery");
    events.extend([
        robbery.registered("adult-criminal", "13/654321-26"),
        robbery.party("d1", &["suspect"], None, &people::jansen()),
        robbery.party("d2", &["victim"], None, &people::samira()),
        robbery.party("d3", &["lawyer"], None, &people::bakker()),
        robbery.charge("c1", "d1", &["d2"], &["317"], "2026-05-02"),
    ]);

    // The same name and birth date without a number: a steward must say.
    let mut custody = CaseStory::new("family", "RBDHA", "demo-custody");
    let mut threat = CaseStory::new("criminal", "RBDHA", "demo-threat");
    events.extend([
        custody.registered("custody-dispute", "C/09/680111 / FA RK 26-1044"),
        custody.party(
            "p1",
            &["petitioner"],
            Some("mother"),
            &person(["", "Kowalska", "Katarzyna", "1992-08-17", "999990019"]),
        ),
        custody.party("p2", &["respondent"], Some("father"), &person(["", "Yıldız", "Mehmet", "1985-06-02", ""])),
        custody.judges(&["judge-anna"]),
        custody.hearing("h1", today.checked_add(25.days())?),
        threat.registered("adult-criminal", "09/222333-26"),
        threat.party("d1", &["suspect"], None, &person(["", "Yildiz", "Mehmet", "1985-06-02", ""])),
        threat.party("d2", &["victim"], None, &person(["", "Kowalska", "K.", "1992-08-17", "999990019"])),
        threat.judges(&["judge-bram"]),
        threat.charge("c1", "d1", &["d2"], &["285"], "2026-06-20"),
    ]);

    // The father entered with the mother's number: a conflict, and never a link.
    let mut supervision = CaseStory::new("youth", "RBROT", "demo-supervision");
    events.extend([
        supervision.registered("supervision-order", "C/10/713000 / JE RK 26-77"),
        supervision.party("p1", &["minor"], Some("child"), &people::noor()),
        supervision.party(
            "p2",
            &["interested-party"],
            Some("father"),
            &person(["van den", "Berg", "Pieter", "1987-11-02", "999991000"]),
        ),
        supervision.judges(&["judge-anna"]),
    ]);

    // A number that is none: into quarantine, with an answer to the court.
    events.push(custody.event(
        "party-added",
        &json!({ "partyId": "p9", "roles": ["minor"], "person": { "surname": "Yıldız", "givenNames": "Selinay", "bsn": "999990018" } }),
    ));
    Ok(events)
}

/// Everything about the invented people that must show nowhere but on the steward's screen: surnames, given names,
/// numbers, birth dates in every form, addresses.
pub fn personal_values() -> Vec<&'static str> {
    vec![
        "Amrani",
        "Samira",
        "999991000",
        "1990-03-14",
        "14-03-1990",
        "Pieter",
        "van den Berg",
        "999991036",
        "1987-11-02",
        "Noortje",
        "999991073",
        "2018-06-21",
        "Bakker",
        "Aleidis",
        "999991103",
        "1979-01-20",
        "Jansen",
        "999991139",
        "1985-05-05",
        "Kowalska",
        "Katarzyna",
        "1992-08-17",
        "999990019",
        "Yıldız",
        "Yildiz",
        "YILDIZ",
        "Mehmet",
        "1985-06-02",
        "Selinay",
        "999990018",
        "Verzonnenlaan",
        "3099 ZZ",
        "Denkbeeldstad",
        "AMRANI",
        "SAMIRA",
        "KOWALSKA",
    ]
}
