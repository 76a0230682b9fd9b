//! Errors happen as often as their rates say, to the records to which they can happen.
// A failed expectation is how a test fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use caseload::cases::{Case, Who};
use caseload::names::Origin;
use caseload::people::Person;
use caseload::rates::{EVERYTHING, Side};
use caseload::{Carriage, Caseload, Family, PartyRecord, Rate, Rates, Shares, Slip};
use domain::name::NameUse;

const RECORDS: usize = 50_000;

/// A record with the truth about it.
struct Written<'a> {
    family: &'a Family,
    case: &'a Case,
    person: &'a Person,
    record: &'a PartyRecord,
}

fn is_free_of(one: &Written<'_>, slips: &[Slip]) -> bool {
    slips.iter().all(|slip| !one.record.slips.has(*slip))
}

fn is_named(one: &Written<'_>) -> bool {
    is_free_of(one, &[Slip::NamePlaceholder])
}

fn is_dated(one: &Written<'_>) -> bool {
    is_free_of(one, &[Slip::DateMissing, Slip::DatePlaceholder])
}

fn is_addressed(one: &Written<'_>) -> bool {
    !one.record.street.is_empty()
}

fn uses_partner_name(one: &Written<'_>) -> bool {
    one.person.partner.as_ref().is_some_and(|(used, _)| *used != NameUse::Own)
}

fn prefixed(one: &Written<'_>) -> bool {
    is_named(one) && one.person.partner.is_none() && one.person.surname.prefix.starts_with("van")
}

fn addition(one: &Written<'_>) -> bool {
    let home = one.person.home_on(one.case.registered);
    let address = home.and_then(|home| one.family.people.addresses.get(home));
    is_free_of(one, &[Slip::AddressOutdated])
        && !one.record.role.contains("suspect")
        && is_addressed(one)
        && address.is_some_and(|address| !address.addition.is_empty())
}

fn double(one: &Written<'_>) -> bool {
    is_named(one) && one.person.origin == Origin::Antillean && one.person.surname.core.contains(' ')
}

fn gendered(one: &Written<'_>) -> bool {
    is_named(one) && ["ski", "ska"].iter().any(|end| one.person.surname.core.ends_with(end))
}

type Applies = fn(&Written) -> bool;

/// Every error, its rate, to whom it can happen, and how many of a hundred times it can be carried out: a name without any
/// letter that is misread cannot be.
#[rustfmt::skip]
fn expected(rates: &Rates) -> Vec<(Slip, Rate, Applies, f64)> {
    vec![
        (Slip::NamePlaceholder, rates.name_placeholder, |_| true, 100.0),
        (Slip::CallName, rates.call_name, is_named, 100.0),
        (Slip::SecondNamesDropped, rates.second_names_dropped,
            |one| is_named(one) && one.person.given.len() > 1 && is_free_of(one, &[Slip::CallName]), 100.0),
        (Slip::NamesReordered, rates.names_reordered,
            |one| is_named(one) && one.person.given.len() > 1 && is_free_of(one, &[Slip::CallName, Slip::SecondNamesDropped]), 100.0),
        (Slip::InitialsOnly, rates.initials_only, is_named, 100.0),
        (Slip::NamesSwapped, rates.names_swapped,
            |one| is_named(one) && one.person.origin == Origin::Dutch, 100.0),
        (Slip::PartnerSurname, rates.partner_surname,
            |one| is_named(one) && uses_partner_name(one) && !one.person.surname.core.is_empty(), 100.0),
        (Slip::PrefixLost, rates.prefix_lost, prefixed, 100.0),
        (Slip::PrefixGlued, rates.prefix_glued, |one| prefixed(one) && is_free_of(one, &[Slip::PrefixLost]), 100.0),
        (Slip::PrefixAbbreviated, rates.prefix_abbreviated,
            |one| prefixed(one) && is_free_of(one, &[Slip::PrefixLost, Slip::PrefixGlued]), 100.0),
        (Slip::DoubleSurnameSplit, rates.double_surname_split, double, 100.0),
        (Slip::GenderedForm, rates.gendered_form, gendered, 100.0),
        (Slip::PatronymicPart, rates.patronymic_part,
            |one| is_named(one) && one.person.origin == Origin::Horn && one.person.surname.core.contains(' '), 100.0),
        (Slip::DiacriticsLost, rates.diacritics_lost,
            |one| is_named(one) && !one.person.surname.core.is_ascii() && one.person.partner.is_none()
                && is_free_of(one, &[Slip::Transliteration, Slip::Respelling, Slip::GenderedForm]), 100.0),
        // Of the surname, and half as often of given names.
        (Slip::Typo, rates.typo.tenths(15), is_named, 85.0),
        (Slip::Respelling, rates.respelling.tenths(15), is_named, 85.0),
        (Slip::Scan, rates.scan, is_named, 90.0),
        (Slip::Transliteration, rates.transliteration.tenths(19),
            |one| is_named(one) && one.person.origin != Origin::Dutch, 80.0),
        (Slip::DateMissing, rates.date_missing, |_| true, 100.0),
        (Slip::DatePlaceholder, rates.date_placeholder, |one| is_free_of(one, &[Slip::DateMissing]), 100.0),
        (Slip::DayMonthSwapped, rates.day_month_swapped,
            |one| is_dated(one) && one.person.born.day() <= 12 && one.person.born.day() != one.person.born.month(), 100.0),
        (Slip::DateDigit, rates.date_digit, is_dated, 100.0),
        (Slip::FirstOfJanuary, rates.first_of_january, is_dated, 100.0),
        (Slip::YearOnly, rates.year_only, is_dated, 100.0),
        (Slip::MonthOnly, rates.month_only, |one| is_dated(one) && is_free_of(one, &[Slip::YearOnly]), 100.0),
        (Slip::SexWrong, rates.sex_wrong, |_| true, 100.0),
        (Slip::PlaceMissing, rates.place_missing, |_| true, 100.0),
        (Slip::PlaceRespelled, rates.place_respelled,
            |one| one.person.birth_place.len() > 1 && is_free_of(one, &[Slip::PlaceMissing]), 100.0),
        (Slip::AddressMissing, rates.address_missing, |one| !one.person.hidden, 100.0),
        (Slip::AddressOutdated, rates.address_outdated,
            |one| !one.person.hidden && is_free_of(one, &[Slip::AddressMissing]) && !one.record.role.contains("suspect")
                && one.person.home_before(one.case.registered).is_some(), 100.0),
        (Slip::PostcodeSlip, rates.postcode_slip, is_addressed, 100.0),
        (Slip::AdditionVariant, rates.addition_variant, addition, 100.0),
        (Slip::StreetTypo, rates.street_typo, is_addressed, 92.0),
        (Slip::BsnSwapped, rates.bsn_swapped,
            |one| one.person.bsn.is_some() && one.family.people.kin.children.len() > 1, 100.0),
        (Slip::BsnInvalid, rates.bsn_invalid,
            |one| one.person.bsn.is_some() && is_free_of(one, &[Slip::BsnSwapped]), 100.0),
    ]
}

#[test]
fn errors_happen_as_often_as_was_asked() {
    // Checked by everybody alike, with everything a source could have, and as many errors as one can count.
    let rates = Rates { self_reported_tenths: 10, ..Rates::default() };
    let carriage = Side::ALL.into_iter().fold(Carriage::default(), |all, side| all.with(side, EVERYTHING));
    let expected = expected(&rates);
    assert_eq!(expected.len(), Slip::ALL.len(), "every error is measured");
    let mut counts = vec![(0_u32, 0_u32); expected.len()];
    let caseload = Caseload::with(11, Shares::default(), rates, carriage);
    let mut seen = 0;
    for family in caseload.families() {
        let parties = family.cases.iter().flat_map(|case| case.parties.iter().map(move |party| (case, party)));
        for ((case, party), record) in parties.zip(&family.records) {
            let Who::Person(place) = party.who else { continue };
            seen += 1;
            let one = Written { family: &family, case, person: &family.people.persons[place], record };
            for ((slip, _, applies, _), (tried, happened)) in expected.iter().zip(&mut counts) {
                if applies(&one) {
                    *tried += 1;
                    *happened += u32::from(record.slips.has(*slip));
                }
            }
        }
        if seen >= RECORDS {
            break;
        }
    }
    let mut wrong = Vec::new();
    for ((slip, rate, _, possible), (tried, happened)) in expected.iter().zip(&counts) {
        let (tried, happened) = (f64::from(*tried), f64::from(*happened));
        let share = f64::from(rate.parts()) / 10_000.0;
        let most = tried * share;
        // Four standard deviations of a count, which one in fifteen thousand exceeds by chance.
        let spread = 4.0 * (most * (1.0 - share)).sqrt() + 1.0;
        if tried < 100.0 || happened > most + spread || happened < most * possible / 100.0 - spread {
            wrong.push(format!("{slip:?}: {happened} of {tried}, expected {most:.0}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn what_is_self_reported_has_more_errors() {
    let caseload = Caseload::new(12);
    let (mut victims, mut others) = ((0, 0), (0, 0));
    for family in (0..2_000).map(|number| caseload.family(number)) {
        for record in family.linkable() {
            let side = if record.role.contains("victim") { &mut victims } else { &mut others };
            side.0 += 1;
            side.1 += u32::from(record.slips.has(Slip::Typo));
        }
    }
    assert!(victims.1 * others.0 * 10 > others.1 * victims.0 * 14, "{victims:?} {others:?}");
}

#[test]
fn a_side_carries_what_is_set() {
    let caseload = Caseload::new(13);
    let (mut suspects, mut with_skn, mut victims) = (0, 0, 0);
    for family in (0..1_500).map(|number| caseload.family(number)) {
        for record in family.linkable() {
            if record.role.starts_with("suspect") {
                suspects += 1;
                with_skn += u32::from(!record.skn.is_empty());
            } else {
                assert_eq!(record.skn, "", "{}", record.role);
                victims += u32::from(record.role.starts_with("victim"));
            }
        }
    }
    assert!(suspects > 500 && victims > 500);
    // 98 of a hundred.
    assert!(with_skn * 100 > suspects * 96 && with_skn < suspects);
}
