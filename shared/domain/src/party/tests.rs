use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_assert_eq, prop_oneof, proptest};

use super::{Address, PartyDetails, PartyDetailsError, Sex};
use crate::birth::{BirthDate, BirthError};
use crate::bsn::Bsn;
use crate::name::{NameParts, NameUse, PersonName};
use crate::personal::Personal;
use crate::skn::Skn;
use crate::v_number::VNumber;

fn samira() -> PartyDetails {
    PartyDetails {
        bsn: Some(Bsn::parse("999991103").unwrap()),
        unusable_bsn: None,
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
fn a_changed_plaintext_is_refused_by_part() {
    for (from, to, error) in [
        (r#""v":2"#, r#""v":3"#, PartyDetailsError::Version { found: 3 }),
        (r#""v":2"#, r#""w":2"#, PartyDetailsError::Malformed),
        (r#""v":2"#, r#""v":2,"religion":"x""#, PartyDetailsError::Malformed),
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
    assert_eq!(details.unusable_bsn, Some(Personal::new("111222333".to_owned())));
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
        |(bsn, unusable_bsn, name, birth, birth_place, sex, address, (skn, aliases, unborn), name_use)| PartyDetails {
            skn: skn.and_then(|skn| Skn::parse(&skn.to_string()).ok()),
            v_number: skn.and_then(|number| VNumber::parse(&format!("{number:010}")).ok()),
            aliases,
            deceased: BirthDate::parse(&birth).unwrap(),
            unborn,
            name_use,
            bsn,
            unusable_bsn: unusable_bsn.map(Personal::new),
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
