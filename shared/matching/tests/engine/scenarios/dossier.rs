//! D1 to D20: pairs of records that Dutch registers make hard. Left out are those that no record shows: of an unborn child
//! (D17), of a lawyer (D15) and of an institution's number (D19), which never reach the engine.

use super::{Apart, Certain, Conflict, Level, Linked, NotCertain, NotLevel, Scenario, Steward, Twins, scenario};
use crate::court::{Party, party};

fn home(party: Party) -> Party {
    party.at("Zwanebloemakker", "7", "9876ZX", "Oosterkapelle")
}

pub fn scenarios() -> Vec<Scenario> {
    let mut rows = names();
    rows.extend(persons());
    rows.extend(contradictions());
    rows
}

fn names() -> Vec<Scenario> {
    let on = "1985-03-14";
    vec![
        scenario(
            "D1 El Amrani and Elamrani",
            [party("Fatima", "El Amrani", "1990-03-14"), party("F.", "Elamrani", "14-03-1990")],
        )
        .expect(0, 1, Linked)
        .expect(0, 1, Level("birth_date", "equal")),
        scenario(
            "D2 own name and partner's name",
            [party("Johanna", "", on).named("de", "Vries").partner("", "Jansen"), party("J.", "Jansen-de Vries", on)],
        )
        .expect(0, 1, Linked),
        scenario(
            "D3 the first of January",
            [party("Mehmet", "Yıldız", "1985-01-01"), party("Mehmet", "Yildiz", "1985-06-02")],
        )
        .expect(0, 1, Steward)
        .expect(0, 1, Level("birth_date", "compatible")),
        scenario(
            "D7 swapped names and a swapped date",
            [party("Kwame", "Osei Bonsu", "1985-03-11"), party("Osei Kwame", "BONSU", "1985-11-03")],
        )
        .expect(0, 1, Linked),
        scenario("D8 the husband's form", [party("Katarzyna", "Kowalska", on), party("K.", "KOWALSKI", on)])
            .expect(0, 1, Linked),
        scenario("D9 which part is the surname", [party("Tesfay Gebre", "Haile", on), party("Tesfay", "GEBRE", on)])
            .expect(0, 1, Steward),
        scenario("D10 one name", [party("Obbadah", "", "1998-00-00"), party("Obbadah", ".", "01-01-1998")])
            .expect(0, 1, NotCertain)
            .expect(0, 1, Level("surname", "missing"))
            .expect(0, 1, NotLevel("birth_date", "equal")),
        scenario(
            "D11 IJsbrand and Y.",
            [party("IJsbrand", "", on).named("van 't", "Hof"), party("Y.", "", on).named("van het", "Hof")],
        )
        .expect(0, 1, Linked),
        scenario("D12 a double surname", [party("Maria", "de la Cruz Martina", ""), party("M.", "Martina", "")])
            .expect(0, 1, NotCertain),
        scenario(
            "D20 a combined surname",
            [home(party("Lars", "de Vries Jansen", "2012-05-25")), home(party("Anouk", "Jansen", "2009-11-03"))],
        )
        .expect(0, 1, Level("surname", "part-equal"))
        .expect(0, 1, Apart),
    ]
}

fn persons() -> Vec<Scenario> {
    let on = "1985-03-14";
    let twin = |given: &str| home(party(given, "Yılmaz", "2015-05-05"));
    vec![
        scenario(
            "D4 twins and an initial",
            [
                twin("Selin").case("family-1"),
                twin("Sena").case("family-1"),
                party("S.", "Yilmaz", "05-05-2015").case("criminal-1"),
            ],
        )
        .expect(0, 1, Apart)
        .expect(0, 2, NotCertain)
        .expect(1, 2, NotCertain)
        .expect(0, 2, Twins),
        scenario(
            "D4 twins, of one of whom a case has an initial and of the other no birth date",
            [
                home(party("Olivier", "Yılmaz", "2015-05-05")).case("family-1"),
                home(party("", "Yılmaz", "2015-05-05").initials("O")).case("criminal-1"),
                home(party("Olivier", "Yılmaz", "")).case("criminal-1"),
            ],
        )
        .expect(0, 1, Twins)
        .expect(0, 2, NotCertain),
        scenario(
            "D3 a year alone, and the mother is party to both cases",
            [
                party("Mehmet", "Yıldız", "1985-01-01").case("family-1"),
                party("Mehmet", "Yildiz", "1985-06-02").case("criminal-1"),
                home(party("Anouk", "Hoogstra", on)).case("family-1"),
                home(party("Anouk", "Hoogstra", on)).case("criminal-1"),
            ],
        )
        .expect(2, 3, Certain)
        .expect(0, 1, Certain),
        scenario(
            "D3 a year alone, and somebody who may be the mother is party to the other case",
            [
                party("Mehmet", "Yıldız", "1985-01-01").case("family-1"),
                party("Mehmet", "Yildiz", "1985-06-02").case("criminal-1"),
                home(party("Anouk", "Hoogstra", on)).case("family-1"),
                home(party("", "Hoogstra", "").initials("A")).case("criminal-1"),
            ],
        )
        .expect(0, 1, Steward),
        scenario(
            "D5 the father in the one case and the son in the other, with the mother",
            [
                home(party("Jan", "Jansen", "1955-02-11")).case("family-1"),
                home(party("Jan", "Jansen", "1985-08-23")).case("criminal-1"),
                home(party("Anouk", "Hoogstra", on)).case("family-1"),
                home(party("Anouk", "Hoogstra", on)).case("criminal-1"),
            ],
        )
        .expect(0, 1, NotCertain),
        scenario(
            "D5 only the son",
            [
                home(party("Jan", "Jansen", "1955-02-11")).case("family-1"),
                home(party("Jan", "Jansen", "1985-08-23")).case("family-1"),
                home(party("Jan", "Jansen", "1985-08-23")).case("criminal-1"),
            ],
        )
        .expect(0, 1, Apart)
        .expect(0, 2, Apart)
        .expect(1, 2, Certain),
    ]
}

fn contradictions() -> Vec<Scenario> {
    let on = "1985-03-14";
    let (mother, father) = ("999990019", "999990093");
    vec![
        scenario(
            "D6 the mother's number at the father",
            [
                home(party("Anouk", "Hoogstra", on)).bsn(mother),
                home(party("Willem", "Terpstra", "1981-10-02")).bsn(father),
                home(party("Willem", "Terpstra", "1981-10-02")).bsn(mother),
            ],
        )
        .expect(0, 2, Conflict)
        .expect(1, 2, NotCertain),
        scenario(
            "D13 a hidden address",
            [
                party("Anouk", "Hoogstra", on),
                party("Anouk", "Hoogstra", on).at("Politieplein", "1", "1234AB", "Utrecht"),
            ],
        )
        .expect(0, 1, Level("address", "missing")),
        scenario(
            "D14 two families in one shelter",
            [
                home(party("Anouk", "Hoogstra", on)),
                home(party("Fatima", "El Amrani", "1990-08-02")),
                home(party("Lars", "Hoogstra", "2012-05-25")),
                home(party("Yusuf", "El Amrani", "2012-09-30")),
            ],
        )
        .expect(0, 1, Apart)
        .expect(2, 3, Apart)
        .expect(0, 2, Apart),
        scenario(
            "D16 name and sex changed, and the former name is known",
            [
                Party { given: "Sophie (Thomas)".into(), ..party("", "Bakker", on) }.sex("v").bsn(mother),
                party("T.", "Bakker", on).sex("m").bsn(mother),
            ],
        )
        .expect(0, 1, Certain),
        scenario(
            "D16 name and sex changed, and the former name is not known",
            [party("Sophie", "Bakker", on).sex("v").bsn(mother), party("T.", "Bakker", on).sex("m").bsn(mother)],
        )
        .expect(0, 1, Linked),
    ]
}
