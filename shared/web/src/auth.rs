//! Who calls: a bearer token (RFC 6750, in the header only) or the session cookie of a page.
//!
//! Invariants: a credential that is not accepted is 401 without a reason to the caller; when no key set could ever be
//! read the answer is 503: nobody gets in. A request with both credentials is judged by its token.

use std::sync::Arc;

use axum::Router;
use axum::extract::{FromRef, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use serde::Deserialize;

use crate::keys::{JwksSource, KeysError};
use crate::principal::{Principal, Subject};
use crate::problem::Problem;
use crate::session::Sessions;
use crate::token::{Refused, Tokens};

/// Whose tokens are accepted, and for whom they must be meant.
#[derive(Debug, Clone)]
pub struct AuthConfig {
    /// The provider's issuer identifier (claim `iss`), also where its OIDC description is found.
    pub issuer: String,
    /// This system's own name (claim `aud` of an access token).
    pub audience: String,
    /// Where the provider's keys are.
    pub jwks: JwksSource,
}

/// Decides who calls. Cheap to clone; a router's state gives it out by [`FromRef`].
#[derive(Clone)]
pub struct Auth {
    audience: Arc<str>,
    tokens: Arc<Tokens>,
    sessions: Option<Sessions>,
}

/// What is read of an access token. A display name, if there is one, is not read: no screen or log needs it.
#[derive(Deserialize)]
struct AccessClaims {
    sub: String,
    #[serde(default)]
    roles: Vec<String>,
}

impl Auth {
    /// Accepts the bearer tokens that `config` describes. Reads nothing yet.
    ///
    /// # Errors
    /// When the address of the key set is none that may be asked, or no HTTP client can be made.
    pub fn new(config: AuthConfig) -> Result<Self, KeysError> {
        let tokens = Tokens::new(config.issuer, &config.jwks)?;
        Ok(Self { audience: config.audience.into(), tokens: Arc::new(tokens), sessions: None })
    }

    /// Accepts the session cookie of pages too.
    #[must_use]
    pub fn with_sessions(self, sessions: Sessions) -> Self {
        Self { sessions: Some(sessions), ..self }
    }

    /// What verifies tokens.
    pub(crate) fn tokens(&self) -> Arc<Tokens> {
        Arc::clone(&self.tokens)
    }

    /// Whether a key set is known; reads it if need be. For a readiness check.
    ///
    /// # Errors
    /// Why no key set could be read.
    pub async fn ready(&self) -> Result<(), KeysError> {
        self.tokens.ready().await
    }

    /// Who sends a request with these headers. A session counts as used by it.
    ///
    /// # Errors
    /// 401, or 503 when keys or sessions cannot be read.
    pub async fn identify(&self, headers: &HeaderMap) -> Result<Principal, Problem> {
        self.judge(headers, true).await
    }

    /// Whether the sender of these headers would still be let in, without the session counting as used. For a stream of
    /// server-sent events, which asks this at least once a minute and ends when refused.
    ///
    /// # Errors
    /// 401, or 503 when keys or sessions cannot be read.
    pub async fn recheck(&self, headers: &HeaderMap) -> Result<Principal, Problem> {
        self.judge(headers, false).await
    }

    async fn judge(&self, headers: &HeaderMap, in_use: bool) -> Result<Principal, Problem> {
        if headers.contains_key(header::AUTHORIZATION) {
            let token = bearer(headers).ok_or(Refused::Credential)?;
            let claims: AccessClaims = self.tokens.verify(token, &self.audience).await?;
            let subject = Subject::parse(&claims.sub).map_err(|_| Refused::Subject)?;
            return Ok(Principal::new(subject, claims.roles));
        }
        let Some((sessions, cookie)) = self.sessions.as_ref().and_then(|s| Some((s, s.cookie_in(headers)?))) else {
            return Err(Problem::unauthenticated());
        };
        let found = if in_use { sessions.resume(&cookie).await? } else { sessions.peek(&cookie).await? };
        Ok(found.ok_or(Refused::Session)?)
    }

    /// Lets only known callers through to the routes of this router: a handler that forgets to ask who calls is closed,
    /// not open. The caller is then at hand as an argument [`Principal`] without a second look.
    pub fn guard<S: Clone + Send + Sync + 'static>(&self, router: Router<S>) -> Router<S> {
        router.route_layer(middleware::from_fn_with_state(self.clone(), guard))
    }
}

async fn guard(State(auth): State<Auth>, mut request: Request, next: Next) -> Result<Response, Problem> {
    let principal = auth.identify(request.headers()).await?;
    request.extensions_mut().insert(principal);
    Ok(next.run(request).await)
}

impl<S: Send + Sync> FromRequestParts<S> for Principal
where
    Auth: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        Auth::from_ref(state).identify(&parts.headers).await
    }
}

/// The token of the one `Authorization: Bearer` header.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (first, None) = (values.next()?, values.next()) else {
        return None;
    };
    let (scheme, token) = first.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim_start_matches(' '))
}

#[cfg(test)]
pub(crate) mod tests {
    use aws_lc_rs::rand::SystemRandom;
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
    use axum::routing::get;
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use jsonwebtoken::jwk::Jwk;
    use jsonwebtoken::{Algorithm, get_current_timestamp};
    use serde_json::{Value, json};

    use super::*;
    use crate::principal::Role;
    use crate::testing::{Issuer, send};

    /// An authority over a key file of this issuer.
    pub(crate) fn auth_of(issuer: &Issuer, name: &str) -> Auth {
        let path = std::env::temp_dir().join(format!("verband-web-{}-{name}.json", std::process::id()));
        std::fs::write(&path, issuer.jwks().to_string()).unwrap();
        auth_at(JwksSource::File(path))
    }

    fn auth_at(jwks: JwksSource) -> Auth {
        let config = AuthConfig { issuer: Issuer::NAME.into(), audience: "verband".into(), jwks };
        Auth::new(config).unwrap()
    }

    async fn status(auth: &Auth, authorization: &[&str]) -> u16 {
        let headers: Vec<_> = authorization.iter().map(|value| ("authorization", *value)).collect();
        let open = Router::new().route("/", get(|principal: Principal| async move { principal.require(Role::Judge) }));
        let open = send(open.with_state(auth.clone()), "GET", "/", &headers, "").await;
        let guarded = send(auth.guard(Router::new().route("/", get(|| async {}))), "GET", "/", &headers, "").await;
        if guarded.status() == 401 {
            assert_eq!(guarded.headers()["www-authenticate"], "Bearer");
        }
        assert_eq!(guarded.status() == 200, open.status() == 200 || open.status() == 403);
        open.status().as_u16()
    }

    /// A token put together by hand, with any header and a signature that is none.
    fn forged(header: &Value, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}.{}", part(header), part(claims), URL_SAFE_NO_PAD.encode([0; 64]))
    }

    async fn holds(auth: &Auth, table: impl IntoIterator<Item = (&str, String, u16)>) {
        for (case, token, expected) in table {
            let status = status(auth, &[&format!("Bearer {token}")]).await;
            assert_eq!(status, expected, "{case}");
        }
    }

    #[tokio::test]
    async fn claims_decide() {
        let issuer = Issuer::new("kid-1");
        let now = get_current_timestamp();
        let with = |name: &str, value: Value| {
            let token = issuer.sign(&Issuer::claims(|claims| claims[name] = value));
            move |case, expected| (case, token.clone(), expected)
        };
        let without = |name: &'static str| {
            let token = issuer.sign(&Issuer::claims(|claims| {
                claims.as_object_mut().unwrap().remove(name).unwrap();
            }));
            (name, token, if name == "roles" { 403 } else { 401 })
        };
        let table = [
            ("good", issuer.sign(&Issuer::claims(|_| ())), 200),
            with("exp", json!(now - 20))("expired within the leeway", 200),
            with("aud", json!(["other", "verband"]))("several audiences", 200),
            with("roles", json!(["cook"]))("no role that is known", 403),
            with("roles", json!("judge"))("roles as text", 401),
            with("exp", json!(now - 60))("expired", 401),
            with("exp", json!("9999999999"))("expiry as text", 401),
            with("nbf", json!(now + 120))("not yet", 401),
            with("nbf", json!("0"))("not yet as text", 401),
            with("aud", json!("elsewhere"))("another audience", 401),
            with("iss", json!("https://evil.example"))("another issuer", 401),
            with("sub", json!(""))("empty subject", 401),
        ];
        let auth = auth_of(&issuer, "claims");
        holds(&auth, table).await;
        holds(&auth, ["roles", "exp", "aud", "iss", "sub"].map(without)).await;
    }

    #[tokio::test]
    async fn signature_and_header_decide() {
        let (issuer, other) = (Issuer::new("kid-1"), Issuer::new("kid-1"));
        let good = Issuer::claims(|_| ());
        let hmac = {
            let mut header = jsonwebtoken::Header::new(Algorithm::HS256);
            header.kid = Some("kid-1".into());
            let jwks = issuer.jwks();
            let public = jwks["keys"][0]["x"].as_str().unwrap().as_bytes();
            let secret = jsonwebtoken::EncodingKey::from_secret(public);
            jsonwebtoken::encode(&header, &good, &secret).unwrap()
        };
        let tampered = {
            let token = issuer.sign(&good);
            let claims = Issuer::claims(|claims| claims["roles"] = json!(["operator"]));
            let mut parts: Vec<_> = token.split('.').map(str::to_owned).collect();
            parts[1] = URL_SAFE_NO_PAD.encode(claims.to_string());
            parts.join(".")
        };
        let unsigned = {
            let token = forged(&json!({"alg": "none", "kid": "kid-1"}), &good);
            token.rsplit_once('.').unwrap().0.to_owned() + "."
        };
        let refused = [
            ("alg none", forged(&json!({"alg": "none", "kid": "kid-1"}), &good)),
            ("alg none, no signature", unsigned),
            ("shared secret made of the public key", hmac),
            ("another key of the same name", other.sign(&good)),
            ("unknown key", Issuer::new("kid-2").sign(&good)),
            ("no key named", forged(&json!({"alg": "EdDSA"}), &good)),
            ("key by address", forged(&json!({"alg": "EdDSA", "jku": "https://evil.example"}), &good)),
            ("zero signature", forged(&json!({"alg": "EdDSA", "kid": "kid-1"}), &good)),
            ("wrong algorithm", forged(&json!({"alg": "RS256", "kid": "kid-1"}), &good)),
            ("extension", forged(&json!({"alg": "EdDSA", "kid": "kid-1", "crit": ["x"]}), &good)),
            ("tampered", tampered),
            ("garbage", "garbage".into()),
            ("empty", String::new()),
            ("huge", "x".repeat(20_000)),
        ];
        holds(&auth_of(&issuer, "header"), refused.map(|(case, token)| (case, token, 401))).await;
    }

    #[tokio::test]
    async fn a_token_comes_in_the_header_once() {
        let issuer = Issuer::new("kid-1");
        let auth = auth_of(&issuer, "place");
        let token = issuer.sign(&Issuer::claims(|_| ()));
        let bearer = format!("Bearer {token}");
        assert_eq!(status(&auth, &[]).await, 401);
        assert_eq!(status(&auth, &[&format!("Basic {token}")]).await, 401);
        assert_eq!(status(&auth, &[&token]).await, 401);
        assert_eq!(status(&auth, &[&bearer, &bearer]).await, 401);
        assert_eq!(status(&auth, &[&format!("bearer {token}")]).await, 200);
        let guarded = auth.guard(Router::new().route("/", get(|| async {})));
        let by_query = send(guarded, "GET", &format!("/?access_token={token}"), &[], "").await;
        assert_eq!(by_query.status(), 401);
    }

    #[tokio::test]
    async fn an_elliptic_curve_key_serves_as_well() {
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        let private = jsonwebtoken::EncodingKey::from_ec_der(pkcs8.unwrap().as_ref());
        let mut jwk = Jwk::from_encoding_key(&private, Algorithm::ES256).unwrap();
        jwk.common.key_id = Some("kid-ec".into());
        let path = std::env::temp_dir().join(format!("verband-web-{}-ec.json", std::process::id()));
        std::fs::write(&path, json!({"keys": [jwk]}).to_string()).unwrap();
        let mut header = jsonwebtoken::Header::new(Algorithm::ES256);
        header.kid = Some("kid-ec".into());
        let token = jsonwebtoken::encode(&header, &Issuer::claims(|_| ()), &private).unwrap();
        holds(&auth_at(JwksSource::File(path)), [("elliptic curve", token, 200)]).await;
    }

    #[tokio::test]
    async fn without_keys_nobody_gets_in() {
        let auth = auth_at(JwksSource::File("/nowhere/keys.json".into()));
        let token = Issuer::new("kid-1").sign(&Issuer::claims(|_| ()));
        assert_eq!(status(&auth, &[&format!("Bearer {token}")]).await, 503);
        assert!(auth.ready().await.is_err());
    }
}
