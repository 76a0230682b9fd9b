//! What the rules leave to a court (`code-lists/policies.toml`).
//!
//! Invariants: a court that decided nothing has the default; which policy holds follows from court and day alone, so that whoever
//! applies the rules comes to the same; what may never be told is in nobody's hands.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;
use serde::Deserialize;

use super::catalogue::Indicator;
use super::status::{Standing, Status};
use super::urgency;
use crate::code_list;
use crate::court::Court;
use crate::proceeding::ProceedingKind;

static BY_DEFAULT: LazyLock<Vec<PolicyRow>> =
    LazyLock::new(|| code_list::embedded(include_str!("../../code-lists/policies.toml")));

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyRow {
    #[serde(default)]
    court: Option<Court>,
    #[serde(default)]
    valid_from: Option<Date>,
    #[serde(default)]
    shows_technical_dismissals: Option<bool>,
    #[serde(default)]
    hides: Option<BTreeSet<Indicator>>,
    #[serde(default)]
    terms: Option<Vec<TermRow>>,
    /// What the row rests on, such as a decision of the court's board.
    source: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct TermRow {
    proceeding: ProceedingKind,
    working_days: u16,
}

/// The policies of all courts. Cheap to clone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policies(Arc<Vec<PolicyRow>>);

/// A text that is no list of policies.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// Not a list of this kind, or a code in it is unknown.
    #[error("not a list of court policies")]
    Format(#[from] code_list::CodeListError),
    /// A row names no court.
    #[error("a row of the court policies names no court")]
    WithoutCourt,
    /// A row does not say what it rests on.
    #[error("a row of the court policies of {0} has no source")]
    WithoutSource(Court),
    /// Two rows of a court begin on the same day.
    #[error("two court policies of {0} begin on the same day")]
    Twice(Court),
}

impl Policies {
    /// The policies of courts that decided otherwise than the default.
    ///
    /// # Errors
    /// When the text is not such a list.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        let mut rows: Vec<PolicyRow> = code_list::parse(text)?;
        rows.sort_by_key(|row| (row.court, row.valid_from));
        let mut before = None;
        for row in &rows {
            let court = row.court.ok_or(PolicyError::WithoutCourt)?;
            if row.source.trim().is_empty() {
                return Err(PolicyError::WithoutSource(court));
            }
            if before.replace((court, row.valid_from)) == Some((court, row.valid_from)) {
                return Err(PolicyError::Twice(court));
            }
        }
        Ok(Self(Arc::new(rows)))
    }

    /// What holds at a court on a day.
    pub fn of(&self, court: Court, day: Date) -> Policy {
        let begun = |row: &&PolicyRow| row.court == Some(court) && row.valid_from.is_none_or(|from| from <= day);
        let row = self.0.iter().rfind(begun);
        let decided = row.into_iter().chain(BY_DEFAULT.iter());
        let first = |of: fn(&PolicyRow) -> bool| decided.clone().find(|row| of(row));
        Policy {
            shows_technical_dismissals: first(|row| row.shows_technical_dismissals.is_some())
                .and_then(|row| row.shows_technical_dismissals)
                .unwrap_or_default(),
            hides: first(|row| row.hides.is_some()).and_then(|row| row.hides.clone()).unwrap_or_default(),
            terms: first(|row| row.terms.is_some()).and_then(|row| row.terms.clone()).unwrap_or_default(),
        }
    }
}

/// What a court decided, where the rules leave it a choice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    shows_technical_dismissals: bool,
    hides: BTreeSet<Indicator>,
    terms: Vec<TermRow>,
}

impl Policy {
    /// What a status does to what a judge sees.
    pub fn standing(&self, status: Status) -> Standing {
        if status == Status::X20 && self.shows_technical_dismissals { Standing::Downgraded } else { status.standing() }
    }

    /// Whether the court's judges are told of an indicator.
    pub fn tells(&self, indicator: Indicator) -> bool {
        !self.hides.contains(&indicator)
    }

    /// Of which indicators they are not told.
    pub fn hides(&self) -> &BTreeSet<Indicator> {
        &self.hides
    }

    /// Within how many working days after registration a judge should have been told; none where no such term runs.
    pub fn term(&self, kind: ProceedingKind) -> Option<u16> {
        let own = self.terms.iter().find(|row| row.proceeding == kind).map(|row| row.working_days);
        own.or_else(|| urgency::term_of(kind))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const DAY: Date = date(2026, 9, 7);

    fn court(code: &str) -> Court {
        Court::parse(code).unwrap()
    }

    fn kind(code: &str) -> ProceedingKind {
        ProceedingKind::parse(code).unwrap()
    }

    #[test]
    fn a_court_that_decided_nothing_has_the_default() {
        assert_eq!(BY_DEFAULT.len(), 1);
        let default = Policies::default().of(court("RBROT"), DAY);
        assert_eq!(default, Policy::default());
        for status in Status::ALL {
            assert_eq!(default.standing(status), status.standing());
        }
        assert_eq!(default.term(kind("provisional-measures")), Some(2));
    }

    #[test]
    fn the_last_row_of_the_court_that_has_begun_counts() {
        let policies = Policies::parse(
            r#"
            [[row]]
            court = "RBROT"
            valid_from = "2026-09-08"
            hides = ["stalking"]
            source = "a later decision"
            [[row]]
            court = "RBROT"
            shows_technical_dismissals = true
            terms = [{ proceeding = "contact-arrangement", working_days = 3 }]
            source = "a decision"
            "#,
        )
        .unwrap();
        let before = policies.of(court("RBROT"), DAY);
        assert_eq!(before.standing(Status::X20), Standing::Downgraded);
        assert_eq!(before.standing(Status::X10), Standing::Withdrawn, "in nobody's hands");
        assert_eq!((before.term(kind("contact-arrangement")), before.term(kind("relocation"))), (Some(3), Some(5)));
        let stalking = Indicator::parse("stalking").unwrap();
        assert!(before.tells(stalking));
        let after = policies.of(court("RBROT"), date(2026, 9, 8));
        assert!(!after.tells(stalking));
        assert_eq!(after.standing(Status::X20), Standing::Withdrawn, "what it leaves out is as the default");
        assert_eq!(policies.of(court("RBAMS"), DAY), Policy::default());
    }

    #[test]
    fn a_list_that_does_not_read_is_refused() {
        let row = |columns: &str| Policies::parse(&format!("[[row]]\n{columns}"));
        assert!(matches!(row("source = \"x\""), Err(PolicyError::WithoutCourt)));
        assert!(matches!(row("court = \"RBROT\"\nsource = \" \""), Err(PolicyError::WithoutSource(_))));
        for wrong in [
            "court = \"RBXXX\"\nsource = \"x\"",
            "court = \"RBROT\"\nsource = \"x\"\nhides = [\"nothing\"]",
            "court = \"RBROT\"\nsource = \"x\"\nshow_technical_dismissals = true",
            "court = \"RBROT\"",
        ] {
            assert!(matches!(row(wrong), Err(PolicyError::Format(_))), "{wrong}");
        }
        let twice = "court = \"RBROT\"\nsource = \"x\"\n[[row]]\ncourt = \"RBROT\"\nsource = \"y\"";
        assert!(matches!(row(twice), Err(PolicyError::Twice(_))));
    }
}
