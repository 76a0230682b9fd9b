//! The name of a person as a source wrote it.
//!
//! Invariants: every part is trimmed, has single spaces, is in Unicode normal form C, has a bounded length and no control
//! characters; a filler such as a full stop or "N.N." is absent, never a value that could equal another filler. Spelling is
//! kept: what makes two spellings comparable is the business of the crate `matching`.

use std::fmt;

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

use crate::personal::Personal;

/// Longest surname or given names, in characters: the limit of the personal records database (BRP).
const LONGEST: usize = 200;

/// Longest prefix, in characters: more than the ten of the personal records database, as courts also write out two prefixes.
const LONGEST_PREFIX: usize = 30;

/// What sources write for an unknown name, in lower case and without dots and spaces. The personal records database itself
/// writes a full stop, which leaves an empty text here.
const PLACEHOLDERS: [&str; 7] = ["", "-", "nn", "onbekend", "unknown", "baby", "null"];

/// The parts of a name as a source sends them, before they are checked. Field by field as [`PersonName`].
#[derive(Clone, Copy, Default)]
pub struct NameParts<'a> {
    /// The person's own surname, without prefix.
    pub surname: Option<&'a str>,
    /// The prefix of the own surname.
    pub prefix: Option<&'a str>,
    /// The partner's surname, without prefix.
    pub partner_surname: Option<&'a str>,
    /// The prefix of the partner's surname.
    pub partner_prefix: Option<&'a str>,
    /// All given names in one text.
    pub given_names: Option<&'a str>,
    /// The initials.
    pub initials: Option<&'a str>,
}

impl fmt::Debug for NameParts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NameParts([personal])")
    }
}

/// The name of a person; every part may be missing. Build it with [`PersonName::parse`].
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonName {
    /// The person's own surname (geslachtsnaam), without prefix.
    pub surname: Option<Personal<String>>,
    /// The prefix (voorvoegsel) of the own surname: "de", "El", "van der".
    pub prefix: Option<Personal<String>>,
    /// The surname of a present or former partner, which many people use before or after their own.
    pub partner_surname: Option<Personal<String>>,
    /// The prefix of the partner's surname.
    pub partner_prefix: Option<Personal<String>>,
    /// All given names (voornamen) in one text, in the order and spelling of the source.
    pub given_names: Option<Personal<String>>,
    /// The initials (voorletters) as the source writes them: "J.P.", "Th".
    pub initials: Option<Personal<String>>,
}

/// Which surname somebody uses (naamgebruik), by the letter of the personal records database (BRP).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameUse {
    /// The own surname (E, eigen).
    Own,
    /// The partner's (P, partner).
    Partner,
    /// The partner's before the own (V, vóór): "Jansen-de Vries", where Jansen is the partner.
    PartnerFirst,
    /// The partner's after the own (N, na): "de Vries-Jansen".
    PartnerLast,
}

impl NameUse {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Own, Self::Partner, Self::PartnerFirst, Self::PartnerLast];

    /// The letter.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Own => "E",
            Self::Partner => "P",
            Self::PartnerFirst => "V",
            Self::PartnerLast => "N",
        }
    }

    /// The use of a letter.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// A part of a name, to say which one is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameField {
    /// [`PersonName::surname`].
    Surname,
    /// [`PersonName::prefix`].
    Prefix,
    /// [`PersonName::partner_surname`].
    PartnerSurname,
    /// [`PersonName::partner_prefix`].
    PartnerPrefix,
    /// [`PersonName::given_names`].
    GivenNames,
    /// [`PersonName::initials`].
    Initials,
}

impl NameField {
    /// The field's name in [`PersonName`], such as `partner_surname`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Surname => "surname",
            Self::Prefix => "prefix",
            Self::PartnerSurname => "partner_surname",
            Self::PartnerPrefix => "partner_prefix",
            Self::GivenNames => "given_names",
            Self::Initials => "initials",
        }
    }

    const fn longest(self) -> usize {
        match self {
            Self::Prefix | Self::PartnerPrefix => LONGEST_PREFIX,
            Self::Surname | Self::PartnerSurname | Self::GivenNames | Self::Initials => LONGEST,
        }
    }
}

impl fmt::Display for NameField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Why a part of a name is refused. Never carries the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NameError {
    /// More characters than the part may have.
    #[error("{field} is longer than {longest} characters: send only this part of the name")]
    TooLong {
        /// The part.
        field: NameField,
        /// The most characters it may have.
        longest: usize,
    },
    /// A control character, or one that turns the direction of writing and could disguise a name on a screen.
    #[error("{field} holds a control character: remove it")]
    ControlCharacter {
        /// The part.
        field: NameField,
    },
}

impl NameError {
    /// The stable code of this error for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "name.too-long",
            Self::ControlCharacter { .. } => "name.control-character",
        }
    }

    /// The part of the name that is wrong.
    pub const fn field(&self) -> NameField {
        match self {
            Self::TooLong { field, .. } | Self::ControlCharacter { field } => *field,
        }
    }
}

impl PersonName {
    /// Checks and tidies every part. A filler ("." or "N.N." or "onbekend") counts as missing. All errors are given at once,
    /// in the order of the fields.
    pub fn parse(parts: &NameParts<'_>) -> Result<Self, Vec<NameError>> {
        let mut errors = Vec::new();
        let mut part = |field, text: Option<&str>| match text.map(|text| tidy(field, text)) {
            None => None,
            Some(Ok(text)) => text.map(Personal::new),
            Some(Err(error)) => {
                errors.push(error);
                None
            }
        };
        let name = Self {
            surname: part(NameField::Surname, parts.surname),
            prefix: part(NameField::Prefix, parts.prefix),
            partner_surname: part(NameField::PartnerSurname, parts.partner_surname),
            partner_prefix: part(NameField::PartnerPrefix, parts.partner_prefix),
            given_names: part(NameField::GivenNames, parts.given_names),
            initials: part(NameField::Initials, parts.initials),
        };
        if errors.is_empty() { Ok(name) } else { Err(errors) }
    }

    /// The parts as written, for whoever seals or compares them.
    pub fn parts(&self) -> NameParts<'_> {
        NameParts {
            surname: text(self.surname.as_ref()),
            prefix: text(self.prefix.as_ref()),
            partner_surname: text(self.partner_surname.as_ref()),
            partner_prefix: text(self.partner_prefix.as_ref()),
            given_names: text(self.given_names.as_ref()),
            initials: text(self.initials.as_ref()),
        }
    }

    /// Whether no part is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The name for the data steward's screen: given names (or else initials), then the surname, after the partner's and a
    /// hyphen when there is one: "Samira El Amrani", "Jansen-de Vries". Empty when nothing is known.
    pub fn full(&self) -> String {
        let parts = self.parts();
        let own = joined([parts.prefix, parts.surname], " ");
        let partner = joined([parts.partner_prefix, parts.partner_surname], " ");
        let surnames = joined([Some(partner.as_str()), Some(own.as_str())], "-");
        joined([parts.given_names.or(parts.initials), Some(surnames.as_str())], " ")
    }
}

fn text(part: Option<&Personal<String>>) -> Option<&str> {
    part.map(|part| part.reveal().as_str())
}

fn joined(texts: [Option<&str>; 2], separator: &str) -> String {
    texts.into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(separator)
}

/// The text as it is kept, or `None` when it is a filler.
fn tidy(field: NameField, text: &str) -> Result<Option<String>, NameError> {
    let composed: String = text.nfc().collect();
    let tidy = composed.split_whitespace().collect::<Vec<_>>().join(" ");
    if tidy.chars().any(is_control) {
        return Err(NameError::ControlCharacter { field });
    }
    if tidy.chars().count() > field.longest() {
        return Err(NameError::TooLong { field, longest: field.longest() });
    }
    Ok(if is_placeholder(&tidy) { None } else { Some(tidy) })
}

/// Control characters, and the marks that turn the direction of writing.
fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_placeholder(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !matches!(c, '.' | ' ')).flat_map(char::to_lowercase).collect();
    PLACEHOLDERS.contains(&bare.as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert_eq, proptest};

    use super::{NameError, NameField, NameParts, PersonName};

    fn surname(text: &str) -> Result<PersonName, Vec<NameError>> {
        PersonName::parse(&NameParts { surname: Some(text), ..NameParts::default() })
    }

    #[test]
    fn tidies_without_changing_the_spelling() {
        for (written, kept) in [
            ("  de   la\tCruz\u{a0}Martina ", "de la Cruz Martina"),
            ("Yi\u{306}ld\u{131}z", "Yĭldız"),
            ("O\u{2019}Neill", "O\u{2019}Neill"),
            ("Nnamdi", "Nnamdi"),
            ("Łukasiewicz", "Łukasiewicz"),
        ] {
            assert_eq!(surname(written).unwrap().parts().surname, Some(kept));
        }
    }

    #[test]
    fn a_filler_is_missing() {
        for filler in ["", " ", ".", "..", "-", "NN", "N.N.", "n. n.", "Onbekend", "UNKNOWN", "Baby", "null"] {
            assert!(surname(filler).unwrap().is_empty(), "{filler}");
        }
    }

    #[test]
    fn all_errors_are_given_at_once_and_name_their_field() {
        let long = "a".repeat(201);
        let errors = PersonName::parse(&NameParts {
            surname: Some(&long),
            prefix: Some(&long[..31]),
            partner_surname: Some("Jan\u{0}sen"),
            given_names: Some("Sami\u{202e}ra"),
            initials: Some(&long[..200]),
            ..NameParts::default()
        })
        .unwrap_err();
        assert_eq!(
            errors,
            [
                NameError::TooLong { field: NameField::Surname, longest: 200 },
                NameError::TooLong { field: NameField::Prefix, longest: 30 },
                NameError::ControlCharacter { field: NameField::PartnerSurname },
                NameError::ControlCharacter { field: NameField::GivenNames },
            ]
        );
        assert_eq!(errors[1].to_string(), "prefix is longer than 30 characters: send only this part of the name");
        assert_eq!((errors[2].code(), errors[2].field().code()), ("name.control-character", "partner_surname"));
    }

    #[test]
    fn length_counts_characters_and_not_bytes() {
        assert!(surname(&"ë".repeat(200)).is_ok());
        assert!(surname(&"e\u{308}".repeat(200)).is_ok());
    }

    #[test]
    fn a_full_name_reads_as_people_write_it() {
        let full = |parts: NameParts<'_>| PersonName::parse(&parts).unwrap().full();
        let amrani = NameParts { surname: Some("Amrani"), prefix: Some("El"), ..NameParts::default() };
        assert_eq!(full(NameParts { given_names: Some("Samira"), initials: Some("S."), ..amrani }), "Samira El Amrani");
        assert_eq!(full(NameParts { initials: Some("S."), ..amrani }), "S. El Amrani");
        let vries = NameParts { surname: Some("Vries"), prefix: Some("de"), ..NameParts::default() };
        assert_eq!(full(NameParts { partner_surname: Some("Jansen"), ..vries }), "Jansen-de Vries");
        let dian = NameParts { given_names: Some("Dian Marini Maya"), surname: Some("."), ..NameParts::default() };
        assert_eq!(full(dian), "Dian Marini Maya");
        assert_eq!(full(NameParts { surname: Some("Obbadah"), ..NameParts::default() }), "Obbadah");
        assert_eq!(full(NameParts::default()), "");
    }

    #[test]
    fn debug_is_redacted() {
        let name = surname("Amrani").unwrap();
        assert!(!format!("{name:?} {:?}", name.parts()).contains("Amrani"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_reads_back(text in any::<String>()) {
            if let Ok(name) = surname(&text) {
                prop_assert_eq!(PersonName::parse(&name.parts()), Ok(name.clone()));
            }
        }
    }
}
