//! Values that say which case it is.

use domain::case_number::{CaseNumber, CaseNumberError};
use domain::court::{Court, CourtError};
use domain::fact::Subject;
use domain::jurisdiction::Jurisdiction;
use domain::proceeding::{ProceedingKind, ProceedingKindError};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{PLAUSIBLE_YEARS, Wire, choice, coded, parsed, text};
use crate::fault::{Fault, fault};

impl Wire for Date {
    const NAME: &'static str = "day";

    fn read(value: &Value) -> Result<Self, Fault> {
        let text = text(value, 10)?;
        let written = text
            .bytes()
            .enumerate()
            .all(|(place, b)| if matches!(place, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
        let wrong = || fault("date.format", &"expected a day as in 2026-12-14");
        let day: Self = if written { text.parse().map_err(|_| wrong())? } else { return Err(wrong()) };
        if PLAUSIBLE_YEARS.contains(&day.year()) {
            Ok(day)
        } else {
            Err(fault("date.range", &"expected a day of the years 1900 to 2200: check it against the source"))
        }
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string", "format": "date", "examples": ["2026-12-14"],
            "description": "A calendar day of the years 1900 to 2200.",
        })
    }
}

/// The numbers of a case at its court, as written: one field may hold several.
pub struct CaseNumbers(pub Vec<CaseNumber>);

impl Wire for CaseNumbers {
    const NAME: &'static str = "case-numbers";

    fn read(value: &Value) -> Result<Self, Fault> {
        parsed(value, 400, CaseNumber::parse_all, CaseNumberError::code).map(Self)
    }

    fn describe(of: Jurisdiction) -> Value {
        let example = match of {
            Jurisdiction::Criminal => "10/123456-26",
            _ => "C/10/712345 / FA RK 26-812",
        };
        json!({
            "type": "string", "minLength": 1, "maxLength": 400, "examples": [example],
            "description": "The numbers of the case at its court, as written; several may be joined by a comma, & or en.",
        })
    }
}

impl Wire for CaseNumber {
    const NAME: &'static str = "case-number";

    fn read(value: &Value) -> Result<Self, Fault> {
        parsed(value, 100, Self::parse, CaseNumberError::code)
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string", "minLength": 1, "maxLength": 100, "examples": ["10/123456-26"],
            "description": "One number of a case at its court, as written.",
        })
    }
}

coded!(Court, CourtError, "court", "The court, by the code of its ECLI numbers.", Court::all().map(Court::code));

impl Wire for ProceedingKind {
    const NAME: &'static str = "proceeding";

    fn read(value: &Value) -> Result<Self, Fault> {
        parsed(value, 60, Self::parse, ProceedingKindError::code)
    }

    fn describe(of: Jurisdiction) -> Value {
        choice("The kind of proceeding.", Self::all().filter(|kind| kind.jurisdiction() == of).map(Self::code))
    }

    fn belongs(&self, of: Jurisdiction) -> Result<(), Fault> {
        if self.jurisdiction() == of {
            Ok(())
        } else {
            Err(fault("proceeding.jurisdiction", &"this proceeding does not belong to the event's jurisdiction"))
        }
    }
}

impl Wire for Subject {
    const NAME: &'static str = "judge";

    fn read(value: &Value) -> Result<Self, Fault> {
        parsed(value, 128, Self::parse, |_| "judge.format")
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string", "pattern": "^[A-Za-z0-9._-]{1,128}$", "examples": ["judge-anna"],
            "description": "A judge or clerk, as the identity provider names them (the `sub` of their tokens).",
        })
    }
}
