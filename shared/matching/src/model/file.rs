//! A model as a file.
//!
//! Nothing in it is about one person: values are counted only where many have them, doors not at all, and full names and
//! keys stand as hashes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

use super::{FieldModel, Model, Provenance, Thresholds};
use crate::calibrate::Point;
use crate::field::Kind;
use crate::frequency::Frequencies;
use crate::gate::Policy;
use crate::keys::{CHAINS, Plan, chain_of};
use crate::normalise;
use crate::schema::Comparison;
use crate::score::{Millibits, Weights};

/// The form of the file.
const FORMAT: u32 = 1;
/// How many must have a value before a model tells of it.
const FROM: u32 = 5;
/// The same for free texts, which can be about one person.
const TEXT_FROM: u32 = 25;
/// What ids of models are made in.
const NAMESPACE: Uuid = Uuid::from_u128(0x6f0d_2b5c_7d1e_4c8a_9a3b_51d2_7e40_16c4);

/// Why a file is no model that can be used.
#[derive(Debug, Error)]
pub enum ModelError {
    /// It is not written as a model is.
    #[error("not a model: {0}")]
    Form(#[from] toml::de::Error),
    /// It cannot be written.
    #[error("the model cannot be written: {0}")]
    Write(#[from] toml::ser::Error),
    /// It has the form of another version of the engine.
    #[error("the model has form {found}, this engine reads form {FORMAT}: train it again")]
    OtherForm {
        /// Its form.
        found: u32,
    },
    /// Names were normalised otherwise when it was trained.
    #[error("the model was trained with version {found} of the name rules, these are version {here}: train it again", here = normalise::VERSION)]
    OtherRules {
        /// Its version of the rules.
        found: u32,
    },
    /// Its id is not that of its words.
    #[error("the model was changed after it was made: its words do not give its id")]
    Changed,
    /// A number or a level in it is not what it should be.
    #[error("the model is damaged: {0}")]
    Damaged(String),
    /// It compares other fields than the records have.
    #[error("the model compares other fields than these records have: train one for them")]
    OtherFields,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    id: Uuid,
    format: u32,
    name_rules: u32,
    provenance: Provenance,
    thresholds: Thresholds,
    prior: Prior,
    keys: Keys,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    curve: Vec<Point>,
    field: Vec<Field>,
    /// Full names that many have, hashed, with how many.
    #[serde(default)]
    names: BTreeMap<String, u32>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Prior {
    stranger: Millibits,
    household: Millibits,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    cap: usize,
    exhaustive: usize,
    #[serde(default)]
    of_others: bool,
    saturated: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Field {
    name: String,
    kind: String,
    unique: bool,
    shared: bool,
    /// Against strangers and against a household, by level.
    weights: BTreeMap<String, [Millibits; 2]>,
    #[serde(default)]
    frequencies: Vec<Table>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    total: u64,
    counts: BTreeMap<String, u32>,
}

const KINDS: [(Kind, &str); 7] = [
    (Kind::Given, "given"),
    (Kind::Surname, "surname"),
    (Kind::Birth, "birth"),
    (Kind::Address, "address"),
    (Kind::Numbers, "numbers"),
    (Kind::Text, "text"),
    (Kind::Category, "category"),
];

impl Model {
    /// The model as the text of a file.
    ///
    /// # Errors
    ///
    /// When it cannot be written as TOML, which no model that was trained or read gives rise to.
    pub fn to_toml(&self) -> Result<String, ModelError> {
        let mut file = self.file();
        file.id = Uuid::new_v5(&NAMESPACE, toml::to_string(&file)?.as_bytes());
        Ok(toml::to_string(&file)?)
    }

    /// The id of the model, made from its words.
    ///
    /// # Errors
    ///
    /// As for [`Model::to_toml`].
    pub fn id(&self) -> Result<Uuid, ModelError> {
        Ok(Uuid::new_v5(&NAMESPACE, toml::to_string(&self.file())?.as_bytes()))
    }

    /// Reads a model.
    ///
    /// # Errors
    ///
    /// When it is not written as a model is, was made by another version, or was changed since.
    pub fn from_toml(text: &str) -> Result<Self, ModelError> {
        let mut file: File = toml::from_str(text)?;
        if file.format != FORMAT {
            return Err(ModelError::OtherForm { found: file.format });
        }
        if file.name_rules != normalise::VERSION {
            return Err(ModelError::OtherRules { found: file.name_rules });
        }
        let id = std::mem::take(&mut file.id);
        if id != Uuid::new_v5(&NAMESPACE, toml::to_string(&file)?.as_bytes()) {
            return Err(ModelError::Changed);
        }
        let number = |text: &String| {
            u64::from_str_radix(text, 16).map_err(|_| ModelError::Damaged("a hash is no hexadecimal number".to_owned()))
        };
        Ok(Self {
            provenance: file.provenance,
            plan: Plan {
                cap: file.keys.cap,
                exhaustive: file.keys.exhaustive,
                of_others: file.keys.of_others,
                saturated: file.keys.saturated.iter().map(number).collect::<Result<_, _>>()?,
            },
            thresholds: file.thresholds,
            names: file
                .names
                .iter()
                .map(|(name, count)| Ok((number(name)?, *count)))
                .collect::<Result<_, ModelError>>()?,
            fields: file.field.into_iter().map(FieldModel::try_from).collect::<Result<_, _>>()?,
            stranger: file.prior.stranger,
            household: file.prior.household,
            curve: file.curve,
            policy: Policy::default(),
        })
    }

    /// The model for Dutch court data that comes with the engine. It was trained on invented caseloads.
    ///
    /// # Errors
    ///
    /// When it was changed by hand, or made by another version of the rules.
    pub fn of_courts() -> Result<Self, ModelError> {
        Self::from_toml(include_str!("../../models/court.toml"))
    }

    fn file(&self) -> File {
        // Keys of doors, numbers and texts stay where they were counted: whoever knows all addresses could try them.
        let open = |key: &&u64| {
            let of = CHAINS.get(usize::from(chain_of(**key))).map_or(&[][..], |chain| chain.of);
            of.iter().all(|kind| matches!(kind, Kind::Given | Kind::Surname | Kind::Birth))
        };
        let mut saturated: Vec<String> =
            self.plan.saturated.iter().filter(open).map(|key| format!("{key:016x}")).collect();
        saturated.sort_unstable();
        File {
            id: Uuid::nil(),
            format: FORMAT,
            name_rules: normalise::VERSION,
            provenance: self.provenance.clone(),
            thresholds: self.thresholds,
            prior: Prior { stranger: self.stranger, household: self.household },
            keys: Keys {
                cap: self.plan.cap,
                exhaustive: self.plan.exhaustive,
                of_others: self.plan.of_others,
                saturated,
            },
            curve: self.curve.clone(),
            field: self.fields.iter().map(Field::from).collect(),
            names: self.names.iter().map(|(name, count)| (format!("{name:016x}"), *count)).collect(),
        }
    }
}

impl From<&FieldModel> for Field {
    fn from(model: &FieldModel) -> Self {
        let kind = model.comparison.kind;
        let weight = |weights: &[Millibits], level: usize| weights.get(level).copied().unwrap_or(0);
        let levels = kind.levels().iter().enumerate().skip(1);
        let from = if kind == Kind::Text { TEXT_FROM } else { FROM };
        let table = |(place, table): (usize, &Frequencies)| {
            let told = kind != Kind::Address || place > 0;
            let counts = table.counts.iter().filter(|(_, count)| told && **count >= from);
            Table { total: table.total, counts: counts.map(|(value, count)| (value.to_string(), *count)).collect() }
        };
        Self {
            name: model.comparison.name.clone(),
            kind: KINDS.iter().find(|(known, _)| *known == kind).map_or("", |(_, name)| name).to_owned(),
            unique: model.comparison.unique,
            shared: model.weights.shared,
            weights: levels
                .map(|(level, name)| {
                    let weights = [weight(&model.weights.stranger, level), weight(&model.weights.household, level)];
                    ((*name).to_owned(), weights)
                })
                .collect(),
            frequencies: model.frequencies.iter().enumerate().map(table).collect(),
        }
    }
}

impl TryFrom<Field> for FieldModel {
    type Error = ModelError;

    fn try_from(field: Field) -> Result<Self, ModelError> {
        let kind = KINDS.iter().find(|(_, name)| *name == field.kind).map(|(kind, _)| *kind);
        let kind = kind.ok_or_else(|| ModelError::Damaged(format!("no kind of field is called {}", field.kind)))?;
        let mut weights = Weights { stranger: vec![0], household: vec![0], shared: field.shared };
        for level in kind.levels().iter().skip(1) {
            let [stranger, household] = field.weights.get(*level).copied().ok_or_else(|| {
                ModelError::Damaged(format!("the field {} has no weight for the level {level}", field.name))
            })?;
            weights.stranger.push(stranger);
            weights.household.push(household);
        }
        let table = |table: Table| Frequencies {
            total: table.total,
            counts: table.counts.into_iter().map(|(value, count)| (value.into(), count)).collect(),
        };
        Ok(Self {
            comparison: Comparison { name: field.name, kind, unique: field.unique },
            weights,
            frequencies: field.frequencies.into_iter().map(table).collect(),
        })
    }
}
