//! One party record as the desk shows it: who its court says it is, and in which roles.
//!
//! Invariants: an identifier is masked, and shown whole through [`whole`] alone; an address is never shown; where the data key was
//! dropped, nothing is shown but that it was. Pure, so that what is shown can be tested without a database.

use std::collections::BTreeSet;

use domain::bsn::Bsn;
use domain::fact::steward::Identifier;
use domain::party::{Checked, PartyDetails};
use domain::personal::Personal;
use matching::normalise;

/// What is known of who a record is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Person {
    /// What its court says.
    Known(Box<PartyDetails>),
    /// The data key was dropped.
    Erased,
    /// No court has told yet.
    Untold,
}

/// The fields of a comparison, in the order in which they are shown. The first four are those that say most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The citizen service number, masked.
    Bsn,
    /// The date of birth.
    BirthDate,
    /// The surname with its prefix, and that of a partner.
    Surname,
    /// Given names, or else initials.
    GivenNames,
    /// What stood where the number should have been and is none, masked alike.
    UnusableBsn,
    /// The number in the criminal chain, masked.
    Skn,
    /// The number of a foreign national, masked.
    VNumber,
    /// The place of birth.
    BirthPlace,
    /// The registered sex.
    Sex,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 9] = [
        Self::Bsn,
        Self::BirthDate,
        Self::Surname,
        Self::GivenNames,
        Self::UnusableBsn,
        Self::Skn,
        Self::VNumber,
        Self::BirthPlace,
        Self::Sex,
    ];

    /// The field's code; that of the linker's evidence, where it compares the field.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Bsn => "bsn",
            Self::BirthDate => "birth-date",
            Self::Surname => "surname",
            Self::GivenNames => "given-names",
            Self::UnusableBsn => "unusable-bsn",
            Self::Skn => "skn",
            Self::VNumber => "v-number",
            Self::BirthPlace => "birth-place",
            Self::Sex => "sex",
        }
    }

    /// The field as a steward may see it: a date as `1990-03-14`, a sex as its code. Nothing when it is not known.
    pub fn shown(self, details: &PartyDetails) -> Option<String> {
        let name = details.name.parts();
        match self {
            Self::Bsn => details.bsn.as_ref().map(Bsn::masked),
            Self::BirthDate => details.birth.as_ref().map(domain::birth::BirthDate::canonical),
            Self::Surname => {
                let own = joined([name.prefix, name.surname], " ");
                let partner = joined([name.partner_prefix, name.partner_surname], " ");
                filled(joined([Some(&partner), Some(&own)], "-"))
            }
            Self::GivenNames => name.given_names.or(name.initials).map(str::to_owned),
            Self::UnusableBsn => details.unusable.get(&Checked::Bsn).map(|text| masked(text.reveal())),
            Self::Skn => details.skn.as_ref().map(|number| masked(number.digits())),
            Self::VNumber => details.v_number.as_ref().map(|number| masked(number.digits())),
            Self::BirthPlace => details.birth_place.as_ref().map(Personal::reveal).cloned(),
            Self::Sex => details.sex.map(|sex| sex.code().to_owned()),
        }
    }

    /// The forms under which the linker looks a name up, where it brings it into another form. Nothing when it is not known.
    pub fn normalised(self, details: &PartyDetails) -> Option<String> {
        let name = details.name.parts();
        let forms: BTreeSet<String> = match self {
            Self::Surname => {
                let named = [name.surname, name.partner_surname];
                named.into_iter().flatten().flat_map(normalise::surnames).collect()
            }
            Self::GivenNames => name.given_names.map(normalise::given_names).unwrap_or_default(),
            _ => return None,
        };
        filled(forms.into_iter().collect::<Vec<_>>().join(", "))
    }

    /// Whether it is shown masked, so that what differs of it may be hidden.
    pub const fn is_masked(self) -> bool {
        matches!(self, Self::Bsn | Self::UnusableBsn | Self::Skn | Self::VNumber)
    }
}

/// An identifier as its court wrote it: for who wrote down what for. Nothing when it is not known.
pub fn whole(identifier: Identifier, details: &PartyDetails) -> Option<String> {
    match identifier {
        Identifier::Bsn => details.bsn.as_ref().map(|number| number.digits().to_owned()),
        Identifier::UnusableBsn => details.unusable.get(&Checked::Bsn).map(|text| text.reveal().clone()),
        Identifier::Skn => details.skn.as_ref().map(|number| number.digits().to_owned()),
        Identifier::VNumber => details.v_number.as_ref().map(|number| number.digits().to_owned()),
    }
}

fn joined(texts: [Option<&str>; 2], between: &str) -> String {
    texts.into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(between)
}

fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// All but the last three characters hidden, as with a number that is valid. Of something shorter nothing shows.
fn masked(text: &str) -> String {
    let length = text.chars().count();
    let open = if length > 3 { 3 } else { 0 };
    text.chars().enumerate().map(|(at, c)| if at + open < length { '•' } else { c }).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use domain::birth::BirthDate;
    use domain::name::{NameParts, PersonName};
    use domain::party::Address;

    use super::*;

    pub(crate) fn samira() -> PartyDetails {
        let name = NameParts {
            surname: Some("Amrani"),
            prefix: Some("El"),
            partner_surname: Some("Jansen"),
            given_names: Some("Samira"),
            initials: Some("S."),
            ..NameParts::default()
        };
        PartyDetails {
            bsn: Some(Bsn::parse("999991103").expect("a test number")),
            name: PersonName::parse(&name).expect("a name"),
            birth: BirthDate::parse("1990-03-14").expect("a date"),
            address: Some(Personal::new(Address { town: Some("Rotterdam".to_owned()), ..Address::default() })),
            ..PartyDetails::default()
        }
    }

    #[test]
    fn a_number_is_masked_and_an_address_is_not_shown() {
        let mut details = samira();
        details.unusable.insert(Checked::Bsn, Personal::new("12345".to_owned()));
        let shown: Vec<_> = Field::ALL.iter().map(|field| field.shown(&details).unwrap_or_default()).collect();
        assert_eq!(shown, ["••••••103", "1990-03-14", "Jansen-El Amrani", "Samira", "••345", "", "", "", ""]);
        assert_eq!(masked("123"), "•••");
        assert_eq!(masked(""), "");
    }

    #[test]
    fn names_have_a_form_in_which_they_are_looked_up() {
        let details = samira();
        let surnames = Field::Surname.normalised(&details).expect("a name");
        assert!(surnames.contains("AMRANI") && surnames.contains("JANSEN"), "{surnames}");
        assert_eq!(Field::GivenNames.normalised(&details).as_deref(), Some("SAMIRA"));
        assert_eq!(Field::Bsn.normalised(&details), None);
        assert_eq!(Field::Surname.normalised(&PartyDetails::default()), None);
    }

    #[test]
    fn a_number_is_shown_whole_to_who_asks_for_it_by_name() {
        let details = samira();
        let shown = Identifier::ALL.map(|identifier| whole(identifier, &details));
        assert_eq!(shown, [Some("999991103".to_owned()), None, None, None]);
    }

    #[test]
    fn what_is_not_known_is_nothing_and_not_an_empty_text() {
        for field in Field::ALL {
            assert_eq!(field.shown(&PartyDetails::default()), None, "{}", field.code());
        }
    }
}
