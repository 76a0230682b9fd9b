//! The number of a case at its court, in any of the forms that courts use.
//!
//! Canonical forms: civil `C/10/712345 / FA RK 26-812`, criminal `10-123456-26`, civil appeal `200.123.456/01`, cassation
//! `24/01234`, administrative `ROT 24/1234`. Different ways of writing one number read as the same value. Numbers of police
//! files (`PL1300-…`) and of published rulings (ECLI) are refused by codes of their own: they name no case at a court.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::administrative_number::AdministrativeNumber;
use crate::court::Court;
use crate::ecli::is_ecli;
use crate::parketnummer::{Parketnummer, ParketnummerError, digits};

/// A case number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum CaseNumber {
    /// Of a family or youth case at a district court.
    Civil(CivilNumber),
    /// Of a criminal case, in first instance or on appeal.
    Parket(Parketnummer),
    /// Of a family or youth case at a court of appeal.
    CivilAppeal(CivilAppealNumber),
    /// Of any case at the Hoge Raad.
    Cassation(CassationNumber),
    /// Of a case before an administrative judge.
    Administrative(AdministrativeNumber),
}

/// The number of a petition or claim at a district court: `C/AA/NNNNNN / KK SS JJ-N`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilNumber {
    /// The two digits of the court; absent in old numbers.
    court: Option<u8>,
    /// The case number proper, five to seven digits.
    serial: u32,
    /// The list it stands on, such as `FA RK`, `JE RK` or `KG ZA`; the set of lists is open.
    docket: String,
    /// Two digits.
    year: u8,
    /// Its place on the list in that year.
    sequence: u32,
}

/// The number of a civil case at a court of appeal: `200.NNN.NNN/NN`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilAppealNumber {
    /// The six digits after `200.`.
    serial: u32,
    /// 1 for the appeal itself, which is also meant where it is left out; higher for an incident in it.
    part: u8,
}

/// The number of a case at the Hoge Raad: `JJ/NNNNN`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CassationNumber {
    year: u8,
    serial: u32,
}

/// Text that is not a case number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CaseNumberError {
    /// Of none of the forms.
    #[error(
        "not a case number: write it as `C/10/712345 / FA RK 26-812`, `10-123456-26`, `200.123.456/01` or `24/01234`"
    )]
    Format,
    /// The number of a police file.
    #[error("the number of a police file names no case at a court: give the court's own number")]
    PoliceFile,
    /// The identifier of a published ruling.
    #[error("an ECLI names a published ruling, not a case at a court: give the court's own number")]
    Ecli,
    /// No number at all where one or more were expected.
    #[error("no case number: give at least one")]
    Empty,
    /// The digits after `C/` belong to no court.
    #[error("no such court: the two digits after `C/` are those of a district court, such as `C/10/` for Rotterdam")]
    Court,
    /// A parketnummer that cannot be.
    #[error(transparent)]
    Parket(ParketnummerError),
}

impl CaseNumberError {
    /// A stable code for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Format => "case-number.format",
            Self::PoliceFile => "case-number.police-file",
            Self::Ecli => "case-number.ecli",
            Self::Empty => "case-number.empty",
            Self::Court => "case-number.court",
            Self::Parket(error) => error.code(),
        }
    }
}

impl CaseNumber {
    /// Parses one number, of whichever form.
    ///
    /// # Errors
    /// When it has none of the forms, or the court or office in it does not exist.
    pub fn parse(text: &str) -> Result<Self, CaseNumberError> {
        let text = text.trim();
        match Parketnummer::parse(text) {
            Ok(number) => return Ok(Self::Parket(number)),
            Err(ParketnummerError::Format) => {}
            Err(error) => return Err(CaseNumberError::Parket(error)),
        }
        if let Some(number) = CivilAppealNumber::read(text) {
            return Ok(Self::CivilAppeal(number));
        }
        if let Some(number) = CassationNumber::read(text) {
            return Ok(Self::Cassation(number));
        }
        if let Some(number) = AdministrativeNumber::read(text) {
            return Ok(Self::Administrative(number));
        }
        if is_police_file(text) {
            return Err(CaseNumberError::PoliceFile);
        }
        if is_ecli(text) {
            return Err(CaseNumberError::Ecli);
        }
        let number = CivilNumber::read(text).ok_or(CaseNumberError::Format)?;
        if number.court.is_some() && number.court().is_none() {
            return Err(CaseNumberError::Court);
        }
        Ok(Self::Civil(number))
    }

    /// Parses a field with one or more numbers, joined by `&`, `en`, `,`, `;` or a new line, with or without `(I)`, `(II)`.
    ///
    /// # Errors
    /// When the field holds no number, or one of them does not parse.
    pub fn parse_all(text: &str) -> Result<Vec<Self>, CaseNumberError> {
        let numbers: Vec<Self> = text
            .split([',', '&', ';', '\n'])
            .flat_map(split_at_en)
            .filter(|piece| !piece.is_empty())
            .map(|piece| Self::parse(&piece))
            .collect::<Result<_, _>>()?;
        if numbers.is_empty() { Err(CaseNumberError::Empty) } else { Ok(numbers) }
    }
}

/// `PL1300-2024123456`: the unit, and a serial of ten digits.
fn is_police_file(text: &str) -> bool {
    let Some((unit, serial)) = text.split_once('-') else { return false };
    let all = |digits: &str, count| digits.len() == count && digits.bytes().all(|b| b.is_ascii_digit());
    unit.strip_prefix("PL").is_some_and(|unit| all(unit, 4)) && all(serial, 10)
}

/// The pieces between the words `en`, without the marks `(I)`, `(II)` that number them.
fn split_at_en(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .split(|word| word.eq_ignore_ascii_case("en"))
        .map(|piece| without_marks(&piece.join(" ")).to_owned())
        .collect()
}

fn without_marks(piece: &str) -> &str {
    let is_mark = |mark: &str| !mark.is_empty() && mark.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    let mut piece = piece;
    if let Some((mark, rest)) = piece.strip_prefix('(').and_then(|rest| rest.split_once(')'))
        && is_mark(mark)
    {
        piece = rest.trim();
    }
    if let Some((rest, mark)) = piece.strip_suffix(')').and_then(|rest| rest.rsplit_once('('))
        && is_mark(mark)
    {
        piece = rest.trim();
    }
    piece
}

impl CivilNumber {
    fn read(text: &str) -> Option<Self> {
        let (court, rest) = match text.strip_prefix(['C', 'c']) {
            Some(rest) => {
                let (court, rest) = digits(past(rest, &['/'])?, 2, 2)?;
                (Some(court.try_into().ok()?), past(rest, &['/'])?)
            }
            None => (None, text),
        };
        let (serial, rest) = digits(rest, 5, 7)?;
        let rest = past(rest, &['/', '\\']).unwrap_or(rest).trim_start();
        let (docket, rest) = rest.split_at_checked(rest.find(|c: char| c.is_ascii_digit())?)?;
        let (year, rest) = digits(rest, 2, 2)?;
        let rest = past(rest, &['-', '/']).or_else(|| past(rest, &[' ']))?;
        let (sequence, rest) = digits(rest, 1, 5)?;
        let docket = canonical_docket(docket)?;
        rest.is_empty().then_some(Self { court, serial, docket, year: year.try_into().ok()?, sequence })
    }

    /// The court, where the number names it.
    pub fn court(&self) -> Option<Court> {
        self.court.and_then(Court::by_number)
    }

    /// The list the case stands on, such as `FA RK` (family petitions) or `JE RK` (youth petitions).
    pub fn docket(&self) -> &str {
        &self.docket
    }
}

/// The text behind one of the separators, with any blanks around it; none when no separator stands there.
fn past<'a>(text: &'a str, separators: &[char]) -> Option<&'a str> {
    let behind = if separators == [' '] { text } else { text.trim_start() };
    behind.strip_prefix(separators).map(str::trim_start)
}

/// `FARK` and `fa rk` as `FA RK`: one or two words of two to four letters.
fn canonical_docket(text: &str) -> Option<String> {
    let upper = text.to_ascii_uppercase();
    let mut words: Vec<&str> = upper.split_whitespace().collect();
    if let [glued] = words[..]
        && let Some((kind, register)) = glued.split_at_checked(2)
        && matches!(register, "RK" | "ZA" | "VERZ" | "EXPL")
    {
        words = vec![kind, register];
    }
    // `en` stands between two numbers, and is no list.
    let is_word =
        |word: &&str| (2..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase()) && *word != "EN";
    let fits = (1..=2).contains(&words.len()) && words.iter().all(is_word);
    fits.then(|| words.join(" "))
}

impl CivilAppealNumber {
    fn read(text: &str) -> Option<Self> {
        let (high, rest) = digits(text.strip_prefix("200.")?, 3, 3)?;
        let (low, rest) = digits(rest.strip_prefix('.')?, 3, 3)?;
        let (part, rest) = match rest.strip_prefix('/') {
            Some(rest) => digits(rest, 2, 2)?,
            None => (1, rest),
        };
        rest.is_empty().then_some(Self { serial: high * 1000 + low, part: part.try_into().ok()? })
    }

    /// Whether it is about an incident in the appeal, such as a stay of enforcement, rather than the appeal itself.
    pub const fn is_incident(self) -> bool {
        self.part > 1
    }
}

impl CassationNumber {
    fn read(text: &str) -> Option<Self> {
        let (year, rest) = digits(text, 2, 2)?;
        let (serial, rest) = digits(rest.strip_prefix('/')?, 5, 5)?;
        rest.is_empty().then_some(Self { year: year.try_into().ok()?, serial })
    }
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Civil(number) => number.fmt(f),
            Self::Parket(number) => number.fmt(f),
            Self::CivilAppeal(number) => number.fmt(f),
            Self::Cassation(number) => number.fmt(f),
            Self::Administrative(number) => number.fmt(f),
        }
    }
}

impl fmt::Display for CivilNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(court) = self.court {
            write!(f, "C/{court:02}/")?;
        }
        write!(f, "{:05} / {} {:02}-{}", self.serial, self.docket, self.year, self.sequence)
    }
}

impl fmt::Display for CivilAppealNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "200.{:03}.{:03}/{:02}", self.serial / 1000, self.serial % 1000, self.part)
    }
}

impl fmt::Display for CassationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}/{:05}", self.year, self.serial)
    }
}

impl TryFrom<String> for CaseNumber {
    type Error = CaseNumberError;

    fn try_from(text: String) -> Result<Self, CaseNumberError> {
        Self::parse(&text)
    }
}

impl From<CaseNumber> for String {
    fn from(number: CaseNumber) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn canonical(text: &str) -> Result<String, CaseNumberError> {
        CaseNumber::parse(text).map(|number| number.to_string())
    }

    #[test]
    fn every_form_reads() {
        for (text, expected) in [
            ("C/10/712345 / FA RK 26-812", "C/10/712345 / FA RK 26-812"),
            ("C/16/595250 / JE RK 25-939", "C/16/595250 / JE RK 25-939"),
            ("C/02/435496 / JE RK 25/907", "C/02/435496 / JE RK 25-907"),
            ("C/09/680111 KG ZA 25-121", "C/09/680111 / KG ZA 25-121"),
            ("C / 09 / 680111/FARK 25 - 0121", "C/09/680111 / FA RK 25-121"),
            ("c/09/680111 / fa rk 25 121", "C/09/680111 / FA RK 25-121"),
            ("90624 / FA RK 11-3516", "90624 / FA RK 11-3516"),
            ("207028 JE RK 09-1448", "207028 / JE RK 09-1448"),
            ("1234567 \\ EJ VERZ 24-12", "1234567 / EJ VERZ 24-12"),
            ("C/13/712345 / FT RK 25-1", "C/13/712345 / FT RK 25-1"),
            ("200.123.456/01", "200.123.456/01"),
            ("200.123.456", "200.123.456/01"),
            ("200.123.456/02", "200.123.456/02"),
            ("24/01234", "24/01234"),
            ("ROT 24/1234", "ROT 24/1234"),
            ("13/123456-24", "13-123456-24"),
            ("10-123456-24 (TUL)", "10-123456-24 (TUL)"),
        ] {
            assert_eq!(canonical(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_case_is_refused_with_a_code() {
        for (text, code) in [
            ("", "case-number.format"),
            ("C/10/712345", "case-number.format"),
            ("C/10/712345 / FA RK 26812", "case-number.format"),
            ("C/10/7123 / FA RK 26-812", "case-number.format"),
            ("C/99/712345 / FA RK 26-812", "case-number.court"),
            ("C/10/712345 / F1 RK 26-812", "case-number.format"),
            ("200.123.4567", "case-number.format"),
            ("PL1300-2024123456", "case-number.police-file"),
            ("ECLI:NL:RBROT:2026:1234", "case-number.ecli"),
            ("24-123456-26", "parketnummer.office"),
        ] {
            assert_eq!(CaseNumber::parse(text).unwrap_err().code(), code, "{text}");
        }
    }

    #[test]
    fn several_numbers_in_one_field_are_told_apart() {
        let two = ["C/16/595250 / JE RK 25-939", "C/16/595251 / JE RK 25-940"];
        for text in [
            "C/16/595250 / JE RK 25-939 & C/16/595251 / JE RK 25-940",
            "C/16/595250 / JE RK 25-939 en C/16/595251 / JE RK 25-940",
            "C/16/595250 / JE RK 25-939, C/16/595251 / JE RK 25-940",
            "C/16/595250 / JE RK 25-939 (I) en C/16/595251 / JE RK 25-940 (II)",
            "(I) C/16/595250 / JE RK 25-939,\n(II) C/16/595251 / JE RK 25-940",
        ] {
            let numbers = CaseNumber::parse_all(text).unwrap();
            assert_eq!(numbers.iter().map(ToString::to_string).collect::<Vec<_>>(), two, "{text}");
        }
        let criminal = CaseNumber::parse_all("10/123456-26, 10/654321-26 (ttz. gev.) en 10/111111-23 (TUL)").unwrap();
        let called_in = |number: &&CaseNumber| matches!(number, CaseNumber::Parket(number) if number.is_called_in());
        assert_eq!((criminal.len(), criminal.iter().filter(called_in).count()), (3, 1));
    }

    #[test]
    fn a_field_without_numbers_or_with_a_bad_one_is_refused() {
        for text in ["", "  ", " , & en "] {
            assert_eq!(CaseNumber::parse_all(text), Err(CaseNumberError::Empty), "{text:?}");
        }
        assert_eq!(CaseNumber::parse_all("200.123.456/01 en onbekend"), Err(CaseNumberError::Format));
    }

    #[test]
    fn a_number_tells_what_it_holds() {
        let CaseNumber::Civil(civil) = CaseNumber::parse("C/10/712345 / FA RK 26-812").unwrap() else {
            panic!("a civil number")
        };
        assert_eq!((civil.court().map(Court::code), civil.docket()), (Some("RBROT"), "FA RK"));
        let CaseNumber::CivilAppeal(incident) = CaseNumber::parse("200.123.456/02").unwrap() else {
            panic!("a civil appeal number")
        };
        assert!(incident.is_incident());
    }

    proptest! {
        #[test]
        fn no_text_panics_and_the_canonical_form_reads_back(
            text in "\\PC{0,40}\
                |(C/[0-2][0-9]/)?[0-9]{4,8} ?/? ?[A-Za-z]{2} ?[A-Z]{0,4} ?[0-9]{2}[-/ ][0-9]{1,6}\
                |200\\.[0-9]{3}\\.[0-9]{3}(/[0-9]{2})?\
                |[0-9]{2}/[0-9]{5}"
        ) {
            if let Ok(number) = CaseNumber::parse(&text) {
                prop_assert_eq!(CaseNumber::parse(&number.to_string()), Ok(number.clone()));
                prop_assert_eq!(CaseNumber::parse_all(&number.to_string()), Ok(vec![number.clone()]));
                let json = serde_json::to_string(&number).unwrap();
                prop_assert_eq!(serde_json::from_str::<CaseNumber>(&json).unwrap(), number);
            }
            let _ = CaseNumber::parse_all(&text);
        }
    }
}
