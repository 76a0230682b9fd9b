//! What a charge says: articles, the period of the offence, and the publisher's tags. No text, no place.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::tag::Tag;
use crate::article::Article;

/// What a charge says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeParticulars {
    /// The articles charged, in any order: offences, and what qualifies them (attempt, aggravation).
    pub articles: Vec<Article>,
    /// When it is said to have happened.
    pub period: OffencePeriod,
    /// What the publisher says of the conduct beside the articles.
    #[serde(default)]
    pub tags: BTreeSet<Tag>,
}

/// The period in which an offence is said to have been committed: one day, or a first and a last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Days", into = "Days")]
pub struct OffencePeriod {
    from: Date,
    to: Date,
}

/// The period as it is stored: the last day is left out when it is the first.
#[derive(Serialize, Deserialize)]
struct Days {
    from: Date,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<Date>,
}

/// Days that are no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OffencePeriodError {
    /// The last day lies before the first.
    #[error("the offence period ends before it begins")]
    Reversed,
}

impl OffencePeriodError {
    /// A stable code for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Reversed => "offence-period.reversed",
        }
    }
}

impl OffencePeriod {
    /// The period from a first to a last day; without a last day, that one day.
    ///
    /// # Errors
    /// When the last day lies before the first.
    pub fn new(from: Date, to: Option<Date>) -> Result<Self, OffencePeriodError> {
        let to = to.unwrap_or(from);
        if to < from { Err(OffencePeriodError::Reversed) } else { Ok(Self { from, to }) }
    }

    /// One day.
    pub const fn on(day: Date) -> Self {
        Self { from: day, to: day }
    }

    /// Any day until this one: when it happened is not told.
    pub const fn until(day: Date) -> Self {
        Self { from: Date::MIN, to: day }
    }

    /// The first day.
    pub const fn from(&self) -> Date {
        self.from
    }

    /// The last day, which may be the first.
    pub const fn to(&self) -> Date {
        self.to
    }

    /// The period to the month, as a judge is told it: `2026-03`, `2024-05/2024-08`, or `../2026-03` where its begin is not
    /// known (ISO 8601-2).
    pub fn by_month(&self) -> String {
        let month = |day: Date| {
            if day == Date::MIN { "..".to_owned() } else { format!("{:04}-{:02}", day.year(), day.month()) }
        };
        let (from, to) = (month(self.from), month(self.to));
        if from == to { from } else { format!("{from}/{to}") }
    }
}

impl TryFrom<Days> for OffencePeriod {
    type Error = OffencePeriodError;

    fn try_from(days: Days) -> Result<Self, OffencePeriodError> {
        Self::new(days.from, days.to)
    }
}

impl From<OffencePeriod> for Days {
    fn from(period: OffencePeriod) -> Self {
        Self { from: period.from, to: (period.to != period.from).then_some(period.to) }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_period_has_an_order() {
        let reversed = OffencePeriod::new(date(2024, 8, 1), Some(date(2024, 5, 1)));
        assert_eq!(reversed.unwrap_err().code(), "offence-period.reversed");
        assert!(serde_json::from_str::<OffencePeriod>(r#"{"from":"2024-08-01","to":"2024-05-01"}"#).is_err());
    }

    #[test]
    fn a_judge_is_told_the_month() {
        assert_eq!(OffencePeriod::on(date(2026, 3, 14)).by_month(), "2026-03");
        assert_eq!(
            OffencePeriod::new(date(2024, 5, 10), Some(date(2024, 8, 10))).unwrap().by_month(),
            "2024-05/2024-08"
        );
        assert_eq!(OffencePeriod::until(date(2026, 3, 14)).by_month(), "../2026-03");
    }

    #[test]
    fn one_day_is_stored_as_one_day() {
        let day = OffencePeriod::on(date(2026, 3, 14));
        let json = serde_json::to_string(&day).unwrap();
        assert_eq!(json, r#"{"from":"2026-03-14"}"#);
        assert_eq!(serde_json::from_str::<OffencePeriod>(&json).unwrap(), day);
    }
}
