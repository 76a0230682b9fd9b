//! Which fields are compared, in which order.

use std::collections::BTreeSet;

use thiserror::Error;

use crate::field::Kind;
use crate::pattern;

/// A field that is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Comparison {
    /// What it is called in models and explanations, such as `birth_date` or `bsn`.
    pub name: String,
    /// How it is compared.
    pub kind: Kind,
    /// Whether a person has only one such number, ever: two different ones are two persons. Of numbers alone.
    pub unique: bool,
}

/// The fields that are compared. At most one each of given names, surname, date of birth and address; any number of others,
/// up to [`pattern::MOST`] together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    comparisons: Vec<Comparison>,
}

/// Why fields cannot be compared together.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SchemaError {
    /// Too many fields.
    #[error("at most {most} fields can be compared, these are {found}: leave out those that say least", most = pattern::MOST)]
    TooMany {
        /// How many there are.
        found: usize,
    },
    /// Nothing to compare.
    #[error("no field to compare: name at least one column")]
    Nothing,
    /// Two fields of one name.
    #[error("two fields are called {0}: give each a name of its own")]
    Twice(String),
    /// Two fields of a kind that can stand only once.
    #[error("there can be one field of the kind {0:?} only")]
    Second(Kind),
}

impl Schema {
    /// A schema of these fields, in this order.
    ///
    /// # Errors
    ///
    /// When there are none or too many, or when a name or a kind that can stand only once comes twice.
    pub fn new(comparisons: Vec<Comparison>) -> Result<Self, SchemaError> {
        if comparisons.is_empty() {
            return Err(SchemaError::Nothing);
        }
        if comparisons.len() > pattern::MOST {
            return Err(SchemaError::TooMany { found: comparisons.len() });
        }
        let (mut names, mut kinds) = (BTreeSet::new(), BTreeSet::new());
        for comparison in &comparisons {
            if !names.insert(&comparison.name) {
                return Err(SchemaError::Twice(comparison.name.clone()));
            }
            let once = matches!(comparison.kind, Kind::Given | Kind::Surname | Kind::Birth | Kind::Address);
            if once && !kinds.insert(comparison.kind) {
                return Err(SchemaError::Second(comparison.kind));
            }
        }
        Ok(Self { comparisons })
    }

    /// The fields, in their order.
    pub fn comparisons(&self) -> &[Comparison] {
        &self.comparisons
    }

    /// The place of the first field of a kind.
    pub fn place(&self, kind: Kind) -> Option<usize> {
        self.comparisons.iter().position(|comparison| comparison.kind == kind)
    }
}
