//! Signing in to the pages: OIDC, authorization code flow with PKCE (`S256`), state and nonce.
//!
//! Written here on `jsonwebtoken`, `reqwest` and `aws-lc-rs`, because the maintained OIDC client crates bring a second
//! cryptographic library (`rsa` and its kin) into a tree that has one to audit.
//!
//! Invariants: a sign-in under way is used once, within ten minutes, by the browser that began it; the ID token is
//! verified as every token is, for the client id and with the nonce of this sign-in; after it the browser is led only to
//! an address of this site. The provider's own session is not ended by signing out here.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use reqwest::Url;
use serde::Deserialize;
use tokio::sync::OnceCell;

use crate::auth::Auth;
use crate::extract::Query;
use crate::http::{self, HttpError};
use crate::principal::{Principal, Subject};
use crate::problem::{Kind, Problem};
use crate::random;
use crate::session::Sessions;
use crate::token::{Refused, Tokens};

/// Base name of the cookie that binds a sign-in to the browser that began it.
const SIGN_IN: &str = "verband-sign-in";

/// Seconds that a person may take at the identity provider.
const SIGN_IN_SECONDS: u32 = 600;

/// How this system is known to the identity provider.
#[derive(Clone)]
pub struct OidcConfig {
    /// Client id; also the audience of the ID token.
    pub client_id: String,
    /// Client secret; none for a public client, which PKCE alone protects.
    pub client_secret: Option<String>,
    /// Address of `/sign-in/callback` as the browser sees it.
    pub redirect_uri: String,
}

/// Signing in does not work as it is configured.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// The provider cannot be asked.
    #[error("identity provider")]
    Http(#[from] HttpError),
    /// The provider's description is of another issuer.
    #[error("the description is of another issuer")]
    OtherIssuer,
}

/// Signs people in. Cheap to clone.
#[derive(Clone)]
pub struct Oidc {
    config: Arc<OidcConfig>,
    tokens: Arc<Tokens>,
    sessions: Sessions,
    client: reqwest::Client,
    provider: Arc<OnceCell<Provider>>,
}

/// What is needed of the provider's description (OIDC Discovery §3).
#[derive(Debug, Clone, Deserialize)]
struct Provider {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
}

impl Oidc {
    /// Signs people in at the issuer of `auth`, into `sessions`. Asks nothing yet.
    ///
    /// # Errors
    /// When the issuer is no address that may be asked, or no HTTP client can be made.
    pub fn new(auth: &Auth, sessions: Sessions, config: OidcConfig) -> Result<Self, OidcError> {
        let tokens = auth.tokens();
        let client = http::client(&http::address(tokens.issuer())?)?;
        Ok(Self { config: Arc::new(config), tokens, sessions, client, provider: Arc::new(OnceCell::new()) })
    }

    /// The routes `GET /sign-in`, `GET /sign-in/callback` and `POST /sign-out`, open to everyone.
    pub fn routes<S: Clone + Send + Sync + 'static>(self) -> Router<S> {
        Router::new()
            .route("/sign-in", get(begin))
            .route("/sign-in/callback", get(complete))
            .with_state(self.clone())
            .merge(sign_out_route(self.sessions))
    }

    /// The provider's description, asked for once.
    async fn provider(&self) -> Result<&Provider, OidcError> {
        self.provider
            .get_or_try_init(|| async {
                let issuer = self.tokens.issuer();
                let url = http::address(&format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/')))?;
                let provider: Provider = http::json(self.client.get(url)).await?;
                // OIDC Discovery §4.3: exactly the issuer that was asked.
                if provider.issuer != issuer {
                    return Err(OidcError::OtherIssuer);
                }
                http::address(&provider.token_endpoint)?;
                http::address(&provider.authorization_endpoint)?;
                Ok(provider)
            })
            .await
    }

    /// Where the browser is sent to begin, with everything the provider must hand back or put in the ID token.
    async fn authorization(&self, state: &str, nonce: &str, verifier: &str) -> Result<Url, OidcError> {
        let mut url = http::address(&self.provider().await?.authorization_endpoint)?;
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.config.client_id)
            .append_pair("redirect_uri", &self.config.redirect_uri)
            .append_pair("scope", "openid")
            .append_pair("state", state)
            .append_pair("nonce", nonce)
            .append_pair("code_challenge", &random::challenge(verifier))
            .append_pair("code_challenge_method", "S256");
        Ok(url)
    }

    /// Trades the code for an ID token (OAuth 2.0 §4.1.3, PKCE §4.5).
    async fn exchange(&self, code: &str, verifier: &str) -> Result<String, OidcError> {
        #[derive(Deserialize)]
        struct Answer {
            id_token: String,
        }
        let url = http::address(&self.provider().await?.token_endpoint)?;
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &self.config.redirect_uri),
            ("code_verifier", verifier),
        ];
        let request = self.client.post(url);
        let request = if let Some(secret) = &self.config.client_secret {
            // RFC 6749 §2.3.1 asks for this encoding of both.
            request.basic_auth(http::form_encoded(&self.config.client_id), Some(http::form_encoded(secret)))
        } else {
            form.push(("client_id", &self.config.client_id));
            request
        };
        Ok(http::json::<Answer>(request.form(&form)).await?.id_token)
    }
}

/// Who the ID token is about, when it is for this client and this sign-in (OIDC Core §3.1.3.7).
async fn identity(tokens: &Tokens, id_token: &str, client_id: &str, nonce: &str) -> Result<Principal, Refused> {
    #[derive(Deserialize)]
    struct IdClaims {
        sub: String,
        nonce: String,
        azp: Option<String>,
        #[serde(default)]
        roles: Vec<String>,
    }
    let claims: IdClaims = tokens.verify(id_token, client_id).await?;
    if claims.nonce != nonce {
        return Err(Refused::Nonce);
    }
    if claims.azp.is_some_and(|party| party != client_id) {
        return Err(Refused::Credential);
    }
    let subject = Subject::parse(&claims.sub).map_err(|_| Refused::Subject)?;
    Ok(Principal::new(subject, claims.roles))
}

/// The route `POST /sign-out` alone: for a service whose people sign in in another way, such as in development.
pub fn sign_out_route<S: Clone + Send + Sync + 'static>(sessions: Sessions) -> Router<S> {
    Router::new().route("/sign-out", post(sign_out)).with_state(sessions)
}

#[derive(Deserialize)]
struct Begin {
    #[serde(rename = "returnTo")]
    return_to: Option<String>,
}

/// Sends the browser to the provider. The row that this leaves behind is the one thing a GET writes: it holds nothing
/// about anyone and lapses by itself.
async fn begin(State(oidc): State<Oidc>, Query(query): Query<Begin>) -> Result<Response, Problem> {
    let secret = || random::secret().map_err(|error| Problem::internal(&error));
    let (state, nonce, verifier) = (secret()?, secret()?, secret()?);
    let address = oidc.authorization(&state, &nonce, &verifier).await.map_err(|error| refused(&error))?;
    let return_to = local(query.return_to.as_deref());
    sqlx::query!("delete from web.sign_ins where expires_at <= now()").execute(oidc.sessions.pool()).await?;
    sqlx::query!(
        "insert into web.sign_ins (state_hash, nonce, pkce_verifier, return_to, expires_at)
         values ($1, $2, $3, $4, now() + make_interval(secs => $5))",
        random::sha256(&state),
        nonce,
        verifier,
        return_to,
        f64::from(SIGN_IN_SECONDS)
    )
    .execute(oidc.sessions.pool())
    .await?;
    let bound = oidc.sessions.cookies().write(SIGN_IN, &state, Some(SIGN_IN_SECONDS))?;
    Ok(([(header::SET_COOKIE, bound)], Redirect::to(address.as_str())).into_response())
}

#[derive(Deserialize)]
struct Callback {
    state: Option<String>,
    code: Option<String>,
}

/// Takes the browser back from the provider and starts its session.
async fn complete(
    State(oidc): State<Oidc>,
    headers: HeaderMap,
    Query(callback): Query<Callback>,
) -> Result<Response, Problem> {
    let cookies = oidc.sessions.cookies();
    // A state that this browser does not hold was planted by someone else.
    let state = callback.state.filter(|state| cookies.read(&headers, SIGN_IN).is_some_and(|own| own == *state));
    let state = state.ok_or(Problem::new(Kind::SignInRefused))?;
    let begun = sqlx::query!(
        "delete from web.sign_ins where state_hash = $1 and expires_at > now() returning nonce, pkce_verifier, return_to",
        random::sha256(&state)
    )
    .fetch_optional(oidc.sessions.pool())
    .await?
    .ok_or(Problem::new(Kind::SignInRefused))?;
    let code = callback.code.ok_or(Problem::new(Kind::SignInRefused))?;
    let id_token = oidc.exchange(&code, &begun.pkce_verifier).await.map_err(|error| refused(&error))?;
    let principal = identity(&oidc.tokens, &id_token, &oidc.config.client_id, &begun.nonce).await.map_err(|error| {
        match error.noted() {
            Refused::NoKeys(_) => Problem::unavailable(),
            _ => Problem::new(Kind::SignInRefused),
        }
    })?;
    let session = oidc.sessions.start(&principal, &headers).await?;
    let used = cookies.write(SIGN_IN, "", Some(0))?;
    let mut response = Redirect::to(&begun.return_to).into_response();
    response.headers_mut().append(header::SET_COOKIE, session);
    response.headers_mut().append(header::SET_COOKIE, used);
    Ok(response)
}

/// Ends the session here and tells the browser to forget what it keeps of this site.
///
/// `Clear-Site-Data` leaves cookies out: browsers would remove those of every host under the same registered domain, and
/// so sign people out of their court's other systems. Our own cookie is removed by name.
async fn sign_out(State(sessions): State<Sessions>, headers: HeaderMap) -> Result<Response, Problem> {
    let removed = sessions.end(&headers).await?;
    let forget = (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(([(header::SET_COOKIE, removed), forget], Redirect::to("/signed-out")).into_response())
}

/// What a provider that does not play along is answered with: a refusal of its own is 403, silence is 503.
fn refused(error: &OidcError) -> Problem {
    tracing::warn!(error = %crate::problem::chain(error), "a sign-in did not succeed");
    match error {
        OidcError::Http(HttpError::Status(400..=499)) => Problem::new(Kind::SignInRefused),
        _ => Problem::unavailable(),
    }
}

/// An address on this site, or the start page.
pub(crate) fn local(address: Option<&str>) -> &str {
    address
        .filter(|a| a.starts_with('/') && !a.starts_with("//") && a.len() <= 500)
        .filter(|a| a.bytes().all(|b| b.is_ascii_graphic() && b != b'\\'))
        .unwrap_or("/")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::auth::tests::auth_of;
    use crate::testing::Issuer;

    #[test]
    fn leads_only_to_this_site() {
        for good in ["/", "/alerts/7?tab=a%20b", "/a#b"] {
            assert_eq!(local(Some(good)), good);
        }
        for bad in
            ["", "alerts", "//evil.example", "/\\evil.example", "https://evil.example", "/a b", "/a\r\nX: y", "/é"]
        {
            assert_eq!(local(Some(bad)), "/", "{bad:?}");
        }
        assert_eq!(local(None), "/");
    }

    #[tokio::test]
    async fn an_id_token_is_for_this_client_and_this_sign_in() {
        let issuer = Issuer::new("kid-1");
        let tokens = auth_of(&issuer, "id-token").tokens();
        let id_token = |name: &str, value: serde_json::Value| {
            issuer.sign(&Issuer::claims(|claims| {
                claims["aud"] = json!("pages");
                claims["nonce"] = json!("n-1");
                claims[name] = value;
            }))
        };
        let good = identity(&tokens, &id_token("azp", json!("pages")), "pages", "n-1").await.unwrap();
        assert_eq!(good.subject.as_str(), "judge-1");
        for (name, value) in [
            ("nonce", json!("n-2")),
            ("nonce", json!(null)),
            ("aud", json!("verband")),
            ("azp", json!("elsewhere")),
            ("iss", json!("https://evil.example")),
            ("exp", json!(1)),
        ] {
            assert!(identity(&tokens, &id_token(name, value.clone()), "pages", "n-1").await.is_err(), "{name} {value}");
        }
    }
}
