//! By which model who is who is decided. Another is put in force in [`crate::activate`].
//!
//! Invariant: every decision holds the tag of the models beside others, and a change of model holds it alone. So whoever decides
//! does so by the model in force, on a read model that was derived by it.

use std::sync::{Arc, PoisonError, RwLock};

use domain::decision::{Decision as _, Tag, Tags};
use domain::decisions::choose_model::{ChooseModel, Known, Refusal};
use domain::fact::{Actor, LinkerFact};
use domain::ids::{FactId, ProposalId};
use jiff::Timestamp;
use journal::{Cause, DecideError, JournalError, Transaction, Vault};
use matching::engine::Engine;
use matching::model::Model;
use sqlx::PgConnection;

use crate::listen::Linker;

/// The model in force as it was loaded last. Cheap to clone.
#[derive(Clone, Default)]
pub struct Loaded(Arc<RwLock<Option<Arc<Engine>>>>);

/// A model made ready, from a proposal's own words.
///
/// # Errors
/// When they are no model, or there is no such policy.
pub fn engine(model: Option<&str>, policy: &str) -> Result<Engine, String> {
    let policy = policy.parse().map_err(|error: matching::gate::NoPolicy| error.to_string())?;
    let model = model.map_or_else(Model::of_courts, Model::from_toml);
    Engine::new(model.map_err(|error| error.to_string())?, policy).map_err(|error| error.to_string())
}

/// As what a model is sealed.
const SEALED_AS: &str = "model";

impl Linker {
    /// The words of a model, sealed.
    ///
    /// # Errors
    /// When the model cannot be written, or the cryptographic library fails.
    pub fn sealed(&self, engine: &Engine) -> Result<String, JournalError> {
        let words = engine.words().map_err(|_| damaged())?;
        Ok(self.vault.seal_own(SEALED_AS, words.as_bytes())?)
    }

    /// Every proposal so far.
    ///
    /// # Errors
    /// When the journal cannot be reached.
    pub async fn proposals(&self) -> Result<Known, JournalError> {
        known(&mut self.journal.begin().await?).await
    }

    /// Takes what an operator wants. Answers the facts that follow.
    ///
    /// # Errors
    /// The refusal, or what went wrong with the journal.
    pub async fn choose(&self, wish: &ChooseModel, actor: Actor, at: Timestamp) -> Result<Known, DecideError<Refusal>> {
        let mut transaction = self.journal.begin().await?;
        transaction.lock(&wish.rests_on()).await?;
        let before = known(&mut transaction).await?;
        let place = before.proposals.values().map(|proposal| 1 + usize::from(!proposal.is_open())).sum::<usize>();
        let cause = Cause { id: FactId::derived(&["models", &place.to_string()]).uuid(), actor, event_time: at };
        transaction.decide(wish, &cause).await?;
        let after = known(&mut transaction).await?;
        transaction.commit().await?;
        Ok(after)
    }

    /// Keeps the model by which a register is decided from its first day: another programme that comes with another model decides
    /// by this one until operators choose.
    pub(crate) async fn keep_first(&self) -> Result<(), JournalError> {
        let mut transaction = self.journal.begin().await?;
        transaction.lock(&Tags::from([Tag::models()])).await?;
        let kept = sqlx::query_scalar!("select engine from linker.in_force").fetch_optional(transaction.sql()).await?;
        if kept.is_none() {
            let models = known(&mut transaction).await?;
            let row = match models.in_force {
                Some(proposal) => InForce::proposed(&models, proposal)?,
                None => self.built_in()?,
            };
            row.keep(transaction.sql()).await?;
        }
        transaction.commit().await
    }

    fn built_in(&self) -> Result<InForce, JournalError> {
        let (_, policy) = self.engine.id().rsplit_once('/').ok_or_else(damaged)?;
        let model = self.sealed(&self.engine)?;
        Ok(InForce { engine: self.engine.id().to_owned(), policy: policy.to_owned(), model })
    }

    /// This linker, deciding by the model in force; and whether a read model is built beside the one in use, so that it must be noted
    /// what is decided.
    pub(crate) async fn in_force(&self, transaction: &mut Transaction) -> Result<(Self, bool), JournalError> {
        let row = sqlx::query!(
            r#"select (select engine from linker.in_force) as engine,
                      exists (select from linker.building) as "building!""#
        )
        .fetch_one(transaction.sql())
        .await?;
        let Some(id) = row.engine.filter(|id| id != self.engine.id()) else { return Ok((self.clone(), row.building)) };
        let loaded = self.loaded.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(engine) = loaded.filter(|engine| engine.id() == id) {
            return Ok((Self { engine, ..self.clone() }, row.building));
        }
        let kept = sqlx::query_as!(InForce, "select engine, policy, model from linker.in_force")
            .fetch_one(transaction.sql())
            .await?;
        let engine = Arc::new(kept.engine(&self.vault)?);
        *self.loaded.0.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&engine));
        Ok((Self { engine, ..self.clone() }, row.building))
    }
}

/// The facts about models, folded.
pub(crate) async fn known(transaction: &mut Transaction) -> Result<Known, JournalError> {
    let facts = transaction.facts(&Tags::from([Tag::models()])).await?;
    Ok(facts.iter().fold(Known::default(), Known::evolve))
}

/// The model in force, in its own words, sealed.
pub(crate) struct InForce {
    pub engine: String,
    policy: String,
    model: String,
}

impl InForce {
    /// As it was proposed.
    pub fn proposed(models: &Known, proposal: ProposalId) -> Result<Self, JournalError> {
        let found = models.proposals.get(&proposal).map(|found| &found.proposed).ok_or_else(damaged)?;
        Ok(Self { engine: found.engine.clone(), policy: found.policy.clone(), model: found.model.clone() })
    }

    /// Made ready.
    pub fn engine(&self, vault: &Vault) -> Result<Engine, JournalError> {
        let words = vault.open_own(SEALED_AS, &self.model)?;
        let words = std::str::from_utf8(&words).map_err(|_| damaged())?;
        let made = engine(Some(words), &self.policy).map_err(|_| damaged())?;
        if made.id() == self.engine { Ok(made) } else { Err(damaged()) }
    }

    /// Keeps it in the place of what was in force.
    pub async fn keep(&self, sql: &mut PgConnection) -> Result<(), JournalError> {
        sqlx::query!(
            "insert into linker.in_force (engine, policy, model) values ($1, $2, $3)
             on conflict (one) do update set engine = excluded.engine, policy = excluded.policy, model = excluded.model",
            self.engine,
            self.policy,
            self.model
        )
        .execute(sql)
        .await?;
        Ok(())
    }
}

/// A model in force that this programme cannot read, or reads otherwise.
const fn damaged() -> JournalError {
    JournalError::Impossible { table: "linker.in_force", column: "model" }
}

/// Whether a fact changes the model.
pub(crate) const fn activates(fact: &LinkerFact) -> bool {
    matches!(fact, LinkerFact::ModelActivated(_))
}
