//! Tells a court's own systems by webhook what the bus tells them, for courts without a connection to it: the same events, signed.
//!
//! Invariants: a call is noted in the transaction in which the fact counts as handled, so none is lost, and goes out at least once
//! under the same id; what was not taken is sent again, later each time, for some four days; a court that does not answer holds up
//! no other. Nothing stands in a call that does not stand on the bus.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use domain::code_list;
use domain::court::Court;
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use journal::JournalError;
use serde::Deserialize;
use service::Service;
use sqlx::PgConnection;
use uuid::Uuid;
use web::Webhook;

/// How often is looked for calls that are due.
const LOOK: Duration = Duration::from_secs(1);
/// A call that is being made is nobody else's for this long.
const IN_HAND: SignedDuration = SignedDuration::from_mins(1);
/// How long is waited after each attempt; after the last nothing is tried any more. The pace of Standard Webhooks.
const PACE: [SignedDuration; 9] = [
    SignedDuration::from_secs(5),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(5),
    SignedDuration::from_hours(10),
    SignedDuration::from_hours(14),
    SignedDuration::from_hours(20),
    SignedDuration::from_hours(24),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HookRow {
    court: Court,
    url: String,
    secret_file: std::path::PathBuf,
}

/// The webhooks of courts. Cheap to clone.
#[derive(Clone, Default)]
pub struct Webhooks(Arc<BTreeMap<Court, Webhook>>);

impl Webhooks {
    /// Reads the list of webhooks: `[[row]]` tables with `court`, `url` and `secret_file`. Without a list no court has one.
    ///
    /// # Errors
    /// When the list or a secret cannot be read or used, or a court stands in it twice.
    pub fn load(list: Option<&Path>) -> anyhow::Result<Self> {
        let Some(list) = list else { return Ok(Self::default()) };
        let rows: Vec<HookRow> = code_list::parse(&std::fs::read_to_string(list).context("the list of webhooks")?)
            .context("the list of webhooks")?;
        let mut hooks = BTreeMap::new();
        for row in rows {
            let secret = std::fs::read_to_string(&row.secret_file)
                .with_context(|| format!("the secret of the webhook of {}", row.court))?;
            let hook = Webhook::new(&row.url, &secret).with_context(|| format!("the webhook of {}", row.court))?;
            anyhow::ensure!(hooks.insert(row.court, hook).is_none(), "{} has two webhooks", row.court);
        }
        Ok(Self(Arc::new(hooks)))
    }

    /// Whether no court has one.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Notes that a message is to be sent to the court, if it has a webhook.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached.
    pub async fn note(
        &self,
        sql: &mut PgConnection,
        court: Court,
        message: Uuid,
        body: &str,
        now: Timestamp,
    ) -> Result<(), JournalError> {
        if !self.0.contains_key(&court) {
            return Ok(());
        }
        sqlx::query!(
            "insert into alerts.webhook_calls (message, court, body, next_at) values ($1, $2, $3, $4)
             on conflict do nothing",
            message,
            court.code(),
            body,
            now.to_sqlx() as jiff_sqlx::Timestamp
        )
        .execute(sql)
        .await?;
        Ok(())
    }

    /// Makes calls that are due until the sign to stop.
    ///
    /// # Errors
    /// Never: what cannot be done is tried again.
    pub async fn watch(self, service: Service) -> anyhow::Result<()> {
        let stopping = service.stopping();
        while !stopping.is_cancelled() {
            match self.next(&service).await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => tracing::debug!(error = %error, "webhooks wait for the database"),
            }
            tokio::select! {
                () = stopping.cancelled() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
        Ok(())
    }

    /// Makes the call that is due longest; says whether there was one.
    async fn next(&self, service: &Service) -> Result<bool, JournalError> {
        let pool = service.journal.pool();
        let courts: Vec<String> = self.0.keys().map(|court| court.code().to_owned()).collect();
        let now = service.clock.now();
        let row = sqlx::query!(
            "update alerts.webhook_calls set attempts = attempts + 1, next_at = $2
             where message = (
                 select due.message from alerts.webhook_calls due where due.next_at <= $1 and due.court = any($3)
                 -- Who does not answer, or is being called, is not asked for another message meanwhile.
                 and not exists (select from alerts.webhook_calls other
                                 where other.court = due.court and other.attempts > 0 and other.next_at > $1)
                 order by due.next_at, due.message limit 1 for update skip locked)
             returning message, court, body, attempts",
            now.to_sqlx() as jiff_sqlx::Timestamp,
            later(now, IN_HAND).to_sqlx() as jiff_sqlx::Timestamp,
            &courts
        )
        .fetch_optional(pool)
        .await?;
        let Some(row) = row else { return Ok(false) };
        let Some(hook) = Court::parse(&row.court).ok().and_then(|court| self.0.get(&court)) else { return Ok(false) };
        let taken =
            hook.call(&row.message.to_string(), now.as_second(), "application/cloudevents+json", row.body).await;
        let outcome = match taken {
            Ok(()) => "taken",
            Err(error) => {
                if let Some(wait) = wait(row.attempts) {
                    tracing::info!(court = %row.court, message = %row.message, error = %error, "a webhook call was not taken");
                    sqlx::query!(
                        "update alerts.webhook_calls set next_at = $2 where message = $1",
                        row.message,
                        later(now, wait).to_sqlx() as jiff_sqlx::Timestamp
                    )
                    .execute(pool)
                    .await?;
                    metrics::counter!("alerts_webhook_calls_total", "outcome" => "later").increment(1);
                    return Ok(true);
                }
                tracing::warn!(court = %row.court, message = %row.message, error = %error, "a webhook call was given up");
                "given-up"
            }
        };
        sqlx::query!("delete from alerts.webhook_calls where message = $1", row.message).execute(pool).await?;
        metrics::counter!("alerts_webhook_calls_total", "outcome" => outcome).increment(1);
        Ok(true)
    }
}

/// How long is waited after so many attempts; nothing when it was the last.
fn wait(attempts: i32) -> Option<SignedDuration> {
    PACE.get(usize::try_from(attempts).ok()?.checked_sub(1)?).copied()
}

/// Some time later; the end of time where there is no later.
fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wait_is_longer_and_the_tenth_attempt_is_the_last() {
        assert!(PACE.is_sorted());
        assert_eq!((wait(1), wait(9), wait(10), wait(0)), (Some(PACE[0]), Some(PACE[8]), None, None));
    }

    #[test]
    fn without_a_list_no_court_has_one_and_a_wrong_list_is_refused() {
        assert!(Webhooks::load(None).unwrap().is_empty());
        let folder = std::env::temp_dir().join(format!("verband-webhooks-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let secret = folder.join("secret");
        std::fs::write(&secret, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n").unwrap();
        let load = |rows: &[(&str, &str)]| {
            let row = |(court, url): &(&str, &str)| {
                format!("[[row]]\ncourt = \"{court}\"\nurl = \"{url}\"\nsecret_file = \"{}\"\n", secret.display())
            };
            let list = folder.join("webhooks.toml");
            std::fs::write(&list, rows.iter().map(row).collect::<String>()).unwrap();
            Webhooks::load(Some(&list))
        };
        let good = ("RBROT", "https://court.example/hook");
        assert!(!load(&[good]).unwrap().is_empty());
        for wrong in [&[good, good][..], &[("RBXXX", good.1)], &[("RBROT", "http://court.example/hook")]] {
            assert!(load(wrong).is_err(), "{wrong:?}");
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
