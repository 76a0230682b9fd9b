//! What the verbs ask of a service over its API, and what it answers when it will not.

use anyhow::{Result, bail};
use reqwest::{Client, RequestBuilder};
use serde_json::Value;

/// A service that answers at some address, asked with somebody's token.
pub struct Api {
    /// Who is asked, as it is told where it says no.
    pub name: &'static str,
    /// Where it answers, with the version.
    pub base: String,
    token: String,
    client: Client,
}

impl Api {
    /// The service that answers at `address`.
    pub fn new(name: &'static str, address: &str, token: &str) -> Self {
        let base = format!("{}/v1", address.trim().trim_end_matches('/'));
        Self { name, base, token: token.to_owned(), client: Client::new() }
    }

    /// Asks for what stands at a path.
    ///
    /// # Errors
    /// When it does not answer, or says no; the error says what it said.
    pub async fn get(&self, path: &str) -> Result<Value> {
        self.answer(self.client.get(format!("{}{path}", self.base))).await
    }

    /// Asks that something be done.
    ///
    /// # Errors
    /// As [`Api::get`].
    pub async fn post(&self, path: &str, body: &Value) -> Result<Value> {
        self.answer(self.client.post(format!("{}{path}", self.base)).json(body)).await
    }

    async fn answer(&self, request: RequestBuilder) -> Result<Value> {
        let answer = request.bearer_auth(&self.token).send().await?;
        let status = answer.status();
        let body: Value = answer.json().await.unwrap_or_default();
        if status.is_success() {
            return Ok(body);
        }
        let said: Vec<String> = [&body["title"], &body["detail"]]
            .into_iter()
            .chain(body["errors"].as_array().into_iter().flatten().map(|error| &error["detail"]))
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect();
        bail!("{} says {status}: {}", self.name, said.join("; "))
    }
}
