//! Values that say who a party is.

use domain::birth::BirthDate;
use domain::bsn::{Bsn, BsnError};
use domain::jurisdiction::Jurisdiction;
use domain::name::{NameParts, NameUse, PersonName};
use domain::organisation::{Establishment, Kvk, OrganisationNumberError, Rsin};
use domain::party::Sex;
use domain::personal::Personal;
use domain::role::{Capacity, Role, RoleError};
use domain::skn::{Skn, SknError};
use domain::v_number::{VNumber, VNumberError};
use serde_json::{Value, json};

use super::{Wire, choice, parsed, text};
use crate::fault::{Fault, fault};

impl Wire for Role {
    const NAME: &'static str = "role";

    fn read(value: &Value) -> Result<Self, Fault> {
        parsed(value, 40, Self::parse, RoleError::code)
    }

    fn describe(of: Jurisdiction) -> Value {
        choice(
            "What the party is in the case.",
            Self::all().filter(|role| role.jurisdictions().contains(&of)).map(Self::code),
        )
    }

    fn belongs(&self, of: Jurisdiction) -> Result<(), Fault> {
        if self.jurisdictions().contains(&of) {
            Ok(())
        } else {
            Err(fault("role.jurisdiction", &"this role does not exist in proceedings of this jurisdiction"))
        }
    }
}

impl Wire for Capacity {
    const NAME: &'static str = "capacity";

    fn read(value: &Value) -> Result<Self, Fault> {
        parsed(value, 40, Self::parse, RoleError::code)
    }

    fn describe(_: Jurisdiction) -> Value {
        choice(
            "What the party is to the family.",
            ["mother", "father", "parent", "child", "partner", "other"].into_iter(),
        )
    }
}

/// A surname, given names or initials as the source wrote them.
pub struct NamePart(pub String);

impl Wire for NamePart {
    const NAME: &'static str = "name";

    fn read(value: &Value) -> Result<Self, Fault> {
        let text = text(value, 200)?;
        named(&NameParts { surname: Some(text), ..NameParts::default() })?;
        Ok(Self(text.to_owned()))
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string", "maxLength": 200,
            "description": "As the source wrote it, capitals and accents kept; the register's `.` means that there is none.",
        })
    }
}

/// The prefix of a surname (voorvoegsel).
pub struct NamePrefix(pub String);

impl Wire for NamePrefix {
    const NAME: &'static str = "name-prefix";

    fn read(value: &Value) -> Result<Self, Fault> {
        let text = text(value, 200)?;
        named(&NameParts { prefix: Some(text), ..NameParts::default() })?;
        Ok(Self(text.to_owned()))
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({ "type": "string", "maxLength": 30, "examples": ["van den"], "description": "The prefix of a surname." })
    }
}

fn named(parts: &NameParts<'_>) -> Result<(), Fault> {
    match PersonName::parse(parts) {
        Ok(_) => Ok(()),
        Err(errors) => Err(errors
            .first()
            .map_or_else(|| fault("name.refused", &"this part of the name is refused"), |e| fault(e.code(), e))),
    }
}

/// What stands in the field of a person's number. A placeholder means that none is known: it is kept as it was, and never
/// compared. One that is malformed is refused, so that its publisher mends it.
pub enum Noted<T> {
    /// A number.
    Number(T),
    /// None is known, and this stood in its place.
    Placeholder(Personal<String>),
}

impl<T> Noted<T> {
    /// The number, or else what stood in its place.
    pub fn part(self) -> (Option<T>, Option<Personal<String>>) {
        match self {
            Self::Number(number) => (Some(number), None),
            Self::Placeholder(written) => (None, Some(written)),
        }
    }

    fn read<E: std::fmt::Display>(
        value: &Value,
        parse: impl FnOnce(&str) -> Result<T, E>,
        is_placeholder: impl FnOnce(&E) -> bool,
        code: impl FnOnce(&E) -> &'static str,
    ) -> Result<Self, Fault> {
        let written = text(value, 20)?;
        match parse(written) {
            Ok(number) => Ok(Self::Number(number)),
            Err(error) if is_placeholder(&error) => Ok(Self::Placeholder(Personal::new(written.to_owned()))),
            Err(error) => Err(fault(code(&error), &error)),
        }
    }
}

impl Wire for Noted<Bsn> {
    const NAME: &'static str = "bsn";

    fn read(value: &Value) -> Result<Self, Fault> {
        let placeholder = |error: &BsnError| matches!(error, BsnError::Placeholder | BsnError::Zeros);
        Self::read(value, Bsn::parse, placeholder, BsnError::code)
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string", "maxLength": 20, "examples": ["999991103"],
            "description": "The citizen service number: nine digits that pass the eleven-test; dots, spaces and leading zeros \
                            may be as written. Leave it out when it is not known.",
        })
    }
}

impl Wire for Noted<Skn> {
    const NAME: &'static str = "person-skn";

    fn read(value: &Value) -> Result<Self, Fault> {
        Self::read(value, Skn::parse, |error| *error == SknError::Zeros, SknError::code)
    }

    fn describe(of: Jurisdiction) -> Value {
        Skn::describe(of)
    }
}

impl Wire for Skn {
    const NAME: &'static str = "skn";

    fn read(value: &Value) -> Result<Self, Fault> {
        parsed(value, 20, Self::parse, SknError::code)
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string", "pattern": "^ *[0-9]{1,10} *$", "examples": ["1234567"],
            "description": "A number of a person in the criminal chain (strafrechtsketennummer).",
        })
    }
}

impl Wire for Noted<VNumber> {
    const NAME: &'static str = "v-number";

    fn read(value: &Value) -> Result<Self, Fault> {
        Self::read(value, VNumber::parse, |error| *error == VNumberError::Zeros, VNumberError::code)
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string", "pattern": "^[0-9. ]{10,20}$", "examples": ["280.123.4567"],
            "description": "The number of a foreign national (V-nummer): ten digits, dots and blanks do not count.",
        })
    }
}

impl Wire for Kvk {
    const NAME: &'static str = "kvk";

    fn read(value: &Value) -> Result<Self, Fault> {
        parsed(value, 20, Self::parse, OrganisationNumberError::code)
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string", "pattern": "^ *([0-9][. ]*){8}$", "examples": ["12345678"],
            "description": "Its number in the trade register (KvK-nummer).",
        })
    }
}

impl Wire for Establishment {
    const NAME: &'static str = "establishment";

    fn read(value: &Value) -> Result<Self, Fault> {
        parsed(value, 20, Self::parse, OrganisationNumberError::code)
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string", "pattern": "^ *([0-9][. ]*){12}$", "examples": ["000012345678"],
            "description": "The number of the establishment (vestigingsnummer).",
        })
    }
}

impl Wire for Rsin {
    const NAME: &'static str = "rsin";

    fn read(value: &Value) -> Result<Self, Fault> {
        parsed(value, 20, Self::parse, OrganisationNumberError::code)
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string", "pattern": "^ *([0-9][. ]*){9}$", "examples": ["999991103"],
            "description": "Its tax number (RSIN): nine digits that pass the eleven-test.",
        })
    }
}

impl Wire for NameUse {
    const NAME: &'static str = "name-use";

    fn read(value: &Value) -> Result<Self, Fault> {
        Self::from_code(text(value, 1)?).ok_or_else(|| fault("name-use.unknown", &"expected E, P, V or N"))
    }

    fn describe(_: Jurisdiction) -> Value {
        choice(
            "Which surname the person uses: E own, P partner's, V partner's before own, N partner's after own.",
            Self::ALL.into_iter().map(Self::code),
        )
    }
}

/// A date of birth, whole, partial or unknown.
pub struct BirthField(pub Option<BirthDate>);

impl Wire for BirthField {
    const NAME: &'static str = "birth-date";

    fn read(value: &Value) -> Result<Self, Fault> {
        BirthDate::from_json(value).map(Self).map_err(|error| fault(error.code(), &error))
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": ["string", "object"],
            "examples": ["1990-03-14", "1990-03", "1990", "19900314", "19850000", { "type": "JaarDatum", "jaar": 1985 }],
            "description": "A date of birth: ISO, day-month-year, the eight digits of the population register (zeros: \
                            unknown), or one of its polymorphic objects.",
        })
    }
}

impl Wire for Sex {
    const NAME: &'static str = "sex";

    fn read(value: &Value) -> Result<Self, Fault> {
        Self::from_code(text(value, 10)?).ok_or_else(|| fault("sex.unknown", &"expected female, male or other"))
    }

    fn describe(_: Jurisdiction) -> Value {
        choice("The registered sex.", ["female", "male", "other"].into_iter())
    }
}

/// A part of an address or a place, as written.
pub struct Plain(pub String);

impl Plain {
    /// What it says. The population register writes a full stop, or the house number 0, where nothing is known.
    pub fn known(self) -> Option<String> {
        let says = !matches!(self.0.trim(), "" | "." | "0");
        says.then_some(self.0)
    }
}

impl Wire for Plain {
    const NAME: &'static str = "plain-text";

    fn read(value: &Value) -> Result<Self, Fault> {
        Ok(Self(text(value, 200)?.to_owned()))
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({ "type": "string", "maxLength": 200, "description": "As the source wrote it." })
    }
}

/// The house number of an address, as a text or as the number alone.
pub struct HouseNumberField(pub Plain);

impl Wire for HouseNumberField {
    const NAME: &'static str = "house-number";

    fn read(value: &Value) -> Result<Self, Fault> {
        let number = value.as_u64().filter(|number| *number <= MOST_OF_A_STREET);
        number.map_or_else(|| Plain::read(value).map(Self), |number| Ok(Self(Plain(number.to_string()))))
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": ["string", "integer"], "maxLength": 200, "minimum": 0, "maximum": MOST_OF_A_STREET,
            "examples": ["12-2", "12 bis", 12],
            "description": "The house number with its letter and addition, as the source wrote it.",
        })
    }
}

/// The population register has five digits for a house number.
const MOST_OF_A_STREET: u64 = 99_999;
