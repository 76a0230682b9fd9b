//! What the tests of this crate share.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use tower::ServiceExt;

/// Sends one request to a router.
pub(crate) async fn send(router: Router, method: &str, uri: &str, headers: &[(&str, &str)], body: &str) -> Response {
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    router.oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap()
}

/// Body as text.
pub(crate) async fn text_of(response: Response) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Body as JSON.
pub(crate) async fn json_of(response: Response) -> serde_json::Value {
    serde_json::from_str(&text_of(response).await).unwrap()
}

/// An identity provider with one Ed25519 key.
pub(crate) struct Issuer {
    kid: String,
    public: String,
    private: jsonwebtoken::EncodingKey,
}

impl Issuer {
    /// Name under which the provider signs.
    pub(crate) const NAME: &str = "https://idp.example";

    pub(crate) fn new(kid: &str) -> Self {
        let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        let pair = Ed25519KeyPair::from_pkcs8(document.as_ref()).unwrap();
        Self {
            kid: kid.to_owned(),
            public: URL_SAFE_NO_PAD.encode(pair.public_key().as_ref()),
            private: jsonwebtoken::EncodingKey::from_ed_der(document.as_ref()),
        }
    }

    /// The key set that the provider publishes.
    pub(crate) fn jwks(&self) -> serde_json::Value {
        json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": self.kid, "x": self.public}]})
    }

    /// A token with these claims.
    pub(crate) fn sign(&self, claims: &serde_json::Value) -> String {
        let mut header = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::EdDSA);
        header.kid = Some(self.kid.clone());
        jsonwebtoken::encode(&header, claims, &self.private).unwrap()
    }

    /// The claims of a good access token for the audience `verband`, with `change` applied.
    pub(crate) fn claims(change: impl FnOnce(&mut serde_json::Value)) -> serde_json::Value {
        let now = jsonwebtoken::get_current_timestamp();
        let mut claims = json!({
            "iss": Self::NAME, "aud": "verband", "sub": "judge-1", "roles": ["judge", "cook"],
            "exp": now + 300, "nbf": now - 10,
        });
        change(&mut claims);
        claims
    }
}
