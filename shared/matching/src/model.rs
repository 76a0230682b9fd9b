//! The model: everything that a decision rests on besides the records.
//!
//! A model is frozen: it is replaced by another, never changed. As a file ([`Model::to_toml`]) it has an id made from its
//! words, so that a decision names the very model that it was taken by.

mod file;

use std::collections::BTreeMap;

pub use file::ModelError;

use crate::calibrate::Point;
use crate::frequency::{self, Frequencies, Weigher};

use crate::engine::RECORDS;
use crate::field::Kind;
use crate::gate::{Policy, Rule};
use crate::keys::Plan;
use crate::register::Register;
use crate::schema::{Comparison, Schema};
use crate::score::{Millibits, Scale, Weights};
use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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

/// How much more names and a birth date must weigh beside which nothing agrees.
const ALONE: Millibits = 10_000;

/// Where a model comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Provenance {
    /// What it is called.
    pub name: String,
    /// What it was trained on, in words.
    pub trained_on: String,
    /// How many records that was.
    pub records: u32,
    /// How many pairs were labelled by people, or by a truth.
    pub labelled: u64,
    /// How often the estimate was improved before it settled.
    pub rounds: u32,
}

/// A model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// Where it comes from.
    pub provenance: Provenance,
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
    /// How often pairs of a weight were one person, among those that were labelled.
    pub curve: Vec<Point>,
    /// What is taken for certain. Not part of a model's file: it is for who uses the model to say.
    pub policy: Policy,
}

impl Model {
    /// The fields that it compares.
    ///
    /// # Errors
    ///
    /// When they cannot be compared together, which no trained model gives rise to.
    pub fn schema(&self) -> Result<Schema, ModelError> {
        let comparisons = self.fields.iter().map(|field| field.comparison.clone()).collect();
        Schema::new(comparisons).map_err(|error| ModelError::Damaged(error.to_string()))
    }

    /// Weighs the values of a register by this model.
    ///
    /// How many share a door is counted in the register itself: a model tells nothing of addresses.
    ///
    /// # Errors
    ///
    /// When the register's fields are not those of the model.
    pub fn weigh(&self, register: &mut Register) -> Result<(), ModelError> {
        let fields = self.fields.iter().map(|field| &field.comparison);
        if !fields.eq(register.schema().comparisons()) {
            return Err(ModelError::OtherFields);
        }
        let counted = frequency::count(register);
        let tables: Vec<Vec<Frequencies>> = self
            .fields
            .iter()
            .zip(counted)
            .map(|(field, counted)| match field.comparison.kind {
                Kind::Address => counted.into_iter().take(1).chain(field.frequencies.iter().skip(1).cloned()).collect(),
                _ => field.frequencies.clone(),
            })
            .collect();
        frequency::weigh(register, &tables, &self.names);
        Ok(())
    }

    /// What weighs the values of registers by this model alone: how often a door occurs in a register says nothing then.
    ///
    /// # Errors
    ///
    /// As [`Model::schema`].
    pub fn weigher(&self) -> Result<Weigher, ModelError> {
        let tables = self.fields.iter().map(|field| field.frequencies.as_slice());
        Ok(Weigher::of(&self.schema()?, tables, &self.names))
    }

    /// The same model for a register of another size: among more records, any two are less probably of one person.
    #[must_use]
    pub fn for_records(mut self, records: u32) -> Self {
        let ratio = f64::from(self.provenance.records.max(1)) / f64::from(records.max(1));
        self.stranger += frequency::millibits(ratio);
        self.provenance.records = records.max(1);
        self
    }

    /// What two records must weigh to be one person without asking, that pass by a rule.
    ///
    /// A namesake need not stand in the register himself: names and a birth date alone must be rare among as many people as a
    /// live register is set up for, and by a thousand times the odds, since names go by place and family.
    pub fn needs(&self, rule: Rule) -> Millibits {
        match rule {
            Rule::NameAndBirthAlone => {
                let people = f64::from(RECORDS) / f64::from(self.provenance.records.max(1));
                self.thresholds.certain + ALONE + frequency::millibits(people).max(0)
            }
            _ => self.thresholds.certain,
        }
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
