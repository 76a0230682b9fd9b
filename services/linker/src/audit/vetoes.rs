//! What keeps two records from being one person, said a second time and from what the sources wrote: without the engine's levels,
//! its gate or its solver.
//!
//! Of dates both know the same list of days that stand for none ([`domain::birth::STAND_FOR_NONE`]), and nothing else.
//!
//! Each rule here is narrower than the gate's of the same name, so that what it finds is wrong for certain: a veto that the gate
//! knows and this does not is no finding. Left to the gate alone: initials that somebody else has too, which takes a third record.

use std::collections::BTreeSet;
use std::fmt;

use domain::birth::BirthDate;
use domain::party::PartyDetails;
use jiff::civil::Date;
use matching::normalise;

/// How many days a birth date may be off in any way before it is another person's.
const A_YEAR: i32 = 370;

/// What of a record says that it is somebody else than another.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    numbers: Vec<(&'static str, String)>,
    birth: Option<BirthDate>,
    given: BTreeSet<String>,
    initials: BTreeSet<char>,
    surnames: BTreeSet<String>,
}

impl fmt::Debug for Marks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Marks([personal])")
    }
}

impl Marks {
    pub fn of(details: &PartyDetails) -> Self {
        let bsn = details.bsn.as_ref().map(|bsn| ("bsn", bsn.digits().to_owned()));
        let v_number = details.v_number.as_ref().map(|number| ("v-number", number.digits().to_owned()));
        let mut marks = Self {
            numbers: bsn.into_iter().chain(v_number).collect(),
            birth: details.birth.clone().filter(|birth| !details.unborn && !birth.stands_for_none()),
            ..Self::default()
        };
        for name in [&details.name].into_iter().chain(&details.aliases) {
            let parts = name.parts();
            for given in parts.given_names.into_iter().chain(parts.initials) {
                marks.initials.extend(normalise::initials(given));
            }
            marks.given.extend(parts.given_names.into_iter().flat_map(normalise::given_names));
            marks.surnames.extend(parts.surname.into_iter().chain(parts.partner_surname).flat_map(normalise::surnames));
        }
        marks
    }

    /// Why two records are not one person, by a code of the gate's; nothing where nothing here keeps them apart.
    pub fn part(&self, other: &Self) -> Option<&'static str> {
        let same = self.numbers.iter().any(|number| other.numbers.contains(number));
        let two = self.numbers.iter().any(|(kind, _)| other.numbers.iter().any(|(of, _)| of == kind));
        let births = self.birth.as_ref().zip(other.birth.as_ref());
        match () {
            () if two && !same => Some("other-number"),
            () if same && births.is_some_and(|(a, b)| contradict(a, b)) => Some("number-contradicted"),
            () if births.is_some_and(|(a, b)| far(a, b)) => Some("birth-far"),
            () if births.is_some_and(|(a, b)| a == b && !a.is_low_information()) && self.is_twin_of(other) => {
                Some("twins")
            }
            () => None,
        }
    }

    /// One surname, and given names of which none can be the other.
    fn is_twin_of(&self, other: &Self) -> bool {
        let named = !self.given.is_empty() && !other.given.is_empty();
        named
            && !self.surnames.is_disjoint(&other.surnames)
            && self.initials.is_disjoint(&other.initials)
            && self.given.is_disjoint(&other.surnames)
            && other.given.is_disjoint(&self.surnames)
            && self.given.iter().all(|one| other.given.iter().all(|two| !can_be(one, two)))
    }
}

/// Whether one given name may be written for the other: spelt alike, a short form, or a few slips of the pen.
fn can_be(one: &str, other: &str) -> bool {
    let (a, b) = (normalise::spelling(one), normalise::spelling(other));
    let related = normalise::short_forms(&a).iter().any(|group| normalise::short_forms(&b).contains(group));
    let longer = one.chars().count().max(other.chars().count());
    a == b || related || strsim::osa_distance(one, other) * 2 <= longer
}

/// Two full dates that are neither one nor one with a slip of the pen.
fn contradict(a: &BirthDate, b: &BirthDate) -> bool {
    full(a, b).is_some_and(|(a, b)| a != b && !is_slip(a, b))
}

/// Two dates of which the years are too far apart for a slip of the pen.
fn far(a: &BirthDate, b: &BirthDate) -> bool {
    a.year().abs_diff(b.year()) > 1
        && full(a, b).is_none_or(|(a, b)| a.since(b).is_ok_and(|span| span.get_days().abs() > A_YEAR) && !is_slip(a, b))
}

/// Both dates, where both are known to the day.
fn full(a: &BirthDate, b: &BirthDate) -> Option<(Date, Date)> {
    match (a, b) {
        (BirthDate::Full(one), BirthDate::Full(other)) if !a.is_low_information() && !b.is_low_information() => {
            Some((*one, *other))
        }
        _ => None,
    }
}

/// Whether one date was written for the other: day and month in each other's place, one digit, or two neighbours swapped.
fn is_slip(a: Date, b: Date) -> bool {
    let swapped = a.year() == b.year() && a.month() == b.day() && a.day() == b.month();
    let digits = |date: Date| date.strftime("%Y%m%d").to_string();
    swapped || (a.year().abs_diff(b.year()) < 10 && strsim::osa_distance(&digits(a), &digits(b)) <= 1)
}

#[cfg(test)]
mod tests {
    use domain::bsn::Bsn;
    use domain::name::{NameParts, PersonName};

    use super::*;

    fn record(given: &str, surname: &str, birth: &str, bsn: &str) -> Marks {
        let parts = NameParts { surname: Some(surname), given_names: Some(given), ..NameParts::default() };
        let details = PartyDetails {
            name: PersonName::parse(&parts).unwrap(),
            birth: BirthDate::parse(birth).unwrap(),
            bsn: (!bsn.is_empty()).then(|| Bsn::parse(bsn).unwrap()),
            ..PartyDetails::default()
        };
        Marks::of(&details)
    }

    #[test]
    fn what_keeps_two_apart_is_found_and_what_a_pen_may_do_is_not() {
        const ONE: &str = "999990019";
        const OTHER: &str = "999990020";
        for (a, b, expected) in [
            (("Mees", "Bakker", "2014-03-05", ""), ("Mees", "Bakker", "2014-03-05", ""), None),
            (("Mees", "Bakker", "2014-03-05", ONE), ("Mees", "Bakker", "2014-03-05", OTHER), Some("other-number")),
            (("Mees", "Bakker", "2014-03-05", ONE), ("Mees", "Bakker", "1984-11-23", ONE), Some("number-contradicted")),
            (("Mees", "Bakker", "2014-03-05", ONE), ("Mees", "Bakker", "2014-05-03", ONE), None),
            (("Mees", "Bakker", "2014-03-05", ONE), ("Mees", "Bakker", "2014-03", ONE), None),
            (("Jan", "Bakker", "1954-03-05", ""), ("Jan", "Bakker", "1984-03-05", ""), Some("birth-far")),
            (("Jan", "Bakker", "1954-03-05", ""), ("Jan", "Bakker", "1984", ""), Some("birth-far")),
            (("Jan", "Bakker", "1984-03-05", ""), ("Jan", "Bakker", "1989-03-05", ""), None),
            (("Jan", "Bakker", "1984-12-31", ""), ("Jan", "Bakker", "1985-01-02", ""), None),
            (("Mees", "Bakker", "2014-03-05", ""), ("Sofie", "Bakker", "2014-03-05", ""), Some("twins")),
            (("Mees", "Bakker", "2014-03-05", ""), ("Sofie", "Dekker", "2014-03-05", ""), None),
            (("Mees", "Bakker", "2014-01-01", ""), ("Sofie", "Bakker", "2014-01-01", ""), None),
            (("Johannes", "Bakker", "1984-03-05", ""), ("Hans", "Bakker", "1984-03-05", ""), None),
            (("Hanna", "Bakker", "1984-03-05", ""), ("Anna", "Bakker", "1984-03-05", ""), None),
            (("Chris", "Bakker", "1984-03-05", ""), ("Kris", "Bakker", "1984-03-05", ""), None),
            (("Bakker", "Mees", "2014-03-05", ""), ("Mees", "Bakker", "2014-03-05", ""), None),
            // A date that stands for none is no date.
            (("Mees", "Bakker", "1900-01-01", ONE), ("Mees", "Bakker", "2014-03-05", ONE), None),
            (("Mees", "Bakker", "1899-12-31", ONE), ("Mees", "Bakker", "2014-03-05", ONE), None),
            (("Mees", "Bakker", "1899-12-30", ""), ("Mees", "Bakker", "2014-03-05", ""), None),
            (("Mees", "Bakker", "1899-12-30", ""), ("Sofie", "Bakker", "1899-12-30", ""), None),
            // One of which only the year counts is.
            (("Mees", "Bakker", "1970-01-01", ""), ("Mees", "Bakker", "2014-03-05", ""), Some("birth-far")),
            (("Mees", "Bakker", "2013-07-01", ONE), ("Mees", "Bakker", "2014-03-05", ONE), None),
        ] {
            let (one, other) = (record(a.0, a.1, a.2, a.3), record(b.0, b.1, b.2, b.3));
            assert_eq!(one.part(&other), expected, "{a:?} and {b:?}");
            assert_eq!(other.part(&one), expected, "{b:?} and {a:?}");
        }
        assert_eq!(format!("{:?}", record("Mees", "Bakker", "2014-03-05", ONE)), "Marks([personal])");
    }
}
