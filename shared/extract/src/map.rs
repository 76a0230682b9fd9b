//! The map: which column of a file is what.
//!
//! ```toml
//! record_id = "id"
//! source = "system"          # needed for link_only
//! link_only = false          # true: only records of different sources are compared
//! case = "case"              # two parties of one case are two persons
//! role = "role"              # who is there for their work is never linked
//! one_per_person = ["bsn"]   # identifiers of which a person has one only, ever; this without it
//! given_names = "first_name"
//! surname = "last_name"
//! birth_date = "dob"
//!
//! [identifiers]              # by type; a `bsn` that fails the eleven-test counts as unknown
//! bsn = "bsn"
//!
//! [text]                     # compared as texts, under the name that is given
//! email = "email"
//!
//! [category]                 # compared for equality
//! state = "state"
//! ```

use std::collections::BTreeMap;

use matching::field::Kind;
use matching::schema::{Comparison, Schema, SchemaError};
use serde::Deserialize;
use thiserror::Error;

/// Why a map cannot be used.
#[derive(Debug, Error)]
pub enum MapError {
    /// It is not written as a map is.
    #[error("the map cannot be read: {0}")]
    Form(#[from] toml::de::Error),
    /// It names fields that cannot be compared together.
    #[error("the map cannot be used: {0}")]
    Fields(#[from] SchemaError),
    /// Sources are compared, and no column tells them.
    #[error(
        "link_only compares records of different sources: name the column of the source, or give one file for each"
    )]
    NoSource,
    /// The model compares something that the map does not know.
    #[error("the map has the field {0}, which the model does not compare: leave it out, or train a model with it")]
    NotInModel(String),
    /// The model takes something for something else than the map does.
    #[error(
        "the model takes the field {0} otherwise than the map, in its kind or in whether a person has only one of it, \
         ever: mend the map (one_per_person, identifiers, text, category), or train a model with it"
    )]
    OtherwiseInModel(String),
    /// What a person is said to have one of is no identifier.
    #[error(
        "one_per_person names {0}, which is no identifier of this map: add it under [identifiers], or leave it out"
    )]
    NoIdentifier(String),
}

/// Which column is what. Every column but the record's id may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// The id of a record: no two records of all files together have the same. Where files number their own records, each
    /// needs a prefix of its own before its ids.
    pub record_id: String,
    /// Where a record comes from. Without it, each file is a source.
    pub source: Option<String>,
    /// Whether only records of different sources are compared.
    #[serde(default)]
    pub link_only: bool,
    /// The case that a record stands in.
    pub case: Option<String>,
    /// The role in the case, by the code list of roles or in plain Dutch or English; several are joined by a plus sign.
    /// Who is there for their work is never linked.
    pub role: Option<String>,
    /// All given names, in their order.
    pub given_names: Option<String>,
    /// The initials.
    pub initials: Option<String>,
    /// The prefix of the surname.
    pub prefix: Option<String>,
    /// The surname.
    pub surname: Option<String>,
    /// The prefix of the partner's surname.
    pub partner_prefix: Option<String>,
    /// The partner's surname.
    pub partner_surname: Option<String>,
    /// The whole name as one text: read where neither given names nor surname are known.
    pub full_name: Option<String>,
    /// The date of birth.
    pub birth_date: Option<String>,
    /// The sex, in Dutch or English words or letters.
    pub sex: Option<String>,
    /// The postcode.
    pub postcode: Option<String>,
    /// The house number, with what belongs to it.
    pub house_number: Option<String>,
    /// The street.
    pub street: Option<String>,
    /// The town.
    pub place: Option<String>,
    /// The place of birth.
    pub birth_place: Option<String>,
    /// The identifiers of which a person has one only, ever, so that two different ones are two persons: without it, the
    /// `bsn`.
    pub one_per_person: Option<Vec<String>>,
    /// Numbers by type.
    #[serde(default)]
    pub identifiers: BTreeMap<String, String>,
    /// Further texts by name.
    #[serde(default)]
    pub text: BTreeMap<String, String>,
    /// Further codes by name.
    #[serde(default)]
    pub category: BTreeMap<String, String>,
}

/// The number of citizens, which has a check of its own.
const BSN: &str = "bsn";

/// A field and the columns that it is made of, in the order in which the engine wants them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    pub comparison: Comparison,
    pub columns: Vec<Option<String>>,
    pub is_sex: bool,
    pub is_bsn: bool,
}

impl Map {
    /// Reads a map.
    ///
    /// # Errors
    ///
    /// When it is not TOML of this form, names nothing that can be compared, or says of what is no identifier that a person
    /// has one only.
    pub fn parse(text: &str) -> Result<Self, MapError> {
        let map: Self = toml::from_str(text)?;
        let mut unique = map.one_per_person.iter().flatten();
        if let Some(name) = unique.find(|name| !map.identifiers.contains_key(*name)) {
            return Err(MapError::NoIdentifier(name.clone()));
        }
        map.schema()?;
        Ok(map)
    }

    /// The fields that are compared, in an order that depends on their names alone.
    pub(crate) fn sources(&self) -> Vec<Source> {
        let mut sources = Vec::new();
        let mut add = |name: &str, kind: Kind, columns: &[&Option<String>]| {
            if columns.iter().any(|column| column.is_some()) {
                sources.push(Source {
                    comparison: Comparison {
                        name: name.to_owned(),
                        kind,
                        unique: kind == Kind::Numbers && self.one_only(name),
                    },
                    columns: columns.iter().map(|column| (*column).clone()).collect(),
                    is_sex: name == "sex",
                    is_bsn: kind == Kind::Numbers && name == BSN,
                });
            }
        };
        let full = |column: &Option<String>| column.clone().or_else(|| self.full_name.clone());
        if full(&self.given_names).is_some() || self.initials.is_some() {
            let names = full(&self.given_names);
            add("given_names", Kind::Given, &[&names, &self.initials]);
        }
        if full(&self.surname).is_some() {
            let surname = full(&self.surname);
            let partner = [&self.partner_prefix, &self.partner_surname];
            add("surname", Kind::Surname, &[&self.prefix, &surname, partner[0], partner[1]]);
        }
        add("birth_date", Kind::Birth, &[&self.birth_date]);
        add("address", Kind::Address, &[&self.street, &self.house_number, &self.postcode, &self.place]);
        add("sex", Kind::Category, &[&self.sex]);
        add("birth_place", Kind::Text, &[&self.birth_place]);
        for (kind, columns) in
            [(Kind::Numbers, &self.identifiers), (Kind::Text, &self.text), (Kind::Category, &self.category)]
        {
            for (name, column) in columns {
                add(name, kind, &[&Some(column.clone())]);
            }
        }
        sources
    }

    /// Whether a person has one only, ever, of this identifier.
    fn one_only(&self, name: &str) -> bool {
        self.one_per_person.as_ref().map_or(name == BSN, |names| names.iter().any(|one| one == name))
    }

    /// The fields that are compared.
    ///
    /// # Errors
    ///
    /// When they cannot be compared together.
    pub fn schema(&self) -> Result<Schema, MapError> {
        let comparisons = self.sources().into_iter().map(|source| source.comparison).collect();
        Ok(Schema::new(comparisons)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_says_what_is_compared() {
        let map = Map::parse(
            "record_id = 'id'\nfull_name = 'name'\nbirth_date = 'dob'\n[identifiers]\nbsn = 'nr'\n[text]\nemail = 'mail'",
        );
        let schema = map.expect("a map").schema().expect("a schema");
        let names: Vec<&str> = schema.comparisons().iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["given_names", "surname", "birth_date", "bsn", "email"]);
        assert!(schema.comparisons().iter().all(|one| one.unique == (one.name == "bsn")));
    }

    #[test]
    fn a_map_says_what_a_person_has_one_of() {
        let unique = |more: &str| {
            let text =
                format!("record_id = 'id'\n{more}\n[identifiers]\nbsn = 'nr'\nssn = 'ssn'\n[text]\nemail = 'mail'");
            let sources = Map::parse(&text).expect("a map").sources();
            let names = |is: &dyn Fn(&Source) -> bool| -> Vec<String> {
                sources.iter().filter(|one| is(one)).map(|one| one.comparison.name.clone()).collect()
            };
            assert_eq!(names(&|one| one.is_bsn), ["bsn"], "only a bsn has its checks");
            names(&|one| one.comparison.unique)
        };
        assert_eq!(unique(""), ["bsn"]);
        assert_eq!(unique("one_per_person = ['ssn']"), ["ssn"]);
        assert_eq!(unique("one_per_person = ['ssn', 'bsn']"), ["bsn", "ssn"]);
        assert_eq!(unique("one_per_person = []"), [""; 0]);
    }

    #[test]
    fn what_cannot_be_compared_is_refused_with_what_to_do() {
        for (text, says) in [
            ("record_id = 'id'", "name at least one column"),
            ("record_id = 'id'\nfirst_name = 'x'", "unknown field"),
            ("surname = 'x'", "missing field `record_id`"),
            ("record_id = 'id'\nsurname = 'x'\n[text]\nsurname = 'y'", "two fields are called surname"),
            (
                "record_id = 'id'\none_per_person = ['ssn']\n[text]\nssn = 'y'",
                "one_per_person names ssn, which is no identifier",
            ),
        ] {
            let error = Map::parse(text).expect_err(text).to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}
