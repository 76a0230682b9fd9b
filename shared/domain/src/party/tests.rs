use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_assert_eq, prop_oneof, proptest};

use super::{Address, Checked, PartyDetails, PartyDetailsError, Sex};
use crate::birth::{BirthDate, BirthError};
use crate::bsn::Bsn;
use crate::name::{NameParts, NameUse, PersonName};
use crate::organisation::{Kvk, Organisation, Rsin};
use crate::personal::Personal;
use crate::skn::Skn;
use crate::v_number::VNumber;

fn samira() -> PartyDetails {
    PartyDetails {
        bsn: Some(Bsn::parse("999991103").unwrap()),
        name: PersonName::parse(&NameParts {
            surname: Some("Amrani"),
            prefix: Some("El"),
            given_names: Some("Samira"),
            ..NameParts::default()
        })
        .unwrap(),
        birth: BirthDate::parse("1990-03-14").unwrap(),
        birth_place: Some(Personal::new("Nador".to_owned())),
        sex: Some(Sex::Female),
        address: Some(Personal::new(Address { town: Some("Rotterdam".to_owned()), ..Address::default() })),
        ..PartyDetails::default()
    }
}

fn changed(from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(samira().to_plaintext()).unwrap();
    assert!(text.contains(from), "{from}");
    text.replace(from, to).into_bytes()
}

#[test]
fn details_round_trip() {
    for details in [samira(), PartyDetails::default()] {
        assert_eq!(PartyDetails::from_plaintext(&details.to_plaintext()), Ok(details));
    }
}

#[test]
fn a_frozen_plaintext_of_version_1_is_read() {
    let frozen = r#"{"v":1,"bsn":"999991103","unusable_bsn":null,
        "name":{"surname":"Amrani","prefix":"El","partner_surname":null,"partner_prefix":null,"given_names":"Samira",
        "initials":null},"birth":"1990-03-14","birth_place":"Nador","sex":"female",
        "address":{"street":null,"house_number":null,"postcode":null,"town":"Rotterdam","country":null}}"#;
    assert_eq!(PartyDetails::from_plaintext(frozen.as_bytes()), Ok(samira()));
}

#[test]
fn a_frozen_plaintext_of_version_2_is_read() {
    let frozen = r#"{"v":2,"bsn":"999991103","unusable_bsn":null,"skn":"1234567","v_number":"2801234567",
        "name":{"surname":"Amrani","prefix":"El","partner_surname":null,"partner_prefix":null,"given_names":"Samira",
        "initials":null},"name_use":"E","aliases":[{"surname":"Elamrani","prefix":null,"partner_surname":null,
        "partner_prefix":null,"given_names":null,"initials":"F."}],"birth":"1990-03-14","birth_place":"Nador",
        "sex":"female","address":{"street":null,"house_number":null,"postcode":null,"town":"Rotterdam","country":null},
        "deceased":"2026-02","unborn":false}"#;
    let alias = NameParts { surname: Some("Elamrani"), initials: Some("F."), ..NameParts::default() };
    let whole = PartyDetails {
        skn: Skn::parse("1234567").ok(),
        v_number: VNumber::parse("280.123.4567").ok(),
        name_use: Some(NameUse::Own),
        aliases: vec![PersonName::parse(&alias).unwrap()],
        deceased: BirthDate::parse("2026-02").unwrap(),
        ..samira()
    };
    assert_eq!(PartyDetails::from_plaintext(frozen.as_bytes()), Ok(whole.clone()));
    assert_eq!(PartyDetails::from_plaintext(&whole.to_plaintext()), Ok(whole));
}

#[test]
fn an_unusable_number_of_versions_1_and_2_is_still_one() {
    for version in [1, 2] {
        let frozen = format!(
            r#"{{"v":{version},"bsn":null,"unusable_bsn":"111222333","name":{{"surname":null,"prefix":null,
            "partner_surname":null,"partner_prefix":null,"given_names":null,"initials":null}},"birth":null,
            "birth_place":null,"sex":null,"address":null}}"#
        );
        let unusable = [(Checked::Bsn, Personal::new("111222333".to_owned()))].into();
        assert_eq!(
            PartyDetails::from_plaintext(frozen.as_bytes()),
            Ok(PartyDetails { unusable, ..PartyDetails::default() })
        );
    }
}

#[test]
fn a_frozen_plaintext_of_version_3_is_read() {
    let frozen = r#"{"v":3,"bsn":null,"skn":null,"v_number":null,"unusable":{"skn":"12a","deceased":"31-02-2026"},
        "name":{"surname":null,"prefix":null,"partner_surname":null,"partner_prefix":null,"given_names":null,
        "initials":null},"name_use":null,"aliases":[],"birth":null,"birth_place":null,"sex":null,"address":null,
        "deceased":null,"unborn":false,
        "organisation":{"name":"Jeugdhulp Voorbeeld","kvk":"12345678","establishment":null,"rsin":"999991103"}}"#;
    let personal = |text: &str| Personal::new(text.to_owned());
    let whole = PartyDetails {
        unusable: [(Checked::Skn, personal("12a")), (Checked::Deceased, personal("31-02-2026"))].into(),
        organisation: Some(Organisation {
            name: Some("Jeugdhulp Voorbeeld".to_owned()),
            kvk: Kvk::parse("12345678").ok(),
            establishment: None,
            rsin: Rsin::parse("999991103").ok(),
        }),
        ..PartyDetails::default()
    };
    assert_eq!(PartyDetails::from_plaintext(frozen.as_bytes()), Ok(whole));
    let refused = |from: &str, to: &str| PartyDetails::from_plaintext(frozen.replace(from, to).as_bytes());
    assert_eq!(refused("12345678", "1234"), Err(PartyDetailsError::Code));
    assert_eq!(refused(r#""skn":"12a""#, r#""shoe":"12a""#), Err(PartyDetailsError::Code));
}

#[test]
fn an_address_tells_its_code_and_its_house_where_they_are_dutch() {
    let address = |postcode: &str, house: &str| Address {
        postcode: Some(postcode.to_owned()),
        house_number: Some(house.to_owned()),
        ..Address::default()
    };
    let (dutch, foreign) = (address("3011 aa", "12 bis"), address("B-1000", "tegenover 3"));
    assert_eq!(dutch.dutch_postcode().map(|code| code.reveal().to_owned()).as_deref(), Some("3011AA"));
    assert_eq!(dutch.house().map(|house| house.reveal()).as_deref(), Some("12-BIS"));
    assert!(foreign.dutch_postcode().is_none() && foreign.house().is_none());
}

#[test]
fn a_changed_plaintext_is_refused_by_part() {
    for (from, to, error) in [
        (r#""v":3"#, r#""v":4"#, PartyDetailsError::Version { found: 4 }),
        (r#""v":3"#, r#""w":3"#, PartyDetailsError::Malformed),
        (r#""v":3"#, r#""v":3,"religion":"x""#, PartyDetailsError::Malformed),
        (r#""Samira""#, "7", PartyDetailsError::Malformed),
        ("1990-03-14", "1990-02-30", PartyDetailsError::Birth(BirthError::Calendar)),
        ("female", "vrouw", PartyDetailsError::Sex),
    ] {
        assert_eq!(PartyDetails::from_plaintext(&changed(from, to)), Err(error), "{to}");
    }
    let error = PartyDetails::from_plaintext(&changed("Samira", r"Sam\u0000ira")).unwrap_err();
    assert_eq!(error.code(), "party-details.name");
    assert!(!format!("{error} {error:?}").contains("Sam"));
}

#[test]
fn a_number_refused_since_it_was_sealed_becomes_unusable() {
    let details = PartyDetails::from_plaintext(&changed("999991103", "111222333")).unwrap();
    assert_eq!(details.bsn, None);
    assert_eq!(details.unusable, [(Checked::Bsn, Personal::new("111222333".to_owned()))].into());
}

#[test]
fn debug_is_redacted() {
    let details = samira();
    assert_eq!(format!("{details:?}"), "PartyDetails([personal])");
    assert_eq!(format!("{:?}", Address::default()), "Address([personal])");
}

fn text() -> impl Strategy<Value = Option<String>> {
    option::of(any::<String>())
}

fn name() -> impl Strategy<Value = PersonName> {
    let part = || option::of("[A-Za-zÀ-ž' -]{0,20}");
    (part(), part(), part(), part(), part(), part()).prop_map(
        |(own, prefix, partner, partner_prefix, given, initials)| {
            PersonName::parse(&NameParts {
                surname: own.as_deref(),
                prefix: prefix.as_deref(),
                partner_surname: partner.as_deref(),
                partner_prefix: partner_prefix.as_deref(),
                given_names: given.as_deref(),
                initials: initials.as_deref(),
            })
            .unwrap()
        },
    )
}

fn details() -> impl Strategy<Value = PartyDetails> {
    let bsn = prop_oneof![Just(None), Just(Bsn::parse("999991103").ok()), Just(Bsn::parse("999990342").ok())];
    let birth = prop_oneof!["19[0-9]{2}-0[1-9]-[12][0-8]", "19[0-9]{2}-0[1-9]", "19[0-9]{2}", Just(String::new())];
    let sex = option::of(prop_oneof![Just(Sex::Female), Just(Sex::Male), Just(Sex::Other)]);
    let address =
        (text(), text(), text(), text(), text()).prop_map(|(street, house_number, postcode, town, country)| {
            Personal::new(Address { street, house_number, postcode, town, country })
        });
    let rest = (option::of(1_u64..9_999_999), proptest::collection::vec(name(), 0..3), any::<bool>());
    let name_use = option::of(proptest::sample::select(NameUse::ALL.to_vec()));
    (bsn, text(), name(), birth, text(), sex, option::of(address), rest, name_use).prop_map(
        |(bsn, unusable, name, birth, birth_place, sex, address, (skn, aliases, unborn), name_use)| PartyDetails {
            skn: skn.and_then(|skn| Skn::parse(&skn.to_string()).ok()),
            v_number: skn.and_then(|number| VNumber::parse(&format!("{number:010}")).ok()),
            aliases,
            deceased: BirthDate::parse(&birth).unwrap(),
            unborn,
            name_use,
            bsn,
            organisation: unborn.then(|| Organisation { name: unusable.clone(), ..Organisation::default() }),
            unusable: unusable.map(|text| (Checked::ALL[text.len() % 5], Personal::new(text))).into_iter().collect(),
            name,
            birth: BirthDate::parse(&birth).unwrap(),
            birth_place: birth_place.map(Personal::new),
            sex,
            address,
        },
    )
}

proptest! {
    #[test]
    fn any_details_round_trip(details in details()) {
        prop_assert_eq!(PartyDetails::from_plaintext(&details.to_plaintext()), Ok(details));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in any::<Vec<u8>>()) {
        prop_assert_eq!(PartyDetails::from_plaintext(&bytes), Err(PartyDetailsError::Malformed));
    }
}
