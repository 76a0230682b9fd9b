//! S23 to S43: twins, households, shared addresses and numbers.

use super::{
    Apart, Certain, Conflict, Level, Linked, NotAsked, NotCertain, NotLevel, NotTwins, Scenario, Steward, Twins,
    scenario,
};
use crate::court::{Party, SHELTER, party};

const BSN: &str = "999990019";
const OTHER: &str = "999990093";

fn home(party: Party) -> Party {
    party.at("Zwanebloemakker", "7", "9876ZX", "Oosterkapelle")
}

/// Two women of one given name, and others who live where they live.
fn residents(surnames: [&str; 2], born: [&str; 2]) -> Vec<Party> {
    let two = surnames.iter().zip(born).map(|(surname, born)| party("Fatima", surname, born));
    let others =
        ["Bakker", "Visser", "Yilmaz", "Kowalska", "Terpstra"].map(|surname| party("Esther", surname, "1971-11-23"));
    two.chain(others).map(shelter).collect()
}

/// Two records of a woman at one door, and one each of six other families who live at such a door elsewhere, or here.
fn in_towns(here: bool) -> Vec<Party> {
    let others = ["Bakker", "Visser", "Yilmaz", "Kowalska", "Terpstra", "Osei"].into_iter().enumerate().map(
        |(place, surname)| {
            let postcode = if here { String::new() } else { format!("{}AB", 1234 + 1000 * place) };
            let town = if here { "Utrecht".to_owned() } else { format!("{surname}dorp") };
            party("Esther", surname, "1971-11-23").at("Kerkstraat", "1", &postcode, &town)
        },
    );
    let one = || party("Anouk", "Hoogstraten", "1985-03-14").at("Kerkstraat", "1", "9876ZX", "Utrecht");
    [one(), one()].into_iter().chain(others).collect()
}

fn shelter(party: Party) -> Party {
    Party { address: SHELTER.map(Into::into), ..party }
}

pub fn scenarios() -> Vec<Scenario> {
    let mut rows = twins();
    rows.extend(households());
    rows.extend(numbers());
    rows.extend(no_numbers());
    rows
}

fn twins() -> Vec<Scenario> {
    let twin = |given: &str| home(party(given, "Hoogstraten", "2012-05-25"));
    let two = |name, one: &str, other: &str| scenario(name, [twin(one), twin(other)]);
    vec![
        two("S23 twins of different names", "Lars", "Sanne").expect(0, 1, NotCertain).expect(0, 1, Twins),
        two("S23 twins of one initial", "Sem", "Senna").expect(0, 1, NotCertain).expect(0, 1, Twins),
        two("S24 twins with names alike, Mark and Marc", "Mark", "Marc").expect(0, 1, Steward),
        two("S24 twins with names alike, Brian and Briana", "Brian", "Briana").expect(0, 1, Steward),
        scenario("S24 twins with names alike, a boy and a girl", [twin("Brian").sex("m"), twin("Briana").sex("v")])
            .expect(0, 1, Steward),
        scenario("S24 twins with names of one beginning", [twin("Johan").sex("m"), twin("Johanna").sex("v")])
            .expect(0, 1, Steward),
        scenario("S25 twins with numbers", [twin("Lars").bsn(BSN), twin("Sanne").bsn(OTHER)])
            .expect(0, 1, Apart)
            .expect(0, 1, NotAsked),
        scenario("S25 twins with names alike and numbers", [twin("Mark").bsn(BSN), twin("Marc").bsn(OTHER)])
            .expect(0, 1, Apart),
        two("S26 a second name is the other's first", "Emma Sophie", "Sophie Julia").expect(0, 1, Steward),
        two("S26 a second name is the other's only one", "Emma Sophie", "Sophie").expect(0, 1, Steward),
        two("S26 one second name for both", "Emma Sophie", "Lisa Sophie").expect(0, 1, Steward),
        two("S28 a person says they are one", "Lars", "Sanne").same(0, 1).expect(0, 1, Certain).expect(0, 1, NotAsked),
        scenario("S23 twins of one initial, and the initial", [twin("Sem"), twin("Senna"), twin("S.")])
            .expect(0, 1, NotCertain)
            .expect(0, 2, NotCertain)
            .expect(1, 2, NotCertain),
    ]
}

fn households() -> Vec<Scenario> {
    let on = "1985-03-14";
    let none = |street: &str| party("Anouk", "Hoogstraten", "").at(street, "", "", "");
    vec![
        scenario(
            "S29 siblings",
            [home(party("Lars", "Hoogstraten", "2012-05-25")), home(party("Anouk", "Hoogstraten", "2009-11-03"))],
        )
        .expect(0, 1, Apart),
        scenario(
            "S29 spouses",
            [
                home(party("Lars", "Hoogstraten", "1981-05-25").sex("m")),
                home(party("Anouk", "Hoogstraten", "1983-11-03").sex("v")),
            ],
        )
        .expect(0, 1, Apart),
        scenario("S32 one street and number in seven towns is a door in each", in_towns(false)).expect(
            0,
            1,
            Level("address", "door+locality"),
        ),
        scenario("S32 one street and number in one town, whatever else is written of it", in_towns(true)).expect(
            0,
            1,
            Level("address", "missing"),
        ),
        scenario(
            "S32 one shelter, different people",
            [shelter(party("Anouk", "Hoogstraten", on)), shelter(party("Fatima", "El Amrani", "1990-08-02"))],
        )
        .expect(0, 1, Apart),
        scenario(
            "S32 one shelter, one name, no birth date",
            [shelter(party("Fatima", "El Amrani", "")), shelter(party("Fatima", "El Amrani", "1990-08-02"))],
        )
        .expect(0, 1, NotCertain),
        scenario(
            "S32 one shelter, one given name and birth date",
            residents(["Haddad", "El Amrani"], ["1990-08-02"; 2]),
        )
        .expect(0, 1, NotCertain)
        .expect(0, 1, Level("address", "missing")),
        scenario("S32 one shelter, one name, one year", residents(["El Amrani"; 2], ["1990-01-01", "1990-08-02"]))
            .expect(0, 1, Steward),
        scenario(
            "S33 no fixed abode",
            [none("zonder vaste woon- of verblijfplaats"), none("zonder vaste woon- of verblijfplaats")],
        )
        .expect(0, 1, Level("address", "missing")),
        scenario("S33 no fixed abode, in short", [none("zvwovp"), none("ZVWOVP")]).expect(
            0,
            1,
            Level("address", "missing"),
        ),
        scenario(
            "S33 no fixed abode and an address",
            [none("geen vaste woonplaats"), home(party("Anouk", "Hoogstraten", ""))],
        )
        .expect(0, 1, Level("address", "missing")),
    ]
}

fn numbers() -> Vec<Scenario> {
    let on = "1985-03-14";
    let one = || home(party("Willem", "Terpstra", on));
    vec![
        scenario(
            "S34 one number, everything else different",
            [
                one().bsn(BSN),
                party("Fatima", "El Amrani", "1990-08-02").at("Kade", "3", "1011AA", "Amsterdam").bsn(BSN),
            ],
        )
        .expect(0, 1, Conflict),
        scenario("S35 the number of a sibling", [one().bsn(BSN), home(party("Lars", "Terpstra", on)).bsn(BSN)])
            .expect(0, 1, Conflict),
        scenario(
            "S35 the number of a sibling born later",
            [one().bsn(BSN), home(party("Lars", "Terpstra", "1988-10-02")).bsn(BSN)],
        )
        .expect(0, 1, Conflict),
        scenario(
            "S34 one further number, everything else different",
            [
                one().skn("77001001"),
                party("Fatima", "El Amrani", "1990-08-02").at("Kade", "3", "1011AA", "Amsterdam").skn("77001001"),
            ],
        )
        .expect(0, 1, Conflict),
        scenario(
            "S36 one number of several",
            [
                party("Willem", "Terpstra", on).skn("77001001, 77001002"),
                party("Willem", "Terpstra", on).skn("77001002; 77001003"),
            ],
        )
        .expect(0, 1, Level("skn", "equal"))
        .expect(0, 1, Certain),
        // The eleven-test catches one wrong digit: what is left is no number.
        scenario("S37 one digit of the number", [one().bsn("999990020"), one().bsn("999990021")])
            .expect(0, 1, Level("bsn", "missing"))
            .expect(0, 1, Linked),
        scenario("S37 one digit of a further number", [one().skn("77001001"), one().skn("77001007")])
            .expect(0, 1, Linked)
            .expect(0, 1, Level("skn", "slip")),
        scenario("S38 different numbers, the rest identical", [one().bsn(BSN), one().bsn(OTHER)])
            .expect(0, 1, Conflict)
            .expect(0, 1, Apart)
            .expect(0, 1, NotTwins),
        scenario(
            "S42 one number and name, no more",
            [party("Willem", "Terpstra", "").bsn(BSN), party("Willem", "Terpstra", "").bsn(BSN)],
        )
        .expect(0, 1, Linked),
        scenario(
            "S42 one number and name, birth date on one side",
            [party("Willem", "Terpstra", "").bsn(BSN), party("Willem", "Terpstra", on).bsn(BSN)],
        )
        .expect(0, 1, Linked),
    ]
}

fn no_numbers() -> Vec<Scenario> {
    let stranger = |number: &str| party("Fatima", "El Amrani", "1990-08-02").bsn(number);
    let one = |number: &str| party("Willem", "Terpstra", "1985-03-14").bsn(number);
    let none = |name, number: &str| {
        scenario(name, [one(number), stranger(number)])
            .expect(0, 1, Level("bsn", "missing"))
            .expect(0, 1, Apart)
            .expect(0, 1, NotAsked)
    };
    let v_numbers = |name, number: &str| {
        scenario(
            name,
            [
                party("Willem", "Terpstra", "1985-03-14").v_number(number).skn(number),
                party("Fatima", "El Amrani", "1990-08-02").v_number(number).skn(number),
            ],
        )
        .expect(0, 1, NotLevel("v_number", "equal"))
        .expect(0, 1, NotLevel("skn", "equal"))
        .expect(0, 1, Apart)
    };
    vec![
        none("S39 a number that fails the eleven-test", "999990018"),
        none("D18 a number that is known as a filler", "000000012"),
        none("S40 no number", ""),
        none("S40 a number that says null", "null"),
        v_numbers("S40 further numbers that say null", "null"),
        v_numbers("S40 further numbers that say NULL, with spaces", " NULL "),
        v_numbers("S40 further numbers that are zeros", "0000000000"),
        v_numbers("S40 further numbers that are a dash", "-"),
        scenario("S41 two ways of writing one number", [one("9999.90.019"), one("999990019")]).expect(
            0,
            1,
            Level("bsn", "equal"),
        ),
    ]
}
