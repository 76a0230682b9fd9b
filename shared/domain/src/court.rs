//! Courts, by the code that stands in their ECLI numbers.
//!
//! Invariant: a [`Court`] is in `code-lists/courts.toml`. The numbers in that list are the two digits after `C/` in a civil
//! case number and the first two of a parketnummer; the numbers and letters of courts that were merged belong
//! to their successor. Deliberately absent: the parket bij de Hoge Raad (`PHR`), which advises and decides nothing.

use jiff::civil::Date;
use serde::Deserialize;

use crate::code_list::coded;

coded! {
    /// A court.
    Court(CourtRow) in "../code-lists/courts.toml" {
        /// Two-digit numbers, the successor's own first.
        numbers: Vec<u8>,
        letters: Vec<String>,
        #[serde(default)]
        predecessors: Vec<Predecessor>,
    }
    CourtError, "court.unknown",
    "not a court: use the code from the court's ECLI numbers in capitals, such as `RBROT`"
}

/// A court that is no more, whose cases a [`Court`] took over.
///
/// It is no court in facts or subjects: those name the successor, also for a case that began before it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Predecessor {
    /// The code in its ECLI numbers, such as `RBDOR`.
    pub code: String,
    /// Its Dutch name, such as `rechtbank Dordrecht`; it never had another.
    pub name: String,
    /// The last day on which it sat.
    pub valid_to: Date,
}

impl std::str::FromStr for Court {
    type Err = CourtError;

    fn from_str(text: &str) -> Result<Self, CourtError> {
        Self::parse(text)
    }
}

impl Court {
    /// The court that has a two-digit number, its own or that of a court it succeeded.
    pub fn by_number(number: u8) -> Option<Self> {
        Self::all().find(|court| court.numbers().contains(&number))
    }

    /// The court whose administrative cases have these letters before their number, such as `SHE` in `SHE 24/567`.
    ///
    /// The letters of a court that was merged lead to its successor; `AWB`, which courts once shared, leads to none.
    pub fn from_letters(letters: &str) -> Option<Self> {
        Self::all().find(|court| court.letters().any(|own| own == letters))
    }

    /// The court that took over the cases of the court with this ECLI code, such as `RBDOR`, which sat before the map of
    /// courts changed in 2013 (Wet herziening gerechtelijke kaart).
    pub fn succeeding(code: &str) -> Option<Self> {
        Self::all().find(|court| court.predecessors().iter().any(|before| before.code == code))
    }

    /// The two-digit numbers under which its cases are registered; none for the Hoge Raad.
    pub fn numbers(self) -> &'static [u8] {
        &self.0.row().numbers
    }

    /// The letters before the numbers of its administrative cases, those in use now first; none for a court that hears no
    /// such cases at first instance.
    pub fn letters(self) -> impl Iterator<Item = &'static str> {
        self.0.row().letters.iter().map(String::as_str)
    }

    /// The courts it succeeded.
    pub fn predecessors(self) -> &'static [Predecessor] {
        &self.0.row().predecessors
    }

    /// The court as one token of a message subject, such as `rbrot`.
    pub fn subject_token(self) -> String {
        self.code().to_ascii_lowercase()
    }

    /// The court of a subject token.
    ///
    /// # Errors
    /// When the token is not that of a court in the list; capitals are refused, so that one court has one token.
    pub fn from_subject_token(token: &str) -> Result<Self, CourtError> {
        Self::all().find(|court| court.subject_token() == token).ok_or(CourtError::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::lang::Lang;

    #[test]
    fn the_list_is_sound() {
        Court::assert_sound();
    }

    #[test]
    fn eleven_district_courts_four_courts_of_appeal_and_the_hoge_raad() {
        let with = |prefix: &str| Court::all().filter(|court| court.code().starts_with(prefix)).count();
        assert_eq!((with("RB"), with("GH"), with("HR"), Court::all().count()), (11, 4, 1, 16));
    }

    #[test]
    fn every_number_belongs_to_one_court() {
        let numbers: Vec<u8> = Court::all().flat_map(|court| court.numbers().iter().copied()).collect();
        assert_eq!(numbers.iter().collect::<BTreeSet<_>>(), (1..=23).collect::<BTreeSet<u8>>().iter().collect());
        assert_eq!(numbers.len(), 23);
        let of = |number| Court::by_number(number).map(Court::code);
        assert_eq!([of(10), of(11), of(12), of(16), of(21)], ["RBROT", "RBROT", "RBZWB", "RBMNE", "GHARL"].map(Some));
        assert_eq!(of(24), None);
    }

    #[test]
    fn letters_belong_to_one_court() {
        let of = |letters| Court::from_letters(letters).map(Court::code);
        assert_eq!([of("ROT"), of("SHE"), of("ZUT"), of("MID")], ["RBROT", "RBOBR", "RBGEL", "RBZWB"].map(Some));
        assert_eq!([of("AWB"), of("rot"), of("")], [None; 3]);
        let letters: Vec<&str> = Court::all().flat_map(Court::letters).collect();
        assert_eq!(letters.iter().collect::<BTreeSet<_>>().len(), letters.len());
        for court in Court::all() {
            assert_eq!(court.letters().next().is_some(), court.code().starts_with("RB"), "{court}");
        }
        for letters in letters {
            assert!((2..=4).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase()), "{letters}");
        }
    }

    #[test]
    fn the_cases_of_a_merged_court_are_with_its_successor() {
        assert_eq!(Court::succeeding("RBDOR").map(Court::code), Some("RBROT"));
        assert_eq!(Court::succeeding("GHLEE").map(Court::code), Some("GHARL"));
        assert_eq!(Court::succeeding("RBROT"), None);
        let codes: Vec<&str> = Court::all().flat_map(Court::predecessors).map(|one| one.code.as_str()).collect();
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
        assert!(codes.iter().all(|code| Court::parse(code).is_err()), "none is a court of its own");
        let midden = Court::parse("RBMNE").unwrap();
        assert!(!midden.is_valid_on(midden.predecessors()[0].valid_to));
        assert!(midden.is_valid_on(jiff::civil::date(2013, 1, 1)));
    }

    #[test]
    fn tokens_lead_back_to_the_court() {
        for court in Court::all() {
            assert_eq!(Court::from_subject_token(&court.subject_token()), Ok(court));
        }
        assert_eq!(Court::parse("RBROT").unwrap().label(Lang::Nl), "rechtbank Rotterdam");
    }

    #[test]
    fn what_is_not_in_the_list_is_refused() {
        for text in ["", "rbrot", "RBXXX", "PHR"] {
            assert_eq!(Court::parse(text).unwrap_err().code(), "court.unknown");
        }
        assert!(Court::from_subject_token("RBROT").is_err());
        assert!(serde_json::from_str::<Court>("\"RBXXX\"").is_err());
    }
}
