//! Twenty pairs of records as civil and criminal systems really describe the same or different people: each side is read to
//! exactly what it says, so that whoever compares them later is misled by nothing that intake did.

use domain::birth::BirthDate;
use domain::name::NameUse;
use domain::party::{Checked, PartyDetails, Sex};

use super::*;

fn details(person: &Value) -> PartyDetails {
    match read(PARTIES, &party_added(person)) {
        Ok(Understood { draft: Draft::Party { details, .. }, .. }) => *details,
        Ok(_) => panic!("another draft"),
        Err(reasons) => panic!("{person}: {reasons:?}"),
    }
}

fn pair(family: &Value, criminal: &Value) -> (PartyDetails, PartyDetails) {
    (details(family), details(criminal))
}

fn born(text: &str) -> Option<BirthDate> {
    BirthDate::parse(text).expect("a date")
}

fn surname(details: &PartyDetails) -> Option<&str> {
    details.name.parts().surname
}

#[test]
fn spellings_are_kept_and_dates_have_one_form() {
    // 1: a prefix that is glued on is not guessed at; the date is the same day.
    let (a, b) = pair(
        &json!({ "givenNames": "Fatima", "prefix": "El", "surname": "Amrani", "birthDate": "1990-03-14" }),
        &json!({ "initials": "F.", "surname": "Elamrani", "birthDate": "14-03-1990" }),
    );
    assert_eq!(a.birth, b.birth);
    assert_eq!((surname(&a), surname(&b)), (Some("Amrani"), Some("Elamrani")));
    // 3: the dotless i stays, and so does the first of January.
    let (a, b) = pair(
        &json!({ "givenNames": "Mehmet", "surname": "Yıldız", "birthDate": "1985-01-01" }),
        &json!({ "givenNames": "Mehmet", "surname": "Yildiz", "birthDate": "1985-06-02" }),
    );
    assert_eq!(surname(&a), Some("Yıldız"));
    assert_eq!((a.birth, b.birth), (born("1985-01-01"), born("1985-06-02")));
    // 7, 8: order, capitals and endings as written.
    let (a, b) = pair(
        &json!({ "givenNames": "Kwame", "surname": "Osei Bonsu", "birthDate": "1991-04-05" }),
        &json!({ "givenNames": "Osei Kwame", "surname": "BONSU", "birthDate": "1991-05-04" }),
    );
    assert_eq!((surname(&a), surname(&b), a.birth == b.birth), (Some("Osei Bonsu"), Some("BONSU"), false));
    let (a, b) = pair(
        &json!({ "givenNames": "Katarzyna", "surname": "Kowalska" }),
        &json!({ "initials": "K.", "surname": "KOWALSKI" }),
    );
    assert_eq!((surname(&a), surname(&b)), (Some("Kowalska"), Some("KOWALSKI")));
    // 11: a prefix with an apostrophe, and its written-out form.
    let (a, b) = pair(
        &json!({ "givenNames": "IJsbrand", "prefix": "van 't", "surname": "Hof" }),
        &json!({ "initials": "Y.", "prefix": "van het", "surname": "Hof" }),
    );
    assert_eq!((a.name.parts().prefix, b.name.parts().prefix), (Some("van 't"), Some("van het")));
}

#[test]
fn names_that_do_not_fit_two_fields_are_taken() {
    // 2: the partner's name, and how it is used.
    let (a, b) = pair(
        &json!({
            "givenNames": "Johanna", "prefix": "de", "surname": "Vries", "partnerSurname": "Jansen", "nameUse": "V",
        }),
        &json!({ "initials": "J.", "surname": "Jansen-de Vries" }),
    );
    assert_eq!((a.name_use, a.name.parts().partner_surname), (Some(NameUse::PartnerFirst), Some("Jansen")));
    assert_eq!(surname(&b), Some("Jansen-de Vries"));
    // 9, 12: other naming systems; no part is dropped.
    let (a, b) = pair(
        &json!({ "givenNames": "Tesfay Gebre", "surname": "Haile" }),
        &json!({ "givenNames": "Tesfay", "surname": "GEBRE" }),
    );
    assert_eq!((a.name.parts().given_names, surname(&b)), (Some("Tesfay Gebre"), Some("GEBRE")));
    let (a, b) = pair(
        &json!({ "givenNames": "Maria", "prefix": "de la", "surname": "Cruz Martina" }),
        &json!({ "initials": "M.", "surname": "Martina" }),
    );
    assert_eq!((surname(&a), surname(&b)), (Some("Cruz Martina"), Some("Martina")));
    // 10: a chain of names without a surname: the register's full stop is missing, and never equal to another one.
    let (a, b) = pair(
        &json!({ "surname": "Obbadah", "birthDate": "1998-00-00" }),
        &json!({ "givenNames": "Obbadah", "surname": ".", "birthDate": "01-01-1998" }),
    );
    assert_eq!((a.birth, surname(&b)), (Some(BirthDate::Year(1998)), None));
    // 20: a combined surname, with its one space.
    let (a, b) = pair(
        &json!({ "prefix": "de", "surname": "Vries Jansen" }),
        &json!({ "surname": "Jansen", "aliases": [{ "prefix": "de", "surname": "Vries" }] }),
    );
    assert_eq!((surname(&a), b.aliases.len()), (Some("Vries Jansen"), 1));
}

#[test]
fn people_who_are_alike_stay_apart() {
    // 4: twins, and a victim who may be either.
    let twin = |name: &str| json!({ "givenNames": name, "surname": "Yılmaz", "birthDate": "2015-05-05" });
    let (a, b) = pair(&twin("Selin"), &twin("Sena"));
    assert_ne!(a, b);
    let victim = details(&json!({ "initials": "S.", "surname": "Yilmaz", "birthDate": "05-05-2015" }));
    assert_eq!((victim.birth, victim.name.parts().given_names), (a.birth, None));
    // 5: father and son of one name at one address.
    let jansen = |year: &str| json!({ "givenNames": "Jan", "surname": "Jansen", "birthDate": year, "address": { "street": "Voorbeeldstraat" } });
    let (a, b) = pair(&jansen("1955"), &jansen("1985"));
    assert_eq!((a.birth, b.birth, a.address == b.address), (born("1955"), born("1985"), true));
    // 16: another name and another sex under one number.
    let (a, b) = pair(
        &json!({ "givenNames": "Sophie", "surname": "Bakker", "sex": "female", "bsn": "999991103" }),
        &json!({ "initials": "T.", "surname": "Bakker", "sex": "male", "bsn": "9999.91.103" }),
    );
    assert_eq!((a.bsn == b.bsn, a.sex, b.sex), (true, Some(Sex::Female), Some(Sex::Male)));
    // 17: a child that is expected, and then born.
    let (a, b) = pair(
        &json!({ "surname": "Benali", "unborn": true, "birthDate": "2026-03" }),
        &json!({ "givenNames": "Yusuf", "surname": "Benali", "birthDate": "2026-02-27" }),
    );
    assert!(a.unborn && !b.unborn);
    assert_eq!((a.birth, b.birth), (born("2026-03"), born("2026-02-27")));
}

#[test]
fn numbers_and_addresses_say_no_more_than_they_do() {
    // 6: the mother's number at the father: it reads, and who compares sees the rest differ.
    let (a, b) = pair(
        &json!({ "givenNames": "Pieter", "surname": "Berg", "bsn": "999991073" }),
        &json!({ "givenNames": "Samira", "surname": "Amrani", "bsn": "999991073" }),
    );
    assert!(a.bsn == b.bsn && a.name != b.name);
    // 13, 14: an address withheld is missing; the same shelter for two families is the same text and nothing more.
    let (a, b) = pair(
        &json!({ "surname": "Amrani" }),
        &json!({ "surname": "Amrani", "address": { "street": "Politieplein", "houseNumber": "1" } }),
    );
    assert!(a.address.is_none() && b.address.is_some());
    let shelter = |name: &str| json!({ "surname": name, "address": { "street": "Opvanglaan", "houseNumber": "2" } });
    let (a, b) = pair(&shelter("Amrani"), &shelter("Yılmaz"));
    assert!(a.address == b.address && a.name != b.name);
    // 18: a number that stands for none is none, and is kept as it was.
    let (a, b) =
        pair(&json!({ "surname": "Berg", "bsn": "000000012" }), &json!({ "surname": "Vos", "bsn": "000000012" }));
    assert!(a.bsn.is_none() && b.bsn.is_none() && a.unusable.contains_key(&Checked::Bsn));
    // 15, 19: a lawyer in both cases, and an organisation whose number has the form of a person's: their roles never link.
    for role in ["lawyer", "guardianship-institution"] {
        let mut event = party_added(&json!({ "surname": "Bakker", "bsn": "999990342" }));
        event["data"]["roles"] = json!([role]);
        let Ok(Understood { draft: Draft::Party { roles, .. }, .. }) = read(PARTIES, &event) else { panic!("{role}") };
        assert!(roles.iter().all(|role| !role.is_linkable()), "{role}");
    }
}
