//! Calls another system's webhook, signed after Standard Webhooks (standardwebhooks.com): `webhook-id`, `webhook-timestamp` and
//! `webhook-signature`, the HMAC-SHA256 of all three.
//!
//! Invariants: the address is the operator's, never a caller's; https, or plain HTTP to the same machine; no redirects, no proxy,
//! a deadline; nothing of the answer is read but its status; neither address nor secret stands in an error.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Client, Url};

use crate::http;

/// How long a secret may be, in bytes.
const SECRET: std::ops::RangeInclusive<usize> = 24..=64;

/// A webhook that can be called. Cheap to clone.
#[derive(Clone)]
pub struct Webhook {
    client: Client,
    url: Url,
    key: hmac::Key,
}

/// It cannot be called at all.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// The address is none that may be called, or names a user.
    #[error("a webhook's address is https://, without a user; plain http only on the same machine")]
    Address,
    /// The secret does not read.
    #[error("a webhook's secret is `whsec_` and base64 of 24 to 64 bytes")]
    Secret,
    /// No client could be made.
    #[error("client of a webhook")]
    Client(#[source] http::HttpError),
}

/// A call was not taken.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// It did not get through in time.
    #[error("the webhook does not answer")]
    Away(#[source] reqwest::Error),
    /// Something other than 2xx was answered.
    #[error("the webhook answered {0}")]
    Status(u16),
}

impl Webhook {
    /// A webhook at an address, with the secret that its receiver was given (`whsec_…`).
    ///
    /// # Errors
    /// See [`WebhookError`].
    pub fn new(url: &str, secret: &str) -> Result<Self, WebhookError> {
        let url = http::address(url).map_err(|_| WebhookError::Address)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(WebhookError::Address);
        }
        let encoded = secret.trim().strip_prefix("whsec_").ok_or(WebhookError::Secret)?;
        let secret = STANDARD.decode(encoded).map_err(|_| WebhookError::Secret)?;
        if !SECRET.contains(&secret.len()) {
            return Err(WebhookError::Secret);
        }
        let client = http::client(&url).map_err(WebhookError::Client)?;
        Ok(Self { client, url, key: hmac::Key::new(hmac::HMAC_SHA256, &secret) })
    }

    /// Sends a message once. `timestamp` is in seconds since 1970; the id is the same when it is sent again.
    ///
    /// # Errors
    /// When it was not taken.
    pub async fn call(&self, id: &str, timestamp: i64, content_type: &str, body: String) -> Result<(), CallError> {
        let request = self
            .client
            .post(self.url.clone())
            .header("content-type", content_type)
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp.to_string())
            .header("webhook-signature", signature(&self.key, id, timestamp, &body));
        let answer = request.body(body).send().await.map_err(|error| CallError::Away(error.without_url()))?;
        if answer.status().is_success() { Ok(()) } else { Err(CallError::Status(answer.status().as_u16())) }
    }
}

fn signature(key: &hmac::Key, id: &str, timestamp: i64, body: &str) -> String {
    let signed = hmac::sign(key, format!("{id}.{timestamp}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(signed.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of the example of Standard Webhooks.
    const EXAMPLE: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    #[test]
    fn the_example_of_the_standard_is_signed_as_it_says() {
        let webhook = Webhook::new("https://court.example/hook", EXAMPLE).unwrap();
        let body = r#"{"test": 2432232314}"#;
        assert_eq!(
            signature(&webhook.key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
    }

    #[test]
    fn only_addresses_and_secrets_that_may_be_used() {
        for bad in ["http://court.example/hook", "ftp://localhost", "https://user:word@court.example/", "court.example"]
        {
            assert!(matches!(Webhook::new(bad, EXAMPLE), Err(WebhookError::Address)), "{bad}");
        }
        for bad in ["", "whsec_", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!"] {
            assert!(matches!(Webhook::new("http://127.0.0.1:1/", bad), Err(WebhookError::Secret)), "{bad}");
        }
    }
}
