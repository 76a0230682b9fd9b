//! The model: everything that a decision rests on besides the records.

use std::collections::BTreeMap;

use crate::frequency::{self, Frequencies};
use crate::keys::Plan;
use crate::register::Register;
use crate::schema::Comparison;
use crate::score::{Millibits, Scale, Weights};

/// What one field weighs, and how often its values occur.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldModel {
    /// The field.
    pub comparison: Comparison,
    /// What its levels weigh.
    pub weights: Weights,
    /// How often its values occur.
    pub frequencies: Vec<Frequencies>,
}

/// From which odds on something follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// From here on two records that pass the gate are one person.
    pub certain: Millibits,
    /// From here on two groups of records are possibly one person.
    pub possible: Millibits,
    /// From here on two records are looked at together.
    pub loose: Millibits,
}

impl Default for Thresholds {
    /// Where nothing was calibrated: certain at 64 to 1 through the gate, possible when more likely than not.
    fn default() -> Self {
        Self { certain: 6_000, possible: 0, loose: -4_000 }
    }
}

/// A model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// Under which keys records are found.
    pub plan: Plan,
    /// From which odds on something follows.
    pub thresholds: Thresholds,
    /// How many records have each full name that more have than one person can account for, by its hash.
    pub names: BTreeMap<u64, u32>,
    /// Field by field.
    pub fields: Vec<FieldModel>,
    /// The odds of one person against two strangers, before anything is compared.
    pub stranger: Millibits,
    /// The odds of one person against two of one household, before anything is compared.
    pub household: Millibits,
}

impl Model {
    /// Weighs the values of a register by how often they occurred where the model was trained. What did not occur there is
    /// rare. Before records are compared by a model that was trained on others, or after records were added.
    pub fn weigh(&self, register: &mut Register) {
        let tables: Vec<_> = self.fields.iter().map(|field| field.frequencies.clone()).collect();
        frequency::weigh(register, &tables, &self.names);
    }

    /// What levels weigh.
    pub fn scale(&self) -> Scale {
        Scale {
            stranger: self.stranger,
            household: self.household,
            fields: self.fields.iter().map(|field| field.weights.clone()).collect(),
        }
    }
}
