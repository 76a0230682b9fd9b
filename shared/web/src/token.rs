//! Verifies JSON Web Tokens (RFC 7519) of the one identity provider: access tokens and ID tokens alike.
//!
//! Invariants: a token is accepted only with an allowed asymmetric algorithm, a signature by a key of the configured set,
//! the right issuer and audience, and within its time. Held by the table of tokens in `auth`.

use jsonwebtoken::{Algorithm, Validation};
use serde::de::DeserializeOwned;

use crate::keys::{JwksSource, Keys, KeysError};
use crate::problem::{Problem, chain};

/// Signature algorithms that are accepted. None with a shared secret, and not `none`.
const ALGORITHMS: [Algorithm; 4] = [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256, Algorithm::EdDSA];

/// Seconds by which the clocks of the provider and of this machine may differ.
const LEEWAY: u64 = 30;

/// Longest token that is looked at, in bytes.
const MAX_TOKEN: usize = 16 * 1024;

/// Verifies tokens of one issuer.
pub(crate) struct Tokens {
    issuer: String,
    keys: Keys,
}

/// Why a token is not accepted. For the log and the metrics; the caller learns only 401.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    #[error("not a token")]
    Malformed,
    #[error("algorithm not accepted")]
    Algorithm,
    #[error("unknown key")]
    Key,
    #[error("signature or claims")]
    Claims(#[source] jsonwebtoken::errors::Error),
    #[error("subject")]
    Subject,
    #[error("not an accepted credential")]
    Credential,
    #[error("no such session")]
    Session,
    #[error("nonce")]
    Nonce,
    #[error("no keys to verify with")]
    NoKeys(#[source] KeysError),
}

impl Refused {
    /// Label of the metric.
    const fn reason(&self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Algorithm => "algorithm",
            Self::Key => "key",
            Self::Claims(_) => "claims",
            Self::Subject => "subject",
            Self::Credential => "credential",
            Self::Session => "session",
            Self::Nonce => "nonce",
            Self::NoKeys(_) => "no_keys",
        }
    }

    /// Logs and counts the refusal.
    pub(crate) fn noted(self) -> Self {
        metrics::counter!("authentication_refusals_total", "reason" => self.reason()).increment(1);
        tracing::warn!(reason = self.reason(), error = %chain(&self), "a credential is not accepted");
        self
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused.noted() {
            Refused::NoKeys(_) => Self::unavailable(),
            _ => Self::unauthenticated(),
        }
    }
}

impl Tokens {
    /// Tokens of this issuer, signed with keys of this source. Reads nothing yet.
    pub(crate) fn new(issuer: String, jwks: &JwksSource) -> Result<Self, KeysError> {
        Ok(Self { issuer, keys: Keys::new(jwks)? })
    }

    /// The issuer's identifier.
    pub(crate) fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Whether a key set is known; reads it if need be.
    pub(crate) async fn ready(&self) -> Result<(), KeysError> {
        self.keys.ready().await
    }

    /// The claims of a token for this audience.
    ///
    /// Expiry is judged by the system clock that `jsonwebtoken` reads, not by the injected one: a token's time is a
    /// matter between two machines at this moment, and no fact or replay ever depends on it.
    pub(crate) async fn verify<C: DeserializeOwned>(&self, token: &str, audience: &str) -> Result<C, Refused> {
        if token.len() > MAX_TOKEN {
            return Err(Refused::Malformed);
        }
        let header = jsonwebtoken::decode_header(token).map_err(|_| Refused::Malformed)?;
        if !ALGORITHMS.contains(&header.alg) {
            return Err(Refused::Algorithm);
        }
        // `crit` demands that its extensions be understood (RFC 7515 §4.1.11); none is.
        if header.crit.is_some() {
            return Err(Refused::Malformed);
        }
        let kid = header.kid.ok_or(Refused::Key)?;
        let key = self.keys.find(&kid, header.alg).await.map_err(Refused::NoKeys)?.ok_or(Refused::Key)?;
        // For this algorithm alone: with algorithms of two families the library refuses every token.
        let mut validation = Validation::new(header.alg);
        validation.leeway = LEEWAY;
        validation.validate_nbf = true;
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        let verified = jsonwebtoken::decode(token, &key.verifies, &validation).map_err(Refused::Claims)?;
        Ok(verified.claims)
    }
}
