//! Two records side by side: how far they agree, and what follows from it.

use domain::fact::linker::{FieldEvidence, PairEvidence};
use domain::ids::Pair;

use crate::record::Record;

/// How far two values agree. A missing value is no disagreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The same value.
    Equal,
    /// Values that can stand for one another: a partial date, an initial.
    Compatible,
    /// Values that cannot be of one person.
    Different,
    /// Not known on one side or on both.
    Missing,
}

impl Level {
    /// The level's code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Compatible => "compatible",
            Self::Different => "different",
            Self::Missing => "missing",
        }
    }

    const fn agrees(self) -> bool {
        matches!(self, Self::Equal | Self::Compatible)
    }
}

/// What follows from two records alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// They share a number and contradict each other: swapped or used by somebody else. A person must look.
    Conflict,
    /// They may be one person. A person must look.
    Possible,
    /// They are one person.
    Certain,
}

/// The fields of two records, compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comparison {
    bsn: Level,
    birth: Level,
    surname: Level,
    given: Level,
}

impl Comparison {
    /// Compares two records; which comes first does not matter.
    pub fn of(a: &Record, b: &Record) -> Self {
        let bsn = match (&a.bsn, &b.bsn) {
            (Some(a), Some(b)) if a == b => Level::Equal,
            (Some(_), Some(_)) => Level::Different,
            _ => Level::Missing,
        };
        let birth = match (&a.birth, &b.birth) {
            (Some(a), Some(b)) if a == b && a.is_full() => Level::Equal,
            (Some(a), Some(b)) if a.compatible(b) => Level::Compatible,
            (Some(_), Some(_)) => Level::Different,
            _ => Level::Missing,
        };
        let surname = if a.surnames.is_empty() || b.surnames.is_empty() {
            Level::Missing
        } else if a.surnames.is_disjoint(&b.surnames) {
            Level::Different
        } else {
            Level::Equal
        };
        Self { bsn, birth, surname, given: given(a, b) }
    }

    /// What follows, and by which rule.
    ///
    /// The rules are the hard classes of Dutch practice: a valid number joins only with a birth date and names that agree,
    /// because a valid but wrong number is another person's; two different valid numbers are two persons.
    pub fn finding(&self) -> Option<(Finding, &'static str)> {
        let contradicts = self.birth == Level::Different
            || self.given == Level::Different
            || (self.surname == Level::Different && !self.given.agrees());
        match self.bsn {
            Level::Equal if contradicts => Some((Finding::Conflict, "bsn-contradicted")),
            Level::Equal if self.birth.agrees() && (self.surname == Level::Equal || self.given == Level::Equal) => {
                Some((Finding::Certain, "bsn-birth-name"))
            }
            Level::Equal => Some((Finding::Possible, "bsn-alone")),
            Level::Missing
                if self.birth == Level::Equal && self.surname == Level::Equal && self.given == Level::Equal =>
            {
                Some((Finding::Possible, "name-birth"))
            }
            _ => None,
        }
    }

    /// The comparison as evidence to be stored: levels, never values.
    pub fn evidence(&self, a: &Record, b: &Record, rule: &str) -> PairEvidence {
        let field =
            |field: &str, level: Level| FieldEvidence { field: field.to_owned(), level: level.as_str().to_owned() };
        PairEvidence {
            pair: Pair::of(a.member.party, b.member.party),
            rule: rule.to_owned(),
            fields: vec![
                field("bsn", self.bsn),
                field("birth-date", self.birth),
                field("surname", self.surname),
                field("given-names", self.given),
            ],
            ruling: None,
        }
    }
}

fn given(a: &Record, b: &Record) -> Level {
    if !a.given_names.is_disjoint(&b.given_names) {
        return Level::Equal;
    }
    if a.initials.is_empty() || b.initials.is_empty() {
        return Level::Missing;
    }
    let written_out = !a.given_names.is_empty() && !b.given_names.is_empty();
    let share_an_initial = a.initials.iter().any(|letter| b.initials.contains(letter));
    if !written_out && share_an_initial { Level::Compatible } else { Level::Different }
}

#[cfg(test)]
pub(crate) mod tests {
    use domain::birth::BirthDate;
    use domain::bsn::Bsn;
    use domain::fact::linker::Member;
    use domain::ids::{CaseId, PartyId};
    use domain::name::{NameParts, PersonName};
    use domain::party::PartyDetails;
    use jiff::Timestamp;

    use super::*;

    /// A record of a fictitious person: `surname, given names, birth date, number`; empty means unknown.
    pub(crate) fn record(case: &str, [surname, given, birth, bsn]: [&str; 4]) -> Record {
        let some = |text: &'static str| (!text.is_empty()).then_some(text);
        let leak = |text: &str| -> &'static str { Box::leak(text.to_owned().into_boxed_str()) };
        let name = PersonName::parse(&NameParts {
            surname: some(leak(surname)),
            given_names: some(leak(given)),
            ..NameParts::default()
        })
        .expect("a name");
        let details = PartyDetails {
            bsn: (!bsn.is_empty()).then(|| Bsn::parse(bsn).expect("a test number")),
            name,
            birth: BirthDate::parse(birth).expect("a date"),
            ..PartyDetails::default()
        };
        let member =
            Member { party: PartyId::derived(&[case, surname, given, birth, bsn]), case: CaseId::derived(&[case]) };
        Record::prepare(member, Timestamp::UNIX_EPOCH, &details)
    }

    fn finding(a: [&str; 4], b: [&str; 4]) -> Option<Finding> {
        let (a, b) = (record("F", a), record("S", b));
        let there = Comparison::of(&a, &b).finding();
        assert_eq!(there, Comparison::of(&b, &a).finding(), "a comparison has no direction");
        let shares_a_key = !a.keys().is_disjoint(&b.keys());
        assert!(there.is_none() || shares_a_key, "what is found by comparing must be found by its keys");
        there.map(|(finding, _)| finding)
    }

    #[test]
    fn the_hard_rules() {
        let samira = ["El Amrani", "Samira", "1990-03-14", "999991000"];
        for (b, expected) in [
            (samira, Some(Finding::Certain)),
            (["Elamrani", "S.", "14-03-1990", "999991000"], Some(Finding::Certain)),
            (["van den Berg", "Samira", "1990-03-14", "999991000"], Some(Finding::Certain)),
            (["El Amrani", "Samira", "1990", "999991000"], Some(Finding::Certain)),
            (["van den Berg", "Pieter", "1987-11-02", "999991000"], Some(Finding::Conflict)),
            (["El Amrani", "Noor", "1990-03-14", "999991000"], Some(Finding::Conflict)),
            (["El Amrani", "Samira", "1990-03-15", "999991000"], Some(Finding::Conflict)),
            (["El Amrani", "Samira", "", "999991000"], Some(Finding::Possible)),
            (["", "", "1990-03-14", "999991000"], Some(Finding::Possible)),
            (["El Amrani", "Samira", "1990-03-14", ""], Some(Finding::Possible)),
            (["El Amrani", "Samira Fatima", "1990-03-14", ""], Some(Finding::Possible)),
            (["El Amrani", "Samira", "1990-03-14", "999991036"], None),
            (["El Amrani", "S.", "1990-03-14", ""], None),
            (["El Amrani", "Samira", "1991-03-14", ""], None),
        ] {
            assert_eq!(finding(samira, b), expected, "{b:?}");
        }
    }

    #[test]
    fn father_and_son_of_one_name_stay_apart() {
        assert_eq!(finding(["Jansen", "Jan", "1955-05-05", ""], ["Jansen", "Jan", "1985-05-05", ""]), None);
    }

    #[test]
    fn missing_names_never_agree() {
        assert_eq!(finding([".", "", "1990-03-14", ""], [".", "", "1990-03-14", ""]), None);
    }
}
