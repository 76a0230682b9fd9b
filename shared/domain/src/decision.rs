//! What a decision is: the facts it rests on, how they fold into what it needs to know, and what follows.
//!
//! A decision is a value and pure. The journal runs it: it locks [`Decision::rests_on`], reads the facts under those tags,
//! folds them with [`Decision::evolve`], asks [`Decision::decide`] and appends the answer, in one transaction. So nothing
//! can be decided on facts that have been overtaken.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::fact::{Authored, Fact};
use crate::ids::{ArticleId, AttestationId, CaseId, EventId, MatchId, PartyId, PartyVersionId, RequestId, SignalId};

/// What a fact is about, and what a decision rests on: the journal's index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tag(String);

impl Tag {
    /// The tag as it stands in the journal, such as `case:6f1c…`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A tag read back from the journal.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// What every fact is about that says by which model who is who is decided.
    pub fn models() -> Self {
        Self("models".to_owned())
    }

    /// A lock without facts of its own: two decisions that name the same `name` never run at once.
    pub fn lock(name: &str) -> Self {
        Self(format!("lock:{name}"))
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! tag_from {
    ($($id:ty => $prefix:literal),* $(,)?) => {
        $(impl From<$id> for Tag {
            fn from(id: $id) -> Self {
                Self(format!(concat!($prefix, ":{}"), id))
            }
        })*
    };
}

tag_from! {
    EventId => "event",
    CaseId => "case",
    PartyId => "party",
    MatchId => "match",
    ArticleId => "unknown-article",
    SignalId => "signal",
    AttestationId => "attestation",
    RequestId => "request",
    PartyVersionId => "party-version",
}

/// A set of tags, in the one order in which locks are taken.
pub type Tags = BTreeSet<Tag>;

/// A decision: pure, deterministic, tested without a database.
pub trait Decision {
    /// The facts it may write: one author's words only.
    type Writes: Authored;
    /// What the facts under its tags amount to.
    type State: Default;
    /// Why it may say no. A decision that cannot refuse uses [`std::convert::Infallible`].
    type Refusal: std::error::Error + Send + Sync + 'static;

    /// What it rests on. Every fact it writes is about a subset of this.
    fn rests_on(&self) -> Tags;

    /// Folds one fact, in the journal's order.
    fn evolve(&self, state: Self::State, fact: &Fact) -> Self::State;

    /// What follows from the state.
    ///
    /// # Errors
    /// The refusal, when what was asked may not happen.
    fn decide(&self, state: &Self::State) -> Result<Vec<Self::Writes>, Self::Refusal>;
}

/// A decision as it would be if more facts had been written: for telling what would follow.
#[derive(Debug, Clone, Copy)]
pub struct Supposing<'d, D> {
    /// The decision.
    pub decision: &'d D,
    /// The facts that were not written.
    pub facts: &'d [Fact],
}

impl<D: Decision> Decision for Supposing<'_, D>
where
    D::State: Clone,
{
    type Writes = D::Writes;
    type State = D::State;
    type Refusal = D::Refusal;

    fn rests_on(&self) -> Tags {
        self.decision.rests_on()
    }

    fn evolve(&self, state: D::State, fact: &Fact) -> D::State {
        self.decision.evolve(state, fact)
    }

    fn decide(&self, state: &D::State) -> Result<Vec<D::Writes>, D::Refusal> {
        let supposed = |state, fact| self.decision.evolve(state, fact);
        self.decision.decide(&self.facts.iter().fold(state.clone(), supposed))
    }
}
