//! What fields, levels, rules and reasons are called in Dutch and in English: a list, no code.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Remark;
use super::codes::Coded;
use super::parts::Of;
use crate::field::Kind;

/// The language of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// Dutch.
    #[default]
    Dutch,
    /// English.
    English,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Label {
    nl: String,
    en: String,
}

/// By section, by code. A list that cannot be read leaves codes as they are: a test holds that it can.
static LABELS: LazyLock<BTreeMap<String, BTreeMap<String, Label>>> =
    LazyLock::new(|| toml::from_str(include_str!("labels.toml")).unwrap_or_default());

/// The label of a code in a section; `None` when there is none.
pub(super) fn label(section: &str, code: &str, language: Language) -> Option<&'static str> {
    let label = LABELS.get(section)?.get(code)?;
    Some(match language {
        Language::Dutch => &label.nl,
        Language::English => &label.en,
    })
}

/// The same; the code itself when there is none.
pub(super) fn named<'c>(section: &str, code: &'c str, language: Language) -> &'c str {
    label(section, code, language).unwrap_or(code)
}

/// What a kind of field is called: `geboortedatum`, `date of birth`.
pub fn kind_label(kind: Kind, language: Language) -> &'static str {
    named("kind", kind.stored(), language)
}

/// What a step of a waterfall is called that is no field.
pub fn step_label(of: Of<'_>, language: Language) -> &'static str {
    let code = match of {
        Of::Prior => "prior",
        Of::Both => "both",
        Of::Family => "family",
        Of::Field(part) => return kind_label(part.kind, language),
    };
    named("step", code, language)
}

/// What a field is called: by its kind where there is only one of that kind, else by its name where practice has a word
/// for it, else its name as the schema has it.
pub fn field_label(name: &str, kind: Kind, language: Language) -> &str {
    match kind {
        Kind::Given | Kind::Surname | Kind::Birth | Kind::Address => kind_label(kind, language),
        Kind::Numbers | Kind::Text | Kind::Category => named("field", name, language),
    }
}

/// What a level is called after the name of its field, as in `adres verschilt`. The code itself when it is not known.
pub fn level_label(kind: Kind, level: &str, language: Language) -> &str {
    let section = match kind {
        Kind::Given => "level-given",
        Kind::Surname => "level-surname",
        Kind::Birth => "level-birth",
        Kind::Address => "level-address",
        Kind::Numbers => "level-numbers",
        Kind::Text => "level-text",
        Kind::Category => "level-category",
    };
    named(section, level, language)
}

/// What a code that speaks at the gate is called: a rule's, a veto's, a contradiction's, or that of a condition that fails. The
/// code itself when it is not known.
pub fn gate_label(code: &str, language: Language) -> &str {
    let sections = ["rule", "veto", "conflict", "why-not"];
    sections.into_iter().find_map(|section| label(section, code, language)).unwrap_or(code)
}

/// What a frequency is called: `zeldzaam`, `common`.
pub fn remark_label(remark: Remark, language: Language) -> &'static str {
    let code = match remark {
        Remark::Rarer => "rarer",
        Remark::Commoner => "commoner",
    };
    named("remark", code, language)
}
