//! A record's part in its case.

use std::collections::BTreeSet;

use domain::role::Role;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::CaseEntry;
use crate::desk::{Other, Record};
use crate::record::Person;

/// A record's part in its case.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RecordDetail {
    /// The roles it has in its case.
    roles: Vec<String>,
    /// What it is to the family, where told.
    #[serde(skip_serializing_if = "Option::is_none")]
    capacity: Option<String>,
    /// Whether its personal data were erased.
    erased: bool,
    /// Its case; null where the court has not told of the registration yet.
    case: Option<CaseEntry>,
    /// The numbers of its case at that court.
    case_numbers: Vec<String>,
    /// The roles of each other party of its case.
    co_parties: Vec<Vec<String>>,
    /// When its court first told of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_told: Option<Timestamp>,
    /// When its court last told who it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_told: Option<Timestamp>,
}

/// Another record of a person.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OtherRecord {
    /// The roles it has in its case.
    roles: Vec<String>,
    /// Its case; null where the court has not told of the registration yet.
    case: Option<CaseEntry>,
    /// The numbers of its case at that court.
    case_numbers: Vec<String>,
}

fn codes(roles: &BTreeSet<Role>) -> Vec<String> {
    roles.iter().map(|role| role.code().to_owned()).collect()
}

impl From<Record> for RecordDetail {
    fn from(record: Record) -> Self {
        let now = record.told.now();
        Self {
            roles: codes(&now.roles),
            capacity: now.capacity.map(|capacity| capacity.as_str().to_owned()),
            erased: record.person == Person::Erased,
            case: record.case.as_ref().map(|file| CaseEntry::from(&file.card)),
            case_numbers: record.case.map(|file| file.numbers).unwrap_or_default(),
            co_parties: record.beside.iter().map(codes).collect(),
            first_told: record.told.since(),
            last_told: record.told.told_at(),
        }
    }
}

impl From<&Other> for OtherRecord {
    fn from(other: &Other) -> Self {
        Self {
            roles: codes(&other.roles),
            case: other.case.as_ref().map(|file| CaseEntry::from(&file.card)),
            case_numbers: other.case.as_ref().map(|file| file.numbers.clone()).unwrap_or_default(),
        }
    }
}
