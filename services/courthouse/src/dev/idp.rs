//! An identity provider for development: a handful of invented people, no passwords, loopback only.
//!
//! It speaks the same protocol as a real one (OIDC code flow with PKCE), so that the services have one way of signing in
//! and know nothing of development.

use std::collections::BTreeMap;
use std::path::Path as FilePath;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, anyhow};
use aws_lc_rs::digest;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use runtime::Clock;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// The audience of access tokens.
pub const AUDIENCE: &str = "verband";
/// How long a token counts, in seconds.
const LIFETIME: i64 = 3600;
const KEY_ID: &str = "dev-1";

/// Somebody who can sign in.
#[derive(Debug, Clone, Copy)]
pub struct DevUser {
    /// The subject.
    pub subject: &'static str,
    /// The roles.
    pub roles: &'static [&'static str],
    /// Who it is, on the sign-in page.
    pub describes: &'static str,
}

/// The invented people of the development stack.
pub const USERS: [DevUser; 10] = [
    DevUser { subject: "judge-anna", roles: &["judge"], describes: "family judge, Rotterdam" },
    DevUser { subject: "judge-bram", roles: &["judge"], describes: "criminal judge, Rotterdam" },
    DevUser { subject: "judge-carla", roles: &["judge"], describes: "family judge without cases" },
    DevUser { subject: "steward-dirk", roles: &["steward"], describes: "data steward" },
    DevUser { subject: "steward-hanna", roles: &["steward"], describes: "data steward, who decides with another" },
    DevUser { subject: "steward-ivo", roles: &["steward"], describes: "data steward, where two disagree" },
    DevUser { subject: "clerk-elif", roles: &["clerk"], describes: "clerk" },
    DevUser { subject: "operator-femke", roles: &["operator"], describes: "operator" },
    DevUser { subject: "operator-gerda", roles: &["operator"], describes: "operator" },
    DevUser { subject: "auditor-guus", roles: &["auditor"], describes: "auditor" },
];

/// The provider.
#[derive(Clone)]
pub struct Idp {
    issuer: String,
    signing: Arc<Vec<u8>>,
    public: String,
    clock: Clock,
    codes: Arc<Mutex<BTreeMap<String, Code>>>,
}

struct Code {
    user: DevUser,
    client: String,
    redirect: String,
    nonce: Option<String>,
    challenge: String,
}

impl Idp {
    /// A provider known as `issuer` (its own address), signing with the key in `key_file`, which is made when missing.
    ///
    /// # Errors
    /// When the key cannot be made, read or written.
    pub fn open(issuer: String, key_file: &FilePath, clock: Clock) -> Result<Self> {
        let signing = match std::fs::read(key_file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let made = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new())
                    .map_err(|_| anyhow!("no key could be made"))?;
                super::write_private(key_file, made.as_ref())?;
                made.as_ref().to_vec()
            }
            Err(error) => return Err(error).context("cannot read the signing key of the development sign-in"),
        };
        let pair = Ed25519KeyPair::from_pkcs8(&signing).map_err(|_| anyhow!("the signing key does not read"))?;
        let public = URL_SAFE_NO_PAD.encode(pair.public_key().as_ref());
        Ok(Self { issuer, signing: Arc::new(signing), public, clock, codes: Arc::default() })
    }

    /// The issuer's name, which is its address.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The key set that it publishes.
    pub fn key_set(&self) -> Value {
        json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": KEY_ID, "x": self.public }] })
    }

    /// An access token for a caller of the API.
    ///
    /// # Errors
    /// When signing fails.
    pub fn access_token(&self, subject: &str, roles: &[&str]) -> Result<String> {
        self.sign(&json!({ "aud": AUDIENCE, "sub": subject, "roles": roles }))
    }

    fn routes(self) -> Router {
        Router::new()
            .route("/.well-known/openid-configuration", get(describe))
            .route("/jwks.json", get(keys))
            .route("/authorize", get(choose).post(chosen))
            .route("/token", post(exchange))
            .with_state(self)
    }

    /// Answers on `listener` until `stop`.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn serve(self, listener: TcpListener, stop: CancellationToken) -> std::io::Result<()> {
        axum::serve(listener, self.routes()).with_graceful_shutdown(stop.cancelled_owned()).await
    }

    fn sign(&self, claims: &Value) -> Result<String> {
        let now = self.clock.now().as_second();
        let mut claims = claims.clone();
        claims["iss"] = json!(self.issuer);
        claims["iat"] = json!(now);
        claims["nbf"] = json!(now);
        claims["exp"] = json!(now + LIFETIME);
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(KEY_ID.to_owned());
        Ok(jsonwebtoken::encode(&header, &claims, &EncodingKey::from_ed_der(&self.signing))?)
    }
}

async fn describe(State(idp): State<Idp>) -> Json<Value> {
    Json(json!({
        "issuer": idp.issuer,
        "authorization_endpoint": format!("{}/authorize", idp.issuer),
        "token_endpoint": format!("{}/token", idp.issuer),
        "jwks_uri": format!("{}/jwks.json", idp.issuer),
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["S256"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
    }))
}

async fn keys(State(idp): State<Idp>) -> Json<Value> {
    Json(idp.key_set())
}

#[derive(Deserialize)]
struct Asked {
    client_id: String,
    redirect_uri: String,
    state: String,
    nonce: Option<String>,
    code_challenge: String,
    code_challenge_method: String,
}

/// The page on which somebody is chosen. The request's own values go along in the address of the form, percent-encoded.
async fn choose(Query(asked): Query<Asked>) -> Response {
    if let Err(refused) = asked.acceptable() {
        return refused;
    }
    let hidden: Vec<String> = asked
        .fields()
        .iter()
        .map(|(name, value)| format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escape(value)))
        .collect();
    let buttons: Vec<String> = USERS
        .iter()
        .map(|user| {
            format!("<p><button name=\"subject\" value=\"{0}\">{0}</button> {1}</p>", user.subject, user.describes)
        })
        .collect();
    let (hidden, buttons) = (hidden.concat(), buttons.concat());
    Html(format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Development sign-in</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <main><h1>Development sign-in</h1><p>Invented people, no passwords. This page exists on a developer's machine only.</p>\
         <form method=\"post\" action=\"/authorize\">{hidden}{buttons}</form></main></html>"
    ))
    .into_response()
}

#[derive(Deserialize)]
struct Chosen {
    subject: String,
    #[serde(flatten)]
    asked: Asked,
}

async fn chosen(State(idp): State<Idp>, Form(chosen): Form<Chosen>) -> Response {
    if let Err(refused) = chosen.asked.acceptable() {
        return refused;
    }
    let Some(user) = USERS.iter().find(|user| user.subject == chosen.subject) else {
        return (StatusCode::BAD_REQUEST, "nobody of that name").into_response();
    };
    let Ok(code) = runtime::ids::token() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let target = format!("{}?code={code}&state={}", chosen.asked.redirect_uri, encode(&chosen.asked.state));
    let kept = Code {
        user: *user,
        client: chosen.asked.client_id,
        redirect: chosen.asked.redirect_uri,
        nonce: chosen.asked.nonce,
        challenge: chosen.asked.code_challenge,
    };
    idp.codes.lock().unwrap_or_else(PoisonError::into_inner).insert(code, kept);
    Redirect::to(&target).into_response()
}

impl Asked {
    #[expect(clippy::result_large_err, reason = "the answer is the error, once a sign-in")]
    fn acceptable(&self) -> Result<(), Response> {
        let local = ["http://127.0.0.1:", "http://localhost:"].iter().any(|start| self.redirect_uri.starts_with(start));
        if local && self.code_challenge_method == "S256" {
            Ok(())
        } else {
            Err((StatusCode::BAD_REQUEST, "only loopback addresses, and only with PKCE S256").into_response())
        }
    }

    fn fields(&self) -> [(&'static str, &str); 6] {
        [
            ("client_id", &self.client_id),
            ("redirect_uri", &self.redirect_uri),
            ("state", &self.state),
            ("nonce", self.nonce.as_deref().unwrap_or_default()),
            ("code_challenge", &self.code_challenge),
            ("code_challenge_method", &self.code_challenge_method),
        ]
    }
}

#[derive(Deserialize)]
struct Exchange {
    grant_type: String,
    code: String,
    redirect_uri: String,
    code_verifier: String,
}

async fn exchange(State(idp): State<Idp>, Form(exchange): Form<Exchange>) -> Response {
    let refused = || (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response();
    let code = idp.codes.lock().unwrap_or_else(PoisonError::into_inner).remove(&exchange.code);
    let Some(code) = code.filter(|_| exchange.grant_type == "authorization_code") else { return refused() };
    let challenge = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, exchange.code_verifier.as_bytes()));
    if challenge != code.challenge || exchange.redirect_uri != code.redirect {
        return refused();
    }
    let mut claims = json!({ "aud": code.client, "sub": code.user.subject, "roles": code.user.roles });
    if let Some(nonce) = code.nonce.filter(|nonce| !nonce.is_empty()) {
        claims["nonce"] = json!(nonce);
    }
    match (idp.sign(&claims), idp.access_token(code.user.subject, code.user.roles)) {
        (Ok(id_token), Ok(access_token)) => Json(json!({
            "access_token": access_token, "id_token": id_token, "token_type": "Bearer", "expires_in": LIFETIME,
        }))
        .into_response(),
        _ => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Percent-encodes everything but letters, digits and `-_.~`.
fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}
