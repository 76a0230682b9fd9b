//! Facts: what happened, said once, by one author, for ever.
//!
//! Invariants: a fact's kind is `<author>.<what-happened>` in the past tense; only its author may write it (PostgreSQL
//! enforces that); its body is open but for [`crate::sealed::Sealed`] parts; a kind, once written, is never changed in a way
//! that an old body no longer reads (`fixtures/` holds a sample of every kind).

pub mod alerts;
pub mod intake;
pub mod linker;
pub mod steward;

use std::fmt;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::de::value::MapDeserializer;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

pub use alerts::AlertsFact;
pub use intake::IntakeFact;
pub use linker::LinkerFact;
pub use steward::StewardFact;

use crate::decision::Tags;
use crate::ids::{EventId, FactId};

/// Who may say a fact: one service each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Author {
    /// Hears the courts.
    Intake,
    /// Says who is who and which cases belong together.
    Linker,
    /// Tells the judge.
    Alerts,
    /// The desk where people decide.
    Steward,
}

impl Author {
    /// Every author.
    pub const ALL: [Self; 4] = [Self::Intake, Self::Linker, Self::Alerts, Self::Steward];

    /// The author as the first word of a fact's kind, as its database role, and in message subjects.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Linker => "linker",
            Self::Alerts => "alerts",
            Self::Steward => "steward",
        }
    }
}

impl fmt::Display for Author {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// On whose behalf a fact was written: `publisher:<urn>`, `service:<name>` or `user:<subject>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Actor(String);

impl Actor {
    /// A court system, by the `source` of its event.
    pub fn publisher(source: &str) -> Self {
        Self(format!("publisher:{source}"))
    }

    /// A service of this house, deciding by its rules.
    pub fn service(author: Author) -> Self {
        Self(format!("service:{author}"))
    }

    /// A signed-in person.
    pub fn user(subject: &Subject) -> Self {
        Self(format!("user:{}", subject.as_str()))
    }

    /// An actor read back from the journal.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// The actor as it stands in the journal.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A signed-in person as the identity provider names them: opaque, the same in events, tokens and facts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Subject(String);

/// Text that cannot be a subject.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a subject: use 1 to 128 letters, digits, dots, hyphens or underscores, as the identity provider's `sub` claim"
)]
pub struct SubjectError;

impl Subject {
    /// Parses a subject.
    ///
    /// # Errors
    /// When it is empty, longer than 128 characters, or holds a character that a token's `sub` never does here.
    pub fn parse(text: &str) -> Result<Self, SubjectError> {
        let fits = (1..=128).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
        if fits { Ok(Self(text.to_owned())) } else { Err(SubjectError) }
    }

    /// The subject as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Subject {
    type Error = SubjectError;

    fn try_from(text: String) -> Result<Self, SubjectError> {
        Self::parse(&text)
    }
}

impl From<Subject> for String {
    fn from(subject: Subject) -> Self {
        subject.0
    }
}

/// Where an event stands among the events of its publisher. The larger one is the newer one, however late it arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceVersion {
    /// The publisher's own running number (CloudEvents `sequence`).
    pub sequence: u64,
    /// When the publisher recorded it (CloudEvents `time`).
    pub time: Timestamp,
    /// The last resort, so that the order is total.
    pub event: EventId,
}

/// A fact as the journal holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Its identity.
    pub id: FactId,
    /// What happened.
    pub body: Body,
    /// What led to it: the event, fact or request that was being handled.
    pub cause: Uuid,
    /// On whose behalf.
    pub actor: Actor,
    /// When it happened, as its source says.
    pub event_time: Timestamp,
    /// When it was written down.
    pub recorded_at: Timestamp,
}

/// What happened, by its author.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// The courts were heard.
    Intake(IntakeFact),
    /// Somebody was recognised; cases belong together.
    Linker(LinkerFact),
    /// A judge was told.
    Alerts(AlertsFact),
    /// A steward ruled.
    Steward(StewardFact),
}

/// Facts of one author.
pub trait Authored: Into<Body> + Serialize + DeserializeOwned + Clone {
    /// Whose words they are.
    const AUTHOR: Author;

    /// What the fact is about: the tags under which decisions find it.
    fn tags(&self) -> Tags;
}

/// A stored fact that this version of the house cannot read.
#[derive(Debug, thiserror::Error)]
pub enum FactError {
    /// The kind names no author.
    #[error("fact kind {0:?} has no known author")]
    Author(String),
    /// The body does not fit the kind.
    #[error("body of fact kind {kind:?} does not read")]
    Body {
        /// The kind.
        kind: String,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
}

/// A fact's words apart: its kind without the author, and its data.
#[derive(Serialize, Deserialize)]
struct Words {
    kind: String,
    data: Value,
}

/// The kind (`intake.case-registered`) and data under which a fact is stored.
///
/// # Errors
/// Never for the facts of this crate; an error is the serializer's.
pub fn to_stored<F: Authored>(fact: &F) -> Result<(String, Value), serde_json::Error> {
    let words: Words = serde_json::from_value(serde_json::to_value(fact)?)?;
    Ok((format!("{}.{}", F::AUTHOR, words.kind), words.data))
}

/// Reads a stored fact back.
///
/// # Errors
/// When the kind or the body is not one this version knows.
pub fn from_stored(kind: &str, data: &Value) -> Result<Body, FactError> {
    let (author, what) = kind.split_once('.').ok_or_else(|| FactError::Author(kind.to_owned()))?;
    match author {
        "intake" => tagged(what, data).map(Body::Intake),
        "linker" => tagged(what, data).map(Body::Linker),
        "alerts" => tagged(what, data).map(Body::Alerts),
        "steward" => tagged(what, data).map(Body::Steward),
        _ => return Err(FactError::Author(kind.to_owned())),
    }
    .map_err(|source| FactError::Body { kind: kind.to_owned(), source })
}

/// Reads the variant of an enum that is tagged `kind` and `data`; given in this order, nothing is copied on the way.
fn tagged<F: DeserializeOwned>(what: &str, data: &Value) -> Result<F, serde_json::Error> {
    let kind = Value::from(what);
    F::deserialize(MapDeserializer::new([("kind", &kind), ("data", data)].into_iter()))
}

macro_rules! authored {
    ($fact:ident, $author:ident) => {
        impl From<$fact> for Body {
            fn from(fact: $fact) -> Self {
                Self::$author(fact)
            }
        }
    };
}

authored!(IntakeFact, Intake);
authored!(LinkerFact, Linker);
authored!(AlertsFact, Alerts);
authored!(StewardFact, Steward);

#[cfg(test)]
mod tests;
