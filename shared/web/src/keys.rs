//! The identity provider's public keys: a JSON Web Key Set (RFC 7517) read from a file or fetched from an address, and
//! kept.
//!
//! Invariants: a key is looked up by its `kid`; an unknown one, or a set older than ten minutes, causes at most one
//! re-read per 30 seconds, however many callers ask at once; a re-read that fails leaves the known keys in use; at most
//! 256 KiB and 64 keys are taken in. Keys that do not sign with an accepted algorithm are left out.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use tokio::sync::Mutex;

use crate::http::{self, HttpError};
use crate::problem::chain;

/// Shortest time between two reads of the key set.
const COOLDOWN: Duration = Duration::from_secs(30);

/// Age after which the set is read again, so that a key its provider withdrew stops being accepted.
const MAX_AGE: Duration = Duration::from_mins(10);

/// Most keys that are taken in.
const MAX_KEYS: usize = 64;

/// Where the key set comes from.
#[derive(Debug, Clone)]
pub enum JwksSource {
    /// A file, re-read when a token names an unknown key.
    File(PathBuf),
    /// An address (`jwks_uri` of the provider): https, or http to the same machine.
    Url(String),
}

/// The key set could not be read.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The file cannot be read.
    #[error("read the key set from its file")]
    File(#[source] std::io::Error),
    /// The address cannot be asked.
    #[error("fetch the key set")]
    Fetch(#[source] HttpError),
    /// The file holds no key set.
    #[error("the key set is not JSON Web Keys")]
    Json(#[source] serde_json::Error),
    /// More than 256 KiB or 64 keys.
    #[error("the key set is too large")]
    TooLarge,
    /// Read too shortly ago to read again, and nothing is known.
    #[error("no key set has been read yet")]
    NotYet,
}

/// A public key and the one algorithm that it verifies.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) algorithm: Algorithm,
    pub(crate) verifies: Arc<DecodingKey>,
}

/// The keys that are known, and the way to more.
pub(crate) struct Keys {
    source: Source,
    known: RwLock<Option<Known>>,
    /// When the set was last read, well or not. Locked for as long as a read takes: whoever waits for it finds its
    /// result.
    last_read: Mutex<Option<Instant>>,
}

/// A set that was read well.
struct Known {
    by_kid: BTreeMap<String, Vec<Key>>,
    since: Instant,
}

enum Source {
    File(PathBuf),
    Url { client: reqwest::Client, url: reqwest::Url },
}

impl Keys {
    /// Keys of this source; nothing is read yet.
    pub(crate) fn new(source: &JwksSource) -> Result<Self, KeysError> {
        let source = match source {
            JwksSource::File(path) => Source::File(path.clone()),
            JwksSource::Url(url) => {
                let url = http::address(url).map_err(KeysError::Fetch)?;
                Source::Url { client: http::client(&url).map_err(KeysError::Fetch)?, url }
            }
        };
        Ok(Self { source, known: RwLock::new(None), last_read: Mutex::new(None) })
    }

    /// The key with this `kid` for this algorithm. `None`: the set is known and it is not there.
    pub(crate) async fn find(&self, kid: &str, algorithm: Algorithm) -> Result<Option<Key>, KeysError> {
        let (key, fresh) = self.lookup(kid, algorithm);
        // With an aged set one caller reads, and the others go on with what is known.
        if key.is_some() && (fresh || self.last_read.try_lock().is_err()) {
            return Ok(key);
        }
        let read = self.reread(|| matches!(self.lookup(kid, algorithm), (Some(_), true))).await;
        match (self.lookup(kid, algorithm).0, read) {
            (None, Err(error)) if !self.is_loaded() => Err(error),
            (key, _) => Ok(key),
        }
    }

    /// Reads the set once, for a readiness check. A set that is already there suffices.
    pub(crate) async fn ready(&self) -> Result<(), KeysError> {
        if self.is_loaded() { Ok(()) } else { self.reread(|| self.is_loaded()).await }
    }

    fn is_loaded(&self) -> bool {
        self.known.read().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// The key, and whether the set it was looked for in is recent.
    fn lookup(&self, kid: &str, algorithm: Algorithm) -> (Option<Key>, bool) {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let Some(known) = known.as_ref() else {
            return (None, false);
        };
        let mut of_kid = known.by_kid.get(kid).into_iter().flatten();
        (of_kid.find(|key| key.algorithm == algorithm).cloned(), known.since.elapsed() < MAX_AGE)
    }

    /// Reads the set unless another caller just did (`satisfied`) or the last read is too recent.
    async fn reread(&self, satisfied: impl Fn() -> bool + Send) -> Result<(), KeysError> {
        let mut last_read = self.last_read.lock().await;
        if satisfied() {
            return Ok(());
        }
        if !is_due(*last_read, Instant::now()) {
            return if self.is_loaded() { Ok(()) } else { Err(KeysError::NotYet) };
        }
        // Set before the read, so that a caller who gives up midway does not lift the limit.
        *last_read = Some(Instant::now());
        match self.source.read().await {
            Ok(by_kid) => {
                let known = Known { by_kid, since: Instant::now() };
                *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some(known);
                Ok(())
            }
            Err(error) => {
                tracing::warn!(error = %chain(&error), "the key set could not be read; known keys stay in use");
                Err(error)
            }
        }
    }
}

/// Whether enough time has passed since the last read.
fn is_due(last_read: Option<Instant>, now: Instant) -> bool {
    last_read.is_none_or(|last| now.duration_since(last) >= COOLDOWN)
}

impl Source {
    async fn read(&self) -> Result<BTreeMap<String, Vec<Key>>, KeysError> {
        let set = match self {
            Self::File(path) => {
                let size = tokio::fs::metadata(path).await.map_err(KeysError::File)?.len();
                if size > http::MAX_ANSWER as u64 {
                    return Err(KeysError::TooLarge);
                }
                let bytes = tokio::fs::read(path).await.map_err(KeysError::File)?;
                serde_json::from_slice(&bytes).map_err(KeysError::Json)?
            }
            Self::Url { client, url } => http::json(client.get(url.clone())).await.map_err(KeysError::Fetch)?,
        };
        keys_in(set)
    }
}

/// A key set as it stands in a file or an answer. A key of a type that is not known does not spoil the others.
#[derive(serde::Deserialize)]
struct KeySet {
    keys: Vec<serde_json::Value>,
}

/// The keys of a set that verify signatures of an accepted algorithm.
fn keys_in(set: KeySet) -> Result<BTreeMap<String, Vec<Key>>, KeysError> {
    if set.keys.len() > MAX_KEYS {
        return Err(KeysError::TooLarge);
    }
    let mut keys: BTreeMap<String, Vec<Key>> = BTreeMap::new();
    for jwk in set.keys.into_iter().filter_map(|key| serde_json::from_value::<Jwk>(key).ok()) {
        let (Some(kid), Ok(verifies)) = (&jwk.common.key_id, DecodingKey::from_jwk(&jwk)) else {
            continue;
        };
        let verifies = Arc::new(verifies);
        let fitting =
            algorithms_of(&jwk).into_iter().map(|algorithm| Key { algorithm, verifies: Arc::clone(&verifies) });
        keys.entry(kid.clone()).or_default().extend(fitting);
    }
    Ok(keys)
}

/// The accepted algorithms that this key verifies: those of its type and curve, narrowed by its `use` and `alg`.
fn algorithms_of(jwk: &Jwk) -> Vec<Algorithm> {
    if jwk.common.public_key_use.as_ref().is_some_and(|usage| *usage != PublicKeyUse::Signature) {
        return Vec::new();
    }
    let by_type: &[(Algorithm, KeyAlgorithm)] = match &jwk.algorithm {
        AlgorithmParameters::RSA(_) => {
            &[(Algorithm::RS256, KeyAlgorithm::RS256), (Algorithm::PS256, KeyAlgorithm::PS256)]
        }
        AlgorithmParameters::EllipticCurve(curve) if curve.curve == EllipticCurve::P256 => {
            &[(Algorithm::ES256, KeyAlgorithm::ES256)]
        }
        AlgorithmParameters::OctetKeyPair(curve) if curve.curve == EllipticCurve::Ed25519 => {
            &[(Algorithm::EdDSA, KeyAlgorithm::EdDSA)]
        }
        _ => &[],
    };
    let declared = jwk.common.key_algorithm;
    by_type
        .iter()
        .filter(|(_, named)| declared.is_none_or(|own| own == *named))
        .map(|(algorithm, _)| *algorithm)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::Router;
    use axum::routing::get;

    use super::*;
    use crate::testing::Issuer;

    /// A provider that counts how often it is asked, and whose keys can be broken.
    async fn provider(issuer: &Issuer) -> (String, Arc<AtomicUsize>, Arc<RwLock<String>>) {
        let (asked, body) = (Arc::new(AtomicUsize::new(0)), Arc::new(RwLock::new(issuer.jwks().to_string())));
        let (count, answer) = (Arc::clone(&asked), Arc::clone(&body));
        let keys = get(move || {
            count.fetch_add(1, Ordering::SeqCst);
            let answer = answer.read().unwrap().clone();
            async move { answer }
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/keys", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, Router::new().route("/keys", keys)).await });
        (url, asked, body)
    }

    #[tokio::test]
    async fn many_callers_and_unknown_keys_cause_one_read() {
        let issuer = Issuer::new("kid-1");
        let (url, asked, _) = provider(&issuer).await;
        let keys = Arc::new(Keys::new(&JwksSource::Url(url)).unwrap());
        let callers: Vec<_> = (0..20)
            .map(|_| {
                let keys = Arc::clone(&keys);
                tokio::spawn(async move { keys.find("kid-1", Algorithm::EdDSA).await.unwrap().is_some() })
            })
            .collect();
        for caller in callers {
            assert!(caller.await.unwrap());
        }
        for _ in 0..5 {
            assert!(keys.find("no-such", Algorithm::EdDSA).await.unwrap().is_none());
        }
        assert!(keys.find("kid-1", Algorithm::RS256).await.unwrap().is_none());
        assert_eq!(asked.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn a_failing_read_leaves_the_known_keys() {
        let issuer = Issuer::new("kid-1");
        let (url, asked, body) = provider(&issuer).await;
        let keys = Keys::new(&JwksSource::Url(url)).unwrap();
        keys.ready().await.unwrap();
        *body.write().unwrap() = "not keys".into();
        *keys.last_read.lock().await = None;
        assert!(keys.find("new-one", Algorithm::EdDSA).await.unwrap().is_none());
        assert_eq!(asked.load(Ordering::SeqCst), 2);
        assert!(keys.find("kid-1", Algorithm::EdDSA).await.unwrap().is_some());
    }

    #[tokio::test]
    async fn without_any_keys_it_is_an_error_and_still_waits() {
        let keys = Keys::new(&JwksSource::File("/nowhere/keys.json".into())).unwrap();
        assert!(matches!(keys.find("a", Algorithm::EdDSA).await, Err(KeysError::File(_))));
        assert!(matches!(keys.find("a", Algorithm::EdDSA).await, Err(KeysError::NotYet)));
    }

    #[test]
    fn thirty_seconds_between_reads() {
        let start = Instant::now();
        assert!(is_due(None, start));
        assert!(!is_due(Some(start), start + Duration::from_secs(29)));
        assert!(is_due(Some(start), start + Duration::from_secs(30)));
    }

    #[test]
    fn takes_only_signing_keys_and_not_too_many() {
        let issuer = Issuer::new("kid-1");
        let with = |name: &str, value: &str| {
            let mut set = issuer.jwks();
            set["keys"][0][name] = value.into();
            keys_in(serde_json::from_value(set).unwrap()).unwrap().remove("kid-1").unwrap_or_default().len()
        };
        assert_eq!(with("use", "sig"), 1);
        assert_eq!(with("use", "enc"), 0);
        assert_eq!(with("alg", "RS256"), 0);
        let many = KeySet { keys: (0..=MAX_KEYS).map(|_| issuer.jwks()["keys"][0].clone()).collect() };
        assert!(matches!(keys_in(many), Err(KeysError::TooLarge)));
        let secret = KeySet { keys: vec![serde_json::json!({"kty": "oct", "kid": "s", "k": "c2VjcmV0"})] };
        assert!(keys_in(secret).unwrap().remove("s").unwrap_or_default().is_empty());
    }
}
